package matrix

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// homeserver is a Matrix homeserver of our own, small enough to lose answers,
// ask to wait, forget transactions and deliver twice.
type homeserver struct {
	t   *testing.T
	srv *httptest.Server

	mu        sync.Mutex
	changed   *sync.Cond
	events    []*stored // the rooms' events in order; the index is the sync token
	state     map[string]*stored
	joined    map[string]bool // rooms that the bot is in
	invites   map[string]string
	aliases   map[string]string
	txns      map[string]string
	lose      bool
	answers   map[string][]func(http.ResponseWriter)
	calls     []call
	listening chan struct{}
	token     string
	device    string
	closed    bool
	twice     bool // deliver every event again with each sync
}

type call struct{ method, path, body string }

// stored is an event of a room.
type stored struct {
	ID      string          `json:"event_id"`
	Room    string          `json:"room_id,omitempty"`
	Type    string          `json:"type"`
	Sender  string          `json:"sender"`
	TS      int64           `json:"origin_server_ts"`
	Content json.RawMessage `json:"content"`
	Key     *string         `json:"state_key,omitempty"`
	Txn     map[string]any  `json:"unsigned,omitempty"`
}

const (
	botUser = "@attribot:test"
	person  = "@anna:test"
	alerts  = "!alerts" // an id of room version 12 holds no server
	other   = "!other:test"
)

func newHomeserver(t *testing.T) *homeserver {
	h := &homeserver{t: t, state: map[string]*stored{}, joined: map[string]bool{alerts: true, other: true}, invites: map[string]string{},
		aliases: map[string]string{}, txns: map[string]string{}, answers: map[string][]func(http.ResponseWriter){},
		listening: make(chan struct{}, 64), token: "secret", device: "DEV1"}
	h.changed = sync.NewCond(&h.mu)
	mux := http.NewServeMux()
	const v3 = "/_matrix/client/v3"
	for pattern, f := range map[string]http.HandlerFunc{
		"GET " + v3 + "/account/whoami":                           h.whoami,
		"POST " + v3 + "/login":                                   h.login,
		"POST " + v3 + "/join/{room}":                             h.join,
		"GET " + v3 + "/directory/room/{alias}":                   h.alias,
		"GET " + v3 + "/rooms/{room}/state/{type}/{key...}":       h.getState,
		"PUT " + v3 + "/rooms/{room}/send/{type}/{txn}":           h.send,
		"GET " + v3 + "/rooms/{room}/messages":                    h.messages,
		"GET " + v3 + "/rooms/{room}/event/{event}":               h.event,
		"GET /_matrix/client/v1/rooms/{room}/relations/{rest...}": h.relations,
		"GET " + v3 + "/sync":                                     h.sync,
		"POST /_matrix/media/v3/upload":                           h.upload,
		"POST " + v3 + "/keys/upload":                             h.keys,
		"POST " + v3 + "/keys/query":                              h.keys,
	} {
		mux.HandleFunc(pattern, h.guard(f))
	}
	h.srv = httptest.NewServer(mux)
	t.Cleanup(func() {
		h.mu.Lock()
		h.closed = true
		h.changed.Broadcast()
		h.mu.Unlock()
		h.srv.Close()
	})
	return h
}

// guard keeps the calls, gives the answers that a test has set, and checks the
// token.
func (h *homeserver) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		h.mu.Lock()
		h.calls = append(h.calls, call{r.Method, r.URL.Path, string(body)})
		for part, early := range h.answers {
			if strings.Contains(r.URL.Path, part) && len(early) > 0 {
				h.answers[part] = early[1:]
				h.mu.Unlock()
				early[0](w)
				return
			}
		}
		known := strings.HasSuffix(r.URL.Path, "/login") || r.Header.Get("Authorization") == "Bearer "+h.token
		h.mu.Unlock()
		if !known {
			fail(w, http.StatusUnauthorized, "M_UNKNOWN_TOKEN")
			return
		}
		next(w, r)
	}
}

func fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"errcode": code, "error": code})
}

