package bot

import (
	"fmt"
	"strings"
	"time"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// pageAction is the button for the rest of a list: its value is the command.
const pageAction = "page"

// act does what a pressed button, reaction or word says. Its value names the
// statement and the claim: "S12 C3".
func (b *Bot) act(c call) (message.Message, error) {
	st, cl := subjects(c.Value)
	switch c.Action {
	case "right", "wrong":
		return b.actAnswer(c, st, cl)
	case "mute":
		return b.actMute(c, cl)
	case "timeline":
		return b.as(c, "timeline "+string(cl))
	case "why":
		return b.as(c, "why "+string(st))
	case "confirm":
		return b.as(c, "claim confirm "+string(cl))
	case "withdraw":
		return b.as(c, "claim withdraw "+string(cl))
	}
	return message.Message{}, sorryf("I don't know the action %q.", message.Cut(c.Action, 20))
}

// subjects reads "S12 C3".
func subjects(value string) (st store.StatementID, cl claim.ID) {
	for _, id := range strings.Fields(strings.ToUpper(value)) {
		switch {
		case !isID(id):
		case id[0] == 'S':
			st = store.StatementID(id)
		case id[0] == 'C':
			cl = claim.ID(id)
		}
	}
	return st, cl
}

// as runs a typed command in the name of whoever pressed.
func (b *Bot) as(c call, text string) (message.Message, error) {
	c.Text, c.Action = text, ""
	m, _, err := b.answer(c)
	return m, err
}

// actAnswer keeps a person's right or wrong, from which the judge learns.
func (b *Bot) actAnswer(c call, st store.StatementID, cl claim.ID) (message.Message, error) {
	if err := b.may(c, mayCurate); err != nil {
		return message.Message{}, err
	}
	if st == "" || cl == "" {
		return message.Message{}, sorry("This message names no statement and claim to answer for.")
	}
	right := c.Action == "right"
	if err := b.store.AnswerLink(c.ctx, st, cl, right, c.by()); err != nil {
		return message.Message{}, explained(err)
	}
	b.o.Wake()
	if right {
		return done(fmt.Sprintf("Noted: %s stands to %s as told.", st, cl)), nil
	}
	return done(fmt.Sprintf("Noted: %s does not stand to %s. The link is taken away; \"claim link\" sets another.", st, cl)), nil
}

// muteDays is how long the button mutes.
const muteDays = 7

func (b *Bot) actMute(c call, cl claim.ID) (message.Message, error) {
	if err := b.may(c, maySubscribe); err != nil {
		return message.Message{}, err
	}
	if cl == "" {
		return message.Message{}, sorry("This message names no claim to mute.")
	}
	return b.addMute(c, store.Mute{Claim: cl, Until: c.At.Add(muteDays * 24 * time.Hour)})
}

// review lists what waits for a person: proposals, and links that are only
// suggested.
func (b *Bot) review(c call) (message.Message, error) {
	_, page := cutPage("review " + c.args)
	var proposed []claim.Claim
	if err := b.claims(func(s *shelf) {
		proposed = s.pick(func(e *shelved) bool { return e.Proposed && e.Status != claim.Withdrawn })
	}); err != nil {
		return message.Message{}, err
	}
	suggested, err := b.suggested()
	if err != nil {
		return message.Message{}, err
	}
	if len(proposed)+len(suggested) == 0 {
		return done("Nothing waits for a person."), nil
	}
	from := min((page-1)*claimPage, len(proposed))
	to := min(from+claimPage, len(proposed))
	s := compose.Slice{First: from + 1, Total: len(proposed)}
	if to < len(proposed) {
		s.Next = fmt.Sprintf("review page %d", page+1)
	}
	return b.composer.Review(proposed[from:to], suggested, s)
}

// reviewLook is the number of newest statements in which suggested links are
// looked for.
const reviewLook = 200

// suggested are the newest statements with a link that nobody confirmed.
func (b *Bot) suggested() ([]store.Entry, error) {
	events, err := b.store.Events(store.Seq(max(int64(b.store.Last())-2000, 0)), 0)
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	var out []store.Entry
	seen := map[store.StatementID]bool{}
	for i := len(events) - 1; i >= 0 && len(seen) < reviewLook && len(out) < claimPage; i-- {
		id := events[i].Statement
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		st, err := b.store.Statement(id)
		if err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
		for _, l := range st.Links {
			if l.Claim != "" && !l.Confirmed {
				out = append(out, store.Entry{Statement: st, Link: l})
			}
		}
	}
	return out, nil
}
