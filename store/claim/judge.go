package claim

import (
	"slices"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// Options set a judge up. The zero value takes the weights and thresholds that
// come with this version.
type Options struct {
	Weights    Weights
	Thresholds Thresholds
	Names      Names // knows what the judge's own table does not; nil is the embedded lexicon
}

// Thresholds part confirmed links from suggested ones, and those from none.
type Thresholds struct {
	Confirm Score // at least this: the link stands
	Suggest Score // at least this: a person is asked
}

// DefaultThresholds are the thresholds of this version.
func DefaultThresholds() Thresholds { return Thresholds{Confirm: 750, Suggest: 350} }

// Judge decides how statements stand to the claims put into it. Any number of
// goroutines may read while one puts: readers work on a snapshot and never wait.
type Judge struct {
	weights    Weights
	thresholds Thresholds
	names      namer
	index      *index.Index[*Claim]
}

// NewJudge makes a judge without claims.
func NewJudge(o Options) *Judge {
	if o.Weights.Version == 0 {
		o.Weights = DefaultWeights()
	}
	if o.Thresholds == (Thresholds{}) {
		o.Thresholds = DefaultThresholds()
	}
	if o.Names == nil {
		o.Names = NamesOf(lexicon.Embedded())
	}
	return &Judge{
		weights: o.Weights, thresholds: o.Thresholds,
		names: namer{own: ownNames(), given: o.Names},
		index: index.New[*Claim](index.DefaultTuning(), index.DefaultModel()),
	}
}

// Version is the version of the judge's weights.
func (j *Judge) Version() int { return j.weights.Version }

// Put stores a claim or replaces the one with its id. A claim that was merged
// into another or withdrawn is still found; callers leave out what they do not
// want judged.
func (j *Judge) Put(c Claim) { j.PutAll([]Claim{c}) }

// PutAll stores many claims at once, which is far quicker than one by one. Of
// two with one id the later counts.
func (j *Judge) PutAll(cs []Claim) {
	entries := make([]index.Entry[*Claim], len(cs))
	for i := range cs {
		c := &cs[i]
		entries[i] = index.Entry[*Claim]{Doc: j.names.document(c), Data: c}
	}
	j.index.Put(entries...)
}

// Remove forgets a claim; an unknown id is no fault.
func (j *Judge) Remove(id ID) { j.index.Remove(string(id)) }

// Len is the number of claims stored.
func (j *Judge) Len() int { return j.index.Len() }

// closely is how many claims are compared with a statement in detail.
const closely = 32

// mostVerdicts is how many claims one statement can stand to.
const mostVerdicts = 8

// Judge gives every stored claim that the statement stands to, best first, or
// a single verdict New.
func (j *Judge) Judge(s statement.Statement) []Verdict {
	return j.verdicts(j.compare(&s))
}

// JudgeAll judges the statements of articles, in text order. A statement that
// says too little alone ("the accusations are groundless") is understood from
// those beside it in its article, and such a link is only suggested. Statements
// that name no article are taken as one text.
func (j *Judge) JudgeAll(ss []statement.Statement) [][]Verdict {
	pairs := make([][]pairing, len(ss))
	for i := range ss {
		pairs[i] = j.compare(&ss[i])
	}
	out := make([][]Verdict, len(ss))
	for i := range ss {
		out[i] = j.verdicts(j.beside(ss, pairs, i))
	}
	return out
}

// verdicts turns comparisons into verdicts.
func (j *Judge) verdicts(pairs []pairing) []Verdict {
	slices.SortFunc(pairs, comparePairings)
	var vs []Verdict
	for i := range pairs {
		p := &pairs[i]
		if p.score < j.thresholds.Suggest || p.standing == 0 || len(vs) == mostVerdicts {
			continue
		}
		vs = append(vs, Verdict{Claim: p.claim.ID, Standing: p.standing, Score: p.score,
			Confirmed: j.confirms(p), Reasons: p.reasons()})
	}
	if len(vs) == 0 {
		return []Verdict{j.none(pairs)}
	}
	return vs
}

// confirms reports whether a link stands without a person's yes.
func (j *Judge) confirms(p *pairing) bool {
	return p.score >= j.thresholds.Confirm && !p.borrowed && !p.crowded
}

// none is the verdict on a statement that matches no claim.
func (j *Judge) none(pairs []pairing) Verdict {
	v := Verdict{Standing: New, Reasons: []string{"no stored claim matches"}}
	if len(pairs) > 0 {
		v.Score = 1000 - pairs[0].score
		v.Reasons = []string{"the nearest claim " + string(pairs[0].claim.ID) + " does not match well enough"}
	}
	return v
}

// Evidence gives the signs for a link between a statement and one claim, which
// an Answer needs; false when the claim is unknown.
func (j *Judge) Evidence(s statement.Statement, id ID) (Signs, bool) {
	pairs := j.compareWith(&s, id)
	if len(pairs) == 0 {
		return Signs{}, false
	}
	return pairs[0].signs, true
}

// Explain says in words how one claim stands to a statement, whether or not it
// would be linked; nothing when the claim is unknown.
func (j *Judge) Explain(s statement.Statement, id ID) []string {
	pairs := j.compareWith(&s, id)
	if len(pairs) == 0 {
		return nil
	}
	return pairs[0].reasons()
}

// CompareIDs orders claim ids by their letters and then by their number: C9
// before C10.
func CompareIDs(a, b ID) int { return index.CompareIDs(string(a), string(b)) }
