// Package bot answers people: it reads what they type or press on any chat
// network, looks it up in the store, and changes claims, subscriptions and mutes
// for those who may.
//
// One table holds every command with its words, its right and its help, so that
// help, suggestions and the networks' own menus cannot drift apart.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"attribot/bot/chat"
	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// Options set a bot up. Store is required.
type Options struct {
	Store *store.Store
	Now   func() time.Time // nil: the wall clock
	Log   *slog.Logger     // nil: nothing is logged

	// Actor finds a threat actor by any of its names, and nothing else. Nil:
	// only the names in claims and statements are known.
	Actor func(name string) (statement.Actor, bool)
	// Explain says why one claim is or is not linked to a statement. Nil: only
	// what was recorded is told.
	Explain func(statement.Statement, claim.ID) []string
	// Rank finds the claims that a text repeats, best first. Nil: "who said"
	// looks for the words alone.
	Rank func(text string, top int) []claim.Ranked
	// Sources are changed and tested through it. Nil: they are only listed.
	Sources SourceBook
	// Wake makes the deliverer look again after a subscription or mute changed.
	Wake func()
	// Rights say who may do what.
	Rights Rights
	// Word is how people call the bot in help, such as "/attribution"; "" leaves
	// the bare commands.
	Word string
	// PerMinute bounds the commands of one person; zero means 30, negative does
	// not bound.
	PerMinute int
	// Version is told by status.
	Version string
}

// Bot answers commands. Any number of goroutines may use it.
type Bot struct {
	o        Options
	store    *store.Store
	composer *compose.Composer
	shelf    shelf
	rate     rate
}

// New makes a bot.
func New(o Options) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wake == nil {
		o.Wake = func() {}
	}
	if o.PerMinute == 0 {
		o.PerMinute = 30
	}
	return &Bot{o: o, store: o.Store, composer: compose.New(o.Store)}
}

// call is one command being answered.
type call struct {
	chat.Command
	ctx  context.Context
	args string // what stands after the command's words
}

// by is who asks, as the audit trail writes it.
func (c call) by() string { return c.Network + ":" + c.User }

// sorry is an answer that tells a person why there is no other.
type sorry string

// Error is the sentence.
func (s sorry) Error() string { return string(s) }

func sorryf(format string, args ...any) error { return sorry(fmt.Sprintf(format, args...)) }

// maxCommand bounds what a person may type, in bytes.
const maxCommand = 4000

// Answer answers one command or pressed action. It never fails: what goes wrong
// is said in a sentence, and its cause goes to the log.
func (b *Bot) Answer(ctx context.Context, cmd chat.Command) chat.Reply {
	if cmd.At.IsZero() {
		cmd.At = b.o.Now()
	}
	if !b.rate.take(cmd.Network+":"+cmd.User, cmd.At, b.limit(cmd)) {
		return apology("That was a lot at once. Please try again in a minute.")
	}
	if len(cmd.Text) > maxCommand || len(cmd.Value) > maxCommand {
		return apology("That is too long for a command.")
	}
	m, private, err := b.answer(call{Command: cmd, ctx: ctx})
	if said, ok := errors.AsType[sorry](err); ok {
		return apology(string(said))
	}
	if err != nil {
		b.o.Log.Error("answer a command", "network", cmd.Network, "command", firstWord(cmd.Text), "action", cmd.Action, "cause", err)
		return apology("Something went wrong here. The cause stands in the bot's log.")
	}
	return chat.Reply{Message: message.Clean(m), Private: private}
}

// limit bounds a person's commands; whoever sits at the machine has none.
func (b *Bot) limit(cmd chat.Command) int {
	if cmd.Network == local {
		return -1
	}
	return b.o.PerMinute
}

func apology(text string) chat.Reply {
	return chat.Reply{Private: true, Message: message.Message{Headline: text}}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return message.Cut(word, 20)
}

// answer finds the command and runs it.
func (b *Bot) answer(c call) (message.Message, bool, error) {
	if c.Action == pageAction {
		c.Text, c.Action = c.Value, ""
	}
	if c.Action != "" {
		m, err := b.act(c)
		return m, true, err
	}
	k, args, found := find(c.Text)
	if !found {
		k, args = lookUp(), strings.TrimSpace(c.Text)
	}
	if err := b.may(c, k.right); err != nil {
		return message.Message{}, true, err
	}
	c.args = args
	m, err := k.run(b, c)
	return m, k.private, err
}
