//go:build goolm

package matrix

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"attribot/bot/message"

	"github.com/rs/zerolog"
	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/crypto/attachment"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// crypt is the encryption that this build has: Olm and Megolm in Go, with the
// keys in the Store.
type crypt struct {
	n       *Network
	machine *crypto.OlmMachine
}

// recoveryName is the record of the recovery key that the bot made itself.
const recoveryName = "recovery"

func (crypt) able() bool { return true }

// open reads the device's keys, publishes them where that was not done yet, and
// has the device signed by its account.
func (c *crypt) open(ctx context.Context, n *Network) error {
	store, err := openKeys(n.o.Store, "crypto/"+string(n.client.DeviceID)+"/", n.o.Secret)
	if err != nil {
		return err
	}
	quiet := zerolog.Nop()
	machine := crypto.NewOlmMachine(n.client, &quiet, store, rooms{n})
	if err := machine.Load(ctx); err != nil {
		return fmt.Errorf("load the device's keys: %w", err)
	}
	ctx, stop := n.timely(ctx)
	defer stop()
	if err := machine.ShareKeys(ctx, -1); err != nil {
		return fmt.Errorf("publish the device's keys: %w", err)
	}
	c.n, c.machine = n, machine
	if err := c.sign(ctx); err != nil {
		n.log.Warn("the bot's device is not signed by its account: people's clients may refuse to share keys with it; set the account's recovery key", "err", err)
	}
	return nil
}

// sign has the account sign its own device (MSC4153: clients leave devices that
// are not cross-signed out). With a recovery key the account's signing keys are
// fetched; an account without any gets some.
func (c *crypt) sign(ctx context.Context) error {
	has, done, err := c.machine.GetOwnVerificationStatus(ctx)
	if err != nil || done {
		return err
	}
	if !has && c.n.o.Password == "" {
		return errors.New("the account has no signing keys, and without its password the bot can't make any")
	}
	if !has {
		return c.begin(ctx)
	}
	key := c.n.o.RecoveryKey
	if key == "" {
		kept, err := c.n.o.Store.Load(recoveryName)
		if err != nil {
			return err
		}
		key = string(kept)
	}
	if key == "" {
		return errors.New("the account has signing keys, and the recovery key is not set")
	}
	return c.machine.VerifyWithRecoveryKey(ctx, key)
}

// begin makes the account's signing keys and keeps their recovery key.
func (c *crypt) begin(ctx context.Context) error {
	n := c.n
	recovery, _, err := c.machine.GenerateAndUploadCrossSigningKeys(ctx, func(asked *mautrix.RespUserInteractive) any {
		return &mautrix.ReqUIAuthLogin{
			BaseAuthData: mautrix.BaseAuthData{Type: mautrix.AuthTypePassword, Session: asked.Session},
			User:         string(n.client.UserID), Password: n.o.Password,
		}
	}, "")
	if err != nil {
		return fmt.Errorf("make the account's signing keys: %w", err)
	}
	if err := n.o.Store.Save(recoveryName, []byte(recovery)); err != nil {
		return fmt.Errorf("keep the recovery key: %w", err)
	}
	n.log.Info("the account has signing keys now; their recovery key is kept in the store")
	return errors.Join(c.machine.SignOwnDevice(ctx, c.machine.OwnIdentity()), c.machine.SignOwnMasterKey(ctx))
}

// sync takes the keys that came in, and ends the keys of rooms whose members
// changed.
func (c *crypt) sync(ctx context.Context, answer *mautrix.RespSync, since string) {
	c.machine.ProcessSyncResponse(ctx, answer, since)
	for at, r := range answer.Rooms.Join {
		for _, e := range append(r.State.Events, r.Timeline.Events...) {
			if e.Type.Type != event.StateMember.Type || e.StateKey == nil {
				continue
			}
			e.RoomID, e.Type = at, event.StateMember
			if e.Content.Parsed == nil && e.Content.ParseRaw(event.StateMember) != nil {
				continue
			}
			c.machine.HandleMemberEvent(ctx, e)
		}
	}
}

