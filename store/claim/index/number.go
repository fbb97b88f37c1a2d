package index

// size is a number with what it counts.
type size struct {
	value  int64 // thousandths; 0 for what is no plain number
	rarity uint32
}

// parseNumber reads a plain decimal number in thousandths, 0 for others and for
// numbers too large to matter.
func parseNumber(s string) int64 {
	var v int64
	decimals := -1
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.' && decimals < 0:
			decimals = 0
			continue
		case c < '0' || c > '9' || v > 1e14:
			return 0
		}
		if decimals >= 3 {
			continue
		}
		if decimals >= 0 {
			decimals++
		}
		v = v*10 + int64(c-'0')
	}
	for range 3 - max(decimals, 0) {
		v *= 10
	}
	return v
}

// closeness is 1000 for the same number, less for one near it, 0 from a tenth of
// difference on. Numbers under ten must be the same.
func closeness(a, b int64) int64 {
	if a == b && a != 0 {
		return 1000
	}
	more, less := max(a, b), min(a, b)
	if less < 10_000 {
		return 0
	}
	off := (more - less) * 1000 / more
	return max(0, 1000-10*off)
}

// numbersNear is how close the current document's numbers come to the query's.
func (l *looker[T]) numbersNear() int32 {
	var have, all uint64
	for _, q := range l.sizes {
		all += uint64(q.rarity)
		var most int64
		for _, w := range l.held {
			if w.number {
				most = max(most, closeness(q.value, parseNumber(l.snap.lexis.words[w.term])))
			}
		}
		have += uint64(q.rarity) * uint64(most) / 1000
	}
	return share(have, all)
}
