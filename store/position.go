package store

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// party is who holds a position: a state, an organisation, a person who speaks
// for nobody else.
type party struct {
	name    string
	country statement.Country
}

// stateOffices are the offices whose word is their state's; agencies such as the
// FBI hold positions of their own.
var stateOffices = []string{"foreign ministry", "foreign affairs", "foreign office", "ministry", "embassy", "consulate", "government",
	"white house", "kremlin", "prime minister", "president", "chancellor", "state council", "state department", "department of state",
	"permanent mission", "cabinet", "high representative", "european council", "council of the european union"}

// partyOf is the party for which a speaker speaks; no name for an outlet's own
// voice.
func partyOf(s statement.Speaker) party {
	state := party{countryName(s.Country), s.Country}
	switch {
	case s.Kind == statement.Outlet:
		return party{}
	case s.Kind == statement.Unnamed && s.Country != "":
		return party{state.name + " (unnamed)", s.Country}
	case s.Kind == statement.Unnamed:
		return party{}
	case s.Country != "" && (s.Kind == statement.State || speaksForState(s)):
		return state
	case s.Organisation != "":
		return party{s.Organisation, s.Country}
	case s.Name != "":
		return party{s.Name, s.Country}
	}
	return state
}

func speaksForState(s statement.Speaker) bool {
	office := strings.ToLower(s.Organisation)
	if office == "" {
		office = strings.ToLower(s.Role)
	}
	return slices.ContainsFunc(stateOffices, func(o string) bool { return strings.Contains(office, o) })
}

// countryName is the English name of a country by the Unicode CLDR, the code
// itself where there is none.
func countryName(c statement.Country) string {
	region, err := language.ParseRegion(string(c))
	if err != nil {
		return string(c)
	}
	if name := display.English.Regions().Name(region); name != "" {
		return name
	}
	return string(c)
}

// hold brings a statement's standing to a claim into the positions of its
// speakers, and gives the greatest thing that this changed and for whom.
func (r *recording) hold(st *Statement, l Link) (EventKind, string, error) {
	kind, who := Repeated, ""
	for _, s := range append([]statement.Speaker{st.Said.Speaker}, st.Said.With...) {
		p := partyOf(s)
		if p.name == "" {
			continue
		}
		k, err := r.holds(p, st, l)
		if err != nil {
			return 0, "", err
		}
		if who == "" || weightOf(k) > weightOf(kind) {
			kind, who = k, p.name
		}
	}
	return kind, who, nil
}

// weightOf orders the kinds of event that a position gives.
func weightOf(k EventKind) int {
	switch k {
	case PositionChanged:
		return 3
	case FirstDenial:
		return 2
	case NewAssertion:
		return 1
	}
	return 0
}

func firstKind(s claim.Standing) EventKind {
	if s == claim.Denies || s == claim.CountersIt {
		return FirstDenial
	}
	return NewAssertion
}

func (r *recording) holds(p party, st *Statement, l Link) (EventKind, error) {
	key := positionKey(l.Claim, p.name)
	held, known, err := get[Position](r.view, key)
	if err != nil {
		return 0, err
	}
	said := saidOn(*st)
	next := Position{Party: p.name, Country: p.country, Claim: l.Claim, Standing: l.Standing, Stance: st.Said.Stance,
		Certainty: st.Said.Certainty, Since: said, Last: said, Statement: st.ID, Count: 1}
	if !known {
		return firstKind(l.Standing), r.put(key, next)
	}
	kind := held.take(next)
	return kind, r.put(key, held)
}

// take brings a new saying into a position and says what it changed.
func (p *Position) take(next Position) EventKind {
	move := moveOf(*p, next)
	older := !next.Since.IsZero() && !p.Since.IsZero() && next.Since.Compare(p.Since) < 0
	switch {
	case older && move == stays:
		p.Since, p.Statement = next.Since, next.Statement
		p.Count++
	case older: // what it held before, learnt later
		p.Before = append(p.Before, next)
		slices.SortStableFunc(p.Before, func(a, b Position) int { return a.Since.Compare(b.Since) })
	case move == stays:
		p.Count++
		if next.Last.Compare(p.Last) > 0 {
			p.Last = next.Last
		}
	default:
		before := append(slices.Clone(p.Before), p.past())
		*p = next
		p.Before = before
		if move == changes {
			return PositionChanged
		}
	}
	return Repeated
}

func (p Position) past() Position {
	p.Before = nil
	return p
}

// move is what a new saying does to a position. Zero is invalid.
type move uint8

const (
	stays    move = iota + 1 // the same again, or less than was said
	sharpens                 // more on the same occasion: no news of its own
	changes
)

// moveOf compares two sayings. Blaming another after a plain denial, or naming
// after suspecting, is a change; on the same day it is one speech. A plain denial
// after blaming another takes nothing back, and silence says nothing new.
func moveOf(held, next Position) move {
	from, to := sideOf(held.Standing), sideOf(next.Standing)
	sameDay := !held.Last.IsZero() && held.Last == next.Last
	switch {
	case next.Stance == statement.NoComment:
		return stays
	case from == to && held.Certainty != "" && next.Certainty == "" && to == holdsIt:
		if sameDay {
			return sharpens
		}
		return changes
	case from == to, from == countersIt && to == deniesIt, from == holdsIt && to == hedgesIt:
		return stays
	case sameDay && to == countersIt:
		return sharpens
	case sameDay:
		return stays
	}
	return changes
}

type stand uint8

const (
	holdsIt stand = iota + 1
	hedgesIt
	deniesIt
	countersIt
)

func sideOf(s claim.Standing) stand {
	switch s {
	case claim.Denies:
		return deniesIt
	case claim.CountersIt:
		return countersIt
	case claim.Hedges:
		return hedgesIt
	}
	return holdsIt
}

// saidOn is the day on which a statement was said, as far as known: else the
// day on which the first article that carries it was published.
func saidOn(st Statement) statement.Date {
	if !st.Said.Said.IsZero() || st.Said.Background || len(st.Appearances) == 0 {
		return st.Said.Said
	}
	return st.Appearances[0].Published
}
