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
	if t := &r.tags[i]; t.is(subject) || r.relative(i) || t.is(pronoun) && !t.is(det) {
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
		if !clauses && (t.form != 0 && !r.adjectival(i) || t.is(aux) && t.mark == noMark) || !r.inPhrase(i, start, end, low) {
			break
		}
		start = i
		i--
	}
	return r.tidy(start, end)
}

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
	next := start // the phrase's first token so far, end when it is empty
	empty := start == end
	switch {
	case r.key(i) == keyThat && !r.thatDet(i):
		return false
	case t.is(wh) || t.is(subord) && !t.is(prep|adverb):
		return false
	case t.is(neg) && !t.is(det):
		return false
	case t.is(aux) || t.form != 0:
		return !empty && (r.adjectival(i) || r.modifies(i, next, low))
	case t.is(coord):
		return !empty && r.joinsNouns(i, low)
	case t.is(prep):
		return !empty && r.attaches(i, low)
	case t.is(subject | object):
		return empty || r.tags[next].is(prep)
	case empty:
		return true
	}
	n := &r.tags[next]
	// a determiner or pronoun begins a phrase; only some words may stand before it
	if n.is(det|poss|subject) && n.mark == noMark && r.doc.Tokens[next].Kind != sentence.Clitic && !n.is(name) {
		return t.is(det) && t.class&prep == 0
	}
	if t.is(day|month) && !n.is(number|poss) && !n.is(nominal) && r.doc.Tokens[next].Is(sentence.Capital) {
		return false
	}
	if t.is(adverb) && !t.is(det) {
		return !n.is(name)
	}
	// "the refugees Obama wants": a plural noun does not stand before a name
	if n.is(name) && !t.is(name|det|poss|number|person) && t.mark == noMark && r.isPlural(i) {
		return false
	}
	return true
}

func (r *reader) thatDet(i int) bool { return false }

func (r *reader) isPlural(i int) bool {
	w := r.doc.Word(i)
	return len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' && r.doc.Tokens[i].Kind == sentence.Word
}

