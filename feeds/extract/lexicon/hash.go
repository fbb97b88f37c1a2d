package lexicon

import "slices"

// numbers maps keys to positive numbers: an open table, at most half full. As
// the vocabulary it maps the hashes of words, so that two words share a number
// with a chance of about one in 2^64 a pair; as the automaton's edges it maps a
// node and a word to the next node.
type numbers struct {
	keys []uint64
	vals []int32
	n    int32
}

func newNumbers() numbers { return numbers{keys: make([]uint64, 1<<14), vals: make([]int32, 1<<14)} }

// slot is where a key's search begins.
func slot(key, mask uint64) uint64 { return (key * 0x9e3779b97f4a7c15 >> 20) & mask }

// find is the key's number, 0 where it has none.
func (t *numbers) find(key uint64) int32 {
	mask := uint64(len(t.keys) - 1)
	for i := slot(key, mask); t.vals[i] != 0; i = (i + 1) & mask {
		if t.keys[i] == key {
			return t.vals[i]
		}
	}
	return 0
}

// add is the key's number, the next one where it is new.
func (t *numbers) add(key uint64) int32 {
	if id := t.find(key); id != 0 {
		return id
	}
	t.set(key, t.n+1)
	return t.n
}

// set gives a new key a number.
func (t *numbers) set(key uint64, value int32) {
	if int(t.n)*2 >= len(t.keys) {
		t.grow()
	}
	t.n++
	t.put(key, value)
}

func (t *numbers) put(key uint64, value int32) {
	mask := uint64(len(t.keys) - 1)
	i := slot(key, mask)
	for t.vals[i] != 0 {
		i = (i + 1) & mask
	}
	t.keys[i], t.vals[i] = key, value
}

func (t *numbers) grow() {
	old := *t
	t.keys, t.vals = make([]uint64, 2*len(old.keys)), make([]int32, 2*len(old.keys))
	for i, v := range old.vals {
		if v != 0 {
			t.put(old.keys[i], v)
		}
	}
}

func (t *numbers) clone() numbers {
	return numbers{keys: slices.Clone(t.keys), vals: slices.Clone(t.vals), n: t.n}
}
