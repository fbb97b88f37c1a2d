// Package chattest is the suite that every chat network has to pass: what is
// posted is seen once, threads and edits stand where they belong, foreign text
// is inert, and commands are answered.
//
// A network's test builds a [Harness] around its backend and calls [Run].
package chattest

import (
	"testing"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// Harness is a network under test with the eyes and hands of a person in two of
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
	// channel where it appeared, or in the channel of the command.
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
	// Ready waits until a Listen that Run has started sees commands. Nil means
	// that Listen sees them whenever it comes to them.
	Ready func(t *testing.T)
}

// Shown is one message as a person sees it.
type Shown struct {
	ID      chat.MessageID // "" where the backend does not tell, as for private answers
	Thread  chat.MessageID // the message beneath which it stands; "" in the channel itself
	Text    string         // every text that the person reads, the dialect's marks interpreted
	Edited  bool
	Private bool     // seen by the asker alone
	Pings   []string // whom it notifies: "@room", "<!channel>", a user's id
	Links   []string // the targets that can be followed
	Styled  []string // the texts that stand in bold, italics, strike, code or a heading
	Raw     string   // what went over the wire, for the failure's message
}
