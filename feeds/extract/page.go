package extract

import (
	"slices"
	"strings"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
	"attribot/feeds/statement"
)

// page is an article with everything that was found in it: the ground on which
// speeches are judged.
type page struct {
	lex         *lexicon.Lexicon
	art         *article.Article
	text        string
	doc         *sentence.Document
	words       []lexicon.Word // what the lexicon went through
	items       []lexicon.Item
	sents       []span // sentences as ranges of items
	dateline    []bool // by sentence
	para        []int  // by sentence: its paragraph
	mentions    []mention
	chunk       chunker // the mention being read
	inner       chunker // what stands beside it
	at          []int32 // by item: index of its mention plus one
	people      registry
	charges     []charge
	accused     tally // whom the article holds responsible
	accusers    tally
	claimants   tally  // who made the accusations that were read so far
	cyber       int    // items that are about cyber operations
	sure        []bool // by sentence: it names a cyber operation
	kinetic     int    // items that are about other attacks: missiles, tariffs
	topical     bool   // cyber operations are the article's topic, so that "the attack" is one
	title       *page
	outletRead  bool
	outletEntry *lexicon.Entry             // of a site that publishes itself
	firstAnswer int                        // item after the first party that denies or rejects, 0 for none
	answers     statement.Country          // that party's country
	quotes      []quote.Region             // the outermost alone
	actors      []int                      // items of tracked actors and named operations
	chargeFirst int                        // the first charge of the sentence being read
	chargeEnds  []int                      // by sentence: the end of its charges in charges
	bodies      map[string]*lexicon.Entry  // the first organisation of each kind that is named; nil until asked
	accusedOrgs map[string]bool            // ids of the organisations that charges hit
	replies     map[statement.Country]bool // states that deny, or to which an actor is ascribed
	named       map[statement.Country]bool // states that a name but an actor's points to
	primary     statement.Country          // whom the article holds responsible first
}

// span is a half-open range of items.
type span struct{ first, end int }

func (s span) has(i int) bool { return s.first <= i && i < s.end }

// tally counts countries, in the order of their first sight.
type tally struct {
	countries []statement.Country
	counts    []int
}

func (t *tally) add(c statement.Country, n int) {
	if c == "" {
		return
	}
	i := slices.Index(t.countries, c)
	if i < 0 {
		t.countries = append(t.countries, c)
		t.counts = append(t.counts, 0)
		i = len(t.countries) - 1
	}
	t.counts[i] += n
}

func (t *tally) of(c statement.Country) int {
	if i := slices.Index(t.countries, c); i >= 0 {
		return t.counts[i]
	}
	return 0
}

// most is the country counted most but for those left out; the first seen of
// equals.
func (t *tally) most(but ...statement.Country) statement.Country {
	best, n := statement.Country(""), 0
	for i, c := range t.countries {
		if t.counts[i] > n && !slices.Contains(but, c) {
			best, n = c, t.counts[i]
		}
	}
	return best
}

// cyberSure are the classes that make an article one on cyber operations.
const cyberSure = lexicon.CyberOperation | lexicon.HackVerb | lexicon.Hacker

func newPage(lex *lexicon.Lexicon, a *article.Article) *page {
	p := &page{}
	p.begin(lex, a)
	return p
}

// begin takes up an article; the slices of the one before are used again.
func (p *page) begin(lex *lexicon.Lexicon, a *article.Article) {
	*p = page{lex: lex, art: a, text: a.Text, words: p.words, items: p.items[:0], sents: p.sents[:0], dateline: p.dateline[:0], para: p.para[:0], mentions: p.mentions[:0],
		at: p.at[:0], sure: p.sure[:0], charges: p.charges[:0], chargeEnds: p.chargeEnds[:0], actors: p.actors[:0]}
	p.items, p.words = lex.Append(p.items, p.words, a.Text)
	for i := range p.items {
		if p.items[i].Is(cyberSure) || p.items[i].Is(lexicon.Actor|lexicon.Operation) && !p.items[i].Context || p.cyberMark(i) {
			p.cyber++
		} else if p.items[i].Is(lexicon.Kinetic) {
			p.kinetic++
		}
	}
	p.topical = p.cyber > 1
}

