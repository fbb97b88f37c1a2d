package deliver

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"attribot/bot/bottest"
	"attribot/bot/chat"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/kv/mem"
)

// running is a stage whose deliverer runs on the bubble's clock.
func running(t *testing.T, o Options, test func(*stage)) {
	synctest.Test(t, func(t *testing.T) {
		w := bottest.On(t, mem.New(), time.Now)
		w.Set(time.Now())
		s := &stage{World: w, T: t, net: bottest.NewNetwork("test")}
		o.Now = time.Now
		s.start(o)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.d.Run(ctx) }()
		test(s)
		cancel()
		synctest.Wait()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
}

// pass lets time go by for the deliverer and the world.
func (s *stage) pass(d time.Duration) {
	s.Helper()
	time.Sleep(d)
	s.Set(time.Now())
	synctest.Wait()
}

func TestRunTellsAtOnce(t *testing.T) {
	t.Parallel()
	running(t, Options{}, func(s *stage) {
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		s.Read("a1", "Reuters", s.accuse())
		synctest.Wait()
		s.told("desk", accusation)
		s.pass(time.Hour)
		s.Read("a2", "Xinhua", s.deny())
		synctest.Wait()
		s.told("desk", accusation, "beneath: "+denial+" (first denial by China).", "edit: "+accusation+"; now denied by China")
	})
}

func TestRunWaitsForMoreOfTheSameEvent(t *testing.T) {
	t.Parallel()
	running(t, Options{Wait: 30 * time.Second, Interval: 5 * time.Minute}, func(s *stage) {
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		s.Read("a1", "Reuters", s.accuse())
		s.pass(29 * time.Second)
		s.told("desk")
		s.Read("a2", "AP", s.accuse())
		s.pass(time.Second)
		s.told("desk", accusation)
		if page := bottest.Page(s.net.Posts()[0].Message); !strings.Contains(page, "2 outlets") {
			t.Errorf("the alert reads %s", page)
		}

		s.pass(time.Minute)
		s.Read("a3", "AFP", s.accuse())
		s.pass(3 * time.Minute)
		s.Read("a4", "BBC", s.accuse())
		if n := len(s.net.Posts()); n != 1 {
			t.Errorf("%d posts inside the interval, want 1", n)
		}
		s.pass(time.Minute)
		if got := s.net.Told("desk"); len(got) != 3 || !strings.Contains(got[1], "AFP and BBC") {
			t.Errorf("after the interval: %q", got)
		}

		s.Read("a5", "Xinhua", s.deny())
		s.pass(30 * time.Second)
		if got := s.net.Told("desk"); len(got) != 5 {
			t.Errorf("a first denial does not wait for the interval: %q", got)
		}
	})
}

func TestRunHoldsAFloodBackAndSumsItUp(t *testing.T) {
	running(t, Options{SumUpAbove: 2}, func(s *stage) {
		s.Subscribe(store.Subscription{})
		for i := range 6 {
			word := fmt.Sprintf("group%d", i)
			s.Claim("Group "+word+" is run by the Russian state.", bottest.Russia, word)
			s.Read("a"+word, "Reuters", s.Say(statement.Speaker{Kind: statement.Organisation, Organisation: "Vendor " + word}, statement.Attribute, bottest.Russia, word+" works for the Russian state"))
			s.pass(time.Minute)
		}
		if got := s.net.Told("desk"); len(got) != 2 {
			t.Errorf("in the flood: %q", got)
		}
		s.pass(time.Hour)
		if got := s.net.Told("desk"); len(got) != 3 || !strings.HasSuffix(got[2], ": 4 further assertions") {
			t.Errorf("an hour later: %q", got)
		}
	})
}

func TestRunPostsADigestAtItsHour(t *testing.T) {
	t.Parallel()
	running(t, Options{}, func(s *stage) { // the bubble begins at midnight UTC
		s.voltClaim()
		s.Subscribe(store.Subscription{When: "daily 09:00", Zone: "Europe/Berlin"})
		s.d.Wake()
		s.Read("a1", "Reuters", s.accuse())
		s.pass(8*time.Hour - time.Second)
		s.told("desk")
		s.pass(2 * time.Second)
		if got := s.net.Told("desk"); len(got) != 1 {
			t.Errorf("at nine in Berlin: %q", got)
		}
	})
}

func TestRunHangingChannelHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	running(t, Options{Timeout: time.Minute}, func(s *stage) {
		s.voltClaim()
		s.Subscribe(store.Subscription{Network: "test", Channel: "hangs"})
		s.Subscribe(store.Subscription{})
		s.net.Before(func(ctx context.Context, out chat.Outgoing) error {
			if out.To == "hangs" {
				<-ctx.Done()
				return fmt.Errorf("post: %w", ctx.Err())
			}
			return nil
		})
		s.Read("a1", "Reuters", s.accuse())
		synctest.Wait()
		s.told("desk", accusation)
		s.net.Before(nil)
		s.pass(2 * time.Minute)
		s.told("hangs", accusation)
	})
}

