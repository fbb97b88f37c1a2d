package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"time"

	"attribot/bot"
	"attribot/bot/chat"
	"attribot/bot/deliver"
	"attribot/feeds"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/feeds/websub"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/kv"
	"attribot/store/kv/bolt"
)

// assembly says what differs between the ways in which the line is run.
type assembly struct {
	offline bool             // a look-up: nothing is polled, connected or declared
	saved   bool             // articles come from elsewhere: nothing is polled
	engine  kv.Engine        // nil = the configuration's store file
	now     func() time.Time // nil = the machine's clock
	network []chat.Network   // nil = those of the configuration
	sources []feeds.Source   // nil = those of the configuration
	log     *slog.Logger     // nil = the configuration's level on standard error
}

// rooms is the assembled line.
type rooms struct {
	config    *Config
	log       *slog.Logger
	now       func() time.Time
	lexicon   *lexicon.Lexicon
	reader    *extract.Reader
	engine    kv.Engine
	judge     *claim.Judge
	store     *store.Store
	networks  []chat.Network
	poller    *feeds.Poller
	hubs      *websub.Subscriber // nil without a public listener
	deliverer *deliver.Deliverer
	bot       *bot.Bot
	closers   []io.Closer
}

// assemble wires the rooms together, from left to right.
func assemble(w *machine, config *Config, a assembly) (*rooms, error) {
	r := &rooms{config: config, log: a.log, now: a.now}
	if r.log == nil {
		r.log = newLog(w.err, config.Log)
	}
	if r.now == nil {
		r.now = w.now
	}
	steps := []func(*machine, assembly) error{r.wireReader, r.wireStore, r.wireClaims, r.wireNetworks, r.wireBot}
	if !a.offline && !a.saved {
		steps = append(steps, r.wirePoller)
	}
	for _, step := range steps {
		if err := step(w, a); err != nil {
			r.close()
			return nil, err
		}
	}
	return r, nil
}

// close ends what was opened, last first.
func (r *rooms) close() {
	for i := len(r.closers) - 1; i >= 0; i-- {
		if err := r.closers[i].Close(); err != nil {
			r.log.Error("close", "error", err)
		}
	}
	r.closers = nil
}

func newLog(out io.Writer, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // checked with the configuration
	return slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: l}))
}

func (r *rooms) wireReader(*machine, assembly) error {
	lex, err := loadLexicon(r.config.Lexicon.Files)
	if err != nil {
		return err
	}
	r.lexicon, r.reader = lex, extract.New(lex)
	return nil
}

func (r *rooms) wireStore(_ *machine, a assembly) error {
	engine := a.engine
	if engine == nil {
		opened, err := bolt.Open(r.config.Store, bolt.Options{Holder: "attribot"})
		if err != nil {
			return err
		}
		engine = opened
	}
	r.judge = claim.NewJudge(claim.Options{})
	s, err := store.Open(engine, store.Options{Judge: r.judge, Now: r.now, Log: r.log, QuietAfter: r.config.Delivery.QuietAfter.span()})
	if err != nil {
		_ = engine.Close()
		return err
	}
	r.engine, r.store = engine, s
	r.closers = append(r.closers, s)
	return nil
}

// wireClaims brings the starter claims and the configured ones into the store.
func (r *rooms) wireClaims(w *machine, a assembly) error {
	if a.offline {
		return nil
	}
	var claims []claim.Claim
	if r.config.Claims.Starter {
		claims = claim.Starter()
	}
	for _, name := range r.config.Claims.Files {
		more, err := loadClaims(name)
		if err != nil {
			return err
		}
		claims = append(claims, more...)
	}
	if _, err := r.store.DeclareClaims(w.ctx, claims); err != nil {
		return fmt.Errorf("declare claims: %w", err)
	}
	return nil
}

// recorder is the store as the poller sees it.
type recorder struct{ store *store.Store }

func (r recorder) Cursor(_ context.Context, id reading.SourceID) ([]byte, error) {
	return r.store.Cursor(id)
}

func (r recorder) Record(ctx context.Context, p reading.Poll) error {
	_, err := r.store.Record(ctx, p)
	return err
}

func (r *rooms) wirePoller(_ *machine, a assembly) error {
	c := r.config
	allow, err := prefixes(c.Poll.AllowNetworks)
	if err != nil {
		return err
	}
	sources := a.sources
	if sources == nil {
		if sources, err = c.sources(); err != nil {
			return err
		}
	}
	client := fetch.New(fetch.Options{UserAgent: c.userAgent(), Allow: allow})
	if err := r.wireHubs(client); err != nil {
		return err
	}
	r.poller, err = feeds.New(feeds.Options{Sources: sources, Recorder: recorder{r.store}, Fetch: client, Extract: r.reader.Read, Hub: r.offer,
		Now: r.now, Log: r.log, Since: c.Since.span(), MinInterval: c.Poll.MinInterval.span(), MaxInterval: c.Poll.MaxInterval.span(), Workers: c.Poll.Workers})
	if err != nil {
		return fmt.Errorf("set up polling: %w", err)
	}
	return nil
}

func prefixes(networks []string) ([]netip.Prefix, error) {
	var allow []netip.Prefix
	for _, n := range networks {
		p, err := netip.ParsePrefix(n)
		if err != nil {
			return nil, fmt.Errorf("read allowed network: %w", err)
		}
		allow = append(allow, p)
	}
	return allow, nil
}

// userAgent names the bot and, where given, whom to write to about it.
func (c *Config) userAgent() string {
	if c.UserAgent != "" {
		return c.UserAgent
	}
	if c.Contact != "" {
		return "attribot/1 (feed reader; " + c.Contact + ")"
	}
	return ""
}

// sourceKinds are the words of the configuration for kinds of source.
var sourceKinds = map[string]feeds.Kind{"": feeds.FeedKind, "feed": feeds.FeedKind, "page": feeds.PageKind, "sitemap": feeds.SitemapKind}

// sources are the configured ones as the poller takes them.
func (c *Config) sources() ([]feeds.Source, error) {
	var all []feeds.Source
	for _, s := range c.Source {
		headers, err := readHeaders(s.HeadersFile)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.ID, err)
		}
		all = append(all, feeds.Source{ID: reading.SourceID(s.ID), Kind: sourceKinds[s.Kind], URL: s.URL, Name: s.Name,
			Country: statement.Country(s.Country), State: s.State, Family: s.Family, Lang: s.Lang, Zone: s.Zone, Tags: s.Tags, Paused: s.Paused,
			UserAgent: s.UserAgent, Headers: headers, MinInterval: s.Interval.span(), MaxInterval: s.Interval.span(), Since: s.Since.span(), Full: s.Full,
			List: feeds.List{Links: s.Links, Next: s.Next, MaxPages: s.Pages, Body: s.Body, Date: s.Date}})
	}
	return all, nil
}

// readHeaders reads "Name: value" lines of a secret file.
func readHeaders(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read headers: %w", err)
	}
	headers := map[string]string{}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%s:%d: want \"Name: value\"", path, n+1)
		}
		headers[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	return headers, nil
}
