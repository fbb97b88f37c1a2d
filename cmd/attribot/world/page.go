package world

import (
	"bytes"
	"fmt"
	"html/template"
	"time"
)

// pageData is what the templates show. Body is markup of the world's own files:
// some of it is hostile on purpose, as on the real web.
type pageData struct {
	Outlet    string
	About     string
	Home      string
	Title     string
	Author    string
	Day       string // as people write it, in the outlet's zone
	Published string // RFC 3339
	Modified  string
	Body      template.HTML
	Links     []pageLink
}

type pageLink struct {
	Title, Address, Day string
}

// newspaperPage has the furniture of a news site: navigation, a cookie notice,
// a newsletter box and a footer that are none of the article.
const newspaperPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}} | {{.Outlet}}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{{.Title}}">
<meta property="og:site_name" content="{{.Outlet}}">
<meta property="article:published_time" content="{{.Published}}">{{with .Modified}}
<meta property="article:modified_time" content="{{.}}">{{end}}
<script>window.dataLayer = window.dataLayer || [];</script></head>
<body><header><nav><a href="{{.Home}}">Home</a> <a href="{{.Home}}">World</a> <a href="{{.Home}}">Sport</a></nav></header>
<div class="cookie-notice">We value your privacy. <button>Accept all</button></div>
<main><article><h1>{{.Title}}</h1>
<p class="byline">{{with .Author}}By {{.}} · {{end}}<time datetime="{{.Published}}">{{.Day}}</time></p>
<div class="article-body">
{{.Body}}
</div></article>
<aside class="newsletter"><h2>Sign up</h2><p>Get our morning letter.</p></aside></main>
<footer><p>© {{.Outlet}}. {{.About}}.</p></footer></body></html>
`

// ministryPage is a government's page: a crumb trail, a title, the date beneath.
const ministryPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title>
<meta name="date" content="{{.Published}}"></head>
<body><div class="crumbs"><a href="{{.Home}}">Home</a> &gt; <a href="{{.Home}}">{{.Outlet}}</a></div>
<div class="content"><h1 class="title">{{.Title}}</h1><p class="time">{{.Day}}</p>
<div class="text">
{{.Body}}
</div></div>
<div class="footer">Suggest to a friend · Print</div></body></html>
`

// notebookPage is a plain blog.
const notebookPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}} – {{.Outlet}}</title>
<meta property="article:published_time" content="{{.Published}}"></head>
<body><article class="post"><h1>{{.Title}}</h1><time datetime="{{.Published}}">{{.Day}}</time>
{{.Body}}
</article><p><a href="{{.Home}}">All posts</a></p></body></html>
`

// listing is the page of the outlet that has no feed.
const listing = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Outlet}}</title></head>
<body><div class="crumbs"><a href="{{.Home}}">Home</a></div><h1>{{.About}}</h1>
<ul class="transcripts">{{range .Links}}
<li><a href="{{.Address}}">{{.Title}}</a> <span>({{.Day}})</span></li>{{end}}
</ul>
<div class="footer"><a href="{{.Home}}">Contact us</a></div></body></html>
`

// pages are the parsed templates of the world's pages.
type pages map[layout]*template.Template

func parsePages() (pages, error) {
	parsed := pages{}
	for l, text := range map[layout]string{newspaper: newspaperPage, ministry: ministryPage, notebook: notebookPage, linkList: listing} {
		t, err := template.New("page").Parse(text)
		if err != nil {
			return nil, fmt.Errorf("parse page: %w", err)
		}
		parsed[l] = t
	}
	return parsed, nil
}

// article renders an article's own page.
func (p pages) article(o *outlet, a Article, base string) ([]byte, error) {
	data := pageData{Outlet: o.name, About: o.about, Home: base + "/" + o.id + "/", Title: a.Title, Author: a.Author,
		Day: a.Published.Format("2 January 2006 15:04"), Published: a.Published.Format(time.RFC3339),
		Body: template.HTML(a.HTML)}
	if !a.Edited.IsZero() {
		data.Modified = a.Edited.Format(time.RFC3339)
	}
	if o.layout == ministry {
		data.Day = a.Published.Format("January 2, 2006 15:04")
	}
	return p.execute(o.layout, data)
}

// list renders the page that lists an outlet's articles. The links are relative,
// as ministries write them.
func (p pages) list(o *outlet, base string, all []Article) ([]byte, error) {
	data := pageData{Outlet: o.name, About: o.about, Home: base + "/" + o.id + "/"}
	for _, a := range all {
		data.Links = append(data.Links, pageLink{a.Title, a.Slug, a.Published.Format(time.DateOnly)})
	}
	return p.execute(linkList, data)
}

func (p pages) execute(l layout, data pageData) ([]byte, error) {
	var b bytes.Buffer
	err := p[l].Execute(&b, data)
	return b.Bytes(), err
}
