package slack

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
)

// node is any part of Block Kit as JSON holds it.
type node struct {
	Type     string          `json:"type"`
	Text     json.RawMessage `json:"text"`
	Elements []node          `json:"elements"`
	URL      string          `json:"url"`
	Value    string          `json:"value"`
	ActionID string          `json:"action_id"`
	Style    json.RawMessage `json:"style"`
}

// overSize names what exceeds Slack's documented sizes, counted on the JSON that
// went over the wire and not with the bot's own counting.
func overSize(text string, blocks []byte) string {
	var all []node
	if len(blocks) > 0 {
		if err := json.Unmarshal(blocks, &all); err != nil {
			return err.Error()
		}
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > 4000 {
		return fmt.Sprintf("text has %d characters", n)
	}
	if len(all) > 50 {
		return fmt.Sprintf("%d blocks", len(all))
	}
	for _, b := range all {
		if fault := b.overSize(); fault != "" {
			return b.Type + ": " + fault
		}
	}
	return ""
}

func (b node) overSize() string {
	size := map[string]int{"header": 150, "plain_text": 3000, "mrkdwn": 3000, "rich_text": 3000}[b.Type]
	if n := utf8.RuneCountInString(b.words()); size > 0 && (n > size || n == 0) {
		return fmt.Sprintf("%d characters", n)
	}
	if most := map[string]int{"context": 10, "actions": 25}[b.Type]; most > 0 && (len(b.Elements) > most || len(b.Elements) == 0) {
		return fmt.Sprintf("%d elements", len(b.Elements))
	}
	if b.Type == "button" && (utf8.RuneCountInString(b.words()) > 75 || b.words() == "" || len(b.Value) > 2000 || len(b.ActionID) > 255) {
		return "button is too long"
	}
	ids := map[string]bool{}
	for _, e := range b.Elements {
		if ids[e.ActionID] && e.ActionID != "" {
			return "action id twice"
		}
		ids[e.ActionID] = true
		if e.Type == "text" && e.words() == "" {
			return "empty text"
		}
		if fault := e.overSize(); fault != "" {
			return fault
		}
	}
	return ""
}

// words is every letter beneath a node, as it went over the wire.
func (b node) words() string {
	var s string
	if len(b.Text) > 0 && json.Unmarshal(b.Text, &s) != nil {
		var inner node
		if json.Unmarshal(b.Text, &inner) == nil {
			s = inner.words()
		}
	}
	for _, e := range b.Elements {
		s += e.words()
	}
	return s
}

// screen is what a person sees of a message: Slack's own reading of blocks.
type screen struct {
	text                 strings.Builder
	links, pings, styled []string
}

// control is what Slack gives a meaning in mrkdwn.
var control = regexp.MustCompile(`<[@#!][^>]*>|<(https?|mailto|tel):[^>]*>`)

// mark is the styling that Slack reads in mrkdwn.
var mark = regexp.MustCompile("\\*[^*\n]+\\*|_[^_\n]+_|~[^~\n]+~|`[^`\n]+`")

func (s *screen) read(b node, bold bool) {
	switch b.Type {
	case "plain_text":
		s.text.WriteString(unescape(b.words()))
	case "mrkdwn":
		s.mrkdwn(b.words())
	case "header":
		s.styled = append(s.styled, unescape(b.words()))
		s.text.WriteString(unescape(b.words()))
	case "button":
		s.text.WriteString("[" + unescape(b.words()) + "]")
	case "text", "link":
		s.run(b)
	case "user", "usergroup", "broadcast", "channel":
		s.pings = append(s.pings, b.Type)
	default:
		for _, e := range b.Elements {
			s.read(e, bold)
		}
		s.text.WriteString("\n")
		return
	}
}

// run is a run of rich text, in which no letter has a meaning.
func (s *screen) run(b node) {
	s.text.WriteString(b.words())
	if b.Type == "link" {
		s.links = append(s.links, b.URL)
	}
	if len(b.Style) > 0 {
		s.styled = append(s.styled, b.words())
	}
}

func (s *screen) mrkdwn(text string) {
	for _, c := range control.FindAllString(text, -1) {
		if strings.HasPrefix(c, "<@") || strings.HasPrefix(c, "<!") {
			s.pings = append(s.pings, c)
		} else {
			s.links = append(s.links, c)
		}
	}
	for _, m := range mark.FindAllString(text, -1) {
		s.styled = append(s.styled, strings.Trim(m, "*_~`"))
	}
	s.text.WriteString(unescape(text))
}

// shown is a stored message as a person sees it. The fallback text counts for
// its pings too, since a notification shows it.
func (m *stored) shown() chattest.Shown {
	var s, notification screen
	var blocks []node
	_ = json.Unmarshal(m.Blocks, &blocks)
	for _, b := range blocks {
		s.read(b, false)
		s.text.WriteString("\n")
	}
	notification.mrkdwn(m.Text)
	if len(blocks) == 0 {
		s = notification
	}
	out := chattest.Shown{ID: at(m.Channel, m.TS), Text: s.text.String(), Edited: m.edited, Private: m.private,
		Pings: append(s.pings, notification.pings...), Links: s.links, Styled: s.styled, Raw: m.raw + string(m.Blocks)}
	if m.Thread != "" {
		out.Thread = at(m.Channel, m.Thread)
	}
	return out
}

// screenOf is what a channel shows.
func (w *workspace) screenOf(channel string) []chattest.Shown {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []chattest.Shown
	for _, m := range w.messages {
		if m.Channel == channel {
			out = append(out, m.shown())
		}
	}
	return out
}

// button finds the id of the button with an action's label on a message.
func (w *workspace) button(on chat.MessageID, label string) (id, value string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.messages {
		if at(m.Channel, m.TS) != on {
			continue
		}
		var blocks []node
		_ = json.Unmarshal(m.Blocks, &blocks)
		for _, b := range blocks {
			for _, e := range b.Elements {
				if e.Type == "button" && strings.Contains(unescape(e.words()), label) {
					return e.ActionID, e.Value
				}
			}
		}
	}
	return "", ""
}
