package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"

	"maunium.net/go/mautrix/event"
)

// ear is a running Listen with what it heard.
type ear struct {
	mu   sync.Mutex
	cmds []chat.Command
	stop func() error
}

func (e *ear) heard() []chat.Command {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]chat.Command(nil), e.cmds...)
}

// words are the texts of the commands heard.
func (e *ear) words() string {
	var out []string
	for _, c := range e.heard() {
		out = append(out, c.Text+c.Action)
	}
	return strings.Join(out, ", ")
}

// listen runs Listen for the length of a test; every command is answered.
func listen(t *testing.T, h *homeserver, n *Network) *ear {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	e := &ear{}
	done := make(chan error, 1)
	go func() {
		done <- n.Listen(ctx, func(_ context.Context, cmd chat.Command) chat.Reply {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.cmds = append(e.cmds, cmd)
			return chat.Reply{Message: message.Message{Headline: "answer to " + cmd.Text + cmd.Action}}
		})
	}()
	var once sync.Once
	var err error
	e.stop = func() error {
		once.Do(func() {
			cancel()
			err = <-done
			for len(h.listening) > 0 {
				<-h.listening
			}
		})
		return err
	}
	t.Cleanup(func() { _ = e.stop() })
	select {
	case <-h.listening:
	case err := <-done:
		done <- err
		t.Fatalf("Listen = %v", err)
	}
	return e
}

// until looks again and again until done.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// reading are a room's messages with these words.
func (h *homeserver) reading(room, words string) []chattest.Shown {
	var out []chattest.Shown
	for _, s := range h.shown(h.t, room) {
		if strings.Contains(s.Text, words) {
			out = append(out, s)
		}
	}
	return out
}

// answered waits for the answer to the last of a test's commands.
func (h *homeserver) answered(t *testing.T, words string) chattest.Shown {
	t.Helper()
	until(t, "answer to "+words, func() bool { return len(h.reading(alerts, "answer to "+words)) > 0 })
	return h.reading(alerts, "answer to "+words)[0]
}

// text is a message with a relation and a kind of a test's choice.
func text(kind, body string, relates any) json.RawMessage {
	b, _ := json.Marshal(map[string]any{"msgtype": kind, "body": body, "m.relates_to": relates})
	return b
}

func TestWhatIsNoCommand(t *testing.T) {
	h := newHomeserver(t)
	e := listen(t, h, h.network())
	for _, s := range []stored{
		{Sender: person, Content: text("m.text", "hello !attribution", nil)},
		{Sender: person, Content: text("m.text", "!attributions help", nil)},
		{Sender: person, Content: text("m.notice", "!attribution by a bot", nil)},
		{Sender: person, Content: text("m.emote", "!attribution as an emote", nil)},
		{Sender: botUser, Content: text("m.text", "!attribution by itself", nil)},
		{Sender: person, Content: text("m.text", "!attribution edited", map[string]any{"rel_type": "m.replace", "event_id": "$1"})},
		{Sender: person, Content: text("m.text", "!attribution old", nil), TS: time.Now().Add(-time.Hour).UnixMilli()},
		{Sender: person, Content: json.RawMessage(`{"msgtype":5}`)},
		{Sender: person, Content: text("m.text", "> <@ben:test> !attribution quoted\n\nindeed", map[string]any{"m.in_reply_to": map[string]string{"event_id": "$1"}})},
	} {
		s.Room, s.Type = alerts, "m.room.message"
		h.happens(s)
	}
	h.say(alerts, "!attribution last")
	h.answered(t, "last")
	if got := e.words(); got != "last" {
		t.Errorf("heard %q, want the last alone", got)
	}
}

func TestWhatIsACommand(t *testing.T) {
	h := newHomeserver(t)
	e := listen(t, h, h.network())
	for _, body := range []string{"!attribution", "!ATTRIBUTION help", "  !attribution   timeline C12 ", "!attribution\nwho said \"x y\""} {
		h.say(alerts, body)
	}
	h.happens(stored{Room: alerts, Type: "m.room.message", Sender: person,
		Content: text("m.text", "> <@ben:test> said this\n\n!attribution why S1", map[string]any{"m.in_reply_to": map[string]string{"event_id": "$1"}})})
	h.answered(t, "why S1")
	want := []string{"", "help", "timeline C12", `who said "x y"`, "why S1"}
	got := e.heard()
	for i, w := range want {
		if got[i].Text != w || got[i].User != person || got[i].Name != "anna" || got[i].Channel != alerts || got[i].At.IsZero() {
			t.Errorf("command %d is %+v, want %q", i, got[i], w)
		}
	}
}

