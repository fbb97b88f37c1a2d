package deliver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/bot/bottest"
	"attribot/bot/chat"
	"attribot/feeds/statement"
	"attribot/store"
)

// stage is a world with a network and a deliverer.
type stage struct {
	*bottest.World
	*testing.T
	net *bottest.Network
	d   *Deliverer
}

func newStage(t *testing.T, o Options) *stage {
	t.Helper()
	s := &stage{World: bottest.New(t), T: t, net: bottest.NewNetwork("test")}
	s.start(o)
	return s
}

// start makes the deliverer, as after a restart of the bot.
func (s *stage) start(o Options) {
	s.Helper()
	o.Store, o.Networks = s.Store, []chat.Network{s.net}
	if o.Now == nil {
		o.Now = s.Now
	}
	if o.Rand == nil {
		o.Rand = func() float64 { return 1 }
	}
	if o.Patience == 0 {
		o.Patience = time.Nanosecond // nothing waits in a test that moves the clock itself
	}
	d, err := New(o)
	if err != nil {
		s.Fatal(err)
	}
	s.d = d
}

func (s *stage) drain() Counts {
	s.Helper()
	c, err := s.d.Drain(s.Context())
	if err != nil {
		s.Fatalf("Drain = %v", err)
	}
	return c
}

func (s *stage) told(channel string, want ...string) {
	s.Helper()
	if diff := cmp.Diff(want, s.net.Told(channel)); diff != "" {
		s.Errorf("told in %s (-want +got):\n%s", channel, diff)
	}
}

// accuse and deny are the two ends of a story.
func (s *stage) accuse() statement.Statement {
	return s.Say(bottest.Microsoft, statement.Attribute, bottest.China, "Volt Typhoon is run by the Chinese state, we assess")
}

func (s *stage) deny() statement.Statement {
	return s.Say(bottest.MaoNing, statement.Deny, bottest.China, "that Volt Typhoon is run by the Chinese state is a smear")
}

func (s *stage) sandworm() statement.Statement {
	return s.Say(bottest.CISA, statement.Attribute, bottest.Russia, "Sandworm did it")
}

func (s *stage) voltClaim() {
	s.Claim("Volt Typhoon is run by the Chinese state.", bottest.China, "volt typhoon")
}

const (
	accusation = "Microsoft says that Volt Typhoon is run by the Chinese state"
	denial     = "Mao Ning (China) denies that Volt Typhoon is run by the Chinese state"
)

func TestOneStoryOneAlert(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	if c := s.drain(); c.Alerts != 1 || c.Posts() != 1 {
		t.Errorf("first article: %+v, want one alert", c)
	}
	s.told("desk", accusation)

	s.Move(time.Hour)
	s.Read("a2", "Xinhua", s.deny())
	s.drain()
	s.told("desk", accusation,
		"beneath: "+denial+" (first denial by China).",
		"edit: "+accusation+"; now denied by China")

	if c := s.drain(); c.Posts() != 0 {
		t.Errorf("nothing happened, and %+v was posted", c)
	}
}

func TestSecondOutletIsNotedOnTheAlert(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.Read("a2", "The Record", s.accuse())
	s.drain()
	posts := s.net.Posts()
	if len(posts) != 3 {
		t.Fatalf("posts: %q", s.net.Told("desk"))
	}
	if got := bottest.Page(posts[1].Message); !strings.Contains(got, "Also carried by The Record, now 2 outlets") {
		t.Errorf("the follow-up reads %q", got)
	}
	if got := bottest.Page(posts[2].Message); !strings.Contains(got, "2 outlets, ") || posts[2].Edit != posts[0].ID {
		t.Errorf("the alert brought up to date reads %q, an edit of %q", got, posts[2].Edit)
	}
}

