package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
)

// subjectOf finds the subject of the cue at item i by walking left: over
// adverbs, times and phrases with prepositions, up to the clause's beginning. A
// document may stand for its issuer.
func (p *page) subjectOf(i int, s span) (*mention, span) {
	for j := i - 1; j >= s.first && i-j < 40; j-- {
		if p.items[j+1].Gap >= lexicon.Stop && p.items[j+1].Gap != lexicon.NewLine {
			return nil, span{}
		}
		if m := p.mention(j); m != nil {
			if p.apposed(m, s) {
				j = m.items.first
				continue
			}
			if k := p.besides(m, s); k > 0 {
				j = k
				continue
			}
			if k := p.clauseAbout(m, s); k > 0 {
				j = k
				continue
			}
			if whole := p.includedIn(m, s); whole != nil {
				return whole, span{}
			}
			if p.subjectHere(m, s) {
				return p.firstOf(m, s), span{}
			}
			j = m.items.first
			continue
		}
		it := &p.items[j]
		switch {
		case it.Is(lexicon.Document) && (it.Form == 0 || p.is(j-1, lexicon.Determiner|lexicon.Modifier|lexicon.Possessive)) && !p.underPreposition(j, s):
			return p.issuer(j, s), span{j, j + 1}
		case it.Is(lexicon.That):
			return nil, span{}
		case it.Form&(lexicon.Past|lexicon.Third) != 0 && it.Is(cueAny|lexicon.AttackVerb|lexicon.HackVerb) && !it.Is(lexicon.Document|lexicon.Accusation|lexicon.Attack|lexicon.Cyber|lexicon.Link|lexicon.Group|lexicon.Body|lexicon.Measure) && !p.relative(j, s):
			return nil, span{}
		case it.Is(lexicon.Conjunction) && p.word(j) != "and" && j > s.first:
			return nil, span{}
		}
	}
	return nil, span{}
}

// apposed reports whether the mention explains a name before it: ", an internet
// security company,".
func (p *page) apposed(m *mention, s span) bool {
	f := m.items.first
	if f == s.first || p.items[f].Gap != lexicon.Comma || m.head != headBody && m.head != headRole || m.name != "" {
		return false
	}
	det := p.word(f)
	return (det == "a" || det == "an") && m.items.end < s.end && p.items[m.items.end].Gap == lexicon.Comma
}

// besides is the first item of "together with NATO and other allies," where the
// mention is the last one of it, and commas part it from the subject; else 0.
func (p *page) besides(m *mention, s span) int {
	if m.items.end >= s.end || !p.comma(m.items.end) {
		return 0
	}
	for k := m.items.first - 1; k > max(s.first, m.items.first-12); k-- {
		if p.comma(k) && p.is(k, lexicon.Preposition|lexicon.Adverb) {
			switch p.word(k) {
			case "together", "along", "with", "alongside", "through", "via", "together with", "along with", "jointly":
				return k
			}
		}
		if p.comma(k) && p.mention(k) == nil || p.items[k].Gap >= lexicon.Stop {
			return 0
		}
	}
	return 0
}

// clauseAbout is the item of who or which where the mention ends a clause between
// commas about somebody before it: "Roe, who heads the agency, said"; else 0.
func (p *page) clauseAbout(m *mention, s span) int {
	if m.items.end >= s.end || !p.comma(m.items.end) {
		return 0
	}
	for k := m.items.first - 1; k > max(s.first, m.items.first-16); k-- {
		if p.comma(k) {
			if w := p.word(k); (w == "who" || w == "which" || w == "whose") && m.items.first > k+1 {
				return k
			}
			return 0
		}
	}
	return 0
}

// relative reports whether the verb at item j stands in a clause between commas
// that begins with who or which.
func (p *page) relative(j int, s span) bool {
	for k := j - 1; k >= max(s.first, j-6); k-- {
		switch p.word(k) {
		case "who", "which", "that":
			return true
		}
	}
	return false
}

