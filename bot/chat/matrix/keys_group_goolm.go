//go:build goolm

package matrix

import (
	"context"
	"errors"

	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/crypto/olm"
	"maunium.net/go/mautrix/id"
)

// errNotKept says that the bot does not let keys expire.
var errNotKept = errors.New("expiry of keys is not kept")

// inboundRecord is a key to what someone says in a room.
type inboundRecord struct {
	Key     string `json:"key"`
	Session crypto.InboundGroupSession
}

// PutGroupSession writes a key to what someone says in a room.
func (k *keys) PutGroupSession(ctx context.Context, s *crypto.InboundGroupSession) error {
	sealed, err := k.seal(s.Internal)
	if err != nil {
		return err
	}
	r := inboundRecord{Key: sealed, Session: *s}
	r.Session.Internal = nil
	if err := k.put(r, kindInbound, string(s.RoomID), string(s.ID())); err != nil {
		return err
	}
	return k.MemoryStore.PutGroupSession(ctx, s)
}

func (k *keys) loadInbound(r inboundRecord) error {
	s, err := olm.InboundGroupSessionFromPickled([]byte(r.Key), k.secret)
	if err != nil {
		return err
	}
	r.Session.Internal = s
	return k.MemoryStore.PutGroupSession(context.Background(), &r.Session)
}

// RedactGroupSession removes a key.
func (k *keys) RedactGroupSession(ctx context.Context, room id.RoomID, session id.SessionID, reason string) error {
	if err := k.put(nil, kindInbound, string(room), string(session)); err != nil {
		return err
	}
	return k.MemoryStore.RedactGroupSession(ctx, room, session, reason)
}

// RedactGroupSessions removes the keys of a device or a room.
func (k *keys) RedactGroupSessions(ctx context.Context, room id.RoomID, sender id.SenderKey, reason string) ([]id.SessionID, error) {
	removed, err := k.MemoryStore.RedactGroupSessions(ctx, room, sender, reason)
	if err != nil {
		return removed, err
	}
	gone := map[id.SessionID]bool{}
	for _, s := range removed {
		gone[s] = true
	}
	err = k.store.Each(k.name(kindInbound), func(name string, _ []byte) error {
		for s := range gone {
			if len(name) > len(s) && name[len(name)-len(s):] == string(s) {
				return k.store.Save(name, nil)
			}
		}
		return nil
	})
	return removed, err
}

// RedactExpiredGroupSessions is not offered.
func (k *keys) RedactExpiredGroupSessions(context.Context) ([]id.SessionID, error) {
	return nil, errNotKept
}

// RedactOutdatedGroupSessions is not offered.
func (k *keys) RedactOutdatedGroupSessions(context.Context) ([]id.SessionID, error) {
	return nil, errNotKept
}

// outboundRecord is the key to what the bot says in a room, and who has it.
type outboundRecord struct {
	Room          id.RoomID              `json:"room"`
	Key           string                 `json:"key"`
	Times         crypto.ExpirationMixin `json:"times"`
	MaxMessages   int                    `json:"max_messages"`
	MessageCount  int                    `json:"message_count"`
	SharedHistory *bool                  `json:"shared_history,omitempty"`
	Shared        bool                   `json:"shared"`
	Users         []holder               `json:"users"`
}

// holder is a device to which a key went or did not go.
type holder struct {
	Device crypto.UserDevice `json:"device"`
	State  crypto.OGSState   `json:"state"`
}

func (k *keys) putOutbound(s *crypto.OutboundGroupSession) error {
	sealed, err := k.seal(s.Internal)
	if err != nil {
		return err
	}
	r := outboundRecord{s.RoomID, sealed, s.ExpirationMixin, s.MaxMessages, s.MessageCount, s.SharedHistory, s.Shared, nil}
	for d, state := range s.Users {
		r.Users = append(r.Users, holder{d, state})
	}
	return k.put(r, kindOutbound, string(s.RoomID))
}

// AddOutboundGroupSession writes the key to what the bot says in a room.
func (k *keys) AddOutboundGroupSession(ctx context.Context, s *crypto.OutboundGroupSession) error {
	if err := k.putOutbound(s); err != nil {
		return err
	}
	return k.MemoryStore.AddOutboundGroupSession(ctx, s)
}

// UpdateOutboundGroupSession writes a key that has moved on. It is written
// before the message goes out, so that no step of it is used twice.
func (k *keys) UpdateOutboundGroupSession(_ context.Context, s *crypto.OutboundGroupSession) error {
	return k.putOutbound(s)
}

// RemoveOutboundGroupSession ends a key, so that the next message gets a new
// one.
func (k *keys) RemoveOutboundGroupSession(ctx context.Context, room id.RoomID) error {
	if err := k.put(nil, kindOutbound, string(room)); err != nil {
		return err
	}
	return k.MemoryStore.RemoveOutboundGroupSession(ctx, room)
}

func (k *keys) loadOutbound(r outboundRecord) error {
	internal, err := olm.OutboundGroupSessionFromPickled([]byte(r.Key), k.secret)
	if err != nil {
		return err
	}
	s := &crypto.OutboundGroupSession{Internal: internal, ExpirationMixin: r.Times, MaxMessages: r.MaxMessages, MessageCount: r.MessageCount,
		SharedHistory: r.SharedHistory, Users: map[crypto.UserDevice]crypto.OGSState{}, RoomID: r.Room, Shared: r.Shared}
	for _, h := range r.Users {
		s.Users[h.Device] = h.State
	}
	return k.MemoryStore.AddOutboundGroupSession(context.Background(), s)
}

type sharedRecord struct {
	User    id.UserID      `json:"user"`
	Key     id.IdentityKey `json:"key"`
	Session id.SessionID   `json:"session"`
}

// MarkOutboundGroupSessionShared notes that a device has a key of the bot's.
func (k *keys) MarkOutboundGroupSessionShared(ctx context.Context, user id.UserID, key id.IdentityKey, session id.SessionID) error {
	if err := k.put(sharedRecord{user, key, session}, kindShared, string(user), string(key), string(session)); err != nil {
		return err
	}
	return k.MemoryStore.MarkOutboundGroupSessionShared(ctx, user, key, session)
}

func (k *keys) loadShared(r sharedRecord) error {
	return k.MemoryStore.MarkOutboundGroupSessionShared(context.Background(), r.User, r.Key, r.Session)
}
