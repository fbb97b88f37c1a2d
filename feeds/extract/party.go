package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// partyCharge reads a party that acts ("Russia hacked"), that owns an operation
// ("Chinese cyberattacks") or hackers ("Chinese state hackers").
func (p *page) partyCharge(n int, s span, i int) {
	if !p.accusable(i) {
		return
	}
	j := i + 1
	for j < min(s.end, i+6) && p.is(j, lexicon.Possessive|lexicon.Modifier|lexicon.Body|lexicon.Link|lexicon.Groundless|lexicon.Hedge|lexicon.Unacceptable) && !(p.is(j, lexicon.Unacceptable) && p.items[j].Words > 1) && p.items[j].Gap <= lexicon.Mark {
		j++
	}
	for k := 0; k < 3 && j < s.end && !deedWord[p.word(j)] && (p.items[j].Class == 0 || p.is(j, lexicon.Conjunction) && p.is(i+1, lexicon.Possessive)) && p.items[j].Gap <= lexicon.Blank && (p.possessed(i) || p.is(j+1, lexicon.CyberOperation|lexicon.Hacker)); k++ {
		j++
	}
	if j >= s.end || p.items[j].Gap > lexicon.Quoted {
		return
	}
	if p.items[j].Gap == lexicon.Mark && strings.Contains(p.text[p.items[j-1].End:p.items[j].Start], ":") {
		return
	}
	switch {
	case p.is(i+1, lexicon.Possessive) && deedWord[p.word(j)]:
		p.charge(n, i, span{i, j + 1}, false, "party-deed")
	case p.is(j, lexicon.Hacker) && (private[p.word(j)] && j == i+1 || p.word(j) == "hacker" || !stateHackers[p.items[i].Entry.Country] && j == i+1):
		p.charge(n, i, span{i, j + 1}, true, "party-hacktivists")
	case p.is(j, lexicon.Hacker) && p.is(j+1, lexicon.Role):
	case p.is(j, lexicon.Hacker|lexicon.Actor) || p.is(j, lexicon.Group) && spies[p.word(j)]:
		p.charge(n, i, span{i, j + 1}, false, "party-hackers")
	case p.is(j, lexicon.CyberOperation|lexicon.Operation) && !p.is(j+1, lexicon.Accusation|lexicon.Body|lexicon.Modifier|lexicon.Role) && !p.is(i-1, lexicon.Preposition) && p.items[j].Form&lexicon.Past == 0 && (p.items[j].Form&lexicon.Base == 0 || p.is(i-1, lexicon.Determiner)):
		p.charge(n, i, span{i, j + 1}, j == i+1 && !p.possessed(i) && !p.predicate(i), "party-operation")
	case p.is(j, lexicon.Attack) && p.possessed(i) && !p.is(j+1, lexicon.Accusation):
		p.charge(n, i, span{i, j + 1}, true, "party-attack")
	}
	p.actingCharge(n, s, i)
	p.threatCharge(n, s, i)
}

// predicate reports whether item i stands in what something is said to be: "had been
// a Russian cyberattack".
func (p *page) predicate(i int) bool {
	if !p.is(i-1, lexicon.Determiner) {
		return false
	}
	switch p.wordAt(i - 2) {
	case "is", "was", "were", "been":
		return true
	}
	return false
}

// threatCharge reads "China is the most active and persistent cyber threat".
func (p *page) threatCharge(n int, s span, i int) {
	if i+1 >= s.end || !p.is(i+1, lexicon.Auxiliary) && !remains[p.word(i+1)] {
		return
	}
	for j := i + 2; j < min(s.end, i+14); j++ {
		switch lastWord(p.word(j)) {
		case "threat", "threats", "danger":
			if p.cyberIn(s) || p.any(s, lexicon.Cyber) {
				p.charge(n, i, span{i, j + 1}, false, "party-threat")
			}
			return
		}
		if p.items[j].Gap >= lexicon.Stop || p.comma(j) {
			return
		}
	}
}