// modifies reports whether a verb form inside a subject is a reduced or full
// relative clause there: "a report released Tuesday said", "the man who shot
// him said".
func (r *reader) modifies(i, next, low int) bool {
	t := &r.tags[i]
	if t.form&part != 0 && i > low && !r.takesClause(t.verb) && r.nounBefore(i) {
		return true
	}
	if t.form&ing != 0 && i > low && r.nounBefore(i) && t.form&(past|base) == 0 {
		return true
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
	return t.mark == noMark && t.form == 0 && !t.is(det|poss|prep|coord|aux|subord|adverb|modal|neg) || t.is(name|pronoun) || t.mark == closeBracket
}

// joinsNouns reports whether "and" at i joins two nouns of one subject rather
// than two clauses: what stands before it goes back to the clause's start.
func (r *reader) joinsNouns(i, low int) bool {
	if !r.nounBefore(i) {
		return r.tags[i-1].mark == comma && i-2 >= low && r.listComma(i-1, low)
	}
	for k := i - 1; k >= low && k > i-20; k-- {
		t := &r.tags[k]
		switch {
		case t.mark == comma:
			return r.listComma(k, low) || r.clauseStart(k, low)
		case t.mark == quoteMark, t.mark == closeBracket:
			return false
		case t.mark != noMark:
			return true
		case r.key(k) == keyThat, t.is(wh), t.is(subord) && !t.is(prep):
			return true
		case t.is(aux), t.form != 0:
			return false
		}
	}
	return i-20 < low
}

func (r *reader) listComma(c, low int) bool { return false }

// clauseStart reports whether no verb stands between the clause's mark before
// the comma c and c: an introductory phrase.
func (r *reader) clauseStart(c, low int) bool { return true }

// attaches reports whether the preposition at i belongs to a noun before it.
func (r *reader) attaches(i, low int) bool {
	if i == low || !r.nounBefore(i) && !r.tags[i-1].is(number|det) && r.tags[i-1].mark != quoteMark {
		return false
	}
	return true
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

// nounRight is the end of the noun phrase that begins at i, or i when none
// does; aside lets it go on over appositions in commas.
func (r *reader) nounRight(i, high int, aside bool) int {
	high = min(high, i+reach)
	end := i
	for k := i; k < high; k++ {
		t := &r.tags[k]
		switch {
		case t.mark == quoteMark && r.region(k) >= 0 && k > i && r.regions[r.region(k)].Last < high && r.regions[r.region(k)].Last-k < 6 && r.regions[r.region(k)].First == k:
			k = r.regions[r.region(k)].Last
			end = k + 1
			continue
		case t.mark == quoteMark && r.region(k) < 0:
			end = k + 1
			continue
		case t.mark == openBracket:
			c := k
			for c < high && r.tags[c].mark != closeBracket {
				c++
			}
			if c == high {
				return end
			}
			k, end = c, c+1
			continue
		case t.mark == otherMark:
			end = k + 1
			continue
		case t.mark == comma:
			if !aside {
				return end
			}
			c := r.asideEnd(k, high)
			if c < 0 {
				return end
			}
			k, end = c-1, c
			continue
		case t.mark != noMark:
			return end
		case k == i && (t.is(subject|object) || t.is(pronoun) && !t.is(det)):
			return k + 1
		case t.is(wh) && k > i && r.relative(k):
			return end
		case t.is(wh), t.is(subord) && !t.is(prep|adverb), t.is(aux) && !t.is(poss), r.key(k) == keyThat && k > i:
			return end
		case t.form != 0:
			if k == i && r.adjectival(k) {
				continue
			}
			return end
		case t.is(coord):
			if k+1 >= high || r.tags[k+1].mark != noMark || r.tags[k+1].form != 0 || r.tags[k+1].is(subject|adverb|aux|coord|prep|wh) || k == i {
				return end
			}
			continue
		case t.is(prep):
			if k == i || !tight[r.key(k)] {
				return end
			}
			continue
		case t.is(day):
			return end
		case t.is(subject):
			return end
		case (t.is(det) || t.is(poss) && r.doc.Tokens[k].Kind != sentence.Clitic) && k > i && !r.tags[k-1].is(prep|det|coord):
			return end
		case t.is(adverb) && !t.is(det|unit|number):
			return end
		}
		end = k + 1
	}
	return end
}

// tight are prepositions that bind a phrase to the noun before it.
var tight = keySet("of for from at with")

// asideEnd is the end of the apposition that begins with the comma at c, or -1
// when something else begins there.
func (r *reader) asideEnd(c, high int) int {
	first := c + 1
	if first >= high {
		return -1
	}
	t := &r.tags[first]
	if t.mark != noMark {
		return -1
	}
	if r.relative(first) {
		for k := first; k < high; k++ {
			if m := r.tags[k].mark; m == comma || m == stop || m == semicolon || m == quoteMark || m == dash {
				return k
			}
		}
		return -1
	}
	if t.is(number) && first+1 < high && r.tags[first+1].mark == comma {
		if e := r.asideEnd(first+1, high); e >= 0 {
			return e
		}
		return first + 1
	}
	if t.is(prep|subord|adverb|coord|subject|wh|aux) && !t.is(det|number) || t.form != 0 {
		return -1
	}
	end := r.nounRight(first, high, false)
	for end > first && end < high && r.tags[end].is(prep) && !r.tags[end].is(subord) {
		next := r.nounRight(end+1, high, false)
		if next <= end+1 {
			break
		}
		end = next
	}
	if end < high && (r.relative(end) || r.key(end) == keyThat && end+1 < high && (r.tags[end+1].form != 0 || r.tags[end+1].is(aux))) {
		for k := end; k < high; k++ {
			if m := r.tags[k].mark; m == comma || m == stop || m == semicolon || m == quoteMark || m == dash {
				return k
			}
		}
	}
	if end == first || end < high && (r.tags[end].form != 0 || r.tags[end].is(aux)) && r.tags[end].form&part == 0 {
		return -1
	}
	return end
}
