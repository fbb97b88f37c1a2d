package identity

import (
	"slices"
	"strings"

	"attribot/feeds/statement"
)

// Voice is a speaker as far as identity needs one.
type Voice struct {
	Kind    statement.SpeakerKind `json:"k,omitempty"`
	Name    []string              `json:"n,omitempty"` // a person's name, folded words
	Org     []string              `json:"o,omitempty"` // an organisation's telling words
	OrgID   statement.OrgID       `json:"i,omitempty"`
	Country statement.Country     `json:"c,omitempty"`
}

// VoiceOf takes what identity needs of a speaker.
func VoiceOf(s statement.Speaker) Voice {
	return Voice{
		Kind:    s.Kind,
		Name:    nameWords(s.Name),
		Org:     orgWords(s.Organisation),
		OrgID:   s.Org,
		Country: s.Country,
	}
}

// titles stand before or after a name and are no part of it.
var titles = []string{"mr", "ms", "mrs", "dr", "prof", "sir", "gen", "col", "spokesperson", "spokesman", "spokeswoman"}

func nameWords(name string) []string {
	var words []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(name), isBreak) {
		if w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"); !slices.Contains(titles, w) {
			words = append(words, latin(w))
		}
	}
	return words
}

// orgFiller says nothing of which organisation it is, given the country.
var orgFiller = []string{"the", "of", "for", "and", "affairs", "national", "federal", "in", "s", "u", "us", "uk", "chinese", "china",
	"american", "russian", "russia", "british", "german", "iranian", "korean", "japanese", "french", "czech", "united", "states", "kingdom", "people", "republic", "department", "dept", "office"}

func orgWords(org string) []string {
	var words []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(org), isBreak) {
		if w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"); !slices.Contains(orgFiller, w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Kinship is how far two speakers agree. Zero: they are different.
type Kinship uint8

// The degrees, weakest first.
const (
	OwnVoice   Kinship = iota + 1 // unnamed ones or the outlets' own voices: only the words can tell
	SameSide                      // a state and somebody of it, or two of one state without names
	SameOffice                    // one organisation, at most one of them named
	SamePerson                    // one name
)

// String is the degree in words that complete "speakers:".
func (k Kinship) String() string {
	return [...]string{"different", "unnamed on both sides", "of one state", "of one organisation", "one person"}[min(k, SamePerson)]
}

// kinship is the closest that any two of the speakers come.
func kinship(as, bs []Voice) Kinship {
	var best Kinship
	for _, a := range as {
		for _, b := range bs {
			best = max(best, a.kinship(b))
		}
	}
	return best
}

func (v Voice) kinship(o Voice) Kinship {
	if len(v.Name) > 0 && len(o.Name) > 0 && !unreadable(v.Name, o.Name) {
		if sameName(v.Name, o.Name) && compatible(v.Country, o.Country) {
			return SamePerson
		}
		return 0
	}
	switch oneState := v.Country != "" && v.Country == o.Country; {
	case !compatible(v.Country, o.Country):
		return 0
	case v.anonymous() != o.anonymous() && !oneState:
		return 0
	case v.anonymous() || o.anonymous():
		return OwnVoice
	case v.sameOffice(o):
		return SameOffice
	case oneState && (v.state() || o.state()):
		return SameSide
	}
	return 0
}

func (v Voice) sameOffice(o Voice) bool {
	return v.OrgID != "" && v.OrgID == o.OrgID || sameOrg(v.Org, o.Org)
}

func (v Voice) anonymous() bool { return v.Kind == statement.Unnamed || v.Kind == statement.Outlet }

// state reports a speaker that is a state itself or of whom only that is known.
func (v Voice) state() bool {
	return v.Kind == statement.State || len(v.Org) == 0 && len(v.Name) == 0
}

func compatible(a, b statement.Country) bool { return a == "" || b == "" || a == b }

// sameName takes "Mao" for "Mao Ning" and "Ning Mao" as well, but no two full
// names that differ in a word.
func sameName(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, w := range a {
		if !slices.ContainsFunc(b, func(v string) bool { return v == w || soundsLike(v, w) }) {
			return false
		}
	}
	return true
}

// sameOrg takes "Foreign Ministry" for "Ministry of Foreign Affairs".
func sameOrg(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 0 && !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}