func TestRepeatsAreSparedForAWhile(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Repeat: 10 * 24 * time.Hour})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	again := func(i int) {
		s.Read(fmt.Sprint("b", i), "Reuters", s.Say(bottest.Microsoft, statement.Attribute, bottest.China, "Volt Typhoon "+[]string{"", "takes orders from Beijing", "was paid by a ministry there", "sits in an army compound"}[i]))
		s.drain()
	}
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.Move(11 * 24 * time.Hour)
	again(1)
	told := len(s.net.Told("desk"))
	if got := s.net.Told("desk"); told < 2 || !strings.Contains(strings.Join(got, "\n"), "again says") {
		t.Fatalf("the first repeat is told as %q", got)
	}
	s.Move(3 * 24 * time.Hour)
	again(2)
	for _, headline := range s.net.Told("desk")[told:] {
		if !strings.HasPrefix(headline, "edit: ") {
			t.Errorf("three days later the thread is told %q", headline)
		}
	}
	s.Move(11 * 24 * time.Hour)
	again(3)
	if got := strings.Join(s.net.Told("desk")[told:], "\n"); !strings.Contains(got, "again says") {
		t.Errorf("eleven days later the thread is told %q", got)
	}
}

func TestTwoOutletsInOneTurnAreOnePost(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.Read("a2", "The Record", s.accuse())
	if c := s.drain(); c.Posts() != 1 {
		t.Errorf("posted %+v: %q", c, s.net.Told("desk"))
	}
	if got := bottest.Page(s.net.Posts()[0].Message); !strings.Contains(got, "2 outlets, ") {
		t.Errorf("the alert reads %q", got)
	}
}

func TestAChannelSeesOneAlertThoughTwoSubscriptionsAsk(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Subscribe(store.Subscription{Query: "accused:CN"})
	s.Subscribe(store.Subscription{Network: "test", Channel: "other"})
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.Read("a2", "Xinhua", s.deny())
	s.drain()
	want := []string{accusation, "beneath: " + denial + " (first denial by China).", "edit: " + accusation + "; now denied by China"}
	s.told("desk", want...)
	s.told("other", want...)
}

func TestNoAlertFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sub  store.Subscription
		mute store.Mute
		say  func(*stage) statement.Statement
	}{
		"another query":      {sub: store.Subscription{Query: "accused:RU"}, say: (*stage).accuse},
		"a muted claim":      {mute: store.Mute{Claim: "C1", Until: bottest.Start.Add(time.Hour)}, say: (*stage).accuse},
		"a muted query":      {mute: store.Mute{Query: "speaker:Microsoft"}, say: (*stage).accuse},
		"a paused one":       {sub: store.Subscription{Paused: true}, say: (*stage).accuse},
		"background":         {say: func(s *stage) statement.Statement { b := s.accuse(); b.Background = true; return b }},
		"an unnamed speaker": {say: func(s *stage) statement.Statement { b := s.accuse(); b.Speaker = bottest.Sources; return b }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.voltClaim()
			s.Subscribe(c.sub)
			if c.mute != (store.Mute{}) {
				c.mute.By = "test"
				if _, err := s.Store.AddMute(t.Context(), c.mute); err != nil {
					t.Fatal(err)
				}
			}
			s.Read("a1", "Reuters", c.say(s))
			s.drain()
			s.told("desk")
		})
	}
}

func TestAMuteThatHasEndedMutesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	if _, err := s.Store.AddMute(t.Context(), store.Mute{Claim: "C1", By: "test", Until: s.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	s.Move(time.Hour)
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.told("desk", accusation)
}

func TestANewSubscriptionStartsAtTheEnd(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Read("a1", "Reuters", s.accuse())
	s.Subscribe(store.Subscription{})
	s.drain()
	s.told("desk")
}

func TestQuietHoursAreSummedUpAfter(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Quiet: map[string]Hours{"test:desk": {From: "22:00", To: "07:00", Zone: "Europe/Berlin"}}})
	s.voltClaim()
	s.Claim("Sandworm is run by the Russian military.", bottest.Russia, "sandworm")
	s.Subscribe(store.Subscription{})
	s.Set(time.Date(2024, 10, 15, 21, 0, 0, 0, time.UTC)) // 23:00 in Berlin
	s.Read("a1", "Reuters", s.accuse())
	s.Read("a2", "Reuters", s.sandworm())
	s.drain()
	s.told("desk")
	s.Set(time.Date(2024, 10, 16, 5, 0, 0, 0, time.UTC)) // 07:00 in Berlin
	s.drain()
	s.told("desk", "Held back in quiet hours, 16 October 2024: 2 further assertions")
}

