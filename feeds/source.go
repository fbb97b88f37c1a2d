package feeds

import (
	"time"

	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// Kind says how a source is watched. Zero is a feed.
type Kind uint8

// The kinds of source.
const (
	FeedKind    Kind = iota + 1 // RSS, Atom or JSON Feed
	PageKind                    // a list page whose links are articles
	SitemapKind                 // a sitemap or news sitemap
)

// Source is a feed or web page that is watched.
type Source struct {
	ID      reading.SourceID // stable: the cursor is kept under it
	Kind    Kind             // zero = feed
	URL     string
	Name    string            // the outlet as people write it; "" = the feed's title
	Country statement.Country // the outlet's
	State   bool              // state-affiliated
	Family  string            // publisher family, such as "xinhua"; "" = told by name and address
	Lang    string            // BCP 47; "" = what the feed says, else guessed from the text
	Zone    string            // IANA zone of its dates; "" = what the dates say
	Tags    []string
	Paused  bool // known, not polled

	UserAgent   string            // "" = the client's
	Headers     map[string]string // secrets may stand here: never logged
	MinInterval time.Duration     // 0 = Options.MinInterval
	MaxInterval time.Duration     // 0 = Options.MaxInterval
	Since       time.Duration     // how far the first sight reads back; 0 = Options.Since
	Full        bool              // fetch each item's page for its full text
	List        List              // for PageKind
}

// List says where a list page has its articles.
type List struct {
	Links    string // CSS selector of the links to articles; "" = a guess from the page's structure
	Next     string // CSS selector of the link to the next page; "" = none
	MaxPages int    // list pages read at one poll; 0 = 1
	Body     string // CSS selector of the text in an article's page; "" = found by readability
	Date     string // CSS selector of the date in an article's page; "" = found by its marks
}

// Origin is what a source knows of its articles before they are read.
func (s Source) Origin() article.Origin {
	return article.Origin{Source: string(s.ID), Outlet: s.Name, Country: s.Country, State: s.State,
		Family: s.Family, Lang: s.Lang, Zone: s.Zone}
}
