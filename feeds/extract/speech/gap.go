package speech

import "attribot/feeds/extract/sentence"

// opensSentence reads "Said Smith: “...”".
func (c *cue) opensSentence() bool {
	r := c.r
	if c.g.first != r.s.Start || c.g.form&(past|third) == 0 || !r.says(c.g.head) {
		return false
	}
	c.end = c.g.head + 1
	if !c.invert() {
		return false
	}
	i := c.source.End
	if i+1 >= r.s.End || r.tags[i].mark != comma && r.tags[i].mark != colon || !r.opensQuote(i+1) {
		return false
	}
	c.sense = &c.v.senses[0]
	return c.take(i+1, "quote-after")
}

// gapped reads a cue inside a relative clause: "a deal that he said was dead".
func (c *cue) gapped() bool {
	r := c.r
	b, i := c.source.Start-1, c.g.head+1
	if c.source.Len() == 0 || c.g.shared || b < r.s.Start || i >= r.s.End || !r.relative(b) && r.key(b) != keyThat && !r.tags[b].is(wh) {
		return false
	}
	if k := c.k + 1; k >= len(r.groups) || r.groups[k].first != i || !r.groups[k].finite || !r.reports(c.g.head) {
		return false
	}
	c.sense, c.end, c.rule = &c.v.senses[0], i, "gapped"
	if c.sense.frames&(that|quoted|sayThat) == 0 {
		return false
	}
	c.content = append(c.content[:0], sentence.Range{Start: b, End: b + 1}, sentence.Range{Start: i, End: r.clauseEnd(i, c.g, c.k)})
	return true
}

// asClause reads "As X said, ..." and "..., as X put it".
func (c *cue) asClause() bool {
	r := c.r
	b := c.source.Start - 1
	if c.source.Len() == 0 || c.g.shared || b < r.s.Start || r.key(b) != keyAs {
		return false
	}
	c.sense, c.end, c.rule = &c.v.senses[0], c.g.head+1, "as-clause"
	if end, ok := c.particles(c.sense); ok {
		c.end = end // "as X put it"
	}
	if c.sense.frames&(that|quoted|sayThat) == 0 {
		return false
	}
	if b == r.s.Start || b == r.s.Start+1 && r.tags[r.s.Start].is(coord) {
		for i := c.end; i < r.s.End; i++ {
			if r.tags[i].mark == comma && i+1 < r.s.End {
				c.content = append(c.content[:0], sentence.Range{Start: i + 1, End: r.s.End})
				return true
			}
		}
		return false
	}
	if r.tags[b-1].mark != comma {
		return false
	}
	c.content = append(c.content[:0], sentence.Range{Start: r.contentStart(b), End: b})
	return true
}

// asSaying reads "was quoted as saying" and "quoted X as saying": X speaks, and
// who quotes passes it on.
func (c *cue) asSaying() bool {
	r := c.r
	if !quoting[c.v.lemma] || len(c.v.senses) == 0 {
		return false
	}
	i, who := c.g.head+1, c.g.subject
	if !c.g.passive {
		c.via = c.g.subject
		e := r.nounRight(i, r.s.End, true)
		who = sentence.Range{Start: i, End: e}
		i = e
	}
	if who.Len() <= 0 || i+1 >= r.s.End || r.key(i) != keyAs || r.tags[i+1].form&ing == 0 || !r.says(i+1) {
		return false
	}
	c.source, c.end, c.sense = who, i+2, &quotedSense
	c.takeSaying(i + 1)
	if !c.g.passive {
		c.end = c.g.head + 1
	}
	for _, k := range []int{i + 2, i + 3} {
		if k < r.s.End && r.tags[k].mark != comma && r.tags[k].mark != colon && !r.endsClause(k) {
			return c.take(k, "as-saying")
		}
	}
	return c.before(min(c.g.first, c.g.subject.Start) - 1)
}

// takeSaying makes the "saying" at i part of this cue, and no cue of its own.
func (c *cue) takeSaying(i int) {
	if j := c.r.groupFrom(i); j < len(c.r.groups) && c.r.groups[j].head == i {
		c.r.groups[j].taken = true
	}
}

// quotedSense is how "quoted as saying" reports.
var quotedSense = sense{lemma: "quote", kind: Say, frames: that | quoted}

var quoting = map[string]bool{"quote": true, "cite": true}
