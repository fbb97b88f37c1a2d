package store

import (
	"fmt"
	"time"

	"attribot/store/claim"
)

// Seq numbers the events of the log from 1 without gaps.
type Seq uint64

// Event is one entry of the log. It says that something happened and names the
// records; readers load those for the words.
type Event struct {
	Seq       Seq         `json:"seq"`
	Kind      EventKind   `json:"kind"`
	At        time.Time   `json:"at"` // when it was recorded
	Statement StatementID `json:"statement,omitempty"`
	Claim     claim.ID    `json:"claim,omitempty"`
	Story     StoryID     `json:"story,omitempty"`
	Article   string      `json:"article,omitempty"`
	Source    string      `json:"source,omitempty"`
	Party     string      `json:"party,omitempty"`  // whose position changed
	Note      string      `json:"note,omitempty"`   // a source's cause and advice, an edit's summary
	Quiet     bool        `json:"quiet,omitempty"`  // baseline or background: recorded, never alerted
	Review    bool        `json:"review,omitempty"` // for the review queue and digests, not for channels
}

// EventKind says what happened. Zero is invalid.
type EventKind uint8

// The kinds of event.
const (
	NewClaim         EventKind = iota + 1 // a statement made a proposal, or a person a claim
	NewAssertion                          // a party asserts a stored claim for the first time
	FirstDenial                           // a party denies or counters a claim for the first time
	Repeated                              // a party says again what it said before
	NewAppearance                         // another article carries a known statement
	PositionChanged                       // a party holds something else than before
	ArticleEdited                         // an article's words changed
	ArticleWithdrawn                      // an article is gone
	SourceHealth                          // a source fails, moves, stops, is back
	ClaimCurated                          // a person changed a claim or a link
	Unmatched                             // a denial that waits for its accusation
)

var eventKindCodes = []string{"", "new-claim", "new-assertion", "first-denial", "repeated", "new-appearance",
	"position-changed", "article-edited", "article-withdrawn", "source-health", "claim-curated", "unmatched"}

// String is the kind's code.
func (k EventKind) String() string { return codeOf(eventKindCodes, int(k)) }

// MarshalText writes the code.
func (k EventKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a code.
func (k *EventKind) UnmarshalText(b []byte) error {
	i, err := parseCode("event kind", eventKindCodes, string(b))
	*k = EventKind(i)
	return err
}

func codeOf(codes []string, i int) string {
	if i < len(codes) {
		return codes[i]
	}
	return fmt.Sprintf("code-%d", i)
}

func parseCode(what string, codes []string, code string) (int, error) {
	for i, c := range codes {
		if c == code {
			return i, nil
		}
	}
	return 0, fmt.Errorf("read %s: unknown code %q", what, code)
}
