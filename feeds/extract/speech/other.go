package speech

import "attribot/feeds/extract/sentence"

// accordingTo reads "according to X, ..." and "..., according to X".
func (r *reader) accordingTo() {
	for i := r.s.Start; i+2 < r.s.End; i++ {
		if r.key(i) != keyAccording || r.key(i+1) != keyTo || r.in(i) {
			continue
		}
		e := r.sourceEnd(i + 2)
		if e == i+2 {
			continue
		}
		f := found{source: sentence.Range{Start: i + 2, End: e}, cue: sentence.Range{Start: i, End: i + 2}, lemma: "according to", kind: AccordingTo, rule: "according-to"}
		if r.leads(i) {
			if e+1 >= r.s.End {
				e = r.nounRight(i+2, r.s.End, false)
				f.source.End = e
			}
			f.content = r.afterSource(e)
		} else {
			f.content = []sentence.Range{{Start: r.aboutStart(i), End: i}}
			if k := r.goesOnAfter(i, e); k > 0 {
				f.content = append(f.content, sentence.Range{Start: k, End: r.s.End})
			}
		}
		r.add(f)
		i = e - 1
	}
}

// sourceEnd is the end of the source after "according to": the next comma,
// unless an apposition follows it.
func (r *reader) sourceEnd(i int) int {
	high := min(r.s.End, i+reach)
	for k := i; k < high; k++ {
		t := &r.tags[k]
		switch t.mark {
		case comma:
			return r.pastApposition(k, high)
		case stop, semicolon, dash, colon, closeBracket:
			return k
		case quoteMark:
			if r.in(k) {
				return k
			}
		case noMark:
			if k > i && t.is(aux) && !t.is(poss) && !r.hasThat(i, k) {
				return r.nounRight(i, high, false) // the comma is missing
			}
			if k > i && (t.is(subord) && !t.is(prep|adverb) || r.key(k) == keyThat) {
				return k
			}
		}
	}
	return high
}

// pastApposition is the end of the apposition with an article that follows the
// comma at k, or k.
func (r *reader) pastApposition(k, high int) int {
	e := r.asideEnd(k, high)
	if e <= 0 || !r.tags[k+1].is(det|number) {
		return k
	}
	if m := r.at1(e).mark; m == comma || m == stop {
		return e
	}
	return k
}

// leads reports whether "according to" at i opens its clause.
func (r *reader) leads(i int) bool {
	for k := i - 1; k >= r.s.Start; k-- {
		if t := &r.tags[k]; !t.is(coord|adverb) && t.mark != comma || i-k > 4 {
			return false
		}
	}
	return true
}

// afterSource is the content after "according to X,": a quotation in full, else
// the rest of the sentence.
func (r *reader) afterSource(e int) []sentence.Range {
	if e < r.s.End && r.tags[e].mark == comma {
		e++
	}
	if r.opensQuote(e) {
		if last := r.regions[r.region(e)].Last; last+1 >= r.s.End {
			return []sentence.Range{{Start: e, End: last + 1}}
		}
	}
	return []sentence.Range{{Start: e, End: r.s.End}}
}

// goesOnAfter is where the content goes on after ", according to X," in its
// middle; 0 when it does not.
func (r *reader) goesOnAfter(i, e int) int {
	if i <= r.s.Start || r.tags[i-1].mark != comma || e+3 >= r.s.End || r.tags[e].mark != comma {
		return 0
	}
	if t := &r.tags[e+1]; t.form&ing != 0 || t.is(coord|wh|subord) || t.mark != noMark {
		return 0
	}
	return e + 1
}

// aboutStart is where a content that ends before i begins: the quotation's
// start, the relative clause's, or the sentence's after its opening adverb.
func (r *reader) aboutStart(i int) int {
	end := i
	if end > r.s.Start && r.tags[end-1].mark == comma {
		end--
	}
	if r.closesQuote(end - 1) {
		if first := r.regions[r.region(end-1)].First; first <= r.s.Start {
			return first
		}
	}
	start := r.pastOpening(end)
	if end > start && r.relative(end-1) {
		return end - 1
	}
	for k := end - 1; k > start && k > end-reach; k-- {
		if r.tags[k].mark == comma && r.relative(k+1) && !r.in(k) {
			return k + 1
		}
	}
	return start
}

// pastOpening is the sentence's start after words like "But" and "However,".
func (r *reader) pastOpening(end int) int {
	start := r.s.Start
	for start+1 < end {
		t, n := &r.tags[start], &r.tags[start+1]
		if !t.is(coord) && (!t.is(adverb) || t.is(det|subord|number) || n.mark != comma && !n.is(adverb)) {
			break
		}
		start++
		if n.mark == comma {
			start++
		}
	}
	return start
}

// colonReach is the number of tokens that a speaker before a colon may have.
const colonReach = 9

// colonCue reads "Kremlin: ..." at a paragraph's start.
func (r *reader) colonCue() {
	i := r.s.Start
	if i >= len(r.doc.Tokens) || r.in(i) || !r.doc.Tokens[i].Is(sentence.Fresh|sentence.Capital) {
		return
	}
	for k := i; k < min(r.s.End, i+colonReach) && r.labels(k); k++ {
		if r.at1(k+1).mark == colon {
			if r.speakerColon(i, k+1) {
				r.addColon(i, k+1)
			}
			return
		}
	}
}

// labels reports whether the word at k can stand before a colon in a speaker's
// name or post.
func (r *reader) labels(k int) bool {
	t := &r.tags[k]
	if t.mark != noMark {
		return t.mark == otherMark || t.mark == quoteMark
	}
	return t.form == 0 && !t.is(aux) && (r.doc.Tokens[k].Is(sentence.Capital) || t.is(prep|coord|det|number|poss))
}