// cleared is a slice of n zeroes, in the memory of s where that is enough.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// parse finds sentences, mentions, people and charges.
func (p *page) parse() {
	p.doc = sentence.Split(p.text)
	p.quotes = slices.DeleteFunc(quote.Find(p.doc), func(q quote.Region) bool { return q.Level > 0 })
	p.partItems()
	p.settleNames()
	p.sure = cleared(p.sure, len(p.sents))
	for n, s := range p.sents {
		p.sure[n] = p.any(s, cyberSure|lexicon.Operation|lexicon.Actor) || p.marked(s)
	}
	p.indexNames()
	p.findMentions()
	p.findCharges()
	p.findAnswers()
}

// readTitle reads the headline as a page of its own: it tells the topic, and whom
// the article is about to accuse.
func (p *page) readTitle() {
	if p.art.Title == "" {
		return
	}
	t := newPage(p.lex, &article.Article{Text: p.art.Title})
	p.cyber += t.cyber
	p.topical = p.topical || t.cyber > 0
	p.title = t
}

// takeTitle counts the headline's charges.
func (p *page) takeTitle() {
	if p.title == nil {
		return
	}
	p.title.topical = p.topical
	p.title.parse()
	for i, c := range p.title.accused.countries {
		p.accused.add(c, p.title.accused.counts[i])
	}
	for i, c := range p.title.accusers.countries {
		p.accusers.add(c, p.title.accusers.counts[i])
	}
	if p.primary == "" {
		p.primary = p.title.primary
	}
}

func (p *page) wordAt(i int) string {
	if i < 0 || i >= len(p.items) {
		return ""
	}
	return p.word(i)
}

// partItems lays the document's sentences over the items.
func (p *page) partItems() {
	i, para := 0, 0
	for n, s := range p.doc.Sentences {
		b := p.doc.Span(s)
		for i < len(p.items) && int(p.items[i].End) <= b.Start {
			i++
		}
		first := i
		for i < len(p.items) && int(p.items[i].Start) < b.End {
			i++
		}
		if first == i {
			continue
		}
		for para < len(p.doc.Paragraphs) && p.doc.Paragraphs[para].End <= s.Start {
			para++
		}
		first = p.afterDateline(first, i)
		p.sents = append(p.sents, span{first, i})
		p.para = append(p.para, para)
		p.dateline = append(p.dateline, slices.Contains(p.doc.Datelines, n))
	}
}

// afterDateline is the first item after a dateline that the sentence begins with:
// "LONDON:", "BEIJING, Sep 5 (ABC):", "PARIS (Sputnik)".
func (p *page) afterDateline(first, end int) int {
	it := &p.items[first]
	if it.Gap != lexicon.NewLine || it.Shape&lexicon.AllCaps == 0 || it.Is(lexicon.Outlet) || it.End-it.Start < 4 {
		return first
	}
	for i := first + 1; i < min(end-2, first+9) && p.items[i].Start-it.Start < 60; i++ {
		mark := p.text[p.items[i-1].End:p.items[i].Start]
		if strings.ContainsAny(mark, ":)—–") || strings.Contains(mark, "--") || strings.Contains(mark, " - ") || strings.Contains(mark, "/. ") {
			return i
		}
		if p.items[i].Form != 0 && !p.items[i].Is(lexicon.When) {
			return first
		}
	}
	return first
}

// bytes is the byte span of a range of items.
func (p *page) bytes(s span) statement.Span {
	if s.end <= s.first {
		return statement.Span{}
	}
	return statement.Span{Start: int(p.items[s.first].Start), End: int(p.items[s.end-1].End)}
}

func (p *page) word(i int) string { return p.text[p.items[i].Start:p.items[i].End] }

// is reports whether item i exists and can be any of the classes.
func (p *page) is(i int, c lexicon.Class) bool {
	return i >= 0 && i < len(p.items) && p.items[i].Class&c != 0
}

// any reports whether an item of the range can be any of the classes.
func (p *page) any(s span, c lexicon.Class) bool { return p.find(s, c) >= 0 }

