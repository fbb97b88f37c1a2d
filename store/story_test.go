package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

func TestStoryGoesOnUntilItIsQuiet(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.poll(read("a1", "Reuters", said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state")))
	w.now = w.now.AddDate(0, 0, 5)
	w.poll(read("a2", "Xinhua", on(said(maoNing, statement.Deny, china, "the story of Volt Typhoon is groundless"), 2024, 10, 19)))
	w.now = w.now.AddDate(0, 0, 30)
	w.poll(read("a3", "Reuters", on(said(fbi, statement.Accuse, china, "Volt Typhoon hackers are back"), 2024, 11, 18)))
	first, err := w.StoryOf("S2")
	if err != nil || first.ID != "Y1" {
		t.Errorf("the denial is in %+v, %v", first, err)
	}
	later, err := w.StoryOf("S3")
	if err != nil || later.ID != "Y2" || later.Before != "Y1" {
		t.Errorf("after the quiet: %+v, %v", later, err)
	}
}

func TestOfTwoStoriesTheLowestClaimHasTheStatement(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.claim("Salt Typhoon is Chinese", "CN", "salt")
	w.poll(read("a1", "Reuters", said(fbi, statement.Accuse, china, "Salt hackers read mail of telecoms")))
	w.poll(read("a2", "Reuters", said(microsoft, statement.Attribute, china, "Volt hackers sit in ports")))
	w.poll(read("a3", "Xinhua", said(maoNing, statement.Deny, china, "both Salt and Volt are inventions without proof")))
	y, err := w.StoryOf("S3")
	if err != nil || y.Claim != "C1" {
		t.Errorf("the denial of both is in %+v, %v", y, err)
	}
}

func TestTwoSpeakersOfOneArticleOnOneClaimAreOneStory(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.claim("The US made it up", "US", "made up")
	institute := statement.Speaker{Kind: statement.Organisation, Organisation: "Virus Response Center", Country: "CN"}
	w.poll(read("a1", "Xinhua",
		said(maoNing, statement.Deny, china, "Volt is a tale that Washington made up"),
		said(institute, statement.CounterAccuse, us, "our report shows how the story was made up")))
	y, err := w.StoryOf("S2")
	if err != nil || y.ID != "Y1" || y.Claim != "C1" {
		t.Errorf("%+v, %v", y, err)
	}
	w.poll(read("a2", "CGTN", said(statement.Speaker{Kind: statement.Organisation, Organisation: "Another Institute", Country: "CN"}, statement.CounterAccuse, us, "all of it was made up by companies")))
	if y, err := w.StoryOf("S3"); err != nil || y.ID != "Y2" {
		t.Errorf("another article on another claim: %+v, %v", y, err)
	}
}

func TestEventsOfAClaim(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	steps := []struct {
		situation string
		said      statement.Statement
		want      string
	}{
		{"first to assert", said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), "new-assertion"},
		{"another party asserts", said(fbi, statement.Accuse, china, "Volt hackers hide in routers of small offices"), "new-assertion"},
		{"the accused denies", said(maoNing, statement.Deny, china, "the tale of Volt is groundless"), "first-denial"},
		{"the accused denies again later", on(said(maoNing, statement.Deny, china, "Volt is a smear once more"), 2024, 10, 20), "repeated"},
		{"the accused blames another", on(said(maoNing, statement.Alternative, china, "Volt is a ransomware gang"), 2024, 10, 25), "position-changed"},
		{"a plain denial takes nothing back", on(said(maoNing, statement.Deny, china, "on Volt we have said that it is untrue"), 2024, 10, 28), "repeated"},
		{"the accuser repeats", on(said(fbi, statement.Accuse, china, "Volt actors remain a threat to pipelines"), 2024, 10, 29), "repeated"},
	}
	for i, s := range steps {
		w.now = w.now.Add(time.Hour)
		before := w.Last()
		w.poll(read(s.situation, "Outlet "+s.situation, s.said))
		if diff := cmp.Diff([]string{s.want}, w.kinds(before)); diff != "" {
			t.Errorf("step %d, %s: %s", i+1, s.situation, diff)
		}
	}
	ps, err := w.Positions("C1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range ps {
		got = append(got, p.Party+" "+p.Standing.String()+" since "+p.Since.String())
	}
	want := []string{"Microsoft repeats since 2024-10-14", "FBI repeats since 2024-10-14", "China counters since 2024-10-25"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if china := ps[2]; len(china.Before) != 1 || china.Before[0].Standing != claim.Denies || china.Before[0].Count != 2 {
		t.Errorf("what China held before: %+v", china.Before)
	}
	if c, err := w.Claim("C1"); err != nil || c.Status != claim.Contested {
		t.Errorf("status %v, %v", c.Status, err)
	}
}

func TestFromSuspectingToNaming(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt")
	hedged := said(fbi, statement.Attribute, china, "Volt is probably the work of China")
	hedged.Certainty = "probably"
	w.poll(read("a1", "Reuters", hedged))
	before := w.Last()
	w.poll(read("a2", "Reuters", on(said(fbi, statement.Attribute, china, "we can now name the ministry behind Volt"), 2024, 11, 20)))
	if diff := cmp.Diff([]string{"position-changed"}, w.kinds(before)); diff != "" {
		t.Error(diff)
	}
	if es := w.log(0); !es[len(es)-2].Review || es[len(es)-1].Review {
		t.Errorf("the hedge goes to review, the naming does not: %+v", es)
	}
	_ = c
}

func TestSilenceIsForReviewAndChangesNoPosition(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.judge.hedge = true
	w.poll(read("a1", "Reuters", said(maoNing, statement.NoComment, china, "on Volt there was no comment")))
	if es := w.log(0); !es[len(es)-1].Review {
		t.Errorf("%+v", es)
	}
	w.judge.hedge = false
	w.poll(read("a2", "Reuters", on(said(maoNing, statement.Deny, china, "Volt is a smear and a lie"), 2024, 10, 17)))
	before := w.Last()
	w.judge.hedge = true
	w.poll(read("a3", "Reuters", on(said(maoNing, statement.NoComment, china, "about Volt they said nothing to our questions"), 2024, 10, 20)))
	if diff := cmp.Diff([]string{"repeated"}, w.kinds(before)); diff != "" {
		t.Error(diff)
	}
}

func TestLateWordOfAnEarlierPositionIsNoChange(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.poll(read("a1", "Reuters", on(said(fbi, statement.Accuse, china, "Volt hackers hide in routers"), 2024, 10, 20)))
	before := w.Last()
	w.poll(read("a2", "Reuters", on(said(fbi, statement.Doubt, china, "on Volt it is too early to say"), 2024, 10, 1)))
	for _, e := range w.log(before) {
		if e.Kind == PositionChanged {
			t.Errorf("told %+v", e)
		}
	}
}

func TestJointStatementGivesEachAPosition(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt")
	joint := said(fbi, statement.Attribute, china, "Volt is state-sponsored, the agencies warn together")
	joint.With = []statement.Speaker{ukFCDO, {Kind: statement.State, Organisation: "Canada", Country: "CA"}}
	w.poll(read("a1", "Reuters", joint))
	ps, err := w.Positions(c.ID)
	if err != nil || len(ps) != 3 {
		t.Errorf("%+v, %v", ps, err)
	}
}

func TestPartyOf(t *testing.T) {
	for _, c := range []struct {
		speaker statement.Speaker
		want    string
	}{
		{maoNing, "China"},
		{statement.Speaker{Kind: statement.State, Organisation: "Washington", Country: "US"}, "United States"},
		{microsoft, "Microsoft"},
		{fbi, "FBI"},
		{statement.Speaker{Kind: statement.Person, Name: "Liu Pengyu", Organisation: "Chinese Embassy in the US", Country: "CN"}, "China"},
		{statement.Speaker{Kind: statement.Person, Name: "Shen Yi", Organisation: "Fudan University", Country: "CN"}, "Fudan University"},
		{statement.Speaker{Kind: statement.Person, Name: "Kevin Beaumont"}, "Kevin Beaumont"},
		{statement.Speaker{Kind: statement.Person, Name: "Ursula von der Leyen", Role: "Commission president", Country: "EU"}, "European Union"},
		{statement.Speaker{Kind: statement.Unnamed, Country: "US"}, "United States (unnamed)"},
		{statement.Speaker{Kind: statement.Unnamed}, ""},
		{statement.Speaker{Kind: statement.Outlet, Organisation: "Reuters", Country: "GB"}, ""},
	} {
		if got := partyOf(c.speaker).name; got != c.want {
			t.Errorf("%+v speaks for %q, want %q", c.speaker, got, c.want)
		}
	}
}
