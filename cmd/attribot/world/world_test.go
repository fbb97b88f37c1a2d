package world

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"attribot/feeds"
)

// open starts the world on loopback and advances it to a stage.
func open(t *testing.T, stage int) (*World, *httptest.Server) {
	t.Helper()
	w, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for range stage {
		w.Advance()
	}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	return w, server
}

// last is the final stage, at which everything is published.
const last = 5

func get(t *testing.T, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestWorldHasWhatTheDemoPromises(t *testing.T) {
	w, _ := open(t, last)
	all := w.Published()
	if len(all) < 20 {
		t.Errorf("articles = %d, want at least 20", len(all))
	}
	forms, publishers := map[form]int{}, map[string]int{}
	for _, a := range all {
		publishers[a.Outlet]++
		if year := a.Published.Year(); year < 2023 || year > 2025 {
			t.Errorf("%s is of %d, want 2023 to 2025", a.Path(), year)
		}
	}
	for _, o := range outlets {
		if publishers[o.id] == 0 {
			t.Errorf("%s publishes nothing", o.id)
		}
		forms[o.form]++
	}
	if len(publishers) < 8 {
		t.Errorf("outlets = %d, want at least 8", len(publishers))
	}
	for _, f := range []form{rss, atom, jsonFeed, listPage} {
		if forms[f] == 0 {
			t.Errorf("no outlet publishes in form %d", f)
		}
	}
}

func TestEveryFeedParses(t *testing.T) {
	for stage := range sittings {
		w, server := open(t, stage)
		for _, source := range Sources(server.URL) {
			o := outletByID(string(source.ID))
			if source.Kind != feeds.FeedKind {
				continue
			}
			_, body := get(t, source.URL)
			feed, err := gofeed.NewParser().ParseString(body)
			if err != nil {
				t.Errorf("stage %d: parse %s: %v", stage, source.URL, err)
				continue
			}
			own := o.published(w.Published())
			if feed.Title != o.name || len(feed.Items) != len(own) {
				t.Errorf("stage %d: %s has title %q and %d items, want %q and %d", stage, o.id, feed.Title, len(feed.Items), o.name, len(own))
			}
			checkItems(t, o, own, feed.Items)
		}
	}
}

func checkItems(t *testing.T, o *outlet, own []Article, items []*gofeed.Item) {
	t.Helper()
	for i, item := range items {
		if item.PublishedParsed == nil || !item.PublishedParsed.Equal(own[i].Published) {
			t.Errorf("%s: published %v, want %v", own[i].Path(), item.PublishedParsed, own[i].Published)
		}
		if !strings.HasSuffix(item.Link, own[i].Path()) || item.GUID == "" || item.Title == "" {
			t.Errorf("%s: link %q, guid %q, title %q", own[i].Path(), item.Link, item.GUID, item.Title)
		}
		if full := item.Content == own[i].HTML; full != o.full {
			t.Errorf("%s: full text in the feed is %v, want %v", own[i].Path(), full, o.full)
		}
	}
}

func TestPagesCarryTheWholeText(t *testing.T) {
	w, server := open(t, last)
	for _, a := range w.Published() {
		response, body := get(t, server.URL+a.Path())
		if response.StatusCode != http.StatusOK || !strings.Contains(body, a.HTML) {
			t.Errorf("%s: status %d, text missing", a.Path(), response.StatusCode)
		}
	}
}

func TestListPageLinksItsTranscripts(t *testing.T) {
	_, server := open(t, last)
	_, body := get(t, server.URL+"/beijing-briefings/")
	for _, day := range []string{"2023-05-25", "2024-03-25", "2024-03-26", "2024-10-14"} {
		if !strings.Contains(body, `<a href="`+day+`">`) {
			t.Errorf("the list has no link to %s", day)
		}
	}
}

func TestSecondPollIsNotModified(t *testing.T) {
	w, server := open(t, 0)
	for _, source := range Sources(server.URL) {
		first, _ := get(t, source.URL)
		for _, headers := range [][]string{
			{"If-None-Match", first.Header.Get("ETag")},
			{"If-Modified-Since", first.Header.Get("Last-Modified")},
		} {
			if headers[1] == "" {
				if len(outletByID(string(source.ID)).published(w.Published())) > 0 {
					t.Errorf("%s gives no validator for %s", source.ID, headers[0])
				}
				continue
			}
			if again, _ := get(t, source.URL, headers...); again.StatusCode != http.StatusNotModified {
				t.Errorf("%s: %s gave %d, want 304", source.ID, headers[0], again.StatusCode)
			}
		}
	}
}

func TestAdvancePublishesNewsAndEdits(t *testing.T) {
	w, server := open(t, 0)
	address := server.URL + "/london-record/feed.xml"
	before, _ := get(t, address)
	seen := len(w.Published())
	now := w.Now()
	for w.Advance() {
		if n := len(w.Published()); n <= seen {
			t.Errorf("%s: %d articles, want more than %d", w.Sitting().Title, n, seen)
		} else {
			seen = n
		}
		if !w.Now().After(now) {
			t.Errorf("%s: the clock went back", w.Sitting().Title)
		}
		now = w.Now()
	}
	if w.Stage() != last || w.Stages() != last+1 || w.Advance() {
		t.Errorf("the world ended at stage %d of %d", w.Stage(), w.Stages())
	}
	after, _ := get(t, address, "If-None-Match", before.Header.Get("ETag"))
	if after.StatusCode != http.StatusOK {
		t.Errorf("after the news the feed gave %d, want 200", after.StatusCode)
	}
}

func TestEditedArticleKeepsItsAddressAndDate(t *testing.T) {
	w, server := open(t, 1)
	address := server.URL + "/london-record/embassy-hits-back"
	_, first := get(t, address)
	w.Advance()
	_, second := get(t, address)
	if strings.Contains(first, "summoned") || !strings.Contains(second, "summoned") {
		t.Error("the summons must stand in the second edition only")
	}
	const published = `content="2024-03-25T19:20:00Z"`
	if !strings.Contains(first, published) || !strings.Contains(second, published) {
		t.Error("an edit must keep the date of publication")
	}
}

func TestNothingIsPublishedBeforeItsTime(t *testing.T) {
	w, _ := open(t, 0)
	for {
		for _, a := range w.Published() {
			if a.Changed().After(w.Now()) {
				t.Errorf("%s: %s is dated %s", w.Sitting().Title, a.Path(), a.Changed())
			}
		}
		if !w.Advance() {
			return
		}
	}
}

func TestAgencyCopiesShareTheirWords(t *testing.T) {
	w, _ := open(t, last)
	const sentence = "Deputy Prime Minister Oliver Dowden told parliament that"
	var carriers []string
	for _, a := range w.Published() {
		if strings.Contains(a.HTML, sentence) && strings.Contains(a.HTML+a.Author, "Harbour Wire") {
			carriers = append(carriers, a.Outlet)
		}
	}
	slices.Sort(carriers)
	if want := []string{"harbour-wire", "lakeside-herald", "meridian-post", "northern-courier"}; !slices.Equal(carriers, want) {
		t.Errorf("carriers = %v, want %v", carriers, want)
	}
}

func TestHostileArticleHoldsEveryTrick(t *testing.T) {
	_, server := open(t, last)
	_, body := get(t, server.URL+"/quickcopy/feed.xml")
	for _, trick := range []string{"channel", "@room", "script", "javascript:", "evil.example", "U012AB3CD", "mx-reply",
		"\u202e", "\u2066", "\u200b", "onerror", "matrix.to", "```", "[click]("} {
		if !strings.Contains(body, trick) {
			t.Errorf("the hostile article lacks %q", trick)
		}
	}
}

func TestUnknownAddressesAndMethodsAreRefused(t *testing.T) {
	_, server := open(t, 0)
	for _, path := range []string{"/", "/nobody/feed.xml", "/harbour-wire/", "/harbour-wire/uk-names-china"} {
		if response, _ := get(t, server.URL+path); response.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s gave %d, want 404", path, response.StatusCode)
		}
	}
	response, err := http.Post(server.URL+"/harbour-wire/feed.xml", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST gave %d, want 405", response.StatusCode)
	}
	if response, body := get(t, server.URL+"/robots.txt"); response.StatusCode != http.StatusOK || !strings.Contains(body, "Allow: /") {
		t.Errorf("robots.txt gave %d %q", response.StatusCode, body)
	}
}

func TestSourcesNameTheirZones(t *testing.T) {
	for _, s := range Sources("http://127.0.0.1:1/") {
		if strings.Contains(s.URL, "//quickcopy") || !strings.HasPrefix(s.URL, "http://127.0.0.1:1/"+string(s.ID)+"/") {
			t.Errorf("%s: address %s", s.ID, s.URL)
		}
		if _, err := time.LoadLocation(s.Zone); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
}
