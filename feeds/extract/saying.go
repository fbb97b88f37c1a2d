package extract

import (
	"slices"
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// saying decides on the acts whose cue has no stance of its own: what counts is
// what is said.
func (sc *scene) saying() verdict {
	p := sc.p
	if p.any(sc.s, lexicon.Kinetic) && !p.cyberIn(sc.s) {
		return drop(NotCyber)
	}
	if v, ok := sc.alternative(); ok {
		return v
	}
	if v, ok := sc.ownDefence(); ok {
		return v
	}
	if c := sc.strong(); c != nil && sc.has(lexicon.Doubt) && sc.a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute|lexicon.Confirm) == 0 && sc.p.find(sc.content, lexicon.Doubt) < c.items.end {
		return verdict{stance: statement.Doubt, charge: c, accused: p.partyOf(c), reason: Kept, rule: "doubt"}
	}
	if country := p.accused.most(); sc.has(lexicon.Doubt) && sc.a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute|lexicon.Confirm) == 0 && country != "" && !sc.own && (sc.party(country) || sc.has(lexicon.Behind) || strings.Contains(sc.contentText(), "attribut")) {
		return verdict{stance: statement.Doubt, accused: []statement.Party{p.stateParty(country)}, reason: Kept, rule: "doubt"}
	}
	if c := sc.strong(); c != nil && !c.weak && !sc.own && sc.p.find(sc.content, lexicon.NotUs) > c.at && sc.a.class&(lexicon.Accuse|lexicon.Blame) == 0 {
		return verdict{stance: statement.Doubt, charge: c, accused: p.partyOf(c), reason: Kept, rule: "exculpates"}
	}
	if v, ok := sc.assertion(); ok {
		return v
	}
	if len(sc.charges) > 0 {
		return drop(NoStance)
	}
	if !p.cyberIn(sc.s) {
		return drop(NotCyber)
	}
	return drop(NoCharge)
}

// alternative reads "Volt Typhoon is in fact an international ransomware group":
// another culprit for a tracked actor.
func (sc *scene) alternative() (verdict, bool) {
	if !sc.own {
		return verdict{}, false
	}
	p := sc.p
	for i := sc.content.first; i < sc.content.end; i++ {
		it := &p.items[i]
		if it.Is(lexicon.Group) && it.Entry == nil && strings.EqualFold(p.wordAt(i-1), "the") {
			if k := p.actorBefore(i); k >= 0 {
				it = &p.items[k]
			}
		}
		if !it.Is(lexicon.Actor) || it.Entry == nil {
			continue
		}
		for j := i + 1; j < min(sc.content.end, i+10); j++ {
			w := strings.ToLower(p.word(j))
			if p.is(j, lexicon.Hacker) && (strings.Contains(w, "ransomware") || strings.Contains(w, "criminal")) {
				v := verdict{stance: statement.Alternative, charge: &charge{sent: sc.a.sent, at: i, items: span{i, j + 1}, entry: it.Entry, actor: it.Entry}, reason: Kept, rule: "alternative"}
				v.accused = sc.ownParty()
				v.culprit = []statement.Party{{Name: p.word(j)}}
				return sc.opposed(v), true
			}
		}
	}
	return verdict{}, false
}

// actorBefore is the item of the last actor named before item i, or -1.
func (p *page) actorBefore(i int) int {
	n, _ := slices.BinarySearch(p.actors, i)
	for n--; n >= 0; n-- {
		if p.is(p.actors[n], lexicon.Actor) {
			return p.actors[n]
		}
	}
	return -1
}

// assertion reads words that hold somebody responsible.
func (sc *scene) assertion() (verdict, bool) {
	c := sc.strong()
	if v, ok := sc.backing(c); ok {
		return v, true
	}
	if c == nil || c.weak && sc.has(lexicon.Unacceptable) {
		return sc.referring()
	}
	if c.entry != nil && c.entry.Crime() && len(sc.p.accused.countries) == 0 {
		return drop(CriminalsOnly), true
	}
	if sc.naming(c) {
		return drop(NoStance), true
	}
	if sc.who.Country != "" && c.country() == sc.who.Country && sc.a.class != lexicon.Confirm && !sc.vendorLike() && sc.who.Kind != statement.Outlet && !sc.medium() {
		if other := sc.against(sc.who.Country); other != nil {
			c = other
		} else if sc.a.class&(lexicon.Say|lexicon.Believe) != 0 {
			return drop(NoStance), true
		}
	}
	if c.weak && sc.a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute) == 0 && !sc.has(lexicon.Behind) && c.actor == nil && sc.p.accused.of(c.country()) < 3 {
		return drop(NoCharge), true
	}
	stance := sc.assertive(c)
	return verdict{stance: stance, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: c.rule}, true
}

