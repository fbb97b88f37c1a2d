package bolt

import (
	"fmt"
	"os"

	"go.etcd.io/bbolt"

	"attribot/store/kv"
)

// compactBatch is how many bytes one transaction of a compaction writes.
const compactBatch = 1 << 20

// Compact rewrites the file without its free pages and puts the copy in its
// place at once. Transactions wait meanwhile. It gives the sizes before and
// after in bytes.
func (e *Engine) Compact() (before, after int64, err error) {
	e.live.Lock()
	defer e.live.Unlock()
	switch {
	case e.db == nil:
		return 0, 0, kv.ErrClosed
	case e.opts.ReadOnly:
		return 0, 0, kv.ErrReadOnly
	}
	before = fileSize(e.path)
	if err := e.guard(e.compact); err != nil {
		return before, before, fmt.Errorf("compact store %s: %w", e.path, err)
	}
	return before, fileSize(e.path), nil
}

func (e *Engine) compact() error {
	next := e.path + ".compact"
	os.Remove(next) // left by a run that was killed
	var file *os.File
	db, err := openLocked(next, Options{Wait: e.opts.Wait, MaxSize: e.opts.MaxSize, NoSync: true}, &file)
	if err != nil {
		return explain(err)
	}
	if err := e.fill(db, next); err != nil {
		db.Close()
		os.Remove(next)
		return explain(err)
	}
	db.NoSync = e.opts.NoSync
	old := e.db
	e.db = db
	return old.Close()
}

// fill copies everything into db and renames it; until the rename the old file
// stands untouched.
func (e *Engine) fill(db *bbolt.DB, next string) error {
	if err := bbolt.Compact(db, e.db, compactBatch); err != nil {
		return err
	}
	if err := db.Sync(); err != nil {
		return err
	}
	return os.Rename(next, e.path)
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Check walks every page and the free list. Each fault wraps kv.ErrCorrupt.
func (e *Engine) Check() []error {
	var faults []error
	err := e.View(func(r kv.Reader) error {
		for range r.Ascend(nil, nil) { // on this goroutine, where a fault can be caught
		}
		return nil
	})
	if err != nil {
		return append(faults, err)
	}
	e.live.RLock()
	defer e.live.RUnlock()
	if e.db == nil {
		return append(faults, kv.ErrClosed)
	}
	err = e.db.View(func(tx *bbolt.Tx) error {
		for fault := range tx.Check() {
			faults = append(faults, fmt.Errorf("check store %s: %w: %w", e.path, kv.ErrCorrupt, fault))
		}
		return nil
	})
	if err != nil {
		faults = append(faults, err)
	}
	return faults
}
