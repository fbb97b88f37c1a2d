package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// claimVerbs are the parts of the claim command.
var claimVerbs = []string{"list", "show", "add", "edit", "merge", "split", "confirm", "withdraw", "link", "unlink"}

// claim lists, shows and, for those who may, changes claims.
func (b *Bot) claim(c call) (message.Message, error) {
	verb, rest, _ := strings.Cut(strings.TrimSpace(c.args), " ")
	words := tokens(rest)
	switch strings.ToLower(verb) {
	case "", "list":
		return b.claimList(rest)
	case "show":
		return b.claimShow(rest)
	}
	change := map[string]func(call, []token) (message.Message, error){
		"add": b.claimAdd, "edit": b.claimEdit, "merge": b.claimMerge, "split": b.claimSplit, "confirm": b.claimConfirm,
		"withdraw": b.claimWithdraw, "link": b.claimLink, "unlink": b.claimUnlink,
	}[strings.ToLower(verb)]
	if change == nil {
		return b.claimOther(c, verb)
	}
	if err := b.may(c, mayCurate); err != nil {
		return message.Message{}, err
	}
	m, err := change(c, words)
	return m, explained(err)
}

// claimOther is "claim C12", or a verb misspelt.
func (b *Bot) claimOther(c call, verb string) (message.Message, error) {
	if id := strings.ToUpper(verb); isID(id) && id[0] == 'C' {
		return b.claimShow(id)
	}
	if meant := near(strings.ToLower(verb), claimVerbs); meant != "" {
		return message.Message{}, sorryf("I don't know \"claim %s\". Did you mean \"claim %s\"?", message.Cut(verb, 20), meant)
	}
	return b.claimList(c.args)
}

// explained turns the store's refusals into sentences for people.
func explained(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return sorry("That is not on record. Please check the ids.")
	case errors.Is(err, store.ErrDeclared):
		return sorry("That is declared in the configuration file and can only be changed there.")
	case errors.Is(err, store.ErrInvalid):
		_, why, _ := strings.Cut(err.Error(), store.ErrInvalid.Error()+": ")
		if why == "" {
			why = "something in it is not possible"
		}
		return sorryf("That does not work: %s.", strings.TrimRight(why, "."))
	}
	return err
}

// claimPage is the number of claims listed at once.
const claimPage = 25

func (b *Bot) claimList(args string) (message.Message, error) {
	words, page := cutPage(strings.TrimSpace(args))
	var all []claim.Claim
	var err error
	title := "Claims on record"
	switch strings.ToLower(words) {
	case "proposed", "proposals":
		title = "Proposed claims, not confirmed by a person yet"
		err = b.claims(func(s *shelf) {
			all = s.pick(func(e *shelved) bool { return e.Proposed && e.Status != claim.Withdrawn })
		})
	case "open", "contested", "settled", "withdrawn":
		title = "Claims that are " + strings.ToLower(words)
		err = b.claims(func(s *shelf) {
			all = s.pick(func(e *shelved) bool { return e.Status.String() == strings.ToLower(words) })
		})
	case "":
		err = b.claims(func(s *shelf) { all = s.pick(func(e *shelved) bool { return e.Status != claim.Withdrawn }) })
	default:
		title = "Claims with “" + message.Cut(words, 60) + "”"
		f := b.claimsFor(words)
		all, err = f.claims, f.err
	}
	if err != nil {
		return message.Message{}, err
	}
	if len(all) == 0 && words == "" {
		return message.Message{}, sorry("No claim is on record yet. \"claim add\" adds one, and the bot proposes others.")
	}
	if len(all) == 0 {
		return message.Message{}, sorry("No claim matches. \"claim list\" shows all.")
	}
	from := min((page-1)*claimPage, len(all))
	to := min(from+claimPage, len(all))
	s := compose.Slice{First: from + 1, Total: len(all)}
	if to < len(all) {
		s.Next = strings.Join(strings.Fields(fmt.Sprintf("claim list %s page %d", words, page+1)), " ")
	}
	return compose.Claims(title+": "+compose.Count(len(all), "claim"), all[from:to], s), nil
}

func (b *Bot) claimShow(args string) (message.Message, error) {
	cl, others, err := b.about(args)
	if err != nil {
		return message.Message{}, err
	}
	ps, err := b.store.Positions(cl.ID)
	if err != nil {
		return message.Message{}, fmt.Errorf("positions on %s: %w", cl.ID, err)
	}
	trail, err := b.store.AuditOf(string(cl.ID))
	if err != nil {
		return message.Message{}, fmt.Errorf("audit of %s: %w", cl.ID, err)
	}
	m, err := b.composer.Claim(compose.Holding{Claim: cl, Positions: ps}, trail)
	return withOthers(m, others), err
}

// claimFields are the keys of claim add and claim edit.
var claimFields = []string{"actor", "accused", "victim", "relation", "title", "operation", "source", "tag", "status"}

