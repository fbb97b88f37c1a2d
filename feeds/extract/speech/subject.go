package speech

import "attribot/feeds/extract/sentence"

// reach bounds every look to the left or right, in tokens, so that reading is
// linear also in a sentence of a megabyte.
const reach = 64

// findSubject fills the subject of group k.
func (r *reader) findSubject(k int) {
	g := &r.groups[k]
	if g.first == r.s.Start || g.infinitive && r.chain(k) {
		return
	}
	low, p := max(r.s.Start, g.first-reach), g.first-1
	t := &r.tags[p]
	switch {
	case !g.finite && (g.infinitive || g.form&ing != 0 || g.form == part):
		r.dependent(k, p, low)
	case t.mark == comma, t.mark == dash, r.titleEnds(p):
		r.afterAside(k, p, low)
	case t.is(coord):
		r.coordinated(k, p)
	case t.mark == quoteMark && r.closesShort(p), t.mark == noMark, t.mark == closeBracket, t.mark == otherMark:
		r.besideVerb(k, low)
	}
}

// besideVerb takes the noun phrase right before the verb as its subject.
func (r *reader) besideVerb(k, low int) {
	g := &r.groups[k]
	end := r.beforeTime(g.first, low)
	if end < g.first && r.tags[end-1].mark == comma {
		r.afterAside(k, end-1, low) // "Beck, a host, on Friday said"
		return
	}
	start := r.nounLeft(end, low)
	if start == end && end < g.first {
		end = g.first
		start = r.nounLeft(end, low)
	}
	if start == end-1 && r.tags[start].is(day) {
		return
	}
	if start+3 < end && r.tags[start].is(det|number) && r.tags[start+1].is(unit) && agoWords[r.key(start+2)] {
		start += 3 // "A day earlier France said"
	}
	switch {
	case start < end:
		g.subject = sentence.Range{Start: start, End: end}
		if r.object(g) {
			g.form, g.finite, g.passive = part, false, true
		}
	case r.tags[g.first-1].form != 0:
		r.coordinated(k, g.first-1)
	}
}

// beforeTime is end without words on time before it ("Beck on Wednesday said")
// and without "both" or "each".
func (r *reader) beforeTime(end, low int) int {
	if end-2 > low && floating[r.key(end-1)] && (r.nounBefore(end-1) || r.tags[end-2].mark == comma) {
		return end - 1
	}
	if end-2 > low && r.tags[end-1].is(day|month) && r.tags[end-2].is(prep) {
		return end - 2
	}
	if end-2 > low && r.tags[end-1].is(unit) && r.tags[end-2].is(adverb) {
		return end - 2 // "last week"
	}
	if end-1 > low && r.tags[end-1].is(day) && !r.tags[end-2].is(det|poss|prep) {
		return end - 1
	}
	return end
}

// titleEnds reports whether the mark at p closes the title of a work or show
// that a comma inside its marks parts from what follows: "host of “Morning
// Joe,” said".
func (r *reader) titleEnds(p int) bool {
	if !r.closesQuote(p) || r.tags[p-1].mark != comma {
		return false
	}
	q := &r.regions[r.region(p)]
	if q.First <= r.s.Start || p-q.First > 7 || r.tags[q.First-1].mark != noMark {
		return false
	}
	for k := q.First + 1; k < p-1; k++ {
		if t := &r.tags[k]; t.mark != noMark || !r.doc.Tokens[k].Is(sentence.Capital) && !t.is(det|prep|coord) {
			return false
		}
	}
	return true
}

var agoWords = keySet("earlier later ago before after")

var floating = keySet("both each all")

// chain joins an infinitive to the verb that it goes on from: "went on to say",
// "continued to insist" are one cue.
func (r *reader) chain(k int) bool {
	if k == 0 {
		return false
	}
	g, h := &r.groups[k], &r.groups[k-1]
	if i := h.head + 1; i != g.first && (i+1 != g.first || r.key(i) != keyOn) || !chaining[words.verbs[r.tags[h.head].verb].lemma] {
		return false
	}
	g.first, g.subject, g.shared, g.finite, g.infinitive = h.first, h.subject, h.shared, h.finite, h.infinitive
	g.modal, g.negated = h.modal, h.negated || g.negated
	h.taken = true
	return true
}

var (
	keyOn    = sentence.KeyOf("on")
	chaining = map[string]bool{"go": true, "continue": true, "begin": true, "start": true, "proceed": true}
)

