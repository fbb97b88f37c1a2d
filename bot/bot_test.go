package bot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"attribot/bot/bottest"
	"attribot/bot/chat"
	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

var update = flag.Bool("update", false, "write the answers into the conversations")

// room is a world with a bot in it.
type room struct {
	*bottest.World
	bot  *Bot
	user string
	net  string
	last message.Message
}

// aliases stand for the lexicon.
func aliases(name string) (statement.Actor, bool) {
	switch strings.ToLower(name) {
	case "volt typhoon", "bronze silhouette", "vanguard panda", "volt-typhoon":
		return statement.Actor{ID: "volt-typhoon", Name: "Volt Typhoon"}, true
	case "lazarus group", "hidden cobra":
		return statement.Actor{ID: "lazarus", Name: "Lazarus Group"}, true
	}
	return statement.Actor{}, false
}

// book stands for the poller's sources.
type book struct{ changes []string }

func (b *book) List() []Source {
	return []Source{{ID: "xinhua", Name: "Xinhua", URL: "https://xinhua.example/rss"}, {ID: "reuters", Name: "Reuters", Paused: true}}
}

func (b *book) Change(_ context.Context, verb, what, by string) (string, error) {
	if what == "nowhere" {
		return "", errors.New("no such source")
	}
	b.changes = append(b.changes, verb+" "+what+" "+by)
	return "Done: " + verb + " " + what + ".", nil
}

func (b *book) Test(_ context.Context, what string) ([]string, error) {
	return []string{"It is a feed of 20 items.", "2 of them hold statements."}, nil
}

func newRoom(t testing.TB, o Options) *room {
	t.Helper()
	r := &room{World: bottest.New(t), user: "ana", net: "test"}
	o.Store, o.Now = r.Store, r.Now
	if o.Actor == nil {
		o.Actor = aliases
	}
	r.bot = New(o)
	return r
}

// fill puts a few true events on record.
func (r *room) fill() {
	r.Claim("Volt Typhoon is run by the Chinese state.", bottest.China, "volt typhoon")
	r.Claim("US agencies plant foreign-language strings in malware to frame others.", bottest.US, "strings")
	r.Set(time.Date(2023, 5, 24, 18, 0, 0, 0, time.UTC))
	r.Read("a1", "Reuters", r.Say(bottest.Microsoft, statement.Attribute, bottest.China, "Volt Typhoon, a state-sponsored actor based in China"))
	r.Set(time.Date(2023, 5, 25, 9, 0, 0, 0, time.UTC))
	r.Read("a2", "Xinhua", r.Say(bottest.MaoNing, statement.Rebut, bottest.China, "the report on Volt Typhoon is a collective disinformation campaign"))
	r.Set(time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC))
	brief := r.Say(bottest.MaoNing, statement.Deny, bottest.China, "the so-called Volt Typhoon is in fact an international ransomware group")
	charge := r.Say(bottest.MaoNing, statement.CounterAccuse, bottest.US, "it inserted strings in other languages to frame other countries")
	brief.Venue, charge.Venue = "daily press briefing", "daily press briefing"
	r.Read("a3", "Xinhua", brief, charge)
	r.Read("a4", "Star Soft", brief, charge)
	r.Set(time.Date(2024, 10, 15, 8, 0, 0, 0, time.UTC))
	bear := r.Say(bottest.Japan, statement.Condemn, bottest.Russia, "Russia's APT28 attacked the ministries of its neighbours")
	bear.Actors = []statement.Actor{{ID: "apt28", Name: "APT28"}}
	r.Read("a5", "BBC", bear)
	r.Ill("reuters", "The server answers 503.", "It is tried again in an hour.")
}

func (r *room) command(text string) chat.Command {
	cmd := chat.Command{Network: r.net, Channel: "desk", User: r.user, Text: text, At: r.Now()}
	if id, value, ok := strings.Cut(text, "!"); ok && id == "press " {
		cmd.Text = ""
		cmd.Action, cmd.Value, _ = strings.Cut(value, " ")
	}
	return cmd
}

func (r *room) ask(text string) chat.Reply {
	reply := r.bot.Answer(context.Background(), r.command(text))
	r.last = reply.Message
	return reply
}

