package matrix

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"attribot/bot/chat/chattest"
	"attribot/bot/message"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// alert is a message with every kind of block and style.
func alert() message.Message {
	return message.Message{
		Headline: "China denies that Volt Typhoon is its group & blames <others>",
		Blocks: []message.Block{
			message.P(message.T("Mao Ning, spokesperson of the "), message.B("Chinese foreign ministry"), message.T(", about "), message.L("C12", "https://example.org/c/12?a=1&b=2")),
			{Kind: message.Quote, Text: []message.Inline{message.T("“<b>not</b> a state group, @room, @anna:test”")}},
			{Kind: message.Heading, Text: []message.Inline{message.T("Outlets")}},
			{Kind: message.Item, Text: []message.Inline{message.L("Xinhua", "https://xinhua.example/1")}},
			{Kind: message.Item, Text: []message.Inline{{Text: "CNR", Style: message.Emphasis}}},
			{Kind: message.Divider},
			{Kind: message.Code, Text: []message.Inline{message.T("why S12\nwhy-not URL")}},
			{Kind: message.Context, Text: []message.Inline{message.T("2 outlets, 1 origin · "), {Text: "S12", Style: message.Fixed}}},
		},
		Actions: []message.Action{
			{ID: "right", Value: "S12 C3", Label: "Right", Sign: "✅"},
			{ID: "why", Value: "S12", Label: "Why?", Sign: "❓"},
			{ID: "timeline", Value: "C3", Label: "Timeline"},
		},
	}
}

func TestGoldens(t *testing.T) {
	for name, m := range map[string]message.Message{"every-kind": alert(), "headline-only": {Headline: "Short"}, "list-at-the-end": {Headline: "List",
		Blocks: []message.Block{message.P(message.T("before")), {Kind: message.Item, Text: []message.Inline{message.T("entry")}}}}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".txtar")
			var files []txtar.File
			for i, c := range notices(m, maxContent) {
				c.Relates = beneath("$root", "$root")
				raw, err := json.MarshalIndent(c, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, txtar.File{Name: fmt.Sprintf("%d.txt", i+1), Data: []byte(c.Body + "\n")},
					txtar.File{Name: fmt.Sprintf("%d.html", i+1), Data: []byte(strings.ReplaceAll(c.Formatted, "><", ">\n<") + "\n")},
					txtar.File{Name: fmt.Sprintf("%d.json", i+1), Data: append(raw, '\n')})
			}
			text := txtar.Format(&txtar.Archive{Files: files})
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
				t.Errorf("events (-want +got), write anew with -update:\n%s", diff)
			}
		})
	}
}

func TestSizesAreKept(t *testing.T) {
	for name, block := range map[string]message.Block{
		"paragraphs of marks":   message.P(message.T(strings.Repeat("<&>\"'", 400))),
		"quotes in Chinese":     {Kind: message.Quote, Text: []message.Inline{message.T(strings.Repeat("伏特台风", 500))}},
		"entries":               {Kind: message.Item, Text: []message.Inline{message.T(strings.Repeat("entry ", 30)), message.L("a", "https://example.org/")}},
		"code of 8,000 letters": {Kind: message.Code, Text: []message.Inline{message.T(strings.Repeat("word ", 1600))}},
	} {
		t.Run(name, func(t *testing.T) {
			m := message.Message{Headline: "sizes"}
			for range 60 {
				m.Blocks = append(m.Blocks, block)
			}
			text := 0
			parts := notices(m, maxContent)
			for i, c := range parts {
				if n := size(c); n > maxContent {
					t.Errorf("part %d has %d bytes", i+1, n)
				}
				text += strings.Count(c.Body, "entry") + strings.Count(c.Body, "word") + strings.Count(c.Body, "台") + strings.Count(c.Body, "&")
			}
			whole := message.Text(m)
			if want := strings.Count(whole, "entry") + strings.Count(whole, "word") + strings.Count(whole, "台") + strings.Count(whole, "&"); text != want {
				t.Errorf("%d of %d words are left in %d parts", text, want, len(parts))
			}
			if n := 2 * size(shortened(m, maxContent)); n > maxContent {
				t.Errorf("an edit has %d bytes", n)
			}
		})
	}
}

