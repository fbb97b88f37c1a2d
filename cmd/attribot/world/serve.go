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
	answer, ok, err := w.answer(o, rest, "http://"+r.Host)
	switch {
	case err != nil:
		http.Error(rw, fmt.Sprintf("render %s: %v", r.URL.Path, err), http.StatusInternalServerError)
	case !ok:
		http.NotFound(rw, r)
	default:
		reply(rw, r, answer.kind, answer.changed, answer.body)
	}
}

// document is what is sent: a body with its media type and time of change.
type document struct {
	kind    string
	changed time.Time
	body    []byte
}

// answer renders what stands at an outlet's path: its list of articles or one
// of them. It is false where nothing does.
func (w *World) answer(o *outlet, rest, base string) (d document, ok bool, err error) {
	all := o.published(w.Published())
	if "/"+o.id+"/"+rest == o.feedPath() {
		d, err = w.feed(o, base, all)
		return d, true, err
	}
	for _, a := range all {
		if a.Slug == rest {
			body, err := w.pages.article(o, a, base)
			return document{"text/html; charset=utf-8", a.Changed(), body}, true, err
		}
	}
	return document{}, false, nil
}

// feed renders an outlet's list of articles in its own form. It changed when
// the newest edition did.
func (w *World) feed(o *outlet, base string, all []Article) (d document, err error) {
	for _, a := range all {
		if a.Changed().After(d.changed) {
			d.changed = a.Changed()
		}
	}
	switch o.form {
	case atom:
		d.kind = "application/atom+xml; charset=utf-8"
		d.body, err = renderAtom(o, base, d.changed, all)
	case jsonFeed:
		d.kind = "application/feed+json"
		d.body, err = renderJSON(o, base, all)
	case listPage:
		d.kind = "text/html; charset=utf-8"
		d.body, err = w.pages.list(o, base, all)
	default:
		d.kind = "application/rss+xml; charset=utf-8"
		d.body, err = renderRSS(o, base, all)
	}
	return d, err
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

// reply sends a body with its validators; http.ServeContent answers a
// conditional request with 304.
func reply(rw http.ResponseWriter, r *http.Request, kind string, changed time.Time, body []byte) {
	sum := sha256.Sum256(body)
	rw.Header().Set("Content-Type", kind)
	rw.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(rw, r, "", changed, bytes.NewReader(body))
}
