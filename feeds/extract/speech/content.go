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
	intro, start := r.introduced(g), i
	inner := r.opensIntro(i)
	for ; i < r.s.End; i++ {
		if q := r.region(i); q >= 0 {
			i = r.regions[q].Last
			if i >= r.s.End {
				return i + 1
			}
			continue
		}
		if t := &r.tags[i]; t.is(coord) && (r.resumes(i, g, k) || r.key(start) == keyTo && r.nextPast(i, g)) || t.mark == comma && !inner && r.stopsClause(i, g, k, intro) {
			return i
		} else if t.mark == comma {
			inner = false
		}
	}
	return r.s.End
}

// opensIntro reports whether the content at i begins with a clause of its own:
// "that if he wins, she will".
func (r *reader) opensIntro(i int) bool {
	if r.key(i) == keyThat {
		i++
	}
	t := r.at1(i)
	return t.mark == noMark && (t.is(subord) && !t.is(prep|adverb) || introducing[r.key(i)])
}

// nextPast reports whether the conjunction at i joins a verb in the plain past
// of the cue to it and not to its infinitive: "vowed to stay and left".
func (r *reader) nextPast(i int, g *group) bool {
	j := r.groupFrom(i + 1)
	if j >= len(r.groups) || !g.finite || g.form&past == 0 {
		return false
	}
	h := &r.groups[j]
	return h.first == i+1 && h.finite && h.form&past != 0 && h.form&base == 0 && !r.hasAux(h)
}

// introduced reports whether the cue stands in a clause that "while" or "if"
// opens before any comma of the sentence: its content then ends where the main
// clause goes on.
func (r *reader) introduced(g *group) bool {
	if g.form&ing != 0 && !g.finite && (g.first == r.s.Start || g.first == r.s.Start+1 && r.tags[r.s.Start].is(prep)) {
		return true // "In explaining why ..., he"
	}
	intro := false
	for i := g.first - 1; i >= r.s.Start && i > g.first-reach; i-- {
		t := &r.tags[i]
		switch {
		case t.mark == comma, t.mark == dash, t.mark == semicolon, t.mark == colon:
			return false
		case introducing[r.key(i)]:
			intro = true
		}
	}
	return intro && g.first-r.s.Start < reach
}

var introducing = keySet("after before while although though when if because since once until")

// stopsClause reports whether a clause content ends before the comma i.
func (r *reader) stopsClause(i int, g *group, k int, intro bool) bool {
	n := i + 1
	if n >= r.s.End {
		return false
	}
	t := &r.tags[n]
	switch {
	case r.key(n) == keyAccording, r.key(n) == keyCompared:
		return true
	case r.key(n) == keyWith:
		return r.withSaying(n)
	case r.key(n) == keyBut:
		return !r.goesOn(n + 1)
	case t.is(coord):
		return r.resumes(n, g, k) || r.newCue(n+1, k) || r.sameSpeaker(n+1, g, k)
	case t.form&ing != 0:
		return r.reporting(n)
	case t.is(subord) && !t.is(prep) || introducing[r.key(n)]:
		return r.newCue(n+1, k)
	case intro:
		return t.is(subject|det|poss|name|pronoun) && !t.is(wh)
	case t.is(subject) && !t.is(wh):
		return true
	case r.relative(g.subject.Start) || r.key(g.subject.Start) == keyThat:
		return r.finiteAt(n, k)
	}
	return false
}

var (
	keyAccording = sentence.KeyOf("according")
	keyBut       = sentence.KeyOf("but")
	keyCompared  = sentence.KeyOf("compared")
)

// withSaying reports whether "with X saying" begins at i.
func (r *reader) withSaying(i int) bool {
	for k := i + 1; k < min(i+8, r.s.End); k++ {
		if t := &r.tags[k]; t.mark != noMark || t.form != 0 {
			return t.form&ing != 0 && r.reporting(k)
		}
	}
	return false
}

// goesOn reports whether what follows ", but" belongs to the clause before it:
// "but also", "but that", "but not".
func (r *reader) goesOn(i int) bool {
	return i < r.s.End && continuing[r.key(i)]
}

var continuing = keySet("also that not rather only to instead who which")

// newCue reports whether a subject and its verb of saying begin at i: ", and
// she added", ", while others said".
func (r *reader) newCue(i, k int) bool {
	for j := max(k+1, r.groupFrom(i)); j < len(r.groups); j++ {
		h := &r.groups[j]
		if h.first-i > newReach {
			return false
		}
		if h.finite && !h.shared && h.subject.Start == i && h.subject.Len() > 0 {
			return r.says(h.head) && !r.in(h.head)
		}
	}
	return false
}

// newReach is the number of tokens that the subject of a new cue may have.
const newReach = 24

// sameSpeaker reports whether a pronoun and a verb in the plain past of the cue
// begin at i: ", and he raised them again".
func (r *reader) sameSpeaker(i int, g *group, k int) bool {
	if i >= r.s.End || !r.tags[i].is(subject) || r.tags[i].is(wh) || g.form&past == 0 || r.hasAux(g) {
		return false
	}
	for j := max(k+1, r.groupFrom(i)); j < len(r.groups); j++ {
		if h := &r.groups[j]; h.first > i {
			return h.finite && h.form&past != 0 && !r.hasAux(h) && h.subject.Start == i
		}
	}
	return false
}

// finiteAt reports whether a finite verb group begins at i.
func (r *reader) finiteAt(i, k int) bool {
	for j := max(k+1, r.groupFrom(i)); j < len(r.groups); j++ {
		if h := &r.groups[j]; h.first >= i {
			return h.first == i && h.finite
		}
	}
	return false
}

