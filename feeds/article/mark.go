package article

import (
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// marks are what a page says of itself beside its text.
type marks struct {
	title     string // <title>
	heading   string // the first h1
	ogTitle   string
	site      string
	lang      string
	canonical string
	body      string   // articleBody of the structured data
	dates     []string // as written, best first
	times     []string // <time datetime>
	near      []string // what elements hold that are named for a date
	siteDate  string   // of the page as a part of its site: the last resort
	paywalled bool
	base      string
	feeds     []FeedLink
}

// metaDates are the names of meta elements that hold the day of publication,
// best first.
var metaDates = []string{
	"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "article.published", "published-date",
	"publishdate", "publish-date", "publish_date", "pubdate", "pub_date", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
	"date.created", "originalpublicationdate", "article_date_original", "article:post_date", "cxenseparse:recs:publishtime", "weibo:article:create_at", "displaydate", "releasedate", "date",
}

func readMarks(doc *html.Node, address string) *marks {
	m := &marks{base: address}
	meta := map[string]string{}
	for n := doc.FirstChild; n != nil; n = following(n, doc, true) {
		if n.Type == html.ElementNode {
			m.element(n, meta)
		}
	}
	for _, name := range metaDates {
		if value := meta[name]; value != "" {
			m.dates = append(m.dates, value)
		}
	}
	m.ogTitle = meta["og:title"]
	m.site = or2(m.site, or2(meta["og:site_name"], meta["application-name"]))
	if meta["article:content_tier"] == "locked" {
		m.paywalled = true
	}
	return m
}

func (m *marks) element(n *html.Node, meta map[string]string) {
	switch n.DataAtom {
	case atom.Html:
		m.lang = attribute(n, "lang")
	case atom.Title:
		first(&m.title, nodeTextOf(n))
	case atom.H1:
		first(&m.heading, nodeText(n))
	case atom.Base:
		m.base = or2(resolveLink(parseBase(m.base), attribute(n, "href")), m.base)
	case atom.Link:
		m.link(n)
	case atom.Meta:
		readMeta(n, meta)
		return
	case atom.Time:
		if at := or2(attribute(n, "datetime"), nodeText(n)); at != "" {
			m.times = append(m.times, at)
		}
	case atom.Script:
		if strings.Contains(attribute(n, "type"), "ld+json") && n.FirstChild != nil {
			m.structured(n.FirstChild.Data)
		}
	}
	m.namedDate(n)
	if attribute(n, "itemprop") == "datePublished" {
		m.dates = append(m.dates, or2(attribute(n, "content"), or2(attribute(n, "datetime"), nodeText(n))))
	}
}

// dateName matches the class or id of an element that holds a date.
var dateName = regexp.MustCompile(`(?i)(?:^|[-_\s])(?:date|datetime|time|pubtime|pubdate|published|publish-?time|post-?date|entry-?date|article-?date|fecha|datum|дата|body_time)(?:$|[-_\s])`)

const nearMax = 80 // bytes of an element that is named for a date

// namedDate keeps the dates of elements that are named so; the first ones are
// those beside the headline.
func (m *marks) namedDate(n *html.Node) {
	name := attribute(n, "class") + " " + attribute(n, "id")
	if len(name) < 4 || len(m.near) >= 4 || !dateName.MatchString(name) {
		return
	}
	if text := nodeText(n); text != "" && len(text) <= nearMax {
		m.near = append(m.near, text)
	}
}

// addressDate finds the day in an address: /2024/10/14/, /20241014/, t20241014_.
var addressDate = regexp.MustCompile(`[/_t-](20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)[/_.-]`)

func dateOfAddress(address string) string {
	if m := addressDate.FindStringSubmatch(address); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return ""
}

// readMeta keeps the first meta element of each name.
func readMeta(n *html.Node, meta map[string]string) {
	name := strings.ToLower(or2(attribute(n, "property"), or2(attribute(n, "name"), attribute(n, "itemprop"))))
	if _, seen := meta[name]; name != "" && !seen {
		meta[name] = strings.TrimSpace(attribute(n, "content"))
	}
}

// nodeTextOf is the text of an element that plain text passes over.
func nodeTextOf(n *html.Node) string {
	var w textWriter
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		w.node(child)
	}
	return w.b.String()
}

func (m *marks) link(n *html.Node) {
	href := attribute(n, "href")
	for rel := range strings.FieldsSeq(strings.ToLower(attribute(n, "rel"))) {
		switch rel {
		case "canonical":
			m.canonical = resolveLink(parseBase(m.base), href)
		case "alternate":
			m.feedLink(n, href)
		}
	}
}

