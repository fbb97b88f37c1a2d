package article

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"rss 2.0": `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>https://example.com/</link>
			<item><title>T &amp;amp; U</title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">id-1</guid><description>&lt;p&gt;Words&lt;/p&gt;</description><pubDate>Mon, 14 Oct 2024 09:00:00 GMT</pubDate></item></channel></rss>`,
		"rss 1.0": `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>F</title><link>https://example.com/</link></channel>
			<item rdf:about="id-1"><title>T &amp;amp; U</title><link>/a?x=1&amp;y=2</link><description>&lt;p&gt;Words&lt;/p&gt;</description><dc:date>2024-10-14T09:00:00Z</dc:date></item></rdf:RDF>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><link href="https://example.com/"/>
			<entry><id>id-1</id><title type="html">T &amp;amp; U</title><link rel="enclosure" href="/x.mp3"/><link href="/a?x=1&amp;y=2"/><summary type="html">&lt;p&gt;Words&lt;/p&gt;</summary><published>2024-10-14T11:00:00+02:00</published></entry></feed>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","title":"F","home_page_url":"https://example.com/","items":[{"id":"id-1","url":"/a?x=1&y=2","title":"T & U","content_html":"<p>Words</p>","date_published":"2024-10-14T09:00:00Z"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			feed, err := ParseFeed([]byte(body), Hint{URL: "https://example.com/feeds/f.xml"})
			if err != nil {
				t.Fatal(err)
			}
			if len(feed.Items) != 1 || feed.Title != "F" || feed.Items[0].Key != "id-1" {
				t.Fatalf("feed %+v", feed)
			}
			a := ReadItem(&feed, &feed.Items[0], Origin{Source: "s", Zone: "Asia/Shanghai"})
			a.Title = strings.ReplaceAll(a.Title, "&amp;", "&")
			got := []string{a.Title, a.URL, a.Text, a.Published.String(), a.At.UTC().Format(time.RFC3339), a.Outlet}
			want := []string{"T & U", "https://example.com/a?x=1&y=2", "Words", "2024-10-14", "2024-10-14T09:00:00Z", "F"}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	const title = "Sprecher: 外交部 “nie”"
	const latin = "Größe und Façade"
	doc := func(declared, title string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><rss version="2.0"><channel><title>` + title + `</title></channel></rss>`
	}
	for name, c := range map[string]struct {
		enc         encoding.Encoding
		contentType string
		declared    string
		title       string
	}{
		"utf-8":                          {encoding.Nop, "", "utf-8", title},
		"utf-8 declared as latin 1":      {encoding.Nop, "", "iso-8859-1", title},
		"utf-8 announced as latin 1":     {encoding.Nop, "text/xml; charset=iso-8859-1", "utf-8", title},
		"utf-16 with mark":               {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "", "utf-16", title},
		"utf-16 big endian without mark": {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "", "utf-16", title},
		"utf-32":                         {utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "", "utf-32", title},
		"gb18030 by declaration":         {simplifiedchinese.GB18030, "", "gb2312", title},
		"gb18030 by header":              {simplifiedchinese.GB18030, "application/rss+xml; charset=GBK", "utf-8", title},
		"windows-1252 that lies":         {charmap.Windows1252, "", "utf-8", latin},
		"windows-1251":                   {charmap.Windows1251, "", "windows-1251", "Захарова: обвинения беспочвенны"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, err := c.enc.NewEncoder().String(doc(c.declared, c.title))
			if err != nil {
				t.Fatal(err)
			}
			feed, err := ParseFeed([]byte(body), Hint{ContentType: c.contentType})
			if err != nil || feed.Title != c.title {
				t.Errorf("title %q, %v; want %q", feed.Title, err, c.title)
			}
		})
	}
}