// dependent finds the subject of a participle or infinitive: that of the verb
// before it.
func (r *reader) dependent(k, p, low int) {
	g := &r.groups[k]
	if g.form == part {
		if start := r.nounLeft(g.first, low); start < g.first {
			g.subject = sentence.Range{Start: start, End: g.first}
		}
		return
	}
	if g.form&ing != 0 && !g.infinitive && r.tags[p].mark == noMark && !r.tags[p].is(prep|subord|coord|wh) && r.tags[p].form == 0 {
		if start := r.phraseLeft(g.first, low, false); start < g.first {
			g.subject = sentence.Range{Start: start, End: g.first}
			return
		}
	}
	if g.form&ing != 0 && !g.infinitive && (r.tags[p].mark == comma || r.tags[p].mark == dash) {
		r.mainSubject(k)
		return
	}
	r.coordinated(k, p)
}

// mainSubject takes the subject of the sentence's main verb, the first finite
// one that no subordinate clause holds: "..., saying".
func (r *reader) mainSubject(k int) {
	if k > 0 && r.besideCue(k) {
		return
	}
	for j := range k {
		h := &r.groups[j]
		if !h.finite || h.subject.Len() == 0 || r.in(h.head) != r.in(r.groups[k].head) || r.subordinate(h) {
			continue
		}
		r.groups[k].subject, r.groups[k].shared = h.subject, true
		return
	}
	g := &r.groups[k]
	if start := r.nounLeft(g.first-1, max(r.s.Start, g.first-reach)); start == r.s.Start && start < g.first-1 {
		g.subject, g.shared = sentence.Range{Start: start, End: g.first - 1}, true
	}
}

// besideCue takes the speaker of a cue that ends right before the participle's
// comma: "..., X reported, citing Y", "..., said X, adding Y".
func (r *reader) besideCue(k int) bool {
	g, h := &r.groups[k], &r.groups[k-1]
	p := g.first - 1
	if !h.finite || h.passive || !r.says(h.head) || r.in(h.head) != r.in(g.head) {
		return false
	}
	if h.subject.Len() > 0 && !h.shared && !r.hasComma(h.head, p) {
		g.subject, g.shared = h.subject, true
		return true
	}
	if h.subject.Len() > 0 && !h.shared {
		return false
	}
	if e := r.nounRight(h.head+1, r.s.End, false); e == p && e > h.head+1 {
		g.subject, g.shared = sentence.Range{Start: h.head + 1, End: e}, true
		return true
	}
	return false
}

// subordinate reports whether a group stands in a relative clause or one that
// "after" or "when" opens.
func (r *reader) subordinate(h *group) bool {
	t := &r.tags[h.subject.Start]
	if t.is(wh) || r.key(h.subject.Start) == keyThat {
		return true
	}
	if h.subject.Start == r.s.Start {
		return false
	}
	b := &r.tags[h.subject.Start-1]
	return b.is(subord|wh) && !b.is(name)
}

// coordinated takes the subject of an earlier verb of the sentence: the last
// one that reports, if its tense agrees, else the last finite one.
func (r *reader) coordinated(k, p int) {
	g := &r.groups[k]
	last := -1
	for j := k - 1; j >= 0 && j >= k-12; j-- {
		h := &r.groups[j]
		if h.subject.Len() == 0 || r.in(h.head) != r.in(g.head) {
			continue
		}
		if last < 0 && h.finite {
			last = j
		}
		if h.finite && !h.shared && len(words.verbs[r.tags[h.head].verb].senses) > 0 && (g.form&ing != 0 || h.form&g.form != 0 && r.hasAux(h) == r.hasAux(g)) {
			last = j
			break
		}
	}
	if last >= 0 {
		g.subject, g.shared = r.groups[last].subject, true
	}
}

func (r *reader) hasAux(g *group) bool {
	for i := g.first; i < g.head; i++ {
		if r.tags[i].is(aux) {
			return true
		}
	}
	return false
}

// closesShort reports whether the quotation mark at p closes a nickname or a
// name in quotation marks within a noun phrase.
func (r *reader) closesShort(p int) bool {
	k := r.region(p)
	return k >= 0 && r.regions[k].Last == p && p-r.regions[k].First <= 5 && r.regions[k].First > r.s.Start && r.tags[r.regions[k].First-1].mark == noMark && !r.tags[p-1].isMark()
}

func (t *tag) isMark() bool { return t.mark != noMark }

// afterAside finds the subject before an apposition, a relative clause or an
// adverbial in commas: "Smith, a spokesman, said", "Smith, however, said". It
// goes from comma to comma to the left as long as what they part is neither a
// clause nor an introduction.
func (r *reader) afterAside(k, p, low int) {
	g := &r.groups[k]
	all, n := r.asides(p, low)
	for h := n - 1; h >= 0; h-- {
		start := r.nounLeft(all[h].comma, low)
		if start >= all[h].comma || r.introduces(start) || !r.clauseAt(start) {
			continue // "According to the paper, Smith, a banker, said"
		}
		g.subject = sentence.Range{Start: start, End: all[h].comma}
		if all[h].keep {
			g.subject.End = p + 1
		}
		return
	}
	if n == 0 && r.spareComma(g, p, low) {
		return
	}
	if g.form&(past|third|base) != 0 {
		r.coordinated(k, p)
	}
}