// subjectHere reports whether the mention can be a subject: it is not governed
// by a preposition.
func (p *page) subjectHere(m *mention, s span) bool {
	if m.head == headHacker || m.head == headActor || m.head == headOther && (places[p.word(m.items.end-1)] || p.is(m.items.end, lexicon.State|lexicon.Demonym)) {
		return false
	}
	f := m.items.first
	if f == s.first {
		return true
	}
	if p.is(f-1, lexicon.Preposition|lexicon.According) && p.items[f].Gap <= lexicon.Blank && !clausal[p.word(f-1)] {
		return false
	}
	if p.is(m.items.end, lexicon.Possessive) && !p.is(m.items.end-1, lexicon.Possessive) {
		return false
	}
	if m.items.end < s.end && p.is(m.items.end, lexicon.Accusation|lexicon.CyberOperation|lexicon.Attack|lexicon.Hacker) && p.items[m.items.end].Form&(lexicon.Past) == 0 && p.items[m.items.end].Gap <= lexicon.Blank && !p.is(m.items.end, cueAny) {
		return false
	}
	return true
}

// clausal prepositions can begin a clause with a subject of its own.
var clausal = map[string]bool{"after": true, "before": true, "since": true, "until": true, "as": true}

// underPreposition reports whether the noun at item j is governed by a
// preposition ("in a statement").
func (p *page) underPreposition(j int, s span) bool {
	for k := j - 1; k >= max(s.first, j-4); k-- {
		if p.is(k, lexicon.Preposition) {
			return true
		}
		if !p.is(k, lexicon.Determiner|lexicon.Modifier|lexicon.Cyber|lexicon.When) {
			return false
		}
	}
	return false
}

// issuer is who published the document at item j: named beside it ("a report by
// Mandiant", "Microsoft's advisory"), else nil.
func (p *page) issuer(j int, s span) *mention {
	if m := p.publishedBy(j, s); m != nil {
		return m
	}
	for k := j + 1; k < min(s.end, j+4); k++ {
		switch p.word(k) {
		case "by", "from", "of":
			if m := p.mentionAfter(k, s.end); m != nil {
				return m
			}
		}
		if p.items[k].Gap >= lexicon.Comma {
			break
		}
	}
	for k := j - 1; k >= max(s.first, j-5); k-- {
		if p.items[k+1].Gap >= lexicon.Comma || p.is(k, lexicon.According) {
			break
		}
		if m := p.mention(k); m != nil {
			return m
		}
		if p.items[k+1].Gap >= lexicon.Comma {
			break
		}
	}
	return nil
}

// firstOf is the first of several subjects joined by commas and "and": "CVERC
// and 360".
func (p *page) firstOf(m *mention, s span) *mention {
	and := false
	for {
		f := m.items.first
		if f-1 <= s.first || p.word(f-1) != "and" && !p.comma(f) {
			return m
		}
		k := f - 1
		if p.word(k) == "and" {
			and = true
			k--
		}
		if !and {
			return m
		}
		before := p.mention(k)
		if before != nil && !p.beginsClause(before, s) && p.comma(f) {
			return m
		}
		if before == nil || before.items.end != k+1 || before.head == headPronoun || before.head == headHacker || !speaksWith(before, m) || !p.subjectHere(before, s) {
			return m
		}
		m = before
	}
}

// publishedBy is the agent of "a report that was published on Tuesday by X".
func (p *page) publishedBy(j int, s span) *mention {
	seen := false
	for k := j + 1; k < min(s.end, j+12); k++ {
		switch w := p.word(k); {
		case strings.HasPrefix(w, "publish") || strings.HasPrefix(w, "releas") || strings.HasPrefix(w, "issue"):
			seen = true
		case w == "by" && seen:
			return p.mentionAfter(k, s.end)
		}
		if p.items[k].Gap >= lexicon.Comma {
			return nil
		}
	}
	return nil
}

// publishedBefore is who published the act's document, as the sentences before it
// tell: "a report published by X and Y. The report says ..."; else nil.
func (p *page) publishedBefore(a *act) *mention {
	if a.doc.end == 0 {
		return nil
	}
	noun := singular(p.word(a.doc.first))
	for n := a.sent - 1; n >= max(0, a.sent-2); n-- {
		s := p.sents[n]
		for j := s.end - 1; j >= s.first; j-- {
			if !p.is(j, lexicon.Document) || singular(p.word(j)) != noun {
				continue
			}
			if m := p.publishedBy(j, s); m != nil {
				return m
			}
		}
	}
	return nil
}