// fill sets a claim's fields from words: the text in quotation marks or bare, and
// key:value.
func (b *Bot) fill(c *claim.Claim, words []token) error {
	var text []string
	fresh := map[string]bool{} // keys given anew replace what stood there
	for _, w := range words {
		if w.key == "" {
			text = append(text, w.value)
			continue
		}
		if err := b.setField(c, w, fresh[w.key]); err != nil {
			return err
		}
		fresh[w.key] = true
	}
	if len(text) > 0 {
		c.Text = strings.TrimSpace(strings.Join(text, " "))
	}
	if len(strings.Fields(c.Text)) < 3 {
		return sorry("A claim is a whole sentence without a speaker, such as \"Volt Typhoon is run by the Chinese state\".")
	}
	if !strings.HasSuffix(c.Text, ".") {
		c.Text += "."
	}
	return nil
}

// setField sets one field; more adds to what an earlier word set.
func (b *Bot) setField(c *claim.Claim, w token, more bool) error {
	switch w.key {
	case "actor":
		c.Actors = append(kept(c.Actors, more), b.actorOf(w.value))
	case "accused":
		c.Accused = append(kept(c.Accused, more), partyOf(w.value))
	case "victim":
		c.Victims = append(kept(c.Victims, more), partyOf(w.value))
	case "title":
		c.Title = w.value
	case "operation":
		c.Operation = w.value
	case "tag":
		c.Tags = append(kept(c.Tags, more), w.value)
	case "relation", "status":
		return setCode(c, w)
	case "source":
		if c.Source = message.SafeURL(w.value); c.Source == "" {
			return sorry("The source must be an address that begins with https:// or http://.")
		}
	default:
		return unknownKey(w.key, claimFields)
	}
	return nil
}

// kept is what stands already, as a copy, or nothing.
func kept[T any](all []T, keep bool) []T {
	if !keep {
		return nil
	}
	return slices.Clone(all)
}

// setCode sets a field of a closed set.
func setCode(c *claim.Claim, w token) error {
	code := []byte(strings.ToLower(w.value))
	if w.key == "relation" {
		if err := c.Relation.UnmarshalText(code); err != nil || c.Relation == 0 {
			return sorryf("I don't know the relation %q. Use behind, sponsors, enables, identical, frames or surveils.", message.Cut(w.value, 20))
		}
		return nil
	}
	if err := c.Status.UnmarshalText(code); err != nil || c.Status == 0 {
		return sorryf("I don't know the status %q. Use open, contested, settled or withdrawn.", message.Cut(w.value, 20))
	}
	return nil
}

func unknownKey(key string, known []string) error {
	if meant := near(key, known); meant != "" {
		return sorryf("I don't know the key %q. Did you mean %q?", key, meant)
	}
	return sorryf("I don't know the key %q. Known are %s.", key, compose.List(known, 0))
}

func (b *Bot) actorOf(name string) statement.Actor {
	if b.o.Actor != nil {
		if a, ok := b.o.Actor(name); ok {
			return a
		}
	}
	return statement.Actor{ID: statement.ActorID(strings.ReplaceAll(fold(name), " ", "-")), Name: name}
}

// partyOf is a country by code or name, else an organisation by name.
func partyOf(name string) statement.Party {
	if code := countryOf(name); code != "" {
		return statement.Party{Name: strings.TrimPrefix(compose.Country(code), "the "), Country: code}
	}
	return statement.Party{Name: name}
}

func (b *Bot) claimAdd(c call, words []token) (message.Message, error) {
	var cl claim.Claim
	if err := b.fill(&cl, words); err != nil {
		return message.Message{}, err
	}
	cl, err := b.store.PutClaim(c.ctx, cl, c.by())
	if err != nil {
		return message.Message{}, err
	}
	return done("Claim " + string(cl.ID) + " is on record: " + full(cl)), nil
}

// full is a claim's sentence with its full stop.
func full(c claim.Claim) string { return strings.TrimRight(c.Text, ".") + "." }

func done(text string) message.Message { return message.Message{Headline: text} }

// oneClaim reads the claim at the beginning of words.
func (b *Bot) oneClaim(words []token, usage string) (claim.Claim, []token, error) {
	if len(words) == 0 || !isID(strings.ToUpper(words[0].value)) {
		return claim.Claim{}, nil, sorry("Please say it like this: " + usage)
	}
	cl, err := b.claimByID(words[0].value)
	return cl, words[1:], err
}

func (b *Bot) claimEdit(c call, words []token) (message.Message, error) {
	cl, rest, err := b.oneClaim(words, `claim edit C12 "A better sentence" accused:CN`)
	if err != nil {
		return message.Message{}, err
	}
	if len(rest) == 0 {
		return message.Message{}, sorry(`What should it say? For example: claim edit C12 "A better sentence"`)
	}
	if err := b.fill(&cl, rest); err != nil {
		return message.Message{}, err
	}
	if cl, err = b.store.EditClaim(c.ctx, cl, c.by()); err != nil {
		return message.Message{}, err
	}
	return done("Claim " + string(cl.ID) + " now says: " + full(cl)), nil
}

