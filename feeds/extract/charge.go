package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// charge is a place in the text that holds somebody responsible for a cyber
// operation, whoever says so: "China-linked hackers", "hacked by the GRU".
type charge struct {
	sent  int
	at    int // item of the accused
	items span
	entry *lexicon.Entry // state, organisation or actor; nil where none is named
	actor *lexicon.Entry // the tracked actor, where one is named
	weak  bool           // a mere mention of an operation
	rule  string
}

// country is whom the charge hits.
func (c *charge) country() statement.Country {
	if c.entry == nil {
		return ""
	}
	return c.entry.Country
}

// party are the classes of those who can be held responsible.
const party = lexicon.State | lexicon.Demonym | lexicon.Org | lexicon.Actor

// findCharges reads every sentence for charges, and counts who is accused.
func (p *page) findCharges() {
	p.chargeEnds = cleared(p.chargeEnds, len(p.sents))
	for n, s := range p.sents {
		p.chargeFirst = len(p.charges)
		if p.cyberSentence(n) {
			p.chargesIn(n, s)
		}
		p.chargeEnds[n] = len(p.charges)
	}
	for i := range p.charges {
		c := &p.charges[i]
		weight := 2
		if c.weak {
			weight = 1
		}
		if c.entry != nil && !c.entry.Crime() {
			p.accused.add(c.country(), weight)
		}
		if c.entry != nil && c.entry.Class&(lexicon.State|lexicon.Actor) == 0 {
			if p.accusedOrgs == nil {
				p.accusedOrgs = map[string]bool{}
			}
			p.accusedOrgs[c.entry.ID] = true
		}
	}
}

// cyberSentence reports whether a sentence, or the one before it, is about a
// cyber operation.
func (p *page) cyberSentence(n int) bool {
	if p.cyberIn(p.sents[n]) {
		return true
	}
	return n > 0 && p.para[n] == p.para[n-1] && p.cyberIn(p.sents[n-1]) && !p.any(p.sents[n], lexicon.Kinetic)
}

// cyberIn reports whether a range is about a cyber operation by its own words.
func (p *page) cyberIn(s span) bool {
	cyber, attack := false, false
	topical := p.onTheme(s) && !p.any(s, lexicon.Kinetic)
	for i := s.first; i < s.end; i++ {
		it := &p.items[i]
		if it.Is(cyberSure | lexicon.Actor | lexicon.Operation) {
			return true
		}
		cyber = cyber || topical || it.Is(lexicon.Cyber)
		attack = attack || it.Is(lexicon.Attack|lexicon.AttackVerb|lexicon.Unacceptable|lexicon.Behind|lexicon.Attribute|lexicon.Blame|lexicon.Accuse)
	}
	return cyber && attack
}

// onTheme reports whether cyber operations are the topic around a range: in the
// headline, or in the three sentences before it and the two after.
func (p *page) onTheme(s span) bool {
	if p.title != nil && p.title.cyber > 0 {
		return true
	}
	if p.kinetic > p.cyber {
		return false // the article is about another kind of attack
	}
	if len(p.sure) == 0 || s.first >= len(p.items) {
		return p.topical
	}
	if p.kinetic == 0 && p.cyber > 2 {
		return true
	}
	n := p.sentenceOf(s.first)
	for k := max(0, n-3); k <= min(len(p.sure)-1, n+2); k++ {
		if p.sure[k] {
			return true
		}
	}
	return false
}

