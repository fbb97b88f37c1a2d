package extract_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGoldens reads each article of testdata and compares every statement in
// full. A file without statements is one that must stay silent.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 60 {
		t.Errorf("goldens: have %d, want at least 60 (%v)", len(files), err)
	}
	r := extract.New(lexicon.Embedded())
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			golden(t, r, file)
		})
	}
}

func golden(t *testing.T, r *extract.Reader, file string) {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := articleOf(t, string(ar.Files[0].Data))
	a.ID = strings.TrimSuffix(filepath.Base(file), ".txtar")
	var b strings.Builder
	for _, s := range r.Read(a) {
		b.WriteString(render(s, a.Text))
	}
	if *update {
		ar.Files[1].Data = []byte(b.String())
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(ar.Files[1].Data), b.String()); diff != "" {
		t.Errorf("statements differ (-want +got):\n%s", diff)
	}
}

// articleOf reads the header lines and the text after the first blank line.
func articleOf(t *testing.T, data string) article.Article {
	t.Helper()
	head, text, ok := strings.Cut(data, "\n\n")
	if !ok {
		t.Fatal("article without a blank line after its header")
	}
	var a article.Article
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "outlet":
			a.Outlet = value
		case "title":
			a.Title = value
		case "lang":
			a.Lang = value
		case "published":
			d, err := statement.ParseDate(value)
			if err != nil {
				t.Fatal(err)
			}
			a.Published = d
		default:
			t.Fatalf("unknown header line %q", line)
		}
	}
	a.Text = strings.TrimSuffix(text, "\n")
	return a
}

// render is a statement in lines: who, the stance, about whom, the words, and
// under them what else is known.
func render(s statement.Statement, text string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s", speakerLine(s.Speaker), s.Stance, parties(s.Accused))
	if len(s.Accuser) > 0 {
		fmt.Fprintf(&b, " against %s", parties(s.Accuser))
	}
	if len(s.Culprit) > 0 {
		fmt.Fprintf(&b, " naming %s", parties(s.Culprit))
	}
	fmt.Fprintf(&b, "\n\twords %s %q\n", s.Type, s.Words)
	for _, w := range s.With {
		fmt.Fprintf(&b, "\twith %s\n", speakerLine(w))
	}
	for _, v := range s.Via {
		fmt.Fprintf(&b, "\tvia %s\n", speakerLine(v))
	}
	for _, a := range s.Actors {
		fmt.Fprintf(&b, "\tactor %s %q as %q\n", a.ID, a.Name, a.As)
	}
	if len(s.Victims) > 0 {
		fmt.Fprintf(&b, "\tvictims %s\n", parties(s.Victims))
	}
	said := s.Said.String()
	if s.Background {
		said += " background"
	}
	fmt.Fprintf(&b, "\tsaid %s", strings.TrimSpace(said))
	for _, part := range []struct{ key, value string }{{"venue", s.Venue}, {"technique", s.Technique.String()}, {"certainty", s.Certainty}, {"operation", s.Operation}} {
		if part.value != "" {
			fmt.Fprintf(&b, "; %s %s", part.key, part.value)
		}
	}
	fmt.Fprintf(&b, "\n\tcue %q rule %s\n", cueOf(s, text), s.Rule)
	return b.String()
}

func cueOf(s statement.Statement, text string) string {
	if s.Cue == nil {
		return ""
	}
	return s.Cue.In(text)
}

func speakerLine(s statement.Speaker) string {
	parts := []string{}
	for _, p := range []string{s.Name, s.Role, s.Organisation, string(s.Country)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return fmt.Sprintf("[%s %q as %q]", s.Kind, strings.Join(parts, ", "), s.As)
}

func parties(all []statement.Party) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
		if p.Country != "" && p.Name != string(p.Country) {
			names[i] += "(" + string(p.Country) + ")"
		}
	}
	return strings.Join(names, "+")
}
