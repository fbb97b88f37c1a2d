package message

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestForeignTextIsInert(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                          "plain",
		"two\nlines\tand a tab":          "two lines and a tab",
		"line\u2028separator":            "line separator",
		"\u202Eright to left\u202C over": "right to left over",
		"\u2066isolate\u2069":            "isolate",
		"zero\u200Bwidth":                "zerowidth",
		"\x1b[31mred\x1b[0m":             "[31mred[0m",
		"soft\u00ADhyphen":               "softhyphen",
		"tag\U000E0041\U000E0042":        "tag",
		"bad \xff byte":                  "bad \uFFFD byte",
		"Persian نمی\u200cخواهم keeps its joiner":      "Persian نمی\u200cخواهم keeps its joiner",
		"family 👩‍👩‍👧 stays":                           "family 👩‍👩‍👧 stays",
		"h\u0301\u0301\u0301\u0301\u0301\u0301\u0301i": "h\u0301\u0301\u0301\u0301i",
		"  blanks   fold  ":                            "blanks fold",
		"<!channel> @room *b*":                         "<!channel> @room *b*",
		"hangul\u3164filler":                           "hangul filler",
	} {
		if got := Inert(in); got != want {
			t.Errorf("Inert(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCodeKeepsItsLines(t *testing.T) {
	t.Parallel()
	if got, want := InertLines("\na  b \r\n  c\x00\n\n"), "a  b\n  c"; got != want {
		t.Errorf("InertLines = %q, want %q", got, want)
	}
}

func TestLongTextIsCutAtAWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly ten", 11, "exactly ten"},
		{"the ministry denies the claim", 20, "the ministry denies…"},
		{"the ministry, denies", 14, "the ministry…"},
		{"unbreakableword", 8, "unbreak…"},
		{"网络空间安全的最大威胁", 6, "网络空间安…"},
		{"family 👩‍👩‍👧 of five", 10, "family…"},
		{"anything", 0, ""},
	} {
		if got := Cut(c.in, c.n); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestOnlySafeAddressesAreLinks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://example.org/a?b=1&c=2":                "https://example.org/a?b=1&c=2",
		"HTTP://Example.org/":                          "http://Example.org/",
		"https://example.org/%E4%B8%AD":                "https://example.org/%E4%B8%AD",
		"https://example.org/中":                        "https://example.org/%E4%B8%AD",
		"https://example.org/a|b>c<d":                  "https://example.org/a%7Cb%3Ec%3Cd",
		"https://example.org/'*~`":                     "https://example.org/%27%2A~%60",
		"javascript:alert(1)":                          "",
		"data:text/html,x":                             "",
		"https:opaque":                                 "",
		"//example.org":                                "",
		"https://":                                     "",
		"https://user:pw@example.org/":                 "",
		"https://example.org/\n<!channel>":             "",
		"https://exa\u202Emple.org/":                   "",
		"ftp://example.org/":                           "",
		"https://e.org/" + strings.Repeat("a", maxURL): "",
	} {
		if got := SafeURL(in); got != want {
			t.Errorf("SafeURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTextReadsLikeAPage(t *testing.T) {
	t.Parallel()
	m := Message{Headline: "China\n denies it", Blocks: []Block{
		P(T("Rebuttal by "), B("Mao Ning"), T(" .")),
		Q(T("two\nlines")),
		H("Repeated"),
		I(T("first")), C(T("1 outlet: "), L("Xinhua", "https://x.example"), T(", "), L("forged", "javascript:1")),
		{Kind: Divider},
		{Kind: Code, Text: []Inline{F("a  b\nc  d")}},
		P(T(" ")),
		P(L("https://y.example", "https://y.example")),
	}}
	want := `China denies it
Rebuttal by Mao Ning .
> two lines

Repeated
- first
1 outlet: Xinhua (https://x.example), forged
---

a  b
c  d

https://y.example`
	if diff := cmp.Diff(want, Text(m)); diff != "" {
		t.Errorf("Text (-want +got):\n%s", diff)
	}
}

func TestCleanBoundsEverything(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 10000)
	m := Message{Headline: long, Blocks: []Block{P(T(long))},
		Actions: []Action{{ID: "a", Value: "v", Label: long}, {ID: "b", Value: long}},
		Files:   []File{{Name: "../../etc/pass wd"}, {Name: "..."}}}
	for range maxBlocks {
		m.Blocks = append(m.Blocks, P(T("x")))
	}
	got := Clean(m)
	if n := utf8.RuneCountInString(got.Headline); n > maxHeadline {
		t.Errorf("headline of %d characters", n)
	}
	if n := utf8.RuneCountInString(got.Blocks[0].Text[0].Text); n > maxRun+2 {
		t.Errorf("run of %d characters", n)
	}
	if len(got.Blocks) != maxBlocks || len(got.Actions) != 1 || utf8.RuneCountInString(got.Actions[0].Label) > maxLabel {
		t.Errorf("%d blocks, actions %+v", len(got.Blocks), got.Actions)
	}
	if got.Files[0].Name != "pass-wd" || got.Files[1].Name != "file" {
		t.Errorf("file names %q, %q", got.Files[0].Name, got.Files[1].Name)
	}
}

// within tells how a network with a limit of n bytes takes a message.
func within(n int) func(Message) bool { return func(m Message) bool { return len(Text(m)) <= n } }

func TestEntriesAreNotTorn(t *testing.T) {
	t.Parallel()
	m := Message{Headline: "Digest", Actions: []Action{{ID: "more"}}}
	for range 9 {
		m.Blocks = append(m.Blocks, H("Section"), I(T("an entry of some words")), C(T("with small print")), I(T("another entry")), Q(T("with a quote")))
	}
	parts := Split(m, within(200))
	if len(parts) < 4 {
		t.Fatalf("%d parts", len(parts))
	}
	var joined []Block
	for i, p := range parts {
		if !within(200)(p) {
			t.Errorf("part %d is too long", i)
		}
		if first := p.Blocks[0].Kind; first == Context || first == Quote {
			t.Errorf("part %d begins inside an entry", i)
		}
		if last := p.Blocks[len(p.Blocks)-1].Kind; last == Heading {
			t.Errorf("part %d ends with a heading", i)
		}
		if (len(p.Actions) > 0) != (i == len(parts)-1) {
			t.Errorf("part %d has actions %v", i, p.Actions)
		}
		joined = append(joined, p.Blocks...)
	}
	if diff := cmp.Diff(m.Blocks, joined); diff != "" {
		t.Errorf("blocks were lost (-want +got):\n%s", diff)
	}
	if want := "Digest (1 of "; !strings.HasPrefix(parts[0].Headline, want) {
		t.Errorf("first headline %q", parts[0].Headline)
	}
}

func TestWhatFitsStaysWhole(t *testing.T) {
	t.Parallel()
	m := Message{Headline: "Short", Blocks: []Block{P(T("text"))}}
	if parts := Split(m, within(100)); len(parts) != 1 || parts[0].Headline != "Short" {
		t.Errorf("Split = %+v", parts)
	}
}

func TestAnEntryTooLongForAnyMessageIsPartedBetweenWords(t *testing.T) {
	t.Parallel()
	text := strings.TrimSpace(strings.Repeat("evidence ", 100))
	parts := Split(Message{Headline: "Long", Blocks: []Block{Q(T(text))}}, within(150))
	var words []string
	for i, p := range parts {
		if !within(150)(p) {
			t.Errorf("part %d is too long", i)
		}
		for _, b := range p.Blocks {
			words = append(words, strings.Fields(b.Text[0].Text)...)
		}
	}
	if got := strings.Join(words, " "); got != text {
		t.Errorf("words were torn: %q", got)
	}
}

func FuzzInert(f *testing.F) {
	f.Add("\u202Ea\nb\x00")
	f.Fuzz(func(t *testing.T, s string) {
		got := Inert(s)
		if !utf8.ValidString(got) {
			t.Errorf("Inert(%q) is not UTF-8", s)
		}
		if again := Inert(got); again != got {
			t.Errorf("Inert(%q) = %q, and once more %q", s, got, again)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("Inert(%q) keeps %U", s, r)
			}
		}
		if cut := Cut(got, 20); utf8.RuneCountInString(cut) > 20 {
			t.Errorf("Cut(%q) has %d characters", got, utf8.RuneCountInString(cut))
		}
	})
}

func FuzzSafeURL(f *testing.F) {
	f.Add("https://example.org/a?b#c")
	f.Fuzz(func(t *testing.T, s string) {
		u := SafeURL(s)
		if u == "" {
			return
		}
		if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			t.Errorf("SafeURL(%q) = %q", s, u)
		}
		if strings.ContainsAny(u, "<>\"'|` \n\\") || Inert(u) != u {
			t.Errorf("SafeURL(%q) = %q holds marks", s, u)
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("some words here", 60)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if n < 40 || n > 4000 || len(s) > 2000 {
			return
		}
		m := Clean(Message{Headline: "H", Blocks: []Block{I(T(s)), C(T(s)), P(T(s), T(s))}})
		letters := 0
		for _, p := range Split(m, within(n)) {
			for _, b := range p.Blocks {
				letters += len(text(b.Text))
			}
		}
		want := 0
		for _, b := range m.Blocks {
			want += len(text(b.Text))
		}
		if letters != want {
			t.Errorf("%d bytes of %d are left", letters, want)
		}
	})
}
