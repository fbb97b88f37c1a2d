package websub

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"attribot/feeds/reading"
)

// hub takes subscriptions and verifies them as a real one does.
type hub struct {
	t        *testing.T
	s        *Subscriber
	lease    string
	forms    []url.Values
	mu       sync.Mutex
	statuses []int // of verifications
}

func (h *hub) Post(_ context.Context, _ string, form url.Values) (int, error) {
	h.forms = append(h.forms, form)
	go func() {
		answer := h.verify(form.Get("hub.callback"), "subscribe", form.Get("hub.topic"))
		h.mu.Lock()
		defer h.mu.Unlock()
		h.statuses = append(h.statuses, answer.Code)
		if answer.Body.String() != "challenge" {
			h.t.Errorf("answered %q", answer.Body)
		}
	}()
	return http.StatusAccepted, nil
}

func (h *hub) verify(callback, mode, topic string) *httptest.ResponseRecorder {
	query := url.Values{"hub.mode": {mode}, "hub.topic": {topic}, "hub.challenge": {"challenge"}, "hub.lease_seconds": {h.lease}}
	return call(h.s, http.MethodGet, callback+"?"+query.Encode(), "", "")
}

func call(s *Subscriber, method, target, body, signature string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if signature != "" {
		r.Header.Set("X-Hub-Signature", signature)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func sign(body, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

const topic = "https://example.com/feed"

func newHub(t *testing.T, lease string) (*hub, *[]reading.SourceID) {
	t.Helper()
	h := &hub{t: t, lease: lease}
	var woken []reading.SourceID
	s, err := New(Options{Callback: "https://bot.example/websub/", Post: h, Wake: func(id reading.SourceID) { woken = append(woken, id) }})
	if err != nil {
		t.Fatal(err)
	}
	h.s = s
	return h, &woken
}

// runFor runs the subscriber in the bubble's time.
func runFor(t *testing.T, s *Subscriber, d time.Duration) {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	s.Run(ctx)
	synctest.Wait()
}

func TestSubscribeVerifyAndPush(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, woken := newHub(t, "86400")
		h.s.Offer("s", topic, []string{"https://hub.example/"})
		h.s.Offer("s", topic, []string{"https://hub.example/"})
		runFor(t, h.s, time.Minute)
		if len(h.forms) != 1 || len(h.statuses) != 1 || h.statuses[0] != http.StatusOK {
			t.Fatalf("forms %v, statuses %v", h.forms, h.statuses)
		}
		form := h.forms[0]
		callback, secret := form.Get("hub.callback"), form.Get("hub.secret")
		for _, c := range []struct {
			name, target, signature string
			status, woken           int
		}{
			{"right", callback, sign("body", secret), http.StatusAccepted, 1},
			{"forged", callback, sign("body", "guess"), http.StatusAccepted, 1},
			{"unsigned", callback, "", http.StatusAccepted, 1},
			{"unknown method", callback, "md5=00", http.StatusAccepted, 1},
			{"unknown callback", "https://bot.example/websub/abc", sign("body", secret), http.StatusGone, 1},
		} {
			if w := call(h.s, http.MethodPost, c.target, "body", c.signature); w.Code != c.status || len(*woken) != c.woken {
				t.Errorf("%s: status %d, woken %d times", c.name, w.Code, len(*woken))
			}
		}
		if w := call(h.s, http.MethodPost, callback, strings.Repeat("x", maxBody+1), ""); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("a huge push: %d", w.Code)
		}
		for mode, want := range map[string]int{"unsubscribe": http.StatusNotFound, "": http.StatusNotFound, "denied": http.StatusOK} {
			if w := h.verify(callback, mode, topic); w.Code != want {
				t.Errorf("mode %q: %d", mode, w.Code)
			}
		}
		if w := h.verify(callback, "subscribe", "https://example.com/other"); w.Code != http.StatusNotFound {
			t.Errorf("another topic: %d", w.Code)
		}
	})
}

func TestLeasesAreRenewed(t *testing.T) {
	t.Parallel()
	for lease, want := range map[string][2]int{
		"86400": {8, 14}, // ten days of leases of one day, renewed after four fifths
		"0":     {2, 4},  // means what was asked for: five days
		"":      {2, 4},
		"1":     {200, 3000}, // renewed no faster than every five minutes
	} {
		synctest.Test(t, func(t *testing.T) {
			h, _ := newHub(t, lease)
			h.s.Offer("s", topic, []string{"https://hub.example/"})
			runFor(t, h.s, 10*24*time.Hour)
			if n := len(h.forms); n < want[0] || n > want[1] {
				t.Errorf("lease %q: %d requests in ten days, want %d to %d", lease, n, want[0], want[1])
			}
		})
	}
}

func TestNewRefusesBadOptions(t *testing.T) {
	t.Parallel()
	for _, callback := range []string{"", "bot.example/websub", "file:///x"} {
		if _, err := New(Options{Callback: callback, Post: &hub{}, Wake: func(reading.SourceID) {}}); err == nil {
			t.Errorf("callback %q is taken", callback)
		}
	}
}

func FuzzSigned(f *testing.F) {
	f.Add([]byte("body"), "sha256=00")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		if signed(body, header, "a secret that nobody knows") {
			t.Errorf("forged by %q", header)
		}
	})
}
