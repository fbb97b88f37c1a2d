package feeds

import (
	"context"
	"errors"
	"slices"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

func requestsOf(err error) int {
	var fault *fetch.Fault
	if errors.As(err, &fault) {
		return fault.Requests
	}
	return 0
}

// addRevisit notes a page for reading again; the newest are kept.
func addRevisit(list []revisit, r revisit) []revisit {
	list = slices.DeleteFunc(list, func(old revisit) bool { return old.key == r.key })
	list = append(list, r)
	return list[max(0, len(list)-revisitsKept):]
}

// revisit reads the pages again whose time has come: words that have changed
// are a reading, and a page that is gone is one.
func (v *visit) revisit(ctx context.Context) ([]reading.Reading, error) {
	if v.cursor.revisit == 0 || v.cursor.revisit > v.now.Unix() {
		return nil, nil
	}
	if v.tail == nil {
		t, err := v.p.tail(ctx, v.w)
		if err != nil {
			return nil, err
		}
		v.tail = &t
	}
	var (
		readings []reading.Reading
		kept     []revisit
	)
	for _, r := range v.tail.revisits {
		if r.next <= v.now.Unix() && ctx.Err() == nil {
			read, again := v.revisitOne(ctx, &r)
			if read != nil {
				readings = append(readings, *read)
			}
			if !again {
				continue
			}
		}
		kept = append(kept, r)
	}
	v.tail.revisits = kept
	return readings, nil
}

// revisitOne reads one page again and tells whether it is to be read once more.
func (v *visit) revisitOne(ctx context.Context, r *revisit) (*reading.Reading, bool) {
	r.stage++
	again := int(r.stage) < len(revisitAfter)
	if again {
		r.next = v.now.Add(revisitAfter[r.stage] - revisitAfter[r.stage-1]).Unix()
	}
	page, err := v.fetchPage(ctx, r.link)
	if err != nil {
		if reason := fetch.ReasonOf(err); reason == fetch.Gone || reason == fetch.NotFound && !again {
			a := article.Article{ID: article.ItemID(string(v.w.source.ID), r.name), Source: string(v.w.source.ID), URL: r.link, Title: r.title}
			return &reading.Reading{Article: a, Withdrawn: true, FirstSeen: v.now}, false
		}
		return nil, again
	}
	page.ID, page.Title, page.URL = article.ItemID(string(v.w.source.ID), r.name), r.title, article.CleanLink(page.URL)
	v.completeDate(&page)
	words := hashWords(page.Title + "\n" + page.Text)
	for i := range v.tail.known {
		k := &v.tail.known[i]
		if k.key != r.key || k.words == words || !page.Full {
			continue
		}
		k.words = words
		read := v.reading(page, false, true)
		return &read, again
	}
	return nil, again
}
