package deliver

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Schedule says when a subscription speaks.
type Schedule struct {
	AtOnce bool
	Weekly bool
	Day    time.Weekday // for Weekly
	Hour   int
	Minute int
	Zone   *time.Location
}

var weekdays = map[string]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

// ParseSchedule reads "at once", "daily 09:00" or "weekly Mon 09:00", and the
// name of an IANA zone, "" for UTC. The words may be in any case; a comma or "at"
// between them does no harm; days may be written out.
func ParseSchedule(when, zone string) (Schedule, error) {
	loc, err := time.LoadLocation(zone)
	if err != nil || strings.EqualFold(zone, "local") {
		return Schedule{}, fmt.Errorf("read time zone %q: want an IANA name such as Europe/Berlin", zone)
	}
	s := Schedule{Zone: loc}
	words := strings.FieldsFunc(strings.ToLower(when), func(r rune) bool { return r == ' ' || r == ',' })
	switch strings.Join(words, " ") {
	case "", "at once", "now":
		s.AtOnce = true
		return s, nil
	}
	words, err = s.readDay(words)
	if err != nil {
		return Schedule{}, fmt.Errorf("read time %q: %w", when, err)
	}
	if len(words) == 2 && words[0] == "at" {
		words = words[1:]
	}
	if len(words) != 1 {
		return Schedule{}, fmt.Errorf("read time %q: %w", when, errSchedule)
	}
	s.Hour, s.Minute, err = ParseClock(words[0])
	return s, err
}

var errSchedule = errors.New(`want "at once", "daily 09:00" or "weekly Mon 09:00"`)

// readDay reads "daily" or "weekly Mon" and gives the words behind it.
func (s *Schedule) readDay(words []string) ([]string, error) {
	switch {
	case words[0] == "daily":
		return words[1:], nil
	case words[0] != "weekly" || len(words) < 2:
		return nil, errSchedule
	}
	day, ok := weekday(strings.TrimSuffix(words[1], "s"))
	if !ok {
		return nil, fmt.Errorf("%q is no day of the week", words[1])
	}
	s.Weekly, s.Day = true, day
	return words[2:], nil
}

func weekday(word string) (time.Weekday, bool) {
	for short, day := range weekdays {
		if word == short || word == strings.ToLower(day.String()) {
			return day, true
		}
	}
	return 0, false
}

// ParseClock reads a time of day: "09:00", "9:00", "9".
func ParseClock(s string) (hour, minute int, err error) {
	h, m, colon := strings.Cut(s, ":")
	if !colon {
		m = "00"
	}
	if hour, ok := digits(h); ok && hour < 24 && len(h) <= 2 {
		if minute, ok := digits(m); ok && minute < 60 && len(m) == 2 {
			return hour, minute, nil
		}
	}
	return 0, 0, fmt.Errorf("read time of day %q: want a time such as 09:00", s)
}

func digits(s string) (int, bool) {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 99 {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, s != ""
}

// String writes the schedule as ParseSchedule reads it.
func (s Schedule) String() string {
	switch {
	case s.AtOnce:
		return "at once"
	case s.Weekly:
		return fmt.Sprintf("weekly %s %02d:%02d", s.Day.String()[:3], s.Hour, s.Minute)
	}
	return fmt.Sprintf("daily %02d:%02d", s.Hour, s.Minute)
}

// Next is the first time after t at which a digest is due; zero at once. On a
// day whose clocks skip the time it is the moment after the gap; where the time
// comes twice it is the first of the two.
func (s Schedule) Next(t time.Time) time.Time {
	if s.AtOnce {
		return time.Time{}
	}
	y, m, d := t.In(s.Zone).Date()
	for i := range 16 { // a week, and days that a zone has skipped
		noon := time.Date(y, m, d+i, 12, 0, 0, 0, time.UTC)
		if s.Weekly && noon.Weekday() != s.Day {
			continue
		}
		if at := Wall(noon.Year(), noon.Month(), noon.Day(), s.Hour, s.Minute, s.Zone); at.After(t) {
			return at
		}
	}
	return t.AddDate(0, 0, 7)
}

// Before is the due time before t: where the window of a digest due at t begins.
func (s Schedule) Before(t time.Time) time.Time {
	if s.AtOnce {
		return time.Time{}
	}
	back := 49 * time.Hour
	if s.Weekly {
		back = 15 * 24 * time.Hour
	}
	last := time.Time{}
	for at := s.Next(t.Add(-back)); at.Before(t); at = s.Next(at) {
		last = at
	}
	return last
}

// Wall is the instant at which clocks in a zone show a time of day: the first of
// two in the fold of an autumn night, the end of the gap of a spring one.
func Wall(year int, month time.Month, day, hour, minute int, zone *time.Location) time.Time {
	want := time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
	guess := time.Date(year, month, day, hour, minute, 0, 0, zone)
	start, end := guess.ZoneBounds()
	if !shows(guess, want) { // in a gap: time.Date lands on either side of it
		if wallOf(guess).After(want) {
			return start
		}
		return end
	}
	if start.IsZero() {
		return guess
	}
	_, before := start.Add(-time.Second).Zone()
	if first := want.Add(-time.Duration(before) * time.Second); first.Before(guess) && shows(first.In(zone), want) {
		return first.In(zone)
	}
	return guess
}

// wallOf is what a clock shows, as if it were UTC.
func wallOf(t time.Time) time.Time {
	y, m, d := t.Date()
	h, min, s := t.Clock()
	return time.Date(y, m, d, h, min, s, 0, time.UTC)
}

func shows(t, want time.Time) bool { return wallOf(t).Equal(want) }

// Hours are a part of the day in a zone, such as 22:00 to 07:00; the end may lie
// on the next day. The zero value is never.
type Hours struct {
	From, To string // "22:00"
	Zone     string // IANA; "" = UTC
}

// span is Hours read once.
type span struct {
	from, to int // minutes of the day
	zone     *time.Location
}

func (h Hours) parse() (*span, error) {
	if h.From == "" && h.To == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		return nil, fmt.Errorf("read time zone %q: want an IANA name such as Europe/Berlin", h.Zone)
	}
	fh, fm, err := ParseClock(h.From)
	if err != nil {
		return nil, fmt.Errorf("read quiet hours: %w", err)
	}
	th, tm, err := ParseClock(h.To)
	if err != nil {
		return nil, fmt.Errorf("read quiet hours: %w", err)
	}
	if fh*60+fm == th*60+tm {
		return nil, fmt.Errorf("read quiet hours: %s to %s is no time at all", h.From, h.To)
	}
	return &span{fh*60 + fm, th*60 + tm, zone}, nil
}

// holds reports whether t lies in the quiet hours.
func (s *span) holds(t time.Time) bool {
	if s == nil {
		return false
	}
	h, m, _ := t.In(s.zone).Clock()
	now := h*60 + m
	if s.from < s.to {
		return now >= s.from && now < s.to
	}
	return now >= s.from || now < s.to
}

// end is when the quiet hours that hold t are over.
func (s *span) end(t time.Time) time.Time {
	return Schedule{Hour: s.to / 60, Minute: s.to % 60, Zone: s.zone}.Next(t)
}
