package store

import (
	"fmt"
	"strconv"

	"attribot/store/claim"
	"attribot/store/kv"
)

// Schema is the version of the key layout and records that this program writes.
const Schema = 1

// migration brings a store from one version to the next in one transaction.
type migration struct {
	from  int
	about string // what it does, for the log
	run   func(*tx) error
}

// migrations lists every step, oldest first; the last one ends at Schema.
var migrations = []migration{}

// migrate brings the store to Schema, one step a transaction, so that a process
// killed in between goes on at the step where it was.
func (s *Store) migrate() error { return s.migrateWith(migrations, Schema) }

func (s *Store) migrateWith(steps []migration, target int) error {
	for {
		version, err := s.schema()
		switch {
		case err != nil:
			return err
		case version == target:
			return nil
		case version > target:
			return fmt.Errorf("%w: schema %d, this program knows up to %d; update attribot or restore a backup", ErrNewer, version, target)
		}
		if err := s.step(steps, version, target); err != nil {
			return err
		}
	}
}

// step runs the migration from a version; an empty store starts at the target.
func (s *Store) step(steps []migration, version, target int) error {
	return s.change(func(t *tx) error {
		if version == 0 {
			return t.setSchema(target)
		}
		for _, m := range steps {
			if m.from != version {
				continue
			}
			s.opts.Log.Info("migrate store", "from", version, "to", version+1, "about", m.about)
			if err := m.run(t); err != nil {
				return fmt.Errorf("migrate store from schema %d: %w", version, err)
			}
			return t.setSchema(version + 1)
		}
		return fmt.Errorf("migrate store: no step from schema %d", version)
	})
}

func (t *tx) setSchema(version int) error {
	return t.w.Put([]byte(pSchema), strconv.AppendInt(nil, int64(version), 10))
}

// schema is zero for an empty store.
func (s *Store) schema() (version int, err error) {
	err = s.look(func(v view) error {
		b := v.r.Get([]byte(pSchema))
		if b == nil {
			return refuseForeign(v.r)
		}
		if version, err = strconv.Atoi(string(b)); err != nil || version < 1 {
			return fmt.Errorf("read schema version %q: %w", b, kv.ErrCorrupt)
		}
		return nil
	})
	return version, err
}

// refuseForeign keeps a map with other contents from being taken for an empty
// store.
func refuseForeign(r kv.Reader) error {
	for range r.Ascend(nil, nil) {
		return fmt.Errorf("read schema version: %w: there is none, but there are records", kv.ErrCorrupt)
	}
	return nil
}

// load fills the judge, finds the log's end, and settles what the last process
// left open.
func (s *Store) load() error {
	var claims []claim.Claim
	err := s.look(func(v view) error {
		for rec, err := range each[claimRecord](v, []byte(pClaim)) {
			if err != nil {
				return err
			}
			if rec.judged() {
				claims = append(claims, rec.Claim)
			}
		}
		s.bell.last = Seq(v.count(letterEvent))
		return nil
	})
	if err != nil {
		return fmt.Errorf("read claims: %w", err)
	}
	s.teach(claims)
	return s.unsettle()
}

// teach puts claims into the judge, at once where it can take them so.
func (s *Store) teach(claims []claim.Claim) {
	if many, ok := s.opts.Judge.(interface{ PutAll([]claim.Claim) }); ok {
		many.PutAll(claims)
		return
	}
	for _, c := range claims {
		s.opts.Judge.Put(c)
	}
}
