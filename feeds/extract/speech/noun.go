package speech

import (
	_ "embed"
	"strings"

	"attribot/feeds/extract/sentence"
)

//go:embed noun.txt
var nounText string

// nounCue is what a noun that reports may take.
type nounCue struct {
	lemma  string
	kind   CueKind
	frames frame
	preps  map[sentence.Key]bool
}

// nouns lists the nouns that report, by word; light the verbs that take one as
// their object.
var nouns, light = readNouns(nounText)

func readNouns(text string) (map[sentence.Key]*nounCue, map[sentence.Key]bool) {
	all, verbs := map[sentence.Key]*nounCue{}, map[sentence.Key]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "light "); ok {
			for w := range strings.FieldsSeq(rest) {
				verbs[sentence.KeyOf(w)] = true
			}
			continue
		}
		head, rest, ok := strings.Cut(line, "|")
		if !ok || line[0] == '#' {
			continue
		}
		f := strings.Fields(head)
		for w := range strings.FieldsSeq(rest) {
			n := &nounCue{lemma: w, kind: kindWords[f[0]], preps: map[sentence.Key]bool{}}
			for _, c := range f[1] {
				n.frames |= frameLetters[c]
			}
			for p := range strings.SplitSeq(f[2], ",") {
				n.preps[sentence.KeyOf(p)] = true
			}
			all[sentence.KeyOf(w)], all[sentence.KeyOf(thirdOf(w))] = n, n
		}
	}
	return all, verbs
}

// nounCues reads the nouns of the sentence that report: "the claim that",
// "X's denial of", "allegations by X that".
func (r *reader) nounCues() {
	for i := r.s.Start; i+1 < r.s.End; i++ {
		t := &r.tags[i]
		if !t.is(nominal) || t.form != 0 || r.in(i) {
			continue
		}
		if n := nouns[r.key(i)]; n != nil {
			r.nounCue(i, n)
		}
	}
}

func (r *reader) nounCue(i int, n *nounCue) {
	f := found{lemma: n.lemma, kind: Nominal, cue: sentence.Range{Start: i, End: i + 1}}
	owned := r.owner(i, &f)
	if !owned && r.inVenue(i) {
		return
	}
	next := i + 1
	if k := r.key(next); k == keyBy || k == keyFrom || k == keyAmong {
		if e := r.nounRight(next+1, r.s.End, false); e > next+1 && !owned {
			f.source = sentence.Range{Start: next + 1, End: e}
			next = e
		}
	}
	if next < r.s.End && r.tags[next].is(prep) && r.key(next) != keyOf && !n.preps[r.key(next)] {
		if e := r.nounRight(next+1, r.s.End, false); e > next+1 && e < r.s.End && r.key(e) == keyThat {
			next = e // "his claim in an interview that"
		}
	}
	if next >= r.s.End {
		return
	}
	if r.takeNoun(n, &f, next, owned) {
		if f.source.Len() == 0 {
			f.rule += "-alone"
		}
		r.add(f)
	}
}

var (
	keyFrom  = sentence.KeyOf("from")
	keyAmong = sentence.KeyOf("among")
)

// inVenue reports whether the noun at i stands in "said in a statement", where
// the verb reports.
func (r *reader) inVenue(i int) bool {
	k := i - 1
	for k > r.s.Start && k > i-4 && r.tags[k].mark == noMark && !r.tags[k].is(prep) {
		k--
	}
	if k <= r.s.Start || !r.tags[k].is(prep) || r.key(k) == keyOf {
		return false
	}
	return r.tags[k-1].form != 0 && r.says(k-1)
}

