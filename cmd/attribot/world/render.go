package world

import (
	"encoding/json"
	"encoding/xml"
	"time"
)

type rssDoc struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	GUID        rssGUID `xml:"guid"`
	PubDate     string  `xml:"pubDate"`
	Creator     string  `xml:"dc:creator,omitempty"`
	Description string  `xml:"description"`
	Full        string  `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// renderRSS writes RSS 2.0 with content:encoded where the outlet gives the full
// text. The guid is no address, as many publishers have it.
func renderRSS(o *outlet, base string, all []Article) ([]byte, error) {
	doc := rssDoc{Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{Title: o.name, Link: base + "/" + o.id + "/", Description: o.about, Language: "en"}}
	for _, a := range all {
		item := rssItem{Title: a.Title, Link: base + a.Path(), GUID: rssGUID{Value: o.id + "-" + a.Slug},
			PubDate: a.Published.Format(time.RFC1123Z), Creator: a.Author, Description: a.Summary}
		if o.full {
			item.Full = a.HTML
		}
		doc.Channel.Items = append(doc.Channel.Items, item)
	}
	return marshalXML(doc)
}

type atomDoc struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Link     atomLink    `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Link      atomLink  `xml:"link"`
	Published string    `xml:"published"`
	Updated   string    `xml:"updated"`
	Author    *atomName `xml:"author"`
	Summary   *atomText `xml:"summary"`
	Content   *atomText `xml:"content"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

// renderAtom writes Atom (RFC 4287) with a tag URI as each entry's id.
func renderAtom(o *outlet, base string, updated time.Time, all []Article) ([]byte, error) {
	doc := atomDoc{Lang: "en", ID: "tag:" + o.id + ".example,2023:feed", Title: o.name, Subtitle: o.about,
		Updated: updated.UTC().Format(time.RFC3339), Link: atomLink{"alternate", base + "/" + o.id + "/"}}
	for _, a := range all {
		entry := atomEntry{ID: "tag:" + o.id + ".example,2023:" + a.Slug, Title: a.Title,
			Link: atomLink{"alternate", base + a.Path()}, Published: a.Published.Format(time.RFC3339),
			Updated: a.Changed().Format(time.RFC3339)}
		if a.Author != "" {
			entry.Author = &atomName{a.Author}
		}
		if o.full {
			entry.Content = &atomText{"html", a.HTML}
		} else {
			entry.Summary = &atomText{"text", a.Summary}
		}
		doc.Entries = append(doc.Entries, entry)
	}
	return marshalXML(doc)
}

type jsonDoc struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePage    string     `json:"home_page_url"`
	Feed        string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string     `json:"id"`
	URL       string     `json:"url"`
	Title     string     `json:"title"`
	HTML      string     `json:"content_html,omitempty"`
	Text      string     `json:"content_text,omitempty"`
	Published string     `json:"date_published"`
	Modified  string     `json:"date_modified,omitempty"`
	Authors   []jsonName `json:"authors,omitempty"`
}

type jsonName struct {
	Name string `json:"name"`
}

// renderJSON writes JSON Feed 1.1.
func renderJSON(o *outlet, base string, all []Article) ([]byte, error) {
	doc := jsonDoc{Version: "https://jsonfeed.org/version/1.1", Title: o.name, HomePage: base + "/" + o.id + "/",
		Feed: base + o.feedPath(), Description: o.about, Language: "en", Items: []jsonItem{}}
	for _, a := range all {
		item := jsonItem{ID: o.id + ":" + a.Slug, URL: base + a.Path(), Title: a.Title, HTML: a.HTML,
			Published: a.Published.Format(time.RFC3339)}
		if !a.Edited.IsZero() {
			item.Modified = a.Edited.Format(time.RFC3339)
		}
		if a.Author != "" {
			item.Authors = []jsonName{{a.Author}}
		}
		doc.Items = append(doc.Items, item)
	}
	return json.MarshalIndent(doc, "", "  ")
}

func marshalXML(doc any) ([]byte, error) {
	body, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), body...), nil
}
