package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"
)

// listening runs Listen for the length of a test.
func listening(t *testing.T, w *workspace, n *Network, handle chat.Handler) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- n.Listen(ctx, handle) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			err = <-done
		})
		return err
	}
	t.Cleanup(func() { _ = stop() })
	if w != nil && n.o.AppToken != "" {
		<-w.connected
	}
	return stop
}

// until looks again and again until done.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func said(headline string, private bool) chat.Reply {
	return chat.Reply{Private: private, Message: message.Message{Headline: headline}}
}

// reading are the messages of the channel with these words.
func reading(w *workspace, words string) []chattest.Shown {
	var out []chattest.Shown
	for _, s := range w.screenOf(alerts) {
		if strings.Contains(s.Text, words) {
			out = append(out, s)
		}
	}
	return out
}

func TestSlowWorkIsAcknowledgedAtOnce(t *testing.T) {
	w := newWorkspace(t)
	release := make(chan struct{})
	listening(t, w, w.network(), func(context.Context, chat.Command) chat.Reply {
		<-release
		return said("done", true)
	})
	for range 3 {
		w.say(alerts, "look long") // fails when it is not acknowledged within 3 s
	}
	close(release)
	until(t, "the answers", func() bool { return len(reading(w, "done")) == 3 })
}

func TestPrivateAnswerIsSeenByTheAskerAlone(t *testing.T) {
	w := newWorkspace(t)
	listening(t, w, w.network(), func(_ context.Context, cmd chat.Command) chat.Reply {
		return said("answer "+cmd.Text, cmd.Text == "private")
	})
	w.say(alerts, "private")
	w.say(alerts, "public")
	until(t, "the answers", func() bool { return len(reading(w, "answer")) == 2 })
	for _, s := range reading(w, "answer") {
		if s.Private != strings.Contains(s.Text, "private") {
			t.Errorf("%q is private: %t", s.Text, s.Private)
		}
	}
}

func TestTokenDoesNotGoToTheAnswersAddress(t *testing.T) {
	w := newWorkspace(t)
	n := w.network(func(o *Options) { o.APIURL = strings.Replace(w.srv.URL, "127.0.0.1", "localhost", 1) + "/api/" })
	listening(t, w, n, func(context.Context, chat.Command) chat.Reply { return said("answer", true) })
	w.say(alerts, "x")
	until(t, "the answer", func() bool { return len(w.made("response_url")) == 1 })
	if got := w.made("response_url")[0].header.Get("Authorization"); got != "" {
		t.Errorf("the answer's address was given %q", got)
	}
}

func TestAnswerWaitsOutARateLimit(t *testing.T) {
	w := newWorkspace(t)
	w.next("response_url", status(http.StatusTooManyRequests, "Retry-After", "9"))
	n := w.network()
	var waits []time.Duration
	n.wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	stop := listening(t, w, n, func(context.Context, chat.Command) chat.Reply { return said("answer", false) })
	w.say(alerts, "x")
	until(t, "the answer", func() bool { return len(reading(w, "answer")) == 1 })
	_ = stop()
	if len(waits) != 1 || waits[0] != 9*time.Second {
		t.Errorf("waited %v, want 9 s once", waits)
	}
}

func TestAnswerWhoseAddressHasRunOutIsAMessage(t *testing.T) {
	for _, private := range []bool{true, false} {
		w := newWorkspace(t)
		w.next("response_url", status(http.StatusNotFound))
		listening(t, w, w.network(), func(context.Context, chat.Command) chat.Reply { return said("answer", private) })
		w.say(alerts, "x")
		until(t, "the answer", func() bool { return len(reading(w, "answer")) == 1 })
		if s := reading(w, "answer")[0]; s.Private != private {
			t.Errorf("the answer is private: %t, want %t", s.Private, private)
		}
	}
}

func TestAnswerOfManyPagesUsesTheAddressFiveTimes(t *testing.T) {
	w := newWorkspace(t)
	m := message.Message{Headline: "export"}
	for i := range 320 {
		m.Blocks = append(m.Blocks, message.P(message.T(fmt.Sprintf("row %03d", i))))
	}
	listening(t, w, w.network(), func(context.Context, chat.Command) chat.Reply { return chat.Reply{Message: m, Private: true} })
	w.say(alerts, "export")
	until(t, "the last page", func() bool { return len(reading(w, "row 319")) == 1 })
	if n := len(w.made("response_url")); n != maxAnswers {
		t.Errorf("the address was used %d times, want %d", n, maxAnswers)
	}
}

func TestDeliveredTwiceIsHandledOnce(t *testing.T) {
	w := newWorkspace(t)
	listening(t, w, w.network(), func(_ context.Context, cmd chat.Command) chat.Reply { return said("answer "+cmd.Text, true) })
	payload := w.slash(alerts, "one")
	w.deliver("slash_commands", payload)
	w.deliver("slash_commands", payload)
	w.say(alerts, "two")
	until(t, "the answer", func() bool { return len(reading(w, "answer two")) == 1 })
	if n := len(reading(w, "answer one")); n != 1 {
		t.Errorf("answered %d times", n)
	}
}

func TestSocketThatSlackClosesIsOpenedAnew(t *testing.T) {
	w := newWorkspace(t)
	listening(t, w, w.network(), func(_ context.Context, cmd chat.Command) chat.Reply { return said("answer "+cmd.Text, true) })
	w.mu.Lock()
	_ = w.socket.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
	w.mu.Unlock()
	<-w.connected
	w.say(alerts, "after the refresh")
	until(t, "the answer", func() bool { return len(reading(w, "answer after")) == 1 })
}

