package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"attribot/store/claim/index"
)

// set is one collection of claims with queries whose right claims are known.
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

// lines yields the lines of a file that are not empty.
func lines(path string, each func(string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if s := strings.TrimSpace(sc.Text()); s != "" {
			if err := each(s); err != nil {
				return err
			}
		}
	}
	return sc.Err()
}

func readSet(dir string, tuning index.Tuning) (*set, error) {
	s := &set{name: filepath.Base(dir), queries: map[string][]query{}}
	err := lines(filepath.Join(dir, "claims.jsonl"), func(l string) error {
		var r map[string]string
		if err := json.Unmarshal([]byte(l), &r); err != nil {
			return err
		}
		d := index.Doc{ID: r["id"], Day: index.FindDay(r["date"])}
		d.Fields[index.Text], d.Fields[index.Title] = r["text"], r["title"]
		d.Fields[index.Notes] = strings.TrimSpace(r["subtitle"] + " " + r["speaker"] + " " + r["date"])
		s.docs = append(s.docs, index.Entry[struct{}]{Doc: d})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, split := range []string{"train", "dev"} {
		err := s.readQueries(filepath.Join(dir, split), split)
		if err != nil && !(split == "train" && errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
	}
	s.rebuild(tuning)
	return s, nil
}

func (s *set) readQueries(dir, split string) error {
	right := map[string]map[string]bool{}
	err := lines(filepath.Join(dir, "qrels.tsv"), func(l string) error {
		id, claim, _ := strings.Cut(l, "\t")
		if right[id] == nil {
			right[id] = map[string]bool{}
		}
		right[id][claim] = true
		return nil
	})
	if err != nil {
		return err
	}
	return lines(filepath.Join(dir, "queries.jsonl"), func(l string) error {
		var r map[string]string
		if err := json.Unmarshal([]byte(l), &r); err != nil {
			return err
		}
		s.queries[split] = append(s.queries[split], query{r["id"], r["text"], right[r["id"]]})
		return nil
	})
}

func (s *set) rebuild(t index.Tuning) {
	s.ix = index.New[struct{}](t, index.Model{})
	s.ix.Put(s.docs...)
}

// ap5 is the average precision at 5.
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

// firstMAP is the mean average precision of the first step alone, and how many
// of the right claims are among its candidates.
func (s *set) firstMAP(split string) (m, recall float64) {
	ls := s.lists(split)
	for i, l := range ls {
		m += ap5(l.ids, s.queries[split][i].right)
		got := 0
		for _, r := range l.right {
			if r {
				got++
			}
		}
		recall += float64(got) / float64(max(1, l.n))
	}
	return m / float64(max(1, len(ls))), recall / float64(max(1, len(ls)))
}
