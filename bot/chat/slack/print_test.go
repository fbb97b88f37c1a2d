package slack

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"attribot/bot/message"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// alert is a message with every kind of block and style.
func alert() message.Message {
	return message.Message{
		Headline: "China denies that Volt Typhoon is its group & blames <others>",
		Blocks: []message.Block{
			message.P(message.T("Mao Ning, spokesperson of the "), message.B("Chinese foreign ministry"), message.T(", about "), message.L("C12", "https://example.org/c/12?a=1&b=2")),
			{Kind: message.Quote, Text: []message.Inline{message.T("“*not* a state group <!channel> :skull:”")}},
			{Kind: message.Heading, Text: []message.Inline{message.T("Outlets")}},
			{Kind: message.Item, Text: []message.Inline{message.L("Xinhua", "https://xinhua.example/1")}},
			{Kind: message.Item, Text: []message.Inline{{Text: "CNR", Style: message.Emphasis}}},
			{Kind: message.Quote, Text: []message.Inline{message.T("in its own words")}},
			{Kind: message.Divider},
			{Kind: message.Code, Text: []message.Inline{message.T("why S12\nwhy-not URL")}},
			{Kind: message.Context, Text: []message.Inline{message.T("2 outlets, 1 origin · 14 Oct 2024 · "), {Text: "S12", Style: message.Fixed}}},
			{Kind: message.Context, Text: []message.Inline{message.T("Source: "), message.L("report", "https://example.org/r")}},
		},
		Actions: []message.Action{
			{ID: "right", Value: "S12 C3", Label: "Right", Sign: "✅"},
			{ID: "timeline", Value: "C3", Label: "Timeline"},
			{ID: "timeline", Value: "C4", Label: "Timeline & more"},
		},
	}
}

func TestGoldens(t *testing.T) {
	long := alert()
	long.Headline = strings.Repeat("a headline that no header has room for ", 5)
	for name, m := range map[string]message.Message{"every-kind": alert(), "long-headline": {Headline: long.Headline}, "headline-only": {Headline: "Short"}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".txtar")
			var got []txtar.File
			for i, p := range pages(m) {
				blocks, err := json.MarshalIndent(p.blocks, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, txtar.File{Name: fmt.Sprintf("%d.txt", i+1), Data: []byte(p.text + "\n")},
					txtar.File{Name: fmt.Sprintf("%d.json", i+1), Data: append(blocks, '\n')})
			}
			text := txtar.Format(&txtar.Archive{Files: got})
			if *update {
				if err := os.WriteFile(path, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(text)); diff != "" {
				t.Errorf("blocks (-want +got), write anew with -update:\n%s", diff)
			}
		})
	}
}

func TestSizesAreKept(t *testing.T) {
	many := func(n int, kind message.BlockKind, text string) message.Message {
		m := message.Message{Headline: "sizes"}
		for range n {
			m.Blocks = append(m.Blocks, message.Block{Kind: kind, Text: []message.Inline{message.T(text)}})
		}
		return m
	}
	wide := message.Message{Headline: "sizes"}
	for i := range 60 {
		wide.Actions = append(wide.Actions, message.Action{ID: "why", Value: strings.Repeat("v", 200), Label: strings.Repeat("&", 40) + fmt.Sprint(i)})
	}
	for name, m := range map[string]message.Message{
		"200 paragraphs":                many(200, message.Paragraph, "words"),
		"a paragraph of 8,000 letters":  many(1, message.Paragraph, strings.Repeat("word ", 1600)),
		"a word of 8,000 letters":       many(1, message.Paragraph, strings.Repeat("w", 8000)),
		"small print of 4,000 marks":    many(1, message.Context, strings.Repeat("&", 4000)),
		"120 entries of 200 letters":    many(120, message.Item, strings.Repeat("entry ", 33)),
		"51 dividers":                   many(51, message.Divider, ""),
		"60 buttons of escaped letters": wide,
		"2,000 characters of Chinese":   many(4, message.Quote, strings.Repeat("伏特台风", 500)),
	} {
		t.Run(name, func(t *testing.T) {
			letters := 0
			for i, p := range pages(m) {
				if err := check(p); err != nil {
					t.Errorf("page %d: %v", i+1, err)
				}
				raw, err := json.Marshal(p.blocks)
				if err != nil {
					t.Fatal(err)
				}
				if fault := overSize(p.text, raw); fault != "" {
					t.Errorf("page %d: Slack would refuse it: %s", i+1, fault)
				}
				letters += strings.Count(string(raw), "word") + strings.Count(string(raw), "entry")
			}
			if want := strings.Count(message.Text(m), "word") + strings.Count(message.Text(m), "entry"); letters < want {
				t.Errorf("%d of %d words are left", letters, want)
			}
		})
	}
}

