package quote_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
)

// regions prints what Find found, an inner region with a > for each level, an
// open one with … and one that goes on with +.
func regions(text string) []string {
	out := []string{}
	for _, r := range quote.Find(sentence.Split(text)) {
		s := strings.Repeat(">", r.Level)
		if r.Joined {
			s += "+"
		}
		s += r.Span.In(text)
		if !r.Closed {
			s += "…"
		}
		out = append(out, s)
	}
	return out
}

func TestFind(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"curly":                       {"He said “yes” and “no”.", []string{"“yes”", "“no”"}},
		"straight":                    {`He said "yes" and "no".`, []string{`"yes"`, `"no"`}},
		"typewriter's pairs":          {"He said ''yes,'' twice.", []string{"''yes,''"}},
		"LaTeX pairs":                 {"He said ``yes'' twice.", []string{"``yes''"}},
		"single curly":                {"He said ‘yes’ twice.", []string{"‘yes’"}},
		"single straight":             {"He said 'yes' twice.", []string{"'yes'"}},
		"guillemets":                  {"Il dit «oui» deux fois.", []string{"«oui»"}},
		"German marks":                {"Er sagte „ja“ und ging.", []string{"„ja“"}},
		"corner brackets":             {"他说「没有」。", []string{"「没有」"}},
		"white corner brackets":       {"他说『没有』。", []string{"『没有』"}},
		"title brackets":              {"《人民日报》报道。", []string{"《人民日报》"}},
		"nested":                      {"“He said ‘yes’ twice.”", []string{"“He said ‘yes’ twice.”", ">‘yes’"}},
		"nested the other way":        {"‘He said “yes” twice.’", []string{"‘He said “yes” twice.’", ">“yes”"}},
		"nested straight":             {`"He said 'yes' twice."`, []string{`"He said 'yes' twice."`, ">'yes'"}},
		"nested at the end":           {"''He said 'yes.'''", []string{"''He said 'yes.'''", ">'yes.'"}},
		"apostrophes":                 {"They didn't; it's John's and O’Brien’s.", []string{}},
		"plural's apostrophe":         {"The officials’ claim and the boys' lawyer.", []string{}},
		"plural inside single marks":  {"‘The officials’ claim is wrong,’ he said.", []string{"‘The officials’ claim is wrong,’"}},
		"elision":                     {"Rock 'n' roll of the '90s, get 'em, ’twas so.", []string{}},
		"inches":                      {`A 17" screen and a 6' wall.`, []string{}},
		"unclosed ends the paragraph": {"He said “yes and left.\nShe stayed.", []string{"“yes and left.…"}},
		"paragraphs":                  {"“One.\n“Two.\n“Three,” he said.", []string{"“One.…", "+“Two.…", "+“Three,”"}},
		"straight paragraphs":         {"\"One.\n\"Two,\" he said.", []string{"\"One.…", "+\"Two,\""}},
		"a new one is not joined":     {"“One.\nShe said “two”.", []string{"“One.…", "“two”"}},
		"closing mark typed straight": {"He said “yes\" twice.", []string{"“yes\""}},
		"opening mark typed curly":    {"”Yes,” he said.", []string{"”Yes,”"}},
		"closing mark typed opening":  {"“Yes,“ he said.", []string{"“Yes,“"}},
		"straight closed curly":       {"\"Yes,” he said.", []string{"\"Yes,”"}},
		"closing mark alone":          {"Yes,\" he said. It is so\".", []string{}},
		"two marks for one":           {"\"“Yes,” he said.", []string{"“Yes,”"}},
		"after a dash":                {"It was—“yes”—so.", []string{"“yes”"}},
		"in brackets":                 {"It was (“yes”) so.", []string{"“yes”"}},
		"nothing":                     {"", []string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, regions(tt.text)); diff != "" {
				t.Errorf("regions (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInnerLeavesTheMarksOut(t *testing.T) {
	text := "He said “yes”."
	r := quote.Find(sentence.Split(text))[0]
	if got := r.Inner.In(text); got != "yes" {
		t.Errorf("inner = %q, want yes", got)
	}
	if r.Single {
		t.Error("double marks are called single")
	}
	if !quote.Find(sentence.Split("He said ‘yes’."))[0].Single {
		t.Error("single marks are not called single")
	}
}

func checkRegions(t *testing.T, doc *sentence.Document, all []quote.Region) {
	t.Helper()
	var open []quote.Region
	start := 0
	for i, r := range all {
		if r.Span.Start < start || r.Span.End > len(doc.Text) || r.Span.Empty() || !r.Span.Contains(r.Inner) || r.First > r.Last {
			t.Fatalf("region %d of %q is wrong: %+v", i, doc.Text, r)
		}
		start = r.Span.Start
		for len(open) > 0 && open[len(open)-1].Span.End <= r.Span.Start {
			open = open[:len(open)-1]
		}
		if len(open) != r.Level {
			t.Fatalf("region %d of %q has level %d inside %d others", i, doc.Text, r.Level, len(open))
		}
		for _, o := range open {
			if !o.Span.Contains(r.Span) {
				t.Fatalf("regions %v and %v of %q cross", o.Span, r.Span, doc.Text)
			}
		}
		open = append(open, r)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"“a ‘b’ c”", "\"a 'b' c\"", "''a 'b'''", "「『《〈a", "’’’‘‘“”\"\"", "„a“ «b»", "'a' 'b c' d's", "“a\n“b”\n\"c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := sentence.Split(text)
		checkRegions(t, doc, quote.Find(doc))
	})
}

func TestManyMarksInLittleTime(t *testing.T) {
	for _, unit := range []string{"\"", "“", "'", "‘a ", "a' ", "\" ", "“”", "「"} {
		doc := sentence.Split(strings.Repeat(unit, 100_000))
		start := time.Now()
		checkRegions(t, doc, quote.Find(doc))
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("100,000 of %q took %v", unit, took)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("“We didn’t see it,” the officials’ chief said. 'It's late,' she added: \"Go home.\" ", 500)
	doc := sentence.Split(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		quote.Find(doc)
	}
}
