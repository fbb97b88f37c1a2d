package compose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// The bounds of an alert, in characters and entries: it is read at a glance.
const (
	headlineLimit = 170
	quoteLimit    = 420
	shortQuote    = 180
	maxAlso       = 6
	maxSources    = 6
)

// Alert tells of a story from the statements that made it due: who says what
// about whom in which words, who says otherwise, and who carries it.
func (c *Composer) Alert(y store.Story, by []store.StatementID) (message.Message, error) {
	return c.alert(y, by, false)
}

// Update is the alert brought up to date with what followed in the story.
func (c *Composer) Update(y store.Story, by []store.StatementID) (message.Message, error) {
	return c.alert(y, by, true)
}

func (c *Composer) alert(y store.Story, by []store.StatementID, followed bool) (message.Message, error) {
	all, err := c.opening(y, by)
	if err != nil {
		return message.Message{}, err
	}
	lead := all[0]
	var m message.Message
	var since others
	if followed {
		if since, err = c.since(y, all); err != nil {
			return message.Message{}, err
		}
	}
	m.Headline = headline(lead, since.text)
	if since.text != "" {
		m.Blocks = append(m.Blocks, message.C(message.T(since.when+": "+since.text+".")))
	}
	m.Blocks = append(m.Blocks, act(lead), quote(lead, quoteLimit))
	standing, err := c.standing(lead)
	if err != nil {
		return message.Message{}, err
	}
	m.Blocks = append(m.Blocks, standing...)
	m.Blocks = append(m.Blocks, also(lead, all[1:])...)
	m.Blocks = append(m.Blocks, message.C(carried(statements(all)...).runs(maxSources)...))
	m.Blocks = append(m.Blocks, message.C(message.T(ids(y, all))))
	m.Actions = Actions(lead.ID, lead.claim.ID)
	return m, nil
}

// headline ends with the denials that followed, so that the alert's first line
// is never left one-sided.
func headline(lead told, since string) string {
	denied := ""
	for part := range strings.SplitSeq(since, "; ") {
		if strings.HasPrefix(part, "denied by ") && sideOf(lead.link.Standing) == forIt {
			denied = "; now " + part
		}
	}
	return capital(lead.sentenceOf(headlineLimit-len([]rune(denied))) + denied)
}

// opening are the statements of the speech event that the first of by belongs
// to, with a lead on the story's claim first.
func (c *Composer) opening(y store.Story, by []store.StatementID) ([]told, error) {
	if len(by) == 0 {
		by = y.Statements
	}
	if len(by) == 0 {
		return nil, fmt.Errorf("compose story %s: no statement", y.ID)
	}
	var all []told
	for _, id := range union(by, y.Statements) {
		t, err := c.tell(id, y.Claim)
		if err != nil {
			return nil, err
		}
		if slices.Contains(by, id) || sameEvent(all[0].Said, t.Said) {
			all = append(all, t)
		}
	}
	onClaim := func(t told) bool {
		return slices.Contains(by, t.ID) && t.claim.ID != "" && t.link.Claim == y.Claim && t.link.Standing != claim.Hedges
	}
	lead := slices.IndexFunc(all, func(t told) bool { return onClaim(t) && t.link.Confirmed })
	if lead < 0 {
		lead = slices.IndexFunc(all, onClaim)
	}
	if lead > 0 {
		t := all[lead]
		all = slices.Insert(slices.Delete(all, lead, lead+1), 0, t)
	}
	return all, nil
}

