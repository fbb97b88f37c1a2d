package speech

import "attribot/feeds/extract/sentence"

// nounLeft is the start of the noun phrase that ends before end, or end when
// none does.
func (r *reader) nounLeft(end, low int) int { return r.phraseLeft(end, low, true) }

// phraseLeft is nounLeft; with clauses false the phrase holds no relative clause.
func (r *reader) phraseLeft(end, low int, clauses bool) int {
	i := end - 1
	if i < low {
		return end
	}
	if t := &r.tags[i]; t.is(subject) || r.relative(i) || t.is(pronoun) && !t.is(det) && !(reflexive[r.key(i)] && i > low && r.nounBefore(i)) {
		return i
	}
	start := end
	for i >= low {
		t := &r.tags[i]
		if t.mark != noMark {
			next := r.overMark(i, low, end)
			if next < 0 {
				break
			}
			start, i = next, next-1
			continue
		}
		if !clauses && (t.form != 0 && !r.adjectival(i) || t.is(aux)) || !r.inPhrase(i, start, end, low) {
			break
		}
		start = i
		i--
	}
	return r.tidy(start, end)
}

var reflexive = keySet("himself herself itself themselves")

// overMark jumps over a bracket or a quoted name that ends at i; -1 at any
// other mark.
func (r *reader) overMark(i, low, end int) int {
	switch r.tags[i].mark {
	case closeBracket:
		for k := i; k > low && k > i-20; k-- {
			if r.tags[k].mark == openBracket {
				return k
			}
		}
	case quoteMark:
		k := r.region(i)
		if k >= 0 && r.regions[k].Last == i && r.regions[k].First > low && i-r.regions[k].First < 10 && r.tags[i-1].mark == noMark && r.nounBefore(r.regions[k].First) {
			return r.regions[k].First
		}
		if k < 0 && i > low && r.tags[i-1].mark == noMark {
			return i // the apostrophe of a plural
		}
	case otherMark:
		switch r.doc.Word(i) {
		case "/", "%", "$", "&", "#", "@", "€", "£":
			return i
		}
	}
	return -1
}

// inPhrase reports whether token i, left of a phrase that begins at start, is
// part of it.
func (r *reader) inPhrase(i, start, end, low int) bool {
	t := &r.tags[i]
	empty := start == end
	switch {
	case r.key(i) == keyThat, t.is(wh):
		return !empty && r.startsRelative(i, start)
	case t.is(subord) && !t.is(prep|adverb), t.is(neg) && !t.is(det):
		return false
	case t.is(aux) || t.form != 0:
		return !empty && (r.adjectival(i) || r.modifies(i, low))
	case t.is(coord):
		return !empty && r.joinsNouns(i, low)
	case t.is(prep):
		return !empty && !introducing[r.key(i)] && r.attaches(i, low)
	case t.is(subject | object):
		return empty || r.tags[start].is(prep)
	}
	return empty || r.precedes(i, start)
}

// startsRelative reports whether the pronoun at i opens a relative clause of the
// phrase that goes on with a verb at start.
func (r *reader) startsRelative(i, start int) bool {
	t := &r.tags[start]
	return (r.relative(i) || r.key(i) == keyThat) && t.mark == noMark && (t.form != 0 || t.is(aux)) && i > r.s.Start && (r.nounBefore(i) || pronounLike[r.key(i-1)]) && r.tags[i-1].form == 0
}

// precedes reports whether the word at i can stand right before the phrase that
// begins at next.
func (r *reader) precedes(i, next int) bool {
	t, n := &r.tags[i], &r.tags[next]
	token := &r.doc.Tokens[next]
	switch {
	case n.mark == noMark && n.is(det|poss|subject) && token.Kind != sentence.Clitic && !n.is(name):
		// a determiner or pronoun begins a phrase; only some words may stand before it
		return t.is(det) && !t.is(prep)
	case t.is(day|month) && !n.is(number|poss|nominal) && token.Is(sentence.Capital):
		return false
	case t.is(adverb) && !t.is(det):
		return !n.is(name)
	}
	// "the refugees Obama wants": a plural noun does not stand before a name
	return !n.is(name) || t.is(name|det|poss|number|person) || !r.isPlural(i)
}

