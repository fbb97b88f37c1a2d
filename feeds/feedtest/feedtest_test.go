package feedtest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer, string(body)
}

func TestServerPublishesAndAnswersConditionally(t *testing.T) {
	t.Parallel()
	s := Start()
	defer s.Close()
	c := s.Add(&Channel{Path: "/feed", Title: "T & U", ETag: true, LastModified: true})
	c.Publish(Item{ID: "a", Title: "One"})
	first, body := get(t, s.URL+"/feed")
	if !strings.Contains(body, "<title>T &amp; U</title>") || !strings.Contains(body, "One") {
		t.Errorf("body %s", body)
	}
	if second, _ := get(t, s.URL+"/feed", "If-None-Match", first.Header.Get("ETag")); second.StatusCode != http.StatusNotModified {
		t.Errorf("status %d", second.StatusCode)
	}
	c.Publish(Item{ID: "a", Title: "One again"}, Item{ID: "b", Title: "Two"})
	third, body := get(t, s.URL+"/feed", "If-None-Match", first.Header.Get("ETag"))
	if third.StatusCode != http.StatusOK || strings.Count(body, "<item>") != 2 || strings.Index(body, "Two") > strings.Index(body, "One again") {
		t.Errorf("status %d, body %s", third.StatusCode, body)
	}
	if c.Served() != 2 || len(c.Requests()) != 3 {
		t.Errorf("served %d of %d requests", c.Served(), len(c.Requests()))
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	s := Start()
	defer s.Close()
	for format, mark := range map[Format]string{RSS: "<rss", Atom: "<feed", JSON: "jsonfeed.org", HTML: "<p>Words</p>"} {
		path := "/" + string('a'+rune(format))
		s.Add(&Channel{Path: path, Format: format, Gzip: true}).Publish(Item{ID: "a", Content: "<p>Words</p>"})
		if answer, body := get(t, s.URL+path); !strings.Contains(body, mark) || answer.Header.Get("Content-Type") != contentTypes[format] {
			t.Errorf("format %d: %s", format, body)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s := Start()
	defer s.Close()
	c := s.Add(&Channel{Path: "/feed"})
	for want, fault := range map[int]http.HandlerFunc{429: Status(429, 5), 301: Redirect(301, "/x"), 200: Body("text/plain", "x")} {
		c.Fail(fault)
		if answer, _ := get(t, s.URL+"/feed"); answer.StatusCode != want || want == 429 && answer.Header.Get("Retry-After") != "5" {
			t.Errorf("status %d, want %d", answer.StatusCode, want)
		}
	}
	c.Fail(Truncated("twelve bytes"))
	if _, body := get(t, s.URL+"/feed"); body != "twelve" {
		t.Errorf("truncated body %q", body)
	}
	if answer, _ := get(t, s.URL+"/other"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("status %d of an unknown path", answer.StatusCode)
	}
}
