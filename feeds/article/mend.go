package article

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	atomNamespace  = "http://www.w3.org/2005/Atom"
	xhtmlNamespace = "http://www.w3.org/1999/xhtml"
)

// hiddenDate is the name under which dates pass through gofeed. It would try
// them against its list of layouts, which is a quarter of the time that a feed
// takes and reads "CST" wrong; ParseStamp reads them, of new items only.
const hiddenDate = "pubWhen"

// feedNamespace finds the default namespace of an Atom root.
var feedNamespace = regexp.MustCompile(`^[^<]*(?:<[!?][^>]*>[^<]*)*<feed\b[^>]*?\sxmlns\s*=\s*["']([^"']*)["']`)

// mend changes what gofeed would lose into what it reads: a last tag without
// its end, Atom under a namespace of a draft or of somebody's own, the XHTML
// body of an RSS item.
func mend(body []byte, root string) []byte {
	if last := bytes.LastIndexByte(body, '<'); last >= 0 && bytes.HasPrefix(body[last:], []byte("</")) && bytes.IndexByte(body[last:], '>') < 0 {
		body = append(bytes.TrimRight(body, " \t\r\n"), '>')
	}
	if root == "feed" {
		return atomOf(body)
	}
	body = hideDates(body)
	if bytes.Contains(body, []byte(xhtmlNamespace)) {
		for _, change := range [][2]string{{`<body xmlns="` + xhtmlNamespace + `"`, "<body"}, {"<xhtml:body", "<body"}, {"</xhtml:body", "</body"}} {
			body = bytes.ReplaceAll(body, []byte(change[0]), []byte(change[1]))
		}
	}
	return body
}

// hideDates gives the dates' elements another name of the same length.
func hideDates(body []byte) []byte {
	const shown = "pubDate>"
	at := bytes.Index(body, []byte(shown))
	if at < 0 {
		return body
	}
	body = bytes.Clone(body) // the caller's stays as it is
	for from := at; at >= 0; from += at {
		if from > 0 && (body[from-1] == '<' || body[from-1] == '/') {
			copy(body[from:], hiddenDate)
		}
		from += len(shown)
		at = bytes.Index(body[from:], []byte(shown))
	}
	return body
}

// knownAtom are the namespaces that gofeed takes for Atom.
var knownAtom = map[string]bool{atomNamespace: true, "http://purl.org/atom/ns#": true}

func atomOf(body []byte) []byte {
	head := body[:min(len(body), 2048)]
	m := feedNamespace.FindSubmatchIndex(head)
	if m == nil || knownAtom[string(head[m[2]:m[3]])] {
		return body
	}
	return bytes.Join([][]byte{body[:m[2]], []byte(atomNamespace), body[m[3]:]}, nil)
}

// unbase64 decodes content that Atom 0.3 sends as base64. Its mode is lost in
// parsing, but no words look like it: one long word, padded, that decodes to
// markup or several words.
func unbase64(s string) string {
	packed := strings.Join(strings.Fields(s), "")
	if len(packed) < 16 || len(packed)%4 != 0 || strings.Count(strings.TrimSpace(s), " ") > 0 {
		return s
	}
	decoded, err := base64.StdEncoding.DecodeString(packed)
	if err != nil || !utf8.Valid(decoded) || !bytes.ContainsAny(decoded, "< ") {
		return s
	}
	return string(decoded)
}
