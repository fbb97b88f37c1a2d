package lexicon

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found lists the entries of a text as "words=id".
func found(l *Lexicon, text string) []string {
	var all []string
	for _, it := range l.Scan(text) {
		if it.Entry != nil {
			all = append(all, text[it.Start:it.End]+"="+it.Entry.ID)
		}
	}
	return all
}

func TestNamesInText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"letters and a number apart", "APT 28 and APT-28 are APT28", []string{"APT 28=apt28", "APT-28=apt28", "APT28=apt28"}},
		{"longest wins", "U.S. Treasury Department officials", []string{"U.S. Treasury Department=us-treasury"}},
		{"country in capitals, pronoun in small letters", "US asked us", []string{"US=st-us"}},
		{"stops in an agency's name", "the F.B.I. said", []string{"F.B.I.=us-fbi"}},
		{"possessive", "China's Mao Ning", []string{"China=st-cn", "Mao Ning=cn-mfa"}},
		{"a misspelling that translators make", "“Volta Typhoon” attacks", []string{"Volta Typhoon=volt-typhoon"}},
		{"Chinese", "所谓伏特台风组织", []string{"伏特台风=volt-typhoon"}},
		{"Cyrillic", "заявил Дмитрий Песков", []string{"Дмитрий Песков=st-ru"}},
		{"apostrophe within a name", "Clare O'Neil said", []string{"Clare O'Neil="}},
		{"hyphen after a state", "Russia-linked hackers", []string{"Russia=st-ru"}},
		{"ministry in small letters", "the Chinese foreign ministry", []string{"Chinese foreign ministry=cn-mfa"}},
		{"outlet only with capitals", "the national computer team of The Washington Post", []string{"The Washington Post=wapo"}},
		{"nothing in an ordinary sentence", "she had the snake and the gold in the play", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(Embedded(), c.text)); diff != "" {
				t.Errorf("names differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOrdinaryWordsAskForContext(t *testing.T) {
	for _, it := range Embedded().Scan("Play ransomware and the Silence gang") {
		if it.Entry != nil && !it.Context {
			t.Errorf("%s is taken for granted", it.Entry.Name)
		}
	}
}

func TestClassesOfWords(t *testing.T) {
	for word, want := range map[string]Class{
		"cyberattack": CyberOperation, "hackers": Hacker, "denied": Deny, "rejects": Reject, "condemning": Condemn, "baseless": Groundless,
		"nothing to do with": NotUs, "stopped short of": Doubt, "declined to comment": Decline, "allegedly": Hedge, "spokesperson": Role,
		"according to": According, "stole": AttackVerb, "wiretapped": AttackVerb, "has nothing to do": NotUs, "Monday": When,
	} {
		items := Embedded().Scan(word)
		if len(items) == 0 || !items[0].Is(want) || items[0].End != int32(len(word)) && want != NotUs {
			t.Errorf("%q is not of class %b: %+v", word, want, items)
		}
	}
}

func TestFormsOfVerbs(t *testing.T) {
	for _, c := range []struct{ verb, want string }{
		{"deny", "deny denies denied denying"},
		{"steal", "steal steals stole stolen stealing"},
		{"blame", "blame blames blamed blaming"},
		{"rebut", "rebut rebuts rebutted rebutted rebutting"},
		{"attach", "attach attaches attached attaching"},
		{"point the finger at", "point the finger at|points the finger at|pointed the finger at|pointing the finger at"},
	} {
		sep := " "
		if strings.Contains(c.want, "|") {
			sep = "|"
		}
		var forms []string
		for _, f := range inflect(c.verb) {
			forms = append(forms, f.text)
		}
		if got := strings.Join(forms, sep); got != c.want {
			t.Errorf("%s: have %q, want %q", c.verb, got, c.want)
		}
	}
}

func TestBytesOfItems(t *testing.T) {
	text := "“Russia’s” APT28 — \xff中国, U.S. don't\n"
	last := int32(0)
	for _, it := range Embedded().Scan(text) {
		if it.Start < last || it.End <= it.Start || int(it.End) > len(text) {
			t.Fatalf("item %+v does not follow %d in %d bytes", it, last, len(text))
		}
		last = it.End
	}
}

func FuzzScan(f *testing.F) {
	f.Add("Russia's APT 28 hacked the U.S. (NSA) 中国 O'Neil F.B.I.")
	f.Add("\xff'\u2019s.\u2019 a.b.c.d 'tis")
	l := Embedded()
	f.Fuzz(func(t *testing.T, text string) {
		last := int32(0)
		for _, it := range l.Scan(text) {
			if it.Start < last || it.End <= it.Start || int(it.End) > len(text) {
				t.Fatalf("item %+v does not follow %d in %d bytes", it, last, len(text))
			}
			last = it.End
		}
	})
}

// BenchmarkMake makes the lexicon of the embedded tables: what a cold start costs.
func BenchmarkMake(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("Russia-linked hackers tracked as APT28 broke into the ministry's servers, the National Cyber Security Centre said on Monday. ", 100)
	l := Embedded()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		l.Scan(text)
	}
}
