package store

import (
	"slices"
	"strings"

	"attribot/store/claim"
	"attribot/store/identity"
	"attribot/store/query"
)

// saveStatement stores a statement and brings its index entries up to date;
// before is its stored form, nil for a new one.
func (t *tx) saveStatement(before *Statement, st Statement) error {
	var had []entry
	if before != nil {
		var err error
		if had, err = t.indexOf(*before); err != nil {
			return err
		}
	}
	has, err := t.indexOf(st)
	if err != nil {
		return err
	}
	if err := t.reindex(had, has); err != nil {
		return err
	}
	return t.put(statementKey(st.ID), st)
}

// amend changes a stored statement.
func (t *tx) amend(st Statement, change func(*Statement)) error {
	before := st.clone()
	change(&st)
	return t.saveStatement(&before, st)
}

// indexOf are all index entries that follow from a statement, and from nothing
// else, so that they can be checked and built anew.
func (v view) indexOf(st Statement) ([]entry, error) {
	n := statementNumber(st.ID)
	m := sketchOf(st)
	sketch, err := v.encode(m)
	if err != nil {
		return nil, err
	}
	day := dayKey(saidOn(st))
	es := []entry{{numKey(pBriefing, n), sketch}, {numKey(pDay+day, n), []byte{}}}
	for _, bucket := range m.Buckets() {
		es = append(es, entry{numKey(string(textKey(pVoice, bucket, seasonKey(m.Said))), n), []byte{}})
	}
	for _, ap := range st.Appearances {
		es = append(es, entry{textKey(pMention, string(ap.Mention), ap.Article), bigEndian(n)})
	}
	for _, term := range termsOf(st) {
		es = append(es, entry{numKey(string(textKey(pSearch, term.key, term.value, day)), n), []byte{}})
	}
	if !st.Waiting.IsZero() {
		es = append(es, entry{numKey(pWaiting, n), []byte{}})
	}
	return es, nil
}

// sketchOf is what a later mention is compared with.
func sketchOf(st Statement) identity.Mention {
	var verdicts []claim.Verdict
	for _, l := range st.Links {
		verdicts = append(verdicts, l.Verdict)
	}
	return identity.Of(st.Said, st.place(), verdicts)
}

// place is when and in which language the mention that is kept was published.
func (s Statement) place() identity.Place {
	var at identity.Place
	for i, ap := range s.Appearances {
		if i == 0 || ap.Article == s.Said.Article {
			at = identity.Place{Published: ap.Published, Lang: ap.Lang}
		}
	}
	return at
}

// term is one entry of the search index.
type term struct{ key, value string }

// The keys of the search index; the others are those of the query language.
const (
	byClaim = "claim"
	byWord  = "word"
)

// maxWords bounds the words of one statement that are indexed: far more than one
// has, for the words of many outlets mostly repeat each other.
const maxWords = 400

// unindexed are words that nearly every text has: a search looks for them in the
// statements that the other words give.
var unindexed = map[string]bool{
	"a": true, "an": true, "and": true, "are": true, "as": true, "at": true, "be": true, "been": true, "by": true, "for": true, "from": true,
	"has": true, "have": true, "in": true, "is": true, "it": true, "its": true, "not": true, "of": true, "on": true, "or": true, "that": true,
	"the": true, "their": true, "they": true, "this": true, "to": true, "was": true, "were": true, "which": true, "with": true, "s": true,
}

// termsOf are the values under which a search finds a statement: the words of
// its names under the query's keys, and all its words.
func termsOf(st Statement) []term {
	set := termSet{seen: map[term]bool{}}
	qv := viewOf(st)
	set.names(query.Actor, qv.Actors)
	set.names(query.Accused, qv.Accused)
	set.names(query.Speaker, qv.Speakers)
	set.names(query.Victim, qv.Victims)
	set.names(query.Outlet, qv.Outlets)
	for _, c := range qv.Countries {
		set.add(query.Country.String(), strings.ToLower(c))
	}
	set.add(query.Stance.String(), qv.Stance.String())
	for _, id := range qv.Claims {
		set.add(byClaim, termKey(id))
	}
	before := len(set.terms)
	for _, texts := range [][]string{qv.Actors, qv.Accused, qv.Speakers, qv.Victims, qv.Outlets, qv.Text} {
		for _, text := range texts {
			if len(set.terms) < before+maxWords {
				set.add(byWord, slices.DeleteFunc(query.Tokens(text), func(w string) bool { return unindexed[w] })...)
			}
		}
	}
	return set.terms
}

type termSet struct {
	terms []term
	seen  map[term]bool
}

func (t *termSet) add(key string, values ...string) {
	for _, v := range values {
		e := term{key, v}
		if v == "" || t.seen[e] {
			continue
		}
		t.seen[e] = true
		t.terms = append(t.terms, e)
	}
}

func (t *termSet) names(key query.Key, names []string) {
	for _, n := range names {
		t.add(key.String(), query.Tokens(n)...)
	}
}

func termKey(value string) string { return strings.Join(strings.Fields(strings.ToLower(value)), " ") }
