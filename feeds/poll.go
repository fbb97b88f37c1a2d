package feeds

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

// outcome is what one poll of one source came to.
type outcome struct {
	requests   int
	unchanged  bool
	newItems   int
	articles   int
	statements int
	fault      *Fault
	err        error // the recorder's
}

// visit is one poll of one source while it goes on. Its cursor is a copy: the
// watch takes it over once it is recorded.
type visit struct {
	p      *Poller
	w      *watch
	once   bool
	now    time.Time
	cursor cursor
	tail   *tail // read when needed
	answer fetch.Response
	health *reading.Health
	out    outcome
}

// poll polls a source and sets when it is due next. Whatever goes wrong ends
// here: no source ends the process.
func (p *Poller) poll(ctx context.Context, w *watch, once bool) (out outcome) {
	v := &visit{p: p, w: w, once: once, now: p.o.Now(), cursor: w.cursor}
	w.polls++
	defer func() {
		if r := recover(); r != nil {
			p.o.Log.Error("polling failed inside", "source", w.source.ID, "panic", r, "stack", string(debug.Stack()))
			w.due = v.now.Add(backoffMax)
			v.out.fault = &Fault{Source: w.source.ID, Cause: w.name() + " cannot be read: the program has a fault.", Advice: "Report it with the log.", Err: fmt.Errorf("panic: %v", r)}
			out = v.out
		}
	}()
	if err := v.run(ctx); err != nil {
		w.due = v.now.Add(time.Minute)
		if ctx.Err() == nil {
			p.o.Log.Error("poll not recorded", "source", w.source.ID, "error", err)
			v.out.err = err
		}
	}
	return v.out
}

// run fetches and takes what comes. An error is the recorder's.
func (v *visit) run(ctx context.Context) error {
	answer, err := v.p.o.Fetch.Get(ctx, v.request())
	v.answer = answer
	v.out.requests += answer.Requests
	if err != nil {
		return v.failed(ctx, err)
	}
	if answer.NotModified {
		return v.notModified(ctx)
	}
	body := hash64(uint64(len(answer.ContentType)), answer.Body)
	if body == v.cursor.body && !v.cursor.pending {
		return v.sameBody(ctx)
	}
	return v.changed(ctx, body)
}

func (v *visit) request() fetch.Request {
	s := v.w.source
	r := fetch.Request{URL: v.w.address(), Headers: s.Headers, UserAgent: s.UserAgent, Kind: fetch.Feed}
	if s.Kind == PageKind {
		r.Kind = fetch.Page
	}
	if v.cursor.moved != "" && !sameOrigin(v.cursor.moved, s.URL) {
		r.Headers = nil // secrets are the configured site's
	}
	if !v.cursor.pending && !v.stale() {
		r.ETag, r.LastModified = v.cursor.etag, v.cursor.modified
	}
	return r
}

// bodyAtLeast is how often a body is read although the server says each time
// that nothing has changed: servers are stuck on 304 now and then.
const bodyAtLeast = 7 * 24 * time.Hour

func (v *visit) stale() bool {
	return v.cursor.lastBody != 0 && v.now.Sub(unix(v.cursor.lastBody)) > bodyAtLeast
}

func sameOrigin(a, b string) bool { return originOf(a) == originOf(b) }

// originOf is an address up to its path.
func originOf(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.ToLower(scheme + "://" + host)
}

// failed backs off and tells operators once.
func (v *visit) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		v.w.due = v.now
		return nil
	}
	var fault *fetch.Fault
	if errors.As(err, &fault) {
		v.out.requests += fault.Requests
	}
	f := failureOf(err, v.w.source.URL)
	v.out.fault = &Fault{Source: v.w.source.ID, Cause: f.cause, Advice: f.advice, Err: err}
	low, high := v.p.bounds(v.w.source)
	if fault != nil && fault.Reason == fetch.Throttled && fault.Requests == 0 {
		v.w.due = v.now.Add(jitter(fault.RetryAfter, v.seed())).Add(time.Second) // the host is paused for another source's sake
		return nil
	}
	c := &v.cursor
	c.failures++
	c.stopped = f.gone
	if v.bodyFault(err) {
		c.etag, c.modified, c.body = "", "", 0
	}
	if c.moved != "" && c.failures >= toldAfter {
		c.moved = "" // the new address is no better: try the configured one
	}
	wait := max(jitter(backoff(low, c.failures, max(high, backoffMax)), v.seed()), f.wait)
	v.due(v.now.Add(wait))
	v.health = c.tellFailure(f)
	v.p.o.Log.Info("source failed", "source", v.w.source.ID, "failures", c.failures, "next", wait.Round(time.Second), "error", err)
	return v.record(ctx, nil)
}

