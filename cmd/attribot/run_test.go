package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/cmd/attribot/world"
)

// lastSitting is the sample world with everything published.
func lastSitting(t *testing.T) *world.World {
	t.Helper()
	sample, err := world.New()
	if err != nil {
		t.Fatal(err)
	}
	for sample.Advance() {
	}
	return sample
}

func sampleServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(lastSitting(t))
	t.Cleanup(server.Close)
	return server.URL
}

// publishedAt lists the addresses of the world's articles on a server.
func publishedAt(t *testing.T, base string) []string {
	t.Helper()
	var addresses []string
	for _, a := range lastSitting(t).Published() {
		addresses = append(addresses, base+a.Path())
	}
	return addresses
}

// attribot runs the program in this process and gives what it printed.
func attribot(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, &machine{ctx: t.Context(), in: strings.NewReader(""), out: &o, err: &e, now: time.Now})
	return code, o.String(), e.String()
}

func onceSummary(t *testing.T, config string) summary {
	t.Helper()
	code, out, errs := attribot(t, "run", "--once", "--format", "json", "--config", config)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var s summary
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatalf("summary %q: %v", out, err)
	}
	return s
}

func TestOnceTwiceFindsNothingNewTheSecondTime(t *testing.T) {
	v := newVictim(t, sampleServer(t))
	first := onceSummary(t, v.config)
	if first.Sources < 8 || first.Articles < 16 || first.Statements < 10 || first.Posts < 5 || len(first.Faults) > 0 {
		t.Errorf("first run: %+v", first)
	}
	second := onceSummary(t, v.config)
	if second.NewItems+second.Articles+second.Statements+second.Posts > 0 || second.NotModified < first.Sources-1 {
		t.Errorf("second run: %+v", second)
	}
}

func TestSourceThatCannotBeReachedIsToldCalmlyAndOnce(t *testing.T) {
	v := newVictim(t, sampleServer(t))
	text, err := os.ReadFile(v.config)
	if err != nil {
		t.Fatal(err)
	}
	more := string(text) + "[[source]]\nid = \"gone\"\nurl = \"http://127.0.0.1:9/feed\"\n[delivery]\noperators = \"console:main\"\n"
	if err := os.WriteFile(v.config, []byte(more), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := attribot(t, "run", "--once", "--config", v.config)
	if code != 0 || !strings.Contains(out, "gone: ") {
		t.Errorf("exit %d, the summary does not name the fault:\n%s%s", code, tail(out), errs)
	}
	if n := strings.Count(out, "Source gone"); n != 1 {
		t.Errorf("operators are told %d times, want once", n)
	}
	if _, again, _ := attribot(t, "run", "--once", "--config", v.config); strings.Contains(again, "Source gone") {
		t.Error("the second run tells operators again")
	}
}

func TestFirstSightWithoutSinceIsSilent(t *testing.T) {
	v := newVictim(t, sampleServer(t))
	text, err := os.ReadFile(v.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(v.config, bytes.Replace(text, []byte("since = \"5000d\"\n"), nil, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	s := onceSummary(t, v.config)
	if s.Posts > 0 || s.Statements == 0 {
		t.Errorf("%d posts and %d statements: want a silent baseline that is recorded", s.Posts, s.Statements)
	}
}

// child starts the program as a process of its own.
func child(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childMark+"=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &out
}

func TestStopsCleanlyAndGoesOnWhereItStopped(t *testing.T) {
	address := sampleServer(t)
	v, calm := newVictim(t, address), newVictim(t, address)
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		cmd, out := child(t, "run", "--config", v.config)
		answer := awaitAnswer(t, socketBeside(v.store), "volt typhoon")
		if !strings.Contains(answer, "Volt Typhoon") {
			t.Errorf("the running bot answers %q", answer)
		}
		began := time.Now()
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("after %v: %v\n%s", signal, err, tail(out.String()))
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("after %v it ran for %v more, want at most 5 s", signal, took)
		}
		if _, err := os.Stat(socketBeside(v.store)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after %v the socket is left: %v", signal, err)
		}
	}
	onceSummary(t, v.config)
	onceSummary(t, calm.config)
	if diff := cmp.Diff(calm.recorded(t), v.recorded(t)); diff != "" {
		t.Errorf("(-undisturbed +stopped twice):\n%s", diff)
	}
	v.eachPostOnce(t)
}

// awaitAnswer asks until the bot listens.
func awaitAnswer(t *testing.T, socket, question string) string {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-again.C {
		answer, err := askSocket(t.Context(), socket, question)
		if err == nil {
			return answer.Headline
		}
		if !errors.Is(err, errNobodyListens) {
			t.Fatal(err)
		}
	}
	t.Fatal("the bot does not listen")
	return ""
}

func TestSecondBotOnTheStoreIsRefused(t *testing.T) {
	v := newVictim(t, sampleServer(t))
	cmd, _ := child(t, "run", "--config", v.config)
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	awaitAnswer(t, socketBeside(v.store), "status")
	code, _, errs := attribot(t, "run", "--once", "--config", v.config)
	if code != 1 || !strings.Contains(errs, "in use by another process") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestStoreFileThatIsNoStoreIsNamed(t *testing.T) {
	v := newVictim(t, sampleServer(t))
	if err := os.WriteFile(v.store, bytes.Repeat([]byte("no store "), 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := attribot(t, "run", "--once", "--config", v.config)
	if code != 1 || !strings.Contains(errs, filepath.Base(v.store)) || !strings.Contains(errs, "damaged") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func tail(s string) string {
	if len(s) > 2000 {
		return "…" + s[len(s)-2000:]
	}
	return s
}
