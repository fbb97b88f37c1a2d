package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"attribot/store/claim"
)

// configured is who made what the configuration declares.
const configured = "configuration"

// PutClaim stores a person's new claim and gives it a number. A claim whose key
// is known already is refused with ErrInvalid: EditClaim changes it.
func (s *Store) PutClaim(ctx context.Context, c claim.Claim, by string) (claim.Claim, error) {
	err := s.curate(ctx, func(r *recording) (err error) {
		c, err = r.putClaim(c, by)
		return err
	})
	if err != nil {
		return claim.Claim{}, fmt.Errorf("put claim: %w", err)
	}
	return c, nil
}

func (r *recording) putClaim(c claim.Claim, by string) (claim.Claim, error) {
	if err := validClaim(c); err != nil {
		return c, err
	}
	if c.Key != "" && r.r.Get(textKey(pClaimKey, c.Key)) != nil {
		return c, fmt.Errorf("%w: there is a claim with key %q", ErrInvalid, c.Key)
	}
	c.Merged = ""
	if c.Status == 0 {
		c.Status = claim.Open
	}
	made, err := r.newClaim(c, claimRecord{By: by})
	if err != nil {
		return c, err
	}
	if err := r.audit(Change{By: by, Action: Made, Record: string(made.ID), After: made.Text}); err != nil {
		return made, err
	}
	if by != configured {
		if err := r.curated(made.ID, "made by a person"); err != nil {
			return made, err
		}
	}
	return made, r.takeWaiting(made.ID)
}

func validClaim(c claim.Claim) error {
	if strings.TrimSpace(c.Text) == "" {
		return fmt.Errorf("%w: a claim needs its sentence", ErrInvalid)
	}
	if strings.HasPrefix(c.Key, "=") {
		return fmt.Errorf("%w: a key may not begin with =", ErrInvalid)
	}
	return nil
}

func (r *recording) curated(id claim.ID, note string) error {
	return r.emit(Event{Kind: ClaimCurated, Claim: id, Note: note, Quiet: true})
}

// EditClaim replaces a claim's words and fields; number, key and proposal mark
// stay. What was linked stays linked.
func (s *Store) EditClaim(ctx context.Context, c claim.Claim, by string) (claim.Claim, error) {
	err := s.curate(ctx, func(r *recording) error {
		if err := validClaim(c); err != nil {
			return err
		}
		return r.changeClaim(c.ID, by, Edited, "", func(rec *claimRecord) error {
			c.Key, c.Proposed, c.Merged = rec.Key, rec.Proposed, rec.Merged
			if c.Status == 0 {
				c.Status = rec.Status
			}
			rec.Claim = c
			return nil
		})
	})
	if err != nil {
		return claim.Claim{}, fmt.Errorf("edit claim: %w", err)
	}
	return c, nil
}

// changeClaim changes a stored claim, notes it in the trail and the log, and
// teaches the judge after the commit.
func (r *recording) changeClaim(id claim.ID, by string, action Action, note string, change func(*claimRecord) error) error {
	rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
	if err != nil {
		return err
	}
	before := rec.Text
	if err := change(&rec); err != nil {
		return err
	}
	r.moved = append(r.moved, rec.Claim)
	if err := r.saveClaim(rec); err != nil {
		return err
	}
	entry := Change{By: by, Action: action, Record: string(id), Note: note}
	if rec.Text != before {
		entry.Before, entry.After = before, rec.Text
	}
	if err := r.audit(entry); err != nil {
		return err
	}
	return r.curated(id, strings.TrimSpace(action.String()+" "+note))
}

// ConfirmClaim makes a proposal a claim.
func (s *Store) ConfirmClaim(ctx context.Context, id claim.ID, by string) error {
	return s.curate(ctx, func(r *recording) error {
		return r.changeClaim(id, by, Confirmed, "", func(rec *claimRecord) error {
			if rec.Merged != "" {
				return fmt.Errorf("confirm claim %s: %w: merged into %s", id, ErrInvalid, rec.Merged)
			}
			rec.Proposed = false
			if rec.Status == claim.Withdrawn || rec.Status == 0 {
				rec.Status = claim.Open
			}
			return nil
		})
	})
}

// WithdrawClaim takes a claim out of judging; its statements and links stay.
func (s *Store) WithdrawClaim(ctx context.Context, id claim.ID, by string) error {
	return s.curate(ctx, func(r *recording) error {
		return r.changeClaim(id, by, WithdrawnBy, "", func(rec *claimRecord) error {
			rec.Status = claim.Withdrawn
			return nil
		})
	})
}

// MergeClaims puts one claim into another with all its statements; the links'
// history is kept, and what is said of the first from now on goes to the second.
func (s *Store) MergeClaims(ctx context.Context, from, into claim.ID, by string) error {
	err := s.curate(ctx, func(r *recording) error {
		target, err := must[claimRecord](r.view, claimKey(into), "claim", string(into))
		switch {
		case err != nil:
			return err
		case from == into:
			return fmt.Errorf("%w: a claim cannot go into itself", ErrInvalid)
		case target.Merged != "":
			return fmt.Errorf("%w: %s went into %s", ErrInvalid, into, target.Merged)
		}
		err = r.changeClaim(from, by, Merged, "into "+string(into), func(rec *claimRecord) error {
			if rec.Merged != "" {
				return fmt.Errorf("%w: it went into %s already", ErrInvalid, rec.Merged)
			}
			rec.Merged = into
			return nil
		})
		if err != nil {
			return err
		}
		return r.relink(from, into, r.statementsOn(from), "merged")
	})
	if err != nil {
		return fmt.Errorf("merge claim %s into %s: %w", from, into, err)
	}
	return nil
}

