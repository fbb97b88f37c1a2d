package feeds

import (
	"context"
	"errors"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
)

// errNoLinks is a list page without links to articles.
var errNoLinks = errors.New("no links to articles")

// parse reads what the answer's body lists.
func (v *visit) parse(ctx context.Context) (listing, error) {
	hint := article.Hint{URL: v.answer.URL, ContentType: v.answer.ContentType}
	switch v.w.source.Kind {
	case PageKind:
		return v.parsePages(ctx, hint)
	case SitemapKind:
		return v.parseSitemap(ctx, hint)
	}
	feed, err := article.ParseFeed(v.answer.Body, hint)
	if err != nil {
		return listing{}, err
	}
	return listing{feed: &feed, items: feed.Items, ttl: feed.TTL, skipHours: feed.SkipHours, skipDays: feed.SkipDays}, nil
}

// parsePages reads a list page and the ones after it, up to the bound.
func (v *visit) parsePages(ctx context.Context, hint article.Hint) (listing, error) {
	s := v.w.source
	rules := article.ListRules{Links: s.List.Links, Next: s.List.Next}
	list, err := article.ParseList(v.answer.Body, hint, rules)
	if err != nil {
		return listing{}, err
	}
	items := list.Items
	seen := map[string]bool{v.answer.URL: true}
	for n := 1; n < s.List.MaxPages && list.Next != "" && !seen[list.Next]; n++ {
		seen[list.Next] = true
		answer, err := v.p.o.Fetch.Get(ctx, fetch.Request{URL: list.Next, Kind: fetch.Page, UserAgent: s.UserAgent})
		v.out.requests += answer.Requests + requestsOf(err)
		if err != nil {
			v.p.o.Log.Info("next page not read", "source", s.ID, "page", list.Next, "error", err)
			break
		}
		list, err = article.ParseList(answer.Body, article.Hint{URL: answer.URL, ContentType: answer.ContentType}, rules)
		if err != nil {
			break
		}
		items = append(items, list.Items...)
	}
	if len(items) == 0 {
		return listing{}, errNoLinks
	}
	return listing{feed: &article.Feed{}, items: items, pages: true}, nil
}
