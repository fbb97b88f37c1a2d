package statement

import (
	"fmt"
	"time"
)

// Date is a civil date with the precision that its source gives: a zero Day
// means the month, a zero Month the year, a zero Year a day of an unknown year
// ("October 14" without a dateline).
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the civil date of t in t's own location.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether nothing is known of the date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the date's first day; the zero time without a year.
func (d Date) Time() time.Time {
	if d.Year == 0 {
		return time.Time{}
	}
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// String is ISO 8601 as far as known: "2024-10-14", "2024-10", "2024",
// "--10-14" or "--10" without a year, "" when nothing is known.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Year == 0 && d.Day == 0:
		return fmt.Sprintf("--%02d", d.Month)
	case d.Year == 0:
		return fmt.Sprintf("--%02d-%02d", d.Month, d.Day)
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what String writes; a longer RFC 3339 time is cut to its
// civil date.
func (d *Date) UnmarshalText(b []byte) error {
	parsed, err := ParseDate(string(b))
	*d = parsed
	return err
}

// ParseDate reads "2024-10-14", "2024-10", "2024", "--10-14", "--10", an RFC 3339
// time, or "".
func ParseDate(s string) (Date, error) {
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006", "--01-02", "--01"} {
		t, err := time.Parse(layout, s)
		if err != nil || len(layout) != len(s) {
			continue
		}
		d := DateOf(t)
		switch layout {
		case "2006-01":
			d.Day = 0
		case "2006":
			d.Month, d.Day = 0, 0
		case "--01-02":
			d.Year = 0
		case "--01":
			d.Year, d.Day = 0, 0
		}
		return d, nil
	}
	if s == "" {
		return Date{}, nil
	}
	return Date{}, fmt.Errorf("read date %q: want 2024-10-14, 2024-10, 2024 or --10-14", s)
}

// Agrees reports whether two dates can be the same day, give or take slack
// days: what one leaves open agrees with anything.
func (d Date) Agrees(e Date, slack int) bool {
	if d.IsZero() || e.IsZero() {
		return true
	}
	if d.Year == 0 || e.Year == 0 {
		return agreesWithoutYear(d, e, slack)
	}
	dFrom, dTo := d.bounds()
	eFrom, eTo := e.bounds()
	by := time.Duration(slack) * 24 * time.Hour
	return !dFrom.After(eTo.Add(by)) && !eFrom.After(dTo.Add(by))
}

func agreesWithoutYear(d, e Date, slack int) bool {
	year := max(d.Year, e.Year)
	if year == 0 {
		year = 2024 // any leap year: both are days of an unknown year
	}
	for _, y := range []int{year - 1, year, year + 1} {
		f, g := d, e
		if f.Year == 0 {
			f.Year = y
		}
		if g.Year == 0 {
			g.Year = y
		}
		if f.Agrees(g, slack) {
			return true
		}
	}
	return false
}

// bounds are the first and the last day that the date can mean.
func (d Date) bounds() (first, last time.Time) {
	first = d.Time()
	switch {
	case d.Month == 0:
		return first, first.AddDate(1, 0, -1)
	case d.Day == 0:
		return first, first.AddDate(0, 1, -1)
	}
	return first, first
}

// Compare orders dates by their first possible day, unknown ones first.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }
