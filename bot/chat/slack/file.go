package slack

import (
	"bytes"
	"context"

	"attribot/bot/message"

	api "github.com/slack-go/slack"
)

// attach uploads files beneath a message. The message counts without them: a
// failure is logged, and the post stands.
func (n *Network) attach(ctx context.Context, channel, thread string, files []message.File) {
	for _, f := range files {
		if err := n.upload(ctx, channel, thread, f); err != nil {
			n.log.Warn("file not uploaded", "channel", channel, "file", f.Name, "err", err)
		}
	}
}

// upload sends one file by the way that Slack has kept since 2025-11-12: ask
// for an address, send the bytes there, say where the file belongs.
func (n *Network) upload(ctx context.Context, channel, thread string, f message.File) error {
	if len(f.Data) == 0 {
		return nil // Slack refuses empty files
	}
	ctx, stop := context.WithTimeout(ctx, n.o.Timeout)
	defer stop()
	_, err := n.api.UploadFileContext(ctx, api.UploadFileParameters{
		Reader: bytes.NewReader(f.Data), FileSize: len(f.Data), Filename: f.Name, Title: f.Name,
		Channel: channel, ThreadTimestamp: thread,
	})
	return err
}
