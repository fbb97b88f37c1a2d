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

// audit appends to the trail.
func (t *tx) audit(c Change) error {
	n, err := t.next(letterAudit)
	if err != nil {
		return err
	}
	c.N, c.At = n, t.now
	if err := t.put(numKey(pAudit, n), c); err != nil {
		return err
	}
	return t.w.Put(numKey(string(textKey(pAuditOf, c.Record, "")), n), []byte{})
}

// Audit is the trail after an entry's number, oldest first, at most limit; zero
// means all.
func (s *Store) Audit(after uint64, limit int) (trail []Change, err error) {
	err = s.look(func(v view) error {
		for c, err := range decoded[Change](v, v.r.Ascend(numKey(pAudit, after+1), endOf(pAudit))) {
			if err != nil {
				return err
			}
			if trail = append(trail, c); len(trail) == limit {
				break
			}
		}
		return nil
	})
	return trail, err
}

// AuditOf is the trail of one record by its id, oldest first.
func (s *Store) AuditOf(record string) (trail []Change, err error) {
	err = s.look(func(v view) error {
		prefix := textKey(pAuditOf, record, "")
		for k := range v.r.Ascend(prefix, after(prefix)) {
			n := tailNumber(k)
			c, err := must[Change](v, numKey(pAudit, n), "audit entry", idOf(letterAudit, n))
			if err != nil {
				return err
			}
			trail = append(trail, c)
		}
		return nil
	})
	return trail, err
}
