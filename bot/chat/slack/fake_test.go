package slack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"

	"github.com/gorilla/websocket"
)

// workspace is a Slack of our own with what no emulator has: Socket Mode, slash
// commands, buttons, rate limits and the sizes of Block Kit.
type workspace struct {
	t   *testing.T
	srv *httptest.Server

	mu        sync.Mutex
	messages  []*stored
	clock     int
	lose      bool                                   // the next write's answer gets lost
	answers   map[string][]func(http.ResponseWriter) // per method, before it works again
	calls     []call
	socket    *websocket.Conn
	connected chan struct{} // one for every socket that opens
	acks      chan string
	responses map[string]*command // by response_url's path
	files     []string
	lacking   string // a scope that the app was not given
	upstream  string // an emulated Slack that works the web methods; "" = this one does
	botToken  string
}

type call struct {
	method string
	form   url.Values
	header http.Header
}

// stored is a message as the workspace keeps it.
type stored struct {
	Channel string          `json:"-"`
	TS      string          `json:"ts"`
	Thread  string          `json:"thread_ts,omitempty"`
	User    string          `json:"user"`
	BotID   string          `json:"bot_id,omitempty"`
	Text    string          `json:"text"`
	Blocks  json.RawMessage `json:"blocks,omitempty"`
	Meta    json.RawMessage `json:"metadata,omitempty"`
	edited  bool
	private bool
	raw     string
}

// command is a command whose answers may still come.
type command struct {
	channel, user string
	uses          int
}

const (
	botUser, botID = "U0BOT", "B0BOT"
	person         = "U0ANNA"
)

func newWorkspace(t *testing.T) *workspace {
	w := &workspace{t: t, answers: map[string][]func(http.ResponseWriter){}, connected: make(chan struct{}, 16),
		acks: make(chan string, 64), botToken: "xoxb-test", responses: map[string]*command{}, clock: 1_700_000_000}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.api)
	mux.HandleFunc("/socket", w.open)
	mux.HandleFunc("/commands/{id}", w.respond)
	mux.HandleFunc("/upload/{id}", w.upload)
	w.srv = httptest.NewServer(mux)
	t.Cleanup(w.srv.Close)
	return w
}

// network is the bot in this workspace.
func (w *workspace) network(change ...func(*Options)) *Network {
	w.t.Helper()
	o := Options{BotToken: w.botToken, AppToken: "xapp-test", APIURL: w.srv.URL + "/api/", Timeout: 5 * time.Second,
		HTTPClient: &http.Client{Transport: &http.Transport{}}}
	for _, c := range change {
		c(&o)
	}
	n, err := New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// next makes the next calls of a method answer so before it works again.
func (w *workspace) next(method string, answers ...func(http.ResponseWriter)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[method] = append(w.answers[method], answers...)
}

func status(code int, header ...string) func(http.ResponseWriter) {
	return func(rw http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			rw.Header().Set(header[i], header[i+1])
		}
		rw.WriteHeader(code)
	}
}

func refusal(code string) func(http.ResponseWriter) {
	return func(rw http.ResponseWriter) { reply(rw, map[string]any{"ok": false, "error": code}) }
}

