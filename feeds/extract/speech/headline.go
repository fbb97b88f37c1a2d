package speech

import "attribot/feeds/extract/sentence"

// ReadHeadline lists the reported speech of a title that stands alone. Spans
// count bytes of the title. Headlines are read like text, and besides name
// their source after a mark at the end ("...: report", "... - FT") or before a
// colon at the start ("US: ...").
func ReadHeadline(title string) []Speech {
	doc := sentence.Split(title)
	if len(doc.Tokens) == 0 {
		return nil
	}
	r := newReader(doc, findRegions(doc))
	end := r.credit()
	for i := range doc.Sentences {
		if s := doc.Sentences[i]; s.Start < end {
			r.clip = end
			r.sentence(i)
		}
	}
	return r.finish()
}

// creditWords is the number of tokens that a headline's credit may have.
const creditWords = 5

// credit reads the credit at a headline's end and returns where it begins, or
// the headline's end when it has none.
func (r *reader) credit() int {
	n := len(r.doc.Tokens)
	for i := n - 2; i > 2 && i >= n-1-creditWords; i-- {
		m := r.tags[i].mark
		if m == colon || m == dash && r.doc.Tokens[i].Is(sentence.Spaced) && r.doc.Tokens[i+1].Is(sentence.Spaced) {
			if r.credits(i+1, n) && !r.in(i) {
				r.add(found{source: sentence.Range{Start: i + 1, End: n}, cue: sentence.Range{Start: i, End: i + 1},
					content: []sentence.Range{{Start: 0, End: i}}, lemma: r.doc.Word(i), kind: Headline, rule: "headline-credit"})
				return i
			}
			return n
		}
		if m == comma || m == stop || m == quoteMark {
			return n
		}
	}
	return n
}

// credits reports whether the tokens from i to end name a source: "report",
// "UN expert", "FT", and no clause.
func (r *reader) credits(i, end int) bool {
	names := 0
	for k := i; k < end; k++ {
		t := &r.tags[k]
		if t.mark != noMark && t.mark != otherMark || t.is(aux|subject|wh) || r.key(k) == keyThat {
			return false
		}
		if crediting[r.key(k)] || t.is(person) {
			return true
		}
		if t.form != 0 && !t.is(name) && !r.doc.Tokens[k].Is(sentence.Capital) {
			return false
		}
		if r.doc.Tokens[k].Is(sentence.Capital) && !t.is(day|month|prep|det) {
			names++
		}
	}
	return names > 0 && end-i <= 3 && !r.titleWords(i)
}

// titleWords reports whether the headline before i capitalises its words, so
// that a capital tells nothing.
func (r *reader) titleWords(i int) bool {
	capitals, all := 0, 0
	for k := 1; k < i; k++ {
		if r.doc.Tokens[k].Kind == sentence.Word && !r.tags[k].is(det|prep|coord|be) {
			all++
			if r.doc.Tokens[k].Is(sentence.Capital) {
				capitals++
			}
		}
	}
	return all > 2 && capitals*4 >= all*3
}

var crediting = keySet(`report reports study survey poll source sources officials official media police expert experts
	analyst analysts ministry minister government watchdog un spokesman spokeswoman spokesperson agency researchers ceo pm
	president fm state-media statement document documents filing lawyer prosecutors prosecutor court`)
