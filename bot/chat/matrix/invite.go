package matrix

import (
	"context"
	"slices"
	"strings"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// invited takes an invite from someone on the allow-list. An invite may come
// twice; joining again changes nothing.
func (n *Network) invited(ctx context.Context, at id.RoomID, state []*event.Event) {
	var by id.UserID
	var alias string
	for _, e := range state {
		if e.Type.Type == event.StateMember.Type && e.GetStateKey() == string(n.client.UserID) {
			by = e.Sender
		}
		if e.Type.Type == event.StateCanonicalAlias.Type {
			_ = e.Content.ParseRaw(event.StateCanonicalAlias)
			alias = string(e.Content.AsCanonicalAlias().Alias)
		}
	}
	if !n.welcome(at, alias, by) {
		if n.seen.First("invite " + string(at) + " " + string(by)) {
			n.log.Info("invite not taken: its sender is not on the list", "room", at, "by", by)
		}
		return
	}
	var via []string
	if _, server, err := by.Parse(); err == nil {
		via = []string{server}
	}
	if err := n.join(ctx, at, via); err != nil {
		n.log.Warn("invite not taken", "room", at, "by", by, "err", err)
	}
}

// welcome tells whether an invite is to be taken.
func (n *Network) welcome(at id.RoomID, alias string, by id.UserID) bool {
	if slices.Contains(n.o.Rooms, string(at)) {
		return true
	}
	if alias != "" && slices.Contains(n.o.Rooms, alias) {
		return true
	}
	for _, rule := range n.o.Invites {
		switch {
		case rule == "*", rule == string(by), rule == string(at):
			return true
		case strings.HasPrefix(rule, ":") && strings.HasSuffix(string(by), rule):
			return true
		}
	}
	return false
}
