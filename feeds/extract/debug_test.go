package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
)

func TestDebug(t *testing.T) {
	id := os.Getenv("DBG")
	if id == "" {
		t.Skip()
	}
	path := os.Getenv("DBGFILE")
	if path == "" {
		path = "/work/shared/bench/attribution/articles.ndjson"
	}
	f, _ := os.Open(path)
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var a struct{ ID, Text, Title string }
		_ = json.Unmarshal(sc.Bytes(), &a)
		if a.ID != id {
			continue
		}
		p := newPage(lexicon.Embedded(), &article.Article{ID: a.ID, Text: a.Text, Title: a.Title})
		p.readTitle()
		p.parse()
		p.takeTitle()
		t.Log("topical", p.topical, "cyber", p.cyber, "primary", p.primary, "accused", p.accused, "accusers", p.accusers)
		if p.title != nil {
			t.Log("title charges", len(p.title.charges), p.title.accused)
		}
		for _, c := range p.charges {
			t.Logf("charge s%d %q %s weak=%v at %q", c.sent, p.text[p.items[c.items.first].Start:p.items[c.items.end-1].End], c.rule, c.weak, p.word(c.at))
		}
		for n := range p.sents {
			for _, ac := range p.acts(n) {
				sub := ""
				if ac.subject != nil {
					b := p.bytes(ac.subject.items)
					sub = b.In(p.text)
				}
				t.Logf("act s%d %q class %x subj %q %s inherit=%v content %q", n, p.word(ac.cue.first), ac.class, sub, ac.rule, ac.inherit, p.bytes(p.contentOf(&ac, nil)).In(p.text))
			}
		}
		for _, m := range p.mentions {
			b := p.bytes(m.items)
			o := ""
			if m.org != nil {
				o = m.org.Name
			}
			t.Logf("mention %q head %d name %q role %q body %q org %q %s", b.In(p.text), m.head, m.name, m.role, m.body, o, m.country)
		}
		r := New(lexicon.Embedded())
		for _, f := range r.Why(article.Article{ID: a.ID, Text: a.Text, Title: a.Title}) {
			t.Logf("%v %s %q", f.Reason, f.Detail, f.Span.In(a.Text))
		}
	}
}
