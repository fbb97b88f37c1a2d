package compose

import (
	"fmt"
	"slices"
	"strings"

	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// history is what a claim's positions tell of how often and by whom it was said
// or denied.
type history struct {
	count map[side]int
	since map[side]statement.Date
	by    map[side]string   // who was first
	now   map[side][]string // who holds it now, in the order in which they first did
}

func historyOf(ps []store.Position) history {
	h := history{map[side]int{}, map[side]statement.Date{}, map[side]string{}, map[side][]string{}}
	for _, p := range ps {
		for _, q := range append(slices.Clone(p.Before), p) {
			h.add(p, q)
		}
		s := sideOf(p.Standing)
		if !slices.Contains(h.now[s], p.Party) {
			h.now[s] = append(h.now[s], p.Party)
		}
	}
	return h
}

func (h history) add(p, q store.Position) {
	s := sideOf(q.Standing)
	h.count[s] += max(q.Count, 1)
	if q.Since.Year == 0 {
		return
	}
	if was, ok := h.since[s]; !ok || q.Since.Compare(was) < 0 {
		h.since[s], h.by[s] = q.Since, p.Party
	}
}

// words for the sides, as a thing that is counted and as what a party does.
var sideNouns = map[side]string{forIt: "assertion", againstIt: "denial", open: "statement that leaves it open"}
var sidePassive = map[side]string{forIt: "asserted by", againstIt: "denied by", open: "left open by"}

// line is the history as the small print of an alert has it, from the side of
// the statement told: "7th denial since May 2023, first by China. Asserted by
// the United States and Microsoft."
func (h history) line(standing claim.Standing, said statement.Statement) string {
	s := sideOf(standing)
	var out []string
	switch n := h.count[s]; {
	case n > 1 && said.Said == h.since[s] && !said.Said.IsZero() && strings.EqualFold(WithArticle(h.by[s]), Party(said.Speaker)):
		out = append(out, fmt.Sprintf("First of %s on record", Count(n, sideNouns[s])))
	case n == 1:
		out = append(out, "First "+sideNouns[s]+" on record")
	case n > 1 && h.by[s] != "":
		out = append(out, fmt.Sprintf("%s %s since %s, first by %s", Ordinal(n), sideNouns[s], monthOf(h.since[s]), WithArticle(h.by[s])))
	case n > 1:
		out = append(out, Ordinal(n)+" "+sideNouns[s]+" on record")
	}
	var others []string
	for _, o := range []side{forIt, againstIt, open} {
		if o != s && len(h.now[o]) > 0 {
			others = append(others, sidePassive[o]+" "+List(openly(parties(h.now[o])), 4))
		}
	}
	if len(others) > 0 {
		out = append(out, capital(strings.Join(others, "; ")))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ". ") + "."
}

// contested reports whether parties now hold both sides.
func (h history) contested() bool { return len(h.now[forIt]) > 0 && len(h.now[againstIt]) > 0 }

// changed is a party's change of position in words: "denied it since May 2023,
// now leaves it open".
func changed(p store.Position) string {
	if len(p.Before) == 0 {
		return "now " + Holds(p.Standing)
	}
	was := p.Before[len(p.Before)-1]
	words := pastHolds[was.Standing]
	if was.Since.Year != 0 {
		words += " since " + monthOf(was.Since)
	}
	now := Holds(p.Standing)
	if was.Standing == p.Standing && was.Stance != p.Stance {
		return words + " (" + StanceWord(was.Stance) + "), now speaks of it with a " + StanceWord(p.Stance)
	}
	return words + ", now " + now
}

func positionOf(ps []store.Position, party string) (store.Position, bool) {
	i := slices.IndexFunc(ps, func(p store.Position) bool { return strings.EqualFold(p.Party, party) })
	if i < 0 {
		return store.Position{}, false
	}
	return ps[i], true
}
