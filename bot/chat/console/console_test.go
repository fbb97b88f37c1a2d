package console

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"
)

// screen is a terminal that a test reads: every post is one page.
type screen struct {
	mu    sync.Mutex
	pages []string
	outs  []chat.Outgoing
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = append(s.pages, string(p))
	return len(p), nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.pages, "")
}

// watched notes what is posted, so that a page can be given its id.
type watched struct {
	*Network
	screen *screen
}

func (w watched) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	w.screen.mu.Lock()
	w.screen.outs = append(w.screen.outs, out)
	w.screen.mu.Unlock()
	return w.Network.Post(ctx, out)
}

func TestConsolePassesTheSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness {
		s := &screen{}
		in, keys := io.Pipe()
		t.Cleanup(func() { _ = keys.Close() })
		o := Options{Out: s, In: in, Width: -1, Channel: "desk", Journal: filepath.Join(t.TempDir(), "journal")}
		reopen := func(t *testing.T) chat.Network {
			n, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = n.Close() })
			return watched{n, s}
		}
		say := func(t *testing.T, _, words string) {
			if _, err := io.WriteString(keys, words+"\n"); err != nil {
				t.Fatal(err)
			}
		}
		return chattest.Harness{
			Network: reopen(t), Channel: "desk", Other: "news", Say: say, Restart: reopen,
			Shown: func(_ *testing.T, channel string) []chattest.Shown { return s.shown(channel) },
			Press: func(t *testing.T, channel string, _ chat.MessageID, a message.Action) {
				number := regexp.MustCompile(a.ID + ` (\d+)`).FindStringSubmatch(s.String())
				if number == nil {
					t.Fatalf("no number is offered for %s in %s", a.ID, s)
				}
				say(t, channel, a.ID+" "+number[1])
			},
		}
	})
}

// linkPattern is an address behind the words that it belongs to, or on a line of
// its own beneath them.
var linkPattern = regexp.MustCompile(`(?m)(?: \(|^ +)(https?://[^ )\n]+)(?:\)|$)`)

// shown reads the pages as a person does. A page that no post accounts for is an
// answer.
func (s *screen) shown(channel string) []chattest.Shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []chattest.Shown
	for _, page := range s.pages {
		out, posted := s.source(page)
		m := chattest.Shown{ID: chat.MessageID(out.Key), Thread: out.Thread, Text: reading(page), Raw: page}
		for _, l := range linkPattern.FindAllStringSubmatch(page, -1) {
			m.Links = append(m.Links, l[1])
		}
		if out.Edit != "" {
			for i := range all {
				if all[i].ID == out.Edit {
					all[i].Text, all[i].Edited = m.Text, true
				}
			}
			continue
		}
		if !posted || out.To == channel {
			all = append(all, m)
		}
	}
	return all
}

// namedRoot is the line that names the alert of a follow-up.
var namedRoot = regexp.MustCompile(`  ↳ on: .*\n`)

// source is the post that a page shows.
func (s *screen) source(page string) (chat.Outgoing, bool) {
	page = namedRoot.ReplaceAllString(page, "")
	for _, out := range s.outs {
		edit := strings.HasPrefix(page, "  ~ ")
		if strings.Contains(page, message.Clean(out.Message).Headline+"\n") && edit == (out.Edit != "") {
			return out, true
		}
	}
	return chat.Outgoing{}, false
}

