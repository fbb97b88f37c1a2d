package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// place sets the organisation and the country of a speaker.
func (c *cast) place(who *statement.Speaker, org *lexicon.Entry, body string) {
	switch {
	case org != nil && org.Class&lexicon.State == 0:
		who.Organisation, who.Org = org.Name, statement.OrgID(org.ID)
		if org.Class&lexicon.Outlet != 0 {
			who.Org = ""
		}
		if org.Country != "" {
			who.Country = org.Country
		}
	case body != "":
		who.Organisation = body
		if org != nil {
			who.Country = org.Country
			if e := c.p.lexBody(org, body); e != nil {
				who.Organisation, who.Org = e.Name, statement.OrgID(e.ID)
			}
		} else {
			c.bodyByContext(who, body)
		}
	case org != nil:
		who.Organisation, who.Org, who.Country = org.Name, statement.OrgID(org.ID), org.Country
	}
	if who.Organisation == "" || who.Country == "" {
		c.byRole(who)
	}
}

// byRole gives a foreign ministry's spokesperson a country: that of the
// dateline or of those who spoke for a ministry before.
func (c *cast) byRole(who *statement.Speaker) {
	if who.Kind != statement.Person || who.Organisation != "" {
		return
	}
	if body := bodyIn(strings.ToLower(who.Role)); body != "" {
		c.bodyByContext(who, body)
	}
	if who.Country == "" && official(strings.ToLower(who.Role)) {
		for i := range c.p.items {
			if e := c.p.items[i].Entry; e != nil && c.p.is(i, lexicon.State|lexicon.Demonym) && e.Country != c.p.primary {
				who.Country = e.Country
				return
			}
		}
	}
}

// official reports whether a role is one of a state.
func official(role string) bool {
	for _, w := range []string{"minister", "president", "government", "secretary", "spokesman for the", "spokesperson for the"} {
		if strings.Contains(role, w) {
			return true
		}
	}
	return false
}

// bodyIn is the organisation that a role names: "foreign ministry spokesman".
func bodyIn(role string) string {
	for _, b := range []string{"foreign ministry", "foreign office", "defence ministry", "defense ministry", "state department", "embassy", "interior ministry", "ministry"} {
		if strings.Contains(role, b) {
			return b
		}
	}
	return ""
}

// bodyByContext resolves "the ministry", "the embassy" by the last one of its
// kind that the article named.
func (c *cast) bodyByContext(who *statement.Speaker, body string) {
	kind := bodyKind(body)
	for i := len(c.bodies) - 1; i >= 0; i-- {
		if c.bodies[i].kind == kind {
			b := c.bodies[i].who
			who.Organisation, who.Org, who.Country = b.Organisation, b.Org, b.Country
			return
		}
	}
	if kind == "government" || kind == "administration" {
		if c.governmentOf(who) {
			return
		}
	}
	if e := c.p.namedBody(kind); e != nil {
		who.Organisation, who.Org, who.Country = e.Name, statement.OrgID(e.ID), e.Country
		return
	}
	if kind == "bureau" || kind == "department" || kind == "office" || kind == "service" {
		for i := len(c.bodies) - 1; i >= 0; i-- {
			if k := c.bodies[i].kind; k == "agency" || k == "bureau" || k == "department" || k == "office" {
				b := c.bodies[i].who
				who.Organisation, who.Org, who.Country = b.Organisation, b.Org, b.Country
				return
			}
		}
	}
	if c.org != nil && c.org.Kind == statement.Organisation && (kind == "agency" || kind == "department" || kind == "bureau" || kind == "office" || kind == "centre" || kind == "company") {
		who.Organisation, who.Org, who.Country = c.org.Organisation, c.org.Org, c.org.Country
		return
	}
	if who.Organisation == "" {
		who.Organisation = strings.TrimSpace(body)
	}
}

