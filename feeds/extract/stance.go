package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// verdict is what became of one act.
type verdict struct {
	stance  statement.Stance
	charge  *charge // the charge in its words, nil where it only refers to one
	accused []statement.Party
	accuser []statement.Party
	culprit []statement.Party
	reason  Reason
	rule    string
}

// scene is one act with what its sentence holds.
type scene struct {
	p       *page
	a       *act
	who     statement.Speaker
	s       span // the sentence
	content span // what is said, without source and cue
	charges []*charge
	own     bool // the speaker's country is one that the article's charges hit
}

func (p *page) scene(a *act, who statement.Speaker, content span) *scene {
	sc := &scene{p: p, a: a, who: who, s: p.sents[a.sent], content: content}
	all := p.chargesOf(a.sent)
	for i := range all {
		if content.has(all[i].at) {
			sc.charges = append(sc.charges, &all[i])
		}
	}
	sc.own = who.Country != "" && who.Kind != statement.Outlet && p.accused.of(who.Country) > 0 && !sc.vendorLike() && !sc.medium() && (p.answering(who.Country) || p.any(content, lexicon.NotUs|lexicon.Groundless) && p.any(content, lexicon.Accusation|lexicon.NotUs))
	return sc
}

// answering reports whether the country is one that answers accusations in this
// article: it is accused first, a tracked actor is ascribed to it, or it denies.
func (p *page) answering(c statement.Country) bool {
	return c == p.primary || p.accused.of(c) >= p.accused.of(p.primary) || p.replies[c]
}

// vendorLike reports whether the speaker is a company, a medium or a scholar: its
// country is no party to the quarrel.
func (sc *scene) vendorLike() bool {
	e := sc.p.lex.OrgByID(sc.who.Org)
	if e == nil {
		return sc.who.Kind == statement.Organisation && sc.who.Org == "" && sc.medium()
	}
	switch e.Kind {
	case "vendor", "company", "ngo", "spyware":
		return e.Country != "CN" && e.Country != "RU"
	}
	return false
}

// medium reports whether the speaker is a medium.
func (sc *scene) medium() bool {
	m := sc.a.subject
	if m == nil {
		return sc.who.Kind == statement.Outlet
	}
	return m.head == headOutlet || m.org != nil && m.org.Class&lexicon.Outlet != 0 && m.head != headPerson || m.head == headBody && mediaBodies[bodyKind(m.body)]
}

var mediaBodies = map[string]bool{"newspaper": true, "magazine": true, "outlet": true, "daily": true, "broadcaster": true, "paper": true}

func (sc *scene) has(c lexicon.Class) bool { return sc.p.any(sc.content, c) }

// decide finds the stance of an act, or the reason why it has none.
func (sc *scene) decide() verdict {
	if sc.a.negated {
		return sc.negated()
	}
	if sc.a.class&(lexicon.Accuse|lexicon.Blame) != 0 && !sc.a.passive && !sc.hasObject() {
		return drop(NoCharge)
	}
	switch sc.a.class {
	case lexicon.Deny:
		return sc.denial()
	case lexicon.Reject:
		return sc.rejection()
	case lexicon.Condemn:
		return sc.condemnation()
	case lexicon.Decline:
		return sc.noComment()
	case lexicon.Doubt:
		return sc.doubt()
	case lexicon.Call:
		return sc.call()
	case lexicon.Sanction, lexicon.Indict:
		return sc.measure()
	}
	return sc.saying()
}

// hasObject reports whether the accused stands after a cue of accusing: a charge,
// a state, or a pronoun for one. "Claims" and "alleges" take a clause instead.
func (sc *scene) hasObject() bool {
	w := sc.cueWord()
	if strings.HasPrefix(w, "claim") || strings.HasPrefix(w, "alleg") {
		return true
	}
	for i := sc.a.cue.end; i < min(sc.s.end, sc.a.cue.end+14); i++ {
		if sc.p.accusable(i) || sc.p.is(i, lexicon.Actor) || i < sc.a.cue.end+3 && sc.p.is(i, lexicon.Pronoun|lexicon.Hacker|lexicon.Group) {
			return true
		}
		switch sc.p.word(i) {
		case "them", "him", "her":
			return true
		}
		for _, c := range sc.charges {
			if c.at == i {
				return true
			}
		}
	}
	return false
}

