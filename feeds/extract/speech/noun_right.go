package speech

import "attribot/feeds/extract/sentence"

// nounRight is the end of the noun phrase that begins at i, or i when none
// does; aside lets it go on over appositions in commas.
func (r *reader) nounRight(i, high int, aside bool) int {
	high = min(high, i+reach)
	end := i
	for k := i; k < high; {
		n, ends := r.phraseStep(i, k, high, aside)
		if n == k {
			return end
		}
		if ends {
			return n
		}
		if t := &r.tags[k]; t.mark != noMark || !t.is(coord) && !(t.is(prep) && tight[r.key(k)]) && !(k == i && t.form != 0) {
			end = n // a conjunction or preposition counts with what follows it
		}
		k = n
	}
	return end
}

// phraseStep is where a phrase that began at i goes on after token k; k itself
// when it ends before k. The second result tells that it ends there.
func (r *reader) phraseStep(i, k, high int, aside bool) (next int, ends bool) {
	t := &r.tags[k]
	switch {
	case t.mark != noMark:
		return r.markStep(i, k, high, aside), false
	case k == i && (t.is(subject|object) || t.is(pronoun) && !t.is(det|number)):
		return k + 1, true
	case t.is(wh), t.is(subord) && !t.is(prep|adverb), t.is(aux) && !t.is(poss), k > i && r.key(k) == keyThat:
		return k, false
	case t.form != 0:
		return k + b2i(k == i && r.adjectival(k)), false
	case t.is(coord):
		return k + b2i(k > i && r.joinsRight(k, high)), false
	case t.is(prep):
		return k + b2i(k > i && tight[r.key(k)]), false
	}
	return k + b2i(!r.breaksPhrase(i, k)), false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// joinsRight reports whether a noun can follow the conjunction at k.
func (r *reader) joinsRight(k, high int) bool {
	if k+1 >= high {
		return false
	}
	n := &r.tags[k+1]
	return n.mark == noMark && n.form == 0 && !n.is(subject|adverb|aux|coord|prep|wh)
}

// breaksPhrase reports whether a phrase that began at i ends before the word k:
// a day, a pronoun, an adverb, or the determiner of another phrase.
func (r *reader) breaksPhrase(i, k int) bool {
	t := &r.tags[k]
	if t.is(day | subject) {
		return true
	}
	if k > i && (t.is(det) || t.is(poss) && r.doc.Tokens[k].Kind != sentence.Clitic) && !r.tags[k-1].is(prep|det|coord) {
		return true
	}
	return t.is(adverb) && !t.is(det|unit|number)
}

// markStep is where a phrase goes on after the mark at k, or k when it ends:
// over brackets, short quotations, the apostrophe of a plural and asides.
func (r *reader) markStep(i, k, high int, aside bool) int {
	switch r.tags[k].mark {
	case otherMark:
		return k + 1
	case quoteMark:
		q := r.region(k)
		if q < 0 {
			return k + 1
		}
		if last := r.regions[q].Last; k > i && r.regions[q].First == k && last < high && last-k < 6 {
			return last + 1
		}
	case openBracket:
		for c := k; c < high; c++ {
			if r.tags[c].mark == closeBracket {
				return c + 1
			}
		}
	case comma:
		if aside {
			if e := r.asideEnd(k, high); e > 0 {
				return e
			}
		}
	}
	return k
}

// tight are prepositions that bind a phrase to the noun before it.
var tight = keySet("of for from at with")

// asideEnd is the end of the apposition that begins with the comma at c, or -1
// when something else begins there.
func (r *reader) asideEnd(c, high int) int {
	first := c + 1
	if first >= high || r.tags[first].mark != noMark {
		return -1
	}
	t := &r.tags[first]
	if nowThen[r.key(first)] && r.at1(first+1).mark == noMark && !r.startsVerb(first+1) {
		first++ // "Bennett, now a radio host"
		t = &r.tags[first]
	}
	switch {
	case r.relative(first):
		return r.nextMark(first, high)
	case t.is(number) && first+1 < high && r.tags[first+1].mark == comma:
		return max(first+1, r.asideEnd(first+1, high))
	case t.form != 0, t.is(prep|subord|adverb|coord|subject|wh|aux) && !t.is(det|number):
		return -1
	}
	end := r.longPhrase(first, high)
	if end < high && r.relativeAt(end) {
		if e := r.nextMark(end, high); e > 0 {
			return e
		}
	}
	if end == first || end < high && r.startsVerb(end) {
		return -1
	}
	return end
}

// nowThen are adverbs that may open an apposition.
var nowThen = keySet("now then once formerly also currently")

// longPhrase is nounRight with all the prepositional phrases that follow.
func (r *reader) longPhrase(first, high int) int {
	end := r.nounRight(first, high, false)
	for end > first && end < high && r.tags[end].is(prep) && !r.tags[end].is(subord) {
		next := r.nounRight(end+1, high, false)
		if next <= end+1 {
			break
		}
		end = next
	}
	return end
}

// relativeAt reports whether a relative clause begins at i: "who", "which", or
// "that" before a verb.
func (r *reader) relativeAt(i int) bool {
	if r.relative(i) {
		return true
	}
	n := r.at1(i + 1)
	return r.key(i) == keyThat && n.mark == noMark && (n.form != 0 || n.is(aux))
}

// startsVerb reports whether a finite verb stands at i.
func (r *reader) startsVerb(i int) bool {
	t := &r.tags[i]
	return (t.form != 0 || t.is(aux)) && (t.form&part == 0 || t.form&past != 0 && r.says(i))
}

// nextMark is the next mark from i that can end an aside, or -1.
func (r *reader) nextMark(i, high int) int {
	for ; i < high; i++ {
		switch r.tags[i].mark {
		case comma, stop, semicolon, quoteMark, dash:
			return i
		}
	}
	return -1
}
