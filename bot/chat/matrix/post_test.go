package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
	"attribot/store/kv/mem"
)

func outgoing(key, headline string) chat.Outgoing {
	return chat.Outgoing{Key: key, To: alerts, Message: message.Message{Headline: headline}}
}

// long is a post of three events.
func long(key string) chat.Outgoing {
	out := outgoing(key, "The day's digest")
	for i := range 60 {
		out.Message.Blocks = append(out.Message.Blocks, message.P(message.T(fmt.Sprintf("paragraph %03d %s", i, strings.Repeat("words ", 180)))))
	}
	return out
}

func failure(t *testing.T, err error) *chat.Error {
	t.Helper()
	e, ok := errors.AsType[*chat.Error](err)
	if !ok {
		t.Fatalf("error is %v, want an *Error", err)
	}
	return e
}

func status(code int, body string, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

func TestNewRefusesWrongOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"no homeserver":          {AccessToken: "secret"},
		"no token":               {Homeserver: "https://test"},
		"a user, no password":    {Homeserver: "https://test", User: "@a:test"},
		"homeserver is no URL":   {Homeserver: "::", AccessToken: "secret"},
		"a command of two words": {Homeserver: "https://test", AccessToken: "secret", Command: "! attribution"},
	} {
		if _, err := New(o); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: New = %v, want an error that keeps the token", name, err)
		}
	}
}

func TestRefusedPostsTellWhatToDo(t *testing.T) {
	for code, advice := range map[string]string{
		"M_FORBIDDEN": "invite", "M_UNKNOWN_TOKEN": "new token", "M_TOO_LARGE": "too large", "M_SOMETHING_NEW": "M_SOMETHING_NEW",
	} {
		h := newHomeserver(t)
		h.next("/send/", func(w http.ResponseWriter) { fail(w, http.StatusForbidden, code) })
		_, err := h.network().Post(t.Context(), outgoing("k1", "x"))
		if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, advice) {
			t.Errorf("%s: Post = %+v, want refused with %q", code, e, advice)
		}
	}
}

func TestWrongTokenIsRefused(t *testing.T) {
	h := newHomeserver(t)
	_, err := h.network(func(o *Options) { o.AccessToken = "old" }).Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "sign in anew") {
		t.Errorf("Post = %+v", e)
	}
}

func TestRateLimitIsUnsentWithTheWaitAsked(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter)
		want   time.Duration
	}{
		"in the header":    {status(429, `{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}`, "Retry-After", "7"), 7 * time.Second},
		"in the old field": {status(429, `{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2500}`), 2500 * time.Millisecond},
		"not at all":       {status(429, `{"errcode":"M_LIMIT_EXCEEDED"}`), pause},
		"without a body":   {status(429, ``, "Retry-After", "0"), time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHomeserver(t)
			h.next("/send/", c.answer)
			n := h.network()
			_, err := n.Post(t.Context(), outgoing("k1", "x"))
			if e := failure(t, err); e.Outcome != chat.Unsent || e.After != c.want {
				t.Errorf("Post = %+v, want unsent after %s", e, c.want)
			}
			if n := len(h.made(http.MethodPut, "/send/")); n != 1 {
				t.Errorf("%d requests, want one: the wait is the deliverer's to plan", n)
			}
			if _, err := n.Post(t.Context(), outgoing("k1", "x")); err != nil {
				t.Errorf("Post after the wait = %v", err)
			}
		})
	}
}

func TestOutcomeIsUnknownWhereTheAnswerSaysNothing(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter){
		"server error": status(500, `{"errcode":"M_UNKNOWN"}`), "bad gateway": status(502, "<html>"), "cut off": hangUp, "no JSON": status(200, "<html>"),
	} {
		h := newHomeserver(t)
		h.next("/send/", answer)
		_, err := h.network().Post(t.Context(), outgoing("k1", "x"))
		if e := failure(t, err); e.Outcome != chat.Unknown {
			t.Errorf("%s: Post = %+v, want unknown", name, e)
		}
	}
}

func TestFailureBeforeTheEventIsUnsent(t *testing.T) {
	for _, part := range []string{"/whoami", "/state/"} {
		h := newHomeserver(t)
		h.next(part, status(502, ""))
		_, err := h.network().Post(t.Context(), outgoing("k1", "x"))
		if e := failure(t, err); e.Outcome != chat.Unsent {
			t.Errorf("%s: Post = %+v, want unsent", part, e)
		}
	}
	h := newHomeserver(t)
	n := h.network()
	h.srv.Close()
	_, err := n.Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unsent {
		t.Errorf("no connection: Post = %+v, want unsent", e)
	}
}

