package matrix

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// liveURL is a running homeserver with open registration; dendrite/run.sh starts
// one. The tests named Live are skipped without it.
func liveURL(t *testing.T) string {
	t.Helper()
	url := os.Getenv("ATTRIBOT_MATRIX_URL")
	if url == "" {
		t.Skip("ATTRIBOT_MATRIX_URL names no homeserver; sh bot/chat/matrix/dendrite/run.sh starts one")
	}
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/_matrix/client/versions", nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := http.DefaultClient.Do(r); err == nil {
			_ = resp.Body.Close()
			return url
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("no homeserver answers at %s within 30 s", url)
		}
	}
}

// live is a room on a real homeserver with the bot and a person in it.
type live struct {
	t      *testing.T
	url    string
	bot    *mautrix.Client // the bot's account, for what its operator does
	anna   *mautrix.Client
	room   string
	line   *line
	keep   *memory
	change []func(*Options)
	open   func(*event.Event) *event.Event             // reads an encrypted event as anna; nil = rooms are plain
	seal   func(room string, content any) (any, error) // encrypts as anna
}

// line is the bot's connection: it tells when the bot waits for events, and
// loses an answer when it is told to.
type line struct {
	lose    atomic.Bool
	waiting chan struct{}
}

// RoundTrip sends the request.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/sync") && r.URL.Query().Has("since") {
		select {
		case l.waiting <- struct{}{}:
		default:
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && strings.Contains(r.URL.Path, "/send/") && l.lose.CompareAndSwap(true, false) {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}
	return resp, err
}

// account registers a user of its own for every test.
func account(t *testing.T, url, name string) *mautrix.Client {
	t.Helper()
	c, err := mautrix.NewClient(url, "", "")
	if err != nil {
		t.Fatal(err)
	}
	user := fmt.Sprintf("%s%d", name, time.Now().UnixNano())
	r, err := c.RegisterDummy(t.Context(), &mautrix.ReqRegister[any]{Username: user, Password: "pass-" + user, DeviceID: "TEST"})
	if err != nil {
		t.Fatalf("register %s: %v", user, err)
	}
	c.UserID, c.AccessToken, c.DeviceID = r.UserID, r.AccessToken, r.DeviceID
	return c
}

func newLive(t *testing.T, change ...func(*Options)) *live {
	t.Helper()
	url := liveURL(t)
	l := &live{t: t, url: url, bot: account(t, url, "bot"), anna: account(t, url, "anna"), keep: &memory{}, change: change,
		line: &line{waiting: make(chan struct{}, 64)}}
	l.room = l.newRoom()
	return l
}

// newRoom is a room of anna's into which the bot was invited.
func (l *live) newRoom() string {
	l.t.Helper()
	req := &mautrix.ReqCreateRoom{Preset: "private_chat", Invite: []id.UserID{l.bot.UserID}}
	if l.seal != nil {
		req.InitialState = []*event.Event{{Type: event.StateEncryption, StateKey: new(""), Content: event.Content{
			Parsed: &event.EncryptionEventContent{Algorithm: id.AlgorithmMegolmV1}}}}
	}
	r, err := l.anna.CreateRoom(l.t.Context(), req)
	if err != nil {
		l.t.Fatal(err)
	}
	return string(r.RoomID)
}

func (l *live) network() *Network {
	l.t.Helper()
	o := Options{Homeserver: l.url, AccessToken: l.bot.AccessToken, Store: l.keep, Timeout: 10 * time.Second,
		HTTPClient: &http.Client{Transport: l.line}, Invites: []string{string(l.anna.UserID)}}
	for _, c := range l.change {
		c(&o)
	}
	n, err := New(o)
	if err != nil {
		l.t.Fatal(err)
	}
	return n
}

// events are the room's events as anna's client gets them, oldest first.
func (l *live) events(room string) []*stored {
	l.t.Helper()
	var out []*stored
	for from := ""; ; {
		page, err := l.anna.Messages(l.t.Context(), id.RoomID(room), from, "", mautrix.DirectionBackward, nil, 100)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, e := range page.Chunk {
			if l.open != nil {
				e.RoomID = id.RoomID(room)
				e = l.open(e)
			}
			out = append(out, &stored{ID: string(e.ID), Room: room, Type: e.Type.Type, Sender: string(e.Sender), Content: e.Content.VeryRaw})
		}
		if from = page.End; from == "" || len(page.Chunk) == 0 {
			slices.Reverse(out)
			return out
		}
	}
}

