package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
)

// act is one act of speech in a sentence: a cue with its subject.
type act struct {
	sent    int
	class   lexicon.Class // the one class of the cue that counts
	cue     span
	subject *mention // nil for the outlet's own voice
	doc     span     // the document that speaks ("the warrant says"), empty where a party does
	passive bool
	negated bool
	inherit bool // the subject is the act's before
	after   bool // the subject stands after the cue
	rule    string
}

// cueClasses are the classes of cues, the most telling first.
var cueClasses = []lexicon.Class{lexicon.Decline, lexicon.Doubt, lexicon.Deny, lexicon.Accuse, lexicon.Blame, lexicon.Reject, lexicon.Condemn, lexicon.Sanction, lexicon.Indict, lexicon.Attribute,
	lexicon.Confirm, lexicon.Call, lexicon.Say, lexicon.Report, lexicon.Believe}

const cueAny = lexicon.Decline | lexicon.Doubt | lexicon.Deny | lexicon.Accuse | lexicon.Blame | lexicon.Reject | lexicon.Condemn | lexicon.Sanction | lexicon.Indict | lexicon.Attribute |
	lexicon.Confirm | lexicon.Call | lexicon.Say | lexicon.Report | lexicon.Believe

// acts lists the acts of speech of a sentence.
func (p *page) acts(n int) []act {
	s := p.sents[n]
	var acts []act
	if a, ok := p.colonAct(n, s); ok {
		acts = append(acts, a)
	}
	for i := s.first; i < s.end; i++ {
		switch {
		case p.is(i, lexicon.According):
			if m := p.mentionAfter(i, s.end); m != nil {
				acts = append(acts, act{sent: n, class: lexicon.According, cue: span{i, i + 1}, subject: m, after: true, rule: "according-to"})
			} else if j := p.documentAfter(i, s.end); j >= 0 {
				acts = append(acts, act{sent: n, class: lexicon.According, cue: span{i, i + 1}, subject: p.issuer(j, s), doc: span{j, j + 1}, after: true, rule: "according-to"})
			}
		case p.is(i, cueAny) || p.held(i, s):
			if a, ok := p.verbAct(n, s, i, acts); ok {
				acts = append(acts, a)
			}
		}
	}
	return acts
}

// colonAct reads a transcript's line: "Mao Ning: We have noted the report."
func (p *page) colonAct(n int, s span) (act, bool) {
	if p.items[s.first].Gap != lexicon.NewLine {
		return act{}, false
	}
	m := p.mention(s.first)
	if m == nil || m.items.first != s.first || m.head != headPerson && m.head != headOutlet || m.items.end >= s.end {
		return act{}, false
	}
	between := p.text[p.items[m.items.end-1].End:p.items[m.items.end].Start]
	if !strings.HasPrefix(between, ":") && !strings.HasPrefix(between, "：") {
		return act{}, false
	}
	return act{sent: n, class: lexicon.Say, cue: span{m.items.end, m.items.end}, subject: m, rule: "transcript"}, true
}

// held reports whether the verb belongs to "held North Korea responsible".
func (p *page) held(i int, s span) bool {
	switch p.word(i) {
	case "held", "holds", "hold", "holding":
		for j := i + 2; j < min(s.end, i+8); j++ {
			if p.word(j) == "responsible" || p.word(j) == "responsible for" || p.word(j) == "accountable" {
				return true
			}
		}
	}
	return false
}

