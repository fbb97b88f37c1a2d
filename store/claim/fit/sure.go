package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"

	"attribot/store/claim/index"
)

// sample is a query's best claim with whether it is right.
type sample struct {
	x     []float64
	right bool
	known bool
}

// dropped reads or draws the claims that are taken out, so that the queries on
// them have no claim.
func dropped(bench string, s *set) (map[string]bool, error) {
	drop := map[string]bool{}
	err := lines(filepath.Join(bench, s.name+"_nov", "dropped.txt"), func(l string) error { drop[l] = true; return nil })
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return drop, err
	}
	rng := rand.New(rand.NewPCG(5, uint64(len(s.docs))))
	for _, split := range []string{"train", "dev"} {
		for _, q := range s.queries[split] {
			out := rng.IntN(2) == 0
			for id := range q.right {
				if out {
					drop[id] = true
				}
			}
		}
	}
	return drop, nil
}

// samples takes each query's best claim by the ranking weights.
func samples(s *set, split string, w []float64, drop map[string]bool) []sample {
	var out []sample
	for i, l := range s.lists(split) {
		if len(l.x) == 0 {
			continue
		}
		order := ranked(l, w)
		top := l.x[order[0]]
		gap := 5.0
		if len(order) > 1 {
			gap = math.Min(5, dot(w, top)-dot(w, l.x[order[1]]))
		}
		x := append([]float64(nil), top...)
		x[index.Gap] = gap
		known := false
		for id := range s.queries[split][i].right {
			known = known || !drop[id]
		}
		out = append(out, sample{x, l.right[order[0]], known})
	}
	return out
}

// fitSure finds the weights by which a right best claim gets a high chance.
func fitSure(groups [][]sample, steps int) []float64 {
	n := int(index.Features)
	w, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
	rng := rand.New(rand.NewPCG(3, 4))
	for t := 1; t <= steps; t++ {
		g := make([]float64, n)
		for _, ss := range groups {
			for range 64 {
				s := ss[rng.IntN(len(ss))]
				d := 1 / (1 + math.Exp(-dot(w, s.x)))
				if s.right {
					d--
				}
				for k := range g {
					g[k] += d * s.x[k] / float64(64*len(groups))
				}
			}
		}
		rate := 0.05 * (1 - float64(t)/float64(steps+1))
		for i := range w {
			g[i] += 2e-4 * w[i]
			m[i] = .9*m[i] + .1*g[i]
			v[i] = .999*v[i] + .001*g[i]*g[i]
			w[i] -= rate * (m[i] / (1 - math.Pow(.9, float64(t)))) / (math.Sqrt(v[i]/(1-math.Pow(.999, float64(t)))) + 1e-8)
		}
	}
	return w
}

// novel prints how well the best claim's chance tells known from new.
func novel(name string, ss []sample, w []float64) {
	var pairs, wins float64
	for _, a := range ss {
		if !a.known {
			continue
		}
		for _, b := range ss {
			if b.known {
				continue
			}
			pairs++
			x, y := dot(w, a.x), dot(w, b.x)
			if x > y {
				wins++
			} else if x == y {
				wins += .5
			}
		}
	}
	best := 0.0
	known := 0
	for _, a := range ss {
		if a.known {
			known++
		}
	}
	for _, at := range ss {
		th := dot(w, at.x)
		hit, over := 0, 0
		for _, a := range ss {
			if dot(w, a.x) >= th {
				over++
				if a.right {
					hit++
				}
			}
		}
		best = math.Max(best, 2*float64(hit)/float64(over+known))
	}
	fmt.Printf("%s AUC %.4f best F1 %.4f\n", name, wins/math.Max(1, pairs), best)
}

// fitChance fits the weights that say how likely the best claim is right, where
// half of the queries have none, and prints what they reach.
func fitChance(bench string, sets []*set, rank []float64) ([]float64, error) {
	var groups [][]sample
	dev := map[string][]sample{}
	for _, s := range sets {
		drop, err := dropped(bench, s)
		if err != nil {
			return nil, err
		}
		kept := *s
		kept.docs = nil
		for _, d := range s.docs {
			if !drop[d.ID] {
				kept.docs = append(kept.docs, d)
			}
		}
		kept.rebuild(index.DefaultTuning())
		dev[s.name] = samples(&kept, "dev", rank, drop)
		train := samples(&kept, "train", rank, drop)
		if len(train) == 0 {
			train = dev[s.name][:len(dev[s.name])/2]
		}
		groups = append(groups, train)
	}
	w := fitSure(groups, 3000)
	for i, s := range sets {
		novel(s.name+" train", groups[i][:min(len(groups[i]), 800)], w)
		novel(s.name+" dev", dev[s.name][:min(len(dev[s.name]), 800)], w)
	}
	return w, nil
}

// golang writes weights as Go source.
func golang(name string, w []float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\t\t%s: Evidence{", name)
	for f := range index.Features {
		if v := math.Round(w[f] * 1000); v != 0 {
			fmt.Fprintf(&b, "%s: %.0f, ", constants[f], v)
		}
	}
	return strings.TrimSuffix(b.String(), ", ") + "},\n"
}

var constants = [index.Features]string{"Bias", "Lexical", "Lead", "QueryFound", "TextFound", "TitleFound", "BothFound", "Neighbours",
	"LongestRun", "NamesFound", "NamesMissed", "NumbersFound", "NumbersNear", "NumbersMissed", "QuotedFound", "NearDay", "FarDay",
	"Rarest", "Weight", "Pairs", "InLine", "InLineText", "Alike", "Length", "Gap"}
