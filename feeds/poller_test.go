package feeds

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/feedtest"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// ledger is a recorder in memory.
type ledger struct {
	mu      sync.Mutex
	cursors map[reading.SourceID][]byte
	polls   []reading.Poll
	err     error
}

func newLedger() *ledger { return &ledger{cursors: map[reading.SourceID][]byte{}} }

func (l *ledger) Cursor(_ context.Context, id reading.SourceID) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cursors[id], nil
}

func (l *ledger) Record(_ context.Context, poll reading.Poll) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.polls = append(l.polls, poll)
	if poll.Cursor != nil {
		l.cursors[poll.Source] = poll.Cursor
	}
	return nil
}

// readings are all readings so far; taking them forgets them.
func (l *ledger) take() (readings []reading.Reading, health []reading.Health) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.polls {
		readings = append(readings, p.Readings...)
		if p.Health != nil {
			health = append(health, *p.Health)
		}
	}
	l.polls = nil
	return readings, health
}

// bench is a server, a recorder and a clock under one poller.
type bench struct {
	*testing.T
	server *feedtest.Server
	ledger *ledger
	now    time.Time
	o      Options
}

var testNow = time.Date(2024, 10, 15, 12, 0, 0, 0, time.UTC)

func newBench(t *testing.T, sources ...Source) *bench {
	t.Helper()
	b := &bench{T: t, server: feedtest.Start(), ledger: newLedger(), now: testNow}
	t.Cleanup(b.server.Close)
	for i := range sources {
		if strings.HasPrefix(sources[i].URL, "/") {
			sources[i].URL = b.server.URL + sources[i].URL
		}
	}
	clock := func() time.Time { return b.now }
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Now: clock})
	t.Cleanup(client.Close)
	b.o = Options{Sources: sources, Recorder: b.ledger, Fetch: client, Now: clock, Extract: func(a article.Article) []statement.Statement {
		return []statement.Statement{{Article: a.ID, Words: a.Text}}
	}}
	return b
}

// once polls all sources as a new process would.
func (b *bench) once() Summary {
	b.Helper()
	p, err := New(b.o)
	if err != nil {
		b.Fatal(err)
	}
	sum, err := p.Once(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return sum
}

func titles(readings []reading.Reading) []string {
	var out []string
	for _, r := range readings {
		mark := ""
		if r.Baseline {
			mark += " baseline"
		}
		if r.Edited {
			mark += " edited"
		}
		if r.Withdrawn {
			mark += " withdrawn"
		}
		out = append(out, r.Article.Title+mark)
	}
	return out
}

func (b *bench) wantRead(want ...string) []reading.Reading {
	b.Helper()
	readings, _ := b.ledger.take()
	if got := titles(readings); !slices.Equal(got, want) {
		b.Errorf("read %q, want %q", got, want)
	}
	return readings
}

func entry(id, title, text string, day int) feedtest.Item {
	return feedtest.Item{ID: id, Title: title, Summary: "<p>" + text + "</p>", Link: "https://example.com/" + id,
		Date: time.Date(2024, 10, day, 9, 0, 0, 0, time.UTC).Format(time.RFC1123Z)}
}

func TestFirstSightIsBaselineThenNewItemsAreNot(t *testing.T) {
	t.Parallel()
	for name, format := range map[string]feedtest.Format{"rss": feedtest.RSS, "atom": feedtest.Atom, "json": feedtest.JSON} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Source{ID: "s", URL: "/feed", Name: "Example"})
			c := b.server.Add(&feedtest.Channel{Path: "/feed", Format: format, Title: "Example", Lang: "en", ETag: true, Gzip: true})
			c.Publish(entry("a", "First", "The first words.", 12), entry("b", "Second", "The second words.", 13))
			sum := b.once()
			if sum.NewItems != 2 || sum.Articles != 2 || sum.Statements != 2 || sum.Requests != 1 || len(sum.Faults) != 0 {
				t.Errorf("summary %+v", sum)
			}
			b.wantRead("First baseline", "Second baseline")
			if sum = b.once(); sum.NotModified != 1 || sum.NewItems != 0 {
				t.Errorf("summary of an unchanged feed %+v", sum)
			}
			c.Publish(entry("c", "Third", "The third words.", 14))
			b.once()
			read := b.wantRead("Third")
			a := read[0].Article
			if a.Text != "The third words." || a.Outlet != "Example" || a.Published.String() != "2024-10-14" || a.Lang != "en" || a.URL != "https://example.com/c" {
				t.Errorf("article %+v", a)
			}
		})
	}
}

func TestSinceReadsBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	b.o.Since = 48 * time.Hour
	c := b.server.Add(&feedtest.Channel{Path: "/feed", Title: "Example"})
	undated := entry("u", "Undated", "No day at all.", 1)
	undated.Date = ""
	c.Publish(entry("a", "Old", "Old words.", 10), undated, entry("b", "Fresh", "Fresh words.", 14))
	b.once()
	b.wantRead("Old baseline", "Undated baseline", "Fresh")
}

func TestEditedWordsAreReadAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed", Title: "Example"})
	c.Publish(entry("a", "Title", "Some words.", 12))
	b.once()
	b.ledger.take()
	c.Publish(entry("a", "Title", "Some   words!", 12)) // nothing but marks and space
	b.once()
	b.wantRead()
	c.Publish(entry("a", "Title", "Other words.", 12))
	b.once()
	b.wantRead("Title edited")
}

func TestNewNamesForKnownWordsAreNothingNew(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed", Title: "Example"})
	c.Publish(entry("a", "One", "Some words.", 12))
	b.once()
	b.ledger.take()
	c.Publish(entry("renamed", "One", "Some words.", 12))
	if sum := b.once(); sum.NewItems != 0 {
		t.Errorf("%d new items", sum.NewItems)
	}
	b.wantRead()
}

func TestUnchangedBodyWithoutValidatorsIsRecognised(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	b.server.Add(&feedtest.Channel{Path: "/feed"}).Publish(entry("a", "One", "Words.", 12))
	b.once()
	if sum := b.once(); sum.NotModified != 1 {
		t.Errorf("summary %+v", sum)
	}
}

func TestNothingIsLostWhenRecordingFails(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed", ETag: true})
	c.Publish(entry("a", "One", "Words.", 12))
	b.once()
	b.ledger.take()
	c.Publish(entry("b", "Two", "More words.", 13))
	b.ledger.err = http.ErrHandlerTimeout
	p, err := New(b.o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Once(t.Context()); err == nil {
		t.Error("Once hides that nothing was recorded")
	}
	b.ledger.err = nil
	b.once()
	b.wantRead("Two")
}

func TestManyItemsAreRecordedInBatches(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	for i := range 2*batch + 10 {
		id := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		c.Publish(entry(id, "T"+id, "Words "+id, 12))
	}
	b.once()
	if n := len(b.ledger.polls); n != 3 {
		t.Errorf("%d records, want 3", n)
	}
	readings, _ := b.ledger.take()
	for _, r := range readings {
		if !r.Baseline {
			t.Fatal("a later batch of the first sight is no baseline")
		}
	}
	if len(readings) != 2*batch+10 {
		t.Errorf("%d readings", len(readings))
	}
}

func TestItemsOfOneBodyAreBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	var body strings.Builder
	body.WriteString(`<rss version="2.0"><channel>`)
	for i := range maxItems + 500 {
		fmt.Fprintf(&body, "<item><guid>%d</guid><title>T%d</title></item>", i, i)
	}
	body.WriteString(`</channel></rss>`)
	b.server.Add(&feedtest.Channel{Path: "/feed"}).Fail(feedtest.Body("application/rss+xml", body.String()))
	if sum := b.once(); sum.NewItems != maxItems || len(sum.Faults) != 0 {
		t.Errorf("%d new items, faults %+v", sum.NewItems, sum.Faults)
	}
}

func TestOneBadSourceStopsNoOther(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "bad", URL: "/bad"}, Source{ID: "good", URL: "/good"}, Source{ID: "boom", URL: "/boom"})
	b.server.Add(&feedtest.Channel{Path: "/bad"}).Fail(feedtest.Status(500, 0))
	b.server.Add(&feedtest.Channel{Path: "/good"}).Publish(entry("a", "One", "Words.", 12))
	b.server.Add(&feedtest.Channel{Path: "/boom"}).Publish(entry("p", "Panic", "Words that break.", 12))
	b.o.Extract = func(a article.Article) []statement.Statement {
		if a.Title == "Panic" {
			panic("a fault of the extractor")
		}
		return nil
	}
	sum := b.once()
	if len(sum.Faults) != 2 || sum.Faults[0].Source != "bad" || sum.Faults[1].Source != "boom" || sum.Articles != 1 {
		t.Errorf("summary %+v", sum)
	}
}

