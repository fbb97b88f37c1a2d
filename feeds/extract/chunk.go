package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
)

// chunker reads one mention.
type chunker struct {
	p      *page
	s      span
	i      int
	m      mention
	core   bool // something but determiners and modifiers was read
	role   span
	body   span
	name   span
	title  int  // item after a title
	inside bool // the name stands after the role's own phrase
}

// free reports whether the next item still belongs to the phrase by the marks
// before it.
func (c *chunker) free() bool {
	it := &c.p.items[c.i]
	if it.Gap == lexicon.Stop && c.i > c.m.items.first && c.p.is(c.i-1, lexicon.Title) {
		return true
	}
	return c.i == c.m.items.first || it.Gap <= lexicon.Blank || it.Gap == lexicon.Mark && c.p.text[it.Start-1] != ' ' && c.p.text[it.Start-1] != '-' && c.p.text[it.Start-1] != '('
}

// step takes the next item into the mention; false where it ends.
func (c *chunker) step() bool {
	p, it := c.p, &c.p.items[c.i]
	switch {
	case it.Is(lexicon.Person):
		c.name = span{c.i, c.i + 1}
		c.take(headPerson)
		c.m.name = it.Entry.Name
		c.i++
		return false
	case it.Is(lexicon.Outlet) && !it.Is(lexicon.Role) && it.Shape&lexicon.Capital != 0:
		c.setOrg(it.Entry)
		c.take(headOutlet)
	case it.Is(lexicon.Org):
		c.setOrg(it.Entry)
		c.take(headOrg)
	case it.Is(lexicon.State):
		c.stateName(it.Entry)
	case it.Is(lexicon.Demonym):
		return c.demonym(it.Entry)
	case it.Is(lexicon.Possessive):
		if !c.core && c.m.state == nil {
			return false
		}
		c.i++
		return c.more() || c.team()
	case it.Is(lexicon.Title) && c.capital(c.i) && c.nameAt(c.i+1) > 0:
		c.title = c.i + 1
		c.i++
	case it.Is(lexicon.Actor):
		c.setOrg(it.Entry)
		c.take(headActor)
	case c.properBody() > 1 && !it.Is(lexicon.Role|lexicon.Title):
		c.bodyName()
	default:
		return c.noun(p, it)
	}
	return true
}

// noun takes common nouns, modifiers, names and what joins them.
func (c *chunker) noun(p *page, it *lexicon.Item) bool {
	switch {
	case it.Is(lexicon.Role) && !c.verbHere():
		c.widen(&c.role)
		c.m.plural = plural(p.word(c.i))
		c.take(headRole)
	case it.Is(lexicon.Hacker):
		c.take(headHacker)
	case it.Is(lexicon.Body) && !c.verbHere():
		c.widen(&c.body)
		c.m.plural = plural(p.word(c.i))
		c.take(headBody)
	case it.Is(lexicon.Preposition):
		return c.prepositional()
	case c.nameAt(c.i) > 0:
		return c.properName()
	case it.Is(lexicon.Modifier) && !c.verbHere(), c.unknownModifier(it), it.Is(lexicon.Conjunction) && c.joined():
		c.i++
	default:
		return false
	}
	return true
}

// unknownModifier reports whether an unknown word stands between a state and the
// noun that belongs to it: "U.S. authoring agencies".
func (c *chunker) unknownModifier(it *lexicon.Item) bool {
	return it.Class == 0 && it.Shape == 0 && !c.core && c.m.state != nil && c.i+1 < c.s.end && c.p.is(c.i+1, lexicon.Body|lexicon.Role) && c.p.items[c.i+1].Gap <= lexicon.Blank
}

func (c *chunker) stateName(e *lexicon.Entry) {
	c.setState(e)
	switch {
	case c.core:
		c.take(c.m.head)
	case c.adjective():
		c.i++
	default:
		c.take(headState)
	}
}

// demonym takes "Chinese"; alone it is the state.
func (c *chunker) demonym(e *lexicon.Entry) bool {
	c.setState(e)
	c.i++
	if c.more() {
		return true
	}
	c.core = true
	c.m.head = headState
	c.m.items.end = c.i
	return false
}

