package store

import (
	"slices"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// judgeName is who decided a link that no person did.
const judgeName = "judge"

// maxLinks bounds the links of one statement that the judge may make.
const maxLinks = 8

func (r *recording) links(verdicts []claim.Verdict) []Link {
	var links []Link
	for _, v := range verdicts {
		if len(links) == maxLinks {
			break
		}
		links = append(links, Link{Verdict: v, By: judgeName, Version: r.s.opts.Weights, At: r.now})
	}
	return links
}

// newStatement numbers, links and stores a statement said for the first time,
// and tells what follows from it.
func (r *recording) newStatement(a *Article, said statement.Statement, verdicts []claim.Verdict, beside StatementID) (Statement, error) {
	n, err := r.next(letterStatement)
	if err != nil {
		return Statement{}, err
	}
	r.out.Statements++
	st := Statement{
		ID: StatementID(idOf(letterStatement, n)), Said: said, Appearances: []Appearance{appearanceOf(a, said)},
		Links: r.links(verdicts), Recorded: r.now, Baseline: a.Baseline,
	}
	made, err := r.propose(&st)
	if err != nil {
		return st, err
	}
	if opposes(st) && st.primary() == "" {
		st.Waiting = r.now.Add(r.s.opts.WaitFor)
	}
	if !said.Background {
		if err := r.belong(&st, beside); err != nil {
			return st, err
		}
	}
	if err := r.saveStatement(nil, st); err != nil {
		return st, err
	}
	return st, r.tell(&st, made)
}

func opposes(st Statement) bool {
	p := st.Said.Stance.Polarity()
	return p == statement.Opposes || p == statement.Counters
}

// tell appends what a new statement means: a new claim, what it does to each
// claim that it stands to, or that nobody knows yet.
func (r *recording) tell(st *Statement, made claim.ID) error {
	quiet := st.Baseline || st.Said.Background
	if made != "" {
		e := Event{Kind: NewClaim, Statement: st.ID, Claim: made, Story: st.Story, Party: partyOf(st.Said.Speaker).name, Article: st.Appearances[0].Article,
			Quiet: quiet, Review: weakVoice(st.Said)}
		if err := r.emit(e); err != nil {
			return err
		}
	}
	if st.primary() != "" {
		if err := r.standBut(st, made, quiet); err != nil || made == "" {
			return err
		}
		return r.takeWaiting(made)
	}
	e := Event{Statement: st.ID, Story: st.Story, Party: partyOf(st.Said.Speaker).name, Article: st.Appearances[0].Article, Quiet: quiet, Review: true}
	switch {
	case len(st.Links) > 0:
		e.Claim, e.Kind = st.Links[0].Claim, firstKind(st.Links[0].Standing)
	case opposes(*st):
		e.Kind = Unmatched
	default:
		e.Kind = NewAssertion
	}
	return r.emit(e)
}

// weakVoice reports a statement that rests only on an outlet's own voice, on
// unnamed sources or on a hedge: it goes to the review queue.
func weakVoice(s statement.Statement) bool {
	k := s.Speaker.Kind
	return k == statement.Unnamed || k == statement.Outlet || s.Certainty != "" || s.Stance == statement.Doubt
}

// stand brings a statement's confirmed links into the positions and tells of
// each.
func (r *recording) stand(st *Statement, quiet bool) error { return r.standBut(st, "", quiet) }

// standBut leaves untold the claim that a NewClaim event has told of.
func (r *recording) standBut(st *Statement, told claim.ID, quiet bool) error {
	for _, l := range st.Links {
		if !l.Confirmed {
			continue
		}
		if err := r.standTo(st, l, l.Claim == told, quiet); err != nil {
			return err
		}
	}
	return nil
}

func (r *recording) standTo(st *Statement, l Link, told, quiet bool) error {
	if err := r.gain(l, st); err != nil {
		return err
	}
	kind, party, err := r.hold(st, l)
	if err != nil || told {
		return err
	}
	weak := (weakVoice(st.Said) || l.Standing == claim.Hedges) && kind != Repeated
	return r.emit(Event{Kind: kind, Statement: st.ID, Claim: l.Claim, Story: st.Story, Party: party, Article: st.Appearances[0].Article, Quiet: quiet, Review: weak})
}

// gain counts a claim's statement, and marks the claim as contested when it is
// the first denial.
func (r *recording) gain(l Link, st *Statement) error {
	rec, err := must[claimRecord](r.view, claimKey(l.Claim), "claim", string(l.Claim))
	if err != nil {
		return err
	}
	rec.Statements++
	rec.Gained = r.now
	against := l.Standing == claim.Denies || l.Standing == claim.CountersIt
	if against && rec.Status == claim.Open {
		rec.Status = claim.Contested
		r.moved = append(r.moved, rec.Claim)
	}
	return r.put(claimKey(l.Claim), rec)
}

// takeWaiting links the denials that waited for a claim.
func (r *recording) takeWaiting(id claim.ID) error {
	rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
	if err != nil {
		return err
	}
	only := r.s.opts.Fresh()
	only.Put(rec.Claim)
	var waiting []uint64
	prefix := []byte(pWaiting)
	for k := range r.r.Descend(prefix, after(prefix)) {
		if waiting = append(waiting, tailNumber(k)); len(waiting) == maxNear {
			break
		}
	}
	slices.Reverse(waiting)
	for _, n := range waiting {
		if err := r.takeOne(n, only); err != nil {
			return err
		}
	}
	return nil
}

func (r *recording) takeOne(n uint64, only Judge) error {
	st, err := must[Statement](r.view, numKey(pStatement, n), "statement", idOf(letterStatement, n))
	if err != nil || st.Waiting.Before(r.now) {
		return err
	}
	links := r.links(matches(only.Judge(st.Said)))
	if !slices.ContainsFunc(links, confirmed) {
		return nil
	}
	before := st.clone()
	for _, l := range st.Links {
		if !slices.ContainsFunc(links, func(n Link) bool { return n.Claim == l.Claim }) {
			links = append(links, l)
		}
	}
	st.Links = links
	st.Waiting = zeroTime
	if !st.Said.Background {
		if err := r.belong(&st, ""); err != nil {
			return err
		}
	}
	if err := r.saveStatement(&before, st); err != nil {
		return err
	}
	return r.stand(&st, st.Baseline || st.Said.Background)
}
