package article

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ListRules say where a list page has its articles.
type ListRules struct {
	Links string // CSS selector; "" = a guess from the page's structure
	Next  string // CSS selector of the link to the next page; "" = rel=next, or none
}

// ListPage is what a list page has.
type ListPage struct {
	Items []Item // Key and Link are the address, Title the link's words
	Next  string
	Feeds []FeedLink // feeds that the page names
}

// CheckSelectors refuses CSS selectors that cannot be read; empty ones pass.
func CheckSelectors(selectors ...string) error {
	for _, s := range selectors {
		if s == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(s); err != nil {
			return fmt.Errorf("read selector %q: %w", s, err)
		}
	}
	return nil
}

// ParseList reads the links of a list page.
func ParseList(body []byte, hint Hint, rules ListRules) (ListPage, error) {
	doc, err := parsePage(body, hint.ContentType)
	if err != nil {
		return ListPage{}, fmt.Errorf("read list page: %w", err)
	}
	m := readMarks(doc, hint.URL)
	base := parseBase(m.base)
	list := ListPage{Feeds: m.feeds}
	anchors, err := anchorsOf(doc, base, rules.Links)
	if err != nil {
		return ListPage{}, fmt.Errorf("read list page: %w", err)
	}
	for _, a := range anchors {
		list.Items = append(list.Items, Item{Key: a.link, Link: a.link, Title: html.EscapeString(a.title), Published: a.date})
	}
	list.Next, err = nextPage(doc, base, rules.Next)
	return list, err
}

// anchor is a link with the words that it stands under.
type anchor struct {
	node  *html.Node
	link  string
	title string
	date  string
}

// anchorsOf are the links to articles, each once, in the page's order.
func anchorsOf(doc *html.Node, base *url.URL, selector string) ([]anchor, error) {
	if selector == "" {
		return guessAnchors(doc, base), nil
	}
	s, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil, fmt.Errorf("read selector %q: %w", selector, err)
	}
	var anchors []anchor
	for _, node := range cascadia.QueryAll(doc, s) {
		link := node
		if node.DataAtom != atom.A {
			link = findAnchor(node)
		}
		if link != nil {
			anchors = append(anchors, newAnchor(link, base))
		}
	}
	return unique(anchors), nil
}

func findAnchor(node *html.Node) *html.Node {
	for n := node.FirstChild; n != nil; n = following(n, node, true) {
		if n.DataAtom == atom.A && attribute(n, "href") != "" {
			return n
		}
	}
	return nil
}

func newAnchor(node *html.Node, base *url.URL) anchor {
	a := anchor{node: node, link: CleanLink(resolveLink(base, attribute(node, "href"))), title: nodeText(node)}
	if a.title == "" {
		a.title = attribute(node, "title")
	}
	a.title = strings.ReplaceAll(a.title, "\n", " ")
	a.date = dateNear(node)
	return a
}

// dateNear looks for a date in the block that a link stands in: a <time>, or a
// date with its year in the words beside the link.
func dateNear(node *html.Node) string {
	block := node.Parent
	for level := 0; level < 3 && block != nil && block.DataAtom != atom.Body; level++ {
		found, links := timeIn(block)
		if links > 3 {
			return ""
		}
		if found == "" && links == 1 {
			found = dateBeside(block)
		}
		if found != "" {
			return found
		}
		block = block.Parent
	}
	return ""
}

// timeIn is the first <time> of a block, and how many links it has, counted no
// further than it matters: a page may have a hundred thousand in one block.
func timeIn(block *html.Node) (found string, links int) {
	for n := block.FirstChild; n != nil; n = following(n, block, true) {
		switch n.DataAtom {
		case atom.Time:
			found = or2(found, or2(attribute(n, "datetime"), nodeText(n)))
		case atom.A:
			if links++; links > 3 {
				return found, links
			}
		}
	}
	return found, links
}

const besideMax = 60 // bytes of the words beside a link that can be a date