// backing reads "backed the UK's findings".
func (sc *scene) backing(c *charge) (verdict, bool) {
	switch sc.cueWord() {
	case "backed", "backs", "back", "echoed", "echoes", "backing", "echoing", "endorsed", "endorses":
	default:
		return verdict{}, false
	}
	if !sc.has(lexicon.Accusation) || !sc.p.cyberSentence(sc.a.sent) && len(sc.p.chargesOf(sc.a.sent)) == 0 {
		return drop(NoStance), true
	}
	country := sc.p.accused.most(sc.who.Country)
	if country == "" {
		return drop(NoAccused), true
	}
	return verdict{stance: statement.Confirm, charge: c, accused: []statement.Party{sc.p.stateParty(country)}, reason: Kept, rule: "backing"}, true
}

// referring reads words that refer to an operation whose author the article has
// named: "such behaviour is unacceptable", "sanctions were announced".
func (sc *scene) referring() (verdict, bool) {
	country := sc.p.accused.most(sc.who.Country)
	if country == "" || sc.own || sc.who.Kind == statement.Outlet || sc.medium() {
		return verdict{}, false
	}
	if sc.a.doc.end > 0 && sc.docReports() && sc.has(lexicon.AttackVerb|lexicon.HackVerb) && sc.p.cyberIn(sc.s) {
		return verdict{stance: statement.Report, accused: []statement.Party{sc.p.stateParty(country)}, reason: Kept, rule: "refers-report"}, true
	}
	named := []statement.Party{sc.p.stateParty(country)}
	switch {
	case sc.a.class&(lexicon.Blame|lexicon.Accuse|lexicon.Attribute) != 0 && sc.pronounObject() && blaming[strings.TrimRight(sc.cueWord(), "esdgni")] && sc.p.cyberSentence(sc.a.sent):
		return verdict{stance: sc.assertive(nil), accused: named, reason: Kept, rule: "refers"}, true
	case sc.has(lexicon.Unacceptable) && sc.refersBack():
		return verdict{stance: statement.Condemn, accused: named, reason: Kept, rule: "refers-condemns"}, true
	case sc.has(lexicon.Condemn) && sc.has(lexicon.CyberOperation|lexicon.Attack) && sc.p.cyberSentence(sc.a.sent) && !sc.has(lexicon.Negation):
		return verdict{stance: statement.Condemn, accused: named, reason: Kept, rule: "refers-condemns"}, true
	case sc.has(lexicon.Sanction|lexicon.Measure) && sc.party(country) && sc.p.cyberSentence(sc.a.sent) && !sc.has(lexicon.Negation):
		return verdict{stance: statement.Sanction, accused: named, reason: Kept, rule: "refers-measure"}, true
	case sc.has(lexicon.Unacceptable) && sc.p.accusers.of(sc.who.Country) >= 0 && (sc.party(country) && sc.p.cyberSentence(sc.a.sent) || sc.has(lexicon.CyberOperation) || sc.has(lexicon.Attack) && !sc.p.any(sc.s, lexicon.Kinetic) && sc.p.onTheme(sc.s)):
		return verdict{stance: statement.Condemn, accused: named, reason: Kept, rule: "refers-condemns"}, true
	case sc.has(lexicon.Attribute|lexicon.Blame) && sc.has(lexicon.Attack|lexicon.CyberOperation) && sc.p.cyberSentence(sc.a.sent) && sc.a.class&(lexicon.Say|lexicon.Confirm) != 0 && strings.Contains(sc.contentText(), "attribut"):
		return verdict{stance: statement.Attribute, accused: named, reason: Kept, rule: "refers-attribution"}, true
	case sc.has(lexicon.Counter) && sc.foreignNamed() == country && sc.a.class == lexicon.Say:
		return verdict{stance: statement.Accuse, accused: named, reason: Kept, rule: "refers-counter"}, true
	case sc.has(lexicon.Behind) && sc.party(country) && sc.p.cyberSentence(sc.a.sent):
		return verdict{stance: sc.assertive(nil), accused: named, reason: Kept, rule: "refers-behind"}, true
	}
	return verdict{}, false
}

// refersBack reports whether the content begins with a pronoun for what the
// sentence before it charges.
func (sc *scene) refersBack() bool {
	switch strings.ToLower(sc.p.wordAt(sc.content.first)) {
	case "this", "it", "that", "such", "these":
		n := sc.a.sent
		return n > 0 && len(sc.p.chargesOf(n-1)) > 0
	}
	return false
}

// blaming are the stems of verbs that blame by themselves.
var blaming = words("blam accus alleg attribut link ti trac p clam charg")

func (sc *scene) pronounObject() bool {
	if i := sc.a.cue.end; sc.p.is(i, lexicon.Determiner) && !sc.p.is(i, lexicon.Pronoun) && sc.p.near(i, min(sc.content.end, i+3), deed|lexicon.Cyber) < 0 {
		return false // "attributed the price to"
	}
	return sc.p.is(sc.a.cue.end, lexicon.Pronoun|lexicon.Determiner)
}

// party reports whether the content names country c.
func (sc *scene) party(c statement.Country) bool {
	for i := sc.content.first; i < sc.content.end; i++ {
		if e := sc.p.items[i].Entry; e != nil && e.Country == c && sc.p.is(i, lexicon.State|lexicon.Demonym|lexicon.Org) {
			return true
		}
	}
	return false
}

