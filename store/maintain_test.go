package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
	"attribot/store/kv"
	"attribot/store/kv/bolt"
	"attribot/store/kv/mem"
)

// noTrace fails when a text stands in any value.
func noTrace(t *testing.T, text string) func(kv.Reader) error {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	return func(r kv.Reader) error {
		for k, b := range r.Ascend(nil, nil) {
			if len(b) > 0 && b[0] == packedJSON {
				var rec any
				if c.decode(b, &rec) == nil { // else it is no record but a sketch
					if b, err = json.Marshal(rec); err != nil {
						return err
					}
				}
			}
			if bytes.Contains(b, []byte(text)) || bytes.Contains(k, []byte(text)) {
				t.Errorf("%q still stands at %q", text, k)
			}
		}
		return nil
	}
}

func TestFsckFindsAndMendsEveryKindOfIndexFault(t *testing.T) {
	harms := map[string]func(w kv.Writer, prefix string) error{
		"entries are lost": func(w kv.Writer, prefix string) error {
			for k := range w.Ascend([]byte(prefix), endOf(prefix)) {
				return w.Delete(bytes.Clone(k))
			}
			return errors.New("nothing to lose")
		},
		"an entry is too many": func(w kv.Writer, prefix string) error {
			return w.Put(numKey(prefix+"forged\x00\x00\x00\x00", 77), []byte("x"))
		},
	}
	for name, harm := range harms {
		for _, prefix := range indexPrefixes {
			t.Run(name+" of "+prefix, func(t *testing.T) {
				w, _ := voltWorld(t)
				sub, err := w.AddSubscription(t.Context(), Subscription{Network: "slack", Channel: "soc"})
				w.must(err)
				p := post("a")
				p.Story = "Y1"
				w.enqueue(sub.ID, 1, p)
				w.poll(read("a9", "Xinhua", said(maoNing, statement.Deny, us, "there is nothing to it")), read("a8", "Xinhua", about(said(fbi, statement.Accuse, us, "hackers sit there"), statement.Actor{ID: "x", Name: "X"})))
				w.sound()
				w.must(w.engine.Update(func(kw kv.Writer) error { return harm(kw, prefix) }))
				rep, err := w.Fsck(t.Context(), true)
				if err != nil || len(rep.Faults) == 0 || rep.Repaired == 0 {
					t.Fatalf("%+v, %v", rep, err)
				}
				w.sound()
			})
		}
	}
}

func TestFsckNamesARecordThatCannotBeRead(t *testing.T) {
	w, _ := voltWorld(t)
	w.must(w.engine.Update(func(kw kv.Writer) error { return kw.Put(statementKey("S1"), []byte("\x01{torn")) }))
	rep, err := w.Fsck(t.Context(), false)
	if err != nil || !strings.Contains(strings.Join(rep.Faults, "\n"), "damaged") {
		t.Errorf("%v, %v", rep.Faults, err)
	}
	if _, err := w.Statement("S1"); !errors.Is(err, kv.ErrCorrupt) {
		t.Errorf("read: %v", err)
	}
}

func TestFsckFindsAGapInTheLog(t *testing.T) {
	w, _ := voltWorld(t)
	w.must(w.engine.Update(func(kw kv.Writer) error { return kw.Delete(numKey(pEvent, 2)) }))
	rep, err := w.Fsck(t.Context(), false)
	if err != nil || len(rep.Faults) == 0 || !strings.Contains(rep.Faults[0], "event log") {
		t.Errorf("%v, %v", rep.Faults, err)
	}
}

func TestRetentionRemovesTextsOnly(t *testing.T) {
	w, _ := voltWorld(t)
	if _, err := w.ArticleText("a1"); err != nil {
		t.Fatal(err)
	}
	n, err := w.Retain(t.Context(), time.Date(2024, 10, 16, 0, 0, 0, 0, time.UTC))
	if err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	if _, err := w.ArticleText("a1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("text: %v", err)
	}
	if a, err := w.Article("a1"); err != nil || len(a.Mentions) != 1 {
		t.Errorf("record: %+v, %v", a, err)
	}
	if n, err := w.Retain(t.Context(), time.Date(2024, 10, 16, 0, 0, 0, 0, time.UTC)); err != nil || n != 0 {
		t.Errorf("again: %d, %v", n, err)
	}
}

