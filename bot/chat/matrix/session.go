package matrix

import (
	"context"
	"encoding/json"
	"fmt"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/id"
)

// device is the signed-in device. Transaction ids count per device, so device
// and token are kept across restarts.
type device struct {
	User   id.UserID   `json:"user"`
	Device id.DeviceID `json:"device"`
	Token  string      `json:"token"`
}

const deviceName = "device"

// session signs the client in once.
func (n *Network) session(ctx context.Context) error {
	n.entry.Lock()
	defer n.entry.Unlock()
	if n.signed {
		return nil
	}
	d, err := n.enter(ctx)
	if err != nil {
		return fmt.Errorf("sign in to Matrix: %w", err)
	}
	n.client.UserID, n.client.DeviceID, n.client.AccessToken = d.User, d.Device, d.Token
	if err := n.crypt.open(ctx, n); err != nil {
		return fmt.Errorf("open the keys of encrypted rooms: %w", err)
	}
	n.signed = true
	return nil
}

// enter is the device to work as: that of the token given, the one kept, or a
// new one.
func (n *Network) enter(ctx context.Context) (device, error) {
	kept, err := n.kept()
	if err != nil {
		return device{}, err
	}
	token := or(n.o.AccessToken, kept.Token)
	if token != "" {
		d, err := n.whoami(ctx, token)
		switch {
		case err == nil:
			if kept.Device != "" && kept.Device != d.Device {
				n.log.Warn("the account's device has changed: posts of unknown outcome are looked for, not repeated", "before", kept.Device, "now", d.Device)
			}
			return d, n.keep(d)
		case n.o.Password == "" || !isCode(err, "M_UNKNOWN_TOKEN"):
			return device{}, err
		}
	}
	d, err := n.login(ctx, id.DeviceID(or(n.o.DeviceID, string(kept.Device))))
	if err != nil {
		return device{}, err
	}
	return d, n.keep(d)
}

func (n *Network) kept() (device, error) {
	var d device
	b, err := n.o.Store.Load(deviceName)
	if err != nil || b == nil {
		return d, err
	}
	return d, json.Unmarshal(b, &d)
}

func (n *Network) keep(d device) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return n.o.Store.Save(deviceName, b)
}

// whoami asks whose token it is.
func (n *Network) whoami(ctx context.Context, token string) (device, error) {
	ctx, stop := n.timely(ctx)
	defer stop()
	n.client.AccessToken = token
	me, err := n.client.Whoami(ctx)
	if err != nil {
		return device{}, err
	}
	return device{User: me.UserID, Device: me.DeviceID, Token: token}, nil
}

// login signs in with the password, as the device kept where there is one.
func (n *Network) login(ctx context.Context, as id.DeviceID) (device, error) {
	ctx, stop := n.timely(ctx)
	defer stop()
	n.client.AccessToken = ""
	r, err := n.client.Login(ctx, &mautrix.ReqLogin{
		Type:       mautrix.AuthTypePassword,
		Identifier: mautrix.UserIdentifier{Type: mautrix.IdentifierTypeUser, User: n.o.User},
		Password:   n.o.Password, DeviceID: as, InitialDeviceDisplayName: "attribot",
	})
	if err != nil {
		return device{}, err
	}
	return device{User: r.UserID, Device: r.DeviceID, Token: r.AccessToken}, nil
}