// negated decides on acts that were not done: "has not publicly accused Russia"
// declines to attribute.
func (sc *scene) negated() verdict {
	if sc.a.class&(lexicon.Accuse|lexicon.Blame|lexicon.Attribute|lexicon.Confirm) == 0 {
		return drop(NoStance)
	}
	if c := sc.strong(); c != nil && c.entry != nil {
		return verdict{stance: statement.Doubt, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "not-accused"}
	}
	return drop(NoCharge)
}

func drop(r Reason) verdict { return verdict{reason: r} }

// strong is the first charge in the content that is more than a mention, or the
// first one.
func (sc *scene) strong() *charge {
	for _, c := range sc.charges {
		if !c.weak && c.entry != nil && c.entry.Class&lexicon.Actor == 0 {
			return c
		}
	}
	for _, c := range sc.charges {
		if !c.weak {
			return c
		}
	}
	if len(sc.charges) > 0 {
		return sc.charges[0]
	}
	return nil
}

// against is the first charge that hits another country than c.
func (sc *scene) against(c statement.Country) *charge {
	for _, ch := range sc.charges {
		if ch.country() != "" && ch.country() != c {
			return ch
		}
	}
	return nil
}

// hits reports whether a charge in the content hits country c.
func (sc *scene) hits(c statement.Country) *charge {
	for _, ch := range sc.charges {
		if ch.country() == c && c != "" {
			return ch
		}
	}
	return nil
}

// onTopic reports whether the sentence is about cyber operations, or refers to
// what the sentences before it said.
func (sc *scene) onTopic() bool {
	return sc.p.cyberIn(sc.s) || sc.p.kinetic <= sc.p.cyber && !sc.p.any(sc.s, lexicon.Kinetic) && len(sc.p.accused.countries) > 0
}

func (sc *scene) denial() verdict {
	if !sc.onTopic() {
		return drop(NotCyber)
	}
	v := verdict{stance: statement.Deny, reason: Kept, rule: "denial"}
	if c := sc.strong(); c != nil && !(sc.own && c.country() != sc.who.Country) && (c.country() != "" || c.actor != nil) && !(c.country() != sc.who.Country && sc.own && c.weak) {
		v.charge = c
		v.accused = sc.p.partyOf(c)
		return sc.opposed(v)
	}
	if sc.own && (sc.has(lexicon.Accusation|lexicon.NotUs|lexicon.Behind|lexicon.Pronoun|lexicon.Determiner|lexicon.HackVerb) || sc.content.end-sc.content.first < 4) {
		v.accused = sc.ownParty()
		return sc.opposed(v)
	}
	if sc.has(lexicon.NotUs|lexicon.Behind) && sc.who.Country != "" && !sc.vendorLike() && sc.p.cyberIn(sc.s) {
		v.accused = sc.ownParty()
		return sc.opposed(v)
	}
	if first := sc.content.first; sc.p.is(first, lexicon.Attack|lexicon.HackVerb|lexicon.AttackVerb) && strings.HasSuffix(sc.p.wordAt(first), "ing") && sc.who.Kind == statement.State && sc.p.onTheme(sc.s) {
		v.accused = sc.ownParty()
		return v
	}
	if sc.has(lexicon.Accusation) && sc.orgAccused() {
		v.accused = sc.ownParty()
		return v
	}
	return drop(NoCharge)
}

// orgAccused reports whether the speaker's organisation is itself held
// responsible in the article.
func (sc *scene) orgAccused() bool {
	if sc.who.Org != "" && sc.p.accusedOrgs[string(sc.who.Org)] {
		return true
	}
	e := sc.p.lex.OrgByID(sc.who.Org)
	return e != nil && (e.Kind == "spyware" || e.Kind == "accused-company") && sc.p.find(span{0, len(sc.p.items)}, lexicon.Operation) >= 0
}

