package matrix

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"attribot/bot/chat"
	"attribot/bot/message"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// answerTime bounds the work on one command.
const answerTime = 5 * time.Minute

// consider handles one event of a room, if it is a person's and meant for the
// bot.
func (l *listener) consider(ctx context.Context, at id.RoomID, e *event.Event) {
	n := l.n
	e.RoomID = at
	if e.Sender == n.client.UserID || e.ID == "" || !n.seen.First(string(e.ID)) {
		return
	}
	if e.Type.Type == event.EventEncrypted.Type {
		if e = l.opened(ctx, at, e); e == nil {
			return
		}
	}
	l.handleEvent(ctx, at, e)
}

// handleEvent has a command or a reaction worked on.
func (l *listener) handleEvent(ctx context.Context, at id.RoomID, e *event.Event) {
	n := l.n
	var cmd chat.Command
	var root id.EventID
	ok := false
	switch e.Type.Type {
	case event.EventMessage.Type:
		cmd, root, ok = n.typed(at, e)
	case event.EventReaction.Type:
		cmd, root, ok = n.reacted(ctx, at, e)
	}
	if !ok {
		return
	}
	cmd.Network, cmd.Channel, cmd.User = n.o.Name, string(at), string(e.Sender)
	cmd.Name, cmd.At = e.Sender.Localpart(), time.UnixMilli(e.Timestamp)
	work, stop := context.WithTimeout(ctx, answerTime)
	defer stop()
	n.answer(work, at, e.ID, root, l.handle(work, cmd))
}

// opened is the decrypted event, nil where it can't be read. One whose key has
// not come yet is kept for later.
func (l *listener) opened(ctx context.Context, at id.RoomID, e *event.Event) *event.Event {
	n := l.n
	if n.crypt.able() {
		if open := n.crypt.read(ctx, e); open.Type.Type != event.EventEncrypted.Type {
			return open
		}
		l.keep(late{at: at, event: e})
		return nil
	}
	if r, err := n.known(ctx, at, nil); err == nil {
		n.tellSealed(ctx, at, r)
	}
	return nil
}

// late is a message whose key has not come yet.
type late struct {
	at    id.RoomID
	event *event.Event
	tries int
}

func (l *listener) keep(w late) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.late = append(l.late, w)
}

// patience is how many further rounds of events a key may take.
const patience = 3

// closedText is what people read whose message could not be decrypted.
const closedText = "I could not decrypt a message here: my device got no key for it. If it was meant for me, please say it again; if that goes on, verify my device."

// retry looks again at messages whose key was missing. What stays closed is
// named once in its room.
func (l *listener) retry(ctx context.Context) {
	l.mu.Lock()
	waiting := l.late
	l.late = nil
	l.mu.Unlock()
	for _, w := range waiting {
		if open := l.n.crypt.read(ctx, w.event); open.Type.Type != event.EventEncrypted.Type {
			l.handleEvent(ctx, w.at, open)
			continue
		}
		if w.tries++; w.tries < patience {
			l.keep(w)
			continue
		}
		l.n.log.Warn("message can't be decrypted", "room", w.at, "event", w.event.ID, "sender", w.event.Sender)
		if l.n.seen.First("closed " + string(w.at)) {
			l.n.answer(ctx, w.at, w.event.ID, w.event.ID, chat.Reply{Message: message.Message{Headline: closedText}})
		}
	}
}

// typed reads a line that begins with the bot's word. Notices are other bots'
// and never answered; edits and old lines neither. The event beneath which the
// answer goes comes with it.
func (n *Network) typed(at id.RoomID, e *event.Event) (chat.Command, id.EventID, bool) {
	var c struct {
		MsgType string   `json:"msgtype"`
		Body    string   `json:"body"`
		Relates relation `json:"m.relates_to"`
	}
	if json.Unmarshal(e.Content.VeryRaw, &c) != nil || c.MsgType != "m.text" || c.Relates.Type == "m.replace" {
		return chat.Command{}, "", false
	}
	words, ok := n.addressed(withoutFallback(c.Body, c.Relates))
	if !ok {
		return chat.Command{}, "", false
	}
	if age := n.o.Now().Sub(time.UnixMilli(e.Timestamp)); age > n.o.MaxAge {
		n.log.Info("command is too old to answer", "room", at, "event", e.ID, "age", age)
		return chat.Command{}, "", false
	}
	cmd := chat.Command{Text: words}
	root := e.ID
	if c.Relates.Type == "m.thread" && c.Relates.Event != "" {
		root = id.EventID(c.Relates.Event)
		cmd.Thread = in(at, root)
	}
	return cmd, root, true
}

