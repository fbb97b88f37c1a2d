// Package matrix is the chat network of Matrix: messages go out as notices,
// lines that begin with the bot's word and reactions to its messages come in.
//
// The post key makes the transaction id, so that a homeserver takes the same
// post once from one device; the key also stands in the event, where
// [Network.Find] looks for it when the homeserver has forgotten the transaction.
// Foreign text is escaped, and every event says that it mentions nobody.
//
// Rooms that are encrypted need the build tag goolm; without it they get one
// plain sentence.
package matrix

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/wire"

	"github.com/rs/zerolog"
	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/id"
)

// Options say how to reach a homeserver and whom to listen to.
type Options struct {
	Homeserver  string        // such as "https://matrix.example.org", required
	AccessToken string        // of the bot's account; else User and Password
	User        string        // "@attribot:example.org" or its local part
	Password    string        //
	DeviceID    string        // "" = the token's, or one that the homeserver gives
	Name        string        // the network's name in addresses; "" = "matrix"
	Command     string        // the word that begins a command; "" = "!attribution"
	Invites     []string      // whose invites are taken: "@user:server", ":server", a room's id, or "*"
	Rooms       []string      // rooms and aliases where the bot posts: it may join these unasked
	MaxAge      time.Duration // a command older than this is not answered; 0 = 10 minutes
	Timeout     time.Duration // of one request; 0 = 20 s
	Store       Store         // what must outlive the process; nil = memory
	HTTPClient  *http.Client  // nil = one of its own
	Log         *slog.Logger  // nil = silent
	Now         func() time.Time
	Secret      string // seals the keys of encrypted rooms in the store
	RecoveryKey string // of the account's cross-signing, to sign the bot's own device
}

// Network is one Matrix account.
type Network struct {
	o      Options
	client *mautrix.Client
	log    *slog.Logger
	wait   func(context.Context, time.Duration) error // sleep, but in tests

	entry  sync.Mutex // held while signing in
	signed bool       // the client has its user, device and token

	mu      sync.Mutex // guards what follows
	rooms   map[id.RoomID]*room
	aliases map[string]id.RoomID
	roots   map[id.EventID]id.EventID // event to its thread's root

	seen   wire.Seen // events handled
	posted wire.Posts
	crypt  crypt
}

const (
	defaultTimeout = 20 * time.Second
	defaultMaxAge  = 10 * time.Minute
)

// New checks the options; it asks nothing of the homeserver.
func New(o Options) (*Network, error) {
	switch {
	case o.Homeserver == "":
		return nil, errors.New("open Matrix: the homeserver's address is missing")
	case o.AccessToken == "" && (o.User == "" || o.Password == ""):
		return nil, errors.New("open Matrix: an access token is missing, or a user with a password")
	}
	o.Name, o.Command = or(o.Name, "matrix"), or(o.Command, "!attribution")
	if strings.ContainsAny(o.Command, " \t\n") {
		return nil, fmt.Errorf("open Matrix: the command %q must be one word", o.Command)
	}
	o.MaxAge, o.Timeout = orTime(o.MaxAge, defaultMaxAge), orTime(o.Timeout, defaultTimeout)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Store == nil {
		o.Store = &memory{}
	}
	client, err := mautrix.NewClient(o.Homeserver, "", "")
	if err != nil || client.HomeserverURL.Host == "" {
		return nil, fmt.Errorf("open Matrix: the homeserver's address %q is no URL", o.Homeserver)
	}
	client.Client = wire.Client(o.HTTPClient, wire.Transport{})
	client.Log = zerolog.Nop()
	client.UserAgent = "attribot"
	client.IgnoreRateLimit = true // a wait is the deliverer's to plan
	return &Network{o: o, client: client, log: o.Log.With("network", o.Name), wait: sleep,
		rooms: map[id.RoomID]*room{}, aliases: map[string]id.RoomID{}, roots: map[id.EventID]id.EventID{}}, nil
}

// Name is the network's name in addresses.
func (n *Network) Name() string { return n.o.Name }

// timely bounds one request.
func (n *Network) timely(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, n.o.Timeout)
}

// in makes the message id of an event in a room. Event ids hold no blank.
func in(r id.RoomID, e id.EventID) chat.MessageID { return chat.MessageID(string(r) + " " + string(e)) }

// parted is the room and the event of a message id; an id that is a bare event
// is in the room given.
func parted(m chat.MessageID, r id.RoomID) (id.RoomID, id.EventID) {
	if i := strings.LastIndexByte(string(m), ' '); i >= 0 {
		return id.RoomID(m[:i]), id.EventID(m[i+1:])
	}
	return r, id.EventID(m)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func orTime(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// sleep waits for d or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
