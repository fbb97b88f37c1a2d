package store

import (
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"attribot/store/kv"
)

// view reads records of one snapshot.
type view struct {
	codec
	r kv.Reader
}

// get reads the record at key; false when there is none.
func get[T any](v view, key []byte) (T, bool, error) {
	var rec T
	b := v.r.Get(key)
	if b == nil {
		return rec, false, nil
	}
	if err := v.decode(b, &rec); err != nil {
		return rec, false, fmt.Errorf("%q: %w", key, err)
	}
	return rec, true, nil
}

// must reads the record at key and makes its absence ErrNotFound.
func must[T any](v view, key []byte, what, id string) (T, error) {
	rec, ok, err := get[T](v, key)
	if err == nil && !ok {
		err = fmt.Errorf("%s %s: %w", what, id, ErrNotFound)
	}
	return rec, err
}

// each walks the records beneath a prefix in order. The error ends it.
func each[T any](v view, prefix []byte) iter.Seq2[T, error] {
	return decoded[T](v, v.r.Ascend(prefix, after(prefix)))
}

func decoded[T any](v view, pairs iter.Seq2[[]byte, []byte]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for k, b := range pairs {
			var rec T
			err := v.decode(b, &rec)
			if err != nil {
				err = fmt.Errorf("%q: %w", k, err)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// all collects what each walks.
func all[T any](v view, prefix []byte) ([]T, error) {
	var recs []T
	for rec, err := range each[T](v, prefix) {
		if err != nil {
			return nil, err
		}
		recs = append(recs, rec)
	}
	return recs, nil
}

// tx changes records inside one transaction of the engine.
type tx struct {
	view
	s   *Store
	w   kv.Writer
	now time.Time
}

func (t *tx) put(key []byte, rec any) error {
	b, err := t.encode(rec)
	if err != nil {
		return fmt.Errorf("%q: %w", key, err)
	}
	return t.w.Put(key, b)
}

// next gives the next number of a letter, from 1 without gaps.
func (t *tx) next(letter byte) (uint64, error) {
	key := []byte(pNext + string(letter))
	n := t.count(letter) + 1
	return n, t.w.Put(key, strconv.AppendUint(nil, n, 10))
}

// count is the last number given.
func (v view) count(letter byte) uint64 {
	n, err := strconv.ParseUint(string(v.r.Get([]byte(pNext+string(letter)))), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// entry is one index entry that follows from a record.
type entry struct {
	key   []byte
	value []byte
}

// reindex replaces the index entries of a record by those of its new form.
func (t *tx) reindex(before, now []entry) error {
	kept := make(map[string][]byte, len(before))
	for _, e := range before {
		kept[string(e.key)] = e.value
	}
	for _, e := range now {
		old, had := kept[string(e.key)]
		delete(kept, string(e.key))
		if had && slices.Equal(old, e.value) {
			continue
		}
		if err := t.w.Put(e.key, e.value); err != nil {
			return err
		}
	}
	for key := range kept {
		if err := t.w.Delete([]byte(key)); err != nil {
			return err
		}
	}
	return nil
}

func bigEndian(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// look runs fn on a snapshot.
func (s *Store) look(fn func(view) error) error {
	return s.engine.View(func(r kv.Reader) error { return fn(view{s.codec, r}) })
}

// change runs fn as the only writer. What fn wants done after the commit it
// keeps in the settled value that the caller made afresh inside fn.
func (s *Store) change(fn func(*tx) error) error {
	return s.engine.Update(func(w kv.Writer) error {
		return fn(&tx{view: view{s.codec, w}, s: s, w: w, now: s.opts.Now()})
	})
}
