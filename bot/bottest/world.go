// Package bottest is a small world for the tests of the bot's rooms: a store in
// memory with a judge of simple rules and a clock that the test moves, and a
// chat network that remembers what it shows and fails when it is told to.
package bottest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/kv"
	"attribot/store/kv/mem"
)

// Judge matches a claim when each of its tags stands in the words of a
// statement; a tag "?" makes the match a suggestion. Tests of the bot do not move
// with the weights of the real judge.
type Judge struct {
	mu     sync.Mutex
	claims map[claim.ID]claim.Claim
}

// NewJudge makes a judge without claims.
func NewJudge() *Judge { return &Judge{claims: map[claim.ID]claim.Claim{}} }

// Put stores a claim.
func (j *Judge) Put(c claim.Claim) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.claims[c.ID] = c
}

// Remove forgets a claim.
func (j *Judge) Remove(id claim.ID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.claims, id)
}

// Judge gives the claims that match.
func (j *Judge) Judge(s statement.Statement) []claim.Verdict {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []claim.Verdict
	for id, c := range j.claims {
		if tagged(c, s) || len(c.Tags) == 0 && sameWords(c, s) {
			out = append(out, claim.Verdict{Claim: id, Standing: standing(c, s), Score: 900, Confirmed: !slices.Contains(c.Tags, "?"), Reasons: []string{"its words are those of the claim"}})
		}
	}
	if len(out) == 0 {
		return []claim.Verdict{{Standing: claim.New, Reasons: []string{"no stored claim matches"}}}
	}
	slices.SortFunc(out, func(a, b claim.Verdict) int { return claim.CompareIDs(a.Claim, b.Claim) })
	return out
}

func tagged(c claim.Claim, s statement.Statement) bool {
	words := strings.ToLower(s.Words)
	return len(c.Tags) > 0 && !slices.ContainsFunc(c.Tags, func(t string) bool { return t != "?" && !strings.Contains(words, t) })
}

// sameWords is for proposals, which carry no tags.
func sameWords(c claim.Claim, s statement.Statement) bool {
	return len(c.Accused) > 0 && len(s.Accused) > 0 && c.Accused[0].Country == s.Accused[0].Country &&
		slices.EqualFunc(c.Actors, s.Actors, func(a, b statement.Actor) bool { return a.ID == b.ID })
}

func standing(c claim.Claim, s statement.Statement) claim.Standing {
	switch s.Stance.Polarity() {
	case statement.Opposes:
		if s.Stance == statement.Doubt || s.Stance == statement.NoComment {
			return claim.Hedges
		}
		return claim.Denies
	case statement.Counters:
		if len(c.Accused) > 0 && len(s.Accused) > 0 && c.Accused[0].Country == s.Accused[0].Country {
			return claim.Repeats
		}
		return claim.CountersIt
	}
	return claim.Repeats
}

// World is a store with a clock that the test moves.
type World struct {
	tb    testing.TB
	Store *store.Store
	Judge *Judge
	mu    sync.Mutex
	now   time.Time
	polls int
}

// Start is the time at which a world begins.
var Start = time.Date(2024, 10, 15, 8, 0, 0, 0, time.UTC)

// New makes a world on an engine in memory.
func New(tb testing.TB) *World {
	tb.Helper()
	return On(tb, mem.New(), nil)
}

// On makes a world on an engine; now is its clock, nil for one that Move moves.
func On(tb testing.TB, engine kv.Engine, now func() time.Time) *World {
	tb.Helper()
	w := &World{tb: tb, Judge: NewJudge(), now: Start}
	if now == nil {
		now = w.Now
	}
	s, err := store.Open(engine, store.Options{Now: now, Judge: w.Judge, Fresh: func() store.Judge { return NewJudge() }})
	if err != nil {
		tb.Fatal(err)
	}
	w.Store = s
	tb.Cleanup(func() { _ = s.Close() })
	return w
}

// Now is the world's time.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Move moves the clock on.
func (w *World) Move(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(by)
}

// Set sets the clock.
func (w *World) Set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

