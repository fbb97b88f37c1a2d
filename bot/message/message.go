// Package message is what the bot says, free of any network's dialect: one
// document that each chat network prints in its own way.
//
// Every text in it is plain and inert. Printers escape all of it; nothing that
// came from a feed can format, link, ping or forge, whatever style it has.
// [Clean] makes a document safe to print, [Text] prints it without any dialect,
// and [Split] parts one that is too long for a network.
package message

// Message is one thing said in a channel.
type Message struct {
	// Headline is one sentence, readable alone in a phone's notification.
	// Printers show it first, strong, and then the blocks, which do not
	// repeat it.
	Headline string
	Blocks   []Block
	Actions  []Action
	Files    []File
}

// Empty reports whether there is nothing to say.
func (m Message) Empty() bool {
	return m.Headline == "" && len(m.Blocks) == 0 && len(m.Files) == 0
}

// Block is one paragraph-like part.
type Block struct {
	Kind BlockKind
	Text []Inline
}

// BlockKind is the form of a block. Zero is invalid.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph BlockKind = iota + 1
	Heading
	Quote   // the words of a speaker
	Item    // an entry of a list
	Context // small print: outlets, origins, ids
	Divider // carries no text
	Code    // fixed width: a table, an example of a command; newlines are kept
)

// Inline is a run of text in one style.
type Inline struct {
	Text  string
	Style Style
	URL   string // for Link; only http and https are printed as links
}

// Style is the look of a run. Zero is plain.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Strong
	Emphasis
	Link
	Fixed
)

// Action is a button in Slack, a reaction in Matrix, a word in the console.
type Action struct {
	ID    string // "right", "wrong", "mute", "timeline", "why"
	Value string // what it is about: "S12 C3"; at most 200 bytes
	Label string // at most 40 characters
	Sign  string // the reaction that stands for it in Matrix, such as "✅"
}

// File is an attachment.
type File struct {
	Name string
	Type string // media type
	Data []byte
}

// P makes a paragraph of runs.
func P(runs ...Inline) Block { return Block{Kind: Paragraph, Text: runs} }

// H makes a heading.
func H(text string) Block { return Block{Kind: Heading, Text: []Inline{T(text)}} }

// Q makes a quote of a speaker's words.
func Q(runs ...Inline) Block { return Block{Kind: Quote, Text: runs} }

// I makes an entry of a list.
func I(runs ...Inline) Block { return Block{Kind: Item, Text: runs} }

// C makes a line of small print.
func C(runs ...Inline) Block { return Block{Kind: Context, Text: runs} }

// T makes a plain run.
func T(text string) Inline { return Inline{Text: text} }

// B makes a strong run.
func B(text string) Inline { return Inline{Text: text, Style: Strong} }

// E makes an emphasised run.
func E(text string) Inline { return Inline{Text: text, Style: Emphasis} }

// F makes a run of fixed width.
func F(text string) Inline { return Inline{Text: text, Style: Fixed} }

// L makes a link.
func L(text, url string) Inline { return Inline{Text: text, Style: Link, URL: url} }