func TestPageSourceReadsItsLinks(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "mfa", Kind: PageKind, URL: "/press", Name: "Foreign Ministry", Country: "CN", Zone: "Asia/Shanghai"})
	b.server.Page("/press", listPage("one", "two"))
	b.server.Page("/press/one", articlePage("Spokesperson's remarks of Monday", "2024-10-13", "one"))
	b.server.Page("/press/two", articlePage("Spokesperson's remarks of Tuesday", "2024-10-14", "two"))
	b.o.Since = 72 * time.Hour
	sum := b.once()
	if len(sum.Faults) > 0 {
		t.Fatalf("faults %+v", sum.Faults)
	}
	read := b.wantRead("Spokesperson's remarks of Tuesday", "Spokesperson's remarks of Monday")
	a := read[0].Article
	if !a.Full || a.Published.String() != "2024-10-14" || a.Outlet != "Foreign Ministry" || !strings.Contains(a.Text, "two: the accusation is groundless") || strings.Contains(a.Text, "Related") {
		t.Errorf("article %+v", a)
	}
	b.once()
	b.wantRead()
}

func listPage(names ...string) string {
	s := `<html><body><nav><a href="/a">About the ministry and its work</a><a href="/b">Ministers and other people here</a></nav><ul class="news">`
	for _, n := range names {
		s += `<li><a href="/press/` + n + `">Foreign Ministry Spokesperson's Remarks, ` + n + `</a></li>`
	}
	return s + `</ul></body></html>`
}

func articlePage(title, day, words string) string {
	return `<html lang="en"><head><title>` + title + `</title><meta property="article:published_time" content="` + day + `T10:00:00+08:00"></head><body><nav>Home Search</nav><article><h1>` + title + `</h1>` +
		strings.Repeat(`<p>The spokesperson said in `+words+`: the accusation is groundless, and nobody has shown any evidence for it so far, as everybody knows.</p>`, 3) +
		`<div class="related">Related: other stories</div></article></body></html>`
}

func TestFullTextComesFromThePage(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Full: true})
	b.o.Since = 72 * time.Hour
	it := entry("a", "Title", "A summary...", 14)
	it.Link = b.server.URL + "/page"
	b.server.Page("/page", articlePage("Title", "2024-10-14", "full"))
	b.server.Add(&feedtest.Channel{Path: "/feed"}).Publish(it)
	b.once()
	read := b.wantRead("Title")
	if a := read[0].Article; !a.Full || !strings.Contains(a.Text, "groundless") {
		t.Errorf("article %+v", a)
	}
}

func TestDateFallsBackToThePageThenToFirstSight(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Full: true, Zone: "Asia/Tokyo"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	c.Publish(entry("old", "Old", "Old words.", 10))
	b.once()
	b.ledger.take()
	future, none := entry("future", "Future", "A summary...", 1), entry("none", "None", "Words of it.", 1)
	future.Date, future.Link = "Mon, 14 Oct 2030 09:00:00 GMT", b.server.URL+"/page"
	none.Date, none.Link = "", ""
	b.server.Page("/page", articlePage("Future", "2024-10-13", "page"))
	c.Publish(none, future)
	b.now = time.Date(2024, 10, 15, 20, 0, 0, 0, time.UTC)
	b.once()
	read := b.wantRead("None", "Future")
	if a := read[1].Article; a.Published.String() != "2024-10-13" || a.DateFrom != article.FromPage {
		t.Errorf("a date in the future: %s from %d", a.Published, a.DateFrom)
	}
	if a := read[0].Article; a.Published.String() != "2024-10-16" || a.DateFrom != article.FromSight || !a.At.IsZero() {
		t.Errorf("no date: %s from %d", a.Published, a.DateFrom) // it is the 16th in Tokyo
	}
}

func TestPageThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Full: true})
	b.o.Since = 72 * time.Hour
	it := entry("a", "Title", "A summary...", 14)
	it.Link = b.server.URL + "/page"
	page := b.server.Page("/page", articlePage("Title", "2024-10-14", "full"))
	page.Fail(feedtest.Status(503, 0))
	b.server.Add(&feedtest.Channel{Path: "/feed", ETag: true}).Publish(it)
	b.once()
	if read := b.wantRead("Title"); len(read) == 1 && read[0].Article.Full {
		t.Error("a summary is called full")
	}
	page.Fail(nil)
	b.once()
	b.wantRead("Title edited")
	b.once()
	b.wantRead()
}

func TestPagesAreReadAgainForEditsAndWithdrawals(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Full: true})
	b.o.Since = 72 * time.Hour
	it := entry("a", "Title", "A summary...", 14)
	it.Link = b.server.URL + "/page"
	page := b.server.Page("/page", articlePage("Title", "2024-10-14", "before"))
	b.server.Add(&feedtest.Channel{Path: "/feed", ETag: true}).Publish(it)
	b.once()
	first := b.wantRead("Title")
	b.now = b.now.Add(90 * time.Minute)
	b.once()
	b.wantRead()
	page.Publish(feedtest.Item{Content: articlePage("Title", "2024-10-14", "after")})
	b.now = b.now.Add(6 * time.Hour)
	b.once()
	second := b.wantRead("Title edited")
	if len(first) == 1 && len(second) == 1 && first[0].Article.ID != second[0].Article.ID {
		t.Error("the edited article has another id")
	}
	page.Fail(feedtest.Status(410, 0))
	b.now = b.now.Add(24 * time.Hour)
	b.once()
	b.wantRead("Title withdrawn")
}

func TestHealth(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Name: "Example"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed", ETag: true})
	c.Publish(entry("a", "One", "Words.", 12))
	states := func() []reading.HealthState {
		b.once()
		_, health := b.ledger.take()
		var out []reading.HealthState
		for _, h := range health {
			if h.Cause == "" || h.Advice == "" {
				t.Errorf("health without words: %+v", h)
			}
			out = append(out, h.State)
		}
		return out
	}
	want := func(situation string, want ...reading.HealthState) {
		t.Helper()
		if got := states(); !slices.Equal(got, want) {
			t.Errorf("%s: told %v, want %v", situation, got, want)
		}
	}
	want("first answer")
	c.Fail(feedtest.Status(500, 0))
	want("first failure")
	want("second failure")
	want("third failure", reading.Failing)
	want("fourth failure")
	c.Fail(feedtest.Status(http.StatusNotModified, 0))
	want("a 304 after a failure")
	c.Fail(nil)
	want("a body", reading.Well)
	want("still well")
	c.Fail(feedtest.Redirect(301, b.server.URL+"/moved"))
	b.server.Add(&feedtest.Channel{Path: "/moved"}).Publish(entry("a", "One", "Words.", 12))
	want("moved", reading.Moved)
	want("at the new address")
	c.Fail(feedtest.Status(410, 0))
	want("gone at the old address, read at the new")
	b.server.Add(&feedtest.Channel{Path: "/moved"}).Fail(feedtest.Status(410, 0))
	want("gone", reading.Stopped)
	want("not polled any more")
}

func TestTruncatedBodyIsAFailureAndNotAnEmptyFeed(t *testing.T) {
	t.Parallel()
	whole := feedtest.Render(feedtest.RSS, "Example", "en", "", []feedtest.Item{entry("a", "One", "Words.", 12), entry("b", "Two", "More words.", 13)})
	for name, fault := range map[string]http.HandlerFunc{
		"cut on the wire": feedtest.Truncated(whole),
		"cut by the site": feedtest.Body("application/rss+xml", whole[:len(whole)-60]),
		"empty body":      feedtest.Body("application/rss+xml", ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, Source{ID: "s", URL: "/feed"})
			c := b.server.Add(&feedtest.Channel{Path: "/feed", ETag: true})
			c.Header("ETag", `"of the broken body"`)
			c.Publish(entry("a", "One", "Words.", 12))
			b.once()
			b.ledger.take()
			c.Publish(entry("b", "Two", "More words.", 13))
			c.Fail(fault)
			if sum := b.once(); len(sum.Faults) != 1 || sum.Faults[0].Cause == "" || sum.NewItems != 0 {
				t.Errorf("summary %+v", sum)
			}
			c.Fail(nil)
			b.once()
			if got := c.Requests()[2].Header.Get("If-None-Match"); got != "" {
				t.Errorf("a validator is sent after a broken body: %s", got)
			}
			b.wantRead("Two")
		})
	}
}