func (b *Bot) claimMerge(c call, words []token) (message.Message, error) {
	const usage = "claim merge C14 C12 (C14 goes into C12)"
	from, rest, err := b.oneClaim(words, usage)
	if err != nil {
		return message.Message{}, err
	}
	into, _, err := b.oneClaim(rest, usage)
	if err != nil {
		return message.Message{}, err
	}
	if from.ID == into.ID {
		return message.Message{}, sorry("A claim cannot be merged into itself.")
	}
	if err := b.store.MergeClaims(c.ctx, from.ID, into.ID, c.by()); err != nil {
		return message.Message{}, err
	}
	return done(fmt.Sprintf("Claim %s went into %s: %s", from.ID, into.ID, full(into))), nil
}

func (b *Bot) claimSplit(c call, words []token) (message.Message, error) {
	const usage = `claim split C12 "The new claim's sentence" S3 S4`
	from, rest, err := b.oneClaim(words, usage)
	if err != nil {
		return message.Message{}, err
	}
	part := from
	part.ID, part.Key, part.Title, part.FirstBy, part.FirstSaid, part.Proposed = "", "", "", "", statement.Date{}, false
	var fields []token
	var sts []store.StatementID
	for _, w := range rest {
		if id := strings.ToUpper(w.value); !w.quoted && w.key == "" && isID(id) && id[0] == 'S' {
			sts = append(sts, store.StatementID(id))
			continue
		}
		fields = append(fields, w)
	}
	if len(sts) == 0 || len(fields) == 0 {
		return message.Message{}, sorry("Please say it like this: " + usage)
	}
	if err := b.fill(&part, fields); err != nil {
		return message.Message{}, err
	}
	if part, err = b.store.SplitClaim(c.ctx, from.ID, part, sts, c.by()); err != nil {
		return message.Message{}, err
	}
	return done(fmt.Sprintf("%s went from %s to the new claim %s: %s", compose.Count(len(sts), "statement"), from.ID, part.ID, full(part))), nil
}

func (b *Bot) claimConfirm(c call, words []token) (message.Message, error) {
	cl, _, err := b.oneClaim(words, "claim confirm C12")
	if err != nil {
		return message.Message{}, err
	}
	if !cl.Proposed {
		return done("Claim " + string(cl.ID) + " was confirmed before."), nil
	}
	if err := b.store.ConfirmClaim(c.ctx, cl.ID, c.by()); err != nil {
		return message.Message{}, err
	}
	return done("Claim " + string(cl.ID) + " is confirmed: " + full(cl)), nil
}

func (b *Bot) claimWithdraw(c call, words []token) (message.Message, error) {
	cl, _, err := b.oneClaim(words, "claim withdraw C12")
	if err != nil {
		return message.Message{}, err
	}
	if err := b.store.WithdrawClaim(c.ctx, cl.ID, c.by()); err != nil {
		return message.Message{}, err
	}
	return done("Claim " + string(cl.ID) + " is withdrawn. What was said on it stays on record."), nil
}

// standings are the words for a link that people may use.
var standings = map[string]claim.Standing{
	"repeats": claim.Repeats, "says": claim.Repeats, "asserts": claim.Repeats, "supports": claim.Supports, "denies": claim.Denies, "deny": claim.Denies,
	"counters": claim.CountersIt, "hedges": claim.Hedges, "open": claim.Hedges,
}

func (b *Bot) pair(words []token, usage string) (store.Statement, claim.Claim, []token, error) {
	if len(words) < 2 {
		return store.Statement{}, claim.Claim{}, nil, sorry("Please say it like this: " + usage)
	}
	st, err := b.statementByID(words[0].value)
	if err != nil {
		return st, claim.Claim{}, nil, err
	}
	cl, rest, err := b.oneClaim(words[1:], usage)
	return st, cl, rest, err
}

func (b *Bot) claimLink(c call, words []token) (message.Message, error) {
	const usage = "claim link S3 C12 denies (or repeats, supports, counters, hedges)"
	st, cl, rest, err := b.pair(words, usage)
	if err != nil {
		return message.Message{}, err
	}
	if len(rest) != 1 || standings[strings.ToLower(rest[0].value)] == 0 {
		return message.Message{}, sorry("How does it stand to the claim? " + usage)
	}
	as := standings[strings.ToLower(rest[0].value)]
	if err := b.store.Link(c.ctx, st.ID, cl.ID, as, c.by()); err != nil {
		return message.Message{}, err
	}
	return done(fmt.Sprintf("%s now %s %s: %s", st.ID, as, cl.ID, compose.Title(cl))), nil
}

func (b *Bot) claimUnlink(c call, words []token) (message.Message, error) {
	st, cl, _, err := b.pair(words, "claim unlink S3 C12")
	if err != nil {
		return message.Message{}, err
	}
	if err := b.store.Unlink(c.ctx, st.ID, cl.ID, c.by()); err != nil {
		return message.Message{}, err
	}
	return done(fmt.Sprintf("%s stands no longer to %s.", st.ID, cl.ID)), nil
}