// assertive is the stance of words that hold somebody responsible, by the cue
// and by who speaks.
func (sc *scene) assertive(c *charge) statement.Stance {
	cue := sc.cueWord()
	role := strings.ToLower(sc.who.Role)
	switch {
	case sc.medium() || sc.who.Kind == statement.Outlet || strings.Contains(role, "source") || strings.Contains(role, "people"):
		return statement.Report
	case strings.Contains(role, "prosecutor"):
		return statement.Indict
	case sc.has(lexicon.Sanction|lexicon.Measure) && sc.governmental() && !strings.HasPrefix(cue, "accus"):
		if sc.who.Org == "us-doj" || strings.Contains(sc.contentText(), "indict") {
			return statement.Indict
		}
		return statement.Sanction
	}
	if sc.condemns(c) && sc.governmental() && sc.a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute) == 0 {
		return statement.Condemn
	}
	switch sc.a.class {
	case lexicon.Accuse:
		if strings.HasPrefix(cue, "claim") || strings.HasPrefix(cue, "name") {
			return sc.plain()
		}
		if strings.HasPrefix(cue, "charg") && sc.who.Org == "us-doj" {
			return statement.Indict
		}
		return statement.Accuse
	case lexicon.Blame:
		if sc.formal() {
			return statement.Attribute
		}
		return statement.Accuse
	case lexicon.Attribute:
		return statement.Attribute
	case lexicon.Confirm:
		return statement.Confirm
	case lexicon.Report:
		if sc.a.doc.end > 0 {
			return statement.Report
		}
		return statement.Attribute
	}
	if sc.a.doc.end > 0 && sc.docReports() {
		return statement.Report
	}
	return sc.plain()
}

func (sc *scene) contentText() string {
	b := sc.p.bytes(sc.content)
	return strings.ToLower(b.In(sc.p.text))
}

// docReports reports whether the document is one of evidence: a report, not a
// statement.
func (sc *scene) docReports() bool {
	w := strings.ToLower(sc.p.word(sc.a.doc.first))
	return strings.HasPrefix(w, "report") || strings.HasPrefix(w, "research") || strings.HasPrefix(w, "analysis") || strings.HasPrefix(w, "investigation") || strings.HasPrefix(w, "finding")
}

// plain is the stance of "said": assignment by those whose task it is, plain
// accusation by politicians.
func (sc *scene) plain() statement.Stance {
	if sc.formal() || sc.explicit() {
		return statement.Attribute
	}
	return statement.Accuse
}

// explicit reports whether the words assign responsibility in so many words.
func (sc *scene) explicit() bool {
	if sc.has(lexicon.Attribute | lexicon.Blame) {
		return true
	}
	t := sc.contentText()
	return strings.Contains(t, "behind") || strings.Contains(t, "investigation") || strings.Contains(t, "responsible for") || strings.Contains(t, "evidence") || strings.Contains(t, "attribut")
}

// formal reports whether the speaker assigns by trade or office: a government,
// an agency, a vendor, and people who speak for agencies and vendors.
func (sc *scene) formal() bool {
	e := sc.p.lex.OrgByID(sc.who.Org)
	switch sc.who.Kind {
	case statement.State, statement.Unnamed:
		return true
	case statement.Organisation:
		return e == nil || e.Kind != "body"
	}
	if e == nil {
		role := strings.ToLower(sc.who.Role)
		return strings.Contains(role, "director") || strings.Contains(role, "research") || strings.Contains(role, "analyst")
	}
	switch e.Kind {
	case "intel", "gov-cert", "vendor", "law", "academy", "ngo":
		return true
	}
	return false
}

// governmental reports whether the speaker can impose sanctions or charges.
func (sc *scene) governmental() bool {
	if sc.vendorLike() || sc.medium() {
		return false
	}
	e := sc.p.lex.OrgByID(sc.who.Org)
	return e == nil || e.Kind != "vendor" && e.Kind != "academy" && e.Kind != "company"
}

// condemns reports whether the words condemn: by their verb, or by calling the
// deed unacceptable before it is told.
func (sc *scene) condemns(c *charge) bool {
	if sc.has(lexicon.Condemn) {
		return true
	}
	i := sc.p.find(sc.content, lexicon.Unacceptable)
	return i >= 0 && (c == nil || c.weak || i < c.items.first)
}

// naming reports whether the cue only gives a name: "a group that Microsoft calls
// Volt Typhoon".
func (sc *scene) naming(c *charge) bool {
	if sc.p.is(sc.a.cue.end, lexicon.Pronoun) {
		return false // "calls it a China-nexus group"
	}
	switch sc.cueWord() {
	case "dubbed", "dubs", "calls", "called", "labelled", "labeled", "labels", "named", "terms", "termed", "describe", "describes", "described":
		return c.at-sc.a.cue.end < 3 || c.items.first-sc.a.cue.end > 10
	}
	return false
}

// cueWord is the cue in small letters, "" where the words go on without one.
func (sc *scene) cueWord() string {
	if sc.a.cue.end <= sc.a.cue.first {
		return ""
	}
	return strings.ToLower(sc.p.word(sc.a.cue.first))
}
