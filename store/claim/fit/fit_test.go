package main

import (
	"math"
	"strings"
	"testing"

	"attribot/store/claim/index"
)

func TestAveragePrecisionCountsPlaces(t *testing.T) {
	right := map[string]bool{"a": true, "b": true}
	if got := ap5([]string{"a", "x", "b"}, right); math.Abs(got-(1+2./3)/2) > 1e-9 {
		t.Errorf("%f", got)
	}
	if got := ap5([]string{"x", "y", "z", "u", "v", "a"}, right); got != 0 {
		t.Errorf("the sixth place counts %f", got)
	}
}

func TestFittedWeightsPutRightClaimsFirst(t *testing.T) {
	var ls []list
	for i := range 40 {
		l := list{ids: []string{"a", "b", "c"}, right: make([]bool, 3), n: 1}
		l.right[i%3] = true
		for k := range 3 {
			x := make([]float64, index.Features)
			x[index.Lead] = float64((i*7+k*5)%10) / 10 // says nothing
			if l.right[k] {
				x[index.QuotedFound] = 1
			}
			l.x = append(l.x, x)
		}
		ls = append(ls, l)
	}
	w := fitRank([][]list{ls}, 300, 1e-4)
	if got := mapOf(ls, w); got < .999 {
		t.Errorf("mean average precision %f after fitting on what tells all", got)
	}
	if w[index.QuotedFound] <= w[index.Lead]-3 {
		t.Errorf("weights %v", w)
	}
}

func TestGradientIsThatOfTheLoss(t *testing.T) {
	l := list{right: []bool{true, false}, x: [][]float64{{1, .2}, {.3, 1}}, n: 1}
	w := []float64{.4, -.1}
	loss := func(w []float64) float64 {
		a, b := math.Exp(dot(w, l.x[0])), math.Exp(dot(w, l.x[1]))
		return -math.Log(a / (a + b))
	}
	g := make([]float64, 2)
	softmaxGradient(l, w, g, 1)
	for k := range w {
		up := append([]float64(nil), w...)
		up[k] += 1e-6
		if num := (loss(up) - loss(w)) / 1e-6; math.Abs(num-g[k]) > 1e-4 {
			t.Errorf("gradient %d is %f, by differences %f", k, g[k], num)
		}
	}
}

func TestPerturbedQueriesKeepTheirAnswers(t *testing.T) {
	qs := []query{{"1", strings.Repeat("Salt Typhoon broke into carriers ", 5), map[string]bool{"c": true}}}
	a, b := perturbed(qs, 1), perturbed(qs, 1)
	if a[0].text != b[0].text || a[0].text == qs[0].text || !a[0].right["c"] || a[0].id != "1" {
		t.Errorf("%+v", a)
	}
}

func TestWeightsArePrintedAsSource(t *testing.T) {
	w := make([]float64, index.Features)
	w[index.NearDay] = 1.25
	if got := golang("Rank", w); got != "\t\tRank: Evidence{NearDay: 1250},\n" {
		t.Errorf("%q", got)
	}
}
