package query

import (
	"slices"
	"strings"

	"attribot/feeds/statement"
)

// View is what a query looks at: one statement with what is known of it, as
// plain strings. Names of several spellings are all given.
type View struct {
	Actors    []string // ids, names, the article's words
	Accused   []string // names and country codes
	Speakers  []string // names, roles, organisations, country codes
	Victims   []string // names and country codes
	Countries []string // country codes of all parties
	Stance    statement.Stance
	Outlets   []string
	Langs     []string
	Claims    []string // ids
	Said      statement.Date
	Text      []string // the statement's words as each article has them, and the articles' titles
}

// Match reports whether the view satisfies every condition: terms with one key
// are alternatives, different keys and all words have to hold, and nothing that
// is excluded may.
func (q Query) Match(v View) bool {
	if !q.inTime(v.Said) {
		return false
	}
	var asked, met [Victim + 1]bool
	for _, t := range q.Terms {
		holds := t.match(v)
		switch {
		case t.Not && holds, !t.Not && t.Key == 0 && !holds:
			return false
		case !t.Not:
			asked[t.Key] = true
			met[t.Key] = met[t.Key] || holds
		}
	}
	return asked == met
}

// inTime: a date that leaves its day or month open counts if it can lie within
// the bounds; an unknown one never does.
func (q Query) inTime(d statement.Date) bool {
	if q.Since.IsZero() && q.Until.IsZero() {
		return true
	}
	if d.Year == 0 {
		return false
	}
	return (q.Since.IsZero() || lastDay(d).Compare(q.Since) >= 0) && (q.Until.IsZero() || firstDay(d).Compare(q.Until) <= 0)
}

func (t Term) match(v View) bool {
	switch t.Key {
	case Actor:
		return t.named(v.Actors)
	case Accused:
		return t.named(v.Accused)
	case Speaker:
		return t.named(v.Speakers)
	case Victim:
		return t.named(v.Victims)
	case Outlet:
		return t.named(v.Outlets)
	case Country:
		return slices.Contains(v.Countries, t.code)
	case Stance:
		return slices.Contains(t.stances, v.Stance)
	case Lang:
		return slices.ContainsFunc(v.Langs, func(l string) bool { return sameLang(l, t.Value) })
	case Claim:
		return slices.ContainsFunc(v.Claims, func(c string) bool { return strings.EqualFold(c, t.Value) })
	}
	return t.worded(v)
}

// named: one of the names has the value's words side by side, or is the code of
// the country that it names.
func (t Term) named(names []string) bool {
	want := Tokens(t.Value)
	return slices.ContainsFunc(names, func(n string) bool { return t.code != "" && n == t.code || holds(Tokens(n), want) })
}

// worded: the words stand side by side in a text or in any name.
func (t Term) worded(v View) bool {
	want := Tokens(t.Value)
	for _, texts := range [][]string{v.Text, v.Actors, v.Accused, v.Speakers, v.Victims, v.Outlets} {
		if slices.ContainsFunc(texts, func(s string) bool { return holds(Tokens(s), want) }) {
			return true
		}
	}
	return false
}

// holds finds a run of words.
func holds(in, want []string) bool {
	for i := 0; i+len(want) <= len(in); i++ {
		if slices.Equal(in[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

// sameLang takes "zh" for "zh-Hans" as well.
func sameLang(have, want string) bool {
	have, want = strings.ToLower(have), strings.ToLower(want)
	return have == want || strings.HasPrefix(have, want+"-")
}
