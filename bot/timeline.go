package bot

import (
	"fmt"
	"slices"
	"strings"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/query"
)

// maxTimeline bounds the entries of one page of a timeline.
const maxTimeline = 20

// about is the claim that words mean: an id, else the one on which most was said
// among those of an actor or with the words; others are the rest.
func (b *Bot) about(words string) (best claim.Claim, others []claim.Claim, err error) {
	words = strings.TrimSpace(strings.Trim(words, `"“”`))
	if words == "" {
		return best, nil, sorry("Which claim? Give its id, such as C12, an actor, or words in it.")
	}
	if id := strings.ToUpper(words); isID(id) && id[0] == 'C' {
		best, err = b.claimByID(id)
		return best, nil, err
	}
	found := b.claimsFor(words)
	if found.err != nil {
		return best, nil, found.err
	}
	if len(found.claims) == 0 {
		return best, nil, nothing(words)
	}
	all, err := b.weigh(found.claims[:min(len(found.claims), maxWeighed)])
	if err != nil {
		return best, nil, err
	}
	for _, w := range all[1:] {
		others = append(others, w.Claim)
	}
	return all[0].Claim, others, nil
}

type foundClaims struct {
	claims []claim.Claim
	err    error
}

// claimsFor are the claims of an actor by any of its names, else those with the
// words.
func (b *Bot) claimsFor(words string) (f foundClaims) {
	names := []string{words}
	if b.o.Actor != nil {
		if a, ok := b.o.Actor(words); ok {
			names = append(names, string(a.ID), a.Name)
		}
	}
	f.err = b.claims(func(s *shelf) {
		if f.claims = s.byActor(names...); len(f.claims) == 0 {
			f.claims = s.byWords(words)
		}
	})
	return f
}

// timeline tells what was said on a claim, in order.
func (b *Bot) timeline(c call) (message.Message, error) {
	words, page := cutPage(c.args)
	cl, others, err := b.about(words)
	if err != nil {
		return message.Message{}, err
	}
	entries, err := b.store.Timeline(cl.ID)
	if err != nil {
		return message.Message{}, fmt.Errorf("timeline of %s: %w", cl.ID, err)
	}
	from := min((page-1)*maxTimeline, len(entries))
	to := min(from+maxTimeline, len(entries))
	s := compose.Slice{First: from + 1, Total: len(entries)}
	if to < len(entries) {
		s.Next = fmt.Sprintf("timeline %s page %d", cl.ID, page+1)
	}
	m := b.composer.Timeline(cl, entries[from:to], s)
	if page == 1 {
		picture, drawn, err := compose.TimelinePicture(cl, entries)
		if err != nil {
			return m, fmt.Errorf("timeline of %s: %w", cl.ID, err)
		}
		if drawn {
			m.Files = append(m.Files, picture)
		}
	}
	return withOthers(m, others), nil
}

// withOthers names the other claims that the words might mean.
func withOthers(m message.Message, others []claim.Claim) message.Message {
	if len(others) == 0 {
		return m
	}
	var list []string
	for _, o := range others[:min(len(others), 5)] {
		list = append(list, string(o.ID)+" "+message.Cut(compose.Title(o), 60))
	}
	m.Blocks = append(m.Blocks, message.C(message.T("Other claims that these words may mean: "+strings.Join(list, "; ")+".")))
	return m
}

// positions tells who holds what on a claim.
func (b *Bot) positions(c call) (message.Message, error) {
	cl, others, err := b.about(c.args)
	if err != nil {
		return message.Message{}, err
	}
	ps, err := b.store.Positions(cl.ID)
	if err != nil {
		return message.Message{}, fmt.Errorf("positions on %s: %w", cl.ID, err)
	}
	m, err := b.composer.Holdings("Positions on "+string(cl.ID)+": "+compose.Count(len(ps), "party"), []compose.Holding{{Claim: cl, Positions: ps}})
	return withOthers(m, others), err
}

// latest lists the newest statements that a query finds.
func (b *Bot) latest(c call) (message.Message, error) {
	words, page := cutPage(c.args)
	q, err := parseQuery(words)
	if err != nil {
		return message.Message{}, err
	}
	if !q.Empty() {
		return b.found(q, words, page)
	}
	res, err := b.page(query.Query{}, page)
	if err != nil {
		return message.Message{}, err
	}
	if len(res.Statements) == 0 {
		return message.Message{}, sorry("Nothing is on record yet. The bot records what its sources publish from now on.")
	}
	return b.composer.Statements("The latest statements on record", res.Statements, slice(res, page, "latest"))
}

// whoSaid finds who said words, or the same in other words.
func (b *Bot) whoSaid(c call) (message.Message, error) {
	words := strings.TrimSpace(strings.Trim(strings.TrimSpace(c.args), `"“”?`))
	if words == "" {
		return message.Message{}, sorry(`Which words? For example: who said "an international ransomware group"`)
	}
	res, err := b.store.Search(query.Query{Terms: []query.Term{{Value: words}}}, store.Page{Size: pageSize})
	if err != nil {
		return message.Message{}, fmt.Errorf("search: %w", err)
	}
	if len(res.Statements) > 0 {
		return b.composer.Statements(compose.Count(res.Total, "statement")+" with the words “"+message.Cut(words, 80)+"”", oldestFirst(res.Statements), compose.Slice{First: 1, Total: res.Total})
	}
	if b.o.Rank != nil {
		if m, err := b.whoSaidLike(words); err != nil || !m.Empty() {
			return m, err
		}
	}
	return message.Message{}, sorryf("Nobody on record said “%s”, nor the same in other words.", message.Cut(words, 80))
}

func oldestFirst(sts []store.Statement) []store.Statement {
	slices.SortStableFunc(sts, func(a, b store.Statement) int { return a.Said.Said.Compare(b.Said.Said) })
	return sts
}

// minRank is the score below which a claim says something else, in millionths.
const minRank = 300_000

// whoSaidLike answers with the claim that says the same in other words.
func (b *Bot) whoSaidLike(words string) (message.Message, error) {
	for _, r := range b.o.Rank(words, 1) {
		if r.Score < minRank {
			continue
		}
		cl, err := b.claimByID(string(r.ID))
		if err != nil {
			return message.Message{}, err
		}
		return b.holdings("The same in other words", []claim.Claim{cl})
	}
	return message.Message{}, nil
}