// find is the first item of the range that can be any of the classes, or -1.
func (p *page) find(s span, c lexicon.Class) int {
	for i := s.first; i < s.end; i++ {
		if p.items[i].Class&c != 0 {
			return i
		}
	}
	return -1
}

// sentenceOf is the sentence that holds item i.
func (p *page) sentenceOf(i int) int {
	n, _ := slices.BinarySearchFunc(p.sents, i, func(s span, i int) int {
		if s.end <= i {
			return -1
		}
		if s.first > i {
			return 1
		}
		return 0
	})
	return min(n, len(p.sents)-1)
}

// itemAt is the first item that ends after the byte offset.
func (p *page) itemAt(at int) int {
	n, _ := slices.BinarySearchFunc(p.items, at, func(it lexicon.Item, at int) int {
		if int(it.End) <= at {
			return -1
		}
		return 1
	})
	return n
}

// cyberMark reports whether item i is a word that hardly stands outside of an
// article on cyber operations: malware, cyber weapons, CISA.
func (p *page) cyberMark(i int) bool {
	it := &p.items[i]
	if it.Is(lexicon.Org) && it.Entry != nil && it.Entry.Kind == "gov-cert" {
		return true
	}
	return it.Is(lexicon.Cyber) && cyberMarks[strings.ToLower(p.word(i))] || it.Is(lexicon.Behind) && strings.HasPrefix(p.word(i), "hacked")
}

var cyberMarks = map[string]bool{"malware": true, "spyware": true, "phishing": true, "botnet": true, "backdoor": true, "cyber weapons": true, "cyber weapon": true, "cyber threat": true,
	"social engineering": true, "malicious code": true, "keylogger": true, "rootkit": true, "wiper": true, "cyberweapons": true, "hacking tools": true, "zero-day": true}

func (p *page) marked(s span) bool {
	for i := s.first; i < s.end; i++ {
		if p.cyberMark(i) {
			return true
		}
	}
	return false
}

// settleNames drops names that are ordinary words here: "Play" or "Lead" are
// actors only beside a word such as ransomware or hackers, or all in capitals
// in an article on cyber operations.
func (p *page) settleNames() {
	for i := range p.items {
		it := &p.items[i]
		if !it.Context || it.Entry == nil {
			continue
		}
		if !p.actorHere(i) {
			it.Class &^= lexicon.Name | lexicon.Operation
			it.Entry = nil
		}
	}
}

func (p *page) actorHere(i int) bool {
	if p.cyber == 0 {
		return false
	}
	it := &p.items[i]
	if it.Shape&lexicon.AllCaps != 0 && it.End-it.Start > 4 && p.cyber > 1 {
		return true
	}
	for j := max(0, i-4); j < min(len(p.items), i+4); j++ {
		if j != i && p.is(j, lexicon.Hacker|lexicon.Group) {
			return true
		}
	}
	return familiar[it.Entry.ID] && p.cyber > 1
}

// familiar actors whose short name is known well enough to stand alone in an
// article on cyber operations.
var familiar = map[string]bool{"lazarus-group": true, "apt29": true, "hafnium": true, "apt28": true, "sandworm-team": true, "kimsuky": true, "turla": true, "ghostwriter": true}

// indexNames notes where actors stand and which states are named at all.
func (p *page) indexNames() {
	p.named = map[statement.Country]bool{}
	for i := range p.items {
		e := p.items[i].Entry
		if e == nil {
			continue
		}
		if e.Class&lexicon.Operation != 0 || actorLike(e) {
			p.actors = append(p.actors, i)
		}
		if e.Class&(lexicon.Actor|lexicon.Outlet|lexicon.Person) == 0 && e.Kind != "vendor" {
			p.named[e.Country] = true
		}
	}
}

// chargesOf are the charges of a sentence.
func (p *page) chargesOf(n int) []charge {
	if n >= len(p.chargeEnds) {
		return nil
	}
	first := 0
	if n > 0 {
		first = p.chargeEnds[n-1]
	}
	return p.charges[first:p.chargeEnds[n]]
}
