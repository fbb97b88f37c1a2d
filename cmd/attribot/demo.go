package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/console"
	"attribot/cmd/attribot/world"
)

// demoCmd shows the main job on the embedded sample world.
type demoCmd struct{}

// demoQuestions are the look-ups at the demo's end.
var demoQuestions = []string{"Volt Typhoon", "speaker:\"Mao Ning\""}

const demoIntro = `attribot on a sample world: %d invented outlets on this machine publish what
governments, vendors and spokespeople really said in 2024, in words of our own.
Each is polled as a real one would be. Nothing leaves this machine.
`

const demoEnd = `
That was a console. In a channel it looks the same:
  Slack    make an app from bot/chat/slack/manifest.yaml, put its two tokens in bot.toml under [slack]
  Matrix   make an account for the bot, put its access token in bot.toml under [matrix], invite it to a room
  real feeds, no account: attribot run --config bot.example.toml
`

// Run serves the world, polls it sitting by sitting, and asks two questions.
func (c *demoCmd) Run(w *machine) error {
	sample, err := world.New()
	if err != nil {
		return err
	}
	address, stop, err := serveWorld(sample)
	if err != nil {
		return err
	}
	defer stop()
	folder, err := os.MkdirTemp("", "attribot-demo-")
	if err != nil {
		return fmt.Errorf("make temporary store: %w", err)
	}
	defer os.RemoveAll(folder)
	show, err := newDemo(w, sample, address, filepath.Join(folder, "demo.db"))
	if err != nil {
		return err
	}
	defer show.close()
	fmt.Fprintf(w.out, demoIntro, len(world.Sources(address)))
	if err := show.sittings(); err != nil {
		return err
	}
	show.questions()
	fmt.Fprint(w.out, demoEnd)
	return nil
}

// serveWorld serves the sample outlets on a free loopback port.
func serveWorld(sample *world.World) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve sample world: %w", err)
	}
	server := &http.Server{Handler: sample, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() {
		_ = server.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, "attribot: sample world:", err)
		}
	}, nil
}

// demo is the line that `run` runs, on the world's sources and clock.
type demo struct {
	*rooms
	machine  *machine
	sample   *world.World
	clock    *clock
	terminal *console.Network
}

func newDemo(w *machine, sample *world.World, address, file string) (*demo, error) {
	config := defaultConfig("")
	config.Store, config.Log, config.Claims.Starter = file, "error", true
	config.Since = "7d"
	config.Poll.AllowNetworks = []string{"127.0.0.0/8"}
	config.Subscription = []SubscriptionConfig{{ID: "alerts", To: "console:console", When: "at once"}}
	now := &clock{now: sample.Now()}
	terminal, err := console.New(console.Options{Out: w.out, Color: w.colour, Now: now.Now})
	if err != nil {
		return nil, fmt.Errorf("open console: %w", err)
	}
	r, err := assemble(w, config, assembly{now: now.Now, network: []chat.Network{terminal}, sources: world.Sources(address)})
	if err != nil {
		return nil, err
	}
	return &demo{rooms: r, machine: w, sample: sample, clock: now, terminal: terminal}, nil
}

// sittings polls the world at each of its sittings, and has the last one's
// evening bring the day's digest.
func (d *demo) sittings() error {
	for stage := 0; ; stage++ {
		if stage == d.sample.Stages()-1 {
			d.config.Subscription = append(d.config.Subscription,
				SubscriptionConfig{ID: "digest", To: "console:console", When: "daily 18:00", Review: true})
		}
		if err := d.declareSubscriptions(d.machine.ctx); err != nil {
			return err
		}
		d.heading(d.sample.Sitting().Title)
		d.clock.set(d.sample.Now())
		if err := d.poll(); err != nil {
			return err
		}
		if !d.sample.Advance() {
			break
		}
	}
	evening := d.sample.Now().Truncate(24 * time.Hour).Add(18 * time.Hour)
	d.heading("18:00, the day's digest")
	d.clock.set(evening)
	return d.deliver()
}

func (d *demo) poll() error {
	polled, err := d.poller.Once(d.machine.ctx)
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	for _, f := range polled.Faults {
		return fmt.Errorf("poll %s: %s", f.Source, f.Cause)
	}
	fmt.Fprintf(d.machine.out, "%s polled: %s read, %s on cyber attribution in them.\n\n",
		count(polled.Sources, "source"), count(polled.Articles, "article"), count(polled.Statements, "statement"))
	return d.deliver()
}

func (d *demo) deliver() error {
	posts, err := d.deliverer.Drain(d.machine.ctx)
	if err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	if posts.Posts() == 0 {
		fmt.Fprintln(d.machine.out, "Nothing to tell at once: what was said waits for the digest and the review queue.")
	}
	return nil
}

// questions asks what a person would ask.
func (d *demo) questions() {
	for _, q := range demoQuestions {
		d.heading("You ask: " + q)
		d.terminal.Show(d.bot.Answer(d.machine.ctx, localCommand(q)).Message)
	}
}

func (d *demo) heading(text string) {
	mark, end := "", ""
	if d.machine.colour {
		mark, end = "\x1b[1m", "\x1b[0m"
	}
	fmt.Fprintf(d.machine.out, "\n%s━━ %s%s\n", mark, text, end)
}
