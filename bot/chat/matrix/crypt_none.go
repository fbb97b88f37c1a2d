//go:build !goolm

package matrix

import (
	"context"
	"encoding/json"
	"errors"

	"attribot/bot/message"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// crypt is the encryption that this build has: none.
type crypt struct{}

// errSealed says that a room's encryption is not built in.
var errSealed = errors.New("built without encryption")

func (crypt) able() bool { return false }

func (crypt) open(context.Context, *Network) error { return nil }

func (crypt) sync(context.Context, *mautrix.RespSync, string) {}

// read gives an event back as it is.
func (crypt) read(_ context.Context, e *event.Event) *event.Event { return e }

func (crypt) seal(context.Context, id.RoomID, event.Type, json.RawMessage) (any, error) {
	return nil, errSealed
}

func (crypt) sealFile(f message.File) (any, []byte, func(id.ContentURI)) {
	return nil, f.Data, func(id.ContentURI) {}
}
