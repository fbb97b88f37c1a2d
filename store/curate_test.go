package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// voltWorld holds one claim with an assertion and a denial.
func voltWorld(t *testing.T) (*world, claim.Claim) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.poll(read("a1", "Reuters", said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state")))
	w.poll(read("a2", "Xinhua", said(maoNing, statement.Deny, china, "the Volt tale is groundless")))
	return w, c
}

func (w *world) sound() {
	w.Helper()
	rep, err := w.Fsck(w.Context(), false)
	if err != nil || len(rep.Faults) > 0 {
		w.Errorf("store is not sound: %v, %v", rep.Faults, err)
	}
}

func timelineOf(t *testing.T, w *world, id claim.ID) []StatementID {
	t.Helper()
	entries, err := w.Timeline(id)
	if err != nil {
		t.Fatal(err)
	}
	var ids []StatementID
	for _, e := range entries {
		ids = append(ids, e.Statement.ID)
	}
	return ids
}

func TestMergedClaimGivesItsStatementsAway(t *testing.T) {
	w, from := voltWorld(t)
	into := w.claim("China sponsors Volt Typhoon", "CN", "sponsored")
	if err := w.MergeClaims(t.Context(), from.ID, into.ID, "analyst"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]StatementID{"S1", "S2"}, timelineOf(t, w, into.ID)); diff != "" {
		t.Error(diff)
	}
	if ids := timelineOf(t, w, from.ID); ids != nil {
		t.Errorf("left behind: %v", ids)
	}
	if st := w.statement("S1"); len(st.Past) != 1 || st.Past[0].Claim != from.ID {
		t.Errorf("history of the link: %+v", st.Past)
	}
	if ps, err := w.Positions(into.ID); err != nil || len(ps) != 2 {
		t.Errorf("positions %v, %v", ps, err)
	}
	if w.judge.has(from.ID) || !w.judge.has(into.ID) {
		t.Error("the judge has the wrong claims")
	}
	got, err := w.Claim(from.ID)
	if err != nil || got.Merged != into.ID {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range [][2]claim.ID{{from.ID, into.ID}, {into.ID, into.ID}, {into.ID, from.ID}, {into.ID, "C99"}} {
		if err := w.MergeClaims(t.Context(), bad[0], bad[1], "analyst"); err == nil {
			t.Errorf("merged %s into %s", bad[0], bad[1])
		}
	}
	w.sound()
}

func TestSplitClaimKeepsTheHistory(t *testing.T) {
	w, from := voltWorld(t)
	part, err := w.SplitClaim(t.Context(), from.ID, claim.Claim{Text: "Volt Typhoon is an army unit", Tags: []string{"army"}}, []StatementID{"S1"}, "analyst")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]StatementID{"S1"}, timelineOf(t, w, part.ID)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]StatementID{"S2"}, timelineOf(t, w, from.ID)); diff != "" {
		t.Error(diff)
	}
	info, err := w.ClaimInfo(from.ID)
	if err != nil || info.Statements != 1 {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := w.SplitClaim(t.Context(), from.ID, claim.Claim{Text: "x"}, []StatementID{"S1"}, "analyst"); !errors.Is(err, ErrNotFound) {
		t.Errorf("split of a statement that is not linked: %v", err)
	}
	w.sound()
}

