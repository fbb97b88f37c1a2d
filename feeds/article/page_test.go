package article

import (
	"errors"
	"strings"
	"testing"
)

// sentences are words enough for a page's text.
func sentences(n int) string {
	return strings.Repeat("<p>The spokesperson said that the accusation is groundless, and that nobody has shown any evidence for it so far.</p>\n", n)
}

func page(head, body string) []byte {
	return []byte(`<!DOCTYPE html><html lang="en-GB"><head><title>Ministry answers | The Record</title>` + head + `</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>` + body + `<footer>Imprint and privacy of the publisher</footer></body></html>`)
}

func TestReadPage(t *testing.T) {
	t.Parallel()
	body := `<article><h1>Ministry answers</h1><div class="share-buttons">Share on Facebook</div>` + sentences(6) +
		`<figure><img src="x"><figcaption>A photo of the building</figcaption></figure><div class="related">Related: another story of the day</div><p><a href="/more">More on the ministry and what it says</a></p><h3>Read next</h3></article>`
	a, err := ReadPage(Page{Body: page(`<meta property="article:published_time" content="2024-10-14T23:30:00Z"><meta property="og:site_name" content="The Record">`, body), URL: "https://therecord.media/ministry", Origin: Origin{Source: "s"}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSpace(plainText(sentences(6)))
	want, _, _ = strings.Cut(want, "\n") // lines that repeat are one
	if a.Text != want {
		t.Errorf("text %q", a.Text)
	}
	if a.Title != "Ministry answers" || a.Outlet != "The Record" || a.Family != "the-record" || a.Published.String() != "2024-10-14" || a.DateFrom != FromPage || a.Lang != "en-GB" || !a.Full {
		t.Errorf("article %+v", a)
	}
	again, err := ReadPage(Page{Body: page(`<meta property="article:published_time" content="2024-10-14T23:30:00Z">`, strings.ReplaceAll(body, "\n", "\n\n <!-- ad 42 -->")), URL: "https://therecord.media/ministry", Origin: Origin{Source: "s"}})
	if err != nil || again.Text != a.Text || again.ID != a.ID {
		t.Errorf("fetched again: %q, %v", again.Text, err)
	}
}

func TestDateOfPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		head, body, selector, want string
		from                       DateSource
	}{
		"structured data":   {`<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":["NewsArticle"],"datePublished":"2024-10-14T10:00:00+08:00"}]}</script>`, "", "", "2024-10-14", FromPage},
		"meta first":        {`<meta name="pubdate" content="2024-10-15"><meta property="article:published_time" content="2024-10-14">`, "", "", "2024-10-14", FromPage},
		"microdata":         {"", `<span itemprop="datePublished" content="2024-10-14">yesterday</span>`, "", "2024-10-14", FromPage},
		"time element":      {"", `<time datetime="2024-10-14T01:00:00Z">2 hours ago</time>`, "", "2024-10-14", FromPage},
		"time in words":     {"", `<time>14 октября 2024, 15:30</time>`, "", "2024-10-14", FromPage},
		"selector":          {`<meta name="date" content="2001-01-01">`, `<p class="when">Veröffentlicht am 14. Oktober 2024 um 10:30 Uhr</p>`, ".when", "2024-10-14", FromPage},
		"dateline":          {"", `<p>BEIJING, Oct. 14, 2024 (Xinhua) -- The ministry said so at its daily briefing, as every day.</p>`, "", "2024-10-14", FromText},
		"none":              {"", "", "", "", 0},
		"broken structured": {`<script type="application/ld+json">{"@type":"NewsArticle",</script><meta name="date" content="2024-10-14">`, "", "", "2024-10-14", FromPage},
	} {
		a, err := ReadPage(Page{Body: page(c.head, "<article>"+c.body+sentences(5)+"</article>"), URL: "https://example.com/x", Date: c.selector})
		if err != nil || a.Published.String() != c.want || a.DateFrom != c.from {
			t.Errorf("%s: %s from %d, %v; want %s from %d", name, a.Published, a.DateFrom, err, c.want, c.from)
		}
	}
}

func TestPaywallStubIsNotFull(t *testing.T) {
	t.Parallel()
	for name, p := range map[string][]byte{
		"structured data": page(`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>`, "<article>"+sentences(5)+"</article>"),
		"words":           page("", "<article>"+sentences(3)+"<p>Subscribe to continue reading this article, and get all the others with it.</p></article>"),
		"content tier":    page(`<meta property="article:content_tier" content="locked">`, "<article>"+sentences(5)+"</article>"),
	} {
		if a, err := ReadPage(Page{Body: p, URL: "https://example.com/x"}); err != nil || a.Full {
			t.Errorf("%s: full %t, %v", name, a.Full, err)
		}
	}
}

func TestTextLostByReadabilityIsFound(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, who := range strings.Fields("ministry embassy agency court bank union party council office board") {
		text.WriteString("The " + who + " said that the accusation is groundless and that it will answer in due time. ")
	}
	stated := `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"` + text.String() + `"}</script>`
	a, err := ReadPage(Page{Body: page(stated, `<div><p>Teaser of the text, no more.</p></div>`), URL: "https://example.com/x"})
	if err != nil || a.Text != strings.TrimSpace(text.String()) {
		t.Errorf("from structured data: %q, %v", a.Text, err)
	}
}

func TestCreditOfPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ head, tail, want string }{
		"canonical elsewhere": {`<link rel="canonical" href="https://www.reuters.com/world/x">`, "", "Reuters"},
		"canonical here":      {`<link rel="canonical" href="https://therecord.media/x">`, "", ""},
		"credit line":         {"", "<p>(With inputs from PTI)</p>", "PTI"},
		"sign":                {"", "<p>Reporting by Jane Doe; Editing by John Roe</p>", "Reuters"},
		"none":                {"", "", ""},
	} {
		a, err := ReadPage(Page{Body: page(c.head, "<article>"+sentences(5)+c.tail+"</article>"), URL: "https://therecord.media/x"})
		if err != nil || a.Credit != c.want {
			t.Errorf("%s: credit %q, %v; want %q", name, a.Credit, err, c.want)
		}
	}
}

func TestSelectorsOfPage(t *testing.T) {
	t.Parallel()
	body := page("", `<div class="text"><p>Only this is the text.</p><p>And this.</p></div>`+sentences(20))
	a, err := ReadPage(Page{Body: body, URL: "https://example.com/x", Text: ".text"})
	if err != nil || a.Text != "Only this is the text.\nAnd this." {
		t.Errorf("%q, %v", a.Text, err)
	}
	if _, err := ReadPage(Page{Body: body, Text: "[["}); err == nil {
		t.Error("a broken selector passes")
	}
	if CheckSelectors("a", "", ".x > b") != nil || CheckSelectors("a[[") == nil {
		t.Error("CheckSelectors")
	}
}

func TestPagesWithoutText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"empty":         {"", ErrNoText},
		"script only":   {"<html><body><script>document.write('x')</script></body></html>", ErrNoText},
		"too many tags": {strings.Repeat("<b>", maxTags+1), ErrBounds},
		"too deep":      {strings.Repeat("<div>", 100_000) + "<p>words</p>", ErrBounds},
		"deep and wide": {strings.Repeat("<div class=related>", 490) + sentences(3000), ErrBounds},
		"too large":     {"<p>" + strings.Repeat("x", maxPageSize), ErrBounds},
	} {
		if _, err := ReadPage(Page{Body: []byte(c.body), URL: "https://example.com/"}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestGuessedListOfLinks(t *testing.T) {
	t.Parallel()
	body := `<html><body><nav><ul><li><a href="/a">A very long entry of the navigation, longer than others</a></li><li><a href="/b">Another very long entry of the navigation here</a></li></ul></nav>
	<ul class="list"><li><a href="/n/1">发言人就有关问题答记者问</a> <time datetime="2024-10-14">x</time></li><li><a href="/n/2?utm_source=list">外交部发言人例行记者会</a></li><li><a href="/n/1">发言人</a></li></ul>
	<div class="side"><a href="https://elsewhere.example/x">A headline that belongs to another site altogether</a></div></body></html>`
	list, err := ParseList([]byte(body), Hint{URL: "https://mfa.example/press/"}, ListRules{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if it := list.Items[0]; it.Link != "https://mfa.example/n/1" || it.Title != "发言人就有关问题答记者问" || it.Published != "2024-10-14" {
		t.Errorf("%+v", it)
	}
	if it := list.Items[1]; it.Link != "https://mfa.example/n/2" {
		t.Errorf("%+v", it)
	}
}

func TestDatesBesideLinks(t *testing.T) {
	t.Parallel()
	body := `<html><body><ul class="list1">
	<li><a href="./202410/t20241014_1.html">Foreign Ministry Spokesperson's Regular Press Conference</a> (2024-10-14)</li>
	<li><span>October 11, 2024</span><a href="./202410/t20241011_1.html">Foreign Ministry Spokesperson's Remarks on a Report</a></li>
	<li><a href="./202410/t20241010_1.html">Foreign Ministry Spokesperson's Remarks on Something Else</a> No. 12</li></ul></body></html>`
	list, err := ParseList([]byte(body), Hint{URL: "https://www.mfa.example/eng/xw/fyrbt/"}, ListRules{})
	if err != nil || len(list.Items) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	for i, want := range []string{"2024-10-14", "October 11, 2024", ""} {
		if got := list.Items[i].Published; got != want {
			t.Errorf("item %d: %q, want %q", i, got, want)
		}
	}
}

func TestCleanLink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://example.com/a?utm_source=x&id=1&fbclid=y":                "https://example.com/a?id=1",
		"https://example.com/a?id=b&ref=c":                                "https://example.com/a?id=b&ref=c",
		"https://www.google.com/url?sa=t&url=https://example.com/a%3Fb=1": "https://example.com/a?b=1",
		"https://example.com/a":                                           "https://example.com/a",
		"::":                                                              "::",
	} {
		if got := CleanLink(in); got != want {
			t.Errorf("CleanLink(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add([]byte(`<html><head><meta property="og:title" content="T"><script type="application/ld+json">[{"@type":"Article","articleBody":"x"}]</script></head><body><article><p>Words</p></article></body></html>`))
	f.Add([]byte("<a href=x><table><form><p></a></table>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := ReadPage(Page{Body: body, URL: "https://example.com/x"})
		if err == nil && a.Text == "" {
			t.Error("an article without text")
		}
		_, _ = ParseList(body, Hint{URL: "https://example.com/"}, ListRules{})
	})
}

func FuzzParseSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>/a</loc><lastmod>2024-10-14</lastmod></url></urlset>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := ParseSitemap(body, Hint{URL: "https://example.com/"})
		if err == nil {
			SortNewest(m.Items)
		}
	})
}

func BenchmarkReadPage(b *testing.B) {
	body := page(`<meta property="article:published_time" content="2024-10-14">`, "<article>"+sentences(40)+"</article>")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadPage(Page{Body: body, URL: "https://example.com/x"}); err != nil {
			b.Fatal(err)
		}
	}
}
