package speech

import "attribot/feeds/extract/sentence"

// clauseEnd is the end of a clause content that begins at i: the sentence's
// end, or an earlier place where the reporter goes on in another voice.
func (r *reader) clauseEnd(i int, g *group, k int) int {
	if q := r.region(i); q >= 0 && r.regions[q].First == i {
		last := r.regions[q].Last
		if last >= r.s.End-1 {
			return last + 1
		}
		i = last + 1
		if r.tags[i].mark != noMark {
			return i
		}
	}
	for ; i < r.s.End; i++ {
		if q := r.region(i); q >= 0 {
			i = r.regions[q].Last
			if i >= r.s.End {
				return i + 1
			}
			continue
		}
		if r.stopsClause(i, g, k) {
			return i
		}
	}
	return r.s.End
}

// stopsClause reports whether a clause content ends before token i.
func (r *reader) stopsClause(i int, g *group, k int) bool {
	if r.tags[i].is(coord) && r.resumes(i, g, k) {
		return true
	}
	if r.tags[i].mark != comma || i+1 >= r.s.End {
		return false
	}
	n := i + 1
	if r.tags[n].is(coord) && r.resumes(n, g, k) {
		return true
	}
	if r.key(n) == keyAccording || r.key(n) == keyBut {
		return true
	}
	return r.tags[n].form&ing != 0 && r.reports(n)
}

var (
	keyAccording = sentence.KeyOf("according")
	keyBut       = sentence.KeyOf("but")
)

// reports reports whether the verb at i is one that reports.
func (r *reader) reports(i int) bool { return len(words.verbs[r.tags[i].verb].senses) > 0 }

// phraseEnd is the end of a noun content that begins at i.
func (r *reader) phraseEnd(i int, g *group, k int) int {
	start := i
	for ; i < r.s.End; i++ {
		if q := r.region(i); q >= 0 {
			i = r.regions[q].Last
			if i >= r.s.End {
				return i + 1
			}
			continue
		}
		t := &r.tags[i]
		switch t.mark {
		case comma, semicolon, colon, dash:
			if i > start {
				return i
			}
		}
		if i > start && t.is(day) {
			if r.tags[i-1].is(prep) {
				return i - 1
			}
			return i
		}
		if i > start && r.key(i) == keyBut {
			return i
		}
	}
	return r.s.End
}

// resumes reports whether the conjunction at i joins another verb to the cue g
// rather than to a verb of its content: "said X and added Y". A verb that
// reports, in the tense of the cue and without a subject of its own, does.
func (r *reader) resumes(i int, g *group, k int) bool {
	if g.infinitive || !g.finite {
		return false
	}
	for j := k + 1; j < len(r.groups); j++ {
		h := &r.groups[j]
		if h.first <= i {
			continue
		}
		if h.first > i+1 || !h.finite || h.form&g.form&(past|third|base) == 0 || r.hasAux(h) != r.hasAux(g) {
			return false
		}
		return r.reports(h.head) && h.form&base == 0
	}
	return false
}
