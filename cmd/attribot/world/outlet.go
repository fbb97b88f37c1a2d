package world

import (
	"strings"

	"attribot/feeds"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// form is how an outlet publishes its list of articles. Zero is invalid.
type form uint8

const (
	rss form = iota + 1
	atom
	jsonFeed
	listPage // a web page with links, no feed at all
)

// outlet is one publisher of the world.
type outlet struct {
	id      string
	name    string
	about   string // the feed's own description
	form    form
	country statement.Country
	zone    string // IANA
	state   bool   // state-affiliated
	full    bool   // the feed carries the whole text; else a summary that links to the page
	layout  layout
}

// layout is the furniture that an outlet's pages put around a text.
type layout uint8

const (
	newspaper layout = iota + 1
	ministry
	notebook
	linkList // a page of links
)

// outlets are the publishers. Their names are invented, and so is their habit
// of publishing; each stands for a manner that real sources have.
var outlets = []outlet{
	{"harbour-wire", "Harbour Wire", "News agency copy for editors", rss, "GB", "Europe/London", false, true, newspaper},
	{"meridian-post", "Meridian Post", "The Pacific's morning paper", rss, "NZ", "Pacific/Auckland", false, false, newspaper},
	{"lakeside-herald", "Lakeside Herald", "News from the capital and the lakes", atom, "US", "America/New_York", false, false, newspaper},
	{"northern-courier", "Northern Courier", "The Nordic week in English", jsonFeed, "FI", "Europe/Helsinki", false, true, newspaper},
	{"london-record", "London Record", "Westminster without the waffle", rss, "GB", "Europe/London", false, false, newspaper},
	{"eastern-dispatch", "Eastern Dispatch", "State agency, English service", rss, "CN", "Asia/Shanghai", true, true, newspaper},
	{"beijing-briefings", "Foreign Ministry Briefings", "Transcripts of the regular press conference", listPage, "CN", "Asia/Shanghai", true, false, ministry},
	{"advisory-board", "Advisory Board", "Cybersecurity advisories of governments", atom, "US", "America/New_York", true, true, ministry},
	{"potomac-releases", "Potomac Releases", "Press releases of the federal departments", rss, "US", "America/New_York", true, false, ministry},
	{"threat-notebook", "Threat Notebook", "What the vendors' research teams publish", jsonFeed, "US", "America/Los_Angeles", false, true, notebook},
	{"tehran-observer", "Tehran Observer", "Translated from the Persian service", rss, "IR", "Asia/Tehran", true, true, newspaper},
	{"gadget-lane", "Gadget Lane", "Products, prices, first looks", atom, "US", "America/Los_Angeles", false, true, notebook},
	{"quickcopy", "QuickCopy Daily", "All the news, faster", rss, "", "", false, true, notebook},
}

// outletByID finds an outlet; nil when there is none.
func outletByID(id string) *outlet {
	for i := range outlets {
		if outlets[i].id == id {
			return &outlets[i]
		}
	}
	return nil
}

// feedPath is the path at which the outlet's list of articles is served.
func (o *outlet) feedPath() string {
	switch o.form {
	case atom:
		return "/" + o.id + "/feed.atom"
	case jsonFeed:
		return "/" + o.id + "/feed.json"
	case listPage:
		return "/" + o.id + "/"
	}
	return "/" + o.id + "/feed.xml"
}

// Sources are the world's outlets as the Poller watches them, for a server
// whose address is base, such as "http://127.0.0.1:4711".
func Sources(base string) []feeds.Source {
	base = strings.TrimSuffix(base, "/")
	all := make([]feeds.Source, 0, len(outlets))
	for i := range outlets {
		o := &outlets[i]
		s := feeds.Source{ID: reading.SourceID(o.id), Kind: feeds.FeedKind, URL: base + o.feedPath(), Name: o.name,
			Country: o.country, State: o.state, Zone: o.zone, Lang: "en", Full: !o.full}
		if o.form == listPage {
			s.Kind, s.Full = feeds.PageKind, false
			s.List = feeds.List{Links: "ul.transcripts a"}
		}
		all = append(all, s)
	}
	return all
}