// bodyName takes an organisation's proper name.
func (c *chunker) bodyName() {
	c.body = span{c.i, c.i + c.properBody()}
	c.m.proper = true
	c.i = c.body.end - 1
	c.m.plural = false
	c.take(headBody)
}

// adjective reports whether a state's name stands before the noun that it
// belongs to with one unknown word between: "U.S. authoring agencies".
func (c *chunker) adjective() bool {
	j := c.i + 1
	return j+1 < c.s.end && c.p.items[j].Class == 0 && c.p.items[j].Shape == 0 && c.p.items[j].Gap <= lexicon.Blank && c.p.is(j+1, lexicon.Body|lexicon.Role) && c.p.items[j+1].Gap <= lexicon.Blank &&
		(c.p.wordAt(j) != "" && (strings.HasSuffix(c.p.wordAt(j), "ing") || strings.HasSuffix(c.p.wordAt(j), "al")))
}

// properBody is the number of words of an organisation's name at the next item:
// words with capitals that end in a common noun of organisations, such as
// "Threat Analysis Center" or "Investigation Bureau"; 0 where none stands there.
func (c *chunker) properBody() int {
	n := 0
	for j := c.i; j < min(c.s.end, c.i+8); j++ {
		it := &c.p.items[j]
		if j > c.i && (it.Gap > lexicon.Blank || it.Is(lexicon.Possessive|lexicon.Say)) {
			break
		}
		if it.Shape&lexicon.Capital == 0 {
			if w := c.p.word(j); (w == "of" || w == "and" || w == "for") && c.capital(j+1) && j > c.i {
				continue
			}
			break
		}
		if it.Is(lexicon.State|lexicon.Demonym|lexicon.Person|lexicon.Outlet|lexicon.Org|lexicon.Determiner|lexicon.Pronoun|lexicon.When) || it.Is(lexicon.Role) && !it.Is(lexicon.Body) {
			break
		}
		if it.Is(lexicon.Body) && it.Form&(lexicon.Past) == 0 {
			n = j + 1 - c.i
		}
	}
	return n
}

// take ends the mention after the item and sets its head.
func (c *chunker) take(h headKind) {
	c.core = true
	if !(h == headRole && c.m.head == headPerson) {
		c.m.head = h
	}
	c.i++
	c.m.items.end = c.i
}

func (c *chunker) widen(s *span) {
	if s.end == 0 {
		s.first = c.i
	}
	s.end = c.i + 1
}

func (c *chunker) setOrg(e *lexicon.Entry) {
	if c.m.org == nil || c.m.org.Class&lexicon.State != 0 {
		c.m.org = e
	}
	if c.m.country == "" {
		c.m.country = e.Country
	}
}

func (c *chunker) setState(e *lexicon.Entry) {
	if c.m.state == nil {
		c.m.state = e
		if c.m.country == "" {
			c.m.country = e.Country
		}
	}
}

// more reports whether the next item goes on with the phrase.
func (c *chunker) more() bool {
	if c.i >= c.s.end || !c.free() {
		return false
	}
	return c.p.is(c.i, nominal|lexicon.Possessive) || c.nameAt(c.i) > 0
}

// team passes over words in small letters between an owner and its body: "Google's
// threat intelligence team".
func (c *chunker) team() bool {
	for k := c.i; k < min(c.s.end, c.i+4); k++ {
		it := &c.p.items[k]
		if it.Gap > lexicon.Blank || it.Shape != 0 {
			return false
		}
		if k > c.i && it.Is(lexicon.Body) && it.Form == 0 {
			c.i = k
			return true
		}
		if it.Class&^(lexicon.Cyber|lexicon.Modifier) != 0 || it.Form != 0 {
			return false
		}
	}
	return false
}

func (c *chunker) capital(i int) bool {
	return i < len(c.p.items) && c.p.items[i].Shape&lexicon.Capital != 0
}

