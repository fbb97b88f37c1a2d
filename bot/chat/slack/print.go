package slack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"attribot/bot/message"

	api "github.com/slack-go/slack"
)

// page is one message as Slack takes it.
type page struct {
	text   string // the fallback, for notifications and screen readers
	blocks []api.Block
	files  []message.File
}

// pages prints a message, in several parts where one would exceed a size.
func pages(m message.Message) []page {
	parts := message.Split(message.Clean(m), func(m message.Message) bool { return checkBlocks(blocksOf(m)) == nil })
	out := make([]page, 0, len(parts))
	for _, p := range parts {
		out = append(out, printed(p))
	}
	return out
}

// shortened prints a message as one page, without its last blocks where all
// would exceed a size: an edit can't become two messages.
func shortened(m message.Message) page {
	m = message.Clean(m)
	rest := message.Block{Kind: message.Context, Text: []message.Inline{message.T("… shortened: the rest is too long for one message")}}
	all := m.Blocks
	for n := len(all); n > 0 && checkBlocks(blocksOf(m)) != nil; {
		n -= 1 + n/16
		m.Blocks = append(all[:n:n], rest)
	}
	return printed(m)
}

// printed prints a clean message without regard to sizes.
func printed(m message.Message) page {
	return page{text: fallback(m), blocks: blocksOf(m), files: m.Files}
}

// blocksOf prints a clean message's blocks.
func blocksOf(m message.Message) []api.Block {
	var out []api.Block
	if m.Headline != "" {
		out = append(out, headline(m.Headline))
	}
	for rest := m.Blocks; len(rest) > 0; {
		var b api.Block
		b, rest = next(rest)
		out = append(out, b)
	}
	for _, a := range rows(m.Actions) {
		out = append(out, a)
	}
	return out
}

// fallback is the whole message as plain text, as much as Slack takes.
func fallback(m message.Message) string {
	plain := message.Text(m)
	for n := maxFallback; ; n -= n / 8 {
		if s := escape(message.Cut(plain, n)); utf8.RuneCountInString(s) <= maxFallback {
			return or(s, "…")
		}
	}
}

// escape takes the three characters that Slack gives a meaning in text: with
// them go mentions, channel-wide pings, dates and links
// (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func escape(s string) string { return entities.Replace(s) }

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// plain is a text object in which Slack interprets nothing; emoji codes such as
// ":skull:" stay letters.
func plain(s string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.PlainTextType, escape(s), false, false)
}

// headline is a header, or bold text where a header has no room for it.
func headline(s string) api.Block {
	if utf8.RuneCountInString(escape(s)) <= maxHeader {
		return api.NewHeaderBlock(plain(s))
	}
	return api.NewRichTextBlock("", api.NewRichTextSection(runs([]message.Inline{message.B(s)}, message.Plain)...))
}

// next prints the first blocks that go together and returns those left. An
// entry of a list stays one block with the quotes and small print beneath it,
// since a message holds only fifty.
func next(blocks []message.Block) (api.Block, []message.Block) {
	first := blocks[0]
	switch {
	case first.Kind == message.Divider:
		return api.NewDividerBlock(), blocks[1:]
	case first.Kind == message.Context && smallPrint(first):
		return api.NewContextBlock("", plain(message.PlainRuns(first.Text))), blocks[1:]
	}
	elements := []api.RichTextElement{rich(first)}
	size := richSize(elements)
	i := 1
	for ; i < len(blocks) && continues(first.Kind, blocks[i].Kind); i++ {
		e := rich(blocks[i])
		if size += richSize([]api.RichTextElement{e}); size > maxText {
			break
		}
		elements = join(elements, e)
	}
	return api.NewRichTextBlock("", elements...), blocks[i:]
}

// continues tells whether a block of kind now can share the rich text that a
// block of kind first began.
func continues(first, now message.BlockKind) bool {
	listed := first == message.Item || first == message.Quote
	return listed && (now == message.Item || now == message.Quote)
}

