package claim

import (
	"cmp"
	"slices"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// side says whom a claim accuses, seen from a statement. Zero is invalid.
type side uint8

const (
	direct   side = iota + 1 // the one whose responsibility the statement is about
	reversed                 // the speaker's own side, while the statement charges another
	opposite                 // somebody else
	unsaid                   // the claim or the statement names nobody
)

// pairing is one statement held against one claim.
type pairing struct {
	subject  *subject
	claim    *Claim
	signs    Signs
	side     side
	standing Standing
	logit    int64
	score    Score
	accuses  bool // the claim accuses a state that the statement speaks of
	borrowed bool // only the statements beside it tell what it is about
	crowded  bool // other claims fit as well
	days     int  // between the claim and the statement; meaningless without both dates
}

func comparePairings(a, b pairing) int {
	return cmp.Or(cmp.Compare(b.logit, a.logit), CompareIDs(a.claim.ID, b.claim.ID))
}

// Comparison is how a statement stands to one claim that came into question,
// linked or not.
type Comparison struct {
	Verdict
	Signs Signs `json:"signs"`
}

// Compare gives every claim that came into question for a statement with the
// evidence for and against, best first; at most 32.
func (j *Judge) Compare(s statement.Statement) []Comparison {
	pairs := j.compare(&s)
	out := make([]Comparison, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		out[i] = Comparison{Verdict{p.claim.ID, p.standing, p.score, j.confirms(p), p.reasons()}, p.signs}
	}
	return out
}

// compare holds a statement against the claims that come into question.
func (j *Judge) compare(s *statement.Statement) []pairing {
	u := j.names.subject(s)
	pairs := j.pairs(u, j.index.Candidates(u.query(), closely))
	slices.SortFunc(pairs, comparePairings)
	return pairs
}

// compareWith holds a statement against one claim.
func (j *Judge) compareWith(s *statement.Statement, id ID) []pairing {
	u := j.names.subject(s)
	return j.pairs(u, j.index.Look(u.query(), string(id)))
}

func (j *Judge) pairs(u *subject, hits []index.Hit[*Claim]) []pairing {
	u.rare = j.index.Rarities(u.keys)
	pairs := make([]pairing, 0, len(hits))
	for i := range hits {
		p := u.pair(&hits[i])
		p.weigh(&j.weights)
		pairs = append(pairs, p)
	}
	crowd(pairs)
	return pairs
}

// weigh gives the pairing its score.
func (p *pairing) weigh(w *Weights) {
	p.logit = w.logit(&p.signs)
	p.score = logistic(p.logit)
}

// crowd marks pairings that other claims would fit as well, so that a person
// has to settle them: a link that only states and time speak for; one on another
// victim of the same actor; one on a named operation of which the statement says
// nothing; one of several on the same actor where it says too little to choose.
func crowd(pairs []pairing) {
	for i := range pairs {
		g := &pairs[i].signs
		pairs[i].crowded = g[Vague] > 0 || g[OtherVictim] > 0 && g[Words] < 500 && g[SameOperation] < 1000 ||
			pairs[i].elsewhere() || pairs[i].plain() && rivals(pairs, i)
	}
}

// elsewhere reports whether the claim is about an operation or a victim and the
// statement asserts something of the same actor without a word on either: what
// Mandiant says of one campaign is not said of another.
func (p *pairing) elsewhere() bool {
	g := &p.signs
	return (p.claim.Operation != "" || len(p.claim.Victims) > 0) && p.subject.said.Stance.Polarity() == statement.Asserts &&
		g[SameOperation]+g[SameVictim]+g[VictimInWords] == 0
}

// plain reports whether nothing but the actor, the sides and a few words speak
// for a link.
func (p *pairing) plain() bool {
	g := &p.signs
	return g[SameVictim]+g[SameOperation]+g[SameAccusedOne]+g[SameTime] == 0 && g[Words] < 300
}

// rivals reports whether another claim that the statement stands to alike comes
// close.
func rivals(pairs []pairing, i int) bool {
	const close = 400 // thousandths of a logit
	for k := range pairs {
		if k != i && pairs[k].standing == pairs[i].standing && pairs[k].logit > pairs[i].logit-close {
			return true
		}
	}
	return false
}

// pair gathers the signs for one candidate.
func (u *subject) pair(h *index.Hit[*Claim]) pairing {
	p := pairing{subject: u, claim: h.Data}
	g := &p.signs
	g[Always] = 1000
	p.side = u.sideOf(h.Held)
	switch p.side {
	case direct:
		g[SameAccused] = 1000
	case reversed:
		g[Reversed] = 1000
		if u.said.Stance.Polarity() == statement.Asserts && u.said.Stance != statement.Call {
			g[OtherAccused] = 600 // it charges another, and does not answer
		}
	case opposite:
		g[OtherAccused] = 1000
	}
	u.actorSigns(g, h.Held)
	u.victimSigns(g, h.Held)
	if n, of := u.held(headOne, h.Held); n > 0 {
		g[SameAccusedOne] = int32(n * 1000 / of)
	}
	if n, of := u.held(headOp, h.Held); n > 0 && (g[SameActor] == 0 || u.said.Operation != "") {
		g[SameOperation] = int32(n * 1000 / of)
	}
	g[SameOperation] = max(g[SameOperation], u.speaksOf(p.claim.Operation))
	e := &h.Evidence
	g[Words], g[ClaimWords], g[InOrder] = e[index.QueryFound], max(e[index.TextFound], e[index.TitleFound]), e[index.Neighbours]
	g[RareWord] = e[index.Rarest]
	if p.side == reversed { // like words, the other way round
		g[Words], g[ClaimWords], g[InOrder] = g[Words]/2, g[ClaimWords]/2, g[InOrder]/2
	}
	u.stateSigns(g, h.Held)
	p.dateSigns()
	p.accuses = u.holds(headSpokenAccused, h.Held)
	p.standing = u.standing(&p)
	if p.standing == Repeats && p.side == opposite && u.said.Stance.Polarity() != statement.Asserts {
		g[OtherAccused], g[OwnCounter] = 0, 1000
	}
	if p.vague() {
		g[Vague] = 1000
	}
	return p
}

// vague reports whether nothing but states and a rough time speaks for a link:
// no name, no rare word, and too few words in common.
func (p *pairing) vague() bool {
	g := &p.signs
	timely := g[SameTime] == 1000 && max(g[OpposedHarmed], g[OpposedFirst]) >= 500
	telling := g[Words] >= 400 && g[ClaimWords] >= 250 || g[RareWord] >= 350
	return g[SameActor]+g[SameVictim]+g[SameOperation]+g[SameAccusedOne] == 0 && !timely && !telling
}

// sideOf compares whom both hold responsible.
func (u *subject) sideOf(held uint64) side {
	if u.holds(headAccused, held) || u.holds(headOne, held) {
		return direct
	}
	if !u.has(1, held) && !u.has(2, held) || len(u.accused)+len(u.ones) == 0 {
		return unsaid
	}
	if u.holds(headSpeaker, held) {
		return reversed
	}
	return opposite
}

func (u *subject) actorSigns(g *Signs, held uint64) {
	switch {
	case len(u.actors) == 0:
	case u.holds(headActor, held):
		g[SameActor] = 1000
		if u.said.Stance == statement.CounterAccuse {
			g[SameActor] = 300 // it is spoken of as the other side's tale
		}
	case u.has(0, held):
		g[OtherActor] = 1000
	default:
		g[ActorUnsaid] = 1000
	}
}

func (u *subject) victimSigns(g *Signs, held uint64) {
	n, of := u.held(headVictim, held)
	any, _ := u.held(headVictimWord, held)
	if of > 0 {
		g[SameVictim], g[VictimInWords] = int32(n*1000/of), int32(any*1000/of)
	}
	g[SameVictimSide] = u.rarest(headHarmed, held)
	if of == 0 && g[SameVictimSide] > 0 {
		g[SameVictim] = 400 // a state as victim, and something in it
		if !u.has(3, held) {
			g[SameVictim] = g[SameVictimSide] // the very state in both
		}
	}
	named, claimed := of > 0 || len(u.harmed) > 0, u.has(3, held) || u.has(4, held)
	switch sameState := u.holds(headHarmed, held); {
	case any > 0 || !named || !claimed:
	case !sameState:
		g[OtherVictim] = 1000
	case of > 0 && u.has(3, held):
		g[OtherVictim] = 700 // another one in the same state
	}
}

// stateSigns compares the states that speak and are spoken of.
func (u *subject) stateSigns(g *Signs, held uint64) {
	if u.said.Stance.Polarity() == statement.Asserts {
		g[SpeakerFirst] = u.rarest(headFirst, held)
		if len(u.said.Victims) == 0 {
			g[SpeakerHarmed] = u.rarest(headSpeakerHarmed, held)
		}
		return
	}
	g[OpposedHarmed], g[OpposedFirst] = u.rarest(headSpokenHarmed, held), u.rarest(headSpokenFirst, held)
}

// dateSigns compares when both were said.
func (p *pairing) dateSigns() {
	said, first := p.subject.said.Said, p.claim.FirstSaid
	if said.Year == 0 || first.Year == 0 {
		return
	}
	p.days = int(said.Time().Sub(first.Time()).Hours() / 24)
	switch {
	case first.Agrees(said, 3) && p.subject.said.Stance.Polarity() != statement.Opposes:
		p.signs[SameTime] = 200 // a day's news has many accusations, and they say what they are about
	case first.Agrees(said, 3):
		p.signs[SameTime] = 1000
	case first.Agrees(said, 30):
		p.signs[SameTime] = 400
	case p.days < -31:
		p.signs[OtherTime] = 1000
	}
}

// standing is how the statement stands to the claim. The stance and whom both
// hold responsible decide it; how alike the words are never does.
func (u *subject) standing(p *pairing) Standing {
	stance := u.said.Stance
	switch stance.Polarity() {
	case statement.Asserts:
		return u.asserting(p.side, stance)
	case statement.Opposes:
		return u.opposing(p, stance)
	case statement.Counters:
		return u.countering(p, stance)
	}
	return Supports // no stance: it speaks of the claim
}

func (u *subject) asserting(s side, stance statement.Stance) Standing {
	switch {
	case s == reversed && (stance == statement.Call || u.rejects):
		return Denies
	case s == reversed:
		return CountersIt
	case stance == statement.Confirm, stance == statement.Condemn, stance == statement.Sanction, stance == statement.Call:
		return Supports
	}
	return Repeats
}

func (u *subject) opposing(p *pairing, stance statement.Stance) Standing {
	own := p.side == opposite && (p.accuses || p.claim.Relation == Identical || len(u.spoken) == 0 && p.signs[OtherVictim] == 0 && u.harms(p.claim))
	switch {
	case stance == statement.Doubt, stance == statement.NoComment:
		return Hedges
	case own:
		return Repeats // the accused's side tells its own counter-claim
	}
	return Denies
}

// harms reports whether the claim's victim is the speaker's side.
func (u *subject) harms(c *Claim) bool {
	for _, v := range c.Victims {
		if slices.Contains(u.speaker, string(v.Country)) {
			return true
		}
	}
	return false
}

func (u *subject) countering(p *pairing, stance statement.Stance) Standing {
	switch {
	case stance == statement.Alternative && p.side == direct && p.claim.Relation != Identical:
		return CountersIt
	case p.side == reversed && u.rejects:
		return Denies
	case p.side == reversed:
		return CountersIt
	}
	return Repeats
}
