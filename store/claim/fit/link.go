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
	err := lines(filepath.Join(dir, "links.tsv"), func(l string) error {
		f := strings.Split(l, "\t")
		if len(f) != 3 {
			return fmt.Errorf("links.tsv: %d columns in %q", len(f), l)
		}
		if right[f[0]] == nil {
			right[f[0]] = map[string]string{}
		}
		right[f[0]][f[1]] = strings.Replace(f[2], "new", "repeats", 1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []annotated
	err = lines(filepath.Join(dir, "statements.ndjson"), func(l string) error {
		var a annotation
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			return err
		}
		s, err := a.statement()
		id := fmt.Sprint(a.Line)
		out = append(out, annotated{id, s, right[id]})
		return err
	})
	return out, err
}

func readClaims(path string) ([]claim.Claim, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return claim.ParseNDJSON(filepath.Base(path), f, claim.AllOrNothing)
}

// tally counts how links fare.
type tally struct{ linked, first, confirmed, standing, none, wrong int }

// link prints the annotated statements that are linked wrongly, and rates.
func link(dir string) error {
	all, err := readAnnotated(dir)
	if err != nil {
		return err
	}
	cs, err := readClaims(filepath.Join(dir, "claims.ndjson"))
	if err != nil {
		return err
	}
	j := claim.NewJudge(claim.Options{})
	j.PutAll(cs)
	ss := make([]statement.Statement, len(all))
	for i := range all {
		ss[i] = all[i].said
	}
	var n tally
	for i, vs := range j.JudgeAll(ss) {
		if n.count(all[i], vs) {
			continue
		}
		fmt.Printf("\n%s want %v, stance %s: %s\n", all[i].id, all[i].right, all[i].said.Stance, all[i].said.Words)
		for _, v := range vs[:min(3, len(vs))] {
			fmt.Printf("   %s %s %d %v %v\n", v.Claim, v.Standing, v.Score, v.Confirmed, v.Reasons)
		}
		for id := range all[i].right {
			fmt.Printf("   right %s: %v\n", id, j.Explain(all[i].said, claim.ID(id)))
		}
	}
	fmt.Printf("right claim first %d/%d, confirmed %d, relation right %d, unlinked confirmed %d/%d\n",
		n.first, n.linked, n.confirmed, n.standing, n.wrong, n.none)
	return nil
}

// count takes one statement's verdicts in, and reports whether they are right.
func (n *tally) count(a annotated, vs []claim.Verdict) bool {
	top := vs[0]
	if len(a.right) == 0 {
		n.none++
		if top.Confirmed {
			n.wrong++
		}
		return !top.Confirmed
	}
	n.linked++
	for _, v := range vs {
		if _, ok := a.right[string(v.Claim)]; ok && v.Confirmed {
			n.confirmed++
			break
		}
	}
	want, ok := a.right[string(top.Claim)]
	if !ok {
		return false
	}
	n.first++
	if want == top.Standing.String() {
		n.standing++
	}
	return want == top.Standing.String()
}
