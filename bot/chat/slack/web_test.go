package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
)

// The example of Slack's page on signed requests
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
const (
	docSecret    = "8f742231b10e8888abcd99yyyzzz85a5"
	docBody      = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	docSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	docStamp     = 1531420618
)

func signed(stamp int64, signature string) http.Header {
	return http.Header{"X-Slack-Request-Timestamp": {strconv.FormatInt(stamp, 10)}, "X-Slack-Signature": {signature}}
}

func TestSignatureOfSlacksOwnExample(t *testing.T) {
	now := time.Unix(docStamp, 0)
	for name, c := range map[string]struct {
		secret, body string
		header       http.Header
		now          time.Time
		want         error
	}{
		"as given":             {docSecret, docBody, signed(docStamp, docSignature), now, nil},
		"at the window's end":  {docSecret, docBody, signed(docStamp, docSignature), now.Add(window), nil},
		"after the window":     {docSecret, docBody, signed(docStamp, docSignature), now.Add(window + time.Second), errStale},
		"from the future":      {docSecret, docBody, signed(docStamp, docSignature), now.Add(-window - time.Second), errStale},
		"another body":         {docSecret, docBody + "&x=1", signed(docStamp, docSignature), now, errSignature},
		"another secret":       {"other", docBody, signed(docStamp, docSignature), now, errSignature},
		"no secret":            {"", docBody, signed(docStamp, docSignature), now, errSignature},
		"another time":         {docSecret, docBody, signed(docStamp+1, docSignature), now, errSignature},
		"no signature":         {docSecret, docBody, signed(docStamp, ""), now, errSignature},
		"signature of no hex":  {docSecret, docBody, signed(docStamp, "v0=zz"), now, errSignature},
		"no header at all":     {docSecret, docBody, http.Header{}, now, errSignature},
		"time that is no time": {docSecret, docBody, http.Header{"X-Slack-Request-Timestamp": {"soon"}}, now, errSignature},
	} {
		if err := verify(c.secret, c.header, []byte(c.body), c.now); err != c.want {
			t.Errorf("%s: verify = %v, want %v", name, err, c.want)
		}
	}
}

