package speech

import "attribot/feeds/extract/sentence"

// group is a verb with its auxiliaries and adverbs.
type group struct {
	first, head int
	form        form
	finite      bool
	infinitive  bool // to say
	passive     bool // was said
	negated     bool
	subject     sentence.Range
	shared      bool // the subject is taken from an earlier verb
	modal       bool // would say
	taken       bool // part of the next group: "went on" in "went on to say"
}

// findGroups fills the verb groups of the sentence, those in quotation marks
// too.
func (r *reader) findGroups() {
	for i := r.s.Start; i < r.s.End; i++ {
		t := &r.tags[i]
		if t.mark != noMark || t.form == 0 && !t.is(aux) || t.is(name) {
			continue
		}
		if t.is(aux) && (t.form == 0 || !r.mainAux(i)) {
			if !r.leadsToVerb(i) {
				r.groups = append(r.groups, r.group(i))
			}
			continue
		}
		if t.is(aux) && r.leadsToVerb(i) {
			continue
		}
		r.groups = append(r.groups, r.group(i))
	}
}

// mainAux reports whether an auxiliary's form is known ("had", "does").
func (r *reader) mainAux(i int) bool { return r.tags[i].verb != 0 }

// leadsToVerb reports whether a verb follows the auxiliary at i, so that it is
// part of that verb's group.
func (r *reader) leadsToVerb(i int) bool {
	for k := i + 1; k < r.s.End && k < i+6; k++ {
		t := &r.tags[k]
		if t.mark != noMark {
			return false
		}
		if t.is(aux) || t.form != 0 {
			return true
		}
		if !t.is(adverb|neg) || t.is(neg) && t.is(det) || notBefore[r.key(k)] {
			return false
		}
	}
	return false
}

func (r *reader) group(head int) group {
	g := group{first: head, head: head, form: r.tags[head].form}
	if g.form == 0 {
		g.form, g.finite = past, true
	}
	var seen class
scan:
	for j := head - 1; j >= r.s.Start; j-- {
		t := &r.tags[j]
		switch {
		case t.mark != noMark || r.in(j) != r.in(head):
			break scan
		case r.key(j) == keyTo && g.form&base != 0 && seen == 0:
			g.infinitive = true
			seen |= modal
		case t.is(aux) && !t.is(poss) && !g.infinitive:
			if seen == 0 && t.is(be) && g.form&part != 0 {
				g.passive = r.doc.Tokens[j].Kind != sentence.Clitic || !r.says(head)
			}
			seen |= t.class & aux
			g.negated = g.negated || t.is(neg)
		case t.is(neg) && !t.is(det|subject|pronoun|coord):
			g.negated = true
		case !r.isManner(j):
			break scan
		}
		g.first = j
	}
	r.settle(&g, seen)
	return g
}

// isManner reports whether the adverb at j can belong to the verb after it.
func (r *reader) isManner(j int) bool {
	t := &r.tags[j]
	if !t.is(adverb) || t.is(subord|prep|wh|unit|day|coord) || notBefore[r.key(j)] {
		return false
	}
	// "Kelly said": a capital at the start makes an unknown word a name
	return j != r.s.Start || t.class != adverb || !r.doc.Tokens[j].Is(sentence.Capital) || words.lookup(r.key(j)).class != 0
}

// notBefore are adverbs that belong to what stands before them.
var notBefore = keySet("ago here there elsewhere alone together apart away back indeed more less least most else instead online overnight early")

// settle tells finite verbs from participles.
func (r *reader) settle(g *group, seen class) {
	g.modal = seen&modal != 0 && !g.infinitive
	switch {
	case g.infinitive:
	case seen != 0:
		g.finite = true
	case g.form&(past|third|base) != 0:
		g.finite = true
		if g.form&past != 0 && g.form&part != 0 && r.reduced(g) {
			g.finite = false
			g.form = part
			g.passive = true
		}
	}
}

// reduced reports whether a form like "accused" is a participle after its noun:
// "the man accused of it", "a report released by the group".
func (r *reader) reduced(g *group) bool {
	next := g.head + 1
	return next < r.s.End && r.key(next) == keyBy
}

// object reports whether the subject found for group g is the object of a verb
// before it, so that a form like "called" is a participle: "formed a group
// called X".
func (r *reader) object(g *group) bool {
	b := g.subject.Start - 1
	if g.subject.Len() == 0 || b < r.s.Start || g.form&past == 0 || g.form&part == 0 || r.hasAux(g) {
		return false
	}
	t := &r.tags[b]
	return t.mark == noMark && t.form != 0 && !r.takesClause(t.verb)
}

// groupFrom is the index of the first verb group whose verb stands at or after
// token i.
func (r *reader) groupFrom(i int) int {
	lo, hi := 0, len(r.groups)
	for lo < hi {
		if mid := (lo + hi) / 2; r.groups[mid].head < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// says reports whether the verb at i is one of saying, so that "he's said" is
// a perfect and no passive.
func (r *reader) says(i int) bool {
	for _, s := range words.verbs[r.tags[i].verb].senses {
		if (s.kind == Say || s.kind == Tell) && s.frames&quoted != 0 {
			return true
		}
	}
	return false
}
