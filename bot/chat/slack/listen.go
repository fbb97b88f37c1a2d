package slack

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"attribot/bot/chat"

	api "github.com/slack-go/slack"
)

// hands is how many commands are worked on at once; more wait their turn.
const hands = 16

// answerTime bounds the work on one command. Slack keeps the address for the
// answer open for 30 minutes.
const answerTime = 5 * time.Minute

// errListening says that Listen runs already.
var errListening = errors.New("listen to Slack: already listening")

// listener is a running Listen. It takes what comes in by either transport.
type listener struct {
	ctx    context.Context // ends with Listen
	handle chat.Handler
	slots  chan struct{}
	work   sync.WaitGroup
}

// ask is a command with the ways to answer it.
type ask struct {
	cmd    chat.Command
	url    string // the address for answers
	thread string // beneath which public answers to a button go
	inside string // the thread that a private answer belongs in
	once   string // the name by which a repeated delivery is known
}

// Listen hands slash commands and pressed buttons to handle until ctx ends:
// through Socket Mode where there is an app token, else through [Network.Web].
// Slack is answered at once, the work goes on after that.
func (n *Network) Listen(ctx context.Context, handle chat.Handler) error {
	l := &listener{ctx: ctx, handle: handle, slots: make(chan struct{}, hands)}
	n.mu.Lock()
	if n.live != nil {
		n.mu.Unlock()
		return errListening
	}
	n.live = l
	n.mu.Unlock()
	defer func() {
		n.mu.Lock()
		n.live = nil
		n.mu.Unlock()
		l.work.Wait()
	}()
	switch {
	case n.o.AppToken != "":
		return n.socket(ctx)
	case n.o.SigningSecret == "":
		n.log.Warn("commands and buttons are off: set an app token (xapp-…) for Socket Mode or a signing secret for HTTP")
	}
	<-ctx.Done()
	return nil
}

// take starts the work on an ask, unless it was delivered before, and tells
// whether somebody listens.
func (n *Network) take(a ask) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	l := n.live
	if l == nil || l.ctx.Err() != nil {
		return false
	}
	if !n.seen.First(a.once) {
		n.log.Debug("delivered again", "name", a.once)
		return true
	}
	l.work.Go(func() { n.answer(l, a) })
	return true
}

// answer waits for its turn, lets the handler work and hands its reply over.
func (n *Network) answer(l *listener, a ask) {
	ctx, stop := context.WithTimeout(l.ctx, answerTime)
	defer stop()
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return
	}
	r := l.handle(ctx, a.cmd)
	if r.Message.Headline == "" && len(r.Message.Blocks) == 0 && len(r.Message.Files) == 0 {
		return
	}
	if err := n.reply(ctx, a, r); err != nil {
		n.log.Warn("answer not delivered", "channel", a.cmd.Channel, "user", a.cmd.User, "err", err)
	}
}

// fromSlash reads a slash command; false for one that is not the bot's.
func (n *Network) fromSlash(s api.SlashCommand) (ask, bool) {
	if s.Command != n.o.Command {
		n.log.Warn("slash command is not the bot's: compare the app's commands with the configuration", "command", s.Command)
		return ask{}, false
	}
	return ask{url: s.ResponseURL, once: s.TriggerID, cmd: chat.Command{
		Network: n.o.Name, Channel: s.ChannelID, User: s.UserID, Name: s.UserName,
		Text: strings.TrimSpace(unescape(s.Text)), At: n.o.Now(),
	}}, true
}

// fromButton reads a pressed button; false for other interactions.
func (n *Network) fromButton(c api.InteractionCallback) (ask, bool) {
	if c.Type != api.InteractionTypeBlockActions || len(c.ActionCallback.BlockActions) == 0 {
		return ask{}, false
	}
	press := c.ActionCallback.BlockActions[0]
	channel, ts := or(c.Container.ChannelID, c.Channel.ID), or(c.Container.MessageTs, c.Message.Timestamp)
	root := or(c.Container.ThreadTs, c.Message.ThreadTimestamp)
	a := ask{url: c.ResponseURL, inside: root, thread: or(root, ts), once: or(c.TriggerID, press.ActionTs)}
	if c.Container.IsEphemeral {
		a.thread = root // nothing can stand beneath what one person sees
	}
	a.cmd = chat.Command{
		Network: n.o.Name, Channel: channel, User: c.User.ID, Name: or(c.User.Name, c.User.ID),
		Message: at(channel, ts), Value: press.Value, At: n.o.Now(),
	}
	a.cmd.Action, _, _ = strings.Cut(press.ActionID, idMark)
	if root != "" {
		a.cmd.Thread = at(channel, root)
	}
	return a, a.cmd.Action != ""
}

// unescape gives a command's words back as they were typed.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
