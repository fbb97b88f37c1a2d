package compose

import (
	"fmt"
	"slices"
	"strings"

	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// Holding is a claim with who holds what on it.
type Holding struct {
	Claim     claim.Claim
	Positions []store.Position
}

// maxParties bounds the parties shown for each side of a claim.
const maxParties = 8

// Holdings answers who holds what since when, claim by claim, the sides of each
// side by side, with dates, words and sources.
func (c *Composer) Holdings(headline string, all []Holding) (message.Message, error) {
	m := message.Message{Headline: headline}
	for _, h := range all {
		m.Blocks = append(m.Blocks, message.H(string(h.Claim.ID)+" "+Title(h.Claim)))
		if small := claimLine(h); small != "" {
			m.Blocks = append(m.Blocks, message.C(message.T(small)))
		}
		blocks, err := c.sides(h)
		if err != nil {
			return m, err
		}
		m.Blocks = append(m.Blocks, blocks...)
	}
	return m, nil
}

// claimLine is the standing of a claim: "Proposed by the bot. Contested."
func claimLine(h Holding) string {
	var parts []string
	switch {
	case h.Claim.Status == claim.Withdrawn:
		parts = append(parts, "Withdrawn")
	case h.Claim.Proposed:
		parts = append(parts, "Proposed, not confirmed by a person yet")
	}
	if historyOf(h.Positions).contested() {
		parts = append(parts, "Contested")
	}
	if h.Claim.FirstBy != "" {
		by := "First said by " + WithArticle(h.Claim.FirstBy)
		if !h.Claim.FirstSaid.IsZero() {
			by += ", " + Date(h.Claim.FirstSaid)
		}
		parts = append(parts, by)
	}
	if len(h.Positions) == 0 {
		parts = append(parts, "No statement on record yet")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ". ") + "."
}

func (c *Composer) sides(h Holding) ([]message.Block, error) {
	var out []message.Block
	for _, s := range []side{forIt, againstIt, open} {
		all := together(h.Positions, s)
		for _, ps := range all[:min(len(all), maxParties)] {
			b, err := c.position(ps)
			if err != nil {
				return nil, err
			}
			out = append(out, b)
		}
		if n := len(all) - maxParties; n > 0 {
			out = append(out, message.I(message.T("And "+Count(n, "more party")+" "+sidePlural[s]+".")))
		}
	}
	return out, nil
}

var sidePlural = map[side]string{forIt: "for it", againstIt: "against it", open: "that leave it open"}

// together groups the positions of one side that parties took with one joint
// statement. Unnamed voices of a country are left out where it speaks openly.
func together(all []store.Position, s side) [][]store.Position {
	var names []string
	for _, p := range all {
		if sideOf(p.Standing) == s {
			names = append(names, WithArticle(p.Party))
		}
	}
	open := openly(names)
	var out [][]store.Position
	for _, p := range all {
		if sideOf(p.Standing) != s || !slices.Contains(open, WithArticle(p.Party)) {
			continue
		}
		i := slices.IndexFunc(out, func(o []store.Position) bool {
			return o[0].Statement == p.Statement && o[0].Standing == p.Standing && len(o[0].Before)+len(p.Before) == 0
		})
		if i < 0 {
			out = append(out, []store.Position{p})
			continue
		}
		out[i] = append(out[i], p)
	}
	return out
}

// position is that of one party, or of several that spoke together: "China denies
// it since 25 May 2023 (7 times): “...” (Xinhua, S1)".
func (c *Composer) position(ps []store.Position) (message.Block, error) {
	p := ps[0]
	var names []string
	for _, o := range ps {
		names = append(names, WithArticle(o.Party))
		p.Count = max(p.Count, o.Count)
	}
	several := len(ps) > 1 || several(p.Party)
	runs := []message.Inline{message.B(capital(List(names, 6))), message.T(" " + holds[p.Standing].of(several) + since(p))}
	if len(p.Before) > 0 {
		was := p.Before[len(p.Before)-1]
		runs = append(runs, message.T("; before that it "+pastHolds[was.Standing]))
	}
	st, err := c.archive.Statement(p.Statement)
	if err != nil {
		return message.Block{}, fmt.Errorf("compose: statement %s: %w", p.Statement, err)
	}
	if hedge := certainty(st.Said); hedge != "" {
		runs = append(runs, message.T(", with “"+message.Cut(hedge, 40)+"”"))
	}
	if st.Said.Words != "" {
		runs = append(runs, message.T(": "+Words(st.Said, shortQuote)))
	}
	runs = append(runs, message.T(" "))
	return message.I(append(runs, source(st)...)...), nil
}

// since is " since 25 May 2023 (7 times)".
func since(p store.Position) string {
	out := ""
	if p.Since.Year != 0 {
		out = " since " + Date(p.Since)
	}
	if p.Count > 1 {
		out += fmt.Sprintf(" (%s times)", thousands(p.Count))
	}
	return out
}

// source is the first outlet as a link, with the number of the others, and the
// statement's id: "(Xinhua and 1 other, S1)".
func source(st store.Statement) []message.Inline {
	cs := carried(st)
	out := []message.Inline{message.T("(")}
	if len(cs.links) > 0 {
		out = append(out, cs.links[0].inline())
	}
	if n := len(cs.outlets) - 1; n > 0 {
		out = append(out, message.T(" and "+Count(n, "other")))
	}
	if len(cs.links) > 0 {
		out = append(out, message.T(", "))
	}
	return append(out, message.T(string(st.ID)+")"))
}

// Slice is a part of a list that is too long for one answer.
type Slice struct {
	First, Total int    // the place of the first entry shown, from 1; of how many
	Next         string // the command for the rest; "" at the end
}

func (s Slice) actions() []message.Action {
	if s.Next == "" || len(s.Next) > 200 {
		return nil
	}
	return []message.Action{{ID: "page", Value: s.Next, Label: "More", Sign: "➡️"}}
}

// line is "1 to 20 of 57. For more: timeline C1 page 2".
func (s Slice) line(shown int) []message.Block {
	if s.Total <= shown {
		return nil
	}
	text := fmt.Sprintf("%d to %d of %s.", s.First, s.First+shown-1, thousands(s.Total))
	runs := []message.Inline{message.T(text)}
	if s.Next != "" {
		runs = append(runs, message.T(" For more: "), message.F(s.Next))
	}
	return []message.Block{message.C(runs...)}
}

// Timeline tells what was said on a claim, in the order in which it was said.
func (c *Composer) Timeline(cl claim.Claim, entries []store.Entry, s Slice) message.Message {
	m := message.Message{Headline: "Timeline of " + string(cl.ID) + ": " + Title(cl)}
	year := -1
	for _, e := range entries {
		if y := e.Statement.Said.Said.Year; y != year {
			year = y
			m.Blocks = append(m.Blocks, message.H(yearTitle(y)))
		}
		m.Blocks = append(m.Blocks, timelineEntry(e))
	}
	if len(entries) == 0 {
		m.Blocks = append(m.Blocks, message.P(message.T("No statement on record yet.")))
	}
	m.Blocks = append(m.Blocks, s.line(len(entries))...)
	m.Actions = s.actions()
	return m
}

func yearTitle(y int) string {
	if y == 0 {
		return "At an unknown time"
	}
	return fmt.Sprint(y)
}

func timelineEntry(e store.Entry) message.Block {
	st := e.Statement
	who, plural := Speakers(st.Said)
	v := holds[e.Link.Standing].of(plural)
	when := "Day unknown"
	if !st.Said.Said.IsZero() {
		when = dayMonth(st.Said.Said)
	}
	mark := ""
	if !e.Link.Confirmed {
		mark = " [suggested]"
	}
	runs := []message.Inline{message.B(when), message.T(": " + who + " " + v + " (" + StanceWord(st.Said.Stance) + ")" + mark + ": " + Words(st.Said, shortQuote) + " ")}
	return message.I(append(runs, source(st)...)...)
}

// dayMonth is a date beneath its year: "14 October".
func dayMonth(d statement.Date) string {
	if d.Month == 0 {
		return "In the year"
	}
	d.Year = 0
	if d.Day == 0 {
		return d.Month.String()
	}
	return Date(d)
}

// Statements lists statements, each with its claim, words and sources.
func (c *Composer) Statements(headline string, sts []store.Statement, s Slice) (message.Message, error) {
	m := message.Message{Headline: headline}
	for _, st := range sts {
		t, err := c.about(st, "")
		if err != nil {
			return m, err
		}
		m.Blocks = append(m.Blocks, t.listed()...)
	}
	m.Blocks = append(m.Blocks, s.line(len(sts))...)
	m.Actions = s.actions()
	return m, nil
}

// listed is a statement as an entry of a list.
func (t told) listed() []message.Block {
	when := "Day unknown"
	if !t.Said.Said.IsZero() {
		when = Date(t.Said.Said)
	}
	small := []message.Inline{message.T(when + ", " + string(t.ID))}
	if t.claim.ID != "" {
		mark := string(t.claim.ID)
		if t.claim.Proposed {
			mark += " (proposed)"
		}
		small = append(small, message.T(", "+mark))
	}
	small = append(small, message.T(". "))
	return []message.Block{
		message.I(message.T(sentence(t.sentenceOf(headlineLimit)))),
		quote(t, shortQuote),
		message.C(append(small, carried(t.Statement).runs(4)...)...),
	}
}

// Claims lists claims, one a line.
func Claims(headline string, all []claim.Claim, s Slice) message.Message {
	m := message.Message{Headline: headline}
	for _, c := range all {
		runs := []message.Inline{message.B(string(c.ID)), message.T(" " + Title(c))}
		if marks := claimMarks(c); len(marks) > 0 {
			runs = append(runs, message.T(" ["+strings.Join(marks, ", ")+"]"))
		}
		m.Blocks = append(m.Blocks, message.I(runs...))
	}
	m.Blocks = append(m.Blocks, s.line(len(all))...)
	m.Actions = s.actions()
	return m
}

func claimMarks(c claim.Claim) []string {
	var marks []string
	if c.Proposed {
		marks = append(marks, "proposed")
	}
	if c.Status > claim.Open {
		marks = append(marks, c.Status.String())
	}
	if c.Merged != "" {
		marks = append(marks, "merged into "+string(c.Merged))
	}
	return marks
}

// Spoken groups what one speaker said by claim, newest first.
func (c *Composer) Spoken(headline string, sts []store.Statement, s Slice) (message.Message, error) {
	byClaim := map[claim.ID][]told{}
	var order []claim.ID
	for _, st := range sts {
		t, err := c.about(st, "")
		if err != nil {
			return message.Message{}, err
		}
		if !slices.Contains(order, t.claim.ID) {
			order = append(order, t.claim.ID)
		}
		byClaim[t.claim.ID] = append(byClaim[t.claim.ID], t)
	}
	m := message.Message{Headline: headline}
	for _, id := range order {
		title := "On no claim on record"
		if id != "" {
			title = string(id) + " " + Title(byClaim[id][0].claim)
		}
		m.Blocks = append(m.Blocks, message.H(title))
		for _, t := range byClaim[id] {
			m.Blocks = append(m.Blocks, t.spoken())
		}
	}
	m.Blocks = append(m.Blocks, s.line(len(sts))...)
	m.Actions = s.actions()
	return m, nil
}

// spoken is "14 October 2024, Mao Ning (China), rebuttal: ... (Xinhua, S1)".
func (t told) spoken() message.Block {
	who, _ := Speakers(t.Said)
	when := "Day unknown"
	if !t.Said.Said.IsZero() {
		when = Date(t.Said.Said)
	}
	runs := []message.Inline{message.B(when), message.T(", " + who + ", " + StanceWord(t.stance()) + ": " + Words(t.Said, shortQuote) + " ")}
	return message.I(append(runs, source(t.Statement)...)...)
}

// Claim shows one claim in full: its sentence, its fields, who holds what, and
// who changed it.
func (c *Composer) Claim(h Holding, trail []store.Change) (message.Message, error) {
	cl := h.Claim
	m := message.Message{Headline: "Claim " + string(cl.ID) + ": " + first(cl.Text, cl.Title)}
	var parts []string
	for _, f := range []struct{ name, value string }{
		{"Title", cl.Title}, {"Actor", Actors(cl.Actors)}, {"Accused", Parties(cl.Accused)}, {"Victim", Parties(cl.Victims)},
		{"Relation", relationOf(cl)}, {"Operation", cl.Operation}, {"Tags", strings.Join(cl.Tags, ", ")},
	} {
		if f.value != "" {
			parts = append(parts, f.name+": "+message.Cut(f.value, 120))
		}
	}
	if len(parts) > 0 {
		m.Blocks = append(m.Blocks, message.P(message.T(strings.Join(parts, ". ")+".")))
	}
	m.Blocks = append(m.Blocks, message.C(message.T(claimLine(h))))
	if cl.Source != "" {
		m.Blocks = append(m.Blocks, message.C(message.T("Source: "), message.L(first(hostOf(cl.Source), cl.Source), cl.Source)))
	}
	sides, err := c.sides(h)
	if err != nil {
		return m, err
	}
	m.Blocks = append(m.Blocks, sides...)
	if len(trail) > 0 {
		m.Blocks = append(m.Blocks, message.H("What people changed"))
		for _, ch := range trail[max(len(trail)-10, 0):] {
			m.Blocks = append(m.Blocks, change(ch))
		}
	}
	m.Actions = []message.Action{{ID: "timeline", Value: string(cl.ID), Label: "Timeline", Sign: "📜"}}
	if cl.Proposed {
		m.Actions = append(m.Actions, reviewActions(cl.ID)...)
	}
	return m, nil
}

func relationOf(cl claim.Claim) string {
	if cl.Relation == 0 {
		return ""
	}
	return cl.Relation.String()
}

func reviewActions(id claim.ID) []message.Action {
	return []message.Action{
		{ID: "confirm", Value: string(id), Label: "Confirm " + string(id), Sign: "✅"},
		{ID: "withdraw", Value: string(id), Label: "Withdraw " + string(id), Sign: "❌"},
	}
}

// Review lists what waits for a person.
func (c *Composer) Review(proposed []claim.Claim, suggested []store.Entry, s Slice) (message.Message, error) {
	m := message.Message{Headline: "Waiting for a person: " + Count(s.Total, "proposed claim") + " and " + Count(len(suggested), "suggested link")}
	if len(proposed) > 0 {
		m.Blocks = append(m.Blocks, message.H("Proposed claims"), message.C(message.T("Keep one with "), message.F("claim confirm C12"), message.T(", drop it with "), message.F("claim withdraw C12"), message.T(", or join it with "), message.F("claim merge C14 C12")))
		for _, cl := range proposed {
			m.Blocks = append(m.Blocks, message.I(message.B(string(cl.ID)), message.T(" "+Title(cl))))
		}
		m.Blocks = append(m.Blocks, s.line(len(proposed))...)
	}
	if len(suggested) > 0 {
		m.Blocks = append(m.Blocks, message.H("Suggested links"), message.C(message.T("Set one with "), message.F("claim link S3 C12 denies"), message.T(" or drop it with "), message.F("claim unlink S3 C12")))
	}
	for _, e := range suggested {
		cl, err := c.claim(e.Link.Claim)
		if err != nil {
			return m, err
		}
		who, _ := Speakers(e.Statement.Said)
		m.Blocks = append(m.Blocks,
			message.I(message.B(string(e.Statement.ID)), message.T(" "+who+": "+Words(e.Statement.Said, shortQuote))),
			message.C(message.T(fmt.Sprintf("Perhaps it %s %s: %s (score %d of 1000).", e.Link.Standing, cl.ID, Title(cl), e.Link.Score))))
	}
	m.Actions = s.actions()
	return m, nil
}