func TestEmptyFeedIsNoFault(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	c.Publish()
	if sum := b.once(); len(sum.Faults) != 0 {
		t.Errorf("faults %+v", sum.Faults)
	}
	c.Publish(entry("a", "One", "Words.", 14))
	b.once()
	b.wantRead("One") // the empty feed was the baseline
}

func TestNewValidatorsOfTheSameBodyAreKept(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	c.Publish(entry("a", "One", "Words.", 12))
	for _, tag := range []string{`"one"`, `"two"`, `"three"`} {
		c.Header("ETag", tag)
		b.once()
	}
	requests := c.Requests()
	if got := requests[2].Header.Get("If-None-Match"); got != `"two"` {
		t.Errorf("sent %s", got)
	}
}

func TestSecretHeadersOfASource(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed", Full: true, Since: 100 * 24 * time.Hour, UserAgent: "Reader", Headers: map[string]string{"X-Key": "secret"}})
	own, other := entry("a", "Own", "A summary...", 14), entry("b", "Other", "Another summary...", 14)
	own.Link, other.Link = b.server.URL+"/own", strings.Replace(b.server.URL, "127.0.0.1", "127.0.0.2", 1)+"/other"
	page := b.server.Page("/own", articlePage("Own", "2024-10-14", "own"))
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	c.Publish(own, other)
	b.once()
	for _, r := range append(c.Requests(), page.Requests()...) {
		if r.Header.Get("X-Key") != "secret" || r.UserAgent() != "Reader" {
			t.Errorf("%s was asked with %v", r.URL, r.Header)
		}
	}
}

func TestSilenceAgainstTheHabitIsToldOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "s", URL: "/feed"})
	c := b.server.Add(&feedtest.Channel{Path: "/feed"})
	for day := 6; day <= 15; day++ {
		c.Publish(entry(string(rune('a'+day)), "T", "Words "+string(rune('a'+day)), day))
	}
	told := map[reading.HealthState]int{}
	for range 30 {
		b.once()
		_, health := b.ledger.take()
		for _, h := range health {
			told[h.State]++
		}
		b.now = b.now.Add(24 * time.Hour)
	}
	if want := map[reading.HealthState]int{reading.Silent: 1}; !maps.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	c.Publish(entry("new", "New", "New words.", 30))
	b.once()
	if _, health := b.ledger.take(); len(health) != 1 || health[0].State != reading.Well {
		t.Errorf("told %+v when it published again", health)
	}
}

func TestCursorRoundTrip(t *testing.T) {
	t.Parallel()
	c := cursor{address: 7, moved: "https://example.com/new", etag: `W/"x"`, modified: "Mon", body: 1 << 63, due: 5, interval: 6, gap: 7, lastNew: 8, lastBody: 9, failures: 3, told: reading.Failing, stopped: true, pending: true, revisit: 11}
	in := tail{known: []knownItem{{1, 2, 3, 1}, {4, 5, 6, 0}}, revisits: []revisit{{key: 1, name: "k", link: "l", title: "t", next: 9, stage: 2}}}
	got, encoded, err := splitCursor(joinCursor(c, encodeTail(in)))
	if err != nil || got != c {
		t.Errorf("head %+v, %v", got, err)
	}
	out, err := decodeTail(encoded)
	if err != nil || !slices.Equal(out.known, in.known) || !slices.Equal(out.revisits, in.revisits) {
		t.Errorf("tail %+v, %v", out, err)
	}
	if _, _, err := splitCursor([]byte{99}); err == nil {
		t.Error("a cursor of a later version is read")
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(joinCursor(cursor{etag: "x"}, encodeTail(tail{known: []knownItem{{1, 2, 3, 0}}})))
	f.Fuzz(func(t *testing.T, blob []byte) {
		c, encoded, err := splitCursor(blob)
		if err != nil {
			return
		}
		again, _, err := splitCursor(joinCursor(c, encoded))
		if err != nil || again != c {
			t.Errorf("read back as %+v, %v; was %+v", again, err, c)
		}
		_, _ = decodeTail(encoded)
	})
}
