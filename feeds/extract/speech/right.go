package speech

import "attribot/feeds/extract/sentence"

// right reads a content that follows the cue.
func (c *cue) right(s *sense) bool {
	r := c.r
	i := c.skipAdjuncts(c.end)
	if s.frames&hearer != 0 {
		if e := c.hearerEnd(i); e > i {
			if c.clause(s, c.skipAdjuncts(e), true) {
				if c.rule == "infinitive" && c.v.lemma != "tell" {
					c.content[0].Start = i // "urged [the allies to act]"
					c.rule = "urge"
				}
				return true
			}
		}
	}
	if c.clause(s, i, false) {
		return true
	}
	if q := c.quoteAhead(s); q > 0 {
		return c.take(q, "quote-after")
	}
	if i != c.end && c.nounContent(s, c.end) {
		return true
	}
	if c.nounContent(s, i) {
		return true
	}
	_ = r
	return false
}

// quoteAhead is where a quotation begins after a comma or colon that only words
// on place and manner part from the cue; 0 when there is none.
func (c *cue) quoteAhead(s *sense) int {
	r := c.r
	if s.frames&quoted == 0 || !r.says(c.g.head) {
		return 0
	}
	for i := c.end; i+1 < r.s.End && i < c.end+24; i++ {
		switch t := &r.tags[i]; t.mark {
		case comma, colon:
			if r.opensQuote(i + 1) {
				return i + 1
			}
		case noMark:
			if t.is(subject|aux) || r.key(i) == keyThat || t.form&(past|third) != 0 && t.form&ing == 0 {
				return 0
			}
		case otherMark:
		default:
			return 0
		}
	}
	return 0
}

// skipAdjuncts passes words on time, place and manner between a cue and its
// content: "said on Monday that", "said in a statement: ".
func (c *cue) skipAdjuncts(i int) int {
	r := c.r
	for start := i; i < r.s.End; {
		if r.tags[i].mark == comma {
			return c.skipComma(i, start)
		}
		n := r.timeEnd(i, start)
		if n == i && r.tags[i].is(prep) {
			n = r.placeEnd(i)
		}
		if n == i {
			break
		}
		i = n
	}
	return i
}

// skipComma goes on after a comma where the clause or quotation begins behind
// it, or the rest of a place name: "in Columbus, Ohio, that".
func (c *cue) skipComma(i, start int) int {
	r := c.r
	if i > start && r.at1(i+1).is(name) && r.at1(i+2).mark == comma {
		return c.skipAdjuncts(i + 3)
	}
	if k := r.asideThat(i); k > 0 {
		return k
	}
	if i > start && i+1 < r.s.End && (r.key(i+1) == keyThat || r.tags[i+1].mark == quoteMark) {
		return i + 1
	}
	return i
}

// timeEnd is the end of the word or words on time at i, or i. Words before start
// are not looked at.
func (r *reader) timeEnd(i, start int) int {
	t, n := &r.tags[i], r.at1(i+1)
	switch {
	case t.mark != noMark:
		return i
	case t.is(day), i > start && (t.is(number) && r.tags[i-1].is(month) || t.is(unit) && r.tags[i-1].is(adverb|det|number)):
		return i + 1
	case t.is(adverb) && !t.is(det|wh|subord|number|prep):
		return i + 1
	case t.is(det|number) && n.is(unit):
		if v := r.at1(i + 2); v.mark != noMark || !v.is(aux) && v.form == 0 {
			return i + 2
		}
	case t.is(det) && r.at1(i+2).is(unit) && sameDay[r.key(i+1)]:
		return i + 3 // "the same day"
	case t.is(prep) && n.is(day|month):
		return i + 2
	}
	return i
}

var sameDay = keySet("same next following previous other very")

// placeEnd is the end of the phrase that the preposition at i opens, when a
// content can begin behind it; else i.
func (r *reader) placeEnd(i int) int {
	t := &r.tags[i]
	if t.is(adverb) || r.key(i) == keyOf || i+1 >= r.s.End || r.tags[i+1].form&base != 0 {
		return i
	}
	e := r.nounRight(i+1, r.s.End, false)
	for e < r.s.End && r.tags[e].is(prep) && e-i < 24 {
		n := r.nounRight(e+1, r.s.End, false)
		if n <= e+1 {
			break
		}
		e = n
	}
	if e == i+1 || e >= r.s.End {
		return i
	}
	switch u := &r.tags[e]; {
	case u.mark == comma, u.mark == colon, u.mark == quoteMark, r.key(e) == keyThat, u.is(wh | subject), r.key(e) == keyTo:
		return e
	case u.is(det) && r.tags[i+1].is(day):
		return e
	}
	return i
}

