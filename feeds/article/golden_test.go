package article

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is read into the golden files")

// Each file of testdata is a situation: the comment says which, "in" is what
// was fetched, "want" the article.

// settings are the "key: value" lines of a golden file's comment.
func settings(comment []byte) map[string]string {
	set := map[string]string{}
	for line := range strings.Lines(string(comment)) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			set[key] = value
		}
	}
	return set
}

// printed is an article as the golden files have it.
func printed(a Article) string {
	var b strings.Builder
	for _, field := range []struct {
		name  string
		value any
	}{
		{"title", a.Title}, {"url", a.URL}, {"outlet", a.Outlet}, {"family", a.Family}, {"country", a.Country}, {"state", a.State}, {"credit", a.Credit},
		{"lang", a.Lang}, {"zone", a.Zone}, {"published", a.Published}, {"from", a.DateFrom}, {"full", a.Full},
	} {
		if value := fmt.Sprint(field.value); value != "" && value != "false" && value != "0" {
			fmt.Fprintf(&b, "%s: %s\n", field.name, value)
		}
	}
	return b.String() + "\n" + a.Text + "\n"
}

func golden(t *testing.T, pattern string, read func(t *testing.T, set map[string]string, in []byte) string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files at %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, settings(archive.Comment), archive.Files[0].Data)
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(archive.Files) != 2 {
				t.Fatal("want two files: in and want")
			}
			if d := cmp.Diff(string(archive.Files[1].Data), got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestPageGoldens(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/page/*.txtar", func(t *testing.T, set map[string]string, in []byte) string {
		a, err := ReadPage(Page{Body: in, URL: set["url"], Origin: Origin{Source: "s", Outlet: set["outlet"], Zone: set["zone"]}})
		if err != nil {
			t.Fatal(err)
		}
		return printed(a)
	})
}

func TestFeedGoldens(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/feed/*.txtar", func(t *testing.T, set map[string]string, in []byte) string {
		feed, err := ParseFeed(in, Hint{URL: set["url"]})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for i := range feed.Items {
			b.WriteString(printed(ReadItem(&feed, &feed.Items[i], Origin{Source: "s", Outlet: set["outlet"], Zone: set["zone"]})) + "\n")
		}
		return b.String()
	})
}
