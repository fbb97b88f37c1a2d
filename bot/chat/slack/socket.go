package slack

import (
	"context"
	"errors"

	"attribot/bot/chat"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// maxFrame bounds one message on the socket, in bytes.
const maxFrame = 1 << 20

// socket listens through Socket Mode until ctx ends. Slack closes each socket
// after a while and any open one may get an event; the library opens a new one.
func (n *Network) socket(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	client := socketmode.New(n.api, socketmode.OptionLog(lines{n.log}), socketmode.OptionReadLimit(maxFrame))
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case e := <-client.Events:
			n.event(ctx, client, e)
		case err := <-ended:
			if ctx.Err() != nil || errors.Is(err, context.Canceled) {
				return nil
			}
			e := fault("listen to Slack", err)
			if e.Outcome == chat.Refused {
				e.Advice = "check the app token: it begins with xapp- and needs the permission connections:write"
			}
			return e
		}
	}
}

// event handles one event of the socket. What needs an answer is acknowledged
// first, since Slack gives three seconds for that.
func (n *Network) event(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if err := client.AckCtx(ctx, e.Request.EnvelopeID, nil); err != nil {
			n.log.Warn("command not acknowledged", "err", err)
		}
	case socketmode.EventTypeConnected:
		n.log.Info("listening to Slack")
	case socketmode.EventTypeConnectionError:
		if c, ok := e.Data.(*api.ConnectionErrorEvent); ok {
			n.log.Warn("no connection to Slack, trying again", "after", c.Backoff, "err", c.ErrorObj)
		}
	}
	switch data := e.Data.(type) {
	case api.SlashCommand:
		if a, ok := n.fromSlash(data); ok {
			n.take(a)
		}
	case api.InteractionCallback:
		if a, ok := n.fromButton(data); ok {
			n.take(a)
		}
	}
}
