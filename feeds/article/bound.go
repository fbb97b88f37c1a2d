package article

import (
	"bytes"
	"fmt"
	"strings"
)

// The bounds of an XML document. Feeds of ten thousand entries stay far below;
// two million nested elements would take the parser seconds.
const (
	maxDepth    = 512
	maxElements = 1_000_000
)

// xmlScan is what a look over a document's tags tells before it is parsed.
type xmlScan struct {
	root   string // local name of the root, lower case
	closed bool   // its end tag is there
}

// scanXML counts elements and depth without parsing, skipping comments, CDATA
// and declarations. Entities of a document's own are never expanded by the
// parser behind it, so a "billion laughs" stays a few hundred bytes.
func scanXML(body []byte) (xmlScan, error) {
	var (
		s               xmlScan
		name            string
		depth, elements int
	)
	for tag, rest := nextTag(body); tag != nil; tag, rest = nextTag(rest) {
		if tag[0] == '/' {
			depth--
			continue
		}
		empty := tag[len(tag)-1] == '/'
		if name == "" {
			name = tagName(tag)
			s.root, s.closed = localName(name), empty
		}
		elements++
		if !empty {
			depth++
		}
		if depth > maxDepth || elements > maxElements {
			return s, fmt.Errorf("%w: more than %d levels or %d elements", ErrBounds, maxDepth, maxElements)
		}
	}
	s.closed = s.closed || closes(body, name)
	return s, nil
}

// nextTag is the inside of the next start or end tag, and what follows it; nil
// at the end.
func nextTag(body []byte) (tag, rest []byte) {
	for rest = body; ; {
		open := bytes.IndexByte(rest, '<')
		if open < 0 || open+1 >= len(rest) {
			return nil, nil
		}
		rest = rest[open+1:]
		if n := skipMarkup(rest); n > 0 {
			rest = rest[min(n, len(rest)):]
			continue
		}
		if rest[0] != '/' && !nameStart(rest[0]) {
			continue
		}
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			return nil, nil
		}
		return rest[:end], rest[end:]
	}
}

// skipMarkup is the length of a comment, CDATA section or declaration that
// begins after a "<", 0 when something else does.
func skipMarkup(rest []byte) int {
	for _, m := range []struct{ start, end string }{{"!--", "-->"}, {"![CDATA[", "]]>"}, {"?", "?>"}} {
		if bytes.HasPrefix(rest, []byte(m.start)) {
			end := bytes.Index(rest[len(m.start):], []byte(m.end))
			if end < 0 {
				return len(rest)
			}
			return len(m.start) + end + len(m.end)
		}
	}
	if rest[0] == '!' {
		return doctypeLen(rest)
	}
	return 0
}

// doctypeLen is the length of a declaration with its internal subset.
func doctypeLen(rest []byte) int {
	end := bytes.IndexAny(rest, "[>")
	if end < 0 {
		return len(rest)
	}
	if rest[end] == '>' {
		return end + 1
	}
	closing := bytes.Index(rest[end:], []byte("]>"))
	if closing < 0 {
		return len(rest)
	}
	return end + closing + 2
}

func nameStart(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= 0x80
}

func tagName(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\r\n/>")
	if end < 0 {
		end = len(tag)
	}
	return string(tag[:min(end, 100)])
}

func localName(name string) string {
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	return strings.ToLower(name)
}

// closes looks for the root's end tag near the document's end; white space,
// comments and a site's footer may follow it.
func closes(body []byte, root string) bool {
	return root != "" && bytes.Contains(body, []byte("</"+root))
}