// aside is what two commas part from a subject. It belongs to the source, as
// appositions do, or not.
type aside struct {
	comma int // the one before it
	keep  bool
}

// asides lists the asides that end with the mark at p, from the right.
func (r *reader) asides(p, low int) (all [8]aside, n int) {
	want, end, keep := r.tags[p].mark, p, false
	if want == quoteMark {
		want, end = comma, r.regions[r.region(p)].First
	}
	for n < len(all) {
		c := r.markLeft(end-1, low, want)
		if c < 0 {
			break
		}
		app := r.appositive(c+1, end) || n == 0 && r.tags[c+1].is(coord) && !r.hasFinite(c+1, end)
		if !app && (n > 0 || !r.adverbial(c+1)) {
			break
		}
		keep, end = keep || app, c
		all[n] = aside{end, keep}
		n++
	}
	return all, n
}

// spareComma takes a subject that a comma too many parts from its verb: "The
// firm, has said that".
func (r *reader) spareComma(g *group, p, low int) bool {
	if !r.says(g.head) || !r.hasAux(g) && (g.head+1 >= r.s.End || r.key(g.head+1) != keyThat) {
		return false
	}
	if start := r.nounLeft(p, low); start != r.s.Start || start == p {
		return false
	}
	g.subject = sentence.Range{Start: r.s.Start, End: p}
	return true
}

// clauseAt reports whether a clause can begin at i: after a mark, a conjunction
// or a verb that takes a clause.
func (r *reader) clauseAt(i int) bool {
	if i <= r.s.Start {
		return true
	}
	t := &r.tags[i-1]
	if t.is(coord) && t.mark == noMark {
		return !r.nounBefore(i-1) || r.doc.Tokens[i].Is(sentence.Capital)
	}
	return t.mark != noMark || t.is(wh|subord|adverb|day) || r.key(i-1) == keyThat || t.form != 0 && r.takesClause(t.verb)
}

// introduces reports whether the noun phrase at i is the object of a
// preposition that opens its clause: "In Paris, ...".
func (r *reader) introduces(i int) bool {
	if i <= r.s.Start || !r.tags[i-1].is(prep) || r.tags[i-1].mark != noMark {
		return false
	}
	return i-1 == r.s.Start || r.tags[i-2].mark == comma || r.key(i-2) == keyAccording
}

// markLeft is the last mark of the kind at or before i outside brackets and
// quotation marks, or -1 where a clause's end comes first.
func (r *reader) markLeft(i, low int, want mark) int {
	for ; i >= low; i-- {
		t := &r.tags[i]
		switch t.mark {
		case want:
			return i
		case quoteMark:
			k := r.region(i)
			if k < 0 {
				continue // the apostrophe of a plural
			}
			if r.regions[k].First < low || r.regions[k].Last != i || r.tags[i-1].isMark() {
				return -1
			}
			i = r.regions[k].First
		case semicolon, colon, stop:
			return -1
		case closeBracket:
			for i > low && r.tags[i].mark != openBracket {
				i--
			}
		}
	}
	return -1
}

// appositive reports whether the aside that begins at first says more of the
// noun before it.
func (r *reader) appositive(first, end int) bool {
	t := &r.tags[first]
	switch {
	case t.mark != noMark:
		return false
	case r.relative(first), nowThen[r.key(first)] && first+1 < end && !r.startsVerb(first+1) && r.tags[first+1].mark == noMark && !r.tags[first+1].is(prep):
		return true
	case t.is(subord|prep|adverb|coord|subject) && !t.is(number|det):
		return false
	case t.form != 0:
		return t.form&part != 0 && t.form&past == 0
	}
	for k := first; k < end; k++ {
		if r.relative(k) && k > first {
			end = k // "a delegate who is part of it"
		}
	}
	return !r.hasFinite(first, end)
}

var relatives = keySet("who which whose whom")

func (r *reader) relative(i int) bool { return relatives[r.key(i)] && !r.tags[i].is(name) }

// adverbial reports whether the aside at first tells when, where or how.
func (r *reader) adverbial(first int) bool {
	t := &r.tags[first]
	return t.mark == noMark && (t.is(adverb|prep|subord|day|unit) || t.form&ing != 0 || t.form&part != 0)
}

func (r *reader) hasFinite(i, end int) bool {
	for ; i < end; i++ {
		t := &r.tags[i]
		if t.is(aux) || t.form&(past|third) != 0 && t.form&part == 0 {
			return true
		}
	}
	return false
}
