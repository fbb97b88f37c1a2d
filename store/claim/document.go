package claim

import (
	"slices"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim/index"
)

// The heads of the exact marks by which a claim is found and compared.
const (
	markActor   = "actor:"
	markAccused = "accused:" // a state
	markOne     = "one:"     // a word of the name of an accused body, company or person
	markVictim  = "victim:"  // a word of a victim's name
	markHarmed  = "harmed:"  // a victim's state
	markOp      = "operation:"
	markFirst   = "first:" // the state of who first made it
	markAny     = "*"      // after a head: the claim has something of that sort
)

// namer resolves names with the caller's table and the judge's own.
type namer struct {
	own   *nameTable
	given Names
}

// actors gives the marks of the threat actors that a list names.
func (n *namer) actors(list []statement.Actor) []string {
	var out []string
	for _, a := range list {
		if a.ID != "" {
			out = appendNew(out, string(a.ID))
			continue
		}
		for _, name := range []string{a.Name, a.As} {
			for _, id := range n.actor(name) {
				out = appendNew(out, id)
			}
		}
	}
	return out
}

// actor gives the ids that one name means; its stems where it is unknown.
func (n *namer) actor(name string) []string {
	terms := index.Terms(name)
	if len(terms) == 0 {
		return nil
	}
	var ids []string
	n.own.find(terms, func(_, _ int, e entity) {
		if e.actor != "" {
			ids = appendNew(ids, string(e.actor))
		}
	})
	if len(ids) > 0 {
		return ids
	}
	if id, ok := n.given.Actor(name); ok {
		return []string{string(id)}
	}
	return []string{"=" + strings.Join(terms, " ")}
}

// party splits a party into its states and the words that tell it from others
// of the same state.
func (n *namer) party(p statement.Party) (states, words []string) {
	if p.Country != "" {
		states = append(states, string(p.Country))
	}
	terms := index.Terms(p.Name)
	plain := make([]bool, len(terms)) // part of a state's own name
	n.own.find(terms, func(from, to int, e entity) {
		if e.country == "" {
			return
		}
		if p.Country == "" {
			states = appendNew(states, string(e.country))
		}
		for i := from; i < to; i++ {
			plain[i] = plainStates[terms[i]]
		}
	})
	for i, t := range terms {
		if !plain[i] && !plainParty[t] {
			words = appendNew(words, t)
		}
	}
	if len(states) == 0 {
		if c, ok := n.given.Country(p.Name); ok {
			states = append(states, string(c))
		}
	}
	return states, words
}

// plainStates are stems that only name a state or its government.
var plainStates = stems(`China Russia Iran Taiwan Korea North South USA UK Germany France Ukraine Japan Israel India Australia
Canada Europe Czech Republic New Zealand Singapore Albania Morocco Belarus Netherlands Dutch United States Kingdom Union
Georgia Georgian Finland Finnish Poland Polish Italy Italian Spain Spanish Norway Norwegian Sweden Swedish Denmark Danish
Vietnam Vietnamese Pakistan Pakistani Turkey Turkish Saudi Arabia Emirati Malaysia Malaysian Estonia Estonian Lithuania Lithuanian
Latvia Latvian Belgium Belgian Bangladesh Philippines Hong Kong Guam Arab Emirates Moroccan Albanian Philippine Singaporean Belarusian Rabat Tirana 中国 中方 美国 美方 Китай США Россия Украина Україна`)

// plainParty are stems of names that tell nobody apart.
var plainParty = stems(`government state official authority national military service agency ministry hacker group actor company
firm department institution body facility foreign party not named unclear global user network other`)

func stems(words string) map[string]bool {
	m := map[string]bool{}
	for _, t := range index.Terms(words) {
		m[t] = true
	}
	return m
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// marks collects the exact marks of a claim.
type marks []string

func (m *marks) add(head string, values ...string) {
	for _, v := range values {
		*m = append(*m, head+v)
	}
	if len(values) > 0 {
		*m = append(*m, head+markAny)
	}
}

// document is how a claim is found: its words by field, and its marks.
func (n *namer) document(c *Claim) index.Doc {
	d := index.Doc{ID: string(c.ID), Keys: n.marks(c)}
	d.Fields[index.Text], d.Fields[index.Title], d.Fields[index.Notes] = c.Text, c.Title, c.Notes
	var names []string
	for _, a := range c.Actors {
		names = append(names, a.Name)
	}
	for _, p := range c.Accused {
		names = append(names, p.Name)
	}
	for _, p := range c.Victims {
		names = append(names, p.Name)
	}
	names = append(names, c.Operation)
	for _, id := range n.actors(c.Actors) {
		if alias, ok := n.own.aliases[id]; ok {
			names = append(names, alias)
		}
	}
	d.Fields[index.Names] = strings.TrimSpace(strings.Join(names, "; "))
	if c.FirstSaid.Year != 0 {
		d.Day = int32(c.FirstSaid.Time().Unix() / 86400)
	}
	return d
}

func (n *namer) marks(c *Claim) []string {
	var m marks
	m.add(markActor, n.actors(c.Actors)...)
	for _, p := range c.Accused {
		states, words := n.party(p)
		m.add(markAccused, states...)
		m.add(markOne, words...)
	}
	for _, p := range c.Victims {
		states, words := n.party(p)
		m.add(markHarmed, states...)
		m.add(markVictim, words...)
	}
	m.add(markOp, index.Terms(c.Operation)...)
	if c.FirstBy != "" {
		states, _ := n.party(statement.Party{Name: c.FirstBy})
		m.add(markFirst, states...)
	}
	slices.Sort(m)
	return slices.Compact(m)
}
