package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// skipped are the elements whose words are no part of a text.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Math: true,
	atom.Form: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Nav: true, atom.Aside: true,
	atom.Figure: true, atom.Figcaption: true, atom.Iframe: true, atom.Object: true, atom.Video: true, atom.Audio: true,
	atom.Canvas: true, atom.Head: true, atom.Title: true, atom.Dialog: true, atom.Menu: true,
}

// blocks are the elements that begin a paragraph.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Table: true, atom.Tr: true, atom.Blockquote: true, atom.Pre: true, atom.Hr: true, atom.Address: true, atom.Center: true,
	atom.Body: true, atom.Html: true,
}

// plainText is the text of an HTML fragment: markup gone, white space folded,
// paragraphs parted by newlines.
func plainText(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return foldLines(fragment)
	}
	w := textWriter{}
	w.b.Grow(len(fragment))
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken: // the end: a reader of a string has no other
			w.unskip()
			return w.b.String()
		case html.TextToken:
			w.words(string(z.Text()))
		case html.StartTagToken:
			name, _ := z.TagName()
			w.open(atom.Lookup(name), false)
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.open(atom.Lookup(name), true)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(atom.Lookup(name))
		}
	}
}

// textWriter gathers text between tags.
type textWriter struct {
	b       strings.Builder
	skip    atom.Atom // the element that is passed over
	depth   int       // of elements of its name inside it
	pending byte      // white space owed before the next word: 0, ' ' or '\n'
	broke   bool      // a single <br> was the last thing seen
	lost    []string  // what was passed over in the open element
}

func (w *textWriter) open(tag atom.Atom, closed bool) {
	switch {
	case w.skip != 0:
		if tag == w.skip && !closed {
			w.depth++
		}
	case skipped[tag] && !closed:
		w.skip, w.depth, w.lost = tag, 1, w.lost[:0]
	case tag == atom.Br:
		w.lineBreak()
	case blocks[tag]:
		w.owe('\n')
	case tag == atom.Td || tag == atom.Th || tag == atom.Img:
		w.owe(' ')
	}
}

func (w *textWriter) close(tag atom.Atom) {
	if w.skip != 0 {
		if tag == w.skip {
			w.depth--
			if w.depth == 0 {
				w.skip = 0
				w.owe(' ')
			}
		}
		return
	}
	if blocks[tag] {
		w.owe('\n')
	}
}

// lineBreak is a new paragraph when it is the second, or when a sentence has
// ended before it; a line broken for the eye inside a sentence is a space.
func (w *textWriter) lineBreak() {
	if w.broke || endsSentence(w.b.String()) {
		w.owe('\n')
	} else {
		w.owe(' ')
	}
	w.broke = true
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)）」』")
	for _, mark := range []string{".", "!", "?", ":", ";", "。", "！", "？", "…"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return s == ""
}

func (w *textWriter) owe(space byte) {
	if w.pending != '\n' {
		w.pending = space
	}
	w.broke = false
}

func (w *textWriter) words(text string) {
	if w.skip != 0 {
		w.lost = append(w.lost, text)
		return
	}
	for i := 0; i < len(text); {
		if n := asciiRun(text[i:]); n > 0 {
			w.flush()
			w.b.WriteString(text[i : i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		r = reassigned(r)
		switch {
		case unicode.IsSpace(r):
			if w.pending == 0 {
				w.pending = ' '
			}
		case !invisible(r):
			w.flush()
			w.b.WriteRune(r)
		}
	}
}

// asciiRun is the length of the printable ASCII at the start of s: most of most
// texts, copied at once.
func asciiRun(s string) int {
	n := 0
	for n < len(s) && s[n] > ' ' && s[n] < 0x7F {
		n++
	}
	return n
}

func (w *textWriter) flush() {
	if w.pending != 0 && w.b.Len() > 0 {
		w.b.WriteByte(w.pending)
	}
	w.pending, w.broke = 0, false
}

// unskip takes back what was passed over when the element never ends: a feed
// that forgets to close a player has words after it.
func (w *textWriter) unskip() {
	if w.skip == 0 || w.skip == atom.Script || w.skip == atom.Style {
		return
	}
	w.skip = 0
	for _, text := range w.lost {
		w.owe(' ')
		w.words(text)
	}
}

// c1 are the characters that windows-1252 has where Unicode has control
// characters: who writes those means these.
var c1 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

func reassigned(r rune) rune {
	if r >= 0x80 && r < 0xA0 {
		return c1[r-0x80]
	}
	return r
}

// invisible are the characters that carry no words and only hide them: control
// characters, soft hyphens, zero-width marks, byte order marks.
func invisible(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFC:
		return true
	}
	return r < 0x20 || r >= 0x7F && r < 0xA0
}

// foldLines folds the white space inside each line and drops empty lines.
func foldLines(text string) string {
	var w textWriter
	for line := range strings.Lines(text) {
		w.owe('\n')
		w.words(line)
	}
	return w.b.String()
}
