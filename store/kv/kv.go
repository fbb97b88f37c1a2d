// Package kv is the contract of a storage engine: a sorted map of byte strings
// with transactions. Engines stand beneath (bolt, mem), one suite that each has
// to pass beside (kvtest).
//
// There is one serialised writer at a time and any number of readers; a reader
// works on the snapshot of its start. Keys and values handed out are valid until
// the transaction ends and must not be changed.
package kv

import (
	"errors"
	"io"
	"iter"
)

// The errors on which callers decide.
var (
	ErrClosed   = errors.New("store is closed")
	ErrReadOnly = errors.New("transaction is read-only")
	ErrLocked   = errors.New("store file is in use by another process")
	ErrFull     = errors.New("no space left for the store file")
	ErrCorrupt  = errors.New("store file is damaged")
)

// Engine is a sorted map with transactions.
type Engine interface {
	// View runs fn on a snapshot.
	View(fn func(Reader) error) error
	// Update runs fn as the only writer and commits when fn returns nil. It
	// may run fn more than once; only the last run counts.
	Update(fn func(Writer) error) error
	// Close waits for running transactions and releases the file.
	Close() error
}

// Reader reads one snapshot.
type Reader interface {
	// Get is the value of key, nil when there is none.
	Get(key []byte) []byte
	// Ascend walks the pairs with from <= key < to in order; a nil to means
	// the end.
	Ascend(from, to []byte) iter.Seq2[[]byte, []byte]
	// Descend walks the same pairs backwards.
	Descend(from, to []byte) iter.Seq2[[]byte, []byte]
}

// Writer reads and changes the map inside an Update. A walk must not be
// continued after a change.
type Writer interface {
	Reader
	Put(key, value []byte) error
	Delete(key []byte) error
}

// Backer is an engine that can write a consistent copy of itself while it is
// in use.
type Backer interface {
	// Backup writes a whole copy in the engine's own file format.
	Backup(w io.Writer) error
}

// Compacter is an engine whose file can be rewritten without its free pages.
type Compacter interface {
	// Compact rewrites the file and gives the sizes before and after in bytes.
	Compact() (before, after int64, err error)
}

// Checker is an engine that can check its own file.
type Checker interface {
	// Check walks every page and gives each fault found; an empty slice means
	// that the file is sound. A fault wraps ErrCorrupt.
	Check() []error
}

// Sizer is an engine that knows its size.
type Sizer interface {
	// Size is what the file takes on disk, and the part of it that is free for
	// reuse, both in bytes.
	Size() (total, free int64)
}
