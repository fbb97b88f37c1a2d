package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"

	api "github.com/slack-go/slack"
)

// The tokens that emulate/seed.mjs gives.
const (
	liveBot    = "xoxb-attribot"
	livePerson = "xoxp-anna"
)

// live is a channel of an emulated Slack with the bot and a person in it. What
// the emulator lacks (Socket Mode, slash commands, buttons, response_url) the
// workspace of our own before it does.
type live struct {
	*workspace
	bot string // the bot's user
}

// newLive needs a running emulator; emulate/run.sh starts one. The tests named
// Live are skipped without it.
func newLive(t *testing.T) *live {
	t.Helper()
	base := os.Getenv("ATTRIBOT_SLACK_URL")
	if base == "" {
		t.Skip("ATTRIBOT_SLACK_URL names no emulated Slack; sh bot/chat/slack/emulate/run.sh starts one")
	}
	l := &live{workspace: newWorkspace(t)}
	l.upstream, l.botToken = base, liveBot
	var self struct {
		UserID string `json:"user_id"`
	}
	l.ready(t)
	l.ask(t, liveBot, "auth.test", nil, &self)
	l.bot = self.UserID
	return l
}

// ready waits until the emulator answers.
func (l *live) ready(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := request(l.upstream, "auth.test", "Bearer "+liveBot, nil); err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("no emulated Slack answers at %s within 30 s", l.upstream)
		}
	}
}

// ask calls a web method of the emulator.
func (l *live) ask(t *testing.T, token, method string, f url.Values, into any) {
	t.Helper()
	body, err := request(l.upstream, method, "Bearer "+token, f)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if err := errors.Join(json.Unmarshal(body, &answer), json.Unmarshal(body, into)); err != nil || !answer.OK {
		t.Fatalf("%s: %v %s in %s", method, err, answer.Error, body)
	}
}

// channel is a new channel of anna's with the bot in it.
func (l *live) channel(t *testing.T) string {
	t.Helper()
	var made struct {
		Channel struct{ ID string }
	}
	l.ask(t, livePerson, "conversations.create", url.Values{"name": {fmt.Sprintf("alerts-%d", time.Now().UnixNano())}}, &made)
	l.ask(t, livePerson, "conversations.invite", url.Values{"channel": {made.Channel.ID}, "users": {l.bot}}, &struct{}{})
	return made.Channel.ID
}

// shown is the channel as anna reads it, with what the bot said to her alone.
func (l *live) shown(t *testing.T, channel string) []chattest.Shown {
	t.Helper()
	type read struct {
		Messages []*struct {
			stored
			Edited *struct{} `json:"edited"`
		}
	}
	var top read
	l.ask(t, livePerson, "conversations.history", url.Values{"channel": {channel}, "limit": {"1000"}}, &top)
	var all []*stored
	seen := map[string]bool{}
	for _, root := range top.Messages {
		var thread read
		l.ask(t, livePerson, "conversations.replies", url.Values{"channel": {channel}, "ts": {root.TS}}, &thread)
		for _, m := range thread.Messages {
			if seen[m.TS] {
				continue
			}
			seen[m.TS] = true
			m.Channel, m.stored.edited = channel, m.Edited != nil
			all = append(all, &m.stored)
		}
	}
	slices.SortFunc(all, func(a, b *stored) int { return strings.Compare(a.TS, b.TS) })
	var out []chattest.Shown
	for _, m := range all {
		if m.Thread == m.TS {
			m.Thread = ""
		}
		out = append(out, m.shown())
	}
	return append(out, l.screenOf(channel)...)
}

// pressButton presses a button as anna sees it.
func (l *live) pressButton(t *testing.T, channel string, on chat.MessageID, a message.Action) {
	t.Helper()
	_, ts := parted(on, channel)
	var thread struct{ Messages []*stored }
	l.ask(t, livePerson, "conversations.replies", url.Values{"channel": {channel}, "ts": {ts}}, &thread)
	l.mu.Lock()
	for _, m := range thread.Messages {
		m.Channel = channel
	}
	held := l.messages
	l.messages = append(slices.Clone(held), thread.Messages...)
	l.mu.Unlock()
	id, value := l.button(on, a.Label)
	l.mu.Lock()
	l.messages = held
	l.mu.Unlock()
	if id == "" {
		t.Fatalf("no button %q on %s", a.Label, on)
	}
	l.deliver("interactive", l.pressed(channel, on, id, value))
}