func union(a, b []store.StatementID) []store.StatementID {
	out := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// sameEvent reports whether two statements were made by one speaker on one
// occasion.
func sameEvent(a, b statement.Statement) bool {
	return strings.EqualFold(Party(a.Speaker), Party(b.Speaker)) && a.Said.Agrees(b.Said, 0)
}

// act is the line of who, how, when and where.
func act(t told) message.Block {
	name, rest := SpeakerInFull(t.Said.Speaker)
	runs := []message.Inline{message.T(capital(first(StanceWord(t.stance()), "statement")) + " by "), message.B(name)}
	if rest != "" {
		runs = append(runs, message.T(", "+rest))
	}
	if len(t.Said.With) > 0 {
		runs = append(runs, message.T(", with "+with(t.Said.With)))
	}
	runs = append(runs, message.T(". "+occasion(t.Said)+concerns(t.Said)))
	return message.P(runs...)
}

// occasion is when and where: "Said on 14 October 2024, daily press briefing. ".
func occasion(s statement.Statement) string {
	when := ""
	switch {
	case s.Said.Day != 0:
		when = "on " + Date(s.Said)
	case !s.Said.IsZero():
		when = "in " + Date(s.Said)
	}
	if s.Venue != "" {
		when = strings.TrimPrefix(when+", "+message.Cut(s.Venue, 60), ", ")
	}
	if when == "" {
		return ""
	}
	return "Said " + when + ". "
}

func with(all []statement.Speaker) string {
	var names []string
	for _, s := range all {
		if n := joint(s); !said(names, n) {
			names = append(names, n)
		}
	}
	return List(names, 6)
}

// concerns names the accused and the actors: "Concerns China and Volt Typhoon."
func concerns(s statement.Statement) string {
	var parts []string
	if p := Parties(s.Accused); p != "" {
		parts = append(parts, p)
	}
	if a := Actors(s.Actors); a != "" && !said(parts, a) {
		parts = append(parts, a)
	}
	if len(parts) == 0 {
		return ""
	}
	out := "Concerns " + strings.Join(parts, "; ") + "."
	if p := Parties(s.Culprit); p != "" {
		out += " Names " + p + " instead."
	}
	return out
}

// quote is the statement's words. Only direct speech stands in quotation marks of
// ours; other words are the article's.
func quote(t told, limit int) message.Block {
	return message.Q(message.T(Words(t.Said, limit)))
}

// Words are a statement's words, bounded: in quotation marks where they are the
// speaker's own, with an ellipsis where they begin inside a sentence of the
// article's.
func Words(s statement.Statement, limit int) string {
	words := strings.TrimRight(strings.TrimSpace(message.Inert(s.Words)), ",;")
	if s.Type == statement.Direct {
		words = strings.TrimRight(strings.Trim(words, "“”\"„«» "), ",;")
		return "“" + message.Cut(words, limit) + "”"
	}
	words = afterLead(words)
	if r, _ := utf8.DecodeRuneInString(words); unicode.IsLower(r) {
		words = "…" + words
	}
	return message.Cut(words, limit)
}

// lead is what an indirect speech may begin with before its own words: when,
// where and to whom it was said.
var lead = regexp.MustCompile(`^(?:(?:on|in|at|earlier|during|late|later|last|yesterday|today)\b(?: [^\s,]+){0,4} |(?:reporters|journalists|parliament|lawmakers|senators|Reuters|AFP|AP|CNN) )?that `)

// afterLead drops such a beginning.
func afterLead(words string) string { return words[len(lead.FindString(words)):] }

// standing is the claim with its history and what is contested.
func (c *Composer) standing(t told) ([]message.Block, error) {
	if t.claim.ID == "" {
		return []message.Block{message.C(message.T("It stands to no claim on record yet."))}, nil
	}
	ps, err := c.archive.Positions(t.claim.ID)
	if err != nil {
		return nil, fmt.Errorf("compose: positions on %s: %w", t.claim.ID, err)
	}
	small := claimMark(t) + " " + historyOf(ps).line(t.link.Standing, t.Said)
	if historyOf(ps).contested() {
		small += " The claim is contested."
	}
	if hedge := certainty(t.Said); hedge != "" {
		small += " Certainty, as worded: “" + message.Cut(hedge, 60) + "”."
	}
	if !t.link.Confirmed {
		small += " The match with this claim is suggested, not confirmed."
	}
	return append(turn(t, ps), message.C(message.T(strings.TrimSpace(small)))), nil
}

// turn tells of the positions that the statement changed.
func turn(t told, ps []store.Position) []message.Block {
	var out []message.Block
	for _, p := range ps {
		if p.Statement == t.ID && len(p.Before) > 0 && p.Before[len(p.Before)-1].Standing != p.Standing {
			out = append(out, message.P(message.B("A change of position"), message.T(" by "+WithArticle(p.Party)+": it "+changed(p)+".")))
		}
	}
	return out
}

// certainty is the hedge of an assertion; a scornful "so-called" is none.
func certainty(s statement.Statement) string {
	if s.Stance.Polarity() != statement.Asserts || strings.EqualFold(s.Certainty, "so-called") {
		return ""
	}
	return s.Certainty
}

// claimMark names the claim, and repeats its sentence only where the headline
// had no room for it.
func claimMark(t told) string {
	mark := "Claim " + string(t.claim.ID)
	if strings.HasSuffix(t.sentenceOf(headlineLimit), "…") {
		mark += ": " + strings.TrimRight(message.Cut(capital(Clause(t.claim)), 300), ".")
	}
	switch {
	case t.claim.Status == claim.Withdrawn:
		mark += ", withdrawn since"
	case t.claim.Proposed:
		mark = "Proposed claim" + strings.TrimPrefix(mark, "Claim") + ", not confirmed by a person yet"
	}
	return mark + "."
}

// also lists what else was said on the occasion, one entry a claim.
func also(lead told, rest []told) []message.Block {
	var out []message.Block
	seen := map[claim.ID]bool{}
	more := 0
	for _, t := range rest {
		if t.claim.ID != "" && seen[t.claim.ID] {
			continue
		}
		seen[t.claim.ID] = true
		if len(out) == maxAlso {
			more++
			continue
		}
		says := alsoSays(t)
		if t.claim.ID != "" && t.claim.ID == lead.claim.ID {
			says = "said"
		}
		out = append(out, message.I(message.T("Also "+says+": "+Words(t.Said, shortQuote))))
	}
	if more > 0 {
		out = append(out, message.I(message.T("And "+Count(more, "more statement")+" on other claims.")))
	}
	return out
}

// alsoSays is "denies that Guam is ... (proposed claim C14)".
func alsoSays(t told) string {
	if t.claim.ID == "" {
		return "(" + first(StanceWord(t.stance()), "said") + ")"
	}
	mark := string(t.claim.ID)
	if t.claim.Proposed {
		mark = "proposed claim " + mark
	}
	return Says(t.stance(), t.link.Standing, false) + " " + message.Cut(Clause(t.claim), 120) + " (" + mark + ")"
}

// ids are the names that commands take.
func ids(y store.Story, all []told) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, string(t.ID))
	}
	out := Plural(len(parts), "Statement") + " " + List(parts, 4)
	if y.Before != "" {
		out += ". An earlier story on the claim is " + string(y.Before)
	}
	return out + "."
}

