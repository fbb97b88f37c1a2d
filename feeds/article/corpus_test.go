package article

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The corpus is feedparser's test suite: each file says in a comment at its top
// what a reader should find. It is read where ATTRIBOT_BENCH names the folder
// of evaluation data.

// expectation is one thing that a file should give.
type expectation struct {
	file   string
	field  string // "title", "link", "id", "date", "content", "feed title", "feed link"
	want   string
	header string // Content-Type
	base   string // Content-Location
}

var (
	expectForm = regexp.MustCompile(`(?m)^Expect:\s+(?:not bozo and |bozo and )?(feed|entries\[0\])\['(\w+)'\](\[0\])?(?:\['(\w+)'\])?\s*==\s*(.+?)\s*$`)
	headerForm = regexp.MustCompile(`(?mi)^Header:\s+Content-type:\s*(.+?)\s*$`)
	baseForm   = regexp.MustCompile(`(?mi)^Header:\s+Content-Location:\s*(.+?)\s*$`)
	hexForm    = regexp.MustCompile(`\\x([0-9a-fA-F]{2})`)
	tupleForm  = regexp.MustCompile(`\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)`)
)

// fieldsOf map feedparser's names to ours.
var fieldsOf = map[string]string{
	"feed title": "feed title", "feed title_detail value": "feed title", "feed link": "feed link",
	"entries[0] title": "title", "entries[0] title_detail value": "title", "entries[0] link": "link", "entries[0] id": "id", "entries[0] guid": "id",
	"entries[0] description": "content", "entries[0] summary": "content", "entries[0] summary_detail value": "content", "entries[0] content value": "content",
	"entries[0] updated_parsed": "date", "entries[0] published_parsed": "date", "entries[0] date_parsed": "date",
}

func expectationOf(path string, body []byte) (expectation, bool) {
	text := string(toUTF8(body, ""))
	m := expectForm.FindStringSubmatch(text)
	if m == nil {
		return expectation{}, false
	}
	key := strings.TrimSpace(m[1] + " " + m[2] + " " + m[4])
	e := expectation{file: path, field: fieldsOf[key]}
	if h := headerForm.FindStringSubmatch(text); h != nil {
		e.header = h[1]
	}
	e.base = "http://127.0.0.1:8097/tests/" + filepath.Base(path) // where feedparser's own tests serve them
	if h := baseForm.FindStringSubmatch(text); h != nil {
		e.base = h[1]
	}
	if e.field == "date" {
		if t := tupleForm.FindStringSubmatch(m[5]); t != nil {
			e.want = fmt.Sprintf("%s-%02s-%02s %02s:%02s", t[1], t[2], t[3], t[4], t[5])
		}
		return e, e.want != ""
	}
	want, ok := pythonString(m[5])
	e.want = want
	return e, ok && e.field != ""
}

// pythonString reads a Python string literal, or several joined by plus.
func pythonString(s string) (string, bool) {
	var out strings.Builder
	for {
		s = strings.TrimLeft(s, " u")
		if s == "" || s[0] != '\'' && s[0] != '"' {
			return "", false
		}
		quote, end := s[0], 1
		for end < len(s) && s[end] != quote {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			return "", false
		}
		body := strings.ReplaceAll(strings.ReplaceAll(s[1:end], `\'`, `'`), `"`, `\"`)
		body = hexForm.ReplaceAllString(strings.ReplaceAll(body, `\\"`, `\"`), `\u00$1`) // a code point in Python, a byte in Go
		part, err := strconv.Unquote(`"` + body + `"`)
		if err != nil {
			return "", false
		}
		out.WriteString(part)
		s = strings.TrimSpace(s[end+1:])
		if s == "" {
			return out.String(), true
		}
		if s[0] != '+' {
			return "", false
		}
		s = s[1:]
	}
}

// got is what we read for an expectation.
func (e expectation) got(body []byte) (string, error) {
	feed, err := ParseFeed(body, Hint{ContentType: e.header, URL: e.base})
	if err != nil {
		return "", err
	}
	switch e.field {
	case "feed title":
		return titleText(feed.Title), nil
	case "feed link":
		return feed.Link, nil
	}
	if len(feed.Items) == 0 {
		return "", fmt.Errorf("no items")
	}
	it := feed.Items[0]
	switch e.field {
	case "title":
		return titleText(it.Title), nil
	case "link":
		return it.Link, nil
	case "id":
		return it.Key, nil
	case "date":
		for _, written := range []string{it.Published, it.Updated} {
			if s, ok := ParseStamp(written, nil, false); ok {
				at := s.At
				if at.IsZero() {
					at = s.Day.Time()
				}
				return at.UTC().Format("2006-01-02 15:04"), nil
			}
		}
		return "", fmt.Errorf("no date in %q, %q", it.Published, it.Updated)
	}
	return plainText(it.Content) + "\x00" + plainText(it.Summary), nil
}

func (e expectation) met(got string) bool {
	want := e.want
	switch e.field {
	case "title", "feed title":
		return got == titleText(want)
	case "content":
		want = plainText(want)
		content, summary, _ := strings.Cut(got, "\x00")
		return squeeze(content) == squeeze(want) || squeeze(summary) == squeeze(want)
	case "date":
		a, errA := time.Parse("2006-01-02 15:04", want)
		b, errB := time.Parse("2006-01-02 15:04", got)
		return errA == nil && errB == nil && a.Equal(b)
	}
	return got == want
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestFeedCorpus(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ATTRIBOT_BENCH")
	if root == "" {
		t.Skip("ATTRIBOT_BENCH names no folder of evaluation data")
	}
	met, all := map[string]int{}, map[string]int{}
	var missed []string
	err := filepath.WalkDir(filepath.Join(root, "feedcorpus", "tests"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		e, ok := expectationOf(path, body)
		if !ok {
			_, _ = ParseFeed(body, Hint{}) // it may not panic
			return nil
		}
		all[e.field]++
		got, err := e.got(body)
		if err == nil && e.met(got) {
			met[e.field]++
			return nil
		}
		rel, _ := filepath.Rel(root, path)
		missed = append(missed, fmt.Sprintf("%s: %s: read %q, want %q, %v", rel, e.field, got, e.want, err))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(missed)
	for _, m := range missed {
		t.Log(m)
	}
	for field, least := range corpusLeast {
		t.Logf("%-10s %d of %d", field, met[field], all[field])
		if met[field] < least {
			t.Errorf("%s: %d files are read as expected, at least %d were", field, met[field], least)
		}
	}
}

// corpusLeast is what was reached. The rest is CDF, which nobody publishes any
// more; entities that a document declares, which are not expanded on purpose;
// and clean-up of markup where we keep words and no tags.
var corpusLeast = map[string]int{"feed title": 335, "feed link": 10, "title": 142, "link": 15, "id": 14, "date": 10, "content": 625}