func singular(w string) string { return strings.TrimSuffix(strings.ToLower(w), "s") }

// publishers are those who published the act's document together with the first.
func (p *page) publishers(a *act) []*mention {
	m := p.publishedBefore(a)
	if m == nil {
		return nil
	}
	n := p.sentenceOf(m.items.first)
	end := p.sents[n].end
	return p.cospeakers(&act{sent: n, subject: m, cue: span{end, end}})
}

// beginsClause reports whether nothing governs the mention in its clause.
func (p *page) beginsClause(m *mention, s span) bool {
	f := m.items.first
	return f == s.first || p.comma(f) || p.items[f].Gap >= lexicon.Quoted || p.is(f-1, lexicon.That) || p.items[f].Gap >= lexicon.Comma
}

// comma reports whether a comma stands before item i, also after a bracket.
func (p *page) comma(i int) bool {
	if i <= 0 || i >= len(p.items) {
		return false
	}
	switch p.items[i].Gap {
	case lexicon.Comma:
		return true
	case lexicon.Mark:
		return strings.Contains(p.text[p.items[i-1].End:p.items[i].Start], ",")
	}
	return false
}

// speaksWith reports whether two mentions can be joined subjects.
func speaksWith(a, b *mention) bool {
	institution := func(m *mention) bool {
		return m.head == headOrg || m.head == headBody || m.head == headState || m.head == headOutlet
	}
	if institution(a) {
		return institution(b) || b.head == headRole && b.plural
	}
	return a.head == headPerson && b.head == headPerson || a.head == headRole && b.head == headRole
}

// includedIn is the first example where the mention is the last one of "some media
// organisations, including X and Y,"; nil where it is none.
func (p *page) includedIn(m *mention, s span) *mention {
	k, example := m.items.first-1, m
	for k > s.first && p.word(k) != "including" {
		if p.word(k) == "and" {
			k--
		}
		before := p.mention(k)
		if before == nil || before.items.first <= s.first {
			return nil
		}
		k, example = before.items.first-1, before
	}
	if k <= s.first || p.word(k) != "including" || !p.comma(k) {
		return nil
	}
	if whole := p.mention(k - 1); whole != nil && whole.plural {
		return example
	}
	return nil
}

// including are those named in "some media organisations, including X and Y,".
func (p *page) including(m *mention, s span) []*mention {
	k := m.items.end
	if !m.plural || k+1 >= s.end || !p.comma(k) || p.word(k) != "including" {
		return nil
	}
	var all []*mention
	for k++; k < s.end; {
		next := p.mention(k)
		if next == nil || next.head != headOutlet && next.head != headOrg && next.head != headState && next.head != headBody {
			return all
		}
		all = append(all, next)
		k = next.items.end
		if k < s.end && (p.word(k) == "and" || p.comma(k) && p.wordAt(k) == "and") {
			k++
		} else if k >= s.end || !p.comma(k) || p.mention(k) == nil {
			return all
		}
	}
	return all
}

// cospeakers are the mentions joined to the first subject.
func (p *page) cospeakers(a *act) []*mention {
	if a.subject == nil || a.inherit {
		return nil
	}
	s := p.sents[a.sent]
	all := p.including(a.subject, s)
	m := a.subject
	for {
		k := m.items.end
		if k+1 < s.end && p.comma(k) && p.word(k) == "and" || k < s.end && p.word(k) == "and" {
			k++
		} else if k >= s.end || !p.comma(k) {
			return all
		}
		if a.after && p.comma(k) {
			return all
		}
		next := p.mention(k)
		if next == nil || next.items.first > k || !speaksWith(m, next) || next.items.first >= a.cue.first && !a.after {
			return all
		}
		all = append(all, next)
		m = next
	}
}

// ownPronoun reports whether an act with a pronoun for its subject is one of its
// own: a clause with which or who only counts where its verb takes a stance.
func (p *page) ownPronoun(a *act) bool {
	switch strings.ToLower(p.word(a.subject.items.first)) {
	case "which", "who", "that":
		return a.class&(lexicon.Deny|lexicon.Reject|lexicon.Accuse|lexicon.Blame|lexicon.Attribute) != 0
	}
	return true
}
