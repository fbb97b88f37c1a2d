package article

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"slices"
	"strings"
)

// Sitemap is a sitemap, or an index of them (sitemaps.org, and Google's
// extension for news).
type Sitemap struct {
	Items    []Item
	Sitemaps []string // of an index, the newest first
}

// sitemapXML is what is read of either document.
type sitemapXML struct {
	XMLName xml.Name
	URLs    []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		News    struct {
			Title       string `xml:"title"`
			Date        string `xml:"publication_date"`
			Publication struct {
				Name     string `xml:"name"`
				Language string `xml:"language"`
			} `xml:"publication"`
		} `xml:"news"`
	} `xml:"url"`
	Sitemaps []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	} `xml:"sitemap"`
}

// ParseSitemap reads a sitemap or an index of sitemaps.
func ParseSitemap(body []byte, hint Hint) (Sitemap, error) {
	body = bytes.TrimLeft(toUTF8(body, hint.ContentType), " \t\r\n\x00")
	scan, err := scanXML(body)
	if err != nil {
		return Sitemap{}, fmt.Errorf("read sitemap: %w", err)
	}
	if scan.root != "urlset" && scan.root != "sitemapindex" {
		return Sitemap{}, fmt.Errorf("read sitemap: %w: its root is <%.40s>", ErrNotFeed, scan.root)
	}
	if !scan.closed {
		return Sitemap{}, fmt.Errorf("read sitemap: %w", ErrTruncated)
	}
	var doc sitemapXML
	decoder := xml.NewDecoder(bytes.NewReader(withoutDeclaration(body)))
	decoder.Strict = false
	if err := decoder.Decode(&doc); err != nil {
		return Sitemap{}, fmt.Errorf("read sitemap: %w", err)
	}
	base := parseBase(hint.URL)
	var m Sitemap
	for _, u := range doc.URLs {
		link := resolveLink(base, u.Loc)
		if link == "" {
			continue
		}
		m.Items = append(m.Items, Item{Key: link, Link: link, Title: html.EscapeString(u.News.Title), Published: or2(u.News.Date, u.LastMod),
			Outlet: u.News.Publication.Name, Lang: u.News.Publication.Language})
	}
	slices.SortStableFunc(doc.Sitemaps, func(a, b struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	}) int {
		return strings.Compare(b.LastMod, a.LastMod)
	})
	for _, s := range doc.Sitemaps {
		if link := resolveLink(base, s.Loc); link != "" {
			m.Sitemaps = append(m.Sitemaps, link)
		}
	}
	return m, nil
}

// SortNewest orders items by their date, the newest first, undated ones last.
func SortNewest(items []Item) {
	slices.SortStableFunc(items, func(a, b Item) int {
		x, _ := ParseStamp(a.Published, nil, false)
		y, _ := ParseStamp(b.Published, nil, false)
		if c := y.Day.Compare(x.Day); c != 0 {
			return c
		}
		return y.At.Compare(x.At)
	})
}
