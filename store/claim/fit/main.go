// Command fit chooses the weights of claim retrieval on development data and
// prints the figures reached. It reads the folder that ATTRIBOT_BENCH names.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"attribot/store/claim/index"
)

type set struct {
	name    string
	ix      *index.Index[struct{}]
	docs    []index.Entry[struct{}]
	queries map[string][]query // split -> queries
}

type query struct {
	id, text string
	right    map[string]bool
}

type raw map[string]string

func lines(path string, each func(string)) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if s := strings.TrimSpace(sc.Text()); s != "" {
			each(s)
		}
	}
}

func readSet(dir string, drop map[string]bool, tuning index.Tuning) *set {
	s := &set{name: filepath.Base(dir), queries: map[string][]query{}}
	lines(filepath.Join(dir, "claims.jsonl"), func(l string) {
		var r raw
		if err := json.Unmarshal([]byte(l), &r); err != nil {
			panic(err)
		}
		if drop[r["id"]] {
			return
		}
		d := index.Doc{ID: r["id"]}
		d.Fields[index.Text], d.Fields[index.Title] = r["text"], r["title"]
		d.Fields[index.Notes] = strings.TrimSpace(r["subtitle"] + " " + r["speaker"] + " " + r["date"])
		d.Day = index.FindDay(r["date"])
		s.docs = append(s.docs, index.Entry[struct{}]{Doc: d})
	})
	for _, split := range []string{"train", "dev"} {
		right := map[string]map[string]bool{}
		lines(filepath.Join(dir, split, "qrels.tsv"), func(l string) {
			f := strings.Split(l, "\t")
			if right[f[0]] == nil {
				right[f[0]] = map[string]bool{}
			}
			right[f[0]][f[1]] = true
		})
		lines(filepath.Join(dir, split, "queries.jsonl"), func(l string) {
			var r raw
			if err := json.Unmarshal([]byte(l), &r); err != nil {
				panic(err)
			}
			s.queries[split] = append(s.queries[split], query{r["id"], r["text"], right[r["id"]]})
		})
	}
	s.rebuild(tuning)
	return s
}

func (s *set) rebuild(t index.Tuning) {
	s.ix = index.New[struct{}](t, index.Model{})
	s.ix.Put(s.docs...)
}

func ap5(ids []string, right map[string]bool) float64 {
	if len(right) == 0 {
		return 0
	}
	var sum float64
	hits := 0
	for i, id := range ids[:min(5, len(ids))] {
		if right[id] {
			hits++
			sum += float64(hits) / float64(i+1)
		}
	}
	return sum / float64(len(right))
}

func (s *set) firstMAP(split string) (m, recall float64) {
	qs := s.queries[split]
	if len(qs) == 0 {
		return
	}
	res := make([][2]float64, len(qs))
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(qs); i += 2 {
				q := qs[i]
				hits := s.ix.Candidates(index.Query{Text: q.text}, 48)
				ids := make([]string, len(hits))
				got := 0
				for j, h := range hits {
					ids[j] = h.ID
					if q.right[h.ID] {
						got++
					}
				}
				res[i] = [2]float64{ap5(ids, q.right), float64(got) / math.Max(1, float64(len(q.right)))}
			}
		}()
	}
	wg.Wait()
	for _, r := range res {
		m += r[0]
		recall += r[1]
	}
	return m / float64(len(qs)), recall / float64(len(qs))
}

func main() {
	mode := flag.String("mode", "first", "")
	only := flag.String("sets", "ct20,ct22a,ct22b,mrpc", "")
	outFile := flag.String("out", "", "")
	verbose := flag.Bool("v", false, "")
	flag.Parse()
	bench := filepath.Join(os.Getenv("ATTRIBOT_BENCH"), "matching")
	if *mode == "judge" {
		if err := fitJudge(filepath.Join(os.Getenv("ATTRIBOT_BENCH"), "attribution"), "store/claim/testdata/judging"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if *mode == "without" {
		if err := without(filepath.Join(os.Getenv("ATTRIBOT_BENCH"), "attribution")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if *mode == "link" {
		if err := link(filepath.Join(os.Getenv("ATTRIBOT_BENCH"), "attribution"), *outFile, *verbose); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	var sets []*set
	for _, n := range strings.Split(*only, ",") {
		sets = append(sets, readSet(filepath.Join(bench, n), nil, index.DefaultTuning()))
	}
	switch *mode {
	case "rank":
		w := fitAll(sets, true)
		if *verbose {
			for _, s := range sets {
				errors(s, w, 1000)
			}
		}
		u := sure(bench, sets, w, true)
		fmt.Print(golang("Rank", w), golang("Sure", u))
	case "tune":
		tune(sets)
	case "first":
		for _, s := range sets {
			for _, split := range []string{"train", "dev"} {
				m, r := s.firstMAP(split)
				fmt.Printf("%s %s first MAP@5 %.4f recall@48 %.4f (%d)\n", s.name, split, m, r, len(s.queries[split]))
			}
		}
	}
}
