package matrix

import "attribot/bot/message"

// The bytes that tags and names add, as JSON writes them ("<" takes six).
const (
	weightEvent = 800 // names of fields, relation, key
	weightBlock = 64
	weightRun   = 48
	weightLink  = 96
)

// weight is at least the size of a clean message's event. It is counted without
// printing, since parting a message asks for it again and again.
func weight(m message.Message) int {
	n := weightEvent + textWeight(m.Headline)
	for _, b := range m.Blocks {
		n += weightBlock
		for _, r := range b.Text {
			n += weightRun + textWeight(r.Text)
			if r.Style == message.Link {
				n += weightLink + textWeight(r.URL)
			}
		}
	}
	for _, a := range m.Actions {
		n += weightRun + textWeight(a.Label) + 2*textWeight(a.ID) + textWeight(a.Value) + 2*textWeight(a.Sign)
	}
	return n
}

// textWeight is what a text takes at most in the body and the formatted body
// together.
func textWeight(s string) int {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<' || c == '>' || c == '&' || c == '"' || c == '\'':
			n += 16 // body "\u003c", formatted "\u0026lt;" or "\u0026#34;"
		case c < ' ':
			n += 12
		case c == '@' || c == '#' || c == '!' || c == '+' || c == ':' || c == '.':
			n += 8 // the word joiner that parts a name
		case c == 0xE2:
			n += 12 // U+2028 and its like are written as six letters
		default:
			n += 2
		}
	}
	return n
}
