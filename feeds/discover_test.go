package feeds

import (
	"errors"
	"testing"

	"attribot/feeds/feedtest"
)

func TestDiscover(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.server.Add(&feedtest.Channel{Path: "/news/feed.xml", Title: "All news"}).Publish(entry("a", "T", "W", 12))
	b.server.Page("/news/", `<html><head><link rel="alternate" type="application/rss+xml" title="News" href="feed.xml"><link rel="alternate" type="application/rss+xml" href="/gone.xml"></head><body><p>Hello</p></body></html>`)
	b.server.Page("/silent", `<html><body><p>Nothing named here</p></body></html>`)
	for path, want := range map[string]Found{
		"/news/feed.xml": {URL: b.server.URL + "/news/feed.xml", Title: "All news"},
		"/news/":         {URL: b.server.URL + "/news/feed.xml", Title: "News"},
	} {
		got, err := Discover(t.Context(), b.o.Fetch, b.server.URL+path)
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
	if _, err := Discover(t.Context(), b.o.Fetch, b.server.URL+"/silent"); !errors.Is(err, ErrNoFeed) {
		t.Errorf("a site without a feed: %v", err)
	}
	b.server.Add(&feedtest.Channel{Path: "/feed", Title: "Usual"}).Publish(entry("a", "T", "W", 12))
	if got, err := Discover(t.Context(), b.o.Fetch, b.server.URL+"/silent"); err != nil || len(got) != 1 || got[0].Title != "Usual" {
		t.Errorf("the usual place: %+v, %v", got, err)
	}
}

func TestSitemapSource(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "map", Kind: SitemapKind, URL: "/sitemap.xml", Name: "Example", Since: 100 * 24 * 3600e9})
	b.server.Page("/sitemap.xml", `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap><sitemap><loc>/news.xml</loc><lastmod>2024-10-14</lastmod></sitemap></sitemapindex>`)
	b.server.Page("/old.xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`)
	b.server.Page("/news.xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
		<url><loc>/one?utm_source=x</loc><news:news><news:publication><news:name>Example</news:name><news:language>en</news:language></news:publication><news:publication_date>2024-10-14T08:00:00Z</news:publication_date><news:title>Ministry answers</news:title></news:news></url></urlset>`)
	b.server.Page("/one", articlePage("Ministry answers", "2024-10-14", "one"))
	if sum := b.once(); len(sum.Faults) > 0 || sum.Articles != 1 {
		t.Fatalf("summary %+v", sum)
	}
	read := b.wantRead("Ministry answers")
	if a := read[0].Article; !a.Full || a.Published.String() != "2024-10-14" || a.URL != b.server.URL+"/one" {
		t.Errorf("article %+v", a)
	}
}

func TestListPageWithSelectorsAndNextPages(t *testing.T) {
	t.Parallel()
	b := newBench(t, Source{ID: "p", Kind: PageKind, URL: "/list", Name: "Agency", Since: 100 * 24 * 3600e9,
		List: List{Links: ".entry h3 a", Next: "a.next", MaxPages: 2, Body: ".text", Date: ".when"}})
	page := func(name, next string) string {
		return `<html><body><a href="/other">Something else that is long enough to look right</a><div class="entry"><h3><a href="/` + name + `">N</a></h3></div><a class="next" href="` + next + `">next</a></body></html>`
	}
	b.server.Page("/list", page("one", "/list2"))
	b.server.Page("/list2", page("two", "/list3"))
	b.server.Page("/list3", page("three", "/list"))
	for _, name := range []string{"one", "two", "three"} {
		b.server.Page("/"+name, `<html><head><title>On `+name+`</title></head><body><p class="when">14 октября 2024</p><div class="text"><p>Words of `+name+`.</p></div><p>And not these.</p></body></html>`)
	}
	if sum := b.once(); len(sum.Faults) > 0 {
		t.Fatalf("summary %+v", sum)
	}
	for _, r := range b.wantRead("On two", "On one") {
		if a := r.Article; a.Published.String() != "2024-10-14" || len(a.Text) > 15 {
			t.Errorf("article %+v", a)
		}
	}
}
