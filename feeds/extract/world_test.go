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

// worldRecall is the share in percent of the labelled statements that have to be
// found. What is found beyond the labels is not counted: they name the
// statements that a reader must not miss, not all there are.
const worldRecall = 80

// The labelled articles: those without a statement must stay silent, one and
// all; of the others' statements most must be found, each with its speaker,
// stance and accused. With -v the missing ones are listed.
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
	labels, found, silent := 0, 0, 0
	for _, labelled := range articles {
		body, err := os.ReadFile(filepath.Join("testdata/world", labelled.Name))
		if err != nil {
			t.Fatal(err)
		}
		statements := reader.Read(article.ReadText(labelled.Name, body))
		if labelled.Silent {
			silent++
			if len(statements) > 0 {
				t.Errorf("%s must stay silent, gave:\n%s", labelled.Name, extracttest.List(statements))
			}
			continue
		}
		for _, label := range labelled.Labels {
			labels++
			if label.Found(statements) {
				found++
				continue
			}
			t.Logf("%s lacks %s, gave:\n%s", labelled.Name, label, extracttest.List(statements))
		}
	}
	t.Logf("%d of %d labelled statements found, %d silent articles", found, labels, silent)
	if labels == 0 || silent == 0 || found*100 < labels*worldRecall {
		t.Errorf("found %d of %d labelled statements, want %d percent", found, labels, worldRecall)
	}
}

func TestEveryWorldArticleIsLabelled(t *testing.T) {
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
