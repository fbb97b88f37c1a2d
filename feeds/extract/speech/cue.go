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
	content []sentence.Range
	sense   *sense
	rule    string
}

func (c *cue) read() {
	c.source = c.g.subject
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
	c.content = append(c.content[:0], sentence.Range{Start: r.contentStart(b, c), End: b})
	return true
}

// closed reports whether a quotation, or a clause and a comma, ends right
// before the cue and its source, and nothing but a comma, a stop, or words on
// time and place follow: the content then stands before the cue.
func (c *cue) closed() bool {
	r := c.r
	first := c.g.first
	if c.source.Len() > 0 && !c.g.shared {
		first = min(first, c.source.Start)
	}
	p := first - 1
	if p < r.s.Start {
		return p >= 0 && first == r.s.Start && r.in(p) && r.used[r.region(p)] == 0 && c.ends()
	}
	if r.tags[p].mark == comma && p > r.s.Start {
		if r.tags[p-1].mark != quoteMark {
			if c.source.Len() > 0 && !c.g.shared {
				return c.ends()
			}
			return c.inverted()
		}
		p--
	}
	if r.tags[p].mark != quoteMark || !r.in(p) || r.regions[r.region(p)].Last != p {
		return false
	}
	return c.source.Len() == 0 || c.g.shared || !c.opensAfter() || c.ends()
}

// opensAfter reports whether a content can begin right after the cue.
func (c *cue) opensAfter() bool {
	r := c.r
	i := c.g.head + 1
	if i >= r.s.End {
		return false
	}
	t := &r.tags[i]
	return t.mark == colon || t.mark == quoteMark && r.in(i) || t.mark == noMark && (r.key(i) == keyThat || t.is(wh) && !t.is(subord) || r.key(i) == keyIf || t.is(subject)) || c.r.says(c.g.head) == false
}

// inverted reports whether a noun phrase and no verb follows the cue: ", said
// a spokesman."
func (c *cue) inverted() bool {
	r := c.r
	i := c.g.head + 1
	if i >= r.s.End || c.g.form&(past|third|base) == 0 || !r.says(c.g.head) {
		return false
	}
	e := r.nounRight(i, r.s.End, true)
	return e > i && (r.adjunctsEnd(e) || e < r.s.End && r.relative(e)) && (r.tags[i].is(det|poss) || r.speaks(i, e))
}

// ends reports whether nothing that could be the cue's content follows it but
// after a mark.
func (c *cue) ends() bool {
	r := c.r
	i := c.g.head + 1
	if i < r.s.End && r.key(i) == keyIt && c.v.lemma == "put" {
		i++
	}
	if i < r.s.End && c.source.Len() > 0 {
		i = c.hearerSkip(i)
	}
	return r.adjunctsEnd(i) || i < r.s.End && r.tags[i].mark == noMark && r.tags[i].is(coord) && c.source.Len() > 0
}

// adjunctsEnd reports whether nothing but words on time, place and manner
// stands from i on, up to a mark or another clause.
func (r *reader) adjunctsEnd(i int) bool {
	for i < r.s.End && r.tags[i].mark == noMark {
		t := &r.tags[i]
		switch {
		case r.key(i) == keyThat, t.is(wh) && !t.is(subord):
			return false
		case t.is(subord) && !t.is(prep|adverb), t.form&ing != 0:
			return true
		case t.is(prep), r.key(i) == keyTo && i+1 < r.s.End && r.tags[i+1].form&base == 0:
			i = max(i+1, r.nounRight(i+1, r.s.End, false))
		case t.is(day | adverb | unit | month | number):
			i++
		case t.is(det) && i+1 < r.s.End && r.tags[i+1].is(unit|day|adverb):
			i += 2
		default:
			return false
		}
	}
	if i >= r.s.End {
		return true
	}
	switch r.tags[i].mark {
	case comma, stop, dash, semicolon, closeBracket, openBracket:
		return true
	case quoteMark:
		return !r.in(i) || r.regions[r.region(i)].First != i
	}
	return false
}

