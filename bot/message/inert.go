package message

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// The bounds of a document, so that no feed can make a channel unreadable. In
// characters, but for values and addresses, which count bytes.
const (
	maxHeadline = 240
	maxRun      = 8000
	maxLabel    = 40
	maxValue    = 200
	maxURL      = 2000
	maxBlocks   = 2000
	maxStacked  = 4 // combining marks on one letter
)

// Inert makes foreign text safe to stand in a line: control characters, marks
// that reorder or hide text, and line breaks are gone, white space is one blank.
// Letters of every script, emoji and ordinary signs stay as they are.
func Inert(s string) string {
	return strings.Join(strings.Fields(filter(s, false)), " ")
}

// InertLines is Inert line by line; blanks inside a line are kept, since it is
// for text of fixed width.
func InertLines(s string) string {
	lines := strings.Split(filter(s, true), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func filter(s string, lines bool) string {
	var out strings.Builder
	out.Grow(len(s))
	stacked := 0
	for _, r := range s {
		r, keep := tame(r, lines)
		if !keep {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if stacked++; stacked > maxStacked {
				continue
			}
		} else {
			stacked = 0
		}
		out.WriteRune(r)
	}
	return out.String()
}

// tame is what stands for r, if anything.
func tame(r rune, lines bool) (rune, bool) {
	switch {
	case r == '\n' && lines:
		return r, true
	case r == utf8.RuneError:
		return '\uFFFD', true
	case unicode.IsSpace(r), r == '\u2028', r == '\u2029', r == '\u2800', r == '\u3164', r == '\uFFA0':
		return ' ', true
	case r == '\u200C', r == '\u200D': // joiners: Persian, Indic scripts and emoji need them
		return r, true
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
		return 0, false // bidi overrides and isolates, zero widths, tags, private use
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return 0, false
	}
	return r, true
}

// Cut bounds s at n characters as a reader counts them; what is cut off is
// marked by an ellipsis, at a word's end where one is near.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	count, end, blank := 0, 0, 0
	seg := graphemes.FromString(s)
	for seg.Next() {
		g := seg.Value()
		if count += utf8.RuneCountInString(g); count > n-1 {
			break
		}
		if g == " " {
			blank = end
		}
		end += len(g)
	}
	if s[end] != ' ' && end-blank < 24 && blank > end/2 {
		end = blank
	}
	return strings.TrimRight(s[:end], " ,;:–—-") + "…"
}

// escaper writes what a dialect could take for its own marks.
var escaper = strings.NewReplacer("<", "%3C", ">", "%3E", "\"", "%22", "'", "%27", "|", "%7C", "`", "%60", "\\", "%5C", " ", "%20", "*", "%2A")

// SafeURL is the address in a form that every network may print as a link: http
// or https with a host, without a user's name, escaped throughout. It is "" for
// anything else.
func SafeURL(raw string) string {
	if len(raw) > maxURL || filter(raw, false) != raw {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Hostname() == "" || u.Opaque != "" || u.User != nil {
		return ""
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	safe := u.String()
	return escaper.Replace(safe)
}

// Clean is the document as printers may take it: every text inert and bounded,
// every link safe or plain text, nothing empty.
func Clean(m Message) Message {
	out := Message{Headline: Cut(Inert(m.Headline), maxHeadline)}
	for _, b := range m.Blocks {
		if len(out.Blocks) == maxBlocks {
			break
		}
		if b = cleanBlock(b); b.Kind == Divider || len(b.Text) > 0 {
			out.Blocks = append(out.Blocks, b)
		}
	}
	for _, a := range m.Actions {
		a.Label, a.Sign = Cut(Inert(a.Label), maxLabel), Inert(a.Sign)
		if len(a.Value) <= maxValue {
			out.Actions = append(out.Actions, a)
		}
	}
	for _, f := range m.Files {
		f.Name = safeName(f.Name)
		out.Files = append(out.Files, f)
	}
	return out
}

func cleanBlock(b Block) Block {
	out := Block{Kind: b.Kind}
	if b.Kind == Divider {
		return out
	}
	for _, run := range b.Text {
		run = cleanRun(run, b.Kind == Code)
		if run.Text != "" {
			out.Text = append(out.Text, run)
		}
	}
	if strings.TrimSpace(text(out.Text)) == "" {
		out.Text = nil
	}
	return out
}

// cleanRun keeps a run's outer blanks, since runs stand side by side.
func cleanRun(run Inline, lines bool) Inline {
	if run.Style == Link {
		if run.URL = SafeURL(run.URL); run.URL == "" {
			run.Style = Plain
		}
	} else {
		run.URL = ""
	}
	if lines {
		run.Text = Cut(InertLines(run.Text), maxRun)
		return run
	}
	inner := Inert(run.Text)
	if inner == "" {
		if run.Text != "" && strings.TrimSpace(run.Text) == "" {
			run.Text = " "
		} else {
			run.Text = ""
		}
		return run
	}
	lead, trail := "", ""
	if first, _ := utf8.DecodeRuneInString(run.Text); unicode.IsSpace(first) {
		lead = " "
	}
	if last, _ := utf8.DecodeLastRuneInString(run.Text); unicode.IsSpace(last) {
		trail = " "
	}
	run.Text = lead + Cut(inner, maxRun) + trail
	return run
}

// safeName is a file's name without any folder and of harmless letters.
func safeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r)) {
			return r
		}
		return '-'
	}, name)
	name = strings.TrimLeft(name, ".-")
	if name == "" {
		return "file"
	}
	return name[:min(len(name), 80)]
}
