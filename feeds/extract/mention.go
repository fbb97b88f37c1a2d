package extract

import (
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// mention is a noun phrase that can speak, be accused or be harmed: "Chinese
// Foreign Ministry spokesperson Mao Ning", "the company", "she".
type mention struct {
	items     span
	head      headKind
	name      string            // a person's name as written
	role      string            // as written: "foreign ministry spokesperson"
	org       *lexicon.Entry    // the organisation, outlet or state
	state     *lexicon.Entry    // the first state or demonym in it
	body      string            // an organisation named by common nouns: "Chinese embassy in London"
	country   statement.Country // where it belongs
	plural    bool
	definite  bool
	proper    bool // the body is a name: "Investigation Bureau"
	possessed bool // its embassy, their ministry
}

// headKind is what the head of a mention is. Zero is invalid.
type headKind uint8

const (
	headPerson   headKind = iota + 1 // a name
	headRole                         // the spokesperson
	headOrg                          // a named organisation
	headBody                         // the ministry
	headState                        // China
	headOutlet                       // Reuters
	headActor                        // Volt Typhoon
	headHacker                       // Chinese hackers
	headDocument                     // the report
	headPronoun                      // she
	headOther                        // capitalised words of an unknown kind
)

// nominal are the classes of which mentions are made.
const nominal = lexicon.State | lexicon.Demonym | lexicon.Org | lexicon.Person | lexicon.Outlet | lexicon.Actor | lexicon.Role | lexicon.Body |
	lexicon.Modifier | lexicon.Title | lexicon.Hacker

// findMentions chunks every sentence.
func (p *page) findMentions() {
	p.at = cleared(p.at, len(p.items))
	for _, s := range p.sents {
		for i := s.first; i < s.end; {
			m, next := p.mentionAt(i, s)
			if m == nil {
				i++
				continue
			}
			i = next
			p.mentions = append(p.mentions, *m)
			p.people.add(p, m)
			for k := m.items.first; k < m.items.end; k++ {
				p.at[k] = int32(len(p.mentions))
			}
		}
	}
}

// mention is the mention that holds item i, or nil.
func (p *page) mention(i int) *mention {
	if i < 0 || i >= len(p.at) || p.at[i] == 0 {
		return nil
	}
	return &p.mentions[p.at[i]-1]
}

// mentionAt reads the mention that begins at item i, with the next item after
// it; nil where none begins.
func (p *page) mentionAt(i int, s span) (*mention, int) {
	it := &p.items[i]
	if it.Class&(nominal|lexicon.Determiner|lexicon.Pronoun) == 0 && it.Shape&lexicon.Capital == 0 {
		return nil, 0
	}
	c := &p.chunk
	*c = chunker{p: p, s: s, i: i}
	c.m.items = span{i, i}
	if it.Is(lexicon.Pronoun) && !it.Is(nominal) {
		c.m.items.end, c.m.head = i+1, headPronoun
		return &c.m, i + 1
	}
	for c.i < s.end && p.is(c.i, lexicon.Determiner) && c.free() {
		c.m.definite = true
		switch p.word(c.i) {
		case "its", "Its", "his", "her", "their", "Their":
			c.m.possessed = true
		}
		c.i++
	}
	for c.i < s.end && c.free() && c.step() {
	}
	if !c.core {
		return nil, 0
	}
	c.finish()
	c.apposition()
	return &c.m, c.m.items.end
}

func plural(w string) bool {
	return len(w) > 1 && w[len(w)-1] == 's' || w == "people" || w == "spokespeople" || w == "media" || w == "police"
}

// finish sets the words of role and body.
func (c *chunker) finish() {
	m := &c.m
	if c.role.end > 0 {
		m.role = c.roleWords()
	}
	if c.body.end > 0 && (m.org == nil || m.org.Class&lexicon.State != 0) {
		m.body = c.bodyWords()
	}
	if m.org == nil && m.state != nil {
		m.org = m.state
	}
}

// roleWords are the words of the role without what names the country: "foreign
// ministry spokesperson", "director".
func (c *chunker) roleWords() string {
	first := c.role.first
	if c.inside && first > c.m.items.first && c.capital(first-1) && c.p.items[first-1].Class == 0 && c.p.items[first].Gap <= lexicon.Blank {
		first-- // "Coordinating Minister"
	}
	for first > c.m.items.first && c.p.is(first-1, lexicon.Modifier|lexicon.Body) && c.p.items[first].Gap <= lexicon.Blank && !c.p.is(first-1, lexicon.Determiner) {
		first--
	}
	end := c.role.end
	if c.inside {
		end = c.name.first
	}
	return c.p.text[c.p.items[first].Start:c.p.items[end-1].End]
}

// bodyWords are the words of an organisation that is named by common nouns,
// with its country: "Chinese embassy in London".
func (c *chunker) bodyWords() string {
	first, end := c.body.first, c.body.end
	for first > c.m.items.first && c.p.is(first-1, lexicon.Modifier|lexicon.State|lexicon.Demonym|lexicon.Possessive|lexicon.Body) && c.p.items[first].Gap <= lexicon.Blank {
		first--
	}
	for end < c.m.items.end && !c.p.is(end, lexicon.Role|lexicon.Person) && (c.name.end == 0 || end < c.name.first) {
		end++
	}
	return c.p.text[c.p.items[first].Start:c.p.items[end-1].End]
}
