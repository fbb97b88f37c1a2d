package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// ownDefence reads a speaker of the accused side: we did not, the claims are
// baseless, look at them.
func (sc *scene) ownDefence() (verdict, bool) {
	if !sc.own {
		return sc.newDefence()
	}
	other := sc.against(sc.who.Country)
	negative := sc.has(lexicon.NotUs) || sc.negatedOwn()
	ground := sc.has(lexicon.Groundless) || sc.p.find(sc.content, lexicon.Doubt) >= 0 && sc.has(lexicon.Link|lexicon.Behind|lexicon.Accusation)
	switch {
	case sc.who.Kind == statement.Unnamed && sc.who.Country == "":
		return verdict{}, false
	case sc.a.class == lexicon.Accuse && sc.foreignNamed() != "" && (sc.who.Country == sc.p.primary || sc.foreignNamed() != sc.p.primary) && !strings.HasPrefix(sc.cueWord(), "claim") && !strings.HasPrefix(sc.cueWord(), "alleg"):
		if other != nil {
			return sc.counter(other), true
		}
		if ground && !sc.p.deedIn(sc.content) {
			return sc.opposed(verdict{stance: statement.Rebut, accused: sc.ownParty(), reason: Kept, rule: "own-rebuttal"}), true
		}
		return verdict{stance: statement.CounterAccuse, accused: []statement.Party{sc.p.stateParty(sc.foreignNamed())}, reason: Kept, rule: "counter-accusing"}, true
	case negative && sc.ownInContent():
		return sc.opposed(verdict{stance: statement.Deny, charge: sc.hits(sc.who.Country), accused: sc.ownParty(), reason: Kept, rule: "own-denial"}), true
	case other != nil && (other.country() != sc.p.primary || sc.who.Country == sc.p.primary) && (!other.weak || sc.has(lexicon.Counter) || complaint[sc.cueWord()]) && !sc.answers(other):
		return sc.counter(other), true
	case sc.has(lexicon.Counter) && sc.foreign() != "":
		return verdict{stance: statement.CounterAccuse, accused: []statement.Party{sc.p.stateParty(sc.foreign())}, reason: Kept, rule: "counter"}, true
	case ground && sc.hits(sc.who.Country) != nil:
		return sc.opposed(verdict{stance: statement.Rebut, charge: sc.hits(sc.who.Country), accused: sc.ownParty(), reason: Kept, rule: "own-rebuttal"}), true
	case sc.ownDeed() && !sc.has(lexicon.Accusation):
		return verdict{stance: statement.CounterAccuse, accused: []statement.Party{sc.p.stateParty(sc.foreign())}, reason: Kept, rule: "counter-deed"}, true
	case ground, sc.has(lexicon.Accusation) && (sc.hits(sc.who.Country) != nil || sc.has(lexicon.Reject|lexicon.Deny)):
		return sc.opposed(verdict{stance: statement.Rebut, charge: sc.hits(sc.who.Country), accused: sc.ownParty(), reason: Kept, rule: "own-rebuttal"}), true
	}
	return verdict{}, false
}

// ownDeed reports whether the words charge another state with operations of its
// own: it is named before one ("the US has not ceased its cyber espionage").
func (sc *scene) ownDeed() bool {
	if sc.foreign() == "" || !sc.p.cyberIn(sc.s) {
		return false
	}
	for i := sc.content.first; i < sc.content.end; i++ {
		e := sc.p.items[i].Entry
		if e == nil || e.Country == "" || !sc.p.is(i, lexicon.State|lexicon.Demonym|lexicon.Org) {
			continue
		}
		return e.Country != sc.who.Country && sc.p.any(span{i + 1, sc.content.end}, lexicon.CyberOperation|lexicon.HackVerb|lexicon.Operation) && !sc.p.object(i)
	}
	return false
}

// complaint are cues that charge by themselves.
var complaint = map[string]bool{"complained": true, "complains": true, "protested": true, "accused": true, "accuses": true, "accusing": true}

// newDefence reads a speaker whose country only this sentence's charge hits, or
// an accused company.
func (sc *scene) newDefence() (verdict, bool) {
	if c := sc.hits(sc.who.Country); c != nil && sc.has(lexicon.NotUs|lexicon.Groundless) && !sc.vendorLike() {
		return sc.opposed(verdict{stance: statement.Rebut, charge: c, accused: sc.ownParty(), reason: Kept, rule: "own-rebuttal"}), true
	}
	if sc.disowns() {
		return sc.opposed(verdict{stance: statement.Deny, accused: sc.ownParty(), reason: Kept, rule: "disowns"}), true
	}
	if sc.who.Kind == statement.Unnamed && sc.who.Country == "" && sc.has(lexicon.Groundless) && sc.has(lexicon.Accusation) && sc.foreignAccuser() != "" {
		accuser := sc.foreignAccuser()
		if c := sc.p.accused.most(accuser); c != "" {
			return verdict{stance: statement.Rebut, accused: []statement.Party{sc.p.stateParty(c)}, accuser: []statement.Party{sc.p.stateParty(accuser)}, reason: Kept, rule: "unnamed-rebuttal"}, true
		}
	}
	if sc.orgAccused() && sc.has(lexicon.Groundless|lexicon.NotUs) {
		return verdict{stance: statement.Rebut, accused: sc.ownParty(), reason: Kept, rule: "company-rebuttal"}, true
	}
	return verdict{}, false
}