// governmentOf resolves "the government": the state that spoke last, else the one
// that the article names first.
func (c *cast) governmentOf(who *statement.Speaker) bool {
	if us := c.p.lex.StateOf("US"); us != nil && bodyKind(who.Organisation) == "administration" && c.p.named["US"] {
		who.Organisation, who.Org, who.Country = us.Name, statement.OrgID(us.ID), us.Country
		return true
	}
	if c.org != nil && c.org.Kind == statement.State {
		who.Organisation, who.Org, who.Country = c.org.Organisation, c.org.Org, c.org.Country
		return true
	}
	for i := range c.p.items {
		if e := c.p.items[i].Entry; e != nil && c.p.is(i, lexicon.State) {
			who.Organisation, who.Org, who.Country = e.Name, statement.OrgID(e.ID), e.Country
			return true
		}
	}
	return false
}

// bodyKind is the last common noun of an organisation: what is compared when a
// later mention is short.
func bodyKind(body string) string {
	b := strings.ToLower(body)
	for _, k := range []string{"foreign ministry", "foreign office", "ministry", "embassy", "mission", "agency", "agencies", "department", "company", "firm", "bureau", "police", "government", "campaign", "university", "newspaper",
		"committee", "commission", "centre", "center", "council", "court", "office", "party", "directorate", "service", "giant", "team", "institute", "unit"} {
		if strings.Contains(b, k) {
			switch k {
			case "foreign office", "foreign ministry":
				return "ministry"
			case "firm", "giant":
				return "company"
			case "agencies":
				return "agency"
			case "center":
				return "centre"
			}
			return k
		}
	}
	return b
}

// entryKind is bodyKind for an entry of the lexicon.
func entryKind(e *lexicon.Entry) string {
	if strings.Contains(e.Name, "Ministry of") {
		return "ministry"
	}
	switch e.Kind {
	case "mfa":
		if n := strings.ToLower(e.Name); strings.Contains(n, "embassy") {
			return "embassy"
		} else if strings.Contains(n, "mission") {
			return "mission"
		} else if strings.Contains(n, "department") {
			return "department"
		}
		return "ministry"
	case "vendor", "company", "accused-company":
		return "company"
	case "gov-cert", "intel", "law":
		return "agency"
	case "state":
		return "government"
	}
	return bodyKind(e.Name)
}

// namedBody is the first organisation of that kind which the article names by
// its full name.
func (p *page) namedBody(kind string) *lexicon.Entry {
	if p.bodies == nil {
		p.bodies = map[string]*lexicon.Entry{}
		seen := map[*lexicon.Entry]bool{}
		for i := range p.items {
			e := p.items[i].Entry
			if e == nil || e.Class&lexicon.Org == 0 || seen[e] {
				continue
			}
			seen[e] = true
			if k := entryKind(e); p.bodies[k] == nil {
				p.bodies[k] = e
			}
		}
	}
	return p.bodies[kind]
}

// lexBody finds the entry for "foreign ministry" of a state.
func (p *page) lexBody(state *lexicon.Entry, body string) *lexicon.Entry {
	if bodyKind(body) != "ministry" || !strings.Contains(strings.ToLower(body), "foreign") {
		return nil
	}
	return p.lex.OrgByID(statement.OrgID(strings.ToLower(string(state.Country)) + "-mfa"))
}

// owner gives "its embassy" the country of the state named last.
func (c *cast) owner(who *statement.Speaker, m *mention) bool {
	if c.org != nil && c.org.Kind == statement.State && c.last != nil && *c.last == *c.org {
		who.Country = c.org.Country
		if e := c.p.lex.StateOf(who.Country); e != nil && c.p.lexBody(e, m.body) != nil {
			c.place(who, e, m.body)
			m.body = who.Organisation
		}
		return true
	}
	for k := m.items.first - 1; k >= 0 && m.items.first-k < 40; k-- {
		if e := c.p.items[k].Entry; e != nil && e.Country != "" && c.p.is(k, lexicon.State|lexicon.Demonym) {
			who.Country = e.Country
			return true
		}
	}
	return false
}
