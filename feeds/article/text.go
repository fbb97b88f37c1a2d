package article

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"attribot/feeds/statement"
)

// ReadText makes the article of a plain text file. Its text stays as it is,
// byte for byte where it is UTF-8, so that spans count in the file. Outlet and
// date come from the text's header, dateline or lead; a date without a year
// stays without. The id is the file's base name.
func ReadText(name string, text []byte) Article {
	a := Article{ID: baseName(name), Text: string(toUTF8(text, "")), Full: true}
	h := readHead(paragraphsOf(a.Text))
	a.Title = h.title
	h.findOutlet()
	a.Outlet, a.Credit = h.outlet, creditOf(h.paragraphs)
	a.ascribe()
	a.Zone = zoneOf(a.Zone, h)
	h.findDate(location(a.Zone))
	a.Published, a.At = h.day, h.at
	if !a.Published.IsZero() {
		a.DateFrom = FromText
	}
	a.Lang = GuessLang(a.Text)
	return a
}

func baseName(name string) string { return path.Base(filepath.ToSlash(name)) }

// paragraphsOf are the text's lines with words in them, trimmed.
func paragraphsOf(text string) []string {
	var paragraphs []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			paragraphs = append(paragraphs, line)
		}
	}
	return paragraphs
}

// head is what stands above a text and at its edges.
type head struct {
	paragraphs []string
	body       int // the index of the first paragraph of the text proper
	title      string
	outlet     string
	dateline   dateline
	day        statement.Date
	at         time.Time
}

const (
	titleMax  = 250 // letters of a headline
	headMax   = 120 // letters of a line above the text
	headLines = 6
	leadParas = 2 // paragraphs whose date can be the article's
)

// datedTitle is a first line that begins with the day: "date 2024-10-15 HEADLINE".
var datedTitle = regexp.MustCompile(`(?i)^(?:date|published|updated)?:?\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?\s+(\S.*)$`)

func readHead(paragraphs []string) *head {
	h := &head{paragraphs: paragraphs}
	for i, p := range paragraphs[:min(len(paragraphs), headLines)] {
		d, isDateline := readDateline(p)
		switch {
		case isDateline:
			h.dateline, h.body = d, i
			return h
		case i == 0 && isTitle(p):
			h.title = titleOf(p)
		case isHeadLine(p):
		default:
			h.body = i
			return h
		}
		h.body = i + 1
	}
	return h
}

func titleOf(line string) string {
	if m := datedTitle.FindStringSubmatch(line); m != nil {
		return m[2]
	}
	return strings.TrimSpace(strings.TrimPrefix(line, "# "))
}

// isTitle tells a headline from a first paragraph: it is short and does not
// end as a sentence does.
func isTitle(line string) bool {
	n := utf8.RuneCountInString(line)
	return n <= titleMax && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "。") && !strings.HasSuffix(line, ",")
}

// isHeadLine tells a line of the header - byline, outlet, time - from a
// paragraph.
func isHeadLine(line string) bool {
	if utf8.RuneCountInString(line) > headMax {
		return false
	}
	_, _, dated := findProseDate(line)
	return dated && !strings.HasSuffix(line, ".") || bylineForm.MatchString(line) || creditForms[0].find(line) != "" ||
		headSegment(line) != nil
}

var bylineForm = regexp.MustCompile(`(?i)^(?:by|von|par|por|автор|作者|記者|记者|published|updated|posted|last updated|date|url|author|source)\b[:：]?\s`)

// headSegment finds a publisher that stands alone between marks of a line:
// "Reuters | Oct 14", "Xinhua) 09:11".
func headSegment(line string) *Publisher {
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("|()（）·•—–,:：/", r) }) {
		if p := PublisherOf(part); p != nil {
			return p
		}
	}
	return nil
}

