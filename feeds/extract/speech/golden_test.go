package speech_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"attribot/feeds/extract/sentence"
	"attribot/feeds/extract/speech"
	"attribot/feeds/statement"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGoldens reads each text of testdata and compares all that was found. A
// new case is one more file.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := ar.Files[0]
	text := string(in.Data)
	var got strings.Builder
	if in.Name == "headlines" {
		for title := range strings.Lines(text) {
			title = strings.TrimSpace(title)
			fmt.Fprintf(&got, "# %s\n", title)
			printSpeeches(&got, title, speech.ReadHeadline(title))
		}
	} else {
		all := speech.ReadAll(sentence.Split(text))
		checkSpeeches(t, text, all)
		printSpeeches(&got, text, all)
	}
	if *update {
		ar.Files = []txtar.File{in, {Name: "want", Data: []byte(got.String())}}
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(ar.Files) < 2 {
		t.Fatalf("%s has no want file: run with -update and read what it wrote", file)
	}
	if diff := cmp.Diff(string(ar.Files[1].Data), got.String()); diff != "" {
		t.Errorf("speeches (-want +got):\n%s", diff)
	}
}

// printSpeeches writes one speech in a few lines: kind, type and lemma, then who
// (who passes it on first), the cue, and the content's parts.
func printSpeeches(w *strings.Builder, text string, all []speech.Speech) {
	words := func(s statement.Span) string {
		return strings.ReplaceAll(s.In(text), "\n", "¶")
	}
	for i, s := range all {
		fmt.Fprintf(w, "%d %s %s %q", i, s.Kind, s.Type, s.Lemma)
		if s.Negated {
			w.WriteString(" negated")
		}
		if s.Weak {
			w.WriteString(" weak")
		}
		if s.Parent >= 0 {
			fmt.Fprintf(w, " in %d", s.Parent)
		}
		if s.Carried > 0 {
			fmt.Fprintf(w, " carried %d", s.Carried)
		}
		fmt.Fprintf(w, " by %s\n", s.Rule)
		for _, v := range s.Via {
			fmt.Fprintf(w, "  via     %s\n", words(v))
		}
		fmt.Fprintf(w, "  source  %s\n  cue     %s\n", words(s.Source), words(s.Cue))
		for _, c := range s.Content {
			fmt.Fprintf(w, "  content %s\n", words(c))
		}
	}
}
