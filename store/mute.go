package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"attribot/store/claim"
	"attribot/store/query"
)

// MuteID names a mute: "M2".
type MuteID string

// Mute keeps what it names out of a channel until it ends.
type Mute struct {
	ID      MuteID    `json:"id"`
	Network string    `json:"network,omitempty"` // "" = every network
	Channel string    `json:"channel,omitempty"` // "" = every channel
	Query   string    `json:"query,omitempty"`   // what is muted, in the query language
	Claim   claim.ID  `json:"claim,omitempty"`   // or one claim
	Story   StoryID   `json:"story,omitempty"`   // or one story
	Until   time.Time `json:"until,omitzero"`    // zero: until it is taken back
	By      string    `json:"by"`
	Made    time.Time `json:"made"`
}

// AddMute stores a mute and numbers it.
func (s *Store) AddMute(ctx context.Context, m Mute) (Mute, error) {
	if m.Query == "" && m.Claim == "" && m.Story == "" {
		return m, fmt.Errorf("add mute: %w: it names nothing", ErrInvalid)
	}
	if _, err := query.Parse(m.Query); err != nil {
		return m, fmt.Errorf("add mute: %w: %w", ErrInvalid, err)
	}
	err := s.change(func(t *tx) error {
		n, err := t.next(letterMute)
		if err != nil {
			return err
		}
		m.ID, m.Made = MuteID(idOf(letterMute, n)), t.now
		if err := t.put(numKey(pMute, n), m); err != nil {
			return err
		}
		return t.audit(Change{By: m.By, Action: Made, Record: string(m.ID), Note: m.subject()})
	})
	if err != nil {
		return Mute{}, fmt.Errorf("add mute: %w", err)
	}
	return m, nil
}

// subject says what is muted.
func (m Mute) subject() string { return cmp.Or(m.Query, string(m.Claim), string(m.Story)) }

// RemoveMute takes a mute back.
func (s *Store) RemoveMute(ctx context.Context, id MuteID, by string) error {
	return s.change(func(t *tx) error {
		key := numKey(pMute, numberOf(letterMute, string(id)))
		m, err := must[Mute](t.view, key, "mute", string(id))
		if err != nil {
			return err
		}
		if err := t.w.Delete(key); err != nil {
			return err
		}
		return t.audit(Change{By: by, Action: Removed, Record: string(id), Note: m.subject()})
	})
}

// Mutes lists the mutes that have not ended.
func (s *Store) Mutes() (mutes []Mute, err error) {
	now := s.opts.Now()
	err = s.look(func(v view) error {
		for m, err := range each[Mute](v, []byte(pMute)) {
			if err != nil {
				return err
			}
			if m.Until.IsZero() || m.Until.After(now) {
				mutes = append(mutes, m)
			}
		}
		return nil
	})
	return mutes, err
}
