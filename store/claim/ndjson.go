package claim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// ParseNDJSON reads claims, one JSON object a line, with the fields of Claim;
// "actor", "accused", "victim" and "date" may also be plain strings, as in lists
// that other programs make: several names are parted by ";" or " / ". Other
// string fields ("subtitle", "speaker") become Notes. Errors name the file and
// the line; name is the file's name for them.
func ParseNDJSON(name string, r io.Reader, mode Mode) ([]Claim, error) {
	im := newImporter(name, mode)
	err := eachLine(r, func(n int, line []byte) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			c, err := readObject(line)
			im.take(n, c, err)
		}
	})
	if err != nil {
		im.fault(0, err)
	}
	return im.done()
}

// WriteNDJSON writes claims so that ParseNDJSON reads them back.
func WriteNDJSON(w io.Writer, cs []Claim) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range cs {
		if err := enc.Encode(&cs[i]); err != nil {
			return fmt.Errorf("write claim %s: %w", cs[i].ID, err)
		}
	}
	return nil
}

// readObject reads one claim: first its own fields, then the plain ones.
func readObject(line []byte) (Claim, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return Claim{}, fmt.Errorf("read claim: %w", err)
	}
	var c Claim
	plain := takePlain(fields, &c)
	own, err := json.Marshal(fields)
	if err != nil {
		return Claim{}, fmt.Errorf("read claim: %w", err)
	}
	if err := json.Unmarshal(own, &c); err != nil {
		return Claim{}, fmt.Errorf("read claim: %w", err)
	}
	if len(plain) > 0 {
		c.Notes = strings.TrimSpace(c.Notes + " " + strings.Join(plain, " "))
	}
	if c.Merged == c.ID && c.ID != "" {
		return Claim{}, errors.New("read claim: merged into itself")
	}
	return c, nil
}

// ownFields are the names of Claim's fields as NDJSON has them.
var ownFields = map[string]bool{
	"id": true, "key": true, "text": true, "title": true, "actors": true, "relation": true, "victims": true,
	"operation": true, "first_said": true, "first_by": true, "source": true, "status": true, "proposed": true,
	"merged_into": true, "tags": true, "notes": true,
}

// takePlain moves plain strings out of the fields into the claim, and gives
// those of unknown names in the order of the names.
func takePlain(fields map[string]json.RawMessage, c *Claim) (notes []string) {
	for _, name := range sortedKeys(fields) {
		var s string
		if ownFields[name] || json.Unmarshal(fields[name], &s) != nil {
			continue
		}
		delete(fields, name)
		switch name {
		case "actor":
			for _, n := range splitNames(s) {
				c.Actors = append(c.Actors, statement.Actor{Name: n})
			}
		case "accused":
			c.Accused = append(c.Accused, parties(s)...)
		case "victim":
			c.Victims = append(c.Victims, parties(s)...)
		case "date":
			if d, err := statement.ParseDate(s); err == nil {
				c.FirstSaid = d
				continue
			}
			c.FirstSaid = dateOfDay(index.FindDay(s))
			notes = append(notes, s)
		default:
			notes = append(notes, s)
		}
	}
	return notes
}

func parties(s string) []statement.Party {
	var ps []statement.Party
	for _, n := range splitNames(s) {
		ps = append(ps, statement.Party{Name: n})
	}
	return ps
}

// splitNames parts a list of names written as one string.
func splitNames(s string) []string {
	var names []string
	for part := range strings.SplitSeq(strings.ReplaceAll(s, " / ", ";"), ";") {
		if part = strings.TrimSpace(part); part != "" {
			names = append(names, part)
		}
	}
	return names
}
