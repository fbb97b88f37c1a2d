package article

import (
	"errors"
	"time"
)

// Feed is a feed's document as far as polling needs it.
type Feed struct {
	Title string
	Link  string // the site
	Self  string // the feed's own address, as it gives it
	Lang  string
	TTL   time.Duration // the interval that the feed asks for; 0 = none
	Hubs  []string      // WebSub hubs
	Items []Item

	SkipHours []int          // hours of the day, UTC, at which it never changes
	SkipDays  []time.Weekday // days of the week on which it never changes
}

// Item is one entry of a feed.
type Item struct {
	Key       string // what names it: guid, else link, else a digest of its words
	Link      string // absolute
	Title     string // as the feed has it, markup and entities included
	Summary   string // HTML
	Content   string // HTML; "" when the feed has summaries only
	Outlet    string // the publisher named in <source>
	Published string // as written
	Updated   string // as written
}

// Hint is what the answer's header says of a body, and what is known of its source.
type Hint struct {
	URL         string // relative links start here
	ContentType string
}

// ParseFeed reads RSS, Atom or JSON Feed.
func ParseFeed(body []byte, hint Hint) (Feed, error) { return Feed{}, errors.ErrUnsupported }

// ReadItem makes the article of a feed's item.
func ReadItem(feed *Feed, item *Item, origin Origin) Article { return Article{} }

// Page is a fetched HTML page.
type Page struct {
	Body        []byte
	URL         string
	ContentType string
	Origin      Origin
	Text, Date  string // CSS selectors of the text and the date; "" = found by its marks
}

// ReadPage makes the article of a fetched page.
func ReadPage(p Page) (Article, error) { return Article{}, errors.ErrUnsupported }


// ReadFile makes the articles of a saved file: a feed, NDJSON, HTML or plain text.
func ReadFile(name string, body []byte) ([]Article, error) { return nil, errors.ErrUnsupported }
