package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"attribot/store/claim"
	"attribot/store/kv"
)

// ErrUnsupported tells that the engine cannot do what was asked.
var ErrUnsupported = errors.New("not supported by this engine")

// Backup writes a consistent copy while the store is in use.
func (s *Store) Backup(w io.Writer) error {
	engine, ok := s.engine.(kv.Backer)
	if !ok {
		return fmt.Errorf("back up store: %w", ErrUnsupported)
	}
	return engine.Backup(w)
}

// Compact rewrites the file without its free pages; sizes in bytes.
func (s *Store) Compact() (before, after int64, err error) {
	engine, ok := s.engine.(kv.Compacter)
	if !ok {
		return 0, 0, fmt.Errorf("compact store: %w", ErrUnsupported)
	}
	return engine.Compact()
}

// Lapse withdraws the unconfirmed proposals that gained nothing for too long
// and gives up denials that waited too long. It gives the proposals.
func (s *Store) Lapse(ctx context.Context) (lapsed []claim.ID, err error) {
	err = s.curate(ctx, func(r *recording) error {
		lapsed = nil
		records, err := all[claimRecord](r.view, []byte(pClaim))
		if err != nil {
			return err
		}
		for _, rec := range records {
			if !r.lapses(rec) {
				continue
			}
			lapsed = append(lapsed, rec.ID)
			err := r.changeClaim(rec.ID, judgeName, Lapsed, "nobody confirmed it", func(rec *claimRecord) error {
				rec.Status = claim.Withdrawn
				return nil
			})
			if err != nil {
				return err
			}
		}
		return r.giveUpWaiting()
	})
	if err != nil {
		return nil, fmt.Errorf("lapse proposals: %w", err)
	}
	return lapsed, nil
}

func (r *recording) lapses(rec claimRecord) bool {
	last := rec.Made
	if rec.Gained.After(last) {
		last = rec.Gained
	}
	return rec.Proposed && rec.judged() && r.now.Sub(last) > r.s.opts.ProposalLapse
}

func (r *recording) giveUpWaiting() error {
	var late []Statement
	for k := range r.r.Ascend([]byte(pWaiting), endOf(pWaiting)) {
		n := tailNumber(k)
		st, err := must[Statement](r.view, numKey(pStatement, n), "statement", idOf(letterStatement, n))
		if err != nil {
			return err
		}
		if st.Waiting.Before(r.now) {
			late = append(late, st)
		}
	}
	for _, st := range late {
		if err := r.amend(st, func(st *Statement) { st.Waiting = zeroTime }); err != nil {
			return err
		}
	}
	return nil
}

// retainBatch is how many texts one transaction removes.
const retainBatch = 500

// Retain removes the texts of articles first seen before a time; records,
// statements and words stay. It gives the number of texts removed.
func (s *Store) Retain(ctx context.Context, before time.Time) (removed int, err error) {
	old, err := s.oldTexts(before)
	if err != nil {
		return 0, fmt.Errorf("remove old texts: %w", err)
	}
	for batch := range slices.Chunk(old, retainBatch) {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		err := s.change(func(t *tx) error {
			for _, id := range batch {
				if err := t.w.Delete(textKey(pText, id)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return removed, fmt.Errorf("remove old texts: %w", err)
		}
		removed += len(batch)
	}
	return removed, nil
}

func (s *Store) oldTexts(before time.Time) (ids []string, err error) {
	err = s.look(func(v view) error {
		for a, err := range each[Article](v, []byte(pArticle)) {
			if err != nil {
				return err
			}
			if a.FirstSeen.Before(before) && v.r.Get(textKey(pText, a.ID)) != nil {
				ids = append(ids, a.ID)
			}
		}
		return nil
	})
	return ids, err
}

// forgotten stands where a chat user's id stood.
const forgotten = "forgotten user"

// Forget replaces a chat user's id wherever it is kept (trail, answers, links,
// subscriptions, mutes, claims) and gives the number of records changed.
func (s *Store) Forget(ctx context.Context, person string) (changed int, err error) {
	if person == "" || person == judgeName || person == configured {
		return 0, fmt.Errorf("forget %q: %w: not a person", person, ErrInvalid)
	}
	err = s.curate(ctx, func(r *recording) error {
		changed = 0
		for _, prefix := range []string{pAudit, pAnswer, pStatement, pSub, pMute, pClaim, pEvent} {
			n, err := r.replaceIn(prefix, person)
			if err != nil {
				return err
			}
			changed += n
		}
		return r.audit(Change{By: forgotten, Action: Forgotten, Record: "personal data", Note: fmt.Sprintf("%d records", changed)})
	})
	if err != nil {
		return 0, fmt.Errorf("forget user: %w", err)
	}
	return changed, nil
}

// replaceIn rewrites the records beneath a prefix that were made by a person.
func (r *recording) replaceIn(prefix, person string) (int, error) {
	type pair struct{ k, v []byte }
	var found []pair
	for k, b := range r.r.Ascend([]byte(prefix), endOf(prefix)) {
		var rec any
		if err := r.decode(b, &rec); err != nil {
			return 0, fmt.Errorf("%q: %w", k, err)
		}
		if !replaceMaker(rec, person) {
			continue
		}
		b, err := r.encode(rec)
		if err != nil {
			return 0, err
		}
		found = append(found, pair{bytes.Clone(k), b})
	}
	for _, p := range found {
		if err := r.w.Put(p.k, p.v); err != nil {
			return 0, err
		}
	}
	return len(found), nil
}

// replaceMaker replaces a person in every field "by", however deep, which is the
// only place where records name chat users. It reports whether it did.
func replaceMaker(rec any, person string) (did bool) {
	switch rec := rec.(type) {
	case map[string]any:
		for field, value := range rec {
			if field == "by" && value == person {
				rec[field] = forgotten
				did = true
				continue
			}
			did = replaceMaker(value, person) || did
		}
	case []any:
		for _, value := range rec {
			did = replaceMaker(value, person) || did
		}
	}
	return did
}