// page is a reply as a person sees it.
func page(reply chat.Reply) string {
	var out strings.Builder
	out.WriteString(message.Text(reply.Message))
	for _, a := range reply.Message.Actions {
		fmt.Fprintf(&out, "\n[%s: %s %s]", a.Label, a.ID, a.Value)
	}
	for _, f := range reply.Message.Files {
		fmt.Fprintf(&out, "\n[file %s]", f.Name)
		if strings.HasPrefix(f.Type, "text/") {
			out.WriteString("\n" + strings.TrimRight(string(f.Data), "\n"))
		}
	}
	return out.String()
}

// TestConversations plays each file: lines that begin with "$ " are typed, "@name"
// and "@network:name" change who types, "+2h" lets time pass; what stands between
// them is what the bot answers.
func TestConversations(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { conversation(t, f) })
	}
}

func conversation(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := newRoom(t, Options{Sources: &book{}, Word: "/attribution", Version: "1.2.3",
		Rights: Rights{Curate: []string{"test:cem"}, Operate: []string{"test:oda"}}})
	if !strings.Contains(string(ar.Comment), "empty store") {
		r.fill()
	}
	var got strings.Builder
	for line := range strings.Lines(string(ar.Files[0].Data)) {
		r.play(t, strings.TrimSuffix(line, "\n"), &got)
	}
	if *update {
		ar.Files[0].Data = []byte(got.String())
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(ar.Files[0].Data), got.String()); diff != "" {
		t.Errorf("the conversation goes otherwise (-want +got):\n%s", diff)
	}
}

func (r *room) play(t *testing.T, line string, got *strings.Builder) {
	switch {
	case strings.HasPrefix(line, "$ "):
		reply := r.ask(line[2:])
		text := page(reply)
		if reply.Private {
			text = "(to you alone) " + text
		}
		fmt.Fprintf(got, "%s\n%s\n\n", line, text)
	case strings.HasPrefix(line, "@"):
		r.user = line[1:]
		r.net = "test"
		if network, user, ok := strings.Cut(r.user, ":"); ok {
			r.net, r.user = network, user
		}
		fmt.Fprintln(got, line)
	case strings.HasPrefix(line, "+"):
		by, err := time.ParseDuration(line[1:])
		if err != nil {
			t.Fatal(err)
		}
		r.Move(by)
		fmt.Fprintln(got, line)
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	for _, k := range commands() {
		reply := r.ask("help " + k.name)
		if !strings.Contains(reply.Message.Headline, k.about) {
			t.Errorf("help %s says %q", k.name, reply.Message.Headline)
		}
		for _, ex := range k.more {
			got, _, ok := find(ex)
			if !ok || got.name != k.name {
				t.Errorf("the example %q of %s is read as %q", ex, k.name, got.name)
			}
		}
	}
}

func TestTooManyCommandsInAMinute(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{PerMinute: 3})
	for range 3 {
		if got := r.ask("status").Message.Headline; !strings.HasPrefix(got, "All is well") {
			t.Fatalf("status says %q", got)
		}
	}
	if got := r.ask("status").Message.Headline; !strings.Contains(got, "a lot at once") {
		t.Errorf("the fourth is answered with %q", got)
	}
	r.user = "bob"
	if got := r.ask("status").Message.Headline; strings.Contains(got, "a lot at once") {
		t.Error("another person pays for it")
	}
	r.user = "ana"
	r.Move(time.Minute)
	if got := r.ask("status").Message.Headline; strings.Contains(got, "a lot at once") {
		t.Error("a minute later it is still too much")
	}
}

func TestTooLongACommand(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	if got := r.ask(strings.Repeat("x", maxCommand+1)).Message.Headline; got != "That is too long for a command." {
		t.Errorf("the answer is %q", got)
	}
}

func TestACauseGoesToTheLogAndNotToPeople(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	if err := r.Store.Close(); err != nil {
		t.Fatal(err)
	}
	reply := r.ask("latest")
	if !reply.Private || reply.Message.Headline != "Something went wrong here. The cause stands in the bot's log." {
		t.Errorf("the answer is %+v", reply)
	}
}

