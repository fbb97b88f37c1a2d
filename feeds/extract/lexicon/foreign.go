package lexicon

import (
	"fmt"
	"strings"
	"sync"

	"attribot/feeds/statement"
)

// Tongue holds the stems by which statements in one other language are known.
// They are matched as parts of words, in small letters.
type Tongue struct {
	Lang   string
	Cyber  []string
	Charge []string
	Say    []string
	Stance map[statement.Stance][]string
	State  []StateStem
}

// StateStem is one stem that names a state.
type StateStem struct {
	Country statement.Country
	Stem    string
}

var tongues = sync.OnceValue(func() map[string]*Tongue {
	text, err := data.ReadFile("data/foreign.txt")
	if err == nil {
		var all map[string]*Tongue
		if all, err = readTongues(string(text)); err == nil {
			return all
		}
	}
	panic("lexicon: " + err.Error()) // the table is part of the program, and tested
})

// TongueOf is the table of a language by its two-letter code; nil for English
// and for languages without one.
func TongueOf(lang string) *Tongue {
	if len(lang) < 2 {
		return nil
	}
	return tongues()[strings.ToLower(lang[:2])]
}

var tongueStances = map[string]statement.Stance{"deny": statement.Deny, "rebut": statement.Rebut, "accuse": statement.Accuse, "attribute": statement.Attribute,
	"sanction": statement.Sanction, "indict": statement.Indict, "condemn": statement.Condemn, "confirm": statement.Confirm}

func readTongues(text string) (map[string]*Tongue, error) {
	all := map[string]*Tongue{}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 3 {
			return nil, fmt.Errorf("read foreign.txt:%d: want 3 fields, have %d", n+1, len(f))
		}
		t := all[f[0]]
		if t == nil {
			t = &Tongue{Lang: f[0], Stance: map[statement.Stance][]string{}}
			all[f[0]] = t
		}
		if err := t.add(f[1], strings.Split(f[2], ";")); err != nil {
			return nil, fmt.Errorf("read foreign.txt:%d: %w", n+1, err)
		}
	}
	return all, nil
}

func (t *Tongue) add(what string, stems []string) error {
	switch kind, code, _ := strings.Cut(what, " "); kind {
	case "cyber":
		t.Cyber = stems
	case "charge":
		t.Charge = stems
	case "say":
		t.Say = stems
	case "state":
		for _, s := range stems {
			t.State = append(t.State, StateStem{statement.Country(code), s})
		}
	default:
		stance, ok := tongueStances[kind]
		if !ok {
			return fmt.Errorf("unknown kind %q", kind)
		}
		t.Stance[stance] = stems
	}
	return nil
}
