package lexicon

import (
	"strings"

	"attribot/feeds/statement"
)

// builder fills a lexicon.
type builder struct {
	*Lexicon
	persons []*Entry
	buf     []Word
}

// path is the node at the end of a name's words; it grows the automaton. Zero
// for a name without words.
func (b *builder) path(name string) (int32, []Word) {
	s := scanner{text: name, out: b.buf[:0], ids: &b.words, learn: true}
	s.run()
	words := s.out
	b.buf = words
	var node int32
	for i, w := range words {
		if i == 0 {
			node = b.start(w.id)
			continue
		}
		edge := uint64(node)<<32 | uint64(w.id)
		next := b.edges.find(edge)
		if next == 0 {
			next = b.newNode()
			b.edges.set(edge, next)
		}
		node = next
	}
	return node, words
}

func (b *builder) start(id int32) int32 {
	for int(id) >= len(b.first) {
		b.first = append(b.first, 0)
	}
	if b.first[id] == 0 {
		b.first[id] = b.newNode()
	}
	return b.first[id]
}

func (b *builder) newNode() int32 {
	b.ends = append(b.ends, ending{})
	b.count++
	return int32(len(b.ends) - 1)
}

// phrase adds a word or phrase of a class.
func (b *builder) phrase(class Class, form Form, words string) {
	var node int32
	if words[0] == '\'' { // a clitic is never scanned alone
		node = b.start(b.words.add(hashOf(words)))
	} else {
		node, _ = b.path(strings.TrimPrefix(words, "^"))
	}
	if node == 0 {
		return
	}
	b.ends[node].class |= class
	b.ends[node].form |= form
}

// name adds a name of an entry, with the marks of how it may match.
func (b *builder) name(e *Entry, class Class, name string) {
	bare := strings.TrimLeft(name, "^~")
	node, words := b.path(bare)
	if node == 0 {
		return
	}
	n := nameEnd{entry: e, class: class, context: strings.HasPrefix(name, "~"), need: needOf(name, words)}
	for i := range b.ends[node].names {
		if have := &b.ends[node].names[i]; have.entry == e && have.class == class {
			have.need, have.context = min(have.need, n.need), have.context && n.context
			return
		}
	}
	b.ends[node].names = append(b.ends[node].names, n)
}

func needOf(name string, words []Word) need {
	w := words[0]
	switch {
	case w.Shape&Capital == 0:
		return anyCase
	case name[0] == '^' && len(words) == 1 && w.Shape&AllCaps != 0:
		return allCaps
	case name[0] == '^' || len(words) > 1 && words[len(words)-1].Shape&(Capital|Digit) != 0:
		return capitals
	}
	return capital
}

// link ties people to their organisations once all tables are read.
func (b *builder) link() {
	for _, p := range b.persons {
		if o := b.orgs[statement.OrgID(p.ID)]; o != nil {
			p.Org, p.Country = o, o.Country
		}
		fields := strings.Fields(p.Name)
		last := strings.ToLower(fields[len(fields)-1])
		if p.Country == "CN" && len(fields) > 1 {
			last = strings.ToLower(fields[0])
		}
		b.people[last] = append(b.people[last], p)
	}
	b.persons = nil
}
