package bolt

import (
	"bytes"
	"iter"

	"go.etcd.io/bbolt"
)

type reader struct{ b *bbolt.Bucket }

// Get is the value of key, nil when there is none. A file opened read-only
// before anything was written has no bucket.
func (r reader) Get(key []byte) []byte {
	if r.b == nil {
		return nil
	}
	defer rethrow()
	return r.b.Get(key)
}

// Ascend walks the pairs with from <= key < to in order.
func (r reader) Ascend(from, to []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		if r.b == nil {
			return
		}
		c := cursor{r.b.Cursor()}
		for k, v := c.seek(from); k != nil; k, v = c.next() {
			if to != nil && bytes.Compare(k, to) >= 0 {
				return
			}
			if !yield(k, v) {
				return
			}
		}
	}
}

// Descend walks the same pairs backwards.
func (r reader) Descend(from, to []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		if r.b == nil {
			return
		}
		c := cursor{r.b.Cursor()}
		for k, v := c.before(to); k != nil; k, v = c.prev() {
			if bytes.Compare(k, from) < 0 {
				return
			}
			if !yield(k, v) {
				return
			}
		}
	}
}

type writer struct{ reader }

// Put sets the value of key; both are copied.
func (w writer) Put(key, value []byte) error {
	defer rethrow()
	return explain(w.b.Put(bytes.Clone(key), bytes.Clone(value)))
}

// Delete removes key if it is there.
func (w writer) Delete(key []byte) error {
	defer rethrow()
	return explain(w.b.Delete(key))
}

// cursor is the library's cursor whose panics on damaged pages are marked.
type cursor struct{ *bbolt.Cursor }

func (c cursor) seek(key []byte) (k, v []byte) {
	defer rethrow()
	return c.Seek(key)
}

func (c cursor) next() (k, v []byte) {
	defer rethrow()
	return c.Next()
}

func (c cursor) prev() (k, v []byte) {
	defer rethrow()
	return c.Prev()
}

// before goes to the last pair whose key is less than to, nil meaning the end.
func (c cursor) before(to []byte) (k, v []byte) {
	defer rethrow()
	if to == nil {
		return c.Last()
	}
	if k, _ := c.Seek(to); k == nil {
		return c.Last()
	}
	return c.Prev()
}
