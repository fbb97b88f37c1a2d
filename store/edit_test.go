package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// quiet is a baseline reading.
func baseline(rd reading.Reading) reading.Reading {
	rd.Baseline = true
	return rd
}

func TestFirstSightOfASourceFloodsNobody(t *testing.T) {
	w := newWorld(t)
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	start := w.Last()
	w.poll(baseline(read("a1", "Reuters", said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), said(fbi, statement.Accuse, china, "another group stole mail"))))
	if len(w.log(start)) == 0 {
		t.Error("nothing was recorded")
	}
	if kinds := w.kinds(start); kinds != nil {
		t.Errorf("told: %v", kinds)
	}
	if !w.statement("S1").Baseline {
		t.Error("the statement is not marked")
	}
}

func TestBackgroundIsRecordedButNoNews(t *testing.T) {
	w := newWorld(t)
	c := w.claim("Volt Typhoon is Chinese", "CN", "volt")
	old := on(said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), 2023, 5, 24)
	old.Background = true
	start := w.Last()
	w.poll(read("a1", "Reuters", old))
	if kinds := w.kinds(start); kinds != nil {
		t.Errorf("told: %v", kinds)
	}
	if _, err := w.StoryOf("S1"); err == nil {
		t.Error("background has a story")
	}
	ps, err := w.Positions(c.ID)
	if err != nil || len(ps) != 1 || ps[0].Since.String() != "2023-05-24" {
		t.Errorf("positions %+v, %v", ps, err)
	}
}

func TestEditedArticle(t *testing.T) {
	accuse := said(microsoft, statement.Attribute, china, "Volt Typhoon is a state-sponsored actor that sits in water works of the United States")
	deny := said(maoNing, statement.Deny, china, "the allegation of Microsoft about water works is groundless")
	filler := said(fbi, statement.Call, china, strings.Repeat("operators of water works should check their routers and read the logs of the last year ", 20))
	for _, c := range []struct {
		situation string
		now       []statement.Statement
		kinds     []string
		gone      []StatementID
	}{
		{"a statement is taken out", []statement.Statement{accuse, filler}, []string{"article-edited"}, []StatementID{"S2"}},
		{"a statement is added", []statement.Statement{accuse, deny, filler, said(ukFCDO, statement.Condemn, china, "London condemns the reckless intrusion into reservoirs")}, nil, nil},
		{"the words stand, a comma moves", []statement.Statement{accuse, deny, filler}, nil, nil},
	} {
		t.Run(c.situation, func(t *testing.T) {
			w := newWorld(t)
			w.claim("Volt Typhoon is Chinese", "CN", "volt")
			w.poll(read("a1", "Reuters", accuse, deny, filler))
			before := w.Last()
			rd := read("a1", "Reuters", slices.Clone(c.now)...)
			rd.Edited = true
			rd.Article.Text += " ,"
			out := w.poll(rd)
			if out.Edits != 1 {
				t.Fatalf("%+v", out)
			}
			if c.kinds != nil {
				if diff := cmp.Diff(c.kinds, w.kinds(before)); diff != "" {
					t.Error(diff)
				}
			}
			for _, id := range []StatementID{"S1", "S2", "S3"} {
				if gone := w.statement(id).Appearances[0].Gone; gone != slices.Contains(c.gone, id) {
					t.Errorf("%s gone: %v", id, gone)
				}
			}
			a, err := w.Article("a1")
			if err != nil || a.Edits != 1 {
				t.Errorf("article %+v, %v", a, err)
			}
			rep, err := w.Fsck(t.Context(), false)
			if err != nil || len(rep.Faults) > 0 {
				t.Errorf("after the edit: %v, %v", rep.Faults, err)
			}
		})
	}
}

func TestQuietEditTellsNobody(t *testing.T) {
	w := newWorld(t)
	long := said(microsoft, statement.Attribute, china, "Volt Typhoon sits in ports: "+prose(60))
	w.poll(read("a1", "Reuters", long))
	before := w.Last()
	rd := read("a1", "Reuters", long)
	rd.Article.Text += " A spelling was corrected."
	w.poll(rd)
	if kinds := w.kinds(before); kinds != nil {
		t.Errorf("told: %v", kinds)
	}
	if es := w.log(before); len(es) != 1 || es[0].Kind != ArticleEdited {
		t.Errorf("log %v", es)
	}
}

