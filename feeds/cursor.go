package feeds

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"attribot/feeds/reading"
)

// cursorVersion is the first byte of every cursor. A cursor of a later version
// is refused, so that an older program does not read a source from the start.
const cursorVersion = 1

// errCursor is a cursor that cannot be read.
var errCursor = errors.New("cursor is damaged")

// cursor is what is kept of a source between polls: the head, which is held in
// memory, and what is known of its items, which stays in the store until a body
// has changed.
type cursor struct {
	address  uint64 // hash of the configured address: another one starts anew
	moved    string // where it moved for good
	etag     string
	modified string
	body     uint64 // hash of the last body that was read
	due      int64  // seconds since 1970, as the other times
	interval int64  // seconds between polls, by habit
	gap      int64  // seconds between items, by habit; 0 = unknown
	lastNew  int64  // when an item was new
	lastBody int64  // when a body was read
	failures uint64 // in a row
	told     reading.HealthState
	stopped  bool
	pending  bool  // some item's page is to be tried again
	revisit  int64 // when the next page is to be read again; 0 = never
}

// knownItem is what is known of an item: some dozen bytes, not its words.
type knownItem struct {
	key   uint64 // hash of its key
	raw   uint64 // hash of the feed's words for it
	words uint64 // hash of its article's words
	tries uint8  // at its page that failed; 0 = nothing to try
}

const knownSize = 8 + 8 + 8 + 1

// splitCursor parts a stored cursor into its head and its tail, which stays
// encoded.
func splitCursor(blob []byte) (cursor, []byte, error) {
	if len(blob) == 0 {
		return cursor{}, nil, nil
	}
	if blob[0] != cursorVersion {
		return cursor{}, nil, fmt.Errorf("read cursor: it is of version %d, this program knows %d", blob[0], cursorVersion)
	}
	r := byteReader{rest: blob[1:]}
	c := cursor{address: r.uint(), moved: r.str(), etag: r.str(), modified: r.str(), body: r.uint(),
		due: r.int(), interval: r.int(), gap: r.int(), lastNew: r.int(), lastBody: r.int(), failures: r.uint()}
	c.told = reading.HealthState(r.uint())
	flags := r.uint()
	c.stopped, c.pending = flags&1 != 0, flags&2 != 0
	c.revisit = r.int()
	if r.bad {
		return cursor{}, nil, fmt.Errorf("read cursor: %w", errCursor)
	}
	return c, r.rest, nil
}

// joinCursor is the cursor as it is stored, of a head and an encoded tail.
func joinCursor(c cursor, items []byte) []byte {
	b := make([]byte, 0, 96+len(c.moved)+len(c.etag)+len(c.modified)+len(items))
	b = append(b, cursorVersion)
	b = binary.AppendUvarint(b, c.address)
	for _, s := range []string{c.moved, c.etag, c.modified} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, c.body)
	for _, n := range []int64{c.due, c.interval, c.gap, c.lastNew, c.lastBody} {
		b = binary.AppendVarint(b, n)
	}
	b = binary.AppendUvarint(b, c.failures)
	b = binary.AppendUvarint(b, uint64(c.told))
	flags := uint64(0)
	if c.stopped {
		flags |= 1
	}
	if c.pending {
		flags |= 2
	}
	b = binary.AppendUvarint(b, flags)
	b = binary.AppendVarint(b, c.revisit)
	return append(b, items...)
}

type byteReader struct {
	rest []byte
	bad  bool
}

func (r *byteReader) uint() uint64 {
	n, size := binary.Uvarint(r.rest)
	r.skip(size)
	return n
}

func (r *byteReader) int() int64 {
	n, size := binary.Varint(r.rest)
	r.skip(size)
	return n
}

func (r *byteReader) str() string {
	n := r.uint()
	if n > uint64(len(r.rest)) {
		r.bad = true
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *byteReader) skip(size int) {
	if size <= 0 {
		r.bad, r.rest = true, nil
		return
	}
	r.rest = r.rest[size:]
}

func decodeKnown(items []byte) []knownItem {
	known := make([]knownItem, 0, len(items)/knownSize)
	for ; len(items) >= knownSize; items = items[knownSize:] {
		known = append(known, knownItem{key: binary.LittleEndian.Uint64(items), raw: binary.LittleEndian.Uint64(items[8:]),
			words: binary.LittleEndian.Uint64(items[16:]), tries: items[24]})
	}
	return known
}

func encodeKnown(known []knownItem) []byte {
	b := make([]byte, 0, len(known)*knownSize)
	for _, k := range known {
		b = binary.LittleEndian.AppendUint64(b, k.key)
		b = binary.LittleEndian.AppendUint64(b, k.raw)
		b = binary.LittleEndian.AppendUint64(b, k.words)
		b = append(b, k.tries)
	}
	return b
}

func unix(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