func TestAnswerStandsInTheThreadOfItsCommand(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	e := listen(t, h, n)
	root, err := n.Post(t.Context(), outgoing("k1", "the alert"))
	if err != nil {
		t.Fatal(err)
	}
	_, alert := parted(root, "")
	asked := h.say(alerts, "!attribution outside")
	if s := h.answered(t, "outside"); s.Thread != in(alerts, "")+chat.MessageID(asked) {
		t.Errorf("the answer stands beneath %q, want the command %s", s.Thread, asked)
	}
	h.happens(stored{Room: alerts, Type: "m.room.message", Sender: person,
		Content: text("m.text", "!attribution inside", map[string]any{"rel_type": "m.thread", "event_id": string(alert)})})
	if s := h.answered(t, "inside"); s.Thread != root {
		t.Errorf("the answer stands beneath %q, want %q", s.Thread, root)
	}
	if got := e.heard()[1].Thread; got != root {
		t.Errorf("the command's thread is %q, want %q", got, root)
	}
}

func TestWhatWasSaidBeforeTheStartIsNotAnswered(t *testing.T) {
	h := newHomeserver(t)
	h.say(alerts, "!attribution before")
	e := listen(t, h, h.network())
	h.say(alerts, "!attribution after")
	h.answered(t, "after")
	if got := e.words(); got != "after" {
		t.Errorf("heard %q", got)
	}
}

func TestListenGoesOnWhereItStopped(t *testing.T) {
	h := newHomeserver(t)
	keep := &memory{}
	kept := func(o *Options) { o.Store = keep }
	e := listen(t, h, h.network(kept))
	h.say(alerts, "!attribution one")
	h.answered(t, "one")
	if err := e.stop(); err != nil {
		t.Fatalf("Listen = %v", err)
	}
	h.say(alerts, "!attribution two")
	e = listen(t, h, h.network(kept))
	h.say(alerts, "!attribution three")
	h.answered(t, "three")
	if got := e.words(); got != "two, three" {
		t.Errorf("heard %q after the restart, want what came meanwhile", got)
	}
}

func TestRedeliveredEventIsAnsweredOnce(t *testing.T) {
	h := newHomeserver(t)
	h.twice = true
	e := listen(t, h, h.network())
	h.say(alerts, "!attribution one")
	h.answered(t, "one")
	h.say(alerts, "!attribution two")
	h.answered(t, "two")
	if got := e.words(); got != "one, two" {
		t.Errorf("heard %q", got)
	}
}

func TestEventHandledByTwoProcessesIsAnsweredOnce(t *testing.T) {
	h := newHomeserver(t)
	keep := &memory{}
	kept := func(o *Options) { o.Store = keep }
	e := listen(t, h, h.network(kept))
	_ = e.stop()
	since, _ := keep.Load(nextName)
	h.say(alerts, "!attribution one")
	for range 2 { // killed before it noted how far it had come
		_ = keep.Save(nextName, since)
		e = listen(t, h, h.network(kept))
		until(t, "the command", func() bool { return e.words() == "one" })
		h.answered(t, "one")
		_ = e.stop()
	}
	if n := len(h.reading(alerts, "answer to one")); n != 1 {
		t.Errorf("answered %d times", n)
	}
}

