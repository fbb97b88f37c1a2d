// Package lexicon knows the names and words of the field: threat actors by all
// their names, states with their demonyms and metonyms, organisations, people
// with their posts in time, media outlets, named operations, and the words by
// which speech on attribution is reported.
//
// The tables lie beside the code in data/, one entry a line, written to be read
// and compared; the table of threat actors is written by gen. A [Lexicon] is
// an automaton over words: [Lexicon.Scan] walks a text once and gives its words
// and names in order, whatever the number of names. Users add names of their
// own in TOML, see [Lexicon.With].
//
// A name counts only where it is written with a capital (where its entry is).
// Marked ^ it counts only in its entry's case: US, not us. Marked ~ it is also
// an ordinary word (Play, Lead, Snake), and the reader asks for a cyber context.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"attribot/feeds/statement"
)

//go:embed data/*.txt
var data embed.FS

// Lexicon holds the names and words that the reader knows. It is never changed
// after it is made and is safe for concurrent use.
type Lexicon struct {
	words   numbers
	first   []int32  // by word: the automaton's node after it, 0 for none
	edges   numbers  // node and word to the next node
	ends    []ending // by node: what may end there
	entries map[string]*Entry
	people  map[string][]*Entry // by last name in small letters
	orgs    map[statement.OrgID]*Entry
	count   int // nodes
}

// Entry is one thing that has names.
type Entry struct {
	Class   Class
	ID      string
	Name    string
	Country statement.Country
	Kind    string // of an organisation: mfa, intel, vendor; of an actor: state, crime, tracked
	Family  string // of an outlet: its publisher
	State   bool   // an outlet with state affiliation
	Org     *Entry // of a person
	Role    string // of a person
	From    statement.Date
	To      statement.Date
}

// Crime reports whether the entry is a criminal brand.
func (e *Entry) Crime() bool { return e.Class&Actor != 0 && e.Kind == "crime" }

// ending is what a name or phrase that ends at a node means.
type ending struct {
	class Class
	form  Form
	names []nameEnd
}

// nameEnd is one name of an entry with how it must be written.
type nameEnd struct {
	entry   *Entry
	class   Class // as this name: a demonym of a state
	need    need
	context bool
}

// need is how a name must be written to count.
type need uint8

const (
	anyCase  need = iota
	capital       // the first word begins with a capital
	capitals      // every word begins with a capital
	allCaps       // all in capitals
)

var embedded = sync.OnceValue(func() *Lexicon {
	l, err := read()
	if err != nil {
		panic("lexicon: " + err.Error()) // the tables are part of the program, and tested
	}
	return l
})

// read makes the lexicon of the embedded tables.
func read() (*Lexicon, error) {
	b := builder{Lexicon: newLexicon()}
	for _, t := range tables {
		f, err := fs.ReadFile(data, "data/"+t.file)
		if err != nil {
			return nil, fmt.Errorf("read table: %w", err)
		}
		if err := b.table(t, string(f)); err != nil {
			return nil, err
		}
	}
	b.link()
	return b.Lexicon, nil
}

// Embedded is the lexicon that comes with the program. It is made once, at the
// first call.
func Embedded() *Lexicon { return embedded() }

func newLexicon() *Lexicon {
	return &Lexicon{
		words: newNumbers(), first: make([]int32, 1, 8192), edges: newNumbers(), ends: make([]ending, 1, 12288),
		entries: make(map[string]*Entry, 4096), people: map[string][]*Entry{}, orgs: map[statement.OrgID]*Entry{}, count: 1,
	}
}

// ActorByID is the threat actor with that id, nil where there is none.
func (l *Lexicon) ActorByID(id statement.ActorID) *Entry { return l.entries["actor:"+string(id)] }

// OrgByID is the organisation or state with that id, nil where there is none. A
// state's id is "st-" and its code in small letters.
func (l *Lexicon) OrgByID(id statement.OrgID) *Entry { return l.orgs[id] }

// StateOf is the state with that code, nil where it is unknown.
func (l *Lexicon) StateOf(c statement.Country) *Entry {
	return l.orgs[stateID(c)]
}

// PeopleCalled lists the people with that last name, written in small letters.
func (l *Lexicon) PeopleCalled(last string) []*Entry { return l.people[last] }
