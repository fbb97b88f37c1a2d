package article

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

func ofRSS(r *rss.Feed) Feed {
	f := Feed{Title: r.Title, Link: r.Link, Lang: r.Language, TTL: ttlOf(r), SkipHours: hoursOf(r.SkipHours), SkipDays: daysOfWeek(r.SkipDays)}
	if f.Lang == "" {
		f.Lang = extension(r.Extensions, "language", "dc")
	}
	if f.Title == "" {
		f.Title = extension(r.Extensions, "title", "dc")
	}
	for _, link := range atomLinks(r.Extensions) {
		switch link.Attrs["rel"] {
		case "self":
			f.Self = link.Attrs["href"]
		case "hub":
			f.Hubs = append(f.Hubs, link.Attrs["href"])
		case "", "alternate":
			if f.Link == "" {
				f.Link = link.Attrs["href"]
			}
		}
	}
	f.Items = make([]Item, 0, len(r.Items))
	for _, item := range r.Items {
		f.Items = append(f.Items, ofRSSItem(item))
	}
	return f
}

func ofRSSItem(r *rss.Item) Item {
	it := Item{Title: r.Title, Link: r.Link, Summary: r.Description, Content: r.Content, Published: r.PubDate}
	first(&it.Published, r.Custom[hiddenDate])
	if r.GUID != nil {
		it.Key = r.GUID.Value
		if it.Link == "" && !strings.EqualFold(r.GUID.IsPermalink, "false") && looksLikeLink(it.Key) {
			it.Link = it.Key
		}
	}
	if r.Source != nil {
		it.Outlet, it.OutletURL = r.Source.Title, r.Source.URL
	}
	if len(r.Extensions) > 0 {
		extendRSSItem(&it, r)
	}
	first(&it.Content, r.Custom["fullText"], r.Custom["full-text"], r.Custom["body"], r.Custom["fullitem"])
	return it
}

// extendRSSItem fills what the item has only in extensions: dates of Dublin
// Core and its terms, links and dates of Atom, the original link of
// FeedBurner, and the full text that Yandex and Turbo feeds carry.
func extendRSSItem(it *Item, r *rss.Item) {
	x := r.Extensions
	first(&it.Title, extension(x, "title", "dc", "media", "itunes"))
	first(&it.Summary, extension(x, "description", "dc"), extension(x, "abstract", "dcterms"), extension(x, "summary", "atom", "atom10", "atom03", "itunes"))
	first(&it.Content, extension(x, "content", "atom", "atom10", "atom03"), extension(x, "full-text", "yandex"), extension(x, "content", "turbo"))
	first(&it.Published, extension(x, "date", "dc"), extension(x, "issued", "dcterms"), extension(x, "created", "dcterms"), extension(x, "date", "dcterms"),
		extension(x, "published", "atom", "atom10"), extension(x, "issued", "atom03"))
	first(&it.Updated, extension(x, "updated", "atom", "atom10"), extension(x, "modified", "dcterms", "atom03"))
	first(&it.Lang, extension(x, "language", "dc"))
	if original := extension(x, "origLink", "feedburner"); original != "" {
		it.Link = original
	}
	first(&it.Key, extension(x, "id", "atom", "atom10"), extension(x, "identifier", "dc"))
	for _, link := range atomLinks(x) {
		if rel := link.Attrs["rel"]; it.Link == "" && (rel == "" || rel == "alternate") {
			it.Link = link.Attrs["href"]
		}
	}
}

// first sets an empty field to the first value that is not.
func first(field *string, values ...string) {
	for _, value := range values {
		if *field != "" {
			return
		}
		*field = value
	}
}

// extension is the value of an element under one of the prefixes.
func extension(x ext.Extensions, name string, prefixes ...string) string {
	for _, prefix := range prefixes {
		for _, element := range x[prefix][name] {
			if element.Value != "" {
				return strings.TrimSpace(element.Value)
			}
		}
	}
	return ""
}

func atomLinks(x ext.Extensions) []ext.Extension {
	for _, prefix := range []string{"atom", "atom10", "atom03"} {
		if links := x[prefix]["link"]; len(links) > 0 {
			return links
		}
	}
	return nil
}

func looksLikeLink(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "/")
}

const longestTTL = 7 * 24 * time.Hour

// ttlOf is the interval that a feed asks for: <ttl> in minutes, or
// sy:updatePeriod divided by sy:updateFrequency (RSS 1.0 syndication module).
func ttlOf(r *rss.Feed) time.Duration {
	if minutes, err := strconv.Atoi(strings.TrimSpace(r.TTL)); err == nil && minutes > 0 {
		return min(time.Duration(minutes)*time.Minute, longestTTL)
	}
	period, ok := periods[strings.ToLower(extension(r.Extensions, "updatePeriod", "sy"))]
	if !ok {
		return 0
	}
	frequency, err := strconv.Atoi(extension(r.Extensions, "updateFrequency", "sy"))
	if err != nil || frequency < 1 {
		frequency = 1
	}
	return min(period/time.Duration(frequency), longestTTL)
}

var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

func hoursOf(list []string) []int {
	var hours []int
	for _, s := range list {
		if hour, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && hour >= 0 && hour <= 24 {
			hours = append(hours, hour%24)
		}
	}
	if len(hours) >= 24 {
		return nil // a feed that skips every hour means none
	}
	return hours
}

func daysOfWeek(list []string) []time.Weekday {
	var days []time.Weekday
	for _, s := range list {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(s), day.String()) {
				days = append(days, day)
			}
		}
	}
	if len(days) >= 7 {
		return nil
	}
	return days
}

// aboutForm finds the name that RDF gives an item.
var aboutForm = regexp.MustCompile(`<(?:\w+:)?item\s[^>]*?\babout\s*=\s*["']([^"']*)["'][^>]*>`)

// itemForm finds items, named or not.
var itemForm = regexp.MustCompile(`<(?:\w+:)?item[\s>]`)

// nameByAbout names the items of RSS 1.0 by rdf:about, which gofeed drops. It
// does so only when every item has one: else their order would not tell.
func nameByAbout(f *Feed, body []byte) {
	if !bytes.Contains(body, []byte("about")) || len(itemForm.FindAllIndex(body, -1)) != len(f.Items) {
		return
	}
	names := aboutForm.FindAllSubmatch(body, -1)
	if len(names) != len(f.Items) {
		return
	}
	for i := range f.Items {
		about := html.UnescapeString(string(names[i][1]))
		first(&f.Items[i].Key, about)
		if f.Items[i].Link == "" && looksLikeLink(about) {
			f.Items[i].Link = about
		}
	}
}

// jsonHubs are a JSON Feed's hubs, which gofeed drops.
func jsonHubs(body []byte) []string {
	if !bytes.Contains(body, []byte(`"hubs"`)) {
		return nil
	}
	var f struct {
		Hubs []struct{ Type, URL string }
	}
	if json.Unmarshal(body, &f) != nil {
		return nil
	}
	var hubs []string
	for _, hub := range f.Hubs {
		if strings.EqualFold(hub.Type, "websub") {
			hubs = append(hubs, hub.URL)
		}
	}
	return hubs
}