func openBolt(t *testing.T, path string) *Store {
	t.Helper()
	e, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(e, Options{Judge: newPlainJudge(), Fresh: func() Judge { return newPlainJudge() }})
	if err != nil {
		e.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestBackupOfARunningStoreOpens(t *testing.T) {
	dir := t.TempDir()
	s := openBolt(t, filepath.Join(dir, "bot.db"))
	w := &world{T: t, Store: s}
	w.claim("Volt Typhoon is Chinese", "CN", "volt")
	w.poll(read("a1", "Reuters", said(microsoft, statement.Attribute, china, "Volt Typhoon acts for the state")))
	f, err := os.Create(filepath.Join(dir, "copy.db"))
	w.must(err)
	w.must(s.Backup(f))
	w.must(f.Close())
	before, after, err := s.Compact()
	if err != nil || before == 0 || after == 0 {
		t.Errorf("Compact = %d, %d, %v", before, after, err)
	}
	copied := openBolt(t, filepath.Join(dir, "copy.db"))
	if st, err := copied.Statement("S1"); err != nil || st.primary() != "C1" || copied.Last() != s.Last() {
		t.Errorf("%+v, %v", st, err)
	}
	st, err := copied.Stats()
	if err != nil || st.Statements != 1 || st.Claims != 1 || st.Size == 0 || st.Schema != Schema {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestMemoryEngineHasNoBackup(t *testing.T) {
	w := newWorld(t)
	if err := w.Backup(&bytes.Buffer{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Backup: %v", err)
	}
	if _, _, err := w.Compact(); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Compact: %v", err)
	}
}

func TestNewerStoreIsRefused(t *testing.T) {
	e := mem.New()
	if err := e.Update(func(w kv.Writer) error { return w.Put([]byte(pSchema), []byte("99")) }); err != nil {
		t.Fatal(err)
	}
	_, err := Open(e, Options{})
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "99") {
		t.Errorf("%v", err)
	}
}

func TestForeignContentsAreRefused(t *testing.T) {
	for name, pair := range map[string][2]string{"no version": {"a/x", "y"}, "odd version": {pSchema, "new"}} {
		e := mem.New()
		e.Update(func(w kv.Writer) error { return w.Put([]byte(pair[0]), []byte(pair[1])) })
		if _, err := Open(e, Options{}); !errors.Is(err, kv.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMigrationsGoStepByStep(t *testing.T) {
	w := newWorld(t)
	w.must(w.engine.Update(func(kw kv.Writer) error { return kw.Put([]byte(pSchema), []byte("1")) }))
	var ran []string
	step := func(from int, name string, err error) migration {
		return migration{from, name, func(*tx) error {
			ran = append(ran, name)
			return err
		}}
	}
	cause := errors.New("disk is on fire")
	broken := []migration{step(1, "one to two", nil), step(2, "two to three", cause)}
	if err := w.migrateWith(broken, 3); !errors.Is(err, cause) {
		t.Fatalf("%v", err)
	}
	if v, err := w.schema(); err != nil || v != 2 {
		t.Errorf("after a failed step the schema is %d, %v", v, err)
	}
	mended := []migration{step(1, "one to two", nil), step(2, "two to three mended", nil)}
	if err := w.migrateWith(mended, 3); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"one to two", "two to three", "two to three mended"}, ran); diff != "" {
		t.Error(diff)
	}
	if err := w.migrateWith(mended, 5); err == nil {
		t.Error("a missing step was passed over")
	}
}

func TestWaitWakesForNewEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		done := make(chan error, 1)
		go func() { done <- w.Wait(context.Background(), 0) }()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("Wait returned before anything happened: %v", err)
		default:
		}
		w.claim("something", "CN")
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := w.Wait(context.Background(), 0); err != nil {
			t.Errorf("Wait for what is there: %v", err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		if err := w.Wait(ctx, w.Last()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait with a deadline: %v", err)
		}
		go func() { done <- w.Wait(context.Background(), w.Last()) }()
		synctest.Wait()
		w.Close()
		if err := <-done; !errors.Is(err, kv.ErrClosed) {
			t.Errorf("Wait at Close: %v", err)
		}
	})
}

func TestEventsInPages(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.claim("one more", "CN")
	}
	var seqs []Seq
	for after := Seq(0); ; {
		es, err := w.Events(after, 2)
		w.must(err)
		if len(es) == 0 {
			break
		}
		for _, e := range es {
			seqs = append(seqs, e.Seq)
		}
		after = es[len(es)-1].Seq
	}
	if diff := cmp.Diff([]Seq{1, 2, 3, 4, 5}, seqs); diff != "" {
		t.Error(diff)
	}
}

func TestCodes(t *testing.T) {
	for k := NewClaim; k <= Unmatched; k++ {
		var back EventKind
		if b, _ := k.MarshalText(); back.UnmarshalText(b) != nil || back != k {
			t.Errorf("event kind %d is written %q", k, b)
		}
	}
	for p := Due; p <= Superseded; p++ {
		var back PostState
		if b, _ := p.MarshalText(); back.UnmarshalText(b) != nil || back != p {
			t.Errorf("post state %d is written %q", p, b)
		}
	}
	for a := Made; a <= Forgotten; a++ {
		var back Action
		if b, _ := a.MarshalText(); back.UnmarshalText(b) != nil || back != a {
			t.Errorf("action %d is written %q", a, b)
		}
	}
	for k := Alert; k <= Notice; k++ {
		var back PostKind
		if b, _ := k.MarshalText(); back.UnmarshalText(b) != nil || back != k {
			t.Errorf("post kind %d is written %q", k, b)
		}
	}
}
