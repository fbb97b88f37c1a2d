package console

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attribot/bot/message"
)

// page prints one post.
type page struct {
	strings.Builder
	color bool
	width int
}

const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

func (p *page) post(m message.Message, channel string) {
	p.WriteString("\n")
	if channel != "" {
		p.line("", "", p.style(dim, channel))
	}
	p.line("■ ", "  ", p.style(bold, m.Headline))
	p.blocks("  ", m.Blocks)
}

// followUp stands beneath a root that may have scrolled away: it names it.
func (p *page) followUp(m message.Message, root *entry) {
	p.WriteString("\n")
	if root != nil {
		p.line("  ↳ ", "    ", p.style(dim, "on: "+message.Cut(root.Headline, 90)))
	}
	p.line("    ", "    ", p.style(bold, m.Headline))
	p.blocks("    ", m.Blocks)
}

// maxChanges bounds the lines that an update shows.
const maxChanges = 4

// update tells in a few lines what an edit changes: first the small print, where
// outlets are counted and the standing of the claim is told.
func (p *page) update(m message.Message, root *entry) {
	p.line("  ~ updated: ", "    ", m.Headline)
	if root == nil {
		return
	}
	told := 0
	for _, small := range []bool{true, false} {
		for _, b := range m.Blocks {
			s := words(b)
			if (b.Kind == message.Context) != small || told == maxChanges || s == "" || slices.Contains(root.Lines, s) {
				continue
			}
			told++
			p.line("    ", "    ", p.style(dim, s))
		}
	}
}

// linesOf are the words of a document's blocks, to tell what an edit changes.
func linesOf(m message.Message) []string {
	lines := make([]string, len(m.Blocks))
	for i, b := range m.Blocks {
		lines[i] = words(b)
	}
	return lines
}

func (p *page) actions(number int, actions []message.Action) {
	words := make([]string, 0, len(actions))
	for _, a := range actions {
		words = append(words, fmt.Sprintf("%s %d", a.ID, number))
	}
	p.line("  ", "  ", p.style(dim, "answer: "+strings.Join(words, ", ")))
}

// blocks prints a document's parts. Small print and lists name their sources; the
// address of the first stands beneath, so that a line stays readable and the
// source one click away.
func (p *page) blocks(indent string, blocks []message.Block) {
	for _, b := range blocks {
		s := words(b)
		switch b.Kind {
		case message.Heading:
			p.WriteString("\n")
			p.line(indent, indent, p.style(bold, s))
		case message.Quote:
			p.line(indent+"│ ", indent+"│ ", s)
		case message.Item:
			p.line(indent+"- ", indent+"  ", s)
			p.address(indent, b)
		case message.Context:
			p.line(indent, indent+"  ", p.style(dim, s))
			p.address(indent, b)
		case message.Divider:
			p.line(indent, indent, strings.Repeat("─", 20))
		case message.Code:
			for l := range strings.Lines(s) {
				p.WriteString(indent + "  " + strings.TrimRight(l, "\n") + "\n")
			}
		default:
			p.line(indent, indent, s)
		}
	}
}

// address prints where a block's first link leads, on a line of its own.
func (p *page) address(indent string, b message.Block) {
	for _, run := range b.Text {
		if run.Style == message.Link && run.URL != "" {
			p.line(indent+"  ", indent+"  ", p.style(dim, run.URL))
			return
		}
	}
}

// words is a block's text: with the addresses of its links in running text,
// without them in lists and small print.
func words(b message.Block) string {
	if b.Kind != message.Context && b.Kind != message.Item {
		return message.PlainRuns(b.Text)
	}
	var s strings.Builder
	for _, run := range b.Text {
		s.WriteString(run.Text)
	}
	return s.String()
}

func (p *page) style(mark, s string) string {
	if !p.color || s == "" {
		return s
	}
	return mark + s + plain
}

// line folds s at the page's width between words; an address is never torn.
func (p *page) line(first, rest, s string) {
	p.WriteString(first)
	at := utf8.RuneCountInString(first)
	begun := false
	for word := range strings.FieldsSeq(s) {
		n := letters(word)
		if begun && p.width > 0 && at+1+n > p.width {
			p.WriteString("\n" + rest)
			at, begun = utf8.RuneCountInString(rest), false
		}
		if begun {
			p.WriteString(" ")
			at++
		}
		p.WriteString(word)
		at += n
		begun = true
	}
	p.WriteString("\n")
}

// letters counts the columns of a word without its colour marks. Wide letters
// count two.
func letters(word string) int {
	for _, mark := range []string{bold, dim, plain} {
		word = strings.ReplaceAll(word, mark, "")
	}
	n := 0
	for _, r := range word {
		n++
		if unicode.Is(wide, r) {
			n++
		}
	}
	return n
}

// wide are the letters that take two columns: CJK, Hangul, full-width forms and
// emoji (Unicode Standard Annex 11, in rough).
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x1100, Hi: 0x115F, Stride: 1}, {Lo: 0x2E80, Hi: 0xA4CF, Stride: 1}, {Lo: 0xAC00, Hi: 0xD7A3, Stride: 1},
		{Lo: 0xF900, Hi: 0xFAFF, Stride: 1}, {Lo: 0xFE30, Hi: 0xFE6F, Stride: 1}, {Lo: 0xFF00, Hi: 0xFF60, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1F300, Hi: 0x3FFFF, Stride: 1}},
}