// hearerSkip passes the hearer of a verb that names one: "he told reporters".
func (c *cue) hearerSkip(i int) int {
	for _, s := range c.v.senses {
		if s.frames&hearer != 0 && s.frames&quoted != 0 {
			return max(i, c.hearerEnd(i))
		}
	}
	return i
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
	i := c.g.head + 1
	for _, p := range s.particle {
		if i < c.r.s.End && c.r.tags[i].is(adverb) && c.r.key(i) != p {
			i++
		}
		if i >= c.r.s.End || c.r.key(i) != p {
			return 0, false
		}
		i++
	}
	if n := len(s.particle); n > 0 && s.particle[n-1] == keyTo && s.frames&toVerb == 0 && i < c.r.s.End && c.r.tags[i].form&base != 0 {
		return 0, false
	}
	return i, true
}

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
		t := &r.tags[i]
		switch {
		case t.mark == comma || t.mark == colon:
			if r.opensQuote(i + 1) {
				return i + 1
			}
		case t.mark == otherMark:
		case t.mark != noMark, t.is(subject | aux), r.key(i) == keyThat, t.form&(past|third) != 0 && t.form&ing == 0:
			return 0
		}
	}
	return 0
}

// skipAdjuncts passes words on time, place and manner between a cue and its
// content: "said on Monday that", "said in a statement: ".
func (c *cue) skipAdjuncts(i int) int {
	r := c.r
	start := i
	for i < r.s.End {
		t := &r.tags[i]
		switch {
		case t.is(number) && i > start && r.tags[i-1].is(month), t.is(day), t.is(unit) && i > start && r.tags[i-1].is(adverb|det|number), t.is(adverb) && !t.is(det|wh|subord|number|prep):
			i++
			continue
		case t.mark == comma && i > start && i+2 < r.s.End && r.tags[i+1].is(name) && r.tags[i+2].mark == comma:
			i += 3
			continue
		case t.is(det|number) && i+1 < r.s.End && r.tags[i+1].is(unit) && !(i+2 < r.s.End && (r.tags[i+2].is(aux) || r.tags[i+2].form != 0)):
			i += 2
			continue
		case t.is(prep) && i+1 < r.s.End && r.tags[i+1].is(day|month):
			i += 2
			continue
		case (t.is(prep) && !t.is(adverb) && r.key(i) != keyOf || r.key(i) == keyTo) && i+1 < r.s.End && r.tags[i+1].form&base == 0:
			e := r.nounRight(i+1, r.s.End, false)
			for e < r.s.End && r.tags[e].is(prep) && e-i < 24 {
				n := r.nounRight(e+1, r.s.End, false)
				if n <= e+1 {
					break
				}
				e = n
			}
			if e > i+1 && e < r.s.End && (r.tags[e].mark == comma || r.tags[e].mark == colon || r.tags[e].mark == quoteMark || r.key(e) == keyThat || r.tags[e].is(wh) || r.tags[e].is(subject) || r.key(e) == keyTo || r.tags[e].is(det) && r.tags[i+1].is(day)) {
				i = e
				continue
			}
		case t.mark == comma && r.asideThat(i) > 0:
			return r.asideThat(i)
		case t.mark == comma && i > start && i+1 < r.s.End && (r.key(i+1) == keyThat || r.tags[i+1].mark == quoteMark):
			return i + 1
		}
		break
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
	t := &r.tags[i]
	switch {
	case t.mark == colon || t.mark == comma:
		if i+1 < r.s.End && r.tags[i+1].mark == quoteMark && r.in(i+1) && s.frames&(quoted|that) != 0 {
			return c.take(i+1, "quote-after")
		}
		if t.mark == colon && s.frames&(quoted|that) != 0 {
			if i+1 < r.s.End {
				return c.take(i+1, "colon-after")
			}
			return c.next()
		}
		return false
	case t.mark == quoteMark && r.in(i):
		if s.frames&(quoted|that|noun) != 0 {
			return c.take(i, "quote-after")
		}
	case t.mark != noMark:
		return false
	case r.key(i) == keyThat && s.frames&(that|sayThat) != 0:
		return c.take(i, "that-clause")
	case s.frames&whWord != 0 && (t.is(wh) || r.key(i) == keyIf) && r.key(i) != keyThat:
		return c.take(i, "question")
	case r.key(i) == keyTo && s.frames&toVerb != 0 && i+1 < r.s.End && !r.tags[i+1].is(name|det|poss|subject|object|pronoun|prep|number) && r.tags[i+1].mark == noMark && (heard || s.frames&hearer == 0):
		return c.take(i, "infinitive")
	case s.frames&that != 0 && !c.unreal() && c.bare(i, s):
		return c.take(i, "bare-clause")
	}
	return false
}

var keyIf = sentence.KeyOf("if")

// bare reports whether a clause without that begins at i. A verb of saying
// needs a verb after a noun phrase; others, which also take plain objects, need
// the clause's subject right there.
func (c *cue) bare(i int, s *sense) bool {
	r := c.r
	t := &r.tags[i]
	if t.is(subject) && !t.is(wh) || c.v.lemma == "say" && t.mark == noMark && (!t.is(wh|prep|day|coord|aux) || introducing[r.key(i)] || r.key(i) == keyDespite) && t.form&^ing == 0 {
		return true
	}
	if t.is(wh) || t.is(prep) && !t.is(adverb|subord) && r.key(i) != keyOf || t.form&^ing != 0 || t.is(aux) || t.is(day) {
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
		if s.frames&quoted != 0 && s.frames&noun == 0 {
			if h.subject.Len() > 0 && (r.relative(h.subject.Start) || r.key(h.subject.Start) == keyThat) {
				continue
			}
			return h.subject.Len() == 0 || h.subject.Start <= i+3 || !r.hasThat(i, h.subject.Start) && (t.is(prep|subord) || !r.hasComma(i, h.subject.Start))
		}
		return !h.shared && h.subject.Start >= i && h.subject.Start <= i+3 && !r.relative(h.subject.Start) && r.key(h.subject.Start) != keyThat
	}
	return false
}

// unreal reports whether the cue is only wished or possible: "to criticize X",
// "would discuss X". A refusal ("would not confirm") is real.
func (c *cue) unreal() bool { return c.g.infinitive || c.g.modal && !c.g.negated }

// afterWhat reports whether the cue stands in "what X called Y".
func (c *cue) afterWhat() bool {
	b := c.source.Start - 1
	return c.source.Len() > 0 && !c.g.shared && b >= c.r.s.Start && c.r.key(b) == keyWhat
}

var keyIt = sentence.KeyOf("it")

var keyDespite = sentence.KeyOf("despite")

var keyWhat = sentence.KeyOf("what")

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

// nounContent reads a noun phrase or gerund as content.
func (c *cue) nounContent(s *sense, i int) bool {
	r := c.r
	if s.frames&noun == 0 || i >= r.s.End || c.unreal() || c.afterWhat() {
		return false
	}
	t := &r.tags[i]
	if t.mark != noMark && t.mark != quoteMark {
		return false
	}
	if t.is(prep|coord|subord|aux|day) && !t.is(det|pronoun|wh) || t.form&(past|third) != 0 && t.form&ing == 0 {
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
	i := c.end
	c.source = sentence.Range{}
	if i < r.s.End && r.key(i) == keyBy {
		e := r.nounRight(i+1, r.s.End, true)
		if e > i+1 {
			c.source = sentence.Range{Start: i + 1, End: e}
			i = e
		}
	}
	j := c.skipAdjuncts(i)
	if j < r.s.End && (r.key(j) == keyThat || r.tags[j].is(wh) || r.key(j) == keyIf) && s.frames&(that|sayThat|whWord) != 0 {
		return c.take(j, "passive-that")
	}
	if c.g.subject.Len() == 0 || c.g.modal {
		return false
	}
	c.rule = "passive"
	c.content = append(c.content[:0], c.g.subject)
	if i < r.s.End && (s.frames&believed != 0 && r.key(i) == keyTo || s.frames&charged != 0 && (r.key(i) == keyOf || r.key(i) == keyWith)) {
		c.content = append(c.content, sentence.Range{Start: i, End: r.clauseEnd(i, c.g, c.k)})
		return true
	}
	return c.source.Len() > 0 && s.frames&noun != 0
}

var keyWith = sentence.KeyOf("with")

// aside reads a cue without content at its right: the content stands before it,
// or before and after: "..., X said.", "“...,” X said. “...”"
func (c *cue) aside() bool {
	var s *sense
	for i := range c.v.senses {
		if c.v.senses[i].frames&quoted != 0 && len(c.v.senses[i].particle) == 0 {
			s = &c.v.senses[i]
			break
		}
	}
	if s == nil || c.g.infinitive || c.g.passive || c.source.Len() > 0 && c.r.relative(c.source.Start) {
		return false
	}
	c.sense, c.end = s, c.g.head+1
	first := c.g.first
	if c.source.Len() > 0 && !c.g.shared {
		first = c.source.Start
	}
	left := first - 1
	if c.source.Len() == 0 || c.g.shared || c.source.End != c.g.first && c.source.End > c.g.first {
		if !c.invert() {
			return false
		}
		left = c.g.first - 1
	}
	return c.before(left)
}

// invert takes the source after the cue: "said Smith".
func (c *cue) invert() bool {
	r := c.r
	e := r.nounRight(c.end, r.s.End, true)
	if e == c.end {
		return false
	}
	c.source = sentence.Range{Start: c.end, End: e}
	return true
}

// before takes the content that ends at token left: a comma or a closing mark.
func (c *cue) before(left int) bool {
	r := c.r
	c.rule = "before"
	if left < r.s.Start {
		return c.sentenceBefore()
	}
	t := &r.tags[left]
	end := left + 1
	switch {
	case t.mark == comma || t.mark == dash:
		if left-1 >= r.s.Start && r.tags[left-1].mark == quoteMark && r.in(left-1) {
			end = left
		}
	case t.mark == quoteMark && r.in(left):
	default:
		return false
	}
	if c.sense.frames&that == 0 && !r.in(end-1) {
		return false
	}
	start := r.s.Start
	if k := r.region(end - 1); k >= 0 && end-1 == r.regions[k].Last {
		if r.regions[k].First <= start || r.regions[k].Last-r.regions[k].First > 3 {
			start = min(start, r.regions[k].First)
			if q := r.regions[k].First; q > r.s.Start {
				start = r.contentStart(q, c)
				if m := r.tags[q-1].mark; m == colon || m == dash {
					start = q
				}
			}
		}
	} else {
		start = r.contentStart(end, c)
	}
	if next := max(c.end, c.source.End); !r.in(end-1) && !r.in(start) && !r.clausal(start, end) && !(next+2 < r.s.End && r.tags[next].mark == comma && r.tags[next+1].form&ing == 0 && !r.opensQuote(next+1)) && !(c.source.Start > c.g.head && !r.tags[start].is(prep|subord|coord)) {
		return false
	}
	if start >= end-1 {
		if start = r.s.Start; start >= end-1 || !r.tags[start].is(coord) {
			return false
		}
	}
	c.content = append(c.content[:0], sentence.Range{Start: start, End: end})
	c.after()
	return true
}

// clausal reports whether the tokens from start to end hold a clause of their
// own and are no mere introduction ("In a memo," "Asked about it,").
func (r *reader) clausal(start, end int) bool {
	if r.tags[start].is(coord) && end-start <= 2 {
		return true
	}
	t := &r.tags[start]
	intro := t.is(prep|subord) && !t.is(pronoun|det) || t.form&(ing|part) != 0 && !t.is(subject|pronoun)
	if !intro && end-start > 4 {
		return true
	}
	for k := r.groupFrom(start); k < len(r.groups); k++ {
		h := &r.groups[k]
		if h.first >= end {
			break
		}
		if h.first < start || !h.finite {
			continue
		}
		if !intro && (h.subject.Len() == 0 || !r.relative(h.subject.Start)) {
			return true
		}
		if intro && h.subject.Start > start && r.tags[h.subject.Start-1].mark == comma && !r.tags[h.subject.Start].is(wh) {
			return true
		}
	}
	return false
}

// contentStart is where a content that ends before end begins in the sentence.
func (r *reader) contentStart(end int, c *cue) int {
	start := r.s.Start
	for start < end && r.tags[start].is(coord) && !r.tags[start].is(name) {
		start++
	}
	return start
}

// sentenceBefore takes a quotation that ends the sentence before: "“...?” X
// asked."
func (c *cue) sentenceBefore() bool {
	r := c.r
	i := r.s.Start - 1
	if i < 0 || !r.in(i) || r.doc.Tokens[r.s.Start].Is(sentence.Fresh) {
		return false
	}
	k := r.region(i)
	if r.regions[k].Last != i || r.used[k] != 0 {
		return false
	}
	c.rule = "quote-before"
	c.content = append(c.content[:0], sentence.Range{Start: r.regions[k].First, End: i + 1})
	c.after()
	return true
}

// after adds what goes on after the cue and its source: the rest of a
// quotation, in this sentence or the next ones of the paragraph.
func (c *cue) after() {
	r := c.r
	i := max(c.end, c.source.End)
	if c.source.End <= c.g.first {
		i = c.hearerSkip(i)
	}
	direct := r.in(c.content[0].End-1) || r.in(c.content[0].Start)
	if i+1 < r.s.End && r.tags[i].mark == comma && !direct && !r.opensQuote(i+1) && r.tags[i+1].form&ing == 0 && !r.reporting(i+1) {
		c.content = append(c.content, sentence.Range{Start: i + 1, End: r.s.End})
		return
	}
	for k := i; k < r.s.End && k < i+reach; k++ {
		m := r.tags[k].mark
		if m != comma && m != colon && !(k == i && r.opensQuote(k)) {
			if m == noMark && r.tags[k].form != 0 && r.says(k) || m == quoteMark && r.in(k) {
				return
			}
			continue
		}
		if !r.opensQuote(k) {
			k++
		}
		if r.opensQuote(k) {
			c.content = append(c.content, sentence.Range{Start: k, End: r.regions[r.region(k)].Last + 1})
			return
		}
		k--
	}
	if direct {
		c.nextQuote()
	}
}

// nextQuote adds the quotation of the next sentence when it has no cue of its
// own: "“...,” X said. “...”"
func (c *cue) nextQuote() {
	r := c.r
	if r.at+1 >= len(r.doc.Sentences) {
		return
	}
	n := r.doc.Sentences[r.at+1]
	if r.doc.Tokens[n.Start].Is(sentence.Fresh) || !r.opensQuote(n.Start) {
		return
	}
	q := &r.regions[r.region(n.Start)]
	last := r.doc.Sentences[r.doc.SentenceAt(q.Last)]
	if q.Last+1 == last.End || r.silent(q.Last+1, last.End) {
		c.content = append(c.content, sentence.Range{Start: n.Start, End: last.End})
	}
}

// silent reports whether no verb of saying stands from i to end outside
// quotation marks.
func (r *reader) silent(i, end int) bool {
	if end-i > reach {
		return false
	}
	for ; i < end; i++ {
		if !r.in(i) && (r.tags[i].form != 0 && r.says(i) || r.key(i) == keyAccording) {
			return false
		}
	}
	return true
}

// opensQuote reports whether an outermost quotation of some words begins at i.
func (r *reader) opensQuote(i int) bool {
	if i >= len(r.tags) || r.tags[i].mark != quoteMark || !r.in(i) {
		return false
	}
	q := &r.regions[r.region(i)]
	return q.First == i && q.Last-i > 2
}

func (c *cue) emit() {
	r := c.r
	c.extend()
	if c.source.Len() == 0 && c.rule != "passive" && !r.whenAsked(c.g) && c.rule != "passive-that" && !c.g.infinitive && c.g.finite {
		return
	}
	r.add(found{source: c.source, cue: sentence.Range{Start: c.g.first, End: c.end}, content: append([]sentence.Range(nil), c.content...),
		lemma: c.sense.lemma, kind: c.sense.kind, negated: c.g.negated, rule: c.rule})
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
	if i+2 < r.s.End && r.tags[i].is(prep) {
		for k := i + 1; k < min(i+5, r.s.End); k++ {
			if r.tags[k].mark != noMark {
				break
			}
			if venues[r.key(k)] && c.free(i, k+1) && (k+1 >= r.s.End || !r.tags[k+1].is(prep) && r.doc.Tokens[k+1].Kind != sentence.Clitic) {
				return k + 1
			}
		}
	}
	if i < r.s.End && r.tags[i].is(day) && c.free(i, i+1) && !(i+1 < r.s.End && r.tags[i+1].is(unit)) {
		return i + 1
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
