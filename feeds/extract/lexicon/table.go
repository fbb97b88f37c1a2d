package lexicon

import (
	"errors"
	"fmt"
	"strings"

	"attribot/feeds/statement"
)

// table is one embedded file with the reader of its lines.
type table struct {
	file string
	read func(b *builder, fields []string) error
	min  int // fields a line
}

var tables = []table{
	{"states.txt", (*builder).state, 3},
	{"actors.txt", (*builder).actor, 4},
	{"actors_more.txt", (*builder).actor, 4},
	{"orgs.txt", (*builder).org, 4},
	{"operations.txt", (*builder).operation, 2},
	{"outlets.txt", (*builder).outlet, 4},
	{"people.txt", (*builder).person, 3},
	{"terms.txt", nil, 0},
}

// table reads one table; errors name the file and line.
func (b *builder) table(t table, text string) error {
	if t.read == nil {
		return b.terms(t.file, text)
	}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		if len(fields) < t.min {
			return fmt.Errorf("read %s:%d: want %d fields, have %d", t.file, n+1, t.min, len(fields))
		}
		if err := t.read(b, fields); err != nil {
			return fmt.Errorf("read %s:%d: %w", t.file, n+1, err)
		}
	}
	return nil
}

func names(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, ";")
}

func stateID(c statement.Country) statement.OrgID {
	return statement.OrgID("st-" + strings.ToLower(string(c)))
}

func (b *builder) state(f []string) error {
	e := &Entry{Class: State, ID: string(stateID(statement.Country(f[0]))), Country: statement.Country(f[0]), Kind: "state"}
	e.Name = strings.TrimLeft(f[1], "^~")
	b.orgs[statement.OrgID(e.ID)] = e
	b.name(e, State, f[1])
	for i, class := range []Class{State, Demonym, State | Metonym} {
		if len(f) > i+2 {
			for _, n := range names(f[i+2]) {
				b.name(e, class, n)
			}
		}
	}
	return nil
}

func (b *builder) actor(f []string) error {
	all := names(f[3])
	e := b.entries["actor:"+f[0]]
	if e == nil {
		e = &Entry{Class: Actor, ID: f[0], Country: statement.Country(f[1]), Kind: f[2], Name: strings.TrimLeft(all[0], "^~")}
	}
	return b.addActor(e, all)
}

func (b *builder) addActor(e *Entry, all []string) error {
	if e.ID == "" || len(all) == 0 {
		return errors.New("an actor needs an id and a name")
	}
	if b.entries["actor:"+e.ID] == nil {
		b.entries["actor:"+e.ID] = e
	}
	for _, n := range all {
		for _, v := range variants(n) {
			b.name(e, Actor, v)
		}
	}
	return nil
}

// variants are the ways in which press writes a name of letters and a number:
// APT28, APT 28, APT-28.
func variants(name string) []string {
	bare := strings.TrimLeft(name, "^~")
	i := 0
	for i < len(bare) && bare[i] >= 'A' && bare[i] <= 'Z' {
		i++
	}
	rest := strings.TrimLeft(bare[i:], " -")
	if i < 2 || rest == "" || rest[0] < '0' || rest[0] > '9' || strings.ContainsAny(rest, " -_.") {
		return []string{name}
	}
	return []string{name, bare[:i] + rest, bare[:i] + " " + rest}
}

func (b *builder) org(f []string) error {
	all := names(f[3])
	if len(all) == 0 {
		return errors.New("an organisation needs a name")
	}
	e := b.orgs[statement.OrgID(f[0])]
	if e == nil {
		e = &Entry{Class: Org, ID: f[0], Country: statement.Country(f[1]), Kind: f[2], Name: strings.TrimLeft(all[0], "^~")}
		b.orgs[statement.OrgID(f[0])] = e
	}
	for _, n := range all {
		b.name(e, Org, n)
		if low := lowerBodies.Replace(n); low != n {
			b.name(e, Org, low)
		}
	}
	return nil
}

// lowerBodies writes the common nouns of a name small, as half of the press does.
var lowerBodies = strings.NewReplacer("Foreign Ministry", "foreign ministry", "Foreign Office", "foreign office", "Defence Ministry", "defence ministry", "Defense Ministry", "defense ministry",
	"Embassy", "embassy", "Mission", "mission", "Ministry of", "ministry of")

func (b *builder) operation(f []string) error {
	all := names(f[1])
	e := &Entry{Class: Operation, ID: f[0], Name: all[0]}
	for _, n := range all {
		b.name(e, Operation, n)
	}
	return nil
}

func (b *builder) outlet(f []string) error {
	for _, n := range names(f[3]) {
		e := &Entry{Class: Outlet, ID: f[2], Name: strings.TrimLeft(n, "^~"), Country: statement.Country(f[0]), State: f[1] == "state", Family: f[2]}
		b.name(e, Outlet, n)
	}
	return nil
}

func (b *builder) person(f []string) error {
	e := &Entry{Class: Person, Name: f[0], Role: f[2]}
	e.ID = f[1] // resolved by link
	var err error
	if len(f) > 3 {
		e.From, err = statement.ParseDate(f[3])
	}
	if len(f) > 4 && err == nil {
		e.To, err = statement.ParseDate(f[4])
	}
	if err != nil {
		return err
	}
	b.name(e, Person, f[0])
	if len(f) > 5 {
		for _, n := range names(f[5]) {
			b.name(e, Person, n)
		}
	}
	b.persons = append(b.persons, e)
	return nil
}

// terms reads the table of words: sections of words parted by commas.
func (b *builder) terms(file, text string) error {
	var class Class
	var verbs bool
	for n, line := range strings.Split(text, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section := strings.Trim(line, "[]")
			if class = classNames[section]; class == 0 {
				return fmt.Errorf("read %s:%d: unknown class %q", file, n+1, section)
			}
			verbs = strings.HasSuffix(section, " verb")
		default:
			for word := range strings.SplitSeq(line, ",") {
				b.term(class, strings.TrimSpace(word), verbs)
			}
		}
	}
	return nil
}

func (b *builder) term(class Class, word string, verb bool) {
	switch {
	case word == "":
	case verb:
		for _, f := range inflect(word) {
			b.phrase(class, f.form, f.text)
		}
	default:
		b.phrase(class, 0, word)
	}
}
