//go:build goolm

package matrix

import (
	"context"
	"errors"
	"maps"

	"maunium.net/go/mautrix/id"
)

// devicesRecord are the devices of a user.
type devicesRecord struct {
	User     id.UserID                  `json:"user"`
	Devices  map[id.DeviceID]*id.Device `json:"devices"`
	Outdated bool                       `json:"outdated,omitempty"`
}

// writeDevices writes a user's devices as memory has them; the lock is held.
func (k *keys) writeDevices(ctx context.Context, user id.UserID) error {
	devices, err := k.MemoryStore.GetDevices(ctx, user)
	if err != nil || devices == nil {
		return err
	}
	outdated, err := k.outdated(ctx, user)
	if err != nil {
		return err
	}
	return k.put(devicesRecord{user, devices, outdated}, kindDevices, string(user))
}

func (k *keys) outdated(ctx context.Context, user id.UserID) (bool, error) {
	all, err := k.MemoryStore.GetOutdatedTrackedUsers(ctx)
	for _, u := range all {
		if u == user {
			return true, err
		}
	}
	return false, err
}

// PutDevice writes a device.
func (k *keys) PutDevice(ctx context.Context, user id.UserID, d *id.Device) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return errors.Join(k.MemoryStore.PutDevice(ctx, user, copied(d)), k.writeDevices(ctx, user))
}

// PutDevices writes all devices of a user, which are up to date then.
func (k *keys) PutDevices(ctx context.Context, user id.UserID, devices map[id.DeviceID]*id.Device) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	own := make(map[id.DeviceID]*id.Device, len(devices))
	for name, d := range devices {
		own[name] = copied(d)
	}
	return errors.Join(k.MemoryStore.PutDevices(ctx, user, own), k.writeDevices(ctx, user))
}

// GetDevices are the devices of a user, nil for a user who is not tracked.
func (k *keys) GetDevices(ctx context.Context, user id.UserID) (map[id.DeviceID]*id.Device, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all, err := k.MemoryStore.GetDevices(ctx, user)
	if all == nil {
		return nil, err
	}
	out := make(map[id.DeviceID]*id.Device, len(all))
	for name, d := range all {
		out[name] = copied(d)
	}
	return out, err
}

// GetDevice is one device.
func (k *keys) GetDevice(ctx context.Context, user id.UserID, name id.DeviceID) (*id.Device, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	d, err := k.MemoryStore.GetDevice(ctx, user, name)
	return copied(d), err
}

// FindDeviceByKey is the device with a key.
func (k *keys) FindDeviceByKey(ctx context.Context, user id.UserID, key id.IdentityKey) (*id.Device, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	d, err := k.MemoryStore.FindDeviceByKey(ctx, user, key)
	return copied(d), err
}

func copied(d *id.Device) *id.Device {
	if d == nil {
		return nil
	}
	c := *d
	return &c
}

// MarkTrackedUsersOutdated notes that users' devices have to be asked for anew.
func (k *keys) MarkTrackedUsersOutdated(ctx context.Context, users []id.UserID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.MemoryStore.MarkTrackedUsersOutdated(ctx, users)
	for _, u := range users {
		err = errors.Join(err, k.writeDevices(ctx, u))
	}
	return err
}

func (k *keys) loadDevices(r devicesRecord) error {
	if r.Devices == nil {
		r.Devices = map[id.DeviceID]*id.Device{}
	}
	ctx := context.Background()
	err := k.MemoryStore.PutDevices(ctx, r.User, r.Devices)
	if r.Outdated {
		err = errors.Join(err, k.MemoryStore.MarkTrackedUsersOutdated(ctx, []id.UserID{r.User}))
	}
	return err
}

// crossRecord are the cross-signing keys of a user.
type crossRecord struct {
	User id.UserID                                   `json:"user"`
	Keys map[id.CrossSigningUsage]id.CrossSigningKey `json:"keys"`
}

func (k *keys) writeCross(ctx context.Context, user id.UserID) error {
	all, err := k.MemoryStore.GetCrossSigningKeys(ctx, user)
	if err != nil {
		return err
	}
	return k.put(crossRecord{user, all}, kindCross, string(user))
}

