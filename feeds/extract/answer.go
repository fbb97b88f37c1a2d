package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// findAnswers counts whoever denies or rejects accusations as accused, and notes
// who accuses.
func (p *page) findAnswers() {
	for i := range p.items {
		it := &p.items[i]
		if it.Entry == nil || !it.Is(lexicon.State|lexicon.Demonym|lexicon.Org) || it.Entry.Country == "" {
			continue
		}
		p.answer(i, it.Entry)
	}
	p.findSmears()
	p.findReplies()
	for i := range p.items {
		if p.is(i, lexicon.Accusation) && i+2 < len(p.items) && (p.word(i+1) == "by" || p.word(i+1) == "from") {
			if m := p.mentionAfter(i+1, len(p.items)); m != nil {
				p.accusers.add(m.country, 1)
			}
		}
	}
	for i := range p.charges {
		c := &p.charges[i]
		if p.primary == "" && !c.weak && c.entry != nil && !c.entry.Crime() {
			p.primary = c.country()
			if p.firstAnswer > 0 && p.firstAnswer < c.at {
				p.primary = p.answers
			}
		}
	}
	if p.primary == "" {
		p.primary = p.answers
	}
}

// placed reports whether a state only tells where somebody sits: "the Russian
// embassy in Berlin".
func (p *page) placed(i int) bool {
	m := p.mention(i)
	return m != nil && m.country != "" && m.country != p.items[i].Entry.Country
}

// findSmears counts states as accused that are said to be smeared or framed, and
// those to which a tracked actor of the article is ascribed.
func (p *page) findSmears() {
	for i := range p.items {
		e := p.items[i].Entry
		if e == nil || e.Country == "" {
			continue
		}
		switch {
		case e.Class&lexicon.Actor != 0 && !e.Crime():
			p.accused.add(e.Country, 1)
		case p.is(i, lexicon.State|lexicon.Demonym) && (p.is(i-1, lexicon.Groundless|lexicon.Counter) && strings.HasSuffix(p.word(i-1), "ing") || smears[p.wordAt(i-1)] || smears[p.wordAt(i-2)] && p.is(i-1, lexicon.Conjunction|lexicon.Determiner)):
			p.accused.add(e.Country, 1)
		}
	}
}

// smears are verbs that only the accused uses.
var smears = words("smear smears vilify vilifies slander slanders frame frames framing malign maligns maligning defame defames discredit scapegoat")

// answer looks at the words after a party for denials and accusations.
func (p *page) answer(i int, e *lexicon.Entry) {
	if p.placed(i) {
		return
	}
	m := p.mention(i)
	governed := m != nil && p.is(m.items.first-1, lexicon.Preposition)
	for j := i + 1; j < min(len(p.items), i+16); j++ {
		it := &p.items[j]
		if it.Gap >= lexicon.Stop {
			return
		}
		switch {
		case governed && j > i+3:
			return
		case !governed && it.Is(lexicon.Deny|lexicon.Reject) && it.Form != 0 && e.Kind != "vendor" && e.Kind != "company":
			if s := p.sents[p.sentenceOf(j)]; p.any(span{j + 1, s.end}, lexicon.Accusation|lexicon.NotUs|lexicon.Behind|lexicon.Pronoun|deed) && p.cyberIn(s) {
				p.accused.add(e.Country, 2)
				if p.firstAnswer == 0 {
					p.firstAnswer, p.answers = i+1, e.Country
				}
			}
			return
		case j < i+4 && it.Is(lexicon.Accusation|lexicon.Accuse|lexicon.Blame|lexicon.Sanction):
			p.accusers.add(e.Country, 1)
			return
		case it.Is(cueAny) && it.Form&(lexicon.Past|lexicon.Third) != 0:
			return
		}
	}
}

// findReplies notes the states that answer accusations in this article.
func (p *page) findReplies() {
	p.replies = map[statement.Country]bool{}
	for i := range p.items {
		e := p.items[i].Entry
		if e == nil || e.Country == "" || p.replies[e.Country] {
			continue
		}
		if e.Class&lexicon.Actor != 0 && !e.Crime() || p.is(i, lexicon.State|lexicon.Demonym) && !p.placed(i) && p.near(i+1, min(len(p.items), i+6), lexicon.Deny|lexicon.Reject) >= 0 {
			p.replies[e.Country] = true
		}
	}
}
