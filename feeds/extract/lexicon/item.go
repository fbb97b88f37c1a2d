package lexicon

import "slices"

// Item is a name, a phrase or a single word of a text.
type Item struct {
	Start, End int32 // bytes
	Class      Class
	Entry      *Entry // for a name
	Form       Form   // for a verb
	Shape      Shape  // of the first word
	Gap        Gap    // before the first word
	Context    bool   // the name is also an ordinary word
	Words      uint8
}

// Is reports whether the item can be any of the classes.
func (i *Item) Is(c Class) bool { return i.Class&c != 0 }

// Scan parts a text into its names, phrases and words, in order, the longest
// that is known at each place. Time is linear in the text's length.
func (l *Lexicon) Scan(text string) []Item {
	items, _ := l.Append(nil, nil, text)
	return items
}

// Append appends the items of a text to items, and gives back the words that it
// went through, so that both can be used again for the next text.
func (l *Lexicon) Append(items []Item, words []Word, text string) ([]Item, []Word) {
	if words == nil {
		words = make([]Word, 0, len(text)/6+8)
	}
	s := scanner{text: text, ids: &l.words, out: words[:0]}
	s.run()
	items = slices.Grow(items, len(s.out))
	for i := 0; i < len(s.out); {
		items = append(items, Item{})
		i += l.longest(s.out[i:], &items[len(items)-1])
	}
	return items, s.out
}

// maxWords bounds the length of a name; it bounds the time of a scan as well.
const maxWords = 12

// longest makes the item of the longest name or phrase at the beginning of words,
// or of the first word alone; it gives the number of its words.
func (l *Lexicon) longest(words []Word, best *Item) int {
	w := words[0]
	best.Start, best.End, best.Shape, best.Gap, best.Words = w.Start, w.End, w.Shape, w.Gap, 1
	if w.id == 0 {
		return 1
	}
	node := l.first[w.id]
	n := 1
	for i := 1; node != 0; i++ {
		if l.accept(node, words[:i], best) {
			n = i
		}
		if i >= len(words) || i >= maxWords || words[i].id == 0 || words[i].Gap >= Quoted {
			break
		}
		node = l.edges.find(uint64(node)<<32 | uint64(words[i].id))
	}
	return n
}

// accept makes the item of what ends at the node, where it is written as it
// must be.
func (l *Lexicon) accept(node int32, words []Word, item *Item) bool {
	end := &l.ends[node]
	class, form := end.class, end.form
	var name *nameEnd
	for i := range end.names {
		if written(end.names[i].need, words) && (name == nil || name.context && !end.names[i].context) {
			name = &end.names[i]
		}
	}
	if class == 0 && name == nil {
		return false
	}
	item.End, item.Words = words[len(words)-1].End, uint8(len(words))
	item.Class, item.Form, item.Entry, item.Context = class, form, nil, false
	if name != nil {
		item.Class |= name.class
		item.Entry, item.Context = name.entry, name.context
	}
	return true
}

// written reports whether the words are written as the name needs it.
func written(n need, words []Word) bool {
	switch n {
	case capital:
		return words[0].Shape&(Capital|Digit|Ideograph) != 0
	case capitals:
		return words[0].Shape&(Capital|Digit) != 0 && words[len(words)-1].Shape&(Capital|Digit) != 0
	case allCaps:
		return words[0].Shape&AllCaps != 0 || len(words) > 1 && words[0].Shape&(Capital|Digit) != 0
	}
	return true
}
