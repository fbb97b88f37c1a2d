package deliver

import (
	"strings"
	"testing"
	"time"
)

func schedule(t *testing.T, when, zone string) Schedule {
	t.Helper()
	s, err := ParseSchedule(when, zone)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestSchedulesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"at once": "at once", "": "at once", "AT ONCE": "at once", "now": "at once",
		"daily 09:00": "daily 09:00", "daily at 9": "daily 09:00", "Daily 9:05": "daily 09:05", "daily, 23:59": "daily 23:59",
		"weekly Mon 09:00": "weekly Mon 09:00", "weekly monday at 8:30": "weekly Mon 08:30", "weekly Sundays 00:00": "weekly Sun 00:00",
	} {
		if got := schedule(t, in, "").String(); got != want {
			t.Errorf("ParseSchedule(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSchedulesThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"hourly", "daily", "daily 24:00", "daily 9:5", "daily 09:60", "weekly 09:00", "weekly Mox 09:00", "weekly Mon", "daily 09:00 sharp", "once"} {
		if s, err := ParseSchedule(in, ""); err == nil {
			t.Errorf("ParseSchedule(%q) = %v, want a fault", in, s)
		}
	}
	for _, zone := range []string{"Mars/Base", "local", "Local"} {
		if _, err := ParseSchedule("daily 09:00", zone); err == nil || !strings.Contains(err.Error(), zone) {
			t.Errorf("zone %s: %v, want a fault that names it", zone, err)
		}
	}
}

// TestDaylightSavingTime holds the hour that does not exist and the one that
// comes twice. Europe/Berlin went from 02:00 to 03:00 on 31 March 2024 and from
// 03:00 to 02:00 on 27 October 2024; Lord Howe Island moves by half an hour; Samoa
// had no 30 December 2011; Havana's clocks skip midnight.
func TestDaylightSavingTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ when, zone, from, want string }{
		"an ordinary day":              {"daily 09:00", "Europe/Berlin", "2024-10-15T06:00:00Z", "2024-10-15T09:00:00+02:00"},
		"due now is due next time":     {"daily 09:00", "Europe/Berlin", "2024-10-15T07:00:00Z", "2024-10-16T09:00:00+02:00"},
		"before the gap":               {"daily 01:59", "Europe/Berlin", "2024-03-30T12:00:00Z", "2024-03-31T01:59:00+01:00"},
		"in the gap":                   {"daily 02:30", "Europe/Berlin", "2024-03-30T12:00:00Z", "2024-03-31T03:00:00+02:00"},
		"the day after the gap":        {"daily 02:30", "Europe/Berlin", "2024-03-31T01:00:00Z", "2024-04-01T02:30:00+02:00"},
		"in the fold, the first":       {"daily 02:30", "Europe/Berlin", "2024-10-26T12:00:00Z", "2024-10-27T02:30:00+02:00"},
		"in the fold, not the second":  {"daily 02:30", "Europe/Berlin", "2024-10-27T00:30:00Z", "2024-10-28T02:30:00+01:00"},
		"an instant inside the fold":   {"daily 02:30", "Europe/Berlin", "2024-10-27T01:10:00Z", "2024-10-28T02:30:00+01:00"},
		"half an hour's gap":           {"daily 02:15", "Australia/Lord_Howe", "2024-10-05T12:00:00Z", "2024-10-06T02:30:00+11:00"},
		"half an hour's fold":          {"daily 01:45", "Australia/Lord_Howe", "2024-04-06T12:00:00Z", "2024-04-07T01:45:00+11:00"},
		"midnight that does not exist": {"daily 00:00", "America/Havana", "2024-03-09T12:00:00Z", "2024-03-10T01:00:00-04:00"},
		"west of the date line":        {"daily 09:00", "Pacific/Kiritimati", "2024-01-01T00:00:00Z", "2024-01-02T09:00:00+14:00"},
		"weekly":                       {"weekly Mon 09:00", "America/New_York", "2024-10-15T12:00:00Z", "2024-10-21T09:00:00-04:00"},
		"weekly over the fold":         {"weekly Sun 01:30", "America/New_York", "2024-10-28T12:00:00Z", "2024-11-03T01:30:00-04:00"},
		"weekly on its own day, later": {"weekly Tue 09:00", "", "2024-10-15T12:00:00Z", "2024-10-22T09:00:00Z"},
		"a leap day":                   {"daily 09:00", "", "2024-02-28T10:00:00Z", "2024-02-29T09:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			got := schedule(t, c.when, c.zone).Next(moment(t, c.from))
			if want := moment(t, c.want); !got.Equal(want) {
				t.Errorf("next %s in %s after %s is %s, want %s", c.when, c.zone, c.from, got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestEveryDayHasOneDigest(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tehran"} {
		for _, clock := range []string{"00:00", "00:30", "01:30", "02:00", "02:30", "23:59"} {
			s := schedule(t, "daily "+clock, zone)
			at := moment(t, "2015-01-01T00:00:00Z")
			last := ""
			for range 3700 {
				next := s.Next(at)
				day := next.In(s.Zone).Format(time.DateOnly)
				if day == last || !next.After(at) || next.Sub(at) > 25*time.Hour {
					t.Fatalf("%s %s: %s follows %s", zone, clock, next.In(s.Zone), at.In(s.Zone))
				}
				if back := s.Before(next); last != "" && !back.Equal(at) {
					t.Fatalf("%s %s: before %s comes %s, want %s", zone, clock, next, back, at)
				}
				at, last = next, day
			}
		}
	}
}

func TestQuietHoursOverMidnight(t *testing.T) {
	t.Parallel()
	night, err := Hours{From: "22:00", To: "07:00", Zone: "Europe/Berlin"}.parse()
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{
		"2024-10-15T19:59:00Z": false, "2024-10-15T20:00:00Z": true, "2024-10-16T04:59:59Z": true, "2024-10-16T05:00:00Z": false,
	} {
		if got := night.holds(moment(t, at)); got != want {
			t.Errorf("quiet at %s: %v", at, got)
		}
	}
	if got := night.end(moment(t, "2024-10-26T22:00:00Z")); !got.Equal(moment(t, "2024-10-27T07:00:00+01:00")) {
		t.Errorf("the night of the fold ends at %s", got)
	}
	for _, h := range []Hours{{From: "22:00", To: "22:00"}, {From: "late", To: "07:00"}, {From: "22:00", To: ""}, {From: "1:00", To: "2:00", Zone: "Mars/Base"}} {
		if s, err := h.parse(); err == nil {
			t.Errorf("quiet hours %+v are read as %+v", h, s)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	f.Add("weekly Mon 09:00", "Europe/Berlin")
	f.Add("daily at 9", "")
	f.Fuzz(func(t *testing.T, when, zone string) {
		s, err := ParseSchedule(when, zone)
		if err != nil {
			return
		}
		again, err := ParseSchedule(s.String(), zone)
		if err != nil || again.String() != s.String() {
			t.Errorf("%q is read as %q, and that as %q, %v", when, s, again, err)
		}
		at := time.Date(2024, 3, 30, 23, 0, 0, 0, time.UTC)
		if next := s.Next(at); !s.AtOnce && !next.After(at) {
			t.Errorf("%q: %s does not follow %s", when, next, at)
		}
	})
}
