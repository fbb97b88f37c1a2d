package feeds

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
)

// Found is a feed that discovery found.
type Found struct {
	URL   string
	Title string
}

// ErrNoFeed is a site without a feed that can be found.
var ErrNoFeed = errors.New("no feed found")

// usualPaths are where sites have their feeds without saying so.
var usualPaths = []string{"/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"}

// Discover finds the feeds of a site by any of its addresses: the address
// itself when it is a feed, else the feeds that the page names, else those at
// the usual places.
func Discover(ctx context.Context, fetcher Fetcher, address string) ([]Found, error) {
	answer, err := fetcher.Get(ctx, fetch.Request{URL: address, Kind: fetch.Page})
	if err != nil {
		return nil, fmt.Errorf("discover feeds: %w", err)
	}
	hint := article.Hint{URL: answer.URL, ContentType: answer.ContentType}
	if feed, err := article.ParseFeed(answer.Body, hint); err == nil {
		return []Found{{URL: answer.URL, Title: feed.Title}}, nil
	}
	list, err := article.ParseList(answer.Body, hint, article.ListRules{})
	if err != nil {
		return nil, fmt.Errorf("discover feeds: %w", err)
	}
	found := make([]Found, 0, len(list.Feeds))
	for _, f := range list.Feeds {
		if tried, ok := tryFeed(ctx, fetcher, f.URL); ok {
			if f.Title != "" {
				tried.Title = f.Title
			}
			found = append(found, tried)
		}
	}
	if len(found) == 0 {
		found = tryUsual(ctx, fetcher, answer.URL)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("discover feeds at %s: %w", answer.URL, ErrNoFeed)
	}
	return found, nil
}

func tryFeed(ctx context.Context, fetcher Fetcher, address string) (Found, bool) {
	answer, err := fetcher.Get(ctx, fetch.Request{URL: address, Kind: fetch.Feed})
	if err != nil {
		return Found{}, false
	}
	feed, err := article.ParseFeed(answer.Body, article.Hint{URL: answer.URL, ContentType: answer.ContentType})
	return Found{URL: address, Title: feed.Title}, err == nil
}

// tryUsual asks the usual places in order and stops at the first feed.
func tryUsual(ctx context.Context, fetcher Fetcher, address string) []Found {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	for _, path := range usualPaths {
		if ctx.Err() != nil {
			return nil
		}
		if f, ok := tryFeed(ctx, fetcher, base.ResolveReference(&url.URL{Path: path}).String()); ok {
			return []Found{f}
		}
	}
	return nil
}