// sign makes a request as Slack does.
func sign(t *testing.T, secret, kind, body string, at time.Time) *http.Request {
	t.Helper()
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	r := httptest.NewRequest(http.MethodPost, "/slack", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

const form = "application/x-www-form-urlencoded"

// byHTTP is a bot that listens to signed requests.
func byHTTP(t *testing.T, handle chat.Handler) (*workspace, *Network) {
	t.Helper()
	w := newWorkspace(t)
	n := w.network(func(o *Options) { o.AppToken, o.SigningSecret = "", "secret" })
	listening(t, nil, n, handle)
	until(t, "listening", func() bool {
		n.mu.Lock()
		defer n.mu.Unlock()
		return n.live != nil
	})
	return w, n
}

func serve(n *Network, r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	n.Web().ServeHTTP(rec, r)
	return rec
}

func slashForm(w *workspace, words string) string {
	f := url.Values{}
	for k, v := range w.slash(alerts, words) {
		f.Set(k, v.(string))
	}
	return f.Encode()
}

func TestSlashCommandByHTTP(t *testing.T) {
	w, n := byHTTP(t, func(_ context.Context, cmd chat.Command) chat.Reply { return said("answer to "+cmd.Text, false) })
	rec := serve(n, sign(t, "secret", form, slashForm(w, "timeline <C12>"), time.Now()))
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Errorf("acknowledged with %d %q", rec.Code, rec.Body)
	}
	until(t, "the answer", func() bool { return len(reading(w, "answer to timeline <C12>")) == 1 })
}

func TestReplayedRequestIsHandledOnce(t *testing.T) {
	w, n := byHTTP(t, func(_ context.Context, cmd chat.Command) chat.Reply { return said("answer to "+cmd.Text, false) })
	body, now := slashForm(w, "one"), time.Now()
	for range 2 {
		if rec := serve(n, sign(t, "secret", form, body, now)); rec.Code != http.StatusOK {
			t.Errorf("status %d", rec.Code)
		}
	}
	serve(n, sign(t, "secret", form, slashForm(w, "two"), now))
	until(t, "the answer", func() bool { return len(reading(w, "answer to two")) == 1 })
	if got := len(reading(w, "answer to one")); got != 1 {
		t.Errorf("answered %d times", got)
	}
}

func TestButtonByHTTP(t *testing.T) {
	w, n := byHTTP(t, func(_ context.Context, cmd chat.Command) chat.Reply {
		return said("pressed "+cmd.Action+" "+cmd.Value, true)
	})
	payload, err := json.Marshal(w.pressed(alerts, at(alerts, "1.1"), "why#2", "S12"))
	if err != nil {
		t.Fatal(err)
	}
	rec := serve(n, sign(t, "secret", form, url.Values{"payload": {string(payload)}}.Encode(), time.Now()))
	if rec.Code != http.StatusOK {
		t.Errorf("status %d", rec.Code)
	}
	until(t, "the answer", func() bool { return len(reading(w, "pressed why S12")) == 1 })
}

func TestRequestsThatAreRefused(t *testing.T) {
	w, n := byHTTP(t, func(context.Context, chat.Command) chat.Reply { return said("never", false) })
	now := time.Now()
	get := sign(t, "secret", form, "", now)
	get.Method = http.MethodGet
	for name, c := range map[string]struct {
		r    *http.Request
		want int
	}{
		"forged":         {sign(t, "guess", form, slashForm(w, "x"), now), http.StatusUnauthorized},
		"old":            {sign(t, "secret", form, slashForm(w, "x"), now.Add(-6*time.Minute)), http.StatusUnauthorized},
		"huge":           {sign(t, "secret", form, strings.Repeat("x", maxRequest+1), now), http.StatusBadRequest},
		"not a POST":     {get, http.StatusMethodNotAllowed},
		"broken payload": {sign(t, "secret", form, "payload=%7B", now), http.StatusBadRequest},
		"broken form":    {sign(t, "secret", form, "a=%zz", now), http.StatusBadRequest},
	} {
		if rec := serve(n, c.r); rec.Code != c.want {
			t.Errorf("%s: status %d, want %d", name, rec.Code, c.want)
		}
	}
	if s := reading(w, "never"); len(s) != 0 {
		t.Errorf("%d refused requests were answered", len(s))
	}
}

func TestEventsAddressIsConfirmed(t *testing.T) {
	_, n := byHTTP(t, func(context.Context, chat.Command) chat.Reply { return chat.Reply{} })
	rec := serve(n, sign(t, "secret", "application/json", `{"type":"url_verification","challenge":"abc"}`, time.Now()))
	if rec.Code != http.StatusOK || rec.Body.String() != "abc" {
		t.Errorf("challenge answered with %d %q", rec.Code, rec.Body)
	}
	rec = serve(n, sign(t, "secret", "application/json", `{"type":"event_callback"}`, time.Now()))
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Errorf("event acknowledged with %d %q", rec.Code, rec.Body)
	}
}

func TestRequestWhileNobodyListensIsRefused(t *testing.T) {
	w := newWorkspace(t)
	n := w.network(func(o *Options) { o.AppToken, o.SigningSecret = "", "secret" })
	if rec := serve(n, sign(t, "secret", form, slashForm(w, "x"), time.Now())); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d, want %d", rec.Code, http.StatusServiceUnavailable)
	}
}

// FuzzRequest holds that whatever a signed request holds is answered, and that
// only a command or a button of the bot's gets to the handler.
func FuzzRequest(f *testing.F) {
	f.Add("command=%2Fattribution&text=help&channel_id=C1&user_id=U1", true)
	f.Add(`payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%7B%22block_id%22%3A%22b%22%2C%22action_id%22%3A%22why%231%22%7D%5D%7D`, true)
	f.Add(`{"type":"url_verification","challenge":"x"}`, false)
	f.Add("payload=null", true)
	f.Fuzz(func(t *testing.T, body string, asForm bool) {
		n, err := New(Options{BotToken: "xoxb-test", SigningSecret: "secret"})
		if err != nil {
			t.Fatal(err)
		}
		kind := "application/json"
		if asForm {
			kind = form
		}
		switch rec := serve(n, sign(t, "secret", kind, body, time.Now())); rec.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusServiceUnavailable:
		default:
			t.Errorf("status %d for %q", rec.Code, body)
		}
	})
}
