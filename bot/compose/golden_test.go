package compose

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

var update = flag.Bool("update", false, "write what is composed into the golden files")

// TestGolden composes what each file's "do" asks for and compares it with what a
// person should read.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { golden(t, f) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := do(newWorld(), strings.Fields(string(ar.Files[0].Data)))
	if err != nil {
		t.Fatal(err)
	}
	got := message.Text(m) + "\n"
	if *update {
		ar.Files = append(ar.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(ar.Files) < 2 {
		t.Fatal("the file has no want")
	}
	if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
		t.Errorf("composed otherwise than %s wants (-want +got):\n%s", file, diff)
	}
}

// do runs one line: "alert Y1 S1", "update Y1", "follow Y1 denial star",
// "digest denial repeat", "review-digest ...".
func do(w world, words []string) (message.Message, error) {
	c := New(w)
	verb, args := words[0], words[1:]
	switch verb {
	case "alert", "update":
		var by []store.StatementID
		for _, a := range args[1:] {
			by = append(by, store.StatementID(a))
		}
		if verb == "alert" {
			return c.Alert(w.stories[store.StoryID(args[0])], by)
		}
		return c.Update(w.stories[store.StoryID(args[0])], by)
	case "follow":
		return c.FollowUp(w.stories[store.StoryID(args[0])], w.pick(args[1:]))
	case "digest", "weekly", "review-digest":
		win := Window{Title: "Daily digest", To: utc("2024-10-15 09:00"), From: utc("2024-10-14 09:00"), Events: w.pick(args), Review: verb == "review-digest"}
		if verb == "weekly" {
			win.Title, win.From = "Weekly digest", utc("2024-10-08 09:00")
		}
		return c.Digest(win)
	}
	return c.answer(w, verb, args)
}

// answer runs the look-ups: "holdings C1", "timeline C1 S10 S12", "statements S1",
// "spoken S1 S2", "claims C1 C3", "claim C1", "why S1", "why-not S1", "review C3 S4".
func (c *Composer) answer(w world, verb string, args []string) (message.Message, error) {
	cl := w.claims[claim.ID(args[0])]
	held := Holding{Claim: cl, Positions: w.positions[cl.ID]}
	var sts []store.Statement
	var entries []store.Entry
	var claims []claim.Claim
	for _, a := range args {
		if st, ok := w.statements[store.StatementID(a)]; ok {
			l, _ := linkTo(st, cl.ID)
			sts, entries = append(sts, st), append(entries, store.Entry{Statement: st, Link: l})
		} else {
			claims = append(claims, w.claims[claim.ID(a)])
		}
	}
	some := Slice{First: 3, Total: 40, Next: "latest page 2"}
	switch verb {
	case "holdings":
		return c.Holdings("Volt Typhoon: 1 claim", []Holding{held})
	case "timeline":
		return c.Timeline(cl, entries, some), nil
	case "statements":
		return c.Statements("Found them", sts, some)
	case "spoken":
		return c.Spoken("Mao Ning: 3 statements", sts, Slice{First: 1, Total: len(sts)})
	case "claims":
		return Claims("Claims on record", claims, some), nil
	case "claim":
		return c.Claim(held, w.trail)
	case "why":
		return c.Why(sts[0], w.articles, w.trail)
	case "why-not":
		return c.WhyNot(w.articles[0], []string{"Its story Y1 was told in slack:C1 (sent)"})
	case "why-not-silent":
		return c.WhyNot(store.Article{Title: "A typhoon makes landfall", Outlet: "Weather Desk", Baseline: true}, nil)
	case "review":
		return c.Review(claims, entries, Slice{First: 1, Total: len(claims)})
	case "audit":
		return Audit(w.trail, 1), nil
	case "notice":
		return Notice("Posts to slack:C1 are refused", "channel_not_found", "invite the bot to the channel again"), nil
	}
	return message.Message{}, fmt.Errorf("unknown verb %q", verb)
}

func (w world) pick(names []string) []store.Event {
	var out []store.Event
	for i, n := range names {
		e, ok := w.events[n]
		if !ok {
			panic("no event " + n)
		}
		e.Seq = store.Seq(i + 1)
		out = append(out, e)
	}
	return out
}

// TestNeverAsserts holds every verb of the bot to a speaker.
func TestNeverAsserts(t *testing.T) {
	t.Parallel()
	for _, st := range statement.Stances() {
		if StanceWord(st) == "" {
			t.Errorf("stance %s has no noun", st)
		}
		if asserting[st].one == "" && opposing[st].one == "" {
			t.Errorf("stance %s has no verb", st)
		}
	}
}
