package sentence_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/extract/sentence"
)

func sentences(text string) []string {
	doc := sentence.Split(text)
	out := []string{}
	for _, s := range doc.Sentences {
		out = append(out, doc.Span(s).In(text))
	}
	return out
}

func TestSentences(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"two":                          {"It rained. We left.", []string{"It rained.", "We left."}},
		"question and exclamation":     {"Who? Me! No.", []string{"Who?", "Me!", "No."}},
		"a title is not an end":        {"Gen. Roe met Sen. Lee. They talked.", []string{"Gen. Roe met Sen. Lee.", "They talked."}},
		"a month is not an end":        {"It began on Oct. 3 in Oslo.", []string{"It began on Oct. 3 in Oslo."}},
		"a month before a name":        {"Since Oct. Smith has been away.", []string{"Since Oct. Smith has been away."}},
		"initials are not an end":      {"John F. Kennedy flew to the U.S. Embassy.", []string{"John F. Kennedy flew to the U.S. Embassy."}},
		"U.S. at a sentence's end":     {"He lives in the U.S. The house is old.", []string{"He lives in the U.S.", "The house is old."}},
		"No. before a number":          {"He is No. 2 there. No. He is first.", []string{"He is No. 2 there.", "No.", "He is first."}},
		"Inc. goes on":                 {"Acme Inc. and Beta Corp. sued.", []string{"Acme Inc. and Beta Corp. sued."}},
		"hours":                        {"At 9 a.m. Monday it began. By 5 p.m. it was over.", []string{"At 9 a.m. Monday it began.", "By 5 p.m. it was over."}},
		"decimals and addresses":       {"It fell 3.5 points, says example.com. Nobody knew.", []string{"It fell 3.5 points, says example.com.", "Nobody knew."}},
		"party and state":              {"Ann Lee, R-S.C., voted no. So did I.", []string{"Ann Lee, R-S.C., voted no.", "So did I."}},
		"small letter goes on":         {"“Why now?” he asked.", []string{"“Why now?” he asked."}},
		"quotation ends with its mark": {"“We won.” The hall rose.", []string{"“We won.”", "The hall rose."}},
		"brackets end with their mark": {"It was late. (He slept.) We left.", []string{"It was late.", "(He slept.)", "We left."}},
		"missing blank":                {"It was over.The crowd left.", []string{"It was over.", "The crowd left."}},
		"three stops go on":            {"Well ... maybe. Or … not.", []string{"Well ... maybe.", "Or … not."}},
		"a line break ends":            {"A headline\nThe text begins", []string{"A headline", "The text begins"}},
		"Xinhua dateline":              {"BEIJING, Oct. 14 (Xinhua) -- It is groundless.", []string{"BEIJING, Oct. 14 (Xinhua) --", "It is groundless."}},
		"AP dateline":                  {"WASHINGTON (AP) — Two desks were closed.", []string{"WASHINGTON (AP) —", "Two desks were closed."}},
		"TASS dateline":                {"MOSCOW, October 14. /TASS/. The embassy knew nothing.", []string{"MOSCOW, October 14. /TASS/.", "The embassy knew nothing."}},
		"a dash is no dateline":        {"Paris — of all places — was quiet.", []string{"Paris — of all places — was quiet."}},
		"Chinese stops":                {"中国外交部回应。没有证据！是吗？", []string{"中国外交部回应。", "没有证据！", "是吗？"}},
		"Arabic":                       {"رفضت إيران ذلك. قالت البعثة لا؟ نعم.", []string{"رفضت إيران ذلك.", "قالت البعثة لا؟", "نعم."}},
		"Cyrillic":                     {"Москва не согласна. Песков ответил.", []string{"Москва не согласна.", "Песков ответил."}},
		"nothing":                      {"", []string{}},
		"blanks":                       {" \t\n ", []string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, sentences(tt.text)); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	tests := map[string]struct {
		text string
		want string // tokens parted by |
	}{
		"possessive":          {"China's claim", "China|'s|claim"},
		"curly possessive":    {"China’s claim", "China|’s|claim"},
		"negation stays":      {"They didn't say", "They|didn't|say"},
		"short forms":         {"we've they're I'm he'd she'll", "we|'ve|they|'re|I|'m|he|'d|she|'ll"},
		"inner apostrophe":    {"O'Brien d’Ivoire", "O'Brien|d’Ivoire"},
		"hyphen":              {"China-linked hackers", "China-linked|hackers"},
		"initials":            {"the U.S. and the D.C. police", "the|U.S.|and|the|D.C.|police"},
		"numbers":             {"1,500 or 3.5 at 9:30", "1,500|or|3.5|at|9:30"},
		"web address":         {"see https://example.com/a?b=c, he said", "see|https://example.com/a?b=c,|he|said"},
		"plural's apostrophe": {"the officials' claim", "the|officials|'|claim"},
		"typewriter's marks":  {"''So,'' he said", "''|So|,|''|he|said"},
		"three marks":         {"'so,'''", "'|so|,|'|''"},
		"dashes":              {"so--he", "so|--|he"},
		"joined by &":         {"AT&T rose", "AT&T|rose"},
		"Han":                 {"说：“没有”", "说|：|“|没有|”"},
		"Han beside Latin":    {"中国China说", "中国|China|说"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc := sentence.Split(tt.text)
			var got []string
			for i := range doc.Tokens {
				got = append(got, doc.Word(i))
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("tokens of %q = %s, want %s", tt.text, s, tt.want)
			}
		})
	}
}

