package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// person is somebody whom the article names, with what it tells of them.
type person struct {
	name    string // the fullest form
	role    string
	org     *lexicon.Entry
	body    string
	country statement.Country
	at      int    // first item
	head    string // of the role, for comparing; "" until asked
}

// registry holds the people of an article by each word of their names.
type registry struct {
	all    []person
	byWord map[string]int // index plus one; the latest bearer
}

// known reports whether somebody with that name was met before.
func (r *registry) known(word string) bool { return r.byWord[word] > 0 }

// add registers the person of a mention, or adds what the mention tells of
// somebody known.
func (r *registry) add(p *page, m *mention) {
	if m.head != headPerson || m.name == "" {
		return
	}
	words := strings.Fields(m.name)
	if len(words) == 0 {
		return
	}
	if i := r.find(words); i > 0 {
		r.all[i-1].learn(m)
		return
	}
	who := person{name: m.name, at: m.items.first}
	who.learn(m)
	if e := p.lexPerson(words, m); e != nil {
		who.name = e.Name
		if who.role == "" {
			who.role = e.Role
		}
		if (who.org == nil || who.org.Class&lexicon.State != 0) && e.Org != nil {
			who.org = e.Org
		}
		if who.country == "" || e.Org != nil {
			who.country = e.Country
		}
		if who.country == "" && m.country != "" {
			who.country = m.country
		}
	}
	r.all = append(r.all, who)
	if r.byWord == nil {
		r.byWord = map[string]int{}
	}
	for _, w := range append(words, strings.Fields(who.name)...) {
		if len(w) > 2 || len(words) < 3 {
			r.byWord[w] = len(r.all)
		}
	}
}

func (r *registry) find(words []string) int {
	i := r.byWord[words[len(words)-1]]
	if i == 0 || len(words) == 1 {
		return i
	}
	have := strings.Fields(r.all[i-1].name)
	if len(have) == 1 || len(words) < len(have) && strings.HasSuffix(r.all[i-1].name, strings.Join(words, " ")) || have[0] == words[0] || strings.HasPrefix(words[0], have[0][:1]) {
		return i
	}
	return 0
}

// learn takes over what a mention tells.
func (w *person) learn(m *mention) {
	if len(m.name) > len(w.name) && strings.HasSuffix(m.name, w.name) {
		w.name = m.name
	}
	if w.role == "" {
		w.role = m.role
		w.head = ""
	}
	if w.body == "" {
		w.body = m.body
	}
	if m.org != nil && (w.org == nil || w.org.Class&lexicon.State != 0 && m.org.Class&lexicon.State == 0) {
		w.org = m.org
	}
	if w.country == "" {
		w.country = m.country
	}
}

// lexPerson is the lexicon's person of that name: by the full name, or by the
// last name alone where just one bearer fits the article's countries and date.
func (p *page) lexPerson(words []string, m *mention) *lexicon.Entry {
	for i := m.items.first; i < m.items.end; i++ {
		if e := p.items[i].Entry; e != nil && e.Class&lexicon.Person != 0 {
			return e
		}
	}
	if len(words) != 1 {
		return nil
	}
	var found *lexicon.Entry
	for _, e := range p.lex.PeopleCalled(strings.ToLower(words[0])) {
		if !p.named[e.Country] || !inOffice(e, p.art.Published) {
			continue
		}
		if found != nil {
			return nil
		}
		found = e
	}
	return found
}

func inOffice(e *lexicon.Entry, d statement.Date) bool {
	if d.Year == 0 {
		return true
	}
	return (e.From.IsZero() || e.From.Compare(d) <= 0) && (e.To.IsZero() || d.Compare(e.To) <= 0)
}

// lookup is the person that a mention names, or nil.
func (r *registry) lookup(m *mention) *person {
	if m.name == "" {
		return nil
	}
	if i := r.find(strings.Fields(m.name)); i > 0 {
		return &r.all[i-1]
	}
	return nil
}