// remains are verbs of staying.
var remains = words("remains remain poses pose continues continue represents represent")

// deedWord are the nouns of "was Iran's work".
var deedWord = words("work doing handiwork fault")

// stateHackers are the countries whose hackers press means as the state's when it
// says no more than "Chinese hackers".
var stateHackers = map[statement.Country]bool{"CN": true, "RU": true, "IR": true, "KP": true, "US": true, "IL": true, "BY": true, "VN": true, "PK": true, "IN": true, "SY": true, "TR": true, "UA": true, "TW": true, "AE": true, "SA": true}

// private doers are no arm of their country's state.
var private = words("hacktivist hacktivists cybercriminal cybercriminals cyber-criminals")

// spies are doers by their trade.
var spies = map[string]bool{"spies": true, "spy": true, "operatives": true, "intelligence officers": true, "military officers": true, "agents": true, "military hackers": true, "attackers": true, "intelligence operatives": true, "cyber criminals": true, "actors": true, "intruders": true}

func (p *page) possessed(i int) bool {
	return p.is(i+1, lexicon.Possessive) || p.is(i, lexicon.Demonym)
}

func (p *page) stateParty(c statement.Country) statement.Party {
	if e := p.lex.StateOf(c); e != nil {
		return statement.Party{Name: e.Name, Org: statement.OrgID(e.ID), Country: c}
	}
	return statement.Party{Name: string(c), Country: c}
}

func partyFor(e *lexicon.Entry) statement.Party {
	party := statement.Party{Name: e.Name, Country: e.Country}
	if e.Class&lexicon.Actor == 0 && e.Class&lexicon.Outlet == 0 {
		party.Org = statement.OrgID(e.ID)
	}
	return party
}

// partyOf are the accused of a charge: the state or organisation named, and for
// a tracked actor the state that the article ties it to, else the actor itself.
func (p *page) partyOf(c *charge) []statement.Party {
	if c.entry == nil {
		return nil
	}
	if c.entry.Class&lexicon.Actor == 0 {
		if c.entry.Class&lexicon.State == 0 && c.entry.Country != "" && p.accused.of(c.entry.Country) > 2 {
			return []statement.Party{partyFor(c.entry), p.stateParty(c.entry.Country)}
		}
		all := []statement.Party{partyFor(c.entry)}
		if p.wordAt(c.at-1) == "and" && c.rule == "party-behind" && p.accusable(c.at-2) && p.is(c.at-2, lexicon.State) && p.is(c.at, lexicon.State) {
			all = addParty([]statement.Party{partyFor(p.items[c.at-2].Entry)}, all[0])
		}
		if c.rule == "by-party" || c.rule == "operation-by" {
			all = p.joinedParties(all, c.at)
		}
		if p.wordAt(c.at+1) == "and" && p.accusable(c.at+2) && p.is(c.at+2, lexicon.State) && p.items[c.at].Entry != nil {
			all = addParty(all, partyFor(p.items[c.at+2].Entry))
		}
		return all
	}
	if country := c.entry.Country; country != "" && p.named[country] {
		return []statement.Party{p.stateParty(country)}
	}
	return []statement.Party{partyFor(c.entry)}
}

// joinedParties adds the states that commas join to the one at item i: "by the
// Zionist regime, the Americans and their agents".
func (p *page) joinedParties(all []statement.Party, i int) []statement.Party {
	for i+1 < len(p.items) && p.comma(i+1) {
		i++
		for p.is(i, lexicon.Determiner) && p.items[i+1].Gap <= lexicon.Blank {
			i++
		}
		if i+1 >= len(p.items) || !p.accusable(i) || !p.is(i, lexicon.State|lexicon.Demonym) || !p.comma(i+1) && p.word(i+1) != "and" {
			return all
		}
		all = addParty(all, partyFor(p.items[i].Entry))
	}
	return all
}
