package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/kv/mem"
)

// plainJudge is a judge by simple rules, so that the store's tests do not move
// with the weights of the real one: a claim matches when every one of its tags
// stands in the words, or when actor and accused are the same.
type plainJudge struct {
	mu     sync.Mutex
	hedge  bool // every verdict hedges
	claims map[claim.ID]claim.Claim
}

func newPlainJudge() *plainJudge { return &plainJudge{claims: map[claim.ID]claim.Claim{}} }

func (j *plainJudge) Put(c claim.Claim) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.claims[c.ID] = c
}

func (j *plainJudge) Remove(id claim.ID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.claims, id)
}

func (j *plainJudge) has(id claim.ID) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, ok := j.claims[id]
	return ok
}

func (j *plainJudge) Judge(s statement.Statement) []claim.Verdict {
	j.mu.Lock()
	defer j.mu.Unlock()
	var vs []claim.Verdict
	for id, c := range j.claims {
		if j.hedge {
			vs = append(vs, claim.Verdict{Claim: id, Standing: claim.Hedges, Score: 900, Confirmed: true})
			continue
		}
		if matchesTags(c, s) || len(c.Tags) == 0 && sameParties(c, s) {
			vs = append(vs, claim.Verdict{Claim: id, Standing: standingOf(c, s), Score: 900, Confirmed: !slices.Contains(c.Tags, "?"), Reasons: []string{"by rule"}})
		}
	}
	if len(vs) == 0 {
		return []claim.Verdict{{Standing: claim.New}}
	}
	slices.SortFunc(vs, func(a, b claim.Verdict) int { return claim.CompareIDs(a.Claim, b.Claim) })
	return vs
}

func matchesTags(c claim.Claim, s statement.Statement) bool {
	words := strings.ToLower(s.Words)
	return len(c.Tags) > 0 && !slices.ContainsFunc(c.Tags, func(t string) bool { return t != "?" && !strings.Contains(words, t) })
}

func sameParties(c claim.Claim, s statement.Statement) bool {
	if len(s.Accused) == 0 || len(c.Accused) == 0 || s.Accused[0].Country != c.Accused[0].Country {
		return false
	}
	return len(c.Actors) == 0 && len(s.Actors) == 0 || len(c.Actors) > 0 && len(s.Actors) > 0 && c.Actors[0].ID == s.Actors[0].ID
}

func standingOf(c claim.Claim, s statement.Statement) claim.Standing {
	switch s.Stance.Polarity() {
	case statement.Opposes:
		return claim.Denies
	case statement.Counters:
		if s.Stance == statement.Alternative {
			return claim.CountersIt
		}
		if len(c.Accused) > 0 && len(s.Accused) > 0 && c.Accused[0].Country == s.Accused[0].Country {
			return claim.Repeats
		}
		return claim.CountersIt
	}
	return claim.Repeats
}

// world is a store with a clock that the test moves.
type world struct {
	*testing.T
	*Store
	judge *plainJudge
	now   time.Time
	polls int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, judge: newPlainJudge(), now: time.Date(2024, 10, 15, 8, 0, 0, 0, time.UTC)}
	s, err := Open(mem.New(), Options{
		Now: func() time.Time { return w.now }, Judge: w.judge, Fresh: func() Judge { return newPlainJudge() },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Store = s
	t.Cleanup(func() { s.Close() })
	return w
}

// read makes a reading of an outlet's article with statements; the words of the
// statements make up its text.
func read(id, outlet string, sts ...statement.Statement) reading.Reading {
	var words []string
	for i := range sts {
		sts[i].Article = id
		words = append(words, sts[i].Words)
	}
	text := strings.Join(words, ".\n") + "."
	for i := range sts {
		sts[i].ID = statement.ID(fmt.Sprintf("s-%s", digest(text + sts[i].Words)[:12]))
	}
	return reading.Reading{
		Article: article.Article{
			ID: id, URL: "https://" + strings.ReplaceAll(strings.ToLower(outlet), " ", "") + ".example/" + id, Title: "Title of " + id,
			Text: text, Outlet: outlet, Lang: "en", Published: statement.Date{Year: 2024, Month: 10, Day: 15},
		},
		Statements: sts, FirstSeen: time.Date(2024, 10, 15, 7, 0, 0, 0, time.UTC),
	}
}

// poll records readings as one poll.
func (w *world) poll(rs ...reading.Reading) Outcome {
	w.Helper()
	w.polls++
	out, err := w.Record(context.Background(), reading.Poll{Source: "feed", At: w.now, Readings: rs, Cursor: fmt.Append(nil, w.polls)})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// kinds are the kinds of the events after a place, loud ones only.
func (w *world) kinds(after Seq) []string {
	w.Helper()
	var kinds []string
	for _, e := range w.log(after) {
		if !e.Quiet {
			kinds = append(kinds, e.Kind.String())
		}
	}
	return kinds
}

func (w *world) log(after Seq) []Event {
	w.Helper()
	es, err := w.Events(after, 0)
	if err != nil {
		w.Fatal(err)
	}
	return es
}

// claim puts a person's claim in.
func (w *world) claim(text string, accused statement.Country, tags ...string) claim.Claim {
	w.Helper()
	c, err := w.PutClaim(context.Background(), claim.Claim{Text: text, Tags: tags, Accused: []statement.Party{{Country: accused}}, Status: claim.Open}, "analyst")
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func (w *world) statement(id StatementID) Statement {
	w.Helper()
	st, err := w.Statement(id)
	if err != nil {
		w.Fatal(err)
	}
	return st
}

var (
	maoNing   = statement.Speaker{Kind: statement.Person, Name: "Mao Ning", Role: "foreign ministry spokesperson", Organisation: "Ministry of Foreign Affairs", Country: "CN"}
	microsoft = statement.Speaker{Kind: statement.Organisation, Name: "", Organisation: "Microsoft", Country: "US"}
	fbi       = statement.Speaker{Kind: statement.Organisation, Organisation: "FBI", Country: "US"}
	ukFCDO    = statement.Speaker{Kind: statement.Organisation, Organisation: "Foreign, Commonwealth and Development Office", Country: "GB"}

	us    = statement.Party{Name: "United States", Country: "US"}
	china = statement.Party{Name: "China", Country: "CN"}
	volt  = statement.Actor{ID: "volt-typhoon", Name: "Volt Typhoon", As: "Volt Typhoon"}
)

// said makes a statement of 14 October 2024.
func said(by statement.Speaker, stance statement.Stance, accused statement.Party, words string) statement.Statement {
	return statement.Statement{
		Speaker: by, Stance: stance, Accused: []statement.Party{accused}, Words: words, Type: statement.Indirect,
		Said: statement.Date{Year: 2024, Month: 10, Day: 14}, Span: statement.Span{End: len(words)}, Content: []statement.Span{{End: len(words)}},
	}
}

func on(st statement.Statement, year int, month time.Month, day int) statement.Statement {
	st.Said = statement.Date{Year: year, Month: month, Day: day}
	return st
}

func about(st statement.Statement, a statement.Actor) statement.Statement {
	st.Actors = []statement.Actor{a}
	return st
}

// prose makes words of which no run repeats.
func prose(sentences int) string {
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "in port %d the guards of shift %d counted %d routers with serial %d; ", i, i*7, i*13, i*17)
	}
	return b.String()
}