// takeNoun fills the content that follows a noun cue at next.
func (r *reader) takeNoun(n *nounCue, f *found, next int, owned bool) bool {
	g := &group{first: f.cue.Start, head: f.cue.Start, subject: f.source}
	k := r.groupFrom(f.cue.Start) - 1
	switch {
	case r.key(next) == keyThat && n.frames&that != 0:
		if next+1 >= r.s.End || r.tags[next+1].form&^ing != 0 || r.tags[next+1].is(aux) || r.tags[next+1].mark != noMark && r.tags[next+1].mark != quoteMark {
			return false
		}
		f.rule = "noun-that"
		f.content = []sentence.Range{{Start: next, End: r.mainVerb(next, r.clauseEnd(next, g, k))}}
		return true
	case r.key(next) == keyTo && n.frames&toVerb != 0 && next+1 < r.s.End && r.tags[next+1].form&base != 0:
		if !owned && f.source.Len() == 0 {
			return false
		}
		f.rule = "noun-to"
		f.content = []sentence.Range{{Start: next, End: r.clauseEnd(next, g, k)}}
		return true
	case n.preps[r.key(next)]:
		f.rule = "noun-of"
		if next == f.cue.End {
			f.cue.End = next + 1
		}
		if next+1 >= r.s.End || r.tags[next+1].mark == comma || r.tags[next+1].mark == stop {
			return false
		}
		end := r.phraseEnd(next+1, g, k)
		f.content = []sentence.Range{{Start: next + 1, End: r.beforeVerb(f.cue.Start, next+1, end)}}
		return f.content[0].Len() > 0
	}
	return false
}

// beforeVerb cuts a content where the verb begins whose subject the noun at i
// is: "his criticism of the ruling | drew fire".
func (r *reader) beforeVerb(i, start, end int) int {
	for j := r.groupFrom(start); j < len(r.groups) && r.groups[j].first < end; j++ {
		h := &r.groups[j]
		if h.finite && h.first > start && h.first < end && h.subject.Contains(i) && !r.in(h.head) {
			return h.first
		}
	}
	return end
}

// mainVerb cuts a that-clause where a verb without a subject of its own follows
// it: "claims that votes were changed | were never tested".
func (r *reader) mainVerb(start, end int) int {
	seen := false
	for j := r.groupFrom(start); j < len(r.groups) && r.groups[j].first < end; j++ {
		h := &r.groups[j]
		if !h.finite || r.in(h.head) {
			continue
		}
		if b := &r.tags[h.first-1]; seen && (h.shared || h.subject.Len() == 0) && b.mark == noMark && !b.is(coord|subord|wh) {
			return h.first
		}
		seen = true
	}
	return end
}

// owner fills the source of a noun cue from the possessive before it, and takes
// a light verb into the cue: "X's claim", "X voiced concern".
func (r *reader) owner(i int, f *found) bool {
	k := i - 1
	for k >= r.s.Start && k > i-4 && r.tags[k].mark == noMark && !r.tags[k].is(poss|det|prep|coord|aux|subject) && r.tags[k].form&^(part|past) == 0 && !light[r.key(k)] {
		k--
	}
	if k < r.s.Start || r.tags[k].mark != noMark {
		return false
	}
	if r.tags[k].is(poss) {
		f.source = sentence.Range{Start: k, End: k + 1}
		if r.doc.Tokens[k].Kind == sentence.Clitic {
			start := r.phraseLeft(k, max(r.s.Start, k-reach), false)
			if start == k {
				return false
			}
			f.source.Start = start
		}
		f.cue.Start = k + 1
		return true
	}
	if r.tags[k].is(det) && k > r.s.Start {
		k--
	}
	return r.lightOwner(k, f)
}

// lightOwner takes the light verb at k and its subject.
func (r *reader) lightOwner(k int, f *found) bool {
	if j := r.groupFrom(k); j < len(r.groups) {
		g := &r.groups[j]
		if g.head != k || g.subject.Len() == 0 || g.passive || !r.lightVerb(k) {
			return false
		}
		f.source, f.cue.Start, f.negated = g.subject, g.first, g.negated
		return true
	}
	return false
}

func (r *reader) lightVerb(k int) bool {
	v := r.tags[k].verb
	return v != 0 && light[sentence.KeyOf(words.verbs[v].lemma)] || r.tags[k].is(have)
}
