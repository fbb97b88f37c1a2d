package chattest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"attribot/bot/chat"
	"attribot/bot/message"
)

func postIsSeen(t *testing.T, h Harness) {
	id := post(t, h.Network, h.out("k1", "China denies it is behind Volt Typhoon",
		message.Q(message.T("“a ransomware group”")),
		message.C(message.L("Xinhua", "https://example.org/a?b=1&c=2"))))
	s := h.waitShown(t, h.Channel, "China denies it is behind Volt Typhoon", 1)[0]
	if s.ID != id || s.Thread != "" || s.Private || s.Edited {
		t.Errorf("shown as %+v, want id %s in the channel itself", s, id)
	}
	for _, words := range []string{"“a ransomware group”", "Xinhua"} {
		if !strings.Contains(s.Text, words) {
			t.Errorf("%q is not shown in %s", words, s.Text)
		}
	}
	if len(s.Links) != 1 || s.Links[0] != "https://example.org/a?b=1&c=2" {
		t.Errorf("links %q, want the source's alone", s.Links)
	}
	if len(s.Pings) > 0 {
		t.Errorf("pings %q, want none", s.Pings)
	}
}

func sameKeyTwice(t *testing.T, h Harness) {
	first := post(t, h.Network, h.out("k1", "said once"))
	second := post(t, h.Network, h.out("k1", "said once"))
	if first != second {
		t.Errorf("the same key gives ids %s and %s", first, second)
	}
	post(t, h.Network, h.out("k2", "said after"))
	h.waitShown(t, h.Channel, "said after", 1)
	h.waitShown(t, h.Channel, "said once", 1)
}

func sameKeyAtOnce(t *testing.T, h Harness) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { _, _ = h.Network.Post(t.Context(), h.out("k1", "said once")) })
	}
	all.Wait()
	post(t, h.Network, h.out("k2", "said after"))
	h.waitShown(t, h.Channel, "said after", 1)
	h.waitShown(t, h.Channel, "said once", 1)
}

func twoChannels(t *testing.T, h Harness) {
	if h.Other == "" {
		t.Skip("the backend has one channel")
	}
	post(t, h.Network, h.out("k1", "for the first"))
	other := h.out("k2", "for the second")
	other.To = h.Other
	post(t, h.Network, other)
	h.waitShown(t, h.Channel, "for the first", 1)
	h.waitShown(t, h.Other, "for the second", 1)
	if got := holding(h.Shown(t, h.Channel), "for the second"); len(got) > 0 {
		t.Errorf("the other channel's post stands here: %s", render(got))
	}
}

func followUp(t *testing.T, h Harness) {
	root := post(t, h.Network, h.out("k1", "the alert"))
	reply := h.out("k2", "another outlet carries it")
	reply.Thread = root
	id := post(t, h.Network, reply)
	s := h.waitShown(t, h.Channel, "another outlet carries it", 1)[0]
	if s.ID != id || s.Thread != root {
		t.Errorf("follow-up %s stands beneath %q, want %q", s.ID, s.Thread, root)
	}
}

func edit(t *testing.T, h Harness) {
	id := post(t, h.Network, h.out("k1", "the alert"))
	for i, words := range []string{"the alert, now with a denial", "the alert, now with two denials"} {
		out := h.out(fmt.Sprintf("k1/%d", i+1), words)
		out.Edit = id
		if got := post(t, h.Network, out); got == "" {
			t.Error("an edit gives no id")
		}
	}
	s := h.waitShown(t, h.Channel, "now with two denials", 1)[0]
	if s.ID != id || s.Thread != "" {
		t.Errorf("the edit stands as %s beneath %q, want it in place of %s", s.ID, s.Thread, id)
	}
	if n := len(holding(h.Shown(t, h.Channel), "the alert")); n != 1 {
		t.Errorf("the alert is shown %d times, want once", n)
	}
}

func editInThread(t *testing.T, h Harness) {
	root := post(t, h.Network, h.out("k1", "the alert"))
	reply := h.out("k2", "first follow-up")
	reply.Thread = root
	id := post(t, h.Network, reply)
	again := h.out("k3", "mended follow-up")
	again.Thread, again.Edit = root, id
	post(t, h.Network, again)
	s := h.waitShown(t, h.Channel, "mended follow-up", 1)[0]
	if s.ID != id || s.Thread != root {
		t.Errorf("the edit stands as %s beneath %q, want %s beneath %s", s.ID, s.Thread, id, root)
	}
}

func neverSent(t *testing.T, h Harness) {
	post(t, h.Network, h.out("k1", "another post"))
	if id, err := h.Network.Find(t.Context(), h.out("k2", "never sent")); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find = %q, %v, want ErrAbsent", id, err)
	}
}

func answerLost(t *testing.T, h Harness) {
	if h.Lose == nil {
		t.Skip("the backend cannot lose an answer")
	}
	root := post(t, h.Network, h.out("k1", "the alert"))
	for _, thread := range []chat.MessageID{"", root} {
		out := h.out("k2/"+string(thread), "perhaps said")
		out.Thread = thread
		settle(t, h, out)
	}
	h.waitShown(t, h.Channel, "perhaps said", 2)
}

func editAnswerLost(t *testing.T, h Harness) {
	if h.Lose == nil {
		t.Skip("the backend cannot lose an answer")
	}
	out := h.out("k2", "the alert brought up to date")
	out.Edit = post(t, h.Network, h.out("k1", "the alert"))
	settle(t, h, out)
	h.waitShown(t, h.Channel, "the alert brought up to date", 1)
}

// settle loses the answer to a post and does what a deliverer does then.
func settle(t *testing.T, h Harness, out chat.Outgoing) {
	t.Helper()
	h.Lose(t)
	_, err := h.Network.Post(t.Context(), out)
	if fault, ok := errors.AsType[*chat.Error](err); !ok || fault.Outcome != chat.Unknown {
		t.Fatalf("Post whose answer is lost = %v, want an *Error of unknown outcome", err)
	}
	id, err := h.Network.Find(t.Context(), out)
	if errors.Is(err, chat.ErrAbsent) { // an edit may be repeated, it changes nothing
		id, err = h.Network.Post(t.Context(), out)
	}
	if err != nil || id == "" {
		t.Fatalf("Find = %q, %v, want the post's id", id, err)
	}
}

func killedAfterPost(t *testing.T, h Harness) {
	if h.Restart == nil {
		t.Skip("the backend cannot restart")
	}
	out := h.out("k1", "said before the kill")
	first := post(t, h.Network, out)
	n := h.Restart(t)
	second, err := n.Find(t.Context(), out)
	if err != nil || second != first {
		t.Fatalf("Find after a restart = %q, %v, want %q", second, err, first)
	}
	if _, err := n.Find(t.Context(), h.out("k2", "never said")); !errors.Is(err, chat.ErrAbsent) {
		t.Errorf("Find of a post never sent = %v, want ErrAbsent", err)
	}
	post(t, n, h.out("k3", "said after the kill"))
	h.waitShown(t, h.Channel, "said after the kill", 1)
	h.waitShown(t, h.Channel, "said before the kill", 1)
}

func cancelled(t *testing.T, h Harness) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Network.Post(ctx, h.out("k1", "too late"))
	if fault, ok := errors.AsType[*chat.Error](err); !ok || fault.Outcome == chat.Refused {
		t.Errorf("Post with an ended context = %v, want an *Error that is not refused", err)
	}
}