// asideThat is where the clause begins after asides in commas: "said, among
// other things, that"; 0 when there is none.
func (r *reader) asideThat(i int) int {
	for k := i + 1; k < r.s.End && k < i+20; k++ {
		switch m := r.tags[k].mark; {
		case m == comma:
			if k+1 < r.s.End && k > i+1 && (r.key(k+1) == keyThat || r.opensQuote(k+1)) {
				return k + 1
			}
		case m != noMark, r.tags[k].is(subject), r.tags[k].is(aux):
			return 0
		}
	}
	return 0
}

// hearerEnd is the end of the hearer's noun phrase at i, or i.
func (c *cue) hearerEnd(i int) int {
	r := c.r
	if i >= r.s.End || r.tags[i].mark != noMark || r.key(i) == keyThat || r.tags[i].is(wh) {
		return i
	}
	e := r.nounRight(i, r.s.End, true)
	return e
}

// clause reads a that-clause, a bare clause, an indirect question, an
// infinitive or a quotation at i.
func (c *cue) clause(s *sense, i int, heard bool) bool {
	r := c.r
	if i >= r.s.End {
		return false
	}
	t, k := &r.tags[i], r.key(i)
	if t.mark != noMark {
		return c.marked(s, i)
	}
	switch {
	case k == keyThat && s.frames&(that|sayThat) != 0:
		return c.take(i, "that-clause")
	case s.frames&whWord != 0 && (t.is(wh) || k == keyIf) && k != keyThat:
		return c.take(i, "question")
	case k == keyTo && s.frames&toVerb != 0 && (heard || s.frames&hearer == 0) && r.verbAt(i+1):
		return c.take(i, "infinitive")
	case s.frames&that != 0 && !c.unreal() && c.bare(i, s):
		return c.take(i, "bare-clause")
	}
	return false
}

// verbAt reports whether the word at i can be a verb, known or not.
func (r *reader) verbAt(i int) bool {
	t := r.at1(i)
	return t.mark == noMark && !t.is(name|det|poss|subject|object|pronoun|prep|number)
}

// marked reads a content behind a comma, a colon or an opening quotation mark.
func (c *cue) marked(s *sense, i int) bool {
	r := c.r
	said := s.frames&(quoted|that) != 0
	switch m := r.tags[i].mark; {
	case m == quoteMark && r.in(i):
		return (said || s.frames&noun != 0) && c.take(i, "quote-after")
	case m != colon && m != comma || !said:
		return false
	case i+1 < r.s.End && r.tags[i+1].mark == quoteMark && r.in(i+1):
		return c.take(i+1, "quote-after")
	case m == comma:
		return false
	case i+1 < r.s.End:
		return c.take(i+1, "colon-after")
	}
	return c.next()
}

var keyIf = sentence.KeyOf("if")

// bare reports whether a clause without that begins at i. A verb of saying
// needs a verb after a noun phrase; others, which also take plain objects, need
// the clause's subject right there.
func (c *cue) bare(i int, s *sense) bool {
	r := c.r
	t := &r.tags[i]
	switch {
	case t.is(subject) && !t.is(wh), c.v.lemma == "say" && r.afterSay(i):
		return true
	case t.is(wh | aux | day), t.form&^ing != 0, t.is(prep) && !t.is(adverb|subord) && r.key(i) != keyOf:
		return false
	}
	for k := max(c.k+1, r.groupFrom(i)); k < len(r.groups); k++ {
		h := &r.groups[k]
		if h.first < i || !h.finite {
			continue
		}
		if h.first-i > reach || h.first == i {
			return false
		}
		inner := h.subject.Len() > 0 && (r.relative(h.subject.Start) || r.key(h.subject.Start) == keyThat)
		if s.frames&quoted == 0 || s.frames&noun != 0 {
			return !inner && !h.shared && h.subject.Start >= i && h.subject.Start <= i+3
		}
		if !inner {
			return r.opensClause(i, h)
		}
	}
	return false
}

// afterSay reports whether the word at i can begin what "say" reports, which
// takes no plain objects.
func (r *reader) afterSay(i int) bool {
	t := &r.tags[i]
	if t.form&^ing != 0 {
		return false
	}
	return !t.is(wh|prep|day|coord|aux) || introducing[r.key(i)] || r.key(i) == keyDespite
}

// opensClause reports whether the verb group h belongs to a clause that begins
// at i.
func (r *reader) opensClause(i int, h *group) bool {
	if h.subject.Len() == 0 || h.subject.Start <= i+3 {
		return true
	}
	return !r.hasThat(i, h.subject.Start) && (r.tags[i].is(prep|subord) || !r.hasComma(i, h.subject.Start))
}

var keyDespite = sentence.KeyOf("despite")

// hasComma reports whether a comma stands from i to end.
func (r *reader) hasComma(i, end int) bool {
	for ; i < end; i++ {
		if r.tags[i].mark == comma {
			return true
		}
	}
	return false
}

