package store

import (
	"context"
	"fmt"
	"time"

	"attribot/store/claim"
)

// Answer is a person's right or wrong to a link that the judge made.
type Answer struct {
	Statement StatementID   `json:"statement"`
	Verdict   claim.Verdict `json:"verdict"` // as it was answered
	Right     bool          `json:"right"`
	By        string        `json:"by"`
	At        time.Time     `json:"at"`
	Weights   int           `json:"weights"` // the version that judged
}

// Link sets a statement's standing to a claim by a person's word.
func (s *Store) Link(ctx context.Context, st StatementID, c claim.ID, as claim.Standing, by string) error {
	if as == 0 || as == claim.New {
		return fmt.Errorf("link statement %s: %w: no standing", st, ErrInvalid)
	}
	return s.relate(ctx, st, c, "link", func(r *recording, stored *Statement) error {
		stored.takeLink(c)
		v := claim.Verdict{Claim: c, Standing: as, Score: 1000, Confirmed: true, Reasons: []string{"linked by a person"}}
		stored.Links = append([]Link{{Verdict: v, By: by, At: r.now}}, stored.Links...)
		stored.Waiting = zeroTime
		return r.audit(Change{By: by, Action: Linked, Record: string(st), Note: fmt.Sprintf("%s %s", as, c)})
	})
}

// Unlink takes a link away; its history is kept.
func (s *Store) Unlink(ctx context.Context, st StatementID, c claim.ID, by string) error {
	return s.relate(ctx, st, c, "unlink", func(r *recording, stored *Statement) error {
		if _, ok := stored.takeLink(c); !ok {
			return ErrNotFound
		}
		return r.audit(Change{By: by, Action: Unlinked, Record: string(st), Note: string(c)})
	})
}

// AnswerLink records a person's right or wrong to a link of the judge's, and
// confirms the link or takes it away.
func (s *Store) AnswerLink(ctx context.Context, st StatementID, c claim.ID, right bool, by string) error {
	return s.relate(ctx, st, c, "answer", func(r *recording, stored *Statement) error {
		l, ok := stored.takeLink(c)
		if !ok {
			return ErrNotFound
		}
		news := right && !l.Confirmed
		if err := r.keepAnswer(Answer{Statement: st, Verdict: l.Verdict, Right: right, By: by, At: r.now, Weights: l.Version}); err != nil {
			return err
		}
		action := AnsweredWrong
		if right {
			action = AnsweredRight
			l.Confirmed, l.By, l.At = true, by, r.now
			stored.Links = append([]Link{l}, stored.Links...)
			stored.Waiting = zeroTime
		}
		if news {
			if err := r.confirmedBy(stored, l); err != nil {
				return err
			}
		}
		return r.audit(Change{By: by, Action: action, Record: string(st), Note: fmt.Sprintf("%s %s", l.Standing, c)})
	})
}

// confirmedBy tells of a link that only was suggested until a person said yes:
// now it is news.
func (r *recording) confirmedBy(st *Statement, l Link) error {
	quiet := st.Baseline || st.Said.Background
	if !quiet {
		if err := r.belong(st, ""); err != nil {
			return err
		}
	}
	kind, party, err := r.hold(st, l)
	if err != nil {
		return err
	}
	return r.emit(Event{Kind: kind, Statement: st.ID, Claim: l.Claim, Story: st.Story, Party: party, Article: st.Appearances[0].Article, Note: "confirmed by a person", Quiet: quiet})
}

func (r *recording) keepAnswer(a Answer) error {
	n, err := r.next(letterAnswer)
	if err != nil {
		return err
	}
	return r.put(numKey(pAnswer, n), a)
}

// relate changes the links of one statement and works out anew who holds what
// on the claim.
func (s *Store) relate(ctx context.Context, st StatementID, c claim.ID, verb string, change func(*recording, *Statement) error) error {
	err := s.curate(ctx, func(r *recording) error {
		if _, err := must[claimRecord](r.view, claimKey(c), "claim", string(c)); err != nil {
			return err
		}
		stored, err := must[Statement](r.view, statementKey(st), "statement", string(st))
		if err != nil {
			return err
		}
		before := stored.clone()
		if err := change(r, &stored); err != nil {
			return err
		}
		if err := r.saveStatement(&before, stored); err != nil {
			return err
		}
		if err := r.recount(c); err != nil {
			return err
		}
		return r.emit(Event{Kind: ClaimCurated, Statement: st, Claim: c, Story: stored.Story, Note: verb, Quiet: true})
	})
	if err != nil {
		return fmt.Errorf("%s statement %s and claim %s: %w", verb, st, c, err)
	}
	return nil
}

// Answers is the log of all answers, oldest first.
func (s *Store) Answers() (answers []Answer, err error) {
	err = s.look(func(v view) error {
		answers, err = all[Answer](v, []byte(pAnswer))
		return err
	})
	return answers, err
}
