package store

import (
	"slices"
	"testing"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/kv/mem"
)

// TestBriefingWithTheStarterClaims tells one briefing as two outlets do, in
// words of our own, to the judge that comes with the program.
func TestBriefingWithTheStarterClaims(t *testing.T) {
	s, err := Open(mem.New(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := &world{T: t, Store: s}
	if _, err := s.DeclareClaims(t.Context(), claim.Starter()); err != nil {
		t.Fatal(err)
	}
	counter := func(words string) statement.Statement { return said(maoNing, statement.CounterAccuse, us, words) }
	first := w.poll(read("x", "Xinhua",
		about(counter("Washington spreads disinformation such as Volt Typhoon so that agencies and companies win budgets and contracts"), volt),
		counter("it put strings in Chinese and other languages into its tools to mislead attribution and to frame other countries"),
		counter("Guam is in fact where many cyberattacks on China and Southeast Asia begin"),
		counter("it has never stopped wiretapping its allies, Germany among them"),
	))
	short := maoNing
	short.Name, short.Organisation = "Mao", "Chinese Foreign Ministry"
	retold := func(words string) statement.Statement {
		st := said(short, statement.CounterAccuse, us, words)
		st.Said = statement.Date{Month: 10, Day: 14}
		return st
	}
	second := w.poll(read("y", "Star",
		retold("strings in foreign languages, Chinese too, were left in malware to mislead those who attribute it and frame others"),
		retold("Guam is the place from which many cyberattacks on China and its neighbours in Southeast Asia start"),
		retold("the wiretapping of allies such as Germany was never given up"),
	))
	if first.Statements != 4 || second.Statements != 0 || second.Appearances != 3 {
		t.Errorf("first %+v, second %+v", first, second)
	}
	for n := uint64(1); n <= 4; n++ {
		if y, err := s.StoryOf(StatementID(idOf(letterStatement, n))); err != nil || y.ID != "Y1" {
			t.Errorf("S%d is in story %q, %v", n, y.ID, err)
		}
	}
}

func TestClearerWordsOfAnotherOutletLink(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt", "state")
	vague := said(microsoft, statement.Attribute, china, "the group known as Volt is run from China and hides in routers of ports and railways")
	vague.Stance = statement.Condemn
	w.poll(read("a1", "Reuters", vague))
	if w.statement("S1").primary() != "" {
		t.Fatal("linked too early for this test")
	}
	before := w.Last()
	clear := said(microsoft, statement.Attribute, china, "the state of China runs the group known as Volt, which hides in routers of ports and railways")
	w.poll(read("a2", "CNN", clear))
	if got := w.statement("S1").primary(); got != c.ID {
		t.Errorf("linked to %q", got)
	}
	if kinds := w.kinds(before); !slices.Contains(kinds, "new-assertion") {
		t.Errorf("told %v", kinds)
	}
}

func TestWhatAPersonTookAwayStaysAway(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt")
	st := said(microsoft, statement.Attribute, china, "the group known as Volt hides in routers of ports and railways")
	w.poll(read("a1", "Reuters", st))
	w.must(w.AnswerLink(t.Context(), "S1", c.ID, false, "ann"))
	w.poll(read("a2", "CNN", st))
	if got := w.statement("S1"); len(got.Appearances) != 2 || got.primary() != "" {
		t.Errorf("%d appearances, linked to %q", len(got.Appearances), got.primary())
	}
}

func TestRetellingBecomesNewsWhenItWasJustSaid(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	old := said(maoNing, statement.Deny, china, "the tale of Volt in the routers of ports is groundless")
	old.Background, old.Said = true, statement.Date{}
	w.poll(read("a1", "Reuters", old))
	before := w.Last()
	w.poll(read("a2", "Xinhua", said(maoNing, statement.Deny, china, "the tale of Volt in the routers of ports is groundless")))
	st := w.statement("S1")
	if len(st.Appearances) != 2 || st.Said.Background || st.Story == "" {
		t.Errorf("%+v", st)
	}
	if kinds := w.kinds(before); !slices.Contains(kinds, "new-appearance") || len(kinds) < 2 {
		t.Errorf("told %v", kinds)
	}
}
