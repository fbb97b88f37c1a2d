package extract_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// readArticles reads the development articles.
func readArticles(t *testing.T, path string) []article.Article {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []article.Article
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var a struct {
			ID, Text, Title, Outlet, Published, Lang string
		}
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		d, _ := statement.ParseDate(a.Published)
		all = append(all, article.Article{ID: a.ID, Text: a.Text, Title: a.Title, Outlet: a.Outlet, Published: d, Lang: a.Lang})
	}
	return all
}

// TestDevFigures prints the scorer's figures on the development data and holds
// them above the floors.
func TestDevFigures(t *testing.T) {
	bench := os.Getenv("ATTRIBOT_BENCH")
	if bench == "" {
		t.Skip("ATTRIBOT_BENCH is not set")
	}
	dir := filepath.Join(bench, "attribution")
	out := filepath.Join(t.TempDir(), "pred.ndjson")
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	r := extract.New(lexicon.Embedded())
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	for _, a := range readArticles(t, filepath.Join(dir, "articles.ndjson")) {
		for _, s := range r.Read(a) {
			if err := enc.Encode(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("python3", filepath.Join(dir, "score.py"), dir, out, "--errors", out+".err").CombinedOutput()
	if err != nil {
		t.Fatalf("score: %v\n%s", err, text)
	}
	t.Logf("%s", text)
	for _, f := range floors {
		if got := figure(string(text), f.line); got < f.least {
			t.Errorf("%s: have %.3f, want at least %.3f", f.line, got, f.least)
		}
	}
	if !strings.Contains(string(text), "false articles 0/") {
		t.Error("an article without attribution gave a statement")
	}
}

// floors are the least shares that the development data has to reach: of all
// for found, of those found for the rest.
var floors = []struct {
	line  string
	least float64
}{{"articles found", .97}, {"found ", .95}, {"speaker", .92}, {"stance", .93}, {"accused", .97}, {"actor", .91}}

// figure is the last share in the scorer's line that begins so.
func figure(text, line string) float64 {
	for l := range strings.SplitSeq(text, "\n") {
		if !strings.HasPrefix(l, line) {
			continue
		}
		l, _, _ = strings.Cut(l, "false articles")
		last := 0.0
		for f := range strings.FieldsSeq(l) {
			if v, err := strconv.ParseFloat(f, 64); err == nil {
				last = v
			}
		}
		return last
	}
	return 0
}