// Claim stores a claim that words match.
func (w *World) Claim(text string, accused statement.Party, tags ...string) claim.ID {
	w.tb.Helper()
	c := claim.Claim{Text: text, Tags: tags, Status: claim.Open, Relation: claim.Behind}
	if accused.Name != "" {
		c.Accused = []statement.Party{accused}
	}
	for _, t := range tags {
		if t == "volt typhoon" {
			c.Actors = []statement.Actor{{ID: "volt-typhoon", Name: "Volt Typhoon"}}
		}
	}
	c, err := w.Store.PutClaim(context.Background(), c, "test")
	if err != nil {
		w.tb.Fatal(err)
	}
	return c.ID
}

// Read records an article of an outlet with its statements.
func (w *World) Read(id, outlet string, sts ...statement.Statement) store.Outcome {
	w.tb.Helper()
	var words []string
	for i := range sts {
		sts[i].Article = id
		sts[i].ID = statement.ID("s-" + id + "-" + sts[i].Words)
		words = append(words, sts[i].Words)
	}
	w.mu.Lock()
	w.polls++
	w.mu.Unlock()
	now := w.Now()
	out, err := w.Store.Record(context.Background(), reading.Poll{Source: "test", At: now, Readings: []reading.Reading{{
		Article:    article.Article{ID: id, URL: "https://" + strings.ToLower(strings.ReplaceAll(outlet, " ", "")) + ".example/" + id, Title: "Article " + id, Outlet: outlet, Text: outlet + " reports. " + strings.Join(words, ". "), Published: statement.DateOf(now), Full: true},
		Statements: sts, FirstSeen: now,
	}}})
	if err != nil {
		w.tb.Fatal(err)
	}
	return out
}

// Ill records that a source is in trouble.
func (w *World) Ill(source, cause, advice string) {
	w.tb.Helper()
	_, err := w.Store.Record(context.Background(), reading.Poll{Source: reading.SourceID(source), At: w.Now(), Health: &reading.Health{State: reading.Failing, Cause: cause, Advice: advice}})
	if err != nil {
		w.tb.Fatal(err)
	}
}

// Subscribe adds a subscription at the log's end.
func (w *World) Subscribe(sub store.Subscription) store.Subscription {
	w.tb.Helper()
	if sub.Network == "" {
		sub.Network, sub.Channel = "test", "desk"
	}
	if sub.When == "" {
		sub.When = "at once"
	}
	sub, err := w.Store.AddSubscription(context.Background(), sub)
	if err != nil {
		w.tb.Fatal(err)
	}
	return sub
}

// The parties and speakers of the world.
var (
	China     = statement.Party{Name: "China", Country: "CN"}
	US        = statement.Party{Name: "United States", Country: "US"}
	Russia    = statement.Party{Name: "Russia", Country: "RU"}
	Volt      = []statement.Actor{{ID: "volt-typhoon", Name: "Volt Typhoon", As: "Volt Typhoon"}}
	MaoNing   = statement.Speaker{Kind: statement.Person, Name: "Mao Ning", Role: "foreign ministry spokesperson", Organisation: "Ministry of Foreign Affairs", Country: "CN"}
	Microsoft = statement.Speaker{Kind: statement.Organisation, Organisation: "Microsoft", Country: "US"}
	CISA      = statement.Speaker{Kind: statement.Organisation, Organisation: "CISA", Country: "US"}
	Japan     = statement.Speaker{Kind: statement.State, Organisation: "Japan", Country: "JP"}
	Sources   = statement.Speaker{Kind: statement.Unnamed, As: "US officials", Country: "US"}
)

// Say makes a statement of today's.
func (w *World) Say(who statement.Speaker, stance statement.Stance, accused statement.Party, words string) statement.Statement {
	s := statement.Statement{Speaker: who, Stance: stance, Words: words, Type: statement.Direct, Said: statement.DateOf(w.Now())}
	if accused.Name != "" {
		s.Accused = []statement.Party{accused}
	}
	if strings.Contains(strings.ToLower(words), "volt typhoon") {
		s.Actors = slices.Clone(Volt)
	}
	return s
}
