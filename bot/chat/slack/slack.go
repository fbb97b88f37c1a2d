// Package slack is the chat network of Slack: messages go out as Block Kit,
// slash commands and buttons come in through Socket Mode or through signed HTTP
// requests, which one handler serves alike.
//
// Foreign text stands only in plain_text and rich_text, where Slack interprets
// nothing. Slack knows no idempotency key, so every post carries its key as
// message metadata, and [Network.Find] reads the channel back before a post of
// unknown outcome is sent again.
package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/wire"

	api "github.com/slack-go/slack"
)

// Options say how to reach a workspace.
type Options struct {
	BotToken      string        // xoxb-…, required
	AppToken      string        // xapp-… with connections:write, for Socket Mode
	SigningSecret string        // for signed HTTP, where there is no app token
	APIURL        string        // another server than Slack's; it ends in "/api/"
	Name          string        // the network's name in addresses; "" = "slack"
	Command       string        // the slash command; "" = "/attribution"
	HTTPClient    *http.Client  // nil = one of its own
	Timeout       time.Duration // of one request; 0 = 20 s
	Log           *slog.Logger  // nil = silent
	Now           func() time.Time
}

// Network is one Slack workspace.
type Network struct {
	o    Options
	http *http.Client
	api  *api.Client
	log  *slog.Logger
	wait func(context.Context, time.Duration) error // sleep, but in tests

	asking sync.Mutex            // held while the bot asks who it is
	self   *api.AuthTestResponse // who the bot is, once asked

	mu     sync.Mutex
	direct map[string]string // user to the channel of direct messages
	live   *listener         // set while Listen runs

	seen   wire.Seen // triggers and signatures already handled
	posted wire.Posts
}

// defaultTimeout bounds one request to Slack.
const defaultTimeout = 20 * time.Second

// New checks the options; it asks nothing of the network.
func New(o Options) (*Network, error) {
	if o.BotToken == "" {
		return nil, errors.New("open Slack: the bot token (xoxb-…) is missing")
	}
	if o.AppToken != "" && !strings.HasPrefix(o.AppToken, "xapp-") {
		return nil, errors.New("open Slack: the app token must begin with xapp-; the bot token belongs elsewhere")
	}
	o.Name, o.Command = or(o.Name, "slack"), "/"+strings.TrimPrefix(or(o.Command, "attribution"), "/")
	o.APIURL = strings.TrimSuffix(or(o.APIURL, api.APIURL), "/") + "/"
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	carry := wire.Transport{Token: o.BotToken}
	if o.APIURL != api.APIURL {
		// Slack looks for the token among the form's fields, other servers in
		// the header.
		u, err := url.Parse(o.APIURL)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("open Slack: the API's address %q is no URL", o.APIURL)
		}
		carry.Host = u.Host
	}
	client := wire.Client(o.HTTPClient, carry)
	n := &Network{o: o, http: client, log: o.Log.With("network", o.Name), wait: sleep, direct: map[string]string{}}
	n.api = api.New(o.BotToken, api.OptionAppLevelToken(o.AppToken), api.OptionAPIURL(o.APIURL),
		api.OptionHTTPClient(client), api.OptionLog(lines{n.log}))
	return n, nil
}

// Name is the network's name in addresses.
func (n *Network) Name() string { return n.o.Name }

// identity is who the bot is in this workspace; it is asked for once.
func (n *Network) identity(ctx context.Context) (*api.AuthTestResponse, error) {
	n.asking.Lock()
	defer n.asking.Unlock()
	if n.self != nil {
		return n.self, nil
	}
	ctx, stop := context.WithTimeout(ctx, n.o.Timeout)
	defer stop()
	self, err := n.api.AuthTestContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask Slack who the bot is: %w", err)
	}
	n.self = self
	return self, nil
}

// channelID is the form of the ids of channels and people. Names are no
// addresses: they change, and Enterprise Grid does not take them.
var channelID = regexp.MustCompile(`^[CDGUW][A-Z0-9]+$`)

// place is the channel's id for an address: a user's id stands for the direct
// messages with them.
func (n *Network) place(ctx context.Context, to string) (string, error) {
	if !channelID.MatchString(to) {
		e := chat.Fail(chat.Refused, "channel %q is no id", to)
		e.Advice = "write the channel's id, which begins with C, G or D (or a person's, with U or W): in Slack, open the channel's details and look at the end"
		return "", e
	}
	if !strings.HasPrefix(to, "U") && !strings.HasPrefix(to, "W") {
		return to, nil
	}
	n.mu.Lock()
	known := n.direct[to]
	n.mu.Unlock()
	if known != "" {
		return known, nil
	}
	ctx, stop := context.WithTimeout(ctx, n.o.Timeout)
	defer stop()
	c, _, _, err := n.api.OpenConversationContext(ctx, &api.OpenConversationParameters{Users: []string{to}})
	if err != nil {
		return "", fmt.Errorf("open direct messages with %s: %w", to, err)
	}
	n.mu.Lock()
	n.direct[to] = c.ID
	n.mu.Unlock()
	return c.ID, nil
}

// at makes the message id of a channel and a time stamp, which Slack uses as
// the name of a message within its channel.
func at(channel, ts string) chat.MessageID { return chat.MessageID(channel + "/" + ts) }

// parted is the channel and the time stamp of a message id; an id that is a
// bare time stamp is in the channel given.
func parted(id chat.MessageID, channel string) (string, string) {
	if c, ts, ok := strings.Cut(string(id), "/"); ok {
		return c, ts
	}
	return channel, string(id)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// lines hands the library's own log lines on, for debugging only.
type lines struct{ log *slog.Logger }

// Output takes one line.
func (l lines) Output(_ int, s string) error {
	l.log.Debug("slack library", "line", strings.TrimSpace(s))
	return nil
}