// ownParty is the speaker's state, or its organisation where that is the accused.
func (sc *scene) ownParty() []statement.Party {
	if e := sc.p.lex.OrgByID(sc.who.Org); e != nil && (e.Kind == "unit" || e.Kind == "spyware" || e.Kind == "accused-company") {
		party := statement.Party{Name: e.Name, Org: sc.who.Org, Country: e.Country}
		if e.Kind == "unit" {
			return []statement.Party{sc.p.stateParty(e.Country), party}
		}
		return []statement.Party{party}
	}
	if sc.who.Country == "" {
		return nil
	}
	return []statement.Party{sc.p.stateParty(sc.who.Country)}
}

// opposed adds whom a denial or rebuttal answers: the state named beside the
// accusation, else the one that accuses in this article.
func (sc *scene) opposed(v verdict) verdict {
	mine := sc.who.Country
	if len(v.accused) > 0 {
		mine = v.accused[0].Country
	}
	for i := sc.content.first; i < sc.content.end; i++ {
		if sc.p.is(i, lexicon.State|lexicon.Demonym|lexicon.Org) || sc.p.is(i, lexicon.Outlet) && sc.p.is(i+1, lexicon.Accusation|lexicon.Possessive) {
			e := sc.p.items[i].Entry
			if e != nil && e.Country != mine && e.Country != "" && sc.p.near(i+1, min(sc.content.end, i+5), lexicon.Accusation|lexicon.Say|lexicon.Accuse) >= 0 {
				v.accuser = []statement.Party{partyFor(e)}
				return v
			}
		}
	}
	if c := sc.p.claimants.most(mine); c != "" {
		v.accuser = []statement.Party{sc.p.stateParty(c)}
	} else if c := sc.p.accusers.most(mine); c != "" {
		v.accuser = []statement.Party{sc.p.stateParty(c)}
	}
	return v
}

// isOwn reports whether the accused are the speaker's own side.
func (sc *scene) isOwn(v verdict) bool {
	return len(v.accused) > 0 && v.accused[0].Country == sc.who.Country
}

func (sc *scene) rejection() verdict {
	if !sc.onTopic() {
		return drop(NotCyber)
	}
	c := sc.strong()
	object := sc.has(lexicon.Accusation | lexicon.Groundless | lexicon.NotUs | lexicon.Measure)
	switch {
	case sc.own && (object || sc.content.end-sc.content.first < 6 || sc.has(lexicon.Pronoun|lexicon.Say)):
		v := verdict{stance: statement.Rebut, charge: sc.hits(sc.who.Country), accused: sc.ownParty(), reason: Kept, rule: "rejection"}
		return sc.opposed(v)
	case c != nil && c.country() != "" && c.country() == sc.who.Country && !sc.vendorLike():
		return sc.opposed(verdict{stance: statement.Rebut, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "rejection"})
	case sc.orgAccused() && object:
		return verdict{stance: statement.Rebut, accused: sc.ownParty(), reason: Kept, rule: "rejection"}
	case c != nil && !object:
		return verdict{stance: statement.Condemn, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "condemnation"}
	case c != nil && object && sc.p.cyberIn(sc.s):
		return verdict{stance: statement.Doubt, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "dispute"}
	}
	return drop(NoCharge)
}

func (sc *scene) condemnation() verdict {
	if !sc.onTopic() {
		return drop(NotCyber)
	}
	if sc.own && sc.has(lexicon.Accusation|lexicon.Groundless) && sc.against(sc.who.Country) == nil {
		return sc.opposed(verdict{stance: statement.Rebut, accused: sc.ownParty(), reason: Kept, rule: "rejection"})
	}
	c := sc.strong()
	if c == nil && sc.own && sc.foreignNamed() != "" {
		return verdict{stance: statement.Condemn, accused: []statement.Party{sc.p.stateParty(sc.foreignNamed())}, reason: Kept, rule: "condemnation"}
	}
	if c == nil || c.country() == sc.who.Country && sc.who.Country != "" {
		if country := sc.p.accused.most(sc.who.Country); country != "" && !sc.own && (sc.has(lexicon.Attack|lexicon.CyberOperation) || sc.has(lexicon.Unacceptable) && sc.p.onTheme(sc.s)) {
			return verdict{stance: statement.Condemn, accused: []statement.Party{sc.p.stateParty(country)}, reason: Kept, rule: "condemnation"}
		}
		return drop(NoCharge)
	}
	return verdict{stance: statement.Condemn, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "condemnation"}
}

