package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"sort"

	"attribot/store/claim/index"
)

const dim = 300

type vec [dim]float32

func randVec(t string) *vec {
	h := fnv.New64a()
	h.Write([]byte(t))
	r := rand.New(rand.NewPCG(h.Sum64(), 7))
	v := &vec{}
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func (v *vec) add(u *vec, w float32) {
	for i := range v {
		v[i] += w * u[i]
	}
}

func (v *vec) unit() {
	var n float64
	for _, x := range v {
		n += float64(x) * float64(x)
	}
	if n == 0 {
		return
	}
	s := float32(1 / math.Sqrt(n))
	for i := range v {
		v[i] *= s
	}
}

func (v *vec) dot(u *vec) (s float32) {
	for i := range v {
		s += v[i] * u[i]
	}
	return s
}

func dense(sets []*set) {
	for _, s := range sets {
		docs := make([][]string, len(s.docs))
		df := map[string]int{}
		co := map[string]map[string]int{}
		for i, d := range s.docs {
			docs[i] = uniq(index.Terms(d.Fields[0] + "\n" + d.Fields[1] + "\n" + d.Fields[3]))
			for _, t := range docs[i] {
				df[t]++
			}
		}
		n := float64(len(docs))
		for _, d := range docs {
			for _, a := range d {
				if df[a] < 2 {
					continue
				}
				if co[a] == nil {
					co[a] = map[string]int{}
				}
				for _, b := range d {
					if a != b && df[b] > 1 {
						co[a][b]++
					}
				}
			}
		}
		rv := map[string]*vec{}
		for t, k := range df {
			if k > 1 {
				rv[t] = randVec(t)
			}
		}
		tv := map[string]*vec{}
		for a, m := range co {
			v := &vec{}
			v.add(rv[a], 3)
			for b, k := range m {
				pmi := math.Log(float64(k) * n / (float64(df[a]) * float64(df[b])))
				if pmi > 0 {
					v.add(rv[b], float32(pmi*math.Sqrt(float64(k))/math.Sqrt(float64(df[b]))))
				}
			}
			v.unit()
			tv[a] = v
		}
		embed := func(ts []string) *vec {
			v := &vec{}
			for _, t := range ts {
				if u := tv[t]; u != nil {
					v.add(u, float32(math.Log(n/float64(df[t]))))
				}
			}
			v.unit()
			return v
		}
		dv := map[string]*vec{}
		for i, d := range s.docs {
			dv[d.ID] = embed(docs[i])
		}
		res := map[string][]list{}
		for _, split := range []string{"train", "dev"} {
			ls := s.lists(split)
			var alone []list
			for i := range ls {
				q := embed(uniq(index.Terms(s.queries[split][i].text)))
				for k := range ls[i].x {
					ls[i].x[k] = append(ls[i].x[k], float64(q.dot(dv[ls[i].ids[k]])))
				}
				if split == "dev" {
					type c struct {
						id string
						s  float32
					}
					var cs []c
					for id, v := range dv {
						cs = append(cs, c{id, q.dot(v)})
					}
					sort.Slice(cs, func(a, b int) bool { return cs[a].s > cs[b].s })
					l := list{n: ls[i].n}
					for _, x := range cs[:50] {
						l.ids = append(l.ids, x.id)
						l.right = append(l.right, s.queries[split][i].right[x.id])
						l.x = append(l.x, []float64{float64(x.s)})
					}
					alone = append(alone, l)
				}
			}
			res[split] = ls
			if split == "dev" {
				fmt.Printf("%s dense alone %.4f\n", s.name, mapOf(alone, []float64{1}))
			}
		}
		train, test := res["train"], res["dev"]
		if len(train) == 0 {
			train, test = test[:len(test)/2], test[len(test)/2:]
		}
		w := fitWide(train, 2500, 1e-4)
		fmt.Printf("%s with dense: train %.4f test %.4f %v\n", s.name, mapOf(train, w), mapOf(test, w), w[len(w)-1])
	}
}

func uniq(ts []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, t := range ts {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}
