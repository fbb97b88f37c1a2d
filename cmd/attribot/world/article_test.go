package world

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestArticleFilesAreRefusedWithTheirFault(t *testing.T) {
	const head = "stage: 0\ntitle: T\npublished: 2024-03-25T10:00:00Z\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"unknown outlet": {"article/nobody/a.txt", head + "\nText.", `unknown outlet "nobody"`},
		"no text":        {"article/harbour-wire/a.txt", head, "no empty line"},
		"blank text":     {"article/harbour-wire/a.html", head + "\n \n", "no text"},
		"no title":       {"article/harbour-wire/a.txt", "stage: 0\n\nText.", "no title"},
		"no date":        {"article/harbour-wire/a.txt", "title: T\n\nText.", "no date"},
		"bad date":       {"article/harbour-wire/a.txt", "published: yesterday\n\nText.", "cannot parse"},
		"bad stage":      {"article/harbour-wire/a.txt", "stage: 99\n" + head[9:] + "\nText.", "stage 99"},
		"unknown key":    {"article/harbour-wire/a.txt", "tilte: T\n\nText.", `unknown header key "tilte"`},
		"no key":         {"article/harbour-wire/a.txt", "T\n\nText.", "want key: value"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{c.file: {Data: []byte(c.text)}})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file) {
				t.Errorf("error = %v, want one that names %q and %q", err, c.file, c.want)
			}
		})
	}
}

func TestPlainTextStaysText(t *testing.T) {
	got := paragraphs("One <b>line</b>\nand on.\n\nTwo & \"three\".")
	if want := "<p>One &lt;b&gt;line&lt;/b&gt; and on.</p>\n<p>Two &amp; &#34;three&#34;.</p>"; got != want {
		t.Errorf("paragraphs = %q, want %q", got, want)
	}
}

func TestSummaryIsTheFirstParagraph(t *testing.T) {
	a, err := parse("article/harbour-wire/a.txt", "title: T\npublished: 2024-03-25T10:00:00Z\n\nFirst & foremost.\n\nSecond.")
	if err != nil {
		t.Fatal(err)
	}
	if a.Summary != "First & foremost." || a.Path() != "/harbour-wire/a" {
		t.Errorf("summary %q, path %q", a.Summary, a.Path())
	}
}
