package speech

import "attribot/feeds/extract/sentence"

// verbCue reads the speech that the verb group k reports, if it reports one.
func (r *reader) verbCue(k int) {
	g := &r.groups[k]
	if r.in(g.head) || r.tags[g.head].verb == 0 || g.taken {
		return
	}
	v := &words.verbs[r.tags[g.head].verb]
	if len(v.senses) == 0 {
		return
	}
	c := cue{r: r, g: g, k: k, v: v}
	c.read()
}

// cue is one verb cue being read.
type cue struct {
	r       *reader
	g       *group
	k       int
	v       *verb
	end     int // after the cue's words
	at      int // where the content may begin
	source  sentence.Range
	via     sentence.Range // who quotes the source
	content []sentence.Range
	sense   *sense
	rule    string
}

func (c *cue) read() {
	c.source = c.g.subject
	if c.asSaying() {
		c.emit()
		return
	}
	c.source, c.via = c.g.subject, sentence.Range{}
	if c.closed() && c.aside() {
		c.emit()
		return
	}
	for i := range c.v.senses {
		s := &c.v.senses[i]
		if c.fits(s) {
			c.sense = s
			c.emit()
			return
		}
	}
	if c.opensSentence() {
		c.emit()
		return
	}
	if c.gapped() || c.ends() && (c.asClause() || c.aside()) {
		c.emit()
	}
}

// fits tries one sense: its particles must follow, and a content of one of its
// frames.
func (c *cue) fits(s *sense) bool {
	end, ok := c.particles(s)
	if !ok {
		return false
	}
	c.end, c.at, c.content = end, end, nil
	if c.g.passive {
		return c.passive(s)
	}
	return c.right(s)
}

func (c *cue) particles(s *sense) (int, bool) {
	r := c.r
	i := c.g.head + 1
	if len(s.particle) == 0 {
		return i, true
	}
	for _, p := range s.particle {
		if i < r.s.End && r.key(i) != p {
			i = r.timeEnd(i, i) // "spoke on Wednesday of"
		}
		if i >= r.s.End || r.key(i) != p {
			return 0, false
		}
		i++
	}
	last, next := s.particle[len(s.particle)-1], r.at1(i)
	switch {
	case next.mark != noMark:
	case last == keyTo && s.frames&toVerb == 0 && next.form&base != 0:
		return 0, false // "agreed to meet" is no agreement to a thing
	case next.is(day|month) || r.key(i) == keyThat:
		return i, s.frames&that != 0 && !next.is(day|month) // "reported on Monday"
	}
	return i, true
}

// unreal reports whether the cue is only wished or possible: "to criticize X",
// "would discuss X". A refusal ("would not confirm") is real.
func (c *cue) unreal() bool { return c.g.infinitive || c.g.modal && !c.g.negated }

// afterWhat reports whether the cue stands in "what X called Y".
func (c *cue) afterWhat() bool {
	b := c.source.Start - 1
	return c.source.Len() > 0 && !c.g.shared && b >= c.r.s.Start && c.r.key(b) == keyWhat
}

var keyWhat = sentence.KeyOf("what")

func (c *cue) emit() {
	r := c.r
	c.extend()
	if c.source.Len() == 0 && c.rule != "passive" && !r.whenAsked(c.g) && c.rule != "passive-that" && !c.g.infinitive && c.g.finite {
		return
	}
	r.add(found{source: c.source, cue: sentence.Range{Start: c.g.first, End: c.end}, content: append([]sentence.Range(nil), c.content...),
		via: c.via, lemma: c.sense.lemma, kind: c.kind(), negated: c.g.negated, rule: c.rule})
}

// kind is the kind of the cue: that of its verb, but a verb of saying in the
// passive is of a kind of its own.
func (c *cue) kind() CueKind {
	if k := c.sense.kind; !c.g.passive || k != Say && k != Tell {
		return k
	}
	return Passive
}

// whenAsked reports whether the group is a participle after "when" or "if", or
// opens the sentence.
func (r *reader) whenAsked(g *group) bool {
	if g.first == r.s.Start && g.form&part != 0 && !r.hasAux(g) {
		return true // "Asked whether"
	}
	return g.first > r.s.Start && g.form&part != 0 && r.tags[g.first-1].is(subord) && r.tags[g.first-1].mark == noMark
}

// extend takes "in a statement", "on Twitter" or the day right after the verb
// of a cue into the cue, and "went on" or "issued a statement" before it.
func (c *cue) extend() {
	r := c.r
	if !c.g.infinitive && c.end == c.g.head+1 && r.says(c.g.head) {
		c.end = c.venueEnd(c.end)
	}
}

// venueEnd is the end of the words on venue at i, or i. They count when the
// content does not begin inside them.
func (c *cue) venueEnd(i int) int {
	r := c.r
	if r.at1(i).is(day) && c.free(i, i+1) && !r.at1(i+1).is(unit) {
		return i + 1
	}
	if !r.at1(i).is(prep) {
		return i
	}
	for k := i + 1; k < min(i+5, r.s.End) && r.tags[k].mark == noMark; k++ {
		next := r.at1(k + 1)
		if venues[r.key(k)] && c.free(i, k+1) && (next.mark != noMark || !next.is(prep) && r.doc.Tokens[k+1].Kind != sentence.Clitic) {
			return k + 1
		}
	}
	return i
}

// free reports whether the tokens from i to end lie in no content or source.
func (c *cue) free(i, end int) bool {
	if c.source.Start < end && i < c.source.End {
		return false
	}
	for _, k := range c.content {
		if k.Start < end && i < k.End {
			return false
		}
	}
	return true
}

var venues = keySet("statement interview tweet email e-mail letter speech post release twitter facebook interviews remarks report memo briefing")
