package extract_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/extracttest"
	"attribot/feeds/extract/lexicon"
)

// worldRecall is the share in percent of the labelled English statements that
// have to be found, each with its speaker, stance and accused; worldMistakes is
// how many of the labelled mistakes are borne, and worldNoisy how many of the
// articles that hold no statement may give one: at present a review of a series,
// whose president is taken for a real one. What is found beyond the labels is
// not counted: they name what a reader must not miss, not all there is.
const (
	worldRecall   = 92
	worldMistakes = 4
	worldNoisy    = 1
)

// tally counts labels asked for and found, mistakes made, and articles that had
// to be silent and were not.
type tally struct{ found, labels, mistakes, silent, noisy int }

// The labelled articles: those without a statement must stay silent in any
// language; of the others' statements most must be found. With -v what is
// missing or wrong is listed.
func TestLabelledArticles(t *testing.T) {
	text, err := os.ReadFile("testdata/world/LABELS")
	if err != nil {
		t.Fatal(err)
	}
	articles, err := extracttest.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	reader := extract.New(lexicon.Embedded())
	var english, others tally
	for _, labelled := range articles {
		count := &english
		if strings.HasPrefix(labelled.Name, "lang-") {
			count = &others
		}
		holdAgainstLabels(t, reader, labelled, count)
	}
	t.Logf("found %d of %d labelled statements in English, %d of %d in other languages; made %d labelled mistakes; %d of %d articles without a statement gave one",
		english.found, english.labels, others.found, others.labels, english.mistakes+others.mistakes,
		english.noisy+others.noisy, english.silent+others.silent)
	if english.labels == 0 || english.found*100 < english.labels*worldRecall {
		t.Errorf("found %d of %d labelled statements in English, want %d percent", english.found, english.labels, worldRecall)
	}
	if n := english.noisy + others.noisy; n > worldNoisy {
		t.Errorf("%d of %d articles without a statement gave one, want at most %d", n, english.silent+others.silent, worldNoisy)
	}
	if n := english.mistakes + others.mistakes; n > worldMistakes {
		t.Errorf("made %d labelled mistakes, want at most %d", n, worldMistakes)
	}
}

func holdAgainstLabels(t *testing.T, reader *extract.Reader, labelled extracttest.Article, count *tally) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata/world", labelled.Name))
	if err != nil {
		t.Fatal(err)
	}
	statements := reader.Read(article.ReadText(labelled.Name, body))
	if labelled.Silent {
		count.silent++
	}
	if labelled.Silent && len(statements) > 0 {
		count.noisy++
		t.Logf("%s must stay silent, gave:\n%s", labelled.Name, extracttest.List(statements))
	}
	for _, label := range labelled.Labels {
		switch found := label.Found(statements); {
		case label.Never && found:
			count.mistakes++
			t.Logf("%s: %s, gave:\n%s", labelled.Name, label, extracttest.List(statements))
		case label.Never:
		case found:
			count.labels++
			count.found++
		default:
			count.labels++
			t.Logf("%s lacks %s, gave:\n%s", labelled.Name, label, extracttest.List(statements))
		}
	}
}

func TestEveryLabelledArticleIsThere(t *testing.T) {
	text, err := os.ReadFile("testdata/world/LABELS")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/world/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if !strings.HasPrefix(name, "border-") && !strings.Contains(string(text), "\n"+name+" ") {
			t.Errorf("LABELS says nothing of %s", name)
		}
	}
}