// bodyFault tells a body that was read and is no good: its validators must not
// be sent, or the server would answer that it has not changed.
func (v *visit) bodyFault(err error) bool {
	return fetch.ReasonOf(err) == 0 || fetch.ReasonOf(err) == fetch.Truncated || fetch.ReasonOf(err) == fetch.BadEncoding
}

func (v *visit) seed() uint64 {
	return hash64(v.p.o.Seed+v.w.polls, string(v.w.source.ID))
}

// notModified takes a 304. After a failure it proves nothing: the source stays
// failing, and the next poll asks for the whole body.
func (v *visit) notModified(ctx context.Context) error {
	v.out.unchanged = true
	c := &v.cursor
	if c.failures > 0 {
		c.etag, c.modified, c.body = "", "", 0
		low, _ := v.p.bounds(v.w.source)
		v.due(v.now.Add(low))
		return v.record(ctx, nil)
	}
	return v.quiet(ctx, v.keepValidators())
}

// sameBody takes a body that is the one known.
func (v *visit) sameBody(ctx context.Context) error {
	v.out.unchanged = true
	v.cursor.lastBody = v.now.Unix()
	v.movedTo()
	v.keepValidators()
	return v.quiet(ctx, true)
}

// keepValidators takes over the answer's validators and tells whether they are
// new. A 304 without validators leaves the old ones.
func (v *visit) keepValidators() bool {
	c, a := &v.cursor, v.answer
	if a.NotModified && a.ETag == "" && a.LastModified == "" {
		return false
	}
	if a.NotModified && a.LastModified == "" {
		a.LastModified = c.modified
	}
	if c.etag == a.ETag && c.modified == a.LastModified {
		return false
	}
	c.etag, c.modified = a.ETag, a.LastModified
	return true
}

// quiet ends a poll that found nothing new. It is recorded only when something
// is worth it: what is lost without is the time of the next poll.
func (v *visit) quiet(ctx context.Context, worth bool) error {
	c := &v.cursor
	wasFailing := c.failures > 0
	c.failures = 0
	v.next(false, 0)
	if told := c.tellWell(false, v.now, v.w.name()); told != nil {
		v.health = told
	}
	read, err := v.revisit(ctx)
	if err != nil {
		return err
	}
	if v.once || worth || wasFailing || v.health != nil || len(read) > 0 || v.cursor.revisit != v.w.cursor.revisit {
		return v.record(ctx, read)
	}
	v.w.cursor = *c
	return nil
}

// changed reads a new body.
func (v *visit) changed(ctx context.Context, body uint64) error {
	list, err := v.parse(ctx)
	if err != nil {
		return v.failed(ctx, err)
	}
	t, err := v.p.tail(ctx, v.w)
	if err != nil {
		return err
	}
	v.tail = &t
	if n := len(list.items); n > maxItems {
		v.p.o.Log.Warn("source lists too many items; the first are read", "source", v.w.source.ID, "items", n, "read", maxItems)
		list.items = list.items[:maxItems]
	}
	v.movedTo()
	v.keepValidators()
	v.offerHubs(list)
	fresh, err := v.takeItems(ctx, list)
	if err != nil || ctx.Err() != nil {
		return err
	}
	c := &v.cursor
	c.body, c.lastBody, c.failures = body, v.now.Unix(), 0
	times := publishedTimes(list.items, 2*habitItems)
	if gap := habit(times, v.now); gap > 0 {
		c.gap = int64(gap / time.Second)
	}
	v.next(fresh.new > 0 && !fresh.first, floors(v.answer, list.ttl))
	v.due(skipTo(v.w.due, list.skipHours, list.skipDays))
	back := c.tellWell(fresh.new > 0, v.now, v.w.name())
	if v.health == nil {
		v.health = back
	}
	if fresh.first {
		c.lastNew = newest(times, v.now).Unix()
	}
	more, err := v.revisit(ctx)
	if err != nil {
		return err
	}
	return v.record(ctx, append(fresh.readings, more...))
}

