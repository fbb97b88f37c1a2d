package article

import (
	"regexp"
	"strings"
	"unicode"
)

// dateline is the head of an agency's report: place, day and agency, as in
// "BEIJING, Oct. 14 (Xinhua) --".
type dateline struct {
	place  string
	stamp  Stamp
	dated  bool
	agency *Publisher
}

const (
	dash      = `\s*(?:--+|[-–—―])\s*`
	maxPlace  = 60
	headParas = 8 // paragraphs among which a dateline can stand

	datelineMax = 160 // bytes in which a dateline ends
)

// The forms of a dateline. Group 1 is place and day, group 2 the agency.
var (
	datelineForm = regexp.MustCompile(`^([^()/\n]{2,80}?)\s*[(/]\s*([^()/\n]{2,40}?)\s*[)/]\.?(?:` + dash + `|\s*$|\s+[\p{Lu}"“])`)
	bareForm     = regexp.MustCompile(`^([^()\n]{2,80}?)` + dash)
	agencyForm   = regexp.MustCompile(`^()\(\s*([^()/\n]{2,40}?)\s*\)(?:` + dash + `|\s+[\p{Lu}"“])`)
	chineseForm  = regexp.MustCompile(`^[（(【]?(新华社|中新社|央视|人民日报|法新社|路透社|美联社)(\p{Han}{0,8}?)((?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:\p{Han}{0,4})(?:电|讯|消息)`)
)

// datelineMarks are what no dateline is without. A search for each is faster
// than one for any character of a set that is not ASCII.
var datelineMarks = []string{"(", "/", "--", " - ", "–", "—", "―", "电", "讯"}

func hasAny(s string, marks []string) bool {
	for _, mark := range marks {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}

// readDateline reads the head of a paragraph.
func readDateline(paragraph string) (dateline, bool) {
	paragraph = paragraph[:min(len(paragraph), datelineMax)]
	if !hasAny(paragraph, datelineMarks) {
		return dateline{}, false
	}
	if m := chineseForm.FindStringSubmatch(paragraph); m != nil {
		d := dateline{place: m[2], agency: PublisherOf(m[1])}
		d.stamp, d.dated = ParseStamp(m[3], nil, false)
		return d, true
	}
	if m := agencyForm.FindStringSubmatch(paragraph); m != nil {
		if p := PublisherOf(m[2]); p != nil {
			return dateline{agency: p}, true
		}
	}
	if m := datelineForm.FindStringSubmatch(paragraph); m != nil {
		d := splitPlace(m[1])
		if d.agency = creditedTo(m[2]); d.agency != nil {
			return d, d.dated || isPlace(d.place)
		}
		if d.dated && isPlace(d.place) && isOutlet(m[2]) {
			d.agency = &Publisher{Name: m[2]}
			return d, true
		}
	}
	if m := bareForm.FindStringSubmatch(paragraph); m != nil {
		d := splitPlace(m[1])
		return d, d.dated && isPlace(d.place) || allCapitals(d.place)
	}
	return dateline{}, false
}

// isOutlet tells the name of an outlet that is not known from a remark: up to four
// words, each with a capital. Only a full dateline makes it one.
func isOutlet(name string) bool {
	words := strings.Fields(name)
	for _, word := range words {
		if first := []rune(word)[0]; !unicode.IsUpper(first) {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 4
}

// creditedTo reads an agency's name, "Reuters" or "Reuters/AP".
func creditedTo(name string) *Publisher {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '/' || r == ',' || r == ';' }) {
		if p := PublisherOf(part); p != nil {
			return p
		}
	}
	return nil
}

// splitPlace parts "BEIJING, Oct. 14" into the place and the day.
func splitPlace(head string) dateline {
	from, to, found := findProseDate(head)
	if !found {
		return dateline{place: strings.Trim(head, " ,.")}
	}
	d := dateline{place: strings.Trim(head[:from], " ,.")}
	d.stamp, d.dated = ParseStamp(head[from:to], nil, false)
	return d
}

// isPlace tells a place's name from the beginning of a sentence: a few words,
// each with a capital or of a script without them.
func isPlace(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || len(s) > maxPlace {
		return false
	}
	for _, word := range words {
		r := []rune(word)[0]
		if !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r) && !placeWords[strings.Trim(word, ".,")] {
			return false
		}
	}
	return true
}

var placeWords = map[string]bool{"of": true, "de": true, "the": true, "am": true, "upon": true, "la": true, "del": true, "D.C": true}

func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.Is(unicode.Lo, r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4 && len(s) <= maxPlace && !strings.ContainsAny(s, "0123456789:!?\"“”")
}

// creditForm finds the agency that a text is credited to in one of its last
// lines. Only a line with one of the marks is tried.
type creditForm struct {
	marks []string
	form  *regexp.Regexp
}

var creditForms = []creditForm{
	{[]string{":", "："}, regexp.MustCompile(`(?i)^(?:source|sources|credit|quelle|fuente|источник|来源|來源|出典|출처)\s*[:：]\s*(.{2,60}?)[.)]?$`)},
	{[]string{"-", "–", "—", "("}, regexp.MustCompile(`^(?:[-–—]+|\()\s*([\p{L} ]{2,40})\)?\.?$`)},
	{[]string{"ith ", "ontributed", "dapted", "ia "}, regexp.MustCompile(`(?i)(?:with (?:inputs|reporting|files|additional reporting|material) (?:from|by)|contributed by|adapted from|via)\s+(?:the\s+)?([\p{L} ]{2,40})`)},
	{[]string{"©"}, regexp.MustCompile(`(?i)©\s*(?:\d{4}\s+)?(?:the\s+)?([\p{L} -]{2,40})`)},
}

// find is the name that the line credits, "" when none.
func (f creditForm) find(line string) string {
	for _, mark := range f.marks {
		if !strings.Contains(line, mark) {
			continue
		}
		if m := f.form.FindStringSubmatch(line); m != nil {
			return m[1]
		}
		return ""
	}
	return ""
}

// reutersSign is the line that closes its reports.
var reutersSign = regexp.MustCompile(`^\(?Reporting by .{2,120}; (?:Writing|Editing|Additional)`)

const (
	lastLines = 4   // where a credit line stands
	creditMax = 200 // bytes of one
)

// creditOf is the agency that the text names as its source, "" when none.
func creditOf(paragraphs []string) string {
	for _, p := range paragraphs[:min(len(paragraphs), headParas)] {
		if d, ok := readDateline(p); ok && d.agency != nil {
			return d.agency.Name
		}
	}
	for _, line := range paragraphs[max(0, len(paragraphs)-lastLines):] {
		if len(line) > creditMax {
			continue
		}
		if strings.Contains(line, "eporting by") && reutersSign.MatchString(line) {
			return "Reuters"
		}
		for _, form := range creditForms {
			if p := creditedTo(form.find(line)); p != nil && p.Agency {
				return p.Name
			}
		}
	}
	return ""
}
