package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/kv"
	"attribot/store/kv/bolt"
	"attribot/store/kv/mem"
	"attribot/store/query"
)

// benchDay spreads statements over the days of some years.
func benchDay(i int) statement.Date {
	return statement.DateOf(time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/10))
}

// madeUp is a word for a number.
func madeUp(n int) string {
	const syllables = "bakedifogumaneporitusawevizoxa"
	var word []byte
	for n = n*7919%100_003 + 1; n > 0; n /= 15 {
		word = append(word, syllables[n%15*2:n%15*2+2]...)
	}
	return strings.ToUpper(string(word[:1])) + string(word[1:])
}

// benchPoll is one article with two statements, some twenty statements a day.
func benchPoll(i int) reading.Poll {
	words := func(n int) string {
		return fmt.Sprintf("the operators of %s entered the network of %s in %s and took files from server %d of %s, %s and %s told reporters", madeUp(n), manyWords[n%6], madeUp(n*7+1), n%3001, madeUp(n*13+2), madeUp(n*17+3), madeUp(n*19+4))
	}
	one := func(n int) statement.Statement {
		st := said(manySpeakers[n%4], statement.Stances()[n%11], manyParties[n%4], words(n))
		st.Said = benchDay(i)
		if n%3 == 0 {
			st.Actors = []statement.Actor{manyActors[n%3]}
		}
		return st
	}
	rd := read(fmt.Sprint("article-", i), fmt.Sprint("Outlet ", i%50), one(2*i), one(2*i+1))
	return reading.Poll{Source: reading.SourceID(fmt.Sprint("source-", i%200)), Readings: []reading.Reading{rd}, Cursor: strconv.AppendInt(nil, int64(i), 10)}
}

func benchStore(b *testing.B, engine kv.Engine, judge Judge) *Store {
	b.Helper()
	s, err := Open(engine, Options{Judge: judge, Fresh: func() Judge { return newPlainJudge() }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func BenchmarkRecordSynced(b *testing.B) {
	engine, err := bolt.Open(filepath.Join(b.TempDir(), "bot.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	s := benchStore(b, engine, blindJudge{})
	for i := 0; b.Loop(); i++ {
		if _, err := s.Record(context.Background(), benchPoll(i)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecordAllInBatchesOf20(b *testing.B) {
	engine, err := bolt.Open(filepath.Join(b.TempDir(), "bot.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	s := benchStore(b, engine, blindJudge{})
	var batch []reading.Poll
	for i := 0; b.Loop(); i++ {
		if batch = append(batch, benchPoll(i)); len(batch) < 20 {
			continue
		}
		if _, err := s.RecordAll(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
		batch = batch[:0]
	}
}

func BenchmarkRecordInMemory(b *testing.B) {
	s := benchStore(b, mem.New(), blindJudge{})
	for i := 0; b.Loop(); i++ {
		if _, err := s.Record(context.Background(), benchPoll(i)); err != nil {
			b.Fatal(err)
		}
	}
}

// lookUpSizes are the statements and claims of the look-up benchmark;
// ATTRIBOT_BENCH_STATEMENTS asks for fewer statements.
func lookUpSizes() (statements, claims int) {
	if n, err := strconv.Atoi(os.Getenv("ATTRIBOT_BENCH_STATEMENTS")); err == nil {
		return n, n / 10
	}
	return 100_000, 10_000
}

// BenchmarkLookUp reports the median and the 99th percentile of look-ups of
// every kind on a store on disk.
func BenchmarkLookUp(b *testing.B) {
	statements, claims := lookUpSizes()
	engine, err := bolt.Open(filepath.Join(b.TempDir(), "bot.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	s := benchStore(b, engine, blindJudge{})
	fillStore(b, s, statements, claims)
	stats, err := s.Stats()
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d statements, %d claims, %d MB on disk", stats.Statements, stats.Claims, stats.Size>>20)
	for _, text := range []string{`"volt typhoon"`, `speaker:"mao ning" accused:CN`, `stance:denies accused:US,RU satellites`, `"server 777"`, `actor:apt28 since:2023`, `files`, `-files`} {
		b.Run(text, func(b *testing.B) {
			q, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			measure(b, func() error {
				_, err := s.Search(q, Page{})
				return err
			})
		})
	}
	b.Run("timeline", func(b *testing.B) {
		measure(b, func() error {
			_, err := s.Timeline("C1")
			return err
		})
	})
	b.Run("claims by words", func(b *testing.B) {
		measure(b, func() error {
			_, err := s.Claims(ClaimFilter{Words: "claim 777", Limit: 20})
			return err
		})
	})
}

func fillStore(b *testing.B, s *Store, statements, claims int) {
	b.Helper()
	ctx := context.Background()
	var declared []claim.Claim
	for i := range claims {
		declared = append(declared, claim.Claim{Key: fmt.Sprint("key", i), Text: fmt.Sprintf("Claim %d says that group %d is behind it", i, i), Tags: []string{"none"}})
	}
	if _, err := s.DeclareClaims(ctx, declared); err != nil {
		b.Fatal(err)
	}
	const batch = 500
	for from := 0; from < statements/2; from += batch {
		var ps []reading.Poll
		for i := from; i < min(from+batch, statements/2); i++ {
			ps = append(ps, benchPoll(i))
		}
		if _, err := s.RecordAll(ctx, ps); err != nil {
			b.Fatal(err)
		}
	}
	for n := 1; n <= 50; n++ {
		if err := s.Link(ctx, StatementID(idOf(letterStatement, uint64(n))), "C1", claim.Repeats, "ann"); err != nil {
			b.Fatal(err)
		}
	}
}

func measure(b *testing.B, look func() error) {
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := look(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs/p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/p99")
}