// notName are the classes of words that never belong to a proper name.
const notName = lexicon.Say | lexicon.When | lexicon.Determiner | lexicon.Pronoun | lexicon.Conjunction | lexicon.Auxiliary | lexicon.Adverb | lexicon.Preposition |
	lexicon.That | lexicon.Negation | lexicon.Accusation | lexicon.Document | lexicon.According | lexicon.Possessive | lexicon.Hacker | lexicon.Cyber | lexicon.CyberOperation |
	lexicon.Actor | lexicon.Operation | lexicon.State | lexicon.Demonym | lexicon.Groundless | lexicon.Attack

// nameAt is the number of words of a proper name at item i: words with capitals
// that are not known as anything else. At a sentence's beginning one such word
// alone is no name.
func (c *chunker) nameAt(i int) int {
	n := 0
	for j := i; j < c.s.end && n < 5; j++ {
		it := &c.p.items[j]
		if it.Shape&lexicon.Capital == 0 && !(n > 0 && it.Gap == lexicon.Joined) && !(n > 0 && particle(c.p.word(j)) && c.capital(j+1)) {
			break
		}
		if n > 0 && it.End-it.Start == 1 && int(it.End) < len(c.p.text) && c.p.text[it.End] == '.' {
			n++
			continue
		}
		if n == 0 && it.Class == lexicon.When && givenNames[c.p.word(j)] && c.capital(j+1) && c.p.items[j+1].Class == 0 && c.p.items[j+1].Gap == lexicon.Blank && c.p.items[j+1].Shape&lexicon.Digit == 0 {
			n++
			continue
		}
		if it.Class&notName != 0 && !(it.Class&(lexicon.When|lexicon.Say|lexicon.Cyber) != 0 && n > 0 && it.Class&^(lexicon.When|lexicon.Say|lexicon.Hedge|lexicon.Cyber) == 0) {
			break
		}
		if n > 0 && it.Is(lexicon.Role) {
			break
		}
		if it.Class&(lexicon.Role|lexicon.Body|lexicon.Modifier|lexicon.Org|lexicon.Outlet|lexicon.Title) != 0 && n == 0 {
			break
		}
		if n > 0 && it.Gap != lexicon.Blank && it.Gap != lexicon.Joined && !(it.Gap == lexicon.Stop && it.Start-c.p.items[j-1].Start <= 4) && !(it.Gap == lexicon.Quoted && c.p.text[it.Start-1] == '\'') {
			break
		}
		n++
	}
	if n == 1 && i == c.s.first && !c.p.people.known(c.p.word(i)) && !(c.p.items[i].Class == 0 && c.p.is(i+1, cueAny) && c.p.items[i+1].Form&(lexicon.Past|lexicon.Third) != 0) {
		return 0
	}
	return n
}

// givenNames are months, whole or cut short, that people bear as names.
var givenNames = words("Jan April May June August")

func particle(w string) bool {
	switch w {
	case "de", "der", "den", "von", "van", "bin", "al", "el", "da", "di", "du", "la", "le", "af":
		return true
	}
	return false
}

// properName takes a name: of a person after a role or alone, else of an
// organisation ("Fudan University").
func (c *chunker) properName() bool {
	n := c.nameAt(c.i)
	from := c.i
	if n == 1 && c.i+1 < c.s.end && c.p.is(c.i+1, lexicon.Role) && c.capital(c.i+1) && c.p.items[c.i+1].Gap <= lexicon.Blank && c.role.end == 0 {
		c.i++ // "Coordinating Minister"
		return true
	}
	if j := c.i + n; j < c.s.end && c.p.is(j, lexicon.Body) && c.capital(j) && c.p.items[j].Gap <= lexicon.Blank {
		c.body = span{from, j + 1}
		c.i = j
		c.m.plural = false
		c.take(headBody)
		return true
	}
	c.i += n - 1
	if c.m.head == headBody || c.m.head == headOrg || c.m.head == headOutlet {
		if c.role.end == 0 && n == 1 { // a name's remainder: "Ministry Xyz"
			c.take(c.m.head)
			return true
		}
	}
	if n == 1 && c.role.end == 0 && c.title == 0 && !c.p.people.known(c.p.word(from)) && !c.p.is(from+1, lexicon.Say|lexicon.Accuse|lexicon.Deny|lexicon.Reject|lexicon.Auxiliary) {
		c.take(headOther)
		return true
	}
	if places[c.p.word(c.i)] || c.m.definite && n == 1 && c.role.end == 0 && !c.p.people.known(c.p.word(from)) {
		c.take(headOther)
		return true
	}
	c.take(headPerson)
	c.name = span{from, c.i}
	c.m.name = c.p.text[c.p.items[from].Start:c.p.items[c.i-1].End]
	if c.i < c.s.end && c.p.is(c.i, lexicon.Possessive) {
		return true
	}
	return false
}

