package matrix

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// personAtClient is someone at a client of another make, in a process of its own.
type personAtClient struct {
	t    *testing.T
	todo io.Writer
	told chan told
	past []told
}

// told is an event as the person sees it.
type told struct {
	Ready, Encrypted, Failed             bool
	Sent, Event, Sender, Type, Kind      string
	Body, HTML, Relation, Target, Device string
	Mentions                             *struct {
		Users []string `json:"user_ids"`
		Room  bool     `json:"room"`
	}
	Shield *int
}

// clientFolder is the folder human with what npm installs there; human/run.sh
// sees to both.
func clientFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("ATTRIBOT_MATRIX_HUMAN")
	if folder == "" {
		t.Skip("ATTRIBOT_MATRIX_HUMAN names no folder with a person's client; sh bot/chat/matrix/human/run.sh installs one")
	}
	return folder
}

// atClient starts anna's client.
func atClient(t *testing.T, l *live) *personAtClient {
	t.Helper()
	folder := clientFolder(t)
	node := filepath.Join(folder, "node_modules", ".bin", "node")
	if exec.CommandContext(t.Context(), node, "--version").Run() != nil {
		node = "node"
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(folder, "human.mjs"))
	cmd.Env = append(os.Environ(), "HOMESERVER="+l.url, "USER="+string(l.anna.UserID), "PASSWORD=pass-"+l.anna.UserID.Localpart(), "ROOM="+l.room)
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
	p := &personAtClient{t: t, todo: in, told: make(chan told, 256)}
	go func() {
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var e told
			if json.Unmarshal(lines.Bytes(), &e) == nil {
				p.told <- e
			}
		}
		close(p.told)
	}()
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	p.sees("its client is ready", func(e told) bool { return e.Ready })
	return p
}

// does has the person do something, and gives the event's id.
func (p *personAtClient) does(todo map[string]string) string {
	p.t.Helper()
	b, err := json.Marshal(todo)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.todo.Write(append(b, '\n')); err != nil {
		p.t.Fatal(err)
	}
	return p.sees("what it sent", func(e told) bool { return e.Sent != "" }).Sent
}

// sees waits until the person sees something.
func (p *personAtClient) sees(what string, is func(told) bool) told {
	p.t.Helper()
	for i, e := range p.past {
		if is(e) {
			p.past = append(p.past[:i], p.past[i+1:]...)
			return e
		}
	}
	late := time.NewTimer(40 * time.Second)
	defer late.Stop()
	for {
		select {
		case e, open := <-p.told:
			if !open {
				p.t.Fatalf("the client has ended before the person saw %s", what)
			}
			if is(e) {
				return e
			}
			p.past = append(p.past, e)
		case <-late.C:
			p.t.Fatalf("the person does not see %s, but %+v", what, p.past)
		}
	}
}

// reads waits for a message of the bot's.
func (p *personAtClient) reads(words string) told {
	p.t.Helper()
	return p.sees(words, func(e told) bool { return e.Kind == "m.notice" && strings.Contains(e.Body, words) })
}

// unsignedDevice is the SDK's EventShieldReason.UNSIGNED_DEVICE.
const unsignedDevice = 2

// TestLiveHumanTalksWithTheBot is a talk in the room: a look-up, an alert, a
// follow-up, an edit, a reaction, the bot's restart in between.
func TestLiveHumanTalksWithTheBot(t *testing.T) {
	clientFolder(t)
	for _, sealed := range []bool{false, true} {
		name := map[bool]string{false: "plain", true: "encrypted"}[sealed]
		t.Run(name, func(t *testing.T) {
			l := newLive(t)
			l.change = append(l.change, func(o *Options) { o.Password = "pass-" + l.bot.UserID.Localpart() })
			if sealed && !l.network().crypt.able() {
				t.Skip("built without encryption: use -tags goolm")
			}
			if sealed {
				if _, err := l.anna.SendStateEvent(t.Context(), id.RoomID(l.room), event.StateEncryption, "",
					map[string]string{"algorithm": "m.megolm.v1.aes-sha2"}); err != nil {
					t.Fatal(err)
				}
			}
			talk(t, l, sealed)
		})
	}
}

func talk(t *testing.T, l *live, sealed bool) {
	cmds := make(chan chat.Command, 8)
	handle := func(_ context.Context, cmd chat.Command) chat.Reply {
		cmds <- cmd
		return chat.Reply{Message: message.Message{Headline: "answer to " + cmd.Text + cmd.Action}}
	}
	n := l.network()
	stop := l.listen(t, n, handle)
	l.join(t, l.room)
	anna := atClient(t, l)
	check := func(e told, what string) told {
		t.Helper()
		if e.Encrypted != sealed || e.Failed || e.Mentions == nil || e.Mentions.Room || len(e.Mentions.Users) > 0 {
			t.Errorf("%s is %+v", what, e)
		}
		if e.Shield != nil && *e.Shield == unsignedDevice {
			t.Errorf("%s comes from a device that its account has not signed", what)
		}
		return e
	}

	asked := anna.does(map[string]string{"say": "!attribution volt typhoon"})
	if e := check(anna.reads("answer to volt typhoon"), "the answer"); e.Relation != "m.thread" || e.Target != asked {
		t.Errorf("the answer is %+v, want it beneath %s", e, asked)
	}
	out := withActions("alert")
	out.To = l.room
	root, err := n.Post(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	alert := check(anna.reads("the alert"), "the alert")
	if in(id.RoomID(l.room), id.EventID(alert.Event)) != root {
		t.Errorf("anna sees the alert as %s, the bot as %s", alert.Event, root)
	}
	stop()
	n = l.network() // the bot is started again
	stop = l.listen(t, n, handle)
	defer stop()

	follow := chat.Outgoing{Key: "follow", To: l.room, Thread: root, Message: message.Message{Headline: "another outlet"}}
	if _, err := n.Post(t.Context(), follow); err != nil {
		t.Fatal(err)
	}
	if e := check(anna.reads("another outlet"), "the follow-up"); e.Relation != "m.thread" || e.Target != alert.Event {
		t.Errorf("the follow-up is %+v", e)
	}
	edit := chat.Outgoing{Key: "edit", To: l.room, Edit: root, Message: message.Message{Headline: "the alert, now denied", Actions: out.Message.Actions}}
	if _, err := n.Post(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if e := check(anna.reads("now denied"), "the edit"); e.Relation != "m.replace" || e.Target != alert.Event {
		t.Errorf("the edit is %+v", e)
	}
	anna.does(map[string]string{"react": "✅", "event": alert.Event})
	check(anna.reads("answer to right"), "the answer to the reaction")
	anna.does(map[string]string{"say": "!attribution after the restart", "thread": alert.Event})
	if e := check(anna.reads("answer to after the restart"), "the answer in the thread"); e.Target != alert.Event {
		t.Errorf("the answer is %+v", e)
	}
	var got []string
	for range 3 {
		cmd := <-cmds
		got = append(got, cmd.Text+cmd.Action)
	}
	if want := "volt typhoon, right, after the restart"; strings.Join(got, ", ") != want {
		t.Errorf("the bot heard %q, want %s", got, want)
	}
}
