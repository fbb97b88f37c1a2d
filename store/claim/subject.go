package claim

import (
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// subject is what a statement is about, as marks to look for.
type subject struct {
	said     *statement.Statement
	actors   []string
	accused  []string // states
	ones     []string // words of the accused body, company or person
	harmed   []string // victims' states
	victims  []string // words of victims' names
	op       []string
	speaker  []string // states of who says it
	accuser  []string // states of the opposing party
	culprits []string // states of whom an alternative names
	keys     []index.Key
	spans    [heads]keySpan // head -> where its keys stand
	rejects  bool           // the words reject something
}

// head sorts the keys of a subject.
type head uint8

const (
	headActor head = iota
	headAccused
	headOne
	headVictim
	headHarmed
	headOp
	headSpeaker // the speaker's side as accused
	headSpeakerHarmed
	headFirst
	headAccuser
	headAny // actor, accused, one, victim, harmed in this order
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
	u.accuser, _ = n.parties(s.Accuser)
	u.culprits, _ = n.parties(s.Culprit)
	u.op = index.Terms(s.Operation)
	u.speaker = n.speaker(s)
	u.readWords(n)
	if len(u.accused) == 0 && len(u.ones) == 0 && s.Stance.Polarity() == statement.Opposes {
		u.accused = u.speaker // who denies speaks of itself
	}
	u.lay()
	return u
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

// readWords finds in the words what the fields leave out: actors, and whether
// something is rejected.
func (u *subject) readWords(n *namer) {
	terms := index.Terms(u.said.Words)
	n.own.find(terms, func(_, _ int, e entity) {
		if e.actor != "" && len(u.said.Actors) == 0 {
			u.actors = appendNew(u.actors, string(e.actor))
		}
	})
	for _, t := range terms {
		u.rejects = u.rejects || rejecting[t]
	}
}

// rejecting are stems of words that turn an accusation down.
var rejecting = stems(`reject rejects dismiss deny refute rebut repudiate groundless baseless unfounded fabricated fabrication slander
smear smearing denied unsubstantiated disinformation`)

// lay puts the marks to look for in order.
func (u *subject) lay() {
	u.put(headActor, markActor, u.actors, findActor)
	u.put(headAccused, markAccused, u.accused, findAccused)
	u.put(headOne, markOne, u.ones, findOne)
	u.put(headVictim, markVictim, u.victims, findVictim)
	u.put(headHarmed, markHarmed, u.harmed, findHarmed)
	u.put(headOp, markOp, u.op, findOp)
	u.put(headSpeaker, markAccused, u.speaker, findReversed)
	u.put(headSpeakerHarmed, markHarmed, u.speaker, 0)
	u.put(headFirst, markFirst, u.speaker, 0)
	u.put(headAccuser, markFirst, u.accuser, 0)
	from := len(u.keys)
	for _, h := range []string{markActor, markAccused, markOne, markVictim, markHarmed} {
		u.keys = append(u.keys, index.Key{Mark: h + markAny})
	}
	u.spans[headAny] = keySpan{from, len(u.keys)}
}

// mostOfAHead keeps all keys of a subject within index.MostKeys.
const mostOfAHead = 6

func (u *subject) put(h head, mark string, values []string, weight int32) {
	from := len(u.keys)
	for _, v := range values[:min(len(values), mostOfAHead)] {
		u.keys = append(u.keys, index.Key{Mark: mark + v, Weight: weight})
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

// has reports whether the claim has anything of a sort: 0 actor, 1 accused
// state, 2 accused one, 3 victim, 4 victim's state.
func (u *subject) has(sort int, mask uint64) bool {
	return mask>>(u.spans[headAny].from+sort)&1 == 1
}
