package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
)

// actingCharge reads a party as the subject of an attack: "Russia has hacked",
// "the GRU targeted", "APT40 conducted".
func (p *page) actingCharge(n int, s span, i int) {
	end := i + 1
	if m := p.mention(i); m != nil {
		end = max(end, m.items.end)
	}
	if p.privately(i) {
		return
	}
	hops, grouped := 0, false
	end = p.skipClause(end, s)
	for j := end; j < min(s.end, end+14); j++ {
		it := &p.items[j]
		if it.Gap >= lexicon.Stop || it.Gap == lexicon.Mark && strings.Contains(p.text[p.items[j-1].End:it.Start], ":") {
			return
		}
		if it.Is(lexicon.Believe) && it.Form&lexicon.Third != 0 {
			return // "Kyiv suspects a group that ..."
		}
		if strings.HasPrefix(p.word(j), "disrupt") && p.near(j+1, min(s.end, j+9), lexicon.Hacker|lexicon.Group) >= 0 {
			return
		}
		switch p.word(j) {
		case "stop", "halt", "cease", "end", "refrain":
			return
		case "might", "could", "may":
			if p.is(i, lexicon.State) && it.Is(lexicon.Auxiliary) && p.is(j+1, lexicon.AttackVerb|lexicon.HackVerb) {
				return // "because Russia might attack"
			}
		case "by":
			if j < end+2 {
				return
			}
		}
		if it.Is(lexicon.State|lexicon.Demonym) && !p.is(j-1, lexicon.Preposition|lexicon.Conjunction|lexicon.Determiner) {
			return
		}
		switch {
		case it.Is(lexicon.Group|lexicon.Hacker) && it.Form&lexicon.Past == 0:
			grouped = true
			hops++
		case it.Is(lexicon.HackVerb) && it.Form != 0 && (!it.Is(lexicon.CyberOperation) || it.Form&(lexicon.Past) != 0),
			it.Is(lexicon.AttackVerb) && it.Form != 0 && (!it.Is(lexicon.Attack|lexicon.Accusation|lexicon.Body|lexicon.Cyber) || it.Form&(lexicon.Past|lexicon.Gerund) != 0 || p.is(j-1, lexicon.Auxiliary)):
			if it.Form&(lexicon.Past|lexicon.Gerund) == 0 && p.after(j, "of") {
				return // a noun: "Australia target of attack"
			}
			if it.Form&(lexicon.Past|lexicon.Participle|lexicon.Gerund) == 0 && j > end && !p.is(j-1, lexicon.Auxiliary|lexicon.Adverb|lexicon.Pronoun|lexicon.That|lexicon.Hacker|lexicon.Group|lexicon.Body|lexicon.Actor|lexicon.Hedge) {
				return // a noun: "ambitious targets"
			}
			if p.passive(j) || p.object(i) && !p.is(i, lexicon.Actor) && it.Form&lexicon.Gerund == 0 && !p.after(i, "having") {
				return
			}
			if !p.is(i, lexicon.Actor) && light[strings.ToLower(p.word(j))] && p.near(j+1, min(s.end, j+9), deedNoun) < 0 {
				return
			}
			if it.Is(lexicon.HackVerb) || p.cyberIn(s) {
				p.charge(n, i, span{i, min(s.end, j+4)}, false, "party-acts")
			}
			return
		case it.Is(lexicon.That) && grouped && p.is(j+1, lexicon.HackVerb|lexicon.AttackVerb|lexicon.Auxiliary): // "a Russian group that hacked"
		case it.Is(lexicon.Auxiliary | lexicon.Adverb | lexicon.Hedge | lexicon.Pronoun | lexicon.When | lexicon.Behind):
		case it.Gap == lexicon.Comma && it.Is(lexicon.Determiner), it.Is(lexicon.Modifier | lexicon.Body | lexicon.Hacker | lexicon.Group | lexicon.Link | lexicon.Determiner | lexicon.Preposition | lexicon.Negation), it.Class == 0, it.Is(party):
			if hops++; hops > 8 {
				return
			}
		default:
			return
		}
	}
}