func TestRunBacksOffFromANetworkThatIsDown(t *testing.T) {
	t.Parallel()
	running(t, Options{}, func(s *stage) {
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		var tries []time.Duration
		start := time.Now()
		s.net.Before(func(context.Context, chat.Outgoing) error {
			tries = append(tries, time.Since(start))
			return &chat.Error{Outcome: chat.Unsent, Err: errors.New("down")}
		})
		s.Read("a1", "Reuters", s.accuse())
		s.pass(time.Hour)
		if len(tries) < 8 || len(tries) > 24 {
			t.Errorf("%d tries in an hour: %v", len(tries), tries)
		}
		for i := 2; i < len(tries); i++ {
			if gap := tries[i] - tries[i-1]; gap > 5*time.Minute+time.Second {
				t.Errorf("a pause of %s", gap)
			}
		}
		s.net.Before(nil)
		s.pass(5 * time.Minute)
		s.told("desk", accusation)
	})
}

func TestRunStopsWhileSendingAndTheNextRunSettles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := bottest.On(t, mem.New(), time.Now)
		s := &stage{World: w, T: t, net: bottest.NewNetwork("test")}
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		for range 2 {
			s.start(Options{Now: time.Now})
			ctx, cancel := context.WithCancel(t.Context())
			s.net.After(func(ctx context.Context, _ chat.Outgoing) error { <-ctx.Done(); return ctx.Err() })
			go func() { time.Sleep(time.Second); cancel() }()
			if len(s.net.Posts()) == 0 {
				s.Read("a1", "Reuters", s.accuse())
			}
			if err := s.d.Run(ctx); err != nil {
				t.Errorf("Run = %v", err)
			}
		}
		s.told("desk", accusation)
		p, err := s.Store.PostByKey(s.net.Posts()[0].Key)
		if err != nil || p.State != store.Sent {
			t.Errorf("the post is %s, %v, want sent", p.State, err)
		}
	})
}

func TestRunEndsWithItsStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := bottest.On(t, mem.New(), time.Now)
		s := &stage{World: w, T: t, net: bottest.NewNetwork("test")}
		s.start(Options{Now: time.Now})
		go func() { time.Sleep(time.Second); _ = s.Store.Close() }()
		if err := s.d.Run(t.Context()); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
}

// TestNothingLostNothingTwice lets a network fail in every way for a day, with
// restarts of the deliverer, and counts what channels show.
func TestNothingLostNothingTwice(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { storm(t, &dice{r: rand.New(rand.NewPCG(seed, 1))}) })
	}
}

// dice are thrown by several goroutines.
type dice struct {
	mu sync.Mutex
	r  *rand.Rand
}

func (d *dice) Float64() float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.r.Float64()
}

func (d *dice) IntN(n int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.r.IntN(n)
}