func TestMixedCharsetsKeepWhatCanBeRead(t *testing.T) {
	t.Parallel()
	body := "<rss version=\"2.0\"><channel><title>F</title><item><title>Größe, \xfcber, Maß, Füße, Straße, schön\x00\x01</title></item></channel></rss>"
	feed, err := ParseFeed([]byte(body), Hint{})
	if err != nil || len(feed.Items) != 1 || titleText(feed.Items[0].Title) != "Größe, \uFFFDber, Maß, Füße, Straße, schön" {
		t.Errorf("%+v, %v", feed, err)
	}
}

func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	var laughs strings.Builder
	laughs.WriteString(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">`)
	for i := range 9 {
		fmt.Fprintf(&laughs, `<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	laughs.WriteString(`]><rss version="2.0"><channel><title>&l9;</title></channel></rss>`)
	feed, err := ParseFeed([]byte(laughs.String()), Hint{})
	if err != nil || len(feed.Title) > 100 {
		t.Errorf("billion laughs: %d bytes of title, %v", len(feed.Title), err)
	}
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"nested":      {"<rss><channel>" + strings.Repeat("<a>", 1_000_000) + "</channel></rss>", ErrBounds},
		"elements":    {"<rss><channel>" + strings.Repeat("<a/>", maxElements+1) + "</channel></rss>", ErrBounds},
		"cut off":     {`<rss version="2.0"><channel><item><title>T</title></item><item><ti`, ErrTruncated},
		"cut json":    {`{"version":"https://jsonfeed.org/version/1","items":[{"id":"a"`, ErrTruncated},
		"empty":       {"", ErrTruncated},
		"only space":  {" \n\x00 ", ErrTruncated},
		"a web page":  {"<!DOCTYPE html><html><body><p>Not here</p></body></html>", ErrNotFeed},
		"other json":  {`{"error":"no"}`, ErrNotFeed},
		"plain words": {"Too many requests", ErrNotFeed},
	} {
		if _, err := ParseFeed([]byte(c.body), Hint{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	title := strings.Repeat("x", 10<<20)
	feed, err = ParseFeed([]byte("<rss><channel><item><title>"+title+"</title></item></channel></rss>"), Hint{})
	if err != nil || len(feed.Items) != 1 || len(feed.Items[0].Title) != len(title) {
		t.Errorf("a title of 10 MB within the bound: %v", err)
	}
}

func TestEmptyFeedIsNoFailure(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`<rss version="2.0"><channel><title>F</title></channel></rss>`, `<rss/>`, `<feed xmlns="http://www.w3.org/2005/Atom"/>`, `{"version":"https://jsonfeed.org/version/1","items":[]}`} {
		if feed, err := ParseFeed([]byte(body), Hint{}); err != nil || len(feed.Items) != 0 {
			t.Errorf("%s: %+v, %v", body, feed, err)
		}
	}
}

func TestKeysOfItems(t *testing.T) {
	t.Parallel()
	body := `<rss version="2.0"><channel><link>https://example.com</link>
		<item><guid>https://example.com/permalink</guid><title>one</title></item>
		<item><link>https://example.com/b</link><title>two</title></item>
		<item><title>three</title></item>
		<item><title>four</title></item>
		<item><guid isPermaLink="false">same</guid><link>/c</link></item>
		<item><guid isPermaLink="false">same</guid><link>/d</link></item></channel></rss>`
	feed, err := ParseFeed([]byte(body), Hint{URL: "https://example.com/feed"})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, it := range feed.Items {
		keys = append(keys, it.Key)
	}
	if feed.Items[0].Link != "https://example.com/permalink" || keys[1] != "https://example.com/b" || keys[4] != "same" || keys[5] != "same\nhttps://example.com/d" {
		t.Errorf("keys %q", keys)
	}
	slices.Sort(keys)
	if len(slices.Compact(keys)) != 6 {
		t.Errorf("keys are not unique: %q", keys)
	}
}

func TestWishesOfAFeed(t *testing.T) {
	t.Parallel()
	feed, err := ParseFeed([]byte(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><ttl>90</ttl><skipHours><hour>3</hour><hour>24</hour><hour>x</hour></skipHours><skipDays><day>sunday</day></skipDays>
		<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://example.com/feed"/></channel></rss>`), Hint{})
	if err != nil || feed.TTL != 90*time.Minute || !slices.Equal(feed.SkipHours, []int{3, 0}) || !slices.Equal(feed.SkipDays, []time.Weekday{time.Sunday}) ||
		!slices.Equal(feed.Hubs, []string{"https://hub.example/"}) || feed.Self != "https://example.com/feed" {
		t.Errorf("%+v, %v", feed, err)
	}
	feed, err = ParseFeed([]byte(`{"version":"https://jsonfeed.org/version/1.1","hubs":[{"type":"WebSub","url":"https://hub.example/"}],"items":[]}`), Hint{})
	if err != nil || !slices.Equal(feed.Hubs, []string{"https://hub.example/"}) {
		t.Errorf("%+v, %v", feed, err)
	}
}

func TestOutletOfAnItem(t *testing.T) {
	t.Parallel()
	feed := &Feed{Title: "News about it", Link: "https://aggregator.example/"}
	for name, c := range map[string]struct {
		item                    Item
		origin                  Origin
		outlet, family, country string
	}{
		"configured":            {Item{Link: "https://www.reuters.com/x"}, Origin{Outlet: "My name"}, "My name", "", ""},
		"configured and known":  {Item{}, Origin{Outlet: "Global Times"}, "Global Times", "global-times", "CN"},
		"named in source":       {Item{Title: "T - Reuters", Outlet: "Reuters"}, Origin{Outlet: "Google News"}, "Reuters", "reuters", "GB"},
		"unknown in source":     {Item{Outlet: "Some Gazette"}, Origin{Outlet: "Google News"}, "Some Gazette", "", ""},
		"by the item's address": {Item{Link: "https://english.news.cn/20241014/x.html"}, Origin{}, "Xinhua", "xinhua", "CN"},
		"by the feed's title":   {Item{Link: "https://nowhere.example/x"}, Origin{}, "News about it", "", ""},
	} {
		a := ReadItem(feed, &c.item, c.origin)
		if a.Outlet != c.outlet || a.Family != c.family || string(a.Country) != c.country {
			t.Errorf("%s: outlet %q family %q country %q", name, a.Outlet, a.Family, a.Country)
		}
		if strings.HasSuffix(a.Title, "Reuters") {
			t.Errorf("%s: title %q", name, a.Title)
		}
	}
}

func TestDatesOfItems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		item  Item
		zone  string
		want  string
		from  DateSource
		exact bool
	}{
		"published before updated": {Item{Published: "2024-10-14T09:00:00Z", Updated: "2024-10-16T09:00:00Z"}, "", "2024-10-14", FromFeed, true},
		"updated alone":            {Item{Updated: "2024-10-16T09:00:00Z"}, "", "2024-10-16", FromFeed, true},
		"zoneless in beijing":      {Item{Published: "2024/10/14 23:30:00"}, "Asia/Shanghai", "2024-10-14", FromFeed, true},
		"the outlet's day":         {Item{Published: "Mon, 14 Oct 2024 20:30:00 GMT"}, "Asia/Shanghai", "2024-10-15", FromFeed, true},
		"dateline":                 {Item{Summary: "BEIJING, Oct. 14 (Xinhua) -- Words were said."}, "", "--10-14", FromText, false},
		"none":                     {Item{Summary: "Words."}, "", "", 0, false},
	} {
		a := ReadItem(&Feed{}, &c.item, Origin{Zone: c.zone})
		if a.Published.String() != c.want || a.DateFrom != c.from || a.At.IsZero() == c.exact {
			t.Errorf("%s: %s at %s from %d", name, a.Published, a.At, a.DateFrom)
		}
	}
}