func TestPeopleLinkAndUnlink(t *testing.T) {
	w, c := voltWorld(t)
	other := w.claim("The US made Volt Typhoon up", "US", "made up")
	if err := w.Link(t.Context(), "S2", other.ID, claim.Supports, "analyst"); err != nil {
		t.Fatal(err)
	}
	l, ok := w.statement("S2").LinkTo(other.ID)
	if !ok || l.By != "analyst" || !l.Confirmed {
		t.Errorf("%+v", l)
	}
	if err := w.Unlink(t.Context(), "S2", c.ID, "analyst"); err != nil {
		t.Fatal(err)
	}
	st := w.statement("S2")
	if _, ok := st.LinkTo(c.ID); ok || len(st.Past) != 1 {
		t.Errorf("links %v, past %v", st.Links, st.Past)
	}
	if ps, err := w.Positions(c.ID); err != nil || len(ps) != 1 || ps[0].Party != "Microsoft" {
		t.Errorf("positions %v, %v", ps, err)
	}
	for name, err := range map[string]error{
		"unknown statement": w.Link(t.Context(), "S99", c.ID, claim.Repeats, "a"),
		"unknown claim":     w.Link(t.Context(), "S1", "C99", claim.Repeats, "a"),
		"not linked":        w.Unlink(t.Context(), "S2", c.ID, "a"),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.Link(t.Context(), "S1", c.ID, claim.New, "a"); !errors.Is(err, ErrInvalid) {
		t.Errorf("linked as new: %v", err)
	}
	w.sound()
}

func TestAnswersAreKept(t *testing.T) {
	w, c := voltWorld(t)
	if err := w.AnswerLink(t.Context(), "S1", c.ID, true, "ann"); err != nil {
		t.Fatal(err)
	}
	if err := w.AnswerLink(t.Context(), "S2", c.ID, false, "ben"); err != nil {
		t.Fatal(err)
	}
	answers, err := w.Answers()
	if err != nil || len(answers) != 2 || !answers[0].Right || answers[1].Right || answers[1].Verdict.Standing != claim.Denies || answers[1].By != "ben" {
		t.Errorf("%+v, %v", answers, err)
	}
	if _, ok := w.statement("S2").LinkTo(c.ID); ok {
		t.Error("a wrong link stays")
	}
	trail, err := w.AuditOf("S2")
	if err != nil || len(trail) != 1 || trail[0].Action != AnsweredWrong {
		t.Errorf("%+v, %v", trail, err)
	}
}

func TestConfirmedAndWithdrawnClaims(t *testing.T) {
	w := newWorld(t)
	w.poll(read("a1", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon works for China"), volt)))
	if err := w.ConfirmClaim(t.Context(), "C1", "analyst"); err != nil {
		t.Fatal(err)
	}
	if c, err := w.Claim("C1"); err != nil || c.Proposed {
		t.Errorf("%+v, %v", c, err)
	}
	if err := w.WithdrawClaim(t.Context(), "C1", "analyst"); err != nil {
		t.Fatal(err)
	}
	if w.judge.has("C1") {
		t.Error("the judge has a withdrawn claim")
	}
	if err := w.ConfirmClaim(t.Context(), "C1", "analyst"); err != nil || !w.judge.has("C1") {
		t.Errorf("confirmed again: %v", err)
	}
	var actions []Action
	trail, err := w.AuditOf("C1")
	for _, c := range trail {
		actions = append(actions, c.Action)
	}
	if diff := cmp.Diff([]Action{Confirmed, WithdrawnBy, Confirmed}, actions); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestEditedClaim(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt is Chinese", "CN", "volt")
	c.Text, c.Tags = "Volt Typhoon is run by the Chinese state", []string{"typhoon"}
	got, err := w.EditClaim(t.Context(), c, "analyst")
	if err != nil || got.Text != c.Text {
		t.Fatalf("%+v, %v", got, err)
	}
	trail, err := w.AuditOf(string(c.ID))
	if err != nil || trail[len(trail)-1].Before != "Volt is Chinese" {
		t.Errorf("%+v, %v", trail, err)
	}
	for name, bad := range map[string]claim.Claim{"no sentence": {ID: c.ID}, "unknown": {ID: "C77", Text: "x"}} {
		if _, err := w.EditClaim(t.Context(), bad, "analyst"); err == nil {
			t.Errorf("%s: edited", name)
		}
	}
}

func TestDeclaredClaims(t *testing.T) {
	w := newWorld(t)
	declared := []claim.Claim{{Key: "volt", Text: "Volt Typhoon is Chinese", Tags: []string{"volt"}}, {Key: "salt", Text: "Salt Typhoon is Chinese"}}
	declare := func() Declared {
		t.Helper()
		d, err := w.DeclareClaims(t.Context(), declared)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := declare(); len(d.Added) != 2 {
		t.Errorf("first: %+v", d)
	}
	if d := declare(); len(d.Added)+len(d.Changed) != 0 {
		t.Errorf("again: %+v", d)
	}
	declared[0].Text = "Volt Typhoon is run by China"
	if d := declare(); !cmp.Equal(d.Changed, []string{"volt"}) {
		t.Errorf("changed: %+v", d)
	}
	w.poll(read("a2", "Xinhua", said(maoNing, statement.Deny, china, "the Volt tale is groundless")))
	if d := declare(); len(d.Changed) != 0 {
		t.Errorf("after it was contested: %+v", d)
	}
	c, err := w.ClaimByKey("volt")
	if err != nil || c.Status != claim.Contested || c.Text != declared[0].Text {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := w.DeclareClaims(t.Context(), []claim.Claim{{Text: "without a key"}}); !errors.Is(err, ErrInvalid) {
		t.Errorf("without a key: %v", err)
	}
	if _, err := w.PutClaim(t.Context(), claim.Claim{Key: "volt", Text: "twice"}, "analyst"); !errors.Is(err, ErrInvalid) {
		t.Errorf("a key twice: %v", err)
	}
}

func TestFailedChangeLeavesJudgeAndStoreAsTheyWere(t *testing.T) {
	w, c := voltWorld(t)
	last := w.Last()
	_, err := w.SplitClaim(t.Context(), c.ID, claim.Claim{Text: "part"}, []StatementID{"S1", "S55"}, "analyst")
	if err == nil {
		t.Fatal("no error")
	}
	if w.judge.has("C2") || w.Last() != last {
		t.Error("something stayed of a failed change")
	}
	if _, err := w.Claim("C2"); !errors.Is(err, ErrNotFound) {
		t.Errorf("claim of a failed split: %v", err)
	}
	w.sound()
}

func TestClaimFilter(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN")
	w.claim("The US made it up", "US")
	w.poll(read("a1", "Reuters", about(said(microsoft, statement.Attribute, statement.Party{Name: "Russia", Country: "RU"}, "Sandworm works for Russia"), statement.Actor{ID: "sandworm", Name: "Sandworm"})))
	yes, no := true, false
	for _, c := range []struct {
		situation string
		filter    ClaimFilter
		want      []claim.ID
	}{
		{"all", ClaimFilter{}, []claim.ID{"C1", "C2", "C3"}},
		{"by words", ClaimFilter{Words: "chinese volt"}, []claim.ID{"C1"}},
		{"by accused", ClaimFilter{Accused: "us"}, []claim.ID{"C2"}},
		{"by actor", ClaimFilter{Actor: "Sandworm"}, []claim.ID{"C3"}},
		{"proposed", ClaimFilter{Proposed: &yes}, []claim.ID{"C3"}},
		{"by people", ClaimFilter{Proposed: &no, Limit: 1}, []claim.ID{"C1"}},
		{"by status", ClaimFilter{Statuses: []claim.Status{claim.Settled}}, nil},
	} {
		cs, err := w.Claims(c.filter)
		var ids []claim.ID
		for _, cl := range cs {
			ids = append(ids, cl.ID)
		}
		if diff := cmp.Diff(c.want, ids); diff != "" || err != nil {
			t.Errorf("%s: %s %v", c.situation, diff, err)
		}
	}
}

func TestMutesEnd(t *testing.T) {
	w := newWorld(t)
	m, err := w.AddMute(t.Context(), Mute{Channel: "soc", Query: "actor:volt", Until: w.now.Add(time.Hour), By: "ann"})
	if err != nil || m.ID != "M1" {
		t.Fatalf("%+v, %v", m, err)
	}
	if _, err := w.AddMute(t.Context(), Mute{Claim: "C1", By: "ann"}); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		ms, err := w.Mutes()
		if err != nil {
			t.Fatal(err)
		}
		return len(ms)
	}
	if count() != 2 {
		t.Errorf("%d mutes", count())
	}
	w.now = w.now.Add(2 * time.Hour)
	if count() != 1 {
		t.Errorf("%d mutes after an hour", count())
	}
	if err := w.RemoveMute(t.Context(), "M2", "ann"); err != nil || count() != 0 {
		t.Errorf("removed: %v, %d left", err, count())
	}
	if err := w.RemoveMute(t.Context(), "M2", "ann"); !errors.Is(err, ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	for _, bad := range []Mute{{}, {Query: "actr:x"}} {
		if _, err := w.AddMute(t.Context(), bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestForgottenUserIsNowhere(t *testing.T) {
	w, c := voltWorld(t)
	ctx := t.Context()
	if err := w.Link(ctx, "S1", c.ID, claim.Supports, "U123"); err != nil {
		t.Fatal(err)
	}
	if err := w.AnswerLink(ctx, "S2", c.ID, true, "U123"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddSubscription(ctx, Subscription{Network: "slack", Channel: "soc", When: "at once", By: "U123"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.PutClaim(ctx, claim.Claim{Text: "another"}, "U123"); err != nil {
		t.Fatal(err)
	}
	n, err := w.Forget(ctx, "U123")
	if err != nil || n == 0 {
		t.Fatalf("%d, %v", n, err)
	}
	if err := w.engine.View(noTrace(t, "U123")); err != nil {
		t.Fatal(err)
	}
	w.sound()
	for _, nobody := range []string{"", "judge", "configuration"} {
		if _, err := w.Forget(ctx, nobody); !errors.Is(err, ErrInvalid) {
			t.Errorf("forgot %q: %v", nobody, err)
		}
	}
}
