package compose

import "testing"

func TestIndirectWordsBeginWithWhatWasSaid(t *testing.T) {
	for words, want := range map[string]string{
		"that China was behind it":                      "China was behind it",
		"on Monday that the United States smears China": "the United States smears China",
		"parliament that state actors did it":           "state actors did it",
		"earlier this month that Iran was responsible":  "Iran was responsible",
		"hackers that attacked the ministry":            "hackers that attacked the ministry",
		"the group that broke in works for Russia":      "the group that broke in works for Russia",
		"on the campaign":                               "on the campaign",
	} {
		if got := afterLead(words); got != want {
			t.Errorf("%q is cut to %q, want %q", words, got, want)
		}
	}
}
