package article

import (
	"strings"
	"time"
	"unicode/utf8"
)

// fullLetters is the length from which a feed's words are an article and no
// summary, when the feed does not say which they are.
const fullLetters = 1200

// ReadItem makes the article of a feed's item. Full tells whether the feed has
// its whole text.
func ReadItem(feed *Feed, item *Item, origin Origin) Article {
	a := Article{ID: ItemID(origin.Source, item.Key), URL: item.Link}
	a.from(origin)
	a.Title = titleText(item.Title)
	a.outletOf(feed, item)
	a.ascribe()
	a.readBody(item)
	a.readDate(item)
	a.readLang(item.Lang, feed.Lang)
	return a
}

// ItemID is the article id of an item of a source.
func ItemID(source, key string) string { return "a-" + digest(source, key) }

func (a *Article) from(o Origin) {
	a.Source, a.Outlet, a.Country, a.State, a.Family, a.Lang, a.Zone = o.Source, o.Outlet, o.Country, o.State, o.Family, o.Lang, o.Zone
}

// outletOf names the outlet: the publisher that the item names in <source>, as
// aggregators do, else the source's, else the feed's title.
func (a *Article) outletOf(feed *Feed, item *Item) {
	name := titleText(item.Outlet)
	if name != "" && !strings.EqualFold(name, a.Outlet) && !strings.EqualFold(name, titleText(feed.Title)) {
		a.Outlet, a.Country, a.State, a.Family, a.Zone = name, "", false, "", ""
		if suffix := " - " + name; strings.HasSuffix(a.Title, suffix) { // as Google News writes titles
			a.Title = strings.TrimSuffix(a.Title, suffix)
		}
		if p := PublisherAt(item.OutletURL); p != nil && PublisherOf(name) == nil {
			a.Outlet = p.Name
		}
		return
	}
	if a.Outlet != "" {
		return
	}
	if p := PublisherAt(or2(item.Link, feed.Link)); p != nil {
		a.Outlet = p.Name
		return
	}
	a.Outlet = titleText(feed.Title)
}

func or2(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

// titleText is a headline in one line. Feeds escape titles once too often.
func titleText(title string) string {
	text := plainText(title)
	if strings.Contains(text, "&") && strings.Contains(text, ";") {
		text = plainText(text)
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// readBody takes the content, or the summary where it has more words.
func (a *Article) readBody(item *Item) {
	a.Text, a.Full = bodyText(item.Content, true)
	if summary, full := bodyText(item.Summary, false); len(summary) > len(a.Text) {
		a.Text, a.Full = summary, full
	}
	if rest, ok := strings.CutPrefix(a.Text, a.Title); a.Text == "" || ok && strings.EqualFold(strings.TrimSpace(rest), a.Outlet) {
		a.Text, a.Full = a.Title, false // aggregators give no more than headline and outlet
	}
	a.Credit = creditOf(strings.Split(a.Text, "\n"))
}

// bodyText cleans a feed's words and tells whether they are the whole text.
func bodyText(fragment string, content bool) (string, bool) {
	if fragment == "" {
		return "", false
	}
	text, cut := cutTail(cleanLines(plainText(fragment)))
	if cut {
		return text, false
	}
	letters := utf8.RuneCountInString(text)
	return text, letters >= fullLetters || content && letters > stubWords*4
}

// readDate reads the item's dates in the outlet's zone. What the feed writes
// without a zone is in it.
func (a *Article) readDate(item *Item) {
	zone := location(a.Zone)
	for _, written := range []string{item.Published, item.Updated} {
		if s, ok := ParseStamp(written, zone, a.Country == "US"); ok && s.Day.Year != 0 {
			a.dated(s.Civil(zone), s.At, FromFeed)
			return
		}
	}
	h := readHead(strings.Split(a.Text, "\n"))
	if h.dateline.dated {
		a.dated(h.dateline.stamp.Day, time.Time{}, FromText)
	}
}

// readLang takes the language that is configured, else what the item or feed
// says when the text does not contradict it, else a guess from the text.
func (a *Article) readLang(said ...string) {
	if a.Lang != "" {
		return
	}
	guess := GuessLang(a.Title + "\n" + a.Text)
	for _, lang := range said {
		lang = canonicalLang(lang)
		if lang != "" && (guess == "" || primary(lang) == guess || len(a.Text) < 200 && scriptLang(a.Text) == "") {
			a.Lang = lang
			return
		}
	}
	a.Lang = guess
}

// canonicalLang writes a tag as BCP 47 does; "" for what is no tag.
func canonicalLang(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	if len(tag) < 2 || len(tag) > 35 || strings.ContainsAny(tag, " \t<>\"'") {
		return ""
	}
	parts := strings.Split(tag, "-")
	parts[0] = strings.ToLower(parts[0])
	for i, part := range parts[1:] {
		if len(part) == 2 {
			parts[i+1] = strings.ToUpper(part)
		}
	}
	if len(parts[0]) > 3 {
		return ""
	}
	return strings.Join(parts, "-")
}

func primary(lang string) string {
	head, _, _ := strings.Cut(lang, "-")
	return head
}
