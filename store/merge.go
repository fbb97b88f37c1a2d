package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/identity"
)

// mention takes in one statement as an article reports it: an appearance of a
// statement that is known, or a new one.
func (r *recording) mention(a *Article, said statement.Statement, verdicts []claim.Verdict) error {
	r.out.Mentions++
	said.Said = readable(said.Said)
	verdicts = r.withFresh(said, verdicts)
	m := identity.Of(said, identity.Place{Article: a.ID, Published: a.Published, Lang: a.Lang}, verdicts)
	near, err := r.near(m, a)
	if err != nil {
		return err
	}
	var st Statement
	kept := Mention{ID: said.ID, Span: said.Span, Words: said.Words, Rule: said.Rule}
	if best, ok := bestOf(near); ok {
		st, err = r.appear(a, said, best.id, verdicts)
		kept.Decision = append([]string{"merged into " + string(st.ID)}, best.Reasons...)
	} else {
		st, err = r.newStatement(a, said, verdicts, occasion(m, near))
		kept.Decision = r.decisions(st, near)
	}
	if err != nil {
		return err
	}
	r.setScene(&st)
	kept.Statement = st.ID
	a.Mentions = append(a.Mentions, kept)
	return nil
}

// readable drops of a date what could not be read back from the store.
func readable(d statement.Date) statement.Date {
	if back, err := statement.ParseDate(d.String()); err == nil && back == d {
		return d
	}
	return statement.Date{}
}

// neighbour is a stored statement compared with a mention.
type neighbour struct {
	identity.Decision
	id      StatementID
	n       uint64
	mention identity.Mention
}

// maxNear bounds the comparisons for one mention: a day on which one state is
// said to have spoken more often is not a day of statements.
const maxNear = 2000

// near compares a mention with the stored statements that can be the same: by a
// speaker of the same name, organisation or state, on a day that agrees. Those
// that the article says already, as it reads now, have to be said twice to be
// the same.
func (r *recording) near(m identity.Mention, a *Article) ([]neighbour, error) {
	var found []neighbour
	for _, n := range r.candidates(m) {
		other, ok, err := get[identity.Mention](r.view, numKey(pBriefing, n))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		id := StatementID(idOf(letterStatement, n))
		if a.says(id) {
			other.Article = a.ID
		}
		found = append(found, neighbour{identity.Compare(m, other), id, n, other})
	}
	return found, nil
}

// says reports whether one of the article's mentions is of a statement.
func (a *Article) says(id StatementID) bool {
	return slices.ContainsFunc(a.Mentions, func(m Mention) bool { return m.Statement == id && !m.Gone })
}

// candidates are the numbers of the statements to compare with, in order.
func (r *recording) candidates(m identity.Mention) []uint64 {
	seen := map[uint64]bool{}
	for _, bucket := range m.Buckets() {
		if m.Said.IsZero() && strings.HasPrefix(bucket, "c:") {
			continue // of an undated one only the same person or office is looked for
		}
		for _, days := range daysNear(m.Said) {
			for k := range r.r.Ascend(textKey(pVoice, bucket, days.from), textKey(pVoice, bucket, days.to)) {
				if seen[tailNumber(k)] = true; len(seen) >= maxNear {
					return sortedNumbers(seen)
				}
			}
		}
	}
	return sortedNumbers(seen)
}

func sortedNumbers(set map[uint64]bool) []uint64 {
	ns := make([]uint64, 0, len(set))
	for n := range set {
		ns = append(ns, n)
	}
	slices.Sort(ns)
	return ns
}

// span is a half-open range of day keys as yearKey writes them.
type span struct{ from, to string }

// seasonKey writes a date with the year last, so that a day of an unknown year
// stands beside the same day of any year.
func seasonKey(d statement.Date) string {
	return fmt.Sprintf("%02d%02d%04d", d.Month, d.Day, d.Year)
}

