package lexicon

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"attribot/feeds/statement"

	"github.com/pelletier/go-toml/v2"
)

// own is a user's file.
type own struct {
	Actor        []ownActor  `toml:"actor"`
	Organisation []ownOrg    `toml:"organisation"`
	Person       []ownPerson `toml:"person"`
	Outlet       []ownOutlet `toml:"outlet"`
}

type ownActor struct {
	ID      string            `toml:"id"`
	Name    string            `toml:"name"`
	Aliases []string          `toml:"aliases"`
	Country statement.Country `toml:"country"`
	Kind    string            `toml:"kind"` // state, crime or tracked
}

type ownOrg struct {
	ID      string            `toml:"id"`
	Name    string            `toml:"name"`
	Aliases []string          `toml:"aliases"`
	Country statement.Country `toml:"country"`
	Kind    string            `toml:"kind"`
}

type ownPerson struct {
	Name         string   `toml:"name"`
	Aliases      []string `toml:"aliases"`
	Organisation string   `toml:"organisation"`
	Role         string   `toml:"role"`
	From         string   `toml:"from"`
	To           string   `toml:"to"`
}

type ownOutlet struct {
	Name    string            `toml:"name"`
	Aliases []string          `toml:"aliases"`
	Country statement.Country `toml:"country"`
	Family  string            `toml:"family"`
	State   bool              `toml:"state_affiliated"`
}

// With is the lexicon with the entries of a user's own file added; l itself
// stays as it is. The file is TOML with [[actor]], [[organisation]], [[person]]
// and [[outlet]]; an unknown key or a wrong value is an error that names the
// file and the line. An actor with the id of a known one adds names to it.
func (l *Lexicon) With(name string, extra io.Reader) (*Lexicon, error) {
	var file own
	d := toml.NewDecoder(extra).DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("read lexicon %s: %w", name, placed(err))
	}
	b := builder{Lexicon: l.clone()}
	if err := b.own(&file); err != nil {
		return nil, fmt.Errorf("read lexicon %s: %w", name, err)
	}
	b.link()
	return b.Lexicon, nil
}

// placed puts the line into an error of the TOML reader.
func placed(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		row, _ := strict.Errors[0].Position()
		return fmt.Errorf("line %d: unknown key %q", row, strings.Join(strict.Errors[0].Key(), "."))
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, column := decode.Position()
		return fmt.Errorf("line %d, column %d: %w", row, column, err)
	}
	return err
}

func (b *builder) own(f *own) error {
	for i, a := range f.Actor {
		if err := b.ownActor(a); err != nil {
			return fmt.Errorf("actor %d: %w", i+1, err)
		}
	}
	for i, o := range f.Organisation {
		if o.ID == "" || o.Name == "" {
			return fmt.Errorf("organisation %d: needs an id and a name", i+1)
		}
		if err := b.org([]string{o.ID, string(o.Country), o.Kind, strings.Join(append([]string{o.Name}, o.Aliases...), ";")}); err != nil {
			return fmt.Errorf("organisation %d: %w", i+1, err)
		}
	}
	for i, p := range f.Person {
		if p.Name == "" {
			return fmt.Errorf("person %d: needs a name", i+1)
		}
		if err := b.person([]string{p.Name, p.Organisation, p.Role, p.From, p.To, strings.Join(p.Aliases, ";")}); err != nil {
			return fmt.Errorf("person %d: %w", i+1, err)
		}
	}
	return b.ownOutlets(f.Outlet)
}

func (b *builder) ownActor(a ownActor) error {
	if a.ID == "" {
		return errors.New("needs an id")
	}
	all := a.Aliases
	if a.Name != "" {
		all = append([]string{a.Name}, all...)
	}
	e := b.entries["actor:"+a.ID]
	if e == nil {
		if a.Kind == "" {
			a.Kind = "tracked"
		}
		if !slices.Contains([]string{"state", "crime", "tracked"}, a.Kind) {
			return fmt.Errorf("unknown kind %q: want state, crime or tracked", a.Kind)
		}
		e = &Entry{Class: Actor, ID: a.ID, Name: strings.TrimLeft(a.Name, "^~"), Country: a.Country, Kind: a.Kind}
	}
	return b.addActor(e, all)
}

func (b *builder) ownOutlets(all []ownOutlet) error {
	for i, o := range all {
		if o.Name == "" {
			return fmt.Errorf("outlet %d: needs a name", i+1)
		}
		state := "-"
		if o.State {
			state = "state"
		}
		if err := b.outlet([]string{string(o.Country), state, o.Family, strings.Join(append([]string{o.Name}, o.Aliases...), ";")}); err != nil {
			return fmt.Errorf("outlet %d: %w", i+1, err)
		}
	}
	return nil
}

// clone is a copy that can grow without touching l.
func (l *Lexicon) clone() *Lexicon {
	c := *l
	c.words, c.edges = l.words.clone(), l.edges.clone()
	c.first = slices.Clone(l.first)
	c.ends = slices.Clone(l.ends)
	for i := range c.ends {
		c.ends[i].names = slices.Clip(c.ends[i].names)
	}
	c.entries, c.orgs = maps.Clone(l.entries), maps.Clone(l.orgs)
	c.people = maps.Clone(l.people)
	for k, v := range c.people {
		c.people[k] = slices.Clip(v)
	}
	return &c
}