// structuredKinds are the types of schema.org that are articles.
var structuredKinds = map[string]bool{
	"article": true, "newsarticle": true, "blogposting": true, "reportagenewsarticle": true, "analysisnewsarticle": true, "opinionnewsarticle": true,
	"report": true, "techarticle": true, "liveblogposting": true, "pressrelease": true, "webpage": true, "scholarlyarticle": true, "backgroundnewsarticle": true,
}

const maxStructured = 2 << 20

// structured reads JSON-LD: one node, a list of them, or a graph.
func (m *marks) structured(data string) {
	if len(data) > maxStructured {
		return
	}
	var any any
	if json.Unmarshal([]byte(strings.TrimSpace(data)), &any) != nil {
		return
	}
	m.structuredNode(any, 0)
}

func (m *marks) structuredNode(value any, depth int) {
	if depth > 4 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			m.structuredNode(element, depth+1)
		}
	case map[string]any:
		m.structuredNode(v["@graph"], depth+1)
		if isStructuredArticle(v["@type"]) {
			m.structuredArticle(v)
		}
	}
}

func isStructuredArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		return structuredKinds[strings.ToLower(k)]
	case []any:
		for _, one := range k {
			if isStructuredArticle(one) {
				return true
			}
		}
	}
	return false
}

func (m *marks) structuredArticle(v map[string]any) {
	kind, _ := v["@type"].(string)
	date, _ := v["datePublished"].(string)
	if strings.EqualFold(kind, "WebPage") { // its words are the site's, and its date may be
		m.siteDate = or2(m.siteDate, date)
		return
	}
	if date != "" {
		m.dates = append(m.dates, date)
	}
	if body, ok := v["articleBody"].(string); ok {
		first(&m.body, body)
	}
	if headline, ok := v["headline"].(string); ok {
		first(&m.ogTitle, headline)
	}
	if publisher, ok := v["publisher"].(map[string]any); ok {
		if name, ok := publisher["name"].(string); ok {
			first(&m.site, name)
		}
	}
	switch free := v["isAccessibleForFree"].(type) {
	case bool:
		m.paywalled = m.paywalled || !free
	case string:
		m.paywalled = m.paywalled || strings.EqualFold(free, "false")
	}
}

// headline is the page's own title, without the site's name behind it.
func (m *marks) headline() string {
	title := titleText(or2(m.ogTitle, or2(m.title, m.heading)))
	heading := strings.ReplaceAll(m.heading, "\n", " ")
	if heading != "" && strings.HasPrefix(title, heading) {
		return heading
	}
	for _, mark := range []string{" | ", " - ", " – ", " — "} {
		if head, tail, ok := cutLast(title, mark); ok && (strings.EqualFold(tail, m.site) || PublisherOf(tail) != nil) {
			return head
		}
	}
	return title
}

// syndicatedFrom is the publisher whose page the canonical address names, when
// it is another one than the page's own: that is how sites mark copies.
func (m *marks) syndicatedFrom(family string) string {
	if p := PublisherAt(m.canonical); p != nil && p.Family != family {
		return p.Name
	}
	return ""
}

func cutLast(s, mark string) (head, tail string, ok bool) {
	i := strings.LastIndex(s, mark)
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(mark):]), true
}

// dateOfPage takes the date that the selector found, else the page's marks,
// else a dateline or header in the text.
func (a *Article) dateOfPage(m *marks, selected string) {
	zone := location(a.Zone)
	written := append([]string{selected}, m.dates...)
	if len(m.times) > 0 {
		written = append(written, m.times[0])
	}
	written = append(written, m.near...)
	written = append(written, dateOfAddress(a.URL), m.siteDate)
	for _, w := range written {
		if s, ok := stampOf(w, a); ok {
			a.dated(s.Civil(zone), s.At, FromPage)
			return
		}
	}
	h := readHead(paragraphsOf(a.Title + "\n" + a.Text))
	h.title = a.Title
	h.findDate(zone)
	a.dated(h.day, h.at, FromText)
}

// stampOf reads a written date, or the first one inside a longer text.
func stampOf(written string, a *Article) (Stamp, bool) {
	zone, monthFirst := location(a.Zone), a.Country == "US"
	if s, ok := ParseStamp(written, zone, monthFirst); ok && s.Day.Year != 0 {
		return s, true
	}
	s, ok := stampIn(written, zone)
	return s, ok && s.Day.Year != 0
}