// seal encrypts an event for the devices of everyone in the room.
func (c *crypt) seal(ctx context.Context, at id.RoomID, kind event.Type, content json.RawMessage) (any, error) {
	sealed, err := c.machine.EncryptMegolmEvent(ctx, at, kind, content)
	if err == nil || !crypto.IsShareError(err) {
		return sealed, err
	}
	members, err := c.n.client.JoinedMembers(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("ask who is in the room: %w", err)
	}
	users := make([]id.UserID, 0, len(members.Joined))
	for u := range members.Joined {
		users = append(users, u)
	}
	if err := c.machine.ShareGroupSession(ctx, at, users); err != nil {
		return nil, fmt.Errorf("share the room's key: %w", err)
	}
	return c.machine.EncryptMegolmEvent(ctx, at, kind, content)
}

// read is the decrypted event; one that can't be read stays as it is.
func (c *crypt) read(ctx context.Context, e *event.Event) *event.Event {
	if e.Type.Type != event.EventEncrypted.Type {
		return e
	}
	if e.Content.Parsed == nil && e.Content.ParseRaw(event.EventEncrypted) != nil {
		return e
	}
	open, err := c.machine.DecryptMegolmEvent(ctx, e)
	if err != nil {
		c.n.log.Debug("message can't be decrypted", "room", e.RoomID, "event", e.ID, "err", err)
		return e
	}
	return open
}

// sealFile encrypts a file; what opens it goes with the event.
func (c *crypt) sealFile(f message.File) (sealedFile any, data []byte, set func(uri id.ContentURI)) {
	file := attachment.NewEncryptedFile()
	info := &event.EncryptedFileInfo{}
	data = bytes.Clone(f.Data)
	file.EncryptInPlace(data)
	info.EncryptedFile = *file
	return info, data, func(uri id.ContentURI) { info.URL = uri.CUString() }
}

// rooms is what the machine asks of rooms.
type rooms struct{ n *Network }

// IsEncrypted tells whether a room is encrypted. One that is not known yet is
// taken for encrypted: then a change of members ends its key.
func (r rooms) IsEncrypted(_ context.Context, at id.RoomID) (bool, error) {
	r.n.mu.Lock()
	defer r.n.mu.Unlock()
	known := r.n.rooms[at]
	return known == nil || known.encrypted, nil
}

// GetEncryptionEvent asks how a room is encrypted.
func (r rooms) GetEncryptionEvent(ctx context.Context, at id.RoomID) (*event.EncryptionEventContent, error) {
	var c event.EncryptionEventContent
	if err := r.n.state(ctx, at, event.StateEncryption, "", &c); err != nil && !isCode(err, "M_NOT_FOUND") {
		return nil, err
	}
	if c.RotationPeriodMillis == 0 {
		c.RotationPeriodMillis = (7 * 24 * time.Hour).Milliseconds()
	}
	return &c, nil
}

// GetHistoryVisibility asks who may read what was said before they came.
func (r rooms) GetHistoryVisibility(ctx context.Context, at id.RoomID) (*event.HistoryVisibilityEventContent, error) {
	var c event.HistoryVisibilityEventContent
	if err := r.n.state(ctx, at, event.StateHistoryVisibility, "", &c); err != nil {
		return nil, nil // the machine takes the strictest then
	}
	return &c, nil
}

// FindSharedRooms are the encrypted rooms of the bot: a changed device ends the
// keys of all of them, whoever it belongs to.
func (r rooms) FindSharedRooms(context.Context, id.UserID) ([]id.RoomID, error) {
	r.n.mu.Lock()
	defer r.n.mu.Unlock()
	var out []id.RoomID
	for at, known := range r.n.rooms {
		if known.encrypted {
			out = append(out, at)
		}
	}
	return out, nil
}