func TestAnswersReachTheJudge(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	r.fill()
	r.net = "console"
	r.ask("press !wrong S2 C1")
	answers, err := r.Store.Answers()
	if err != nil || len(answers) != 1 {
		t.Fatalf("answers: %+v, %v", answers, err)
	}
	if a := answers[0]; a.Right || a.Statement != "S2" || a.Verdict.Claim != "C1" || a.By != "console:ana" {
		t.Errorf("the answer kept is %+v", a)
	}
	st, err := r.Store.Statement("S2")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range st.Links {
		if l.Claim == "C1" {
			t.Error("the link is still there")
		}
	}
}

func TestWhoSaidTheSameInOtherWords(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{Rank: func(text string, top int) []claim.Ranked {
		return []claim.Ranked{{ID: "C1", Score: 800_000}}
	}})
	r.fill()
	if got := r.ask(`who said "Beijing steers that crew"`).Message.Headline; !strings.HasPrefix(got, "The same in other words: 1 claim") {
		t.Errorf("the answer is %q", got)
	}
}

// FuzzAnswer types anything: the bot answers in a sentence, whatever it is.
func FuzzAnswer(f *testing.F) {
	for _, k := range commands() {
		for _, ex := range k.more {
			f.Add(ex, "")
		}
	}
	f.Add("S1 C1", "wrong")
	f.Add(`mute "a for 7 days until`, "")
	f.Add(`subscribe weekly “x”: at at`, "")
	r := newRoom(f, Options{PerMinute: -1, Rights: Rights{Curate: []string{"*"}, Operate: []string{"*"}}, Sources: &book{}})
	r.fill()
	f.Fuzz(func(t *testing.T, text, action string) {
		cmd := chat.Command{Network: "test", Channel: "desk", User: "ana", Text: text, At: r.Now()}
		if action != "" {
			cmd.Action, cmd.Value = action, text
		}
		m := r.bot.Answer(t.Context(), cmd).Message
		if m.Empty() || strings.HasPrefix(m.Headline, "Something went wrong") {
			t.Errorf("%q is answered with %q", text, m.Headline)
		}
	})
}

func FuzzTokens(f *testing.F) {
	f.Add(`actor:"Volt Typhoon" “quoted” a:b c:"`)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // halves of letters may join to other letters
		}
		var raw []string
		for _, tok := range tokens(s) {
			raw = append(raw, tok.raw)
		}
		got, want := strings.Join(strings.Fields(strings.Join(raw, "")), ""), strings.Join(strings.Fields(s), "")
		if got != want {
			t.Errorf("tokens(%q) lose something: %q", s, got)
		}
	})
}

func FuzzReadMute(f *testing.F) {
	f.Add("C12 for 7 days")
	f.Add("outlet:Xinhua until 2026-12-01")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := readMute(s, bottest.Start)
		if err != nil {
			return
		}
		if m.Claim == "" && m.Story == "" && m.Query == "" || !m.Until.After(bottest.Start) || m.Until.Sub(bottest.Start) > maxMute {
			t.Errorf("%q is read as %+v", s, m)
		}
	})
}

func TestExportOfHostileWordsIsNoFormula(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	r.Claim("Volt Typhoon is run by the Chinese state.", bottest.China, "volt typhoon")
	r.Read("a1", "Reuters", r.Say(bottest.Microsoft, statement.Attribute, bottest.China, "=HYPERLINK(\"https://evil.example\") Volt Typhoon\n@room"))
	reply := r.ask("export accused:CN")
	if len(reply.Message.Files) != 1 {
		t.Fatalf("no file: %q", reply.Message.Headline)
	}
	data := string(reply.Message.Files[0].Data)
	if strings.Contains(data, ",=HYPER") || !strings.Contains(data, "'=HYPER") || strings.Count(data, "\n") != 2 {
		t.Errorf("the table is %q", data)
	}
}

// fillMany puts statements of many days on record.
func (r *room) fillMany(t *testing.T, n int) {
	t.Helper()
	r.Claim("Volt Typhoon is run by the Chinese state.", bottest.China, "volt typhoon")
	for i := range n {
		r.Move(72 * time.Hour)
		r.Read(fmt.Sprint("m", i), "Reuters", r.Say(bottest.Microsoft, statement.Attribute, bottest.China, fmt.Sprintf("Volt Typhoon is at work for Beijing, finding number %d%d", i*7919, i)))
	}
}