// hangUp closes the connection without an answer.
func hangUp(rw http.ResponseWriter) {
	conn, _, err := rw.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func reply(rw http.ResponseWriter, v any) {
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(v)
}

// needs are the scopes of the methods, as Slack's reference lists them.
var needs = map[string][]string{
	"auth.test":                    nil,
	"apps.connections.open":        nil, // connections:write of the app token
	"chat.postMessage":             {"chat:write"},
	"chat.postEphemeral":           {"chat:write"},
	"chat.update":                  {"chat:write"},
	"conversations.history":        {"channels:history", "groups:history", "im:history"},
	"conversations.replies":        {"channels:history", "groups:history", "im:history"},
	"conversations.open":           {"im:write"},
	"files.getUploadURLExternal":   {"files:write"},
	"files.completeUploadExternal": {"files:write"},
}

func (w *workspace) api(rw http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	method := r.PathValue("method")
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, call{method, r.Form, r.Header})
	if early := w.answers[method]; len(early) > 0 {
		w.answers[method] = early[1:]
		early[0](rw)
		return
	}
	scopes, known := needs[method]
	switch {
	case w.upstream != "" && method != "apps.connections.open":
		w.forward(rw, r, method)
	case !known:
		reply(rw, map[string]any{"ok": false, "error": "unknown_method"})
	case !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer xo") && !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer xapp-"):
		reply(rw, map[string]any{"ok": false, "error": "not_authed"})
	case slices.Contains(scopes, w.lacking):
		reply(rw, map[string]any{"ok": false, "error": "missing_scope", "needed": w.lacking})
	default:
		w.work(rw, method, r.Form)
	}
}

// work does what a method does.
func (w *workspace) work(rw http.ResponseWriter, method string, f url.Values) {
	switch method {
	case "auth.test":
		reply(rw, map[string]any{"ok": true, "user_id": botUser, "bot_id": botID, "team_id": "T1"})
	case "apps.connections.open":
		reply(rw, map[string]any{"ok": true, "url": "ws" + strings.TrimPrefix(w.srv.URL, "http") + "/socket"})
	case "chat.postMessage", "chat.postEphemeral":
		w.post(rw, method, f)
	case "chat.update":
		w.update(rw, f)
	case "conversations.history":
		w.history(rw, f, func(m *stored) bool { return m.Thread == "" || m.Thread == m.TS })
	case "conversations.replies":
		w.history(rw, f, func(m *stored) bool { return m.Thread == f.Get("ts") || m.TS == f.Get("ts") })
	case "conversations.open":
		reply(rw, map[string]any{"ok": true, "channel": map[string]any{"id": "D" + f.Get("users")}})
	case "files.getUploadURLExternal":
		reply(rw, map[string]any{"ok": true, "file_id": "F1", "upload_url": w.srv.URL + "/upload/F1"})
	case "files.completeUploadExternal":
		w.files = append(w.files, f.Get("channel_id")+" "+f.Get("thread_ts")+" "+f.Get("files"))
		reply(rw, map[string]any{"ok": true, "files": []any{map[string]any{"id": "F1"}}})
	}
}

// stamp is the next time stamp.
func (w *workspace) stamp() string {
	w.clock++
	return strconv.Itoa(w.clock) + ".000100"
}

func (w *workspace) post(rw http.ResponseWriter, method string, f url.Values) {
	if code := w.faulty(f); code != "" {
		reply(rw, map[string]any{"ok": false, "error": code})
		return
	}
	m := &stored{Channel: f.Get("channel"), TS: w.stamp(), Thread: f.Get("thread_ts"), User: botUser, BotID: botID,
		private: method == "chat.postEphemeral"}
	m.fill(f)
	w.messages = append(w.messages, m)
	w.written(rw, m)
}

func (w *workspace) update(rw http.ResponseWriter, f url.Values) {
	i := slices.IndexFunc(w.messages, func(m *stored) bool { return m.Channel == f.Get("channel") && m.TS == f.Get("ts") })
	switch code := w.faulty(f); {
	case i < 0:
		reply(rw, map[string]any{"ok": false, "error": "message_not_found"})
	case code != "":
		reply(rw, map[string]any{"ok": false, "error": code})
	default:
		w.messages[i].edited = true
		w.messages[i].fill(f)
		w.written(rw, w.messages[i])
	}
}

func (m *stored) fill(f url.Values) {
	m.Text, m.raw = f.Get("text"), f.Encode()
	m.Blocks = json.RawMessage(f.Get("blocks"))
	m.Meta = nil
	if meta := f.Get("metadata"); meta != "" {
		m.Meta = json.RawMessage(meta)
	}
}

