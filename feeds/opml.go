package feeds

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"attribot/feeds/reading"
)

// maxOPML bounds a subscription list, in bytes.
const maxOPML = 16 << 20

// opml is a subscription list (OPML 2.0).
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL  string    `xml:"htmlUrl,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	Category string    `xml:"category,attr,omitempty"`
	Children []outline `xml:"outline"`
}

// ReadOPML reads the feeds of a subscription list. Folders become tags; an
// address that stands in several folders is one source with all their tags.
// The ids are made of the titles.
func ReadOPML(r io.Reader) ([]Source, error) {
	decoder := xml.NewDecoder(io.LimitReader(r, maxOPML))
	decoder.Strict = false
	var doc opml
	if err := decoder.Decode(&doc); err != nil {
		return nil, fmt.Errorf("read OPML: %w", err)
	}
	reader := opmlReader{byURL: map[string]int{}, ids: map[reading.SourceID]bool{}}
	reader.outlines(doc.Body, nil)
	if len(reader.sources) == 0 {
		return nil, errors.New("read OPML: no feeds in it")
	}
	return reader.sources, nil
}

type opmlReader struct {
	sources []Source
	byURL   map[string]int
	ids     map[reading.SourceID]bool
}

func (r *opmlReader) outlines(list []outline, folders []string) {
	for _, o := range list {
		name := strings.TrimSpace(o.Title)
		if name == "" {
			name = strings.TrimSpace(o.Text)
		}
		if o.XMLURL != "" {
			r.feed(o, name, folders)
		}
		if len(o.Children) > 0 && len(folders) < 8 {
			inner := folders
			if name != "" && o.XMLURL == "" {
				inner = append(slices.Clone(folders), name)
			}
			r.outlines(o.Children, inner)
		}
	}
}

func (r *opmlReader) feed(o outline, name string, folders []string) {
	tags := slices.Clone(folders)
	for category := range strings.SplitSeq(o.Category, ",") {
		if tag := strings.Trim(strings.TrimSpace(category), "/"); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	address := strings.TrimSpace(o.XMLURL)
	if i, known := r.byURL[address]; known {
		for _, tag := range tags {
			if !slices.Contains(r.sources[i].Tags, tag) {
				r.sources[i].Tags = append(r.sources[i].Tags, tag)
			}
		}
		return
	}
	s := Source{ID: r.id(name, address), Kind: FeedKind, URL: address, Name: name, Lang: o.Language, Tags: tags}
	if s.check() != nil {
		return // no web address: nothing that could be polled
	}
	r.byURL[address] = len(r.sources)
	r.sources = append(r.sources, s)
}

// id is a key made of a name: lower case, words parted by hyphens, unique.
func (r *opmlReader) id(name, address string) reading.SourceID {
	base := slug(name)
	if base == "" {
		base = slug(originOf(address))
	}
	id := reading.SourceID(base)
	for n := 2; r.ids[id]; n++ {
		id = reading.SourceID(fmt.Sprintf("%s-%d", base, n))
	}
	r.ids[id] = true
	return id
}

func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x80 })
	return strings.Join(words, "-")
}

// WriteOPML writes feeds as a subscription list. A source stands in the folder
// of its first tag; the others are its categories. Pages and sitemaps are no
// feeds and are left out.
func WriteOPML(w io.Writer, title string, sources []Source) error {
	doc := opml{Version: "2.0", Title: title}
	folders := map[string]int{}
	for _, s := range sources {
		if s.Kind == PageKind || s.Kind == SitemapKind {
			continue
		}
		name := s.Name
		if name == "" {
			name = string(s.ID)
		}
		o := outline{Text: name, Title: name, Type: "rss", XMLURL: s.URL, Language: s.Lang}
		if len(s.Tags) == 0 {
			doc.Body = append(doc.Body, o)
			continue
		}
		o.Category = strings.Join(s.Tags[1:], ",")
		i, known := folders[s.Tags[0]]
		if !known {
			i = len(doc.Body)
			folders[s.Tags[0]] = i
			doc.Body = append(doc.Body, outline{Text: s.Tags[0]})
		}
		doc.Body[i].Children = append(doc.Body[i].Children, o)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(doc); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	return nil
}
