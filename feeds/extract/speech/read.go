package speech

import (
	"slices"
	"strings"

	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
	"attribot/feeds/statement"
)

// Read lists the reported speech of a document in text order, without the weak
// ones.
func Read(doc *sentence.Document) []Speech { return firm(ReadAll(doc)) }

// ReadAll lists the reported speech of a document in text order, with what is
// said inside other speeches.
func ReadAll(doc *sentence.Document) []Speech { return ReadQuoted(doc, quote.Find(doc)) }

// ReadQuoted is ReadAll for a document whose regions of quotation are known.
func ReadQuoted(doc *sentence.Document, regions []quote.Region) []Speech {
	r := newReader(doc, regions)
	for i := range doc.Sentences {
		r.sentence(i)
	}
	r.carryOn()
	return r.finish()
}

// firm drops the weak speeches; a parent that was dropped gives way to its own.
func firm(all []Speech) []Speech {
	index := make([]int, len(all))
	out := all[:0]
	for i := range all {
		s := all[i]
		if s.Parent >= 0 {
			s.Parent = index[s.Parent]
		}
		if s.Weak {
			index[i] = s.Parent
			continue
		}
		index[i] = len(out)
		out = append(out, s)
	}
	return out
}

// reader reads one document.
type reader struct {
	doc     *sentence.Document
	tags    []tag
	regions []quote.Region
	inside  []int32 // by token: 1 + the index of the outermost region that holds it, 0 = none
	found   []found
	groups  []group // the verb groups of the sentence in hand
	s       sentence.Range
	at      int   // index of the sentence in hand
	cites   bool  // "citing" stands somewhere
	clip    int   // where a headline's credit begins; 0 = nowhere
	used    []int // by region: 1 + index of the found speech that takes it
}

// found is a speech in tokens.
type found struct {
	source, cue sentence.Range
	via         sentence.Range // who passes it on, when the cue names him
	content     []sentence.Range
	lemma       string
	kind        CueKind
	negated     bool
	carried     int
	sentence    int
	rule        string
}

func newReader(doc *sentence.Document, regions []quote.Region) *reader {
	r := &reader{doc: doc, tags: tagAll(doc), regions: regions, inside: make([]int32, len(doc.Tokens)), used: make([]int, len(regions))}
	for i := range doc.Tokens {
		if k := doc.Tokens[i].Key; k == keyCiting || k == keyQuoting {
			r.cites = true
			break
		}
	}
	for k := range regions {
		if regions[k].Level > 0 || !regions[k].Closed && !regions[k].Joined && (k+1 >= len(regions) || !regions[k+1].Joined) {
			continue // a mark whose other half is missing says nothing
		}
		for i := regions[k].First; i <= regions[k].Last; i++ {
			r.inside[i] = int32(k + 1)
		}
	}
	return r
}

func (r *reader) key(i int) sentence.Key { return r.doc.Tokens[i].Key }

// region is the outermost region that holds token i, or -1.
func (r *reader) region(i int) int { return int(r.inside[i]) - 1 }

// in reports whether token i stands in quotation marks.
func (r *reader) in(i int) bool { return r.inside[i] != 0 }

func (r *reader) sentence(at int) {
	r.at, r.s = at, r.doc.Sentences[at]
	if r.clip > 0 {
		r.s.End = min(r.s.End, r.clip)
	}
	r.groups = r.groups[:0]
	r.findGroups()
	for g := range r.groups {
		r.findSubject(g)
	}
	for g := range r.groups {
		r.verbCue(g)
	}
	r.nounCues()
	r.accordingTo()
	r.colonCue()
	r.dashCue()
	r.colonQuotes()
}

func (r *reader) add(f found) {
	if len(f.content) == 0 {
		return
	}
	f.sentence = r.at
	r.found = append(r.found, f)
	for _, c := range f.content {
		for i := c.Start; i < c.End; i++ {
			k := r.region(i)
			if k < 0 {
				continue
			}
			if r.used[k] == 0 && r.regions[k].First >= c.Start {
				r.used[k] = len(r.found)
			}
			i = r.regions[k].Last
		}
	}
}

