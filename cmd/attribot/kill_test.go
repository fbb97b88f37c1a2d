package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/cmd/attribot/world"
	"attribot/store"
	"attribot/store/kv/bolt"
)

// kills is how often the program is killed, at random points of a run.
const kills = 50

// TestKilledAtRandomPointsLosesAndDoublesNothing kills the real program with
// SIGKILL while it polls, records and delivers, starts it again on the same
// store until it gets through, and compares with a run that nobody disturbed:
// the same statements, each once, with the same appearances, and no post twice.
func TestKilledAtRandomPointsLosesAndDoublesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills 50 processes")
	}
	address := sampleServer(t)
	calm := newVictim(t, address)
	began := time.Now()
	if calm.run(t, 0) {
		t.Fatal("the undisturbed run did not end by itself")
	}
	whole := time.Since(began)
	want := calm.recorded(t)
	if len(want) < 10 {
		t.Fatalf("the undisturbed run recorded %d statements: the test would show nothing", len(want))
	}
	killed, rounds := 0, 0
	for killed < kills {
		rounds++
		v := newVictim(t, address)
		for v.run(t, time.Duration(rand.Int64N(int64(whole)))) {
			killed++
		}
		if diff := cmp.Diff(want, v.recorded(t)); diff != "" {
			t.Fatalf("round %d after %d kills (-undisturbed +killed):\n%s", rounds, killed, diff)
		}
		v.eachPostOnce(t)
	}
	t.Logf("%d kills in %d rounds, a whole run takes %v, %d mentions each recorded once", killed, rounds, whole.Round(time.Millisecond), len(want))
}

// victim is a configuration with a store of its own on the sample world.
type victim struct {
	config, store string
	articles      []string // addresses
}

func newVictim(t *testing.T, base string) *victim {
	t.Helper()
	dir := t.TempDir()
	v := &victim{config: filepath.Join(dir, "bot.toml"), store: filepath.Join(dir, "bot.db"), articles: publishedAt(t, base)}
	var text strings.Builder
	fmt.Fprintf(&text, "store = %q\nlog = \"error\"\nsince = \"5000d\"\n[poll]\nallow_networks = [\"127.0.0.0/8\"]\n[claims]\nstarter = true\n", v.store)
	fmt.Fprint(&text, "[[subscription]]\nid = \"alerts\"\nto = \"console:main\"\nwhen = \"at once\"\n")
	for _, s := range world.Sources(base) {
		kind := "feed"
		if s.List.Links != "" {
			kind = "page"
		}
		fmt.Fprintf(&text, "[[source]]\nid = %q\nname = %q\nurl = %q\nkind = %q\ncountry = %q\nzone = %q\nfull = %v\nlinks = %q\n",
			s.ID, s.Name, s.URL, kind, s.Country, s.Zone, s.Full, s.List.Links)
	}
	if err := os.WriteFile(v.config, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return v
}

// run starts the program once and reports whether it was killed before it ended;
// with no delay it is left alone.
func (v *victim) run(t *testing.T, after time.Duration) (killed bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "run", "--once", "--config", v.config)
	cmd.Env = append(os.Environ(), childMark+"=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		stop := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer stop.Stop()
	}
	err := cmd.Wait()
	if err == nil {
		return false
	}
	if after == 0 || cmd.ProcessState.Exited() {
		t.Fatalf("run: %v\n%s", err, out.String())
	}
	return true
}

// recorded lists every mention that the store holds, by article: what was read
// in it, however the mentions came together as statements.
func (v *victim) recorded(t *testing.T) []string {
	t.Helper()
	engine, err := bolt.Open(v.store, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var lines []string
	for _, address := range v.articles {
		a, err := s.ArticleByURL(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		for _, m := range a.Mentions {
			if _, err := s.Statement(m.Statement); err != nil {
				t.Errorf("%s: mention %s: %v", address, m.ID, err)
			}
			lines = append(lines, address+" "+string(m.ID))
		}
	}
	slices.Sort(lines)
	for i := 1; i < len(lines); i++ {
		if lines[i] == lines[i-1] {
			t.Errorf("recorded twice: %s", lines[i])
		}
	}
	if report, err := s.Fsck(t.Context(), false); err != nil || len(report.Faults) > 0 {
		t.Errorf("store after the kills: %v %v", report.Faults, err)
	}
	return lines
}

// eachPostOnce checks the console's journal: the keys of what was shown.
func (v *victim) eachPostOnce(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile(v.store + ".console")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range bytes.Lines(data) {
		var entry struct{ Key string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatalf("journal: %v in %s", err, line)
		}
		seen[entry.Key]++
	}
	if len(seen) == 0 {
		t.Error("nothing was posted: the test shows nothing")
	}
	for key, n := range seen {
		if n > 1 {
			t.Errorf("post %s was shown %d times", key, n)
		}
	}
}
