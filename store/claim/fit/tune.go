package main

import (
	"fmt"

	"attribot/store/claim/index"
)

// tune searches the figures of the first step one by one for the best mean
// average precision before re-ranking.
func tune(sets []*set) {
	t := index.DefaultTuning()
	best := tuned(sets, t)
	fmt.Printf("start %.4f\n", best)
	for round := range 1 {
		for _, k := range knobs {
			for _, factor := range []float64{.5, .75, 1.33, 2} {
				next := t
				p := k.at(&next)
				v := int32(float64(*p) * factor)
				if v == *p {
					v++
				}
				*p = v
				if got := tuned(sets, next); got > best+1e-5 {
					best, t = got, next
					fmt.Printf("round %d %s %d: %.4f\n", round, k.name, v, best)
				}
			}
		}
	}
	fmt.Printf("%+v\n", t)
	for _, s := range sets {
		s.rebuild(t)
		for _, split := range []string{"train", "dev"} {
			m, r := s.firstMAP(split)
			fmt.Printf("%s %s %.4f %.4f\n", s.name, split, m, r)
		}
	}
}

type knob struct {
	name string
	at   func(*index.Tuning) *int32
}

var knobs = []knob{
	{"k1", func(t *index.Tuning) *int32 { return &t.K1 }},
	{"b", func(t *index.Tuning) *int32 { return &t.B }},
	{"typical", func(t *index.Tuning) *int32 { return &t.Typical }},
	{"title", func(t *index.Tuning) *int32 { return &t.Fields[index.Title] }},
	{"notes", func(t *index.Tuning) *int32 { return &t.Fields[index.Notes] }},
	{"class", func(t *index.Tuning) *int32 { return &t.Class }},
	{"name", func(t *index.Tuning) *int32 { return &t.Name }},
	{"number", func(t *index.Tuning) *int32 { return &t.Number }},
	{"quoted", func(t *index.Tuning) *int32 { return &t.Quoted }},
	{"fuzzy", func(t *index.Tuning) *int32 { return &t.Fuzzy }},
	{"byline", func(t *index.Tuning) *int32 { return &t.Byline }},
	{"weak", func(t *index.Tuning) *int32 { return &t.Weak }},
	{"again", func(t *index.Tuning) *int32 { return &t.Again }},
}

func tuned(sets []*set, t index.Tuning) float64 {
	var sum float64
	for _, s := range sets {
		s.rebuild(t)
		split := "train"
		if len(s.queries["train"]) == 0 {
			split = "dev"
		}
		m, r := s.firstMAP(split)
		sum += m + .1*r
	}
	return sum / float64(len(sets))
}