func (r *reader) isPlural(i int) bool {
	w := r.doc.Word(i)
	return len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' && r.doc.Tokens[i].Kind == sentence.Word
}

// modifies reports whether a verb form inside a subject is a reduced or full
// relative clause there: "a report released Tuesday said", "the man who shot
// him said".
func (r *reader) modifies(i, low int) bool {
	t := &r.tags[i]
	if i > low && r.nounBefore(i) {
		if t.form&part != 0 && !r.takesClause(t.verb) || t.form&ing != 0 && t.form&(past|base) == 0 {
			return true
		}
	}
	for k := i - 1; k >= low && k > i-12; k-- {
		u := &r.tags[k]
		if u.mark != noMark || u.is(subord) && !u.is(prep) {
			return false
		}
		if r.relative(k) || r.key(k) == keyThat {
			return k > low && r.nounBefore(k) && r.tags[k-1].form == 0
		}
	}
	return false
}

// adjectival reports whether the participle at i stands before its noun: "the
// retired general".
func (r *reader) adjectival(i int) bool {
	t := &r.tags[i]
	if t.form&part == 0 || t.is(aux) || i+1 >= r.s.End {
		return false
	}
	n := &r.tags[i+1]
	if n.mark != noMark || n.form != 0 || n.is(det|poss|prep|subject|object|pronoun|coord|wh|aux|adverb|day|subord|number) {
		return false
	}
	if i == r.s.Start {
		return !r.takesClause(t.verb)
	}
	b := &r.tags[i-1]
	return (b.mark != noMark || b.is(prep|coord|det|poss) || b.form != 0) && !r.takesClause(t.verb)
}

// takesClause reports whether a verb may take a clause without that.
func (r *reader) takesClause(v uint16) bool {
	for _, s := range words.verbs[v].senses {
		if s.frames&that != 0 && len(s.particle) == 0 {
			return true
		}
	}
	return false
}

// nounBefore reports whether the word before i can be a noun.
func (r *reader) nounBefore(i int) bool {
	if i <= r.s.Start {
		return false
	}
	t := &r.tags[i-1]
	return t.mark == noMark && t.form == 0 && !t.is(det|poss|prep|coord|aux|subord|adverb|neg|wh) || t.is(name|pronoun) || t.mark == closeBracket
}

// joinsNouns reports whether "and" at i joins two nouns of one subject rather
// than two clauses: what stands before it goes back to the clause's start.
func (r *reader) joinsNouns(i, low int) bool {
	if !r.nounBefore(i) {
		return false
	}
	for k := i - 1; k >= low && k > i-20; k-- {
		switch t := &r.tags[k]; {
		case t.mark == quoteMark, t.mark == closeBracket:
			return false
		case t.mark != noMark, r.key(k) == keyThat, t.is(wh), t.is(subord) && !t.is(prep):
			return true
		case t.is(aux), t.form != 0 && !r.participleOf(k):
			return false
		}
	}
	return i-20 < low
}

// attaches reports whether the preposition at i belongs to a noun before it, or
// to that noun's participle ("a statement posted on the site").
func (r *reader) attaches(i, low int) bool {
	if i == low {
		return false
	}
	t := &r.tags[i-1]
	return r.nounBefore(i) || t.is(number|det|coord) || t.mark == quoteMark || i-1 > low && r.participleOf(i-1)
}

// participleOf reports whether the participle at i says more of the noun before
// it.
func (r *reader) participleOf(i int) bool {
	t := &r.tags[i]
	return t.form&part != 0 && !t.is(aux) && !r.takesClause(t.verb) && r.nounBefore(i)
}

// tidy drops what cannot begin a noun phrase.
func (r *reader) tidy(start, end int) int {
	for start+1 < end {
		t := &r.tags[start]
		if t.is(coord) || t.is(adverb) && !t.is(det|number|unit|prep) || t.mark == comma || t.is(prep) && !t.is(det) {
			start++
			continue
		}
		break
	}
	return start
}
