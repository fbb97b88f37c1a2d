// Package feeds polls sources: feeds and web pages, each on its own schedule.
//
// A poll of a source ends as a [reading.Poll]: the articles that were new or
// changed, with the statements that the extractor found in them, and the
// source's cursor. The [Recorder] commits both or neither, so a process that
// dies anywhere reads the same items again and loses none.
//
// The first sight of a source is its baseline: what it lists is recorded and
// flagged, so that nothing old is alerted, unless since reaches back. An
// article whose words change later is read again.
package feeds

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// Recorder keeps cursors and records polls. Cursor is nil for a source that was
// never recorded. Record commits the readings and the cursor in one
// transaction; a poll whose Cursor is nil leaves the cursor as it is.
type Recorder interface {
	Cursor(ctx context.Context, source reading.SourceID) ([]byte, error)
	Record(ctx context.Context, poll reading.Poll) error
}

// Fetcher gets one address.
type Fetcher interface {
	Get(ctx context.Context, request fetch.Request) (fetch.Response, error)
}

// Options configure a Poller. Zero durations and counts are defaults. Recorder,
// Fetch, Extract, Now and Hub are used by many polls at a time.
type Options struct {
	Sources     []Source
	Recorder    Recorder
	Fetch       Fetcher
	Extract     func(article.Article) []statement.Statement // nil = none: articles are recorded without statements
	Now         func() time.Time                            // nil = time.Now
	Log         *slog.Logger                                // nil = none
	Since       time.Duration                               // how far the first sight of a source reads back; 0 = a silent baseline
	MinInterval time.Duration                               // default 10 min
	MaxInterval time.Duration                               // default 6 h
	Workers     int                                         // sources polled at a time; default 256: most of them wait
	Seed        uint64                                      // of the spread and the jitter; any value

	// Hub is told the WebSub hubs that a feed names, each time its body is
	// read, with the address that the feed gives itself; nil = nobody is.
	Hub func(source reading.SourceID, topic string, hubs []string)
}

// Summary is the outcome of polling every source once.
type Summary struct {
	Sources     int // polled
	Requests    int
	NotModified int // unchanged: by 304 or by the body's hash
	NewItems    int // items not seen before
	Articles    int // read: new or edited
	Statements  int
	Faults      []Fault
}

// Fault is a source that could not be polled.
type Fault struct {
	Source reading.SourceID
	Cause  string // one sentence
	Advice string
	Err    error // for the log
}

// Poller polls sources.
type Poller struct {
	o       Options
	watches []*watch
	wake    chan reading.SourceID
}

// watch is a source with its place in the schedule.
type watch struct {
	source Source
	cursor cursor
	loaded bool
	due    time.Time
	polls  uint64 // made by this process: the jitter hangs on it
	last   time.Time
}

const (
	defaultWorkers = 256
	wakeQueue      = 256              // sources that were woken and not yet looked at
	wakeGap        = 10 * time.Second // between two polls of a source that is woken again and again
)

// New checks the options and makes a poller. It does not touch the network or
// the recorder.
func New(o Options) (*Poller, error) {
	if o.Recorder == nil || o.Fetch == nil {
		return nil, errors.New("make poller: want a recorder and a fetcher")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.MinInterval = orDuration(o.MinInterval, defaultMin)
	o.MaxInterval = max(orDuration(o.MaxInterval, defaultMax), o.MinInterval)
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	p := &Poller{o: o, wake: make(chan reading.SourceID, wakeQueue)}
	seen := map[reading.SourceID]bool{}
	for _, s := range o.Sources {
		if seen[s.ID] {
			return nil, fmt.Errorf("make poller: source %q is there twice", s.ID)
		}
		seen[s.ID] = true
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("make poller: source %q: %w", s.ID, err)
		}
		if s.Kind == 0 {
			s.Kind = FeedKind
		}
		if !s.Paused {
			p.watches = append(p.watches, &watch{source: s})
		}
	}
	return p, nil
}

// Wake has a running poller poll a source now, as a hub's push asks for. It
// never waits; when too many are woken at once, the rest keep their time.
func (p *Poller) Wake(id reading.SourceID) {
	select {
	case p.wake <- id:
	default:
	}
}

func orDuration(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// check refuses what can never be polled.
func (s Source) check() error {
	if s.ID == "" {
		return errors.New("want an id")
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("want an http or https address")
	}
	if s.Zone != "" {
		if _, err := time.LoadLocation(s.Zone); err != nil {
			return fmt.Errorf("read zone: %w", err)
		}
	}
	if s.MaxInterval > 0 && s.MinInterval > s.MaxInterval {
		return errors.New("the shortest interval is longer than the longest")
	}
	return article.CheckSelectors(s.List.Links, s.List.Next, s.List.Body, s.List.Date)
}

func (w *watch) address() string {
	if w.cursor.moved != "" {
		return w.cursor.moved
	}
	return w.source.URL
}

func (w *watch) host() string {
	u, err := url.Parse(w.address())
	if err != nil {
		return ""
	}
	return u.Host
}

func (w *watch) name() string {
	if w.source.Name != "" {
		return w.source.Name
	}
	return string(w.source.ID)
}

func (p *Poller) bounds(s Source) (low, high time.Duration) {
	low = orDuration(s.MinInterval, p.o.MinInterval)
	return low, max(orDuration(s.MaxInterval, p.o.MaxInterval), low)
}

// load reads the source's cursor once. What it says of another address than
// the configured one counts for nothing but the items.
func (p *Poller) load(ctx context.Context, w *watch) error {
	if w.loaded {
		return nil
	}
	blob, err := p.o.Recorder.Cursor(ctx, w.source.ID)
	if err != nil {
		return fmt.Errorf("read cursor of %s: %w", w.source.ID, err)
	}
	c, _, err := splitCursor(blob)
	if err != nil {
		return fmt.Errorf("source %s: %w", w.source.ID, err)
	}
	if address := hash64(uint64(w.source.Kind), w.source.URL); c.address != address {
		c = cursor{address: address} // a first sight again, of the items that are not known
	}
	w.cursor, w.loaded, w.due = c, true, unix(c.due)
	if c.revisit != 0 && c.revisit < c.due {
		w.due = unix(c.revisit)
	}
	return nil
}

// tail reads what is known of the source's items.
func (p *Poller) tail(ctx context.Context, w *watch) (tail, error) {
	blob, err := p.o.Recorder.Cursor(ctx, w.source.ID)
	if err != nil {
		return tail{}, fmt.Errorf("read cursor of %s: %w", w.source.ID, err)
	}
	_, encoded, err := splitCursor(blob)
	if err != nil {
		return tail{}, err
	}
	return decodeTail(encoded)
}
