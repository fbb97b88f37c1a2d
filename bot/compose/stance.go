package compose

import (
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// verb is how a stance reads before "that", for one speaker and for several.
type verb struct{ one, many string }

func (v verb) of(plural bool) string {
	if plural {
		return v.many
	}
	return v.one
}

// asserting verbs: none of them says that the claim is true.
var asserting = map[statement.Stance]verb{
	statement.Attribute:           {"says that", "say that"},
	statement.Accuse:              {"says that", "say that"},
	statement.Report:              {"reports that", "report that"},
	statement.Confirm:             {"affirms that", "affirm that"},
	statement.Condemn:             {"condemns it, saying that", "condemn it, saying that"},
	statement.Sanction:            {"imposes sanctions, saying that", "impose sanctions, saying that"},
	statement.Indict:              {"brings charges, saying that", "bring charges, saying that"},
	statement.Call:                {"makes a demand, saying that", "make a demand, saying that"},
	statement.CounterAccuse:       {"says in turn that", "say in turn that"},
	statement.Alternative:         {"says instead that", "say instead that"},
	statement.ClaimResponsibility: {"claims responsibility, saying that", "claim responsibility, saying that"},
}

// opposing verbs refuse a claim.
var opposing = map[statement.Stance]verb{
	statement.Deny:          {"denies that", "deny that"},
	statement.Rebut:         {"rejects the claim that", "reject the claim that"},
	statement.Doubt:         {"does not say that", "do not say that"},
	statement.NoComment:     {"declines to comment on the claim that", "decline to comment on the claim that"},
	statement.Retract:       {"takes back that", "take back that"},
	statement.CounterAccuse: {"makes a counter-charge on the claim that", "make a counter-charge on the claim that"},
	statement.Alternative:   {"names another culprit against the claim that", "name another culprit against the claim that"},
}

// hedging is for a statement that leaves the claim open.
var hedging = verb{"leaves open whether", "leave open whether"}

// Says is the verb between a speaker and a claim's clause: "denies that".
func Says(st statement.Stance, standing claim.Standing, plural bool) string {
	switch standing {
	case claim.Denies, claim.CountersIt:
		if v, ok := opposing[st]; ok {
			return v.of(plural)
		}
		return opposing[statement.Deny].of(plural)
	case claim.Hedges:
		if v, ok := opposing[st]; ok && st.Polarity() == statement.Opposes && st != statement.Deny && st != statement.Rebut {
			return v.of(plural)
		}
		return hedging.of(plural)
	}
	if v, ok := asserting[st]; ok {
		return v.of(plural)
	}
	return asserting[statement.Accuse].of(plural)
}

// brief is how a stance reads where the claim was just named: "denies it".
var brief = map[statement.Stance]verb{
	statement.Attribute: {"says so", "say so"}, statement.Accuse: {"says so", "say so"}, statement.Report: {"reports it", "report it"},
	statement.Confirm: {"affirms it", "affirm it"}, statement.Condemn: {"condemns it", "condemn it"}, statement.Sanction: {"imposes sanctions over it", "impose sanctions over it"},
	statement.Indict: {"brings charges over it", "bring charges over it"}, statement.Call: {"makes a demand over it", "make a demand over it"},
	statement.Deny: {"denies it", "deny it"}, statement.Rebut: {"rejects it", "reject it"}, statement.Doubt: {"does not say so", "do not say so"},
	statement.NoComment: {"declines to comment on it", "decline to comment on it"}, statement.Retract: {"takes it back", "take it back"},
	statement.CounterAccuse: {"says so in turn", "say so in turn"}, statement.Alternative: {"says so instead", "say so instead"},
	statement.ClaimResponsibility: {"claims responsibility for it", "claim responsibility for it"},
}

// against it, the counters read otherwise.
var briefCounters = map[statement.Stance]verb{
	statement.CounterAccuse: {"answers it with a counter-charge", "answer it with a counter-charge"},
	statement.Alternative:   {"names another culprit", "name another culprit"},
}

// SaysIt is the verb behind a speaker where the claim was just named.
func SaysIt(st statement.Stance, standing claim.Standing, plural bool) string {
	if v, ok := briefCounters[st]; ok && sideOf(standing) == againstIt {
		return v.of(plural)
	}
	if v, ok := brief[st]; ok && (st.Polarity() != statement.Opposes) == (sideOf(standing) == forIt) {
		return v.of(plural)
	}
	return holds[standing].of(plural)
}

// stanceWords say the stance alone, as the small print has it.
var stanceWords = map[statement.Stance]string{
	statement.Attribute: "attribution", statement.Accuse: "accusation", statement.Report: "report", statement.Confirm: "affirmation",
	statement.Condemn: "condemnation", statement.Sanction: "sanction", statement.Indict: "criminal charge", statement.Call: "demand",
	statement.Deny: "denial", statement.Rebut: "rebuttal", statement.Doubt: "doubt", statement.NoComment: "no comment",
	statement.Retract: "retraction", statement.CounterAccuse: "counter-accusation", statement.Alternative: "alternative culprit",
	statement.ClaimResponsibility: "claim of responsibility",
}

// StanceWord is the stance as a noun: "denial".
func StanceWord(s statement.Stance) string { return stanceWords[s] }

// holds are the words for a party's position, as in "China denies it".
var holds = map[claim.Standing]verb{
	claim.Repeats:    {"asserts it", "assert it"},
	claim.Supports:   {"supports it", "support it"},
	claim.Denies:     {"denies it", "deny it"},
	claim.CountersIt: {"answers with a counter-charge", "answer with a counter-charge"},
	claim.Hedges:     {"leaves it open", "leave it open"},
	claim.New:        {"asserts it", "assert it"},
}

// Holds is what a party holds, as in "China denies it".
func Holds(s claim.Standing) string { return holds[s].one }

// pastHolds are the same in the past: "denied it".
var pastHolds = map[claim.Standing]string{
	claim.Repeats: "asserted it", claim.Supports: "supported it", claim.Denies: "denied it",
	claim.CountersIt: "answered with a counter-charge", claim.Hedges: "left it open", claim.New: "asserted it",
}

// side sorts standings into who is for a claim, against it, or open.
type side uint8

const (
	forIt side = iota + 1
	againstIt
	open
)

func sideOf(s claim.Standing) side {
	switch s {
	case claim.Denies, claim.CountersIt:
		return againstIt
	case claim.Hedges:
		return open
	}
	return forIt
}
