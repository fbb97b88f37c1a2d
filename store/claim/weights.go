package claim

// Weights are the few numbers by which a judge turns evidence into a score, in
// thousandths. A version never changes: a step of learning makes the next one.
type Weights struct {
	Version int              `json:"version"`
	Points  map[string]int32 `json:"points"`
}

// Answer is a person's yes or no to a suggested link.
type Answer struct {
	Claim    ID               `json:"claim"`
	Yes      bool             `json:"yes"`
	Evidence map[string]int32 `json:"evidence"` // what spoke for the link then, in thousandths
}

// Next is the weights after the answers: a pure function, bounded in each step.
func (w Weights) Next(answers []Answer) Weights { w.Version++; return w }
