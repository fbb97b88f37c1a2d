package article

import (
	"strings"

	"golang.org/x/net/html"
)

// FeedLink is a feed that a page names.
type FeedLink struct {
	URL   string
	Title string
	Type  string // its media type
}

// feedTypes are the media types that pages give their feeds.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/feed+json": true, "application/json": true,
	"application/rdf+xml": true, "text/xml": true, "application/xml": true,
}

func (m *marks) feedLink(n *html.Node, href string) {
	kind := strings.ToLower(strings.TrimSpace(attribute(n, "type")))
	link := resolveLink(parseBase(m.base), href)
	if feedTypes[kind] && link != "" {
		m.feeds = append(m.feeds, FeedLink{URL: link, Title: attribute(n, "title"), Type: kind})
	}
}
