package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/compose"
	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/kv/mem"
)

// The size that answers are measured on.
const (
	manyStatements = 100_000
	manyClaims     = 10_000
)

// keyed is a judge that finds a claim by one word, so that filling a large store
// takes seconds.
type keyed struct{ claims map[string]claim.ID }

func (k *keyed) Judge(s statement.Statement) []claim.Verdict {
	word, _, _ := strings.Cut(s.Words, " ")
	id, ok := k.claims[word]
	if !ok {
		return []claim.Verdict{{Standing: claim.New}}
	}
	v := claim.Verdict{Claim: id, Standing: claim.Repeats, Score: 900, Confirmed: true, Reasons: []string{"by its word"}}
	if s.Stance.Polarity() == statement.Opposes {
		v.Standing = claim.Denies
	}
	return []claim.Verdict{v}
}

func (k *keyed) Put(c claim.Claim) {
	if len(c.Tags) > 0 {
		k.claims[c.Tags[0]] = c.ID
	}
}

func (k *keyed) Remove(claim.ID) {}

// large is filled once for all benchmarks.
var large = sync.OnceValue(fillLarge)

func fillLarge() *store.Store {
	now := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC)
	j := &keyed{map[string]claim.ID{}}
	s, err := store.Open(mem.New(), store.Options{Now: func() time.Time { return now }, Judge: j, Fresh: func() store.Judge { return &keyed{map[string]claim.ID{}} }})
	if err != nil {
		panic(err)
	}
	countries := []statement.Country{"CN", "RU", "IR", "KP", "US", "IL"}
	var cs []claim.Claim
	for i := range manyClaims {
		code := countries[i%len(countries)]
		cs = append(cs, claim.Claim{Key: fmt.Sprint("k", i), Text: fmt.Sprintf("Group number %d is run by %s.", i, compose.Country(code)), Tags: []string{fmt.Sprint("word", i)},
			Actors: []statement.Actor{{ID: statement.ActorID(fmt.Sprint("group-", i)), Name: fmt.Sprint("Group ", i)}}, Accused: []statement.Party{{Name: compose.Country(code), Country: code}}, Status: claim.Open})
	}
	if _, err := s.DeclareClaims(context.Background(), cs); err != nil {
		panic(err)
	}
	for n := 0; n < manyStatements; n += 2000 {
		now = now.Add(600 * 24 * time.Hour)
		if _, err := s.Record(context.Background(), reading.Poll{Source: "bench", At: now, Readings: readings(n, now)}); err != nil {
			panic(err)
		}
	}
	return s
}

// readings are 200 articles of ten statements each, one every third day.
func readings(n int, now time.Time) []reading.Reading {
	speakers := []string{"Microsoft", "Mandiant", "ESET", "Kaspersky", "CISA", "NCSC", "BSI", "ANSSI", "ASD", "NISC", "CVERC", "360"}
	var out []reading.Reading
	for a := range 200 {
		day := statement.DateOf(now.Add(time.Duration(a) * 72 * time.Hour))
		r := reading.Reading{Article: article.Article{ID: fmt.Sprint("a", n+a*10), URL: fmt.Sprint("https://o.example/", n+a), Outlet: fmt.Sprint("Outlet ", a%50), Title: "T", Text: fmt.Sprint("text ", n+a), Published: day}, FirstSeen: now}
		for i := range 10 {
			k := n + a*10 + i
			c := k % manyClaims
			st := statement.Attribute
			if k%3 == 0 {
				st = statement.Deny
			}
			words := fmt.Sprintf("word%d was said in the report number %d with evidence of servers and hours of work", c, k)
			r.Statements = append(r.Statements, statement.Statement{Article: r.Article.ID, ID: statement.ID(fmt.Sprint("s-", k)), Words: words, Type: statement.Direct, Stance: st,
				Speaker: statement.Speaker{Kind: statement.Organisation, Organisation: speakers[(k/7+k/10_000)%len(speakers)], Country: "US"}, Said: day,
				Actors: []statement.Actor{{ID: statement.ActorID(fmt.Sprint("group-", c)), Name: fmt.Sprint("Group ", c)}}, Accused: []statement.Party{{Name: "China", Country: "CN"}}})
		}
		out = append(out, r)
	}
	return out
}

// BenchmarkAnswer measures from a command to the answer handed to the network,
// over 100,000 statements and 10,000 claims, and reports the 99th percentile.
func BenchmarkAnswer(b *testing.B) {
	s := large()
	now := time.Date(2024, 10, 15, 8, 0, 0, 0, time.UTC)
	bot := New(Options{Store: s, Now: func() time.Time { return now }, PerMinute: -1})
	for name, ask := range map[string]func(int) string{
		"actor":    func(i int) string { return fmt.Sprint("Group ", i*7919%manyClaims) },
		"claim":    func(i int) string { return fmt.Sprint("C", 1+i*7919%manyClaims) },
		"speaker":  func(i int) string { return []string{"Microsoft", "ESET", "CVERC"}[i%3] },
		"country":  func(i int) string { return []string{"the United States", "China", "CN"}[i%3] },
		"words":    func(i int) string { return fmt.Sprintf("number %d", i*7919%manyClaims) },
		"query":    func(i int) string { return "accused:CN stance:denies since:1950-02-01" },
		"timeline": func(i int) string { return fmt.Sprint("timeline C", 1+i*7919%manyClaims) },
		"latest":   func(i int) string { return "latest" },
		"who said": func(i int) string { return fmt.Sprintf(`who said "in the report number %d"`, i*7919%manyStatements) },
		"nothing":  func(i int) string { return fmt.Sprint("nobody ever said xyzzy", i) },
	} {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			var took []time.Duration
			i := 0
			for b.Loop() {
				i++
				began := time.Now()
				reply := bot.Answer(b.Context(), chat.Command{Network: "test", Channel: "desk", User: "ana", Text: ask(i), At: now})
				took = append(took, time.Since(began))
				if reply.Message.Empty() || strings.HasPrefix(reply.Message.Headline, "Something") {
					b.Fatalf("%s: %q", ask(i), reply.Message.Headline)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// BenchmarkDigest composes a digest of 500 events.
func BenchmarkDigest(b *testing.B) {
	s := large()
	events, err := s.Events(s.Last()-500, 500)
	if err != nil || len(events) != 500 {
		b.Fatalf("%d events, %v", len(events), err)
	}
	c := compose.New(s)
	for b.Loop() {
		m, err := c.Digest(compose.Window{Title: "Daily digest", Events: events, Review: true})
		if err != nil || len(m.Blocks) < 50 {
			b.Fatalf("%d blocks, %v", len(m.Blocks), err)
		}
	}
}
