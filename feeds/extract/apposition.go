package extract

import "attribot/feeds/extract/lexicon"

// apposition joins what stands between commas beside a name with it: "Liu
// Pengyu, spokesperson for the Chinese embassy,"; "the spokesman, Zhao Lijian".
func (c *chunker) apposition() {
	m := &c.m
	i := m.items.end
	if i < c.s.end {
		c.bracketed()
		i = m.items.end
	}
	if i >= c.s.end || m.head != headPerson && m.head != headRole && m.head != headOrg && m.head != headBody {
		return
	}
	if gap := c.p.items[i].Gap; !c.p.comma(i) && !(gap == lexicon.Mark && m.head == headPerson) {
		return
	}
	other, next := c.p.plainMention(i, c.s)
	if other != nil && m.head == headPerson && m.role == "" && other.head == headPerson && c.p.is(next, lexicon.Possessive) {
		other, next = c.p.plainMention(next+1, c.s) // "Roe, President Doe's adviser,"
	}
	if other == nil {
		return
	}
	if m.head == headOrg || m.head == headBody {
		c.describe(other, next)
		return
	}
	switch {
	case m.head == headPerson && m.role == "" && other.head == headRole && other.name == "":
	case m.head == headRole && m.name == "" && !m.plural && other.head == headPerson && other.role == "":
		m.head = headPerson
		m.name = other.name
	default:
		return
	}
	if other.role != "" {
		m.role = other.role
	}
	if m.org == nil || m.org.Class&lexicon.State != 0 && other.org != nil {
		m.org = other.org
	}
	if m.body == "" {
		m.body = other.body
	}
	if m.country == "" {
		m.country, m.state = other.country, other.state
	}
	m.items.end = next
	if next < c.s.end && c.p.bracketAt(next) {
		m.items.end++
	}
	c.apposedMore()
}

// describe takes what explains an organisation: "360, an internet security
// company,".
func (c *chunker) describe(other *mention, next int) {
	det := c.p.word(c.m.items.end)
	if other.head == headOther && det == "the" && next < c.s.end && c.p.items[next].Gap == lexicon.Comma && c.p.items[next-1].Shape&lexicon.AllCaps != 0 {
		c.m.items.end = next // "the spy agency, the NIS,"
		return
	}
	if other.head == headBody && other.org == nil && (det == "a" || det == "an" || det == "the") && next < c.s.end && c.p.items[next].Gap == lexicon.Comma {
		c.m.items.end = next
	}
}

// bracketed takes an abbreviation in brackets: "The Wall Street Journal (WSJ)".
func (c *chunker) bracketed() {
	i := c.m.items.end
	it := &c.p.items[i]
	if it.Gap != lexicon.Mark || it.Shape&(lexicon.AllCaps|lexicon.Capital) == 0 || c.p.text[it.Start-1] != '(' || int(it.End) >= len(c.p.text) || c.p.text[it.End] != ')' {
		return
	}
	if c.m.head != headPerson && c.m.head != headRole {
		if it.Entry != nil && c.m.org == nil {
			c.m.org = it.Entry
		}
		c.m.items.end = i + 1
	}
}

// bracketAt reports whether item i is an abbreviation in brackets.
func (p *page) bracketAt(i int) bool {
	it := &p.items[i]
	return it.Gap == lexicon.Mark && p.text[it.Start-1] == '(' && int(it.End) < len(p.text) && p.text[it.End] == ')'
}

// apposedMore takes "and a leading expert on cyberspace" after an apposition.
func (c *chunker) apposedMore() {
	i := c.m.items.end
	limit := min(c.s.end, i+14)
	for j := i; j < limit; j++ {
		it := &c.p.items[j]
		if it.Gap >= lexicon.Quoted {
			return
		}
		if it.Gap == lexicon.Comma {
			if j > i {
				c.m.items.end = j
			}
			return
		}
		if j == i && c.p.word(j) != "and" && !it.Is(lexicon.Preposition) && c.p.word(j) != "who" {
			return
		}
		if it.Form != 0 && it.Class&(lexicon.Say|lexicon.Accuse|lexicon.Deny|lexicon.Reject|lexicon.Blame) != 0 && !it.Is(lexicon.Role) {
			return
		}
	}
}

// plainMention reads a mention without its own apposition.
func (p *page) plainMention(i int, s span) (*mention, int) {
	c := &p.inner
	*c = chunker{p: p, s: s, i: i}
	c.m.items = span{i, i}
	for c.i < s.end && p.is(c.i, lexicon.Determiner) && c.free() {
		c.m.definite = true
		c.i++
	}
	for c.i < s.end && c.free() && c.step() {
	}
	if !c.core {
		return nil, 0
	}
	c.finish()
	return &c.m, c.m.items.end
}
