package store

import (
	"slices"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// StatementID is a statement's number as people write it: "S12".
type StatementID string

// StoryID names a story: "Y7".
type StoryID string

// Statement is what was said, once, with every article that carries it.
type Statement struct {
	ID          StatementID         `json:"id"`
	Said        statement.Statement `json:"said"` // the fullest mention
	Appearances []Appearance        `json:"appearances"`
	Links       []Link              `json:"links"`
	Story       StoryID             `json:"story,omitempty"`
	Recorded    time.Time           `json:"recorded"`
	Baseline    bool                `json:"baseline,omitempty"`
	Waiting     time.Time           `json:"waiting,omitzero"` // an unmatched denial waits until then
	Past        []Link              `json:"past,omitempty"`   // links that were taken away or replaced, oldest first
}

// Outlets are the distinct outlets that carry the statement, in the order in
// which they were recorded; withdrawn appearances do not count.
func (s Statement) Outlets() []string {
	return distinctOf(s.Appearances, func(a Appearance) string { return a.Outlet })
}

// Origins are the distinct origins of its appearances, which says more than the
// number of outlets: copies of one agency report share one.
func (s Statement) Origins() []string {
	return distinctOf(s.Appearances, func(a Appearance) string { return a.Origin })
}

func distinctOf(as []Appearance, field func(Appearance) string) []string {
	var values []string
	for _, a := range as {
		if v := field(a); !a.Gone && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// LinkTo is the statement's link to a claim, false when there is none.
func (s Statement) LinkTo(id claim.ID) (Link, bool) {
	i := slices.IndexFunc(s.Links, func(l Link) bool { return l.Claim == id })
	if i < 0 {
		return Link{}, false
	}
	return s.Links[i], true
}

// Appearance is one article that carries a statement.
type Appearance struct {
	Mention   statement.ID   `json:"mention"`
	Article   string         `json:"article"`
	Outlet    string         `json:"outlet"`
	Origin    string         `json:"origin"` // outlets of one agency copy share it
	URL       string         `json:"url,omitempty"`
	Title     string         `json:"title,omitempty"`
	Lang      string         `json:"lang,omitempty"`
	Published statement.Date `json:"published,omitzero"`
	Words     string         `json:"words"`
	Gone      bool           `json:"gone,omitempty"` // the article no longer says it
}

// Link is a statement's standing to one claim and who decided it.
type Link struct {
	claim.Verdict
	By      string    `json:"by"`                // "judge", or a person's id
	Version int       `json:"version,omitempty"` // of the judge's weights
	At      time.Time `json:"at"`
}

// Position is what a party holds on a claim now, and since when.
type Position struct {
	Party     string            `json:"party"` // "China", "Microsoft", "FBI"
	Country   statement.Country `json:"country,omitempty"`
	Claim     claim.ID          `json:"claim"`
	Standing  claim.Standing    `json:"standing"`
	Stance    statement.Stance  `json:"stance"`
	Certainty string            `json:"certainty,omitempty"`
	Since     statement.Date    `json:"since,omitzero"`
	Last      statement.Date    `json:"last,omitzero"`    // when it was last said
	Statement StatementID       `json:"statement"`        // the first that said so
	Count     int               `json:"count"`            // how often it was said since
	Before    []Position        `json:"before,omitempty"` // earlier ones, oldest first
}

// Story is one speech event or first report, with what followed on its primary
// claim until it was quiet for a while.
type Story struct {
	ID         StoryID       `json:"id"`
	Claim      claim.ID      `json:"claim"` // the primary claim
	Statements []StatementID `json:"statements"`
	First      time.Time     `json:"first"`
	Last       time.Time     `json:"last"`
	Before     StoryID       `json:"before,omitempty"` // the story on the same claim that went quiet
}

// Article is an article as the store keeps it, with what was found in it: the
// answer to "why" and "why not".
type Article struct {
	ID        string            `json:"id"`
	Source    reading.SourceID  `json:"source,omitempty"`
	URL       string            `json:"url,omitempty"`
	Title     string            `json:"title,omitempty"`
	Outlet    string            `json:"outlet,omitempty"`
	Country   statement.Country `json:"country,omitempty"`
	State     bool              `json:"state_affiliated,omitempty"`
	Family    string            `json:"family,omitempty"`
	Credit    string            `json:"credit,omitempty"`
	Lang      string            `json:"lang,omitempty"`
	Published statement.Date    `json:"published,omitzero"`
	At        time.Time         `json:"at,omitzero"` // the instant of publication, where known
	Origin    string            `json:"origin"`      // articles of one agency copy share it
	OriginBy  string            `json:"origin_by"`   // how that was decided, in words
	Digest    string            `json:"digest"`      // SHA-256 of the text, in hex
	Length    int               `json:"length"`      // of the text in bytes
	FirstSeen time.Time         `json:"first_seen"`
	Recorded  time.Time         `json:"recorded"`
	Edited    time.Time         `json:"edited,omitzero"`
	Edits     int               `json:"edits,omitempty"`
	Withdrawn time.Time         `json:"withdrawn,omitzero"`
	Baseline  bool              `json:"baseline,omitempty"`
	Mentions  []Mention         `json:"mentions,omitempty"`
	Findings  []string          `json:"findings,omitempty"` // what the reader noted, in short sentences
}

// Mention is one statement as an article reports it, and what became of it.
type Mention struct {
	ID        statement.ID   `json:"id"`
	Span      statement.Span `json:"span"`
	Words     string         `json:"words"`
	Rule      string         `json:"rule,omitempty"`
	Statement StatementID    `json:"statement"`
	Decision  []string       `json:"decision,omitempty"` // why it is that statement, or a new one
	Gone      bool           `json:"gone,omitempty"`
}