// findOutlet looks for the outlet in the header, the dateline, the footer, and
// in whom the sources told.
func (h *head) findOutlet() {
	for _, line := range h.paragraphs[:h.body] {
		if line == h.title {
			continue
		}
		if p := headSegment(line); p != nil {
			h.outlet = p.Name
			return
		}
	}
	if h.dateline.agency != nil {
		h.outlet = h.dateline.agency.Name
		return
	}
	if outlet := h.footer(); outlet != "" {
		h.outlet = outlet
		return
	}
	h.outlet = h.toldOutlet()
}

// footer reads a last line like "Example News | Example App | Other News": the
// first is the site itself.
func (h *head) footer() string {
	if len(h.paragraphs) < 3 {
		return ""
	}
	line := h.paragraphs[len(h.paragraphs)-1]
	first, _, parted := strings.Cut(line, " | ")
	if !parted || len(line) > headMax || len(first) > 40 || strings.ContainsAny(line, ".?!") {
		return ""
	}
	return strings.TrimSpace(first)
}

var toldForm = regexp.MustCompile(`\b(?:told|tells|speaking to|interview with)\s+(?:the\s+)?((?:[\p{Lu}][\p{L}'’.]*\s?){1,4})`)

// toldOutlet is the one outlet that "sources told": reports name themselves so.
func (h *head) toldOutlet() string {
	found := ""
	for _, p := range h.paragraphs {
		for _, m := range toldForm.FindAllStringSubmatch(p, -1) {
			publisher := PublisherOf(strings.Trim(m[1], " ."))
			if publisher == nil {
				continue
			}
			if found != "" && found != publisher.Name {
				return ""
			}
			found = publisher.Name
		}
	}
	return found
}

// zoneOf is the outlet's zone, else that of the dateline's city.
func zoneOf(zone string, h *head) string {
	if zone != "" {
		return zone
	}
	return CityZone(h.dateline.place)
}

// findDate takes the header's date; without one the dateline's; without either
// the first one of the lead. The header's year completes the dateline's day.
func (h *head) findDate(zone *time.Location) {
	for _, line := range h.paragraphs[:h.body] {
		h.headDate(line, zone)
	}
	if h.day.Year == 0 && h.dateline.dated {
		h.day = h.dateline.stamp.Day
	}
	for i := h.body; h.day.IsZero() && i < min(len(h.paragraphs), h.body+leadParas); i++ {
		p := h.paragraphs[i]
		if from, to, found := findProseDate(p); found {
			if s, ok := ParseStamp(p[from:to], nil, false); ok {
				h.day = s.Day
			}
		}
	}
}

func (h *head) headDate(line string, zone *time.Location) {
	if m := datedTitle.FindStringSubmatch(line); m != nil {
		line = m[1]
	} else if line == h.title {
		return // what a headline dates is its event
	}
	s, ok := stampIn(line, zone)
	if !ok || s.Day.Year == 0 || s.Day.Day == 0 {
		return
	}
	if h.day.IsZero() {
		h.day = s.Civil(zone)
	}
	if h.at.IsZero() && !s.At.IsZero() && s.Civil(zone) == h.day {
		h.at = s.At
	}
}

// stampIn reads a date with its time of day out of a line of the header.
func stampIn(line string, zone *time.Location) (Stamp, bool) {
	from, to, found := findProseDate(line)
	if !found {
		return Stamp{}, false
	}
	date := line[from:to]
	for _, beside := range []string{line[to:], line[:from]} {
		if clock := clockForm.FindString(beside); clock != "" {
			return ParseStamp(date+" "+clock, zone, false)
		}
	}
	return ParseStamp(date, zone, false)
}

// clockForm is a time of day, with its half and zone where they are given.
var clockForm = regexp.MustCompile(`(?i)\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|[ECMP][SD]?T|CES?T|BST|MSK|МСК|IST|JST|KST|HKT|Z)?(?:\s*[+-]\d{1,2}:?\d{0,2})?)?`)
