package article

import (
	"html"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
)

func ofAtom(a *atom.Feed) Feed {
	f := Feed{Title: unbase64(a.Title), Lang: a.Language}
	for _, link := range a.Links {
		switch link.Rel {
		case "self":
			f.Self = link.Href
		case "hub":
			f.Hubs = append(f.Hubs, link.Href)
		case "", "alternate":
			first(&f.Link, link.Href)
		}
	}
	f.Items = make([]Item, 0, len(a.Entries))
	for _, entry := range a.Entries {
		f.Items = append(f.Items, ofEntry(entry))
	}
	return f
}

func ofEntry(e *atom.Entry) Item {
	it := Item{Key: e.ID, Title: unbase64(e.Title), Summary: unbase64(e.Summary), Published: e.Published, Updated: e.Updated, Link: entryLink(e)}
	if c := e.Content; c != nil {
		it.Content = unbase64(c.Value)
		if c.Type == "text" || c.Type == "text/plain" {
			it.Content = html.EscapeString(c.Value)
		}
		first(&it.Link, c.Src)
	}
	if s := e.Source; s != nil {
		it.Outlet = s.Title
		for _, link := range s.Links {
			first(&it.OutletURL, link.Href)
		}
	}
	if x := e.Extensions; len(x) > 0 {
		first(&it.Published, extension(x, "issued", "dcterms", "atom03"), extension(x, "created", "dcterms", "atom03"), extension(x, "date", "dc"))
		if original := extension(x, "origLink", "feedburner"); original != "" {
			it.Link = original
		}
	}
	if looksLikeLink(e.ID) && !strings.HasPrefix(e.ID, "/") {
		first(&it.Link, e.ID)
	}
	return it
}

// entryLink is the entry's page, HTML before other types.
func entryLink(e *atom.Entry) string {
	found := ""
	for _, link := range e.Links {
		if link.Rel != "" && link.Rel != "alternate" {
			continue
		}
		if found == "" || strings.HasPrefix(link.Type, "text/html") {
			found = link.Href
		}
	}
	return found
}

func ofJSON(j *json.Feed) Feed {
	f := Feed{Title: j.Title, Link: j.HomePageURL, Self: j.FeedURL, Lang: j.Language}
	f.Items = make([]Item, 0, len(j.Items))
	for _, item := range j.Items {
		if item == nil {
			continue
		}
		it := Item{Key: item.ID, Link: item.URL, Title: html.EscapeString(item.Title), Summary: html.EscapeString(item.Summary), Content: item.ContentHTML,
			Lang: item.Language, Published: item.DatePublished, Updated: item.DateModified}
		if it.Content == "" {
			it.Content = paragraphsToHTML(item.ContentText)
		}
		first(&it.Link, item.ExternalURL)
		f.Items = append(f.Items, it)
	}
	return f
}

func paragraphsToHTML(text string) string {
	if text == "" {
		return ""
	}
	return "<p>" + strings.ReplaceAll(html.EscapeString(text), "\n", "</p><p>") + "</p>"
}
