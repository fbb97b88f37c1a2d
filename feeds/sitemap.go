package feeds

import (
	"context"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
)

// The bounds of a sitemap: an index names many, of which the newest are read.
const (
	sitemapsRead = 3
	sitemapItems = 200
)

// parseSitemap reads a sitemap, or the newest ones that an index names.
func (v *visit) parseSitemap(ctx context.Context, hint article.Hint) (listing, error) {
	m, err := article.ParseSitemap(v.answer.Body, hint)
	if err != nil {
		return listing{}, err
	}
	items := m.Items
	for _, address := range m.Sitemaps[:min(len(m.Sitemaps), sitemapsRead)] {
		answer, err := v.p.o.Fetch.Get(ctx, fetch.Request{URL: address, Kind: fetch.Feed, UserAgent: v.w.source.UserAgent})
		v.out.requests += answer.Requests + requestsOf(err)
		if err != nil {
			v.p.o.Log.Info("sitemap not read", "source", v.w.source.ID, "sitemap", address, "error", err)
			continue
		}
		part, err := article.ParseSitemap(answer.Body, article.Hint{URL: answer.URL, ContentType: answer.ContentType})
		if err == nil {
			items = append(items, part.Items...)
		}
	}
	article.SortNewest(items)
	return listing{feed: &article.Feed{}, items: items[:min(len(items), sitemapItems)], pages: true}, nil
}
