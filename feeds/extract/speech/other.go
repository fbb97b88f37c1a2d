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

// colonCue reads "Kremlin: ..." at a paragraph's start.
func (r *reader) colonCue() {
}

// carryOn gives quotations without a cue to the speaker before.
func (r *reader) carryOn() {}
