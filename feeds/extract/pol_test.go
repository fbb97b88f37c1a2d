package extract_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
)

func TestPol(t *testing.T) {
	if os.Getenv("POL") == "" {
		t.Skip()
	}
	f, _ := os.Open(os.Getenv("POL"))
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	r := extract.New(lexicon.Embedded())
	n, hit, stm := 0, 0, 0
	for sc.Scan() {
		var a struct{ ID, Text string }
		json.Unmarshal(sc.Bytes(), &a)
		n++
		all := r.Read(article.Article{ID: a.ID, Text: a.Text, Lang: "en"})
		if len(all) > 0 {
			hit++
			t.Log("==", a.ID)
		}
		for _, s := range all {
			stm++
			t.Logf("   %s %q/%s(%s) %s acc %s rule %s | %.260q", s.Stance, s.Speaker.As, s.Speaker.Organisation, s.Speaker.Country, "", parties(s.Accused), s.Rule, s.Span.In(a.Text))
		}
	}
	t.Log(n, "articles", hit, "with statements", stm)
}
