package main

import "fmt"

// quad tries all products of features: what is there to gain.
func quad(sets []*set) {
	for _, s := range sets {
		dev := s.lists("dev")
		train := s.lists("train")
		half := dev
		if len(train) == 0 {
			train, half = dev[:len(dev)/2], dev[len(dev)/2:]
		}
		w := fitRank([][]list{train}, 2500, 1e-4)
		fmt.Printf("%s alone: train %.4f test %.4f\n", s.name, mapOf(train, w), mapOf(half, w))
		a, b := widen(train), widen(half)
		w = fitWide(a, 2500, 3e-4)
		fmt.Printf("%s products: train %.4f test %.4f\n", s.name, mapOf(a, w), mapOf(b, w))
	}
}

func widen(ls []list) []list {
	out := make([]list, len(ls))
	for i, l := range ls {
		out[i] = l
		out[i].x = make([][]float64, len(l.x))
		for k, x := range l.x {
			y := append([]float64(nil), x...)
			for a := 1; a < len(x); a++ {
				for b := a; b < len(x); b++ {
					y = append(y, x[a]*x[b])
				}
			}
			out[i].x[k] = y
		}
	}
	return out
}
