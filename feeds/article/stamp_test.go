package article

import (
	"testing"
	"time"
)

func TestParseStamp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, zone, day, at string }{
		{"rfc 822", "Mon, 14 Oct 2024 15:30:00 GMT", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"rfc 822 two digits", "14 Oct 24 15:30 +0200", "", "2024-10-14", "2024-10-14T13:30:00Z"},
		{"rfc 822 numeric zone", "Mon, 14 Oct 2024 08:30:00 -0500", "", "2024-10-14", "2024-10-14T13:30:00Z"},
		{"rfc 3339", "2024-10-14T23:30:00+08:00", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"rfc 3339 fraction", "2024-10-14T15:30:00.123Z", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"iso with space", "2024-10-14 15:30:00", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"iso with space in a zone", "2024-10-14 15:30:00", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"slashes", "2024/10/14 15:30:00", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"cst of china", "Mon, 14 Oct 2024 15:30:00 CST", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"cst of chicago", "Mon, 14 Oct 2024 15:30:00 CST", "America/Chicago", "2024-10-14", "2024-10-14T21:30:00Z"},
		{"cst of nobody", "Mon, 14 Oct 2024 15:30:00 CST", "", "2024-10-14", "2024-10-14T21:30:00Z"},
		{"msk", "Mon, 14 Oct 2024 15:30:00 MSK", "", "2024-10-14", "2024-10-14T12:30:00Z"},
		{"ist of israel", "Mon, 14 Jan 2024 15:30:00 IST", "Asia/Jerusalem", "2024-01-14", "2024-01-14T13:30:00Z"},
		{"pdt", "Tue, 15 Oct 2024 01:00:00 PDT", "", "2024-10-15", "2024-10-15T08:00:00Z"},
		{"chinese", "2024年10月14日 15:30", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"chinese hours", "2024年10月14日15时30分", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"chinese fullwidth", "２０２４年１０月１４日", "", "2024-10-14", ""},
		{"chinese afternoon", "2024年10月14日 下午3:30", "Asia/Shanghai", "2024-10-14", "2024-10-14T07:30:00Z"},
		{"japanese", "2024年10月14日 午後3時30分", "Asia/Tokyo", "2024-10-14", "2024-10-14T06:30:00Z"},
		{"korean", "2024년 10월 14일 15시 30분", "Asia/Seoul", "2024-10-14", "2024-10-14T06:30:00Z"},
		{"korean dots", "2024.10.14. 15:30", "Asia/Seoul", "2024-10-14", "2024-10-14T06:30:00Z"},
		{"russian", "14 октября 2024, 15:30", "Europe/Moscow", "2024-10-14", "2024-10-14T12:30:00Z"},
		{"russian with msk", "14 окт. 2024 15:30 МСК", "", "2024-10-14", "2024-10-14T12:30:00Z"},
		{"german", "14. Oktober 2024, 15.30 Uhr", "Europe/Berlin", "2024-10-14", "2024-10-14T13:30:00Z"},
		{"german dots", "14.10.2024 15:30", "Europe/Berlin", "2024-10-14", "2024-10-14T13:30:00Z"},
		{"french", "lundi 14 octobre 2024 à 15h30", "Europe/Paris", "2024-10-14", "2024-10-14T13:30:00Z"},
		{"spanish", "14 de octubre de 2024", "", "2024-10-14", ""},
		{"english", "October 14, 2024", "", "2024-10-14", ""},
		{"english ordinal", "14th October 2024", "", "2024-10-14", ""},
		{"english short with time", "Oct. 14, 2024 3:30 p.m. ET", "America/New_York", "2024-10-14", "2024-10-14T20:30:00Z"},
		{"time first", "09:11, October 15, 2024", "Asia/Shanghai", "2024-10-15", "2024-10-15T01:11:00Z"},
		{"year unknown", "Oct. 14", "", "--10-14", ""},
		{"month only", "October 2024", "", "2024-10", ""},
		{"year only", "2024", "", "2024", ""},
		{"iso month", "2024-10", "", "2024-10", ""},
		{"packed", "20241014", "", "2024-10-14", ""},
		{"packed with time", "20241014153000", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"seconds since 1970", "1728919800", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"day first", "3/4/2024", "", "2024-04-03", ""},
		{"unmistakable month first", "10/14/2024", "", "2024-10-14", ""},
		{"asctime", "Mon Oct 14 15:30:00 2024", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"unix date", "Mon Oct 14 15:30:00 UTC 2024", "", "2024-10-14", "2024-10-14T15:30:00Z"},
		{"named middle", "2024-Oct-14", "", "2024-10-14", ""},
		{"named middle day first", "14-Oct-2024", "", "2024-10-14", ""},
		{"utc offset in words", "14 Oct 2024 15:30 UTC+3", "", "2024-10-14", "2024-10-14T12:30:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := ParseStamp(c.in, location(c.zone), false)
			if !ok {
				t.Fatalf("ParseStamp(%q) reads nothing", c.in)
			}
			at := ""
			if !got.At.IsZero() {
				at = got.At.UTC().Format(time.RFC3339)
			}
			if got.Day.String() != c.day || at != c.at {
				t.Errorf("ParseStamp(%q) = %s %s, want %s %s", c.in, got.Day, at, c.day, c.at)
			}
		})
	}
}

func TestParseStampRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "soon", "99/99/9999", "2024-13-40", "31 February 2024", "12", "Monday", "...", "15:30"} {
		if got, ok := ParseStamp(in, nil, false); ok {
			t.Errorf("ParseStamp(%q) = %v, want nothing", in, got)
		}
	}
}

func TestCivilDateIsTheOutlets(t *testing.T) {
	t.Parallel()
	s, _ := ParseStamp("Mon, 14 Oct 2024 23:30:00 GMT", location("Asia/Shanghai"), false)
	if got := s.Civil(location("Asia/Shanghai")).String(); got != "2024-10-15" {
		t.Errorf("the date in Shanghai is %s, want 2024-10-15", got)
	}
	if got := s.Civil(nil).String(); got != "2024-10-14" {
		t.Errorf("the date in no zone is %s, want 2024-10-14", got)
	}
}

func FuzzParseStamp(f *testing.F) {
	for _, s := range []string{"Mon, 14 Oct 2024 15:30:00 CST", "2024年10月14日15时30分", "14. Oktober 2024, 15.30 Uhr", "٢٠٢٤-١٠-١٤", "-", "1-", "年年年"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		stamp, ok := ParseStamp(s, nil, true)
		if ok && stamp.Day.IsZero() {
			t.Errorf("ParseStamp(%q) reads no day", s)
		}
	})
}
