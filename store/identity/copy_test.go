package identity

import (
	"fmt"
	"strings"
	"testing"
)

// story makes a text of numbered sentences, those of which the numbers are given.
func story(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "Sentence %d tells of village %d, where person %d saw animal %d and counted %d trees beside the road. ", i, i*7, i*13, i*17, i*19)
	}
	return b.String()
}

func TestCopiesAreFound(t *testing.T) {
	whole := story(0, 40)
	for _, c := range []struct {
		situation string
		other     string
		copied    bool
	}{
		{"word for word", whole, true},
		{"cut to its first third", story(0, 13), true},
		{"with a paragraph of its own", whole + story(100, 105), true},
		{"with other quotation marks and case", strings.ToUpper(whole), true},
		{"another text of the same kind", story(50, 90), false},
		{"a few sentences in common", story(36, 76), false},
		{"nothing", "", false},
	} {
		if share := Contained(PrintOf(whole), PrintOf(c.other)); share >= CopyFrom != c.copied {
			t.Errorf("%s: %d thousandths are contained", c.situation, share)
		}
	}
}

func TestAlikeMeasuresAnEdit(t *testing.T) {
	whole := PrintOf(story(0, 40))
	if got := Alike(whole, whole); got != 1000 {
		t.Errorf("a text and itself: %d", got)
	}
	half := Alike(whole, PrintOf(story(0, 20)+story(60, 80)))
	if half < 200 || half > 450 {
		t.Errorf("half of the sentences replaced: %d, want about 330", half)
	}
	if got := Alike(PrintOf(""), PrintOf("")); got != 1000 {
		t.Errorf("two empty texts: %d", got)
	}
}

func TestPrintIsKeptWhole(t *testing.T) {
	p := PrintOf(story(0, 40))
	b, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var q Print
	if err := q.UnmarshalBinary(b); err != nil || Contained(p, q) != 1000 || q.Runs != p.Runs {
		t.Errorf("read back: %v", err)
	}
	if err := q.UnmarshalBinary(nil); err != nil || q.Runs != 0 {
		t.Errorf("nothing read back: %+v, %v", q, err)
	}
}

func TestChineseTextIsComparedByPairs(t *testing.T) {
	a := WordsOf("美国长期监听德国等盟友")
	if got := Overlap(a, WordsOf("毛宁说，美国长期监听德国等盟友。")); got < 900 {
		t.Errorf("overlap %d", got)
	}
}

func BenchmarkPrintOf(b *testing.B) {
	text := story(0, 60)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		PrintOf(text)
	}
}
