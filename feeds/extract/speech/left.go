package speech

import "attribot/feeds/extract/sentence"

// closed reports whether a quotation, or a clause and a comma, ends right
// before the cue and its source, and nothing but a comma, a stop, or words on
// time and place follow: the content then stands before the cue.
func (c *cue) closed() bool {
	r := c.r
	p := c.start() - 1
	switch {
	case p < 0, !c.g.finite && c.g.form&ing != 0:
		return false
	case p < r.s.Start:
		return r.in(p) && r.used[r.region(p)] == 0 && c.ends()
	case r.tags[p].mark == comma && p > r.s.Start && r.tags[p-1].mark != quoteMark:
		if c.owned() {
			return c.ends()
		}
		return c.inverted()
	case r.tags[p].mark == comma && p > r.s.Start:
		p--
	}
	return r.closesQuote(p) && !r.titleEnds(p) && (!c.owned() || !c.opensAfter() || c.ends())
}

// owned reports whether the cue has a source of its own.
func (c *cue) owned() bool { return c.source.Len() > 0 && !c.g.shared }

// start is the first token of the cue and its own source.
func (c *cue) start() int {
	if c.owned() {
		return min(c.g.first, c.source.Start)
	}
	return c.g.first
}

// opensAfter reports whether a content can begin right after the cue.
func (c *cue) opensAfter() bool {
	r := c.r
	i := c.g.head + 1
	if i >= r.s.End {
		return false
	}
	t := &r.tags[i]
	switch {
	case t.mark == colon, t.mark == quoteMark && r.in(i), !r.says(c.g.head):
		return true
	case t.mark != noMark:
		return false
	}
	return r.key(i) == keyThat || r.key(i) == keyIf || t.is(subject) || t.is(wh) && !t.is(subord)
}

// inverted reports whether a speaker and no verb follows the cue: ", said a
// spokesman."
func (c *cue) inverted() bool {
	r := c.r
	i := c.g.head + 1
	if i >= r.s.End || c.g.form&(past|third|base) == 0 || !r.says(c.g.head) {
		return false
	}
	e := r.nounRight(i, r.s.End, true)
	if e == i || !r.tags[i].is(det|poss) && !r.speaks(i, e) {
		return false
	}
	return r.adjunctsEnd(e) || e < r.s.End && r.relative(e)
}

// ends reports whether nothing that could be the cue's content follows it but
// after a mark.
func (c *cue) ends() bool {
	r := c.r
	i := c.g.head + 1
	if s := c.asideSense(); s != nil {
		i, _ = c.particles(s)
	}
	if i < r.s.End && c.source.Len() > 0 {
		i = c.hearerSkip(i)
		if r.at1(i).mark == noMark && r.at1(i).is(coord) {
			return true
		}
	}
	return r.adjunctsEnd(i)
}

// adjunctsEnd reports whether nothing but words on time, place and manner
// stands from i on, up to a mark or another clause.
func (r *reader) adjunctsEnd(i int) bool {
	for i < r.s.End && r.tags[i].mark == noMark {
		t := &r.tags[i]
		if r.key(i) == keyThat || t.is(wh) && !t.is(subord) {
			return false
		}
		if t.is(subord) && !t.is(prep|adverb) || t.form&ing != 0 {
			return true
		}
		n := r.adjunct(i)
		if n == i {
			return false
		}
		i = n
	}
	return i >= r.s.End || r.endsClause(i)
}

// adjunct is the end of the word or phrase on time, place or manner at i, or i.
func (r *reader) adjunct(i int) int {
	t := &r.tags[i]
	switch {
	case t.is(prep):
		if r.key(i) == keyTo && r.at1(i+1).form&base != 0 {
			return i
		}
		return max(i+1, r.nounRight(i+1, r.s.End, false))
	case t.is(day | adverb | unit | month | number):
		return i + 1
	case t.is(det) && r.at1(i+1).is(unit|day|adverb):
		return i + 2
	}
	return i
}

// at1 is the tag of token i, that of a stop outside the sentence.
func (r *reader) at1(i int) *tag {
	if i < r.s.Start || i >= r.s.End {
		return &outside
	}
	return &r.tags[i]
}

var outside = tag{mark: stop}

