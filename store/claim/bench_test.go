package claim_test

import (
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/claim/claimtest"
)

// sizes are the numbers of claims that the benchmarks run on; -short keeps to
// the small ones.
func sizes(short bool) []int {
	if short {
		return []int{10_000}
	}
	return []int{10_000, 100_000, 1_000_000}
}

// cpu is the time on the processor that the process (RUSAGE_SELF) or the thread
// has had so far.
func cpu(who int) time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(who, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkRankTopFive(b *testing.B) {
	for _, n := range sizes(testing.Short()) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := claimtest.New(1)
			cs := m.Claims(n)
			j := claim.NewJudge(claim.Options{})
			j.PutAll(cs)
			queries := make([]string, 200)
			for i := range queries {
				queries[i] = m.Query(cs[(i*7919)%n])
			}
			runtime.GC()
			b.ResetTimer()
			before := cpu(syscall.RUSAGE_SELF)
			for i := 0; b.Loop(); i++ {
				j.Rank(queries[i%len(queries)], 5)
			}
			b.ReportMetric(float64((cpu(syscall.RUSAGE_SELF)-before).Microseconds())/float64(b.N), "cpu-µs/query")
		})
	}
}

func BenchmarkPutAll(b *testing.B) {
	for _, n := range sizes(testing.Short()) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			cs := claimtest.New(1).Claims(n)
			var j *claim.Judge
			before := cpu(syscall.RUSAGE_SELF)
			for b.Loop() {
				j = claim.NewJudge(claim.Options{})
				j.PutAll(cs)
			}
			spent := (cpu(syscall.RUSAGE_SELF) - before).Seconds() / float64(b.N)
			b.ReportMetric(float64(n)/spent, "claims/cpu-s")
			runtime.GC()
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.HeapAlloc)/1e6, "live-MB")
			runtime.KeepAlive(j)
		})
	}
}

func BenchmarkJudgeStatement(b *testing.B) {
	const n = 10_000
	m := claimtest.New(1)
	cs := m.Claims(n)
	j := claim.NewJudge(claim.Options{})
	j.PutAll(cs)
	ss := make([]statement.Statement, 500)
	for i := range ss {
		c := cs[(i*31)%n]
		ss[i] = statement.Statement{Words: m.Query(c), Stance: statement.Attribute, Accused: c.Accused, Actors: c.Actors, Victims: c.Victims, Said: c.FirstSaid}
	}
	// The least of five runs of a statement is its own time: the rest is other
	// programs' turns on the processor.
	took := make([]time.Duration, len(ss))
	for b.Loop() {
		for i := range ss {
			took[i] = time.Hour
			for range 5 {
				from := time.Now()
				j.Judge(ss[i])
				took[i] = min(took[i], time.Since(from))
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-µs")
}
