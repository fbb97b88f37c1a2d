package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/console"
	"attribot/bot/deliver"
	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/store"
)

// replayCmd is a back-test: the line over saved articles, never posting.
type replayCmd struct {
	Config string   `help:"Configuration whose claims, lexicon and subscriptions are tried; default: the starter claims, alerts and a daily digest." type:"existingfile"`
	Store  string   `help:"Store file to record in; default: a temporary one." type:"path"`
	Path   []string `arg:"" help:"Saved articles: text, HTML, NDJSON, feed files, or folders of them."`
}

// Run reads the articles in the order of their publication, with their own
// time as the clock.
func (c *replayCmd) Run(w *machine) error {
	articles, err := loadSaved(w, c.Path)
	if err != nil {
		return err
	}
	if len(articles) == 0 {
		return fmt.Errorf("replay: no article in %s", strings.Join(c.Path, ", "))
	}
	config, err := c.config()
	if err != nil {
		return err
	}
	if config.Store == "" {
		folder, err := os.MkdirTemp("", "attribot-replay-")
		if err != nil {
			return fmt.Errorf("make temporary store: %w", err)
		}
		defer os.RemoveAll(folder)
		config.Store = filepath.Join(folder, "replay.db")
	}
	return replay(w, config, articles)
}

// config is the one to try, its store replaced.
func (c *replayCmd) config() (*Config, error) {
	config := defaultConfig("")
	config.Log = "warn"
	config.Claims.Starter = true
	config.Subscription = []SubscriptionConfig{
		{ID: "alerts", To: "console:main", When: "at once"},
		{ID: "digest", To: "console:main", When: "daily 09:00", Review: true},
	}
	if c.Config != "" {
		loaded, faults := loadConfig(c.Config)
		if len(faults) > 0 {
			return nil, faultsError(faults)
		}
		config = loaded
	}
	config.Store = c.Store
	return config, nil
}

// clock is the time of the replay.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the replay's present.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// set moves the clock; it never goes back.
func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.now) {
		c.now = t
	}
}

func replay(w *machine, config *Config, articles []article.Article) error {
	order(articles)
	time := &clock{now: moment(articles[0])}
	r, err := assemble(w, config, assembly{now: time.Now, network: stages(w, time, config), saved: true})
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.declareSubscriptions(w.ctx); err != nil {
		return err
	}
	back, err := newBacktest(r, time)
	if err != nil {
		return err
	}
	for _, a := range articles {
		if err := back.tell(w.ctx, a); err != nil {
			return err
		}
	}
	if err := back.lastDigests(w.ctx); err != nil {
		return err
	}
	back.sum.print(w.out, len(articles))
	return nil
}

// stages are the networks of the configuration as terminals that only say what
// would have been posted.
func stages(w *machine, c *clock, config *Config) []chat.Network {
	var all []chat.Network
	seen := map[string]bool{}
	for _, s := range config.Subscription {
		network, _, _ := strings.Cut(s.To, ":")
		if seen[network] {
			continue
		}
		seen[network] = true
		terminal, err := console.New(console.Options{Out: w.out, Color: w.colour, Name: network, Now: c.Now})
		if err == nil { // without a journal nothing can fail
			all = append(all, &stage{Network: terminal, out: w.out, clock: c})
		}
	}
	return all
}

// stage puts the time and the place above each post.
type stage struct {
	chat.Network
	out   io.Writer
	clock *clock
}

// Post prints what would have been posted, where and when.
func (s *stage) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	to := chat.Address{Network: s.Name(), Channel: out.To}
	fmt.Fprintf(s.out, "── %s, %s\n", s.clock.Now().UTC().Format("2006-01-02 15:04 MST"), to)
	return s.Network.Post(ctx, out)
}

// backtest runs the line on a clock of its own.
type backtest struct {
	*rooms
	clock   *clock
	digests []deliver.Schedule
	sum     replaySummary
}

type replaySummary struct {
	recorded store.Outcome
	posts    int
}

func (s replaySummary) print(out io.Writer, articles int) {
	fmt.Fprintf(out, "\n%s replayed, %s new: %s, %s on known statements, %s proposed, %s.\n", count(articles, "article"), fmt.Sprint(s.recorded.Articles),
		count(s.recorded.Statements, "new statement"), count(s.recorded.Appearances, "appearance"), count(s.recorded.Claims, "claim"), count(s.posts, "post"))
}

func newBacktest(r *rooms, c *clock) (*backtest, error) {
	b := &backtest{rooms: r, clock: c}
	for _, s := range r.config.Subscription {
		schedule, err := deliver.ParseSchedule(s.When, s.Zone)
		if err != nil {
			return nil, fmt.Errorf("subscription %s: %w", s.ID, err)
		}
		if !schedule.AtOnce {
			b.digests = append(b.digests, schedule)
		}
	}
	return b, b.drain(context.Background())
}

// tell records one article at its own time and delivers what that makes due.
func (b *backtest) tell(ctx context.Context, a article.Article) error {
	if err := b.digestsBefore(ctx, moment(a)); err != nil {
		return err
	}
	b.clock.set(moment(a))
	now := b.clock.Now()
	outcome, err := b.store.Record(ctx, reading.Poll{Source: replaySource, At: now,
		Readings: []reading.Reading{{Article: a, Statements: b.reader.Read(a), FirstSeen: now}}})
	if err != nil {
		return fmt.Errorf("record %s: %w", a.ID, err)
	}
	b.sum.recorded.Articles += outcome.Articles
	b.sum.recorded.Statements += outcome.Statements
	b.sum.recorded.Appearances += outcome.Appearances
	b.sum.recorded.Claims += outcome.Claims
	return b.drain(ctx)
}

// replaySource is the source of every article of a replay.
const replaySource reading.SourceID = "replay"

// digestsBefore moves the clock through each digest's hour up to a time. Days on
// which nothing was recorded are skipped: their digests would say so and no more.
func (b *backtest) digestsBefore(ctx context.Context, until time.Time) error {
	for _, s := range b.digests {
		due := s.Next(b.clock.Now())
		if due.After(until) {
			continue
		}
		b.clock.set(due)
		if err := b.drain(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lastDigests lets every digest come once more after the last article.
func (b *backtest) lastDigests(ctx context.Context) error {
	for _, s := range b.digests {
		b.clock.set(s.Next(b.clock.Now()))
	}
	return b.drain(ctx)
}

func (b *backtest) drain(ctx context.Context) error {
	posts, err := b.deliverer.Drain(ctx)
	if err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	b.sum.posts += posts.Posts()
	return nil
}

// savedKinds are the endings of files that a folder is searched for.
var savedKinds = []string{".txt", ".html", ".htm", ".ndjson", ".jsonl", ".json", ".xml", ".rss", ".atom"}

// loadSaved reads the articles of files and folders.
func loadSaved(w *machine, paths []string) ([]article.Article, error) {
	var all []article.Article
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return fmt.Errorf("read %s: %w", path, unwrapPath(err))
			}
			if d.IsDir() || path != root && !slices.Contains(savedKinds, strings.ToLower(filepath.Ext(path))) {
				return nil
			}
			articles, err := loadArticles(w, path)
			all = append(all, articles...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
