package matrix

import (
	"context"
	"strconv"
	"strings"

	"attribot/bot/message"

	"maunium.net/go/mautrix/id"
)

// attach uploads files and posts them beneath a message. The message counts
// without them: a failure is logged, and the post stands.
func (n *Network) attach(ctx context.Context, at id.RoomID, key string, files []message.File, where *relation) {
	for i, f := range files {
		if err := n.upload(ctx, at, key+"/file/"+strconv.Itoa(i), f, where); err != nil {
			n.log.Warn("file not posted", "room", at, "file", f.Name, "err", err)
		}
	}
}

func (n *Network) upload(ctx context.Context, at id.RoomID, key string, f message.File, where *relation) error {
	kind := "m.file"
	if strings.HasPrefix(f.Type, "image/") {
		kind = "m.image"
	}
	c := content{MsgType: kind, Body: f.Name, FileName: f.Name, Info: &fileInfo{Type: f.Type, Size: len(f.Data)}, Relates: where}
	data, media, secret := f.Data, f.Type, func(id.ContentURI) {}
	if n.encrypted(at) {
		c.File, data, secret = n.crypt.sealFile(f)
		media = "application/octet-stream"
	}
	up, stop := n.timely(ctx)
	defer stop()
	r, err := n.client.UploadBytesWithName(up, data, media, f.Name)
	if err != nil {
		return err
	}
	if c.File == nil {
		c.URL = r.ContentURI.String()
	}
	secret(r.ContentURI)
	_, err = n.put(ctx, at, txn(key, 1), c, false)
	return err
}