func TestBodyOfAnItem(t *testing.T) {
	t.Parallel()
	long := "<p>" + strings.Repeat("He said that it was groundless. ", 60) + "</p>"
	for name, c := range map[string]struct {
		item Item
		text string
		full bool
	}{
		"summary with a tail":      {Item{Summary: "The start of it [&#8230;]"}, "The start of it", false},
		"wordpress line":           {Item{Content: "<p>Words of it.</p><p>The post <a href='x'>T</a> appeared first on <a>Site</a>.</p>"}, "Words of it.", false},
		"share lines":              {Item{Content: "<p>Words of it.</p><p>Share this:</p><ul><li>Facebook</li><li>X</li></ul>"}, "Words of it.", false},
		"content before summary":   {Item{Summary: "Short.", Content: long}, plainText(long), true},
		"long summary is the text": {Item{Summary: long}, plainText(long), true},
		"title alone":              {Item{Title: "Only a headline"}, "Only a headline", false},
		"paragraphs":               {Item{Summary: "<p>One.</p>\n\n<p>Two<br>lines</p><script>alert(1)</script><div>Three.<br/>Four.</div>"}, "One.\nTwo lines\nThree.\nFour.", false},
		"hidden":                   {Item{Summary: "a\u200bb\u00adc&nbsp;d\ufeff"}, "abc d", false},
	} {
		a := ReadItem(&Feed{}, &c.item, Origin{})
		if a.Text != c.text || a.Full != c.full {
			t.Errorf("%s: %q full %t, want %q full %t", name, a.Text, a.Full, c.text, c.full)
		}
	}
}

