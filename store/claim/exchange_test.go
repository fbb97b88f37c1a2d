package claim

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
)

func TestClaimsSurviveWritingAndReading(t *testing.T) {
	want := Starter()
	want[0].ID, want[0].Proposed, want[0].Tags = "C7", true, []string{"a", "b"}
	for name, f := range map[string]struct {
		write func(*bytes.Buffer) error
		read  func(*bytes.Buffer) ([]Claim, error)
	}{
		"TOML": {func(b *bytes.Buffer) error { return WriteTOML(b, want) },
			func(b *bytes.Buffer) ([]Claim, error) { return ParseTOML("x.toml", b, AllOrNothing) }},
		"NDJSON": {func(b *bytes.Buffer) error { return WriteNDJSON(b, want) },
			func(b *bytes.Buffer) ([]Claim, error) { return ParseNDJSON("x.ndjson", b, AllOrNothing) }},
	} {
		var b bytes.Buffer
		if err := f.write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := f.read(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (- written, + read):\n%s", name, diff)
		}
	}
}

func TestPlainListsOfOtherProgramsAreRead(t *testing.T) {
	got, err := ParseNDJSON("claims.ndjson", strings.NewReader(`
{"id": "C07", "text": "A did B", "actor": "Kimsuky; APT37", "accused": "Russia / Belarus", "victim": "", "date": "26 May 2015", "subtitle": "more"}
`), AllOrNothing)
	if err != nil {
		t.Fatal(err)
	}
	want := []Claim{{ID: "C07", Text: "A did B", Actors: []statement.Actor{{Name: "Kimsuky"}, {Name: "APT37"}},
		Accused: []statement.Party{{Name: "Russia"}, {Name: "Belarus"}}, FirstSaid: statement.Date{Year: 2015, Month: 5, Day: 26}, Notes: "26 May 2015 more"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(- want, + got):\n%s", diff)
	}
}

func TestBrokenLinesNameFileAndLine(t *testing.T) {
	ndjson := "{\"id\":\"C1\",\"text\":\"a\"}\n\nnot json\n{\"id\":\"C1\",\"text\":\"again\"}\n{\"id\":\"C2\"}\n{\"id\":\"C3\",\"text\":\"b\",\"status\":\"odd\"}\n{\"id\":\"C4\",\"text\":\"c\"}\n"
	toml := "[[claim]]\nkey = \"a\"\ntext = \"a\"\n\n[[claim]]\nkey = \"b\"\ntext = \"b\"\ncolour = \"red\"\n\n[[claim]]\nkey = \"c\"\ntext = \n\n[[claim]]\nkey = \"d\"\ntext = \"d\"\n"
	for _, c := range []struct {
		name  string
		parse func(Mode) ([]Claim, error)
		want  []string
		kept  int
	}{
		{"NDJSON", func(m Mode) ([]Claim, error) { return ParseNDJSON("list.ndjson", strings.NewReader(ndjson), m) },
			[]string{"list.ndjson:3:", `list.ndjson:4: read claim: id "C1" stands already in line 1`, "list.ndjson:5: read claim: it has no text", "list.ndjson:6:"}, 2},
		{"TOML", func(m Mode) ([]Claim, error) { return ParseTOML("list.toml", strings.NewReader(toml), m) },
			[]string{`list.toml:8: read claim: unknown key "claim.colour"`, "list.toml:12:"}, 2},
	} {
		if got, err := c.parse(AllOrNothing); err == nil || len(got) != 0 {
			t.Errorf("%s: all or nothing gave %d claims and %v", c.name, len(got), err)
		}
		got, err := c.parse(SkipFaulty)
		if len(got) != c.kept {
			t.Errorf("%s: %d claims kept, want %d", c.name, len(got), c.kept)
		}
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q does not say %q", c.name, err, want)
			}
		}
		var f *Fault
		if !errors.As(err, &f) || f.Line == 0 {
			t.Errorf("%s: no Fault with a line in %v", c.name, err)
		}
	}
}

func FuzzParseNDJSON(f *testing.F) {
	f.Add([]byte(`{"id":"C1","text":"a","accused":"China","actors":[{"id":"x","name":"y","as":""}],"first_said":"2024-10"}`))
	f.Add([]byte("{}\n[]\nnull\n{\"id\":1}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cs, _ := ParseNDJSON("fuzz", bytes.NewReader(data), SkipFaulty)
		var b bytes.Buffer
		if err := WriteNDJSON(&b, cs); err != nil {
			t.Fatalf("write what was read: %v", err)
		}
		again, err := ParseNDJSON("again", &b, AllOrNothing)
		if err != nil {
			t.Fatalf("read what was written: %v", err)
		}
		if len(again) != len(cs) {
			t.Fatalf("%d claims came back, want %d", len(again), len(cs))
		}
	})
}

func FuzzParseTOML(f *testing.F) {
	f.Add([]byte("[[claim]]\nkey = \"a\"\ntext = \"\"\"\n[[x]]\n\"\"\"\nrelation = \"behind\"\naccused = [{name = \"China\"}]\n"))
	f.Add([]byte("[[claim]]\n[[claim]]\nid = 3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cs, err := ParseTOML("fuzz", bytes.NewReader(data), SkipFaulty)
		if err == nil && bytes.Contains(data, []byte("colour =")) && len(cs) == 0 {
			t.Skip()
		}
		var b bytes.Buffer
		if err := WriteTOML(&b, cs); err != nil {
			t.Fatalf("write what was read: %v", err)
		}
		again, err := ParseTOML("again", &b, AllOrNothing)
		if err != nil {
			t.Fatalf("read what was written: %v\n%s", err, b.String())
		}
		if len(again) != len(cs) {
			t.Fatalf("%d claims came back, want %d", len(again), len(cs))
		}
	})
}
