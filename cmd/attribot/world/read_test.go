package world

import (
	"os"
	"strings"
	"testing"

	"attribot/feeds"
	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/extracttest"
	"attribot/feeds/extract/lexicon"
)

// expectations reads testdata/expect.txt: what each article must give.
func expectations(t *testing.T) []extracttest.Article {
	t.Helper()
	text, err := os.ReadFile("testdata/expect.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, err := extracttest.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readWorld gives every article of the world as the Poller would read it: from
// a full feed, else from its page.
func readWorld(t *testing.T) map[string]article.Article {
	t.Helper()
	w, server := open(t, last)
	read := map[string]article.Article{}
	for _, source := range Sources(server.URL) {
		o := outletByID(string(source.ID))
		if o.full && source.Kind == feeds.FeedKind {
			readFeed(t, source, server.URL, read)
			continue
		}
		for _, a := range o.published(w.Published()) {
			_, body := get(t, server.URL+a.Path())
			got, err := article.ReadPage(article.Page{Body: []byte(body), URL: server.URL + a.Path(),
				ContentType: "text/html; charset=utf-8", Origin: source.Origin()})
			if err != nil {
				t.Errorf("read %s: %v", a.Path(), err)
			}
			read[a.Path()] = got
		}
	}
	return read
}

func readFeed(t *testing.T, source feeds.Source, base string, read map[string]article.Article) {
	t.Helper()
	_, body := get(t, source.URL)
	feed, err := article.ParseFeed([]byte(body), article.Hint{URL: source.URL})
	if err != nil {
		t.Errorf("parse %s: %v", source.URL, err)
		return
	}
	for i := range feed.Items {
		got := article.ReadItem(&feed, &feed.Items[i], source.Origin())
		read[strings.TrimPrefix(got.URL, base)] = got
	}
}

func TestArticlesReadWithTheirDateAndOutlet(t *testing.T) {
	w, _ := open(t, last)
	read := readWorld(t)
	for _, a := range w.Published() {
		got, ok := read[a.Path()]
		if !ok {
			t.Errorf("%s is not read", a.Path())
			continue
		}
		if day := a.Published.Format("2006-01-02"); got.Published.String() != day {
			t.Errorf("%s: published %s, want %s", a.Path(), got.Published, day)
		}
		if o := outletByID(a.Outlet); got.Outlet != o.name || got.State != o.state {
			t.Errorf("%s: outlet %q state %v, want %q %v", a.Path(), got.Outlet, got.State, o.name, o.state)
		}
		for _, furniture := range []string{"cookie", "We value your privacy", "morning letter", "dataLayer", "Suggest to a friend"} {
			if strings.Contains(got.Text, furniture) {
				t.Errorf("%s: the text holds the page's furniture: %q", a.Path(), furniture)
			}
		}
	}
}

// promisedMisses is how many of the promised statements may still be missing. It
// only ever goes down.
const promisedMisses = 0

func TestPromisedStatementsAreFound(t *testing.T) {
	read, expected := readWorld(t), expectations(t)
	reader := extract.New(lexicon.Embedded())
	if len(expected) != len(read) {
		t.Errorf("testdata/expect.txt tells of %d articles, the world has %d", len(expected), len(read))
	}
	labels, misses := 0, 0
	for _, e := range expected {
		a, ok := read[e.Name]
		if !ok {
			t.Errorf("testdata/expect.txt names %s, which is not there", e.Name)
			continue
		}
		found := reader.Read(a)
		if e.Silent && len(found) > 0 {
			t.Errorf("%s must stay silent, gave:\n%s", e.Name, extracttest.List(found))
		}
		for _, label := range e.Labels {
			labels++
			if !label.Found(found) {
				misses++
				t.Logf("%s lacks %s, gave:\n%s", e.Name, label, extracttest.List(found))
			}
		}
	}
	t.Logf("%d of %d promised statements found", labels-misses, labels)
	if misses > promisedMisses {
		t.Errorf("%d of %d promised statements are missing, want at most %d", misses, labels, promisedMisses)
	}
}
