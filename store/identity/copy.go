package identity

import (
	"container/heap"
	"encoding/binary"
	"hash/fnv"
	"slices"
)

// Print is a sketch of a text by which copies are found: the smallest hashes of
// its runs of words (bottom-k MinHash: Broder 1997, "On the resemblance and
// containment of documents"), sorted, and how many runs there are.
type Print struct {
	Runs   int
	Lowest []uint64
}

const (
	runWords  = 4   // words in a run: long enough that only copying repeats many
	printSize = 192 // hashes kept: estimates to about 5 in 100
)

// PrintOf sketches a text.
func PrintOf(text string) Print {
	seen := map[uint64]bool{}
	var low lowest
	run := make([]string, 0, runWords)
	for token := range tokens(text) {
		if len(run) == runWords {
			run = append(run[:0], run[1:]...)
		}
		run = append(run, token)
		if len(run) < runWords {
			continue
		}
		h := hashRun(run)
		if seen[h] {
			continue
		}
		seen[h] = true
		low.keep(h)
	}
	slices.Sort(low)
	return Print{len(seen), low}
}

func hashRun(run []string) uint64 {
	h := fnv.New64a()
	for _, w := range run {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return mix(h.Sum64())
}

// mix spreads the bits (the finaliser of SplitMix64), since the order of FNV
// sums of like runs is not random enough for a sketch.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// lowest is a heap with the greatest on top, so that it can be thrown out.
type lowest []uint64

func (l lowest) Len() int           { return len(l) }
func (l lowest) Less(i, j int) bool { return l[i] > l[j] }
func (l lowest) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *lowest) Push(x any)        { *l = append(*l, x.(uint64)) }
func (l *lowest) Pop() any {
	old := *l
	x := old[len(old)-1]
	*l = old[:len(old)-1]
	return x
}

func (l *lowest) keep(h uint64) {
	switch {
	case len(*l) < printSize:
		heap.Push(l, h)
	case h < (*l)[0]:
		(*l)[0] = h
		heap.Fix(l, 0)
	}
}

// Contained estimates how much of the shorter text stands in the other, in
// thousandths.
func Contained(a, b Print) int {
	if a.Runs == 0 || b.Runs == 0 {
		return 0
	}
	resemblance := a.resemblance(b)
	// |A and B| = J (|A| + |B|) / (1 + J)
	shared := resemblance * int64(a.Runs+b.Runs) / (1000 + resemblance)
	return int(min(1000, 1000*shared/int64(min(a.Runs, b.Runs))))
}

// Alike estimates how much two texts have in common of all that either has, in
// thousandths: what an edit left as it was.
func Alike(a, b Print) int {
	if a.Runs == 0 && b.Runs == 0 {
		return 1000
	}
	return int(a.resemblance(b))
}

// resemblance estimates the Jaccard coefficient in thousandths from the lowest
// hashes of both together.
func (p Print) resemblance(q Print) int64 {
	k := min(printSize, max(len(p.Lowest), len(q.Lowest)))
	var i, j, seen, both int
	for seen < k && (i < len(p.Lowest) || j < len(q.Lowest)) {
		seen++
		switch {
		case j == len(q.Lowest) || i < len(p.Lowest) && p.Lowest[i] < q.Lowest[j]:
			i++
		case i == len(p.Lowest) || p.Lowest[i] > q.Lowest[j]:
			j++
		default:
			i, j, both = i+1, j+1, both+1
		}
	}
	if seen == 0 {
		return 0
	}
	return int64(1000 * both / seen)
}

// CopyFrom is the share in thousandths from which one text counts as a copy of
// another: quoting one briefing at length stays below it.
const CopyFrom = 500

// MarshalBinary writes the sketch: the number of runs, then the hashes.
func (p Print) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(p.Runs))
	for _, h := range p.Lowest {
		b = binary.BigEndian.AppendUint64(b, h)
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary writes; what is cut off is left out.
func (p *Print) UnmarshalBinary(b []byte) error {
	runs, n := binary.Uvarint(b)
	p.Runs, p.Lowest = int(runs), nil
	for b = b[max(n, 0):]; len(b) >= 8; b = b[8:] {
		p.Lowest = append(p.Lowest, binary.BigEndian.Uint64(b))
	}
	return nil
}