// places end the names of places.
var places = words("Province Prefecture County City District Region Oblast Island Islands Sea Bay Street Airport Peninsula")

// prepositional goes on over "of", "for", "to", "in", "at" and "with" where a
// role or a body stands before and a nominal after.
func (c *chunker) prepositional() bool {
	if !c.core || c.m.head != headRole && c.m.head != headBody && c.m.head != headOrg {
		return false
	}
	switch c.p.word(c.i) {
	case "of", "for", "to", "at", "with", "in", "from":
	default:
		return false
	}
	if c.field() {
		return false
	}
	j := c.i + 1
	for j < c.s.end && c.p.is(j, lexicon.Determiner) && c.p.items[j].Gap <= lexicon.Blank {
		j++
	}
	if j >= c.s.end || c.p.items[j].Gap > lexicon.Blank || !c.p.is(j, nominal) && !c.properAt(j) || c.p.is(j, lexicon.Hacker|lexicon.When) {
		return false
	}
	head := c.m.head
	c.i = j
	for c.i < c.s.end && c.free() && c.stepInside() {
	}
	c.m.head = head
	if c.name.end > 0 && head == headRole {
		c.m.head = headPerson
		return false
	}
	if c.i < c.s.end && c.free() && c.p.is(c.i, lexicon.Person) && head == headRole {
		c.name = span{c.i, c.i + 1}
		c.m.name = c.p.items[c.i].Entry.Name
		c.m.head = headPerson
		c.i++
		c.m.items.end = c.i
	}
	return false
}

// field takes the field of a role in small letters up to a comma, after which its
// bearer is named: "the minister for digital governance, Jane Roe".
func (c *chunker) field() bool {
	if w := c.p.word(c.i); c.m.head != headRole || w != "for" && w != "of" {
		return false
	}
	j := c.i + 1
	for j < min(c.s.end, c.i+7) && c.p.items[j].Gap <= lexicon.Blank && c.p.items[j].Shape == 0 && !c.p.is(j, lexicon.That|lexicon.Auxiliary|lexicon.Pronoun|lexicon.When) {
		j++
	}
	if j == c.i+1 || j >= c.s.end || !c.p.comma(j) || c.nameAt(j) < 2 && !c.p.is(j, lexicon.Person) {
		return false
	}
	c.i = j
	c.m.items.end = j
	return true
}