// verbAct reads the act whose cue is item i.
func (p *page) verbAct(n int, s span, i int, before []act) (act, bool) {
	it := &p.items[i]
	a := act{sent: n, cue: span{i, i + 1}}
	for _, c := range cueClasses {
		if it.Is(c) {
			a.class = c
			break
		}
	}
	if a.class == 0 { // held responsible
		a.class = lexicon.Blame
		a.subject, a.doc = p.subjectOf(i, s)
		a.rule = "subject-cue"
		return a, a.subject != nil
	}
	if it.Is(lexicon.Decline | lexicon.Doubt) {
		a.subject, a.doc = p.subjectOf(i, s)
		a.rule = "phrase"
		expletive := a.subject != nil && a.subject.head == headPronoun && strings.EqualFold(p.word(a.subject.items.first), "it")
		if (a.subject == nil || expletive) && len(before) > 0 {
			a.subject, a.inherit = before[len(before)-1].subject, true
		}
		return a, true
	}
	if it.Form == 0 || p.at[i] != 0 || it.Gap == lexicon.Joined && i > s.first {
		return a, false
	}
	if p.hypothetical(i) || p.givesName(i, s) {
		return a, false
	}
	if p.subordinate(i, s) && a.class != lexicon.Deny {
		return a, false
	}
	if it.Form&lexicon.Participle != 0 && p.passive(i) {
		return p.passiveAct(a, s, i)
	}
	if it.Form&lexicon.Past != 0 && i > s.first && it.Gap <= lexicon.Blank && (p.is(i-1, lexicon.Determiner|lexicon.Preposition) && !p.is(i-1, lexicon.Pronoun|lexicon.Conjunction|lexicon.Auxiliary|lexicon.Hedge) && p.at[i-1] == 0 || p.items[i-1].Shape&lexicon.Digit != 0 && p.items[i-1].Class == 0 && i+1 < s.end && p.is(i+1, lexicon.Demonym|lexicon.Role|lexicon.Hacker)) {
		return a, false // an adjective: "with suspected links"
	}
	if it.Form&lexicon.Past != 0 && p.reduced(i, s) {
		if p.after(i, "by") {
			return p.passiveAct(a, s, i)
		}
		return a, false
	}
	if m := p.inverted(i, s); m != nil {
		a.subject, a.after, a.rule = m, true, "cue-subject"
		return a, true
	}
	if it.Form&lexicon.Gerund != 0 && it.Gap < lexicon.Comma && !p.joinedVerb(i) && !p.is(i-1, lexicon.Auxiliary|lexicon.Adverb) {
		return a, false
	}
	if len(before) > 0 && p.is(i-1, lexicon.Auxiliary) && p.word(i-1) == "having" && before[len(before)-1].subject != nil {
		a.subject, a.inherit, a.rule = before[len(before)-1].subject, true, "shared-subject"
		return a, true
	}
	if len(before) > 0 && (it.Form&lexicon.Gerund != 0 && it.Gap >= lexicon.Comma || (it.Form&(lexicon.Past|lexicon.Third) != 0 || it.Form&lexicon.Base != 0 && before[0].subject != nil && before[0].subject.plural) && p.joinedVerb(i)) {
		last := before[len(before)-1]
		for k := len(before) - 1; k >= 0 && it.Form&lexicon.Past == 0 && it.Form&lexicon.Base != 0; k-- {
			if before[k].subject != nil && before[k].subject.plural {
				last = before[k]
				break
			}
		}
		if (last.subject != nil || last.doc.end > 0) && !(last.after && it.Form&lexicon.Gerund == 0) {
			a.subject, a.doc, a.inherit, a.rule = last.subject, last.doc, true, "shared-subject"
			return a, true
		}
	}
	a.subject, a.doc = p.subjectOf(i, s)
	a.negated = p.negated(i)
	switch {
	case a.subject != nil || a.doc.end > 0:
		a.rule = "subject-cue"
		if p.nounHere(i, a) {
			return a, false
		}
	case len(before) > 0 && (it.Form&lexicon.Gerund != 0 || it.Form&lexicon.Past != 0 || it.Form&lexicon.Third != 0 && p.joinedVerb(i)):
		if it.Form&lexicon.Third != 0 && !p.joinedVerb(i) {
			return a, false
		}
		last := before[len(before)-1]
		a.subject, a.doc, a.inherit, a.rule = last.subject, last.doc, true, "shared-subject"
	default:
		return a, false
	}
	return a, true
}

// givesName reports whether "named" only gives a name: "a group named Volt
// Typhoon", not "named Russia as the culprit".
func (p *page) givesName(i int, s span) bool {
	if p.namedSo(i, s) {
		return true
	}
	if w := p.word(i); w != "named" && w != "names" && w != "name" && w != "naming" {
		return false
	}
	if m := p.mention(i - 1); m != nil && (m.head == headOrg || m.head == headState || m.head == headPerson) && p.is(i+1, lexicon.Actor|lexicon.State) && (m.items.first == s.first || p.is(m.items.first-1, lexicon.Conjunction)) {
		return false // "but Microsoft named Linen Typhoon"
	}
	for j := i + 1; j < min(s.end, i+9); j++ {
		if p.word(j) == "as" {
			return false
		}
	}
	return true
}

