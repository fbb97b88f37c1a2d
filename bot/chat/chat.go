// Package chat is the contract of a chat network: a Message goes out, a Command
// comes in. Networks stand beneath (console, slack, matrix), one suite that each
// has to pass beside (chattest).
package chat

import (
	"context"
	"errors"
	"fmt"
	"time"

	"attribot/bot/message"
)

// Address is a place on a network where the bot speaks: a channel, a room, a
// person. It is written "network:channel", such as "slack:C0123" or
// "matrix:!abc:example.org".
type Address struct {
	Network string
	Channel string
}

// String is the address as the configuration writes it.
func (a Address) String() string { return a.Network + ":" + a.Channel }

// MessageID is a network's own id of a posted message; its form is the
// network's business.
type MessageID string

// Outgoing is one post due.
type Outgoing struct {
	Key     string    // the post key, unique for ever; the same key is the same post
	To      string    // the channel
	Thread  MessageID // the alert beneath which it goes; "" for the channel itself
	Edit    MessageID // the message that it replaces; "" for a new one
	Message message.Message
	Tried   time.Time // when an earlier try of unknown outcome began; zero for none
}

// Network is a chat network.
type Network interface {
	// Name is the network's name in addresses: "slack", "matrix", "console".
	Name() string
	// Post sends and returns the network's id. Errors are *Error. A message
	// beyond the network's size goes out in parts that tear no entry; the id
	// is the first part's, and the key stands for all of them.
	Post(ctx context.Context, out Outgoing) (MessageID, error)
	// Find looks for a post whose outcome is unknown. It returns ErrAbsent when
	// the network certainly does not hold it, so that it may be sent again.
	Find(ctx context.Context, out Outgoing) (MessageID, error)
	// Listen hands incoming commands to handle until ctx ends.
	Listen(ctx context.Context, handle Handler) error
}

// Handler answers a command. The answer goes beneath or beside it, to the asker
// alone where Reply.Private is set and the network can.
type Handler func(ctx context.Context, cmd Command) Reply

// Command is what a person asks of the bot: a slash command, a line that begins
// with the bot's word, or a pressed button.
type Command struct {
	Network string
	Channel string
	User    string    // the network's id of the asker
	Name    string    // what people call the asker; foreign text
	Text    string    // the words after the command's name
	Message MessageID // the message acted on, for an action
	Thread  MessageID
	Action  string // the action's id, "" for a typed command
	Value   string // the action's value
	At      time.Time
}

// Reply is the bot's answer. An empty Message says nothing.
type Reply struct {
	Message message.Message
	Private bool
}

// ErrAbsent says that a post is certainly not in the channel.
var ErrAbsent = errors.New("post is not in the channel")

// Outcome tells the deliverer what a failed post means. Zero is invalid.
type Outcome uint8

// The outcomes of a failed post.
const (
	Unsent  Outcome = iota + 1 // certainly not posted; try again after After
	Unknown                    // perhaps posted: settle with Find first
	Refused                    // refused for good until a person changes something
)

// Error is a failed post with what it means.
type Error struct {
	Outcome Outcome
	After   time.Duration // how long the network asks to wait; 0 = not said
	Advice  string        // for operators: what to do
	Err     error
}

// Error is the cause.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Fail makes an *Error.
func Fail(o Outcome, format string, args ...any) *Error {
	return &Error{Outcome: o, Err: fmt.Errorf(format, args...)}
}
