package matrix

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"

	"attribot/bot/message"
)

// The sizes of one event's content as JSON, in bytes. An event stays under
// 65,536 with what the homeservers add (sender, room, hashes, signatures); an
// encrypted one grows by a third.
const (
	maxContent   = 56_000
	maxEncrypted = 38_000
)

// content is what an event of the bot says.
type content struct {
	MsgType   string    `json:"msgtype"`
	Body      string    `json:"body"`
	Format    string    `json:"format,omitempty"`
	Formatted string    `json:"formatted_body,omitempty"`
	Mentions  struct{}  `json:"m.mentions"` // empty: without it old rules look for "@room" in the body
	New       *content  `json:"m.new_content,omitempty"`
	Relates   *relation `json:"m.relates_to,omitempty"`
	Key       string    `json:"attribot.key,omitempty"` // the post key with the part's number
	Actions   []action  `json:"attribot.actions,omitempty"`
	URL       string    `json:"url,omitempty"`
	FileName  string    `json:"filename,omitempty"`
	File      any       `json:"file,omitempty"` // an encrypted file with its key
	Info      *fileInfo `json:"info,omitempty"`
}

// relation is what an event says of another.
type relation struct {
	Type    string `json:"rel_type,omitempty"`
	Event   string `json:"event_id,omitempty"`
	Falling bool   `json:"is_falling_back,omitempty"`
	ReplyTo *reply `json:"m.in_reply_to,omitempty"`
}

type reply struct {
	Event string `json:"event_id"`
}

// action is an action as a reaction to the event asks for it.
type action struct {
	ID    string `json:"id"`
	Value string `json:"value"`
	Sign  string `json:"sign"`
}

type fileInfo struct {
	Type string `json:"mimetype"`
	Size int    `json:"size"`
}

// notices prints a message as events, in several parts where one would be too
// large.
func notices(m message.Message, most int) []content {
	parts := message.Split(message.Clean(m), func(m message.Message) bool { return weight(m) <= most })
	out := make([]content, 0, len(parts))
	for _, p := range parts {
		out = append(out, notice(p))
	}
	return out
}

// shortened prints a message as one event, without its last blocks where all
// would be too large: an edit can't become two events, and says all twice.
func shortened(m message.Message, most int) content {
	m = message.Clean(m)
	rest := message.Block{Kind: message.Context, Text: []message.Inline{message.T("… shortened: the rest is too long for one message")}}
	all := m.Blocks
	for n := len(all); n > 0 && 2*weight(m) > most; {
		n -= 1 + n/16
		m.Blocks = append(all[:n:n], rest)
	}
	return notice(m)
}

// size is the length of the content as JSON.
func size(c content) int {
	b, err := json.Marshal(c)
	if err != nil {
		return maxContent + 1
	}
	return len(b)
}

// notice prints a clean message without regard to sizes.
func notice(m message.Message) content {
	c := content{MsgType: "m.notice", Format: "org.matrix.custom.html", Body: defused(message.Text(m)), Formatted: formatted(m)}
	if legend := defused(legend(m.Actions)); legend != "" {
		c.Body += "\n" + legend
		c.Formatted += "<p><sub>" + html.EscapeString(legend) + "</sub></p>"
	}
	for _, a := range m.Actions {
		if a.Sign != "" {
			c.Actions = append(c.Actions, action{ID: a.ID, Value: a.Value, Sign: a.Sign})
		}
	}
	return c
}

// legend tells which reaction does what.
func legend(actions []message.Action) string {
	var words []string
	for _, a := range actions {
		if a.Sign != "" {
			words = append(words, a.Sign+" "+or(a.Label, a.ID))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "React: " + strings.Join(words, " · ")
}

// formatted prints the message as HTML of the kind that Matrix allows. Every
// letter of every text is escaped; tags are the bot's own.
func formatted(m message.Message) string {
	var out strings.Builder
	if m.Headline != "" {
		out.WriteString("<p><strong>" + html.EscapeString(defused(m.Headline)) + "</strong></p>")
	}
	list := false
	for _, b := range m.Blocks {
		if item := b.Kind == message.Item; item != list {
			out.WriteString(map[bool]string{true: "<ul>", false: "</ul>"}[item])
			list = item
		}
		out.WriteString(block(b))
	}
	if list {
		out.WriteString("</ul>")
	}
	return out.String()
}

// around are the tags of a block.
var around = map[message.BlockKind][2]string{
	message.Paragraph: {"<p>", "</p>"},
	message.Heading:   {"<h4>", "</h4>"},
	message.Quote:     {"<blockquote>", "</blockquote>"},
	message.Item:      {"<li>", "</li>"},
	message.Context:   {"<p><sub>", "</sub></p>"},
	message.Code:      {"<pre><code>", "</code></pre>"},
}

func block(b message.Block) string {
	if b.Kind == message.Divider {
		return "<hr>"
	}
	tags, ok := around[b.Kind]
	if !ok {
		tags = around[message.Paragraph]
	}
	var out strings.Builder
	for _, r := range b.Text {
		out.WriteString(run(r))
	}
	return tags[0] + out.String() + tags[1]
}

// run prints a run of text.
func run(r message.Inline) string {
	text := html.EscapeString(defused(r.Text))
	switch r.Style {
	case message.Strong:
		return "<strong>" + text + "</strong>"
	case message.Emphasis:
		return "<em>" + text + "</em>"
	case message.Fixed:
		return "<code>" + text + "</code>"
	case message.Link:
		if target := followable(r.URL); target != "" {
			return `<a href="` + html.EscapeString(target) + `">` + text + "</a>"
		}
	}
	return text
}

// named are the names of people, rooms and aliases, and addresses that stand for
// them: clients draw them as mentions wherever they stand in a text.
var named = regexp.MustCompile(`(^|[^\pL\pN])([@#!+])([^\s:@\x{2060}]+:[\pL\pN])`)

// defused is text in which no name is drawn as a mention. What parts a name is
// invisible (U+2060, word joiner).
func defused(s string) string {
	s = named.ReplaceAllString(s, "$1$2\u2060$3")
	s = strings.ReplaceAll(s, "matrix.to/", "matrix.\u2060to/")
	return strings.ReplaceAll(s, "matrix:", "matrix\u2060:")
}

// followable is the address if a client may follow it. Links to matrix.to are
// none: clients draw them as mentions of people and rooms.
func followable(raw string) string {
	target := message.SafeURL(raw)
	u, err := url.Parse(target)
	if err != nil || strings.EqualFold(strings.TrimSuffix(u.Hostname(), "."), "matrix.to") {
		return ""
	}
	return target
}
