package extract

import (
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// detail fills in what a sentence tells beside who says what: the quotation's
// type, the hedge, date, venue, technique, victims and operation.
func (r *reading) detail(st *statement.Statement, sc *scene, v verdict) {
	p := r.p
	st.Type = p.quoteType(st.Content)
	st.Certainty = sc.certainty()
	st.Venue, st.Technique = sc.venue(v.stance)
	st.Victims = append(st.Victims, sc.victims(v)...)
	st.Operation = sc.operation()
	w, ok := p.whenSaid(sc, r.today)
	switch {
	case ok && !w.date.IsZero():
		st.Said = w.date
	case !r.saidBy[sc.who.Name].IsZero():
		st.Said = r.saidBy[sc.who.Name]
	default:
		st.Said = r.today
	}
	st.Background = p.background(sc, w)
	if st.Background && !ok {
		st.Said = statement.Date{}
	}
	if st.Venue == "" && r.lastVenue != "" && st.Speaker.Kind == statement.Person && st.Speaker.Name == r.venueOf {
		st.Venue, st.Technique = r.lastVenue, r.lastTechnique
	}
	if st.Speaker.Kind == statement.Person && !st.Background {
		if ok && st.Speaker.Name != "" {
			r.saidBy[st.Speaker.Name] = st.Said
		}
		if st.Venue != "" {
			r.lastVenue, r.lastTechnique, r.venueOf = st.Venue, st.Technique, st.Speaker.Name
		}
	}
	if !st.Said.IsZero() {
		st.SaidZone = p.art.Zone
	}
}

// quoteType tells by the quotation marks in and around the content.
func (p *page) quoteType(content []statement.Span) statement.QuoteType {
	part := false
	for _, c := range content {
		for _, q := range p.quotesIn(c) {
			if !q.Inner.Overlaps(c) {
				continue
			}
			if q.Inner.Len()*10 >= c.Len()*8 {
				return statement.Direct
			}
			part = true
		}
	}
	if part {
		return statement.Mixed
	}
	return statement.Indirect
}

// certainty are the words that hedge what is said.
func (sc *scene) certainty() string {
	for i := sc.content.first; i < sc.content.end; i++ {
		if !sc.p.is(i, lexicon.Hedge) || months[strings.ToLower(sc.p.word(i))] != 0 && sc.p.capitalAt(i) {
			continue
		}
		first, end := i, i+1
		for end < sc.content.end && sc.p.is(end, lexicon.Hedge) && sc.p.items[end].Gap <= lexicon.Blank {
			end++
		}
		return sc.p.bytes(span{first, end}).In(sc.p.text)
	}
	if sc.a.class == lexicon.Doubt {
		return sc.p.word(sc.a.cue.first)
	}
	if sc.a.class == lexicon.Believe {
		return sc.p.word(sc.a.cue.first)
	}
	return ""
}

func (p *page) capitalAt(i int) bool { return p.items[i].Shape&lexicon.Capital != 0 }

// venues are the documents at which or in which one speaks.
var venues = map[string]statement.Technique{
	"briefing": statement.PressConference, "press briefing": statement.PressConference, "news briefing": statement.PressConference, "press conference": statement.PressConference,
	"news conference": statement.PressConference, "interview": statement.Remark, "hearing": statement.Remark, "testimony": statement.Remark, "speech": statement.Remark, "address": statement.Remark,
	"tweet": statement.Remark, "post": statement.Remark, "email": statement.Remark, "e-mail": statement.Remark, "message": statement.Remark, "letter": statement.Remark,
	"statement": statement.WrittenStatement, "joint statement": statement.WrittenStatement, "declaration": statement.WrittenStatement, "press release": statement.WrittenStatement,
	"communique": statement.WrittenStatement, "communiqué": statement.WrittenStatement, "note": statement.WrittenStatement, "response": statement.WrittenStatement, "reply": statement.WrittenStatement,
	"advisory": statement.Advisory, "joint advisory": statement.Advisory, "joint cybersecurity advisory": statement.Advisory, "alert": statement.Advisory, "bulletin": statement.Advisory,
	"report": statement.Publication, "reports": statement.Publication, "blog post": statement.Publication, "blog": statement.Publication, "analysis": statement.Publication, "research": statement.Publication, "paper": statement.Publication,
	"white paper": statement.Publication, "findings": statement.Publication, "study": statement.Publication, "indictment": statement.Indictment, "indictments": statement.Indictment, "complaint": statement.Indictment, "affidavit": statement.Indictment, "warrant": statement.Indictment,
}

// venue reads where or in what the words were said.
func (sc *scene) venue(stance statement.Stance) (string, statement.Technique) {
	p := sc.p
	tech := techniqueOf(stance)
	if sc.a.doc.end > 0 {
		t := venues[strings.ToLower(p.word(sc.a.doc.first))]
		if tech == 0 {
			tech = t
		}
		return "", tech
	}
	for i := sc.s.first; i < sc.s.end; i++ {
		if !p.is(i, lexicon.Document) || sc.content.has(i) && distance(i, sc.a.cue) > 5 {
			continue
		}
		t := venues[strings.ToLower(p.word(i))]
		if t == 0 || !p.underPreposition(i, sc.s) && !told[strings.ToLower(p.wordAt(sc.a.cue.first))] {
			continue
		}
		if tech == 0 {
			tech = t
		}
		first := i
		for p.is(first-1, lexicon.Modifier|lexicon.Adverb) || p.items[first-1].Class == 0 && p.items[first-1].Shape == 0 {
			if first--; first <= sc.s.first || p.items[first].Gap > lexicon.Blank {
				break
			}
		}
		return p.bytes(span{first, i + 1}).In(p.text), tech
	}
	return "", tech
}

var told = words("told tells telling addressed")

func techniqueOf(s statement.Stance) statement.Technique {
	switch s {
	case statement.Sanction:
		return statement.Sanctions
	case statement.Indict:
		return statement.Indictment
	}
	return 0
}

// towards are the prepositions before who is harmed.
var towards = words("on against into at targeting of targeted")

// victims are the states and organisations that the operation hit.
func (sc *scene) victims(v verdict) []statement.Party {
	p := sc.p
	var all []statement.Party
	deedAt := -1
	for i := sc.s.first; i < sc.s.end && len(all) < 3; i++ {
		it := &p.items[i]
		if it.Is(lexicon.CyberOperation | lexicon.Attack | lexicon.HackVerb | lexicon.AttackVerb) {
			deedAt = i
		}
		if deedAt < 0 || i-deedAt > 8 || sc.speaks(i) || !it.Is(lexicon.State|lexicon.Demonym|lexicon.Org) || it.Entry == nil || sc.isAccused(v, it.Entry) {
			continue
		}
		if p.items[deedAt].Is(lexicon.HackVerb|lexicon.AttackVerb) && p.items[deedAt].Form != 0 && i-deedAt < 5 && !p.is(deedAt+1, lexicon.Preposition) || p.precededBy(i, deedAt, towards) {
			all = addParty(all, partyFor(it.Entry))
			deedAt = -1
		}
	}
	return all
}

// speaks reports whether item i belongs to the speaker's own name.
func (sc *scene) speaks(i int) bool { return sc.a.subject != nil && sc.a.subject.items.has(i) }

// precededBy reports whether one of the words stands between the deed and item i
// with nothing but modifiers after it.
func (p *page) precededBy(i, deed int, set map[string]bool) bool {
	for j := i - 1; j > deed; j-- {
		if set[strings.ToLower(p.word(j))] {
			return true
		}
		if p.is(j, lexicon.Conjunction|lexicon.Auxiliary) || p.items[j+1].Gap >= lexicon.Stop {
			return false
		}
	}
	return false
}

func (sc *scene) isAccused(v verdict, e *lexicon.Entry) bool {
	for _, a := range v.accused {
		if a.Country == e.Country && e.Country != "" || a.Name == e.Name {
			return true
		}
	}
	return false
}

func addParty(all []statement.Party, p statement.Party) []statement.Party {
	for _, have := range all {
		if have.Name == p.Name {
			return all
		}
	}
	return append(all, p)
}

// operation is the named operation of the sentence.
func (sc *scene) operation() string {
	if i := sc.p.find(sc.s, lexicon.Operation); i >= 0 && sc.p.items[i].Entry != nil {
		return sc.p.items[i].Entry.Name
	}
	return ""
}

// whole widens a content so that a quotation mark at its edge is not cut off.
func (p *page) whole(b statement.Span) statement.Span {
	for _, q := range p.quotesIn(b) {
		if !q.Closed {
			continue
		}
		if q.Inner.Start == b.Start && q.Inner.End <= b.End+2 {
			b.Start = q.Span.Start
		}
		if q.Span.Start >= b.Start && q.Inner.End >= b.End && q.Inner.End <= b.End+2 {
			b.End = q.Span.End
		}
	}
	return b
}