func TestInvites(t *testing.T) {
	for name, c := range map[string]struct {
		o     Options
		taken bool
	}{
		"nobody is on the list": {Options{}, false},
		"the sender is":         {Options{Invites: []string{"@other:test", person}}, true},
		"the sender's server":   {Options{Invites: []string{":test"}}, true},
		"another server":        {Options{Invites: []string{":est"}}, false},
		"everybody":             {Options{Invites: []string{"*"}}, true},
		"the room":              {Options{Invites: []string{"!new"}}, true},
		"a room of posts":       {Options{Rooms: []string{"!new"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHomeserver(t)
			h.invites["!new"] = person
			listen(t, h, h.network(func(o *Options) { o.Invites, o.Rooms = c.o.Invites, c.o.Rooms }))
			h.mu.Lock()
			defer h.mu.Unlock()
			if h.joined["!new"] != c.taken {
				t.Errorf("joined: %t, want %t", h.joined["!new"], c.taken)
			}
		})
	}
}

func TestInviteThatComesTwiceIsTakenOnce(t *testing.T) {
	h := newHomeserver(t)
	n := h.network(func(o *Options) { o.Invites = []string{person} })
	e := listen(t, h, n)
	for range 2 {
		h.mu.Lock()
		h.invites["!new"] = person
		h.changed.Broadcast()
		h.mu.Unlock()
		until(t, "the invite is taken", func() bool {
			h.mu.Lock()
			defer h.mu.Unlock()
			return h.joined["!new"] && len(h.invites) == 0
		})
	}
	h.say("!new", "!attribution help")
	until(t, "the answer", func() bool { return e.words() == "help" })
}

func TestWhatWasSaidBeforeTheBotCameIsNotAnswered(t *testing.T) {
	h := newHomeserver(t)
	n := h.network(func(o *Options) { o.Invites = []string{person} })
	e := listen(t, h, n)
	h.say("!new", "!attribution before the bot came")
	h.mu.Lock()
	h.invites["!new"] = person
	h.changed.Broadcast()
	h.mu.Unlock()
	until(t, "the invite is taken", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.joined["!new"]
	})
	h.say("!new", "!attribution after")
	until(t, "the answer", func() bool { return len(e.heard()) > 0 })
	if got := e.words(); got != "after" {
		t.Errorf("heard %q", got)
	}
}

// withActions is a post that offers two reactions.
func withActions(key string) chat.Outgoing {
	out := outgoing(key, "the alert")
	out.Message.Actions = []message.Action{{ID: "right", Value: "S1", Label: "Right", Sign: "✅"}, {ID: "mute", Value: "C1", Label: "Mute", Sign: "🔇"}}
	return out
}

func TestReactions(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	e := listen(t, h, n)
	root, err := n.Post(t.Context(), withActions("k1"))
	if err != nil {
		t.Fatal(err)
	}
	_, alert := parted(root, "")
	hello := h.say(alerts, "hello")
	h.react(alerts, string(alert), "👍") // not offered
	h.react(alerts, hello, "✅")         // a person's message
	h.react(alerts, "$gone", "✅")       // a message that is gone
	h.happens(stored{Room: alerts, Type: "m.reaction", Sender: botUser, Content: json.RawMessage(`{"m.relates_to":{"rel_type":"m.annotation","event_id":"` + string(alert) + `","key":"✅"}}`)})
	h.react(alerts, string(alert), "🔇\uFE0F")
	if s := h.answered(t, "mute"); s.Thread != root {
		t.Errorf("the answer stands beneath %q, want %q", s.Thread, root)
	}
	got := e.heard()
	if len(got) != 1 || got[0].Action != "mute" || got[0].Value != "C1" || got[0].Message != root || got[0].User != person {
		t.Errorf("heard %+v", got)
	}
}

func TestReactionToAnEditedMessageMeansItsNewActions(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	e := listen(t, h, n)
	root, err := n.Post(t.Context(), withActions("k1"))
	if err != nil {
		t.Fatal(err)
	}
	out := withActions("k2")
	out.Edit, out.Message.Actions[0].Value = root, "S2"
	if _, err := n.Post(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	_, alert := parted(root, "")
	h.react(alerts, string(alert), "✅")
	h.answered(t, "right")
	if got := e.heard(); got[0].Value != "S2" {
		t.Errorf("the value is %q, want the edited one", got[0].Value)
	}
}

func TestReactionAfterARestart(t *testing.T) {
	h := newHomeserver(t)
	root, err := h.network().Post(t.Context(), withActions("k1"))
	if err != nil {
		t.Fatal(err)
	}
	e := listen(t, h, h.network())
	_, alert := parted(root, "")
	h.react(alerts, string(alert), "✅")
	h.answered(t, "right")
	if got := e.heard(); got[0].Value != "S1" {
		t.Errorf("heard %+v", got)
	}
}

func TestAnswerWaitsOutARateLimit(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	var mu sync.Mutex
	var waits []time.Duration
	n.wait = func(_ context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, d)
		return nil
	}
	listen(t, h, n)
	h.next("/send/", status(429, `{"errcode":"M_LIMIT_EXCEEDED"}`, "Retry-After", "9"))
	h.say(alerts, "!attribution one")
	h.answered(t, "one")
	mu.Lock()
	defer mu.Unlock()
	if len(waits) != 1 || waits[0] != 9*time.Second {
		t.Errorf("waited %v, want 9 s once", waits)
	}
}

