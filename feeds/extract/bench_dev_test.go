package extract_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

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

func TestDevFigures(t *testing.T) {
	bench := os.Getenv("ATTRIBOT_BENCH")
	if bench == "" {
		t.Skip("ATTRIBOT_BENCH is not set")
	}
	dir := filepath.Join(bench, "attribution")
	out := filepath.Join(t.TempDir(), "pred.ndjson")
	if keep := os.Getenv("ATTRIBOT_PRED"); keep != "" {
		out = keep
	}
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
	f.Close()
	b, err := exec.Command("python3", filepath.Join(dir, "score.py"), dir, out, "--errors", out+".err").CombinedOutput()
	t.Logf("%s%v", b, err)
}
