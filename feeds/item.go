package feeds

import (
	"context"
	"strings"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

const (
	batch     = 100 // readings recorded at a time
	pageBatch = 10  // of articles whose pages are fetched, which takes a while
	pageTries = 3   // of an item's page that cannot be fetched
)

// fresh is what a body had that was new or changed.
type fresh struct {
	first    bool // the first sight of the source
	new      int
	readings []reading.Reading // not yet recorded
}

// news is the standing of a listed item to what is known. Zero is invalid.
type news uint8

const (
	newItem   news = iota + 1
	sameItem       // nothing has changed
	editedRaw      // the feed's words for it have changed
	retryPage      // its page failed before
)

// diff tells what is new in a listing.
type diff struct {
	old    []knownItem
	byKey  map[uint64]int  // index in old
	words  map[uint64]bool // words of old, made when needed
	listed []knownItem     // as they stand now
	taken  map[uint64]bool // keys that are in listed
}

func newDiff(old []knownItem, listed int) *diff {
	d := &diff{old: old, byKey: make(map[uint64]int, len(old)), taken: make(map[uint64]bool, listed), listed: make([]knownItem, 0, listed)}
	for i, k := range old {
		d.byKey[k.key] = i
	}
	return d
}

// standing finds an item among what is known.
func (d *diff) standing(it *article.Item) (knownItem, news) {
	now := knownItem{key: hash64(0, it.Key), raw: rawHash(it)}
	i, known := d.byKey[now.key]
	if !known {
		return now, newItem
	}
	was := d.old[i]
	now.words, now.tries = was.words, was.tries
	switch {
	case was.tries > 0:
		return now, retryPage
	case was.raw != now.raw:
		return now, editedRaw
	}
	return now, sameItem
}

func rawHash(it *article.Item) uint64 {
	return hash64(hash64(hash64(1, it.Title), it.Summary), it.Content)
}

// hasWords tells words that are known under another key: a site that gives its
// items new names has published nothing.
func (d *diff) hasWords(words uint64) bool {
	if d.words == nil {
		d.words = make(map[uint64]bool, len(d.old))
		for _, k := range d.old {
			d.words[k.words] = true
		}
	}
	return words != 0 && d.words[words]
}

func (d *diff) keep(k knownItem) {
	if d.taken[k.key] {
		return
	}
	d.taken[k.key] = true
	d.listed = append(d.listed, k)
}

// known is what is listed now and, up to a bound, what was listed before: items
// come back.
func (d *diff) known() []knownItem {
	out := append([]knownItem(nil), d.listed...)
	spare := max(knownSpare, 2*len(d.listed))
	for _, k := range d.old {
		if len(out) >= len(d.listed)+spare {
			break
		}
		if !d.taken[k.key] {
			out = append(out, k)
		}
	}
	return out
}

// takeItems reads what is new or changed, the oldest first, and records it in
// batches; the last batch is left to be recorded with the whole cursor.
func (v *visit) takeItems(ctx context.Context, list listing) (fresh, error) {
	f := fresh{first: v.cursor.lastBody == 0}
	d := newDiff(v.tail.known, len(list.items))
	most := batch
	if list.pages || v.w.source.Full {
		most = pageBatch
	}
	for i := len(list.items) - 1; i >= 0; i-- {
		if ctx.Err() != nil {
			return f, nil
		}
		it := &list.items[i]
		k, standing := d.standing(it)
		if standing != sameItem && !d.taken[k.key] {
			v.takeItem(ctx, list, it, &k, standing, d, &f)
		}
		d.keep(k)
		if len(f.readings) >= most {
			if err := v.recordPart(ctx, d, &f); err != nil {
				return f, err
			}
		}
	}
	v.tail.known = d.known()
	v.cursor.pending = false
	for _, k := range d.listed {
		v.cursor.pending = v.cursor.pending || k.tries > 0
	}
	return f, nil
}

// recordPart records a batch with a cursor that knows its items and asks for
// the whole body again: a process that dies after it goes on from there.
func (v *visit) recordPart(ctx context.Context, d *diff, f *fresh) error {
	whole, health := v.cursor, v.health
	v.tail.known, v.health = d.known(), nil
	v.cursor.etag, v.cursor.modified, v.cursor.body = "", "", 0
	err := v.record(ctx, f.readings)
	v.cursor, v.health, f.readings = whole, health, nil
	return err
}

// taking is one item on its way to a reading.
type taking struct {
	list     listing
	item     *article.Item
	known    *knownItem
	standing news
	article  article.Article
	baseline bool
}

// takeItem reads one item that is new, changed, or whose page failed before.
func (v *visit) takeItem(ctx context.Context, list listing, it *article.Item, k *knownItem, standing news, d *diff, f *fresh) {
	t := &taking{list: list, item: it, known: k, standing: standing, article: article.ReadItem(list.feed, it, v.w.source.Origin())}
	v.dropFuture(&t.article)
	isNew := standing == newItem
	t.baseline = isNew && f.first && !v.reaches(t.article)
	if !v.completeText(ctx, t) {
		if isNew {
			f.new, v.out.newItems = f.new+1, v.out.newItems+1
		}
		return
	}
	v.completeDate(&t.article)
	words := hashWords(t.article.Title + "\n" + t.article.Text)
	if isNew && d.hasWords(words) {
		k.words = words
		return
	}
	if isNew {
		f.new, v.out.newItems = f.new+1, v.out.newItems+1
	}
	edited := !isNew && k.words != 0
	same := edited && words == k.words
	k.words = words
	if same {
		return
	}
	t.baseline = isNew && f.first && !v.reaches(t.article) // the page may have told the date
	f.readings = append(f.readings, v.reading(t.article, t.baseline, edited))
	v.noteRevisit(t)
}

// completeText fetches the item's page where that is wanted. It is false when
// there is nothing to read yet, or nothing better than what was read.
func (v *visit) completeText(ctx context.Context, t *taking) bool {
	if !v.wantsPage(t) {
		t.known.tries = 0
		return true
	}
	if v.readPage(ctx, t) {
		return true
	}
	if t.list.pages && t.baseline && orDuration(v.w.source.Since, v.p.o.Since) == 0 {
		t.known.tries = 0 // later it would not be told from something new
	}
	return !t.list.pages && t.standing == newItem
}

// noteRevisit has the page of a new article read again later.
func (v *visit) noteRevisit(t *taking) {
	if !t.article.Full || !v.w.source.Full && !t.list.pages || t.baseline {
		return
	}
	v.tail.revisits = addRevisit(v.tail.revisits, revisit{key: t.known.key, name: t.item.Key, link: t.article.URL, title: t.article.Title,
		next: v.now.Add(revisitAfter[0]).Unix()})
}

// wantsPage tells whether the item's page is to be fetched: always where there
// is nothing but a link, and where the source asks for full texts and the feed
// has none. The first sight of a feed does without.
func (v *visit) wantsPage(t *taking) bool {
	if t.item.Link == "" {
		return false
	}
	return t.list.pages || v.w.source.Full && !t.article.Full && !t.baseline
}

// reaches tells whether since reaches back to an article.
func (v *visit) reaches(a article.Article) bool {
	since := orDuration(v.w.source.Since, v.p.o.Since)
	if since <= 0 || a.DateFrom == article.FromSight || a.Published.Year == 0 {
		return false
	}
	if !a.At.IsZero() {
		return !a.At.Before(v.now.Add(-since))
	}
	return a.Published.Time().Add(24 * time.Hour).After(v.now.Add(-since))
}

// reading extracts an article's statements.
func (v *visit) reading(a article.Article, baseline, edited bool) reading.Reading {
	r := reading.Reading{Article: a, Baseline: baseline, Edited: edited, FirstSeen: v.now}
	if v.p.o.Extract != nil {
		r.Statements = v.p.o.Extract(a)
	}
	return r
}

// readPage fetches an item's page and puts its text into the article. It is
// false when there is no page to be had: for now, or for good.
func (v *visit) readPage(ctx context.Context, t *taking) bool {
	page, err := v.fetchPage(ctx, t.item.Link)
	if err != nil {
		t.known.tries = nextTry(t.known.tries, err)
		v.p.o.Log.Info("page not read", "source", v.w.source.ID, "page", t.item.Link, "tries", t.known.tries, "error", err)
		return false
	}
	t.known.tries = 0
	mergePage(&t.article, page, t.list.pages)
	return true
}

// nextTry counts the tries at a page; 0 gives up.
func nextTry(tries uint8, err error) uint8 {
	reason := fetch.ReasonOf(err)
	if tries+1 >= pageTries || reason == 0 || !reason.Passing() || reason == fetch.Disallowed || reason == fetch.NotFound || reason == fetch.Denied || reason == fetch.Forbidden {
		return 0
	}
	return tries + 1
}

func (v *visit) fetchPage(ctx context.Context, link string) (article.Article, error) {
	s := v.w.source
	request := fetch.Request{URL: link, Kind: fetch.Page, UserAgent: s.UserAgent}
	if sameOrigin(link, s.URL) {
		request.Headers = s.Headers
	}
	answer, err := v.p.o.Fetch.Get(ctx, request)
	v.out.requests += answer.Requests
	if err != nil {
		v.out.requests += requestsOf(err)
		return article.Article{}, err
	}
	return article.ReadPage(article.Page{Body: answer.Body, URL: answer.URL, ContentType: answer.ContentType, Origin: s.Origin(), Text: s.List.Body, Date: s.List.Date})
}

// mergePage puts a page's text into the article of its item. What the feed
// gives - title, date, outlet - stands; a page that is only a stub gives way to
// a longer summary.
func mergePage(a *article.Article, page article.Article, whole bool) {
	a.URL = article.CleanLink(page.URL)
	if page.Full || len(page.Text) > len(a.Text) {
		a.Text, a.Full = page.Text, page.Full
	}
	if whole || a.Title == "" {
		a.Title = longerTitle(a.Title, page.Title)
	}
	if a.Published.Year == 0 {
		a.Published, a.At, a.DateFrom = page.Published, page.At, page.DateFrom
	}
	if page.Credit != "" {
		a.Credit = page.Credit
	}
	if a.Outlet == "" || whole {
		a.Outlet, a.Country, a.State, a.Family, a.Zone = page.Outlet, page.Country, page.State, page.Family, page.Zone
	}
	if whole || a.Lang == "" {
		a.Lang = page.Lang
	}
}

// longerTitle takes the page's headline, unless the link's words hold it and
// more, or there is none.
func longerTitle(link, page string) string {
	if page == "" || strings.Contains(link, page) {
		return link
	}
	return page
}

// completeDate completes a date without a year and falls back to the day of
// first sight.
func (v *visit) completeDate(a *article.Article) {
	v.dropFuture(a)
	today := v.today(a)
	if a.Published.Year == 0 && a.Published.Month != 0 {
		a.Published.Year = today.Year()
		if a.Published.Time().After(today.Add(24 * time.Hour)) {
			a.Published.Year--
		}
	}
	if a.Published.IsZero() {
		a.Published, a.At, a.DateFrom = statement.DateOf(today), time.Time{}, article.FromSight
	}
}

// today is now in the outlet's zone.
func (v *visit) today(a *article.Article) time.Time {
	if zone := article.Location(a.Zone); zone != nil {
		return v.now.In(zone)
	}
	return v.now.UTC()
}

// futureSlack is how far in the future a date may lie: zones and clocks differ.
const futureSlack = 36 * time.Hour

// dropFuture gives up a date in the future: the page's or the day of first
// sight is better.
func (v *visit) dropFuture(a *article.Article) {
	if a.Published.Time().After(v.today(a).Add(futureSlack)) || a.At.After(v.now.Add(futureSlack)) {
		a.Published, a.At, a.DateFrom = statement.Date{}, time.Time{}, 0
	}
}