func TestEditIsShortenedOnlyWhereItMust(t *testing.T) {
	if c := shortened(alert(), maxContent); strings.Contains(c.Body, "shortened") {
		t.Error("an edit that fits is shortened")
	}
	m := alert()
	for range 300 {
		m.Blocks = append(m.Blocks, message.P(message.T(strings.Repeat("word ", 100))))
	}
	c := shortened(m, maxContent)
	for _, want := range []string{"China denies", "shortened", "React: ✅ Right"} {
		if !strings.Contains(c.Body, want) {
			t.Errorf("%q is gone from the edit", want)
		}
	}
}

func TestNamesAreNotDrawnAsMentions(t *testing.T) {
	for in, name := range map[string]string{
		"@anna:test come": "@anna:", "see #room:test": "#room:", "(@anna:test)": "@anna:", "!abc:test": "!abc:",
		"https://matrix.to/#/@anna:test": "matrix.to/", "matrix:u/anna:test": "matrix:",
	} {
		if got := defused(in); strings.Contains(got, name) || strings.ReplaceAll(got, "\u2060", "") != in {
			t.Errorf("defused(%q) = %q", in, got)
		}
	}
	for _, same := range []string{"anna@test.example", "C# : a language", "at 10:30", "5 @ 3"} {
		if got := defused(same); got != same {
			t.Errorf("defused(%q) = %q", same, got)
		}
	}
}

func TestAddressesThatAreFollowed(t *testing.T) {
	for raw, want := range map[string]string{
		"https://example.org/a": "https://example.org/a", "http://example.org": "http://example.org",
		"https://matrix.to/#/@anna:test": "", "https://MATRIX.TO./#/x": "", "javascript:alert(1)": "", "": "", "matrix:u/a:b": "",
	} {
		if got := followable(raw); got != want {
			t.Errorf("followable(%q) = %q, want %q", raw, got, want)
		}
	}
}

// FuzzNotices holds that any message becomes events within the size in which
// nothing foreign is a tag, a mention or a link but to the web.
func FuzzNotices(f *testing.F) {
	for _, s := range []string{"", "plain", "@room @anna:test", "<script>alert(1)</script>", `"><img src=x onerror=y>`, strings.Repeat("&", 9000), "\x00\xff\u202e", "https://matrix.to/#/@a:b"} {
		f.Add(s, s, "https://example.org/"+s, byte(1), byte(3))
	}
	f.Fuzz(func(t *testing.T, headline, text, link string, kind, n byte) {
		m := message.Message{Headline: headline}
		for i := range int(n % 16) {
			m.Blocks = append(m.Blocks, message.Block{Kind: message.BlockKind(int(kind)+i)%8 + 1, Text: []message.Inline{
				{Text: text, Style: message.Style((int(kind) + i) % 5), URL: link}, message.L(text, link)}})
			m.Actions = append(m.Actions, message.Action{ID: "why", Value: text, Label: headline, Sign: text})
		}
		for _, part := range message.Split(message.Clean(m), func(m message.Message) bool { return weight(m) <= maxContent }) {
			inert(t, notice(part), weight(part))
		}
		inert(t, shortened(m, maxContent), maxContent)
	})
}

// inert complains about an event that is larger than its weight or that has
// something foreign in it that clients give a meaning.
func inert(t *testing.T, c content, most int) {
	t.Helper()
	raw, err := json.Marshal(c)
	if len(raw) > most {
		t.Errorf("the event has %d bytes, its weight is %d", len(raw), most)
	}
	if err != nil || len(raw) > maxContent || !utf8.Valid(raw) {
		t.Fatalf("content of %d bytes: %v", len(raw), err)
	}
	var over seen
	if err := json.Unmarshal(raw, &over); err != nil {
		t.Fatal(err)
	}
	var s chattest.Shown
	over.show(&s)
	if len(s.Pings) > 0 || over.Mentions == nil {
		t.Errorf("pings %q in %s", s.Pings, raw)
	}
	for _, l := range s.Links {
		if !strings.HasPrefix(l, "https://") && !strings.HasPrefix(l, "http://") || strings.ContainsAny(l, "<>\"' \n") {
			t.Errorf("links to %q in %s", l, raw)
		}
	}
}

func BenchmarkNotices(b *testing.B) {
	m := message.Message{Headline: "The day's digest"}
	for i := range 500 {
		m.Blocks = append(m.Blocks, message.Block{Kind: message.Item, Text: []message.Inline{message.T(fmt.Sprintf("entry %d: ", i)), message.L("a report", "https://example.org/a")}},
			message.Block{Kind: message.Quote, Text: []message.Inline{message.T(strings.Repeat("words ", 30))}})
	}
	for b.Loop() {
		notices(m, maxContent)
	}
}
