package identity

import (
	"fmt"
	"slices"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// Mention is a statement as one article reports it, cut down to what identity
// looks at. It is small, so that a store can keep it in an index.
type Mention struct {
	Voices  []Voice          `json:"v"`
	Stance  statement.Stance `json:"st,omitempty"`
	Said    statement.Date   `json:"d,omitzero"`
	Zone    string           `json:"z,omitempty"`
	Assumed bool             `json:"a,omitempty"` // Said is taken from the day of publication
	Parties []string         `json:"p,omitempty"` // whose responsibility is at issue: countries, else names
	Others  []string         `json:"x,omitempty"` // the opposing party, or the culprit named instead
	Actors  []string         `json:"t,omitempty"`
	Words   Words            `json:"w"`
	Claims  []Stand          `json:"c,omitempty"` // confirmed, best first
	Article string           `json:"-"`           // the one that is being read, "" for another
	Lang    string           `json:"l,omitempty"` // of the words: primary subtag
	Old     bool             `json:"b,omitempty"` // background
	Seen    statement.Date   `json:"e,omitzero"`  // when the article was published: an undated retelling is of something before
}

// Stand is a confirmed standing to a stored claim.
type Stand struct {
	Claim    claim.ID       `json:"c"`
	Standing claim.Standing `json:"s"`
}

// Place is where a statement was found.
type Place struct {
	Article   string // "" where it does not matter
	Published statement.Date
	Lang      string // BCP 47
}

// Of takes what identity needs of a statement. Where the statement's date is
// unknown, the day of publication stands in for it, except for background.
func Of(s statement.Statement, at Place, verdicts []claim.Verdict) Mention {
	m := Mention{
		Voices: []Voice{VoiceOf(s.Speaker)}, Stance: s.Stance, Said: s.Said, Zone: s.SaidZone,
		Parties: partyKeys(s.Accused), Others: append(partyKeys(s.Accuser), partyKeys(s.Culprit)...),
		Words: WordsOf(s.Words), Article: at.Article, Old: s.Background, Seen: at.Published,
	}
	m.Lang, _, _ = strings.Cut(strings.ToLower(at.Lang), "-")
	for _, with := range s.With {
		m.Voices = append(m.Voices, VoiceOf(with))
	}
	for _, a := range s.Actors {
		m.Actors = append(m.Actors, actorKey(a))
	}
	if m.Said.IsZero() && !s.Background {
		m.Said, m.Assumed = at.Published, true
	}
	for _, v := range verdicts {
		if v.Confirmed && v.Claim != "" {
			m.Claims = append(m.Claims, Stand{v.Claim, v.Standing})
		}
	}
	return m
}

func partyKeys(ps []statement.Party) []string {
	var keys []string
	for _, p := range ps {
		switch {
		case p.Country != "":
			keys = append(keys, string(p.Country))
		case p.Name != "":
			keys = append(keys, strings.ToLower(p.Name))
		}
	}
	return keys
}

func actorKey(a statement.Actor) string {
	if a.ID != "" {
		return string(a.ID)
	}
	return strings.ToLower(a.Name)
}

// Finding is what a comparison of two mentions came to. Zero is invalid.
type Finding uint8

// The findings.
const (
	Same      Finding = iota + 1 // one statement
	Different                    // two
)

// Decision is a finding with the evidence for it.
type Decision struct {
	Finding Finding
	Overlap int      // of the contents, in thousandths
	Needed  int      // the overlap that the other evidence left to be shown
	Kinship Kinship  // of the speakers
	Reasons []string // words that a person can check
}

// Margin orders several that are the same: the surest has the greatest.
func (d Decision) Margin() int { return d.Overlap - d.Needed }

func different(reason string) Decision {
	return Decision{Finding: Different, Reasons: []string{reason}}
}

// Compare decides whether two mentions are one statement.
func Compare(a, b Mention) Decision {
	kin := kinship(a.Voices, b.Voices)
	if kin == 0 {
		return different("speakers differ")
	}
	if reason := datesPart(a, b); reason != "" {
		return different(reason)
	}
	need := need{}
	need.add(baseNeed[kin], "speakers: "+kin.String())
	if !need.polarity(a.Stance.Polarity(), b.Stance.Polarity()) {
		return different("one asserts, the other opposes")
	}
	need.dates(a, b)
	need.claims(a, b)
	need.parties(a, b)
	need.names(a.Words, b.Words)
	if a.Article != "" && a.Article == b.Article {
		need.atLeast(sameArticleNeed, "both in one article")
	}
	d := Decision{Finding: Different, Overlap: Overlap(a.Words, b.Words), Needed: max(need.points, leastNeed), Kinship: kin}
	switch {
	case a.Article != "" && a.Article == b.Article:
	case need.alike && (a.Words.bare() || b.Words.bare()):
		d.Needed = 0 // "groundless" has no words to compare
	case a.foreign(b) && need.tells(a, b, kin):
		d.Needed = 0
		need.add(0, "the words are of two languages; the rest agrees")
	}
	if d.Overlap >= d.Needed {
		d.Finding = Same
	}
	d.Reasons = append(need.reasons, fmt.Sprintf("contents overlap by %d.%d %%, needed %d.%d %%", d.Overlap/10, d.Overlap%10, d.Needed/10, d.Needed%10))
	return d
}

// datesPart gives the reason why two dates cannot be one occasion, "" when they
// can. A day between them is left to the zones of those who report, so it counts
// only where the zones are not known to be one.
func datesPart(a, b Mention) string {
	if !a.Said.Agrees(b.Said, 1) {
		return fmt.Sprintf("said on different days, %s and %s", a.Said, b.Said)
	}
	if a.dated() && b.dated() && !a.Said.Agrees(b.Said, 0) && a.Zone != "" && a.Zone == b.Zone {
		return fmt.Sprintf("said on different days of one zone, %s and %s", a.Said, b.Said)
	}
	if a.Old != b.Old && (!a.retells(b) || !b.retells(a)) {
		return "one retells something of another time"
	}
	return ""
}

// retellsWithin is how many days back an undated retelling is looked for among
// what was said.
const retellsWithin = 60

// retells reports whether m, if it is background without a day, can be a
// retelling of n.
func (m Mention) retells(n Mention) bool {
	if !m.Old || m.Said.Day != 0 {
		return true
	}
	if m.Seen.Day == 0 || n.Said.Day == 0 || n.Assumed {
		return false
	}
	if n.Said.Year == 0 {
		return n.Said.Agrees(m.Seen, 1)
	}
	days := int(m.Seen.Time().Sub(n.Said.Time()).Hours() / 24)
	return days >= -1 && days <= retellsWithin
}

// foreign reports two languages, whose words cannot be compared.
func (m Mention) foreign(n Mention) bool { return m.Lang != "" && n.Lang != "" && m.Lang != n.Lang }

func overlaps(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// Buckets are the names under which a mention can be found again by another of
// the same speaker, whether that one gives a name, an organisation or a state.
func (m Mention) Buckets() []string {
	var names []string
	for _, v := range m.Voices {
		if v.Country != "" {
			names = append(names, "c:"+string(v.Country))
		}
		for _, w := range v.Name {
			names = append(names, "n:"+w)
		}
		if v.OrgID != "" {
			names = append(names, "i:"+string(v.OrgID))
		}
		if len(v.Org) > 0 {
			names = append(names, "o:"+v.Org[0])
		}
		if v.anonymous() || len(names) == 0 {
			names = append(names, "?")
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Occasion reports whether two mentions belong to one speech event: a speaker
// who spoke on one day. Where one is known by state only, as in a headline, the
// party at issue has to agree as well; a day of publication counts only within
// one article.
func (m Mention) Occasion(n Mention) bool {
	kin := kinship(m.Voices, n.Voices)
	if m.Old || n.Old || kin < SameSide {
		return false
	}
	if kin == SameSide && !overlaps(m.Parties, n.Parties) && m.Article != n.Article {
		return false
	}
	if m.Article != "" && m.Article == n.Article {
		return m.Said.Agrees(n.Said, 1)
	}
	return m.onOneDay(n)
}
