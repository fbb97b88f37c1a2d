package claim_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// bench is the folder of evaluation data; the test skips where there is none.
func bench(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("ATTRIBOT_BENCH")
	if dir == "" {
		t.Skip("ATTRIBOT_BENCH names no folder of evaluation data")
	}
	return filepath.Join(append([]string{dir}, parts...)...)
}

func eachLine(t *testing.T, path string, yield func(string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if sc.Text() != "" {
			yield(sc.Text())
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}

func readClaims(t *testing.T, path string) []claim.Claim {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cs, err := claim.ParseNDJSON(filepath.Base(path), f, claim.AllOrNothing)
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

type query struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func readQueries(t *testing.T, dir string) (qs []query, right map[string]map[string]bool) {
	t.Helper()
	right = map[string]map[string]bool{}
	eachLine(t, filepath.Join(dir, "qrels.tsv"), func(l string) {
		f := strings.Split(l, "\t")
		if right[f[0]] == nil {
			right[f[0]] = map[string]bool{}
		}
		right[f[0]][f[1]] = true
	})
	eachLine(t, filepath.Join(dir, "queries.jsonl"), func(l string) {
		var q query
		if err := json.Unmarshal([]byte(l), &q); err != nil {
			t.Fatal(err)
		}
		qs = append(qs, q)
	})
	return qs, right
}

// precision is the average precision at 5 of one query.
func precision(found []claim.Ranked, right map[string]bool) float64 {
	hits, sum := 0, 0.0
	for i, r := range found[:min(5, len(found))] {
		if right[string(r.ID)] {
			hits++
			sum += float64(hits) / float64(i+1)
		}
	}
	return sum / float64(max(1, len(right)))
}

// TestClaimRetrievalOnDevelopmentData prints the figures of the package comment
// and holds floors that were really reached.
func TestClaimRetrievalOnDevelopmentData(t *testing.T) {
	for _, set := range []struct {
		name  string
		floor float64
	}{{"ct20", .84}, {"ct22a", .97}, {"ct22b", .405}, {"mrpc", .955}} {
		t.Run(set.name, func(t *testing.T) {
			dir := bench(t, "matching", set.name)
			j := claim.NewJudge(claim.Options{})
			j.PutAll(readClaims(t, filepath.Join(dir, "claims.jsonl")))
			qs, right := readQueries(t, filepath.Join(dir, "dev"))
			sum := 0.0
			for _, q := range qs {
				sum += precision(j.Rank(q.Text, 5), right[q.ID])
			}
			got := sum / float64(len(right))
			t.Logf("%s dev MAP@5 %.4f over %d queries", set.name, got, len(right))
			if got < set.floor {
				t.Errorf("%s dev MAP@5 %.4f, it was at least %.3f", set.name, got, set.floor)
			}
		})
	}
}

// TestKnownAgainstNewOnDevelopmentData measures whether scores of different
// queries can be compared.
func TestKnownAgainstNewOnDevelopmentData(t *testing.T) {
	dir, nov := bench(t, "matching", "ct22a"), bench(t, "matching", "ct22a_nov")
	dropped := map[claim.ID]bool{}
	eachLine(t, filepath.Join(nov, "dropped.txt"), func(l string) { dropped[claim.ID(l)] = true })
	j := claim.NewJudge(claim.Options{})
	for _, c := range readClaims(t, filepath.Join(dir, "claims.jsonl")) {
		if !dropped[c.ID] {
			j.PutAll([]claim.Claim{c})
		}
	}
	known := map[string]bool{}
	eachLine(t, filepath.Join(nov, "dev.labels.tsv"), func(l string) {
		id, label, _ := strings.Cut(l, "\t")
		known[id] = label == "known"
	})
	qs, right := readQueries(t, filepath.Join(dir, "dev"))
	var rows []row
	for _, q := range qs {
		r := row{known: known[q.ID]}
		if found := j.Rank(q.Text, 1); len(found) > 0 {
			r.score, r.right = found[0].Score, right[q.ID][string(found[0].ID)]
		}
		rows = append(rows, r)
	}
	area, f1 := areaUnderCurve(rows), bestF1(rows)
	t.Logf("ct22a known against new: AUC %.4f best F1 %.4f", area, f1)
	if area < .945 || f1 < .89 {
		t.Errorf("AUC %.4f and F1 %.4f, they were at least .945 and .89", area, f1)
	}
}

type row struct {
	known, right bool
	score        int64
}

func areaUnderCurve(rows []row) float64 {
	wins, pairs := 0.0, 0.0
	for _, k := range rows {
		for _, n := range rows {
			if !k.known || n.known {
				continue
			}
			pairs++
			switch {
			case k.score > n.score:
				wins++
			case k.score == n.score:
				wins += .5
			}
		}
	}
	return wins / pairs
}

func bestF1(rows []row) float64 {
	sort.Slice(rows, func(a, b int) bool { return rows[a].score > rows[b].score })
	known, hits, best := 0, 0, 0.0
	for _, r := range rows {
		if r.known {
			known++
		}
	}
	for i, r := range rows {
		if r.right {
			hits++
		}
		if i+1 == len(rows) || rows[i+1].score != r.score {
			best = max(best, 2*float64(hits)/float64(i+1+known))
		}
	}
	return best
}

type annotation struct {
	Line    int    `json:"line"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Name    string `json:"speaker_name"`
	Org     string `json:"speaker_org"`
	Country string `json:"speaker_country"`
	Accused string `json:"accused"`
	Actor   string `json:"actor"`
	Victim  string `json:"victim"`
}

func (a annotation) statement(t *testing.T) statement.Statement {
	t.Helper()
	s := statement.Statement{Words: a.Text}
	s.Speaker = statement.Speaker{Name: a.Name, Organisation: a.Org, Country: statement.Country(a.Country)}
	if err := s.Stance.UnmarshalText([]byte(a.Kind)); err != nil {
		t.Fatal(err)
	}
	if a.Accused != "" {
		s.Accused = []statement.Party{{Name: a.Accused}}
	}
	if a.Victim != "" {
		s.Victims = []statement.Party{{Name: a.Victim}}
	}
	for name := range strings.SplitSeq(a.Actor, ";") {
		if name = strings.TrimSpace(name); name != "" {
			s.Actors = append(s.Actors, statement.Actor{Name: name})
		}
	}
	return s
}

// TestLinksOnDevelopmentData links the annotated statements to the stored
// claims.
func TestLinksOnDevelopmentData(t *testing.T) {
	dir := bench(t, "attribution")
	j := claim.NewJudge(claim.Options{})
	j.PutAll(readClaims(t, filepath.Join(dir, "claims.ndjson")))
	links := map[int]map[string]string{}
	eachLine(t, filepath.Join(dir, "links.tsv"), func(l string) {
		f := strings.Split(l, "\t")
		var line int
		if json.Unmarshal([]byte(f[0]), &line) != nil {
			return // the heading
		}
		if links[line] == nil {
			links[line] = map[string]string{}
		}
		links[line][f[1]] = strings.Replace(f[2], "new", "repeats", 1)
	})
	var as []annotation
	var ss []statement.Statement
	eachLine(t, filepath.Join(dir, "statements.ndjson"), func(l string) {
		var a annotation
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			t.Fatal(err)
		}
		as, ss = append(as, a), append(ss, a.statement(t))
	})
	first, relation, wrong := 0, 0, 0
	for i, vs := range j.JudgeAll(ss) {
		want := links[as[i].Line]
		if len(want) == 0 && vs[0].Confirmed {
			wrong++
		}
		if standing, ok := want[string(vs[0].Claim)]; ok {
			first++
			if standing == vs[0].Standing.String() {
				relation++
			}
		}
	}
	t.Logf("right claim first %d/%d, relation right %d/%d, unlinked statements confirmed %d/%d",
		first, len(links), relation, first, wrong, len(as)-len(links))
	if first*100 < 87*len(links) || relation*100 < 95*first || wrong > 0 {
		t.Errorf("links are worse than they were")
	}
}
