package identity

import (
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// baseNeed is the overlap in thousandths that speakers of each degree have to
// show without other evidence. All figures of this file were set on development
// pairs (see same_test.go, which prints what they give).
var baseNeed = [...]int{OwnVoice: 680, SameSide: 480, SameOffice: 400, SamePerson: 360}

const (
	leastNeed       = 90  // some words have to agree whatever else does
	sameArticleNeed = 600 // an article that says two things says two things
)

// need collects how much overlap of contents the other evidence leaves to be
// shown.
type need struct {
	points  int
	alike   bool // the judge found both to stand alike to one claim
	reasons []string
}

func (n *need) add(points int, reason string) {
	n.points += points
	n.reasons = append(n.reasons, reason)
}

func (n *need) atLeast(points int, reason string) {
	if n.points < points {
		n.points = points
		n.reasons = append(n.reasons, reason)
	}
}

// polarity is false where one holds responsible what the other refuses to. A
// denial that blames another can be read either way.
func (n *need) polarity(a, b statement.Polarity) bool {
	switch {
	case a == b || a == 0 || b == 0:
	case a == statement.Asserts && b == statement.Opposes, a == statement.Opposes && b == statement.Asserts:
		return false
	default:
		n.add(120, "stances are of different kinds")
	}
	return true
}

func (n *need) dates(a, b Mention) {
	switch {
	case a.Old && b.Old && (a.Said.IsZero() || b.Said.IsZero()):
		n.add(250, "a date is unknown")
	case a.Said.IsZero() || b.Said.IsZero():
		n.add(200, "a date is unknown")
	case a.Assumed || b.Assumed:
		n.add(60, "a date is that of publication")
	case !a.Said.Agrees(b.Said, 0):
		n.add(150, "dates are a day apart")
	case a.Said.Day == 0 || b.Said.Day == 0:
		n.add(200, "a date is imprecise")
	default:
		n.add(0, "said on one day")
	}
}

// claims is the strongest evidence beside the words: two mentions that stand
// alike to one stored claim, or to different ones.
func (n *need) claims(a, b Mention) {
	if len(a.Claims) == 0 || len(b.Claims) == 0 {
		return
	}
	first := false
	for i, x := range a.Claims {
		for j, y := range b.Claims {
			if x.Claim != y.Claim || side(x.Standing) != side(y.Standing) {
				continue
			}
			n.alike = true
			first = first || i == 0 && j == 0
		}
	}
	switch {
	case first:
		n.add(-300, "same standing to "+string(a.Claims[0].Claim))
	case n.alike:
		n.alike = false
		n.add(-100, "a claim in common")
	default:
		n.add(250, "they stand to different claims")
	}
}

// side brings together the standings that a rewording can turn into each other.
func side(s claim.Standing) claim.Standing {
	switch s {
	case claim.Supports:
		return claim.Repeats
	case claim.CountersIt:
		return claim.Denies
	}
	return s
}

// names: a rewording keeps names and numbers, another case has others.
func (n *need) names(a, b Words) {
	if len(a.Names) > 0 && len(b.Names) > 0 && common(a.Names, b.Strong) == 0 && common(b.Names, a.Strong) == 0 {
		n.add(250, "other names and numbers")
	}
}

func (n *need) parties(a, b Mention) {
	switch {
	case len(a.Actors) == 0 || len(b.Actors) == 0:
	case overlaps(a.Actors, b.Actors):
		n.add(-60, "same threat actor")
	default:
		n.add(250, "different threat actors")
	}
	if len(a.Parties) == 0 || len(b.Parties) == 0 {
		return
	}
	switch {
	case overlaps(a.Parties, b.Parties):
		n.add(-20, "same party at issue")
	case overlaps(a.Parties, b.Others) || overlaps(a.Others, b.Parties):
		n.add(60, "the parties change places")
	default:
		n.add(250, "different parties at issue")
	}
}

// tells reports whether everything but the words shows one statement: a speaker
// known by more than a side, or a state's answer; one day; and one matter.
func (n *need) tells(a, b Mention, kin Kinship) bool {
	polarity := a.Stance.Polarity()
	if !a.onOneDay(b) || polarity != b.Stance.Polarity() || kin < SameSide {
		return false
	}
	switch polarity {
	case statement.Opposes:
		return n.alike || a.oneMatter(b)
	case statement.Asserts:
		return kin >= SameOffice && (n.alike || a.oneMatter(b) && overlaps(a.Actors, b.Actors))
	}
	return kin >= SameOffice && n.alike
}

// onOneDay reports two known days that agree.
func (m Mention) onOneDay(n Mention) bool { return m.dated() && n.dated() && m.Said.Agrees(n.Said, 0) }

// dated reports a day that the article gives for what was said.
func (m Mention) dated() bool { return m.Said.Day != 0 && !m.Assumed }

// oneMatter reports one party at issue and no other actor.
func (m Mention) oneMatter(n Mention) bool {
	apart := len(m.Actors) > 0 && len(n.Actors) > 0 && !overlaps(m.Actors, n.Actors)
	return overlaps(m.Parties, n.Parties) && !apart
}