// smallPrint tells whether a context can be a block of its own in small print:
// that takes no links, since those would need mrkdwn.
func smallPrint(b message.Block) bool {
	size := 0
	for _, r := range b.Text {
		if r.Style == message.Link {
			return false
		}
		size += utf8.RuneCountInString(escape(r.Text))
	}
	return size <= maxText
}

// list is a bulleted list. The library's own also writes fields at zero that
// Slack's types do not know.
type list struct {
	Type     api.RichTextElementType     `json:"type"`
	Style    api.RichTextListElementType `json:"style"`
	Elements []api.RichTextElement       `json:"elements"`
}

// RichTextElementType is the kind of element.
func (*list) RichTextElementType() api.RichTextElementType { return api.RTEList }

// join adds an element; an entry goes into the list before it.
func join(elements []api.RichTextElement, e api.RichTextElement) []api.RichTextElement {
	entry, ok := e.(*list)
	if before, was := elements[len(elements)-1].(*list); ok && was {
		before.Elements = append(before.Elements, entry.Elements...)
		return elements
	}
	return append(elements, e)
}

// rich prints one block as rich text, in which only the elements' types have a
// meaning and no letter has.
func rich(b message.Block) api.RichTextElement {
	switch b.Kind {
	case message.Heading:
		return api.NewRichTextSection(runs(b.Text, message.Strong)...)
	case message.Quote:
		return &api.RichTextQuote{Type: api.RTEQuote, Elements: runs(b.Text, message.Plain)}
	case message.Item:
		entry := api.NewRichTextSection(runs(b.Text, message.Plain)...)
		return &list{Type: api.RTEList, Style: api.RTEListBullet, Elements: []api.RichTextElement{entry}}
	case message.Code:
		return &api.RichTextPreformatted{Type: api.RTEPreformatted, Elements: runs(b.Text, message.Plain)}
	}
	return api.NewRichTextSection(runs(b.Text, message.Plain)...)
}

// runs prints runs of text; base is added to each run's own style.
func runs(text []message.Inline, base message.Style) []api.RichTextSectionElement {
	out := make([]api.RichTextSectionElement, 0, len(text))
	for _, r := range text {
		style := styled(r.Style, base)
		if r.Style == message.Link { // its address is safe since the message is clean
			out = append(out, api.NewRichTextSectionLinkElement(r.URL, r.Text, style))
			continue
		}
		out = append(out, api.NewRichTextSectionTextElement(r.Text, style))
	}
	return out
}

func styled(s, base message.Style) *api.RichTextSectionTextStyle {
	st := api.RichTextSectionTextStyle{
		Bold:   s == message.Strong || base == message.Strong,
		Italic: s == message.Emphasis,
		Code:   s == message.Fixed,
	}
	if st == (api.RichTextSectionTextStyle{}) {
		return nil
	}
	return &st
}

// rows prints actions as buttons, as many a row as Slack takes.
func rows(actions []message.Action) []*api.ActionBlock {
	var out []*api.ActionBlock
	var row []api.BlockElement
	for i, a := range actions {
		id := a.ID + idMark + strconv.Itoa(i+1) // ids may not repeat within a message
		label := strings.TrimSpace(a.Sign + " " + a.Label)
		row = append(row, api.NewButtonBlockElement(id, a.Value, button(or(label, a.ID))))
		if len(row) == maxActions || i == len(actions)-1 {
			out = append(out, api.NewActionBlock("", row...))
			row = nil
		}
	}
	return out
}

// idMark parts an action's id from its number.
const idMark = "#"

// button is a button's text, cut so that it has room when it is escaped.
func button(label string) *api.TextBlockObject {
	for n := maxButton; ; n-- {
		if t := plain(message.Cut(label, n)); utf8.RuneCountInString(t.Text) <= maxButton {
			return t
		}
	}
}
