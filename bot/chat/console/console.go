// Package console is the chat network of a terminal: alerts are printed as they
// come, follow-ups stand indented under the name of the alert they belong to,
// edits are one line, and commands are lines of input. A newcomer has a running
// bot with it, without any account.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// Options say where a console writes and reads.
type Options struct {
	Out     io.Writer        // what the bot says; required
	In      io.Reader        // lines of commands; nil = nobody types, and no actions are offered
	Name    string           // the network's name in addresses; "" = "console"
	Color   bool             // bold and dim for a terminal that shows them
	Width   int              // columns at which lines are folded; 0 = 100, negative = never
	Journal string           // file that remembers what was shown; "" = only in memory
	Folder  string           // where files are saved; "" = they are only named
	User    string           // the asker's id; "" = "console"
	Channel string           // the channel of typed commands; "" = "main"
	Now     func() time.Time // stamps commands; nil = they carry no time
}

// Network is the terminal as a chat network.
type Network struct {
	o       Options
	mu      sync.Mutex // guards out, shown and the journal
	journal *journal
	shown   map[string]*entry // by key
	acts    []message.Message // numbered from 1: messages whose actions can be named
}

// entry is a post that was shown.
type entry struct {
	Key      string   `json:"key"`
	Channel  string   `json:"channel"`
	Thread   string   `json:"thread,omitempty"`
	Edit     string   `json:"edit,omitempty"`
	Headline string   `json:"headline"`
	Lines    []string `json:"lines,omitempty"` // the text, to tell what an edit changes
}

// New opens a console. A journal of an earlier run is read, so that what was
// shown then is not shown again.
func New(o Options) (*Network, error) {
	o.Name, o.User, o.Channel = or(o.Name, "console"), or(o.User, "console"), or(o.Channel, "main")
	if o.Width == 0 {
		o.Width = 100
	}
	n := &Network{o: o, shown: map[string]*entry{}}
	if o.Journal == "" {
		return n, nil
	}
	j, entries, err := openJournal(o.Journal)
	if err != nil {
		return nil, err
	}
	n.journal = j
	for _, e := range entries {
		n.remember(e)
	}
	return n, nil
}

// Name is the network's name in addresses.
func (n *Network) Name() string { return n.o.Name }

// Close releases the journal.
func (n *Network) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.journal == nil {
		return nil
	}
	return n.journal.close()
}

// Post prints a message once; a key that was shown before prints nothing. The
// message's id is its key. The journal is written first: a process killed
// between the two has the post in its journal and never prints it twice.
func (n *Network) Post(ctx context.Context, out chat.Outgoing) (chat.MessageID, error) {
	if err := ctx.Err(); err != nil {
		return "", &chat.Error{Outcome: chat.Unsent, Err: fmt.Errorf("post to console: %w", err)}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if e := n.shown[out.Key]; e != nil {
		return chat.MessageID(e.Key), nil
	}
	m := message.Clean(out.Message)
	e := &entry{Key: out.Key, Channel: out.To, Thread: string(out.Thread), Edit: string(out.Edit),
		Headline: m.Headline, Lines: linesOf(m)}
	page := n.compose(out, m)
	if n.journal != nil {
		if err := n.journal.append(e); err != nil {
			return "", &chat.Error{Outcome: chat.Unsent, Advice: "make room for the journal file or remove it from the configuration", Err: err}
		}
	}
	n.remember(e)
	if _, err := io.WriteString(n.o.Out, page+n.save(m.Files)); err != nil {
		return "", &chat.Error{Outcome: chat.Refused, Advice: "the terminal is gone: start the bot with another output", Err: fmt.Errorf("write to console: %w", err)}
	}
	return chat.MessageID(out.Key), nil
}

// Find tells from the journal, else from memory, whether a post was shown.
func (n *Network) Find(_ context.Context, out chat.Outgoing) (chat.MessageID, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if e := n.shown[out.Key]; e != nil {
		return chat.MessageID(e.Key), nil
	}
	return "", chat.ErrAbsent
}

// remember keeps a shown post; an edit takes its root's place in the memory of
// lines.
func (n *Network) remember(e *entry) {
	n.shown[e.Key] = e
	if root := n.shown[e.Edit]; root != nil && e.Edit != "" {
		root.Headline, root.Lines = e.Headline, e.Lines
	}
}

// compose is the page of one post; the lock is held.
func (n *Network) compose(out chat.Outgoing, m message.Message) string {
	p := page{color: n.o.Color, width: n.o.Width}
	switch {
	case out.Edit != "":
		p.update(m, n.shown[string(out.Edit)])
	case out.Thread != "":
		p.followUp(m, n.shown[string(out.Thread)])
	default:
		p.post(m, n.label(out.To))
	}
	if out.Edit == "" && n.o.In != nil && len(m.Actions) > 0 {
		n.acts = append(n.acts, m)
		p.actions(len(n.acts), m.Actions)
	}
	return p.String()
}

// label names the channel where it says something.
func (n *Network) label(channel string) string {
	switch channel {
	case "", "main", n.o.Channel, n.o.Name:
		return ""
	}
	return message.Inert(channel)
}

// save writes a post's files and tells where they lie.
func (n *Network) save(files []message.File) string {
	var out strings.Builder
	for _, f := range files {
		path, err := n.saveFile(f)
		switch {
		case err != nil:
			fmt.Fprintf(&out, "  file %s could not be saved: %v\n", f.Name, err)
		case path == "":
			fmt.Fprintf(&out, "  file %s (%d bytes) is not saved: no folder is set for files\n", f.Name, len(f.Data))
		default:
			fmt.Fprintf(&out, "  file saved: %s\n", path)
		}
	}
	return out.String()
}

func (n *Network) saveFile(f message.File) (string, error) {
	if n.o.Folder == "" {
		return "", nil
	}
	ext := filepath.Ext(f.Name)
	stem := strings.TrimSuffix(f.Name, ext)
	for i := 1; i < 1000; i++ {
		path := filepath.Join(n.o.Folder, f.Name)
		if i > 1 {
			path = filepath.Join(n.o.Folder, stem+"-"+strconv.Itoa(i)+ext)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(f.Data)
		return path, errors.Join(err, file.Close())
	}
	return "", fmt.Errorf("save file %s: too many of this name", f.Name)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
