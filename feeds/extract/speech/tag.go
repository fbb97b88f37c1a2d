package speech

import (
	"strings"

	"attribot/feeds/extract/sentence"
)

// tag is what the reader knows of one token.
type tag struct {
	class class
	verb  uint16 // index of the verb; 0 = none known
	form  form   // the inflections that fit here; 0 = not a verb here
	mark  mark
}

// mark sorts the tokens that are not words.
type mark uint8

const (
	noMark mark = iota
	comma
	stop
	colon
	semicolon
	dash
	quoteMark
	openBracket
	closeBracket
	otherMark
)

func (t *tag) is(c class) bool { return t.class&c != 0 }

// tagger fills the tags of a document.
type tagger struct {
	doc   *sentence.Document
	tags  []tag
	title bool // most words of the sentence are capitalised
}

func tagAll(doc *sentence.Document) []tag {
	g := tagger{doc: doc, tags: make([]tag, len(doc.Tokens))}
	for i := range doc.Tokens {
		g.tags[i] = g.raw(i)
	}
	for _, s := range doc.Sentences {
		g.title = g.titleCase(s)
		for i := s.Start; i < s.End; i++ {
			g.resolve(i, s)
		}
	}
	return g.tags
}

// raw is the tag by the word alone.
func (g *tagger) raw(i int) tag {
	t := &g.doc.Tokens[i]
	switch t.Kind {
	case sentence.Quote:
		return tag{mark: quoteMark}
	case sentence.Stop:
		return tag{mark: stop}
	case sentence.Mark:
		return tag{mark: markOf(g.doc.Word(i))}
	case sentence.Number:
		return tag{class: number}
	}
	e := words.lookup(t.Key)
	if e.class == 0 && e.form == 0 {
		e = g.guess(i)
	}
	return tag{class: e.class, verb: e.verb, form: e.form}
}

func markOf(w string) mark {
	switch w {
	case ",", "，", "、":
		return comma
	case ":", "：":
		return colon
	case ";", "；":
		return semicolon
	case "-", "--", "—", "–", "―", "──":
		return dash
	case "(", "[", "（":
		return openBracket
	case ")", "]", "）":
		return closeBracket
	}
	return otherMark
}

// guess is the class of a word that the lexicon does not know, by its ending.
func (g *tagger) guess(i int) entry {
	w := g.doc.Word(i)
	switch n := len(w); {
	case n > 4 && strings.HasSuffix(w, "ly"):
		return entry{class: adverb}
	case strings.IndexByte(w, '-') > 0:
	case n > 4 && strings.HasSuffix(w, "ed"):
		return entry{class: verbForm, form: past | part}
	case n > 5 && strings.HasSuffix(w, "ing"):
		return entry{class: verbForm, form: ing}
	}
	return entry{}
}

// titleCase reports whether most of the longer words are capitalised, as in
// headlines.
func (g *tagger) titleCase(s sentence.Range) bool {
	capitals, words := 0, 0
	for i := s.Start; i < s.End; i++ {
		t := &g.doc.Tokens[i]
		if t.Kind != sentence.Word || g.tags[i].is(det|poss|prep|coord|be|modal) {
			continue
		}
		words++
		if t.Is(sentence.Capital) {
			capitals++
		}
	}
	return words >= 3 && capitals*4 >= words*3
}

// before is the index of the last token before i in the sentence that is not an
// adverb, or -1.
func (g *tagger) before(i, start int) int {
	for i--; i >= start; i-- {
		if t := &g.tags[i]; !t.is(adverb) || t.is(unit|subord|wh|prep|neg) {
			if t.is(neg) && !t.is(aux|det|subject|pronoun) {
				continue
			}
			return i
		}
	}
	return -1
}

var (
	keyThat = sentence.KeyOf("that")
	keyTo   = sentence.KeyOf("to")
	keyBy   = sentence.KeyOf("by")
	keyOf   = sentence.KeyOf("of")
	keyAs   = sentence.KeyOf("as")
	keyS    = sentence.KeyOf("'s")
)

