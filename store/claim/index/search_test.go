package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpus makes n documents of words drawn with a skew from a small vocabulary.
func corpus(n int, seed uint64) []Entry[int] {
	rng := rand.New(rand.NewPCG(seed, 1))
	entries := make([]Entry[int], n)
	for i := range entries {
		d := Doc{ID: fmt.Sprintf("C%d", i+1)}
		d.Fields[Text] = words(rng, 12)
		if rng.IntN(2) == 0 {
			d.Fields[Title] = words(rng, 5)
		}
		d.Keys = []string{fmt.Sprintf("actor:%d", rng.IntN(50))}
		entries[i] = Entry[int]{d, i}
	}
	return entries
}

func words(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		f := rng.Float64()
		fmt.Fprintf(&b, "w%sx ", letters(int(f*f*f*4000)))
	}
	return b.String()
}

func letters(k int) string {
	s := ""
	for ; k >= 0; k = k/20 - 1 {
		s += string("bcdfghjklmnpqrstvwxz"[k%20])
	}
	return s
}

func build1(entries []Entry[int]) *Index[int] {
	x := New[int](DefaultTuning(), DefaultModel())
	x.Put(entries...)
	return x
}

// scan is the first step without any bound: every posting is added up.
func scan(x *Index[int], q Query, n int) []scored {
	s := x.now.Load()
	p := q.plan(s.lexis, x.tuning, s.count)
	var all []scored
	for i, part := range s.parts {
		sums := make([]uint32, part.seg.len())
		for _, w := range p.wants {
			if at, ok := part.seg.place(w.term); ok {
				for k := part.seg.starts[at]; k < part.seg.starts[at+1]; k++ {
					sums[part.seg.docs[k]] += w.weight * uint32(part.seg.impacts[k])
				}
			}
		}
		for doc, sum := range sums {
			if sum > 0 && !isDead(part.dead, uint32(doc)) {
				all = append(all, scored{i, uint32(doc), sum})
			}
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.score != b.score {
			return int(b.score) - int(a.score)
		}
		return CompareIDs(s.parts[a.part].seg.ids[a.doc], s.parts[b.part].seg.ids[b.doc])
	})
	return all[:min(n, len(all))]
}

func TestEarlyTerminationFindsExactlyWhatAScanFinds(t *testing.T) {
	entries := corpus(20_000, 3)
	x := build1(entries[:15_000])
	for i := 15_000; i < 20_000; i += 1000 {
		x.Put(entries[i : i+1000]...)
	}
	for i := range 150 {
		x.Remove(fmt.Sprintf("C%d", i*97+1))
	}
	rng := rand.New(rand.NewPCG(9, 9))
	for range 60 {
		q := Query{Text: words(rng, 1+rng.IntN(25)), Keys: []Key{{Mark: fmt.Sprintf("actor:%d", rng.IntN(50)), Weight: 700}}}
		for _, n := range []int{1, 5, 48, 500} {
			snap := x.now.Load()
			got := snap.first(q.plan(snap.lexis, x.tuning, snap.count), n)
			if diff := cmp.Diff(scan(x, q, n), got, cmp.AllowUnexported(scored{})); diff != "" {
				t.Fatalf("best %d for %q (- scan, + search):\n%s", n, q.Text, diff)
			}
		}
	}
}

func TestScoresDoNotDependOnHowTheDocumentsCame(t *testing.T) {
	entries := corpus(3000, 4)
	whole := build1(entries)
	single := New[int](DefaultTuning(), DefaultModel())
	rng := rand.New(rand.NewPCG(5, 5))
	for _, i := range rng.Perm(len(entries)) {
		single.Put(entries[i])
	}
	detour := build1(corpus(4000, 4))
	for i := 3000; i < 4000; i++ {
		detour.Remove(fmt.Sprintf("C%d", i+1))
	}
	detour.Put(entries[:500]...) // replaced by themselves
	for range 100 {
		q := Query{Text: words(rng, 10) + " and something unheard"}
		want := whole.Search(q, 10)
		for name, x := range map[string]*Index[int]{"one by one": single, "by a detour": detour} {
			if diff := cmp.Diff(want, x.Search(q, 10)); diff != "" {
				t.Fatalf("%s (- at once, + %s):\n%s", q.Text, name, diff)
			}
		}
	}
	if whole.Len() != 3000 || detour.Len() != 3000 {
		t.Errorf("%d and %d documents, want 3000", whole.Len(), detour.Len())
	}
}

func TestReadersSeeWholeSnapshotsWhileDocumentsCome(t *testing.T) {
	entries := corpus(2000, 6)
	x := build1(entries[:1000])
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for r := range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			rng := rand.New(rand.NewPCG(uint64(r), 7))
			for {
				select {
				case <-stop:
					return
				default:
				}
				if hits := x.Search(Query{Text: words(rng, 8)}, 5); len(hits) > 5 {
					t.Errorf("%d hits, asked for 5", len(hits))
				}
			}
		}()
	}
	for i := 1000; i < 2000; i++ {
		x.Put(entries[i])
		if i%3 == 0 {
			x.Remove(entries[i-500].ID)
		}
	}
	close(stop)
	readers.Wait()
	want := 2000 - 334
	if got := x.Len(); got < want-1 || got > want+1 {
		t.Errorf("%d documents at the end, want about %d", got, want)
	}
}

func TestTiesGoByTheNumberOfTheID(t *testing.T) {
	x := New[int](DefaultTuning(), DefaultModel())
	for _, id := range []string{"C10", "C9", "C100", "C2"} {
		d := Doc{ID: id}
		d.Fields[Text] = "the same words everywhere"
		x.Put(Entry[int]{Doc: d})
	}
	var got []string
	for _, h := range x.Search(Query{Text: "same words"}, 10) {
		got = append(got, h.ID)
	}
	if want := []string{"C2", "C9", "C10", "C100"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestLaterEntryWithTheSameIDReplaces(t *testing.T) {
	x := New[string](DefaultTuning(), DefaultModel())
	doc := func(text string) Doc {
		d := Doc{ID: "C1"}
		d.Fields[Text] = text
		return d
	}
	x.Put(Entry[string]{doc("satellite modems"), "old"}, Entry[string]{doc("undersea cables"), "new"})
	if hits := x.Search(Query{Text: "satellite modems"}, 5); len(hits) != 0 {
		t.Errorf("the replaced words are still found: %v", hits)
	}
	if data, ok := x.Get("C1"); !ok || data != "new" {
		t.Errorf("got %q %v, want the later entry", data, ok)
	}
	if !x.Remove("C1") || x.Remove("C1") || x.Len() != 0 {
		t.Error("removing once must succeed, twice must not")
	}
}

func TestReadersDoNotWaitForAWriter(t *testing.T) {
	x := build1(corpus(100, 8))
	x.write.Lock() // a writer that never ends
	defer x.write.Unlock()
	if hits := x.Search(Query{Text: words(rand.New(rand.NewPCG(1, 1)), 8)}, 5); len(hits) == 0 {
		t.Error("nothing found")
	}
	if x.Len() != 100 {
		t.Errorf("%d documents", x.Len())
	}
}