// written answers a write, or loses the answer.
func (w *workspace) written(rw http.ResponseWriter, m *stored) {
	if w.lose {
		w.lose = false
		hangUp(rw)
		return
	}
	reply(rw, map[string]any{"ok": true, "channel": m.Channel, "ts": m.TS, "message_ts": m.TS})
}

// faulty is the error code that Slack would give for the form.
func (w *workspace) faulty(f url.Values) string {
	switch {
	case !strings.HasPrefix(f.Get("channel"), "C") && !strings.HasPrefix(f.Get("channel"), "D"):
		return "channel_not_found"
	case f.Get("unfurl_links") != "false" || f.Get("unfurl_media") != "false" || f.Get("parse") != "none" || f.Has("link_names"):
		return "invalid_arguments"
	}
	if fault := overSize(f.Get("text"), []byte(f.Get("blocks"))); fault != "" {
		w.t.Errorf("Slack would refuse the message: %s", fault)
		return "invalid_blocks"
	}
	return ""
}

func (w *workspace) history(rw http.ResponseWriter, f url.Values, belongs func(*stored) bool) {
	var found []*stored
	for _, m := range slices.Backward(w.messages) {
		in := (f.Get("oldest") == "" || m.TS >= f.Get("oldest")) && (f.Get("latest") == "" || m.TS <= f.Get("latest"))
		if m.Channel != f.Get("channel") || m.private || !belongs(m) || !in {
			continue
		}
		c := *m
		if f.Get("include_all_metadata") != "1" {
			c.Meta = nil
		}
		found = append(found, &c)
	}
	at, _ := strconv.Atoi(f.Get("cursor"))
	limit, _ := strconv.Atoi(f.Get("limit"))
	end := min(at+limit, len(found))
	answer := map[string]any{"ok": true, "messages": found[at:end], "has_more": end < len(found)}
	if end < len(found) {
		answer["response_metadata"] = map[string]any{"next_cursor": strconv.Itoa(end)}
	}
	reply(rw, answer)
}

