package compose

import (
	"fmt"
	"slices"
	"strings"

	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// note is one thing that happened, ready for a thread or a digest.
type note struct {
	event store.Event
	told  told
	text  string // one sentence without its full stop
	quote bool   // the words are worth showing
}

// order in which the kinds are told, the weightiest first.
var weight = map[store.EventKind]int{
	store.PositionChanged: 1, store.FirstDenial: 2, store.NewClaim: 3, store.NewAssertion: 4, store.Unmatched: 5,
	store.Repeated: 6, store.NewAppearance: 7, store.ArticleWithdrawn: 8, store.ArticleEdited: 9, store.ClaimCurated: 10, store.SourceHealth: 11,
}

// maxNotes bounds the entries of one follow-up.
const maxNotes = 6

// FollowUp tells beneath an alert what happened in its story.
func (c *Composer) FollowUp(y store.Story, events []store.Event) (message.Message, error) {
	notes, err := c.notes(y, events)
	if err != nil {
		return message.Message{}, err
	}
	if len(notes) == 0 {
		return message.Message{}, nil
	}
	var m message.Message
	m.Headline = sentence(message.Cut(notes[0].text, 2*headlineLimit))
	m.Blocks = notes[0].blocks()
	for i, n := range notes[1:] {
		if i == maxNotes {
			m.Blocks = append(m.Blocks, message.C(message.T("And "+Count(len(notes)-1-i, "more entry")+".")))
			break
		}
		m.Blocks = append(m.Blocks, n.entry(notes[0]))
	}
	if id := notes[0].told.ID; id != "" && notes[0].event.Kind != store.NewAppearance {
		m.Actions = Actions(id, notes[0].told.claim.ID)
	}
	return m, nil
}

// entry is a note behind the first one, in one line: where it is on the same
// claim, the claim is not named again.
func (n note) entry(lead note) message.Block {
	if !n.quote {
		return message.I(message.T(sentence(n.text)))
	}
	text := n.text
	if n.told.claim.ID != "" && n.told.claim.ID == lead.told.claim.ID && n.event.Kind != store.PositionChanged {
		who, plural := Speakers(n.told.Said)
		text = capital(who) + " " + SaysIt(n.told.stance(), n.told.link.Standing, plural)
	}
	runs := []message.Inline{message.T(capital(text) + ": " + Words(n.told.Said, shortQuote) + " ")}
	return message.I(append(runs, source(n.told.Statement)...)...)
}

// blocks are the words and sources of a note.
func (n note) blocks() []message.Block {
	if !n.quote {
		return nil
	}
	runs := append([]message.Inline{message.T(n.when())}, carried(n.told.Statement).runs(maxSources)...)
	return []message.Block{quote(n.told, quoteLimit), message.C(runs...)}
}

// when is the day and the id of what was said: "14 October 2024, S12. ".
func (n note) when() string {
	out := string(n.told.ID) + ". "
	if !n.told.Said.Said.IsZero() {
		out = Date(n.told.Said.Said) + ", " + out
	}
	return out
}

// notes puts events into words, one note for each statement or article, the
// weightiest first.
func (c *Composer) notes(y store.Story, events []store.Event) ([]note, error) {
	var out []note
	var carry []store.Event
	said := map[store.StatementID]int{}
	for _, e := range events {
		if e.Kind == store.NewAppearance {
			carry = append(carry, e)
			continue
		}
		n, err := c.note(y, e)
		if err != nil {
			return nil, err
		}
		if i, ok := said[e.Statement]; ok && e.Statement != "" && perStatement(e.Kind) {
			if weight[e.Kind] < weight[out[i].event.Kind] {
				out[i] = n
			}
			continue
		}
		if perStatement(e.Kind) {
			said[e.Statement] = len(out)
		}
		out = append(out, n)
	}
	if len(carry) > 0 {
		n, err := c.appearances(y, carry, said)
		if err != nil {
			return nil, err
		}
		if n.text != "" {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b note) int { return weight[a.event.Kind] - weight[b.event.Kind] })
	return out, nil
}

// perStatement reports whether a statement is told once, whatever it did to
// several claims.
func perStatement(k store.EventKind) bool {
	switch k {
	case store.NewClaim, store.NewAssertion, store.FirstDenial, store.Repeated, store.PositionChanged, store.Unmatched:
		return true
	}
	return false
}

func (c *Composer) note(y store.Story, e store.Event) (note, error) {
	n := note{event: e}
	if e.Statement != "" {
		t, err := c.tell(e.Statement, firstID(e.Claim, y.Claim))
		if err != nil {
			return note{}, err
		}
		n.told, n.quote = t, perStatement(e.Kind)
	}
	var err error
	n.text, err = c.sentence(e, n.told)
	return n, err
}

func firstID(ids ...claim.ID) claim.ID {
	for _, id := range ids {
		if id != "" {
			return id
		}
	}
	return ""
}

// sentence is what happened, without a full stop.
func (c *Composer) sentence(e store.Event, t told) (string, error) {
	switch e.Kind {
	case store.Repeated:
		return c.repeated(t)
	case store.PositionChanged:
		return c.positionChanged(e, t)
	case store.FirstDenial:
		return t.sentenceOf(headlineLimit-30) + firstBy(e.Party, t), nil
	case store.NewClaim:
		if e.Statement == "" {
			return c.claimMade(e)
		}
		return t.sentenceOf(headlineLimit - 20), nil
	case store.ArticleEdited:
		return articleSays(t, e, "changed"), nil
	case store.ArticleWithdrawn:
		return articleSays(t, e, "withdrew"), nil
	case store.ClaimCurated:
		return strings.TrimSpace("Claim " + string(e.Claim) + " was changed by hand: " + first(e.Note, "no note was left")), nil
	case store.SourceHealth:
		return "Source " + e.Source + ": " + e.Note, nil
	}
	return t.sentenceOf(headlineLimit), nil
}

// firstBy marks the first denial by a party: " (first denial by China)".
func firstBy(party string, t told) string {
	noun := "denial"
	if t.link.Standing == claim.CountersIt {
		noun = "counter-charge"
	}
	if who, _ := Speakers(t.Said); party == "" || strings.EqualFold(who, party) {
		return " (its first " + noun + ")"
	}
	return " (first " + noun + " by " + WithArticle(party) + ")"
}

func (c *Composer) claimMade(e store.Event) (string, error) {
	cl, err := c.claim(e.Claim)
	if err != nil {
		return "", err
	}
	return "New claim " + string(cl.ID) + ": " + Title(cl), nil
}

// repeated tells how often the speaker's party has said so.
func (c *Composer) repeated(t told) (string, error) {
	text := t.again(headlineLimit - 30)
	if t.claim.ID == "" {
		return text, nil
	}
	ps, err := c.archive.Positions(t.claim.ID)
	if err != nil {
		return "", fmt.Errorf("compose: positions on %s: %w", t.claim.ID, err)
	}
	h, s := historyOf(ps), sideOf(t.link.Standing)
	if n := h.count[s]; n > 1 && h.since[s].Year != 0 {
		text += fmt.Sprintf(" (%s %s since %s)", Ordinal(n), sideNouns[s], monthOf(h.since[s]))
	}
	return text, nil
}

func (c *Composer) positionChanged(e store.Event, t told) (string, error) {
	ps, err := c.archive.Positions(e.Claim)
	if err != nil {
		return "", fmt.Errorf("compose: positions on %s: %w", e.Claim, err)
	}
	cl, err := c.claim(e.Claim)
	if err != nil {
		return "", err
	}
	party := first(e.Party, Speaker(t.Said.Speaker))
	p, ok := positionOf(ps, party)
	if !ok {
		return t.sentenceOf(headlineLimit), nil
	}
	return capital(WithArticle(party)) + " changes position: " + changed(p) + ". The claim is that " + message.Cut(Clause(cl), 100), nil
}

// articleSays is "Xinhua changed its article: the year was mended".
func articleSays(t told, e store.Event, did string) string {
	who, left := "An outlet", 0
	for _, a := range t.Appearances {
		if a.Article == e.Article {
			who = first(a.Outlet, hostOf(a.URL), who)
		} else if !a.Gone {
			left++
		}
	}
	text := who + " " + did + " its article"
	if e.Note != "" {
		text += ": " + message.Cut(strings.TrimRight(e.Note, "."), 200)
	}
	if did == "withdrew" && t.ID != "" {
		text += "; " + stillCarried(left)
	}
	return text
}

// stillCarried tells how many other articles still carry a statement.
func stillCarried(n int) string {
	switch n {
	case 0:
		return "no other article carries it"
	case 1:
		return "1 other article still carries it"
	}
	return Count(n, "other article") + " still carry it"
}

// appearances joins the new articles that carry statements of the story; those
// of a statement that is told beside are told with it.
func (c *Composer) appearances(y store.Story, events []store.Event, told map[store.StatementID]int) (note, error) {
	n := note{event: events[0]}
	var outlets []string
	var sts []store.Statement
	for _, e := range events {
		if _, ok := told[e.Statement]; ok {
			continue
		}
		st, err := c.archive.Statement(e.Statement)
		if err != nil {
			return note{}, fmt.Errorf("compose: statement %s: %w", e.Statement, err)
		}
		if !slices.ContainsFunc(sts, func(o store.Statement) bool { return o.ID == st.ID }) {
			sts = append(sts, st)
		}
		for _, a := range st.Appearances {
			outlet := first(a.Outlet, hostOf(a.URL), "an unnamed outlet")
			if a.Article == e.Article && !slices.Contains(outlets, outlet) {
				outlets = append(outlets, outlet)
			}
		}
	}
	if len(outlets) == 0 {
		return n, nil
	}
	all := carried(sts...)
	n.text = "Also carried by " + List(outlets, 5) + ", now " + all.count()
	if len(all.outlets) == 1 {
		n.text = "Carried again by " + outlets[0]
	}
	return n, nil
}