func (p *page) chargesIn(n int, s span) {
	for i := s.first; i < s.end; i++ {
		it := &p.items[i]
		switch {
		case it.Is(lexicon.Link):
			p.linkCharge(n, s, i)
		case it.Is(lexicon.Behind):
			p.behindCharge(n, s, i)
		}
		if it.Is(party) {
			p.partyCharge(n, s, i)
		}
		if it.Is(lexicon.Hacker|lexicon.Group) && it.Entry == nil {
			p.anaphor(n, s, i)
		}
		if it.Is(lexicon.Pronoun) && i == s.first {
			p.pronounDoer(n, s, i)
		}
		if it.Is(lexicon.Blame | lexicon.Accuse | lexicon.Attribute | lexicon.Indict | lexicon.Sanction) {
			p.verbCharge(n, s, i)
		}
		if it.Is(lexicon.Believe) && strings.HasPrefix(p.word(i), "suspect") && it.Form != 0 {
			if j := p.partyAfter(i, s.end); j >= 0 && (p.after(j, "of") || p.after(j+1, "of")) && p.deedIn(span{j + 1, s.end}) {
				p.charge(n, j, span{i, j + 1}, false, "suspected")
			}
		}
		if it.Is(lexicon.AttackVerb|lexicon.HackVerb) && it.Form&lexicon.Participle != 0 && !p.is(i-1, lexicon.Determiner) {
			p.agentCharge(n, s, i)
		}
		if it.Is(lexicon.Attack | lexicon.CyberOperation) {
			p.operationBy(n, s, i)
		}
		if it.Is(lexicon.Hacker) && (p.after(i, "of") || p.after(i, "from")) {
			if j := p.partyAfter(i+1, s.end); j >= 0 && j < i+5 {
				p.charge(n, j, span{i, j + 1}, unreal[p.wordAt(i-1)], "hackers-of")
			}
		}
		if w := p.word(i); (w == "link" || w == "connection" || w == "links") && p.after(i, "between") {
			if j := p.partyAfter(i+1, s.end); j >= 0 && p.near(j, min(s.end, j+9), lexicon.Attack|lexicon.CyberOperation) >= 0 {
				p.charge(n, j, span{i, j + 1}, false, "link-between")
			}
		}
		if p.word(i) == "part of" {
			p.partCharge(n, s, i)
		}
		if p.held(i, s) {
			if j := p.partyAfter(i, s.end); j >= 0 {
				p.charge(n, j, span{i, j + 1}, false, "held-responsible")
			}
		}
	}
}

// partCharge reads "the attack was part of the Kremlin's effort".
func (p *page) partCharge(n int, s span, i int) {
	j := p.partyAfter(i, s.end)
	if j < 0 || p.near(j+1, min(s.end, j+5), lexicon.Attack|lexicon.CyberOperation) < 0 {
		return
	}
	if k := p.nearBack(i-1, max(s.first, i-7), lexicon.Attack|lexicon.CyberOperation|lexicon.Operation); k >= 0 {
		p.charge(n, j, span{k, j + 1}, false, "part-of")
	}
}

func (p *page) charge(n, at int, items span, weak bool, rule string) {
	e := p.items[at].Entry
	c := charge{sent: n, at: at, items: items, entry: e, weak: weak, rule: rule}
	if e != nil && actorLike(e) {
		c.actor = e
	}
	for i := p.chargeFirst; i < len(p.charges); i++ {
		have := &p.charges[i]
		if have.at == at {
			have.items = span{min(have.items.first, items.first), max(have.items.end, items.end)}
			have.weak = have.weak && weak
			if have.rule == "" || !weak && have.weak {
				have.rule = rule
			}
			return
		}
	}
	p.charges = append(p.charges, c)
}

// actorLike reports whether an entry is a tracked actor: a group, or a unit
// that is known by its number.
func actorLike(e *lexicon.Entry) bool {
	return e.Class&lexicon.Actor != 0 || e.Kind == "unit"
}

// accusable reports whether item i names somebody who could be held responsible
// for an operation: not a medium, a ministry of the interior or a vendor.
func (p *page) accusable(i int) bool {
	if !p.is(i, party) || p.items[i].Entry == nil {
		return false
	}
	e := p.items[i].Entry
	if e.Class&lexicon.Org == 0 {
		return true
	}
	switch e.Kind {
	case "intel", "military", "unit", "accused-company", "accused-person", "spyware":
		return true
	}
	return false
}

// partyBefore is the item of the accusable party that stands before item i, with
// modifiers between ("Chinese government-backed"), or -1.
func (p *page) partyBefore(i, from int) int {
	for j := i - 1; j >= max(from, i-5); j-- {
		if p.accusable(j) {
			return j
		}
		if !p.is(j, lexicon.Modifier|lexicon.Body|lexicon.Possessive|lexicon.Link|lexicon.Hedge|lexicon.Adverb|lexicon.Groundless) || p.items[j+1].Gap > lexicon.Mark {
			return -1
		}
	}
	return -1
}

// partyAfter is the item of the accusable party that follows item i, over
// articles and nouns of bodies ("to the Chinese government"), or -1.
func (p *page) partyAfter(i, end int) int {
	for j := i + 1; j < min(end, i+9); j++ {
		if p.items[j].Gap >= lexicon.Stop {
			return -1
		}
		if p.accusable(j) {
			return j
		}
		if !p.is(j, lexicon.Determiner|lexicon.Modifier|lexicon.Body|lexicon.Possessive|lexicon.Hedge|lexicon.Adverb|lexicon.Hacker|lexicon.Group|lexicon.Link|lexicon.Preposition|lexicon.Groundless|lexicon.Cyber|lexicon.Role) &&
			p.items[j].Class != 0 && !naming[p.word(j)] {
			return -1
		}
		if naming[p.word(j)] {
			continue
		}
		if p.items[j].Class == 0 && p.items[j].Shape&lexicon.Capital != 0 && p.items[j].Gap > lexicon.Blank {
			return -1
		}
	}
	return -1
}

// naming are the words between a group and its name: "a group called UNC3886".
var naming = words("called known as dubbed named identified")

// doers are the classes of nouns that can have done it.
const doers = lexicon.Hacker | lexicon.Group | lexicon.Actor

// linkCharge reads "China-linked hackers" and "hackers linked to China".
func (p *page) linkCharge(n int, s span, i int) {
	if j := p.partyBefore(i, s.first); j >= 0 && p.items[i].Gap <= lexicon.Blank {
		if k := p.near(i+1, min(s.end, i+6), doers|lexicon.CyberOperation|lexicon.Operation); k >= 0 {
			p.charge(n, j, span{j, k + 1}, false, "linked-doer")
			p.chargeBoth(n, j, k)
		} else if k := p.near(i+1, min(s.end, i+4), lexicon.Attack|lexicon.Cyber); k >= 0 && !loose[p.word(i)] {
			p.charge(n, j, span{j, k + 1}, false, "linked-operation")
		}
	}
	if !p.is(i+1, lexicon.Preposition) && p.items[i].Words < 2 {
		return
	}
	j := p.partyAfter(i, s.end)
	if j < 0 || loose[p.word(i)] && !p.is(i, lexicon.Behind) && p.word(i) != "based" {
		return
	}
	if strings.HasPrefix(p.word(i), "work") && !p.is(j, lexicon.State|lexicon.Demonym) && p.onTheme(s) {
		p.charge(n, j, span{i, j + 1}, false, "works-for")
		return
	}
	if p.word(i) == "nexus" {
		p.charge(n, j, span{i, j + 1}, false, "nexus") // "evidence suggests a nexus with the authorities"
		return
	}
	if k := p.nearBack(i-1, max(s.first, i-9), doers|lexicon.Operation|lexicon.CyberOperation|lexicon.Attack); k >= 0 {
		p.charge(n, j, span{k, j + 1}, false, "doer-linked")
		p.chargeBoth(n, j, k)
	}
}

// loose links say where somebody sits or speaks, not for whom they work.
var loose = map[string]bool{"based": true, "led": true, "run": true, "friendly": true, "allied": true, "language": true, "owned": true, "employed": true, "related": true, "pro": true, "part of": true}

// chargeBoth charges a named actor beside the state that it is linked to.
func (p *page) chargeBoth(n, state, doer int) {
	if p.items[doer].Entry != nil && actorLike(p.items[doer].Entry) {
		p.charge(n, doer, span{min(state, doer), max(state, doer) + 1}, false, "linked-actor")
	}
}

