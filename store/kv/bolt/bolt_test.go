package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attribot/store/kv"
	"attribot/store/kv/kvtest"
)

func openAt(t *testing.T, path string, o Options) *Engine {
	t.Helper()
	e, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "bot.db") }

func TestEngine(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) kv.Engine { return openAt(t, newPath(t), Options{NoSync: true}) })
}

func fill(t *testing.T, e *Engine, keys int) {
	t.Helper()
	for from := 0; from < keys; from += 100 {
		err := e.Update(func(w kv.Writer) error {
			for i := from; i < min(from+100, keys); i++ {
				if err := w.Put(fmt.Appendf(nil, "key-%06d", i), bytes.Repeat([]byte{byte(i)}, 200)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func count(e *Engine) (n int, err error) {
	err = e.View(func(r kv.Reader) error {
		for range r.Ascend(nil, nil) {
			n++
		}
		return nil
	})
	return n, err
}

func TestFileIsForItsOwnerOnly(t *testing.T) {
	path := newPath(t)
	openAt(t, path, Options{})
	for _, name := range []string{path, holderPath(path)} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", name, mode)
		}
	}
}

func TestFileInUseNamesItsHolder(t *testing.T) {
	path := newPath(t)
	first := openAt(t, path, Options{Holder: "attribot run"})
	_, err := Open(path, Options{})
	if !errors.Is(err, kv.ErrLocked) {
		t.Fatalf("second Open = %v", err)
	}
	for _, part := range []string{path, "attribot run", fmt.Sprint(os.Getpid())} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not tell %q", err, part)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, Options{})
}

func TestFileInUseByANamelessHolder(t *testing.T) {
	path := newPath(t)
	openAt(t, path, Options{})
	os.Remove(holderPath(path))
	if _, err := Open(path, Options{}); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("second Open = %v", err)
	}
}

func TestContentsOutliveTheProcess(t *testing.T) {
	path := newPath(t)
	e := openAt(t, path, Options{})
	fill(t, e, 250)
	e.Close()
	if n, err := count(openAt(t, path, Options{})); n != 250 || err != nil {
		t.Errorf("%d keys, %v", n, err)
	}
}

func TestReadOnlyRefusesChanges(t *testing.T) {
	path := newPath(t)
	e := openAt(t, path, Options{})
	fill(t, e, 10)
	e.Close()
	r := openAt(t, path, Options{ReadOnly: true})
	if n, err := count(r); n != 10 || err != nil {
		t.Errorf("%d keys, %v", n, err)
	}
	if err := r.Update(func(kv.Writer) error { return nil }); !errors.Is(err, kv.ErrReadOnly) {
		t.Errorf("Update = %v", err)
	}
	openAt(t, path, Options{ReadOnly: true}) // readers share the file
}

func TestBackupWhileInUseIsAWholeStore(t *testing.T) {
	e := openAt(t, newPath(t), Options{})
	fill(t, e, 300)
	copyPath := newPath(t)
	f, err := os.Create(copyPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Backup(f); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if n, err := count(openAt(t, copyPath, Options{})); n != 300 || err != nil {
		t.Errorf("the copy has %d keys, %v", n, err)
	}
}

func TestCompactionGivesBackFreePages(t *testing.T) {
	path := newPath(t)
	e := openAt(t, path, Options{})
	fill(t, e, 12_000)
	err := e.Update(func(w kv.Writer) error {
		for i := range 11_990 {
			if err := w.Delete(fmt.Appendf(nil, "key-%06d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	before, after, err := e.Compact()
	if err != nil || after >= before {
		t.Fatalf("Compact = %d, %d, %v", before, after, err)
	}
	if n, err := count(e); n != 10 || err != nil {
		t.Errorf("after Compact %d keys, %v", n, err)
	}
	if _, err := Open(path, Options{}); !errors.Is(err, kv.ErrLocked) {
		t.Errorf("the compacted file is not locked: %v", err)
	}
	fill(t, e, 20)
	e.Close()
	if n, err := count(openAt(t, path, Options{})); n != 30 || err != nil {
		t.Errorf("after another start %d keys, %v", n, err)
	}
}

func TestSizeKnowsFreePages(t *testing.T) {
	e := openAt(t, newPath(t), Options{})
	fill(t, e, 500)
	total, free := e.Size()
	if total <= 0 || free < 0 || free > total {
		t.Errorf("Size = %d, %d", total, free)
	}
}

func TestFileBoundIsAFullDisk(t *testing.T) {
	e := openAt(t, newPath(t), Options{MaxSize: 1 << 16})
	err := e.Update(func(w kv.Writer) error { return w.Put([]byte("k"), make([]byte, 1<<20)) })
	if !errors.Is(err, kv.ErrFull) {
		t.Fatalf("Update = %v", err)
	}
	fill(t, e, 5)
	if n, err := count(e); n != 5 || err != nil {
		t.Errorf("after a full disk %d keys, %v", n, err)
	}
}

func BenchmarkUpdateSynced(b *testing.B) {
	e, err := Open(filepath.Join(b.TempDir(), "bot.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	for i := range b.N {
		e.Update(func(w kv.Writer) error { return w.Put(fmt.Appendf(nil, "%08d", i), make([]byte, 500)) })
	}
}
