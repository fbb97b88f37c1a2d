package lexicon

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"attribot/feeds/statement"
)

// lines are the lines of an embedded table, without remarks.
func lines(t *testing.T, file string) [][]string {
	t.Helper()
	b, err := fs.ReadFile(data, "data/"+file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.SplitSeq(string(b), "\n") {
		if line != "" && line[0] != '#' {
			all = append(all, strings.Split(line, "|"))
		}
	}
	return all
}

func TestActorsHaveIDsOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	names := 0
	for _, f := range lines(t, "actors.txt") {
		if seen[f[0]] || f[0] == "" {
			t.Errorf("actor id %q stands twice or is empty", f[0])
		}
		seen[f[0]] = true
		if !slices.Contains([]string{"state", "crime", "tracked"}, f[2]) {
			t.Errorf("actor %s is of unknown kind %q", f[0], f[2])
		}
		names += len(strings.Split(f[3], ";"))
	}
	if len(seen) < 1100 || names < 2700 {
		t.Errorf("have %d actors with %d names, want about 1,180 with 2,850", len(seen), names)
	}
}

func TestCountriesAreCodes(t *testing.T) {
	code := regexp.MustCompile(`^[A-Z]{2}$`)
	known := map[string]bool{"": true}
	for _, f := range lines(t, "states.txt") {
		if !code.MatchString(f[0]) {
			t.Errorf("state %q has no code of two letters", f[0])
		}
		known[f[0]] = true
	}
	for file, column := range map[string]int{"actors.txt": 1, "orgs.txt": 1, "outlets.txt": 0} {
		for _, f := range lines(t, file) {
			if !known[f[column]] {
				t.Errorf("%s: %s is in unknown country %q", file, f[0], f[column])
			}
		}
	}
}

func TestPeopleHavePosts(t *testing.T) {
	for _, f := range lines(t, "people.txt") {
		if f[1] != "" && Embedded().OrgByID(statement.OrgID(f[1])) == nil {
			t.Errorf("%s speaks for unknown organisation %q", f[0], f[1])
		}
		if f[2] == "" {
			t.Errorf("%s has no role", f[0])
		}
	}
}

func TestWellKnownActors(t *testing.T) {
	for id, want := range map[statement.ActorID]struct {
		name    string
		country statement.Country
	}{
		"volt-typhoon": {"Volt Typhoon", "CN"}, "apt28": {"APT28", "RU"}, "lazarus-group": {"Lazarus Group", "KP"},
		"zirconium": {"APT31", "CN"}, "leviathan": {"APT40", "CN"}, "charming-kitten": {"Charming Kitten", "IR"},
	} {
		e := Embedded().ActorByID(id)
		if e == nil || e.Name != want.name || e.Country != want.country || e.Crime() {
			t.Errorf("%s: have %+v, want %v", id, e, want)
		}
	}
	if e := Embedded().ActorByID("akira"); e == nil || !e.Crime() {
		t.Errorf("akira is no criminal brand: %+v", e)
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	for _, c := range []struct {
		name string
		t    table
		text string
		want string
	}{
		{"too few fields", table{"x.txt", (*builder).state, 3}, "# states\nCN|China\n", "x.txt:2: want 3 fields, have 2"},
		{"actor without an id", table{"x.txt", (*builder).actor, 4}, "|CN|state|Volt\n", "x.txt:1: an actor needs"},
		{"wrong date", table{"x.txt", (*builder).person, 3}, "A B||boss|last year\n", "x.txt:1: read date"},
		{"unknown class", table{"x.txt", nil, 0}, "[cyber]\nhack\n[nonsense]\n", `x.txt:3: unknown class "nonsense"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := builder{Lexicon: newLexicon()}
			if err := b.table(c.t, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("have error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestStemsOfOtherLanguages(t *testing.T) {
	ru := TongueOf("ru-RU")
	if ru == nil || len(ru.State) == 0 || len(ru.Stance[statement.Deny]) == 0 {
		t.Errorf("Russian stems are missing: %+v", ru)
	}
	if TongueOf("en") != nil || TongueOf("") != nil {
		t.Error("English must be read by clauses")
	}
	for _, text := range []string{"ru|deny", "ru|nonsense|a;b"} {
		if _, err := readTongues("# x\n" + text); err == nil || !strings.Contains(err.Error(), "foreign.txt:2") {
			t.Errorf("%q: have error %v, want one that names line 2", text, err)
		}
	}
}