// near is the first item of [from, to) that can be any of the classes, up to a
// mark that ends the phrase.
func (p *page) near(from, to int, c lexicon.Class) int {
	for i := from; i < to; i++ {
		if i > from && p.items[i].Gap >= lexicon.Stop {
			return -1
		}
		if p.is(i, c) {
			return i
		}
		if p.is(i, lexicon.Accusation) {
			return -1
		}
	}
	return -1
}

func (p *page) nearBack(from, to int, c lexicon.Class) int {
	for i := from; i >= to; i-- {
		if p.is(i, c) {
			return i
		}
		if p.items[i].Gap >= lexicon.Stop {
			return -1
		}
	}
	return -1
}

// behindCharge reads "Iran was behind the hack", "carried out by Iran".
func (p *page) behindCharge(n int, s span, i int) {
	if j := p.partyAfter(i, s.end); j >= 0 && after[lastWord(p.word(i))] {
		if k := p.near(s.first, s.end, lexicon.CyberOperation|lexicon.Attack|lexicon.Cyber|lexicon.HackVerb); k >= 0 {
			p.charge(n, j, span{min(i, k), j + 1}, false, "by-party")
		} else if p.cyberIn(s) || p.onTheme(s) && !p.any(s, lexicon.Kinetic) {
			p.charge(n, j, span{i, j + 1}, true, "by-party")
		}
		return
	}
	if after[lastWord(p.word(i))] {
		return
	}
	if p.asksWho(i, s) || p.word(i) == "responsible" && i+1 < s.end && p.items[i+1].Gap <= lexicon.Blank && p.is(i+1, lexicon.State|lexicon.Body|lexicon.Attack|lexicon.Cyber|lexicon.Group|lexicon.Say) {
		return
	}
	if w := lastWord(p.word(i)); w == "in" && p.accusable(i-1) {
		p.charge(n, i-1, span{i - 1, min(s.end, i+3)}, false, "party-involved")
		return
	}
	for j := i - 1; j >= max(s.first, i-14); j-- {
		if w := p.word(j); w == "it" || w == "they" || w == "he" {
			if k := p.subjectParty(s, j); k >= 0 {
				p.charge(n, k, span{j, min(s.end, i+5)}, false, "itself-behind")
			}
			return
		}
		if p.accusable(j) && (p.is(j+1, lexicon.Accusation) || p.is(j+1, lexicon.Possessive) && p.is(j+2, lexicon.Accusation)) {
			continue
		}
		if p.accusable(j) && !p.is(j-1, lexicon.Preposition) || p.is(j, lexicon.Actor) {
			p.charge(n, j, span{j, min(s.end, i+5)}, false, "party-behind")
			return
		}
		if p.items[j].Gap >= lexicon.Stop {
			return
		}
	}
}

// asksWho reports whether item i stands in an indirect question: "declined to say
// who was responsible". After a doer or a comma who only goes on about them.
func (p *page) asksWho(i int, s span) bool {
	j := i - 1
	for j > s.first && p.is(j, lexicon.Auxiliary|lexicon.Adverb) {
		j--
	}
	if j > s.first && p.is(j, lexicon.Doubt) && strings.HasSuffix(p.word(j), "who") {
		return true
	}
	return j > s.first && p.word(j) == "who" && !p.comma(j) && p.items[j-1].Form&lexicon.Base != 0
}

// subjectParty is the party that begins the sentence and that "it" means, or -1.
func (p *page) subjectParty(s span, end int) int {
	for j := s.first; j < end; j++ {
		if p.accusable(j) && !p.is(j, lexicon.Actor) {
			return j
		}
	}
	return -1
}

// after are the last words of phrases that the accused follows.
var after = map[string]bool{"by": true, "of": true, "from": true, "to": true, "in": false, "for": false}

func lastWord(w string) string {
	for i := len(w) - 1; i >= 0; i-- {
		if w[i] == ' ' {
			return w[i+1:]
		}
	}
	return w
}