// offerHubs passes on the hubs that the feed or the answer's header names.
func (v *visit) offerHubs(list listing) {
	if v.p.o.Hub == nil || v.w.source.Kind != FeedKind {
		return
	}
	hubs, topic := list.feed.Hubs, list.feed.Self
	for _, link := range v.answer.Links {
		switch address, rel := fetch.ParseLink(link); rel {
		case "hub":
			hubs = append(hubs, address)
		case "self":
			topic = address
		}
	}
	if topic == "" {
		topic = v.answer.URL
	}
	if len(hubs) > 0 {
		v.p.o.Hub(v.w.source.ID, topic, hubs)
	}
}

func newest(times []time.Time, now time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) && !t.After(now) {
			last = t
		}
	}
	if last.IsZero() {
		return now
	}
	return last
}

// movedTo takes over the address of a permanent redirect once its body was read.
func (v *visit) movedTo() {
	to := v.answer.Moved
	if to == "" || to == v.w.address() || v.w.source.Kind == PageKind {
		return
	}
	v.cursor.moved = to
	v.health = &reading.Health{State: reading.Moved, Cause: v.w.name() + " has moved for good to " + to + ".",
		Advice: "Nothing to do: the new address is used. Enter it in the configuration when you are there."}
}

// next sets the interval and the time of the next poll.
func (v *visit) next(fresh bool, floor time.Duration) {
	low, high := v.p.bounds(v.w.source)
	c := &v.cursor
	interval := nextInterval(time.Duration(c.interval)*time.Second, time.Duration(c.gap)*time.Second, fresh, low, high)
	c.interval = int64(interval / time.Second)
	if floor == 0 {
		floor = v.answer.MaxAge
	}
	wait := max(jitter(interval, v.seed()), low, min(floor, high))
	v.due(v.now.Add(wait))
}

func (v *visit) due(at time.Time) {
	v.cursor.due, v.w.due = at.Unix(), at
}

// record commits readings and cursor, and takes the cursor over when it is.
func (v *visit) record(ctx context.Context, readings []reading.Reading) error {
	v.cursor.revisit = 0
	var encoded []byte
	if v.tail != nil {
		v.cursor.revisit = nextRevisit(v.tail.revisits)
		encoded = encodeTail(*v.tail)
	} else {
		blob, err := v.p.o.Recorder.Cursor(ctx, v.w.source.ID)
		if err != nil {
			return fmt.Errorf("read cursor of %s: %w", v.w.source.ID, err)
		}
		if _, encoded, err = splitCursor(blob); err != nil {
			return err
		}
		v.cursor.revisit = v.w.cursor.revisit
	}
	if at := v.cursor.revisit; at != 0 && at < v.w.due.Unix() && !v.cursor.stopped {
		v.w.due = later(unix(at), v.now.Add(time.Minute))
	}
	poll := reading.Poll{Source: v.w.source.ID, At: v.now, Readings: readings, Cursor: joinCursor(v.cursor, encoded), Health: v.health}
	if err := v.p.o.Recorder.Record(ctx, poll); err != nil {
		return fmt.Errorf("record poll of %s: %w", v.w.source.ID, err)
	}
	v.w.cursor = v.cursor
	v.health = nil
	for _, r := range readings {
		v.out.articles++
		v.out.statements += len(r.Statements)
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func nextRevisit(list []revisit) int64 {
	first := int64(0)
	for _, r := range list {
		if first == 0 || r.next < first {
			first = r.next
		}
	}
	return first
}

// maxItems bounds the items of one body that are read: no honest feed lists
// more, and each may become a record.
const maxItems = 5000

// listing is what a body lists.
type listing struct {
	feed      *article.Feed
	items     []article.Item
	pages     bool // each item is a page to be fetched
	ttl       time.Duration
	skipHours []int
	skipDays  []time.Weekday
}