// forward has the emulator work a web method, and loses its answer where a test
// asks for that.
func (w *workspace) forward(rw http.ResponseWriter, r *http.Request, method string) {
	if strings.HasPrefix(method, "chat.") {
		if code := w.faulty(r.Form); code != "" {
			w.t.Errorf("Slack would refuse the message: %s", code)
		}
	}
	body, err := request(w.upstream, method, r.Header.Get("Authorization"), r.Form)
	if err != nil {
		w.t.Error(err)
	}
	if w.lose && (method == "chat.postMessage" || method == "chat.update") {
		w.lose = false
		hangUp(rw)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	_, _ = rw.Write(body)
}

// request calls a web method of another server.
func request(base, method, authorization string, f url.Values) ([]byte, error) {
	r, err := http.NewRequest(http.MethodPost, base+"/api/"+method, strings.NewReader(f.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", authorization)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	return io.ReadAll(resp.Body)
}

// open is the socket of Socket Mode.
func (w *workspace) open(rw http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(rw, r, nil)
	if err != nil {
		w.t.Error(err)
		return
	}
	w.mu.Lock()
	w.socket = conn
	_ = conn.WriteJSON(map[string]any{"type": "hello", "num_connections": 1})
	w.mu.Unlock()
	w.connected <- struct{}{}
	for {
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if conn.ReadJSON(&ack) != nil {
			return
		}
		w.acks <- ack.EnvelopeID
	}
}

// deliver sends an envelope through the socket and waits for its
// acknowledgement, within the three seconds that Slack gives.
func (w *workspace) deliver(kind string, payload any) {
	w.t.Helper()
	w.mu.Lock()
	id := w.stamp()
	err := w.socket.WriteJSON(map[string]any{"type": kind, "envelope_id": id, "payload": payload, "accepts_response_payload": true})
	w.mu.Unlock()
	if err != nil {
		w.t.Fatal(err)
	}
	w.acknowledged(id)
}

func (w *workspace) acknowledged(id string) {
	w.t.Helper()
	late := time.NewTimer(3 * time.Second)
	defer late.Stop()
	for {
		select {
		case got := <-w.acks:
			if got == id {
				return
			}
		case <-late.C:
			w.t.Fatal("not acknowledged within 3 s")
		}
	}
}

// responseURL is the address for the answers to a new command.
func (w *workspace) responseURL(channel string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := w.stamp()
	w.responses[id] = &command{channel: channel, user: person}
	return w.srv.URL + "/commands/" + id
}

// respond takes an answer at a response_url: five, and no token must come along.
func (w *workspace) respond(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, call{method: "response_url", form: url.Values{"body": {string(body)}}, header: r.Header})
	if early := w.answers["response_url"]; len(early) > 0 {
		w.answers["response_url"] = early[1:]
		early[0](rw)
		return
	}
	c := w.responses[r.PathValue("id")]
	if c == nil || c.uses == 5 {
		rw.WriteHeader(http.StatusNotFound)
		return
	}
	c.uses++
	var in struct {
		Text, ResponseType string
		Type               string          `json:"response_type"`
		Blocks             json.RawMessage `json:"blocks"`
		Thread             string          `json:"thread_ts"`
		Replace            bool            `json:"replace_original"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		w.t.Error(err)
	}
	if fault := overSize(in.Text, in.Blocks); fault != "" || in.Replace {
		w.t.Errorf("Slack would refuse the answer: %s", fault)
	}
	if w.upstream != "" && in.Type != "ephemeral" {
		// Slack itself posts what an app answers in the channel.
		_, err := request(w.upstream, "chat.postMessage", "Bearer "+w.botToken,
			url.Values{"channel": {c.channel}, "text": {in.Text}, "blocks": {string(in.Blocks)}, "thread_ts": {in.Thread}})
		if err != nil {
			w.t.Error(err)
		}
		return
	}
	w.messages = append(w.messages, &stored{Channel: c.channel, TS: w.stamp(), Thread: in.Thread, User: botUser, BotID: botID,
		Text: in.Text, Blocks: in.Blocks, private: in.Type == "ephemeral", raw: string(body)})
}

func (w *workspace) upload(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, fmt.Sprintf("%d bytes", len(body)))
	_, _ = io.WriteString(rw, "OK")
}

// say types a slash command.
func (w *workspace) say(channel, words string) {
	w.t.Helper()
	w.deliver("slash_commands", w.slash(channel, words))
}

func (w *workspace) slash(channel, words string) map[string]any {
	url := w.responseURL(channel)
	return map[string]any{"command": "/attribution", "text": escape(words), "channel_id": channel, "user_id": person,
		"user_name": "anna", "response_url": url, "trigger_id": url}
}

// pressed is the payload of a pressed button.
func (w *workspace) pressed(channel string, on chat.MessageID, actionID, value string) map[string]any {
	_, ts := parted(on, channel)
	w.mu.Lock()
	thread := ""
	for _, m := range w.messages {
		if m.TS == ts {
			thread = m.Thread
		}
	}
	w.mu.Unlock()
	url := w.responseURL(channel)
	return map[string]any{"type": "block_actions", "trigger_id": url, "response_url": url,
		"user": map[string]any{"id": person, "username": "anna", "name": "anna"}, "channel": map[string]any{"id": channel},
		"container": map[string]any{"type": "message", "message_ts": ts, "channel_id": channel, "thread_ts": thread},
		"actions":   []any{map[string]any{"action_id": actionID, "block_id": "b1", "type": "button", "value": value}}}
}

// made counts the calls of a method.
func (w *workspace) made(method string) []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []call
	for _, c := range w.calls {
		if c.method == method {
			out = append(out, c)
		}
	}
	return out
}
