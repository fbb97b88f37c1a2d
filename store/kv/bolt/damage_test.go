package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attribot/store/kv"
)

// damaged writes a store's file changed by harm and gives its path.
func damaged(t *testing.T, whole []byte, harm func([]byte) []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bot.db")
	if err := os.WriteFile(path, harm(append([]byte{}, whole...)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func wholeFile(t *testing.T, keys int) (file []byte, pageSize int) {
	t.Helper()
	path := newPath(t)
	e := openAt(t, path, Options{})
	fill(t, e, keys)
	pageSize = e.db.Info().PageSize
	e.Close()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file, pageSize
}

// usedPages is the high-water mark: what is cut off behind it held nothing.
func usedPages(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, ok := newestMeta(f)
	if !ok {
		t.Fatal("no header")
	}
	return int(m.pages)
}

func TestFileCutAtEachPageIsNamedAsDamaged(t *testing.T) {
	whole, page := wholeFile(t, 400)
	used := usedPages(t, damaged(t, whole, func(b []byte) []byte { return b }))
	for pages := range used + 3 {
		for _, more := range []int{0, 100} {
			size := min(pages*page+more, len(whole))
			path := damaged(t, whole, func(b []byte) []byte { return b[:size] })
			e, err := Open(path, Options{})
			switch {
			case size == 0 || size >= used*page:
				if err != nil {
					t.Fatalf("cut to %d bytes, which loses nothing: %v", size, err)
				}
				e.Close()
			case !errors.Is(err, kv.ErrCorrupt) || !strings.Contains(err.Error(), path):
				t.Fatalf("cut to %d of %d bytes: %v", size, len(whole), err)
			}
		}
	}
}

func TestPageOfZerosIsFoundByCheck(t *testing.T) {
	whole, page := wholeFile(t, 400)
	used := usedPages(t, damaged(t, whole, func(b []byte) []byte { return b }))
	found := 0
	for p := 2; p < used; p++ {
		path := damaged(t, whole, func(b []byte) []byte {
			clear(b[p*page : (p+1)*page])
			return b
		})
		e, err := Open(path, Options{})
		if err == nil {
			if faults := e.Check(); len(faults) > 0 {
				err = faults[0]
			}
			e.Close()
		}
		if err != nil {
			found++
			if !errors.Is(err, kv.ErrCorrupt) {
				t.Fatalf("page %d of zeros: %v", p, err)
			}
		}
	}
	if found == 0 {
		t.Errorf("none of %d pages of zeros was found", used-2)
	}
	t.Logf("%d of %d pages of zeros were found; the others were free", found, used-2)
}

func TestFileThatShrinksWhileOpenIsNoPanic(t *testing.T) {
	path := newPath(t)
	e := openAt(t, path, Options{})
	fill(t, e, 3000)
	if err := os.Truncate(path, 1<<14); err != nil {
		t.Fatal(err)
	}
	if _, err := count(e); !errors.Is(err, kv.ErrCorrupt) {
		t.Errorf("reading beyond the end: %v", err)
	}
}

func TestForeignFileIsNotAStore(t *testing.T) {
	for name, content := range map[string]string{"text": strings.Repeat("not a store\n", 1000), "short": "x"} {
		path := damaged(t, nil, func([]byte) []byte { return []byte(content) })
		if _, err := Open(path, Options{}); !errors.Is(err, kv.ErrCorrupt) {
			t.Errorf("%s file: %v", name, err)
		}
	}
	if _, err := Open(t.TempDir(), Options{}); err == nil {
		t.Error("a folder was opened as a store")
	}
}
