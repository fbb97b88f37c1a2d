package slack

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"attribot/bot/chat"

	api "github.com/slack-go/slack"
)

// The post key stands in the message's metadata, which every app and member of
// the channel can read; it tells nothing that the message does not.
const (
	eventType = "attribot_post"
	keyField  = "key"
	partField = "part"
)

// Post sends a message. One that exceeds Slack's sizes becomes several; the id
// returned is that of the first. Where a later part fails the outcome is
// unknown, so that Find completes the post.
func (n *Network) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	if err := ctx.Err(); err != nil {
		return "", chat.Fail(chat.Unsent, "post to Slack: %w", err)
	}
	channel, err := n.place(ctx, out.To)
	if err != nil {
		return "", n.beforehand(err)
	}
	if out.Edit != "" {
		return n.edit(ctx, out, channel)
	}
	parts := pages(out.Message)
	for _, p := range parts {
		if err := check(p); err != nil {
			return "", chat.Fail(chat.Refused, "post to Slack: %w", err)
		}
	}
	id, err := n.posted.Once(out.Key, func() (string, error) {
		id, err := n.send(ctx, out, channel, parts, nil)
		return string(id), err
	})
	return chat.MessageID(id), err
}

// beforehand is a failure before the post itself: certainly nothing was posted.
func (n *Network) beforehand(err error) error {
	e := fault("post to Slack", err)
	if e.Outcome == chat.Unknown {
		e.Outcome = chat.Unsent
	}
	return e
}

// send posts the parts that are not there yet. There maps a part's number, from
// 1, to the time stamp under which it stands.
func (n *Network) send(ctx context.Context, out chat.Outgoing, channel string, parts []page, there map[int]string) (chat.MessageID, error) {
	first := there[1]
	for i, p := range parts {
		if there[i+1] != "" {
			continue
		}
		begun := i > 0 || len(there) > 0
		ts, err := n.part(ctx, out, channel, p, i+1, begun)
		if err != nil {
			e := fault("post to Slack", err)
			if begun {
				e.Outcome = chat.Unknown
			}
			return "", e
		}
		if i == 0 {
			first = ts
		}
		n.attach(ctx, channel, or(thread(out, channel), ts), p.files)
	}
	return at(channel, first), nil
}

// part posts one part. Once a post has begun, a rate limit is waited out rather
// than leaving it half done.
func (n *Network) part(ctx context.Context, out chat.Outgoing, channel string, p page, number int, begun bool) (string, error) {
	for i := 1; ; i++ {
		ts, err := n.one(ctx, out, channel, p, number)
		if err == nil || !begun || i == tries {
			return ts, err
		}
		e := fault("post to Slack", err)
		if e.Outcome != chat.Unsent || e.After == 0 || e.After > longest {
			return "", e
		}
		if n.wait(ctx, e.After) != nil {
			return "", e
		}
	}
}

// longest is the longest rate limit that is waited out within a post.
const longest = 30 * time.Second

// one posts one part and returns its time stamp.
func (n *Network) one(ctx context.Context, out chat.Outgoing, channel string, p page, part int) (string, error) {
	ctx, stop := context.WithTimeout(ctx, n.o.Timeout)
	defer stop()
	options := content(p, out.Key, part)
	if ts := thread(out, channel); ts != "" {
		options = append(options, api.MsgOptionTS(ts))
	}
	_, ts, err := n.api.PostMessageContext(ctx, channel, options...)
	return ts, err
}

// thread is the time stamp of the alert beneath which a post goes.
func thread(out chat.Outgoing, channel string) string {
	_, ts := parted(out.Thread, channel)
	return ts
}

// content is a page as the library's options: nothing is unfurled, no name is
// made a mention, no mark is interpreted.
func content(p page, key string, part int) []api.MsgOption {
	options := []api.MsgOption{
		api.MsgOptionText(p.text, false), // escaped already
		api.MsgOptionBlocks(p.blocks...),
		api.MsgOptionDisableLinkUnfurl(),
		api.MsgOptionDisableMediaUnfurl(),
		api.MsgOptionDisableMarkdown(),
		api.MsgOptionParse(false),
	}
	if key != "" {
		options = append(options, api.MsgOptionMetadata(api.SlackMetadata{
			EventType:    eventType,
			EventPayload: map[string]any{keyField: key, partField: strconv.Itoa(part)},
		}))
	}
	return options
}

// edit replaces a message. Doing so twice is harmless.
func (n *Network) edit(ctx context.Context, out chat.Outgoing, channel string) (chat.MessageID, error) {
	p := shortened(out.Message)
	if err := check(p); err != nil {
		return "", chat.Fail(chat.Refused, "edit in Slack: %w", err)
	}
	channel, ts := parted(out.Edit, channel)
	ctx, stop := context.WithTimeout(ctx, n.o.Timeout)
	defer stop()
	channel, ts, _, err := n.api.UpdateMessageContext(ctx, channel, ts, content(p, out.Key, 1)...)
	if err != nil {
		return "", fault(fmt.Sprintf("edit message %s in Slack", out.Edit), err)
	}
	return at(channel, ts), nil
}
