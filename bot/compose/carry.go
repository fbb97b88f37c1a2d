package compose

import (
	"slices"
	"strings"

	"attribot/bot/message"
	"attribot/store"
)

// carriers are the articles that carry one or more statements.
type carriers struct {
	outlets []string
	origins []string
	links   []carrier
}

type carrier struct{ outlet, url, title string }

// carried collects who carries the statements, without what is gone.
func carried(sts ...store.Statement) carriers {
	var c carriers
	for _, st := range sts {
		for _, a := range st.Appearances {
			if !a.Gone {
				c.add(a)
			}
		}
	}
	return c
}

func (c *carriers) add(a store.Appearance) {
	outlet := first(a.Outlet, hostOf(a.URL), "an unnamed outlet")
	if !slices.Contains(c.outlets, outlet) {
		c.outlets = append(c.outlets, outlet)
	}
	if origin := first(a.Origin, a.Article); !slices.Contains(c.origins, origin) {
		c.origins = append(c.origins, origin)
	}
	k := carrier{outlet, a.URL, a.Title}
	if !slices.ContainsFunc(c.links, func(o carrier) bool { return o.outlet == outlet && o.url == a.URL }) {
		c.links = append(c.links, k)
	}
}

// count is "2 outlets, 1 origin". One outlet needs no origin.
func (c carriers) count() string {
	s := Count(len(c.outlets), "outlet")
	if len(c.outlets) > 1 {
		s += ", " + Count(len(c.origins), "independent origin")
	}
	return s
}

// runs are the count with links to the sources: "2 outlets, 1 independent
// origin: Xinhua, Star Soft". At most limit are named.
func (c carriers) runs(limit int) []message.Inline {
	if len(c.links) == 0 {
		return []message.Inline{message.T("No outlet carries it any more.")}
	}
	out := []message.Inline{message.T(c.count() + ": ")}
	for i, l := range c.links {
		if i == limit {
			out = append(out, message.T(" and "+Count(len(c.links)-limit, "more article")))
			break
		}
		if i > 0 {
			out = append(out, message.T(", "))
		}
		out = append(out, l.inline())
	}
	return out
}

func (l carrier) inline() message.Inline {
	if l.url == "" {
		return message.T(l.outlet)
	}
	return message.L(l.outlet, l.url)
}

// hostOf is the host of an address, for an outlet without a name.
func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}
