package slack

import (
	"fmt"
	"unicode/utf8"

	api "github.com/slack-go/slack"
)

// The sizes that Slack takes, in characters but for counts of elements
// (https://docs.slack.dev/reference/block-kit/blocks). Slack answers a message
// beyond them with an error, so they are checked before anything is sent.
const (
	maxBlocks   = 50
	maxText     = 3000 // a section's or context's text object; also our bound for one rich_text block
	maxHeader   = 150
	maxContext  = 10 // elements
	maxActions  = 25 // elements
	maxButton   = 75
	maxValue    = 2000
	maxActionID = 255
	maxFallback = 4000
	maxTotal    = 12000 // all text of one message's blocks: the bound of Slack's markdown text, kept for every kind
)

// check names the first size that a page exceeds.
func check(p page) error {
	if n := utf8.RuneCountInString(p.text); n == 0 || n > maxFallback {
		return fmt.Errorf("fallback text has %d characters, allowed are 1 to %d", n, maxFallback)
	}
	return checkBlocks(p.blocks)
}

// checkBlocks names the first size that blocks exceed.
func checkBlocks(blocks []api.Block) error {
	if len(blocks) > maxBlocks {
		return fmt.Errorf("message has %d blocks, allowed are %d", len(blocks), maxBlocks)
	}
	total := 0
	for _, b := range blocks {
		size, err := checkBlock(b)
		if err != nil {
			return err
		}
		total += size
	}
	if total > maxTotal {
		return fmt.Errorf("message has %d characters, allowed are %d", total, maxTotal)
	}
	return nil
}

// checkBlock is the size of a block's text, or the bound that it exceeds.
func checkBlock(b api.Block) (int, error) {
	switch b := b.(type) {
	case *api.HeaderBlock:
		return within("header", b.Text.Text, maxHeader)
	case *api.ContextBlock:
		return checkContext(b)
	case *api.ActionBlock:
		return checkActions(b)
	case *api.RichTextBlock:
		if n := richSize(b.Elements); n > maxText {
			return n, fmt.Errorf("rich text has %d characters, allowed are %d", n, maxText)
		} else {
			return n, nil
		}
	case *api.DividerBlock:
		return 0, nil
	}
	return 0, fmt.Errorf("block of kind %q is not one of ours", b.BlockType())
}

func within(what, s string, most int) (int, error) {
	n := utf8.RuneCountInString(s)
	if n == 0 || n > most {
		return n, fmt.Errorf("%s has %d characters, allowed are 1 to %d", what, n, most)
	}
	return n, nil
}

func checkContext(b *api.ContextBlock) (int, error) {
	els := b.ContextElements.Elements
	if len(els) == 0 || len(els) > maxContext {
		return 0, fmt.Errorf("context has %d elements, allowed are 1 to %d", len(els), maxContext)
	}
	total := 0
	for _, e := range els {
		t, ok := e.(*api.TextBlockObject)
		if !ok || t.Type != api.PlainTextType {
			return 0, fmt.Errorf("context holds an element that is no plain text")
		}
		n, err := within("context", t.Text, maxText)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func checkActions(b *api.ActionBlock) (int, error) {
	els := b.Elements.ElementSet
	if len(els) == 0 || len(els) > maxActions {
		return 0, fmt.Errorf("actions have %d elements, allowed are 1 to %d", len(els), maxActions)
	}
	ids := map[string]bool{}
	for _, e := range els {
		button, ok := e.(*api.ButtonBlockElement)
		if !ok {
			return 0, fmt.Errorf("actions hold an element that is no button")
		}
		if _, err := within("button", button.Text.Text, maxButton); err != nil {
			return 0, err
		}
		if len(button.Value) > maxValue || len(button.ActionID) > maxActionID {
			return 0, fmt.Errorf("button's value or id is too long")
		}
		if ids[button.ActionID] {
			return 0, fmt.Errorf("action id %q stands twice", button.ActionID)
		}
		ids[button.ActionID] = true
	}
	return 0, nil
}

// richSize counts the characters of rich text, addresses included.
func richSize(elements []api.RichTextElement) int {
	total := 0
	for _, e := range elements {
		switch e := e.(type) {
		case *list:
			total += richSize(e.Elements)
		case *api.RichTextSection:
			total += runsSize(e.Elements)
		case *api.RichTextQuote:
			total += runsSize(e.Elements)
		case *api.RichTextPreformatted:
			total += runsSize(e.Elements)
		}
	}
	return total
}

func runsSize(runs []api.RichTextSectionElement) int {
	total := 0
	for _, r := range runs {
		switch r := r.(type) {
		case *api.RichTextSectionTextElement:
			total += utf8.RuneCountInString(r.Text)
		case *api.RichTextSectionLinkElement:
			total += utf8.RuneCountInString(r.Text) + utf8.RuneCountInString(r.URL)
		}
	}
	return total
}
