package bolt

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"attribot/store/kv"
)

// TestFullDisk fills a small file system of its own where the process may mount
// one.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("cannot mount a small file system here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	path := filepath.Join(dir, "bot.db")
	e := openAt(t, path, Options{})
	fill(t, e, 100)
	var err error
	kept := 100
	for err == nil && kept < 100_000 {
		err = e.Update(func(w kv.Writer) error {
			return w.Put([]byte(strings.Repeat("x", 1+kept%7)+string(rune(kept))), make([]byte, 20_000))
		})
		if err == nil {
			kept++
		}
	}
	if !errors.Is(err, kv.ErrFull) {
		t.Fatalf("on a full disk: %v", err)
	}
	if n, err := count(e); n != kept || err != nil {
		t.Errorf("%d keys of %d committed are there: %v", n, kept, err)
	}
	e.Close()
	if n, err := count(openAt(t, path, Options{})); n != kept || err != nil {
		t.Errorf("after another start %d keys of %d: %v", n, kept, err)
	}
}
