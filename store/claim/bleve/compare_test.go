// Package bleve compares claim retrieval with the search engine bleve: time on
// the processor per query for the best five of synthetic claims, in one run on
// one machine. It is a module of its own, so that the bot does not depend on
// what it is compared with.
package bleve

import (
	"flag"
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"attribot/store/claim"
	"attribot/store/claim/claimtest"
)

var (
	count   = flag.Int("claims", 100_000, "number of synthetic claims")
	factor  = flag.Float64("factor", 0, "fail when attribot takes more than 1/factor of bleve's time")
	queries = flag.Int("queries", 100, "number of queries for each engine")
)

// cpu is the processor time that this process has had.
func cpu(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestAttribotBesideBleve measures both in the same run.
func TestAttribotBesideBleve(t *testing.T) {
	m := claimtest.New(1)
	cs := m.Claims(*count)
	texts := make([]string, *queries)
	for i := range texts {
		texts[i] = m.Query(cs[(i*7919)%len(cs)])
	}
	ours := measureAttribot(t, cs, texts)
	theirs := measureBleve(t, cs, texts)
	t.Logf("%d claims: attribot %v, bleve %v of processor time a query: 1/%.1f", len(cs), ours, theirs, float64(theirs)/float64(ours))
	if *factor > 0 && float64(ours)**factor > float64(theirs) {
		t.Errorf("attribot takes more than 1/%.0f of bleve's time", *factor)
	}
}

func measureAttribot(t *testing.T, cs []claim.Claim, texts []string) time.Duration {
	j := claim.NewJudge(claim.Options{})
	j.PutAll(cs)
	runtime.GC()
	j.Rank(texts[0], 5)
	from := cpu(t)
	for _, text := range texts {
		j.Rank(text, 5)
	}
	return (cpu(t) - from) / time.Duration(len(texts))
}

func measureBleve(t *testing.T, cs []claim.Claim, texts []string) time.Duration {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	mapping.ScoringModel = "bm25"
	x, err := bleve.NewUsing(t.TempDir()+"/index", mapping, "scorch", "scorch", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	batch := x.NewBatch()
	for i, c := range cs {
		doc := map[string]string{"text": c.Text, "title": c.Title, "actor": c.Actors[0].Name, "accused": c.Accused[0].Name, "victim": c.Victims[0].Name, "operation": c.Operation}
		if err := batch.Index(string(c.ID), doc); err != nil {
			t.Fatal(err)
		}
		if batch.Size() == 5000 || i == len(cs)-1 {
			if err := x.Batch(batch); err != nil {
				t.Fatal(err)
			}
			batch = x.NewBatch()
		}
	}
	runtime.GC()
	find := func(text string) {
		req := bleve.NewSearchRequestOptions(bleve.NewMatchQuery(text), 5, 0, false)
		if _, err := x.Search(req); err != nil {
			t.Fatal(fmt.Errorf("search %q: %w", text, err))
		}
	}
	find(texts[0])
	from := cpu(t)
	for _, text := range texts {
		find(text)
	}
	return (cpu(t) - from) / time.Duration(len(texts))
}
