package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

func TestProposals(t *testing.T) {
	russia := statement.Party{Name: "Russia", Country: "RU"}
	parliament := statement.Party{Name: "Bundestag", Country: "DE"}
	at := func(s statement.Statement, victim statement.Party) statement.Statement {
		s.Victims = []statement.Party{victim}
		return s
	}
	alternative := said(maoNing, statement.Alternative, china, "Volt Typhoon is an international ransomware gang")
	alternative.Culprit, alternative.Actors = []statement.Party{{Name: "ransomware gang"}}, []statement.Actor{volt}
	background := about(said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), volt)
	background.Background = true
	outlet := about(said(statement.Speaker{Kind: statement.Outlet, Organisation: "Reuters"}, statement.Report, china, "Volt Typhoon acts for the state"), volt)
	for _, c := range []struct {
		situation string
		said      statement.Statement
		want      string // the sentence, "" for no proposal
	}{
		{"attribution of an actor", about(said(microsoft, statement.Attribute, china, "Volt Typhoon is state-sponsored"), volt), "China sponsors Volt Typhoon"},
		{"attack on a victim", at(said(ukFCDO, statement.Attribute, russia, "Russian hackers broke into the parliament"), parliament), "Russia carried out cyber operations against Bundestag"},
		{"actor and victim", at(about(said(fbi, statement.Accuse, china, "hackers broke into the parliament"), volt), parliament), "China is behind Volt Typhoon, which attacked Bundestag"},
		{"counter-accusation of framing", said(maoNing, statement.CounterAccuse, us, "Washington plants false flags"), "The United States frames others for cyberattacks"},
		{"alternative culprit", alternative, "ransomware gang is behind Volt Typhoon"},
		{"an outlet's own voice", outlet, "China is behind Volt Typhoon"},
		{"denial", said(maoNing, statement.Deny, china, "hacking by China is a lie"), ""},
		{"demand", said(maoNing, statement.Call, us, "the United States must stop cyberattacks"), ""},
		{"vague counter-accusation", said(maoNing, statement.CounterAccuse, us, "the United States is the biggest threat"), ""},
		{"background", background, ""},
	} {
		t.Run(c.situation, func(t *testing.T) {
			w := newWorld(t)
			out := w.poll(read("a1", "Reuters", c.said))
			got := ""
			if out.Claims > 0 {
				made, err := w.Claim("C1")
				if err != nil || !made.Proposed {
					t.Fatalf("%+v, %v", made, err)
				}
				got = made.Text
			}
			if got != c.want {
				t.Errorf("proposed %q, want %q", got, c.want)
			}
		})
	}
}

func TestOneProposalForOneProposition(t *testing.T) {
	w := newWorld(t)
	// The judge of this test does not see that these say the same.
	a := about(said(microsoft, statement.Attribute, china, "Volt Typhoon works for China"), volt)
	b := about(said(fbi, statement.Accuse, china, "behind Volt Typhoon stands the Chinese army"), volt)
	w.judge.claims = nil
	w.Store.opts.Judge, w.Store.opts.Fresh = blindJudge{}, func() Judge { return blindJudge{} }
	w.poll(read("a1", "Reuters", a))
	out := w.poll(read("a2", "CNN", b))
	if out.Claims != 0 {
		t.Errorf("a second proposal: %+v", out)
	}
	if got := w.statement("S2").primary(); got != "C1" {
		t.Errorf("the second statement links to %q", got)
	}
}

// blindJudge never finds anything.
type blindJudge struct{}

func (blindJudge) Judge(statement.Statement) []claim.Verdict { return nil }
func (blindJudge) Put(claim.Claim)                           {}
func (blindJudge) Remove(claim.ID)                           {}

func TestWeakVoicesGoToReview(t *testing.T) {
	hedged := about(said(microsoft, statement.Attribute, china, "Volt Typhoon is likely Chinese"), volt)
	hedged.Certainty = "likely"
	for situation, st := range map[string]statement.Statement{
		"outlet":  about(said(statement.Speaker{Kind: statement.Outlet, Organisation: "Reuters"}, statement.Report, china, "Volt Typhoon acts for the state"), volt),
		"unnamed": about(said(statement.Speaker{Kind: statement.Unnamed, Country: "US"}, statement.Accuse, china, "Volt Typhoon acts for the state"), volt),
		"hedge":   hedged,
	} {
		w := newWorld(t)
		w.poll(read("a1", "Reuters", st))
		if es := w.log(0); len(es) != 1 || es[0].Kind != NewClaim || !es[0].Review {
			t.Errorf("%s: %+v", situation, es)
		}
	}
}

func TestSuggestedLinkIsForReview(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "?", "volt")
	before := w.Last()
	w.poll(read("a1", "Reuters", said(maoNing, statement.Deny, china, "the Volt story is untrue")))
	es := w.log(before)
	if len(es) != 1 || es[0].Kind != FirstDenial || !es[0].Review || es[0].Claim != "C1" {
		t.Fatalf("%+v", es)
	}
	before = w.Last()
	if err := w.AnswerLink(t.Context(), "S1", "C1", true, "analyst"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"first-denial"}, w.kinds(before)); diff != "" {
		t.Errorf("a person's yes is news: %s", diff)
	}
}

func TestProposalLapses(t *testing.T) {
	w := newWorld(t)
	w.poll(read("a1", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon works for China"), volt)))
	w.poll(read("a2", "Reuters", said(maoNing, statement.Deny, us, "untrue what is said of that")))
	w.now = w.now.AddDate(0, 0, 60)
	if ids, err := w.Lapse(t.Context()); err != nil || ids != nil {
		t.Errorf("after 60 days: %v, %v", ids, err)
	}
	if w.statement("S2").Waiting.IsZero() == false {
		t.Error("the denial waits after 60 days")
	}
	w.now = w.now.AddDate(0, 0, 31)
	ids, err := w.Lapse(t.Context())
	if err != nil || len(ids) != 1 {
		t.Fatalf("after 91 days: %v, %v", ids, err)
	}
	if w.judge.has(ids[0]) {
		t.Error("the judge still knows it")
	}
	w.now = w.now.Add(time.Hour)
	if out := w.poll(read("a3", "Reuters", about(on(said(microsoft, statement.Attribute, china, "Volt Typhoon works for China"), 2025, 1, 14), volt))); out.Claims != 0 {
		t.Errorf("a withdrawn proposal was made again: %+v", out)
	}
}