func (g *tagger) key(i int) sentence.Key { return g.doc.Tokens[i].Key }

// resolve decides by the words around whether token i is a name or a verb here,
// and which of its forms fit.
func (g *tagger) resolve(i int, s sentence.Range) {
	t := &g.tags[i]
	tok := &g.doc.Tokens[i]
	switch {
	case tok.Kind == sentence.Clitic:
		g.clitic(i, s)
	case g.isName(i, s):
		*t = tag{class: name | t.class&(person|number|day|month|collective)}
	case t.form == 0 || t.is(aux):
		if tok.Is(sentence.Capital) && tok.Kind == sentence.Word && t.class&^(person|nominal|collective|known) == 0 {
			t.class |= name
		}
	default:
		g.verb(i, s)
	}
}

// isName reports whether the capitals of token i make it a name: inside a
// sentence, in abbreviations like US or WHO, and in words like Zaheed that only
// look like a verb.
func (g *tagger) isName(i int, s sentence.Range) bool {
	t, tok := &g.tags[i], &g.doc.Tokens[i]
	if !tok.Is(sentence.Capital) {
		return false
	}
	if !g.title && i != s.Start && !g.opens(i-1) && g.nameInside(i, s) {
		return true
	}
	if tok.Is(sentence.Upper) && t.is(object|pronoun|wh) {
		return !g.shouts(i, s)
	}
	if t.form == 0 || t.is(aux) || t.verb != 0 || g.title {
		return false
	}
	return i != s.Start || t.form&ing == 0 || g.pastAt(i+1, s)
}

// nameInside reports whether a capitalised word inside a sentence is a name.
func (g *tagger) nameInside(i int, s sentence.Range) bool {
	t := &g.tags[i]
	if t.is(det | prep | coord | aux) {
		return t.is(modal) && i+1 < s.End && g.doc.Tokens[i+1].Is(sentence.Capital) // Will Rogers
	}
	return t.form != 0 || !t.is(subject|pronoun|object|poss|subord|wh|day|month)
}

// verb keeps the forms of the verb at i that fit.
func (g *tagger) verb(i int, s sentence.Range) {
	t := &g.tags[i]
	t.form = g.fits(i, s)
	if t.form&(base|third) != 0 && nounLike[g.key(i)] && !g.afterSubject(i, s) {
		t.form &^= base | third
	}
	if t.form == 0 {
		t.class &^= verbForm
	}
}

// pastAt reports whether a known verb in the past stands at i.
func (g *tagger) pastAt(i int, s sentence.Range) bool {
	return i < s.End && g.tags[i].form&past != 0 && g.tags[i].verb != 0
}

// shouts reports whether the words around i are in capitals too.
func (g *tagger) shouts(i int, s sentence.Range) bool {
	for k := max(s.Start, i-2); k < min(s.End, i+3); k++ {
		if t := &g.doc.Tokens[k]; k != i && t.Kind == sentence.Word && t.End-t.Start > 3 && t.Is(sentence.Upper) {
			return true
		}
	}
	return false
}

// afterSubject reports whether what stands before i can only be followed by a
// verb, or is a name.
func (g *tagger) afterSubject(i int, s sentence.Range) bool {
	p := g.before(i, s.Start)
	return p >= s.Start && (g.key(p) == keyTo || g.tags[p].is(modal|do|subject|name|collective) || relatives[g.key(p)])
}

func (g *tagger) opens(i int) bool {
	m := g.tags[i].mark
	return m == quoteMark || m == colon || m == dash || m == openBracket || m == stop
}

