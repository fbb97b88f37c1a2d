package speech

import (
	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
)

func findRegions(doc *sentence.Document) []quote.Region { return quote.Find(doc) }

// citeReach is the number of tokens after a speech in which a further source may
// be cited.
const citeReach = 40

// cited reads ", citing Y" beside a speech of X: Y speaks, X passes it on. It
// returns the sources, outermost first, or none.
func (r *reader) cited(f *found) []sentence.Range {
	if !r.cites || !f.kind.Communicates() || f.source.Len() == 0 || f.kind == Nominal || isCiting(r.key(f.cue.End-1)) {
		return nil
	}
	var chain []sentence.Range
	r.s = r.doc.Sentences[f.sentence]
	first := max(f.source.Start, r.s.Start)
	for i := max(first, 1); i < min(r.s.End, first+2*citeReach); i++ {
		if !isCiting(r.key(i)) || r.in(i) || !r.besides(i, f) {
			continue
		}
		if e := r.citedEnd(i + 1); e > i+1 && r.speaks(i+1, e) {
			chain = append(chain, sentence.Range{Start: i + 1, End: e})
			i = e - 1
		}
	}
	return chain
}

// besides reports whether the "citing" at i follows a comma, a conjunction or
// the speech's source.
func (r *reader) besides(i int, f *found) bool {
	b := &r.tags[i-1]
	return b.mark == comma || b.is(coord) || r.key(i-1) == keyTo || i == f.source.End
}

// citedEnd is the end of the source cited from i on.
func (r *reader) citedEnd(i int) int {
	e := r.nounRight(i, r.s.End, false)
	for e < r.s.End && r.tags[e].is(prep) && tightOrIn(r.key(e)) {
		n := r.nounRight(e+1, r.s.End, false)
		if n <= e+1 {
			break
		}
		e = n
	}
	return e
}

func tightOrIn(k sentence.Key) bool { return tight[k] || k == keyIn }

var (
	keyIn      = sentence.KeyOf("in")
	keyCiting  = sentence.KeyOf("citing")
	keyQuoting = sentence.KeyOf("quoting")
)

func isCiting(k sentence.Key) bool { return k == keyCiting || k == keyQuoting }

// speaks reports whether a noun phrase can be a speaker: a name, or a word for
// people, papers and offices.
func (r *reader) speaks(i, end int) bool {
	for k := i; k < end; k++ {
		t := &r.tags[k]
		if t.is(person|collective) || crediting[r.key(k)] || speaking[r.key(k)] || k > i && r.tags[k].is(name) && !r.tags[i].is(poss) || k == i && t.is(name) && end-i <= 4 {
			return true
		}
		if t.is(prep) {
			return false
		}
	}
	return false
}

var speaking = keySet(`sources source report reports newspaper agency people person officials authorities statement document
	documents data diplomats insiders executives employees investigators researchers ministry embassy`)

// pass turns the chain of a speech into its source and those who pass it on.
func (r *reader) pass(f *found, s *Speech) {
	chain := r.cited(f)
	if len(chain) == 0 {
		return
	}
	s.Via = append(s.Via, s.Source)
	for _, c := range chain[:len(chain)-1] {
		s.Via = append(s.Via, r.doc.Span(c))
	}
	s.Source = r.doc.Span(chain[len(chain)-1])
}
