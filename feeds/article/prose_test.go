package article

import "testing"

func TestFindProseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"said on October 14, 2024, that":                 "October 14, 2024",
		"said on Oct. 14 that":                           "Oct. 14",
		"on the 14th of October 2024 it":                 "14th of October 2024",
		"am 14. Oktober 2024 in":                         "14. Oktober 2024",
		"el 14 de octubre de 2024, el":                   "14 de octubre de 2024",
		"le 1er octobre 2024":                            "1er octobre 2024",
		"МОСКВА, 14 октября. /ТАСС/":                     "14 октября",
		"14 октября 2024 года":                           "14 октября 2024",
		"新华社北京10月14日电":                                   "10月14日",
		"2024年10月14日 星期一":                                "2024年10月14日",
		"on 2024-10-14 and on October 15":                "2024-10-14",
		"on October 15 and on 2024-10-14":                "October 15",
		"it may 5 times":                                 "",
		"in May 2024":                                    "",
		"October 14:30":                                  "",
		"no digits in October":                           "",
		"10:14 October":                                  "",
		"a report by The Washington Post on Oct 27 said": "Oct 27",
	} {
		got := ""
		if from, to, ok := findProseDate(in); ok {
			got = in[from:to]
		}
		if got != want {
			t.Errorf("in %q found %q, want %q", in, got, want)
		}
	}
}

func FuzzFindProseDate(f *testing.F) {
	f.Add("14 de octubre de 2024 Oct. 14\u00a0th")
	f.Fuzz(func(t *testing.T, text string) {
		if from, to, ok := findProseDate(text); ok && (from >= to || to > len(text)) {
			t.Errorf("found [%d, %d] in %q", from, to, text)
		}
	})
}