// wonders reports whether the charge stands in a question within the range: "to say
// whether the Kremlin was to blame".
func (p *page) wonders(s span, c *charge) bool {
	for i := s.first; i < c.at; i++ {
		if p.word(i) == "whether" {
			return true
		}
	}
	return false
}

// privately reports whether a demonym only describes a person who acts for
// himself: "the Romanian hacker", "a Chinese businessman".
func (p *page) privately(i int) bool {
	m := p.mention(i)
	if m != nil && p.is(i, lexicon.Org) && (m.head == headRole || m.head == headPerson) {
		return true // a former director
	}
	if m == nil || !p.is(i, lexicon.Demonym) {
		return false
	}
	switch m.head {
	case headPerson:
		return true
	case headRole:
		return !agents[strings.ToLower(p.word(m.items.end-1))]
	case headHacker:
		return p.word(m.items.end-1) == "hacker"
	}
	return false
}

// agents are roles in which one acts for a state.
var agents = words("officers officer officials official agents agent spies spy operatives diplomats officers'")

// skipClause passes over what stands between commas after a subject: "APT28,
// which is steered by Russian military intelligence, had".
func (p *page) skipClause(end int, s span) int {
	if end >= s.end || !p.comma(end) {
		return end
	}
	for j := end + 1; j < min(s.end, end+24); j++ {
		if p.items[j].Gap >= lexicon.Stop {
			return end
		}
		if p.comma(j) && p.is(j, lexicon.Auxiliary|lexicon.AttackVerb|lexicon.HackVerb|lexicon.Adverb|lexicon.Hedge) {
			return j
		}
	}
	return end
}

// light verbs say little without what was done: "used", "ran", "sought".
var light = words("use uses used using run runs ran running seek seeks sought seeking try tries tried trying attempt attempts attempted attempting publish publishes published " +
	"publishing develop developed develops developing create created creates creating send sends sent sending spread spreads spreading collect collects collected collecting " +
	"obtain obtained obtains direct directed directs directing engage engaged engages engaging pursue pursued pursues pursuing employ employed employs employing operate operates " +
	"operated operating maintain maintains maintained maintaining hit hits hitting strike strikes struck striking interfere interfered register registered host hosted hosts hosting " +
	"copy copied map mapped deliver delivered delivering capture captured captures harvest harvested conduct conducted conducts conducting launch launched launches launching mount mounted mounts mounting " +
	"stage staged commit committed commits hire hired hires recruit recruited recruits deploy deployed deploys access accessed gain gained attack attacks download downloaded monitor monitored leverage leveraged destroy destroyed plant planted insert inserted pose posed posing trick tricked distribute distributed go goes went weaponize weaponized weaponise weaponised")

// deedNoun are the classes of nouns for operations and their means.
const deedNoun = lexicon.Actor | lexicon.CyberOperation | lexicon.Attack | lexicon.Cyber | lexicon.Operation | lexicon.HackVerb | lexicon.Hacker

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// object reports whether item i is the object of a preposition or of an attack,
// so that it does not act itself.
func (p *page) object(i int) bool {
	j := i - 1
	for p.is(j, lexicon.Determiner|lexicon.Modifier) {
		j--
	}
	if j >= 0 && p.items[j].Class&(lexicon.Groundless|lexicon.Counter) != 0 && strings.HasSuffix(p.word(j), "ing") {
		return true
	}
	return p.is(j, lexicon.Preposition) || p.is(j, lexicon.AttackVerb|lexicon.HackVerb) && p.items[j].Form != 0
}

// passive reports whether the participle at item i stands after a form of to be.
func (p *page) passive(i int) bool {
	if i < len(p.items) && p.items[i].Gap > lexicon.Comma {
		return false // "...it is,” said X"
	}
	for j := i - 1; j >= max(0, i-4); j-- {
		switch p.word(j) {
		case "is", "are", "was", "were", "be", "been", "being":
			return p.items[i].Form&lexicon.Participle != 0
		}
		if p.items[j].Gap > lexicon.Comma || !p.is(j, lexicon.Adverb|lexicon.Negation|lexicon.Hedge|lexicon.Auxiliary) {
			return false
		}
	}
	return false
}

