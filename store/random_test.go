package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// randomStatement is one of few, so that they meet again in other articles.
func randomStatement(rng *rand.Rand) statement.Statement {
	n := rng.IntN(40)
	st := said(manySpeakers[n%4], statement.Stances()[n%15], manyParties[n%3], fmt.Sprintf("case %s in %s and the servers of %s", madeUp(n), manyWords[n%6], madeUp(n*3)))
	if n%2 == 0 {
		st.Actors = []statement.Actor{manyActors[n%3]}
	}
	switch rng.IntN(6) {
	case 0:
		st.Said.Year = 0
	case 1:
		st.Said = statement.Date{}
	case 2:
		st.Background = true
	}
	return st
}

// randomReading is a new article, or an edit or the end of an old one.
func randomReading(rng *rand.Rand, made *int) reading.Reading {
	id := *made
	if *made > 0 && rng.IntN(3) == 0 {
		id = rng.IntN(*made)
	} else {
		*made++
	}
	var sts []statement.Statement
	for range rng.IntN(4) {
		sts = append(sts, randomStatement(rng))
	}
	rd := read(fmt.Sprint("a", id), fmt.Sprint("Outlet ", id%5), sts...)
	rd.Baseline = rng.IntN(10) == 0
	rd.Withdrawn = rng.IntN(12) == 0
	if rd.Withdrawn {
		rd.Statements = nil
	}
	return rd
}

// randomCuration is something that a person may do at any time.
func randomCuration(rng *rand.Rand, w *world) error {
	st := StatementID(idOf(letterStatement, 1+rng.Uint64N(30)))
	c := func() claim.ID { return claim.ID(idOf(letterClaim, 1+rng.Uint64N(12))) }
	ctx := w.Context()
	switch rng.IntN(8) {
	case 0:
		return w.Link(ctx, st, c(), claim.Denies, "ann")
	case 1:
		return w.Unlink(ctx, st, c(), "ann")
	case 2:
		return w.AnswerLink(ctx, st, c(), rng.IntN(2) == 0, "ben")
	case 3:
		return w.MergeClaims(ctx, c(), c(), "ann")
	case 4:
		_, err := w.SplitClaim(ctx, c(), claim.Claim{Text: "a part"}, []StatementID{st}, "ann")
		return err
	case 5:
		return w.WithdrawClaim(ctx, c(), "ann")
	case 6:
		return w.ConfirmClaim(ctx, c(), "ann")
	}
	_, err := w.Lapse(ctx)
	return err
}

func TestRandomPollsAndPeopleKeepTheStoreSound(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 11))
			w := newWorld(t)
			made := 0
			for step := range 60 {
				w.now = w.now.Add(time.Duration(rng.IntN(100)) * time.Hour)
				var rs []reading.Reading
				for range 1 + rng.IntN(3) {
					rs = append(rs, randomReading(rng, &made))
				}
				w.poll(rs...)
				if out := w.poll(rs[len(rs)-1]); out.Mentions+out.Statements+out.Events > 0 && !rs[len(rs)-1].Withdrawn {
					t.Fatalf("step %d: the same again adds %+v", step, out)
				}
				if err := randomCuration(rng, w); err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrInvalid) {
					t.Fatalf("step %d: %v", step, err)
				}
			}
			w.sound()
			w.checkJudge()
			w.checkPositions()
		})
	}
}

// checkJudge compares what the judge knows with what it should.
func (w *world) checkJudge() {
	w.Helper()
	cs, err := w.Claims(ClaimFilter{Merged: true})
	w.must(err)
	for _, c := range cs {
		if want := (claimRecord{Claim: c}).judged(); w.judge.has(c.ID) != want {
			w.Errorf("the judge has %s: %v, want %v", c.ID, !want, want)
		}
	}
}

// checkPositions compares the count of each claim's positions with its links.
func (w *world) checkPositions() {
	w.Helper()
	cs, err := w.Claims(ClaimFilter{})
	w.must(err)
	for _, c := range cs {
		entries, err := w.Timeline(c.ID)
		w.must(err)
		ps, err := w.Positions(c.ID)
		w.must(err)
		confirmed := 0
		for _, e := range entries {
			if e.Link.Confirmed {
				confirmed++
			}
		}
		if (confirmed == 0) != (len(ps) == 0) {
			w.Errorf("%s has %d confirmed links and %d positions", c.ID, confirmed, len(ps))
		}
		if info, err := w.ClaimInfo(c.ID); err != nil || info.Statements != confirmed {
			w.Errorf("%s counts %d statements of %d, %v", c.ID, info.Statements, confirmed, err)
		}
	}
}
