package store

import (
	"slices"
	"strings"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// ClaimInfo is what the store knows of a claim beside the claim itself.
type ClaimInfo struct {
	Claim      claim.Claim
	Made       time.Time
	By         string      // "judge", "configuration", or a person's id
	Gained     time.Time   // when a statement was last linked; zero: never
	Statements int         // linked and confirmed
	From       StatementID // of a proposal: what it was made from
}

func (c claimRecord) info() ClaimInfo {
	return ClaimInfo{c.Claim, c.Made, c.By, c.Gained, c.Statements, c.From}
}

func (f ClaimFilter) takes(c claim.Claim) bool {
	switch {
	case c.Merged != "" && !f.Merged,
		f.Proposed != nil && *f.Proposed != c.Proposed,
		f.Statuses != nil && !slices.Contains(f.Statuses, c.Status),
		f.Actor != "" && !slices.ContainsFunc(c.Actors, func(a statement.Actor) bool { return anyFold(f.Actor, string(a.ID), a.Name, a.As) }),
		f.Accused != "" && !slices.ContainsFunc(c.Accused, func(p statement.Party) bool {
			return anyFold(f.Accused, string(p.Country), p.Name, string(p.Org))
		}):
		return false
	}
	text := claimText(c)
	for word := range strings.FieldsSeq(strings.ToLower(f.Words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func anyFold(want string, have ...string) bool {
	return slices.ContainsFunc(have, func(h string) bool { return termKey(h) == termKey(want) })
}

// claimText is everything in a claim that a person may look for.
func claimText(c claim.Claim) string {
	parts := []string{string(c.ID), c.Key, c.Text, c.Title, c.Operation}
	for _, a := range c.Actors {
		parts = append(parts, string(a.ID), a.Name, a.As)
	}
	for _, p := range append(slices.Clone(c.Accused), c.Victims...) {
		parts = append(parts, p.Name, string(p.Country))
	}
	return strings.ToLower(strings.Join(append(parts, c.Tags...), "\n"))
}

// began is the first day on which a party held anything on the claim.
func (p Position) began() statement.Date {
	if len(p.Before) > 0 {
		return p.Before[0].Since
	}
	return p.Since
}
