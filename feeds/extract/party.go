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
	case p.is(j, lexicon.CyberOperation|lexicon.Operation) && !p.is(j+1, lexicon.Accusation|lexicon.Body|lexicon.Modifier|lexicon.Role) && !p.is(i-1, lexicon.Preposition) && p.items[j].Form&(lexicon.Past|lexicon.Base) == 0:
		p.charge(n, i, span{i, j + 1}, j == i+1 && !p.possessed(i), "party-operation")
	case p.is(j, lexicon.Attack) && p.possessed(i) && !p.is(j+1, lexicon.Accusation):
		p.charge(n, i, span{i, j + 1}, true, "party-attack")
	}
	p.actingCharge(n, s, i)
	p.threatCharge(n, s, i)
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
