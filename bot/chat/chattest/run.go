package chattest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// patience is how long a test waits for a network to show something.
const patience = 20 * time.Second

// Run tests a network. make builds a fresh harness for every test; it may skip
// when the backend is missing.
func Run(t *testing.T, make func(t *testing.T) Harness) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.test(t, make(t)) })
	}
}

// cases are the situations, named as a person would tell them.
var cases = []struct {
	name string
	test func(*testing.T, Harness)
}{
	{"a post is seen", postIsSeen},
	{"the same key comes twice", sameKeyTwice},
	{"the same key comes from two hands at once", sameKeyAtOnce},
	{"two channels", twoChannels},
	{"a follow-up stands beneath its alert", followUp},
	{"an alert is brought up to date", edit},
	{"a follow-up is brought up to date", editInThread},
	{"a post that was never sent is absent", neverSent},
	{"the answer to a post is lost", answerLost},
	{"the answer to an edit is lost", editAnswerLost},
	{"the bot is killed after a post", killedAfterPost},
	{"the bot is stopped before a post", cancelled},
	{"hostile text is inert", hostile},
	{"a long message is parted and no entry torn", long},
	{"letters of every script", scripts},
	{"a command is answered", command},
	{"a command is answered in private", private},
	{"a silent answer", silent},
	{"an action is pressed", press},
	{"the bot does not answer itself", itself},
}

// out is a post with a headline.
func (h Harness) out(key, headline string, blocks ...message.Block) chat.Outgoing {
	return chat.Outgoing{Key: key, To: h.Channel, Message: message.Message{Headline: headline, Blocks: blocks}}
}

func post(t *testing.T, n chat.Network, out chat.Outgoing) chat.MessageID {
	t.Helper()
	id, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatalf("Post(%s) = %v", out.Key, err)
	}
	if id == "" {
		t.Fatalf("Post(%s) gives no message id", out.Key)
	}
	return id
}

// waitShown waits until the channel shows n messages that hold words, and
// returns them; more than n at any time is a failure.
func (h Harness) waitShown(t *testing.T, channel, words string, n int) []Shown {
	t.Helper()
	var found []Shown
	eventually(t, func() bool {
		found = holding(h.Shown(t, channel), words)
		return len(found) >= n
	}, func() string { return words + " is shown too few times in " + render(h.Shown(t, channel)) })
	if len(found) != n {
		t.Fatalf("%q is shown %d times, want %d:\n%s", words, len(found), n, render(found))
	}
	return found
}

func holding(all []Shown, words string) []Shown {
	var found []Shown
	for _, s := range all {
		if strings.Contains(s.Text, words) {
			found = append(found, s)
		}
	}
	return found
}

func render(all []Shown) string {
	var out strings.Builder
	for _, s := range all {
		out.WriteString("[" + string(s.ID) + " beneath " + string(s.Thread) + "] " + s.Text + "\n  raw: " + s.Raw + "\n")
	}
	return out.String()
}

// eventually looks again and again until done; a network answers when it likes.
func eventually(t *testing.T, done func() bool, complaint func() string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal(complaint())
		}
	}
}

// listen starts Listen with a handler that answers with reply, and gives the
// commands that came in.
func (h Harness) listen(t *testing.T, reply func(chat.Command) chat.Reply) *heard {
	t.Helper()
	in := &heard{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- h.Network.Listen(ctx, func(_ context.Context, cmd chat.Command) chat.Reply {
			in.add(cmd)
			return reply(cmd)
		})
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil && ctx.Err() == nil {
				t.Errorf("Listen = %v", err)
			}
		case <-time.After(patience):
			t.Error("Listen does not end with its context")
		}
	})
	if h.Ready != nil {
		h.Ready(t)
	}
	return in
}

// heard collects commands.
type heard struct {
	mu   sync.Mutex
	cmds []chat.Command
}

func (in *heard) add(cmd chat.Command) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.cmds = append(in.cmds, cmd)
}

func (in *heard) all() []chat.Command {
	in.mu.Lock()
	defer in.mu.Unlock()
	return append([]chat.Command(nil), in.cmds...)
}

func (in *heard) wait(t *testing.T, n int) []chat.Command {
	t.Helper()
	eventually(t, func() bool { return len(in.all()) >= n }, func() string { return "no command came in" })
	return in.all()
}
