package world

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// ServeHTTP serves the outlets' feeds, their pages and robots.txt. Everything
// carries an ETag; feeds carry the time of their newest edition too, so that a
// second poll of an unchanged outlet is answered with 304.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		rw.Header().Set("Allow", "GET, HEAD")
		http.Error(rw, "read only", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/robots.txt" {
		reply(rw, r, "text/plain; charset=utf-8", time.Time{}, []byte("User-agent: *\nAllow: /\n"))
		return
	}
	id, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	o := outletByID(id)
	if o == nil {
		http.NotFound(rw, r)
		return
	}
	base := "http://" + r.Host
	all := o.published(w.Published())
	if r.URL.Path == o.feedPath() {
		w.serveFeed(rw, r, o, base, all)
		return
	}
	for _, a := range all {
		if a.Slug == rest {
			reply(rw, r, "text/html; charset=utf-8", a.Changed(), page(o, a, base))
			return
		}
	}
	http.NotFound(rw, r)
}

// serveFeed serves an outlet's list of articles in its own form.
func (w *World) serveFeed(rw http.ResponseWriter, r *http.Request, o *outlet, base string, all []Article) {
	body, kind, err := o.render(base, all)
	if err != nil {
		http.Error(rw, fmt.Sprintf("render %s: %v", o.id, err), http.StatusInternalServerError)
		return
	}
	var newest time.Time
	for _, a := range all {
		if a.Changed().After(newest) {
			newest = a.Changed()
		}
	}
	reply(rw, r, kind, newest, body)
}

// published keeps the outlet's own articles.
func (o *outlet) published(all []Article) []Article {
	var own []Article
	for _, a := range all {
		if a.Outlet == o.id {
			own = append(own, a)
		}
	}
	return own
}

// render writes an outlet's list of articles and names its media type.
func (o *outlet) render(base string, all []Article) (body []byte, kind string, err error) {
	switch o.form {
	case atom:
		body, err = renderAtom(o, base, all)
		return body, "application/atom+xml; charset=utf-8", err
	case jsonFeed:
		body, err = renderJSON(o, base, all)
		return body, "application/feed+json", err
	case listPage:
		return renderList(o, base, all), "text/html; charset=utf-8", nil
	}
	body, err = renderRSS(o, base, all)
	return body, "application/rss+xml; charset=utf-8", err
}

// reply sends a body with its validators; http.ServeContent answers a
// conditional request with 304.
func reply(rw http.ResponseWriter, r *http.Request, kind string, changed time.Time, body []byte) {
	sum := sha256.Sum256(body)
	rw.Header().Set("Content-Type", kind)
	rw.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(rw, r, "", changed, bytes.NewReader(body))
}
