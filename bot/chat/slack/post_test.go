package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

const alerts = "C0ALERTS"

func outgoing(key, headline string) chat.Outgoing {
	return chat.Outgoing{Key: key, To: alerts, Message: message.Message{Headline: headline}}
}

// long is a post of three messages.
func long(key string) chat.Outgoing {
	out := outgoing(key, "The day's digest")
	for i := range 110 {
		out.Message.Blocks = append(out.Message.Blocks, message.P(message.T(fmt.Sprintf("paragraph %03d", i))))
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

func TestNewRefusesWrongOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"no token":                       {},
		"bot token in the app's place":   {BotToken: "xoxb-1", AppToken: "xoxb-1"},
		"address of the API is no URL":   {BotToken: "xoxb-1", APIURL: "::"},
		"address of the API has no host": {BotToken: "xoxb-1", APIURL: "api/"},
	} {
		if _, err := New(o); err == nil || strings.Contains(err.Error(), "xoxb-1") {
			t.Errorf("%s: New = %v, want an error that keeps the token", name, err)
		}
	}
	n, err := New(Options{BotToken: "xoxb-1", Command: "claims"})
	if err != nil || n.Name() != "slack" || n.o.Command != "/claims" {
		t.Errorf("New = %+v, %v", n, err)
	}
}

func TestRefusedPostsTellWhatToDo(t *testing.T) {
	for code, advice := range map[string]string{
		"channel_not_found":   "channel's id",
		"not_in_channel":      "/invite",
		"is_archived":         "unarchive",
		"token_revoked":       "install the app anew",
		"account_inactive":    "removed from the workspace",
		"invalid_auth":        "not valid",
		"restricted_action":   "administrator",
		"a_new_code":          "a_new_code",
		"msg_blocks_too_long": "msg_blocks_too_long",
	} {
		t.Run(code, func(t *testing.T) {
			w := newWorkspace(t)
			w.next("chat.postMessage", refusal(code))
			_, err := w.network().Post(t.Context(), outgoing("k1", "x"))
			if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, advice) {
				t.Errorf("Post = %+v, want refused with %q", e, advice)
			}
		})
	}
}

func TestMissingScopeIsNamed(t *testing.T) {
	w := newWorkspace(t)
	w.lacking = "chat:write"
	_, err := w.network().Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "chat:write") {
		t.Errorf("Post = %+v, want the scope named", e)
	}
}

func TestRateLimitIsUnsentWithTheWaitAsked(t *testing.T) {
	w := newWorkspace(t)
	w.next("chat.postMessage", status(http.StatusTooManyRequests, "Retry-After", "7"), status(http.StatusTooManyRequests), refusal("ratelimited"))
	n := w.network()
	for _, want := range []time.Duration{7 * time.Second, pause, pause} {
		_, err := n.Post(t.Context(), outgoing("k1", "x"))
		if e := failure(t, err); e.Outcome != chat.Unsent || e.After != want {
			t.Errorf("Post = %+v, want unsent after %s", e, want)
		}
	}
	if n := len(w.made("chat.postMessage")); n != 3 {
		t.Errorf("%d requests, want one for each try", n)
	}
	if _, err := n.Post(t.Context(), outgoing("k1", "x")); err != nil {
		t.Errorf("Post after the wait = %v", err)
	}
}

func TestOutcomeIsUnknownWhereTheAnswerSaysNothing(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter){
		"server error":       status(http.StatusInternalServerError),
		"bad gateway":        status(http.StatusBadGateway),
		"fatal error":        refusal("fatal_error"),
		"internal error":     refusal("internal_error"),
		"connection cut off": hangUp,
		"no JSON":            func(rw http.ResponseWriter) { _, _ = rw.Write([]byte("<html>")) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			w.next("chat.postMessage", answer)
			_, err := w.network().Post(t.Context(), outgoing("k1", "x"))
			if e := failure(t, err); e.Outcome != chat.Unknown {
				t.Errorf("Post = %+v, want unknown", e)
			}
			if n := len(w.made("chat.postMessage")); n != 1 {
				t.Errorf("%d requests, want one: a second may post twice", n)
			}
		})
	}
}

func TestServerThatIsNotSlackIsRefused(t *testing.T) {
	w := newWorkspace(t)
	w.next("chat.postMessage", status(http.StatusNotFound))
	_, err := w.network().Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "address") {
		t.Errorf("Post = %+v", e)
	}
}

func TestNoConnectionIsUnsent(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	w.srv.Close()
	_, err := n.Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unsent {
		t.Errorf("Post = %+v, want unsent", e)
	}
}

func TestTimeOutAfterSendingIsUnknown(t *testing.T) {
	w := newWorkspace(t)
	release := make(chan struct{})
	defer close(release)
	w.next("chat.postMessage", func(http.ResponseWriter) { <-release })
	n := w.network(func(o *Options) { o.Timeout = 50 * time.Millisecond })
	_, err := n.Post(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unknown || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Post = %+v, want unknown", e)
	}
}

