package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"

	"attribot/store/claim/index"
)

// list is one query's candidates with their evidence.
type list struct {
	ids   []string
	right []bool
	x     [][]float64
	n     int // right claims stored
}

func (s *set) lists(split string) []list {
	qs := s.queries[split]
	out := make([]list, len(qs))
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(qs); i += 2 {
				out[i] = s.list(qs[i])
			}
		}()
	}
	wg.Wait()
	return out
}

func (s *set) list(q query) list {
	l := list{n: len(q.right)}
	for _, h := range s.ix.Candidates(index.Query{Text: q.text}, index.DefaultTuning().Depth) {
		l.ids = append(l.ids, h.ID)
		l.right = append(l.right, q.right[h.ID])
		x := make([]float64, index.Features)
		for f, v := range h.Evidence {
			x[f] = float64(v) / 1000
		}
		l.x = append(l.x, x)
	}
	return l
}

func dot(w, x []float64) (s float64) {
	for i := range w {
		s += w[i] * x[i]
	}
	return s
}

// mapOf is the mean average precision at 5 when lists are ordered by w.
func mapOf(ls []list, w []float64) float64 {
	var sum float64
	for _, l := range ls {
		order := ranked(l, w)
		hits, ap := 0, 0.0
		for i, k := range order[:min(5, len(order))] {
			if l.right[k] {
				hits++
				ap += float64(hits) / float64(i+1)
			}
		}
		if l.n > 0 {
			sum += ap / float64(l.n)
		}
	}
	return sum / float64(max(1, len(ls)))
}

func ranked(l list, w []float64) []int {
	score := make([]float64, len(l.x))
	order := make([]int, len(l.x))
	for i := range l.x {
		score[i] = dot(w, l.x[i])
		order[i] = i
	}
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && score[order[j]] > score[order[j-1]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	return order
}

// fitRank finds weights by which the right claims come first: the listwise
// softmax loss, by Adam, with a little shrinkage.
func fitRank(groups [][]list, steps int, shrink float64) []float64 {
	return fitGroups(groups, int(index.Features), steps, shrink)
}

func fitGroups(groups [][]list, n, steps int, shrink float64) []float64 {
	w, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
	w[index.Lead] = 3
	rng := rand.New(rand.NewPCG(1, 2))
	for t := 1; t <= steps; t++ {
		g := make([]float64, n)
		for _, ls := range groups {
			for range 64 {
				l := ls[rng.IntN(len(ls))]
				softmaxGradient(l, w, g, 1/float64(64*len(groups)))
			}
		}
		rate := 0.05 * (1 - float64(t)/float64(steps+1))
		for i := range w {
			if i < len(unused) && unused[i] {
				continue
			}
			g[i] += shrink * w[i]
			m[i] = .9*m[i] + .1*g[i]
			v[i] = .999*v[i] + .001*g[i]*g[i]
			w[i] -= rate * (m[i] / (1 - math.Pow(.9, float64(t)))) / (math.Sqrt(v[i]/(1-math.Pow(.999, float64(t)))) + 1e-8)
		}
	}
	return w
}

func softmaxGradient(l list, w, g []float64, scale float64) {
	right := 0
	for _, r := range l.right {
		if r {
			right++
		}
	}
	if right == 0 {
		return
	}
	p := make([]float64, len(l.x))
	most := math.Inf(-1)
	for i := range l.x {
		p[i] = dot(w, l.x[i])
		most = math.Max(most, p[i])
	}
	var z float64
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		z += p[i]
	}
	for i := range p {
		d := p[i] / z
		if l.right[i] {
			d -= 1 / float64(right)
		}
		for k := range g {
			g[k] += scale * d * l.x[i][k]
		}
	}
}

// unused marks evidence that others make needless: with it the weights would
// only play against each other.
var unused = [index.Features]bool{index.Lexical: true, index.BothFound: true, index.LongestRun: true, index.Gap: true}

// perturbed gives queries with slips of the pen, lost words and no capitals, so
// that the weights do not lean on clean texts.
func perturbed(qs []query, seed uint64) []query {
	rng := rand.New(rand.NewPCG(seed, 9))
	out := make([]query, len(qs))
	for i, q := range qs {
		words := strings.Fields(q.text)
		kept := words[:0:0]
		for _, w := range words {
			switch rng.IntN(12) {
			case 0:
				continue
			case 1:
				if b := []byte(w); len(b) > 4 {
					k := 1 + rng.IntN(len(b)-3)
					b[k], b[k+1] = b[k+1], b[k]
					w = string(b)
				}
			}
			kept = append(kept, w)
		}
		text := strings.Join(kept, " ")
		if rng.IntN(3) == 0 {
			text = strings.ToLower(text)
		}
		out[i] = query{q.id, text, q.right}
	}
	return out
}

// fitAll fits one ranking for all sets and prints what it reaches on each.
func fitAll(sets []*set) []float64 {
	var train [][]list
	dev := map[string][]list{}
	for _, s := range sets {
		if ls := s.lists("train"); len(ls) > 0 {
			s.queries["shaken"] = perturbed(s.queries["train"], 11)
			train = append(train, append(ls, s.lists("shaken")...))
		}
		dev[s.name] = s.lists("dev")
		if s.name == "mrpc" {
			train = append(train, dev[s.name][:len(dev[s.name])/2])
		}
	}
	w := fitRank(train, 1500, 1e-4)
	for i, s := range sets {
		if i < len(train) {
			fmt.Printf("%s train %.4f ", s.name, mapOf(train[i], w))
		}
		s.queries["shaken"] = perturbed(s.queries["dev"], 12)
		fmt.Printf("shaken dev %.4f ", mapOf(s.lists("shaken"), w))
		fmt.Printf("%s dev %.4f\n", s.name, mapOf(dev[s.name], w))
	}
	return w
}
