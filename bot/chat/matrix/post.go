package matrix

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"attribot/bot/chat"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// Post sends a message. One that is too large becomes several events; the id
// returned is that of the first. Where a later part fails the outcome is
// unknown, so that Find completes the post. An edit keeps the id of the message
// that it replaces.
func (n *Network) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	if err := ctx.Err(); err != nil {
		return "", chat.Fail(chat.Unsent, "post to Matrix: %w", err)
	}
	at, most, err := n.ready(ctx, out.To)
	if err != nil {
		return "", beforehand("post to Matrix", err)
	}
	if out.Edit != "" {
		return n.edit(ctx, out, at, most)
	}
	sent, err := n.posted.Once(out.Key, func() (string, error) {
		first, err := n.send(ctx, out, at, notices(out.Message, most), nil)
		return string(first), err
	})
	return chat.MessageID(sent), err
}

// ready signs in and gives the room behind an address with the size that its
// events may have.
func (n *Network) ready(ctx context.Context, to string) (id.RoomID, int, error) {
	if err := n.session(ctx); err != nil {
		return "", 0, err
	}
	at, r, err := n.destination(ctx, to)
	if err != nil {
		return "", 0, err
	}
	if !r.encrypted {
		return at, maxContent, nil
	}
	if !n.crypt.able() {
		return "", 0, n.sealed(ctx, at, r)
	}
	return at, maxEncrypted, nil
}

// send posts the parts that are not there yet. There maps a part's number, from
// 1, to its event.
func (n *Network) send(ctx context.Context, out chat.Outgoing, at id.RoomID, parts []content, there map[int]id.EventID) (chat.MessageID, error) {
	first := there[1]
	thread := n.thread(ctx, out, at)
	for i, c := range parts {
		if there[i+1] != "" {
			continue
		}
		c.Key, c.Relates = partKey(out.Key, i+1), thread
		begun := i > 0 || len(there) > 0
		e, err := n.part(ctx, at, txn(out.Key, i+1), c, begun)
		if err != nil {
			f := fault("post to Matrix", err)
			if begun {
				f.Outcome = chat.Unknown
			}
			return "", f
		}
		if i == 0 {
			first = e
		}
	}
	if thread == nil {
		thread = beneath(first, first)
	}
	n.attach(ctx, at, out.Key, out.Message.Files, thread)
	return in(at, first), nil
}

const (
	// longest is the longest rate limit that is waited out within a post, tries
	// how often one is.
	longest = 30 * time.Second
	tries   = 3
)

// part posts one part. Once a post has begun, a rate limit is waited out rather
// than leaving it half done.
func (n *Network) part(ctx context.Context, at id.RoomID, txn string, c content, begun bool) (id.EventID, error) {
	for i := 1; ; i++ {
		e, err := n.put(ctx, at, txn, c, false)
		if err == nil || !begun || i == tries {
			return e, err
		}
		f := fault("post to Matrix", err)
		if f.Outcome != chat.Unsent || f.After == 0 || f.After > longest || n.wait(ctx, f.After) != nil {
			return "", err
		}
	}
}

// put sends one event, encrypted where the room is, unless it is to be plain.
func (n *Network) put(ctx context.Context, at id.RoomID, txn string, c content, plain bool) (id.EventID, error) {
	ctx, stop := n.timely(ctx)
	defer stop()
	raw, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	kind, body := event.EventMessage, any(json.RawMessage(raw))
	if !plain && n.encrypted(at) {
		if body, err = n.crypt.seal(ctx, at, kind, raw); err != nil {
			return "", unencrypted{err}
		}
		kind = event.EventEncrypted
	}
	r, err := n.client.SendMessageEvent(ctx, at, kind, body, mautrix.ReqSendEvent{TransactionID: txn, DontEncrypt: true})
	if err != nil {
		return "", err
	}
	return r.EventID, nil
}

// encrypted tells whether a room is known to be encrypted.
func (n *Network) encrypted(at id.RoomID) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.rooms[at]
	return r != nil && r.encrypted
}

// unencrypted is a failure to encrypt: nothing was sent.
type unencrypted struct{ err error }

func (u unencrypted) Error() string { return "encrypt: " + u.err.Error() }

// Unwrap is the cause.
func (u unencrypted) Unwrap() error { return u.err }

// txn is the transaction id of a part: the same for the same key for ever, and
// of letters that a path may hold.
func txn(key string, part int) string {
	sum := sha256.Sum256([]byte(partKey(key, part)))
	return "attribot-" + hex.EncodeToString(sum[:16])
}

// partKey is the key of a part as it stands in the event.
func partKey(key string, part int) string { return strconv.Itoa(part) + " " + key }

// thread is the relation to the alert beneath which a post goes; nil for the
// room itself, also where the room was replaced since the alert.
func (n *Network) thread(ctx context.Context, out chat.Outgoing, at id.RoomID) *relation {
	room, alert := parted(out.Thread, at)
	if alert == "" {
		return nil
	}
	if room != at {
		n.log.Info("the alert stands in a room that was replaced: the follow-up goes into the room itself", "alert", alert, "room", at)
		return nil
	}
	return beneath(n.root(ctx, at, alert), alert)
}

// beneath is the relation of an event in a thread. Clients without threads show
// it as an answer to the event given.
func beneath(root, answered id.EventID) *relation {
	return &relation{Type: "m.thread", Event: string(root), Falling: true, ReplyTo: &reply{string(answered)}}
}

// root is the event that begins the thread of another: a thread's root is itself
// no part of a thread and no edit.
func (n *Network) root(ctx context.Context, at id.RoomID, of id.EventID) id.EventID {
	n.mu.Lock()
	root := n.roots[of]
	n.mu.Unlock()
	if root != "" {
		return root
	}
	ctx, stop := n.timely(ctx)
	defer stop()
	e, err := n.client.GetEvent(ctx, at, of)
	if err != nil {
		n.log.Debug("thread's root not looked at", "event", of, "err", err)
		return of
	}
	if rel := relationOf(e); (rel.Type == "m.thread" || rel.Type == "m.replace") && rel.Event != "" {
		of = id.EventID(rel.Event)
	}
	n.remember(e.ID, of)
	return of
}

// maxRoots bounds the memory of roots.
const maxRoots = 4096

func (n *Network) remember(e, root id.EventID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.roots) >= maxRoots {
		clear(n.roots)
	}
	n.roots[e] = root
}

// relationOf reads the relation of an event that came in.
func relationOf(e *event.Event) relation {
	var c struct {
		Relates relation `json:"m.relates_to"`
	}
	_ = json.Unmarshal(e.Content.VeryRaw, &c)
	return c.Relates
}

// edit replaces a message.
func (n *Network) edit(ctx context.Context, out chat.Outgoing, at id.RoomID, most int) (chat.MessageID, error) {
	at, target := parted(out.Edit, at)
	replaced := shortened(out.Message, most)
	if 2*size(replaced) > most {
		return "", chat.Fail(chat.Refused, "edit %s in Matrix: the message is too large", target)
	}
	c := replaced
	c.Body, c.Formatted = "* "+c.Body, "* "+c.Formatted
	c.New = &replaced
	c.Key, c.Relates = partKey(out.Key, 1), &relation{Type: "m.replace", Event: string(target)}
	c.Actions = nil
	if _, err := n.put(ctx, at, txn(out.Key, 1), c, false); err != nil {
		return "", fault(fmt.Sprintf("edit %s in Matrix", target), err)
	}
	return in(at, target), nil
}
