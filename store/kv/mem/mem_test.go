package mem

import (
	"fmt"
	"testing"

	"attribot/store/kv"
	"attribot/store/kv/kvtest"
)

func TestEngine(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) kv.Engine { return New() })
}

func TestSizeCountsKeysAndValues(t *testing.T) {
	e := New()
	if err := e.Update(func(w kv.Writer) error { return w.Put([]byte("key"), []byte("value")) }); err != nil {
		t.Fatal(err)
	}
	if total, free := e.Size(); total != 8 || free != 0 {
		t.Errorf("Size = %d, %d", total, free)
	}
}

func BenchmarkPut(b *testing.B) {
	e := New()
	for i := range b.N {
		e.Update(func(w kv.Writer) error { return w.Put(fmt.Appendf(nil, "%08d", i*7919%1_000_000), []byte("value")) })
	}
}
