package claim

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

//go:embed names.txt
var namesText string

// Names resolves written names, so that a statement that gives only words meets
// a claim that gives ids. The judge asks it for what its own short table lacks.
type Names interface {
	// Actor gives the id of the threat actor that a name means.
	Actor(name string) (statement.ActorID, bool)
	// Country gives the state that a name of a state, body or person belongs to.
	Country(name string) (statement.Country, bool)
}

// entity is what a name means.
type entity struct {
	country statement.Country
	actor   statement.ActorID
}

// nameTable finds names in running text: by the stems of their words.
type nameTable struct {
	names   map[string][]entity
	aliases map[string]string // actor's id -> all its names
	most    int               // words of the longest name
}

// ownNames is the judge's own table.
var ownNames = sync.OnceValue(func() *nameTable {
	t := &nameTable{names: map[string][]entity{}, aliases: map[string]string{}}
	for line := range strings.Lines(namesText) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		id, list, ok := strings.Cut(rest, ": ")
		if kind == "#" || !ok {
			continue
		}
		var e entity
		switch kind {
		case "state":
			e.country = statement.Country(id)
		case "actor":
			e.actor = statement.ActorID(id)
			t.aliases[id] = list
		default:
			panic(fmt.Sprintf("names.txt: unknown kind %q", kind)) // part of the program, read by a test
		}
		for name := range strings.SplitSeq(list, ";") {
			t.add(strings.TrimSpace(name), e)
		}
	}
	return t
})

func (t *nameTable) add(name string, e entity) {
	terms := index.Terms(name)
	if len(terms) == 0 {
		return
	}
	key := strings.Join(terms, " ")
	for _, known := range t.names[key] {
		if known == e {
			return
		}
	}
	t.names[key] = append(t.names[key], e)
	t.most = max(t.most, len(terms))
}

// find yields the entities named in a text's terms, longest names first at each
// place, without looking into a name found.
func (t *nameTable) find(terms []string, yield func(from, to int, e entity)) {
	for i := 0; i < len(terms); {
		n := t.longest(terms[i:])
		for _, e := range t.names[strings.Join(terms[i:i+n], " ")] {
			yield(i, i+n, e)
		}
		i += max(n, 1)
	}
}

// longest is how many words the longest name at the start has, 0 for none.
func (t *nameTable) longest(terms []string) int {
	for n := min(t.most, len(terms)); n > 0; n-- {
		if len(t.names[strings.Join(terms[:n], " ")]) > 0 {
			return n
		}
	}
	return 0
}

// isState reports whether a single term names a state.
func (t *nameTable) isState(term string) bool {
	for _, e := range t.names[term] {
		if e.country != "" {
			return true
		}
	}
	return false
}
