package article

import (
	"strings"
	"testing"
)

func TestReadFileTellsFormatsApart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, body string
		ids        string
	}{
		"text":      {"dir/a.txt", "Title\n\nWords of it.", "a.txt"},
		"html":      {"b.html", string(page("", "<article>"+sentences(5)+"</article>")), "b.html"},
		"ndjson":    {"c.ndjson", `{"id":"one","text":"Words."}` + "\n\n" + `{"id":"two","text":"More words."}`, "one two"},
		"rss":       {"d", `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><item><guid>g</guid><title>T</title></item></channel></rss>`, ItemID("", "g")},
		"json feed": {"e.json", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"g","content_text":"Words"}]}`, ItemID("", "g")},
	} {
		articles, err := ReadFile(c.file, []byte(c.body))
		var ids []string
		for _, a := range articles {
			ids = append(ids, a.ID)
		}
		if err != nil || strings.Join(ids, " ") != c.ids {
			t.Errorf("%s: %q, %v", name, ids, err)
		}
	}
}

func TestNDJSON(t *testing.T) {
	t.Parallel()
	const text = `
{"id":"a","text":"Words \u00fc","title":"T","outlet":"Xinhua","published":"2024-10-14","other":1}
not json
{"text":"no id"}
{"id":"b","text":"BEIJING, Oct. 14 (Xinhua) -- Words.","published":"2024-10-14T23:30:00Z","zone":"Asia/Shanghai"}
{"id":"c","text":"Words.","published":"soon"}
{"id":"d","text":"Words.","zone":"Nowhere/Land"}`
	var got []string
	for a, err := range ReadNDJSON(strings.NewReader(text)) {
		if err != nil {
			got = append(got, "error "+err.Error()[:len("read article in line 3")])
			continue
		}
		got = append(got, a.ID+" "+a.Outlet+" "+a.Published.String()+" "+a.Credit)
	}
	want := []string{"a Xinhua 2024-10-14 ", "error read article in line 3", "error read article in line 4", "b  2024-10-15 Xinhua", "c   ", "error read article in line 7"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("read\n%q\nwant\n%q", got, want)
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add("a.txt", []byte("Words"))
	f.Add("a.html", []byte("<html><p>x"))
	f.Add("a", []byte(`{"id":"x","text":"y"}`))
	f.Fuzz(func(t *testing.T, name string, body []byte) { _, _ = ReadFile(name, body) })
}