// PutCrossSigningKey writes a cross-signing key.
func (k *keys) PutCrossSigningKey(ctx context.Context, user id.UserID, usage id.CrossSigningUsage, key id.Ed25519) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return errors.Join(k.MemoryStore.PutCrossSigningKey(ctx, user, usage, key), k.writeCross(ctx, user))
}

// GetCrossSigningKeys are the cross-signing keys of a user.
func (k *keys) GetCrossSigningKeys(ctx context.Context, user id.UserID) (map[id.CrossSigningUsage]id.CrossSigningKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all, err := k.MemoryStore.GetCrossSigningKeys(ctx, user)
	return maps.Clone(all), err
}

// ResetMasterKeyTOFU takes a changed master key as trusted.
func (k *keys) ResetMasterKeyTOFU(ctx context.Context, user id.UserID, key id.Ed25519) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return errors.Join(k.MemoryStore.ResetMasterKeyTOFU(ctx, user, key), k.writeCross(ctx, user))
}

func (k *keys) loadCross(r crossRecord) error {
	k.CrossSigningKeys[r.User] = r.Keys
	return nil
}

// signedRecord is a signature on a key.
type signedRecord struct {
	User   id.UserID  `json:"user"`
	Key    id.Ed25519 `json:"key"`
	By     id.UserID  `json:"by"`
	ByKey  id.Ed25519 `json:"by_key"`
	Signed string     `json:"signed"`
}

func (r signedRecord) parts() []string {
	return []string{string(r.User), string(r.Key), string(r.By), string(r.ByKey)}
}

// PutSignature writes a signature on a key.
func (k *keys) PutSignature(ctx context.Context, user id.UserID, key id.Ed25519, by id.UserID, byKey id.Ed25519, signature string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := signedRecord{user, key, by, byKey, signature}
	if err := k.put(r, kindSigned, r.parts()...); err != nil {
		return err
	}
	return k.MemoryStore.PutSignature(ctx, user, key, by, byKey, signature)
}

// GetSignaturesForKeyBy are the signatures of someone on a key.
func (k *keys) GetSignaturesForKeyBy(ctx context.Context, user id.UserID, key id.Ed25519, by id.UserID) (map[id.Ed25519]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all, err := k.MemoryStore.GetSignaturesForKeyBy(ctx, user, key, by)
	return maps.Clone(all), err
}

// IsKeySignedBy tells whether a key is signed by another.
func (k *keys) IsKeySignedBy(ctx context.Context, user id.UserID, key id.Ed25519, by id.UserID, byKey id.Ed25519) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.MemoryStore.IsKeySignedBy(ctx, user, key, by, byKey)
}

// DropSignaturesByKey removes the signatures that a key made.
func (k *keys) DropSignaturesByKey(ctx context.Context, user id.UserID, key id.Ed25519) (int64, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := each(k, kindSigned, func(r signedRecord) error {
		if r.By != user || r.ByKey != key {
			return nil
		}
		return k.put(nil, kindSigned, r.parts()...)
	})
	if err != nil {
		return 0, err
	}
	return k.MemoryStore.DropSignaturesByKey(ctx, user, key)
}

func (k *keys) loadSigned(r signedRecord) error {
	return k.MemoryStore.PutSignature(context.Background(), r.User, r.Key, r.By, r.ByKey, r.Signed)
}

// secretRecord is a named secret.
type secretRecord struct {
	Name  id.Secret `json:"name"`
	Value string    `json:"value"`
}

// PutSecret writes a named secret.
func (k *keys) PutSecret(ctx context.Context, name id.Secret, value string) error {
	if err := k.put(secretRecord{name, value}, kindSecret, string(name)); err != nil {
		return err
	}
	return k.MemoryStore.PutSecret(ctx, name, value)
}

// DeleteSecret removes a named secret.
func (k *keys) DeleteSecret(ctx context.Context, name id.Secret) error {
	if err := k.put(nil, kindSecret, string(name)); err != nil {
		return err
	}
	return k.MemoryStore.DeleteSecret(ctx, name)
}

func (k *keys) loadSecret(r secretRecord) error {
	return k.MemoryStore.PutSecret(context.Background(), r.Name, r.Value)
}
