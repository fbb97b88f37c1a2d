package speech

import (
	_ "embed"
	"slices"
	"strings"

	"attribot/feeds/extract/sentence"
)

//go:embed verb.txt
var verbText string

//go:embed word.txt
var wordText string

// class is a set of closed word classes that a word may belong to.
type class uint32

const (
	det class = 1 << iota
	poss
	subject
	object
	pronoun
	prep
	subord
	wh
	coord
	be
	have
	do
	modal
	neg
	day
	month
	unit
	adverb
	number
	person
	collective
	nominal // a noun that reports: statement, claim
	verbForm
	name  // resolved: capitalised inside a sentence
	known // an ordinary word, not to be guessed at by its ending
)

const aux = be | have | do | modal

var classNames = map[string]class{"det": det, "poss": poss, "subject": subject, "object": object, "pronoun": pronoun,
	"prep": prep, "subord": subord, "wh": wh, "coord": coord, "be": be, "have": have, "do": do, "modal": modal,
	"neg": neg, "day": day, "month": month, "unit": unit, "adverb": adverb, "number": number, "person": person,
	"collective": collective}

// form is the set of inflections that a word can be.
type form uint8

const (
	base  form = 1 << iota // say
	third                  // says
	past                   // said
	part                   // said, written
	ing                    // saying
)

// frame is what may follow a cue.
type frame uint16

const (
	that     frame = 1 << iota // a that-clause, or a clause without that
	whWord                     // whether, how, why
	quoted                     // a quotation
	noun                       // a noun phrase or gerund
	toVerb                     // an infinitive
	hearer                     // the hearer first
	whole                      // the object belongs to the content
	sayThat                    // a that-clause with its that
	believed                   // "X is believed to": so does the passive's subject
	charged                    // "X is accused of": likewise
	studied                    // a noun phrase when a poll or study is the source
)

var frameLetters = map[rune]frame{'T': that, 'W': whWord, 'Q': quoted, 'N': noun, 'I': toVerb, 'O': hearer, 'A': whole, 't': sayThat, 'P': believed, 'C': charged, 'S': studied}

var kindWords = map[string]CueKind{"say": Say, "tell": Tell, "belief": Belief, "intent": Intent, "perceive": Perceive}

// sense is one way in which a verb reports.
type sense struct {
	lemma    string // with its particles: "call for"
	kind     CueKind
	frames   frame
	particle []sentence.Key
}

// weight orders the senses of a verb: those with particles first, then those
// that ask for more.
func (s *sense) weight() int {
	w := 10 * len(s.particle)
	if s.frames&hearer != 0 {
		w += 4
	}
	if s.frames&(that|sayThat) != 0 {
		w += 3
	}
	if s.frames&toVerb != 0 {
		w += 2
	}
	return w
}

// verb is one verb with its senses; an ordinary verb has none.
type verb struct {
	lemma  string
	senses []sense
}

// entry is what the lexicon knows of a word.
type entry struct {
	class class
	form  form
	verb  uint16 // index in lexicon.verbs, 0 = none
}

// lexicon is an open-addressed table by key.
type lexicon struct {
	keys    []sentence.Key
	entries []entry
	mask    uint64
	verbs   []verb
}

var words = readLexicon(verbText, wordText)

func (l *lexicon) lookup(k sentence.Key) entry {
	i := uint64(k) & l.mask
	for {
		switch l.keys[i] {
		case k:
			return l.entries[i]
		case 0:
			return entry{}
		}
		i = (i + 1) & l.mask
	}
}

func readLexicon(verbLines, wordLines string) *lexicon {
	r := lexiconReader{found: map[sentence.Key]*entry{}, byLemma: map[string]uint16{}, verbs: make([]verb, 1, 1024)}
	for line := range strings.Lines(verbLines) {
		r.verbLine(strings.TrimSpace(line))
	}
	for line := range strings.Lines(wordLines) {
		r.wordLine(strings.TrimSpace(line))
	}
	r.nominals()
	for i := range r.verbs {
		slices.SortStableFunc(r.verbs[i].senses, func(a, b sense) int { return b.weight() - a.weight() })
	}
	return r.table()
}

type lexiconReader struct {
	found   map[sentence.Key]*entry
	byLemma map[string]uint16
	verbs   []verb
}

func (r *lexiconReader) at(word string) *entry {
	k := sentence.KeyOf(word)
	e := r.found[k]
	if e == nil {
		e = &entry{}
		r.found[k] = e
	}
	return e
}

func (r *lexiconReader) wordLine(line string) {
	set, rest, ok := strings.Cut(line, ":")
	if !ok || line[0] == '#' {
		return
	}
	for _, w := range strings.Fields(rest) {
		switch set {
		case "plain":
			r.plain(w)
		default:
			r.at(w).class |= classNames[set]
		}
	}
}

// plain makes sure that a word's ending is not taken for a verb's or adverb's.
func (r *lexiconReader) plain(w string) {
	e := r.at(w)
	e.class |= known
}

func (r *lexiconReader) verbLine(line string) {
	head, rest, ok := strings.Cut(line, "|")
	if !ok || line[0] == '#' {
		return
	}
	fields := strings.Fields(head)
	var frames frame
	for _, c := range fields[1] {
		frames |= frameLetters[c]
	}
	for _, item := range verbItems(rest) {
		r.item(kindWords[fields[0]], frames, item)
	}
}

