package store

import (
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/identity"
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
	var published statement.Date
	if len(st.Appearances) > 0 {
		published = st.Appearances[0].Published
	}
	m := identity.Of(st.Said, published, verdicts)
	if len(st.Appearances) == 1 {
		m.Article = st.Appearances[0].Article
	}
	return m
}

// term is one entry of the search index.
type term struct{ key, value string }

// The keys of the search index.
const (
	byActor   = "actor"
	byAccused = "accused"
	bySpeaker = "speaker"
	byOutlet  = "outlet"
	byClaim   = "claim"
	byCountry = "country"
	byStance  = "stance"
	byLang    = "lang"
	byVictim  = "victim"
)

// termsOf are the values under which a search finds a statement, folded as
// termKey folds them.
func termsOf(st Statement) []term {
	set := termSet{seen: map[term]bool{}}
	s := st.Said
	for _, a := range s.Actors {
		set.add(byActor, string(a.ID), a.Name, a.As)
	}
	for _, p := range s.Accused {
		set.party(byAccused, p)
	}
	for _, p := range s.Victims {
		set.party(byVictim, p)
	}
	for _, sp := range append([]statement.Speaker{s.Speaker}, s.With...) {
		set.add(bySpeaker, string(sp.Country), sp.Name, sp.Organisation, string(sp.Org))
		set.add(byCountry, string(sp.Country))
	}
	set.add(byStance, s.Stance.String())
	for _, ap := range st.Appearances {
		set.add(byOutlet, ap.Outlet)
		set.add(byLang, ap.Lang)
	}
	for _, l := range st.Links {
		set.add(byClaim, string(l.Claim))
	}
	return set.terms
}

type termSet struct {
	terms []term
	seen  map[term]bool
}

func (t *termSet) add(key string, values ...string) {
	for _, v := range values {
		e := term{key, termKey(v)}
		if e.value == "" || t.seen[e] {
			continue
		}
		t.seen[e] = true
		t.terms = append(t.terms, e)
	}
}

func (t *termSet) party(key string, p statement.Party) {
	t.add(key, string(p.Country), p.Name, string(p.Org))
	t.add(byCountry, string(p.Country))
}

func termKey(value string) string { return strings.Join(strings.Fields(strings.ToLower(value)), " ") }
