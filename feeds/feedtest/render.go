package feedtest

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
)

// Render writes a document of the format.
func Render(format Format, title, lang, extra string, items []Item) string {
	switch format {
	case Atom:
		return renderAtom(title, lang, extra, items)
	case JSON:
		return renderJSON(title, lang, items)
	case HTML:
		return items[0].Content
	}
	return renderRSS(title, lang, extra, items)
}

func element(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "<%s>%s</%s>\n", name, html.EscapeString(value), name)
	}
}

func renderRSS(title, lang, extra string, items []Item) string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel>\n")
	element(&b, "title", title)
	element(&b, "language", lang)
	b.WriteString(extra)
	for _, it := range items {
		b.WriteString("<item>\n")
		element(&b, "title", it.Title)
		element(&b, "link", it.Link)
		if it.ID != "" {
			fmt.Fprintf(&b, "<guid isPermaLink=\"false\">%s</guid>\n", html.EscapeString(it.ID))
		}
		element(&b, "description", it.Summary)
		element(&b, "content:encoded", it.Content)
		element(&b, "pubDate", it.Date)
		element(&b, "source", it.Source)
		b.WriteString("</item>\n")
	}
	b.WriteString("</channel></rss>\n")
	return b.String()
}

func renderAtom(title, lang, extra string, items []Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=%q>\n", lang)
	element(&b, "title", title)
	b.WriteString(extra)
	for _, it := range items {
		b.WriteString("<entry>\n")
		element(&b, "id", it.ID)
		element(&b, "title", it.Title)
		if it.Link != "" {
			fmt.Fprintf(&b, "<link rel=\"alternate\" href=\"%s\"/>\n", html.EscapeString(it.Link))
		}
		element(&b, "updated", it.Date)
		if it.Summary != "" {
			fmt.Fprintf(&b, "<summary type=\"html\">%s</summary>\n", html.EscapeString(it.Summary))
		}
		if it.Content != "" {
			fmt.Fprintf(&b, "<content type=\"html\">%s</content>\n", html.EscapeString(it.Content))
		}
		b.WriteString("</entry>\n")
	}
	b.WriteString("</feed>\n")
	return b.String()
}

func renderJSON(title, lang string, items []Item) string {
	type entry struct {
		ID      string `json:"id"`
		URL     string `json:"url,omitempty"`
		Title   string `json:"title,omitempty"`
		Summary string `json:"summary,omitempty"`
		HTML    string `json:"content_html,omitempty"`
		Date    string `json:"date_published,omitempty"`
	}
	doc := struct {
		Version  string  `json:"version"`
		Title    string  `json:"title"`
		Language string  `json:"language,omitempty"`
		Items    []entry `json:"items"`
	}{Version: "https://jsonfeed.org/version/1.1", Title: title, Language: lang, Items: []entry{}}
	for _, it := range items {
		if it.Content == "" { // summary is plain text in this format
			it.Summary, it.Content = "", it.Summary
		}
		doc.Items = append(doc.Items, entry{it.ID, it.Link, it.Title, it.Summary, it.Content, it.Date})
	}
	b, err := json.Marshal(doc)
	if err != nil {
		return ""
	}
	return string(b)
}

// Status is a fault that answers with a status, and Retry-After in seconds
// where it is more than 0.
func Status(status, retryAfter int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if retryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
		}
		w.WriteHeader(status)
	}
}

// Redirect is a fault that sends elsewhere.
func Redirect(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

// Body is a fault that answers 200 with a body as it is.
func Body(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

// Truncated is a fault that announces a whole body and sends a part of it.
func Truncated(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write([]byte(body[:len(body)/2]))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
