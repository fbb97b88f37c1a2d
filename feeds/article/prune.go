package article

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// furnitureForm matches the class or id of a part that is no part of the text,
// whatever its length: readability keeps some of them for their words.
var furnitureForm = regexp.MustCompile(`(?i)(?:^|[-_\s])(?:related|recommend(?:ed|ations)?|read-?more|also-?read|newsletter|subscri(?:be|ption)|sign-?up|promo|social|share|sharing|sharedaddy|addtoany|breadcrumbs?|` +
	`cookie|consent|gdpr|advert(?:isement)?|ads?|sponsored|outbrain|taboola|comments?|disqus|author-?(?:bio|box|info)|caption|wp-caption-text|image-credit|photo-credit|tags?-?list|post-?tags|pagination|` +
	`toc|table-of-contents|print-only|screen-reader-text|sr-only|visually-hidden|trending|most-?(?:read|popular)|jp-relatedposts|yarpp|more-?(?:stories|news|on-this)|teaser-list)(?:$|[-_\s])`)

// prune takes out of a page, before readability judges it, what is never text:
// hidden parts, figures, forms and the furniture of the site.
func prune(root *html.Node) {
	letters := map[*html.Node]int{}
	total := sumProse(root, letters)
	var next *html.Node
	for n := root.FirstChild; n != nil; n = next {
		if n.Type == html.ElementNode && prunable(n, letters[n], total) {
			next = following(n, root, false)
			n.Parent.RemoveChild(n)
			continue
		}
		next = following(n, root, true)
	}
}

// following is the next node in document order, into n's children or past them.
func following(n, root *html.Node, into bool) *html.Node {
	if into && n.FirstChild != nil {
		return n.FirstChild
	}
	for n != nil && n != root {
		if n.NextSibling != nil {
			return n.NextSibling
		}
		n = n.Parent
	}
	return nil
}

func prunable(n *html.Node, letters, total int) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Head, atom.Article, atom.Main, atom.Title, atom.Meta, atom.Link:
		return false
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Svg, atom.Button, atom.Nav, atom.Template:
		return true
	}
	if !hidden(n) {
		name := attribute(n, "class") + " " + attribute(n, "id")
		if len(name) < 3 || !furnitureForm.MatchString(name) {
			return false
		}
	}
	return letters*4 <= total // a wrapper of the text itself may carry such a name, too
}

// sumProse notes the letters of prose in each element of a subtree that has any.
func sumProse(n *html.Node, letters map[*html.Node]int) int {
	total := proseOf(n)
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode {
			total += sumProse(child, letters)
		}
	}
	if total > 0 {
		letters[n] = total
	}
	return total
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// textLen is the number of bytes of text in a subtree, scripts left out.
func textLen(root *html.Node) int {
	total := 0
	for n := root; n != nil; {
		into := true
		switch {
		case n.Type == html.TextNode:
			total += len(strings.TrimSpace(n.Data))
		case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript:
			into = false
		}
		n = following(n, root, into)
	}
	return total
}