// daysNear are the ranges in which the days that agree with a date lie, and
// those of dates that leave something open.
func daysNear(d statement.Date) []span {
	switch {
	case d.Month == 0:
		return []span{{"", "~"}}
	case d.Day == 0:
		return []span{{fmt.Sprintf("%02d", d.Month), fmt.Sprintf("%02d~", d.Month)}, {"0000", "0000~"}}
	}
	spans := []span{{"0000", "0000~"}, {fmt.Sprintf("%02d00", d.Month), fmt.Sprintf("%02d00~", d.Month)}}
	year := d.Year
	if year == 0 {
		year = 2024 // a leap year: the day may be 29 February
	}
	for by := -1; by <= 1; by++ {
		t := time.Date(year, d.Month, d.Day+by, 0, 0, 0, 0, time.UTC)
		at := fmt.Sprintf("%02d%02d", t.Month(), t.Day())
		spans = append(spans, span{at, at + "~"})
	}
	return spans
}

// bestOf is the surest of those that are the same; the eldest among equals.
func bestOf(near []neighbour) (neighbour, bool) {
	var best neighbour
	for _, n := range near {
		if n.Finding == identity.Same && (best.id == "" || n.Margin() > best.Margin()) {
			best = n
		}
	}
	return best, best.id != ""
}

// occasion is the eldest stored statement of the same speech event: a speaker
// known by name or organisation, and the same day.
func occasion(m identity.Mention, near []neighbour) StatementID {
	for _, n := range near {
		if m.Occasion(n.mention) {
			return n.id
		}
	}
	return ""
}

// decisions are the words that say why a mention became a statement of its own
// and how it stands to claims.
func (r *recording) decisions(st Statement, near []neighbour) []string {
	words := []string{"new statement " + string(st.ID)}
	closest := -1
	for i, n := range near {
		if len(n.Reasons) > 1 && (closest < 0 || n.Margin() > near[closest].Margin()) {
			closest = i
		}
	}
	if closest >= 0 {
		n := near[closest]
		words = append(words, fmt.Sprintf("nearest was %s: %s", n.id, n.Reasons[len(n.Reasons)-1]))
	}
	for _, l := range st.Links {
		word := "suggested"
		if l.Confirmed {
			word = "confirmed"
		}
		words = append(words, fmt.Sprintf("%s: %s %s, score %d", word, l.Standing, l.Claim, l.Score))
	}
	if len(st.Links) == 0 {
		words = append(words, "no stored claim matches")
	}
	if !st.Waiting.IsZero() {
		words = append(words, "a denial without its accusation: waits until "+st.Waiting.Format(time.DateOnly))
	}
	return words
}

// appear adds an article to a known statement.
func (r *recording) appear(a *Article, said statement.Statement, id StatementID, verdicts []claim.Verdict) (Statement, error) {
	st, err := must[Statement](r.view, statementKey(id), "statement", string(id))
	if err != nil {
		return st, err
	}
	before := st.clone()
	again := r.carry(&st, a, said)
	if fuller(said, st.Said) {
		said.Said, said.SaidZone = surerDate(said, st.Said)
		st.Said = said
	}
	turned := before.Said.Background && !st.Said.Background
	gained := r.relinkBy(&st, verdicts) || turned
	quiet := a.Baseline || st.Said.Background
	if gained && !st.Said.Background {
		if err := r.belong(&st, ""); err != nil {
			return st, err
		}
	}
	if err := r.saveStatement(&before, st); err != nil {
		return st, err
	}
	if !again {
		r.out.Appearances++
		if err := r.emit(Event{Kind: NewAppearance, Statement: st.ID, Story: st.Story, Claim: st.primary(), Article: a.ID, Quiet: quiet}); err != nil {
			return st, err
		}
	}
	if turned {
		if err := r.unstand(&st); err != nil {
			return st, err
		}
	}
	if gained {
		return st, r.stand(&st, quiet)
	}
	return st, nil
}

// unstand takes a statement out of the positions again: what was recorded as
// background turned out to be news.
func (r *recording) unstand(st *Statement) error {
	for _, l := range st.Links {
		if !l.Confirmed {
			continue
		}
		if err := r.recountBut(st.ID, l.Claim); err != nil {
			return err
		}
	}
	return nil
}

