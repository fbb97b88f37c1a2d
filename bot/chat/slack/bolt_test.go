package slack

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// heard is what the app built with Slack's framework tells.
type heard struct {
	Ready                                 bool
	Command, Action, Value, User, Channel string
}

// TestBoltTakesTheFakeForSlack holds that the fake of these tests speaks as Slack
// does: an app built with Slack's own framework works on it.
func TestBoltTakesTheFakeForSlack(t *testing.T) {
	folder := os.Getenv("ATTRIBOT_SLACK_BOLT")
	if folder == "" {
		t.Skip("ATTRIBOT_SLACK_BOLT names no folder with Slack's framework; sh bot/chat/slack/bolt/run.sh installs it")
	}
	w := newWorkspace(t)
	node := filepath.Join(folder, "node_modules", ".bin", "node")
	if exec.CommandContext(t.Context(), node, "--version").Run() != nil {
		node = "node"
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(folder, "bolt.mjs"))
	cmd.Env = append(os.Environ(), "SLACK_API_URL="+w.srv.URL+"/api/", "BOT_TOKEN=xoxb-test", "APP_TOKEN=xapp-test")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	told := make(chan heard, 8)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var h heard
			if json.Unmarshal(lines.Bytes(), &h) == nil {
				told <- h
			}
		}
		close(told)
	}()
	next := func() heard {
		t.Helper()
		late := time.NewTimer(30 * time.Second)
		defer late.Stop()
		select {
		case h := <-told:
			return h
		case <-late.C:
			t.Fatal("the app says nothing")
		}
		return heard{}
	}
	if !next().Ready {
		t.Fatal("the app does not start")
	}
	<-w.connected
	w.say(alerts, "volt typhoon & more")
	if h := next(); h.Command != "volt typhoon &amp; more" || h.User != person || h.Channel != alerts {
		t.Errorf("the app heard %+v", h)
	}
	until(t, "the app's answer", func() bool { return len(reading(w, "bolt heard volt typhoon")) == 1 })
	if s := reading(w, "bolt heard")[0]; !s.Private {
		t.Error("the answer is not private")
	}
	w.deliver("interactive", w.pressed(alerts, at(alerts, "1.1"), "why#1", "S12"))
	if h := next(); h.Action != "why#1" || h.Value != "S12" || h.User != person {
		t.Errorf("the app heard %+v", h)
	}
	until(t, "the app's answer", func() bool { return len(reading(w, "bolt pressed S12")) == 1 })
}
