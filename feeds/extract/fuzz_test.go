package extract_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRead checks that no text makes the reader panic or run on, that spans lie
// inside the text and parts inside their statement, and that reading again gives
// the same.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, text, _ := strings.Cut(string(ar.Files[0].Data), "\n\n")
		f.Add("China denies hacking", text)
	}
	f.Add("", "“‘\"'’” Russia's U.S. APT28 said, \"")
	f.Add("x", "Russia denied it\xff\xfe hacked. (APT28) 中国否认网络攻击。")
	r := extract.New(lexicon.Embedded())
	f.Fuzz(func(t *testing.T, title, text string) {
		a := article.Article{ID: "f", Title: title, Text: text, Published: statement.Date{Year: 2024, Month: 10, Day: 15}}
		start := time.Now()
		all := r.Read(a)
		if took := time.Since(start); took > 5*time.Second+time.Duration(len(text))*10*time.Microsecond {
			t.Errorf("took %v for %d bytes", took, len(text))
		}
		for _, s := range all {
			checkSpans(t, text, s)
		}
		if again := r.Read(a); !reflect.DeepEqual(all, again) {
			t.Error("a second reading differs")
		}
	})
}

func checkSpans(t *testing.T, text string, s statement.Statement) {
	t.Helper()
	inside := statement.Span{Start: 0, End: len(text)}
	parts := append([]statement.Span{s.Span}, s.Content...)
	for _, p := range []*statement.Span{s.Source, s.Cue} {
		if p != nil {
			parts = append(parts, *p)
		}
	}
	for _, p := range parts {
		if p.Start > p.End || !inside.Contains(p) {
			t.Errorf("span %v lies outside of a text of %d bytes (rule %s)", p, len(text), s.Rule)
		}
		if utf8.ValidString(text) && !utf8.ValidString(p.In(text)) {
			t.Errorf("span %v cuts a character (rule %s)", p, s.Rule)
		}
	}
}