func (l *live) shown(t *testing.T, channel string) []chattest.Shown {
	t.Helper()
	return shown(channel, l.events(channel))
}

func (l *live) say(t *testing.T, room, body string) id.EventID {
	t.Helper()
	kind, words := event.EventMessage, any(map[string]string{"msgtype": "m.text", "body": body})
	if l.seal != nil {
		sealed, err := l.seal(room, words)
		if err != nil {
			t.Fatal(err)
		}
		kind, words = event.EventEncrypted, sealed
	}
	r, err := l.anna.SendMessageEvent(t.Context(), id.RoomID(room), kind, words)
	if err != nil {
		t.Fatal(err)
	}
	return r.EventID
}

func (l *live) press(t *testing.T, channel string, on chat.MessageID, a message.Action) {
	t.Helper()
	_, e := parted(on, "")
	if _, err := l.anna.SendReaction(t.Context(), id.RoomID(channel), e, a.Sign); err != nil {
		t.Fatal(err)
	}
}

func TestLiveConformance(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness { return newLive(t).harness() })
}

// harness is the room as the suite of all networks wants it.
func (l *live) harness() chattest.Harness {
	return chattest.Harness{
		Network: l.network(), Channel: l.room, Other: l.newRoom(),
		Shown: l.shown,
		Say: func(t *testing.T, channel, words string) {
			t.Helper()
			l.join(t, channel)
			l.say(t, channel, "!attribution "+words)
		},
		Press:   l.press,
		Lose:    func(*testing.T) { l.line.lose.Store(true) },
		Restart: func(*testing.T) chat.Network { return l.network() },
		Ready:   func(*testing.T) { <-l.line.waiting },
	}
}

// join waits until the bot has taken its invite.
func (l *live) join(t *testing.T, room string) {
	t.Helper()
	l.until(t, "the bot takes its invite", func() bool {
		m, err := l.anna.JoinedMembers(t.Context(), id.RoomID(room))
		if err != nil {
			return false
		}
		_, ok := m.Joined[l.bot.UserID]
		return ok
	})
}

// until looks again and again until done.
func (l *live) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// listen runs the bot until stop is called.
func (l *live) listen(t *testing.T, n *Network, handle chat.Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- n.Listen(ctx, handle) }()
	<-l.line.waiting
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Listen = %v", err)
		}
		for len(l.line.waiting) > 0 {
			<-l.line.waiting
		}
	}
}

func TestLiveTransactionIsTakenOnce(t *testing.T) {
	l := newLive(t)
	n := l.network()
	out := chat.Outgoing{Key: "k1", To: l.room, Message: message.Message{Headline: "said once"}}
	first, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	// Another process with the same device: only the transaction id stands
	// between it and a second event.
	second, err := l.network().Post(t.Context(), out)
	if err != nil || second != first {
		t.Errorf("Post of a second process = %q, %v, want %q", second, err, first)
	}
	if n := l.reads(t, "said once"); n != 1 {
		t.Errorf("the room shows it %d times", n)
	}
}

func TestLiveRestartInBetween(t *testing.T) {
	l := newLive(t)
	var heard atomic.Int32
	handle := func(_ context.Context, cmd chat.Command) chat.Reply {
		heard.Add(1)
		return chat.Reply{Message: message.Message{Headline: "answer to " + cmd.Text}}
	}
	stop := l.listen(t, l.network(), handle)
	l.join(t, l.room)
	l.say(t, l.room, "!attribution one")
	l.until(t, "the first answer", func() bool { return l.reads(t, "answer to one") == 1 })
	stop()
	l.say(t, l.room, "!attribution two, while the bot is away")
	stop = l.listen(t, l.network(), handle)
	defer stop()
	l.until(t, "the second answer", func() bool { return l.reads(t, "answer to two") == 1 })
	if l.reads(t, "answer to one") != 1 || heard.Load() != 2 {
		t.Errorf("%d commands were handled, want 2", heard.Load())
	}
}

