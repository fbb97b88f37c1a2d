package store

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/query"
)

// Page chooses a part of a result, newest first.
type Page struct {
	Size  int    // 0: 20; at most 200
	After string // the Next of the page before
}

// Result is a page of statements, newest said first.
type Result struct {
	Statements []Statement
	Total      int    // of all pages; a lower bound when More is set
	More       bool   // the search stopped counting
	Next       string // "" on the last page
}

const (
	defaultPage = 20
	maxPage     = 200
	// maxRead bounds the statements that one search reads in full, which takes
	// some 20 microseconds each.
	maxRead = 500
	// maxCount bounds those that it reads only to count on behind its page.
	maxCount = 200
	// maxScan bounds the index entries that one search walks.
	maxScan = 10_000
)

// Search finds the statements that a query asks for.
func (s *Store) Search(q query.Query, p Page) (res Result, err error) {
	if p.Size <= 0 {
		p.Size = defaultPage
	}
	p.Size = min(p.Size, maxPage)
	from, err := parseMark(p.After)
	if err != nil {
		return Result{}, err
	}
	err = s.look(func(v view) error {
		res, err = v.search(q, p.Size, from)
		return err
	})
	return res, err
}

// place is where a statement stands in the order of search: day and number.
type place struct {
	day string
	n   uint64
}

func (p place) before(q place) bool { return p.day > q.day || p.day == q.day && p.n > q.n }

// mark is where a page ends, and how many were found up to there.
type mark struct {
	place
	found uint64
}

func (m mark) String() string {
	return base64.RawURLEncoding.EncodeToString(append(numKey(m.day, m.n), bigEndian(m.found)...))
}

