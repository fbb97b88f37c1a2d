package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// reading is the walk over one article's acts.
type reading struct {
	p        *page
	cast     cast
	findings []Finding
	digest   [sha256.Size]byte
	spoke    spoken

	today         statement.Date
	saidBy        map[string]statement.Date // by a person's name: the day last told of their words
	lastVenue     string
	lastTechnique statement.Technique
	line          statement.Speaker // who speaks in a transcript's line
	venueOf       string            // the person who spoke there
}

// run reads every sentence of the page in order.
func (r *reading) run() {
	r.prepare()
	for n := range r.p.sents {
		if !r.p.dateline[n] {
			r.sentence(n)
		}
	}
}

func (r *reading) prepare() {
	r.today = r.p.today()
	r.cast.p = r.p
	r.spoke.region = -1
	r.digest = sha256.Sum256([]byte(r.p.text))
}

// sentence reads one sentence's acts, and where none is kept its plain charges:
// in the voice of the speaker whose words go on, else in the outlet's.
func (r *reading) sentence(n int) {
	acts := r.p.acts(n)
	if r.spoke.lines && (len(acts) == 0 || acts[0].rule != "transcript") && r.carried(n, acts) {
		return
	}
	kept := r.acts(n, acts)
	kept = r.claim(n) || kept
	if !kept && !r.carried(n, acts) {
		r.voice(n)
	}
	r.noteSpeech(n, acts)
}

// acts decides on each act of a sentence; it reports whether one was kept.
func (r *reading) acts(n int, acts []act) bool {
	kept := false
	var passing []statement.Speaker
	for i := range acts {
		a := &acts[i]
		if r.skip(acts, i) {
			continue
		}
		who := r.cast.speaker(a)
		if a.rule == "transcript" {
			r.line = who
		}
		sc := r.p.scene(a, who, r.p.contentOf(a, acts[i+1:]))
		v := sc.decide()
		if v.reason == Kept && len(v.accused) == 0 {
			v = drop(NoAccused)
		}
		if v.reason == Kept && sc.passesOn(acts, i) {
			passing = append(passing, who)
			r.findings = append(r.findings, Finding{Span: r.p.bytes(sc.s), Reason: PassedOn, Detail: v.rule})
			continue
		}
		if r.add(sc, v) {
			kept = true
			r.via(passing)
		}
		if more := sc.demand(v); more.reason == Kept {
			r.add(sc, more)
		}
	}
	return kept
}

// via notes on the last statement who passed it on.
func (r *reading) via(passing []statement.Speaker) {
	if len(passing) > 0 {
		st := r.findings[len(r.findings)-1].Statement
		st.Via = append(st.Via, passing...)
	}
}

// skip reports whether an act is none of its own.
func (r *reading) skip(acts []act, i int) bool {
	a := &acts[i]
	switch {
	case a.subject != nil && a.subject.head == headPronoun && !r.p.ownPronoun(a):
		return true
	case a.passive && a.subject == nil && covered(r.p, acts, i):
		return true
	case a.subject == nil && a.doc.end == 0 && !a.passive && a.class&(lexicon.Decline|lexicon.Doubt) == 0:
		return true
	}
	return r.p.quotedAct(acts, i) || r.insideQuote(a)
}

// voice reads a charge without a cue: the outlet's own voice.
func (r *reading) voice(n int) {
	s := r.p.sents[n]
	var best *charge
	all := r.p.chargesOf(n)
	for i := range all {
		if c := &all[i]; !c.weak && c.entry != nil && !c.entry.Crime() && (best == nil || best.entry.Class&lexicon.Actor != 0) {
			best = c
		}
	}
	if best == nil || r.p.wonders(s, best) || !r.p.cyberIn(s) || !r.p.happened(s) || r.p.any(s, lexicon.Negation) || r.p.near(best.at+1, min(s.end, best.at+4), lexicon.Accusation) >= 0 {
		return
	}
	a := &act{sent: n, class: lexicon.Report, rule: "outlet-voice"}
	sc := r.p.scene(a, r.cast.outlet(), s)
	stance := statement.Report
	if sc.who.Kind != statement.Outlet {
		stance = statement.Attribute
	}
	r.add(sc, verdict{stance: stance, charge: best, accused: r.p.partyOf(best), reason: Kept, rule: "outlet-voice"})
}

