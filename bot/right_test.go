package bot

import (
	"strings"
	"testing"
	"time"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	some := Rights{LookUp: []string{"slack:*"}, Subscribe: []string{"slack:U1", "matrix:@ana:example.org"}, Curate: []string{"*"}, Operate: nil}
	for _, c := range []struct {
		rights Rights
		user   string
		of     right
		want   bool
	}{
		{Rights{}, "slack:U1", mayLookUp, true},
		{Rights{}, "slack:U1", maySubscribe, true},
		{Rights{}, "slack:U1", mayCurate, false},
		{Rights{}, "slack:U1", mayOperate, false},
		{Rights{LookUp: []string{}}, "slack:U1", mayLookUp, false},
		{some, "slack:U9", mayLookUp, true},
		{some, "matrix:@ana:example.org", mayLookUp, false},
		{some, "matrix:@ana:example.org", maySubscribe, true},
		{some, "matrix:@bob:example.org", maySubscribe, false},
		{some, "slack:U1", maySubscribe, true},
		{some, "slack:U11", maySubscribe, false},
		{some, "anything:at all", mayCurate, true},
		{some, "slack:U1", mayOperate, false},
	} {
		if got := c.rights.holds(c.user, c.of); got != c.want {
			t.Errorf("%s may %s under %+v: %v", c.user, rightWords[c.of], c.rights, got)
		}
	}
}

func TestEveryCommandHoldsItsRight(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{PerMinute: -1, Rights: Rights{LookUp: []string{}, Subscribe: []string{}, Curate: []string{}, Operate: []string{}}})
	r.fill()
	for _, k := range commands() {
		if got := r.ask(k.name + " S1").Message.Headline; !strings.HasPrefix(got, "You may not ") {
			t.Errorf("%s answers one who may nothing: %q", k.name, got)
		}
	}
	for _, action := range []string{"right", "wrong", "mute", "timeline", "why", "confirm", "withdraw", "page"} {
		if got := r.ask("press !" + action + " S1 C1").Message.Headline; !strings.HasPrefix(got, "You may not ") {
			t.Errorf("the action %s answers one who may nothing: %q", action, got)
		}
	}
	r.net = local
	if got := r.ask("claim confirm C3").Message.Headline; !strings.HasPrefix(got, "Claim C3 is confirmed") {
		t.Errorf("whoever sits at the machine is answered %q", got)
	}
}

func TestTheChannelsOwnSubscriptionsAndMutesOnly(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{Rights: Rights{Operate: []string{"test:oda"}}})
	r.fill()
	r.ask("subscribe accused:CN")
	r.ask("mute C1")
	elsewhere := func(text string) string {
		cmd := r.command(text)
		cmd.Channel = "elsewhere"
		return r.bot.Answer(t.Context(), cmd).Message.Headline
	}
	for text, want := range map[string]string{
		"subscriptions": "This channel has no subscriptions", "unsubscribe B1": "This channel has no subscription B1.",
		"mutes": "No mutes in this channel", "unmute M1": "This channel has no mute M1.",
	} {
		if got := elsewhere(text); !strings.HasPrefix(got, want) {
			t.Errorf("%q elsewhere is answered %q, want %q", text, got, want)
		}
	}
	r.user = "oda"
	if got := elsewhere("unsubscribe B1"); !strings.HasPrefix(got, "Subscription B1 has ended") {
		t.Errorf("an operator is answered %q", got)
	}
}

func TestADeclaredSubscriptionStaysInTheFile(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	r.declare(t)
	if got := r.ask("unsubscribe morning").Message.Headline; !strings.Contains(got, "configuration file") {
		t.Errorf("the answer is %q", got)
	}
}

func TestTheMinuteIsThePersonsOwn(t *testing.T) {
	t.Parallel()
	var r rate
	at := time.Date(2024, 1, 1, 0, 0, 30, 0, time.UTC)
	for i := range 5 {
		if got, want := r.take("a", at, 3), i < 3; got != want {
			t.Errorf("command %d of a minute is taken: %v", i+1, got)
		}
	}
	if !r.take("b", at, 3) || !r.take("a", at.Add(30*time.Second), 3) || !r.take("a", at, -1) {
		t.Error("another person, another minute or no limit is refused")
	}
}
