// Package claimtest makes synthetic claims on cyber attribution and queries on
// them, as many as are asked for and always the same for a seed, for benchmarks
// and tests of size. The sentences are grammatical and meaningless.
package claimtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// Maker makes claims and queries one after another.
type Maker struct {
	rng *rand.Rand
	n   int
}

// New makes a maker for a seed.
func New(seed uint64) *Maker { return &Maker{rng: rand.New(rand.NewPCG(seed, 0x61747472))} }

// Claims makes the next n claims, numbered on from those before: C1, C2 and so on.
func (m *Maker) Claims(n int) []claim.Claim {
	cs := make([]claim.Claim, n)
	for i := range cs {
		cs[i] = m.Claim()
	}
	return cs
}

// scene is what one claim is about.
type scene struct {
	state            state
	agency, actor    string
	verb, place      string
	sector, operator string
	operation        string
	said             statement.Date
	detail           string
}

// Claim makes the next claim.
func (m *Maker) Claim() claim.Claim {
	m.n++
	s := m.scene()
	c := claim.Claim{
		ID: claim.ID(fmt.Sprintf("C%d", m.n)), Text: m.sentence(s), Relation: claim.Behind, Status: claim.Open,
		Actors:    []statement.Actor{{ID: statement.ActorID(slug(s.actor)), Name: s.actor}},
		Accused:   []statement.Party{{Name: s.state.name, Country: statement.Country(s.state.code)}},
		Victims:   []statement.Party{{Name: s.operator}},
		FirstSaid: s.said, Operation: s.operation,
	}
	if m.rng.IntN(2) == 0 {
		c.Title = s.actor + " and the " + s.sector + " of " + s.place
	}
	return c
}

func (m *Maker) scene() scene {
	s := scene{state: states[m.skewed(len(states))], verb: verbs[m.rng.IntN(len(verbs))],
		sector: sectors[m.skewed(len(sectors))], place: m.place()}
	s.agency = s.state.agencies[m.rng.IntN(len(s.state.agencies))]
	s.actor = m.actor()
	s.operator = m.place() + " " + kinds[m.rng.IntN(len(kinds))]
	if m.rng.IntN(3) == 0 {
		s.operation = "Operation " + colours[m.rng.IntN(len(colours))] + " " + m.place()
	}
	day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, m.rng.IntN(16*365))
	s.said = statement.DateOf(day)
	s.detail = details[m.rng.IntN(len(details))]
	return s
}

// skewed draws from 0 to n-1, the first ones much more often, as names in the
// news are.
func (m *Maker) skewed(n int) int {
	f := m.rng.Float64()
	return int(f * f * f * float64(n))
}

func (m *Maker) sentence(s scene) string {
	form := forms[m.rng.IntN(len(forms))]
	return m.fill(form, s)
}

func (m *Maker) fill(form string, s scene) string {
	return strings.NewReplacer(
		"$actor", s.actor, "$state", s.state.name, "$adj", s.state.adjective, "$agency", s.agency,
		"$verb", s.verb, "$operator", s.operator, "$sector", s.sector, "$place", s.place,
		"$detail", s.detail, "$year", fmt.Sprint(s.said.Year), "$count", fmt.Sprint(10+m.rng.IntN(9000)),
	).Replace(form)
}

// Query makes a sentence on a fresh scene or, two times of three, on what the
// claim says, in other words and with a slip of the pen now and then.
func (m *Maker) Query(c claim.Claim) string {
	s := m.scene()
	if m.rng.IntN(3) > 0 {
		s.actor, s.operator, s.state.name = c.Actors[0].Name, c.Victims[0].Name, c.Accused[0].Name
		s.said = c.FirstSaid
	}
	q := m.fill(asks[m.rng.IntN(len(asks))]+tails[m.rng.IntN(len(tails))], s)
	if m.rng.IntN(8) == 0 {
		q = m.slip(q)
	}
	return q
}

// slip exchanges two letters.
func (m *Maker) slip(s string) string {
	b := []byte(s)
	i := 1 + m.rng.IntN(len(b)-2)
	if b[i] != ' ' && b[i+1] != ' ' {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// actor makes a threat actor's name; a few hundred come often.
func (m *Maker) actor() string {
	k := m.skewed(4000)
	switch k % 4 {
	case 0:
		return fmt.Sprintf("APT%d", 1+k/4)
	case 1:
		return fmt.Sprintf("UNC%d", 1000+k)
	}
	return colours[k/4%len(colours)] + " " + beasts[k/4/len(colours)%len(beasts)]
}

func (m *Maker) place() string { return syllables(m.skewed(3000)) }

func syllables(k int) string {
	var b strings.Builder
	for k >= 0 {
		b.WriteString(parts[k%len(parts)])
		k = k/len(parts) - 1
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

func slug(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }
