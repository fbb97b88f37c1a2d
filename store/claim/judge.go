package claim

import (
	"slices"
	"sync"
	"sync/atomic"

	"attribot/feeds/statement"
)

// Options set a judge up. The zero value takes the fitted weights and
// thresholds of this version.
type Options struct {
	Weights    Weights
	Thresholds Thresholds
}

// Thresholds part confirmed links from suggested ones, and those from none.
type Thresholds struct {
	Confirm Score // at least this: the link stands
	Suggest Score // at least this: a person is asked
}

// Ranked is one stored claim found for a text. Scores of different queries can
// be compared: they are millionths of an estimated chance that the claim says
// the same.
type Ranked struct {
	ID       ID       `json:"claim"`
	Score    int64    `json:"score"`
	Evidence []string `json:"evidence,omitempty"`
}

// Judge decides how statements stand to the claims put into it. Any number of
// goroutines may read while one puts: readers work on a snapshot and never wait.
type Judge struct {
	opts  Options
	write sync.Mutex
	now   atomic.Pointer[snapshot]
}

type snapshot struct {
	claims map[ID]Claim
	ids    []ID
}

// NewJudge makes a judge without claims.
func NewJudge(o Options) *Judge {
	j := &Judge{opts: o}
	j.now.Store(&snapshot{claims: map[ID]Claim{}})
	return j
}

// Put stores a claim or replaces the one with its id.
func (j *Judge) Put(c Claim) { j.PutAll([]Claim{c}) }

// PutAll stores many claims at once, which is far quicker than one by one.
func (j *Judge) PutAll(cs []Claim) {
	j.write.Lock()
	defer j.write.Unlock()
	old := j.now.Load()
	next := &snapshot{claims: make(map[ID]Claim, len(old.claims)+len(cs))}
	for id, c := range old.claims {
		next.claims[id] = c
	}
	for _, c := range cs {
		next.claims[c.ID] = c
	}
	next.order()
	j.now.Store(next)
}

// Remove forgets a claim; an unknown id is no fault.
func (j *Judge) Remove(id ID) {
	j.write.Lock()
	defer j.write.Unlock()
	old := j.now.Load()
	next := &snapshot{claims: make(map[ID]Claim, len(old.claims))}
	for k, c := range old.claims {
		if k != id {
			next.claims[k] = c
		}
	}
	next.order()
	j.now.Store(next)
}

func (s *snapshot) order() {
	s.ids = s.ids[:0]
	for id := range s.claims {
		s.ids = append(s.ids, id)
	}
	slices.SortFunc(s.ids, CompareIDs)
}

// Len is the number of claims stored.
func (j *Judge) Len() int { return len(j.now.Load().claims) }

// Judge gives every stored claim that the statement stands to, best first, or
// a single verdict New.
func (j *Judge) Judge(s statement.Statement) []Verdict {
	return []Verdict{{Standing: New, Reasons: []string{"no stored claim matches"}}}
}

// Rank finds the top claims that say what the text says, best first.
func (j *Judge) Rank(text string, top int) []Ranked { return nil }

// Explain says in words how one claim stands to a statement, whether or not it
// would be linked.
func (j *Judge) Explain(s statement.Statement, id ID) []string { return nil }

// CompareIDs orders claim ids by their letters and then by their number: C9
// before C10.
func CompareIDs(a, b ID) int {
	la, na := a.split()
	lb, nb := b.split()
	switch {
	case la != lb:
		if la < lb {
			return -1
		}
		return 1
	case len(na) != len(nb):
		return len(na) - len(nb)
	case na < nb:
		return -1
	case na > nb:
		return 1
	}
	if a < b {
		return -1
	} else if a > b {
		return 1
	}
	return 0
}

// split parts an id into its head and the number at its end, without zeros.
func (id ID) split() (head, number string) {
	i := len(id)
	for i > 0 && id[i-1] >= '0' && id[i-1] <= '9' {
		i--
	}
	head, number = string(id[:i]), string(id[i:])
	for len(number) > 1 && number[0] == '0' {
		number = number[1:]
	}
	return head, number
}