// stepInside takes items of a phrase after a preposition.
func (c *chunker) stepInside() bool {
	p, it := c.p, &c.p.items[c.i]
	switch {
	case it.Is(lexicon.Person) || it.Is(lexicon.Actor|lexicon.Hacker):
		return false
	case it.Is(lexicon.Org | lexicon.Outlet):
		c.setOrg(it.Entry)
	case it.Is(lexicon.State | lexicon.Demonym):
		if w := p.word(c.i - 1); w == "in" && it.Is(lexicon.Metonym) && c.ministry() || w != "in" && w != "to" && w != "at" && !(w == "the" && c.i > 1 && p.word(c.i-2) != "of" && p.word(c.i-2) != "for") {
			c.setState(it.Entry)
		}
	case c.properBody() > 1 && !it.Is(lexicon.Role|lexicon.Title):
		n := c.properBody()
		c.body = span{c.i, c.i + n}
		c.m.proper = true
		c.i += n - 1
	case it.Is(lexicon.Body) && !c.verbHere():
		c.widen(&c.body)
	case it.Is(lexicon.Role) && !c.verbHere(), it.Is(lexicon.Possessive), it.Is(lexicon.Modifier) && !c.verbHere():
	case it.Is(lexicon.Preposition) && (p.is(c.i+1, nominal|lexicon.Determiner) || c.properAt(c.i+1)):
		switch p.word(c.i) {
		case "of", "for", "to", "at", "in", "and":
		default:
			return false
		}
		if p.is(c.i+1, lexicon.When) {
			return false
		}
		c.i++
		return true
	case it.Is(lexicon.Determiner) && p.is(c.i-1, lexicon.Preposition):
	case p.word(c.i) == "and" && c.properAt(c.i+1) && c.properAt(c.i-1):
	case c.nameInside():
		return false
	case c.properAt(c.i):
	default:
		return false
	}
	c.i++
	c.core = true
	c.m.items.end = c.i
	return true
}

// nameInside takes the name of who bears a role, where it ends the phrase: "the
// Assistant Secretary for Cyber Policy Jane Roe said". Directly after a preposition
// a name is an organisation's.
func (c *chunker) nameInside() bool {
	if c.m.head != headRole || c.role.end == 0 || !c.capital(c.i) || offices[c.p.word(c.i)] {
		return false
	}
	n := c.nameAt(c.i)
	if n < 2 || c.p.is(c.i-1, lexicon.Preposition|lexicon.Determiner|lexicon.Conjunction) || c.p.items[c.i-1].Class == 0 && !offices[c.p.word(c.i-1)] || c.p.items[c.i].Class != 0 {
		return false
	}
	if end := c.i + n; end < c.s.end && c.p.items[end].Gap <= lexicon.Blank && !c.p.is(end, cueAny|lexicon.Auxiliary|lexicon.When|lexicon.Adverb) {
		return false
	}
	c.inside = true
	c.name = span{c.i, c.i + n}
	c.m.name = c.p.text[c.p.items[c.i].Start:c.p.items[c.i+n-1].End]
	c.i += n
	c.core = true
	c.m.items.end = c.i
	return true
}

// offices are nouns that end the field of an office, before its bearer's name.
var offices = words("Policy Affairs Technology Innovation Intelligence Defence Defense Security Operations Communications Transformation Cyberspace Research Services Strategy Division Enforcement Science Energy Industry Trade Development Digitalisation Digitization Information Infrastructure")

// ministry reports whether the body is a ministry, which sits in its own capital.
func (c *chunker) ministry() bool {
	for j := c.body.first; j < c.body.end; j++ {
		w := strings.ToLower(c.p.word(j))
		if strings.Contains(w, "ministry") || strings.Contains(w, "government") {
			return true
		}
	}
	return false
}

func (c *chunker) properAt(i int) bool {
	return i < c.s.end && c.capital(i) && c.p.items[i].Class&notName == 0
}

// joined reports whether "and" or "&" joins two modifiers, as in "foreign and
// security policy chief".
func (c *chunker) joined() bool {
	return c.i > c.m.items.first && c.p.word(c.i) == "and" && c.p.is(c.i-1, lexicon.Modifier|lexicon.Body|lexicon.Role) && !c.core && c.p.is(c.i+1, lexicon.Modifier|lexicon.Body)
}

// verbHere reports whether a word that can also be a verb is one here: the
// phrase before it is complete, and what follows is an object or a clause.
func (c *chunker) verbHere() bool {
	it := &c.p.items[c.i]
	if it.Form == 0 || !c.core && c.m.state == nil && c.m.items.end == c.m.items.first && !c.m.definite {
		return it.Form != 0 && c.i == c.m.items.first
	}
	return it.Form != 0 && c.p.is(c.i+1, lexicon.That|lexicon.Determiner|lexicon.State|lexicon.Demonym|lexicon.Pronoun)
}
