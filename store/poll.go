package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// Outcome counts what one Record added.
type Outcome struct {
	Articles    int // new
	Edits       int
	Withdrawn   int
	Mentions    int // new
	Statements  int // new
	Appearances int // of known statements in new articles
	Claims      int // proposed
	Events      int
	Last        Seq // of the log after the commit
}

// Source is a source's last recorded condition.
type Source struct {
	ID     reading.SourceID `json:"id"`
	Polled time.Time        `json:"polled"` // the last poll that brought something
	Since  time.Time        `json:"since"`  // of the condition
	Health reading.Health   `json:"health"`
}

// Record stores one poll in one transaction: articles, statements, links,
// proposals, positions, stories, events and the source's cursor, or nothing.
// Recording the same poll again adds nothing.
//
// Under load, polls that wait for the writer go into one transaction and share
// its sync; if that fails, each is tried by itself.
func (s *Store) Record(ctx context.Context, p reading.Poll) (Outcome, error) {
	return s.queue.join(&queued{ctx: ctx, poll: p}, s)
}

// RecordAll records several polls in one transaction with one sync, or none.
func (s *Store) RecordAll(ctx context.Context, ps []reading.Poll) (Outcome, error) {
	s.write.Lock()
	defer s.write.Unlock()
	reqs := make([]*queued, len(ps))
	for i, p := range ps {
		reqs[i] = &queued{ctx: ctx, poll: p}
	}
	if err := s.recordTogether(reqs); err != nil {
		return Outcome{Last: s.Last()}, err
	}
	total := Outcome{Last: s.Last()}
	for _, r := range reqs {
		total.add(r.out)
	}
	return total, nil
}

// recordTogether records polls in one transaction and notes the outcome of
// each. The caller holds the writer's lock.
func (s *Store) recordTogether(reqs []*queued) error {
	if idle, err := s.nothingNew(reqs); err != nil || idle {
		return err
	}
	var done *recording
	err := s.change(func(t *tx) error {
		done = s.record(t)
		for _, r := range reqs {
			done.out = Outcome{}
			if err := done.poll(r.ctx, r.poll); err != nil {
				return fmt.Errorf("record poll of %s: %w", r.poll.Source, err)
			}
			r.out = done.out
			r.out.Last = done.last
		}
		return nil
	})
	if err == nil {
		done.settle()
	}
	return err
}

// nothingNew spares the sync of polls that found nothing.
func (s *Store) nothingNew(reqs []*queued) (idle bool, err error) {
	err = s.look(func(v view) error {
		idle = !slices.ContainsFunc(reqs, func(r *queued) bool {
			p := r.poll
			moved := p.Cursor != nil && !bytes.Equal(p.Cursor, v.r.Get(textKey(pCursor, string(p.Source))))
			return len(p.Readings) > 0 || p.Health != nil || moved
		})
		return nil
	})
	return idle, err
}

// recording is one run of one transaction that changes statements or claims,
// with what has to be done once it is committed.
type recording struct {
	*tx
	scene map[claim.ID]StoryID // the stories of the article at hand by the claims of its statements
	fresh Judge                // judges by the claims made here; nil before the first
	moved []claim.Claim        // claims made or changed: the judge learns of them after the commit
	out   Outcome
	last  Seq
}

func (s *Store) record(t *tx) *recording {
	return &recording{tx: t, last: Seq(t.count(letterEvent))}
}

// settle swaps what was committed into the judge and rings the bell.
func (r *recording) settle() {
	for _, c := range r.moved {
		if (claimRecord{Claim: c}).judged() {
			r.s.opts.Judge.Put(c)
		} else {
			r.s.opts.Judge.Remove(c.ID)
		}
	}
	r.s.bell.ring(r.last)
}

// curate runs one change by a person like a Record.
func (s *Store) curate(ctx context.Context, fn func(*recording) error) error {
	s.write.Lock()
	defer s.write.Unlock()
	var done *recording
	err := s.change(func(t *tx) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		done = s.record(t)
		return fn(done)
	})
	if err == nil {
		done.settle()
	}
	return err
}

func (r *recording) poll(ctx context.Context, p reading.Poll) error {
	for i := range p.Readings {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.reading(&p.Readings[i], p); err != nil {
			return fmt.Errorf("article %s: %w", p.Readings[i].Article.ID, err)
		}
	}
	if err := r.health(p); err != nil || p.Cursor == nil {
		return err
	}
	return r.w.Put(textKey(pCursor, string(p.Source)), p.Cursor)
}

// health keeps a source's condition and tells of it when it is another one than
// before.
func (r *recording) health(p reading.Poll) error {
	if p.Health == nil {
		return nil
	}
	key := textKey(pSource, string(p.Source))
	src, known, err := get[Source](r.view, key)
	if err != nil {
		return err
	}
	if known && src.Health == *p.Health || !known && p.Health.State == reading.Well {
		return nil
	}
	changed := !known || src.Health.State != p.Health.State
	if changed {
		src.Since = r.now
	}
	src.ID, src.Polled, src.Health = p.Source, p.At, *p.Health
	if err := r.put(key, src); err != nil || !changed {
		return err
	}
	note := p.Health.Cause
	if p.Health.Advice != "" {
		note += " " + p.Health.Advice
	}
	return r.emit(Event{Kind: SourceHealth, Source: string(p.Source), Note: note})
}

// emit appends to the log.
func (r *recording) emit(e Event) error {
	n, err := r.next(letterEvent)
	if err != nil {
		return err
	}
	e.Seq, e.At = Seq(n), r.now
	r.last = e.Seq
	r.out.Events++
	return r.put(numKey(pEvent, n), e)
}

// articleJudge is a judge that understands the statements of one article from
// each other.
type articleJudge interface {
	JudgeAll([]statement.Statement) [][]claim.Verdict
}

// judgeAll asks the judge on the statements of one article.
func (r *recording) judgeAll(sts []statement.Statement) [][]claim.Verdict {
	if all, ok := r.s.opts.Judge.(articleJudge); ok && len(sts) > 0 {
		return all.JudgeAll(sts)
	}
	verdicts := make([][]claim.Verdict, len(sts))
	for i, st := range sts {
		verdicts[i] = r.s.opts.Judge.Judge(st)
	}
	return verdicts
}

// withFresh adds the verdicts on the claims that this transaction made.
func (r *recording) withFresh(st statement.Statement, verdicts []claim.Verdict) []claim.Verdict {
	verdicts = matches(verdicts)
	if r.fresh == nil {
		return verdicts
	}
	for _, v := range matches(r.fresh.Judge(st)) {
		if !slices.ContainsFunc(verdicts, func(w claim.Verdict) bool { return w.Claim == v.Claim }) {
			verdicts = append(verdicts, v)
		}
	}
	slices.SortStableFunc(verdicts, func(a, b claim.Verdict) int {
		return cmp.Or(-compareBool(a.Confirmed, b.Confirmed), -cmp.Compare(a.Score, b.Score), claim.CompareIDs(a.Claim, b.Claim))
	})
	return verdicts
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// matches leaves out the verdict that nothing matches.
func matches(vs []claim.Verdict) []claim.Verdict {
	return slices.DeleteFunc(slices.Clone(vs), func(v claim.Verdict) bool { return v.Claim == "" || v.Standing == claim.New })
}