func statements(all []told) []store.Statement {
	var out []store.Statement
	for _, t := range all {
		out = append(out, t.Statement)
	}
	return out
}

// others are what others than the speaker of an alert said in its story.
type others struct {
	when string // "Since then", or "On the same day" where nothing came later
	text string // "denied by China; asserted by Japan"
}

// since is what others said after the opening, or beside it.
func (c *Composer) since(y store.Story, opening []told) (others, error) {
	out := others{when: "On the same day"}
	who := map[side][]string{}
	for _, id := range y.Statements {
		if slices.ContainsFunc(opening, func(t told) bool { return t.ID == id }) {
			continue
		}
		t, err := c.tell(id, y.Claim)
		if err != nil {
			return out, err
		}
		if t.link.Claim != y.Claim || sameEvent(t.Said, opening[0].Said) {
			continue
		}
		if t.Said.Said != opening[0].Said.Said {
			out.when = "Since then"
		}
		s := sideOf(t.link.Standing)
		name := Party(t.Said.Speaker)
		if len(t.Said.With) > 0 {
			name, _ = Speakers(t.Said)
		}
		if !slices.Contains(who[s], name) {
			who[s] = append(who[s], name)
		}
	}
	var parts []string
	for _, s := range []side{againstIt, forIt, open} {
		if len(who[s]) > 0 {
			parts = append(parts, sidePassive[s]+" "+List(openly(who[s]), 3))
		}
	}
	out.text = strings.Join(parts, "; ")
	return out, nil
}

// openly drops the unnamed voices of a country that has spoken openly.
func openly(names []string) []string {
	return slices.DeleteFunc(names, func(n string) bool {
		country, unnamed := strings.CutSuffix(n, " (unnamed)")
		return unnamed && slices.Contains(names, WithArticle(country))
	})
}

// Actions are what a reader can do with a statement and its claim.
func Actions(st store.StatementID, c claim.ID) []message.Action {
	value := strings.TrimSpace(string(st) + " " + string(c))
	acts := []message.Action{
		{ID: "right", Value: value, Label: "Right", Sign: "✅"},
		{ID: "wrong", Value: value, Label: "Not this claim", Sign: "❌"},
		{ID: "mute", Value: value, Label: "Mute 7 days", Sign: "🔇"},
		{ID: "timeline", Value: value, Label: "Timeline", Sign: "📜"},
		{ID: "why", Value: value, Label: "Why?", Sign: "❓"},
	}
	if c == "" {
		return acts[4:]
	}
	return acts
}

// cutTo bounds s at n characters, but leaves at least a few words.
func cutTo(s string, n int) string { return message.Cut(s, max(n, 40)) }

// Opening names the statements that an alert of the story made due by the given
// ones tells of: theirs and what else was said on the same occasion.
func (c *Composer) Opening(y store.Story, by []store.StatementID) ([]store.StatementID, error) {
	all, err := c.opening(y, by)
	if err != nil {
		return nil, err
	}
	out := make([]store.StatementID, len(all))
	for i, t := range all {
		out[i] = t.ID
	}
	return out, nil
}