// deed are the classes of words for what somebody is accused of.
const deed = lexicon.CyberOperation | lexicon.Attack | lexicon.AttackVerb | lexicon.HackVerb | lexicon.Behind | lexicon.Operation | lexicon.Hacker

// clauseEnd is the item after the clause that holds item i: the next one with a
// comma before it.
func (p *page) clauseEnd(i int, s span) int {
	for j := i + 1; j < s.end; j++ {
		if p.comma(j) {
			return j
		}
	}
	return s.end
}

// deedIn reports whether a range tells a deed that can be a cyber operation.
func (p *page) deedIn(s span) bool {
	for i := s.first; i < s.end; i++ {
		it := &p.items[i]
		if it.Is(deed&^lexicon.AttackVerb) || it.Is(lexicon.AttackVerb) && !light[strings.ToLower(p.word(i))] {
			return true
		}
	}
	return false
}

// operationBy reads "a deliberate attack by Russia".
func (p *page) operationBy(n int, s span, i int) {
	if (p.after(i, "by") || p.after(i, "from") && p.is(i, lexicon.CyberOperation)) && i+2 < s.end {
		if j := p.partyAfter(i+1, s.end); j >= 0 {
			p.charge(n, j, span{i, j + 1}, false, "operation-by")
		}
	}
}

// verbCharge reads the object of accusing: "accused Iran of", "blamed on China",
// "linked the intrusion to APT40".
func (p *page) verbCharge(n int, s span, i int) {
	it := &p.items[i]
	if it.Form == 0 {
		return
	}
	if it.Is(lexicon.Accuse | lexicon.Blame) {
		if j := p.partyAfter(i, s.end); j >= 0 && !p.after(i, "by") && !p.is(j+1, lexicon.Accusation) && (p.deedIn(span{j + 1, s.end}) || p.any(span{j + 1, s.end}, lexicon.Pronoun) && p.cyberIn(s) || !p.after(j, "of") && !p.after(j, "for") && p.clauseEnd(j, s)-j < 8 && p.onTheme(s) && !p.any(s, lexicon.Kinetic)) {
			p.charge(n, j, span{i, j + 1}, false, "accused")
			return
		}
	}
	if it.Is(lexicon.Accuse|lexicon.Indict|lexicon.Sanction) && p.passive(i) && p.deedIn(span{i + 1, s.end}) {
		if j := p.subjectParty(s, i); j >= 0 && !p.privately(j) && p.cyberIn(s) {
			p.charge(n, j, span{j, i + 1}, false, "was-accused")
		}
		return
	}
	if !it.Is(lexicon.Blame|lexicon.Attribute) || p.linkNoun(i) {
		return
	}
	direct := p.partyAfter(i, s.end)
	for k := i + 1; k < min(s.end, i+24); k++ {
		if p.items[k].Gap >= lexicon.Stop {
			break
		}
		if w := p.word(k); w != "to" && w != "with" && !(w == "on" && it.Is(lexicon.Blame)) && !(w == "as" && it.Is(lexicon.Attribute)) {
			continue
		}
		if j := p.partyAfter(k, s.end); j >= 0 {
			p.charge(n, j, span{i, j + 1}, false, "attributed")
			return
		}
		if direct >= 0 && direct < k && p.near(k+1, min(s.end, k+8), deed) >= 0 {
			p.charge(n, direct, span{i, k + 1}, false, "linked-party")
		}
		return
	}
}

// linkNoun reports whether a word such as links is a noun: "the weak links with".
func (p *page) linkNoun(i int) bool {
	it := &p.items[i]
	if !it.Is(lexicon.Link) && !it.Is(lexicon.Attribute) || it.Form&lexicon.Past != 0 || !p.is(i+1, lexicon.Preposition) || i == 0 {
		return false
	}
	before := &p.items[i-1]
	return before.Is(lexicon.Determiner|lexicon.Modifier|lexicon.Preposition) || before.Class == 0 && before.Shape == 0 && before.Form == 0
}

func (p *page) after(i int, word string) bool { return i+1 < len(p.items) && p.word(i+1) == word }
