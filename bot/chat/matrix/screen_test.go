package matrix

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"

	"golang.org/x/net/html"
	"maunium.net/go/mautrix/id"
)

// allowed are the tags of the bot's messages; Matrix allows all of them
// (https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
var allowed = []string{"p", "strong", "em", "code", "pre", "h4", "blockquote", "ul", "li", "hr", "sub", "a"}

// seen is what went over the wire for one message.
type seen struct {
	MsgType   string `json:"msgtype"`
	Body      string `json:"body"`
	Formatted string `json:"formatted_body"`
	Mentions  *struct {
		Users []string `json:"user_ids"`
		Room  bool     `json:"room"`
	} `json:"m.mentions"`
	New     *seen    `json:"m.new_content"`
	Relates relation `json:"m.relates_to"`
}

// show reads one content as a client does.
func (c seen) show(s *chattest.Shown) {
	s.Text, s.Links, s.Styled, s.Pings = c.Body, nil, nil, nil
	if c.Formatted != "" {
		s.Text = ""
		doc, err := html.Parse(strings.NewReader(c.Formatted))
		if err != nil {
			s.Pings = append(s.Pings, "broken HTML")
			return
		}
		walk(doc, s)
	}
	switch {
	case c.Mentions == nil && strings.Contains(c.Body, "@room"):
		s.Pings = append(s.Pings, "@room")
	case c.Mentions != nil:
		s.Pings = append(s.Pings, c.Mentions.Users...)
		if c.Mentions.Room {
			s.Pings = append(s.Pings, "@room")
		}
	}
	for _, name := range named.FindAllString(s.Text, -1) {
		s.Pings = append(s.Pings, "drawn as a mention: "+name)
	}
	s.Text = strings.ReplaceAll(s.Text, "\u2060", "")
}

// walk reads HTML: any tag or attribute that is not the bot's own is reported as
// a link, so that tests see it.
func walk(n *html.Node, s *chattest.Shown) {
	if n.Type == html.TextNode {
		s.Text += n.Data
	}
	if n.Type == html.ElementNode {
		switch n.Data {
		case "html", "head", "body":
		case "a":
			for _, a := range n.Attr {
				s.Links = append(s.Links, a.Val)
			}
		default:
			if !slices.Contains(allowed, n.Data) || len(n.Attr) > 0 {
				s.Links = append(s.Links, "foreign tag <"+n.Data+">")
			}
		}
	}
	from := len(s.Text)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, s)
	}
	switch n.Data {
	case "strong", "em", "code", "h4", "h1", "b", "i", "del":
		s.Styled = append(s.Styled, s.Text[from:])
	case "p", "li", "blockquote", "pre":
		s.Text += "\n"
	}
}

// shown is what a room shows: edits are applied.
func shown(room string, events []*stored) []chattest.Shown {
	var out []chattest.Shown
	for _, e := range events {
		var c seen
		if e.Room != room || e.Type != "m.room.message" || json.Unmarshal(e.Content, &c) != nil {
			continue
		}
		if c.Relates.Type == "m.replace" && c.New != nil {
			for i := range out {
				if out[i].ID == in(id.RoomID(room), id.EventID(c.Relates.Event)) {
					c.New.show(&out[i])
					out[i].Edited = true
				}
			}
			continue
		}
		s := chattest.Shown{ID: in(id.RoomID(room), id.EventID(e.ID)), Raw: string(e.Content)}
		c.show(&s)
		if c.Relates.Type == "m.thread" {
			s.Thread = in(id.RoomID(room), id.EventID(c.Relates.Event))
		}
		out = append(out, s)
	}
	return out
}

func (h *homeserver) shown(_ *testing.T, channel string) []chattest.Shown {
	h.mu.Lock()
	defer h.mu.Unlock()
	return shown(channel, h.events)
}

func TestConformance(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness {
		h := newHomeserver(t)
		keep := &memory{}
		kept := func(o *Options) { o.Store = keep }
		return chattest.Harness{
			Network: h.network(kept), Channel: alerts, Other: other,
			Shown: h.shown,
			Say:   func(_ *testing.T, channel, words string) { h.say(channel, "!attribution "+words) },
			Press: h.press,
			Lose: func(*testing.T) {
				h.mu.Lock()
				defer h.mu.Unlock()
				h.lose = true
			},
			Restart: func(*testing.T) chat.Network { return h.network(kept) },
			Ready:   func(*testing.T) { <-h.listening },
		}
	})
}
