package claim

import (
	"fmt"

	"attribot/feeds/statement"
)

// ID is a claim's number as people write it: "C12".
type ID string

// Claim is a proposition without a speaker.
type Claim struct {
	ID        ID                `json:"id"`
	Key       string            `json:"key,omitempty"` // stable key of a starter or configured claim
	Text      string            `json:"text"`          // the canonical sentence
	Title     string            `json:"title,omitempty"`
	Actors    []statement.Actor `json:"actors,omitempty"`
	Relation  Relation          `json:"relation,omitempty"`
	Accused   []statement.Party `json:"accused,omitempty"`
	Victims   []statement.Party `json:"victims,omitempty"`
	Operation string            `json:"operation,omitempty"`
	FirstSaid statement.Date    `json:"first_said,omitzero"`
	FirstBy   string            `json:"first_by,omitempty"`
	Source    string            `json:"source,omitempty"` // address of the first source
	Status    Status            `json:"status,omitempty"`
	Proposed  bool              `json:"proposed,omitempty"` // made by the bot, not yet confirmed
	Merged    ID                `json:"merged_into,omitempty"`
	Tags      []string          `json:"tags,omitempty"`
	Notes     string            `json:"notes,omitempty"` // further words to find it by; never shown as part of it
}

// Relation is what a claim says between its accused and its actor or victim.
type Relation uint8

// The relations.
const (
	Behind    Relation = iota + 1 // carried out the operation, is the actor
	Sponsors                      // directs or pays the actor
	Enables                       // supplies, hosts, covers
	Identical                     // two names, one actor
	Frames                        // plants false traces against another
	Surveils                      // listens, spies
)

var relationCodes = []string{"", "behind", "sponsors", "enables", "identical", "frames", "surveils"}

// String is the relation's code.
func (r Relation) String() string { return codeOf(relationCodes, int(r)) }

// MarshalText writes the code.
func (r Relation) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a code.
func (r *Relation) UnmarshalText(b []byte) error {
	i, err := parseCode("relation", relationCodes, string(b))
	*r = Relation(i)
	return err
}

// Status is where a claim stands in public.
type Status uint8

// The statuses.
const (
	Open      Status = iota + 1 // said, not answered
	Contested                   // the accused or another denies it
	Settled                     // admitted or found by a court
	Withdrawn                   // taken back by whoever made it
)

var statusCodes = []string{"", "open", "contested", "settled", "withdrawn"}

// String is the status's code.
func (s Status) String() string { return codeOf(statusCodes, int(s)) }

// MarshalText writes the code.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a code.
func (s *Status) UnmarshalText(b []byte) error {
	i, err := parseCode("status", statusCodes, string(b))
	*s = Status(i)
	return err
}

// Standing is how a statement stands to a claim.
type Standing uint8

// The standings. New means that no claim matches.
const (
	Repeats Standing = iota + 1
	Supports
	Denies
	CountersIt
	Hedges
	New
)

var standingCodes = []string{"", "repeats", "supports", "denies", "counters", "hedges", "new"}

// String is the standing's code.
func (s Standing) String() string { return codeOf(standingCodes, int(s)) }

// MarshalText writes the code.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a code.
func (s *Standing) UnmarshalText(b []byte) error {
	i, err := parseCode("verdict", standingCodes, string(b))
	*s = Standing(i)
	return err
}

// Score is a fixed-point figure in thousandths, 0 to 1000, so that it is the
// same on every processor and comparable between statements.
type Score int32

// Verdict is one statement's standing to one claim, with the reasons in words
// that a person can check.
type Verdict struct {
	Claim     ID       `json:"claim"` // "" for New
	Standing  Standing `json:"verdict"`
	Score     Score    `json:"score"`
	Confirmed bool     `json:"confirmed"` // else only suggested, for a person to decide
	Reasons   []string `json:"reasons"`
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
