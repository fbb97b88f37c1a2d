package feeds

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOPMLKeepsFoldersAsTags(t *testing.T) {
	t.Parallel()
	const doc = `<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
		<outline text="Government"><outline text="Europe">
			<outline text="BSI &amp; more" type="rss" xmlUrl="https://bsi.example/feed" language="de" category="/cert,alerts"/></outline></outline>
		<outline text="Press"><outline title="Wire" text="x" xmlUrl="https://wire.example/rss"/><outline text="Wire" xmlUrl="https://other.example/rss"/></outline>
		<outline text="Best of"><outline text="again" xmlUrl="https://wire.example/rss"/></outline>
		<outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="alone" xmlUrl="http://alone.example/"/></body></opml>`
	want := []Source{
		{ID: "bsi-more", Kind: FeedKind, URL: "https://bsi.example/feed", Name: "BSI & more", Lang: "de", Tags: []string{"Government", "Europe", "cert", "alerts"}},
		{ID: "wire", Kind: FeedKind, URL: "https://wire.example/rss", Name: "Wire", Tags: []string{"Press", "Best of"}},
		{ID: "wire-2", Kind: FeedKind, URL: "https://other.example/rss", Name: "Wire", Tags: []string{"Press"}},
		{ID: "alone", Kind: FeedKind, URL: "http://alone.example/", Name: "alone"},
	}
	got, err := ReadOPML(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var out bytes.Buffer
	if err := WriteOPML(&out, "Mine", got); err != nil {
		t.Fatal(err)
	}
	again, err := ReadOPML(&out)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tagsOf(want), tagsOf(again)); d != "" {
		t.Error(d)
	}
}

func tagsOf(sources []Source) map[string][]string {
	tags := map[string][]string{}
	for _, s := range sources {
		tags[s.URL] = s.Tags
	}
	return tags
}

func TestOPMLWithoutFeeds(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{"", "<opml><body/></opml>", "<html><body>no</body></html>", "{}"} {
		if _, err := ReadOPML(strings.NewReader(doc)); err == nil {
			t.Errorf("%q is read", doc)
		}
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add(`<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://example.com/"/></outline></body></opml>`)
	f.Fuzz(func(t *testing.T, doc string) {
		sources, err := ReadOPML(strings.NewReader(doc))
		if err == nil && WriteOPML(&bytes.Buffer{}, "x", sources) != nil {
			t.Error("what was read cannot be written")
		}
	})
}
