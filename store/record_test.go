package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
)

const (
	stringsXinhua = "It inserted strings in other languages, such as Chinese, to mislead traceability attribution analysis and frame other countries"
	stringsOther  = "By inserting Chinese characters and other languages into malicious code, they intentionally mislead origin tracing and falsely accuse other nations"
	guamXinhua    = "Guam, said to be the victim of 'Volt Typhoon' cyberattacks, is actually the initiator of a large number of cyberattacks against China and many Southeast Asian countries"
	guamOther     = "Guam, labelled a victim of this 'Volta Typhoon' attack, is actually a hub for cyber attacks targeting China and Southeast Asia"
	cables        = "the United States is using its advantages concerning submarine optical fiber to launch massive cyber surveillance globally"
)

func TestPressConferenceReportedByTwoOutletsIsOneSetOfStatements(t *testing.T) {
	w := newWorld(t)
	frames := w.claim("US agencies plant foreign-language strings to frame others", "US", "languages", "mislead")
	guam := w.claim("Guam is the origin of attacks on China", "US", "guam")
	start := w.Last()

	first := w.poll(read("xinhua-1", "Xinhua",
		said(maoNing, statement.CounterAccuse, us, stringsXinhua),
		said(maoNing, statement.CounterAccuse, us, guamXinhua),
		said(maoNing, statement.CounterAccuse, us, cables)))
	other := maoNing
	other.Organisation, other.Name = "Chinese Foreign Ministry", "Mao Ning"
	noYear := statement.Date{Month: 10, Day: 14}
	a, b := said(other, statement.CounterAccuse, us, stringsOther), said(other, statement.CounterAccuse, us, guamOther)
	a.Said, b.Said = noYear, noYear
	second := w.poll(read("starsoft-1", "Starsoft", a, b))

	if first.Statements != 3 || second.Statements != 0 || second.Appearances != 2 {
		t.Fatalf("first %+v, second %+v: want 3 statements, then 2 appearances", first, second)
	}
	st := w.statement("S1")
	if diff := cmp.Diff([]string{"Xinhua", "Starsoft"}, st.Outlets()); diff != "" {
		t.Error(diff)
	}
	if st.primary() != frames.ID || w.statement("S2").primary() != guam.ID {
		t.Errorf("links %v, %v", st.Links, w.statement("S2").Links)
	}
	for _, id := range []StatementID{"S1", "S2", "S3"} {
		if y, err := w.StoryOf(id); err != nil || y.ID != "Y1" {
			t.Errorf("%s is in story %s (%v), want the one of the briefing", id, y.ID, err)
		}
	}
	want := []string{"new-assertion", "new-assertion", "new-claim", "new-appearance", "new-appearance"}
	if diff := cmp.Diff(want, w.kinds(start)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSamePollTwiceAddsNothing(t *testing.T) {
	w := newWorld(t)
	rd := read("a1", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon is a state-sponsored actor based in China"), volt))
	w.poll(rd)
	last := w.Last()
	w.now = w.now.Add(time.Hour)
	if out := w.poll(rd); out.Events+out.Articles+out.Mentions != 0 {
		t.Errorf("second time: %+v", out)
	}
	if w.Last() != last {
		t.Errorf("log moved from %d to %d", last, w.Last())
	}
}

func TestAssertionThatNobodyStoredBecomesAProposal(t *testing.T) {
	w := newWorld(t)
	out := w.poll(read("a1", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon is a state-sponsored actor based in China"), volt)))
	if out.Claims != 1 {
		t.Fatalf("%+v", out)
	}
	c, err := w.Claim("C1")
	if err != nil || !c.Proposed || c.Text != "China sponsors Volt Typhoon" {
		t.Fatalf("%+v, %v", c, err)
	}
	if !w.judge.has("C1") {
		t.Error("the judge does not know the claim after the commit")
	}
	if diff := cmp.Diff([]string{"new-claim"}, w.kinds(0)); diff != "" {
		t.Error(diff)
	}
}

func TestDenialWaitsForItsAccusation(t *testing.T) {
	w := newWorld(t)
	w.poll(read("a1", "Xinhua", about(said(maoNing, statement.Deny, china, "such accusations are groundless"), volt)))
	if diff := cmp.Diff([]string{"unmatched"}, w.kinds(0)); diff != "" {
		t.Error(diff)
	}
	start := w.Last()
	w.poll(read("a2", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon works for China"), volt)))
	if diff := cmp.Diff([]string{"new-claim", "first-denial"}, w.kinds(start)); diff != "" {
		t.Error(diff)
	}
	if st := w.statement("S1"); st.primary() != "C1" || !st.Waiting.IsZero() {
		t.Errorf("denial after its accusation: links %v, waiting until %v", st.Links, st.Waiting)
	}
	ps, err := w.Positions("C1")
	if err != nil || len(ps) != 2 {
		t.Fatalf("positions %v, %v", ps, err)
	}
}