func TestOneStoryHeldBackIsToldAsUsual(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{Quiet: map[string]Hours{"*": {From: "07:00", To: "09:00"}}})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.told("desk")
	s.Move(time.Hour)
	s.drain()
	s.told("desk", accusation)
}

func TestTooManyStoriesAreSummedUp(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{SumUpAbove: 3})
	s.Subscribe(store.Subscription{})
	for i := range 5 {
		word := fmt.Sprintf("group%d", i)
		s.Claim("Group "+word+" is run by the Russian state.", bottest.Russia, word)
		s.Read("a"+word, "Reuters", s.Say(statement.Speaker{Kind: statement.Organisation, Organisation: "Vendor " + word}, statement.Attribute, bottest.Russia, word+" works for the Russian state"))
	}
	if c := s.drain(); c.Digests != 1 || c.Posts() != 1 {
		t.Errorf("posted %+v: %q", c, s.net.Told("desk"))
	}
	s.told("desk", "Summed up, 15 October 2024: 5 further assertions")
}

func TestAFloodIsSummedUpWithinTheHour(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{SumUpAbove: 2})
	s.Subscribe(store.Subscription{})
	tell := func(i int) {
		word := fmt.Sprintf("group%d", i)
		s.Claim("Group "+word+" is run by the Russian state.", bottest.Russia, word)
		s.Read("a"+word, "Reuters", s.Say(statement.Speaker{Kind: statement.Organisation, Organisation: "Vendor " + word}, statement.Attribute, bottest.Russia, word+" works for the Russian state"))
		s.drain()
		s.Move(time.Minute)
	}
	for i := range 4 {
		tell(i)
	}
	if c := s.net.Told("desk"); len(c) != 4 || !strings.HasPrefix(c[1], "Vendor") || !strings.HasPrefix(c[2], "Summed up") {
		t.Errorf("in a flood the channel is told %q", c)
	}
	s.Move(time.Hour)
	tell(5)
	if c := s.net.Told("desk"); len(c) != 5 || !strings.HasPrefix(c[4], "Vendor") {
		t.Errorf("after it the channel is told %q", c)
	}
}

func TestDigestOnceADay(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{When: "daily 09:00", Zone: "Europe/Berlin"})
	s.drain()
	s.Read("a1", "Reuters", s.accuse())
	s.Read("a2", "Xinhua", s.deny())
	s.drain()
	s.told("desk")
	s.Set(time.Date(2024, 10, 16, 7, 0, 0, 0, time.UTC))
	s.drain()
	s.told("desk", "Daily digest, 16 October 2024: 1 first denial and 1 further assertion")
	s.drain()
	s.Set(time.Date(2024, 10, 20, 12, 0, 0, 0, time.UTC)) // days with nothing to tell
	s.drain()
	s.told("desk", "Daily digest, 16 October 2024: 1 first denial and 1 further assertion")
}

func TestDigestMissedIsCaughtUpOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{When: "daily 09:00", Empty: true})
	s.drain()
	s.Read("a1", "Reuters", s.accuse())
	s.Set(time.Date(2024, 10, 19, 12, 0, 0, 0, time.UTC))
	s.drain()
	s.drain()
	s.told("desk", "Daily digest, 15 to 19 October 2024: 1 further assertion")
	s.Set(time.Date(2024, 10, 20, 9, 0, 0, 0, time.UTC))
	s.drain()
	if n := len(s.net.Posts()); n != 2 {
		t.Errorf("%d posts, want the next day's", n)
	}
}

func TestOperatorsHearOfASourceInTrouble(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	if _, err := s.Store.DeclareSubscriptions(t.Context(), []store.Subscription{OperatorSubscription("test", "ops")}); err != nil {
		t.Fatal(err)
	}
	s.Subscribe(store.Subscription{})
	s.Ill("xinhua", "The server answers 503.", "It is tried again in an hour.")
	s.drain()
	s.told("desk")
	s.told("ops", "Source xinhua: The server answers 503.")
	if page := bottest.Page(s.net.Posts()[0].Message); !strings.HasSuffix(page, "\nIt is tried again in an hour.") {
		t.Errorf("the advice is missing in %q", page)
	}
}