func TestSameKeyFromTwoProcessesIsOneEvent(t *testing.T) {
	h := newHomeserver(t)
	first, err := h.network().Post(t.Context(), outgoing("k1", "said once"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.network().Post(t.Context(), outgoing("k1", "said once"))
	if err != nil || second != first || len(h.shown(t, alerts)) != 1 {
		t.Errorf("Post = %q, %v, want %q once", second, err, first)
	}
}

func TestFindWhereTheHomeserverForgotTheTransaction(t *testing.T) {
	h := newHomeserver(t)
	id, err := h.network().Post(t.Context(), outgoing("k1", "said once"))
	if err != nil {
		t.Fatal(err)
	}
	h.mu.Lock()
	h.txns = map[string]string{}
	for _, e := range h.events {
		e.Txn = nil
	}
	h.mu.Unlock()
	found, err := h.network().Find(t.Context(), outgoing("k1", "said once"))
	if err != nil || found != id {
		t.Errorf("Find = %q, %v, want %q by the key in the event", found, err, id)
	}
}

func TestForgedKeyOfSomeoneElseIsNotFound(t *testing.T) {
	h := newHomeserver(t)
	b, _ := json.Marshal(content{MsgType: "m.notice", Body: "x", Key: partKey("k1", 1)})
	h.happens(stored{Room: alerts, Type: "m.room.message", Sender: person, Content: b})
	if id, err := h.network().Find(t.Context(), outgoing("k1", "x")); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find = %q, %v, want ErrAbsent", id, err)
	}
}

func TestFindLooksNoFurtherBackThanTheTry(t *testing.T) {
	h := newHomeserver(t)
	tried := time.Now()
	for i := range 3 * historyPage {
		h.happens(stored{Room: alerts, Type: "m.room.message", Sender: person, Content: json.RawMessage(`{}`),
			TS: tried.Add(-time.Hour + time.Duration(i)*time.Second).UnixMilli()})
	}
	out := outgoing("k1", "x")
	out.Tried = tried
	if _, err := h.network().Find(t.Context(), out); !errors.Is(err, chat.ErrAbsent) {
		t.Fatal(err)
	}
	if n := len(h.made(http.MethodGet, "/messages")); n != 1 {
		t.Errorf("%d pages were read, want one", n)
	}
}

func TestRoomTooBusyToLookThroughStaysUnknown(t *testing.T) {
	h := newHomeserver(t)
	out := outgoing("k1", "x")
	out.Tried = time.Now().Add(-time.Hour)
	for range historyPages*historyPage + 1 {
		h.happens(stored{Room: alerts, Type: "m.room.message", Sender: person, Content: json.RawMessage(`{}`)})
	}
	_, err := h.network().Find(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Unknown || !errors.Is(err, errTooFar) || e.Advice == "" {
		t.Errorf("Find = %+v, want unknown", e)
	}
}

func TestFindThatFailsStaysUnknown(t *testing.T) {
	h := newHomeserver(t)
	h.next("/messages", status(429, `{"errcode":"M_LIMIT_EXCEEDED"}`, "Retry-After", "60"))
	_, err := h.network().Find(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unknown || e.After != time.Minute {
		t.Errorf("Find = %+v, want unknown after a minute", e)
	}
}

func TestLongPostThatBreaksOffIsCompletedByFind(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	first := outgoing("k0", "before")
	if _, err := n.Post(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	parts := notices(long("k1").Message, maxContent)
	if len(parts) < 3 {
		t.Fatalf("%d parts, want at least 3", len(parts))
	}
	h.next(txn("k1", 2), hangUp)
	_, err := n.Post(t.Context(), long("k1"))
	if e := failure(t, err); e.Outcome != chat.Unknown {
		t.Fatalf("Post = %+v, want unknown: the first part stands", e)
	}
	id, err := n.Find(t.Context(), long("k1"))
	shown := h.shown(t, alerts)
	if err != nil || len(shown) != 1+len(parts) || shown[1].ID != id {
		t.Errorf("Find = %q, %v with %d events, want %d", id, err, len(shown), 1+len(parts))
	}
}

func TestThreadPointsToTheRoot(t *testing.T) {
	h := newHomeserver(t)
	root, err := h.network().Post(t.Context(), outgoing("k1", "the alert"))
	if err != nil {
		t.Fatal(err)
	}
	reply := outgoing("k2", "a follow-up")
	reply.Thread = root
	inThread, err := h.network().Post(t.Context(), reply)
	if err != nil {
		t.Fatal(err)
	}
	deeper := outgoing("k3", "beneath the follow-up")
	deeper.Thread = inThread // a part of a thread can't be the root of another
	id, err := h.network().Post(t.Context(), deeper)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.shown(t, alerts) {
		if s.ID == id && s.Thread != root {
			t.Errorf("stands beneath %q, want %q", s.Thread, root)
		}
	}
}

func TestEditIsSaidAsAReplacement(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	id, err := n.Post(t.Context(), outgoing("k1", "the alert"))
	if err != nil {
		t.Fatal(err)
	}
	out := outgoing("k2", "the alert, denied")
	out.Edit = id
	if _, err := n.Post(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	var c content
	if err := json.Unmarshal(h.events[len(h.events)-1].Content, &c); err != nil {
		t.Fatal(err)
	}
	_, target := parted(id, "")
	if c.Relates == nil || c.Relates.Type != "m.replace" || c.Relates.Event != string(target) || c.New == nil ||
		c.New.Relates != nil || c.Body != "* "+c.New.Body || !strings.HasPrefix(c.New.Body, "the alert, denied") {
		t.Errorf("the edit is %+v", c)
	}
}

func TestAliasIsResolvedOnce(t *testing.T) {
	h := newHomeserver(t)
	h.aliases["#alerts:test"] = alerts
	n := h.network()
	for i := range 2 {
		out := outgoing(fmt.Sprint(i), "by alias")
		out.To = "#alerts:test"
		if _, err := n.Post(t.Context(), out); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(h.made(http.MethodGet, "/directory/")); got != 1 {
		t.Errorf("the alias was resolved %d times", got)
	}
	out := outgoing("x", "x")
	out.To = "#none:test"
	_, err := n.Post(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "alias") {
		t.Errorf("Post to no alias = %+v", e)
	}
}

func TestRoomIsJoinedAtTheFirstPost(t *testing.T) {
	h := newHomeserver(t)
	h.joined[alerts] = false
	_, err := h.network().Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "invite the bot") {
		t.Errorf("Post into a closed room = %+v", e)
	}
	h.invites[alerts] = person
	if _, err := h.network().Post(t.Context(), outgoing("k1", "x")); err != nil {
		t.Errorf("Post into a room with an invite = %v", err)
	}
}

func tombstone(at, next string) stored {
	return stored{Room: at, Type: "m.room.tombstone", Sender: person, Key: new(""), Content: json.RawMessage(`{"replacement_room":"` + next + `"}`)}
}

func TestReplacedRoomsAreFollowed(t *testing.T) {
	h := newHomeserver(t)
	root, err := h.network().Post(t.Context(), outgoing("k1", "the alert"))
	if err != nil {
		t.Fatal(err)
	}
	h.invites["!middle"], h.invites["!last"] = person, person
	h.happens(tombstone(alerts, "!middle"))
	h.happens(tombstone("!middle", "!last"))
	out := outgoing("k2", "the follow-up")
	out.Thread = root
	id, err := h.network().Post(t.Context(), out)
	room, _ := parted(id, "")
	if err != nil || room != "!last" {
		t.Fatalf("Post = %q, %v, want it in the last room", id, err)
	}
	if s := h.shown(t, "!last"); len(s) != 1 || s[0].Thread != "" {
		t.Errorf("the last room shows %+v, want the follow-up in the room itself", s)
	}
}

func TestRoomsThatReplaceEachOtherEnd(t *testing.T) {
	h := newHomeserver(t)
	h.happens(tombstone(alerts, other))
	h.happens(tombstone(other, alerts))
	_, err := h.network().Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome == 0 {
		t.Errorf("Post = %+v", e)
	}
}

func TestDeviceAndTokenAreKept(t *testing.T) {
	h := newHomeserver(t)
	store := On(mem.New(), "matrix/")
	byPassword := func(o *Options) { o.AccessToken, o.User, o.Password, o.Store = "", "attribot", "right", store }
	first := h.network(byPassword)
	id, err := first.Post(t.Context(), outgoing("k1", "x"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.network(byPassword).Post(t.Context(), outgoing("k1", "x"))
	if err != nil || again != id {
		t.Errorf("Post after a restart = %q, %v, want %q", again, err, id)
	}
	if n := len(h.made(http.MethodPost, "/login")); n != 1 {
		t.Errorf("signed in %d times, want once", n)
	}
	h.mu.Lock()
	h.token = "another" // the homeserver has ended the session
	h.mu.Unlock()
	third := h.network(byPassword)
	if _, err := third.Post(t.Context(), outgoing("k2", "y")); err != nil {
		t.Errorf("Post after the session's end = %v", err)
	}
	if third.client.DeviceID != first.client.DeviceID {
		t.Errorf("the device is %s, want %s again", third.client.DeviceID, first.client.DeviceID)
	}
	wrong := h.network(func(o *Options) { o.AccessToken, o.User, o.Password = "", "attribot", "wrong" })
	_, err = wrong.Post(t.Context(), outgoing("k3", "z"))
	if e := failure(t, err); e.Outcome != chat.Refused || strings.Contains(e.Error(), "wrong") {
		t.Errorf("Post with a wrong password = %+v", e)
	}
}

func TestStoreOnAnEngine(t *testing.T) {
	engine := mem.New()
	for name, s := range map[string]Store{"engine": On(engine, "matrix/"), "memory": &memory{}} {
		if v, err := s.Load("a"); v != nil || err != nil {
			t.Errorf("%s: Load of nothing = %q, %v", name, v, err)
		}
		if err := s.Save("a", []byte("1")); err != nil {
			t.Fatal(err)
		}
		if v, err := s.Load("a"); string(v) != "1" || err != nil {
			t.Errorf("%s: Load = %q, %v", name, v, err)
		}
		if err := s.Save("a", nil); err != nil {
			t.Fatal(err)
		}
		if v, _ := s.Load("a"); v != nil {
			t.Errorf("%s: Load of what was removed = %q", name, v)
		}
	}
}

func TestEncryptedRoomIsToldOnce(t *testing.T) {
	h := newHomeserver(t)
	keep := &memory{}
	h.happens(stored{Room: alerts, Type: "m.room.encryption", Sender: person, Key: new(""), Content: json.RawMessage(`{"algorithm":"m.megolm.v1.aes-sha2"}`)})
	for i := range 2 {
		n := h.network(func(o *Options) { o.Store = keep })
		if n.crypt.able() {
			t.Skip("this build has encryption")
		}
		for range 2 {
			_, err := n.Post(t.Context(), outgoing(fmt.Sprint(i), "x"))
			if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "goolm") {
				t.Errorf("Post = %+v", e)
			}
		}
	}
	if s := h.shown(t, alerts); len(s) != 1 || s[0].Text != sealedText {
		t.Errorf("the room shows %+v, want one sentence", s)
	}
}

func TestFilesStandBeneathTheMessage(t *testing.T) {
	h := newHomeserver(t)
	out := outgoing("k1", "the timeline")
	out.Message.Files = []message.File{{Name: "t.png", Type: "image/png", Data: []byte("png")}, {Name: "x.csv", Type: "text/csv", Data: []byte("a")}}
	root, err := h.network().Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	s := h.shown(t, alerts)
	if len(s) != 3 || s[1].Thread != root || s[2].Thread != root || !strings.Contains(s[1].Raw, "m.image") || !strings.Contains(s[2].Raw, "m.file") {
		t.Errorf("the room shows %+v", s)
	}
	h.next("/media/", status(500, ""))
	out.Key = "k2"
	if _, err := h.network().Post(t.Context(), out); err != nil {
		t.Errorf("a file that fails takes the post with it: %v", err)
	}
}

func TestPostWithAnEndedContext(t *testing.T) {
	h := newHomeserver(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.network().Post(ctx, outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unsent {
		t.Errorf("Post = %+v", e)
	}
}

func TestRateLimitWithinALongPostIsWaitedOut(t *testing.T) {
	h := newHomeserver(t)
	n := h.network()
	var waits []time.Duration
	n.wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	limit := status(429, `{"errcode":"M_LIMIT_EXCEEDED"}`, "Retry-After", "2")
	h.next(txn("k1", 2), limit, limit)
	if _, err := n.Post(t.Context(), long("k1")); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(waits); got != "[2s 2s]" || len(h.shown(t, alerts)) != len(notices(long("k1").Message, maxContent)) {
		t.Errorf("waited %s for %d events", got, len(h.shown(t, alerts)))
	}
}
