package extract_test

import (
	"path/filepath"
	"strings"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"

	"github.com/rogpeppe/go-internal/txtar"
)

// benchArticles are the articles of testdata whose name begins with a prefix.
func benchArticles(b *testing.B, prefix string) (all []article.Article, size int64) {
	b.Helper()
	files, err := filepath.Glob("testdata/" + prefix + "*.txtar")
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range files {
		ar, err := txtar.ParseFile(f)
		if err != nil {
			b.Fatal(err)
		}
		head, text, _ := strings.Cut(string(ar.Files[0].Data), "\n\n")
		a := article.Article{ID: f, Text: text, Lang: "en"}
		for line := range strings.SplitSeq(head, "\n") {
			if title, ok := strings.CutPrefix(line, "title: "); ok {
				a.Title = title
			}
		}
		all = append(all, a)
		size += int64(len(text))
	}
	return all, size
}

func benchRead(b *testing.B, all []article.Article, size int64) {
	r := extract.New(lexicon.Embedded())
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range all {
			r.Read(a)
		}
	}
}

// BenchmarkRead reads every article of testdata with the full tables.
func BenchmarkRead(b *testing.B) {
	all, size := benchArticles(b, "")
	benchRead(b, all, size)
}

// BenchmarkReadQuiet reads the articles without attribution.
func BenchmarkReadQuiet(b *testing.B) {
	all, size := benchArticles(b, "quiet")
	benchRead(b, all, size)
}

// BenchmarkReadLong reads one long article: time is linear in the length.
func BenchmarkReadLong(b *testing.B) {
	all, _ := benchArticles(b, "")
	var text strings.Builder
	for text.Len() < 1<<20 {
		for _, a := range all {
			text.WriteString(a.Text)
			text.WriteString("\n")
		}
	}
	one := article.Article{ID: "long", Text: text.String(), Lang: "en"}
	benchRead(b, []article.Article{one}, int64(len(one.Text)))
}
