package article

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
)

// ReadFile makes the articles of a saved file: a feed, NDJSON, HTML or plain
// text, told apart by their content, not by their name. An HTML or text file is
// one article whose id is the file's base name.
func ReadFile(name string, body []byte) ([]Article, error) {
	head := bytes.TrimLeft(toUTF8(body[:min(len(body), 4096)], ""), " \t\r\n\x00")
	lower := strings.ToLower(string(head[:min(len(head), 1024)]))
	switch {
	case strings.HasPrefix(lower, "{") && !isJSONFeed(body):
		return readLines(body)
	case strings.HasPrefix(lower, "{"), isXMLFeed(lower):
		return readFeedFile(name, body)
	case isHTML(lower, name):
		a, err := ReadPage(Page{Body: body})
		if err != nil {
			return nil, err
		}
		a.ID = baseName(name)
		return []Article{a}, nil
	}
	return []Article{ReadText(name, body)}, nil
}

func isXMLFeed(lower string) bool {
	for _, root := range []string{"<rss", "<feed", "<rdf:rdf", "<atom:feed"} {
		if strings.Contains(lower, root) {
			return true
		}
	}
	return false
}

func isHTML(lower, name string) bool {
	ext := strings.ToLower(path.Ext(baseName(name)))
	return strings.HasPrefix(lower, "<!doctype html") || strings.HasPrefix(lower, "<html") || strings.Contains(lower, "<body") ||
		(ext == ".html" || ext == ".htm") && strings.Contains(lower, "<")
}

// isJSONFeed tells a JSON Feed, one document, from NDJSON, one article a line.
func isJSONFeed(body []byte) bool {
	head := body[:min(len(body), 4096)]
	return bytes.Contains(head, []byte("jsonfeed.org")) || bytes.Contains(head, []byte(`"items"`)) && !bytes.Contains(head, []byte(`"text"`))
}

func readLines(body []byte) ([]Article, error) {
	var (
		articles []Article
		faults   []error
	)
	for a, err := range ReadNDJSON(bytes.NewReader(body)) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		articles = append(articles, a)
	}
	return articles, errors.Join(faults...)
}

func readFeedFile(name string, body []byte) ([]Article, error) {
	feed, err := ParseFeed(body, Hint{})
	if err != nil {
		return nil, err
	}
	if len(feed.Items) == 0 {
		return nil, fmt.Errorf("read %s: the feed has no items", baseName(name))
	}
	articles := make([]Article, len(feed.Items))
	for i := range feed.Items {
		articles[i] = ReadItem(&feed, &feed.Items[i], Origin{})
		if articles[i].Outlet == "" {
			articles[i].Outlet = baseName(name)
		}
	}
	return articles, nil
}
