package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"attribot/bot/chat"

	api "github.com/slack-go/slack"
)

// maxAnswers is how often Slack takes an answer at a command's response_url,
// within 30 minutes.
const maxAnswers = 5

// tries bounds how often an answer waits out a rate limit.
const tries = 3

// reply answers at the address that Slack gave with the command. A public
// answer to a button is a message beneath the one with the button. Where the
// address has run out, the answer goes as a message of its own.
func (n *Network) reply(ctx context.Context, a ask, r chat.Reply) error {
	parts := pages(r.Message)
	public := !r.Private && a.cmd.Action != ""
	for i, p := range parts {
		if public || a.url == "" || i >= maxAnswers {
			if err := n.speak(ctx, a, p, r.Private); err != nil {
				return err
			}
			continue
		}
		if err := n.respond(ctx, a, p, r.Private); err != nil {
			n.log.Debug("response_url failed, answering by a message", "err", err)
			if err := n.speak(ctx, a, p, r.Private); err != nil {
				return err
			}
		}
	}
	return n.hand(ctx, a, r, parts)
}

// respond sends one page to the command's response_url.
func (n *Network) respond(ctx context.Context, a ask, p page, private bool) error {
	kind := api.ResponseTypeInChannel
	if private {
		kind = api.ResponseTypeEphemeral
	}
	never := false
	return n.patiently(ctx, func(ctx context.Context) error {
		return withoutAddress(api.PostWebhookCustomHTTPContext(ctx, a.url, n.http, &api.WebhookMessage{
			Text: p.text, Blocks: &api.Blocks{BlockSet: p.blocks}, ResponseType: kind, Parse: "none",
			ThreadTimestamp: a.inside, UnfurlLinks: &never, UnfurlMedia: &never,
		}))
	})
}

// withoutAddress is the cause alone: whoever knows the address may answer as the
// bot, so it must not get into a log.
func withoutAddress(err error) error {
	if at, ok := errors.AsType[*url.Error](err); ok {
		return at.Err
	}
	return err
}

// speak sends one page as a message, to the asker alone where it is private.
func (n *Network) speak(ctx context.Context, a ask, p page, private bool) error {
	options := content(p, "", 0)
	thread := a.thread
	if private {
		thread = a.inside
	}
	if thread != "" {
		options = append(options, api.MsgOptionTS(thread))
	}
	return n.patiently(ctx, func(ctx context.Context) error {
		if private {
			_, err := n.api.PostEphemeralContext(ctx, a.cmd.Channel, a.cmd.User, options...)
			return err
		}
		_, _, err := n.api.PostMessageContext(ctx, a.cmd.Channel, options...)
		return err
	})
}

// hand uploads the answer's files: beneath the button or into the channel, and
// for the asker alone into their direct messages, since no file is ephemeral.
func (n *Network) hand(ctx context.Context, a ask, r chat.Reply, parts []page) error {
	channel, thread := a.cmd.Channel, a.thread
	for _, p := range parts {
		if len(p.files) == 0 {
			continue
		}
		if r.Private {
			direct, err := n.place(ctx, a.cmd.User)
			if err != nil {
				return err
			}
			channel, thread = direct, ""
		}
		n.attach(ctx, channel, thread, p.files)
	}
	return nil
}

// patiently does a request again where Slack asks to wait and nothing was done.
func (n *Network) patiently(ctx context.Context, do func(context.Context) error) error {
	for i := 1; ; i++ {
		one, stop := context.WithTimeout(ctx, n.o.Timeout)
		err := do(one)
		stop()
		if err == nil {
			return nil
		}
		e := fault("answer in Slack", err)
		if e.Outcome != chat.Unsent || e.After == 0 || i == tries {
			return e
		}
		if err := n.wait(ctx, e.After); err != nil {
			return fmt.Errorf("answer in Slack: %w", err)
		}
	}
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