func storm(t *testing.T, dice *dice) {
	synctest.Test(t, func(t *testing.T) {
		w := bottest.On(t, mem.New(), time.Now)
		w.Set(time.Now())
		s := &stage{World: w, T: t, net: bottest.NewNetwork("test")}
		s.Subscribe(store.Subscription{})
		s.Subscribe(store.Subscription{Network: "test", Channel: "other", Query: "accused:RU"})
		for i := range 4 {
			word := fmt.Sprintf("group%d", i)
			s.Claim("Group "+word+" is run by the Russian state.", bottest.Russia, word)
		}
		rough := func(p float64) func(context.Context, chat.Outgoing) error {
			return func(context.Context, chat.Outgoing) error {
				if dice.Float64() > p {
					return nil
				}
				return &chat.Error{Outcome: chat.Outcome(1 + dice.IntN(2)), After: time.Duration(dice.IntN(90)) * time.Second, Err: errors.New("storm")}
			}
		}
		s.net.Before(rough(0.3))
		s.net.After(func(ctx context.Context, out chat.Outgoing) error { // taken, but the answer is lost
			if dice.Float64() > 0.3 {
				return nil
			}
			return &chat.Error{Outcome: chat.Unknown, Err: errors.New("storm")}
		})
		s.net.Finding(rough(0.3))
		for i := range 15 {
			s.start(Options{Now: time.Now, SumUpAbove: -1})
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- s.d.Run(ctx) }()
			word := fmt.Sprintf("group%d", dice.IntN(4))
			who := []statement.Speaker{bottest.Microsoft, bottest.CISA, bottest.Japan, bottest.MaoNing}[dice.IntN(4)]
			stance := []statement.Stance{statement.Attribute, statement.Deny}[dice.IntN(2)]
			s.Read(fmt.Sprint("a", i), "Reuters", s.Say(who, stance, bottest.Russia, fmt.Sprint(word, " and its case no. ", i)))
			s.pass(time.Duration(dice.IntN(240)) * time.Second)
			cancel()
			synctest.Wait()
			<-done
		}
		s.net.Before(nil)
		s.net.After(nil)
		s.net.Finding(nil)
		s.start(Options{Now: time.Now, SumUpAbove: -1})
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = s.d.Run(ctx) }()
		s.pass(time.Hour)
		cancel()
		synctest.Wait()
		s.afterStorm()
	})
}

// afterStorm holds every due post against what the channels show.
func (s *stage) afterStorm() {
	s.Helper()
	posts, err := s.Store.Posts(store.PostFilter{})
	if err != nil {
		s.Fatal(err)
	}
	shown := map[string]int{}
	order := map[string][]string{}
	for _, p := range s.net.Posts() {
		shown[p.Key]++
		order[p.To] = append(order[p.To], p.Key)
	}
	want := map[string][]string{}
	for _, p := range posts {
		switch p.State {
		case store.Sent:
			if shown[p.Key] != 1 {
				s.Errorf("%s is shown %d times", p.Key, shown[p.Key])
			}
			want[p.Channel] = append(want[p.Channel], p.Key)
		case store.Superseded:
			if shown[p.Key] != 0 {
				s.Errorf("%s was overtaken, but is shown", p.Key)
			}
		default:
			s.Errorf("%s is left %s: %s", p.Key, p.State, p.Fault)
		}
	}
	for channel, keys := range want {
		if strings.Join(keys, "\n") != strings.Join(order[channel], "\n") {
			s.Errorf("%s shows\n%q, want\n%q", channel, order[channel], keys)
		}
	}
	if len(posts) < 10 {
		s.Errorf("only %d posts were due", len(posts))
	}
}

func TestDrainWithAClockThatStandsStillEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, Options{Patience: 30 * time.Second})
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		s.net.Before(func(context.Context, chat.Outgoing) error {
			return &chat.Error{Outcome: chat.Unsent, Err: errors.New("down")}
		})
		s.Read("a1", "Reuters", s.accuse())
		if c := s.drain(); c.Waiting != 1 {
			t.Errorf("Drain = %+v", c)
		}
	})
}

func TestDrainWaitsForAShortWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := bottest.On(t, mem.New(), time.Now)
		w.Set(time.Now())
		s := &stage{World: w, T: t, net: bottest.NewNetwork("test")}
		s.start(Options{Now: time.Now, Patience: 30 * time.Second})
		s.voltClaim()
		s.Subscribe(store.Subscription{})
		first := true
		s.net.Before(func(context.Context, chat.Outgoing) error {
			if first {
				first = false
				return &chat.Error{Outcome: chat.Unsent, After: 20 * time.Second, Err: errors.New("rate limited")}
			}
			return nil
		})
		s.Read("a1", "Reuters", s.accuse())
		if c := s.drain(); c.Alerts != 1 || c.Waiting != 0 {
			t.Errorf("Drain = %+v", c)
		}
	})
}
