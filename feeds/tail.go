package feeds

import (
	"encoding/binary"
	"fmt"
	"time"
)

// tail is the part of a cursor that stays in the store between polls.
type tail struct {
	known    []knownItem
	revisits []revisit
}

// revisit is a page that is read again to see whether its words have changed
// or it is gone.
type revisit struct {
	key   uint64 // of its item
	name  string // the item's key in words: the article's id hangs on it
	link  string
	title string
	next  int64 // seconds since 1970
	stage uint8 // how often it was read again
}

// revisitAfter are the times from the first reading at which a page is read
// again: quiet edits come in the first hours, withdrawals within days.
var revisitAfter = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour}

// The most that is kept of a source.
const (
	revisitsKept = 40  // pages, the newest
	knownSpare   = 200 // items that are listed no more, at least
)

func decodeTail(b []byte) (tail, error) {
	if len(b) == 0 {
		return tail{}, nil
	}
	r := byteReader{rest: b}
	n := r.uint()
	if r.bad || n > uint64(len(r.rest)) || n%knownSize != 0 {
		return tail{}, fmt.Errorf("read cursor: items: %w", errCursor)
	}
	t := tail{known: decodeKnown(r.rest[:n])}
	r.rest = r.rest[n:]
	for len(r.rest) > 0 && !r.bad {
		t.revisits = append(t.revisits, revisit{key: r.uint(), name: r.str(), link: r.str(), title: r.str(), next: r.int(), stage: uint8(r.uint())})
	}
	if r.bad {
		return tail{}, fmt.Errorf("read cursor: pages: %w", errCursor)
	}
	return t, nil
}

func encodeTail(t tail) []byte {
	items := encodeKnown(t.known)
	b := binary.AppendUvarint(make([]byte, 0, len(items)+10), uint64(len(items)))
	b = append(b, items...)
	for _, r := range t.revisits {
		b = binary.AppendUvarint(b, r.key)
		for _, s := range []string{r.name, r.link, r.title} {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
		b = binary.AppendVarint(b, r.next)
		b = binary.AppendUvarint(b, uint64(r.stage))
	}
	return b
}
