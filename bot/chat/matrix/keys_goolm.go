//go:build goolm

package matrix

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/crypto/olm"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// keys is the store of encryption keys. What is asked for is answered from
// memory; every change is written to the Store, one record for each session, so
// that keys survive a restart and a kill.
//
// The library's memory hands out its own maps and writes some under a reader's
// lock: mu makes up for it, and what is handed out here is a copy.
type keys struct {
	*crypto.MemoryStore
	mu     sync.Mutex // devices, cross-signing keys, signatures, lists of sessions
	store  Store
	prefix string
	secret []byte // seals the keys themselves
}

var _ crypto.Store = (*keys)(nil)

// The kinds of record.
const (
	kindAccount  = "account"
	kindOlm      = "olm"
	kindInbound  = "inbound"
	kindOutbound = "outbound"
	kindWithheld = "withheld"
	kindShared   = "shared"
	kindIndex    = "index"
	kindHash     = "hash"
	kindDevices  = "devices"
	kindCross    = "cross"
	kindSigned   = "signed"
	kindSecret   = "secret"
)

// openKeys reads the keys kept under prefix.
func openKeys(store Store, prefix, secret string) (*keys, error) {
	k := &keys{MemoryStore: crypto.NewMemoryStore(nil), store: store, prefix: prefix, secret: []byte(or(secret, "attribot"))}
	loads := []error{k.loadAccount(), each(k, kindOlm, k.loadOlm), each(k, kindInbound, k.loadInbound), each(k, kindOutbound, k.loadOutbound),
		each(k, kindWithheld, k.loadWithheld), each(k, kindShared, k.loadShared), each(k, kindHash, k.loadHash),
		each(k, kindDevices, k.loadDevices), each(k, kindCross, k.loadCross), each(k, kindSigned, k.loadSigned), each(k, kindSecret, k.loadSecret)}
	if err := errors.Join(loads...); err != nil {
		return nil, fmt.Errorf("read encryption keys: %w", err)
	}
	return k, nil
}

// name is the name of a record.
func (k *keys) name(kind string, parts ...string) string {
	return k.prefix + kind + "/" + strings.Join(parts, " ")
}

// put writes a record; nil removes it.
func (k *keys) put(v any, kind string, parts ...string) error {
	if v == nil {
		return k.store.Save(k.name(kind, parts...), nil)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return k.store.Save(k.name(kind, parts...), b)
}

// each reads the records of a kind.
func each[T any](k *keys, kind string, take func(T) error) error {
	return k.store.Each(k.name(kind), func(name string, value []byte) error {
		var v T
		if err := json.Unmarshal(value, &v); err != nil {
			return fmt.Errorf("record %s: %w", name, err)
		}
		if err := take(v); err != nil {
			return fmt.Errorf("record %s: %w", name, err)
		}
		return nil
	})
}

// sealer is a key that can be written sealed.
type sealer interface {
	Pickle(key []byte) ([]byte, error)
}

func (k *keys) seal(s sealer) (string, error) {
	b, err := s.Pickle(k.secret)
	return string(b), err
}

type accountRecord struct {
	Key    string              `json:"key"`
	Shared bool                `json:"shared"`
	Backup id.KeyBackupVersion `json:"backup,omitempty"`
}

// PutAccount writes the device's own keys.
func (k *keys) PutAccount(ctx context.Context, a *crypto.OlmAccount) error {
	sealed, err := k.seal(a.Internal)
	if err != nil {
		return err
	}
	if err := k.put(accountRecord{sealed, a.Shared, a.KeyBackupVersion}, kindAccount); err != nil {
		return err
	}
	return k.MemoryStore.PutAccount(ctx, a)
}

func (k *keys) loadAccount() error {
	return each(k, kindAccount, func(r accountRecord) error {
		a, err := olm.AccountFromPickled([]byte(r.Key), k.secret)
		if err != nil {
			return err
		}
		k.Account = &crypto.OlmAccount{Internal: a, Shared: r.Shared, KeyBackupVersion: r.Backup}
		return nil
	})
}

type olmRecord struct {
	Sender id.SenderKey           `json:"sender"`
	Key    string                 `json:"key"`
	Times  crypto.ExpirationMixin `json:"times"`
}

func (k *keys) putOlm(sender id.SenderKey, s *crypto.OlmSession) error {
	sealed, err := k.seal(s.Internal)
	if err != nil {
		return err
	}
	return k.put(olmRecord{sender, sealed, s.ExpirationMixin}, kindOlm, string(sender), string(s.ID()))
}

// AddSession writes a session with another device.
func (k *keys) AddSession(ctx context.Context, sender id.SenderKey, s *crypto.OlmSession) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.putOlm(sender, s); err != nil {
		return err
	}
	return k.MemoryStore.AddSession(ctx, sender, s)
}

