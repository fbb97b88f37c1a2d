package article

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The bounds of a page. Finding the text costs time by each node's depth, since
// every element is weighed by what is in it: deep nesting of many nodes would
// take minutes. Pages of news have some thousand tags at a depth of twenty.
const (
	maxTags     = 60_000
	maxNested   = 1_000_000 // the depths of all nodes together
	maxPageSize = 8 << 20   // bytes
)

// ErrNoText is a page without readable text.
var ErrNoText = errors.New("has no readable text")

// Page is a fetched HTML page.
type Page struct {
	Body        []byte
	URL         string
	ContentType string
	Origin      Origin
	Text, Date  string // CSS selectors of the text and the date; "" = found by the page's marks
}

// ReadPage makes the article of a fetched page: its readable text, its date by
// the page's own marks, its title and outlet. Its id is a digest of source and
// address. An error is ErrBounds, ErrNoText or a broken selector.
func ReadPage(p Page) (Article, error) {
	doc, err := parsePage(p.Body, p.ContentType)
	if err != nil {
		return Article{}, fmt.Errorf("read page: %w", err)
	}
	m := readMarks(doc, p.URL)
	a := Article{ID: ItemID(p.Origin.Source, p.URL), URL: or2(p.URL, m.canonical)}
	a.from(p.Origin)
	a.Title = m.headline()
	a.outletOfPage(m)
	a.ascribe()
	var dateNode string
	if p.Date != "" {
		dateNode, err = selectText(doc, p.Date)
		if err != nil {
			return Article{}, fmt.Errorf("read page: date selector: %w", err)
		}
	}
	if err := a.textOfPage(doc, p, m); err != nil {
		return Article{}, fmt.Errorf("read page: %w", err)
	}
	a.Credit = or2(creditOf(paragraphsOf(a.Text)), m.syndicatedFrom(a.Family))
	a.dateOfPage(m, dateNode)
	a.Text = withoutDateLines(a.Text)
	a.readLang(m.lang)
	return a, nil
}

func parsePage(body []byte, contentType string) (*html.Node, error) {
	body = toUTF8(body, contentType)
	if len(body) > maxPageSize || bytes.Count(body, []byte("<")) > maxTags {
		return nil, fmt.Errorf("%w: more than %d bytes or %d tags", ErrBounds, maxPageSize, maxTags)
	}
	doc, err := html.Parse(bytes.NewReader(bytes.ReplaceAll(body, []byte{0}, nil)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBounds, err) // a reader of bytes fails of nothing but nesting
	}
	if nested(doc) > maxNested {
		return nil, fmt.Errorf("%w: nested too deep", ErrBounds)
	}
	return doc, nil
}

// nested is the sum of the depths of all nodes.
func nested(root *html.Node) int {
	total, depth := 0, 0
	for n := root; n != nil; {
		total += depth
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			continue
		}
		for n != root && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	return total
}

func (a *Article) outletOfPage(m *marks) {
	if a.Outlet != "" {
		return
	}
	if p := PublisherAt(a.URL); p != nil {
		a.Outlet = p.Name
		return
	}
	a.Outlet = m.site
	if u, err := url.Parse(a.URL); a.Outlet == "" && err == nil {
		a.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
	}
}

// textOfPage takes the text that the selector names, else the one that
// readability finds. The body that the page states in its own structured data
// is taken where readability has lost most of it or gathered far more.
func (a *Article) textOfPage(doc *html.Node, p Page, m *marks) error {
	if p.Text != "" {
		text, err := selectText(doc, p.Text)
		if err != nil {
			return fmt.Errorf("text selector: %w", err)
		}
		a.Text = text
	}
	if a.Text == "" {
		a.Text = readable(doc, p.URL)
		if stated := cleanLines(plainText(m.body)); betterStated(a.Text, stated) {
			a.Text = stated
		}
	}
	a.Text = trimEnd(withoutTitle(cleanLines(a.Text), a.Title))
	a.Full = !m.paywalled && !stub(a.Text)
	a.Text = withoutPaywall(a.Text)
	if strings.TrimSpace(a.Text) == "" {
		return ErrNoText
	}
	return nil
}

