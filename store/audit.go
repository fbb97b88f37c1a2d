package store

import "time"

// Change is one entry of the audit trail: who changed what, when.
type Change struct {
	N      uint64    `json:"n"` // from 1 without gaps
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Action Action    `json:"action"`
	Record string    `json:"record"`         // the id of what was changed
	Note   string    `json:"note,omitempty"` // what became of it, in words
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
}

// Action is what was done. Zero is invalid.
type Action uint8

// The actions.
const (
	Made Action = iota + 1
	Edited
	Confirmed
	WithdrawnBy
	Merged
	Split
	Linked
	Unlinked
	AnsweredRight
	AnsweredWrong
	Paused
	Resumed
	Removed
	Lapsed
	Forgotten
)

var actionCodes = []string{"", "made", "edited", "confirmed", "withdrawn", "merged", "split", "linked", "unlinked",
	"answered-right", "answered-wrong", "paused", "resumed", "removed", "lapsed", "forgotten"}

// String is the action's code.
func (a Action) String() string { return codeOf(actionCodes, int(a)) }

// MarshalText writes the code.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a code.
func (a *Action) UnmarshalText(b []byte) error {
	i, err := parseCode("action", actionCodes, string(b))
	*a = Action(i)
	return err
}
