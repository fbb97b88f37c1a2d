package claim

import (
	"slices"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// subject is what a statement is about, as marks to look for.
type subject struct {
	said    *statement.Statement
	actors  []string
	accused []string // states
	ones    []string // words of the accused body, company or person
	harmed  []string // victims' states
	victims []string // words of victims' names
	op      []string
	speaker []string // states of who says it
	spoken  []string // states that the words or the speaker's body name, beside the accused
	keys    []index.Key
	words   map[string]bool // stems of what was said
	spans   [heads]keySpan  // head -> where its keys stand
	rare    []int32         // key -> how rare it is among the claims
	rejects bool            // the words reject something
}

// head sorts the keys of a subject.
type head uint8

const (
	headActor head = iota
	headAccused
	headOne
	headVictim
	headVictimWord // the same words anywhere in the claim
	headHarmed
	headOp
	headSpeaker // the speaker's side as accused
	headSpeakerHarmed
	headFirst
	headSpokenHarmed
	headSpokenFirst
	headSpokenAccused // a state spoken of, as accused
	headAny           // actor, accused, one, victim, harmed in this order
	heads
)

type keySpan struct{ from, to int }

// What a mark of each kind counts in the search for candidates, in thousandths
// of a word as rare.
const (
	findActor    = 2500
	findAccused  = 700
	findOne      = 900
	findVictim   = 1200
	findHarmed   = 300
	findOp       = 1500
	findReversed = 300
)

// subject takes a statement apart.
func (n *namer) subject(s *statement.Statement) *subject {
	u := &subject{said: s, actors: n.actors(s.Actors)}
	u.accused, u.ones = n.parties(s.Accused)
	u.harmed, u.victims = n.parties(s.Victims)
	u.op = index.Terms(s.Operation)
	u.takeUnknownActors()
	u.speaker = n.speaker(s)
	if len(u.accused) == 0 && len(u.ones) == 0 && s.Stance.Polarity() == statement.Opposes {
		u.accused = u.speaker // who denies speaks of itself
	}
	u.readWords(n)
	u.lay()
	return u
}

// takeUnknownActors treats actors that no table knows as names to be found
// anywhere: what an article calls one is often a tool or an operation.
func (u *subject) takeUnknownActors() {
	known := u.actors[:0]
	for _, a := range u.actors {
		name, unknown := strings.CutPrefix(a, "=")
		if !unknown {
			known = append(known, a)
			continue
		}
		u.actors = append(known, a)
		for _, t := range strings.Fields(name) {
			u.op = appendNew(u.op, t)
		}
	}
	if len(u.op) == 0 || len(known) > 0 {
		u.actors = known
	}
}

func (n *namer) parties(ps []statement.Party) (states, words []string) {
	for _, p := range ps {
		ss, ws := n.party(p)
		for _, s := range ss {
			states = appendNew(states, s)
		}
		for _, w := range ws {
			words = appendNew(words, w)
		}
	}
	return states, words
}

func (n *namer) speaker(s *statement.Statement) []string {
	var states []string
	for _, who := range append([]statement.Speaker{s.Speaker}, s.With...) {
		ss, _ := n.party(statement.Party{Name: who.Organisation, Country: who.Country})
		for _, c := range ss {
			states = appendNew(states, c)
		}
	}
	return states
}

// readWords finds in the words what the fields leave out: actors, the states
// spoken of, and whether something is rejected.
func (u *subject) readWords(n *namer) {
	s := u.said
	terms := index.Terms(s.Words + "\n" + s.Speaker.Organisation + "\n" + s.Venue)
	n.own.find(terms, func(_, _ int, e entity) {
		switch {
		case e.actor != "" && len(s.Actors) == 0:
			u.actors = appendNew(u.actors, string(e.actor))
		case e.country != "":
			u.spoken = appendNew(u.spoken, string(e.country))
		}
	})
	states, _ := n.parties(s.Accuser)
	for _, c := range states {
		u.spoken = appendNew(u.spoken, c)
	}
	u.spoken = slices.DeleteFunc(u.spoken, func(c string) bool {
		return slices.Contains(u.accused, c) || slices.Contains(u.speaker, c)
	})
	u.words = make(map[string]bool, len(terms))
	for _, t := range index.Terms(s.Words) {
		u.words[t] = !n.own.isState(t)
		u.rejects = u.rejects || rejecting[t]
	}
}

// speaksOf is how much of an operation's name stands in the words, in
// thousandths.
func (u *subject) speaksOf(operation string) int32 {
	if operation == "" {
		return 0
	}
	n, of := int32(0), int32(0)
	for _, t := range index.Terms(operation) {
		if plainOperation[t] {
			continue
		}
		of++
		if u.words[t] {
			n++
		}
	}
	return n * 1000 / max(of, 1)
}

// plainOperation are stems of names of operations that tell none apart.
var plainOperation = stems(`hack attack breach operation campaign cyberattack leak heist intrusion theft malware hackers group
foreign ministry parliament government website websites`)

// rejecting are stems of words that turn an accusation down.
var rejecting = stems(`reject rejects dismiss deny refute rebut repudiate groundless baseless unfounded fabricated fabrication slander
smear smearing denied unsubstantiated disinformation`)

// lay puts the marks to look for in order.
func (u *subject) lay() {
	u.put(headActor, markActor, u.actors, findActor)
	u.put(headAccused, markAccused, u.accused, findAccused)
	u.put(headOne, markOne, u.ones, findOne)
	u.put(headVictim, markVictim, u.victims, findVictim)
	u.put(headVictimWord, "", u.victims, 0)
	u.put(headHarmed, markHarmed, u.harmed, findHarmed)
	u.put(headOp, "", u.op, findOp)
	u.put(headSpeaker, markAccused, u.speaker, findReversed)
	u.put(headSpeakerHarmed, markHarmed, u.speaker, 0)
	u.put(headFirst, markFirst, u.speaker, 0)
	u.put(headSpokenHarmed, markHarmed, u.spoken, findHarmed)
	u.put(headSpokenFirst, markFirst, u.spoken, 0)
	u.put(headSpokenAccused, markAccused, u.spoken, findReversed)
	from := len(u.keys)
	for _, h := range []string{markActor, markAccused, markOne, markVictim, markHarmed} {
		u.keys = append(u.keys, index.Key{Mark: h + markAny})
	}
	u.spans[headAny] = keySpan{from, len(u.keys)}
}

// mostOfAHead keeps all keys of a subject within index.MostKeys.
const mostOfAHead = 4 // 14 heads of 4 and 5 more are at most 61

func (u *subject) put(h head, mark string, values []string, weight int32) {
	from := len(u.keys)
	for _, v := range values[:min(len(values), mostOfAHead)] {
		u.keys = append(u.keys, index.Key{Mark: mark + v, Word: mark == "", Weight: weight})
	}
	u.spans[h] = keySpan{from, len(u.keys)}
}

// query is what is searched for: the words with the names, and the marks.
func (u *subject) query() index.Query {
	s := u.said
	parts := []string{s.Words, s.Operation}
	for _, p := range s.Victims {
		parts = append(parts, p.Name)
	}
	for _, a := range s.Actors {
		if !strings.Contains(s.Words, a.Name) {
			parts = append(parts, a.Name)
		}
	}
	for _, p := range s.Culprit {
		parts = append(parts, p.Name)
	}
	q := index.Query{Text: strings.Join(parts, "\n"), Keys: u.keys}
	if s.Said.Year != 0 {
		q.Day = int32(s.Said.Time().Unix() / 86400)
	}
	return q
}

// held counts which of a head's keys a claim holds.
func (u *subject) held(h head, mask uint64) (n, of int) {
	sp := u.spans[h]
	for i := sp.from; i < sp.to; i++ {
		of++
		if mask>>i&1 == 1 {
			n++
		}
	}
	return n, of
}

func (u *subject) holds(h head, mask uint64) bool {
	n, _ := u.held(h, mask)
	return n > 0
}

// rarest is the rarity of a head's rarest key that a claim holds, 0 for none.
func (u *subject) rarest(h head, mask uint64) int32 {
	sp := u.spans[h]
	var most int32
	for i := sp.from; i < sp.to; i++ {
		if mask>>i&1 == 1 {
			most = max(most, u.rare[i])
		}
	}
	return most
}

// has reports whether the claim has anything of a sort: 0 actor, 1 accused
// state, 2 accused one, 3 victim, 4 victim's state.
func (u *subject) has(sort int, mask uint64) bool {
	return mask>>(u.spans[headAny].from+sort)&1 == 1
}
