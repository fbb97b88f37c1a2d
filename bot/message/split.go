package message

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Split parts a document that is too long for a network. fits tells whether the
// network takes a document as it is. No entry is torn: an item stays with the
// quotes and small print beneath it, a heading with its first entry. Only an
// entry that fits nowhere is parted, between its blocks and at last between
// words. Actions and files go with the last part. A headline that is carried on
// is numbered: "... (2 of 3)".
func Split(m Message, fits func(Message) bool) []Message {
	if fits(m) {
		return []Message{m}
	}
	// Numbering takes room: measure with the longest number.
	probe := func(blocks []Block) bool {
		return fits(Message{Headline: numbered(m.Headline, 99, 99), Blocks: blocks})
	}
	parts := fill(entries(m.Blocks), probe)
	if n := len(parts); n > 0 && !fits(Message{Headline: numbered(m.Headline, n, n), Blocks: parts[n-1], Actions: m.Actions, Files: m.Files}) {
		parts = append(parts, nil)
	}
	out := make([]Message, 0, len(parts))
	for i, p := range parts {
		out = append(out, Message{Headline: numbered(m.Headline, i+1, len(parts)), Blocks: p})
	}
	if len(out) == 0 {
		return []Message{m}
	}
	last := &out[len(out)-1]
	last.Actions, last.Files = m.Actions, m.Files
	return out
}

func numbered(headline string, i, n int) string {
	if n < 2 {
		return headline
	}
	return strings.TrimSpace(fmt.Sprintf("%s (%d of %d)", headline, i, n))
}

// entries groups blocks that belong together.
func entries(blocks []Block) [][]Block {
	var out [][]Block
	for i, b := range blocks {
		if i == 0 || begins(b.Kind) && blocks[i-1].Kind != Heading {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], b)
	}
	return out
}

func begins(k BlockKind) bool {
	return k == Item || k == Heading || k == Paragraph || k == Divider || k == Code
}

func fill(entries [][]Block, fits func([]Block) bool) [][]Block {
	var parts [][]Block
	var now []Block
	flush := func() {
		if len(now) > 0 {
			parts = append(parts, now)
		}
		now = nil
	}
	for _, e := range entries {
		if joined := append(now[:len(now):len(now)], e...); fits(joined) {
			now = joined
			continue
		}
		flush()
		if fits(e) {
			now = e
			continue
		}
		for _, b := range tear(e, fits) {
			if joined := append(now[:len(now):len(now)], b); len(now) > 0 && !fits(joined) {
				flush()
			}
			now = append(now, b)
		}
	}
	flush()
	return parts
}

// tear parts the blocks of one entry that fits nowhere.
func tear(entry []Block, fits func([]Block) bool) []Block {
	var out []Block
	for _, b := range entry {
		out = append(out, halve(b, fits)...)
	}
	return out
}

// halve parts a block between runs, or a run between words, until each part
// fits.
func halve(b Block, fits func([]Block) bool) []Block {
	if fits([]Block{b}) {
		return []Block{b}
	}
	left, right := Block{Kind: b.Kind}, Block{Kind: b.Kind}
	switch n := len(b.Text); {
	case n > 1:
		left.Text, right.Text = b.Text[:n/2], b.Text[n/2:]
	case n == 1 && len(b.Text[0].Text) > 1:
		l, r := b.Text[0], b.Text[0]
		at := middle(l.Text)
		l.Text, r.Text = l.Text[:at], r.Text[at:]
		if l.Text == "" || r.Text == "" {
			return []Block{b}
		}
		left.Text, right.Text = []Inline{l}, []Inline{r}
	default:
		return []Block{b}
	}
	return append(halve(left, fits), halve(right, fits)...)
}

// middle is the place nearest the half of s where a line, else a word ends, else
// a letter begins.
func middle(s string) int {
	half := len(s) / 2
	for _, sep := range []string{"\n", " "} {
		if at := strings.LastIndex(s[:half], sep); at > half/2 {
			return at + 1
		}
	}
	for half > 0 && !utf8.RuneStart(s[half]) {
		half--
	}
	return half
}
