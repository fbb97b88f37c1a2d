package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"attribot/store/kv"
	"attribot/store/kv/bolt"
	"attribot/store/kv/mem"
)

// countingEngine counts transactions, fails those for which fail says so, and
// holds each up until the gate opens.
type countingEngine struct {
	kv.Engine
	mu      sync.Mutex
	updates int
	gate    chan struct{}
	fail    func(kv.Reader) error
}

func (e *countingEngine) Update(fn func(kv.Writer) error) error {
	e.mu.Lock()
	e.updates++
	e.mu.Unlock()
	<-e.gate
	return e.Engine.Update(func(w kv.Writer) error {
		if err := fn(w); err != nil || e.fail == nil {
			return err
		}
		return e.fail(w)
	})
}

func countedStore(t *testing.T) (*Store, *countingEngine) {
	t.Helper()
	e := &countingEngine{Engine: mem.New(), gate: make(chan struct{})}
	close(e.gate)
	s, err := Open(e, Options{Judge: newPlainJudge(), Fresh: func() Judge { return newPlainJudge() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, e
}

// together records polls at once: the first holds the writer until all wait.
func together(t *testing.T, s *Store, e *countingEngine, polls int) []error {
	t.Helper()
	e.gate = make(chan struct{})
	e.updates = 0
	errs := make([]error, polls)
	var wg sync.WaitGroup
	for i := range polls {
		wg.Go(func() { _, errs[i] = s.Record(context.Background(), numberedPoll(i)) })
	}
	for waiting := 0; waiting < polls; runtime.Gosched() { // all but those that the first took along
		s.queue.mu.Lock()
		waiting = len(s.queue.waiting)
		s.queue.mu.Unlock()
		e.mu.Lock()
		if e.updates > 0 {
			waiting = max(waiting, polls-1)
		}
		e.mu.Unlock()
		if waiting >= polls-1 {
			break
		}
	}
	close(e.gate)
	wg.Wait()
	return errs
}

func TestWaitingPollsShareATransaction(t *testing.T) {
	s, e := countedStore(t)
	const polls = 20
	for _, err := range together(t, s, e, polls) {
		if err != nil {
			t.Error(err)
		}
	}
	if e.updates >= polls {
		t.Errorf("%d transactions for %d polls at once", e.updates, polls)
	}
	st, err := s.Stats()
	if err != nil || st.Statements != 2*polls {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestOneBadPollOfABatchSpoilsNoOther(t *testing.T) {
	s, e := countedStore(t)
	bad := errors.New("poll 3 cannot be written")
	e.fail = func(r kv.Reader) error {
		if r.Get(textKey(pArticle, "first-3")) != nil {
			return bad
		}
		return nil
	}
	for i, err := range together(t, s, e, 10) {
		if (i == 3) != errors.Is(err, bad) {
			t.Errorf("poll %d: %v", i, err)
		}
	}
	if _, err := s.Article("first-3"); !errors.Is(err, ErrNotFound) {
		t.Errorf("something of the bad poll is there: %v", err)
	}
	if _, err := s.Article("first-4"); err != nil {
		t.Errorf("a good poll is not there: %v", err)
	}
}

func TestCancelledRecordChangesNothing(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Record(ctx, numberedPoll(0)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if st, _ := w.Stats(); st.Articles != 0 {
		t.Errorf("%+v", st)
	}
}

func TestFullDiskLosesNothing(t *testing.T) {
	engine, err := bolt.Open(t.TempDir()+"/bot.db", bolt.Options{MaxSize: 512 << 10, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	judge := newPlainJudge()
	s, err := Open(engine, Options{Judge: judge, Fresh: func() Judge { return newPlainJudge() }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	recorded := 0
	for ; err == nil && recorded < 2000; recorded++ {
		p := numberedPoll(recorded)
		p.Readings[0].Article.Text += prose(40) + fmt.Sprint(recorded)
		_, err = s.Record(t.Context(), p)
	}
	recorded--
	if !errors.Is(err, kv.ErrFull) {
		t.Fatalf("after %d polls: %v", recorded, err)
	}
	w := &world{T: t, Store: s}
	w.sound()
	if next, err := nextPoll(s); err != nil || next != recorded {
		t.Errorf("the cursor stands at %d after %d polls, %v", next, recorded, err)
	}
	if st, err := s.Stats(); err != nil || st.Statements != 2*recorded || Seq(st.Events) != s.Last() {
		t.Errorf("%+v, last %d, %v", st, s.Last(), err)
	}
	if n := len(judge.claims); n > 0 {
		if c, err := s.Claims(ClaimFilter{}); err != nil || len(c) != n {
			t.Errorf("the judge knows %d claims, the store %d", n, len(c))
		}
	}
}
