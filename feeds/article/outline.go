package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The letters from which a paragraph counts as prose, and up to which a block
// that is nothing but a link is one to another article.
const (
	proseLetters = 60
	linkLetters  = 200
)

// prose is the text of the element that holds most of a page's paragraphs: what
// a page has at the very least, for pages whose text readability loses. It
// leaves the document as it is.
func prose(doc *html.Node) string {
	weights, total := weigh(doc)
	best := tightest(doc, weights, total)
	if best == nil {
		return ""
	}
	var parts []string
	for n := best.FirstChild; n != nil; n = following(n, best, true) {
		if !isBlock(n) || allLink(n) {
			continue
		}
		if text := nodeText(n); utf8.RuneCountInString(text) >= proseLetters/2 {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

// weigh gives each element near a paragraph of prose that paragraph's letters.
func weigh(doc *html.Node) (weights map[*html.Node]int, total int) {
	weights = map[*html.Node]int{}
	for n := doc.FirstChild; n != nil; n = following(n, doc, true) {
		letters := proseOf(n)
		total += letters
		for up, level := n.Parent, 0; letters > 0 && up != nil && level < 4; up, level = up.Parent, level+1 {
			weights[up] += letters
		}
	}
	return weights, total
}

// proseOf are the letters of a paragraph of prose, 0 for anything else.
func proseOf(n *html.Node) int {
	if tagOf(n) != atom.P {
		return 0
	}
	if letters := ownLetters(n); letters >= proseLetters {
		return letters
	}
	return 0
}

// isBlock tells the blocks that prose is made of.
func isBlock(n *html.Node) bool {
	return tagOf(n) == atom.P || tagOf(n) == atom.Li || tagOf(n) == atom.Blockquote && findTag(n, atom.P) == nil
}

// tightest is the smallest element with most of the paragraphs' letters.
func tightest(doc *html.Node, weights map[*html.Node]int, total int) *html.Node {
	var best *html.Node
	for n := doc.FirstChild; n != nil; n = following(n, doc, true) { // in document order: the same page gives the same text
		w := weights[n]
		if w == 0 || w*10 < total*4 {
			continue
		}
		if best == nil || w > weights[best] || w*10 >= weights[best]*9 && isAncestor(best, n) {
			best = n
		}
	}
	return best
}

func isAncestor(up, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == up {
			return true
		}
	}
	return false
}

func findTag(root *html.Node, tag atom.Atom) *html.Node {
	for n := root.FirstChild; n != nil; n = following(n, root, true) {
		if tagOf(n) == tag {
			return n
		}
	}
	return nil
}

// ownLetters are the letters of an element outside of links.
func ownLetters(root *html.Node) int {
	total := 0
	for n := root.FirstChild; n != nil; {
		if n.Type == html.TextNode {
			total += len(strings.TrimSpace(n.Data))
		}
		n = following(n, root, tagOf(n) != atom.A)
	}
	return total
}

// allLink tells a block that is nothing but a link.
func allLink(n *html.Node) bool {
	return findTag(n, atom.A) != nil && ownLetters(n) <= 3
}

// withoutLinks takes out of a found text the blocks that are nothing but links
// to other articles, and the headings that nothing follows.
func withoutLinks(root *html.Node) {
	var next *html.Node
	for n := root.FirstChild; n != nil; n = next {
		next = following(n, root, true)
		switch tagOf(n) {
		case atom.P, atom.Li, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			if allLink(n) && textLen(n) < linkLetters {
				next = following(n, root, false)
				n.Parent.RemoveChild(n)
			}
		}
	}
	trimHeadings(root)
}

// trimHeadings drops headings at the end of a text.
func trimHeadings(root *html.Node) {
	for {
		last := lastBlock(root)
		if last == nil || last == root {
			return
		}
		last.Parent.RemoveChild(last)
	}
}

// lastBlock is the heading that ends a subtree, nil when something else does.
func lastBlock(root *html.Node) *html.Node {
	n := root
	for {
		child := n.LastChild
		for child != nil && textLen(child) == 0 {
			child = child.PrevSibling
		}
		if child == nil || child.Type == html.TextNode {
			return nil
		}
		switch tagOf(child) {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return child
		}
		n = child
	}
}