// disowns reports whether a state's own voice says of itself that it had nothing to
// do with an operation of which nobody is accused here.
func (sc *scene) disowns() bool {
	if sc.who.Country == "" || !sc.p.cyberIn(sc.s) || !sc.speaksForState() {
		return false
	}
	i := sc.p.find(sc.content, lexicon.NotUs)
	if i < 0 {
		return false
	}
	for j := max(sc.content.first, i-3); j < i; j++ {
		if e := sc.p.items[j].Entry; e != nil && e.Country == sc.who.Country && sc.p.is(j, lexicon.State|lexicon.Demonym) {
			return true
		}
		switch strings.ToLower(sc.p.word(j)) {
		case "it", "we", "they":
			return true
		}
	}
	return false
}

// speaksForState reports whether the speaker is a state, a ministry or an embassy,
// or speaks for one.
func (sc *scene) speaksForState() bool {
	if sc.who.Kind == statement.State {
		return true
	}
	switch bodyKind(string(sc.who.Organisation)) {
	case "embassy", "ministry", "government", "mission", "kremlin":
		return true
	}
	return false
}

// foreignAccuser is the state that stands beside an accusation in the content.
func (sc *scene) foreignAccuser() statement.Country {
	for i := sc.content.first; i < sc.content.end; i++ {
		if e := sc.p.items[i].Entry; e != nil && sc.p.is(i, lexicon.State|lexicon.Demonym) && (sc.p.near(i+1, min(sc.content.end, i+3), lexicon.Accusation) >= 0 || sc.p.nearBack(i-1, max(sc.content.first, i-5), lexicon.Accusation) >= 0) {
			return e.Country
		}
	}
	return ""
}

// answers reports whether the charge only names what the speaker answers: "the
// US accusations of Chinese hacking".
func (sc *scene) answers(c *charge) bool {
	return sc.p.near(c.at+1, min(sc.content.end, c.at+4), lexicon.Accusation) >= 0
}

// counter charges the accuser, or another state, back.
func (sc *scene) counter(c *charge) verdict {
	if e := sc.p.lex.OrgByID(sc.who.Org); e != nil && (e.Kind == "gov-cert" || e.Kind == "intel") && !sc.has(lexicon.Groundless|lexicon.Counter|lexicon.NotUs) {
		return verdict{stance: sc.assertive(c), charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: c.rule}
	}
	return verdict{stance: statement.CounterAccuse, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "counter"}
}

// negatedOwn reports whether the content negates that the speaker's side acted.
func (sc *scene) negatedOwn() bool {
	c := sc.hits(sc.who.Country)
	if c == nil {
		return false
	}
	for i := c.items.first; i < c.items.end; i++ {
		if sc.p.is(i, lexicon.Negation) {
			return true
		}
	}
	return false
}

// ownInContent reports whether the words are about the speaker's own side: it is
// named, or no other state is.
func (sc *scene) ownInContent() bool {
	foreign := false
	for i := sc.content.first; i < sc.content.end; i++ {
		if e := sc.p.items[i].Entry; e != nil && e.Country != "" && sc.p.is(i, lexicon.State|lexicon.Demonym|lexicon.Org) {
			if e.Country == sc.who.Country {
				return true
			}
			foreign = true
		}
		switch strings.ToLower(sc.p.word(i)) {
		case "we", "our", "us":
			return true
		}
	}
	return !foreign
}

// foreign is the first other state in the content; where the content begins with
// it or they, also the one that the sentences before named last.
func (sc *scene) foreign() statement.Country {
	first := sc.content.first
	if sc.p.is(first, lexicon.That) {
		first++
	}
	switch strings.ToLower(sc.p.wordAt(first)) {
	case "it", "they", "its", "their":
	default:
		return sc.foreignNamed()
	}
	if c := sc.foreignBefore(); c != "" {
		return c
	}
	return sc.foreignNamed()
}

// foreignBefore is the other state that was named last before the content.
func (sc *scene) foreignBefore() statement.Country {
	for k := sc.content.first - 1; k >= sc.p.sents[max(0, sc.a.sent-2)].first; k-- {
		if e := sc.p.items[k].Entry; e != nil && e.Country != "" && e.Country != sc.who.Country && sc.p.is(k, lexicon.State|lexicon.Demonym) {
			return e.Country
		}
	}
	return ""
}

// foreignNamed is the first other state that the content names.
func (sc *scene) foreignNamed() statement.Country {
	for i := sc.content.first; i < sc.content.end; i++ {
		if e := sc.p.items[i].Entry; e != nil && e.Country != "" && e.Country != sc.who.Country && sc.p.is(i, lexicon.State|lexicon.Demonym|lexicon.Org) {
			return e.Country
		}
	}
	return ""
}
