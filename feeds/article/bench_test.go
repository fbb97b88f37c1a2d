package article

import (
	"fmt"
	"strings"
	"testing"
)

func benchBody() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>F</title><language>en</language>`)
	for i := range 25 {
		fmt.Fprintf(&b, "<item><title>Ministry answers question %d</title><link>https://example.com/%d</link><guid>%d</guid><pubDate>Mon, 14 Oct 2024 09:00:00 GMT</pubDate><description>", i, i, i)
		for range 6 {
			b.WriteString(`&lt;p&gt;The spokesperson said on &lt;a href="https://example.com/t"&gt;Monday&lt;/a&gt; that the report&amp;nbsp;shows no evidence, and that &amp;ldquo;nobody has asked for it so far&amp;rdquo;, according to the agency.&lt;/p&gt;`)
		}
		b.WriteString("</description></item>\n")
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

func BenchmarkParseFeed(b *testing.B) {
	body := benchBody()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseFeed(body, Hint{URL: "https://example.com/"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadItem(b *testing.B) {
	feed, err := ParseFeed(benchBody(), Hint{URL: "https://example.com/"})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ReadItem(&feed, &feed.Items[0], Origin{Source: "s", Zone: "Asia/Shanghai"})
	}
}

func BenchmarkReadText(b *testing.B) {
	text := []byte(agencyText + strings.Repeat("He said that it was groundless, and nobody has shown any evidence for it.\n", 20))
	b.ReportAllocs()
	for b.Loop() {
		ReadText("x", text)
	}
}