func TestWrongAppTokenEndsListenWithAdvice(t *testing.T) {
	w := newWorkspace(t)
	w.next("apps.connections.open", refusal("invalid_auth"))
	err := w.network().Listen(t.Context(), func(context.Context, chat.Command) chat.Reply { return chat.Reply{} })
	if e := failure(t, err); e.Outcome != chat.Refused || !strings.Contains(e.Advice, "xapp-") {
		t.Errorf("Listen = %+v", e)
	}
}

func TestSecondListenIsRefused(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	listening(t, w, n, func(context.Context, chat.Command) chat.Reply { return chat.Reply{} })
	if err := n.Listen(t.Context(), nil); err == nil {
		t.Error("a second Listen runs beside the first")
	}
}

func TestForeignSlashCommandIsAcknowledgedOnly(t *testing.T) {
	w := newWorkspace(t)
	listening(t, w, w.network(func(o *Options) { o.Command = "claims" }), func(_ context.Context, cmd chat.Command) chat.Reply {
		return said("answer "+cmd.Text, true)
	})
	w.say(alerts, "for another command")
	mine := w.slash(alerts, "mine")
	mine["command"] = "/claims"
	w.deliver("slash_commands", mine)
	until(t, "the answer", func() bool { return len(reading(w, "answer mine")) == 1 })
	if n := len(reading(w, "for another")); n != 0 {
		t.Error("a foreign command was answered")
	}
}

func TestPublicAnswerToAButtonStandsBeneathItsMessage(t *testing.T) {
	w := newWorkspace(t)
	n := w.network()
	var got chat.Command
	stop := listening(t, w, n, func(_ context.Context, cmd chat.Command) chat.Reply {
		got = cmd
		return said("the timeline", false)
	})
	out := outgoing("k1", "the alert")
	out.Message.Actions = []message.Action{{ID: "timeline", Value: "C3", Label: "Timeline"}}
	root, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	id, value := w.button(root, "Timeline")
	w.deliver("interactive", w.pressed(alerts, root, id, value))
	until(t, "the answer", func() bool { return len(reading(w, "the timeline")) == 1 })
	if s := reading(w, "the timeline")[0]; s.Thread != root || s.Private {
		t.Errorf("the answer stands beneath %q, want %q", s.Thread, root)
	}
	_ = stop()
	if got.Action != "timeline" || got.Value != "C3" || got.Message != root || got.Name != "anna" {
		t.Errorf("the command is %+v", got)
	}
}

func TestButtonInAThreadIsAnsweredInIt(t *testing.T) {
	for _, private := range []bool{true, false} {
		w := newWorkspace(t)
		n := w.network()
		var got chat.Command
		stop := listening(t, w, n, func(_ context.Context, cmd chat.Command) chat.Reply {
			got = cmd
			return said("answer", private)
		})
		root, err := n.Post(t.Context(), outgoing("k1", "the alert"))
		if err != nil {
			t.Fatal(err)
		}
		out := outgoing("k2", "a follow-up")
		out.Thread, out.Message.Actions = root, []message.Action{{ID: "why", Value: "S12", Label: "Why?"}}
		id, err := n.Post(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		action, value := w.button(id, "Why?")
		w.deliver("interactive", w.pressed(alerts, id, action, value))
		until(t, "the answer", func() bool { return len(reading(w, "answer")) == 1 })
		if s := reading(w, "answer")[0]; s.Thread != root || s.Private != private {
			t.Errorf("the answer stands beneath %q, private %t, want %q", s.Thread, s.Private, root)
		}
		_ = stop()
		if got.Thread != root || got.Message != id {
			t.Errorf("the command is %+v", got)
		}
	}
}

func TestFileForTheAskerAloneGoesToTheirDirectMessages(t *testing.T) {
	w := newWorkspace(t)
	m := message.Message{Headline: "the export", Files: []message.File{{Name: "x.csv", Data: []byte("a,b")}}}
	listening(t, w, w.network(), func(_ context.Context, cmd chat.Command) chat.Reply {
		return chat.Reply{Message: m, Private: cmd.Text == "private"}
	})
	for words, channel := range map[string]string{"private": "D" + person + " ", "public": alerts + " "} {
		w.mu.Lock()
		w.files = nil
		w.mu.Unlock()
		w.say(alerts, words)
		until(t, "the file", func() bool {
			w.mu.Lock()
			defer w.mu.Unlock()
			return len(w.files) == 2 && strings.HasPrefix(w.files[1], channel)
		})
	}
}

func TestListenEndsWhileWorkIsOpen(t *testing.T) {
	w := newWorkspace(t)
	begun := make(chan struct{})
	stop := listening(t, w, w.network(), func(ctx context.Context, _ chat.Command) chat.Reply {
		close(begun)
		<-ctx.Done()
		return said("too late", true)
	})
	w.say(alerts, "x")
	<-begun
	if err := stop(); err != nil {
		t.Errorf("Listen = %v", err)
	}
}

func TestAnswersAddressStaysOutOfTheLog(t *testing.T) {
	w := newWorkspace(t)
	var log strings.Builder
	n := w.network(func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	w.next("response_url", hangUp)
	stop := listening(t, w, n, func(context.Context, chat.Command) chat.Reply { return said("answer", true) })
	w.say(alerts, "x")
	until(t, "the answer", func() bool { return len(reading(w, "answer")) == 1 })
	_ = stop()
	for _, secret := range []string{"/commands/", "xoxb-test", "xapp-test"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q: %s", secret, log.String())
		}
	}
}
