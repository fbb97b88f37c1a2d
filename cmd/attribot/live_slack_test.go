package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
)

// The tokens of the emulated workspace (bot/chat/slack/emulate/seed.mjs).
const (
	emulatedBot    = "xoxb-attribot"
	emulatedPerson = "xoxp-anna"
)

// slackServer is an emulated Slack; bot/chat/slack/emulate/run.sh starts one.
type slackServer struct{ base string }

// ask calls a web method as a person.
func (s slackServer) ask(t *testing.T, method string, form url.Values, into any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/api/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+emulatedPerson)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
}

// slackMessage is a message as a reader of the channel gets it.
type slackMessage struct {
	Text    string `json:"text"`
	User    string `json:"user"`
	Replies int    `json:"reply_count"`
}

// TestLiveWholeLineInASlackChannel runs the real program on the sample world and
// an emulated Slack: alerts, what goes beneath them, and a second run that says
// nothing twice.
func TestLiveWholeLineInASlackChannel(t *testing.T) {
	server := slackServer{os.Getenv("ATTRIBOT_SLACK_URL")}
	if server.base == "" {
		t.Skip("ATTRIBOT_SLACK_URL names no emulated Slack; sh bot/chat/slack/emulate/run.sh starts one")
	}
	await(t, "the emulated Slack", func() bool {
		resp, err := http.Get(server.base)
		if err == nil {
			_ = resp.Body.Close()
		}
		return err == nil
	})
	var made struct {
		OK      bool   `json:"ok"`
		Error   string `json:"error"`
		Channel struct {
			ID string `json:"id"`
		} `json:"channel"`
	}
	server.ask(t, "conversations.create", url.Values{"name": {fmt.Sprintf("cyber-%d", os.Getpid())}}, &made)
	if !made.OK {
		t.Fatalf("make channel: %s", made.Error)
	}
	channel := made.Channel.ID
	server.ask(t, "conversations.invite", url.Values{"channel": {channel}, "users": {"U0ATTRIBOT"}}, &made)

	v := newVictim(t, sampleServer(t))
	text, err := os.ReadFile(v.config)
	if err != nil {
		t.Fatal(err)
	}
	slack := fmt.Sprintf("[slack]\nbot_token_env = \"ATTRIBOT_TEST_SLACK_BOT\"\napp_token_env = \"ATTRIBOT_TEST_SLACK_APP\"\napi_url = %q\n"+
		"[[subscription]]\nid = \"desk\"\nto = \"slack:%s\"\nwhen = \"at once\"\n", server.base+"/api/", channel)
	if err := os.WriteFile(v.config, append(text, slack...), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ATTRIBOT_TEST_SLACK_BOT", emulatedBot)
	t.Setenv("ATTRIBOT_TEST_SLACK_APP", "xapp-1-test")
	first := onceSummary(t, v.config)
	said := server.history(t, channel)
	if first.Waiting > 0 || len(said) == 0 {
		t.Fatalf("%d posts wait, %d messages in the channel: %+v", first.Waiting, len(said), first)
	}
	if all := fmt.Sprint(said); !strings.Contains(all, "Volt Typhoon") || strings.Contains(all, "<!channel>") {
		t.Errorf("the channel shows %s", all)
	}
	if !slices.ContainsFunc(said, func(m slackMessage) bool { return m.Replies > 0 }) {
		t.Error("nothing stands beneath an alert")
	}
	onceSummary(t, v.config)
	if again := server.history(t, channel); len(again) != len(said) {
		t.Errorf("a second run makes %d messages of %d", len(again), len(said))
	}
}

// history are the channel's messages, those of the bot alone.
func (s slackServer) history(t *testing.T, channel string) []slackMessage {
	t.Helper()
	var page struct {
		Messages []slackMessage `json:"messages"`
	}
	s.ask(t, "conversations.history", url.Values{"channel": {channel}, "limit": {"200"}}, &page)
	var said []slackMessage
	for _, m := range page.Messages {
		if m.User == "U0ATTRIBOT" {
			said = append(said, m)
		}
	}
	return said
}
