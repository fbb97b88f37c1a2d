//go:build !goolm

package matrix

import (
	"context"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
)

// crypt is the encryption that this build has: none.
type crypt struct{}

func (crypt) able() bool                                      { return false }
func (crypt) open(context.Context, *Network) error            { return nil }
func (crypt) sync(context.Context, *mautrix.RespSync, string) {}

// read gives an event back as it is.
func (crypt) read(_ context.Context, e *event.Event) *event.Event { return e }
