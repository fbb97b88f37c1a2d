package main

import "fmt"

// errors prints the queries whose right claim is not first.
func errors(s *set, w []float64, most int) {
	texts := map[string]string{}
	for _, d := range s.docs {
		texts[d.ID] = d.Fields[0] + " || " + d.Fields[1]
	}
	n := 0
	for i, l := range s.lists("dev") {
		q := s.queries["dev"][i]
		order := ranked(l, w)
		if len(order) > 0 && l.right[order[0]] {
			continue
		}
		n++
		if n > most {
			return
		}
		fmt.Println("\nQ", q.text)
		for k, o := range order {
			if k < 2 || l.right[o] {
				fmt.Printf("  %d %v %s\n     ", k+1, l.right[o], texts[l.ids[o]])
				for f, v := range l.x[o] {
					fmt.Printf("%d:%.2f ", f, v)
				}
				fmt.Println()
			}
		}
		for id := range q.right {
			fmt.Println("  RIGHT", texts[id])
		}
	}
}