func give(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// next makes the next calls whose path holds part answer so.
func (h *homeserver) next(part string, answers ...func(http.ResponseWriter)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answers[part] = append(h.answers[part], answers...)
}

// made counts the calls of a method whose path holds part.
func (h *homeserver) made(method, part string) []call {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []call
	for _, c := range h.calls {
		if c.method == method && strings.Contains(c.path, part) {
			out = append(out, c)
		}
	}
	return out
}

func (h *homeserver) whoami(w http.ResponseWriter, _ *http.Request) {
	give(w, map[string]any{"user_id": botUser, "device_id": h.device})
}

func (h *homeserver) login(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Password string `json:"password"`
		Device   string `json:"device_id"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	if in.Password != "right" {
		fail(w, http.StatusForbidden, "M_FORBIDDEN")
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.token = "token" + strconv.Itoa(len(h.calls))
	h.device = or(in.Device, "DEV2")
	give(w, map[string]any{"user_id": botUser, "device_id": h.device, "access_token": h.token})
}

func (h *homeserver) join(w http.ResponseWriter, r *http.Request) {
	at := r.PathValue("room")
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.joined[at] && h.invites[at] == "" {
		fail(w, http.StatusForbidden, "M_FORBIDDEN")
		return
	}
	if !h.joined[at] {
		h.joined[at] = true
		h.add(&stored{Room: at, Type: "m.room.member", Sender: botUser, Key: new(botUser), Content: json.RawMessage(`{"membership":"join"}`)})
	}
	give(w, map[string]string{"room_id": at})
}

func (h *homeserver) alias(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at := h.aliases[r.PathValue("alias")]; at != "" {
		give(w, map[string]any{"room_id": at, "servers": []string{"test"}})
		return
	}
	fail(w, http.StatusNotFound, "M_NOT_FOUND")
}

func (h *homeserver) getState(w http.ResponseWriter, r *http.Request) {
	at, kind, key := r.PathValue("room"), r.PathValue("type"), r.PathValue("key")
	h.mu.Lock()
	defer h.mu.Unlock()
	e := h.state[at+" "+kind+" "+key]
	switch {
	case !h.joined[at]:
		fail(w, http.StatusForbidden, "M_FORBIDDEN")
	case kind == "m.room.member" && key == botUser:
		give(w, map[string]string{"membership": "join"})
	case e == nil:
		fail(w, http.StatusNotFound, "M_NOT_FOUND")
	case r.URL.Query().Get("format") == "event":
		give(w, e)
	default:
		give(w, e.Content)
	}
}

// add appends an event; the lock is held.
func (h *homeserver) add(e *stored) *stored {
	e.ID = fmt.Sprintf("$%d", len(h.events)+1)
	e.TS = cmp.Or(e.TS, time.Now().UnixMilli())
	h.events = append(h.events, e)
	if e.Key != nil {
		h.state[e.Room+" "+e.Type+" "+*e.Key] = e
	}
	h.changed.Broadcast()
	return e
}

// happens adds an event of someone.
func (h *homeserver) happens(e stored) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.add(&e).ID
}

func (h *homeserver) send(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	at := r.PathValue("room")
	id := h.txns[r.URL.Path]
	switch {
	case !h.joined[at] || h.state[at+" m.room.tombstone "] != nil:
		fail(w, http.StatusForbidden, "M_FORBIDDEN")
		return
	case len(body) > 65_536-2_000:
		fail(w, http.StatusRequestEntityTooLarge, "M_TOO_LARGE")
		return
	case id == "":
		h.check(body)
		id = h.add(&stored{Room: at, Type: r.PathValue("type"), Sender: botUser, Content: body,
			Txn: map[string]any{"transaction_id": r.PathValue("txn")}}).ID
		h.txns[r.URL.Path] = id
	}
	if h.lose {
		h.lose = false
		hangUp(w)
		return
	}
	give(w, map[string]string{"event_id": id})
}

// check complains about an event that people would regret.
func (h *homeserver) check(body []byte) {
	var c struct {
		MsgType  string           `json:"msgtype"`
		Mentions *json.RawMessage `json:"m.mentions"`
		New      *struct {
			MsgType  string           `json:"msgtype"`
			Mentions *json.RawMessage `json:"m.mentions"`
		} `json:"m.new_content"`
		Relates *relation `json:"m.relates_to"`
	}
	if err := json.Unmarshal(body, &c); err != nil {
		h.t.Errorf("event is no JSON: %v", err)
		return
	}
	media := c.MsgType == "m.image" || c.MsgType == "m.file"
	if c.MsgType != "m.notice" && !media || c.New != nil && c.New.MsgType != "m.notice" {
		h.t.Errorf("event is no notice: %s", body)
	}
	if c.Mentions == nil || string(*c.Mentions) != "{}" || c.New != nil && (c.New.Mentions == nil || string(*c.New.Mentions) != "{}") {
		h.t.Errorf("event does not say that it mentions nobody: %s", body)
	}
	if c.Relates != nil && c.Relates.Type == "m.thread" {
		for _, e := range h.events {
			if e.ID == c.Relates.Event && relationIn(e).Type != "" {
				h.t.Errorf("the thread's root %s is itself a relation", e.ID)
			}
		}
	}
}

func relationIn(e *stored) relation {
	var c struct {
		Relates relation `json:"m.relates_to"`
	}
	_ = json.Unmarshal(e.Content, &c)
	return c.Relates
}

func (h *homeserver) messages(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at, limit := len(h.events), 10
	if from := r.URL.Query().Get("from"); from != "" {
		at, _ = strconv.Atoi(from)
	}
	limit, _ = strconv.Atoi(r.URL.Query().Get("limit"))
	chunk := []*stored{}
	for at > 0 && len(chunk) < limit {
		if at--; h.events[at].Room == r.PathValue("room") {
			chunk = append(chunk, h.events[at])
		}
	}
	answer := map[string]any{"chunk": chunk, "start": "x"}
	if at > 0 {
		answer["end"] = strconv.Itoa(at)
	}
	give(w, answer)
}

func (h *homeserver) event(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.events {
		if e.ID == r.PathValue("event") && e.Room == r.PathValue("room") {
			give(w, e)
			return
		}
	}
	fail(w, http.StatusNotFound, "M_NOT_FOUND")
}

func (h *homeserver) relations(w http.ResponseWriter, r *http.Request) {
	of, kind, _ := strings.Cut(r.PathValue("rest"), "/")
	h.mu.Lock()
	defer h.mu.Unlock()
	chunk := []*stored{}
	for _, e := range slices.Backward(h.events) {
		if rel := relationIn(e); rel.Event == of && rel.Type == kind {
			chunk = append(chunk, e)
		}
	}
	give(w, map[string]any{"chunk": chunk})
}

func (h *homeserver) upload(w http.ResponseWriter, _ *http.Request) {
	give(w, map[string]string{"content_uri": "mxc://test/file"})
}

// keys takes a device's keys, and knows of nobody's: what is encrypted is tested
// against a real homeserver.
func (h *homeserver) keys(w http.ResponseWriter, _ *http.Request) {
	give(w, map[string]any{"one_time_key_counts": map[string]int{"signed_curve25519": 50}})
}

// sync waits until there is something new, as a homeserver does.
func (h *homeserver) sync(w http.ResponseWriter, r *http.Request) {
	stop := context.AfterFunc(r.Context(), func() { h.mu.Lock(); h.changed.Broadcast(); h.mu.Unlock() })
	defer stop()
	h.mu.Lock()
	defer h.mu.Unlock()
	given := r.URL.Query().Get("since")
	since, _ := strconv.Atoi(given)
	if given != "" {
		select {
		case h.listening <- struct{}{}:
		default:
		}
		for since >= len(h.events) && len(h.invites) == 0 && r.Context().Err() == nil && !h.closed {
			h.changed.Wait()
		}
	}
	if h.twice && since > 0 {
		since--
	}
	join := map[string]any{}
	for at := range h.joined {
		events := []*stored{}
		for _, e := range h.events[min(since, len(h.events)):] {
			if e.Room == at {
				c := *e
				c.Room = ""
				events = append(events, &c)
			}
		}
		if len(events) > 0 {
			join[at] = map[string]any{"timeline": map[string]any{"events": events}}
		}
	}
	invite := map[string]any{}
	for at, by := range h.invites {
		invite[at] = map[string]any{"invite_state": map[string]any{"events": []any{
			map[string]any{"type": "m.room.member", "state_key": botUser, "sender": by, "content": map[string]any{"membership": "invite"}}}}}
		if h.joined[at] {
			delete(h.invites, at)
		}
	}
	give(w, map[string]any{"next_batch": strconv.Itoa(len(h.events)), "rooms": map[string]any{"join": join, "invite": invite}})
}

// network is the bot on this homeserver.
func (h *homeserver) network(change ...func(*Options)) *Network {
	h.t.Helper()
	o := Options{Homeserver: h.srv.URL, AccessToken: "secret", Timeout: 5 * time.Second, HTTPClient: &http.Client{Transport: &http.Transport{}}}
	for _, c := range change {
		c(&o)
	}
	n, err := New(o)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// say types a line as a person.
func (h *homeserver) say(room, body string) string {
	b, _ := json.Marshal(map[string]string{"msgtype": "m.text", "body": body})
	return h.happens(stored{Room: room, Type: "m.room.message", Sender: person, Content: b})
}

// react reacts to an event as a person.
func (h *homeserver) react(room, on, sign string) string {
	b, _ := json.Marshal(map[string]any{"m.relates_to": map[string]string{"rel_type": "m.annotation", "event_id": on, "key": sign}})
	return h.happens(stored{Room: room, Type: "m.reaction", Sender: person, Content: b})
}

// press reacts with an action's sign, in the coloured form that clients choose.
func (h *homeserver) press(_ *testing.T, channel string, on chat.MessageID, a message.Action) {
	_, e := parted(on, "")
	h.react(channel, string(e), a.Sign+"\uFE0F")
}