// reporting reports whether the participle at i is one of saying: "saying",
// "adding", "calling".
func (r *reader) reporting(i int) bool {
	for _, s := range words.verbs[r.tags[i].verb].senses {
		if s.kind == Say || s.kind == Tell {
			return true
		}
	}
	return false
}

// reports reports whether the verb at i is one that reports.
func (r *reader) reports(i int) bool { return len(words.verbs[r.tags[i].verb].senses) > 0 }

// resumes reports whether the conjunction at i joins another verb to the cue g
// rather than to a verb of its content: "said X and added Y". A verb that
// reports, in the tense of the cue and without a subject of its own, does.
func (r *reader) resumes(i int, g *group, k int) bool {
	for j := max(k+1, r.groupFrom(i)); j < len(r.groups); j++ {
		h := &r.groups[j]
		if h.first <= i {
			continue
		}
		if h.first > i+1 {
			return false
		}
		if g.form == ing && !g.finite {
			return h.form&ing != 0 && !h.finite && r.reporting(h.head)
		}
		if g.finite && r.hasAux(g) && g.form&part != 0 && h.form&part != 0 && !r.hasAux(h) {
			return r.reporting(h.head) // "has called it a lie and accused"
		}
		if !g.finite || !h.finite || h.form&g.form&(past|third|base) == 0 || r.hasAux(h) != r.hasAux(g) {
			return false
		}
		return r.reports(h.head) && h.form&base == 0
	}
	return false
}

// nextVerb reports whether the conjunction at i joins another verb in the tense
// of the cue g, while no verb stands in the content from start on: "rejected the
// offer and left".
func (r *reader) nextVerb(i, start int, g *group) bool {
	j := r.groupFrom(start)
	if j >= len(r.groups) || !g.finite {
		return false
	}
	h := &r.groups[j]
	return h.first == i+1 && h.finite && h.form&g.form&past != 0 && r.hasAux(h) == r.hasAux(g)
}

// phraseEnd is the end of a noun content that begins at i.
func (r *reader) phraseEnd(i int, g *group, k int) int {
	start := i
	for ; i < r.s.End; i++ {
		if q := r.region(i); q >= 0 {
			i = r.regions[q].Last
			if i >= r.s.End || r.dayAfter(i+1) {
				return i + 1
			}
			continue
		}
		if i == start {
			continue
		}
		t := &r.tags[i]
		switch {
		case t.mark == comma:
			e := r.overComma(i)
			if e < 0 {
				return i
			}
			i = e - 1
		case t.mark == semicolon, t.mark == dash:
			return i
		case t.is(coord) && (r.key(i) == keyBut || r.resumes(i, g, k) || r.nextVerb(i, start, g) || i+1 < r.s.End && r.tags[i+1].is(subject) && !r.tags[i+1].is(wh)):
			return i
		case t.is(prep) && r.venue(i):
			return i
		}
	}
	return r.s.End
}

// dayAfter reports whether "on Monday" and nothing else stands from i to the
// sentence's end.
func (r *reader) dayAfter(i int) bool {
	if i < r.s.End && r.tags[i].is(prep) {
		i++
	}
	return i < r.s.End && r.tags[i].is(day) && (i+1 >= r.s.End || r.tags[i+1].mark == stop)
}

// overComma is where a noun phrase goes on after the comma at i, or -1 when it
// ends there: examples, a list, an apposition before "of" or "for".
func (r *reader) overComma(i int) int {
	n := i + 1
	if n >= r.s.End {
		return -1
	}
	if adding[r.key(n)] {
		return n
	}
	if i >= r.s.Start+2 && r.tags[i-2].is(det|poss) && r.tags[i-1].mark == noMark && !r.tags[i-1].is(name) && !r.tags[n].is(aux|prep|subject|wh|subord|det|poss|coord) && r.tags[n].mark == noMark && r.tags[n].form == 0 {
		return n // "a generous, patient man"
	}
	if e := r.asideEnd(i, min(r.s.End, i+40)); e > 0 && e+1 < r.s.End && r.tags[e].mark == comma && bound[r.key(e+1)] {
		return e + 1
	}
	if r.inList(n) {
		return n
	}
	return -1
}

var (
	adding = keySet("including especially particularly such like or not rather namely notably")
	bound  = keySet("of for as to from")
)

// inList reports whether the words from i are one item of a list that "and" or
// "or" closes.
func (r *reader) inList(i int) bool {
	for k := i; k < r.s.End && k < i+12; k++ {
		t := &r.tags[k]
		if t.mark == comma {
			if k+1 < r.s.End && (r.key(k+1) == keyAnd || r.key(k+1) == keyOr) {
				return k+2 < r.s.End && !r.tags[k+2].is(subject) && r.tags[k+2].form&(past|third) == 0
			}
			continue
		}
		if t.mark != noMark || t.form != 0 || t.is(aux|subject|wh|subord) && !t.is(prep) {
			return false
		}
		if k > i && r.key(k) == keyAnd {
			return !r.tags[k+1].is(subject) && r.tags[k+1].form&(past|third) == 0
		}
	}
	return false
}

var (
	keyAnd = sentence.KeyOf("and")
	keyOr  = sentence.KeyOf("or")
)

// venue reports whether the preposition at i begins words on where something
// was said: "in a speech", "at a rally".
func (r *reader) venue(i int) bool {
	for k := i + 1; k < min(i+6, r.s.End); k++ {
		t := &r.tags[k]
		if t.mark != noMark || t.form != 0 || t.is(aux|prep|coord) {
			return false
		}
		if venues[r.key(k)] || stages[r.key(k)] {
			return true
		}
	}
	return false
}

var stages = keySet("rally conference debate hearing event op-ed ad commercial appearance session ceremony dinner")