// reads counts the bot's messages with these words.
func (l *live) reads(t *testing.T, words string) int {
	t.Helper()
	count := 0
	for _, s := range l.shown(t, l.room) {
		if strings.Contains(s.Text, words) {
			count++
		}
	}
	return count
}

func TestLiveLookUpBySecondPerson(t *testing.T) {
	l := newLive(t)
	ben := account(t, l.url, "ben")
	if _, err := l.anna.InviteUser(t.Context(), id.RoomID(l.room), &mautrix.ReqInviteUser{UserID: ben.UserID}); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.JoinRoomByID(t.Context(), id.RoomID(l.room)); err != nil {
		t.Fatal(err)
	}
	got := make(chan chat.Command, 4)
	stop := l.listen(t, l.network(), func(_ context.Context, cmd chat.Command) chat.Reply {
		got <- cmd
		return chat.Reply{Message: message.Message{Headline: "Volt Typhoon", Blocks: []message.Block{message.I(message.T("China denies it"))}}}
	})
	defer stop()
	l.join(t, l.room)
	asked, err := ben.SendText(t.Context(), id.RoomID(l.room), "!Attribution  volt typhoon")
	if err != nil {
		t.Fatal(err)
	}
	cmd := <-got
	if cmd.User != string(ben.UserID) || cmd.Text != "volt typhoon" || cmd.Channel != l.room || cmd.Name == "" {
		t.Errorf("the command is %+v", cmd)
	}
	l.until(t, "the answer", func() bool { return l.reads(t, "China denies it") == 1 })
	for _, s := range l.shown(t, l.room) {
		if strings.Contains(s.Text, "China denies it") && s.Thread != in(id.RoomID(l.room), asked.EventID) {
			t.Errorf("the answer stands beneath %q, want %q", s.Thread, asked.EventID)
		}
	}
}

func TestLiveStrangersInviteIsNotTaken(t *testing.T) {
	l := newLive(t, func(o *Options) { o.Invites = []string{"@someone:else"} })
	stop := l.listen(t, l.network(), func(context.Context, chat.Command) chat.Reply { return chat.Reply{} })
	defer stop() // the bot waits for its second round of events: the invite was in the first
	if m, err := l.anna.JoinedMembers(t.Context(), id.RoomID(l.room)); err != nil || len(m.Joined) != 1 {
		t.Errorf("members %v, %v, want anna alone", m, err)
	}
}

func TestLiveReplacedRoomIsFollowed(t *testing.T) {
	l := newLive(t)
	n := l.network()
	root, err := n.Post(t.Context(), chat.Outgoing{Key: "k1", To: l.room, Message: message.Message{Headline: "the alert"}})
	if err != nil {
		t.Fatal(err)
	}
	next := l.newRoom()
	if _, err := l.anna.SendStateEvent(t.Context(), id.RoomID(l.room), event.StateTombstone, "",
		map[string]string{"body": "moved", "replacement_room": next}); err != nil {
		t.Fatal(err)
	}
	out := chat.Outgoing{Key: "k2", To: l.room, Thread: root, Message: message.Message{Headline: "the follow-up"}}
	if _, err := l.network().Post(t.Context(), out); err != nil { // a new process, which asks for the room's state
		t.Fatal(err)
	}
	if s := l.shown(t, next); len(s) != 1 || s[0].Thread != "" || !strings.Contains(s[0].Text, "the follow-up") {
		t.Errorf("the new room shows %+v", s)
	}
}

func TestLiveAliasAndPassword(t *testing.T) {
	l := newLive(t)
	name := strings.ToLower(strings.TrimPrefix(strings.Split(l.room, ":")[0], "!"))
	alias := "#alerts-" + name + ":localhost"
	if _, err := l.anna.CreateAlias(t.Context(), id.RoomAlias(alias), id.RoomID(l.room)); err != nil {
		t.Fatal(err)
	}
	l.change = append(l.change, func(o *Options) {
		o.AccessToken, o.User = "", string(l.bot.UserID)
		o.Password = "pass-" + l.bot.UserID.Localpart()
	})
	out := chat.Outgoing{Key: "k1", To: alias, Message: message.Message{Headline: "by alias"}}
	first, err := l.network().Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	second, err := l.network().Post(t.Context(), out) // the device and its token were kept
	if err != nil || second != first {
		t.Errorf("a second sign-in gives %q, %v, want %q", second, err, first)
	}
}