func parseMark(s string) (mark, error) {
	if s == "" {
		return mark{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != 24 {
		return mark{}, fmt.Errorf("read page: %w: place %q", ErrInvalid, s)
	}
	at := place{string(b[:8]), binary.BigEndian.Uint64(b[8:])}
	return mark{at, tailNumber(b)}, nil
}

// search is one run over the index, from the end of the page before.
type search struct {
	view
	query query.Query
	plan  plan
	size  int
	last  place // of the page so far, or the last one looked at
	res   Result

	scanned, read, counted int
}

func (v view) search(q query.Query, size int, from mark) (Result, error) {
	s := &search{view: v, query: q, plan: v.plan(q), size: size, last: from.place}
	s.res.Total = int(from.found)
	for at := range s.plan.walk(v, q, from.place) {
		if s.spent() {
			s.res.More = true
			s.goOn(from)
			break
		}
		if !s.full() {
			s.last = at
		}
		if !s.plan.holds(v, at) {
			continue
		}
		more, err := s.take(at)
		if err != nil {
			return s.res, err
		}
		if more {
			s.goOn(from)
		}
	}
	return s.res, nil
}

// spent reports that the search has done as much as one may.
func (s *search) spent() bool {
	s.scanned++
	return s.scanned > maxScan || s.read >= maxRead || s.counted >= maxCount
}

func (s *search) full() bool { return len(s.res.Statements) == s.size }

// goOn notes that there is, or may be, another page.
func (s *search) goOn(from mark) {
	if s.res.Next == "" {
		s.res.Next = mark{s.last, from.found + uint64(len(s.res.Statements))}.String()
	}
}

// take counts the statement at a place and puts it on the page while that has
// room; it reports whether another page begins with it. Where the index alone
// answers the query, only those of the page are read.
func (s *search) take(at place) (more bool, err error) {
	if s.plan.exact && s.full() {
		s.res.Total++
		return true, nil
	}
	if s.read++; s.full() {
		s.counted++
	}
	st, err := must[Statement](s.view, numKey(pStatement, at.n), "statement", idOf(letterStatement, at.n))
	if err != nil || !s.query.Match(viewOf(st)) {
		return false, err
	}
	s.res.Total++
	if s.full() {
		return true, nil
	}
	s.res.Statements = append(s.res.Statements, st)
	return false, nil
}

// plan is how a search walks the index: along the alternatives of the rarest
// condition, asking the index whether the others hold.
type plan struct {
	drive []string   // prefixes of the index to walk, "" = all statements by day
	ask   [][]string // for each other condition its alternatives
	exact bool       // the index answers the query: no statement need be read to count
}

// rareFrom is how many entries of a condition are counted to find the rarest.
const rareFrom = 500

func (v view) plan(q query.Query) plan {
	groups, exact := groupsOf(q)
	p := plan{exact: exact && len(groups) > 0}
	best, least := -1, 0
	for i, g := range groups {
		if n := v.entries(g); best < 0 || n < least {
			best, least = i, n
		}
	}
	if best < 0 {
		p.drive = []string{""}
		p.exact = len(q.Terms) == 0 && q.Since.IsZero() && q.Until.IsZero()
		return p
	}
	p.drive = groups[best]
	p.ask = slices.Delete(groups, best, best+1)
	return p
}

// entries counts the index entries of a condition's alternatives up to a bound.
func (v view) entries(alternatives []string) int {
	n := 0
	for _, prefix := range alternatives {
		for range v.r.Ascend([]byte(prefix), after([]byte(prefix))) {
			if n++; n > rareFrom {
				return n
			}
		}
	}
	return n
}

// groupsOf are the conditions that the index can answer, each as the prefixes of
// its alternatives; exact when it answers all of the query.
func groupsOf(q query.Query) (groups [][]string, exact bool) {
	exact = q.Since.IsZero() && q.Until.IsZero()
	byKey := map[query.Key][]string{}
	for _, t := range q.Terms {
		prefixes, whole := prefixesOf(t)
		exact = exact && whole && !t.Not
		if t.Not || len(prefixes) == 0 {
			continue
		}
		if t.Key == 0 {
			for _, p := range prefixes {
				groups = append(groups, []string{p})
			}
			continue
		}
		byKey[t.Key] = append(byKey[t.Key], prefixes...)
	}
	for key := query.Actor; key <= query.Victim; key++ {
		if g := byKey[key]; len(g) > 0 {
			slices.Sort(g)
			groups = append(groups, slices.Compact(g))
		}
	}
	return groups, exact
}

// prefixesOf are the index entries that a term's statements have: for words all
// of them, for other keys any. They are whole when they need no second look.
func prefixesOf(t query.Term) (prefixes []string, whole bool) {
	name := t.Key.String()
	entry := func(value string) string { return string(textKey(pSearch, name, value, "")) }
	switch t.Key {
	case query.Claim:
		return []string{entry(termKey(t.Value))}, true
	case query.Country:
		return []string{entry(strings.ToLower(t.Code()))}, true
	case query.Stance:
		for _, s := range t.Stances() {
			prefixes = append(prefixes, entry(s.String()))
		}
		return prefixes, true
	case query.Lang:
		return nil, false
	case 0:
		tokens := query.Tokens(t.Value)
		for _, w := range tokens {
			if !unindexed[w] {
				prefixes = append(prefixes, string(textKey(pSearch, byWord, w, "")))
			}
		}
		return prefixes, len(prefixes) == 1 && len(tokens) == 1
	}
	tokens := query.Tokens(t.Value)
	prefixes = append(prefixes, entry(longestOf(tokens)))
	if t.Code() != "" {
		prefixes = append(prefixes, entry(strings.ToLower(t.Code())))
	}
	return prefixes, len(tokens) == 1
}

// longestOf stands for a phrase in the index, as the longest word is the rarest
// as a rule.
func longestOf(tokens []string) string {
	best := ""
	for _, t := range tokens {
		if len(t) > len(best) {
			best = t
		}
	}
	return best
}

// walk gives the places of the driving condition behind one, newest first, each
// once.
func (p plan) walk(v view, q query.Query, from place) func(func(place) bool) {
	return func(yield func(place) bool) {
		var lanes []*lane
		for _, prefix := range p.drive {
			if prefix == "" {
				prefix = pDay
			}
			l := newLane(v, prefix, q, from)
			if l.ok {
				lanes = append(lanes, l)
			}
		}
		var last place
		for len(lanes) > 0 {
			i := newest(lanes)
			at := lanes[i].at
			if lanes[i].step(); !lanes[i].ok {
				lanes = slices.Delete(lanes, i, i+1)
			}
			if at != last && !yield(at) {
				return
			}
			last = at
		}
	}
}

func newest(lanes []*lane) int {
	best := 0
	for i, l := range lanes {
		if l.at.before(lanes[best].at) {
			best = i
		}
	}
	return best
}

// holds asks the index whether every other condition holds at a place.
func (p plan) holds(v view, at place) bool {
	for _, alternatives := range p.ask {
		if !slices.ContainsFunc(alternatives, func(prefix string) bool { return v.r.Get(numKey(prefix+at.day, at.n)) != nil }) {
			return false
		}
	}
	return true
}

// viewOf is a statement as a query looks at it.
func viewOf(st Statement) query.View {
	s := st.Said
	qv := query.View{Stance: s.Stance, Said: saidOn(st), Text: []string{s.Words, s.Operation, s.Venue}}
	for _, a := range s.Actors {
		qv.Actors = append(qv.Actors, string(a.ID), a.Name, a.As)
	}
	for _, sp := range append([]statement.Speaker{s.Speaker}, s.With...) {
		qv.Speakers = append(qv.Speakers, sp.Name, sp.Role, sp.Organisation, string(sp.Org), string(sp.Country))
		qv.Countries = append(qv.Countries, string(sp.Country))
	}
	for _, p := range s.Accused {
		qv.Accused = append(qv.Accused, p.Name, string(p.Org), string(p.Country))
		qv.Countries = append(qv.Countries, string(p.Country))
	}
	for _, p := range s.Victims {
		qv.Victims = append(qv.Victims, p.Name, string(p.Org), string(p.Country))
		qv.Countries = append(qv.Countries, string(p.Country))
	}
	for _, ap := range st.Appearances {
		qv.Outlets = append(qv.Outlets, ap.Outlet)
		qv.Langs = append(qv.Langs, ap.Lang)
		qv.Text = append(qv.Text, ap.Words, ap.Title)
	}
	for _, l := range st.Links {
		qv.Claims = append(qv.Claims, string(l.Claim))
	}
	return qv
}

// View is a statement as a query looks at it.
func (s *Store) View(st Statement) query.View { return viewOf(st) }
