package extract

import (
	"strings"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// cast remembers who spoke, so that "the spokesperson", "the ministry" and "she"
// find whom they mean. Articles that were translated get pronouns wrong, so he
// and she are not told apart.
type cast struct {
	p      *page
	person *statement.Speaker // the last person who spoke
	org    *statement.Speaker // the last organisation or state
	crowd  *statement.Speaker // the last unnamed plural
	last   *statement.Speaker
	bodies []bodySeen
}

type bodySeen struct {
	kind string
	who  statement.Speaker
}

// speaker resolves the subject of an act. Nil means the outlet's own voice.
func (c *cast) speaker(a *act) statement.Speaker {
	var who statement.Speaker
	switch {
	case a.subject == nil && a.doc.end > 0 || a.subject != nil && a.doc.end > 0 && c.accusedHere(a):
		who = c.document(a)
	case a.subject == nil:
		return c.outlet()
	default:
		who = c.resolve(a.subject, a.cue.first)
		if a.doc.end > 0 {
			who.As = c.p.docWords(a.doc.first)
		}
	}
	c.remember(who)
	return who
}

// outlet is the article's own voice: that of an agency, ministry or vendor where
// one publishes itself, else the medium's.
func (c *cast) outlet() statement.Speaker {
	if e := c.p.publisher(); e != nil {
		return statement.Speaker{Kind: statement.Organisation, Organisation: e.Name, Org: statement.OrgID(e.ID), Country: e.Country}
	}
	return statement.Speaker{Kind: statement.Outlet, Organisation: c.p.art.Outlet, Country: c.p.art.Country}
}

// publisher is the organisation whose own site the article comes from, or nil.
func (p *page) publisher() *lexicon.Entry {
	if p.art.Outlet == "" {
		return nil
	}
	if p.outletRead {
		return p.outletEntry
	}
	p.outletRead = true
	for _, it := range p.lex.Scan(p.art.Outlet) {
		if it.Is(lexicon.Outlet) {
			return nil
		}
		if it.Is(lexicon.Org) && it.Entry != nil {
			p.outletEntry = it.Entry
			return it.Entry
		}
	}
	return p.ownSite()
}

// ownSite is the entry that a ministry's own site makes: "Czech Ministry of Foreign
// Affairs" is not in the lexicon, but says what it is. Nil for other outlets.
func (p *page) ownSite() *lexicon.Entry {
	o := newPage(p.lex, &article.Article{Text: p.art.Outlet})
	o.parse()
	for i := range o.mentions {
		if m := &o.mentions[i]; m.head == headBody && m.state != nil && bodyKind(m.body) != "newspaper" && !mediaBodies[bodyKind(m.body)] {
			p.outletEntry = &lexicon.Entry{Class: lexicon.Org, Name: m.body, Country: m.state.Country, Kind: "gov"}
			return p.outletEntry
		}
	}
	return nil
}

// docWords are the words for a document with what stands before it.
func (p *page) docWords(j int) string {
	first := j
	for p.is(first-1, lexicon.Determiner|lexicon.Modifier) && p.items[first].Gap <= lexicon.Blank {
		first--
	}
	return p.text[p.items[first].Start:p.items[j].End]
}

// document speaks for whoever spoke last, when its issuer is not named.
func (c *cast) document(a *act) statement.Speaker {
	who := statement.Speaker{Kind: statement.Organisation}
	publisher := c.p.publishedBefore(a)
	switch {
	case publisher != nil:
		who = c.resolve(publisher, publisher.items.first)
	case c.org != nil && !c.charged(a, c.org.Country):
		who = *c.org
	case c.person != nil && !c.charged(a, c.person.Country):
		who = statement.Speaker{Kind: statement.Organisation, Organisation: c.person.Organisation, Org: c.person.Org, Country: c.person.Country}
	}
	who.As = c.p.docWords(a.doc.first)
	return who
}

// charged reports whether the act's sentence holds country responsible: then its
// document is not from there.
func (c *cast) charged(a *act, country statement.Country) bool {
	for _, ch := range c.p.chargesOf(a.sent) {
		if !ch.weak && ch.country() == country {
			return true
		}
	}
	return false
}

// accusedHere reports whether what stands beside the document is the accused.
func (c *cast) accusedHere(a *act) bool {
	for _, ch := range c.p.chargesOf(a.sent) {
		if a.subject.items.has(ch.at) {
			return true
		}
	}
	return false
}

func (c *cast) remember(who statement.Speaker) {
	switch who.Kind {
	case statement.Person:
		c.person = &who
	case statement.Organisation, statement.State:
		c.org = &who
	case statement.Unnamed:
		c.crowd = &who
	}
	c.last = &who
}

func (c *cast) resolve(m *mention, at int) statement.Speaker {
	as := c.p.text[c.p.items[m.items.first].Start:c.p.items[m.items.end-1].End]
	var who statement.Speaker
	switch m.head {
	case headPerson:
		who = c.personOf(m)
	case headRole:
		who = c.roleOf(m, at)
	case headPronoun:
		who = c.pronoun(strings.ToLower(as), m)
	default:
		who = c.orgOf(m)
	}
	who.As = as
	return who
}

func (c *cast) personOf(m *mention) statement.Speaker {
	who := statement.Speaker{Kind: statement.Person, Name: m.name, Role: m.role, Country: m.country}
	org, body := m.org, m.body
	if known := c.p.people.lookup(m); known != nil {
		who.Name, who.Role, who.Country = known.name, known.role, known.country
		if known.org != nil {
			org = known.org
		}
		if known.body != "" {
			body = known.body
		}
	}
	c.place(&who, org, body)
	return who
}

// orgOf resolves an organisation, a state or an outlet.
func (c *cast) orgOf(m *mention) statement.Speaker {
	who := statement.Speaker{Kind: statement.Organisation, Country: m.country}
	if m.head == headState {
		who.Kind = statement.State
	}
	org := m.org
	if m.head == headBody && m.body != "" && (org == nil || org.Class&lexicon.State != 0) {
		if org == nil && m.possessed && c.owner(&who, m) {
			who.Organisation = m.body
		} else if org == nil {
			if m.plural || m.proper {
				who.Organisation = m.body
			} else {
				c.bodyByContext(&who, m.body)
			}
		} else {
			c.place(&who, org, m.body)
		}
		if kind := bodyKind(m.body); kind == "government" || kind == "administration" {
			who.Kind = statement.State
			if e := c.p.lex.StateOf(who.Country); e != nil {
				who.Organisation, who.Org = e.Name, statement.OrgID(e.ID)
			}
		}
		if m.plural && org == nil && who.Org == "" {
			who.Kind = statement.Unnamed
			if m.definite && c.definiteArticle(m) && c.org != nil {
				who.Country = c.org.Country // the agencies named before
			}
		}
	} else {
		c.place(&who, org, "")
	}
	if who.Kind == statement.Organisation && who.Organisation != "" {
		kind := bodyKind(who.Organisation)
		if m.org != nil && m.org.Class&lexicon.State == 0 {
			kind = entryKind(m.org)
		}
		c.bodies = append(c.bodies, bodySeen{kind, who})
	}
	return who
}

// roleOf resolves "the spokesperson", "US officials".
func (c *cast) roleOf(m *mention, at int) statement.Speaker {
	who := statement.Speaker{Kind: statement.Unnamed, Role: m.role, Country: m.country}
	if !m.plural {
		if c.last != nil && c.last.Kind == statement.Unnamed && c.definiteArticle(m) && m.org == nil && roleHead(c.last.Role) == roleHead(m.role) {
			return *c.last
		}
		if known := c.bearer(m, at); known != nil {
			return *known
		}
	}
	if who.Country == "" && m.org == nil && c.org != nil && c.org.Country != "" && c.ownerIn(m) {
		who.Country, who.Organisation = c.org.Country, m.body // "a spokesman for its Foreign Ministry"
		return who
	}
	c.place(&who, m.org, m.body)
	if m.org == nil && m.body == "" && roleHead(m.role) == "spokesperson" && c.last != nil && c.last.Kind == statement.Organisation {
		who.Organisation, who.Org, who.Country = c.last.Organisation, c.last.Org, c.last.Country
	}
	if who.Country == "" && m.body == "" && m.org == nil && c.last != nil && m.plural {
		who.Organisation, who.Country = "", ""
	}
	return who
}

// ownerIn reports whether a mention says "its" of the body that it names.
func (c *cast) ownerIn(m *mention) bool {
	for i := m.items.first; i < m.items.end; i++ {
		switch c.p.word(i) {
		case "its", "their", "Its", "Their":
			return true
		}
	}
	return false
}

// bearer is the person whom a role without a name means: who bore it before, or
// is named within the next sentences.
func (c *cast) bearer(m *mention, at int) *statement.Speaker {
	head := roleHead(m.role)
	var found *person
	for i := range c.p.people.all {
		w := &c.p.people.all[i]
		if w.head == "" && w.role != "" {
			w.head = roleHead(w.role)
		}
		if w.head != head || m.country != "" && w.country != "" && m.country != w.country {
			continue
		}
		if m.org != nil && m.org.Class&lexicon.State == 0 && w.org != nil && w.org != m.org {
			continue
		}
		if m.body != "" && w.org != nil && w.org.Class&lexicon.State == 0 && bodyKind(m.body) != entryKind(w.org) {
			continue
		}
		if w.at > at && (w.at-at > 160 || head == "official") {
			continue
		}
		if found == nil || w.at <= at {
			found = w
		}
	}
	if found == nil {
		if c.person != nil && m.definite && m.org == nil && c.definiteArticle(m) && !m.plural && generic[head] {
			who := *c.person
			return &who
		}
		return nil
	}
	who := statement.Speaker{Kind: statement.Person, Name: found.name, Role: found.role, Country: found.country}
	c.place(&who, found.org, found.body)
	return &who
}

// generic roles mean whoever spoke before, when they stand alone.
var generic = words("democrat speaker diplomat official spokesperson politician envoy chief minister expert researcher analyst ambassador secretary president lawmaker senator professor executive")

func (c *cast) definiteArticle(m *mention) bool {
	return strings.EqualFold(c.p.word(m.items.first), "the")
}

// roleHead is the role without its modifiers: spokesmen and spokeswomen are
// spokespersons.
func roleHead(role string) string {
	r, _, _ := strings.Cut(strings.ToLower(role), " for ")
	switch {
	case r == "":
		return ""
	case strings.Contains(r, "spokes"), strings.Contains(r, "press secretary"):
		return "spokesperson"
	case strings.Contains(r, "official"):
		return "official"
	case strings.Contains(r, "chief"), strings.Contains(r, "head"), strings.Contains(r, "director"), strings.Contains(r, "boss"), strings.Contains(r, "ceo"):
		return "chief"
	}
	return lastWord(r)
}

// pronoun resolves he, she, it and they.
func (c *cast) pronoun(word string, m *mention) statement.Speaker {
	var who *statement.Speaker
	switch word {
	case "he", "she", "i":
		who = c.person
		if new := c.introduced(m.items.first); new != nil {
			who = new
		}
		if who == nil {
			who = c.nearestPerson(m.items.first)
		}
	case "it":
		if s := c.subjectBefore(m.items.first); s != nil {
			return *s
		}
		who = c.org
		if c.last != nil && c.last.Kind != statement.Person && c.last.Kind != statement.Outlet {
			who = c.last
		}
	case "they", "we":
		who = c.crowd
		if c.last != nil {
			who = c.last
		}
	case "who", "which":
		if before := c.p.mention(m.items.first - 1); before != nil && before.head != headPronoun {
			return c.resolve(before, m.items.first)
		}
		who = c.last
	}
	if who == nil {
		who = c.last
	}
	if who == nil {
		return c.nearestParty(m.items.first)
	}
	return *who
}

// subjectBefore is the organisation or state that begins the sentence before item
// i: what "it" at a sentence's beginning means.
func (c *cast) subjectBefore(i int) *statement.Speaker {
	n := c.p.sentenceOf(i)
	if n == 0 || i != c.p.sents[n].first || c.p.para[n] != c.p.para[n-1] {
		return nil
	}
	s := c.p.sents[n-1]
	m := c.p.mention(s.first)
	if m == nil || m.head != headOrg && m.head != headState && m.head != headBody || m.items.first != s.first {
		return nil
	}
	who := c.orgOf(m)
	return &who
}

// introduced is the one person whom the sentence before item i names without
// having anybody speak: whom he or she means after "Roe gave it short shrift." Nil
// where it names nobody or several, or goes on about whoever spoke before.
func (c *cast) introduced(i int) *statement.Speaker {
	n := c.p.sentenceOf(i)
	if n == 0 || c.p.para[n] != c.p.para[n-1] || len(c.p.acts(n-1)) > 0 {
		return nil
	}
	s := c.p.sents[n-1]
	var only *mention
	for k := s.first; k < s.end; k++ {
		switch strings.ToLower(c.p.word(k)) {
		case "he", "she", "his", "her", "him":
			return nil
		}
		m := c.p.mention(k)
		if m == nil || m.head != headPerson || m.items.first != k {
			continue
		}
		if only != nil || c.p.is(m.items.end, lexicon.Possessive) || c.p.is(k-1, lexicon.Preposition) {
			return nil
		}
		only = m
	}
	if only == nil {
		return nil
	}
	who := c.personOf(only)
	return &who
}

// nearestPerson is the last person named before item i.
func (c *cast) nearestPerson(i int) *statement.Speaker {
	for k := len(c.p.mentions) - 1; k >= 0; k-- {
		if m := &c.p.mentions[k]; m.items.first < i && m.head == headPerson {
			who := c.personOf(m)
			return &who
		}
	}
	return nil
}

// nearestParty is the last organisation or state named before item i.
func (c *cast) nearestParty(i int) statement.Speaker {
	for k := len(c.p.mentions) - 1; k >= 0; k-- {
		m := &c.p.mentions[k]
		if m.items.first < i && (m.head == headOrg || m.head == headState || m.head == headOutlet) {
			return c.orgOf(m)
		}
	}
	return statement.Speaker{Kind: statement.Unnamed}
}