func TestManySourcesInTroubleAreOneWord(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	if _, err := s.Store.DeclareSubscriptions(t.Context(), []store.Subscription{OperatorSubscription("test", "ops")}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"afp", "bbc", "cna", "dpa"} {
		s.Ill(id, "The network is unreachable.", "It is tried again in an hour.")
	}
	s.drain()
	s.told("ops", "4 sources changed their condition")
	if page := bottest.Page(s.net.Posts()[0].Message); !strings.Contains(page, "dpa: The network is unreachable") {
		t.Errorf("the sources are not named in %q", page)
	}
}

func TestTheAlertOpensWithWhoSaysMost(t *testing.T) {
	g := []decided{dueBy("S1", "CVERC"), dueBy("S2", "Mao Ning"), dueBy("S2", "Mao Ning"), dueBy("S3", "Mao Ning"), dueBy("S4", "CVERC"), dueBy("S5", "Mao Ning")}
	for _, c := range []struct {
		due  []decided
		want []store.StatementID
	}{{g, []store.StatementID{"S2", "S3", "S5"}}, {g[:2], []store.StatementID{"S1"}}, {nil, nil}} {
		if diff := cmp.Diff(c.want, leading(c.due)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func dueBy(id store.StatementID, speaker string) decided {
	s := store.Statement{ID: id, Said: statement.Statement{Speaker: statement.Speaker{Name: speaker}}}
	return decided{subject{event: store.Event{Statement: id}, statement: s}, Alerts}
}

func TestAPersonsWordMendsTheAlertInSilence(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	if err := s.Store.Unlink(t.Context(), "S1", "C1", "test:ana"); err != nil {
		t.Fatal(err)
	}
	s.drain()
	s.told("desk", accusation, "edit: Microsoft: attribution concerning China")
}

// --- sending

func refuse(_ context.Context, _ chat.Outgoing) error {
	return &chat.Error{Outcome: chat.Refused, Advice: "invite the bot again", Err: errors.New("channel not found")}
}

func TestUnsentIsTriedAgainWhenTheNetworkAllows(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.net.Before(func(context.Context, chat.Outgoing) error {
		return &chat.Error{Outcome: chat.Unsent, After: time.Minute, Err: errors.New("rate limited")}
	})
	if c := s.drain(); c.Posts() != 0 || c.Waiting != 1 {
		t.Errorf("while limited: %+v", c)
	}
	s.net.Before(nil)
	s.Move(59 * time.Second)
	if c := s.drain(); c.Posts() != 0 {
		t.Errorf("before Retry-After is over: %+v", c)
	}
	s.Move(time.Second)
	if c := s.drain(); c.Alerts != 1 || c.Waiting != 0 {
		t.Errorf("after it: %+v", c)
	}
}

func TestALostAnswerIsNotSaidTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.net.After(func(context.Context, chat.Outgoing) error {
		return &chat.Error{Outcome: chat.Unknown, Err: errors.New("connection reset")}
	})
	s.drain()
	s.net.After(nil)
	s.Move(time.Minute)
	if c := s.drain(); c.Alerts != 1 || c.Waiting != 0 {
		t.Errorf("settled: %+v", c)
	}
	s.told("desk", accusation)
}

func TestALostPostIsSentAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.net.Before(func(context.Context, chat.Outgoing) error { return errors.New("time-out") })
	s.drain()
	s.told("desk")
	s.net.Before(nil)
	s.Move(time.Minute)
	s.drain()
	s.told("desk", accusation)
}

func TestNothingIsSentBehindAPostOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.net.After(func(context.Context, chat.Outgoing) error { return errors.New("connection reset") })
	s.net.Finding(func(context.Context, chat.Outgoing) error { return errors.New("history is down") })
	s.drain()
	s.Read("a2", "Xinhua", s.deny())
	for range 5 {
		s.Move(10 * time.Minute)
		s.drain()
	}
	s.told("desk", accusation)
	s.net.After(nil)
	s.net.Finding(nil)
	s.Move(10 * time.Minute)
	s.drain()
	s.told("desk", accusation, "beneath: "+denial+" (first denial by China).", "edit: "+accusation+"; now denied by China")
}

func TestOnlyTheLatestEditIsSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	s.drain()
	s.net.Before(func(context.Context, chat.Outgoing) error {
		return &chat.Error{Outcome: chat.Unsent, Err: errors.New("down")}
	})
	for i, outlet := range []string{"AP", "AFP", "BBC"} {
		s.Read(fmt.Sprint("b", i), outlet, s.accuse())
		s.drain()
		s.Move(time.Second)
	}
	s.net.Before(nil)
	s.Move(time.Hour)
	c := s.drain()
	if c.FollowUps != 3 || c.Updates != 1 {
		t.Errorf("posted %+v: %q", c, s.net.Told("desk"))
	}
	last := s.net.Posts()[len(s.net.Posts())-1]
	if page := bottest.Page(last.Message); last.Edit == "" || !strings.Contains(page, "4 outlets") {
		t.Errorf("the last post is %q", page)
	}
}

func TestARefusingChannelHoldsNobodyUpAndIsToldOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	if _, err := s.Store.DeclareSubscriptions(t.Context(), []store.Subscription{OperatorSubscription("test", "ops")}); err != nil {
		t.Fatal(err)
	}
	s.voltClaim()
	s.Claim("Sandworm is run by the Russian military.", bottest.Russia, "sandworm")
	s.Subscribe(store.Subscription{Network: "test", Channel: "gone"})
	s.Subscribe(store.Subscription{})
	s.net.Before(func(ctx context.Context, out chat.Outgoing) error {
		if out.To == "gone" {
			return refuse(ctx, out)
		}
		return nil
	})
	s.Read("a1", "Reuters", s.accuse())
	s.Read("a2", "Reuters", s.sandworm())
	s.drain()
	s.drain()
	if got := len(s.net.Told("desk")); got != 2 {
		t.Errorf("the other channel is told %d posts, want 2", got)
	}
	if got := s.net.Told("ops"); len(got) != 1 || got[0] != "Posts to test:gone are refused." {
		t.Errorf("operators are told %q", got)
	}
	s.Move(30 * time.Minute)
	if c := s.drain(); c.Refused != 0 {
		t.Errorf("the channel was tried before its rest was over: %+v", c)
	}
	s.net.Before(nil)
	s.Move(30 * time.Minute)
	s.Read("a3", "Reuters", s.Say(bottest.Japan, statement.Attribute, bottest.Russia, "Sandworm did it, too"))
	s.drain()
	if got := s.net.Told("gone"); len(got) < 3 || !strings.HasPrefix(got[0], "Microsoft says that Volt Typhoon") {
		t.Errorf("after it was mended the channel is told %q", got)
	}
}

func TestOnePostRefusedLetsTheNextThrough(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Claim("Sandworm is run by the Russian military.", bottest.Russia, "sandworm")
	s.Subscribe(store.Subscription{})
	s.net.Before(func(ctx context.Context, out chat.Outgoing) error {
		if strings.Contains(out.Message.Headline, "Volt Typhoon") {
			return refuse(ctx, out)
		}
		return nil
	})
	s.Read("a1", "Reuters", s.accuse())
	s.Read("a2", "Reuters", s.sandworm())
	c := s.drain()
	if c.Refused != 1 || c.Alerts != 1 {
		t.Errorf("posted %+v", c)
	}
	s.Read("a3", "Xinhua", s.deny())
	if c := s.drain(); c.Posts() != 0 {
		t.Errorf("a follow-up of a refused alert was posted: %q", s.net.Told("desk"))
	}
}

func TestARestartSettlesWhatWasBeingSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{})
	s.Read("a1", "Reuters", s.accuse())
	ctx, cancel := context.WithCancel(t.Context())
	s.net.After(func(context.Context, chat.Outgoing) error { cancel(); return ctx.Err() })
	if _, err := s.d.Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Drain = %v", err)
	}
	s.net.After(nil)
	s.start(Options{})
	s.Move(time.Minute)
	s.drain()
	s.told("desk", accusation)
}

func TestNoNetworkOfTheNameWaits(t *testing.T) {
	t.Parallel()
	s := newStage(t, Options{})
	s.voltClaim()
	s.Subscribe(store.Subscription{Network: "slack", Channel: "C1"})
	s.Read("a1", "Reuters", s.accuse())
	if c, err := s.d.Drain(t.Context()); err != nil || c.Waiting != 1 {
		t.Errorf("Drain = %+v, %v", c, err)
	}
}
