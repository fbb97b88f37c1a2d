// Package mem is a storage engine in memory: the sorted map of kv as a
// persistent treap, so that a reader's snapshot is one pointer and costs
// nothing. It serves tests, back-tests and the console demo; nothing is left
// after the process.
package mem

import (
	"bytes"
	"iter"
	"sync"
	"sync/atomic"

	"attribot/store/kv"
)

// Engine is a sorted map in memory.
type Engine struct {
	write  sync.Mutex   // held by the one writer
	live   sync.RWMutex // held for reading by transactions, for writing by Close
	root   atomic.Pointer[node]
	closed bool // guarded by live
}

// New makes an empty map.
func New() *Engine { return new(Engine) }

// View runs fn on a snapshot.
func (e *Engine) View(fn func(kv.Reader) error) error {
	e.live.RLock()
	defer e.live.RUnlock()
	if e.closed {
		return kv.ErrClosed
	}
	return fn(reader{e.root.Load()})
}

// Update runs fn as the only writer and commits when fn returns nil.
func (e *Engine) Update(fn func(kv.Writer) error) error {
	e.live.RLock()
	defer e.live.RUnlock()
	if e.closed {
		return kv.ErrClosed
	}
	e.write.Lock()
	defer e.write.Unlock()
	w := &writer{reader{e.root.Load()}}
	if err := fn(w); err != nil {
		return err
	}
	e.root.Store(w.root)
	return nil
}

// Close waits for running transactions; later ones fail with kv.ErrClosed.
func (e *Engine) Close() error {
	e.live.Lock()
	defer e.live.Unlock()
	e.closed = true
	e.root.Store(nil)
	return nil
}

// Size is what keys and values take, in bytes; nothing of it is free.
func (e *Engine) Size() (total, free int64) {
	for k, v := range (reader{e.root.Load()}).Ascend(nil, nil) {
		total += int64(len(k) + len(v))
	}
	return total, 0
}

type reader struct{ root *node }

// Get is the value of key, nil when there is none.
func (r reader) Get(key []byte) []byte {
	n := r.root
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value
		}
	}
	return nil
}

// Ascend walks the pairs with from <= key < to in order.
func (r reader) Ascend(from, to []byte) iter.Seq2[[]byte, []byte] {
	root := r.root
	return func(yield func([]byte, []byte) bool) { root.ascend(from, to, yield) }
}

// Descend walks the same pairs backwards.
func (r reader) Descend(from, to []byte) iter.Seq2[[]byte, []byte] {
	root := r.root
	return func(yield func([]byte, []byte) bool) { root.descend(from, to, yield) }
}

type writer struct{ reader }

// Put sets the value of key; both are copied.
func (w *writer) Put(key, value []byte) error {
	w.root = w.root.put(bytes.Clone(key), append([]byte{}, value...))
	return nil
}

// Delete removes key if it is there.
func (w *writer) Delete(key []byte) error {
	w.root = w.root.remove(key)
	return nil
}
