package extract

import (
	"sort"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/extract/quote"
	"attribot/feeds/statement"
)

// insideQuote reports whether the act stands in a quotation without a cue that
// goes on with the speech before it.
func (r *reading) insideQuote(a *act) bool {
	q := r.p.region(int(r.p.items[a.cue.first].Start))
	if q < 0 || a.subject == nil || a.subject.head == headPronoun && r.p.wordAt(a.subject.items.first) != "it" {
		return false
	}
	at := r.p.bytes(r.p.sents[a.sent]).Start
	return r.p.region(at) == q && r.p.quotes[q].Inner.Contains(r.p.bytes(a.subject.items)) && (q == r.spoke.region || r.ownRegion(a.sent, q))
}

// quotedAct reports whether an act stands with its subject inside a quotation
// whose speaker is named outside: there the words are that speaker's.
func (p *page) quotedAct(acts []act, i int) bool {
	a := &acts[i]
	if a.subject == nil || len(acts) < 2 {
		return false
	}
	q := p.region(int(p.items[a.cue.first].Start))
	if q < 0 || !p.quotes[q].Inner.Contains(p.bytes(a.subject.items)) {
		return false
	}
	for k := range acts {
		if k != i && acts[k].subject != nil && p.region(int(p.items[acts[k].cue.first].Start)) != q {
			return true
		}
	}
	return false
}

// region is the outermost quotation that holds the byte offset, or -1.
func (p *page) region(at int) int {
	i := sort.Search(len(p.quotes), func(i int) bool { return p.quotes[i].Inner.End > at })
	if i < len(p.quotes) && p.quotes[i].Inner.Start <= at {
		return i
	}
	return -1
}

// quotesIn are the outermost quotations that touch a span.
func (p *page) quotesIn(b statement.Span) []quote.Region {
	first := sort.Search(len(p.quotes), func(i int) bool { return p.quotes[i].Span.End >= b.Start })
	end := first
	for end < len(p.quotes) && p.quotes[end].Span.Start <= b.End {
		end++
	}
	return p.quotes[first:end]
}

// namesOnly are cues that only give a name.
var namesOnly = words("dubbed dubs dub called calls call named names name labelled labeled label labels term termed terms")

// passesOn reports whether the act only passes on what a speaker inside its words
// says: "..., sources said", "..., Reuters reports".
func (sc *scene) passesOn(acts []act, i int) bool {
	if sc.who.Kind != statement.Unnamed && !sc.medium() || sc.who.Kind == statement.Unnamed && sc.who.Country != "" {
		return false
	}
	for k := range acts {
		b := &acts[k]
		if b.class == lexicon.According && b.subject != nil && b.subject.org != nil && b.subject.org.Class&lexicon.Outlet != 0 {
			continue
		}
		if k != i && b.subject != nil && !namesOnly[sc.p.word(b.cue.first)] && !b.inherit && b.subject != acts[i].subject && b.subject.head != headOutlet && b.subject.head != headPronoun && sc.content.has(b.cue.first) && sc.content.has(b.subject.items.first) &&
			b.class&(lexicon.Say|lexicon.Deny|lexicon.Reject|lexicon.Accuse|lexicon.Blame|lexicon.Attribute|lexicon.Condemn|lexicon.Sanction|lexicon.Call|lexicon.According) != 0 {
			return true
		}
	}
	return false
}

// covered reports whether the act without a speaker stands in the words of
// another: then the outlet does not say it itself.
func covered(p *page, acts []act, i int) bool {
	for k := range acts {
		if k != i && (acts[k].subject != nil || acts[k].doc.end > 0) && acts[k].class&(lexicon.Say|lexicon.According|lexicon.Report|lexicon.Accuse|lexicon.Confirm) != 0 &&
			p.contentOf(&acts[k], nil).has(acts[i].cue.first) {
			return true
		}
	}
	return false
}

// quotedFrom reports whether a quotation begins in the range.
func (p *page) quotedFrom(s span) bool {
	b := p.bytes(s)
	for _, q := range p.quotesIn(b) {
		if q.Span.Start >= b.Start {
			return true
		}
	}
	return false
}