func (sc *scene) noComment() verdict {
	if sc.own && sc.who.Kind != statement.Outlet {
		return sc.opposed(verdict{stance: statement.NoComment, accused: sc.ownParty(), reason: Kept, rule: "no-comment"})
	}
	return drop(NoStance)
}

func (sc *scene) doubt() verdict {
	if sc.p.any(sc.s, lexicon.Kinetic) && !sc.p.cyberIn(sc.s) || sc.p.cyber == 0 {
		return drop(NotCyber)
	}
	if sc.namesOther() {
		return drop(NoCharge)
	}
	if c := sc.p.firstCharge(sc.a.sent, sc.s); c != nil {
		return verdict{stance: statement.Doubt, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "doubt"}
	}
	if country := sc.p.accused.most(); country != "" && (sc.asked(country) || sc.p.any(sc.s, lexicon.Behind) && (strings.Contains(sc.contentText(), "responsible") || strings.Contains(sc.contentText(), "behind")) || attributing(sc.p.text[sc.p.items[sc.a.cue.first].Start:sc.p.items[sc.a.cue.end-1].End])) {
		return verdict{stance: statement.Doubt, accused: []statement.Party{sc.p.stateParty(country)}, reason: Kept, rule: "doubt"}
	}
	return drop(NoCharge)
}

// asked reports whether the sentence names the accused before the phrase of
// doubt: "Asked whether it was China, she would not say".
func (sc *scene) asked(c statement.Country) bool {
	before := scene{p: sc.p, content: span{sc.s.first, sc.a.cue.first}}
	return sc.p.items[sc.a.cue.first].Is(lexicon.Doubt) && sc.who.Country != c && strings.HasPrefix(strings.ToLower(sc.p.word(sc.s.first)), "ask") && before.party(c)
}

// namesOther reports whether it is not a culprit that is not named: "without naming
// the candidate".
func (sc *scene) namesOther() bool {
	cue := strings.ToLower(sc.p.word(sc.a.cue.end - 1))
	if !strings.HasSuffix(cue, "naming") && !strings.HasSuffix(cue, "name") && !strings.HasSuffix(cue, "identify") && !strings.HasSuffix(cue, "identifying") {
		return false
	}
	if !sc.p.is(sc.a.cue.end, lexicon.Determiner) {
		return false
	}
	for i := sc.a.cue.end + 1; i < min(sc.s.end, sc.a.cue.end+5); i++ {
		if sc.p.is(i, party|lexicon.Hacker|lexicon.Group|lexicon.Behind) || culprits[sc.p.word(i)] {
			return false
		}
	}
	return true
}

// culprits are nouns for whoever may be behind an operation.
var culprits = words("country countries state states nation nations government governments attacker attackers adversary adversaries power culprit culprits service services sponsor actor actors foe side")

// attributing reports whether a phrase of doubt is about attribution itself.
func attributing(phrase string) bool {
	l := strings.ToLower(phrase)
	return strings.Contains(l, "attribut") || strings.Contains(l, "blame") || strings.Contains(l, "stop") || strings.Contains(l, "name") || strings.Contains(l, "associations") || strings.Contains(l, "link")
}

// firstCharge is the first charge of a sentence within the range.
func (p *page) firstCharge(n int, s span) *charge {
	all := p.chargesOf(n)
	for i := range all {
		if s.has(all[i].at) {
			return &all[i]
		}
	}
	return nil
}

func (sc *scene) call() verdict {
	if !sc.onTopic() {
		return drop(NotCyber)
	}
	word := strings.ToLower(sc.p.word(sc.a.cue.first))
	if strings.HasPrefix(word, "want") || strings.HasPrefix(word, "expect") || strings.HasPrefix(word, "warn") || strings.HasPrefix(word, "advis") {
		return sc.saying()
	}
	target := sc.target()
	switch {
	case target == "" || target == sc.who.Country:
		if c := sc.strong(); c != nil && c.country() != sc.who.Country && !sc.p.wonders(sc.content, c) {
			return verdict{stance: statement.Call, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "call"}
		}
		if sc.own {
			v := sc.opposed(verdict{stance: statement.Call, reason: Kept, rule: "call"})
			v.accused = v.accuser
			v.accuser = nil
			return v
		}
		return drop(NoAccused)
	case sc.own || sc.p.accused.of(target) > 0:
		return verdict{stance: statement.Call, accused: []statement.Party{sc.p.stateParty(target)}, reason: Kept, rule: "call"}
	}
	return drop(NoCharge)
}

