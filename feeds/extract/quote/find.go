package quote

import (
	"attribot/feeds/extract/sentence"
	"attribot/feeds/statement"
)

// Find lists the regions of quotation in text order, an outer one before those
// inside it. Regions are nested or apart, never crossed.
func Find(doc *sentence.Document) []Region {
	f := finder{doc: doc}
	for _, p := range doc.Paragraphs {
		f.paragraph(p)
	}
	return f.regions
}

// glyph is what a quotation mark can be.
type glyph uint8

const (
	none   glyph = iota
	opener       // “ « 「
	closer       // ” » 」
	either       // " ''
	single       // ‘
	apos         // ' ’: a single mark or an apostrophe
)

// pair tells which closing mark belongs to which opening one.
type pair uint8

const (
	curly pair = iota + 1
	straight
	guillemet
	angle
	corner
	whiteCorner
	title
	inverted
)

func glyphOf(mark string) (glyph, pair) {
	switch mark {
	case "“", "‟", "``", "‘‘":
		return opener, curly
	case "„":
		return opener, curly
	case "”", "’’":
		return closer, curly
	case "\"", "''", "＂":
		return either, straight
	case "«":
		return opener, guillemet
	case "»":
		return closer, guillemet
	case "‹":
		return opener, angle
	case "›":
		return closer, angle
	case "「":
		return opener, corner
	case "」":
		return closer, corner
	case "『":
		return opener, whiteCorner
	case "』":
		return closer, whiteCorner
	case "《", "〈":
		return opener, title
	case "》", "〉":
		return closer, title
	case "‘", "‛", "‚":
		return single, inverted
	case "'", "’", "ʼ", "`", "＇":
		return apos, inverted
	}
	return none, 0
}

// depth is how deep quotations may nest.
const depth = 4

type finder struct {
	doc     *sentence.Document
	regions []Region
	stack   [depth]open
	n       int
	strong  []int // by token from base: the next sure single closing mark, or -1
	base    int
	weak    int  // the paragraph's last mark that may close or be a plural's apostrophe
	pending bool // the paragraph before left a quotation open
}

type open struct {
	region int
	pair   pair
}

func (f *finder) paragraph(p sentence.Range) {
	f.n = 0
	looked := false
	for i := p.Start; i < p.End; i++ {
		if f.doc.Tokens[i].Kind != sentence.Quote {
			continue
		}
		if !looked {
			f.look(p)
			looked = true
		}
		f.mark(i, p)
	}
	f.pending = f.n > 0 && !f.regions[f.stack[0].region].Single
	for f.n > 0 {
		f.shut(p.End-1, false)
	}
}

func (f *finder) mark(i int, p sentence.Range) {
	g, pr := glyphOf(f.doc.Word(i))
	switch g {
	case opener:
		switch {
		case f.isOpen(pr) && (f.topOpenedBy("„") || f.looksClosing(i, p)):
			f.shutTo(i, pr) // „so“
		case !f.isOpen(pr):
			f.open(i, pr, p)
		}
	case closer:
		if pr == curly && !f.isOpen(pr) && f.looksOpening(i, p) {
			f.open(i, pr, p)
			return
		}
		if !f.isOpen(pr) && f.isOpen(straight) {
			pr = straight // "so”
		}
		f.shutTo(i, pr)
	case either:
		f.straight(i, pr, p)
	case single, apos:
		f.single(i, g, p)
	}
}

// looksClosing reports whether a mark is set like a closing one, without a
// blank before it and with one after it, whatever its shape.
func (f *finder) looksClosing(i int, p sentence.Range) bool {
	return !f.spaced(i) && i > p.Start && (i+1 >= p.End || f.spaced(i+1))
}

// looksOpening reports the opposite.
func (f *finder) looksOpening(i int, p sentence.Range) bool {
	return f.spaced(i) && i+1 < p.End && !f.spaced(i+1)
}

func (f *finder) straight(i int, pr pair, p sentence.Range) {
	if f.isOpen(pr) {
		f.shutTo(i, pr)
		return
	}
	if i+1 >= p.End || f.spaced(i+1) && !f.spaced(i) {
		if f.isOpen(curly) {
			f.shutTo(i, curly) // “so" with a straight closing mark
		}
		return
	}
	if i > p.Start && !f.spaced(i) && !f.opensBefore(i-1) {
		return // inches, or a closing mark whose opening one is missing
	}
	if f.doc.Word(i+1) == "“" {
		return // two marks for one
	}
	f.open(i, pr, p)
}

func (f *finder) spaced(i int) bool { return f.doc.Tokens[i].Is(sentence.Spaced) }

// single handles ‘ and marks that may be apostrophes.
func (f *finder) single(i int, g glyph, p sentence.Range) {
	if f.isOpen(inverted) {
		if g == apos && f.closesSingle(i, p) {
			f.shutTo(i, inverted)
		}
		return
	}
	if !f.opensSingle(i, g, p) || f.strong[i-f.base] < 0 && f.weak <= i {
		return
	}
	f.open(i, inverted, p)
}

