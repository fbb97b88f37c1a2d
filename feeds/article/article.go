// Package article turns a feed item or web page into clean text with its date,
// outlet and language: the Article that the reader of statements works on.
//
// Feeds go through gofeed, behind a look at their size, depth and charset and
// with mends for what it loses. Pages go through go-readability, between a
// pruning of the site's furniture in front of it and a cleaning of lines behind
// it; where it takes a teaser for the text, the page's own prose or structured
// data is taken. That reaches what go-trafilatura does without its fallback, in
// half of its time and with a tenth of its dependencies, which is why
// go-trafilatura is not used.
//
// Nothing here reads a clock or a network: the same bytes give the same
// article.
package article

import (
	"time"

	"attribot/feeds/statement"
)

// Article is a feed item or web page read in full.
type Article struct {
	ID        string            `json:"id"` // stable: a digest of source and item, or a file's base name
	Source    string            `json:"source,omitempty"`
	URL       string            `json:"url,omitempty"`
	Title     string            `json:"title,omitempty"`
	Text      string            `json:"text"` // clean UTF-8; paragraphs are parted by newlines
	Outlet    string            `json:"outlet,omitempty"`
	Country   statement.Country `json:"country,omitempty"` // the outlet's
	State     bool              `json:"state_affiliated,omitempty"`
	Family    string            `json:"family,omitempty"`   // publisher family, such as "xinhua"; "" = the outlet alone
	Credit    string            `json:"credit,omitempty"`   // the agency that the text is credited to
	Lang      string            `json:"lang,omitempty"`     // BCP 47
	Zone      string            `json:"zone,omitempty"`     // IANA zone of the outlet; "" = unknown
	Published statement.Date    `json:"published,omitzero"` // civil date in Zone
	At        time.Time         `json:"at,omitzero"`        // the instant, where the source gives one
	DateFrom  DateSource        `json:"date_from,omitempty"`
	Full      bool              `json:"full,omitempty"` // the full text, not a summary
}

// DateSource tells where an article's date comes from. Zero is unknown.
type DateSource uint8

// The sources of a date, best first.
const (
	FromFeed  DateSource = iota + 1 // the feed's item
	FromPage                        // the page's own marks
	FromText                        // a header or dateline in the text
	FromSight                       // the day on which it was first seen
)
