package slack

import (
	"context"
	"errors"
	"strconv"
	"time"

	"attribot/bot/chat"

	api "github.com/slack-go/slack"
)

const (
	// skew is how far Slack's clock may be from the bot's.
	skew = 5 * time.Minute
	// historyPage is how many messages one request reads (Slack's advice is
	// at most 200), historyPages how many requests one search makes.
	historyPage  = 200
	historyPages = 25
)

// errTooFar ends a search in a channel that has more messages than are read.
var errTooFar = errors.New("channel has too many messages since then to look through")

// Find reads the channel back and looks for the post's key in messages of the
// bot's own. Of a post in several parts those missing are sent. A post is absent
// for certain only when the try's time-out has passed, since until then it may
// still arrive; before that the outcome stays unknown and After says how long to
// wait.
func (n *Network) Find(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	channel, err := n.place(ctx, out.To)
	if err != nil {
		return "", unsettled("look for a post in Slack", err)
	}
	self, err := n.identity(ctx)
	if err != nil {
		return "", unsettled("look for a post in Slack", err)
	}
	s := search{n: n, channel: channel, key: out.Key, self: self, since: out.Tried}
	_, s.thread = parted(out.Thread, channel)
	if out.Edit != "" {
		s.channel, s.only = parted(out.Edit, channel)
	}
	there, err := s.parts(ctx)
	if err != nil {
		e := unsettled("look for a post in Slack", err)
		if e.Advice == "" && errors.Is(err, errTooFar) {
			e.Advice = "look for the message yourself, then send it again or drop it"
		}
		return "", e
	}
	parts := 1
	if out.Edit == "" {
		parts = len(pages(out.Message))
	}
	return n.settle(ctx, out, s.channel, there, parts)
}

// settle decides on what was found.
func (n *Network) settle(ctx context.Context, out chat.Outgoing, channel string, there map[int]string, parts int) (chat.MessageID, error) {
	if len(there) >= parts {
		return at(channel, there[1]), nil
	}
	if wait := out.Tried.Add(n.o.Timeout).Sub(n.o.Now()); !out.Tried.IsZero() && wait > 0 {
		e := chat.Fail(chat.Unknown, "look for a post in Slack: it may still arrive")
		e.After = wait
		return "", e
	}
	if len(there) == 0 {
		return "", chat.ErrAbsent
	}
	return n.send(ctx, out, channel, pages(out.Message), there)
}

// search looks for the parts of one post.
type search struct {
	n       *Network
	channel string
	thread  string // "" for the channel itself
	only    string // the time stamp of the one message to look at, for an edit
	key     string
	self    *api.AuthTestResponse
	since   time.Time
}

// parts maps the numbers of the parts found to their time stamps.
func (s search) parts(ctx context.Context) (map[int]string, error) {
	there := map[int]string{}
	cursor := ""
	for range historyPages {
		messages, next, err := s.read(ctx, cursor)
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			if part := s.match(m); part > 0 && (there[part] == "" || m.Timestamp < there[part]) {
				there[part] = m.Timestamp
			}
		}
		if next == "" || s.only != "" && len(there) > 0 {
			return there, nil
		}
		cursor = next
	}
	if s.since.IsZero() || len(there) > 0 {
		return there, nil
	}
	return nil, errTooFar
}

// match is the number of the part that m is, 0 for another message. A message
// of someone else does not count, whatever its metadata say.
func (s search) match(m api.Message) int {
	mine := m.User == s.self.UserID || m.BotID != "" && m.BotID == s.self.BotID
	if !mine || m.Metadata.EventType != eventType || s.only != "" && m.Timestamp != s.only {
		return 0
	}
	if key, _ := m.Metadata.EventPayload[keyField].(string); key != s.key {
		return 0
	}
	part, _ := m.Metadata.EventPayload[partField].(string)
	number, _ := strconv.Atoi(part)
	return number
}

// read reads one page of the channel's or the thread's messages.
func (s search) read(ctx context.Context, cursor string) ([]api.Message, string, error) {
	ctx, stop := context.WithTimeout(ctx, s.n.o.Timeout)
	defer stop()
	oldest, latest := "", ""
	switch {
	case s.only != "":
		oldest, latest = s.only, s.only
	case !s.since.IsZero():
		oldest = stamp(s.since.Add(-skew))
	}
	if s.thread != "" {
		messages, more, next, err := s.n.api.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{
			ChannelID: s.channel, Timestamp: s.thread, Cursor: cursor, Limit: historyPage,
			Oldest: oldest, Latest: latest, Inclusive: true, IncludeAllMetadata: true})
		if !more {
			next = ""
		}
		return messages, next, err
	}
	page, err := s.n.api.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{
		ChannelID: s.channel, Cursor: cursor, Limit: historyPage,
		Oldest: oldest, Latest: latest, Inclusive: true, IncludeAllMetadata: true})
	if err != nil {
		return nil, "", err
	}
	next := page.ResponseMetaData.NextCursor
	if !page.HasMore {
		next = ""
	}
	return page.Messages, next, nil
}

// stamp is a time as Slack writes it.
func stamp(t time.Time) string {
	return strconv.FormatInt(t.Unix(), 10) + "." + "000000"
}
