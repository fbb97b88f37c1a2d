package article

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// The faults of a feed's body.
var (
	ErrNotFeed   = errors.New("is not a feed")
	ErrTruncated = errors.New("ends early")
	ErrBounds    = errors.New("is over the bounds of a document")
)

// Feed is a feed's document as far as polling needs it.
type Feed struct {
	Title string
	Link  string // the site
	Self  string // the feed's own address, as it gives it
	Lang  string
	TTL   time.Duration // the interval that the feed asks for; 0 = none
	Hubs  []string      // WebSub hubs
	Items []Item

	SkipHours []int          // hours of the day, UTC, at which it never changes
	SkipDays  []time.Weekday // days of the week on which it never changes
}

// Item is one entry of a feed.
type Item struct {
	Key       string // what names it: guid, else link, else a digest of its words
	Link      string // absolute
	Title     string // as the feed has it, markup and entities included
	Summary   string // HTML
	Content   string // HTML; "" when the feed has summaries only
	Outlet    string // the publisher named in <source>
	OutletURL string // that publisher's feed or site
	Lang      string
	Published string // as written
	Updated   string // as written
}

// Hint is what the answer's header says of a body.
type Hint struct {
	URL         string // relative links start here
	ContentType string
}

// ParseFeed reads RSS 0.9 to 2.0, Atom or JSON Feed from a body of any charset,
// through gofeed. The parsers of its formats are called directly: what the
// universal translation adds - images above all, for which it parses the HTML
// of every item - is not needed here and costs more than the rest. An error is
// ErrNotFeed, ErrTruncated, ErrBounds, or the parser's.
func ParseFeed(body []byte, hint Hint) (Feed, error) {
	body = bytes.TrimLeft(toUTF8(body, hint.ContentType), " \t\r\n\x00")
	if len(body) == 0 {
		return Feed{}, fmt.Errorf("read feed: %w: it is empty", ErrTruncated)
	}
	f, err := parseAny(body)
	if err != nil {
		return Feed{}, fmt.Errorf("read feed: %w", err)
	}
	f.resolve(hint.URL)
	f.name()
	return f, nil
}

func parseAny(body []byte) (Feed, error) {
	if body[0] == '{' {
		return parseJSON(body)
	}
	scan, err := scanXML(body)
	if err != nil {
		return Feed{}, err
	}
	body = mend(withoutDeclaration(body), scan.root)
	switch scan.root {
	case "rss", "rdf":
		parsed, err := (&rss.Parser{}).Parse(bytes.NewReader(body))
		if err != nil {
			return Feed{}, parserFault(err, scan)
		}
		f := ofRSS(parsed)
		if scan.root == "rdf" {
			nameByAbout(&f, body)
		}
		return f, nil
	case "feed":
		parsed, err := (&atom.Parser{}).Parse(bytes.NewReader(body))
		if err != nil {
			return Feed{}, parserFault(err, scan)
		}
		return ofAtom(parsed), nil
	}
	return Feed{}, fmt.Errorf("%w: its root is <%.40s>", ErrNotFeed, scan.root)
}

// parserFault tells a document that is cut off from one that is broken.
func parserFault(err error, scan xmlScan) error {
	if !scan.closed {
		return fmt.Errorf("%w: <%s> is not closed", ErrTruncated, scan.root)
	}
	return err
}

func parseJSON(body []byte) (Feed, error) {
	if !bytes.Contains(body, []byte(`"items"`)) && !bytes.Contains(body, []byte("jsonfeed.org")) {
		return Feed{}, fmt.Errorf("%w: JSON without items", ErrNotFeed)
	}
	parsed, err := (&json.Parser{}).Parse(bytes.NewReader(body))
	if err != nil {
		if !bytes.HasSuffix(bytes.TrimRight(body, " \t\r\n\x00"), []byte("}")) {
			return Feed{}, fmt.Errorf("%w: %w", ErrTruncated, err)
		}
		return Feed{}, err
	}
	f := ofJSON(parsed)
	f.Hubs = jsonHubs(body)
	return f, nil
}

// withoutDeclaration drops the XML declaration: the body is UTF-8 by now,
// whatever it says.
func withoutDeclaration(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte("<?xml")) {
		return body
	}
	if _, rest, ok := bytes.Cut(body, []byte("?>")); ok {
		return rest
	}
	return body
}

// resolve makes links absolute: against the feed's address, else its site's.
func (f *Feed) resolve(address string) {
	base := parseBase(address)
	f.Link = resolveLink(base, f.Link)
	f.Self = resolveLink(base, f.Self)
	if site := parseBase(f.Link); base == nil {
		base = site
	}
	for i := range f.Items {
		it := &f.Items[i]
		it.Link = resolveLink(base, it.Link)
	}
}

// name gives each item its key. Feeds that give all items one guid are told
// apart by link, those without either by their words.
func (f *Feed) name() {
	seen := make(map[string]bool, len(f.Items))
	for i := range f.Items {
		it := &f.Items[i]
		key := strings.TrimSpace(it.Key)
		if key == "" {
			key = it.Link
		}
		if key == "" {
			key = "words:" + digest(it.Title, it.Summary, it.Content)
		}
		if seen[key] && it.Link != "" {
			key += "\n" + it.Link
		}
		seen[key] = true
		it.Key = key
	}
}
