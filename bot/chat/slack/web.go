package slack

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"
)

// maxRequest bounds a request's body, in bytes; Slack's own stay far below.
const maxRequest = 1 << 20

// window is how old a signed request may be
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
const window = 5 * time.Minute

// The reasons to refuse a request.
var (
	errSignature = errors.New("signature does not fit")
	errStale     = errors.New("request is too old or from the future")
)

// Web takes Slack's signed HTTP requests: slash commands, interactivity and
// events all at one address. They are handed to the handler of [Network.Listen];
// while nobody listens they are refused, so that Slack tells the person.
func (n *Network) Web() http.Handler { return http.HandlerFunc(n.serve) }

func (n *Network) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "request is too large or broken", http.StatusBadRequest)
		return
	}
	if err := verify(n.o.SigningSecret, r.Header, body, n.o.Now()); err != nil {
		n.log.Warn("request refused", "err", err)
		http.Error(w, "not signed by Slack", http.StatusUnauthorized)
		return
	}
	if !n.seen.First(r.Header.Get("X-Slack-Signature")) {
		return // the same request again: it was handled
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	n.route(w, r, body)
}

// verify checks the signature "v0=…" over the time stamp and the body. The time
// stamp is bounded before anything is computed; digests are compared in
// constant time.
func verify(secret string, h http.Header, body []byte, now time.Time) error {
	stamp := h.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || secret == "" {
		return errSignature
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > window || age < -window {
		return errStale
	}
	given, err := hex.DecodeString(strings.TrimPrefix(h.Get("X-Slack-Signature"), "v0="))
	if err != nil {
		return errSignature
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	if !hmac.Equal(mac.Sum(nil), given) {
		return errSignature
	}
	return nil
}

// route answers by what the request holds. The empty answer is the
// acknowledgement.
func (n *Network) route(w http.ResponseWriter, r *http.Request, body []byte) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		n.challenge(w, body)
		return
	}
	var a ask
	var ok bool
	if err := r.ParseForm(); err != nil {
		http.Error(w, "form is broken", http.StatusBadRequest)
		return
	}
	switch {
	case r.PostForm.Has("payload"):
		c, err := api.InteractionCallbackParse(r)
		if err != nil {
			http.Error(w, "payload is broken", http.StatusBadRequest)
			return
		}
		a, ok = n.fromButton(c)
	case r.PostForm.Has("command"):
		s, err := api.SlashCommandParse(r)
		if err != nil {
			http.Error(w, "command is broken", http.StatusBadRequest)
			return
		}
		a, ok = n.fromSlash(s)
	}
	if ok && !n.take(a) {
		http.Error(w, "the bot is starting or stopping", http.StatusServiceUnavailable)
	}
}

// challenge answers the events' address check; other events are acknowledged.
func (n *Network) challenge(w http.ResponseWriter, body []byte) {
	var e struct{ Type, Challenge string }
	if json.Unmarshal(body, &e) != nil || e.Type != "url_verification" {
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, e.Challenge)
}