// clitic decides whether 's is a possessive or a verb.
func (g *tagger) clitic(i int, s sentence.Range) {
	t := &g.tags[i]
	if g.key(i) != keyS {
		return
	}
	if i > s.Start && g.tags[i-1].is(subject|wh|pronoun) && !g.tags[i-1].is(name) {
		t.class = be
		return
	}
	if i+1 < s.End {
		n := &g.tags[i+1]
		if n.is(det|neg) && !n.is(adverb) || n.form&ing != 0 && n.is(verbForm) && n.verb != 0 && !n.is(nominal) {
			t.class = be
			return
		}
	}
	*t = tag{class: poss}
}

// fits are the forms of the verb at i that its left and right neighbours allow.
func (g *tagger) fits(i int, s sentence.Range) form {
	f := g.tags[i].form
	p := g.before(i, s.Start)
	if p < 0 {
		return f & (ing | past | part)
	}
	t := &g.tags[p]
	switch {
	case t.mark != noMark:
		return g.afterMark(i, f, t.mark, s)
	case g.key(p) == keyThat:
		return g.afterThat(i, f, s)
	case t.is(det) && !t.is(poss|aux|subject|wh):
		return g.afterDet(i, f, s)
	case t.is(coord):
		return g.afterCoord(i, f, s)
	}
	if allowed, known := afterClass(t, g.key(p)); known {
		return f & allowed
	}
	if t.form != 0 {
		if t.form&part != 0 && !g.tags[i].is(nominal) && !nounLike[g.key(i)] {
			return f
		}
		return f & (ing | part | past)
	}
	return g.afterNoun(i, p, f, s)
}

// anyForm allows all the forms of a verb.
const anyForm = base | third | past | part | ing

// afterClass are the forms that may follow a word of a closed class.
func afterClass(t *tag, k sentence.Key) (allowed form, known bool) {
	switch {
	case k == keyTo, t.is(modal | do):
		return base, true
	case t.is(have):
		return part, true
	case t.is(be):
		return part | ing, true
	case t.is(subject | wh):
		return anyForm &^ ing, true
	case t.is(poss):
		return 0, true
	case t.is(pronoun):
		return anyForm, true
	case t.is(subord) && !t.is(prep):
		return ing | past | part, true
	case t.is(subord):
		return ing | part, true
	case t.is(prep):
		return ing, true
	}
	return 0, false
}

func (g *tagger) afterMark(i int, f form, m mark, s sentence.Range) form {
	switch m {
	case otherMark:
		return f
	case quoteMark, closeBracket, dash:
		return f &^ base
	case comma:
		if f&(third|base) != 0 && !g.takesObject(i, s) {
			f &^= third | base
		}
		return f
	}
	return f & (ing | past | part)
}

// afterThat: "reports that say", but "said that claims were".
func (g *tagger) afterThat(i int, f form, s sentence.Range) form {
	if g.takesObject(i, s) {
		return f
	}
	return f & (ing | past | part)
}

// afterDet: "the claims" is a noun, "many say" is not.
func (g *tagger) afterDet(i int, f form, s sentence.Range) form {
	p := g.before(i, s.Start)
	if demonstrative[g.key(p)] && p == i-1 && f&(third|past) != 0 && !g.tags[i].is(nominal) && !nounLike[g.key(i)] {
		return f & (third | past)
	}
	if !pronounLike[g.key(p)] || p != i-1 && f&(ing) != 0 {
		return 0
	}
	if f&past != 0 || f&base != 0 && g.takesObject(i, s) {
		return f & (past | base)
	}
	return 0
}

// afterCoord asks a noun-like form for an object of its own.
func (g *tagger) afterCoord(i int, f form, s sentence.Range) form {
	if f&(third|base) != 0 && !g.takesObject(i, s) {
		f &^= third | base
	}
	return f
}

