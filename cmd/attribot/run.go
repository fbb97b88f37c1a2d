package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/deliver"
	"attribot/feeds"
)

// runCmd polls the configured sources and tells the channels.
type runCmd struct {
	Config string   `default:"bot.toml" help:"Configuration file."`
	Once   bool     `help:"Poll every source once, deliver everything, then exit: for cron and for tests."`
	Since  duration `help:"How far back a source seen for the first time is read, such as 7d."`
	Format string   `enum:"text,json" default:"text" help:"Form of the summary that --once ends with."`
}

// Run runs until the context ends, or once.
func (c *runCmd) Run(w *machine) error {
	config, faults := loadConfig(c.Config)
	if len(faults) > 0 {
		return faultsError(faults)
	}
	if c.Since != "" {
		if _, err := parseDuration(string(c.Since)); err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		config.Since = c.Since
	}
	talk := *w
	if c.Once && c.Format == "json" {
		talk.out = w.err // the summary stands alone on standard output
	}
	r, err := assemble(&talk, config, assembly{})
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.declareSubscriptions(w.ctx); err != nil {
		return err
	}
	if c.Once {
		return c.once(w, r)
	}
	return r.run(w.ctx)
}

// run keeps every room at work until the context ends. A room that fails ends
// the others: a bot that polls but cannot tell is worse than one that stopped.
func (r *rooms) run(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	var working sync.WaitGroup
	start := func(what string, work func(context.Context) error) {
		working.Go(func() {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				cancel(fmt.Errorf("%s: %w", what, err))
			}
		})
	}
	start("poll", r.poller.Run)
	start("deliver", r.deliverer.Run)
	start("answer on the socket", func(ctx context.Context) error {
		return serveSocket(ctx, r.config.socketPath(), r.bot.Answer, r.store.Backup, r.log)
	})
	for _, n := range r.networks {
		start("listen on "+n.Name(), func(ctx context.Context) error { return r.listen(ctx, n) })
	}
	start("keep the store", r.keep)
	if r.config.HTTP.Listen != "" {
		start("serve HTTP", r.serveHTTP)
	}
	if r.hubs != nil {
		working.Go(func() { r.hubs.Run(ctx) })
	}
	r.log.Info("running", "sources", len(r.config.Source), "networks", len(r.networks), "store", r.config.Store)
	<-ctx.Done()
	working.Wait()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	r.log.Info("stopped; the next start goes on from here")
	return nil
}

// listen hears one network's commands. The console ends with its input, which is
// no fault: the bot goes on without it.
func (r *rooms) listen(ctx context.Context, n chat.Network) error {
	err := n.Listen(ctx, r.bot.Answer)
	if err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// upkeep is how often the store's own housekeeping is done.
const upkeep = time.Hour

// keep lets proposals lapse that nobody confirmed.
func (r *rooms) keep(ctx context.Context) error {
	ticker := time.NewTicker(upkeep)
	defer ticker.Stop()
	for {
		if _, err := r.store.Lapse(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("housekeeping", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// once polls every source, delivers what that made due, and sums up.
func (c *runCmd) once(w *machine, r *rooms) error {
	polled, err := r.poller.Once(w.ctx)
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	posts, err := r.deliverer.Drain(w.ctx)
	if err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	stats, err := r.store.Stats()
	if err != nil {
		return fmt.Errorf("count: %w", err)
	}
	sum := newSummary(polled, posts, stats.Claims)
	if c.Format == "json" {
		return sum.json(w.out)
	}
	sum.text(w.out)
	return nil
}

// summary is what a poll of everything came to.
type summary struct {
	Sources     int            `json:"sources"`
	Requests    int            `json:"requests"`
	NotModified int            `json:"not_modified"`
	NewItems    int            `json:"new_items"`
	Articles    int            `json:"articles"`
	Statements  int            `json:"statements"`
	Claims      int            `json:"claims"`
	Posts       int            `json:"posts"`
	Waiting     int            `json:"posts_waiting"`
	Faults      []summaryFault `json:"faults"`
}

type summaryFault struct {
	Source string `json:"source"`
	Cause  string `json:"cause"`
	Advice string `json:"advice"`
}

func newSummary(p feeds.Summary, d deliver.Counts, claims int) summary {
	s := summary{Sources: p.Sources, Requests: p.Requests, NotModified: p.NotModified, NewItems: p.NewItems, Articles: p.Articles,
		Statements: p.Statements, Claims: claims, Posts: d.Posts(), Waiting: d.Waiting + d.Refused, Faults: []summaryFault{}}
	for _, f := range p.Faults {
		s.Faults = append(s.Faults, summaryFault{string(f.Source), f.Cause, f.Advice})
	}
	return s
}

func (s summary) json(out io.Writer) error {
	if err := json.NewEncoder(out).Encode(s); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

func (s summary) text(out io.Writer) {
	fmt.Fprintf(out, "\n%s polled with %s: %s not modified, %s, %s read.\n", count(s.Sources, "source"), count(s.Requests, "request"),
		fmt.Sprint(s.NotModified), count(s.NewItems, "new item"), count(s.Articles, "article"))
	fmt.Fprintf(out, "%s found, %s stored, %s sent", count(s.Statements, "statement"), count(s.Claims, "claim"), count(s.Posts, "post"))
	if s.Waiting > 0 {
		fmt.Fprintf(out, ", %d waiting", s.Waiting)
	}
	fmt.Fprintf(out, "; %s.\n", count(len(s.Faults), "fault"))
	for _, f := range s.Faults {
		fmt.Fprintf(out, "  %s: %s %s\n", f.Source, oneLine(f.Cause), oneLine(f.Advice))
	}
}
