// Package bolt is the storage engine on disk: one file of go.etcd.io/bbolt,
// synced at each commit, held by one process at a time.
//
// What the library answers with a panic or a fault of the memory map (a file cut
// short, a page torn by a power loss) is turned into kv.ErrCorrupt, a full disk
// into kv.ErrFull, a file in use into kv.ErrLocked with the holder's name.
package bolt

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"attribot/store/kv"
)

// bucket is the one bucket that holds the map.
var bucket = []byte("attribot")

// Options say how a file is opened. The zero value suits a bot.
type Options struct {
	// Holder names this process to others that find the file locked, such as
	// "attribot run"; "" stands for the program's name.
	Holder string
	// Wait is how long to wait for another process to release the file; zero
	// means a tenth of a second.
	Wait time.Duration
	// ReadOnly opens an existing file without the right to change it; several
	// readers may share it.
	ReadOnly bool
	// MaxSize bounds the file in bytes; a commit beyond it fails with
	// kv.ErrFull. Zero means no bound but the disk's.
	MaxSize int
	// NoSync leaves out the sync at each commit. A crash may then damage the
	// file: for bulk loads into a file that can be made again.
	NoSync bool
}

// Engine is an open file.
type Engine struct {
	path string
	opts Options
	live sync.RWMutex // held for reading by transactions, for writing by Close and Compact
	db   *bbolt.DB    // nil when closed
}

// Open opens the file at path or makes it with mode 0600. Its error wraps
// kv.ErrLocked, kv.ErrCorrupt or kv.ErrFull where that is the cause.
func Open(path string, o Options) (*Engine, error) {
	db, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	e := &Engine{path: path, opts: o, db: db}
	if o.ReadOnly {
		return e, nil
	}
	if err := e.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), e.Close())
	}
	return e, nil
}

// prepare makes the bucket and leaves this process's name for others.
func (e *Engine) prepare() error {
	err := e.guard(func() error {
		return e.db.Update(func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucketIfNotExists(bucket)
			return err
		})
	})
	if err != nil {
		return err
	}
	return writeHolder(e.path, e.opts.Holder)
}

func open(path string, o Options) (*bbolt.DB, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	if o.Wait <= 0 {
		o.Wait = 100 * time.Millisecond
	}
	for {
		var file *os.File
		db, err := openLocked(path, o, &file)
		if err != nil {
			return nil, explainOpen(path, err)
		}
		if sameFile(file, path) {
			return db, nil
		}
		// A compaction put another file in its place while this one waited.
		if err := db.Close(); err != nil {
			return nil, err
		}
	}
}

func openLocked(path string, o Options, file **os.File) (db *bbolt.DB, err error) {
	defer catch(&err)
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         o.Wait,
		ReadOnly:        o.ReadOnly,
		MaxSize:         o.MaxSize,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapAhead,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag, mode)
			*file = f
			return f, err
		},
	})
	if err == nil {
		db.AllocSize = growBy
	}
	return db, err
}

// mapAhead is the address space in bytes that is mapped from the start: a file
// that outgrows its map has to wait for every reader. It costs no memory, but a
// system of 32 bits has no such space to spare.
const mapAhead = (1 << 30) * (strconv.IntSize / 64)

// growBy is the step in bytes by which the file grows.
const growBy = 1 << 20

func sameFile(f *os.File, path string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named)
}

func explainOpen(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return locked(path)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", kv.ErrCorrupt, err)
	}
	return explain(err)
}

// View runs fn on a snapshot.
func (e *Engine) View(fn func(kv.Reader) error) error {
	e.live.RLock()
	defer e.live.RUnlock()
	if e.db == nil {
		return kv.ErrClosed
	}
	return e.guard(func() error {
		return e.db.View(func(tx *bbolt.Tx) error { return fn(reader{root(tx)}) })
	})
}

// Update runs fn as the only writer and commits when fn returns nil.
func (e *Engine) Update(fn func(kv.Writer) error) error {
	e.live.RLock()
	defer e.live.RUnlock()
	switch {
	case e.db == nil:
		return kv.ErrClosed
	case e.opts.ReadOnly:
		return kv.ErrReadOnly
	}
	return e.guard(func() error { return e.update(fn) })
}

func (e *Engine) update(fn func(kv.Writer) error) error {
	tx, err := e.db.Begin(true)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback() // after a commit it only answers that the transaction is closed
	if err := fn(writer{reader{root(tx)}}); err != nil {
		return err
	}
	if err := commit(tx); err != nil {
		return fmt.Errorf("commit: %w", explain(err))
	}
	return nil
}

// root is nil in a file opened read-only before anything was written.
func root(tx *bbolt.Tx) *bbolt.Bucket {
	defer rethrow()
	return tx.Bucket(bucket)
}

func commit(tx *bbolt.Tx) error {
	defer rethrow()
	return tx.Commit()
}

// Close waits for running transactions and releases the file.
func (e *Engine) Close() error {
	e.live.Lock()
	defer e.live.Unlock()
	if e.db == nil {
		return nil
	}
	db := e.db
	e.db = nil
	if !e.opts.ReadOnly {
		removeHolder(e.path)
	}
	if err := db.Close(); err != nil {
		return fmt.Errorf("close store %s: %w", e.path, err)
	}
	return nil
}

// Backup writes a consistent copy of the file while it is in use.
func (e *Engine) Backup(w io.Writer) error {
	e.live.RLock()
	defer e.live.RUnlock()
	if e.db == nil {
		return kv.ErrClosed
	}
	return e.guard(func() error {
		return e.db.View(func(tx *bbolt.Tx) error {
			if _, err := tx.WriteTo(w); err != nil {
				return fmt.Errorf("back up store %s: %w", e.path, explain(err))
			}
			return nil
		})
	})
}

// Size is the file's size and the part of it in free pages, in bytes.
func (e *Engine) Size() (total, free int64) {
	e.live.RLock()
	defer e.live.RUnlock()
	if e.db == nil {
		return 0, 0
	}
	if info, err := os.Stat(e.path); err == nil {
		total = info.Size()
	}
	return total, int64(e.db.Stats().FreePageN) * int64(e.db.Info().PageSize)
}
