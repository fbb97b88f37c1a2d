// Package extracttest holds what a careful reader finds in an article against
// what was extracted from it. The labels are plain lines, so that an analyst can
// write them without knowing the code:
//
//	uk-names-china.txt   attribute|accuse   Dowden   CN   apt31
//	typhoon-gaemi.txt    silent
//
// A line names the article; then the stance, several if either is right; a word
// of the speaker; the country of the accused; and the threat actor if the
// article names one. "-" asks nothing, "_" stands for a blank. An exclamation
// mark before the stance forbids such a statement: it names a mistake that a
// reader could make. "silent" means that the article holds no statement on
// cyber attribution, "free" that nothing is asked of it. Lines that begin with
// "#" are comments.
package extracttest

import (
	"fmt"
	"slices"
	"strings"

	"attribot/feeds/statement"
)

// Label is one statement that has to be found, or must not be.
type Label struct {
	Line    int      // in the file of labels
	Never   bool     // must not be found
	Stances []string // any of these codes
	Speaker []string // any of these words; none = anybody
	Accused string   // a country; "" = anybody
	Actors  []string // any of these threat actors; none = not asked
}

// Article is what has to be found in one article.
type Article struct {
	Name   string
	Silent bool    // no statement at all
	Labels []Label // in the order of the file
}

// Parse reads a file of labels, its articles in the order of their first line.
// An error names the line.
func Parse(text string) ([]Article, error) {
	var all []Article
	at := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		n, known := at[fields[0]]
		if !known {
			n = len(all)
			at[fields[0]] = n
			all = append(all, Article{Name: fields[0]})
		}
		if err := all[n].add(i+1, fields[1:]); err != nil {
			return nil, fmt.Errorf("read labels: line %d: %w", i+1, err)
		}
	}
	return all, nil
}

// add takes the fields after the article's name.
func (a *Article) add(line int, fields []string) error {
	switch {
	case a.Silent:
		return fmt.Errorf("%s is silent and has another line", a.Name)
	case len(fields) == 1 && fields[0] == "free":
		return nil
	case len(fields) == 1 && fields[0] == "silent" && len(a.Labels) == 0:
		a.Silent = true
		return nil
	case len(fields) != 3 && len(fields) != 4:
		return fmt.Errorf("%s: want a stance, a speaker and the country of the accused", a.Name)
	}
	stances, never := strings.CutPrefix(fields[0], "!")
	label := Label{Line: line, Never: never, Stances: alternatives(stances), Speaker: alternatives(fields[1])}
	for _, code := range label.Stances {
		if err := new(statement.Stance).UnmarshalText([]byte(code)); err != nil {
			return err
		}
	}
	if fields[2] != "-" {
		label.Accused = fields[2]
	}
	if len(fields) == 4 {
		label.Actors = alternatives(fields[3])
	}
	a.Labels = append(a.Labels, label)
	return nil
}

func alternatives(field string) []string {
	if field == "-" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(field, "_", " "), "|")
}

// Meets reports whether a statement is the one that the label asks for.
func (l Label) Meets(s statement.Statement) bool {
	return slices.Contains(l.Stances, s.Stance.String()) && l.speaker(s) && l.accused(s) && l.actor(s)
}

// Found reports whether one of the statements is the one asked for.
func (l Label) Found(all []statement.Statement) bool { return slices.ContainsFunc(all, l.Meets) }

// String is the label as a sentence of a failed test has it.
func (l Label) String() string {
	text := strings.Join(l.Stances, "|")
	if len(l.Speaker) > 0 {
		text += " by " + strings.Join(l.Speaker, "|")
	}
	if l.Accused != "" {
		text += " against " + l.Accused
	}
	if len(l.Actors) > 0 {
		text += " on " + strings.Join(l.Actors, "|")
	}
	if l.Never {
		text = "never " + text
	}
	return fmt.Sprintf("%s (line %d)", text, l.Line)
}

func (l Label) speaker(s statement.Statement) bool {
	if len(l.Speaker) == 0 {
		return true
	}
	for _, who := range append([]statement.Speaker{s.Speaker}, s.With...) {
		told := strings.ToLower(strings.Join([]string{who.Name, who.Role, who.Organisation, who.As}, "\n"))
		if slices.ContainsFunc(l.Speaker, func(word string) bool { return strings.Contains(told, strings.ToLower(word)) }) {
			return true
		}
	}
	return false
}

func (l Label) accused(s statement.Statement) bool {
	return l.Accused == "" || slices.ContainsFunc(s.Accused, func(p statement.Party) bool { return string(p.Country) == l.Accused })
}

// actor compares ids and names without their marks: "volt-typhoon", "APT31".
func (l Label) actor(s statement.Statement) bool {
	if len(l.Actors) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Actors, func(a statement.Actor) bool {
		return slices.ContainsFunc(l.Actors, func(want string) bool {
			want = bare(want)
			return bare(string(a.ID)) == want || bare(a.Name) == want || bare(a.As) == want
		})
	})
}

func bare(name string) string {
	return strings.NewReplacer("-", "", " ", "", "“", "", "”", "", `"`, "").Replace(strings.ToLower(name))
}

// List prints statements for a failed test, one a line.
func List(all []statement.Statement) string {
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "  %s by %s against %s on %s: %.100q\n", s.Stance, who(s.Speaker), parties(s.Accused), actors(s.Actors), s.Words)
	}
	if b.Len() == 0 {
		return "  nothing\n"
	}
	return b.String()
}

func who(s statement.Speaker) string {
	var known []string
	for _, part := range []string{s.Name, s.Role, s.Organisation} {
		if part != "" {
			known = append(known, part)
		}
	}
	return fmt.Sprintf("%s (%q)", strings.Join(known, ", "), s.As)
}

func parties(all []statement.Party) string {
	names := make([]string, 0, len(all))
	for _, p := range all {
		names = append(names, p.Name+"/"+string(p.Country))
	}
	return "[" + strings.Join(names, ", ") + "]"
}

func actors(all []statement.Actor) string {
	names := make([]string, 0, len(all))
	for _, a := range all {
		names = append(names, string(a.ID))
	}
	return "[" + strings.Join(names, ", ") + "]"
}