func TestHomeserverThatIsAwayIsAskedAgain(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	var mu sync.Mutex
	var waits []time.Duration
	n.wait = func(_ context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, d)
		return nil
	}
	h.next("/sync", status(502, ""), status(503, ""), status(429, `{}`, "Retry-After", "30"))
	listen(t, h, n)
	h.say(alerts, "!attribution one")
	h.answered(t, "one")
	mu.Lock()
	defer mu.Unlock()
	if got := fmt.Sprint(waits); got != "[1s 2s 30s]" {
		t.Errorf("waited %s", got)
	}
}

func TestListenWithAWrongTokenEnds(t *testing.T) {
	h := newHomeserver(t)
	err := h.network(func(o *Options) { o.AccessToken = "old" }).Listen(t.Context(), nil)
	if e := failure(t, err); e.Outcome != chat.Refused || e.Advice == "" {
		t.Errorf("Listen = %+v", e)
	}
}

func TestRoomReplacedWhileListening(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	listen(t, h, n)
	if _, err := n.Post(t.Context(), outgoing("k1", "before")); err != nil {
		t.Fatal(err)
	}
	h.mu.Lock()
	h.invites["!next"] = person
	h.mu.Unlock()
	h.happens(tombstone(alerts, "!next"))
	h.say(other, "!attribution has it come through")
	until(t, "the tombstone came through", func() bool { return len(h.reading(other, "answer to")) == 1 })
	if id, err := n.Post(t.Context(), outgoing("k2", "after")); err != nil || !strings.HasPrefix(string(id), "!next ") {
		t.Errorf("Post = %q, %v, want it in the next room", id, err)
	}
}

func TestFilterAsksForWhatIsReadOnly(t *testing.T) {
	h := newHomeserver(t)
	listen(t, h, h.network())
	var f struct {
		Presence struct {
			NotTypes []string `json:"not_types"`
		}
		Room struct {
			Timeline struct {
				Types []string
				Limit int
			}
		}
	}
	if err := json.Unmarshal([]byte(h.network().filter()), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Room.Timeline.Types) != 6 || f.Room.Timeline.Limit != timelineLimit || len(f.Presence.NotTypes) != 1 {
		t.Errorf("filter %+v", f)
	}
	if len(h.made(http.MethodGet, "/sync")) == 0 {
		t.Error("nothing was asked")
	}
}

func TestEncryptedWordsGetOneSentence(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	if n.crypt.able() {
		t.Skip("this build has encryption")
	}
	listen(t, h, n)
	for range 2 {
		h.happens(stored{Room: alerts, Type: "m.room.encrypted", Sender: person, Content: json.RawMessage(`{"algorithm":"m.megolm.v1.aes-sha2"}`)})
	}
	h.say(alerts, "!attribution last")
	h.answered(t, "last")
	if s := h.reading(alerts, sealedText); len(s) != 1 {
		t.Errorf("the sentence is said %d times", len(s))
	}
}

func TestSlowWorkInOneRoomDoesNotHoldAnother(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	keep := &memory{}
	_ = keep.Save(nextName, []byte("0"))
	n.o.Store = keep
	h.say(alerts, "!attribution slow")
	h.say(other, "!attribution quick")
	release, quick := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- n.Listen(ctx, func(_ context.Context, cmd chat.Command) chat.Reply {
			if cmd.Text == "slow" {
				<-release
			} else {
				close(quick)
			}
			return chat.Reply{}
		})
	}()
	<-quick // while the slow one is at work
	close(release)
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Listen = %v", err)
	}
}

// FuzzTyped holds that whatever an event holds is read.
func FuzzTyped(f *testing.F) {
	f.Add([]byte(`{"msgtype":"m.text","body":"!attribution help"}`))
	f.Add([]byte(`{"msgtype":"m.text","body":"> q\n!attribution","m.relates_to":{"m.in_reply_to":{"event_id":"$1"}}}`))
	f.Add([]byte(`{"m.relates_to":{"rel_type":"m.thread","event_id":5}}`))
	f.Add([]byte(`null`))
	n, err := New(Options{Homeserver: "https://test", AccessToken: "x"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		e := &event.Event{ID: "$1", Sender: person, Timestamp: time.Now().UnixMilli(), Content: event.Content{VeryRaw: raw}}
		cmd, root, ok := n.typed(alerts, e)
		if ok && (root == "" || strings.TrimSpace(cmd.Text) != cmd.Text) {
			t.Errorf("command %+v beneath %q from %s", cmd, root, raw)
		}
		if a, ok := offered(raw, "✅"); ok && bare(a.Sign) != "✅" {
			t.Errorf("the action %+v from %s", a, raw)
		}
	})
}
