package article

import (
	"testing"
)

const agencyText = ` date 2024-10-15 China urges U.S. to stop blaming others: FM spokesperson

Xinhua) 09:11, October 15, 2024

BEIJING, Oct. 14 (Xinhua) -- A Chinese foreign ministry spokesperson said on Monday that blame was misplaced.

Spokesperson Mao Ning made the remarks at a daily press briefing.
`

func TestReadText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, title, outlet, credit, published, zone string }{
		{"agency with header and dateline", agencyText,
			"China urges U.S. to stop blaming others: FM spokesperson", "Xinhua", "Xinhua", "2024-10-15", "Asia/Shanghai"},
		{"headline and footer, a day without a year", "China urges the United States to stop\n\nDuring a routine press conference on October 14, a spokesperson answered questions.\n\nShe denied it.\n\nExample News | Example APP | Other News",
			"China urges the United States to stop", "Example News", "", "--10-14", ""},
		{"no header, sources told an outlet", "Chinese diplomats have rejected U.S. allegations, sources said.\nThe allegations \"lack evidence\", the sources told China Daily.\nA report by another paper on Oct 27 said so.\nIn short, nothing.",
			"", "China Daily", "", "", "Asia/Shanghai"},
		{"agency dateline only", "WASHINGTON, Oct 14 (Reuters) - The United States blamed Russia.\nMoscow denied it.", "", "Reuters", "Reuters", "--10-14", "America/New_York"},
		{"agency without a day", "MOSCOW (AP) — The Kremlin denied it.", "", "AP", "AP", "", "America/New_York"},
		{"tass", "МОСКВА, 14 октября. /ТАСС/. Россия отвергает обвинения.", "", "TASS", "TASS", "--10-14", "Europe/Moscow"},
		{"xinhua in chinese", "中方敦促美方\n新华社北京10月14日电 外交部发言人毛宁14日表示。", "中方敦促美方", "Xinhua", "Xinhua", "--10-14", "Asia/Shanghai"},
		{"byline with outlet and date", "Officials blame hackers\nBy Jane Doe | The Record | October 14, 2024\nOfficials said on Monday that hackers did it.", "Officials blame hackers", "The Record", "", "2024-10-14", "America/New_York"},
		{"credit below", "Officials blame hackers\nOfficials said hackers did it and nobody else.\nSource: Xinhua", "Officials blame hackers", "", "Xinhua", "", ""},
		{"date in the headline is the event's", "What we know about the October 7, 2023 attack\nIt was a breach of the network, officials said.", "What we know about the October 7, 2023 attack", "", "", "", ""},
		{"empty", "", "", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := ReadText("dir/a.txt", []byte(c.text))
			if a.ID != "a.txt" || a.Text != c.text {
				t.Errorf("id %q, text %q", a.ID, a.Text)
			}
			if a.Title != c.title || a.Outlet != c.outlet || a.Credit != c.credit || a.Published.String() != c.published || a.Zone != c.zone {
				t.Errorf("read title %q outlet %q credit %q published %q zone %q\nwant title %q outlet %q credit %q published %q zone %q",
					a.Title, a.Outlet, a.Credit, a.Published, a.Zone, c.title, c.outlet, c.credit, c.published, c.zone)
			}
		})
	}
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte(agencyText))
	f.Add([]byte("МОСКВА, 14 октября. /ТАСС/. \xff\xfe"))
	f.Fuzz(func(t *testing.T, text []byte) { ReadText("x", text) })
}
