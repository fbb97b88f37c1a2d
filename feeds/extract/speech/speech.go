// Package speech reads reported speech out of English news: who says what, in
// which words. It goes by rules and word lists of its own, without a tagger or a
// model, and reads each sentence once.
//
// # How it reads
//
// Every word gets its classes from the lists in verb.txt, noun.txt and word.txt,
// and its neighbours decide whether a form like "claims" is a verb (tag.go).
// Verbs with their auxiliaries form groups (group.go), and each finite group
// gets its subject (subject.go). A verb that reports then looks for its content:
// to the left, where a quotation or a clause and a comma end (left.go); to the
// right, where a clause, an infinitive, a question, a quotation or a noun phrase
// begins (right.go); around itself in a relative clause (gap.go). The content
// goes on until the reporter speaks again (content.go). Nouns that report,
// "according to", colons, credits and headlines have rules of their own, and
// quotations without a cue go to the speaker before them (other.go).
//
// What each verb may take was weighed on annotated news: a verb is listed where
// at least about two in five of its uses with that complement are reports.
//
// # Figures
//
// The figures are those of the development data in the folder that
// ATTRIBOT_BENCH names, printed by
//
//	ATTRIBOT_BENCH=... go test -v -run FiguresOnDevelopmentData ./feeds/extract/speech
//
// They are those of Read, without the weak speeches.
//
//	measure                                            figure
//	PolNeAR dev --cofe, exact F1: content               60.9
//	                              source                70.6
//	                              cue                   68.0
//	PolNeAR dev --speech: content overlap P / R / F1    79.2 / 77.3 / 78.3
//	                      pair overlap F1               72.2
//	Wikinews (GUM) dev --speech: content overlap recall 77.6
//
// On the 840 articles of PolNeAR's training part, content overlap with --speech
// has P 79.6 and R 77.1. With it the verbs were weighed; its texts are no part
// of the project. People among themselves agree on contents at about 73 (exact
// F1; Pareti 2016, Newell et al. 2018).
//
// Speed, tokens and quotations included, is about 39 MB/s on one core of an AMD
// EPYC (go test -run xxx -bench Read ./feeds/extract/speech); it is linear in the
// text's length, since sentences are cut at a length and every look aside is
// bounded.
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
	Weak     bool             // lies inside another speech, or is a belief only supposed ("if X thinks")
	Rule     string           // the rule that found it
}

// About Weak: of what is reported inside another report ("Reuters said that the
// firm accused China"), and of what is only supposed, people who mark up news
// count less than two in five. Read leaves such speeches out; ReadAll gives them,
// marked, for chains of sources.

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
	Passive                        // was accused by, was told that (is believed to: a Belief)
	Colon                          // a colon or dash: "Kremlin: ..."
	Headline                       // a headline's credit: "...: report", "... - FT"
	Dropped                        // no cue: a quotation that stands alone (one that goes on with a speech is among its Carried)
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
// belief, intention and perception. A Nominal may still report a belief ("the
// hope that").
func (k CueKind) Communicates() bool { return k != Belief && k != Intent && k != Perceive }