// afterNoun: past forms and participles follow a noun freely; "claims" needs a
// singular before and an object after, "claim" a plural.
func (g *tagger) afterNoun(i, p int, f form, s sentence.Range) form {
	out := f & (past | part | ing)
	if g.tags[i].is(known) {
		out &^= ing // a briefing, a hearing
	}
	if f&(third|base) == 0 {
		return out
	}
	sure := !g.tags[i].is(nominal) && !nounLike[g.key(i)]
	object := sure || g.takesObject(i, s)
	if object || i+1 < s.End && g.tags[i+1].mark != noMark && (g.tags[p].is(name) || g.tags[i+1].mark == stop && g.afterComma(p, s)) {
		out |= f & third // "Reuters reports."
	}
	if sure || object && g.plural(p) && !nounLike[g.key(i)] {
		out |= f & base
	}
	return out
}

// afterComma reports whether a comma stands shortly before p: "..., the warrant
// claims."
func (g *tagger) afterComma(p int, s sentence.Range) bool {
	for k := p; k >= s.Start && k > p-8; k-- {
		if g.tags[k].mark == comma {
			return true
		}
		if g.tags[k].mark != noMark || g.tags[k].form != 0 {
			return false
		}
	}
	return false
}

// plural reports whether the noun at p looks like a plural.
func (g *tagger) plural(p int) bool {
	w := g.doc.Word(p)
	if g.tags[p].is(collective) {
		return true
	}
	return len(w) > 3 && w[len(w)-1] == 's' && (w[len(w)-2] != 's' || g.tags[p].is(name))
}

// takesObject reports whether what follows i can be the verb's object or
// clause, and not the verb of a noun at i.
func (g *tagger) takesObject(i int, s sentence.Range) bool {
	if i+1 >= s.End {
		return false
	}
	n := &g.tags[i+1]
	switch {
	case n.mark == quoteMark, n.mark == colon:
		return true
	case n.mark != noMark:
		return false
	case g.key(i+1) == keyOf:
		return false
	case n.is(aux) && g.key(i+1) != keyS:
		return false
	case n.is(det | poss | subject | object | pronoun | wh | number | prep | name):
		return true
	case g.doc.Tokens[i+1].Is(sentence.Capital):
		return true
	case n.form&(past|third) != 0 && n.form&ing == 0:
		return false
	}
	return true
}

var demonstrative = keySet("this that these those")

// pronounLike are determiners that stand for people alone: "many say".
var pronounLike = keySet("some many others other all both most few several those another one each these neither none half")

// nounLike are words that are nouns as often as verbs and do not report as
// nouns.
var nounLike = keySet(`study studies poll polls survey surveys post posts tweet tweets release releases issue issues list lists show shows
	view views name names note notes record records market markets state states voice voices question questions plan plans
	look looks focus back favor favors ban bans talk talks vote votes push pushes challenge challenges reference references
	interest interests estimate estimates project projects forecast forecasts document documents test tests aid aids
	charge charges cast casts brand brands label labels pitch pitches host hosts fear fears hope hopes need needs
	sound sounds love hate respect trust value values mind minds sense senses dream dreams bet bets guess rule rules
	read reads laugh smile sigh nod grin shrug order orders command commands counsel press pressure lobby challenge
	offer offers attempt attempts resolve bar flag flags air table tables raise signal signals stress echo deal deals
	fire fires head heads hand hands help house interview interviews brief briefs detail details profile profiles address addresses
	force forces group groups cover covers book books campaign campaigns debate debates protest protests quiz query queries
	cause causes face faces lead leads place places point points power powers run runs set sets start starts step steps
	attack attacks hack hacks breach breaches leak leaks sanction sanctions raid raids threat threats probe probes
	stop stops support turn turns use uses work works rank ranks rate rates strike strikes march protests return returns
	target targets spotlight highlight highlights outline outlines preview hammer pan roast trash knock blast blasts slam rip`)

func keySet(ws string) map[sentence.Key]bool {
	set := map[sentence.Key]bool{}
	for _, w := range strings.Fields(ws) {
		set[sentence.KeyOf(w)] = true
	}
	return set
}
