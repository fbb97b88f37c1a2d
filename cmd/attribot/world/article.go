package world

import (
	"embed"
	"fmt"
	"html"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed article
var files embed.FS

// Article is one edition of an article of the world.
type Article struct {
	Outlet    string    // the outlet's id
	Slug      string    // its place in the address; a later edition has the same
	Stage     int       // the sitting from which it can be read
	Title     string    // as the outlet prints it, marks and all
	Published time.Time // with the outlet's offset
	Edited    time.Time // zero for a first edition
	Author    string    // the byline; "" = none
	Summary   string    // for feeds without the full text; "" = the first paragraph
	HTML      string    // the text as the page and a full feed carry it
}

// Path is the article's path on the server.
func (a Article) Path() string { return "/" + a.Outlet + "/" + a.Slug }

// Changed is when the edition was made.
func (a Article) Changed() time.Time {
	if a.Edited.IsZero() {
		return a.Published
	}
	return a.Edited
}

// load reads every article file, in order of publication.
func load(fsys fs.FS) ([]Article, error) {
	names, err := fs.Glob(fsys, "article/*/*")
	if err != nil {
		return nil, err
	}
	articles := make([]Article, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		a, err := parse(name, string(text))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		articles = append(articles, a)
	}
	slices.SortStableFunc(articles, func(a, b Article) int { return a.Changed().Compare(b.Changed()) })
	return articles, nil
}

// parse reads one file: "key: value" lines, an empty line, then the text. The
// folder is the outlet; the name up to its first dot is the slug. A .txt file
// has paragraphs parted by empty lines, a .html file goes out as it stands.
func parse(name, text string) (Article, error) {
	slug, kind, _ := strings.Cut(path.Base(name), ".")
	a := Article{Outlet: path.Base(path.Dir(name)), Slug: slug}
	if outletByID(a.Outlet) == nil {
		return a, fmt.Errorf("unknown outlet %q", a.Outlet)
	}
	head, body, ok := strings.Cut(text, "\n\n")
	if !ok {
		return a, fmt.Errorf("no empty line after the header")
	}
	for line := range strings.Lines(head) {
		if err := a.set(strings.TrimSpace(line)); err != nil {
			return a, err
		}
	}
	a.HTML = strings.TrimSpace(body)
	if !strings.HasSuffix(kind, "html") {
		a.HTML = paragraphs(body)
	}
	return a, a.complete()
}

// set takes one line of the header.
func (a *Article) set(line string) error {
	key, value, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("header line %q: want key: value", line)
	}
	var err error
	switch key {
	case "stage":
		a.Stage, err = strconv.Atoi(value)
	case "title":
		a.Title = value
	case "author":
		a.Author = value
	case "summary":
		a.Summary = value
	case "published":
		a.Published, err = time.Parse(time.RFC3339, value)
	case "edited":
		a.Edited, err = time.Parse(time.RFC3339, value)
	default:
		err = fmt.Errorf("unknown header key %q", key)
	}
	return err
}

// complete reports what an article lacks.
func (a *Article) complete() error {
	switch {
	case a.Title == "":
		return fmt.Errorf("no title")
	case a.Published.IsZero():
		return fmt.Errorf("no date of publication")
	case a.Stage < 0 || a.Stage >= len(sittings):
		return fmt.Errorf("stage %d: want 0 to %d", a.Stage, len(sittings)-1)
	case a.HTML == "":
		return fmt.Errorf("no text")
	}
	if a.Summary == "" {
		first, _, _ := strings.Cut(a.HTML, "</p>")
		a.Summary = html.UnescapeString(strings.TrimPrefix(first, "<p>"))
	}
	return nil
}

// paragraphs turns plain text into HTML paragraphs; what looks like markup in
// it stays text.
func paragraphs(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		line := strings.Join(strings.Fields(p), " ")
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(line))
	}
	return strings.TrimSpace(b.String())
}
