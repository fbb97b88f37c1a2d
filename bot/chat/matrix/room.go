package matrix

import (
	"context"
	"fmt"
	"strings"

	"attribot/bot/chat"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// room is what the bot knows of a room.
type room struct {
	encrypted bool
	next      id.RoomID // the room that replaced it; "" for none
	via       []string  // servers that know the room that replaced it
	told      bool      // the sentence on encryption was said
}

// maxMoves bounds how many replaced rooms are followed, against a circle.
const maxMoves = 10

// destination is the room behind an address: aliases are resolved, replaced
// rooms followed, and the room is joined where the bot may.
func (n *Network) destination(ctx context.Context, to string) (id.RoomID, *room, error) {
	at, via, err := n.resolve(ctx, to)
	if err != nil {
		return "", nil, err
	}
	for range maxMoves {
		r, err := n.known(ctx, at, via)
		if err != nil {
			return "", nil, err
		}
		if r.next == "" {
			return at, r, nil
		}
		n.log.Info("room was replaced, following", "from", at, "to", r.next)
		at, via = r.next, r.via
	}
	return "", nil, fmt.Errorf("follow replaced rooms from %s: more than %d", to, maxMoves)
}

// resolve is the room's id for an alias; an id stands for itself, whatever form
// it has.
func (n *Network) resolve(ctx context.Context, to string) (id.RoomID, []string, error) {
	if !strings.HasPrefix(to, "#") {
		return id.RoomID(to), nil, nil
	}
	n.mu.Lock()
	known := n.aliases[to]
	n.mu.Unlock()
	if known != "" {
		return known, nil, nil
	}
	ctx, stop := n.timely(ctx)
	defer stop()
	found, err := n.client.ResolveAlias(ctx, id.RoomAlias(to))
	if err != nil {
		return "", nil, fmt.Errorf("resolve alias %s: %w", to, err)
	}
	n.mu.Lock()
	n.aliases[to] = found.RoomID
	n.mu.Unlock()
	return found.RoomID, found.Servers, nil
}

// known is a room with its state, asked for at the first post; after that the
// synchronisation keeps it.
func (n *Network) known(ctx context.Context, at id.RoomID, via []string) (*room, error) {
	n.mu.Lock()
	r := n.rooms[at]
	n.mu.Unlock()
	if r != nil {
		return r, nil
	}
	r, err := n.look(ctx, at)
	if isCode(err, "M_FORBIDDEN") || isCode(err, "M_NOT_FOUND") {
		if err = n.join(ctx, at, via); err != nil {
			return nil, err
		}
		r, err = n.look(ctx, at)
	}
	if err != nil {
		return nil, fmt.Errorf("look at room %s: %w", at, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if meanwhile := n.rooms[at]; meanwhile != nil {
		return meanwhile, nil
	}
	n.rooms[at] = r
	return r, nil
}

// look reads the state of a room that the bot is in.
func (n *Network) look(ctx context.Context, at id.RoomID) (*room, error) {
	var me event.MemberEventContent
	if err := n.state(ctx, at, event.StateMember, string(n.client.UserID), &me); err != nil {
		return nil, err
	}
	if me.Membership != event.MembershipJoin {
		return nil, mautrix.HTTPError{RespError: &mautrix.RespError{ErrCode: "M_FORBIDDEN", Err: "the bot is not in the room"}}
	}
	r := &room{}
	var algorithm event.EncryptionEventContent
	switch err := n.state(ctx, at, event.StateEncryption, "", &algorithm); {
	case err == nil:
		r.encrypted = true
	case !isCode(err, "M_NOT_FOUND"):
		return nil, err
	}
	ctx, stop := n.timely(ctx)
	defer stop()
	switch tomb, err := n.client.FullStateEvent(ctx, at, event.StateTombstone, ""); {
	case err == nil:
		r.replace(tomb)
	case !isCode(err, "M_NOT_FOUND"):
		return nil, err
	}
	return r, nil
}

func (n *Network) state(ctx context.Context, at id.RoomID, kind event.Type, key string, into any) error {
	ctx, stop := n.timely(ctx)
	defer stop()
	return n.client.StateEvent(ctx, at, kind, key, into)
}

// replace takes in a tombstone. The new room is asked for at the server of who
// replaced it, since a room's id may hold no server.
func (r *room) replace(tomb *event.Event) {
	if tomb.Content.Parsed == nil {
		_ = tomb.Content.ParseRaw(event.StateTombstone)
	}
	next := tomb.Content.AsTombstone().ReplacementRoom
	if next == "" {
		return
	}
	r.next = next
	if _, server, err := tomb.Sender.Parse(); err == nil {
		r.via = []string{server}
	}
}

// join joins a room; doing so again changes nothing.
func (n *Network) join(ctx context.Context, at id.RoomID, via []string) error {
	ctx, stop := n.timely(ctx)
	defer stop()
	if _, err := n.client.JoinRoom(ctx, string(at), &mautrix.ReqJoinRoom{Via: via}); err != nil {
		return fmt.Errorf("join room %s: %w", at, err)
	}
	n.log.Info("joined room", "room", at)
	return nil
}

// sealed is the refusal of a post into a room whose encryption this build lacks.
// The room is told once.
func (n *Network) sealed(ctx context.Context, at id.RoomID, r *room) error {
	n.tellSealed(ctx, at, r)
	e := chat.Fail(chat.Refused, "post to %s: the room is encrypted", at)
	e.Advice = "build the bot with -tags goolm, or choose a room that is not encrypted"
	return e
}

// sealedText is what an encrypted room reads.
const sealedText = "This room is encrypted, and I was built without encryption: I can neither read commands nor post here."

func (n *Network) tellSealed(ctx context.Context, at id.RoomID, r *room) {
	n.mu.Lock()
	told := r.told
	r.told = true
	n.mu.Unlock()
	name := "sealed/" + string(at)
	if before, err := n.o.Store.Load(name); told || err != nil || before != nil {
		return
	}
	n.log.Warn("room is encrypted: build with -tags goolm to post there", "room", at)
	c := content{MsgType: "m.notice", Body: sealedText}
	if _, err := n.put(ctx, at, txn("sealed/"+string(at), 1), c, true); err != nil {
		n.log.Warn("room not told of its encryption", "room", at, "err", err)
		return
	}
	if err := n.o.Store.Save(name, []byte("told")); err != nil {
		n.log.Warn("room told of its encryption, but not noted", "room", at, "err", err)
	}
}
