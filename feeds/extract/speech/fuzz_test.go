package speech_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"attribot/feeds/extract/sentence"
	"attribot/feeds/extract/speech"
	"attribot/feeds/statement"
)

// checkSpeeches fails unless the spans lie in the text, on the bounds of runes,
// the contents in order and apart, and the speeches in text order with parents
// before them.
func checkSpeeches(t *testing.T, text string, all []speech.Speech) {
	t.Helper()
	last := 0
	for i := range all {
		s := &all[i]
		if len(s.Content) == 0 || s.Kind == 0 || s.Type == 0 || s.Rule == "" || s.Lemma == "" {
			t.Fatalf("speech %d is not whole: %+v", i, s)
		}
		checkSpan(t, text, s.Source)
		checkSpan(t, text, s.Cue)
		end := -1
		for _, c := range s.Content {
			checkSpan(t, text, c)
			if c.Empty() || c.Start < end {
				t.Fatalf("speech %d: content %v is empty or out of order", i, s.Content)
			}
			end = c.End
		}
		if start := s.Span().Start; start < last {
			t.Fatalf("speech %d begins at %d, before the one before it at %d", i, start, last)
		} else {
			last = start
		}
		if s.Parent >= i || s.Parent < -1 {
			t.Fatalf("speech %d has parent %d", i, s.Parent)
		}
	}
}

func checkSpan(t *testing.T, text string, s statement.Span) {
	t.Helper()
	if s.Empty() && s == (statement.Span{}) {
		return
	}
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		t.Fatalf("span %v lies outside the text of %d bytes", s, len(text))
	}
	if inRune(text, s.Start) || inRune(text, s.End) {
		t.Fatalf("span %v cuts a rune of %q", s, text)
	}
}

// inRune reports whether offset i lies inside the bytes of a valid rune.
func inRune(text string, i int) bool {
	for k := max(0, i-3); k < i; k++ {
		if r, n := utf8.DecodeRuneInString(text[k:]); r != utf8.RuneError && k+n > i {
			return true
		}
	}
	return false
}

func FuzzRead(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkSpeeches(t, text, speech.ReadAll(sentence.Split(text)))
		checkSpeeches(t, text, speech.Read(sentence.Split(text)))
		checkSpeeches(t, text, speech.ReadHeadline(text))
	})
}

var seeds = []string{
	pressText,
	"“A,” X said. “B.”\n\n“C,",
	"\"\"\"''''``“”‘’«»「」『』",
	"He said, “yes” and ‘no’ and said said said said.",
	"according to according to, according to X, according",
	"X: y\nX said:\n“z”\n— A. B.",
	"中国外交部发言人毛宁说：“没有证据。”",
	"\xff\xfe said \xe2\x80 that \xf0\x9f\x98\x80 was\x00.",
	"said that said that said that, who said, which said: “",
	"It's 'em '90s officials' 'claim' isn't n't ' s 's.",
	"As X put it, \"so\" - Y. ¶\n- Z",
	"was accused by X of Y, was told by Z that W, is believed to be V",
	"Source said Friday in a statement on Twitter in an interview: “Q”",
	"said, said, said, said, \"a\", \"b\" said, and said \"c\" and \"d\"",
}

// TestSlowInputs reads inputs that make careless readers quadratic. The time
// allowed is some fifty times what a slow machine needs for a linear reading.
func TestSlowInputs(t *testing.T) {
	const megabyte = 1 << 20
	inputs := map[string]string{
		"quotation marks":           strings.Repeat("\"", 100_000),
		"quotation marks, spaced":   strings.Repeat("\" ", 100_000),
		"opening marks":             strings.Repeat("“a ", 100_000),
		"opening and closing":       strings.Repeat("“a” ", 100_000),
		"apostrophes":               strings.Repeat("'a ", 100_000),
		"one sentence":              strings.Repeat("the minister of the house of the state ", megabyte/39),
		"one sentence of sayings":   strings.Repeat("he said that ", megabyte/13),
		"and said":                  "He said " + strings.Repeat("and said it was so ", megabyte/19),
		"commas":                    "X said " + strings.Repeat("a, ", megabyte/3),
		"appositions":               strings.Repeat("Smith, a man, ", megabyte/14) + "said so.",
		"according to":              strings.Repeat("according to him, ", megabyte/18),
		"claims that":               strings.Repeat("his claims that ", megabyte/16),
		"brackets":                  strings.Repeat("(", megabyte) + strings.Repeat("he said (x ", 10_000),
		"a quotation of a megabyte": "“" + strings.Repeat("He said it was so. ", megabyte/19) + "” he said.",
		"paragraphs of quotations":  strings.Repeat("“It is so.\n\n", megabyte/14),
		"line breaks":               strings.Repeat("\n", megabyte),
		"no blanks":                 strings.Repeat("a", megabyte),
		"dashes":                    strings.Repeat("- he said ", megabyte/10),
		"adverbs":                   strings.Repeat("very ", megabyte/5) + "said it was so.",
		"auxiliaries":               strings.Repeat("would have been ", megabyte/16) + "said it was so.",
		"invalid bytes":             strings.Repeat("\xff\xe2\x80 said ", megabyte/9),
		"ideographs":                strings.Repeat("他说：“没有。”", megabyte/21),
		"sayings in quotations":     strings.Repeat("“yes,” he said, “no,” ", megabyte/30),
	}
	for name, text := range inputs {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			all := speech.Read(sentence.Split(text))
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v", len(text), took)
			}
			if len(all) < 3000 {
				checkSpeeches(t, text, all)
			}
		})
	}
}