func TestLiveEncryptedRoomIsToldOnce(t *testing.T) {
	l := newLive(t)
	if l.network().crypt.able() {
		t.Skip("this build has encryption")
	}
	if _, err := l.anna.SendStateEvent(t.Context(), id.RoomID(l.room), event.StateEncryption, "",
		map[string]string{"algorithm": "m.megolm.v1.aes-sha2"}); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		_, err := l.network().Post(t.Context(), chat.Outgoing{Key: fmt.Sprint(i), To: l.room, Message: message.Message{Headline: "x"}})
		if e, ok := errors.AsType[*chat.Error](err); !ok || e.Outcome != chat.Refused || !strings.Contains(e.Advice, "goolm") {
			t.Errorf("Post into an encrypted room = %v", err)
		}
	}
	if s := l.shown(t, l.room); len(s) != 1 || s[0].Text != sealedText {
		t.Errorf("the room shows %+v, want one sentence", s)
	}
}

func TestLiveFileStandsBeneathItsMessage(t *testing.T) {
	l := newLive(t)
	m := message.Message{Headline: "the timeline", Files: []message.File{{Name: "timeline.png", Type: "image/png", Data: []byte("png")}}}
	root, err := l.network().Post(t.Context(), chat.Outgoing{Key: "k1", To: l.room, Message: m})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.events(l.room) {
		var c content
		if json.Unmarshal(e.Content, &c) != nil || c.MsgType != "m.image" {
			continue
		}
		uri, err := id.ParseContentURI(c.URL)
		if err != nil {
			t.Fatal(err)
		}
		data, err := l.anna.DownloadBytes(t.Context(), uri)
		_, alert := parted(root, "")
		if err != nil || !bytes.Equal(data, []byte("png")) || c.Relates.Event != string(alert) {
			t.Errorf("the picture is %q, %v, beneath %+v", data, err, c.Relates)
		}
		return
	}
	t.Error("no picture in the room")
}

// TestLiveHomeserverRestarts has the homeserver ended between a post and its
// settlement, while the bot listens. It forgets its transactions then.
func TestLiveHomeserverRestarts(t *testing.T) {
	pid := os.Getenv("ATTRIBOT_MATRIX_PID")
	if pid == "" {
		t.Skip("ATTRIBOT_MATRIX_PID names no file with the homeserver's process id; dendrite/run.sh gives one")
	}
	l := newLive(t)
	n := l.network()
	stop := l.listen(t, n, func(_ context.Context, cmd chat.Command) chat.Reply {
		return chat.Reply{Message: message.Message{Headline: "answer to " + cmd.Text}}
	})
	defer stop()
	l.join(t, l.room)
	out := chat.Outgoing{Key: "k1", To: l.room, Message: message.Message{Headline: "said once"}, Tried: time.Now()}
	l.line.lose.Store(true)
	_, err := n.Post(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Unknown {
		t.Fatalf("Post whose answer is lost = %+v", e)
	}
	terminate(t, pid)
	later := chat.Outgoing{Key: "k2", To: l.room, Message: message.Message{Headline: "said after"}}
	if _, err := n.Post(t.Context(), later); err != nil && failure(t, err).Outcome == chat.Refused {
		t.Errorf("Post while the homeserver is away = %+v, want it to be tried again", failure(t, err))
	}
	liveURL(t)
	var first chat.MessageID
	l.until(t, "the post is found", func() bool {
		first, err = n.Find(t.Context(), out)
		return err == nil
	})
	l.until(t, "the second post", func() bool {
		if _, err := n.Find(t.Context(), later); err == nil {
			return true
		}
		_, err := n.Post(t.Context(), later)
		return err == nil
	})
	l.say(t, l.room, "!attribution after the restart")
	l.until(t, "an answer after the restart", func() bool { return l.reads(t, "answer to after the restart") == 1 })
	if l.reads(t, "said once") != 1 || l.reads(t, "said after") != 1 || first == "" {
		t.Errorf("the room shows %+v", l.shown(t, l.room))
	}
}

// terminate ends the process whose id stands in a file, and waits for its end.
func terminate(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.FindProcess(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
}
