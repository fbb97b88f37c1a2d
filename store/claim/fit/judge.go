package main

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// matched is a statement's comparisons with the claims that came into question.
type matched struct {
	pairs []claim.Comparison
	right []bool
	none  bool // it stands to no claim at all
}

// fitJudge fits the weights of signs on the annotated links and the own set of
// statements, drawn towards the present weights, and prints them.
func fitJudge(dir, own string) error {
	bench, err := benchMatched(dir)
	if err != nil {
		return err
	}
	ours, err := ownMatched(own)
	if err != nil {
		return err
	}
	start := claim.DefaultWeights().Points
	report("now, annotated", bench, start)
	report("now, own", ours, start)
	crossed := fitSigns([][]matched{ours}, start)
	report("fitted on own, annotated", bench, crossed)
	crossed = fitSigns([][]matched{bench}, start)
	report("fitted on annotated, own", ours, crossed)
	both := fitSigns([][]matched{bench, ours}, start)
	report("fitted on both, annotated", bench, both)
	report("fitted on both, own", ours, both)
	for i, v := range both {
		fmt.Printf("%s: %d -> %d\n", claim.Sign(i), start[i], v)
	}
	return nil
}

func benchMatched(dir string) ([]matched, error) {
	all, err := readAnnotated(dir)
	if err != nil {
		return nil, err
	}
	cs, err := readClaims(filepath.Join(dir, "claims.ndjson"))
	if err != nil {
		return nil, err
	}
	j := claim.NewJudge(claim.Options{})
	j.PutAll(cs)
	var out []matched
	for _, a := range all {
		m := matched{pairs: j.Compare(a.said), none: len(a.right) == 0}
		for _, p := range m.pairs {
			_, ok := a.right[string(p.Claim)]
			m.right = append(m.right, ok)
		}
		out = append(out, m)
	}
	return out, nil
}

func ownMatched(dir string) ([]matched, error) {
	j := claim.NewJudge(claim.Options{})
	keys := map[claim.ID]string{}
	cs := claim.Starter()
	for i := range cs {
		cs[i].ID = claim.ID(fmt.Sprintf("C%d", i+1))
		keys[cs[i].ID] = cs[i].Key
	}
	j.PutAll(cs)
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return nil, err
	}
	var out []matched
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		for _, f := range a.Files {
			s, want, err := ownStatement(string(f.Data))
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", file, f.Name, err)
			}
			m := matched{pairs: j.Compare(s), none: len(want) == 0}
			for _, p := range m.pairs {
				m.right = append(m.right, want[keys[p.Claim]])
			}
			out = append(out, m)
		}
	}
	return out, nil
}

func ownStatement(text string) (s statement.Statement, want map[string]bool, err error) {
	want = map[string]bool{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "stance":
			err = errors.Join(err, s.Stance.UnmarshalText([]byte(value)))
		case "speaker":
			s.Speaker.Name = value
		case "organisation":
			s.Speaker.Organisation = value
		case "country":
			s.Speaker.Country = statement.Country(value)
		case "accused":
			s.Accused = named(value)
		case "victims":
			s.Victims = named(value)
		case "actors":
			for n := range strings.SplitSeq(value, ";") {
				s.Actors = append(s.Actors, statement.Actor{Name: strings.TrimSpace(n)})
			}
		case "said":
			err = errors.Join(err, s.Said.UnmarshalText([]byte(value)))
		case "words":
			s.Words = value
		case "want":
			for part := range strings.SplitSeq(value, ";") {
				if key, _, ok := strings.Cut(strings.TrimSpace(part), " "); ok {
					want[key] = true
				}
			}
		}
	}
	return s, want, err
}

func named(value string) (ps []statement.Party) {
	for n := range strings.SplitSeq(value, ";") {
		ps = append(ps, statement.Party{Name: strings.TrimSpace(n)})
	}
	return ps
}

func logit(w *claim.Signs, s *claim.Signs) (sum float64) {
	for i := range s {
		sum += float64(w[i]) * float64(s[i]) / 1e6
	}
	return sum
}

// report prints how often the right claim is first, and at which chances
// statements without a claim would be linked.
func report(name string, ms []matched, w claim.Signs) {
	first, linked, surest := 0, 0, 0.0
	confirmed, wrong := 0, 0
	for _, m := range ms {
		best, at := math.Inf(-1), -1
		for i := range m.pairs {
			if s := logit(&w, &m.pairs[i].Signs); s > best {
				best, at = s, i
			}
		}
		chance := 1 / (1 + math.Exp(-best))
		if m.none {
			surest = math.Max(surest, chance)
			if chance >= .75 {
				wrong++
			}
			continue
		}
		linked++
		if at >= 0 && m.right[at] {
			first++
			if chance >= .75 {
				confirmed++
			}
		}
	}
	fmt.Printf("%-28s first %d/%d, of them at .75 %d, without claim at .75 %d (surest %.3f)\n", name, first, linked, confirmed, wrong, surest)
}

// fitSigns is a logistic regression on pairs, drawn towards start.
func fitSigns(groups [][]matched, start claim.Signs) claim.Signs {
	w := make([]float64, len(start))
	for i, v := range start {
		w[i] = float64(v) / 1000
	}
	prior := append([]float64(nil), w...)
	for step := range 4000 {
		g := make([]float64, len(w))
		for _, ms := range groups {
			for i := range ms {
				pairGradient(&ms[i], w, g, 1/float64(len(ms)*len(groups)))
			}
		}
		rate := .5 / (1 + float64(step)/500)
		for i := range w {
			w[i] -= rate * (g[i] + .004*(w[i]-prior[i]))
		}
	}
	var out claim.Signs
	for i := range w {
		out[i] = int32(math.Round(w[i] * 1000))
	}
	return out
}

func pairGradient(m *matched, w, g []float64, scale float64) {
	for i := range m.pairs {
		s := &m.pairs[i].Signs
		if m.pairs[i].Standing == 0 {
			continue
		}
		var z float64
		for k := range w {
			z += w[k] * float64(s[k]) / 1000
		}
		d := 1 / (1 + math.Exp(-z))
		if m.right[i] {
			d--
		}
		for k := range g {
			g[k] += scale * d * float64(s[k]) / 1000
		}
	}
}