// unreal are the words that make a deed a mere possibility.
var unreal = words("could would if should might If unless potential future")

// happened reports whether the sentence tells a deed that was done, not one that
// may come.
func (p *page) happened(s span) bool {
	done := false
	for i := s.first; i < s.end; i++ {
		if unreal[p.word(i)] {
			return false
		}
		it := &p.items[i]
		done = done || p.word(i) == "threats" || it.Is(lexicon.HackVerb|lexicon.AttackVerb) && it.Form&^lexicon.Base != 0 || it.Is(lexicon.Behind|lexicon.Link|lexicon.CyberOperation|lexicon.Attribute|lexicon.Blame|lexicon.Accuse)
	}
	return done
}

// add notes a finding; it reports whether the act was kept.
func (r *reading) add(sc *scene, v verdict) bool {
	f := Finding{Span: r.p.bytes(sc.s), Reason: v.reason, Detail: v.rule}
	if v.reason == Kept {
		if i := r.repeated(sc, v); i < 0 {
			st := r.build(sc, v)
			f.Statement, f.Span = &st, st.Span
			if v.stance.Polarity() == statement.Asserts && !sc.isOwn(v) {
				r.p.claimants.add(st.Speaker.Country, 1)
			}
		} else {
			f.Reason = Repeated
			if st := r.findings[i].Statement; st.Cue != nil && sc.a.cue.end > 0 && r.p.bytes(sc.content).Contains(*st.Cue) && (sc.who.Kind == statement.Person || sc.who.Kind == statement.Organisation && st.Speaker.Kind == statement.State) {
				*st = r.build(sc, v) // who says it all, not who is said to have said it
				return true
			}
		}
	}
	r.findings = append(r.findings, f)
	return f.Reason == Kept
}

// repeated is the index of the finding in which the sentence already gave the
// same stance by the same side to the same accused, or -1.
func (r *reading) repeated(sc *scene, v verdict) int {
	for i := len(r.findings) - 1; i >= 0; i-- {
		st := r.findings[i].Statement
		if st == nil {
			continue
		}
		if st.Span.End <= r.p.bytes(sc.s).Start {
			return -1
		}
		if st.Stance == v.stance && sameSide(st.Speaker, sc.who) && st.Accused[0].Name == v.accused[0].Name {
			return i
		}
	}
	return -1
}

// sameSide reports whether one of two speakers is the other, or the state that
// the other speaks for.
func sameSide(a, b statement.Speaker) bool {
	if a.Organisation == b.Organisation && a.Name == b.Name {
		return true
	}
	return a.Country != "" && a.Country == b.Country && (a.Kind == statement.State || b.Kind == statement.State || a.Name == "" || b.Name == "")
}

// build makes the statement.
func (r *reading) build(sc *scene, v verdict) statement.Statement {
	p, a := r.p, sc.a
	st := statement.Statement{Article: p.art.ID, Speaker: sc.who, Stance: v.stance, Accused: v.accused, Accuser: v.accuser, Culprit: v.culprit, Type: statement.Indirect, With: []statement.Speaker{}, Actors: []statement.Actor{}, Victims: []statement.Party{}}
	st.Span = p.bytes(sc.s)
	if sc.content.end <= sc.content.first {
		sc.content = sc.s
	}
	st.Content = []statement.Span{p.whole(p.bytes(sc.content))}
	st.Span = st.Span.Cover(st.Content[0])
	if a.cue.end > 0 {
		cue := p.bytes(a.cue)
		st.Cue = &cue
	}
	if a.subject != nil && !a.inherit {
		src := p.bytes(a.subject.items)
		st.Source = &src
	}
	with := p.cospeakers(a)
	if a.subject == nil {
		with = p.publishers(a)
	}
	for _, m := range with {
		st.With = append(st.With, r.cast.resolve(m, m.items.first))
	}
	st.Words = join(p.text, st.Content)
	st.Actors = append(st.Actors, p.actorsOf(sc, v)...)
	r.detail(&st, sc, v)
	st.Rule = strings.Trim(a.rule+"/"+v.rule, "/")
	st.ID = r.id(&st)
	return st
}