// The lengths between which the stated body replaces the found one.
const (
	statedMin   = 400  // letters that make a stated body an article
	statedWhole = 2000 // letters from which it is no teaser
	statedShort = 2    // the found text is less than half of the stated one
	statedLong  = 3    // the found text is more than three times the stated one
	lostFactor  = 2    // the found text has less than half of the page's prose
)

func betterStated(found, stated string) bool {
	f, s := utf8.RuneCountInString(found), utf8.RuneCountInString(stated)
	return s >= statedMin && f*statedShort < s || s >= statedWhole && f > s*statedLong
}

// readable is the text that readability finds in a document. It changes the
// document.
func readable(doc *html.Node, address string) string {
	prune(doc)
	least := prose(doc)
	u, err := url.Parse(address)
	if err != nil || address == "" {
		u = &url.URL{Scheme: "http", Host: "localhost"}
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(doc, u)
	if err != nil || found.Node == nil {
		return least
	}
	withoutLinks(found.Node)
	text := nodeText(found.Node)
	if len(text)*lostFactor < len(least) {
		return least
	}
	return text
}

// selectText joins the text of the nodes that a CSS selector finds.
func selectText(doc *html.Node, selector string) (string, error) {
	s, err := cascadia.ParseGroup(selector)
	if err != nil {
		return "", fmt.Errorf("read %q: %w", selector, err)
	}
	var parts []string
	for _, node := range cascadia.QueryAll(doc, s) {
		text := nodeText(node)
		if text == "" {
			text = attribute(node, "datetime")
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n"), nil
}

// nodeText is the text of a node, as plainText is that of a fragment.
func nodeText(node *html.Node) string {
	var w textWriter
	w.node(node)
	return w.b.String()
}

// node writes a subtree without recursion on siblings; the parser bounds depth.
func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.words(n.Data)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	}
	tag := tagOf(n)
	if skipped[tag] {
		return
	}
	if tag != 0 {
		w.open(tag, true)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		w.node(child)
	}
	if tag != 0 {
		w.close(tag)
	}
}

// tagOf is an element's tag; readability makes elements without it. 0 for text
// and for tags that HTML does not know.
func tagOf(n *html.Node) atom.Atom {
	if n.DataAtom != 0 || n.Type != html.ElementNode {
		return n.DataAtom
	}
	return atom.Lookup([]byte(n.Data))
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// withoutTitle drops a first line that repeats the headline.
func withoutTitle(text, title string) string {
	first, rest, more := strings.Cut(text, "\n")
	if more && title != "" && strings.EqualFold(strings.TrimSpace(first), title) {
		return rest
	}
	return text
}

// paywall is how a page says that the rest is for subscribers.
var paywall = []string{
	"subscribe to continue", "subscribe to read", "already a subscriber", "to continue reading", "this article is for subscribers", "for subscribers only",
	"sign in to read", "log in to read", "create a free account to", "unlock this article", "become a member to read",
	"jetzt abonnieren", "weiterlesen mit", "und weiterlesen", "réservé aux abonnés", "exclusivo para suscriptores", "доступно только подписчикам", "для подписчиков", "有料会員", "会員限定", "登录后阅读",
}

// withoutPaywall drops the short lines at the end that ask for a subscription.
func withoutPaywall(text string) string {
	for {
		head, last, ok := cutLast(text, "\n")
		if !ok || utf8.RuneCountInString(last) > junkLine || !hasAny(strings.ToLower(last), paywall) {
			return text
		}
		text = head
	}
}

// stub tells the beginning of an article that is shown to all from the whole.
func stub(text string) bool {
	lower := strings.ToLower(text)
	if len(text) < 3000 && hasAny(lower, paywall) {
		return true
	}
	words := len(strings.Fields(text))
	return words < stubWords && (strings.HasSuffix(text, "…") || strings.HasSuffix(text, "..."))
}