// endsClause reports whether the mark at i can end a clause.
func (r *reader) endsClause(i int) bool {
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

// asideSense is the sense in which the verb can follow what it reports, or nil.
func (c *cue) asideSense() *sense {
	for i := range c.v.senses {
		s := &c.v.senses[i]
		if s.frames&quoted == 0 || len(s.particle) > 0 && s.frames&that == 0 {
			continue
		}
		if _, ok := c.particles(s); ok {
			return s
		}
	}
	return nil
}

// aside reads a cue without content at its right: the content stands before it,
// or before and after: "..., X said.", "“...,” X said. “...”"
func (c *cue) aside() bool {
	s := c.asideSense()
	if s == nil || c.g.infinitive || c.g.passive || c.source.Len() > 0 && c.r.relative(c.source.Start) {
		return false
	}
	c.sense = s
	c.end, _ = c.particles(s)
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
	if e < r.s.End && r.relative(e) {
		e = max(e, r.nextMark(e, min(r.s.End, e+reach))) // "said a man who was there"
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
	end := left + 1
	switch m := r.tags[left].mark; {
	case m == comma || m == dash:
		if q := r.at1(left - 1); q.mark == quoteMark && r.in(left-1) {
			end = left
		}
	case m != quoteMark || !r.in(left):
		return false
	}
	if c.sense.frames&that == 0 && !r.in(end-1) {
		return false
	}
	start := c.beforeStart(end)
	if !r.in(end-1) && !r.in(start) && !r.clausal(start, end) && !c.fragment(start) {
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

// beforeStart is where a content that ends before end begins: at the start of
// the sentence, of a quotation that began before it, or of one after a colon.
func (c *cue) beforeStart(end int) int {
	r := c.r
	start := r.contentStart(end)
	if !r.closesQuote(end - 1) {
		return start
	}
	q := &r.regions[r.region(end-1)]
	switch m := r.at1(q.First - 1).mark; {
	case q.First <= r.s.Start:
		return q.First
	case q.Last-q.First <= 3:
		return r.s.Start
	case m == colon || m == dash:
		return q.First
	}
	return r.contentStart(q.First)
}

// fragment reports whether the words from start to the cue can be content
// without being a clause: the clause goes on after the cue, or the speaker
// stands behind the cue ("Russia behind attack, says X").
func (c *cue) fragment(start int) bool {
	r := c.r
	next := max(c.end, c.source.End)
	if next+2 < r.s.End && r.tags[next].mark == comma && r.tags[next+1].form&ing == 0 && !r.opensQuote(next+1) {
		return true
	}
	return c.source.Start > c.g.head && !r.tags[start].is(prep|subord|coord)
}

// closesQuote reports whether an outermost quotation ends with token i.
func (r *reader) closesQuote(i int) bool {
	return i >= 0 && r.tags[i].mark == quoteMark && r.in(i) && r.regions[r.region(i)].Last == i
}

// clausal reports whether the tokens from start to end hold a clause of their
// own and are no mere introduction ("In a memo," "Asked about it,").
func (r *reader) clausal(start, end int) bool {
	t := &r.tags[start]
	intro := t.is(prep|subord) && !t.is(pronoun|det) || t.form&(ing|part) != 0 && !t.is(subject|pronoun)
	if !intro && end-start > 4 || t.is(coord) && end-start <= 2 {
		return true
	}
	for k := r.groupFrom(start); k < len(r.groups) && r.groups[k].first < end; k++ {
		h := &r.groups[k]
		if h.first < start || !h.finite {
			continue
		}
		if !intro && (h.subject.Len() == 0 || !r.relative(h.subject.Start)) {
			return true
		}
		if t.form&ing != 0 && !r.hasComma(start, h.first) {
			return true // "Tracing it is hard, he said"
		}
		if intro && h.subject.Start > start && r.tags[h.subject.Start-1].mark == comma && !r.tags[h.subject.Start].is(wh) {
			return true
		}
	}
	return false
}

// contentStart is where a content that ends before end begins in the sentence.
func (r *reader) contentStart(end int) int {
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
	if k := r.resumesAfter(i); !direct && k > 0 {
		c.content = append(c.content, sentence.Range{Start: k, End: r.s.End})
		return
	}
	if k := r.quoteAfter(i); k > 0 {
		c.content = append(c.content, sentence.Range{Start: k, End: r.regions[r.region(k)].Last + 1})
	} else if direct && !r.quotes(i) {
		c.nextQuote()
	}
}

// resumesAfter is where a clause goes on after the cue and its source, behind a
// comma or semicolon: "The port, he said, is open"; 0 when none does.
func (r *reader) resumesAfter(i int) int {
	k := i
	for k < r.s.End && r.tags[k].mark == noMark {
		n := r.adjunct(k)
		if n == k {
			return 0
		}
		k = n
	}
	if k+1 >= r.s.End || r.opensQuote(k+1) || r.reporting(k+1) {
		return 0
	}
	switch m := r.tags[k].mark; {
	case m == semicolon, m == comma && k == i, m == comma && r.key(k+1) == keyAnd, m == comma && r.key(k+1) == keyBecause:
		return k + 1
	}
	return 0
}

var keyBecause = sentence.KeyOf("because")

// quoteAfter is where a quotation goes on after the cue, at i or behind a comma
// or colon with no other verb of saying between; 0 when none does.
func (r *reader) quoteAfter(i int) int {
	for k := i; k < r.s.End && k < i+reach; k++ {
		switch t := &r.tags[k]; t.mark {
		case comma, colon:
			if r.opensQuote(k + 1) {
				return k + 1
			}
		case quoteMark:
			if k == i && r.opensQuote(k) {
				return k
			}
			if r.in(k) {
				return 0
			}
		case noMark:
			if t.form != 0 && r.says(k) {
				return 0
			}
		}
	}
	return 0
}

// quotes reports whether another quotation than a title begins between i and
// the sentence's end.
func (r *reader) quotes(i int) bool {
	for ; i < r.s.End; i++ {
		if !r.opensQuote(i) {
			continue
		}
		last := r.regions[r.region(i)].Last
		for k := i + 1; k < last; k++ {
			if t := &r.tags[k]; t.mark == noMark && !r.doc.Tokens[k].Is(sentence.Capital) && !t.is(det|prep|coord) {
				return true
			}
		}
		i = last
	}
	return false
}

// nextQuote adds the quotation of the next sentence when it has no cue of its
// own: "“...,” X said. “...”"
func (c *cue) nextQuote() {
	r := c.r
	if r.at+1 >= len(r.doc.Sentences) {
		return
	}
	n := r.doc.Sentences[r.at+1]
	first := n.Start
	for first < n.End && first < n.Start+4 && !r.opensQuote(first) {
		first++ // "Then, “I tried again”"
	}
	if r.doc.Tokens[n.Start].Is(sentence.Fresh) || !r.opensQuote(first) {
		return
	}
	q := &r.regions[r.region(first)]
	last := r.doc.Sentences[r.doc.SentenceAt(q.Last)]
	if r.silent(n.Start, first) && (q.Last+1 == last.End || first == n.Start && r.silent(q.Last+1, last.End)) {
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