func TestLiveConformance(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness {
		l := newLive(t)
		return chattest.Harness{
			Network: l.network(), Channel: l.channel(t), Other: l.channel(t),
			Shown: l.shown,
			Say:   func(t *testing.T, channel, words string) { t.Helper(); l.say(channel, words) },
			Press: l.pressButton,
			Lose: func(*testing.T) {
				l.mu.Lock()
				defer l.mu.Unlock()
				l.lose = true
			},
			Restart: func(*testing.T) chat.Network { return l.network() },
			Ready:   func(*testing.T) { <-l.connected },
		}
	})
}

// TestLiveEmulatorWithoutAnythingBefore posts straight to the emulator, which
// looks for the token in the header and grants the manifest's scopes only.
func TestLiveEmulatorWithoutAnythingBefore(t *testing.T) {
	l := newLive(t)
	n := l.network(func(o *Options) { o.APIURL = l.upstream + "/api/" })
	out := chat.Outgoing{Key: "k1", To: l.channel(t), Message: message.Message{Headline: "the alert"}}
	id, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	found, err := n.Find(t.Context(), out)
	if err != nil || found != id {
		t.Errorf("Find = %q, %v, want %q", found, err, id)
	}
	again := out
	again.Key, again.Edit, again.Message.Headline = "k1/1", id, "the alert, denied"
	if _, err := n.Post(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if s := l.shown(t, out.To); len(s) != 1 || !s[0].Edited || !strings.Contains(s[0].Text, "denied") {
		t.Errorf("the channel shows %+v", s)
	}
}

func TestLiveDirectMessage(t *testing.T) {
	l := newLive(t)
	var anna struct {
		UserID string `json:"user_id"`
	}
	l.ask(t, livePerson, "auth.test", nil, &anna)
	n := l.network()
	out := chat.Outgoing{Key: fmt.Sprint("dm", time.Now().UnixNano()), To: anna.UserID, Message: message.Message{Headline: "for you"}}
	id, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	if channel, _ := parted(id, ""); !strings.HasPrefix(channel, "D") {
		t.Errorf("the message stands in %q, want a direct one", channel)
	}
	if found, err := l.network().Find(t.Context(), out); err != nil || found != id {
		t.Errorf("Find in a new process = %q, %v, want %q", found, err, id)
	}
}

func TestLiveFileStandsBeneathItsMessage(t *testing.T) {
	l := newLive(t)
	n := l.network(func(o *Options) { o.APIURL = l.upstream + "/api/" })
	out := chat.Outgoing{Key: "k1", To: l.channel(t), Message: message.Message{Headline: "the timeline",
		Files: []message.File{{Name: "timeline.png", Type: "image/png", Data: []byte("png")}}}}
	if _, err := n.Post(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	var files struct{ Files []api.File }
	l.ask(t, livePerson, "files.list", url.Values{"channel": {out.To}}, &files)
	if len(files.Files) != 1 || files.Files[0].Name != "timeline.png" || files.Files[0].Size != 3 {
		t.Errorf("the channel holds %+v, want the picture", files.Files)
	}
}

func TestLiveArchivedChannelIsRefused(t *testing.T) {
	l := newLive(t)
	channel := l.channel(t)
	l.ask(t, livePerson, "conversations.archive", url.Values{"channel": {channel}}, &struct{}{})
	_, err := l.network().Post(t.Context(), chat.Outgoing{Key: "k1", To: channel, Message: message.Message{Headline: "x"}})
	if e, ok := errors.AsType[*chat.Error](err); !ok || e.Outcome != chat.Refused || e.Advice == "" {
		t.Errorf("Post into an archived channel = %v", err)
	}
}
