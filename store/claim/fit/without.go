package main

import (
	"fmt"
	"path/filepath"

	"attribot/store/claim"
)

// without judges each annotated statement with its own claims taken out, so
// that every confirmed link is a false one. It is harsher than life: claims
// near the missing one stay.
func without(dir string) error {
	all, err := readAnnotated(dir)
	if err != nil {
		return err
	}
	cs, err := readClaims(filepath.Join(dir, "claims.ndjson"))
	if err != nil {
		return err
	}
	wrong := 0
	for _, a := range all {
		j := claim.NewJudge(claim.Options{})
		var kept []claim.Claim
		for _, c := range cs {
			if _, right := a.right[string(c.ID)]; !right {
				kept = append(kept, c)
			}
		}
		j.PutAll(kept)
		if vs := j.Judge(a.said); vs[0].Confirmed {
			wrong++
			fmt.Println(a.id, a.said.Stance, a.said.Words, "->", vs[0].Claim, vs[0].Score, vs[0].Reasons)
		}
	}
	fmt.Printf("confirmed though the claim is missing: %d of %d\n", wrong, len(all))
	return nil
}