// target is the country that is urged: the first one named after the cue.
func (sc *scene) target() statement.Country {
	if w := strings.ToLower(sc.p.wordAt(sc.content.first)); w == "it" || w == "them" {
		if c := (&scene{p: sc.p, who: sc.who, content: span{sc.s.first, sc.content.first}}).foreignNamed(); c != "" {
			return c
		}
	}
	for i := sc.content.first; i < min(sc.content.end, sc.content.first+8); i++ {
		if sc.p.word(i) == "whether" {
			return ""
		}
		if e := sc.p.items[i].Entry; e != nil && e.Country != "" && sc.p.is(i, party) {
			return e.Country
		}
	}
	return ""
}

func (sc *scene) measure() verdict {
	stance := statement.Sanction
	if sc.a.class == lexicon.Indict {
		stance = statement.Indict
	}
	if !sc.governmental() || sc.p.any(sc.s, lexicon.Kinetic) && !sc.p.cyberIn(sc.s) || !sc.p.onTheme(sc.s) {
		return drop(NotCyber)
	}
	c := sc.partyInContent()
	if c == nil || c.entry.Class&lexicon.State != 0 {
		if first := sc.p.firstCharge(sc.a.sent, sc.s); first != nil {
			c = first
		}
	}
	if c == nil || c.country() != "" && c.country() == sc.who.Country {
		if country := sc.p.accused.most(sc.who.Country); country != "" {
			return verdict{stance: stance, accused: []statement.Party{sc.p.stateParty(country)}, reason: Kept, rule: "measure"}
		}
		return drop(NoAccused)
	}
	return verdict{stance: stance, charge: c, accused: sc.p.partyOf(c), reason: Kept, rule: "measure"}
}

// partyInContent makes a charge of the first accusable party named in the
// content of a measure.
func (sc *scene) partyInContent() *charge {
	for i := sc.content.first; i < sc.content.end; i++ {
		if m := sc.p.mention(i); m != nil && (m.head == headRole || m.head == headPerson) && !sc.p.is(i, lexicon.Actor) {
			continue
		}
		if sc.p.is(i, lexicon.State|lexicon.Demonym) && !sc.p.any(sc.s, cyberSure|lexicon.Actor|lexicon.Operation) {
			continue
		}
		if sc.p.accusable(i) && sc.p.items[i].Entry.Country != sc.who.Country {
			return &charge{sent: sc.a.sent, at: i, items: span{i, i + 1}, entry: sc.p.items[i].Entry, rule: "measure-object"}
		}
	}
	return nil
}

// demand reads a demand within words that deny or rebut: "..., and the US should
// stop slandering China".
func (sc *scene) demand(v verdict) verdict {
	if v.reason != Kept || !sc.own || v.stance == statement.Call || v.stance == statement.NoComment {
		return drop(NoStance)
	}
	for i := sc.content.first; i+2 < sc.content.end; i++ {
		w := sc.p.word(i)
		if w != "should" && w != "must" && w != "urges" && w != "urge" {
			continue
		}
		if c := sc.demanded(i); c != "" {
			return verdict{stance: statement.Call, accused: []statement.Party{sc.p.stateParty(c)}, reason: Kept, rule: "demand"}
		}
	}
	return drop(NoStance)
}

// demanded is the other state that stands before "should" or after "urges".
func (sc *scene) demanded(i int) statement.Country {
	for j := max(sc.content.first, i-3); j < min(sc.content.end, i+4); j++ {
		if e := sc.p.items[j].Entry; e != nil && e.Country != "" && e.Country != sc.who.Country && sc.p.is(j, lexicon.State|lexicon.Demonym) {
			return e.Country
		}
	}
	return ""
}