// reading is a page without its margin.
func reading(page string) string {
	var lines []string
	for l := range strings.Lines(page) {
		l = strings.TrimSpace(l)
		for _, mark := range []string{"■ ", "│ ", "- ", "~ updated: "} {
			l = strings.TrimPrefix(l, mark)
		}
		if !strings.HasPrefix(l, "↳ on: ") {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func open(t *testing.T, o Options) *Network {
	t.Helper()
	n, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

func say(t *testing.T, n *Network, out chat.Outgoing) {
	t.Helper()
	if _, err := n.Post(t.Context(), out); err != nil {
		t.Fatalf("Post(%s) = %v", out.Key, err)
	}
}

var story = []chat.Outgoing{
	{Key: "a", To: "main", Message: message.Message{
		Headline: "Mao Ning (China) rejects the claim that Volt Typhoon is run by the Chinese state",
		Blocks: []message.Block{
			message.P(message.T("Rebuttal by "), message.B("Mao Ning"), message.T(", foreign ministry spokesperson, China. Said on 14 October 2024.")),
			message.Q(message.T("the so-called \"Volt Typhoon\" is in fact an international ransomware group")),
			message.C(message.T("2 outlets, 1 independent origin: "), message.L("Xinhua", "https://xinhua.example/1")),
		}}},
	{Key: "b", To: "main", Thread: "a", Message: message.Message{Headline: "Also carried by Star Soft, now 2 outlets, 1 independent origin."}},
	{Key: "c", To: "main", Edit: "a", Message: message.Message{
		Headline: "Mao Ning (China) rejects the claim that Volt Typhoon is run by the Chinese state",
		Blocks:   []message.Block{message.C(message.T("Since then: asserted by Japan."))}}},
}

func TestAStoryOnTheScreen(t *testing.T) {
	s := &screen{}
	n := open(t, Options{Out: s, Width: 72})
	for _, out := range story {
		say(t, n, out)
	}
	want := `
■ Mao Ning (China) rejects the claim that Volt Typhoon is run by the
  Chinese state
  Rebuttal by Mao Ning, foreign ministry spokesperson, China. Said on 14
  October 2024.
  │ the so-called "Volt Typhoon" is in fact an international ransomware
  │ group
  2 outlets, 1 independent origin: Xinhua
    https://xinhua.example/1

  ↳ on: Mao Ning (China) rejects the claim that Volt Typhoon is run by
    the Chinese state
    Also carried by Star Soft, now 2 outlets, 1 independent origin.
  ~ updated: Mao Ning (China) rejects the claim that Volt Typhoon is run
    by the Chinese state
    Since then: asserted by Japan.
`
	if diff := cmp.Diff(want, s.String()); diff != "" {
		t.Errorf("the screen shows (-want +got):\n%s", diff)
	}
}

func TestColourOnlyWhenTold(t *testing.T) {
	for _, color := range []bool{false, true} {
		s := &screen{}
		n := open(t, Options{Out: s, Color: color})
		say(t, n, story[0])
		if got := strings.Contains(s.String(), "\x1b["); got != color {
			t.Errorf("with colour %v the screen holds escape codes: %v", color, got)
		}
	}
}

func TestNoActionsWhereNobodyTypes(t *testing.T) {
	s := &screen{}
	n := open(t, Options{Out: s})
	out := story[0]
	out.Message.Actions = []message.Action{{ID: "why", Value: "S1", Label: "Why?"}}
	say(t, n, out)
	if strings.Contains(s.String(), "answer:") {
		t.Errorf("actions are offered:\n%s", s)
	}
}

func TestJournalTornByAKillIsMended(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	first := open(t, Options{Out: &screen{}, Journal: path})
	say(t, first, story[0])
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	say(t, first, story[1])
	if err := os.Truncate(path, int64(len(whole))+20); err != nil {
		t.Fatal(err)
	}
	s := &screen{}
	n := open(t, Options{Out: s, Journal: path})
	for _, out := range story[:2] {
		say(t, n, out)
	}
	if strings.Contains(s.String(), "■") || strings.Count(s.String(), "Star Soft") != 1 {
		t.Errorf("after a torn journal the screen shows:\n%s", s)
	}
	if !strings.Contains(s.String(), "↳ on: Mao Ning") {
		t.Errorf("the alert of the run before is not named:\n%s", s)
	}
}

func TestJournalOfSomethingElseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	if err := os.WriteFile(path, []byte("{}\nnot a journal\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Out: io.Discard, Journal: path}); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("New = %v, want a fault that names line 2", err)
	}
}

func TestFilesAreSavedBesideEachOther(t *testing.T) {
	dir := t.TempDir()
	s := &screen{}
	n := open(t, Options{Out: s, Folder: dir})
	m := message.Message{Headline: "Export", Files: []message.File{{Name: "../../claims.csv", Data: []byte("id\n")}, {Name: "claims.csv", Data: []byte("id2\n")}}}
	n.Show(m)
	for name, want := range map[string]string{"claims.csv": "id\n", "claims-2.csv": "id2\n"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v, want %q", name, got, err, want)
		}
		if !strings.Contains(s.String(), filepath.Join(dir, name)) {
			t.Errorf("the path of %s is not told", name)
		}
	}
}

func TestTheBotsWordMayStandBeforeACommand(t *testing.T) {
	n := open(t, Options{Out: io.Discard})
	for line, want := range map[string]string{
		"/attribution volt typhoon": "volt typhoon", "!attribution help": "help", "latest": "latest",
		"/attribution": "", "!attributions": "!attributions", "why 3": "why 3",
	} {
		if cmd, _ := n.command(line); cmd.Text != want || cmd.Action != "" {
			t.Errorf("command(%q) = %+v, want the text %q", line, cmd, want)
		}
	}
}

func TestTooLongALineIsNoCommand(t *testing.T) {
	in := strings.NewReader(strings.Repeat("x", maxLine+1) + "\nhelp\n")
	n := open(t, Options{Out: io.Discard, In: in})
	var heard []string
	err := n.Listen(t.Context(), func(_ context.Context, cmd chat.Command) chat.Reply {
		heard = append(heard, cmd.Text)
		return chat.Reply{}
	})
	if err != nil || len(heard) != 1 || heard[0] != "help" {
		t.Errorf("heard %d commands, %v, want help alone", len(heard), err)
	}
}

func FuzzLineIsACommandWithoutPanic(f *testing.F) {
	f.Add("why 1")
	f.Add("/attribution \x00")
	n, err := New(Options{Out: io.Discard, In: strings.NewReader("")})
	if err != nil {
		f.Fatal(err)
	}
	n.Show(message.Message{Headline: "h", Actions: []message.Action{{ID: "why", Value: "S1"}}})
	f.Fuzz(func(t *testing.T, line string) {
		cmd, _ := n.command(line)
		if cmd.Action != "" && cmd.Value != "S1" {
			t.Errorf("%q presses %+v", line, cmd)
		}
	})
}
