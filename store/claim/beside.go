package claim

import (
	"slices"

	"attribot/feeds/statement"
)

// reach is how many statements to either side are looked at.
const reach = 4

// beside gives statement i's pairings with what those around it tell: one that
// says nothing of its own ("Rabat has denied this") is taken to be on the claim
// that its neighbour is on, as long as the sides fit.
func (j *Judge) beside(ss []statement.Statement, pairs [][]pairing, i int) []pairing {
	own := pairs[i]
	for k := range own {
		if own[k].score >= (j.thresholds.Suggest+j.thresholds.Confirm)/2 && own[k].signs[Vague] == 0 {
			return own
		}
	}
	out := append([]pairing(nil), own...)
	for step := 1; step <= reach; step++ {
		for _, n := range []int{i - step, i + step} {
			if n < 0 || n >= len(ss) || ss[n].Article != ss[i].Article {
				continue
			}
			out = j.lend(out, pairs[n], &ss[i], step)
		}
	}
	return out
}

// lend raises the pairings on the claims that a neighbour is surely on.
func (j *Judge) lend(out, from []pairing, s *statement.Statement, step int) []pairing {
	for k := range from {
		if from[k].score < j.thresholds.Confirm || from[k].signs[Vague] > 0 {
			continue
		}
		at := slices.IndexFunc(out, func(p pairing) bool { return p.claim.ID == from[k].claim.ID })
		if at < 0 {
			added := j.compareWith(s, from[k].claim.ID)
			if len(added) == 0 {
				continue
			}
			at = len(out)
			out = append(out, added[0])
		}
		j.raise(&out[at], step)
	}
	return out
}

// raise counts a neighbour's link for a pairing, once.
func (j *Judge) raise(p *pairing, step int) {
	if p.side == opposite || p.side == unsaid || p.signs[Beside] > 0 || p.signs[OtherActor] > 0 {
		return
	}
	if p.side == direct && p.subject.said.Stance.Polarity() == statement.Counters {
		return // a charge in return says itself what it charges
	}
	p.signs[Beside] = int32(1000 * (reach + 1 - step) / reach)
	p.borrowed = p.score < j.thresholds.Confirm || p.crowded
	p.weigh(&j.weights)
}
