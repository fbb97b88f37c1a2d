// Package speech reads reported speech out of English news: who says what, in
// which words.
package speech

import (
	"attribot/feeds/statement"
)

// Speech is one reported speech, thought or intention. All spans count bytes of
// the document's text.
type Speech struct {
	Source   statement.Span      // the words for the speaker; empty when none is given
	Cue      statement.Span      // the words that report; empty when none stands there
	Content  []statement.Span    // what is reported, in parts where the cue cuts it
	Type     statement.QuoteType // by the quotation marks around the content
	Lemma    string              // of the cue's main word: "deny", "statement", "according to", ":"
	Kind     CueKind
	Negated  bool             // "did not say", "never accused"
	Carried  int              // how many of Content's last parts go on without a cue, in later paragraphs
	Via      []statement.Span // who passes it on, outermost first
	Sentence int              // index of the cue's sentence, without a cue of the content's first
	Parent   int              // index of the speech in whose content this one lies, or -1
	Weak     bool             // lies inside another speech, or is supposed only ("if X says"): see Weak below
	Rule     string           // the rule that found it
}

// About Weak: of what is reported inside another report ("Reuters said that the
// firm accused China"), and of what is only supposed, people who mark up news
// count less than two in five. The reader gives such speeches all the same, for
// chains of sources, and marks them, so that a list of an article's speeches can
// leave them out.

// Span is source, cue and content together.
func (s *Speech) Span() statement.Span {
	all := s.Source.Cover(s.Cue)
	for _, c := range s.Content {
		all = all.Cover(c)
	}
	return all
}

// CueKind is the sort of a cue. Zero is invalid.
type CueKind uint8

// The kinds of cue.
const (
	Say         CueKind = iota + 1 // says to anyone: say, announce, deny, claim
	Tell                           // names the hearer: tell, ask, urge, warn, accuse
	Belief                         // thinks: believe, expect, know, fear
	Intent                         // wants: plan, hope, decide, try
	Perceive                       // learns: find, see, hear, discover
	Nominal                        // a noun: the claim that, a report by
	AccordingTo                    // according to, in the words of, as X put it, in X's view
	Passive                        // was accused by, is believed to, it is said that
	Colon                          // a colon or dash: "Kremlin: ..."
	Headline                       // a headline's credit: "...: report", "... - FT"
	Dropped                        // no cue: a quotation or sentence that goes on with a speech
)

var kindNames = [...]string{"", "say", "tell", "belief", "intent", "perceive", "nominal", "according-to", "passive", "colon", "headline", "dropped"}

// String is the kind's name.
func (k CueKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Communicates reports whether the kind can be a communication: everything but
// belief, intention and perception. A Nominal, AccordingTo or Passive may still
// report a belief ("the hope that"); Speech.Belief tells.
func (k CueKind) Communicates() bool { return k != Belief && k != Intent && k != Perceive }
