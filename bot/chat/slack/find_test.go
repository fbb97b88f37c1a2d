package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
)

func TestAbsentIsSaidOnlyWhenTheTimeOutHasPassed(t *testing.T) {
	w := newWorkspace(t)
	tried := time.Unix(1_700_000_000, 0)
	now := tried.Add(2 * time.Second)
	n := w.network(func(o *Options) { o.Now = func() time.Time { return now } })
	out := outgoing("k1", "x")
	out.Tried = tried
	_, err := n.Find(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Unknown || e.After != 3*time.Second {
		t.Errorf("Find within the time-out = %+v, want unknown for 3 s more", e)
	}
	now = tried.Add(6 * time.Second)
	if _, err := n.Find(t.Context(), out); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find after the time-out = %v, want ErrAbsent", err)
	}
}

func TestForgedKeyOfSomeoneElseIsNotFound(t *testing.T) {
	w := newWorkspace(t)
	w.messages = append(w.messages, &stored{Channel: alerts, TS: w.stamp(), User: "U0MALLORY", BotID: "B0MALLORY", Text: "x",
		Meta: json.RawMessage(`{"event_type":"attribot_post","event_payload":{"key":"k1","part":"1"}}`)})
	if id, err := w.network().Find(t.Context(), outgoing("k1", "x")); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find = %q, %v, want ErrAbsent", id, err)
	}
}

func TestFindReadsManyPages(t *testing.T) {
	w := newWorkspace(t)
	out := outgoing("k1", "x")
	id, err := w.network().Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3*historyPage + 1 {
		w.messages = append(w.messages, &stored{Channel: alerts, TS: w.stamp(), User: person, Text: fmt.Sprint(i)})
	}
	found, err := w.network().Find(t.Context(), out)
	if err != nil || found != id {
		t.Errorf("Find = %q, %v, want %q", found, err, id)
	}
	if n := len(w.made("conversations.history")); n != 4 {
		t.Errorf("%d pages were read, want 4", n)
	}
}

func TestFindLooksNoFurtherBackThanTheTry(t *testing.T) {
	w := newWorkspace(t)
	out := outgoing("k1", "x")
	out.Tried = time.Unix(1_700_001_000, 0)
	if _, err := w.network().Find(t.Context(), out); !errors.Is(err, chat.ErrAbsent) {
		t.Fatal(err)
	}
	if got := w.made("conversations.history")[0].form.Get("oldest"); got != "1700000700.000000" {
		t.Errorf("history is read from %s, want five minutes before the try", got)
	}
}

func TestFindWithoutTheScopeStaysUnknown(t *testing.T) {
	w := newWorkspace(t)
	w.lacking = "channels:history"
	_, err := w.network().Find(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unknown || !strings.Contains(e.Advice, "channels:history") {
		t.Errorf("Find = %+v, want unknown and the scope named", e)
	}
}

func TestFindUnderARateLimitStaysUnknown(t *testing.T) {
	w := newWorkspace(t)
	w.next("conversations.history", status(http.StatusTooManyRequests, "Retry-After", "60"))
	_, err := w.network().Find(t.Context(), outgoing("k1", "x"))
	if e := failure(t, err); e.Outcome != chat.Unknown || e.After != time.Minute {
		t.Errorf("Find = %+v, want unknown after a minute", e)
	}
}

func TestChannelTooBusyToLookThroughStaysUnknown(t *testing.T) {
	w := newWorkspace(t)
	for i := range historyPages*historyPage + 1 {
		w.messages = append(w.messages, &stored{Channel: alerts, TS: w.stamp(), User: person, Text: fmt.Sprint(i)})
	}
	out := outgoing("k1", "x")
	out.Tried = time.Unix(1_600_000_000, 0)
	_, err := w.network().Find(t.Context(), out)
	if e := failure(t, err); e.Outcome != chat.Unknown || !errors.Is(err, errTooFar) || e.Advice == "" {
		t.Errorf("Find = %+v, want unknown", e)
	}
}

func TestFindOfAnEditTellsWhetherItWasDone(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	id, err := n.Post(t.Context(), outgoing("k1", "the alert"))
	if err != nil {
		t.Fatal(err)
	}
	out := outgoing("k2", "the alert, denied")
	out.Edit = id
	if _, err := n.Find(t.Context(), out); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find before the edit = %v, want ErrAbsent", err)
	}
	if _, err := n.Post(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if found, err := n.Find(t.Context(), out); err != nil || found != id {
		t.Errorf("Find after the edit = %q, %v, want %q", found, err, id)
	}
}
