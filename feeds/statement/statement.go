package statement

import (
	"encoding/json"
	"fmt"
)

// ID names one statement as one article reports it: "s-" and a digest of the
// article's text and the words, so that reading again gives the same id.
type ID string

// ActorID is the key of a threat actor in the lexicon, such as "volt-typhoon".
type ActorID string

// OrgID is the key of an organisation or state in the lexicon, such as "cn-mfa".
type OrgID string

// Country is an ISO 3166-1 alpha-2 code in capitals, "EU" for the European
// Union, "" where unknown.
type Country string

// Span is a half-open range of UTF-8 byte offsets in an article's text. It is
// written as a JSON pair: [start, end].
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span holds no bytes.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Cover is the smallest span that holds both; an empty span adds nothing.
func (s Span) Cover(t Span) Span {
	if s.Empty() {
		return t
	}
	if t.Empty() {
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// In is the part of text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// MarshalJSON writes the span as [start, end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads [start, end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("read span: %w", err)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// Speaker is who says it, with what the article tells of them.
type Speaker struct {
	Kind         SpeakerKind `json:"kind,omitempty"`
	Name         string      `json:"name"`         // a person's full name, else ""
	Role         string      `json:"role"`         // "foreign ministry spokesperson"
	Organisation string      `json:"organisation"` // canonical name, or a state's
	Org          OrgID       `json:"organisation_id,omitempty"`
	Country      Country     `json:"country"`
	As           string      `json:"as"` // the words of the article at this place: "the spokesperson"
}

// Party is a state, organisation or person held responsible, accusing, or harmed.
type Party struct {
	Name    string  `json:"name"`
	Org     OrgID   `json:"organisation_id,omitempty"`
	Country Country `json:"country,omitempty"`
}

// Actor is a threat actor as the article names it.
type Actor struct {
	ID   ActorID `json:"id"`
	Name string  `json:"name"` // the lexicon's main name
	As   string  `json:"as"`   // the article's word for it: "Volta Typhoon"
}

// Statement is one speech act that an article reports. All spans count bytes of
// the article's text.
type Statement struct {
	Article    string    `json:"article"`
	ID         ID        `json:"id"`
	Span       Span      `json:"span"`    // source, cue and content together
	Source     *Span     `json:"source"`  // the words for the speaker
	Cue        *Span     `json:"cue"`     // the words that report the speech
	Content    []Span    `json:"content"` // what was said, in parts where the cue cuts it
	Type       QuoteType `json:"type"`
	Words      string    `json:"words"`         // the content's parts joined, as the article has them
	Speaker    Speaker   `json:"speaker"`       // the innermost: who said it
	With       []Speaker `json:"with"`          // co-speakers of a joint statement
	Via        []Speaker `json:"via,omitempty"` // who reports it, outermost first ("CNA, citing Global Times")
	Stance     Stance    `json:"stance"`
	Certainty  string    `json:"certainty"` // the hedge in the article's words: "moderate confidence"
	Background bool      `json:"background"`
	Said       Date      `json:"said"`
	SaidZone   string    `json:"said_zone,omitempty"` // IANA zone of Said; "" = unknown
	Venue      string    `json:"venue"`
	Technique  Technique `json:"technique,omitempty"`
	Accused    []Party   `json:"accused"`
	Accuser    []Party   `json:"accuser,omitempty"` // the opposing party of a denial or rebuttal
	Culprit    []Party   `json:"culprit,omitempty"` // whom an alternative names instead
	Actors     []Actor   `json:"actors"`
	Victims    []Party   `json:"victims"`
	Operation  string    `json:"operation,omitempty"` // "SolarWinds", "NotPetya"
	Rule       string    `json:"rule"`                // the rule that found it
}