func join(text string, parts []statement.Span) string {
	all := make([]string, len(parts))
	for i, s := range parts {
		all[i] = s.In(text)
	}
	return strings.Join(all, " ")
}

// id is a digest of the article's text and the words. Place and stance part two
// acts of one speech ("condemned it and urged the US to stop").
func (r *reading) id(st *statement.Statement) statement.ID {
	h := sha256.New()
	h.Write(r.digest[:])
	fmt.Fprintf(h, "%s\x00%d %s", st.Words, st.Span.Start, st.Stance)
	return statement.ID("s-" + hex.EncodeToString(h.Sum(nil)[:10]))
}

// actorsOf lists the actors and named operations of the sentence; where it has
// none, the one that the article ties to the accused.
func (p *page) actorsOf(sc *scene, v verdict) []statement.Actor {
	var all []statement.Actor
	for i := sc.s.first; i < sc.s.end; i++ {
		e := p.items[i].Entry
		if e == nil || e.Class&lexicon.Operation == 0 && !actorLike(e) {
			continue
		}
		all = addActor(all, statement.Actor{ID: statement.ActorID(e.ID), Name: e.Name, As: p.word(i)})
	}
	if len(all) > 0 {
		return all
	}
	if i := p.nearestActor(sc, v.accused); i >= 0 {
		e := p.items[i].Entry
		all = append(all, statement.Actor{ID: statement.ActorID(e.ID), Name: e.Name, As: p.word(i)})
	}
	return all
}

func addActor(all []statement.Actor, a statement.Actor) []statement.Actor {
	for _, have := range all {
		if have.ID == a.ID {
			return all
		}
	}
	return append(all, a)
}

// nearestActor is the actor's item nearest to the sentence that fits the accused,
// or -1.
func (p *page) nearestActor(sc *scene, accused []statement.Party) int {
	best, dist := -1, 1<<30
	from, _ := slices.BinarySearch(p.actors, sc.s.first-maxActorDistance)
	for _, i := range p.actors[from:] {
		e := p.items[i].Entry
		if e.Country != "" && len(accused) > 0 && accused[0].Country != "" && accused[0].Country != e.Country {
			continue
		}
		d := sc.s.first - i
		if d < 0 {
			d = (i - sc.s.end) * 2
		}
		if d < dist {
			best, dist = i, d
		}
		if i > sc.s.end+maxActorDistance {
			break
		}
	}
	return best
}

// maxActorDistance is how far, in words and names, an actor may stand from the
// statement that means it.
const maxActorDistance = 2000

// contentOf is what an act says: the words after the cue, or before the source
// where the cue closes the sentence.
func (p *page) contentOf(a *act, later []act) span {
	s := p.sents[a.sent]
	end := s.end
	if a.class == lexicon.According {
		if a.cue.first-s.first > 3 {
			if a.subject != nil && p.comma(a.cue.first) && p.comma(a.subject.items.end) && a.subject.items.end+3 < end {
				return s // in the midst of the words
			}
			return span{s.first, a.cue.first}
		}
		if a.subject != nil {
			return span{min(max(a.cue.end, a.subject.items.end), s.end), end}
		}
		return span{min(a.doc.end, s.end), end}
	}
	if a.after && !a.passive {
		return span{s.first, a.cue.first}
	}
	if p.parenthetical(a, s) {
		return s
	}
	if a.passive {
		return s
	}
	rest := span{a.cue.end, end}
	if namesOnly[p.wordAt(a.cue.first)] {
		rest.end = min(end, a.cue.end+14)
	}
	if a.doc.end > 0 && a.subject != nil && a.doc.first-s.first > 4 && a.subject.items.first > a.doc.first && p.closing(rest, &act{sent: a.sent, class: a.class, cue: a.cue, doc: a.doc}) {
		return span{s.first, a.doc.first}
	}
	if a.rule == "transcript" {
		return span{a.subject.items.end, end}
	}
	if a.subject != nil && !a.inherit && (a.subject.items.first-s.first > 3 || a.subject.items.first > s.first && p.region(int(p.items[s.first].Start)) >= 0) && p.closing(rest, a) {
		return span{s.first, a.subject.items.first}
	}
	if a.doc.end > 0 && a.doc.first-s.first > 4 && p.closing(rest, a) {
		return span{s.first, a.doc.first}
	}
	for i := range later {
		l := &later[i]
		if !l.inherit && l.subject != nil && l.subject.items.first > a.cue.end && l.class&(lexicon.Deny|lexicon.Reject) != 0 {
			break
		}
	}
	return rest
}

