package websub

import (
	"crypto/hmac"
	"crypto/sha1" // the oldest method of the protocol: hubs still use it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// methods are the signatures that the recommendation knows.
var methods = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// ServeHTTP answers hubs: it confirms subscriptions that were asked for and
// takes what is pushed as a sign to poll.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := path.Base(r.URL.Path)
	switch r.Method {
	case http.MethodGet:
		s.verify(w, r, token)
	case http.MethodPost:
		s.pushed(w, r, token)
	default:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// verify confirms a subscription that was asked for, and no other.
func (s *Subscriber) verify(w http.ResponseWriter, r *http.Request, token string) {
	query := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	sub := s.byToken[token]
	if sub == nil || query.Get("hub.topic") != sub.topic {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	switch query.Get("hub.mode") {
	case "subscribe":
		lease := s.leaseOf(query.Get("hub.lease_seconds"))
		now := s.o.Now()
		sub.until, sub.due = now.Add(lease), now.Add(max(lease*4/5, shortest))
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, query.Get("hub.challenge"))
	case "denied":
		sub.until = time.Time{}
		s.o.Log.Info("hub denied a subscription", "source", sub.source, "reason", query.Get("hub.reason"))
		w.WriteHeader(http.StatusOK)
	default: // nobody here asked for an end
		w.WriteHeader(http.StatusNotFound)
	}
}

// leaseOf reads the lease that a hub grants. Some say 0, or nothing, and mean
// what was asked for.
func (s *Subscriber) leaseOf(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 32)
	if err != nil || n <= 0 {
		return s.o.Lease
	}
	return min(time.Duration(n)*time.Second, longest)
}

// pushed takes a push. A wrong signature is answered like a right one, as the
// recommendation wants it, and changes nothing.
func (s *Subscriber) pushed(w http.ResponseWriter, r *http.Request, token string) {
	s.mu.Lock()
	sub := s.byToken[token]
	s.mu.Unlock()
	if sub == nil {
		w.WriteHeader(http.StatusGone)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if signed(body, r.Header.Get("X-Hub-Signature"), sub.secret) {
		s.o.Wake(sub.source)
	} else {
		s.o.Log.Info("push without a right signature", "source", sub.source)
	}
	w.WriteHeader(http.StatusAccepted)
}

// signed checks a signature in constant time.
func signed(body []byte, header, secret string) bool {
	name, signature, _ := strings.Cut(header, "=")
	method := methods[strings.ToLower(strings.TrimSpace(name))]
	given, err := hex.DecodeString(strings.TrimSpace(signature))
	if method == nil || err != nil {
		return false
	}
	mac := hmac.New(method, []byte(secret))
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}