// namedSo reports whether the verb gives a thing its name: "a toolkit called
// Marble". A speaker before it calls something something.
func (p *page) namedSo(i int, s span) bool {
	if w := p.word(i); w != "called" && w != "dubbed" {
		return false
	}
	return i > s.first && i+1 < s.end && p.mention(i-1) == nil && p.items[i-1].Class == 0 && p.items[i-1].Shape&lexicon.Capital == 0 &&
		p.items[i].Gap <= lexicon.Blank && p.items[i+1].Shape&lexicon.Capital != 0
}

// hypothetical reports whether the verb only would happen.
func (p *page) hypothetical(i int) bool {
	for j := i - 1; j >= max(0, i-2); j-- {
		switch p.word(j) {
		case "would", "could", "might", "to":
			return p.items[i].Form&lexicon.Base != 0
		}
		if !p.is(j, lexicon.Adverb|lexicon.Negation) {
			return false
		}
	}
	return false
}

// subordinate reports whether the verb stands in a clause with while at the
// sentence's beginning, which sets off what the speaker says from what it is said
// against.
func (p *page) subordinate(i int, s span) bool {
	if !strings.EqualFold(p.word(s.first), "while") {
		return false
	}
	for j := s.first + 1; j <= i; j++ {
		if p.items[j].Gap == lexicon.Comma {
			return false
		}
	}
	return true
}

// joinedVerb reports whether "and" or "but" joins the verb to one before.
func (p *page) joinedVerb(i int) bool {
	for j := i - 1; j >= max(0, i-3); j-- {
		if p.is(j, lexicon.Conjunction) {
			return true
		}
		if !p.is(j, lexicon.Adverb|lexicon.Auxiliary) {
			return false
		}
	}
	return false
}

// passiveAct reads "was accused by X of"; without an agent the outlet speaks.
func (p *page) passiveAct(a act, s span, i int) (act, bool) {
	a.passive, a.rule = true, "passive"
	if w := p.word(i); strings.HasPrefix(w, "publish") || strings.HasPrefix(w, "releas") || strings.HasPrefix(w, "issue") || strings.HasPrefix(w, "post") {
		return a, false
	}
	reach := 16
	if a.class == lexicon.Believe {
		reach = 4
	}
	for j := i + 1; j < min(s.end, i+reach); j++ {
		if p.items[j].Gap >= lexicon.Stop {
			break
		}
		if p.word(j) == "by" {
			if m := p.mentionAfter(j, s.end); m != nil && m.head != headHacker && m.head != headActor {
				a.subject, a.after = m, true
				return a, true
			}
		}
	}
	return a, a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute|lexicon.Believe|lexicon.Sanction|lexicon.Indict) != 0
}

// reduced reports whether a participle belongs to the noun before it: "hackers
// accused of", "charges filed by".
func (p *page) reduced(i int, s span) bool {
	if i+1 >= s.end {
		return false
	}
	it := &p.items[i]
	next := p.word(i + 1)
	switch {
	case it.Is(lexicon.Accuse) && (next == "of" || next == "by"):
	case it.Is(lexicon.Blame) && (next == "on" || next == "for" || next == "by"):
	case it.Is(lexicon.Attribute) && (next == "to" || next == "with" || next == "by" || next == "as"):
		return !p.is(i-1, lexicon.Auxiliary) || p.passive(i)
	case it.Is(lexicon.Sanction|lexicon.Indict) && (next == "by" || next == "for" || p.is(i-1, lexicon.Determiner)):
	case next == "by" && it.Gap == lexicon.Blank:
	case p.is(i-1, lexicon.Determiner) || p.is(i-1, lexicon.Possessive):
	default:
		return false
	}
	return true
}

