// Package world is the sample world of the demo: thirteen outlets that publish,
// on loopback, what governments, vendors and spokespeople said on six days of
// 2024, with an archive of 2023. The outlets are invented; the speakers, the
// dates and the substance of their words are real, and every sentence is ours.
//
// The articles are plain files with a small header. The feeds (RSS, Atom, JSON
// Feed) and the list page without a feed are rendered from them at each
// request, with the validators that a polite client sends back. The world
// stands still until [World.Advance] publishes the next sitting's articles and
// edits, so that whoever polls decides the pace and no clock is read.
package world

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Sitting is one visit to the world: what is published by then can be polled.
type Sitting struct {
	Title string    // for a heading: "Monday 25 March 2024, morning"
	Now   time.Time // the demo's clock at this sitting
}

// sittings are the visits in order. An article's stage is an index of it.
var sittings = []Sitting{
	{"Monday 25 March 2024, morning", time.Date(2024, 3, 25, 10, 0, 0, 0, time.UTC)},
	{"Monday 25 March 2024, evening", time.Date(2024, 3, 25, 20, 0, 0, 0, time.UTC)},
	{"Tuesday 26 March 2024, evening", time.Date(2024, 3, 26, 18, 0, 0, 0, time.UTC)},
	{"Tuesday 13 August 2024", time.Date(2024, 8, 13, 8, 0, 0, 0, time.UTC)},
	{"Tuesday 20 August 2024", time.Date(2024, 8, 20, 20, 0, 0, 0, time.UTC)},
	{"Tuesday 15 October 2024", time.Date(2024, 10, 15, 8, 0, 0, 0, time.UTC)},
}

// World serves the sample outlets. It is an http.Handler, safe for several
// clients at once.
type World struct {
	articles []Article // every edition, in order of publication
	pages    pages
	mu       sync.Mutex
	stage    int
}

// New reads the embedded articles and opens the world at its first sitting. An
// error names the article whose header is wrong.
func New() (*World, error) {
	articles, err := load(files)
	if err != nil {
		return nil, fmt.Errorf("open sample world: %w", err)
	}
	parsed, err := parsePages()
	if err != nil {
		return nil, fmt.Errorf("open sample world: %w", err)
	}
	return &World{articles: articles, pages: parsed}, nil
}

// Stages is the number of sittings.
func (w *World) Stages() int { return len(sittings) }

// Stage is the present sitting, counted from 0.
func (w *World) Stage() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stage
}

// Sitting is the present sitting's title and time.
func (w *World) Sitting() Sitting { return sittings[w.Stage()] }

// Now is the demo's clock at the present sitting, in UTC.
func (w *World) Now() time.Time { return w.Sitting().Now }

// Advance publishes the next sitting's articles and edits, and reports whether
// there was one: after the last sitting the world stands still.
func (w *World) Advance() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stage+1 >= len(sittings) {
		return false
	}
	w.stage++
	return true
}

// Published lists the articles that can be read at the present sitting, each in
// its latest edition, the newest first.
func (w *World) Published() []Article {
	return published(w.articles, w.Stage())
}

// published picks the latest edition of every article up to a stage.
func published(all []Article, stage int) []Article {
	var out []Article
	at := map[string]int{}
	for _, a := range all {
		if a.Stage > stage {
			continue
		}
		if i, ok := at[a.Path()]; ok {
			if a.Stage > out[i].Stage {
				a.Published = out[i].Published
				out[i] = a
			}
			continue
		}
		at[a.Path()] = len(out)
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b Article) int { return b.Published.Compare(a.Published) })
	return out
}