// hasThat reports whether a relative pronoun or "that" stands from i to end.
func (r *reader) hasThat(i, end int) bool {
	for ; i < end; i++ {
		if r.key(i) == keyThat || r.tags[i].is(wh) {
			return true
		}
	}
	return false
}

// take is the content from i to its end.
func (c *cue) take(i int, rule string) bool {
	c.rule = rule
	end := c.r.clauseEnd(i, c.g, c.k)
	if end <= i {
		return false
	}
	if i == c.end+1 && c.r.tags[c.end].mark == colon {
		c.end = i
	}
	c.content = append(c.content[:0], sentence.Range{Start: i, End: end})
	return true
}

// next takes the following sentence or quotation after "he said:".
func (c *cue) next() bool {
	r := c.r
	if r.at+1 >= len(r.doc.Sentences) {
		return false
	}
	n := r.doc.Sentences[r.at+1]
	c.rule = "colon-next"
	if r.tags[c.end].mark == colon {
		c.end++
	}
	if k := r.region(n.Start); k >= 0 {
		c.content = append(c.content[:0], sentence.Range{Start: n.Start, End: r.regions[k].Last + 1})
		return true
	}
	return false
}

// isStudy reports whether the source is a poll, a study or a report.
func (r *reader) isStudy(source sentence.Range) bool {
	for i := source.Start; i < source.End; i++ {
		if studies[r.key(i)] {
			return true
		}
	}
	return false
}

var studies = keySet("poll polls survey surveys study studies report reports paper analysis review investigation audit inquiry")

// nounContent reads a noun phrase or gerund as content.
func (c *cue) nounContent(s *sense, i int) bool {
	r := c.r
	if s.frames&noun == 0 && !(s.frames&studied != 0 && r.isStudy(c.source)) || i >= r.s.End || c.unreal() || c.afterWhat() {
		return false
	}
	t := &r.tags[i]
	if t.mark != noMark && t.mark != quoteMark {
		return false
	}
	if t.is(prep|coord|subord|aux|day) && !t.is(det|pronoun|wh) && (!t.is(aux) || t.form&ing == 0) || t.form&(past|third) != 0 && t.form&ing == 0 {
		return false
	}
	c.rule = "object"
	end := r.phraseEnd(i, c.g, c.k)
	if end <= i {
		return false
	}
	c.content = append(c.content[:0], sentence.Range{Start: i, End: end})
	return true
}

// passive reads "is expected to", "was asked about", "was accused by X of".
func (c *cue) passive(s *sense) bool {
	r := c.r
	i := c.byAgent()
	if j := c.skipAdjuncts(i); s.frames&(that|sayThat|whWord) != 0 && j < r.s.End && (r.key(j) == keyThat || r.tags[j].is(wh) || r.key(j) == keyIf) {
		return c.take(j, "passive-that")
	}
	if c.g.subject.Len() == 0 && c.source.Len() > 0 {
		return c.asReported(i)
	}
	if c.g.subject.Len() == 0 || c.g.modal {
		return false
	}
	c.rule = "passive"
	c.content = append(c.content[:0], c.g.subject)
	if i < r.s.End && s.follows(r.key(i)) {
		c.content = append(c.content, sentence.Range{Start: i, End: r.clauseEnd(i, c.g, c.k)})
		return true
	}
	return c.source.Len() > 0 && s.frames&noun != 0
}

// asReported reads "As reported by X, ..." and "..., as reported by X"; i is the
// end of X.
func (c *cue) asReported(i int) bool {
	r := c.r
	b := c.g.first - 1
	if b < r.s.Start || r.key(b) != keyAs {
		return false
	}
	c.rule = "as-clause"
	switch {
	case b == r.s.Start && r.at1(i).mark == comma && i+1 < r.s.End:
		c.content = append(c.content[:0], sentence.Range{Start: i + 1, End: r.s.End})
		return true
	case b > r.s.Start && r.tags[b-1].mark == comma:
		c.content = append(c.content[:0], sentence.Range{Start: r.contentStart(b), End: b})
		return true
	}
	return false
}

// byAgent takes "by X" after a passive as the source and returns its end.
func (c *cue) byAgent() int {
	r := c.r
	c.source = sentence.Range{}
	if c.end >= r.s.End || r.key(c.end) != keyBy {
		return c.end
	}
	e := r.nounRight(c.end+1, r.s.End, true)
	if e == c.end+1 {
		return c.end
	}
	c.source = sentence.Range{Start: c.end + 1, End: e}
	return e
}

// follows reports whether the rest of a passive's content may begin with the
// word: "believed to", "accused of".
func (s *sense) follows(k sentence.Key) bool {
	return s.frames&believed != 0 && k == keyTo || s.frames&charged != 0 && (k == keyOf || k == keyWith)
}

var keyWith = sentence.KeyOf("with")
