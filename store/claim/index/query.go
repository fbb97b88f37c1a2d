package index

import (
	"slices"
	"strings"
)

// Key is an exact mark in a query with its weight: thousandths of what a word as
// rare would count. With weight 0 documents are not looked for by it, but a Hit
// still tells whether it holds the mark.
type Key struct {
	Mark   string
	Word   bool // Mark is a term (see Terms) and not a mark
	Weight int32
}

func (k Key) term() string {
	if k.Word {
		return k.Mark
	}
	return keyMark + k.Mark
}

// MostKeys is how many keys of a query a Hit can tell of.
const MostKeys = 64

// Query is what is looked for.
type Query struct {
	Text string
	Keys []Key
	Day  int32 // 0: the last date written in the text, if any
}

// unit is one different term of a query and what is known of it.
type unit struct {
	term   uint32 // 0 when no document holds it
	text   string
	rarity uint32
	count  int
	name   bool
	number bool
	quoted bool
	via    uint32 // a term spelt alike, when the word itself is unknown
	byline bool   // only the source line of a post has it
}

// plan is an analysed query.
type plan struct {
	units []unit
	order []int    // the query's words in order without stop words, as places in units
	raw   []uint32 // the query's words in order with stop words, as terms; 0 for unknown ones
	wants []want
	day   int32
	mass  uint32 // rarity of all units together
	full  uint64 // the most that the wants can give
	slots map[uint32]int
	keys  []uint32 // the query's keys as terms, 0 for none
	notes []string // what was done to the words, for people
}

// plan analyses a query against a lexis holding n documents.
func (q Query) plan(lx *lexis, t Tuning, n int) *plan {
	p := &plan{day: q.Day, slots: map[uint32]int{}}
	body, byline := cutByline(q.Text)
	if p.day == 0 {
		p.day = FindDay(q.Text)
	}
	places := map[string]int{}
	var mind []byte
	classes := map[string]int{}
	var scan scanner
	take := func(t token, byline bool) {
		term, class := normalise(t, &mind)
		if term == "" {
			if !t.part && !byline {
				p.raw = append(p.raw, lx.stopWord(t.text))
			}
			return
		}
		i, met := places[term]
		if !met {
			i = len(p.units)
			places[term] = i
			p.units = append(p.units, unit{text: term, number: kindOf(term) == numberTerm, byline: byline})
		}
		u := &p.units[i]
		u.count++
		u.name = u.name || t.name
		u.quoted = u.quoted || t.quoted
		if !t.part && !byline {
			p.order = append(p.order, i)
			p.raw = append(p.raw, lx.lookup(term))
		}
		if class != "" {
			classes[class]++
		}
	}
	scan.scan(body, func(t token) { take(t, false) })
	scan.scan(byline, func(t token) { take(t, true) })
	p.weigh(lx, t, n)
	p.wantClasses(classes, lx, t, n)
	p.keys = make([]uint32, len(q.Keys))
	for i, k := range q.Keys {
		term := lx.lookup(k.term())
		p.keys[i] = term
		if term != 0 && k.Weight > 0 {
			w := rarity(int(lx.df[term]), n) * uint32(k.Weight) / 1000
			p.want(term, max(w, 1))
		}
	}
	return p
}

// weigh gives each unit its rarity and what is looked for.
func (p *plan) weigh(lx *lexis, t Tuning, n int) {
	for i := range p.units {
		u := &p.units[i]
		u.term = lx.lookup(u.text)
		u.rarity = rarity(int(lx.df[u.term]), n)
		if weakWords[u.text] {
			u.rarity = uint32(uint64(u.rarity) * uint64(t.Weak) / 1000)
		}
		weight := uint64(u.rarity)
		for _, boost := range []struct {
			on bool
			by int32
		}{{u.name, t.Name}, {u.number, t.Number}, {u.quoted, t.Quoted}, {u.byline, t.Byline}, {u.count > 1, t.Again}} {
			if boost.on {
				weight = weight * uint64(boost.by) / 1000
			}
		}
		if !u.byline {
			p.mass += u.rarity
		}
		if u.term != 0 {
			p.want(u.term, uint32(weight))
			p.slots[u.term] = i
			continue
		}
		p.respell(i, uint32(weight*uint64(t.Fuzzy)/1000), lx, n)
	}
}

// respell looks for words spelt like an unknown one.
func (p *plan) respell(i int, weight uint32, lx *lexis, n int) {
	u := &p.units[i]
	if u.byline {
		return
	}
	for _, near := range lx.alike(u.text, 3) {
		term := lx.lookup(near.word)
		if _, met := p.slots[term]; met {
			continue
		}
		w := min(weight, rarity(int(lx.df[term]), n))
		if near.slips > 1 {
			w = w * 3 / 4
		}
		p.want(term, max(w, 1))
		p.slots[term] = i
		if u.via == 0 {
			u.via = term
			p.notes = append(p.notes, u.text+" read as "+near.word)
		}
	}
}

func (p *plan) want(term, weight uint32) {
	p.wants = append(p.wants, want{term, weight})
	p.full += uint64(weight) * 255
}

// commonClass is the share of documents, one in so many, from which a synonym
// class says too little to be looked for.
const commonClass = 12

// mostOfAClass is how many documents a synonym class may stand in to be looked
// for at all: beyond, it costs more than it finds.
const mostOfAClass = 20_000

// wantClasses looks for the words' synonym classes as well.
func (p *plan) wantClasses(met map[string]int, lx *lexis, t Tuning, n int) {
	names := make([]string, 0, len(met))
	for c := range met {
		names = append(names, c)
	}
	slices.Sort(names)
	for _, c := range names {
		if term := lx.lookup(classMark + c); term != 0 && int(lx.df[term]) <= min(max(n/commonClass, 64), mostOfAClass) {
			w := uint64(rarity(int(lx.df[term]), n)) * uint64(t.Class) / 1000
			p.want(term, uint32(max(w, 1)))
		}
	}
}

// cutByline parts a post's source line, "— Name (@handle) October 14, 2024",
// from what it says.
func cutByline(text string) (body, byline string) {
	i := strings.LastIndex(text, "— ")
	if i < 0 || len(text)-i > 120 || !strings.Contains(text[i:], "(@") {
		return text, ""
	}
	return text[:i], text[i+len("— "):]
}
