package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Declared says what a reconciliation with the configuration changed, by key.
type Declared struct {
	Added, Changed, Paused, Resumed []string
}

func subKey(id SubscriptionID) []byte { return textKey(pSub, string(id)) }

// DeclareSubscriptions brings the subscriptions of the configuration in by their
// ids; those that are declared no more are paused, never deleted. A new one
// starts at the log's end, or at its Cursor where that is set.
func (s *Store) DeclareSubscriptions(ctx context.Context, subs []Subscription) (Declared, error) {
	var d Declared
	err := s.change(func(t *tx) error {
		d = Declared{}
		declared := map[SubscriptionID]bool{}
		for _, sub := range subs {
			declared[sub.ID] = true
			if err := t.declare(sub, &d); err != nil {
				return err
			}
		}
		return t.pauseUndeclared(declared, &d)
	})
	if err != nil {
		return Declared{}, fmt.Errorf("declare subscriptions: %w", err)
	}
	return d, nil
}

func (t *tx) declare(sub Subscription, d *Declared) error {
	if sub.ID == "" || numberOf(letterSubscription, string(sub.ID)) != 0 {
		return fmt.Errorf("subscription %q: %w: a declared key may not be empty or look like B3", sub.ID, ErrInvalid)
	}
	old, known, err := get[Subscription](t.view, subKey(sub.ID))
	if err != nil {
		return err
	}
	sub.Declared, sub.By = true, configured
	if !known {
		d.Added = append(d.Added, string(sub.ID))
		sub.Made = t.now
		if sub.Cursor == 0 {
			sub.Cursor = Seq(t.count(letterEvent))
		}
		return t.saveSubscription(sub, Change{By: configured, Action: Made})
	}
	resumed := old.Paused && !sub.Paused
	sub.Made, sub.Cursor = old.Made, old.Cursor
	if sub.When == old.When && sub.Zone == old.Zone {
		sub.Due = old.Due
	}
	switch {
	case reflect.DeepEqual(sub, old):
		return nil
	case resumed:
		d.Resumed = append(d.Resumed, string(sub.ID))
		return t.saveSubscription(sub, Change{By: configured, Action: Resumed})
	}
	d.Changed = append(d.Changed, string(sub.ID))
	return t.saveSubscription(sub, Change{By: configured, Action: Edited})
}

func (t *tx) pauseUndeclared(declared map[SubscriptionID]bool, d *Declared) error {
	stored, err := all[Subscription](t.view, []byte(pSub))
	if err != nil {
		return err
	}
	for _, sub := range stored {
		if !sub.Declared || sub.Paused || declared[sub.ID] {
			continue
		}
		sub.Paused = true
		d.Paused = append(d.Paused, string(sub.ID))
		if err := t.saveSubscription(sub, Change{By: configured, Action: Paused}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) saveSubscription(sub Subscription, c Change) error {
	c.Record = string(sub.ID)
	c.After = strings.TrimSpace(sub.Query + " " + sub.When)
	if err := t.audit(c); err != nil {
		return err
	}
	return t.put(subKey(sub.ID), sub)
}

// AddSubscription stores a person's subscription and numbers it; its place is
// the log's end.
func (s *Store) AddSubscription(ctx context.Context, sub Subscription) (Subscription, error) {
	err := s.change(func(t *tx) error {
		n, err := t.next(letterSubscription)
		if err != nil {
			return err
		}
		sub.ID, sub.Declared = SubscriptionID(idOf(letterSubscription, n)), false
		sub.Made, sub.Cursor = t.now, Seq(t.count(letterEvent))
		return t.saveSubscription(sub, Change{By: sub.By, Action: Made})
	})
	if err != nil {
		return Subscription{}, fmt.Errorf("add subscription: %w", err)
	}
	return sub, nil
}

// EditSubscription replaces a subscription's query, time and place; its cursor
// and its maker stay. A declared one is refused with ErrDeclared.
func (s *Store) EditSubscription(ctx context.Context, sub Subscription, by string) error {
	return s.changeSubscription("edit", sub.ID, by, Edited, func(old *Subscription) {
		sub.Declared, sub.By, sub.Made, sub.Cursor, sub.Paused = false, old.By, old.Made, old.Cursor, old.Paused
		*old = sub
	})
}

// PauseSubscription pauses or resumes. A declared one is refused with
// ErrDeclared. What happened during the pause is not told afterwards.
func (s *Store) PauseSubscription(ctx context.Context, id SubscriptionID, pause bool, by string) error {
	action := Resumed
	if pause {
		action = Paused
	}
	end := s.Last()
	return s.changeSubscription(action.String(), id, by, action, func(sub *Subscription) {
		if sub.Paused && !pause {
			sub.Cursor = max(sub.Cursor, end)
			sub.Due = time.Time{}
		}
		sub.Paused = pause
	})
}

func (s *Store) changeSubscription(verb string, id SubscriptionID, by string, action Action, change func(*Subscription)) error {
	err := s.change(func(t *tx) error {
		sub, err := must[Subscription](t.view, subKey(id), "subscription", string(id))
		if err != nil {
			return err
		}
		if sub.Declared {
			return ErrDeclared
		}
		change(&sub)
		return t.saveSubscription(sub, Change{By: by, Action: action})
	})
	if err != nil {
		return fmt.Errorf("%s subscription %s: %w", verb, id, err)
	}
	return nil
}

// RemoveSubscription deletes a subscription made in chat; a declared one is
// refused with ErrDeclared. Its posts stay in the ledger.
func (s *Store) RemoveSubscription(ctx context.Context, id SubscriptionID, by string) error {
	err := s.change(func(t *tx) error {
		sub, err := must[Subscription](t.view, subKey(id), "subscription", string(id))
		if err != nil {
			return err
		}
		if sub.Declared {
			return ErrDeclared
		}
		if err := t.audit(Change{By: by, Action: Removed, Record: string(id), Before: sub.Query}); err != nil {
			return err
		}
		return t.w.Delete(subKey(id))
	})
	if err != nil {
		return fmt.Errorf("remove subscription %s: %w", id, err)
	}
	return nil
}

// Subscription is ErrNotFound for an unknown id.
func (s *Store) Subscription(id SubscriptionID) (Subscription, error) {
	return one[Subscription](s, subKey(id), "subscription", string(id))
}

// Subscriptions lists all, paused ones as well: declared ones by key, then those
// made in chat by number.
func (s *Store) Subscriptions() (subs []Subscription, err error) {
	err = s.look(func(v view) error {
		subs, err = all[Subscription](v, []byte(pSub))
		return err
	})
	slices.SortStableFunc(subs, func(a, b Subscription) int {
		if a.Declared != b.Declared {
			return -compareBool(a.Declared, b.Declared)
		}
		return int(numberOf(letterSubscription, string(a.ID))) - int(numberOf(letterSubscription, string(b.ID)))
	})
	return subs, err
}
