package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// maxLine bounds a line of input, in bytes.
const maxLine = 16 << 10

// Listen hands each line of input to handle until the input or ctx ends. "why 3"
// presses the action "why" of the message numbered 3.
func (n *Network) Listen(ctx context.Context, handle chat.Handler) error {
	if n.o.In == nil {
		<-ctx.Done()
		return nil
	}
	lines, fault := make(chan string), make(chan error, 1)
	go func() { fault <- n.read(ctx, lines) }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-fault:
			return err
		case line := <-lines:
			if cmd, ok := n.command(line); ok {
				n.answer(handle(ctx, cmd))
			}
		}
	}
}

// read hands lines on; it may outlive ctx until the input has one more line.
func (n *Network) read(ctx context.Context, lines chan<- string) error {
	in := bufio.NewReaderSize(n.o.In, maxLine)
	for {
		line, err := in.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" && len(line) <= maxLine {
			select {
			case lines <- line:
			case <-ctx.Done():
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read console: %w", err)
		}
	}
}

// command reads a line as a person types it, with or without the bot's word.
func (n *Network) command(line string) (chat.Command, bool) {
	cmd := chat.Command{Network: n.o.Name, Channel: n.o.Channel, User: n.o.User, Name: n.o.User}
	if n.o.Now != nil {
		cmd.At = n.o.Now()
	}
	for _, word := range []string{"/attribution", "!attribution"} {
		if rest, ok := strings.CutPrefix(line, word); ok && (rest == "" || rest[0] == ' ') {
			line = rest
		}
	}
	cmd.Text = strings.TrimSpace(line)
	if a, ok := n.pressed(cmd.Text); ok {
		cmd.Text, cmd.Action, cmd.Value = "", a.ID, a.Value
	}
	return cmd, true
}

// pressed is the action that "why 3" names.
func (n *Network) pressed(line string) (message.Action, bool) {
	id, number, _ := strings.Cut(line, " ")
	i, err := strconv.Atoi(number)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil || i < 1 || i > len(n.acts) {
		return message.Action{}, false
	}
	for _, a := range n.acts[i-1].Actions {
		if strings.EqualFold(a.ID, id) || strings.EqualFold(a.Label, id) {
			return a, true
		}
	}
	return message.Action{}, false
}

func (n *Network) answer(r chat.Reply) {
	if r.Message.Empty() {
		return
	}
	n.Show(r.Message)
}

// Show prints an answer, which is no post and leaves no trace in the journal.
func (n *Network) Show(m message.Message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	m = message.Clean(m)
	page := n.compose(chat.Outgoing{To: n.o.Channel}, m)
	_, _ = io.WriteString(n.o.Out, page+n.save(m.Files)) // a terminal that is gone is found by the next post
}
