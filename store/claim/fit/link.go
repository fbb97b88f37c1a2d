package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// annotated is a statement of the attribution set with its links.
type annotated struct {
	id    string
	said  statement.Statement
	right map[string]string // claim -> relation
}

type annotation struct {
	Line    int    `json:"line"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Name    string `json:"speaker_name"`
	Org     string `json:"speaker_org"`
	Country string `json:"speaker_country"`
	Accused string `json:"accused"`
	Actor   string `json:"actor"`
	Victim  string `json:"victim"`
}

func (a annotation) statement() (statement.Statement, error) {
	s := statement.Statement{Words: a.Text}
	s.Speaker = statement.Speaker{Name: a.Name, Organisation: a.Org, Country: statement.Country(a.Country)}
	if err := s.Stance.UnmarshalText([]byte(a.Kind)); err != nil {
		return s, err
	}
	if a.Accused != "" {
		s.Accused = []statement.Party{{Name: a.Accused}}
	}
	if a.Victim != "" {
		s.Victims = []statement.Party{{Name: a.Victim}}
	}
	for name := range strings.SplitSeq(a.Actor, ";") {
		if name = strings.TrimSpace(name); name != "" {
			s.Actors = append(s.Actors, statement.Actor{Name: name})
		}
	}
	return s, nil
}

func readAnnotated(dir string) ([]annotated, error) {
	right := map[string]map[string]string{}
	lines(filepath.Join(dir, "links.tsv"), func(l string) {
		f := strings.Split(l, "\t")
		if right[f[0]] == nil {
			right[f[0]] = map[string]string{}
		}
		if f[2] == "new" {
			f[2] = "repeats"
		}
		right[f[0]][f[1]] = f[2]
	})
	var out []annotated
	var fault error
	lines(filepath.Join(dir, "statements.ndjson"), func(l string) {
		var a annotation
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			fault = err
			return
		}
		s, err := a.statement()
		if err != nil {
			fault = err
			return
		}
		id := fmt.Sprint(a.Line)
		out = append(out, annotated{id, s, right[id]})
	})
	return out, fault
}

// link prints how the judge links the annotated statements; details on errors.
func link(dir, outFile string, verbose bool) error {
	all, err := readAnnotated(dir)
	if err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(dir, "claims.ndjson"))
	if err != nil {
		return err
	}
	defer f.Close()
	cs, err := claim.ParseNDJSON("claims.ndjson", f, claim.AllOrNothing)
	if err != nil {
		return err
	}
	j := claim.NewJudge(claim.Options{})
	j.PutAll(cs)
	ss := make([]statement.Statement, len(all))
	for i := range all {
		ss[i] = all[i].said
	}
	verdicts := j.JudgeAll(ss)
	var first, conf, rel, linked, false_, none int
	var out strings.Builder
	for i, a := range all {
		for _, v := range verdicts[i] {
			row, _ := json.Marshal(map[string]any{"statement": a.id, "claim": v.Claim, "verdict": v.Standing, "confirmed": v.Confirmed, "score": v.Score})
			out.Write(append(row, '\n'))
		}
		top := verdicts[i][0]
		if len(a.right) == 0 {
			none++
			if top.Confirmed {
				false_++
				fmt.Println("FALSE", a.id, a.said.Words, top)
			}
			continue
		}
		linked++
		want, ok := a.right[string(top.Claim)]
		if ok {
			first++
			if want == top.Standing.String() {
				rel++
			}
		}
		for _, v := range verdicts[i] {
			if _, ok := a.right[string(v.Claim)]; ok && v.Confirmed {
				conf++
				break
			}
		}
		if verbose && (!ok || want != top.Standing.String()) {
			fmt.Printf("\n%s want %v stance %s | %s\n", a.id, a.right, a.said.Stance, a.said.Words)
			for k, v := range verdicts[i] {
				if k < 3 {
					fmt.Printf("   %s %s %d %v %v\n", v.Claim, v.Standing, v.Score, v.Confirmed, v.Reasons)
				}
			}
			for id := range a.right {
				fmt.Printf("   right %s: %v\n", id, j.Explain(a.said, claim.ID(id)))
			}
		}
	}
	fmt.Printf("right claim first %d/%d = %.3f; among confirmed %.3f; relation right %d/%d = %.3f; unlinked confirmed %d/%d\n",
		first, linked, float64(first)/float64(linked), float64(conf)/float64(linked), rel, first, float64(rel)/float64(first), false_, none)
	if outFile != "" {
		return os.WriteFile(outFile, []byte(out.String()), 0o644)
	}
	return nil
}