func TestEditIsShortenedToOnePage(t *testing.T) {
	m := message.Message{Headline: "the alert", Actions: []message.Action{{ID: "why", Value: "S1", Label: "Why?"}}}
	for i := range 300 {
		m.Blocks = append(m.Blocks, message.P(message.T(fmt.Sprintf("paragraph %d", i))))
	}
	p := shortened(m)
	if err := check(p); err != nil {
		t.Error(err)
	}
	raw, _ := json.Marshal(p.blocks)
	for _, want := range []string{"the alert", "paragraph 0", "shortened", "Why?"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%q is gone from the edit", want)
		}
	}
	if whole := shortened(alert()); strings.Contains(whole.text, "shortened") {
		t.Error("an edit that fits is shortened")
	}
}

func TestFallbackHoldsTheHeadlineAndIsEscaped(t *testing.T) {
	got := fallback(message.Clean(message.Message{Headline: "<!channel> & more", Blocks: []message.Block{message.P(message.T(strings.Repeat("&", 5000)))}}))
	if !strings.HasPrefix(got, "&lt;!channel&gt; &amp; more") {
		t.Errorf("fallback begins with %.40q", got)
	}
	if n := utf8.RuneCountInString(got); n > maxFallback {
		t.Errorf("fallback has %d characters", n)
	}
	if strings.HasSuffix(got, "&am") || fallback(message.Message{}) == "" {
		t.Error("fallback is torn or empty")
	}
}

func TestCheckNamesWhatIsTooLarge(t *testing.T) {
	for want, p := range map[string]page{
		"fallback text has 0 characters":    {},
		"fallback text has 4001 characters": {text: strings.Repeat("x", 4001)},
		"message has 51 blocks":             printed(message.Message{Headline: "x", Blocks: make([]message.Block, 50)}),
		"rich text has 3001 characters":     printed(message.Message{Headline: "x", Blocks: []message.Block{message.P(message.T(strings.Repeat("x", 3001)))}}),
	} {
		if err := check(p); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("check = %v, want %q", err, want)
		}
	}
}

// FuzzPages holds that any message becomes pages within Slack's sizes in which
// nothing foreign has a meaning.
func FuzzPages(f *testing.F) {
	for _, s := range []string{"", "plain", "<!channel>", "<@U1> & <https://evil.example|x>", "*a* _b_ ~c~ `d`", strings.Repeat("&", 9000), "\x00\xff\u202e", strings.Repeat("長", 4000), `"`} {
		f.Add(s, s, "https://example.org/"+s, byte(1), byte(3))
	}
	f.Fuzz(func(t *testing.T, headline, text, link string, kind, n byte) {
		m := message.Message{Headline: headline}
		for i := range int(n % 16) {
			b := message.Block{Kind: message.BlockKind(int(kind)+i)%8 + 1, Text: []message.Inline{
				{Text: text, Style: message.Style((int(kind) + i) % 5), URL: link}, message.L(text, link)}}
			m.Blocks = append(m.Blocks, b)
			m.Actions = append(m.Actions, message.Action{ID: "why", Value: text, Label: headline, Sign: text})
		}
		for _, p := range append(pages(m), shortened(m)) {
			inert(t, p)
		}
	})
}

// inert complains about a page that Slack would refuse or that has something
// foreign in it that Slack gives a meaning.
func inert(t *testing.T, p page) {
	t.Helper()
	raw, err := json.Marshal(p.blocks)
	if err != nil || !utf8.ValidString(p.text) {
		t.Fatalf("page is no JSON: %v", err)
	}
	if fault := overSize(p.text, raw); fault != "" {
		t.Errorf("Slack would refuse it: %s", fault)
	}
	if control.MatchString(p.text) {
		t.Errorf("fallback holds control sequences: %q", p.text)
	}
	var blocks []node
	if err := json.Unmarshal(raw, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		harmless(t, b)
	}
}

func harmless(t *testing.T, n node) {
	t.Helper()
	switch n.Type {
	case "mrkdwn", "user", "usergroup", "broadcast", "channel", "emoji", "date", "markdown":
		t.Errorf("an element of type %s", n.Type)
	case "plain_text", "header", "button":
		if strings.ContainsAny(n.words(), "<>") {
			t.Errorf("unescaped text %q", n.words())
		}
	case "link":
		web := strings.HasPrefix(n.URL, "https://") || strings.HasPrefix(n.URL, "http://")
		if !web || strings.ContainsAny(n.URL, "<>|\"' \n\\") {
			t.Errorf("link to %q", n.URL)
		}
	}
	for _, e := range n.Elements {
		harmless(t, e)
	}
}

func BenchmarkPages(b *testing.B) {
	m := message.Message{Headline: "The day's digest"}
	for i := range 500 {
		m.Blocks = append(m.Blocks, message.Block{Kind: message.Item, Text: []message.Inline{message.T(fmt.Sprintf("entry %d: ", i)), message.L("a report", "https://example.org/a")}},
			message.Block{Kind: message.Quote, Text: []message.Inline{message.T(strings.Repeat("words ", 30))}})
	}
	for b.Loop() {
		pages(m)
	}
}