// SplitClaim makes a new claim of some of a claim's statements.
func (s *Store) SplitClaim(ctx context.Context, from claim.ID, part claim.Claim, sts []StatementID, by string) (claim.Claim, error) {
	err := s.curate(ctx, func(r *recording) error {
		var ns []uint64
		linked := r.statementsOn(from)
		for _, id := range sts {
			n := statementNumber(id)
			if !slices.Contains(linked, n) {
				return fmt.Errorf("statement %s: %w among those of %s", id, ErrNotFound, from)
			}
			ns = append(ns, n)
		}
		var err error
		if part, err = r.putClaim(part, by); err != nil {
			return err
		}
		if err := r.audit(Change{By: by, Action: Split, Record: string(from), Note: fmt.Sprintf("%d statements to %s", len(ns), part.ID)}); err != nil {
			return err
		}
		return r.relink(from, part.ID, ns, "split")
	})
	if err != nil {
		return claim.Claim{}, fmt.Errorf("split claim %s: %w", from, err)
	}
	return part, nil
}

// relink moves the links of statements from one claim to another and works out
// the positions on both anew.
func (r *recording) relink(from, into claim.ID, ns []uint64, why string) error {
	for _, n := range ns {
		st, err := must[Statement](r.view, numKey(pStatement, n), "statement", idOf(letterStatement, n))
		if err != nil {
			return err
		}
		err = r.amend(st, func(st *Statement) {
			old, ok := st.takeLink(from)
			if _, has := st.LinkTo(into); !ok || has {
				return
			}
			old.Claim, old.At = into, r.now
			old.Reasons = append(slices.Clone(old.Reasons), fmt.Sprintf("%s from %s by a person", why, from))
			st.Links = append(st.Links, old)
		})
		if err != nil {
			return err
		}
	}
	return r.recount(from, into)
}

// takeLink takes the link to a claim away and keeps it among the past ones.
func (s *Statement) takeLink(id claim.ID) (Link, bool) {
	l, ok := s.LinkTo(id)
	if ok {
		s.Links = slices.DeleteFunc(s.Links, func(l Link) bool { return l.Claim == id })
		s.Past = append(s.Past, l)
	}
	return l, ok
}

// recount works out the positions and counts of claims anew from their
// statements, without telling of it.
func (r *recording) recount(ids ...claim.ID) error { return r.recountBut("", ids...) }

// recountBut leaves one statement out.
func (r *recording) recountBut(except StatementID, ids ...claim.ID) error {
	for _, id := range ids {
		prefix := positionPrefix(id)
		if err := r.clear(prefix); err != nil {
			return err
		}
		confirmed := 0
		for _, n := range r.statementsOn(id) {
			if n == statementNumber(except) {
				continue
			}
			st, err := must[Statement](r.view, numKey(pStatement, n), "statement", idOf(letterStatement, n))
			if err != nil {
				return err
			}
			l, ok := st.LinkTo(id)
			if !ok || !l.Confirmed {
				continue
			}
			confirmed++
			if _, _, err := r.hold(&st, l); err != nil {
				return err
			}
		}
		rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
		if err != nil {
			return err
		}
		rec.Statements = confirmed
		if err := r.put(claimKey(id), rec); err != nil {
			return err
		}
	}
	return nil
}

// clear deletes everything beneath a prefix.
func (t *tx) clear(prefix []byte) error {
	var keys [][]byte
	for k := range t.r.Ascend(prefix, after(prefix)) {
		keys = append(keys, slices.Clone(k))
	}
	for _, k := range keys {
		if err := t.w.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// DeclareClaims brings the claims of the configuration in by their keys. A claim
// that is declared no more stays as it is.
func (s *Store) DeclareClaims(ctx context.Context, cs []claim.Claim) (Declared, error) {
	var d Declared
	err := s.curate(ctx, func(r *recording) error {
		d = Declared{}
		for _, c := range cs {
			if err := r.declareClaim(c, &d); err != nil {
				return fmt.Errorf("claim %q: %w", c.Key, err)
			}
		}
		return nil
	})
	if err != nil {
		return Declared{}, fmt.Errorf("declare claims: %w", err)
	}
	return d, nil
}

func (r *recording) declareClaim(c claim.Claim, d *Declared) error {
	if c.Key == "" {
		return fmt.Errorf("%w: it needs a key", ErrInvalid)
	}
	id := claim.ID(r.r.Get(textKey(pClaimKey, c.Key)))
	if id == "" {
		d.Added = append(d.Added, c.Key)
		_, err := r.putClaim(c, configured)
		return err
	}
	rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
	if err != nil {
		return err
	}
	if rec.By != configured || rec.Merged != "" || reflect.DeepEqual(r.declaredForm(c, rec), rec.Claim) {
		return nil
	}
	d.Changed = append(d.Changed, c.Key)
	return r.changeClaim(id, configured, Edited, "", func(rec *claimRecord) error {
		rec.Claim = r.declaredForm(c, *rec)
		return nil
	})
}

// declaredForm is a declared claim as it is stored: what the store has learnt of
// its status stays.
func (r *recording) declaredForm(c claim.Claim, rec claimRecord) claim.Claim {
	c.ID, c.Merged, c.Proposed = rec.ID, rec.Merged, rec.Proposed
	if c.Status == 0 || c.Status == claim.Open && rec.Status == claim.Contested {
		c.Status = rec.Status
	}
	return c
}
