// Package kvtest is the suite that every engine of store/kv has to pass: random
// operations compared with a plain map, snapshots, one writer at a time, and
// walks both ways.
package kvtest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"attribot/store/kv"
)

// Run runs the suite; open gives a fresh empty engine, which Run closes.
func Run(t *testing.T, open func(t *testing.T) kv.Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, kv.Engine)
	}{
		{"random operations agree with a map", randomOperations},
		{"walks stop where they are told", walkBounds},
		{"a walk may be left early", leaveEarly},
		{"an error undoes everything", errorUndoes},
		{"a panic undoes everything and frees the writer", panicUndoes},
		{"a reader keeps the snapshot of its start", snapshots},
		{"writers go one after another", oneWriter},
		{"a writer sees its own changes", ownChanges},
		{"values handed in may be changed afterwards", ownedValues},
		{"an empty value is a value", emptyValue},
		{"deleting what is not there is no fault", deleteNothing},
		{"after Close everything fails", closed},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := open(t)
			t.Cleanup(func() { e.Close() })
			c.test(t, e)
		})
	}
}

func update(t *testing.T, e kv.Engine, fn func(kv.Writer) error) {
	t.Helper()
	if err := e.Update(fn); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, e kv.Engine, fn func(kv.Reader)) {
	t.Helper()
	err := e.View(func(r kv.Reader) error {
		fn(r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// put sets keys to themselves.
func put(t *testing.T, e kv.Engine, keys ...string) {
	t.Helper()
	update(t, e, func(w kv.Writer) error {
		for _, k := range keys {
			if err := w.Put([]byte(k), []byte(k)); err != nil {
				return err
			}
		}
		return nil
	})
}

func collect(pairs iter.Seq2[[]byte, []byte]) []string {
	var got []string
	for k, v := range pairs {
		got = append(got, string(k)+"="+string(v))
	}
	return got
}

// randomOperations runs transactions of puts, deletes, looks and walks on the
// engine and on a map, some of them given up, and compares after each.
func randomOperations(t *testing.T, e kv.Engine) {
	rng := rand.New(rand.NewPCG(1, 2))
	model := map[string]string{}
	giveUp := errors.New("give up")
	for range 200 {
		next := clone(model)
		drop := rng.IntN(5) == 0
		err := e.Update(func(w kv.Writer) error {
			clear(next) // Update may run more than once
			for k, v := range model {
				next[k] = v
			}
			for range rng.IntN(30) {
				if err := step(rng, w, next); err != nil {
					return err
				}
			}
			if drop {
				return giveUp
			}
			return nil
		})
		if drop != errors.Is(err, giveUp) || err != nil && !drop {
			t.Fatalf("Update: %v, want it given up: %v", err, drop)
		}
		if !drop {
			model = next
		}
		compare(t, rng, e, model)
	}
}

func clone(m map[string]string) map[string]string {
	c := make(map[string]string, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}

func step(rng *rand.Rand, w kv.Writer, model map[string]string) error {
	key := randomKey(rng)
	switch rng.IntN(4) {
	case 0:
		delete(model, key)
		return w.Delete([]byte(key))
	case 1:
		if got, want := w.Get([]byte(key)), model[key]; string(got) != want {
			return fmt.Errorf("Get(%q) inside Update = %q, want %q", key, got, want)
		}
		return nil
	}
	value := fmt.Sprint(rng.Uint64(), string(bytes.Repeat([]byte("x"), rng.IntN(300))))
	model[key] = value
	return w.Put([]byte(key), []byte(value))
}

// randomKey has few distinct values, odd bytes, and keys that begin others.
func randomKey(rng *rand.Rand) string {
	const letters = "\x00a\xffb/"
	k := make([]byte, 1+rng.IntN(5))
	for i := range k {
		k[i] = letters[rng.IntN(len(letters))]
	}
	return string(k)
}

func compare(t *testing.T, rng *rand.Rand, e kv.Engine, model map[string]string) {
	t.Helper()
	from, to := []byte(randomKey(rng)), []byte(randomKey(rng))
	if rng.IntN(4) == 0 {
		from = nil
	}
	if rng.IntN(4) == 0 {
		to = nil
	}
	var want []string
	for k, v := range model {
		if bytes.Compare([]byte(k), from) >= 0 && (to == nil || k < string(to)) {
			want = append(want, k+"="+v)
		}
	}
	slices.SortFunc(want, func(a, b string) int {
		return bytes.Compare([]byte(a[:keyLen(a)]), []byte(b[:keyLen(b)]))
	})
	view(t, e, func(r kv.Reader) {
		up, down := collect(r.Ascend(from, to)), collect(r.Descend(from, to))
		slices.Reverse(down)
		if !slices.Equal(up, want) {
			t.Fatalf("Ascend(%q, %q) = %q, want %q", from, to, up, want)
		}
		if !slices.Equal(down, want) {
			t.Fatalf("Descend(%q, %q) reversed = %q, want %q", from, to, down, want)
		}
	})
}

func keyLen(pair string) int { return bytes.IndexByte([]byte(pair), '=') }

func walkBounds(t *testing.T, e kv.Engine) {
	put(t, e, "a", "b", "ba", "c", "d")
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"b", "d", []string{"b=b", "ba=ba", "c=c"}},
		{"", "b", []string{"a=a"}},
		{"bb", "bz", nil},
		{"d", "", []string{"d=d"}},
		{"z", "", nil},
		{"c", "b", nil},
	} {
		var to []byte
		if c.to != "" {
			to = []byte(c.to)
		}
		view(t, e, func(r kv.Reader) {
			if got := collect(r.Ascend([]byte(c.from), to)); !slices.Equal(got, c.want) {
				t.Errorf("Ascend(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
			}
			got := collect(r.Descend([]byte(c.from), to))
			slices.Reverse(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("Descend(%q, %q) reversed = %q, want %q", c.from, c.to, got, c.want)
			}
		})
	}
}

func leaveEarly(t *testing.T, e kv.Engine) {
	put(t, e, "a", "b", "c")
	view(t, e, func(r kv.Reader) {
		for _, walk := range []iter.Seq2[[]byte, []byte]{r.Ascend(nil, nil), r.Descend(nil, nil)} {
			n := 0
			for range walk {
				if n++; n == 2 {
					break
				}
			}
			if n != 2 {
				t.Errorf("walk gave %d pairs before the break", n)
			}
		}
	})
}

func errorUndoes(t *testing.T, e kv.Engine) {
	put(t, e, "a")
	cause := errors.New("no")
	err := e.Update(func(w kv.Writer) error {
		w.Put([]byte("b"), []byte("b"))
		w.Delete([]byte("a"))
		return cause
	})
	if !errors.Is(err, cause) {
		t.Errorf("Update = %v, want the function's error", err)
	}
	wantKeys(t, e, "a=a")
}

func wantKeys(t *testing.T, e kv.Engine, want ...string) {
	t.Helper()
	view(t, e, func(r kv.Reader) {
		if got := collect(r.Ascend(nil, nil)); !slices.Equal(got, want) {
			t.Errorf("contents %q, want %q", got, want)
		}
	})
}

func panicUndoes(t *testing.T, e kv.Engine) {
	put(t, e, "a")
	func() {
		defer func() {
			if r := recover(); r != "mine" {
				t.Errorf("recovered %v, want the function's own panic", r)
			}
		}()
		e.Update(func(w kv.Writer) error {
			w.Put([]byte("b"), []byte("b"))
			panic("mine")
		})
	}()
	put(t, e, "c")
	wantKeys(t, e, "a=a", "c=c")
}

func snapshots(t *testing.T, e kv.Engine) {
	put(t, e, "a")
	view(t, e, func(r kv.Reader) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			put(t, e, "b")
		}()
		<-done
		if got := r.Get([]byte("b")); got != nil {
			t.Errorf("a later commit shows in an older snapshot: %q", got)
		}
		if got := collect(r.Ascend(nil, nil)); !slices.Equal(got, []string{"a=a"}) {
			t.Errorf("snapshot holds %q", got)
		}
	})
	wantKeys(t, e, "a=a", "b=b")
}

func oneWriter(t *testing.T, e kv.Engine) {
	const writers, rounds = 4, 25
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range rounds {
				err := e.Update(func(w kv.Writer) error {
					n := len(w.Get([]byte("n")))
					return w.Put([]byte("n"), bytes.Repeat([]byte("x"), n+1))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	view(t, e, func(r kv.Reader) {
		if n := len(r.Get([]byte("n"))); n != writers*rounds {
			t.Errorf("%d of %d changes are there", n, writers*rounds)
		}
	})
}

func ownChanges(t *testing.T, e kv.Engine) {
	put(t, e, "a", "b")
	update(t, e, func(w kv.Writer) error {
		w.Put([]byte("c"), []byte("c"))
		w.Delete([]byte("a"))
		if got := collect(w.Ascend(nil, nil)); !slices.Equal(got, []string{"b=b", "c=c"}) {
			t.Errorf("a writer sees %q", got)
		}
		if w.Get([]byte("a")) != nil {
			t.Error("a deleted key is still there for its writer")
		}
		return nil
	})
}

func ownedValues(t *testing.T, e kv.Engine) {
	key, value := []byte("k"), []byte("value")
	update(t, e, func(w kv.Writer) error {
		if err := w.Put(key, value); err != nil {
			return err
		}
		key[0], value[0] = 'x', 'x'
		return nil
	})
	wantKeys(t, e, "k=value")
}

func emptyValue(t *testing.T, e kv.Engine) {
	update(t, e, func(w kv.Writer) error { return w.Put([]byte("k"), nil) })
	view(t, e, func(r kv.Reader) {
		if got := r.Get([]byte("k")); got == nil || len(got) != 0 {
			t.Errorf("Get of an empty value = %#v, want empty and not nil", got)
		}
		if r.Get([]byte("other")) != nil {
			t.Error("Get of nothing is not nil")
		}
	})
}

func deleteNothing(t *testing.T, e kv.Engine) {
	put(t, e, "a")
	update(t, e, func(w kv.Writer) error { return w.Delete([]byte("zz")) })
	wantKeys(t, e, "a=a")
}

func closed(t *testing.T, e kv.Engine) {
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.View(func(kv.Reader) error { return nil }); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("View after Close = %v", err)
	}
	if err := e.Update(func(kv.Writer) error { return nil }); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("Update after Close = %v", err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("second Close = %v", err)
	}
}