// addressed are the words after the bot's word, in capitals or not.
func (n *Network) addressed(body string) (string, bool) {
	body = strings.TrimSpace(body)
	word, rest := body, ""
	if i := strings.IndexFunc(body, unicode.IsSpace); i >= 0 {
		word, rest = body[:i], strings.TrimSpace(body[i:])
	}
	return rest, strings.EqualFold(word, n.o.Command)
}

// withoutFallback drops the quoted lines that older clients put before an
// answer.
func withoutFallback(body string, r relation) string {
	if r.ReplyTo == nil {
		return body
	}
	for strings.HasPrefix(body, "> ") {
		_, after, found := strings.Cut(body, "\n")
		if !found {
			return ""
		}
		body = after
	}
	return body
}

// reacted reads a reaction to a message of the bot's that offers it. The actions
// stand in the message itself, so that they outlive the bot's process.
func (n *Network) reacted(ctx context.Context, at id.RoomID, e *event.Event) (chat.Command, id.EventID, bool) {
	var c struct {
		Relates struct {
			Type  string     `json:"rel_type"`
			Event id.EventID `json:"event_id"`
			Key   string     `json:"key"`
		} `json:"m.relates_to"`
	}
	if json.Unmarshal(e.Content.VeryRaw, &c) != nil || c.Relates.Type != "m.annotation" || c.Relates.Event == "" {
		return chat.Command{}, "", false
	}
	asked, stop := n.timely(ctx)
	defer stop()
	target, err := n.client.GetEvent(asked, at, c.Relates.Event)
	if err != nil {
		n.log.Warn("reaction's message not found", "room", at, "event", c.Relates.Event, "err", err)
		return chat.Command{}, "", false
	}
	if target.Sender != n.client.UserID {
		return chat.Command{}, "", false
	}
	target.RoomID = at
	target = n.crypt.read(ctx, target)
	a, ok := offered(n.latest(ctx, at, target), c.Relates.Key)
	if !ok {
		return chat.Command{}, "", false
	}
	cmd := chat.Command{Action: a.ID, Value: a.Value, Message: in(at, target.ID)}
	root := target.ID
	if rel := relationOf(target); rel.Type == "m.thread" && rel.Event != "" {
		root = id.EventID(rel.Event)
		cmd.Thread = in(at, root)
	}
	return cmd, root, true
}

// latest is the content of a message as it was edited last.
func (n *Network) latest(ctx context.Context, at id.RoomID, target *event.Event) json.RawMessage {
	ctx, stop := n.timely(ctx)
	defer stop()
	found, err := n.client.GetRelations(ctx, at, target.ID, &mautrix.ReqGetRelations{
		RelationType: event.RelReplace, Dir: mautrix.DirectionBackward, Limit: 1})
	if err != nil || len(found.Chunk) == 0 || found.Chunk[0].Sender != target.Sender {
		return target.Content.VeryRaw
	}
	found.Chunk[0].RoomID = at
	var c struct {
		New json.RawMessage `json:"m.new_content"`
	}
	if json.Unmarshal(n.crypt.read(ctx, found.Chunk[0]).Content.VeryRaw, &c) != nil || c.New == nil {
		return target.Content.VeryRaw
	}
	return c.New
}

// offered is the action that a reaction to this content stands for.
func offered(raw json.RawMessage, sign string) (action, bool) {
	var c struct {
		Actions []action `json:"attribot.actions"`
	}
	_ = json.Unmarshal(raw, &c)
	for _, a := range c.Actions {
		if bare(a.Sign) == bare(sign) {
			return a, true
		}
	}
	return action{}, false
}

// bare is a sign without the selector that asks for its coloured form, which
// clients add or leave out as they like.
func bare(sign string) string { return strings.ReplaceAll(sign, "\uFE0F", "") }

// answer posts a reply beneath what asked for it. Its transaction ids come from
// the event that it answers, so that an event handled twice is answered once.
func (n *Network) answer(ctx context.Context, at id.RoomID, asked, root id.EventID, r chat.Reply) {
	if r.Message.Headline == "" && len(r.Message.Blocks) == 0 && len(r.Message.Files) == 0 {
		return
	}
	most := maxContent
	if room, err := n.known(ctx, at, nil); err == nil && room.encrypted {
		most = maxEncrypted
	}
	key, where := "answer/"+string(asked), beneath(root, asked)
	for i, c := range notices(r.Message, most) {
		c.Key, c.Relates = partKey(key, i+1), where
		err := n.patiently(ctx, "answer", func(ctx context.Context) error {
			_, err := n.put(ctx, at, txn(key, i+1), c, false)
			return err
		})
		if err != nil {
			n.log.Warn("answer not delivered", "room", at, "to", asked, "err", err)
			return
		}
	}
	n.attach(ctx, at, key, r.Message.Files, where)
}
