package main

import (
	"fmt"
	"math"
	"strings"
)

type bag map[string]float64

func gramsOf(s string, lo, hi int) bag {
	b := bag{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '$') }) {
		w = "^" + strings.Trim(w, ".") + "$"
		for n := lo; n <= hi; n++ {
			for i := 0; i+n <= len(w); i++ {
				b[w[i:i+n]]++
			}
		}
	}
	return b
}

func wordGrams(s string, hi int) bag {
	b := bag{}
	ws := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '$') })
	for i := range ws {
		for n := 1; n <= hi && i+n <= len(ws); n++ {
			b[strings.Join(ws[i:i+n], " ")]++
		}
	}
	return b
}

func cosine(a, b bag, idf map[string]float64) float64 {
	var ab, aa, bb float64
	for g, v := range a {
		w := idf[g]
		if w == 0 {
			w = 9
		}
		x := (1 + math.Log(v)) * w
		aa += x * x
		if u, ok := b[g]; ok {
			ab += x * (1 + math.Log(u)) * w
		}
	}
	for g, v := range b {
		x := (1 + math.Log(v)) * idf[g]
		bb += x * x
	}
	if ab == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

func gram(sets []*set) {
	makers := []func(string) bag{
		func(s string) bag { return gramsOf(s, 3, 3) },
		func(s string) bag { return gramsOf(s, 4, 4) },
		func(s string) bag { return gramsOf(s, 2, 5) },
		func(s string) bag { return wordGrams(s, 1) },
		func(s string) bag { return wordGrams(s, 3) },
	}
	for _, s := range sets {
		all := map[string][]list{"train": s.lists("train"), "dev": s.lists("dev")}
		text := map[string]string{}
		for _, d := range s.docs {
			text[d.ID] = d.Fields[0]
		}
		for mi, mk := range makers {
			df := map[string]float64{}
			bags := map[string]bag{}
			for _, d := range s.docs {
				bags[d.ID] = mk(d.Fields[0])
				for g := range bags[d.ID] {
					df[g]++
				}
			}
			idf := map[string]float64{}
			for g, v := range df {
				idf[g] = math.Log(float64(len(s.docs)) / v)
			}
			for split, ls := range all {
				for i := range ls {
					q := mk(s.queries[split][i].text)
					for k := range ls[i].x {
						ls[i].x[k] = append(ls[i].x[k], cosine(q, bags[ls[i].ids[k]], idf))
					}
				}
			}
			n := len(all["dev"][0].x[0])
			w := make([]float64, n)
			w[n-1] = 1
			fmt.Printf("%s maker %d alone: dev %.4f\n", s.name, mi, mapOf(all["dev"], w))
		}
		train, test := all["train"], all["dev"]
		if len(train) == 0 {
			train, test = test[:len(test)/2], test[len(test)/2:]
		}
		w := fitWide(train, 2500, 1e-4)
		fmt.Printf("%s with all: train %.4f test %.4f  %v\n", s.name, mapOf(train, w), mapOf(test, w), w[len(w)-5:])
	}
}