// verbItems splits at blanks that do not stand in brackets.
func verbItems(s string) []string {
	return strings.Fields(s)
}

// item reads "lemma/particles(past,participle)"; with = instead of / the verb
// reports with its particles only.
func (r *lexiconReader) item(kind CueKind, frames frame, item string) {
	forms := ""
	if i := strings.IndexByte(item, '('); i >= 0 {
		end := strings.IndexByte(item, ')')
		forms = item[i+1 : end]
		item = item[:i] + item[end+1:]
	}
	sep := strings.IndexAny(item, "/=")
	lemma, particles, only := item, "", false
	if sep >= 0 {
		lemma, particles, only = item[:sep], item[sep+1:], item[sep] == '='
	}
	i := r.verb(lemma, forms)
	v := &r.verbs[i]
	if kind == 0 {
		return
	}
	for p := range strings.SplitSeq(particles, ",") {
		if p == "" {
			continue
		}
		words := lemma + " " + strings.ReplaceAll(p, "-", " ")
		v.senses = append(v.senses, sense{words, kind, particleFrames(p, frames), particleKeys(p)})
	}
	if !only {
		v.senses = append(v.senses, sense{lemma: lemma, kind: kind, frames: frames})
	}
}

func particleKeys(p string) []sentence.Key {
	var keys []sentence.Key
	for w := range strings.SplitSeq(p, "-") {
		keys = append(keys, sentence.KeyOf(w))
	}
	return keys
}

// particleFrames are the frames after a particle: an adverb leaves the verb's
// own, a preposition takes a noun phrase; "call on", "press" keep the hearer.
func particleFrames(p string, frames frame) frame {
	switch p {
	case "out", "in", "up", "back", "clear", "that", "it":
		return frames
	case "on", "upon":
		if frames&hearer != 0 {
			return frames
		}
	}
	if frames&toVerb != 0 && p == "to" {
		return toVerb | noun
	}
	return noun | whWord | frames&whole
}

func (r *lexiconReader) verb(lemma, forms string) uint16 {
	i, ok := r.byLemma[lemma]
	if !ok {
		i = uint16(len(r.verbs))
		r.byLemma[lemma] = i
		r.verbs = append(r.verbs, verb{lemma: lemma})
	} else if forms == "" {
		return i
	}
	mark := func(w string, f form) {
		e := r.at(w)
		if e.verb == 0 || e.verb == i {
			e.verb, e.form = i, e.form|f
		}
		e.class |= verbForm
	}
	mark(lemma, base)
	mark(thirdOf(lemma), third)
	for _, w := range ingOf(lemma) {
		mark(w, ing)
	}
	if forms == "" && !ok {
		for _, w := range edOf(lemma) {
			mark(w, past|part)
		}
	}
	if forms != "" {
		p, q, two := strings.Cut(forms, ",")
		mark(p, past)
		if !two {
			q = p
		}
		mark(q, part)
	}
	return i
}

const vowels = "aeiou"

func isVowel(b byte) bool { return strings.IndexByte(vowels, b) >= 0 }

func thirdOf(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "y") && n > 1 && !isVowel(w[n-2]):
		return w[:n-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"), strings.HasSuffix(w, "ch"),
		strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "o"):
		return w + "es"
	}
	return w + "s"
}

// doubles reports whether the last consonant may double: one vowel, one
// consonant at the end (rip, commit, quip, pan).
func doubles(w string) bool {
	n := len(w)
	return n >= 3 && strings.IndexByte("bdglmnprt", w[n-1]) >= 0 && isVowel(w[n-2]) && (!isVowel(w[n-3]) || w[n-3] == 'u')
}

func edOf(w string) []string {
	n := len(w)
	switch {
	case w[n-1] == 'e':
		return []string{w + "d"}
	case w[n-1] == 'y' && !isVowel(w[n-2]):
		return []string{w[:n-1] + "ied"}
	case doubles(w):
		return []string{w + "ed", w + w[n-1:] + "ed"}
	}
	return []string{w + "ed"}
}

func ingOf(w string) []string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "ie"):
		return []string{w[:n-2] + "ying"}
	case w[n-1] == 'e' && w != "be" && w[n-2] != 'e' && w[n-2] != 'y':
		return []string{w[:n-1] + "ing"}
	case doubles(w):
		return []string{w + "ing", w + w[n-1:] + "ing"}
	}
	return []string{w + "ing"}
}

// nominals marks the nouns that report.
func (r *lexiconReader) nominals() {
	for k := range nouns {
		e := r.found[k]
		if e == nil {
			e = &entry{}
			r.found[k] = e
		}
		e.class |= nominal
	}
}

func (r *lexiconReader) table() *lexicon {
	size := 1
	for size < 3*len(r.found) {
		size *= 2
	}
	l := &lexicon{keys: make([]sentence.Key, size), entries: make([]entry, size), mask: uint64(size - 1), verbs: r.verbs}
	for k, e := range r.found {
		i := uint64(k) & l.mask
		for l.keys[i] != 0 {
			i = (i + 1) & l.mask
		}
		l.keys[i], l.entries[i] = k, *e
	}
	return l
}