func TestWithdrawnArticle(t *testing.T) {
	w := newWorld(t)
	w.poll(read("a1", "Reuters", about(said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), volt)))
	before := w.Last()
	gone := reading.Reading{Withdrawn: true}
	gone.Article.ID = "a1"
	if out := w.poll(gone); out.Withdrawn != 1 {
		t.Fatalf("%+v", out)
	}
	if diff := cmp.Diff([]string{"article-withdrawn"}, w.kinds(before)); diff != "" {
		t.Error(diff)
	}
	if st := w.statement("S1"); !st.Appearances[0].Gone || len(st.Outlets()) != 0 {
		t.Errorf("appearances %+v", st.Appearances)
	}
	if out := w.poll(gone); out.Events != 0 {
		t.Errorf("withdrawn twice: %+v", out)
	}
}

func TestUnknownWithdrawnArticleIsNothing(t *testing.T) {
	w := newWorld(t)
	gone := reading.Reading{Withdrawn: true}
	gone.Article.ID = "never seen"
	if out := w.poll(gone); out.Events+out.Articles+out.Withdrawn != 0 {
		t.Errorf("%+v", out)
	}
}

func TestAgencyCopiesAreOneOrigin(t *testing.T) {
	words := "Volt Typhoon sits in the networks of ports, railways and water works, the company says in its report: " + prose(20)
	st := about(said(microsoft, statement.Attribute, china, words), volt)
	withCredit := func(rd reading.Reading, credit, family string) reading.Reading {
		rd.Article.Credit, rd.Article.Family = credit, family
		return rd
	}
	w := newWorld(t)
	w.poll(withCredit(read("r", "Reuters", st), "", "reuters"))
	w.poll(withCredit(read("b", "Daily B", st), "Reuters", ""))
	w.poll(withCredit(read("c", "Courier C", st), "", ""))
	own := about(said(microsoft, statement.Attribute, china, "the networks of water works, railways and of some ports are where Microsoft's new report places Volt Typhoon"), volt)
	w.poll(read("d", "Gazette D", own))
	got := w.statement("S1")
	if len(got.Outlets()) != 4 || len(got.Origins()) != 2 {
		t.Errorf("%d outlets %q, %d origins %q; want 4 and 2", len(got.Outlets()), got.Outlets(), len(got.Origins()), got.Origins())
	}
	a, err := w.Article("c")
	if err != nil || a.Origin != "reuters" || !strings.Contains(a.OriginBy, "near-equal") {
		t.Errorf("origin of the copy without a credit line: %q by %q, %v", a.Origin, a.OriginBy, err)
	}
}

func TestOneAddressInTwoFeedsIsOneAppearance(t *testing.T) {
	w := newWorld(t)
	st := about(said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state"), volt)
	first, second := read("feed-1", "Reuters", st), read("feed-2", "Reuters", st)
	second.Article.URL = first.Article.URL
	w.poll(first)
	out := w.poll(second)
	if out.Appearances != 0 || len(w.statement("S1").Appearances) != 1 {
		t.Errorf("%+v, appearances %v", out, w.statement("S1").Appearances)
	}
}

func TestSourceHealthIsToldOnce(t *testing.T) {
	w := newWorld(t)
	health := func(h reading.Health) {
		t.Helper()
		if _, err := w.Record(t.Context(), reading.Poll{Source: "feed", At: w.now, Health: &h}); err != nil {
			t.Fatal(err)
		}
	}
	health(reading.Health{State: reading.Well})
	health(reading.Health{State: reading.Failing, Cause: "The host does not answer.", Advice: "Nothing needs doing."})
	w.now = w.now.Add(time.Hour)
	health(reading.Health{State: reading.Failing, Cause: "The host refuses.", Advice: "Nothing needs doing."})
	health(reading.Health{State: reading.Well, Cause: "It answers again."})
	es := w.log(0)
	if len(es) != 2 || es[0].Note != "The host does not answer. Nothing needs doing." || es[1].Source != "feed" {
		t.Errorf("log %+v", es)
	}
	sources, err := w.Sources()
	if err != nil || len(sources) != 1 || sources[0].Health.State != reading.Well {
		t.Errorf("%+v, %v", sources, err)
	}
}

func TestArticleWithoutStatementsKeepsWhy(t *testing.T) {
	w := newWorld(t)
	rd := read("a1", "Reuters")
	rd.Findings = []string{"speaks of a typhoon, the weather"}
	w.poll(rd)
	a, err := w.ArticleByURL(rd.Article.URL)
	if err != nil || !slices.Equal(a.Findings, rd.Findings) {
		t.Errorf("%+v, %v", a, err)
	}
	if w.Last() != 0 {
		t.Error("an article without statements is news")
	}
}
