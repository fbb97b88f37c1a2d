package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/kv/bolt"
)

// writerEnv names the store to which the test binary, run again as a child,
// writes until it is killed.
const writerEnv = "ATTRIBOT_TEST_STORE_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerEnv); path != "" {
		if err := writeUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// numberedPoll is the poll with a number: three statements in two articles, one
// of which copies a statement of the poll before.
func numberedPoll(i int) reading.Poll {
	speaker := func(n int) statement.Speaker {
		return statement.Speaker{Kind: statement.Person, Name: fmt.Sprintf("Person%d Number%d", n, n), Organisation: "Agency", Country: "US"}
	}
	words := func(n int) string {
		return fmt.Sprintf("the intruders of case %d took %d files from registry %d", n, n*7, n*11)
	}
	new1 := said(speaker(2*i), statement.Accuse, china, words(2*i))
	new2 := said(speaker(2*i+1), statement.Deny, us, words(2*i+1))
	readings := []reading.Reading{read(fmt.Sprint("first-", i), "Reuters", new1, new2)}
	if i > 0 {
		readings = append(readings, read(fmt.Sprint("second-", i), "Courier", said(speaker(2*i-2), statement.Accuse, china, words(2*i-2))))
	}
	return reading.Poll{Source: "feed", At: time.Unix(int64(i), 0), Readings: readings, Cursor: strconv.AppendInt(nil, int64(i+1), 10)}
}

func writeUntilKilled(path string) error {
	engine, err := bolt.Open(path, bolt.Options{Wait: time.Second})
	if err != nil {
		return err
	}
	s, err := Open(engine, Options{Judge: newPlainJudge(), Fresh: func() Judge { return newPlainJudge() }})
	if err != nil {
		return err
	}
	next, err := nextPoll(s)
	if err != nil {
		return err
	}
	for i := next; ; i++ {
		if _, err := s.Record(context.Background(), numberedPoll(i)); err != nil {
			return err
		}
	}
}

func nextPoll(s *Store) (int, error) {
	cursor, err := s.Cursor("feed")
	if err != nil || cursor == nil {
		return 0, err
	}
	return strconv.Atoi(string(cursor))
}

// kills is how often the writing process is killed; ATTRIBOT_KILLS asks for
// more.
func kills(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("ATTRIBOT_KILLS"))
	if err != nil {
		return 55
	}
	t.Logf("%d kills", n)
	return n
}

func TestKilledAnywhereEveryStatementIsRecordedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds; left out with -short")
	}
	path := filepath.Join(t.TempDir(), "bot.db")
	rng := rand.New(rand.NewPCG(3, 4))
	progress, polls := 0, 0
	for range kills(t) {
		killWriter(t, path, time.Duration(20+rng.IntN(100))*time.Millisecond)
		s := openBolt(t, path)
		next, err := nextPoll(s)
		if err != nil {
			t.Fatal(err)
		}
		if next > polls {
			progress++
			polls = next
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if progress == 0 {
		t.Fatal("no child ever recorded anything: the kills came too early")
	}
	checkRecordedOnce(t, path, polls)
	t.Logf("%d polls recorded, in %d of the runs at least one", polls, progress)
}

func killWriter(t *testing.T, path string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+path)
	out := &tail{}
	cmd.Stderr = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
		t.Fatalf("the writer ended by itself: %v: %s", err, out)
	}
}

// tail keeps what a child complained of.
type tail []byte

func (b *tail) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

func (b *tail) String() string { return string(*b) }

func checkRecordedOnce(t *testing.T, path string, polls int) {
	t.Helper()
	s := openBolt(t, path)
	w := &world{T: t, Store: s}
	w.sound()
	seen := map[string]int{}
	appearances := 0
	st, err := s.Stats()
	w.must(err)
	for n := 1; n <= st.Statements; n++ {
		got := w.statement(StatementID(idOf(letterStatement, uint64(n))))
		seen[got.Said.Speaker.Name]++
		appearances += len(got.Appearances)
	}
	for i := range 2 * polls {
		if name := fmt.Sprintf("Person%d Number%d", i, i); seen[name] != 1 {
			t.Errorf("the statement of %s is there %d times", name, seen[name])
		}
	}
	if st.Statements != 2*polls || appearances != 3*polls-1 {
		t.Errorf("%d statements with %d appearances from %d polls", st.Statements, appearances, polls)
	}
	if events := w.log(0); len(events) != int(s.Last()) {
		t.Errorf("%d events, the last is %d", len(events), s.Last())
	}
}
