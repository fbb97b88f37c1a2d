package claim

import (
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// lexiconNames resolves names by the reader's lexicon, which knows thousands
// more than the judge's own table.
type lexiconNames struct{ *lexicon.Lexicon }

// NamesOf gives the names of a lexicon to a judge.
func NamesOf(l *lexicon.Lexicon) Names { return lexiconNames{l} }

// Actor gives the first threat actor in a name.
func (n lexiconNames) Actor(name string) (statement.ActorID, bool) {
	for _, item := range n.Scan(name) {
		if item.Is(lexicon.Actor) && item.Entry != nil {
			return statement.ActorID(item.Entry.ID), true
		}
	}
	return "", false
}

// Country gives the state of the first state, body or person in a name.
func (n lexiconNames) Country(name string) (statement.Country, bool) {
	const sides = lexicon.State | lexicon.Demonym | lexicon.Metonym | lexicon.Org | lexicon.Person
	for _, item := range n.Scan(name) {
		if item.Is(sides) && item.Entry != nil && item.Entry.Country != "" {
			return item.Entry.Country, true
		}
	}
	return "", false
}
