package speech_test

import (
	"strings"
	"testing"

	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
	"attribot/feeds/extract/speech"
	"attribot/feeds/statement"
)

func readAll(text string) []speech.Speech { return speech.ReadAll(sentence.Split(text)) }

func one(t *testing.T, text string) speech.Speech {
	t.Helper()
	all := readAll(text)
	if len(all) != 1 {
		t.Fatalf("%q gives %d speeches, want one: %+v", text, len(all), all)
	}
	return all[0]
}

func TestWeakSpeechesAreLeftOutByRead(t *testing.T) {
	text := "The agency said that Oslo had accused Bergen of sending the drone."
	all, firm := readAll(text), speech.Read(sentence.Split(text))
	if len(all) != 2 || !all[1].Weak || all[1].Parent != 0 {
		t.Fatalf("ReadAll = %+v, want a weak second speech inside the first", all)
	}
	if len(firm) != 1 || firm[0].Weak || firm[0].Lemma != "say" {
		t.Fatalf("Read = %+v, want the outer speech alone", firm)
	}
}

func TestParentsAreCountedAnewByRead(t *testing.T) {
	text := strings.Repeat("The agency said that Oslo had accused Bergen of theft. ", 3) +
		"The agency wrote that on Monday, after a long night, Oslo said it knew."
	for i, s := range speech.Read(sentence.Split(text)) {
		if s.Parent >= i {
			t.Errorf("speech %d has parent %d", i, s.Parent)
		}
	}
}

func TestTypesOfQuotation(t *testing.T) {
	tests := map[string]statement.QuoteType{
		"He said: “We know nothing of it.”":            statement.Direct,
		"He said that nobody knew of it.":              statement.Indirect,
		"He said that it was “a very bad idea” to go.": statement.Mixed,
		"He said that it was ‘a very bad idea’ to go.": statement.Mixed,
	}
	for text, want := range tests {
		if got := one(t, text).Type; got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

func TestNegation(t *testing.T) {
	tests := map[string]bool{
		"The firm did not say that it was hit.":      true,
		"The firm never said that it was hit.":       true,
		"The firm hasn't confirmed that it was hit.": true,
		"The firm wouldn’t say whether it was hit.":  true,
		"The firm said that it was not hit.":         false,
		"The firm denied that it was hit.":           false,
	}
	for text, want := range tests {
		if got := one(t, text).Negated; got != want {
			t.Errorf("negated of %q = %v, want %v", text, got, want)
		}
	}
}

func TestKinds(t *testing.T) {
	tests := map[string]speech.CueKind{
		"He said that it rained.":                  speech.Say,
		"He told the court that it rained.":        speech.Tell,
		"He believes that it rained.":              speech.Belief,
		"He hopes to go home.":                     speech.Intent,
		"The police noticed that it rained.":       speech.Perceive,
		"His claim that it rained was a surprise.": speech.Nominal,
		"According to him, it rained.":             speech.AccordingTo,
		"He was told by Ruiz that it rained.":      speech.Passive,
		"Ruiz: It rained all day here":             speech.Colon,
	}
	for text, want := range tests {
		if got := one(t, text).Kind; got != want {
			t.Errorf("kind of %q = %v, want %v", text, got, want)
		}
	}
	for k := speech.Say; k <= speech.Dropped; k++ {
		if s := k.String(); s == "" || s == "unknown" {
			t.Errorf("kind %d has no name", k)
		}
	}
	if speech.CueKind(99).String() != "unknown" {
		t.Error("a kind that is none has a name")
	}
	if speech.Belief.Communicates() || !speech.Tell.Communicates() {
		t.Error("beliefs communicate or tellings do not")
	}
}

func TestLemmas(t *testing.T) {
	tests := map[string]string{
		"Beijing has repeatedly denied that it did so.": "deny",
		"She wrote that it was late.":                   "write",
		"She pointed out that it was late.":             "point out",
		"They swore that it was late.":                  "swear",
		"They're saying that it was late.":              "say",
		"The firm blames a vendor for the outage.":      "blame",
		"Berlin has called for an end to the raids.":    "call for",
	}
	for text, want := range tests {
		if got := one(t, text).Lemma; got != want {
			t.Errorf("lemma of %q = %q, want %q", text, got, want)
		}
	}
}

func TestNothingIsReadWhereNothingIsSaid(t *testing.T) {
	for _, text := range []string{"", " ", "\n\n", "The pumps stopped at noon.", "State officials met in Oslo.",
		"The news reports were late.", "A poll of the claims was held.", "”", "said", "He said", "according to", "X:"} {
		if all := readAll(text); len(all) != 0 {
			t.Errorf("%q gives %+v", text, all)
		}
	}
}

func TestCuesInQuotationsBelongToThem(t *testing.T) {
	s := one(t, "“I told you that I think he said so,” she said.")
	if s.Source.In("“I told you that I think he said so,” she said.") != "she" {
		t.Errorf("the speech is %+v, want the outer one alone", s)
	}
}

func TestRegionsMayBeGiven(t *testing.T) {
	doc := sentence.Split("“Go,” she said. “Go now.”")
	if got := speech.ReadQuoted(doc, quote.Find(doc)); len(got) != 1 || len(got[0].Content) != 2 {
		t.Errorf("ReadQuoted = %+v, want one speech in two parts", got)
	}
}

func TestSpanHoldsAllParts(t *testing.T) {
	text := "“Go,” she said. “Go now.”"
	s := one(t, text)
	if got := s.Span(); got != (statement.Span{Start: 0, End: len(text)}) {
		t.Errorf("span = %v, want all %d bytes", got, len(text))
	}
}

func TestReadingTwiceGivesTheSame(t *testing.T) {
	a, b := readAll(pressText), readAll(pressText)
	if len(a) != len(b) || len(a) < 10 {
		t.Fatalf("%d speeches, then %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Span() != b[i].Span() || a[i].Rule != b[i].Rule {
			t.Errorf("speech %d differs", i)
		}
	}
}

func TestHeadlineWithoutWords(t *testing.T) {
	for _, title := range []string{"", ":", "- -", "“”", "A: B", "report"} {
		for _, s := range speech.ReadHeadline(title) {
			checkSpan(t, title, s.Span())
		}
	}
}
