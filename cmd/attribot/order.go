package main

import (
	"slices"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/statement"
)

// order sorts articles by publication. A date without a year gets the year of
// the articles around it; an article without any date comes last.
func order(articles []article.Article) {
	dated := fullDates(articles)
	last := time.Time{}
	for i := range articles {
		a := &articles[i]
		if a.Published.Year == 0 && !a.Published.IsZero() {
			a.Published = nearestYear(a.Published, dated)
		}
		if t := moment(*a); t.After(last) {
			last = t
		}
	}
	for i := range articles {
		if moment(articles[i]).IsZero() {
			articles[i].At = last.Add(time.Second)
		}
	}
	slices.SortStableFunc(articles, func(a, b article.Article) int { return moment(a).Compare(moment(b)) })
}

// moment is when an article was published: the instant where it is known, else
// the noon of its day in its zone.
func moment(a article.Article) time.Time {
	if !a.At.IsZero() {
		return a.At
	}
	day := a.Published.Time()
	if day.IsZero() {
		return day
	}
	zone, err := time.LoadLocation(a.Zone)
	if err != nil {
		zone = time.UTC
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, zone)
}

func fullDates(articles []article.Article) []time.Time {
	var dated []time.Time
	for _, a := range articles {
		if t := a.Published.Time(); !t.IsZero() {
			dated = append(dated, t)
		}
	}
	return dated
}

// nearestYear gives a day of an unknown year the year that brings it nearest to
// one of the dated articles.
func nearestYear(d statement.Date, dated []time.Time) statement.Date {
	best, least := d, time.Duration(1<<63-1)
	for _, t := range dated {
		for year := t.Year() - 1; year <= t.Year()+1; year++ {
			c := statement.Date{Year: year, Month: d.Month, Day: d.Day}
			if away := c.Time().Sub(t).Abs(); away < least {
				best, least = c, away
			}
		}
	}
	return best
}
