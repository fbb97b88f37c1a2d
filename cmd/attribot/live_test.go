package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// matrixServer is a running homeserver with open registration;
// bot/chat/matrix/dendrite/run.sh starts one.
type matrixServer struct{ base string }

func newMatrixServer(t *testing.T) matrixServer {
	t.Helper()
	base := os.Getenv("ATTRIBOT_MATRIX_URL")
	if base == "" {
		t.Skip("ATTRIBOT_MATRIX_URL names no homeserver; sh bot/chat/matrix/dendrite/run.sh starts one")
	}
	s := matrixServer{base}
	await(t, "the homeserver", func() bool {
		resp, err := http.Get(base + "/_matrix/client/versions")
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return s
}

// account is a user of the homeserver.
type account struct {
	User  string `json:"user_id"`
	Token string `json:"access_token"`
}

func (s matrixServer) register(t *testing.T, name string) account {
	t.Helper()
	var a account
	s.call(t, account{}, http.MethodPost, "/register", map[string]any{"username": fmt.Sprintf("%s%d", name, time.Now().UnixNano()),
		"password": "a long password", "auth": map[string]string{"type": "m.login.dummy"}}, &a)
	return a
}

// call makes one request of the client-server API.
func (s matrixServer) call(t *testing.T, as account, method, path string, body, into any) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.base+"/_matrix/client/v3"+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if as.Token != "" {
		req.Header.Set("Authorization", "Bearer "+as.Token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d", method, path, resp.StatusCode)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// notices are the bodies of what the bot said in a room, newest first.
func (s matrixServer) notices(t *testing.T, as account, room string) []string {
	t.Helper()
	var page struct {
		Chunk []struct {
			Content struct {
				MsgType string `json:"msgtype"`
				Body    string `json:"body"`
			} `json:"content"`
		} `json:"chunk"`
	}
	s.call(t, as, http.MethodGet, "/rooms/"+url.PathEscape(room)+"/messages?dir=b&limit=100", nil, &page)
	var bodies []string
	for _, e := range page.Chunk {
		if e.Content.MsgType == "m.notice" {
			bodies = append(bodies, e.Content.Body)
		}
	}
	return bodies
}

// TestLiveWholeLineInAMatrixRoom runs the real program on the sample world and a
// real homeserver: it takes the invitation, posts alerts and the digest's like,
// and answers a look-up in the room.
func TestLiveWholeLineInAMatrixRoom(t *testing.T) {
	server := newMatrixServer(t)
	bot, anna := server.register(t, "bot"), server.register(t, "anna")
	var made struct {
		Room string `json:"room_id"`
	}
	server.call(t, anna, http.MethodPost, "/createRoom", map[string]any{"preset": "private_chat", "invite": []string{bot.User}}, &made)

	v := newVictim(t, sampleServer(t))
	text, err := os.ReadFile(v.config)
	if err != nil {
		t.Fatal(err)
	}
	matrix := fmt.Sprintf("[matrix]\nhomeserver = %q\nuser = %q\naccess_token_env = \"ATTRIBOT_TEST_MATRIX_TOKEN\"\nrooms = [%q]\ninviters = [%q]\n"+
		"[[subscription]]\nid = \"room\"\nto = \"matrix:%s\"\nwhen = \"at once\"\n", server.base, bot.User, made.Room, anna.User, made.Room)
	if err := os.WriteFile(v.config, append(text, matrix...), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ATTRIBOT_TEST_MATRIX_TOKEN", bot.Token)
	cmd, out := child(t, "run", "--config", v.config)
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil || t.Failed() {
			t.Logf("the bot ended: %v\n%s", err, tail(out.String()))
		}
		if strings.Contains(out.String(), bot.Token) {
			t.Error("the token stands in the bot's output")
		}
	}()
	heard := func(words string) func() bool {
		return func() bool { return strings.Contains(strings.Join(server.notices(t, anna, made.Room), "\n"), words) }
	}
	await(t, "an alert in the room", heard("Volt Typhoon"))
	var sent struct {
		Event string `json:"event_id"`
	}
	server.call(t, anna, http.MethodPut, "/rooms/"+url.PathEscape(made.Room)+"/send/m.room.message/1",
		map[string]string{"msgtype": "m.text", "body": "!attribution status"}, &sent)
	await(t, "an answer in the room", heard("statements"))
}

// await polls until done or patience ends.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for deadline := time.Now().Add(90 * time.Second); !done(); <-again.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s in vain", what)
		}
	}
}