// dateBeside is the date in a block's words outside of its link.
func dateBeside(block *html.Node) string {
	var w textWriter
	for n := block.FirstChild; n != nil; {
		into := n.DataAtom != atom.A
		if n.Type == html.TextNode {
			w.words(n.Data)
		}
		n = following(n, block, into)
	}
	text := w.b.String()
	if len(text) > besideMax {
		return ""
	}
	if s, ok := stampIn(text, nil); !ok || s.Day.Year == 0 {
		return ""
	}
	return strings.Trim(text, "()[]（）【】 ")
}

func unique(anchors []anchor) []anchor {
	seen := map[string]int{}
	var out []anchor
	for _, a := range anchors {
		if a.link == "" {
			continue
		}
		if i, ok := seen[a.link]; ok {
			if len(a.title) > len(out[i].title) {
				out[i].title = a.title
			}
			continue
		}
		seen[a.link] = len(out)
		out = append(out, a)
	}
	return out
}

const (
	minLinks     = 2  // of a group that is a list of articles
	headlineMin  = 18 // letters that make a link's words a headline
	headlineMinZ = 7  // in scripts without spaces
)

// guessAnchors finds the list of articles by structure: links under the same
// chain of elements are one group; the group with the most words that read as
// headlines, outside of navigation, is the list.
func guessAnchors(doc *html.Node, base *url.URL) []anchor {
	groups := map[string][]anchor{}
	var order []string
	for n := doc.FirstChild; n != nil; {
		into := !(n.Type == html.ElementNode && listSkipped[n.DataAtom])
		if into && n.DataAtom == atom.A {
			if a := newAnchor(n, base); isHeadline(a, base) {
				key := pathOf(n)
				if groups[key] == nil {
					order = append(order, key)
				}
				groups[key] = append(groups[key], a)
			}
		}
		n = following(n, doc, into)
	}
	var best []anchor
	most := 0
	for _, key := range order {
		group := unique(groups[key])
		score := 0
		for _, a := range group {
			score += min(utf8.RuneCountInString(a.title), 120)
			if a.date != "" {
				score += 60
			}
		}
		if len(group) >= minLinks && score > most {
			best, most = group, score
		}
	}
	return best
}

// listSkipped are the elements whose links lead elsewhere.
var listSkipped = map[atom.Atom]bool{
	atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Form: true,
}

// isHeadline tells a link to an article of the same site from navigation.
func isHeadline(a anchor, base *url.URL) bool {
	u, err := url.Parse(a.link)
	if err != nil || a.link == "" || u.Path == "" || u.Path == "/" {
		return false
	}
	if base != nil && siteOf(u.Hostname()) != siteOf(base.Hostname()) {
		return false
	}
	letters := utf8.RuneCountInString(a.title)
	return letters >= headlineMin || letters >= headlineMinZ && scriptLang(a.title) != ""
}

// siteOf is the last two parts of a host name: near enough to tell a site from
// another.
func siteOf(host string) string {
	parts := strings.Split(host, ".")
	return strings.Join(parts[max(0, len(parts)-2):], ".")
}

// pathOf is the chain of elements above a link, with their first class.
func pathOf(n *html.Node) string {
	var b strings.Builder
	for up, depth := n, 0; up != nil && up.Type == html.ElementNode && depth < 6; up, depth = up.Parent, depth+1 {
		b.WriteString(up.Data)
		if class, _, _ := strings.Cut(strings.TrimSpace(attribute(up, "class")), " "); class != "" && !strings.ContainsAny(class, "0123456789") {
			b.WriteByte('.')
			b.WriteString(class)
		}
		b.WriteByte('<')
	}
	return b.String()
}

// nextPage is the link to the next page of a list.
func nextPage(doc *html.Node, base *url.URL, selector string) (string, error) {
	if selector == "" {
		selector = `a[rel~="next"], link[rel~="next"]`
	}
	s, err := cascadia.ParseGroup(selector)
	if err != nil {
		return "", fmt.Errorf("read list page: selector %q: %w", selector, err)
	}
	node := cascadia.Query(doc, s)
	if node == nil {
		return "", nil
	}
	if attribute(node, "href") == "" {
		if node = findAnchor(node); node == nil {
			return "", nil
		}
	}
	return resolveLink(base, attribute(node, "href")), nil
}
