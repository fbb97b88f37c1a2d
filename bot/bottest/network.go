package bottest

import (
	"context"
	"slices"
	"sync"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// Post is one message that a network shows, in the order in which they came.
type Post struct {
	chat.Outgoing
	ID chat.MessageID
}

// Network is a chat network in memory.
type Network struct {
	mu     sync.Mutex
	name   string
	posts  []Post
	before func(context.Context, chat.Outgoing) error
	after  func(context.Context, chat.Outgoing) error
	find   func(context.Context, chat.Outgoing) error
}

// NewNetwork makes an empty network.
func NewNetwork(name string) *Network { return &Network{name: name} }

// Name is the network's name.
func (n *Network) Name() string { return n.name }

// Before is called ahead of each post; its error stops the post. It may block.
func (n *Network) Before(fn func(context.Context, chat.Outgoing) error) { n.set(&n.before, fn) }

// After is called behind each post that was taken; its error loses the answer.
func (n *Network) After(fn func(context.Context, chat.Outgoing) error) { n.set(&n.after, fn) }

// Finding is called ahead of each Find; its error is Find's.
func (n *Network) Finding(fn func(context.Context, chat.Outgoing) error) { n.set(&n.find, fn) }

func (n *Network) set(at *func(context.Context, chat.Outgoing) error, fn func(context.Context, chat.Outgoing) error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	*at = fn
}

func (n *Network) call(at *func(context.Context, chat.Outgoing) error, ctx context.Context, out chat.Outgoing) error {
	n.mu.Lock()
	fn := *at
	n.mu.Unlock()
	if fn == nil {
		return nil
	}
	return fn(ctx, out)
}

// Post shows a message. Unlike a good network it takes the same key twice, so
// that a test sees it.
func (n *Network) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	if err := n.call(&n.before, ctx, out); err != nil {
		return "", err
	}
	n.mu.Lock()
	id := chat.MessageID("m-" + out.Key)
	n.posts = append(n.posts, Post{out, id})
	n.mu.Unlock()
	if err := n.call(&n.after, ctx, out); err != nil {
		return "", err
	}
	return id, nil
}

// Find looks for a post by its key.
func (n *Network) Find(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	if err := n.call(&n.find, ctx, out); err != nil {
		return "", err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if i := slices.IndexFunc(n.posts, func(p Post) bool { return p.Key == out.Key }); i >= 0 {
		return n.posts[i].ID, nil
	}
	return "", chat.ErrAbsent
}

// Listen hears nothing.
func (n *Network) Listen(ctx context.Context, _ chat.Handler) error {
	<-ctx.Done()
	return nil
}

// Posts are all posts so far.
func (n *Network) Posts() []Post {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.posts)
}

// Told are the headlines of a channel's posts, with "beneath: " before those in a
// thread and "edit: " before those that replace another.
func (n *Network) Told(channel string) []string {
	var out []string
	for _, p := range n.Posts() {
		if p.To != channel {
			continue
		}
		mark := ""
		switch {
		case p.Edit != "":
			mark = "edit: "
		case p.Thread != "":
			mark = "beneath: "
		}
		out = append(out, mark+p.Message.Headline)
	}
	return out
}

// Page is a message as plain text.
func Page(m message.Message) string { return message.Text(m) }
