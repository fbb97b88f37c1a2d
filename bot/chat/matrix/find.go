package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"attribot/bot/chat"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

const (
	// skew is how far the homeserver's clock may be from the bot's.
	skew = 5 * time.Minute
	// historyPage is how many events one request reads, historyPages how many
	// requests one search makes.
	historyPage  = 100
	historyPages = 50
)

// errTooFar ends a search in a room that has more events than are read.
var errTooFar = errors.New("room has too many events since then to look through")

// Find looks for a post in the room's history: for the transaction id, which a
// homeserver tells the device that sent the event, and for the key in events of
// the bot's own. Of a post in several parts those missing are sent. A post that
// is absent may be sent again at once: should the first try still arrive, the
// transaction id makes the two one.
func (n *Network) Find(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	at, most, err := n.ready(ctx, out.To)
	if err != nil {
		return "", unsettled("look for a post in Matrix", err)
	}
	parts := []content{{}}
	target := id.EventID("")
	if out.Edit != "" {
		at, target = parted(out.Edit, at)
	} else {
		parts = notices(out.Message, most)
	}
	there, err := n.search(ctx, out, at, len(parts))
	if err != nil {
		e := unsettled("look for a post in Matrix", err)
		if errors.Is(err, errTooFar) {
			e.Advice = "look for the message yourself, then send it again or drop it"
		}
		return "", e
	}
	switch {
	case len(there) == 0:
		return "", chat.ErrAbsent
	case out.Edit != "":
		return in(at, target), nil
	case len(there) == len(parts):
		return in(at, there[1]), nil
	}
	return n.send(ctx, out, at, parts, there)
}

// search maps the numbers of the parts found to their events, walking back from
// now until the try began.
func (n *Network) search(ctx context.Context, out chat.Outgoing, at id.RoomID, parts int) (map[int]id.EventID, error) {
	wanted, there := map[string]int{}, map[int]id.EventID{}
	for i := 1; i <= parts; i++ {
		wanted[txn(out.Key, i)], wanted[partKey(out.Key, i)] = i, i
	}
	from := ""
	for range historyPages {
		page, err := n.page(ctx, at, from)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Chunk {
			e.RoomID = at
			if part := n.match(ctx, e, wanted); part > 0 {
				there[part] = e.ID
			}
			if before(e, out.Tried) {
				return there, nil
			}
		}
		if from = page.End; from == "" || len(there) == parts {
			return there, nil
		}
	}
	if out.Tried.IsZero() || len(there) > 0 {
		return there, nil
	}
	return nil, errTooFar
}

// before tells whether an event is certainly older than the try.
func before(e *event.Event, tried time.Time) bool {
	return !tried.IsZero() && time.UnixMilli(e.Timestamp).Before(tried.Add(-skew))
}

func (n *Network) page(ctx context.Context, at id.RoomID, from string) (*mautrix.RespMessages, error) {
	ctx, stop := n.timely(ctx)
	defer stop()
	return n.client.Messages(ctx, at, from, "", mautrix.DirectionBackward, nil, historyPage)
}

// match is the number of the part that e is, 0 for another event. An event of
// someone else does not count, whatever key it holds.
func (n *Network) match(ctx context.Context, e *event.Event, wanted map[string]int) int {
	if e.Sender != n.client.UserID {
		return 0
	}
	if part := wanted[e.Unsigned.TransactionID]; part > 0 {
		return part
	}
	e = n.crypt.read(ctx, e)
	var c struct {
		Key string `json:"attribot.key"`
	}
	if json.Unmarshal(e.Content.VeryRaw, &c) != nil || c.Key == "" {
		return 0
	}
	return wanted[c.Key]
}
