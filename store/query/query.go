// Package query is the language in which people ask for statements, in a
// channel's subscription as in a look-up:
//
//	actor:"Volt Typhoon" accused:CN stance:denies since:2024-01-01 ransomware -"data leak"
//
// Words and quoted phrases have to occur, a minus sign excludes, keys of one
// kind are alternatives to each other and different keys all have to hold. A
// query is parsed once and matched against any plain [View]; the store uses the
// same terms to choose an index.
package query

import (
	"attribot/feeds/statement"
)

// Query is a parsed query. The zero value matches everything.
type Query struct {
	Terms []Term
	Since statement.Date // zero: no bound; the first day that counts
	Until statement.Date // zero: no bound; the last day that counts
}

// Term is one condition.
type Term struct {
	Key   Key    // zero: a word or phrase
	Value string // as the person wrote it, without quotation marks
	Not   bool   // must not hold

	code    string             // the country that Value names, where one may stand
	stances []statement.Stance // what Value of a stance means
}

// Key is what a term looks at. Zero is the words.
type Key uint8

// The keys.
const (
	Actor   Key = iota + 1 // a threat actor's id, name or the article's word for it
	Accused                // a country code or a name held responsible
	Speaker                // a country code, a person, role or organisation that speaks
	Stance                 // a stance's code or a synonym: denies, accuses, asserts, opposes
	Outlet                 // an outlet that carries it
	Lang                   // the language of an article that carries it
	Claim                  // a claim's id
	Country                // any party's country: speaker, accused, victim
	Victim                 // a country code or a name of who was harmed
)

var keyNames = []string{"", "actor", "accused", "speaker", "stance", "outlet", "lang", "claim", "country", "victim"}

// String is the key as it is written in a query, "" for words.
func (k Key) String() string {
	if int(k) < len(keyNames) {
		return keyNames[k]
	}
	return "?"
}

// Code is the ISO code of the country that the term names, "" for none.
func (t Term) Code() string { return t.code }

// Stances are the stances that a term with the key Stance means.
func (t Term) Stances() []statement.Stance { return t.stances }
