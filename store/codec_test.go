package store

import (
	"errors"
	"strings"
	"testing"

	"attribot/store/kv"
	"attribot/store/kv/mem"
)

func TestRecordsAreReadBackAsWritten(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"empty": "", "short": "Volt Typhoon", "long": strings.Repeat("a statement on attribution; ", 500)} {
		b, err := c.encode(text)
		if err != nil {
			t.Fatal(err)
		}
		var back string
		if err := c.decode(b, &back); err != nil || back != text {
			t.Errorf("%s: read back %d bytes of %d, %v", name, len(back), len(text), err)
		}
		if len(text) > packFrom && len(b) > len(text)/4 {
			t.Errorf("%s: %d bytes were packed into %d", name, len(text), len(b))
		}
	}
}

func TestEncodingOfALaterVersionIsNamed(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	var rec string
	if err := c.decode([]byte("\x09{}"), &rec); !errors.Is(err, kv.ErrCorrupt) || !strings.Contains(err.Error(), "encoding 9") {
		t.Errorf("%v", err)
	}
}

func TestIDs(t *testing.T) {
	for id, want := range map[string]uint64{"S12": 12, "S1": 1, "S0": 0, "S012": 0, "S+1": 0, "C12": 0, "S": 0, "": 0, "S-1": 0, "S99999999999999999999": 0} {
		if got := numberOf(letterStatement, id); got != want {
			t.Errorf("%q is number %d, want %d", id, got, want)
		}
	}
}

func TestForeignTextForgesNoKeys(t *testing.T) {
	if a, b := textKey(pMention, "x\x00y"), textKey(pMention, "x", "y"); string(a) == string(b) {
		t.Errorf("%q can be forged", b)
	}
	if n := len(textKey(pURL, strings.Repeat("x", 1<<20))); n > 4096 {
		t.Errorf("a key of %d bytes", n)
	}
}

// FuzzDecode reads torn records.
func FuzzDecode(f *testing.F) {
	c, err := newCodec()
	if err != nil {
		f.Fatal(err)
	}
	for _, rec := range []any{Statement{ID: "S1"}, strings.Repeat("long ", 1000), Event{Seq: 3, Kind: NewClaim}} {
		b, err := c.encode(rec)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var st Statement
		if err := c.decode(b, &st); err != nil && len(b) > 0 && !errors.Is(err, kv.ErrCorrupt) {
			t.Errorf("%v", err)
		}
	})
}

func BenchmarkReadStatement(b *testing.B) {
	s := benchStore(b, mem.New(), blindJudge{})
	if _, err := s.Record(b.Context(), benchPoll(1)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Statement("S1"); err != nil {
			b.Fatal(err)
		}
	}
}
