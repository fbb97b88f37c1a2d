package extract

import (
	"slices"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/extract/speech"
	"attribot/feeds/statement"
)

// ReadAll gives every reported speech in text order. The stance is zero where it
// is not on cyber attribution. A speech on cyber attribution has the id that Read
// gives it, and the spans of source, cue and content that package speech finds.
func (r *Reader) ReadAll(a article.Article) []statement.Statement {
	kept := r.Read(a)
	p := newPage(r.lex, &a)
	p.parse()
	walk := reading{p: p, saidBy: map[string]statement.Date{}}
	walk.prepare()
	used := make([]bool, len(kept))
	var all []statement.Statement
	for _, s := range speech.Read(p.doc) {
		matched := false
		for i := range kept {
			if !used[i] && sameSpeech(&kept[i], &s) {
				used[i], matched = true, true
				all = append(all, respan(kept[i], &s))
			}
		}
		if !matched {
			all = append(all, walk.plain(&s))
		}
	}
	for i := range kept {
		if !used[i] {
			all = append(all, kept[i])
		}
	}
	slices.SortStableFunc(all, func(a, b statement.Statement) int { return a.Span.Start - b.Span.Start })
	return all
}

// sameSpeech reports whether a statement was read from that speech: they share
// the cue.
func sameSpeech(st *statement.Statement, s *speech.Speech) bool {
	return st.Cue != nil && !s.Cue.Empty() && st.Cue.Overlaps(s.Cue)
}

// respan gives a statement the spans of its speech.
func respan(st statement.Statement, s *speech.Speech) statement.Statement {
	if !s.Source.Empty() {
		source := s.Source
		st.Source = &source
	}
	cue := s.Cue
	st.Cue = &cue
	if len(s.Content) > 0 {
		st.Content, st.Type = s.Content, s.Type
		st.Span = s.Span()
	}
	return st
}

// plain is a speech that takes no stance on cyber attribution.
func (r *reading) plain(s *speech.Speech) statement.Statement {
	p := r.p
	st := statement.Statement{Article: p.art.ID, Span: s.Span(), Content: s.Content, Type: s.Type, Rule: s.Rule,
		With: []statement.Speaker{}, Accused: []statement.Party{}, Actors: []statement.Actor{}, Victims: []statement.Party{}}
	if st.Content == nil {
		st.Content = []statement.Span{}
	}
	if !s.Source.Empty() {
		source := s.Source
		st.Source = &source
	}
	if !s.Cue.Empty() {
		cue := s.Cue
		st.Cue = &cue
	}
	st.Words = join(p.text, st.Content)
	st.Speaker = r.sourceOf(s.Source)
	for _, v := range s.Via {
		st.Via = append(st.Via, r.sourceOf(v))
	}
	st.Said, st.SaidZone = r.today, p.art.Zone
	if st.Said.IsZero() {
		st.SaidZone = ""
	}
	st.ID = r.id(&st)
	return st
}

// sourceOf resolves the words for a speaker.
func (r *reading) sourceOf(source statement.Span) statement.Speaker {
	p := r.p
	if source.Empty() {
		if r.cast.last != nil {
			return *r.cast.last
		}
		return r.cast.outlet()
	}
	var best *mention
	for i := p.itemAt(source.Start); i < len(p.items) && int(p.items[i].Start) < source.End; i++ {
		if m := p.mention(i); m != nil && (best == nil || m.head == headPerson && best.head != headPerson) && !p.is(i, lexicon.When) {
			best = m
		}
	}
	if best == nil {
		return statement.Speaker{Kind: statement.Unnamed, As: source.In(p.text)}
	}
	who := r.cast.resolve(best, best.items.first)
	who.As = source.In(p.text)
	r.cast.remember(who)
	return who
}
