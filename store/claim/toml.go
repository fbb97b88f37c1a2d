package claim

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"

	"attribot/feeds/statement"
	"attribot/store/claim/starter"
)

// The TOML shapes of a claim: those of the JSON with names that a person types.
type (
	tomlFile struct {
		Claim []tomlClaim `toml:"claim"`
	}
	tomlClaim struct {
		ID        ID             `toml:"id,omitempty"`
		Key       string         `toml:"key,omitempty"`
		Text      string         `toml:"text"`
		Title     string         `toml:"title,omitempty"`
		Actors    []tomlActor    `toml:"actors,omitempty,inline"`
		Relation  Relation       `toml:"relation,omitempty"`
		Accused   []tomlParty    `toml:"accused,omitempty,inline"`
		Victims   []tomlParty    `toml:"victims,omitempty,inline"`
		Operation string         `toml:"operation,omitempty"`
		FirstSaid statement.Date `toml:"first_said,omitempty"`
		FirstBy   string         `toml:"first_by,omitempty"`
		Source    string         `toml:"source,omitempty"`
		Status    Status         `toml:"status,omitempty"`
		Proposed  bool           `toml:"proposed,omitempty"`
		Merged    ID             `toml:"merged_into,omitempty"`
		Tags      []string       `toml:"tags,omitempty"`
		Notes     string         `toml:"notes,omitempty"`
	}
	tomlActor struct {
		ID   statement.ActorID `toml:"id,omitempty"`
		Name string            `toml:"name,omitempty"`
		As   string            `toml:"as,omitempty"`
	}
	tomlParty struct {
		Name    string            `toml:"name"`
		Org     statement.OrgID   `toml:"organisation_id,omitempty"`
		Country statement.Country `toml:"country,omitempty"`
	}
)

// ParseTOML reads claims from [[claim]] tables with the fields of Claim; unknown
// keys are refused. Errors name the file and the line; name is the file's name
// for them.
func ParseTOML(name string, r io.Reader, mode Mode) ([]Claim, error) {
	im := newImporter(name, mode)
	var table bytes.Buffer
	start := 1
	err := eachLine(r, func(n int, line []byte) {
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[[")) {
			im.takeTable(start, table.Bytes())
			table.Reset()
			start = n
		}
		table.Write(line)
		table.WriteByte('\n')
	})
	im.takeTable(start, table.Bytes())
	if err != nil {
		im.fault(0, err)
	}
	return im.done()
}

// takeTable reads the lines from one [[claim]] up to the next.
func (im *importer) takeTable(start int, text []byte) {
	var f tomlFile
	dec := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		line, err := tomlFault(err)
		im.fault(start+max(line, 1)-1, err)
		return
	}
	for i := range f.Claim {
		c := f.Claim[i].claim()
		im.take(start, c, nil)
	}
}

// tomlFault takes the line out of a decoder's error.
func tomlFault(err error) (line int, cause error) {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		line, _ = strict.Errors[0].Position()
		return line, fmt.Errorf("read claim: unknown key %q", keyText(strict.Errors[0].Key()))
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, _ = wrong.Position()
	}
	return line, fmt.Errorf("read claim: %w", err)
}

func keyText(k toml.Key) string {
	var b bytes.Buffer
	for i, part := range k {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}

// WriteTOML writes claims so that ParseTOML reads them back.
func WriteTOML(w io.Writer, cs []Claim) error {
	for i := range cs {
		b, err := toml.Marshal(tomlFile{Claim: []tomlClaim{tomlOf(&cs[i])}})
		if err == nil {
			_, err = w.Write(append(b, '\n'))
		}
		if err != nil {
			return fmt.Errorf("write claim %s: %w", cs[i].ID, err)
		}
	}
	return nil
}

func (t *tomlClaim) claim() Claim {
	c := Claim{ID: t.ID, Key: t.Key, Text: t.Text, Title: t.Title, Relation: t.Relation, Operation: t.Operation,
		FirstSaid: t.FirstSaid, FirstBy: t.FirstBy, Source: t.Source, Status: t.Status, Proposed: t.Proposed,
		Merged: t.Merged, Tags: t.Tags, Notes: t.Notes}
	for _, a := range t.Actors {
		c.Actors = append(c.Actors, statement.Actor(a))
	}
	for _, p := range t.Accused {
		c.Accused = append(c.Accused, statement.Party(p))
	}
	for _, p := range t.Victims {
		c.Victims = append(c.Victims, statement.Party(p))
	}
	return c
}

func tomlOf(c *Claim) tomlClaim {
	t := tomlClaim{ID: c.ID, Key: c.Key, Text: c.Text, Title: c.Title, Relation: c.Relation, Operation: c.Operation,
		FirstSaid: c.FirstSaid, FirstBy: c.FirstBy, Source: c.Source, Status: c.Status, Proposed: c.Proposed,
		Merged: c.Merged, Tags: c.Tags, Notes: c.Notes}
	for _, a := range c.Actors {
		t.Actors = append(t.Actors, tomlActor(a))
	}
	for _, p := range c.Accused {
		t.Accused = append(t.Accused, tomlParty(p))
	}
	for _, p := range c.Victims {
		t.Victims = append(t.Victims, tomlParty(p))
	}
	return t
}

// starters reads the embedded file once.
var starters = sync.OnceValue(func() []Claim {
	cs, err := ParseTOML("starter/claims.toml", bytes.NewReader([]byte(starter.TOML)), AllOrNothing)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return cs
})

// Starter gives the embedded starter claims. Their ids are empty: a store
// numbers them, and Key is what stays.
func Starter() []Claim { return slices.Clone(starters()) }

func sortedKeys[V any](m map[string]V) []string {
	return slices.SortedFunc(maps.Keys(m), cmp.Compare[string])
}

// dateOfDay is the civil date of a number of days since 1970; 0 is unknown.
func dateOfDay(day int32) statement.Date {
	if day == 0 {
		return statement.Date{}
	}
	return statement.DateOf(time.Unix(int64(day)*86400, 0).UTC())
}