// opensSingle asks for a blank or an opening mark before and a word after, and
// refuses 'em, 'til and the '90s.
func (f *finder) opensSingle(i int, g glyph, p sentence.Range) bool {
	if i+1 >= p.End || f.spaced(i+1) {
		return false
	}
	if g == apos && !f.spaced(i) && i > p.Start && !f.opensBefore(i-1) {
		return false
	}
	next := f.doc.Tokens[i+1]
	return next.Kind != sentence.Number && !elided[next.Key]
}

func (f *finder) opensBefore(i int) bool {
	switch f.doc.Word(i) {
	case "\"", "“", "(", "[", "—", "–", "-", "--", ":", "/", "...", "…":
		return true
	}
	return false
}

// closesSingle reports whether the mark at i closes rather than being the
// apostrophe of a plural ("officials' claim"), which is taken for one only
// where a sure closing mark follows.
func (f *finder) closesSingle(i int, p sentence.Range) bool {
	if f.spaced(i) && i > p.Start {
		return false
	}
	if f.sure(i, p) {
		return true
	}
	return !f.plural(i) || i+1 >= p.End || f.strong[i+1-f.base] < 0
}

// plural reports whether the word before the mark ends in s.
func (f *finder) plural(i int) bool {
	if i == 0 {
		return false
	}
	w := f.doc.Word(i - 1)
	return w[len(w)-1] == 's' || w[len(w)-1] == 'S'
}

// sure reports whether a single mark at i can only close: it follows a comma or
// stop, or a mark or the paragraph's end follows it.
func (f *finder) sure(i int, p sentence.Range) bool {
	if f.spaced(i) || i == p.Start {
		return false
	}
	if k := f.doc.Tokens[i-1].Kind; k == sentence.Stop || k == sentence.Mark && !f.opensBefore(i-1) {
		return true
	}
	if i+1 >= p.End {
		return true
	}
	next := f.doc.Tokens[i+1]
	if next.Kind == sentence.Mark || next.Kind == sentence.Stop || next.Kind == sentence.Quote {
		return true
	}
	return !f.plural(i)
}

// look finds, for each token of the paragraph, the next sure single closing
// mark before another opening one.
func (f *finder) look(p sentence.Range) {
	if cap(f.strong) < p.Len() {
		f.strong = make([]int, p.Len())
	}
	f.strong, f.base = f.strong[:p.Len()], p.Start
	next := -1
	f.weak = -1
	for i := p.End - 1; i >= p.Start; i-- {
		if f.doc.Tokens[i].Kind == sentence.Quote {
			g, _ := glyphOf(f.doc.Word(i))
			if g == apos && f.sure(i, p) {
				next = i
			}
			if g == apos && i > p.Start && !f.spaced(i) {
				f.weak = max(f.weak, i)
			}
		}
		f.strong[i-p.Start] = next
	}
}

func (f *finder) isOpen(pr pair) bool {
	for k := range f.n {
		if f.stack[k].pair == pr {
			return true
		}
	}
	return false
}

func (f *finder) topOpenedBy(mark string) bool {
	return f.n > 0 && f.doc.Word(f.regions[f.stack[f.n-1].region].First) == mark
}

func (f *finder) open(i int, pr pair, p sentence.Range) {
	if f.n == depth {
		return
	}
	start := f.doc.Tokens[i].Start
	r := Region{Span: statement.Span{Start: start}, Inner: statement.Span{Start: f.doc.Tokens[i].End}, First: i, Level: f.n, Single: pr == inverted || pr == angle}
	if i == p.Start && f.pending {
		r.Joined = true
	}
	f.stack[f.n] = open{len(f.regions), pr}
	f.regions = append(f.regions, r)
	f.n++
}

// shutTo closes the innermost open quotation of the pair, and what is open
// inside it.
func (f *finder) shutTo(i int, pr pair) {
	k := f.n - 1
	for k >= 0 && f.stack[k].pair != pr {
		k--
	}
	if k < 0 {
		return
	}
	for f.n > k+1 {
		f.shut(i-1, false)
	}
	f.shut(i, true)
}

// shut closes the innermost open quotation with token i as its last.
func (f *finder) shut(i int, closed bool) {
	f.n--
	r := &f.regions[f.stack[f.n].region]
	i = max(i, r.First)
	r.Last, r.Closed = i, closed
	r.Span.End = f.doc.Tokens[i].End
	r.Inner.End = r.Span.End
	if closed {
		r.Inner.End = f.doc.Tokens[i].Start
	}
	r.Inner.End = max(r.Inner.End, r.Inner.Start)
}

// elided lists words that begin with an apostrophe.
var elided = elidedWords()

func elidedWords() map[sentence.Key]bool {
	set := map[sentence.Key]bool{}
	for _, w := range []string{"em", "til", "till", "cause", "tis", "twas", "n", "bout", "round", "ere", "cuz", "cos", "neath", "nuff"} {
		set[sentence.KeyOf(w)] = true
	}
	return set
}