// agentCharge reads "was hacked by Russia", "stolen by hackers from China".
func (p *page) agentCharge(n int, s span, i int) {
	if i+1 >= s.end || p.word(i+1) != "by" {
		return
	}
	j := p.partyAfter(i+1, s.end)
	if j >= 0 && (!light[strings.ToLower(p.word(i))] || p.is(j, lexicon.Actor)) {
		p.charge(n, j, span{i, j + 1}, false, "done-by")
	}
}

// anaphor reads "the group", "the hackers" as whoever was charged last, where
// they act.
func (p *page) anaphor(n int, s span, i int) {
	if len(p.charges) == 0 || p.possessed(i) && !p.is(i+1, lexicon.Possessive) {
		return
	}
	switch strings.ToLower(p.wordAt(i - 1)) {
	case "the", "these", "those", "same":
	default:
		return
	}
	last := p.lastDoer(n)
	if last == nil {
		return
	}
	before := len(p.charges)
	p.actingCharge(n, s, i)
	p.anaphorLinked(n, s, i)
	for k := before; k < len(p.charges); k++ {
		if c := &p.charges[k]; c.at == i {
			c.entry, c.actor, c.rule = last.entry, last.actor, "the-group"
		}
	}
}

// anaphorLinked reads "the group is behind" and "by the group".
func (p *page) anaphorLinked(n int, s span, i int) {
	for j := i + 1; j < min(s.end, i+6); j++ {
		if p.is(j, lexicon.Behind) {
			p.charge(n, i, span{i, j + 1}, false, "the-group")
			return
		}
	}
	j := i - 1
	for p.is(j, lexicon.Determiner|lexicon.Modifier) || p.wordAt(j) == "same" {
		j--
	}
	if p.is(j, lexicon.Behind) && lastWord(p.word(j)) == "by" {
		p.charge(n, i, span{j, i + 1}, false, "the-group")
		return
	}
	if p.wordAt(j) == "by" && p.is(j-1, lexicon.AttackVerb|lexicon.HackVerb|lexicon.Attack|lexicon.CyberOperation) {
		p.charge(n, i, span{j - 1, i + 1}, false, "the-group")
	}
}

// pronounDoer reads "It later used ..." after a sentence that charges somebody.
func (p *page) pronounDoer(n int, s span, i int) {
	if w := strings.ToLower(p.word(i)); w != "it" && w != "they" || len(p.charges) == 0 {
		return
	}
	last := p.charges[len(p.charges)-1]
	if last.sent != n-1 || last.weak || last.entry == nil || p.para[n] != p.para[n-1] {
		return
	}
	before := len(p.charges)
	p.actingCharge(n, s, i)
	for k := before; k < len(p.charges); k++ {
		if c := &p.charges[k]; c.at == i {
			c.entry, c.actor, c.rule = last.entry, last.actor, "it-acts"
		}
	}
}

// lastDoer is the charge of the last actor or state before sentence n whose doers
// the article may go on calling the group.
func (p *page) lastDoer(n int) *charge {
	if k := p.actorBefore(p.sents[n].first); k >= 0 && !p.items[k].Entry.Crime() && n-p.sentenceOf(k) < 12 {
		return &charge{entry: p.items[k].Entry, actor: p.items[k].Entry}
	}
	for k := len(p.charges) - 1; k >= 0; k-- {
		c := &p.charges[k]
		if c.entry == nil || c.weak || n-c.sent > 12 {
			continue
		}
		if c.actor != nil {
			return c
		}
		for m := k - 1; m >= 0 && p.charges[m].sent >= c.sent-1; m-- {
			if a := &p.charges[m]; a.actor != nil && a.entry.Country == c.entry.Country {
				return a
			}
		}
		return c
	}
	return nil
}