// speakerColon reports whether what stands from i before the colon at k speaks,
// and is no label like "Update" or "Q".
func (r *reader) speakerColon(i, k int) bool {
	if k+1 < r.s.End && r.in(k+1) {
		return true
	}
	letter := k == i+1 && r.doc.Tokens[i].End-r.doc.Tokens[i].Start == 1
	if k+3 >= r.s.End || labels[r.key(k-1)] || letter {
		return false
	}
	n := &r.tags[k+1]
	return n.mark == noMark && !n.is(number) && (!n.is(wh) || r.key(k+1) == keyThat)
}

// colonQuotes reads a name right before a colon and a quotation that no verb has
// taken: "A poor night – Ana Ruiz: “We lost.”"
func (r *reader) colonQuotes() {
	for k := r.s.Start + 1; k+1 < r.s.End; k++ {
		if r.tags[k].mark != colon || r.in(k) || !r.opensQuote(k+1) || r.used[r.region(k+1)] != 0 {
			continue
		}
		start := r.nounLeft(k, max(r.s.Start, k-colonReach))
		if start == k || !r.speaks(start, k) {
			continue
		}
		r.add(found{source: sentence.Range{Start: start, End: k}, cue: sentence.Range{Start: k, End: k + 1},
			content: []sentence.Range{{Start: k + 1, End: r.regions[r.region(k+1)].Last + 1}}, lemma: ":", kind: Colon, rule: "colon-quote"})
	}
}

// creditReach is the number of tokens that a credit after a dash may have.
const creditReach = 14

// dashCue reads the credit of a quotation on a line of its own: "- Jane Doe,
// mayor", after a quotation or a paragraph that is one.
func (r *reader) dashCue() {
	i := r.s.Start
	if i == 0 || r.tags[i].mark != dash || !r.in(i-1) || r.regions[r.region(i-1)].Last != i-1 || r.s.Len() > creditReach {
		return
	}
	q := &r.regions[r.region(i-1)]
	if !r.doc.Tokens[q.First].Is(sentence.Fresh) || r.used[r.region(i-1)] != 0 || !r.doc.Tokens[i].Is(sentence.Fresh) || i+1 >= r.s.End || !r.doc.Tokens[i+1].Is(sentence.Capital) {
		return
	}
	e := r.nounRight(i+1, r.s.End, true)
	if e == i+1 {
		return
	}
	r.add(found{source: sentence.Range{Start: i + 1, End: e}, cue: sentence.Range{Start: i, End: i + 1}, content: []sentence.Range{{Start: q.First, End: q.Last + 1}},
		lemma: "-", kind: Colon, rule: "credit"})
}

// labels are words before a colon that name no speaker.
var labels = keySet(`latest twitter facebook instagram correction byline update updates note notes read watch related see
	photo photos video videos breaking exclusive opinion analysis fact facts more bombshell abstract contact source sources by
	timeline tip poll review part chapter text week day edition location date time where when what who why how daily news
	here background summary headline title topic subject question answer example reminder warning alert daily bottom line`)

func (r *reader) addColon(i, k int) {
	end := r.doc.Paragraphs[r.doc.ParagraphAt(i)].End
	r.add(found{source: sentence.Range{Start: i, End: k}, cue: sentence.Range{Start: k, End: k + 1}, content: []sentence.Range{{Start: k + 1, End: end}},
		lemma: ":", kind: Colon, rule: "colon"})
}

// carryOn gives a paragraph that is one quotation without a cue to the speaker
// of the paragraph before, whose speech it goes on. Where nobody speaks there,
// it stands as a speech of its own without a source.
func (r *reader) carryOn() {
	last := r.lastByParagraph()
	for p := range r.doc.Paragraphs {
		i, end := r.doc.Paragraphs[p].Start, r.doc.Paragraphs[p].End
		if last[p] > 0 || !r.opensQuote(i) || r.used[r.region(i)] != 0 {
			continue
		}
		q := &r.regions[r.region(i)]
		if q.Last+1 < end && !r.silent(q.Last+1, end) {
			continue
		}
		part := sentence.Range{Start: i, End: q.Last + 1}
		if p == 0 || last[p-1] == 0 || !r.quotable(&r.found[last[p-1]-1]) {
			r.at = r.doc.SentenceAt(i)
			r.add(found{content: []sentence.Range{part}, lemma: "“", kind: Dropped, rule: "quote-alone"})
			continue
		}
		f := &r.found[last[p-1]-1]
		f.content = append(f.content, part)
		f.carried++
		r.used[r.region(i)] = last[p-1]
		last[p] = last[p-1]
	}
}

// quotable reports whether a quotation can go on with the speech f.
func (r *reader) quotable(f *found) bool {
	c := f.content[len(f.content)-1]
	return f.kind != Colon && (r.in(c.Start) || r.in(c.End-1))
}

// lastByParagraph lists, by paragraph, 1 + the index of the last speech of
// saying found there whose content is quoted.
func (r *reader) lastByParagraph() []int {
	last := make([]int, len(r.doc.Paragraphs))
	for k := range r.found {
		f := &r.found[k]
		if !f.kind.Communicates() {
			continue
		}
		at := f.cue.Start
		if f.cue.Len() == 0 {
			at = f.content[0].Start
		}
		last[r.doc.ParagraphAt(at)] = k + 1
		last[r.doc.ParagraphAt(f.content[len(f.content)-1].End-1)] = k + 1
	}
	return last
}