// GetSessions are the sessions with another device.
func (k *keys) GetSessions(ctx context.Context, sender id.SenderKey) (crypto.OlmSessionList, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all, err := k.MemoryStore.GetSessions(ctx, sender)
	return slices.Clone(all), err
}

// UpdateSession writes a session that has moved on.
func (k *keys) UpdateSession(_ context.Context, sender id.SenderKey, s *crypto.OlmSession) error {
	return k.putOlm(sender, s)
}

// DeleteSession removes a session.
func (k *keys) DeleteSession(ctx context.Context, sender id.SenderKey, s *crypto.OlmSession) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.put(nil, kindOlm, string(sender), string(s.ID())); err != nil {
		return err
	}
	return k.MemoryStore.DeleteSession(ctx, sender, s)
}

func (k *keys) loadOlm(r olmRecord) error {
	s, err := olm.SessionFromPickled([]byte(r.Key), k.secret)
	if err != nil {
		return err
	}
	return k.MemoryStore.AddSession(context.Background(), r.Sender, &crypto.OlmSession{Internal: s, ExpirationMixin: r.Times})
}

type hashRecord struct {
	Hash string    `json:"hash"`
	At   time.Time `json:"at"`
}

// PutOlmHash notes that a message was handled.
func (k *keys) PutOlmHash(ctx context.Context, hash [32]byte, at time.Time) error {
	name := hex.EncodeToString(hash[:])
	if err := k.put(hashRecord{name, at}, kindHash, name); err != nil {
		return err
	}
	return k.MemoryStore.PutOlmHash(ctx, hash, at)
}

// DeleteOldOlmHashes forgets messages handled long ago.
func (k *keys) DeleteOldOlmHashes(_ context.Context, before time.Time) error {
	return each(k, kindHash, func(r hashRecord) error {
		if !r.At.Before(before) {
			return nil
		}
		return k.put(nil, kindHash, r.Hash)
	})
}

func (k *keys) loadHash(r hashRecord) error {
	b, err := hex.DecodeString(r.Hash)
	if err != nil || len(b) != 32 {
		return errors.New("hash is broken")
	}
	return k.MemoryStore.PutOlmHash(context.Background(), [32]byte(b), r.At)
}

type indexRecord struct {
	Event id.EventID `json:"event"`
	At    int64      `json:"at"`
}

// ValidateMessageIndex tells whether a message is not another one played again.
func (k *keys) ValidateMessageIndex(_ context.Context, session id.SessionID, e id.EventID, index uint, at int64) (bool, error) {
	parts := []string{string(session), strconv.FormatUint(uint64(index), 10)}
	b, err := k.store.Load(k.name(kindIndex, parts...))
	if err != nil {
		return false, err
	}
	if b == nil {
		if e == "" && at == 0 {
			return true, nil
		}
		return true, k.put(indexRecord{e, at}, kindIndex, parts...)
	}
	var r indexRecord
	err = json.Unmarshal(b, &r)
	return r.Event == e && r.At == at, err
}

type withheldRecord = event.RoomKeyWithheldEventContent

// PutWithheldGroupSession notes that someone keeps a key from the bot.
func (k *keys) PutWithheldGroupSession(ctx context.Context, c event.RoomKeyWithheldEventContent) error {
	if err := k.put(c, kindWithheld, string(c.RoomID), string(c.SessionID)); err != nil {
		return err
	}
	return k.MemoryStore.PutWithheldGroupSession(ctx, c)
}

func (k *keys) loadWithheld(c withheldRecord) error {
	return k.MemoryStore.PutWithheldGroupSession(context.Background(), c)
}
