package main

import (
	"strings"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/statement"
)

func TestArticlesAreReplayedInTheOrderOfPublication(t *testing.T) {
	articles := []article.Article{
		{ID: "undated"},
		{ID: "next-day", Published: statement.Date{Year: 2024, Month: 10, Day: 15}},
		{ID: "no-year", Published: statement.Date{Month: 10, Day: 14}},
		{ID: "new-year", Published: statement.Date{Year: 2023, Month: 12, Day: 31}},
		{ID: "no-year-january", Published: statement.Date{Month: 1, Day: 2}},
	}
	order(articles)
	var ids []string
	for _, a := range articles {
		ids = append(ids, a.ID)
	}
	if got, want := strings.Join(ids, " "), "new-year no-year-january no-year next-day undated"; got != want {
		t.Errorf("order is %s, want %s", got, want)
	}
	if got := articles[2].Published.String(); got != "2024-10-14" {
		t.Errorf("a day without a year became %s, want 2024-10-14", got)
	}
	if got := articles[1].Published.String(); got != "2024-01-02" {
		t.Errorf("a day in January became %s, want that of the year after December", got)
	}
}