// finish turns what was found into speeches in text order.
func (r *reader) finish() []Speech {
	out := make([]Speech, 0, len(r.found))
	for k := range r.found {
		f := &r.found[k]
		s := Speech{Lemma: f.lemma, Kind: f.kind, Negated: f.negated, Carried: f.carried, Sentence: f.sentence, Rule: f.rule, Parent: -1, Weak: f.kind == Dropped || r.supposed(f)}
		s.Source, s.Cue = r.doc.Span(f.source), r.doc.Span(f.cue)
		for _, c := range f.content {
			if sp := r.trim(c); !sp.Empty() {
				s.Content = append(s.Content, sp)
			}
		}
		if len(s.Content) == 0 {
			continue
		}
		s.Type = r.quoteType(s.Content)
		if f.via.Len() > 0 {
			s.Via = append(s.Via, r.doc.Span(f.via))
		}
		r.pass(f, &s)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Speech) int {
		x, y := a.Span(), b.Span()
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	r.nest(out)
	return out
}

// supposed reports whether a belief stands after "if", "whether" or "how".
func (r *reader) supposed(f *found) bool {
	if f.kind != Belief && f.kind != Intent && f.kind != Perceive {
		return false
	}
	i := f.source.Start - 1
	return f.source.Len() > 0 && f.source.Start < f.cue.Start && i >= 0 && supposing[r.key(i)]
}

var supposing = keySet("if whether how what")

// trim drops marks at the ends of a content.
func (r *reader) trim(c sentence.Range) statement.Span {
	for c.Start < c.End {
		switch r.tags[c.Start].mark {
		case comma, stop, colon, semicolon, dash:
			c.Start++
			continue
		}
		break
	}
	for c.Start < c.End {
		m := r.tags[c.End-1].mark
		if m == comma || m == colon || m == semicolon || m == dash || m == openBracket || m == stop && !r.in(c.End-1) || m == closeBracket && !r.bracketed(c) {
			c.End--
			continue
		}
		break
	}
	sp := r.doc.Span(c)
	if c.Len() > 0 && r.doc.Tokens[c.End-1].Is(sentence.Abbrev) && r.endsSentence(c.End-1) {
		sp.End-- // "in the U.S." at a sentence's end
	}
	return sp
}

// endsSentence reports whether token i is the last of its sentence.
func (r *reader) endsSentence(i int) bool {
	return r.doc.Sentences[r.doc.SentenceAt(i)].End == i+1
}

// bracketed reports whether the bracket that closes c was opened inside it.
func (r *reader) bracketed(c sentence.Range) bool {
	for i := c.End - 2; i >= c.Start && i > c.End-reach; i-- {
		if r.tags[i].mark == openBracket {
			return true
		}
	}
	return false
}

// quoteType tells by the share of the content's letters in quotation marks.
func (r *reader) quoteType(content []statement.Span) statement.QuoteType {
	all, in := 0, 0
	for _, c := range content {
		for i := r.doc.TokenAt(c.Start); i < len(r.doc.Tokens) && r.doc.Tokens[i].Start < c.End; i++ {
			if k := r.doc.Tokens[i].Kind; k != sentence.Word && k != sentence.Number {
				continue
			}
			n := r.doc.Tokens[i].End - r.doc.Tokens[i].Start
			all += n
			if r.in(i) {
				in += n
			}
		}
	}
	switch {
	case in == 0:
		return statement.Indirect
	case in*10 >= all*9:
		return statement.Direct
	}
	return statement.Mixed
}

// nest finds for each speech the one in whose content it lies.
func (r *reader) nest(all []Speech) {
	var open []int
	for i := range all {
		s := &all[i]
		sp := s.Span()
		for len(open) > 0 && all[open[len(open)-1]].Span().End <= sp.Start {
			open = open[:len(open)-1]
		}
		mark := s.Cue
		if mark.Empty() {
			mark = sp
		}
		depth := 0
		for k := len(open) - 1; k >= 0 && k >= len(open)-8; k-- {
			if holds(&all[open[k]], mark) {
				if depth == 0 {
					s.Parent = open[k]
				}
				depth++
			}
		}
		if s.Parent >= 0 {
			s.Weak = s.Weak || depth > 1 || r.weakInside(s, &all[s.Parent])
			s.passOn(&all[s.Parent])
		}
		open = append(open, i)
	}
}

// clauses are the rules whose contents are what the outer speaker says, and no
// mere object of his.
var clauses = map[string]bool{"that-clause": true, "bare-clause": true, "before": true, "quote-after": true, "colon-after": true,
	"according-to": true, "as-clause": true, "colon": true, "headline-credit": true}

// passOn puts those who report the outer speech before those of the inner one.
func (s *Speech) passOn(parent *Speech) {
	if !clauses[parent.Rule] || parent.Source.Empty() || !parent.Kind.Communicates() || !s.Kind.Communicates() {
		return
	}
	via := make([]statement.Span, 0, len(parent.Via)+1+len(s.Via))
	via = append(append(via, parent.Via...), parent.Source)
	s.Via = append(via, s.Via...)
}

func holds(s *Speech, sp statement.Span) bool {
	for _, c := range s.Content {
		if c.Contains(sp) {
			return true
		}
	}
	return false
}

// weakInside reports whether a speech inside another seldom counts as one.
// Beliefs and nouns inside a report belong to it; what somebody says there
// counts when a comma parts it from the report's beginning, or when what holds
// it is no plain statement.
func (r *reader) weakInside(s, parent *Speech) bool {
	switch {
	case parent.Kind == AccordingTo, s.Kind == Belief, s.Kind == Intent, s.Kind == Perceive, s.Kind == Nominal:
		return true
	case s.Rule == "before", s.Rule == "according-to", s.Rule == "as-clause", s.Rule == "passive-that":
		return false
	case s.Rule == "urge", s.Rule == "gapped":
		return true
	case s.Lemma == "say" && (parent.Rule == "question" || r.parted(parent, s.Cue.Start)):
		return false
	}
	return s.Source.Empty() || holds(parent, s.Source)
}

// partedReach is the number of bytes in which a comma is looked for.
const partedReach = 2000

// parted reports whether a comma stands between the beginning of a content of
// the parent and at.
func (r *reader) parted(parent *Speech, at int) bool {
	for _, c := range parent.Content {
		if c.Start <= at && at < c.End {
			return strings.Contains(r.doc.Text[max(c.Start, at-partedReach):at], ", ")
		}
	}
	return false
}