func TestGuessLang(t *testing.T) {
	t.Parallel()
	for want, text := range map[string]string{
		"en": "The ministry said that it has not seen the report and will not comment on it.",
		"de": "Die Sprecherin sagte, dass die Vorwürfe nicht belegt sind und das Ministerium sie zurückweist.",
		"fr": "Le ministère a déclaré que les accusations sont sans fondement et qu'il ne les commente pas.",
		"es": "El portavoz dijo que las acusaciones no tienen base y que el gobierno las rechaza.",
		"ru": "Официальный представитель заявила, что обвинения не имеют под собой оснований и что их отвергают.",
		"uk": "Речниця заявила, що звинувачення не мають підстав і що їх відкидають.",
		"zh": "外交部发言人表示，有关指责毫无根据，中方坚决反对。",
		"ja": "外務省の報道官は、非難には根拠がないと述べた。",
		"ko": "외무성 대변인은 비난이 근거 없다고 말했다.",
		"ar": "قالت المتحدثة إن الاتهامات لا أساس لها",
		"fa": "سخنگوی وزارت خارجه گفت این اتهام ها بی اساس است و چنین چیزی نیست پس",
		"":   "12345 67890",
	} {
		if got := GuessLang(text); got != want {
			t.Errorf("GuessLang(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestHiddenDatesLeaveTheBodyAndWordsAlone(t *testing.T) {
	t.Parallel()
	body := `pubDate><rss version="2.0"><channel><item><title>The pubDate> of a feed</title><pubDate>Mon, 14 Oct 2024 09:00:00 CST</pubDate></item></channel></rss>pubDate>`
	in := []byte(body)
	feed, err := ParseFeed(in, Hint{})
	if err != nil || len(feed.Items) != 1 || feed.Items[0].Published != "Mon, 14 Oct 2024 09:00:00 CST" || feed.Items[0].Title != "The pubDate> of a feed" {
		t.Errorf("%+v, %v", feed, err)
	}
	if string(in) != body {
		t.Error("the caller's body was changed")
	}
}

func FuzzParseFeed(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><title>T</title><guid>x</guid></item></channel></rss>`))
	f.Add([]byte(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="x"/></rdf:RDF>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div/></content></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1},null]}`))
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		feed, err := ParseFeed(body, Hint{URL: "https://example.com/"})
		if err != nil {
			return
		}
		for i := range feed.Items {
			if feed.Items[i].Key == "" {
				t.Error("an item without a key")
			}
			ReadItem(&feed, &feed.Items[i], Origin{})
		}
	})
}