func TestKeysIgnoreCaseAndApostrophes(t *testing.T) {
	doc := sentence.Split("DIDN’T Ärger ÄRGER")
	if got, want := doc.Tokens[0].Key, sentence.KeyOf("didn't"); got != want {
		t.Errorf("key of %q = %x, want that of didn't, %x", doc.Word(0), got, want)
	}
	if doc.Tokens[1].Key != doc.Tokens[2].Key {
		t.Errorf("keys of %q and %q differ", doc.Word(1), doc.Word(2))
	}
	if sentence.KeyOf("said") == sentence.KeyOf("says") {
		t.Error("different words have one key")
	}
}

func TestFlags(t *testing.T) {
	doc := sentence.Split("He saw NATO in the U.S.\nNow")
	want := map[string]sentence.Flag{
		"He":   sentence.Capital | sentence.Spaced | sentence.Fresh,
		"saw":  sentence.Spaced,
		"NATO": sentence.Capital | sentence.Upper | sentence.Spaced,
		"U.S.": sentence.Capital | sentence.Upper | sentence.Spaced | sentence.Abbrev,
		"Now":  sentence.Capital | sentence.Spaced | sentence.Fresh,
	}
	for i, tok := range doc.Tokens {
		if f, ok := want[doc.Word(i)]; ok && tok.Flags != f {
			t.Errorf("flags of %q = %b, want %b", doc.Word(i), tok.Flags, f)
		}
	}
}

func TestDatelinesAreListed(t *testing.T) {
	doc := sentence.Split("KYIV, March 3 (Ukrinform) – It was quiet.\n\nOslo was quiet too.")
	if diff := cmp.Diff([]int{0}, doc.Datelines); diff != "" {
		t.Errorf("datelines (-want +got):\n%s", diff)
	}
}

func TestLookups(t *testing.T) {
	text := "One two. Three.\nFour."
	doc := sentence.Split(text)
	i := doc.TokenAt(strings.Index(text, "Four"))
	if doc.Word(i) != "Four" {
		t.Fatalf("TokenAt found %q", doc.Word(i))
	}
	if s := doc.SentenceAt(i); s != 2 {
		t.Errorf("SentenceAt = %d, want 2", s)
	}
	if p := doc.ParagraphAt(i); p != 1 {
		t.Errorf("ParagraphAt = %d, want 1", p)
	}
	if !doc.Span(sentence.Range{Start: 2, End: 2}).Empty() {
		t.Error("an empty range has a span")
	}
}

// checkDocument fails unless tokens lie in order and sentences and paragraphs
// cover them without gaps.
func checkDocument(t *testing.T, doc *sentence.Document) {
	t.Helper()
	end := 0
	for i, tok := range doc.Tokens {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(doc.Text) || tok.Kind == 0 {
			t.Fatalf("token %d of %q: %+v after %d", i, doc.Text, tok, end)
		}
		if utf8.ValidString(doc.Text) && !utf8.ValidString(doc.Word(i)) {
			t.Fatalf("token %d of %q cuts a rune: %q", i, doc.Text, doc.Word(i))
		}
		end = tok.End
	}
	for what, ranges := range map[string][]sentence.Range{"sentence": doc.Sentences, "paragraph": doc.Paragraphs} {
		at := 0
		for i, r := range ranges {
			if r.Start != at || r.Len() <= 0 {
				t.Fatalf("%s %d of %q is %v, want it to begin at %d", what, i, doc.Text, r, at)
			}
			at = r.End
		}
		if at != len(doc.Tokens) {
			t.Fatalf("%ss of %q end at %d of %d tokens", what, doc.Text, at, len(doc.Tokens))
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"It's 9 a.m. in the U.S. Now.", "''a'' \"b\" ‘c’", "BEIJING, Oct. 14 (Xinhua) -- x", "\xff.\xfe\n\r\n说。", "a://b c", "1.2.3,4-", "…… ?!\"”)", "A.B.C. D"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkDocument(t, sentence.Split(text)) })
}

func TestLongSentencesAreCut(t *testing.T) {
	doc := sentence.Split(strings.Repeat("word ", 10_000))
	checkDocument(t, doc)
	for _, s := range doc.Sentences {
		if s.Len() > 400 {
			t.Fatalf("a sentence has %d tokens", s.Len())
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("On Monday, Gen. Roe of the U.S. Air Force said, “We didn’t see it.” Others weren't sure. ", 500)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		sentence.Split(text)
	}
}
