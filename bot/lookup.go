package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/query"
)

// The bounds of an answer, in entries.
const (
	maxClaims  = 5  // claims told in full
	maxWeighed = 60 // claims whose positions are read to choose those
	pageSize   = 12 // statements a page
)

// lookUp answers any words: an id, a query, an actor, a country, a speaker, words
// in claims, words in statements, in this order.
func (b *Bot) lookUp(c call) (message.Message, error) {
	words := strings.TrimSpace(strings.Trim(c.args, `"“”`))
	if id := strings.ToUpper(words); isID(id) {
		return b.byID(c, id)
	}
	q, err := parseQuery(c.args)
	if err != nil {
		return message.Message{}, err
	}
	if hasKeys(q) {
		return b.found(q, c.args, 1)
	}
	for _, try := range []func(string) (message.Message, error){b.byActor, b.byCountry, b.bySpeaker, b.byClaim, b.byWords} {
		m, err := try(words)
		if err != nil || !m.Empty() {
			return m, err
		}
	}
	return message.Message{}, nothing(words)
}

// isID reports whether s looks like C12, S12, Y7.
func isID(s string) bool {
	return len(s) > 1 && len(s) < 10 && strings.ContainsRune("CSYBM", rune(s[0])) && strings.IndexFunc(s[1:], func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

func (b *Bot) byID(c call, id string) (message.Message, error) {
	switch id[0] {
	case 'C':
		cl, err := b.claimByID(id)
		if err != nil {
			return message.Message{}, err
		}
		return b.holdings(string(cl.ID), []claim.Claim{cl})
	case 'S':
		return b.why(call{Command: c.Command, ctx: c.ctx, args: id})
	case 'Y':
		return b.byStory(store.StoryID(id))
	case 'B':
		return b.subscriptions(c)
	}
	return b.mutes(c)
}

func (b *Bot) byStory(id store.StoryID) (message.Message, error) {
	y, err := b.store.Story(id)
	if errors.Is(err, store.ErrNotFound) {
		return message.Message{}, sorryf("There is no story %s.", id)
	}
	if err != nil {
		return message.Message{}, err
	}
	var sts []store.Statement
	for _, s := range y.Statements[:min(len(y.Statements), pageSize)] {
		st, err := b.store.Statement(s)
		if err != nil {
			return message.Message{}, err
		}
		sts = append(sts, st)
	}
	return b.composer.Statements("Story "+string(id)+": "+compose.Count(len(y.Statements), "statement"), sts, compose.Slice{First: 1, Total: len(y.Statements)})
}

// claimByID follows merges.
func (b *Bot) claimByID(id string) (claim.Claim, error) {
	at := claim.ID(strings.ToUpper(strings.TrimSpace(id)))
	for range 8 {
		c, err := b.store.Claim(at)
		if errors.Is(err, store.ErrNotFound) {
			return c, sorryf("There is no claim %s. \"claim list\" shows those that there are.", message.Cut(string(at), 20))
		}
		if err != nil || c.Merged == "" {
			return c, err
		}
		at = c.Merged
	}
	return claim.Claim{}, sorryf("Claim %s was merged too often to follow.", at)
}

// parseQuery gives what is wrong with a query as an answer.
func parseQuery(s string) (query.Query, error) {
	q, err := query.Parse(s)
	if fault, ok := errors.AsType[*query.Fault](err); ok {
		return q, sorry(fault.Text)
	}
	return q, err
}

// hasKeys reports whether a query is more than words.
func hasKeys(q query.Query) bool {
	return !q.Since.IsZero() || !q.Until.IsZero() || slices.ContainsFunc(q.Terms, func(t query.Term) bool { return t.Key != 0 || t.Not })
}

// found lists what a query finds, the newest first.
func (b *Bot) found(q query.Query, text string, page int) (message.Message, error) {
	res, err := b.page(q, page)
	if err != nil {
		return message.Message{}, err
	}
	if len(res.Statements) == 0 {
		return message.Message{}, sorryf("Nothing on record matches %s.", message.Cut(text, 100))
	}
	total := "Found " + compose.Count(res.Total, "statement")
	if res.More {
		total = "Found more than " + compose.Count(res.Total, "statement")
	}
	return b.composer.Statements(total+" for "+message.Cut(text, 80), res.Statements, slice(res, page, "latest "+text))
}

func slice(res store.Result, page int, command string) compose.Slice {
	s := compose.Slice{First: (page-1)*pageSize + 1, Total: res.Total}
	if res.Next != "" {
		s.Next = fmt.Sprintf("%s page %d", command, page+1)
	}
	return s
}

// page reads one page of a query's result.
func (b *Bot) page(q query.Query, page int) (store.Result, error) {
	var res store.Result
	after := ""
	for range page {
		var err error
		if res, err = b.store.Search(q, store.Page{Size: pageSize, After: after}); err != nil {
			return res, fmt.Errorf("search: %w", err)
		}
		if after = res.Next; after == "" {
			break
		}
	}
	return res, nil
}

// cutPage parts "C12 page 2" into its words and the number, 1 without one.
func cutPage(args string) (string, int) {
	words := strings.Fields(args)
	if n := len(words); n >= 2 && strings.EqualFold(words[n-2], "page") {
		if page := number(words[n-1]); page > 0 {
			rest := strings.TrimSpace(args[:strings.LastIndex(args, words[n-2])])
			return rest, min(page, 1000)
		}
	}
	return args, 1
}

// number reads a small number; 0 for anything else.
func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 100000 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// byActor answers for a threat actor by any of its names.
func (b *Bot) byActor(words string) (message.Message, error) {
	names := []string{words}
	name := words
	if b.o.Actor != nil {
		if a, ok := b.o.Actor(words); ok {
			names, name = append(names, string(a.ID), a.Name), a.Name
		}
	}
	var claims []claim.Claim
	if err := b.claims(func(s *shelf) { claims = s.byActor(names...) }); err != nil {
		return message.Message{}, err
	}
	if len(claims) > 0 {
		if !strings.EqualFold(name, words) {
			name += " (you asked for " + message.Cut(words, 40) + ")"
		}
		return b.holdings(name, claims)
	}
	if len(names) == 1 {
		return message.Message{}, nil
	}
	q := query.Query{Terms: []query.Term{{Key: query.Actor, Value: names[1]}}}
	res, err := b.page(q, 1)
	if err != nil || len(res.Statements) == 0 {
		return message.Message{}, err
	}
	return b.composer.Statements(name+": "+compose.Count(res.Total, "statement")+", no claim of its own", res.Statements, slice(res, 1, "latest "+q.String()))
}

// byCountry answers what a country's voices say.
func (b *Bot) byCountry(words string) (message.Message, error) {
	code := countryOf(words)
	if code == "" {
		return message.Message{}, nil
	}
	said := query.Query{Terms: []query.Term{{Key: query.Speaker, Value: string(code)}}}
	name := strings.ToUpper(compose.Country(code)[:1]) + compose.Country(code)[1:]
	m, err := b.spoken(name+" on record", said)
	if err != nil {
		return m, err
	}
	held, err := b.store.Search(query.Query{Terms: []query.Term{{Key: query.Accused, Value: string(code)}}}, store.Page{Size: 1})
	if err != nil {
		return m, fmt.Errorf("search: %w", err)
	}
	if held.Total > 0 {
		about := compose.Count(held.Total, "statement")
		if held.More {
			about = "more than " + about
		}
		line := message.C(message.T("About it: "+about+". See "), message.F("latest accused:"+string(code)))
		if m.Empty() {
			m.Headline = name + ": nothing said by it, but " + about + " about it"
		}
		m.Blocks = append(m.Blocks, line)
	}
	return m, nil
}

func (b *Bot) bySpeaker(words string) (message.Message, error) {
	return b.spoken(words, query.Query{Terms: []query.Term{{Key: query.Speaker, Value: words}}})
}

// spoken tells what speakers said, by claim; empty when they said nothing.
func (b *Bot) spoken(name string, q query.Query) (message.Message, error) {
	res, err := b.page(q, 1)
	if err != nil || len(res.Statements) == 0 {
		return message.Message{}, err
	}
	return b.composer.Spoken(message.Cut(name, 60)+": "+compose.Count(res.Total, "statement"), res.Statements, slice(res, 1, "latest "+q.String()))
}

func (b *Bot) byClaim(words string) (message.Message, error) {
	var claims []claim.Claim
	if err := b.claims(func(s *shelf) { claims = s.byWords(words) }); err != nil || len(claims) == 0 {
		return message.Message{}, err
	}
	return b.holdings("“"+message.Cut(words, 60)+"”", claims)
}

func (b *Bot) byWords(words string) (message.Message, error) {
	q, err := parseQuery(words)
	if err != nil || q.Empty() {
		return message.Message{}, err
	}
	res, err := b.page(q, 1)
	if err != nil || len(res.Statements) == 0 {
		return message.Message{}, err
	}
	return b.composer.Statements("“"+message.Cut(words, 60)+"”: "+compose.Count(res.Total, "statement"), res.Statements, slice(res, 1, "latest "+words))
}

// nothing says so, and what might have been meant.
func nothing(words string) error {
	first, _, _ := strings.Cut(words, " ")
	if meant := near(strings.ToLower(first), names()); meant != "" {
		return sorryf("Nothing is on record for “%s”. Did you mean the command \"%s\"? \"help\" lists all.", message.Cut(words, 80), meant)
	}
	return sorryf("Nothing is on record for “%s”. Try an actor, a country, a speaker, a claim's id, or \"help\".", message.Cut(words, 80))
}

// weighed is a claim with its positions and how much was said on it.
type weighed struct {
	compose.Holding
	said int
}

// holdings answers who holds what on the claims on which most was said.
func (b *Bot) holdings(name string, claims []claim.Claim) (message.Message, error) {
	all, err := b.weigh(claims[:min(len(claims), maxWeighed)])
	if err != nil {
		return message.Message{}, err
	}
	var shown []compose.Holding
	parties := map[string]bool{}
	said, since := 0, statement.Date{}
	for i, w := range all {
		said += w.said
		for _, p := range w.Positions {
			parties[p.Party] = true
			if p.Since.Year != 0 && (since.IsZero() || p.Since.Compare(since) < 0) {
				since = p.Since
			}
		}
		if i < maxClaims {
			shown = append(shown, w.Holding)
		}
	}
	headline := name + ": "
	if !isID(name) {
		headline += compose.Count(len(claims), "claim") + ", "
	}
	headline += compose.Count(said, "statement") + " by " + compose.Count(len(parties), "party")
	if since.Year != 0 {
		headline += " since " + compose.Date(statement.Date{Year: since.Year, Month: since.Month})
	}
	m, err := b.composer.Holdings(headline, shown)
	if err != nil {
		return m, err
	}
	return b.holdingActions(m, name, claims, all), nil
}

// holdingActions names the claims that were left out, and offers more.
func (b *Bot) holdingActions(m message.Message, name string, claims []claim.Claim, all []weighed) message.Message {
	if over := len(claims) - maxClaims; over > 0 {
		var ids []string
		for _, w := range all[min(len(all), maxClaims):min(len(all), maxClaims+12)] {
			ids = append(ids, string(w.Claim.ID))
		}
		m.Blocks = append(m.Blocks, message.C(message.T(compose.Count(over, "more claim")+": "+compose.List(ids, 12)+".")))
	}
	if len(all) > 0 {
		id := string(all[0].Claim.ID)
		m.Actions = append(m.Actions, message.Action{ID: "timeline", Value: id, Label: "Timeline of " + id, Sign: "📜"})
	}
	return m
}

// weigh reads the claims' positions, the most said first.
func (b *Bot) weigh(claims []claim.Claim) ([]weighed, error) {
	var all []weighed
	for _, c := range claims {
		ps, err := b.store.Positions(c.ID)
		if err != nil {
			return nil, fmt.Errorf("positions on %s: %w", c.ID, err)
		}
		w := weighed{Holding: compose.Holding{Claim: c, Positions: ps}}
		for _, p := range ps {
			w.said += max(p.Count, 1)
			for _, before := range p.Before {
				w.said += max(before.Count, 1)
			}
		}
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.said, a.said) })
	return all, nil
}
