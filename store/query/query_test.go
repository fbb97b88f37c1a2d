package query

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
)

// brief writes a query's terms in short.
func brief(q Query) string { return q.String() }

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{``, ``},
		{`actor:"Volt Typhoon" accused:CN`, `actor:"Volt Typhoon" accused:CN`},
		{`ACTOR:volt`, `actor:volt`},
		{`stance:denies -outlet:Xinhua`, `stance:denies -outlet:Xinhua`},
		{`accused:CN,RU`, `accused:CN accused:RU`},
		{`ransomware -"data leak" “submarine cables”`, `ransomware -"data leak" "submarine cables"`},
		{`since:2024-01 until:2024-02`, `since:2024-01-01 until:2024-02-29`},
		{`since:2024 until:2024`, `since:2024-01-01 until:2024-12-31`},
		{`https://example.org/a`, `"https://example.org/a"`},
		{`by:US group:apt28 blames:Russia`, `speaker:US actor:apt28 accused:Russia`},
		{`claim:c12 lang:zh country:China`, `claim:c12 lang:zh country:China`},
		{`伏特台风 –`, `伏特台风`},
		{`  volt   typhoon  `, `volt typhoon`},
	} {
		q, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if diff := cmp.Diff(c.want, brief(q)); diff != "" {
			t.Errorf("%s: %s", c.in, diff)
		}
	}
}

func TestFaultsAreSentencesWithAPlace(t *testing.T) {
	for _, c := range []struct {
		in   string
		at   int
		says string
	}{
		{`volt actr:x`, 5, `I don't know the key "actr". Did you mean "actor"?`},
		{`colour:red`, 0, `I don't know the key "colour". I know actor, accused`},
		{`stance:denis`, 7, `Did you mean "denies"?`},
		{`actor:`, 6, `What should come after "actor:"? For example actor:"Volt Typhoon".`},
		{`actor:"Volt`, 6, `not closed`},
		{`since:yesterday`, 6, `I can't read the date "yesterday". Please write it like 2024-10-14, 2024-10 or 2024.`},
		{`-since:2024`, 0, `"since" can't be excluded`},
		{`country:Atlantis`, 8, `I don't know the country "Atlantis".`},
		{`outlet:"!!"`, 7, `nothing to look for`},
		{`-`, 0, `nothing to look for`},
		{"\xff", 0, `not valid text`},
		{strings.Repeat("x ", 60), 101, `more than 50 conditions`},
	} {
		_, err := Parse(c.in)
		var f *Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if f.At != c.at || !strings.Contains(f.Text, c.says) {
			t.Errorf("%s: at %d %q, want at %d %q", c.in, f.At, f.Text, c.at, c.says)
		}
	}
}

func TestDatesToldFromToday(t *testing.T) {
	today := statement.Date{Year: 2026, Month: 11, Day: 22}
	for in, want := range map[string]string{
		"since:7d": "since:2026-11-15", "since:2w": "since:2026-11-08", "since:3m": "since:2026-08-22", "since:1y": "since:2025-11-22",
		"since:today": "since:2026-11-22", "until:yesterday": "until:2026-11-21", "since:2024-10-14": "since:2024-10-14",
	} {
		q, err := ParseAt(in, today)
		if err != nil || q.String() != want {
			t.Errorf("%s: %s, %v", in, q, err)
		}
	}
	if _, err := ParseAt("since:soon", today); err == nil || !strings.Contains(err.Error(), "7d for the last seven days") {
		t.Errorf("%v", err)
	}
}

var denial = View{
	Actors:    []string{"volt-typhoon", "Volt Typhoon", "Volta Typhoon"},
	Accused:   []string{"China", "CN"},
	Speakers:  []string{"Mao Ning", "foreign ministry spokesperson", "Ministry of Foreign Affairs", "CN"},
	Victims:   []string{"Guam", "US"},
	Countries: []string{"CN", "US"},
	Stance:    statement.Rebut,
	Outlets:   []string{"Xinhua", "CGTN"},
	Langs:     []string{"en", "zh-Hans"},
	Claims:    []string{"C12"},
	Said:      statement.Date{Year: 2024, Month: 10, Day: 14},
	Text:      []string{"the claims are groundless and made up", "中国坚决反对"},
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		query string
		want  bool
	}{
		{``, true},
		{`volt typhoon`, true},
		{`"Volta Typhoon"`, true},
		{`"Typhoon Volt"`, false},
		{`actor:volt-typhoon`, true},
		{`actor:volta`, true},
		{`actor:salt`, false},
		{`actor:salt,volt`, true},
		{`accused:CN`, true},
		{`accused:China`, true},
		{`accused:Beijing`, false},
		{`accused:US`, false},
		{`speaker:"Mao Ning"`, true},
		{`speaker:china`, true},
		{`speaker:ministry stance:denies`, true},
		{`stance:rebut`, true},
		{`stance:deny`, false},
		{`stance:opposes`, true},
		{`stance:asserts`, false},
		{`outlet:xinhua`, true},
		{`-outlet:xinhua`, false},
		{`-outlet:cnn groundless`, true},
		{`groundless -"made up"`, false},
		{`lang:zh`, true},
		{`lang:de`, false},
		{`claim:c12`, true},
		{`claim:C1`, false},
		{`country:US`, true},
		{`country:"United States"`, true},
		{`country:RU`, false},
		{`victim:guam`, true},
		{`坚决反对`, true},
		{`坚决支持`, false},
		{`ground`, false},
		{`since:2024-10-14 until:2024-10-14`, true},
		{`since:2024-10-15`, false},
		{`until:2024-10-13`, false},
		{`accused:CN stance:deny`, false},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := q.Match(denial); got != c.want {
			t.Errorf("%s matches: %v", c.query, got)
		}
	}
}

func TestOpenDatesMatchWhatTheyCanMean(t *testing.T) {
	for _, c := range []struct {
		said  statement.Date
		query string
		want  bool
	}{
		{statement.Date{Year: 2024, Month: 10}, "since:2024-10-20", true},
		{statement.Date{Year: 2024, Month: 10}, "since:2024-11-01", false},
		{statement.Date{Year: 2024}, "until:2024-01-31", true},
		{statement.Date{Month: 10, Day: 14}, "since:2024", false},
		{statement.Date{}, "since:2024", false},
		{statement.Date{}, "", true},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Match(View{Said: c.said}); got != c.want {
			t.Errorf("%s, %s: %v", c.said, c.query, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`actor:"Volt Typhoon" -x`, `accused:CN,RU since:2024`, `“a” «b» „c“`, `a"b`, `-key:"`, `lang:zh 中文`, `stance:denies country:uk`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			var fault *Fault
			if !errors.As(err, &fault) || fault.At < 0 || fault.At > len(s) || fault.Text == "" {
				t.Fatalf("%q: %#v", s, err)
			}
			return
		}
		again, err := Parse(q.String())
		if err != nil {
			t.Fatalf("%q is written %q, which is refused: %v", s, q, err)
		}
		if again.String() != q.String() {
			t.Fatalf("%q is written %q, read back as %q", s, q, again)
		}
		if q.Match(denial) != again.Match(denial) {
			t.Fatalf("%q and %q match differently", s, q)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	q, err := Parse(`accused:CN stance:denies "made up"`)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		q.Match(denial)
	}
}
