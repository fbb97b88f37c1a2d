package speech

import "attribot/feeds/extract/sentence"

// accordingTo reads "according to X".
func (r *reader) accordingTo() {
	for i := r.s.Start; i+2 < r.s.End; i++ {
		if r.key(i) != keyAccording || r.key(i+1) != keyTo || r.in(i) {
			continue
		}
		e := r.nounRight(i+2, r.s.End, true)
		if e == i+2 {
			continue
		}
		f := found{source: sentence.Range{Start: i + 2, End: e}, cue: sentence.Range{Start: i, End: i + 2}, lemma: "according to", kind: AccordingTo, rule: "according-to"}
		if i == r.s.Start {
			f.content = append(f.content, sentence.Range{Start: e, End: r.s.End})
		} else {
			f.content = append(f.content, sentence.Range{Start: r.s.Start, End: i})
		}
		r.add(f)
	}
}

// colonReach is the number of tokens that a speaker before a colon may have.
const colonReach = 9

// colonCue reads "Kremlin: ..." at a paragraph's start.
func (r *reader) colonCue() {
	i := r.s.Start
	if i >= len(r.doc.Tokens) || !r.doc.Tokens[i].Is(sentence.Fresh) || r.in(i) || !r.doc.Tokens[i].Is(sentence.Capital) {
		return
	}
	for k := i; k < min(r.s.End, i+colonReach); k++ {
		t := &r.tags[k]
		if t.mark == colon {
			if k > i && k+3 < r.s.End && !labels[r.key(k-1)] && !(k == i+1 && r.doc.Tokens[i].End-r.doc.Tokens[i].Start == 1) && r.tags[k+1].mark == noMark && !r.tags[k+1].is(number) || k+1 < r.s.End && r.in(k+1) {
				r.addColon(i, k)
			}
			return
		}
		if t.mark != noMark && t.mark != otherMark && t.mark != quoteMark || t.form != 0 || t.is(aux) || t.mark == noMark && !r.doc.Tokens[k].Is(sentence.Capital) && !t.is(prep|coord|det|number|poss) {
			return
		}
	}
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

// carryOn gives quotations without a cue to the speaker before.
func (r *reader) carryOn() {}
