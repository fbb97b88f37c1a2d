package extract

import (
	"strconv"
	"strings"
	"time"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

var months = map[string]time.Month{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

var weekdays = map[string]time.Weekday{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}

// when is a date that the text tells.
type when struct {
	date statement.Date
	back bool // the words say that it lies back: last year, earlier this month
}

// today is the day from which "on Monday" counts: the dateline's, else the day
// on which the article was published. A dateline without a year takes that of
// the publication.
func (p *page) today() statement.Date {
	pub := p.art.Published
	for n, s := range p.sents {
		if n > 2 {
			break
		}
		first := p.itemAt(int(p.doc.Tokens[p.doc.Sentences[0].Start].Start))
		for i := first; i < s.first+1 && i < len(p.items); i++ {
			if d, _ := p.monthDay(i, len(p.items)); !d.IsZero() && d.Day > 0 {
				if d.Year == 0 {
					d.Year = yearNear(d, pub)
				}
				if pub.IsZero() || d.Agrees(pub, 3) {
					return d
				}
			}
		}
		if s.first > 0 {
			break
		}
	}
	return pub
}

// yearNear is the year that brings a day without one nearest before a known day.
func yearNear(d, known statement.Date) int {
	if known.Year == 0 {
		return 0
	}
	d.Year = known.Year
	if known.Month != 0 && d.Time().After(known.Time().AddDate(0, 0, 40)) {
		return known.Year - 1
	}
	return known.Year
}

// monthDay reads "October 14", "Oct. 14, 2024", "14 October 2024", "October
// 2024" at item i, with the next item.
func (p *page) monthDay(i, end int) (statement.Date, int) {
	if m := months[strings.ToLower(p.word(i))]; m != 0 && p.items[i].Shape&lexicon.Capital != 0 {
		d := statement.Date{Month: m}
		j := i + 1
		if n := p.number(j, end); n > 0 && n < 32 && p.items[j].Gap <= lexicon.Stop {
			d.Day = n
			j++
		}
		if y := p.number(j, end); y > 1980 && y < 2100 && p.items[j].Gap <= lexicon.Comma {
			d.Year = y
			j++
		}
		return d, j
	}
	if n := p.number(i, end); n > 0 && n < 32 && i+1 < end {
		if m := months[strings.ToLower(p.word(i+1))]; m != 0 && p.items[i+1].Gap <= lexicon.Blank && p.items[i+1].Shape&lexicon.Capital != 0 {
			d := statement.Date{Month: m, Day: n}
			j := i + 2
			if y := p.number(j, end); y > 1980 && y < 2100 && p.items[j].Gap <= lexicon.Comma {
				d.Year = y
				j++
			}
			return d, j
		}
	}
	return statement.Date{}, i + 1
}

// number is the number at item i, or 0. "14th" counts.
func (p *page) number(i, end int) int {
	if i >= end || i >= len(p.items) || p.items[i].Shape&lexicon.Digit == 0 {
		return 0
	}
	w := strings.TrimRight(strings.ToLower(p.word(i)), "sthndr")
	n, err := strconv.Atoi(w)
	if err != nil {
		return 0
	}
	return n
}

// whenSaid is the date of a speech: the date nearest to its cue outside of what
// is said, else none.
func (p *page) whenSaid(sc *scene, today statement.Date) (when, bool) {
	best, dist := when{}, 1<<30
	for i := sc.s.first; i < sc.s.end; {
		w, next := p.whenAt(i, sc.s.end, today)
		if !w.date.IsZero() {
			d := distance(i, sc.a.cue)
			if sc.content.has(i) && i > sc.content.first+3 && d > 6 {
				d += 100
			}
			if d < dist && d < 14 {
				best, dist = w, d
			}
		}
		i = max(next, i+1)
	}
	return best, dist < 1<<30
}

func distance(i int, s span) int {
	switch {
	case i < s.first:
		return s.first - i
	case i >= s.end:
		return i - s.end
	}
	return 0
}

// whenAt reads a date or time word at item i: a weekday, yesterday, a month's
// day, last month, in September, in 2021.
func (p *page) whenAt(i, end int, today statement.Date) (when, int) {
	if !p.is(i, lexicon.When) && p.items[i].Shape&lexicon.Digit == 0 {
		return when{}, i + 1
	}
	word := strings.ToLower(p.word(i))
	if d, next := p.monthDay(i, end); !d.IsZero() {
		return p.settle(d, today), next
	}
	if wd, ok := weekdays[word]; ok && p.items[i].Shape&lexicon.Capital != 0 {
		return when{date: lastWeekday(today, wd)}, i + 1
	}
	base := today.Time()
	if base.IsZero() || today.Day == 0 {
		return when{}, i + 1
	}
	switch word {
	case "yesterday", "a day earlier", "the day before":
		return when{date: statement.DateOf(base.AddDate(0, 0, -1))}, i + 1
	case "today", "earlier in the day", "tonight":
		return when{date: today}, i + 1
	case "last week":
		return when{date: statement.Date{}, back: true}, i + 1
	case "last month":
		d := base.AddDate(0, -1, 1-base.Day())
		return when{date: statement.Date{Year: d.Year(), Month: d.Month()}, back: true}, i + 1
	case "earlier this month", "this month":
		return when{date: statement.Date{Year: today.Year, Month: today.Month}, back: word != "this month"}, i + 1
	case "last year":
		return when{date: statement.Date{Year: today.Year - 1}, back: true}, i + 1
	case "earlier this year":
		return when{date: statement.Date{Year: today.Year}, back: true}, i + 1
	}
	if y := p.number(i, end); y > 1990 && y < 2100 && i > 0 && p.word(i-1) == "in" {
		return when{date: statement.Date{Year: y}, back: y < today.Year}, i + 1
	}
	return when{}, i + 1
}

// settle gives a date its year.
func (p *page) settle(d, today statement.Date) when {
	if d.Year == 0 {
		d.Year = yearNear(d, today)
	}
	if d.Year == 0 && d.Day == 0 {
		return when{}
	}
	back := false
	if d.Year != 0 && today.Day != 0 {
		back = d.Time().AddDate(0, 0, 4).Before(today.Time()) && (d.Day != 0 || d.Month != today.Month || d.Year != today.Year)
	}
	return when{date: d, back: back}
}

// lastWeekday is the last day of that name, today included.
func lastWeekday(today statement.Date, wd time.Weekday) statement.Date {
	t := today.Time()
	if t.IsZero() || today.Day == 0 {
		return statement.Date{}
	}
	return statement.DateOf(t.AddDate(0, 0, -(int(t.Weekday()-wd)+7)%7))
}

// earlierWords tell that a speech lies back.
var earlierWords = words("previously earlier long routinely consistently repeatedly always")

// background reports whether the article retells the speech from earlier: its
// date lies back, or the words say so.
func (p *page) background(sc *scene, w when) bool {
	if w.back {
		return true
	}
	if strings.Contains(p.bytes(sc.s).In(p.text), "in the past") {
		return true
	}
	for i := max(sc.s.first, sc.a.cue.first-4); i < min(sc.s.end, sc.a.cue.end+2); i++ {
		if !w.date.IsZero() {
			break
		}
		if i >= sc.a.cue.end && sc.content.has(i) {
			continue // "pointed out that previously, ..." is said now
		}
		if earlierWords[strings.ToLower(p.word(i))] {
			return true
		}
		if p.word(i) == "had" && i < sc.a.cue.first && p.items[sc.a.cue.first].Form&lexicon.Participle != 0 && sc.a.cue.first-i < 4 {
			return true
		}
	}
	return false
}
