// Package chattest is the suite that every chat network has to pass: what is
// posted is seen once, threads and edits stand where they belong, foreign text
// is inert, and commands are answered.
//
// A network's test builds a [Harness] around its backend and calls [Run].
package chattest

import (
	"context"
	"testing"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// Harness is a network under test with the eyes and hands of a person in one of
// its channels. Functions that a backend cannot offer are nil; the tests that
// need them are skipped with a word.
type Harness struct {
	// Network is the network under test, connected.
	Network chat.Network
	// Channel is a channel in which the bot may speak; Other is a second one.
	Channel string
	Other   string
	// Shown is what a person who looks at the channel now sees, oldest first:
	// edits are applied, threads included. A private answer is listed in the
	// channel where it appeared.
	Shown func(t *testing.T, channel string) []Shown
	// Say types a command as a person: the words after the bot's name.
	Say func(t *testing.T, channel, words string)
	// Press presses the action on the message that shows it.
	Press func(t *testing.T, channel string, on chat.MessageID, a message.Action)
	// Lose makes the next Post's answer get lost: the network takes the post,
	// but the bot never learns of it.
	Lose func(t *testing.T)
	// Restart is the same network after the bot's process was killed and
	// started again; the old one is not used any more.
	Restart func(t *testing.T) chat.Network
	// Listening starts Listen and waits until commands will be seen; it stops
	// with the test. Nil means that Run calls Listen itself in a goroutine.
	Listening func(t *testing.T, n chat.Network, h chat.Handler)
	// Settle waits, without sleeping a fixed time, until done reports true or
	// the test's patience ends. Nil means that done is polled.
	Settle func(ctx context.Context, t *testing.T, done func() bool)
}

// Shown is one message as a person sees it.
type Shown struct {
	ID      chat.MessageID
	Thread  chat.MessageID // the message beneath which it stands; "" in the channel itself
	Text    string         // every text that the person reads, the dialect's marks interpreted
	Edited  bool
	Private bool     // seen by the asker alone
	Pings   []string // whom it notifies: "@room", "<!channel>", a user's id
	Links   []string // the targets that can be followed
	Styled  []string // the texts that stand in bold, italics, strike, code or a heading
	Raw     string   // what went over the wire, for the failure's message
}
