package extract

import (
	"slices"
	"strings"
	"unicode"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// languageOf is the article's language: as its source says, else as its script
// and commonest words tell.
func languageOf(lang, text string) string {
	if len(lang) >= 2 {
		return strings.ToLower(lang[:2])
	}
	head := text[:min(len(text), 1200)]
	if l := scriptLanguage(head); l != "" {
		return l
	}
	return commonLanguage(head)
}

// scriptLanguage tells a language by its letters; "" for Latin ones.
func scriptLanguage(text string) string {
	var cyrillic, han, kana, hangul, arabic, latin, ukrainian, persian int
	for _, r := range text {
		switch {
		case r < 0x80:
			if unicode.IsLetter(r) {
				latin++
			}
		case strings.ContainsRune("іїєґ", r):
			ukrainian++
		case strings.ContainsRune("پچژگ", r):
			persian++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		}
	}
	switch {
	case max(cyrillic, arabic, 3*han, 3*kana, 3*hangul) <= latin:
		return ""
	case hangul > han:
		return "ko"
	case kana > 0 && kana*4 > han:
		return "ja"
	case han > cyrillic && han > arabic:
		return "zh"
	case arabic > cyrillic && persian > 2:
		return "fa"
	case arabic > cyrillic:
		return "ar"
	case ukrainian > 3:
		return "uk"
	}
	return "ru"
}

// commonWords are frequent small words by language.
var commonWords = map[string][]string{
	"en": {" the ", " of ", " and ", " to ", " in ", " that "}, "es": {" el ", " los ", " las ", " que ", " por ", " una "}, "fr": {" le ", " les ", " des ", " est ", " une ", " dans "},
	"de": {" der ", " die ", " und ", " das ", " nicht ", " wurde "}, "it": {" il ", " che ", " della ", " degli ", " gli ", " ha "}, "pt": {" o ", " os ", " que ", " uma ", " não ", " dos "},
	"id": {" yang ", " dan ", " dari ", " dengan ", " untuk ", " dalam "}, "sl": {" je ", " ki ", " bila ", " pred ", " so ", " po "}, "pl": {" się ", " nie ", " że ", " jest ", " przez ", " oraz "},
	"tr": {" ve ", " bir ", " bu ", " için ", " ile ", " olarak "}, "nl": {" het ", " een ", " van ", " niet ", " dat ", " voor "}, "cs": {" se ", " že ", " na ", " je ", " které ", " podle "},
}

func commonLanguage(text string) string {
	best, most := "en", 0
	low := strings.ToLower(text)
	for _, l := range []string{"en", "es", "fr", "de", "it", "pt", "id", "sl", "pl", "tr", "nl", "cs"} {
		n := 0
		for _, w := range commonWords[l] {
			n += strings.Count(low, w)
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}

// foreign reads an article in a language of which only stems are known: by
// sentences, without clauses.
type foreign struct {
	p       *page
	t       *lexicon.Tongue
	r       *reading
	charged map[statement.Country]bool
	person  *statement.Speaker
	org     *statement.Speaker
}

// readForeign reads the page's sentences with the language's stems.
func (r *reading) readForeign(t *lexicon.Tongue) {
	f := foreign{p: r.p, t: t, r: r, charged: map[statement.Country]bool{}}
	low := strings.ToLower(r.p.art.Title + " " + r.p.text)
	if !holds(low, t.Cyber) {
		return
	}
	for n := range r.p.sents {
		f.sentence(n)
	}
}

func holds(low string, stems []string) bool { return place(low, stems) >= 0 }

// place is where the first of the stems stands, or -1. A stem of two letters or
// fewer, or of Latin letters, begins a word.
func place(low string, stems []string) int {
	best := -1
	for _, s := range stems {
		if i := stemAt(low, s); i >= 0 && (best < 0 || i < best) {
			best = i
		}
	}
	return best
}

func stemAt(low, stem string) int {
	from := 0
	for {
		i := strings.Index(low[from:], stem)
		if i < 0 {
			return -1
		}
		i += from
		if stem[0] >= 0x80 && len(stem) > 6 || i == 0 || !isLetterBefore(low, i) {
			return i
		}
		from = i + len(stem)
	}
}

func isLetterBefore(s string, i int) bool {
	b := s[i-1]
	return b >= 'a' && b <= 'z' || b >= 0xd0 && b <= 0xd3 || b >= 0x80 && b < 0xc0 && i > 1 && s[i-2] >= 0xc3 && s[i-2] <= 0xd3
}

var foreignOrder = []statement.Stance{statement.Confirm, statement.Deny, statement.Rebut, statement.Sanction, statement.Indict, statement.Condemn, statement.Accuse, statement.Attribute}

// sentence reads one sentence.
func (f *foreign) sentence(n int) {
	s := f.p.sents[n]
	b := f.p.bytes(s)
	low := strings.ToLower(b.In(f.p.text))
	states := f.states(low)
	stance := f.stance(low, states)
	who := f.speaker(s, states, stance.Polarity() == statement.Opposes)
	if stance == 0 || !holds(low, f.t.Charge) {
		return
	}
	a := &act{sent: n, class: lexicon.Say, rule: "stems-" + f.t.Lang}
	v := verdict{stance: stance, reason: Kept, rule: stance.String()}
	v.accused = f.accused(stance, who, states)
	if len(v.accused) == 0 {
		return
	}
	f.charged[v.accused[0].Country] = true
	sc := &scene{p: f.p, a: a, who: who, s: s, content: s}
	f.r.add(sc, v)
}

func (f *foreign) stance(low string, states []statement.Country) statement.Stance {
	for _, st := range foreignOrder {
		if holds(low, f.t.Stance[st]) {
			return st
		}
	}
	if len(states) > 1 && holds(low, f.t.Say) && holds(low, f.t.Cyber) {
		return statement.Attribute
	}
	return 0
}

// states lists the states named, in text order.
func (f *foreign) states(low string) []statement.Country {
	type seen struct {
		at int
		c  statement.Country
	}
	var all []seen
	for _, st := range f.t.State {
		if i := stemAt(low, st.Stem); i >= 0 {
			all = append(all, seen{i, st.Country})
		}
	}
	slices.SortStableFunc(all, func(a, b seen) int { return a.at - b.at })
	var out []statement.Country
	for _, s := range all {
		if !slices.Contains(out, s.c) {
			out = append(out, s.c)
		}
	}
	return out
}

// speaker is the person named in the sentence, else the organisation, else the
// state named first, else whoever spoke before.
func (f *foreign) speaker(s span, states []statement.Country, opposes bool) statement.Speaker {
	for i := s.first; i < s.end; i++ {
		e := f.p.items[i].Entry
		if e == nil || e.Class&lexicon.Person == 0 {
			continue
		}
		if !f.speaks(i, s) {
			if f.person == nil {
				who := f.personAt(i)
				f.person = &who
			}
			continue
		}
		who := f.personAt(i)
		f.person = &who
		return who
	}
	for i := s.first; i < s.end; i++ {
		e := f.p.items[i].Entry
		if e != nil && e.Class&lexicon.State != 0 && opposes && (len(states) == 0 || f.side(states) == e.Country) && (f.person == nil || f.person.Country != e.Country) {
			return statement.Speaker{Kind: statement.State, Organisation: e.Name, Org: statement.OrgID(e.ID), Country: e.Country, As: f.p.word(i)}
		}
		if e != nil && e.Class&lexicon.Org != 0 && !actorLike(e) && !(opposes && e.Kind == "vendor") {
			who := statement.Speaker{Kind: statement.Organisation, Organisation: e.Name, Org: statement.OrgID(e.ID), Country: e.Country, As: f.p.word(i)}
			f.org = &who
			return who
		}
	}
	side := f.side(states)
	if f.person != nil && (len(states) == 0 || opposes && f.person.Country == side || s.end-s.first < 12 && len(states) < 2) {
		return *f.person
	}
	if len(states) > 0 && (opposes || len(states) > 1) {
		if !opposes {
			side = states[0]
		}
		p := f.p.stateParty(side)
		return statement.Speaker{Kind: statement.State, Organisation: p.Name, Org: p.Org, Country: p.Country}
	}
	if f.org != nil {
		return *f.org
	}
	return statement.Speaker{Kind: statement.Outlet, Organisation: f.p.art.Outlet, Country: f.p.art.Country}
}

// personAt is the speaker that a person's name makes.
func (f *foreign) personAt(i int) statement.Speaker {
	e := f.p.items[i].Entry
	who := statement.Speaker{Kind: statement.Person, Name: f.p.word(i), Role: e.Role, Country: e.Country, As: f.p.word(i)}
	if e.Org != nil {
		who.Organisation, who.Org = e.Org.Name, statement.OrgID(e.Org.ID)
	}
	return who
}

// side is the state that a denial comes from: the first of those named that was
// accused before, else the first.
func (f *foreign) side(states []statement.Country) statement.Country {
	for _, c := range states {
		if f.charged[c] {
			return c
		}
	}
	if len(states) > 0 {
		if f.person != nil && slices.Contains(states, f.person.Country) {
			return f.person.Country
		}
		return states[0]
	}
	return ""
}

// speaks reports whether a person stands near a word of saying or of a stance: a
// name elsewhere may be the victim's.
func (f *foreign) speaks(i int, s span) bool {
	from, to := int(f.p.items[i].Start), int(f.p.items[i].End)
	b := f.p.bytes(s)
	low := strings.ToLower(f.p.text[max(b.Start, from-reach):min(b.End, to+reach)])
	if holds(low, f.t.Say) {
		return true
	}
	for _, st := range foreignOrder {
		if holds(low, f.t.Stance[st]) {
			return true
		}
	}
	return false
}

// reach is how near, in bytes, a person stands to the word that makes it speak.
const reach = 140

// accused is the speaker's own state in a denial, else the first other state,
// else the state of an actor named.
func (f *foreign) accused(st statement.Stance, who statement.Speaker, states []statement.Country) []statement.Party {
	if st.Polarity() == statement.Opposes {
		if who.Country == "" {
			return nil
		}
		return []statement.Party{f.p.stateParty(who.Country)}
	}
	for _, i := range f.p.actors {
		if e := f.p.items[i].Entry; e.Country != "" && e.Country != who.Country && slices.Contains(states, e.Country) {
			return []statement.Party{f.p.stateParty(e.Country)}
		}
	}
	for _, c := range states {
		if c != who.Country {
			return []statement.Party{f.p.stateParty(c)}
		}
	}
	for _, i := range f.p.actors {
		if e := f.p.items[i].Entry; e.Country != "" && e.Country != who.Country {
			return []statement.Party{f.p.stateParty(e.Country)}
		}
	}
	return nil
}