// parenthetical reports whether source and cue stand between commas in the midst
// of the words: "The service, it said, was attacked by APT31".
func (p *page) parenthetical(a *act, s span) bool {
	next := a.cue.end
	if a.class != lexicon.Say || a.subject == nil || a.inherit || next >= s.end || a.subject.items.first <= s.first || a.subject.items.end != a.cue.first {
		return false
	}
	return p.comma(a.subject.items.first) && p.comma(next) && p.is(next, lexicon.Auxiliary|lexicon.That|lexicon.AttackVerb|lexicon.HackVerb|lexicon.Behind)
}

// phraseStart is where the noun phrase that holds item i begins, over words that
// the chunker does not know: "its civilian sister AIVD".
func (p *page) phraseStart(i int, s span) int {
	for i > s.first && p.items[i].Gap <= lexicon.Blank {
		it := &p.items[i-1]
		if !(it.Class == 0 && it.Form == 0) && !it.Is(lexicon.Determiner|lexicon.Modifier|lexicon.Possessive|lexicon.Org|lexicon.Body|lexicon.State|lexicon.Demonym|lexicon.Title|lexicon.Cyber|lexicon.Role) && p.word(i-1) != "and" {
			break
		}
		i--
	}
	return i
}

// closing reports whether the words after a cue are only time, place and
// hearers: the content stood before.
func (p *page) closing(rest span, a *act) bool {
	first := a.cue.first
	if a.subject != nil {
		first = a.subject.items.first
	} else if a.doc.end > 0 {
		first = a.doc.first
		for first > p.sents[a.sent].first && p.is(first-1, lexicon.Determiner|lexicon.Modifier) {
			first--
		}
	}
	first = p.phraseStart(first, p.sents[a.sent])
	if g := p.items[first].Gap; g != lexicon.Comma && g != lexicon.Quoted && g != lexicon.Mark {
		return false
	}
	concluding := a.class == lexicon.Attribute && p.is(a.cue.first, lexicon.Say)
	if !concluding && a.class&(lexicon.Say|lexicon.Accuse|lexicon.Report|lexicon.Believe|lexicon.Confirm|lexicon.Call) == 0 || a.subject != nil && a.subject.head == headPronoun && p.is(a.subject.items.first, lexicon.That) {
		return false
	}
	switch w := p.wordAt(a.cue.first); {
	case a.class == lexicon.Accuse && !strings.HasPrefix(w, "alleg") && !strings.HasPrefix(w, "claim") && !strings.HasPrefix(w, "charg"):
		return false
	}
	if a.subject != nil && (p.wordAt(a.subject.items.first) == "who" || p.wordAt(a.subject.items.first) == "which") {
		return false
	}
	if rest.first < rest.end && p.items[rest.first].Gap == lexicon.Comma {
		return true
	}
	if told[p.wordAt(a.cue.first)] && p.find(rest, lexicon.That) < 0 && !p.quotedFrom(rest) {
		return true
	}
	n := 0
	for i := rest.first; i < rest.end; i++ {
		if p.is(i, lexicon.That) {
			return false
		}
		if p.items[i].Gap == lexicon.Comma && i > rest.first {
			return true
		}
		n++
	}
	return n < 14 && (n == 0 || p.is(rest.first, lexicon.Preposition|lexicon.When|lexicon.Adverb))
}
