package extract

import (
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// claim reads a claim of responsibility by a tracked actor or by hacktivists:
// "Predatory Sparrow said it was behind it". Criminal gangs do not count.
func (r *reading) claim(n int) bool {
	p, s := r.p, r.p.sents[n]
	at := p.find(s, lexicon.Claim)
	doer := r.claimant(s, at)
	if doer < 0 {
		return r.serviceClaim(n, s)
	}
	end := doer + 1
	if at < 0 {
		if at = r.saidBehind(doer, s); at < 0 {
			return false
		}
	}
	name, as, who := p.word(doer), p.word(doer), statement.Speaker{Kind: statement.Organisation}
	party := statement.Party{}
	if e := p.items[doer].Entry; e != nil {
		name, party = e.Name, partyFor(e)
	} else if m := p.mention(doer); m != nil {
		name = p.bytes(m.items).In(p.text)
		as = name
	}
	who.Organisation, who.As = name, as
	if party.Name == "" {
		party.Name = name
	}
	a := &act{sent: n, class: lexicon.Claim, cue: span{at, at + 1}, rule: "claim"}
	sc := p.scene(a, who, span{min(at+1, s.end), s.end})
	if sc.content.end <= sc.content.first {
		sc.content = span{s.first, end}
	}
	return r.add(sc, verdict{stance: statement.ClaimResponsibility, accused: []statement.Party{party}, reason: Kept, rule: "claim-responsibility"})
}

// claimant is the item of the tracked actor or the hacktivists who claim, or -1.
func (r *reading) claimant(s span, at int) int {
	p := r.p
	end := s.end
	if at >= 0 {
		end = at
	}
	for i := s.first; i < end; i++ {
		it := &p.items[i]
		if it.Is(lexicon.Actor) && it.Entry != nil && !it.Entry.Crime() {
			return i
		}
		if it.Is(lexicon.Hacker) && private[p.word(i)] && p.word(i)[0] == 'h' {
			return i
		}
	}
	return -1
}

// claiming are the verbs by which one claims.
var claiming = words("said says claimed claims announced wrote boasted")

// saidBehind is the item of the verb in "said that it was behind", "said that it
// had breached", or -1.
func (r *reading) saidBehind(doer int, s span) int {
	p := r.p
	for i := doer + 1; i < min(s.end, doer+8); i++ {
		if p.comma(i) {
			return -1
		}
		if !claiming[p.word(i)] {
			continue
		}
		j := i + 1
		for j < s.end && p.is(j, lexicon.Preposition|lexicon.When) {
			j++
		}
		if p.is(j, lexicon.That) {
			j++
		}
		if w := p.wordAt(j); w != "it" && w != "they" {
			return -1
		}
		for k := j + 1; k < min(s.end, j+4); k++ {
			if p.is(k, lexicon.Behind|lexicon.HackVerb|lexicon.AttackVerb) {
				return i
			}
		}
	}
	return -1
}

// serviceClaim reads a service that tells of its own operation: "Ukraine's
// military intelligence said that it had broken into the servers of".
func (r *reading) serviceClaim(n int, s span) bool {
	p := r.p
	if !p.onTheme(s) && !p.cyberIn(s) {
		return false
	}
	for i := s.first; i < s.end; i++ {
		if e := p.items[i].Entry; e == nil || e.Class&lexicon.Org == 0 || e.Kind != "intel" && e.Kind != "military" {
			continue
		}
		at := r.saidBehind(i, s)
		if at < 0 {
			continue
		}
		e := p.items[i].Entry
		a := &act{sent: n, class: lexicon.Claim, cue: span{at, at + 1}, rule: "claim"}
		who := statement.Speaker{Kind: statement.Organisation, Organisation: e.Name, Org: statement.OrgID(e.ID), Country: e.Country, As: p.word(i)}
		sc := p.scene(a, who, span{at + 1, s.end})
		return r.add(sc, verdict{stance: statement.ClaimResponsibility, accused: []statement.Party{partyFor(e), p.stateParty(e.Country)}, reason: Kept, rule: "claim-responsibility"})
	}
	return false
}
