package claim

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"attribot/feeds/statement"
)

// ownCase is one statement of the own set with the claims it stands to.
type ownCase struct {
	name string
	said statement.Statement
	want []Verdict // by key instead of id
}

// numbered gives the starter claims ids as a store would.
func numbered(tb testing.TB) (cs []Claim, keys map[ID]string) {
	tb.Helper()
	keys = map[ID]string{}
	for i, c := range Starter() {
		c.ID = ID(fmt.Sprintf("C%d", i+1))
		keys[c.ID] = c.Key
		cs = append(cs, c)
	}
	return cs, keys
}

func readOwnSet(tb testing.TB) []ownCase {
	tb.Helper()
	files, err := filepath.Glob("testdata/judging/*.txtar")
	if err != nil || len(files) == 0 {
		tb.Fatalf("find the own set: %v, %d files", err, len(files))
	}
	var cases []ownCase
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range a.Files {
			c, err := readOwnCase(string(f.Data))
			if err != nil {
				tb.Fatalf("%s %s: %v", file, f.Name, err)
			}
			c.name = strings.TrimSuffix(filepath.Base(file), ".txtar") + "/" + f.Name
			c.said.Article = c.name
			cases = append(cases, c)
		}
	}
	return cases
}

func readOwnCase(text string) (c ownCase, err error) {
	s := &c.said
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "stance":
			err = s.Stance.UnmarshalText([]byte(value))
		case "speaker":
			s.Speaker.Name = value
		case "organisation":
			s.Speaker.Organisation = value
		case "country":
			s.Speaker.Country = statement.Country(value)
		case "accused":
			s.Accused = parties(value)
		case "actors":
			for _, n := range splitNames(value) {
				s.Actors = append(s.Actors, statement.Actor{Name: n})
			}
		case "victims":
			s.Victims = parties(value)
		case "said":
			err = s.Said.UnmarshalText([]byte(value))
		case "words":
			s.Words = value
		case "want":
			c.want, err = readWanted(value)
		case "note":
		default:
			err = fmt.Errorf("unknown line %q", line)
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

func readWanted(value string) (want []Verdict, err error) {
	if value == "-" {
		return nil, nil
	}
	for part := range strings.SplitSeq(value, ";") {
		key, standing, _ := strings.Cut(strings.TrimSpace(part), " ")
		v := Verdict{Claim: ID(key)}
		if err := v.Standing.UnmarshalText([]byte(standing)); err != nil {
			return nil, err
		}
		want = append(want, v)
	}
	return want, nil
}

func TestOwnSetOfStatements(t *testing.T) {
	cs, keys := numbered(t)
	j := NewJudge(Options{})
	j.PutAll(cs)
	cases := readOwnSet(t)
	if len(cases) < 150 {
		t.Errorf("%d statements, want at least 150", len(cases))
	}
	var linked, first, standing, none, confirmed, wrong int
	for _, c := range cases {
		got := j.Judge(c.said)
		top := keys[got[0].Claim]
		if len(c.want) == 0 {
			none++
			if got[0].Confirmed {
				wrong++
				t.Logf("%s: %q confirmed to %s: %v", c.name, c.said.Words, top, got[0])
			}
			continue
		}
		linked++
		if got[0].Confirmed {
			confirmed++
		}
		if top != string(c.want[0].Claim) {
			t.Logf("%s: %q first %s %v, want %s", c.name, c.said.Words, top, got[0], c.want[0].Claim)
			continue
		}
		first++
		if got[0].Standing == c.want[0].Standing {
			standing++
		} else {
			t.Logf("%s: %q %s, want %s", c.name, c.said.Words, got[0].Standing, c.want[0].Standing)
		}
	}
	t.Logf("right claim first %d/%d, standing right %d/%d, confirmed %d/%d, unlinked confirmed %d/%d",
		first, linked, standing, first, confirmed, linked, wrong, none)
	if first*100 < 96*linked || standing*100 < 98*first || confirmed*100 < 92*linked || wrong > 0 {
		t.Errorf("the judge does worse than it did")
	}
}