func TestLongPostStandsInSeveralMessages(t *testing.T) {
	w := newWorkspace(t)
	id, err := w.network().Post(t.Context(), long("k1"))
	if err != nil {
		t.Fatal(err)
	}
	shown := w.screenOf(alerts)
	if len(shown) != 3 || shown[0].ID != id || !strings.Contains(shown[2].Text, "paragraph 109") {
		t.Errorf("%d messages, first %s, want 3 from %s", len(shown), shown[0].ID, id)
	}
}

func TestLongPostThatBreaksOffIsCompletedByFind(t *testing.T) {
	for name, broken := range map[string]func(http.ResponseWriter){
		"rate limit": status(http.StatusTooManyRequests, "Retry-After", "600"), "cut off": hangUp, "refused": refusal("is_archived")} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			n := w.network()
			w.next("chat.postMessage", func(rw http.ResponseWriter) {
				w.work(rw, "chat.postMessage", w.calls[len(w.calls)-1].form)
			}, broken)
			_, err := n.Post(t.Context(), long("k1"))
			if e := failure(t, err); e.Outcome != chat.Unknown {
				t.Fatalf("Post = %+v, want unknown: the first part stands", e)
			}
			id, err := n.Find(t.Context(), long("k1"))
			shown := w.screenOf(alerts)
			if err != nil || len(shown) != 3 || shown[0].ID != id {
				t.Errorf("Find = %q, %v with %d messages, want 3", id, err, len(shown))
			}
		})
	}
}

func TestPostToAPersonGoesToTheirDirectMessages(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	for i := range 2 {
		out := outgoing(fmt.Sprint(i), "for you")
		out.To = person
		if id, err := n.Post(t.Context(), out); err != nil || !strings.HasPrefix(string(id), "D"+person+"/") {
			t.Errorf("Post = %q, %v", id, err)
		}
	}
	if calls := len(w.made("conversations.open")); calls != 1 {
		t.Errorf("direct messages were opened %d times", calls)
	}
	w.next("conversations.open", hangUp)
	out := outgoing("3", "for another")
	out.To = "U0BEN"
	_, err := n.Post(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Unsent {
		t.Errorf("Post = %+v, want unsent: the message itself was never sent", e)
	}
}

func TestFilesAreUploadedBeneathTheMessage(t *testing.T) {
	w := newWorkspace(t)
	out := outgoing("k1", "the timeline")
	out.Message.Files = []message.File{{Name: "t.png", Data: []byte("png")}, {Name: "empty.csv"}}
	id, err := w.network().Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	_, ts := parted(id, "")
	if got := strings.Join(w.files, "; "); !strings.Contains(got, alerts+" "+ts) || len(w.files) != 2 {
		t.Errorf("files %q", got)
	}
	w.next("files.getUploadURLExternal", refusal("internal_error"))
	out.Key = "k2"
	if _, err := w.network().Post(t.Context(), out); err != nil {
		t.Errorf("a file that fails takes the post with it: %v", err)
	}
}

func TestEditsMeaning(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	out := outgoing("k2", "the alert, denied")
	out.Edit = at(alerts, "1.1")
	_, err := n.Post(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "deleted") {
		t.Errorf("edit of a deleted message = %+v", e)
	}
}

func TestNothingIsInterpretedOverTheWire(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	id, err := n.Post(t.Context(), outgoing("k1", "x"))
	if err != nil {
		t.Fatal(err)
	}
	again := outgoing("k2", "y")
	again.Edit = id
	if _, err := n.Post(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"chat.postMessage", "chat.update"} {
		for _, c := range w.made(method) {
			if c.form.Get("parse") != "none" || c.form.Has("link_names") || c.form.Get("mrkdwn") != "false" ||
				c.form.Get("unfurl_links") != "false" || c.form.Get("unfurl_media") != "false" {
				t.Errorf("%s with %v", method, c.form)
			}
		}
	}
}

func TestRateLimitWithinALongPostIsWaitedOut(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	var waits []time.Duration
	n.wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	through := func(rw http.ResponseWriter) { w.work(rw, "chat.postMessage", w.calls[len(w.calls)-1].form) }
	w.next("chat.postMessage", through, status(http.StatusTooManyRequests, "Retry-After", "2"), status(http.StatusTooManyRequests, "Retry-After", "1"))
	if _, err := n.Post(t.Context(), long("k1")); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(waits); got != "[2s 1s]" || len(w.screenOf(alerts)) != 3 {
		t.Errorf("waited %s for %d messages", got, len(w.screenOf(alerts)))
	}
}

func TestChannelsNameIsNoAddress(t *testing.T) {
	w := newWorkspace(t)
	for _, name := range []string{"#alerts", "alerts", "", "c0alerts", "C0ALERTS/../x"} {
		out := outgoing("k1", "x")
		out.To = name
		_, err := w.network().Post(t.Context(), out)
		if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "id") {
			t.Errorf("Post to %q = %+v", name, e)
		}
	}
	if len(w.calls) != 0 {
		t.Errorf("Slack was asked %d times", len(w.calls))
	}
}
