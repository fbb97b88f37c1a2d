package index

import (
	"fmt"
	"slices"
	"testing"
)

// shelf is an index of a few sentences: title, text, notes, day by id.
func shelf(t *testing.T, docs ...Doc) *Index[string] {
	t.Helper()
	x := New[string](DefaultTuning(), DefaultModel())
	for _, d := range docs {
		x.Put(Entry[string]{Doc: d, Data: d.ID})
	}
	return x
}

func doc(id, text, title string, keys ...string) Doc {
	d := Doc{ID: id, Keys: keys}
	d.Fields[Text], d.Fields[Title] = text, title
	return d
}

// evidence is what speaks for one document and a query.
func evidence(t *testing.T, x *Index[string], q Query, id string) Evidence {
	t.Helper()
	hits := x.Look(q, id)
	if len(hits) != 1 {
		t.Fatalf("%d hits for %s", len(hits), id)
	}
	return hits[0].Evidence
}

func TestEvidenceIsFullForTheSameSentence(t *testing.T) {
	x := shelf(t, doc("C1", `Hackers "planted strings" at Kavola Bank in 2021`, ""), doc("C2", "Weather in the north", ""))
	e := evidence(t, x, Query{Text: `Hackers "planted strings" at Kavola Bank in 2021`}, "C1")
	for _, f := range []Feature{QueryFound, TextFound, TitleFound, BothFound, Neighbours, LongestRun, NamesFound, NumbersFound, NumbersNear, QuotedFound, Pairs, InLine, InLineText} {
		if e[f] != 1000 {
			t.Errorf("%s is %d for the same sentence, want 1000", f, e[f])
		}
	}
	for _, f := range []Feature{NamesMissed, NumbersMissed, Length, FarDay} {
		if e[f] != 0 {
			t.Errorf("%s is %d for the same sentence, want 0", f, e[f])
		}
	}
}

func TestOrderOfWordsIsEvidence(t *testing.T) {
	x := shelf(t, doc("C1", "Russia accuses Germany of hacking the ministry", ""), doc("C2", "Germany accuses Russia of hacking the ministry", ""))
	hits := x.Search(Query{Text: "Germany accuses Russia of hacking the ministry"}, 2)
	if hits[0].ID != "C2" || hits[0].Score <= hits[1].Score {
		t.Errorf("first %s with %d, then %s with %d", hits[0].ID, hits[0].Score, hits[1].ID, hits[1].Score)
	}
}

func TestSameDayIsEvidence(t *testing.T) {
	old, now := doc("C1", "hack of the port", ""), doc("C2", "hack of the port", "")
	old.Day, now.Day = dayOf(2015, 3, 2), dayOf(2024, 10, 14)
	x := shelf(t, old, now)
	hits := x.Search(Query{Text: "the hack of the port — Some One (@someone) October 15, 2024"}, 2)
	if hits[0].ID != "C2" {
		t.Errorf("first %s, want the one of the day before", hits[0].ID)
	}
	if e := evidence(t, x, Query{Text: "x", Day: old.Day}, "C2"); e[FarDay] != 1000 || e[NearDay] != 0 {
		t.Errorf("nine years apart: near %d far %d", e[NearDay], e[FarDay])
	}
}

func TestBylineOfAPostIsNoPartOfWhatItSays(t *testing.T) {
	body, byline := cutByline("Cables were tapped — Cable News (@cable) May 3, 2019")
	if body != "Cables were tapped " || byline != "Cable News (@cable) May 3, 2019" {
		t.Errorf("%q and %q", body, byline)
	}
	if body, byline := cutByline("Cables were tapped — by whom?"); byline != "" || body != "Cables were tapped — by whom?" {
		t.Errorf("a dash alone gives %q and %q", body, byline)
	}
}

func TestKeysAreFoundAndReported(t *testing.T) {
	x := shelf(t, doc("C1", "one", "", "actor:a", "victim:bank"), doc("C2", "two", "", "actor:b"))
	q := Query{Keys: []Key{{Mark: "actor:b", Weight: 1000}, {Mark: "actor:a"}, {Mark: "two", Word: true}}}
	hits := x.Candidates(q, 5)
	if len(hits) != 1 || hits[0].ID != "C2" || hits[0].Held != 0b101 {
		t.Errorf("hits %+v", hits)
	}
	if got := x.Rarities(q.Keys); got[0] != 1000 || got[1] != 1000 {
		t.Errorf("rarities %v of keys that one document holds", got)
	}
	if got := x.Look(q, "C1", "C7"); len(got) != 1 || got[0].Held != 0b010 {
		t.Errorf("looked at %+v", got)
	}
}

func TestUnknownWordIsReadAsOneSpeltAlike(t *testing.T) {
	x := shelf(t, doc("C1", "the Lazarus group robbed a bank", ""), doc("C2", "the bank robbed itself", ""))
	hits := x.Search(Query{Text: "Lazaruss"}, 5)
	if len(hits) != 1 || hits[0].ID != "C1" {
		t.Errorf("hits %v", hits)
	}
	x.Remove("C1")
	if hits := x.Search(Query{Text: "Lazaruss"}, 5); len(hits) != 0 {
		t.Errorf("a removed document's word is still offered: %v", hits)
	}
}

func TestSynonymsOfTheFieldMeet(t *testing.T) {
	x := shelf(t, doc("C1", "spies wiretapped the chancellor", ""), doc("C2", "the chancellor resigned", ""))
	if hits := x.Search(Query{Text: "eavesdropping on chancellors"}, 1); hits[0].ID != "C1" {
		t.Errorf("first %s", hits[0].ID)
	}
}

func TestSegmentsStayFew(t *testing.T) {
	x := New[int](DefaultTuning(), DefaultModel())
	for _, e := range corpus(600, 2) {
		x.Put(e)
	}
	if n := len(x.now.Load().parts); n > 10 {
		t.Errorf("%d segments after 600 single documents", n)
	}
	for i := range 550 {
		x.Remove(fmt.Sprintf("C%d", i+1))
	}
	left := 0
	for _, p := range x.now.Load().parts {
		left += p.seg.len()
	}
	if left > 70 || x.Len() != 50 {
		t.Errorf("%d documents kept for %d alive: the dead are not cleared away", left, x.Len())
	}
	var ids []string
	x.All(func(id string, _ int) bool { ids = append(ids, id); return true })
	if len(ids) != 50 || slices.Contains(ids, "C1") {
		t.Errorf("%d ids alive", len(ids))
	}
}

func TestChanceIsComparable(t *testing.T) {
	if logistic(0) != 500_000 || logistic(2000)+logistic(-2000) != 1_000_000 || logistic(1<<40) > 1_000_000 {
		t.Errorf("logistic gives %d, %d, %d", logistic(0), logistic(2000), logistic(1<<40))
	}
	for x := int64(-20000); x < 20000; x += 100 {
		if logistic(x) > logistic(x+100) {
			t.Fatalf("logistic falls at %d", x)
		}
	}
}

func TestEveryKindOfEvidenceHasAName(t *testing.T) {
	for f := range Features {
		if f.String() == "" {
			t.Errorf("feature %d has no name", f)
		}
	}
}
