package claim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Sign is one kind of evidence for or against a link between a statement and a
// claim. Its value is in thousandths.
type Sign uint8

// The signs.
const (
	Always         Sign = iota // 1000 for every pair
	SameActor                  // both name one threat actor
	OtherActor                 // both name actors, and none is the same
	ActorUnsaid                // the statement names an actor, the claim none
	SameAccused                // the state held responsible is the same
	SameAccusedOne             // how much of the name of the accused body, company or person is the same
	OtherAccused               // both hold somebody responsible, and not the same
	Reversed                   // the claim accuses the speaker's own side
	OwnCounter                 // a denial that tells its own side's counter-claim
	SameVictim                 // how much of the victim's name the claim's victim has
	VictimInWords              // how much of the victim's name the claim has anywhere
	SameVictimSide             // the victim's state is the same; the more, the rarer the state is among claims
	OtherVictim                // both name victims that have nothing in common
	SameOperation              // how much of the name of the operation the claim has
	SpeakerHarmed              // who accuses is the claim's victim; the more, the rarer the state
	SpeakerFirst               // the speaker's state is the one that first made the claim; likewise
	OpposedHarmed              // a state that a denial speaks of is the claim's victim; likewise
	OpposedFirst               // a state that a denial speaks of first made the claim; likewise
	Words                      // how much of the statement's words the claim has
	ClaimWords                 // how much of the claim's words the statement has
	InOrder                    // how far neighbouring words stand in the same order
	RareWord                   // how rare the rarest common word is
	SameTime                   // said within days of the claim
	OtherTime                  // said before the claim by more than a month
	Vague                      // nothing but states and time speaks for it
	Beside                     // a statement beside it in the article is linked to it
	signs
)

var signNames = [signs]string{"always", "same-actor", "other-actor", "actor-unsaid", "same-accused", "same-accused-one",
	"other-accused", "reversed", "own-counter", "same-victim", "victim-in-words", "same-victim-side", "other-victim", "same-operation",
	"speaker-harmed", "speaker-first", "opposed-harmed", "opposed-first", "words", "claim-words", "in-order", "rare-word",
	"same-time", "other-time", "vague", "beside"}

// String is the sign's code.
func (s Sign) String() string { return codeOf(signNames[:], int(s)) }

// Signs holds the value of each sign in thousandths.
type Signs [signs]int32

// MarshalJSON writes the signs that are not zero, by code.
func (s Signs) MarshalJSON() ([]byte, error) {
	m := map[string]int32{}
	for i, v := range s {
		if v != 0 {
			m[signNames[i]] = v
		}
	}
	return json.Marshal(m)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Signs) UnmarshalJSON(b []byte) error {
	var m map[string]int32
	if err := json.Unmarshal(b, &m); err != nil {
		return fmt.Errorf("read signs: %w", err)
	}
	*s = Signs{}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		i := slices.Index(signNames[:], name)
		if i < 0 {
			return fmt.Errorf("read signs: unknown sign %q", name)
		}
		s[i] = m[name]
	}
	return nil
}

// Weights say what each sign counts, in thousandths of a logit. A version never
// changes: a step of learning makes the next one.
type Weights struct {
	Version int   `json:"version"`
	Points  Signs `json:"points"`
}

// DefaultWeights are the weights that this program comes with.
func DefaultWeights() Weights {
	return Weights{Version: 1, Points: Signs{
		Always: -4400, SameActor: 2400, OtherActor: -2500, ActorUnsaid: -600, SameAccused: 1200, SameAccusedOne: 1300,
		OtherAccused: -3500, Reversed: 200, OwnCounter: -300, SameVictim: 2800, VictimInWords: 800, SameVictimSide: 1500, OtherVictim: -1200,
		SameOperation: 2900, SpeakerHarmed: 1200, SpeakerFirst: 200, OpposedHarmed: 1400, OpposedFirst: 300,
		Words: 3800, ClaimWords: 2700, InOrder: 1600, RareWord: 1300,
		SameTime: 1500, OtherTime: -1200, Vague: -800, Beside: 4500,
	}}
}

// logit is the weighted evidence in thousandths of a logit.
func (w *Weights) logit(s *Signs) int64 {
	var sum int64
	for i := range s {
		sum += int64(w.Points[i]) * int64(s[i])
	}
	return sum / 1000
}

// score is the chance, in thousandths, that the evidence means a link.
func (w *Weights) score(s *Signs) Score { return logistic(w.logit(s)) }

// Answer is a person's yes or no to a suggested link.
type Answer struct {
	Claim ID    `json:"claim"`
	Yes   bool  `json:"yes"`
	Signs Signs `json:"signs"` // the evidence of then, as Evidence gave it
}

// Step is one logged step of learning: what each weight was changed by.
// Subtracting it from the later weights gives the earlier ones.
type Step struct {
	From    int   `json:"from"`
	To      int   `json:"to"`
	Answers int   `json:"answers"`
	Change  Signs `json:"change"`
}

const (
	mostPerStep = 100  // thousandths of a logit that one step may move a weight
	mostInAll   = 1500 // and that all steps together may move it from the defaults
	pace        = 200  // thousandths of the error that one answer passes on
)

// Next gives the weights after the answers and the step that led there. It is a
// pure function; no step moves a weight by more than a tenth of a logit, and all
// steps together not by more than one and a half from the defaults.
func (w Weights) Next(answers []Answer) (Weights, Step) {
	var change [signs]int64
	for i := range answers {
		a := &answers[i]
		want := int64(0)
		if a.Yes {
			want = 1000
		}
		missed := want - int64(w.score(&a.Signs))
		for s := range signs {
			change[s] += missed * int64(a.Signs[s]) * pace / 1_000_000
		}
	}
	step := Step{From: w.Version, To: w.Version + 1, Answers: len(answers)}
	base := DefaultWeights()
	next := Weights{Version: w.Version + 1}
	for s := range signs {
		moved := int64(w.Points[s]) + min(max(change[s], -mostPerStep), mostPerStep)
		least, most := int64(base.Points[s])-mostInAll, int64(base.Points[s])+mostInAll
		moved = min(max(moved, min(least, int64(w.Points[s]))), max(most, int64(w.Points[s])))
		next.Points[s] = int32(moved)
		step.Change[s] = int32(moved) - w.Points[s]
	}
	return next, step
}

// Undo gives the weights before the step; it fails when the weights are not
// those that the step led to.
func (w Weights) Undo(s Step) (Weights, error) {
	if w.Version != s.To {
		return w, fmt.Errorf("undo step %d-%d: the weights are of version %d", s.From, s.To, w.Version)
	}
	for i := range w.Points {
		w.Points[i] -= s.Change[i]
	}
	w.Version = s.From
	return w, nil
}