// nounHere reports whether a word that can be a noun is one: "US claims",
// "the report".
func (p *page) nounHere(i int, a act) bool {
	it := &p.items[i]
	if it.Is(lexicon.Attribute) && it.Form&(lexicon.Base|lexicon.Third) != 0 && it.Form&lexicon.Past == 0 && (p.items[i-1].Class == 0 || p.is(i-1, lexicon.Modifier)) && p.items[i].Gap == lexicon.Blank && p.at[i-1] == 0 {
		return true // "diplomatic ties"
	}
	if !it.Is(lexicon.Accusation|lexicon.Document|lexicon.Measure|lexicon.CyberOperation|lexicon.Attack|lexicon.Groundless|lexicon.Link) || it.Form&(lexicon.Past|lexicon.Gerund) != 0 {
		return false
	}
	if it.Form&lexicon.Third != 0 && it.Is(lexicon.Document|lexicon.Accusation) && p.comma(i+1) && p.items[i].Gap <= lexicon.Blank && i+1 < len(p.items) && p.is(i+1, lexicon.Conjunction|lexicon.Preposition) {
		return true
	}
	if it.Form&lexicon.Base != 0 && (p.is(i-1, lexicon.Auxiliary) || p.is(i-1, lexicon.Pronoun)) {
		return false
	}
	if a.subject != nil && it.Form&lexicon.Base != 0 && !a.subject.plural && a.subject.head != headState {
		return true
	}
	if p.is(i-1, lexicon.Determiner|lexicon.Possessive|lexicon.Preposition|lexicon.Groundless) {
		return true
	}
	if a.subject != nil && p.is(a.subject.items.first-1, lexicon.Preposition) || a.subject != nil && a.subject.items.first > 0 && p.items[a.subject.items.first-1].Form != 0 && !p.is(a.subject.items.first-1, lexicon.That|lexicon.Conjunction) {
		return true
	}
	return p.is(i+1, lexicon.Preposition) && !p.is(i+1, lexicon.That) || p.is(i+1, lexicon.Auxiliary) || p.items[min(i+1, len(p.items)-1)].Gap >= lexicon.Stop && it.Form&lexicon.Third != 0 && it.Is(lexicon.Accusation) && p.items[i].Gap < lexicon.Comma
}

// negated reports whether a negation stands directly before the cue.
func (p *page) negated(i int) bool {
	for j := i - 1; j >= max(0, i-3); j-- {
		if p.is(j, lexicon.Negation) {
			return true
		}
		if !p.is(j, lexicon.Auxiliary|lexicon.Adverb) {
			return false
		}
	}
	return false
}

// inverted is the subject after the cue, as in «"...," said Mao Ning», or nil.
func (p *page) inverted(i int, s span) *mention {
	if strings.HasPrefix(p.word(i), "tell") || p.word(i) == "told" {
		return nil
	}
	if i == s.first || !p.is(i, lexicon.Say|lexicon.Report) || p.items[i].Form&(lexicon.Past|lexicon.Third) == 0 {
		return nil
	}
	if gap := p.items[i].Gap; gap != lexicon.Comma && gap != lexicon.Quoted && gap != lexicon.Mark {
		return nil
	}
	m := p.mention(i + 1)
	if m == nil || m.items.first != i+1 || p.items[i+1].Gap > lexicon.Blank {
		return nil
	}
	if m.items.end < s.end && p.is(m.items.end, lexicon.Auxiliary|lexicon.Say|lexicon.Accuse) && p.items[m.items.end].Gap <= lexicon.Blank {
		return nil // "..., said X was behind it": X is no speaker
	}
	switch m.head {
	case headPronoun:
		if m.items.end < s.end && p.items[m.items.end].Gap != lexicon.Comma && p.items[m.items.end].Gap < lexicon.Stop {
			return nil
		}
		return m
	case headPerson, headRole, headOrg, headBody, headState, headOutlet:
		return m
	}
	return nil
}

// mentionAfter is the mention that begins after item i, over an article.
func (p *page) mentionAfter(i, end int) *mention {
	for j := i + 1; j < min(end, i+4); j++ {
		if m := p.mention(j); m != nil {
			if m.items.first <= i {
				return nil
			}
			return m
		}
		if !p.is(j, lexicon.Determiner|lexicon.Modifier|lexicon.Adverb|lexicon.Hedge) {
			return nil
		}
	}
	return nil
}

// documentAfter is the item of the document that follows, as in "according to
// the report", or -1.
func (p *page) documentAfter(i, end int) int {
	for j := i + 1; j < min(end, i+6); j++ {
		if p.is(j, lexicon.Document) {
			return j
		}
		if p.items[j].Class&^(lexicon.Determiner|lexicon.Modifier|lexicon.Adverb|lexicon.When|lexicon.Hedge|lexicon.Cyber) != 0 {
			return -1
		}
	}
	return -1
}