// relinkBy takes the verdicts on another mention where those on the ones before
// confirmed nothing: another outlet may have the clearer words. What a person
// took away stays away. It reports whether there is a confirmed link now.
func (r *recording) relinkBy(st *Statement, verdicts []claim.Verdict) bool {
	if slices.ContainsFunc(st.Links, confirmed) {
		return false
	}
	links := slices.DeleteFunc(r.links(verdicts), func(l Link) bool {
		return slices.ContainsFunc(st.Past, func(p Link) bool { return p.Claim == l.Claim })
	})
	gained := slices.ContainsFunc(links, confirmed)
	if gained || len(st.Links) == 0 {
		st.Links = links
	}
	if gained {
		st.Waiting = zeroTime
	}
	return gained
}

// carry notes the appearance; it reports whether this article, or another at
// the same address, is there already.
func (r *recording) carry(st *Statement, a *Article, said statement.Statement) (again bool) {
	for i := range st.Appearances {
		ap := &st.Appearances[i]
		if ap.Article != a.ID && (a.URL == "" || ap.URL != a.URL) {
			continue
		}
		if ap.Gone || len(said.Words) > len(ap.Words) {
			ap.Mention, ap.Words = said.ID, said.Words
		}
		ap.Gone = false
		again = true
	}
	if !again {
		r.shareOrigin(a, st.Appearances)
		st.Appearances = append(st.Appearances, appearanceOf(a, said))
	}
	return again
}

func appearanceOf(a *Article, said statement.Statement) Appearance {
	return Appearance{
		Mention: said.ID, Article: a.ID, Outlet: a.Outlet, Origin: a.Origin, URL: a.URL, Title: a.Title,
		Lang: a.Lang, Published: a.Published, Words: said.Words,
	}
}

// shareOrigin gives an article the origin of one whose text it copies, whatever
// its credit line leaves out.
func (r *recording) shareOrigin(a *Article, as []Appearance) {
	own := r.print(a.ID)
	for _, ap := range as {
		if ap.Origin == a.Origin {
			return
		}
		if share := identity.Contained(own, r.print(ap.Article)); share >= identity.CopyFrom {
			a.Origin = ap.Origin
			a.OriginBy = fmt.Sprintf("near-equal text: about %d %% shared with article %s", share/10, ap.Article)
			return
		}
	}
}

// fuller reports whether a mention tells more than the one kept: a name, a day,
// the speaker's own words.
func fuller(a, b statement.Statement) bool {
	if a.Background != b.Background {
		return b.Background
	}
	fa, fb := fullness(a), fullness(b)
	return fa > fb || fa == fb && len(a.Words) > len(b.Words)
}

func fullness(s statement.Statement) int {
	score := 0
	for _, known := range []bool{s.Speaker.Name != "", s.Speaker.Organisation != "", s.Said.Day != 0, s.Said.Year != 0, len(s.Actors) > 0, len(s.Accused) > 0, len(s.Victims) > 0, s.Type == statement.Direct} {
		if known {
			score++
		}
	}
	return score
}

// surerDate keeps the more precise of two dates that agree.
func surerDate(a, b statement.Statement) (statement.Date, string) {
	precision := func(d statement.Date) int {
		p := 0
		for _, known := range []bool{d.Year != 0, d.Month != 0, d.Day != 0} {
			if known {
				p++
			}
		}
		return p
	}
	if precision(b.Said) > precision(a.Said) {
		return b.Said, b.SaidZone
	}
	return a.Said, a.SaidZone
}

func confirmed(l Link) bool { return l.Confirmed }

// primary is the claim of the best confirmed link, "" without one.
func (s Statement) primary() claim.ID {
	if i := slices.IndexFunc(s.Links, confirmed); i >= 0 {
		return s.Links[i].Claim
	}
	return ""
}

func (s Statement) clone() Statement {
	s.Appearances, s.Links, s.Past = slices.Clone(s.Appearances), slices.Clone(s.Links), slices.Clone(s.Past)
	return s
}
