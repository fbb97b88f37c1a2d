package store

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/kv"
)

// The errors on which callers decide.
var (
	ErrNotFound = errors.New("not found")
	ErrNewer    = errors.New("store was written by a newer version")
	ErrDeclared = errors.New("declared in the configuration")
	ErrInvalid  = errors.New("invalid")
)

// Judge decides how statements stand to the claims put into it.
type Judge interface {
	Judge(statement.Statement) []claim.Verdict
	Put(claim.Claim)
	Remove(claim.ID)
}

// Options set a store up. The zero value works.
type Options struct {
	Now func() time.Time // nil: the wall clock
	Log *slog.Logger     // nil: nothing is logged

	// Judge judges new statements; the store puts every claim into it and
	// keeps it up. Nil: a judge with the fitted weights.
	Judge Judge
	// Fresh makes an empty judge of the same kind, for the claims that a
	// running transaction makes: Judge learns of them after the commit.
	// Nil: as for Judge.
	Fresh func() Judge
	// Weights is the version of the judge's weights, noted on each link. Zero:
	// what the judge's method Version says, if it has one.
	Weights int

	// QuietAfter is how long a story without a new statement takes more; zero
	// means 14 days.
	QuietAfter time.Duration
	// ProposalLapse is how long an unconfirmed proposal that gains nothing
	// lives; zero means 90 days.
	ProposalLapse time.Duration
	// WaitFor is how long an unmatched denial waits for its accusation; zero
	// means 30 days.
	WaitFor time.Duration
	// QuietEdit is the share of an article's words in thousandths below which
	// an edit is not told; zero means 50.
	QuietEdit int
}

// Store records and answers. Any number of goroutines may use it.
type Store struct {
	engine kv.Engine
	codec  codec
	opts   Options
	write  sync.Mutex // one writer: the judge's index and the file move together
	queue  queue      // of polls that wait for the writer
	bell   bell       // rings when events were appended
}

// Open reads the schema version, migrates an older store forward, refuses a
// newer one with ErrNewer, and fills the judge with the stored claims. Posts
// that were being sent when the process ended become Unknown.
func Open(engine kv.Engine, o Options) (*Store, error) {
	codec, err := newCodec()
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{engine: engine, codec: codec, opts: o.withDefaults()}
	if err := s.migrate(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Fresh == nil {
		o.Fresh = func() Judge { return claim.NewJudge(claim.Options{}) }
	}
	if o.Judge == nil {
		o.Judge = o.Fresh()
	}
	if v, ok := o.Judge.(interface{ Version() int }); ok && o.Weights == 0 {
		o.Weights = v.Version()
	}
	if o.QuietAfter <= 0 {
		o.QuietAfter = 14 * day
	}
	if o.ProposalLapse <= 0 {
		o.ProposalLapse = 90 * day
	}
	if o.WaitFor <= 0 {
		o.WaitFor = 30 * day
	}
	if o.QuietEdit <= 0 {
		o.QuietEdit = 50
	}
	return o
}

const day = 24 * time.Hour

// Close releases the engine. Waiting calls of Wait end with kv.ErrClosed.
func (s *Store) Close() error {
	s.bell.close()
	if err := s.engine.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
