package fetch

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// serve starts a server and a client that may reach it.
func serve(t *testing.T, handler http.HandlerFunc, change ...func(*Options)) (*httptest.Server, *Client) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server, newClient(t, change...)
}

func newClient(t *testing.T, change ...func(*Options)) *Client {
	t.Helper()
	o := Options{Allow: loopback}
	for _, f := range change {
		f(&o)
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

// wantFault fetches and wants a reason.
func wantFault(t *testing.T, c *Client, url string, want Reason) *Fault {
	t.Helper()
	_, err := c.Get(t.Context(), Request{URL: url})
	var fault *Fault
	if !errors.As(err, &fault) {
		t.Fatalf("Get(%s) = %v, want a fault", url, err)
	}
	if fault.Reason != want {
		t.Fatalf("Get(%s): %v, want %s", url, err, want)
	}
	if fault.Sentence() == "" || fault.Advice() == "" {
		t.Errorf("%s has no words", want)
	}
	return fault
}

func TestConditionalRequestSendsBothValidators(t *testing.T) {
	t.Parallel()
	const tag, day = `W/"x"`, "Mon, 14 Oct 2024 09:00:00 GMT"
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", day)
		w.Header().Set("Cache-Control", "public, max-age=600")
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == day {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "<rss/>")
	})
	first, err := c.Get(t.Context(), Request{URL: server.URL})
	if err != nil || string(first.Body) != "<rss/>" || first.ETag != tag || first.LastModified != day || first.MaxAge != 10*time.Minute {
		t.Fatalf("first answer %+v, %v", first, err)
	}
	second, err := c.Get(t.Context(), Request{URL: server.URL, ETag: first.ETag, LastModified: first.LastModified})
	if err != nil || !second.NotModified || len(second.Body) != 0 {
		t.Errorf("second answer %+v, %v", second, err)
	}
}

func compressed(t *testing.T, coding, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	case "deflate":
		w = zlib.NewWriter(&b)
	}
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.Bytes()
}

func TestCompressedBodies(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("<item>words</item>", 1000)
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		t.Run(coding, func(t *testing.T) {
			t.Parallel()
			whole := compressed(t, coding, text)
			cut := false
			server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", coding)
				body := whole
				if r.URL.Path == "/cut" {
					cut, body = true, whole[:len(whole)/2]
				}
				_, _ = w.Write(body)
			})
			answer, err := c.Get(t.Context(), Request{URL: server.URL})
			if err != nil || string(answer.Body) != text || answer.Wire != int64(len(whole)) {
				t.Fatalf("%d bytes from %d, %v", len(answer.Body), answer.Wire, err)
			}
			_, err = c.Get(t.Context(), Request{URL: server.URL + "/cut"})
			if reason := ReasonOf(err); !cut || reason != Truncated && reason != BadEncoding {
				t.Errorf("half a body: %v", err)
			}
		})
	}
}

func TestBodyThatIsNotWhatItsHeaderSays(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/plain-as-gzip":
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "<rss/>")
		case "/gzip-as-plain":
			_, _ = w.Write(compressed(t, "gzip", "<rss/>"))
		case "/unknown":
			w.Header().Set("Content-Encoding", "lzma")
			fmt.Fprint(w, "xx")
		case "/empty":
			w.Header().Set("Content-Encoding", "gzip")
		}
	})
	for _, path := range []string{"/plain-as-gzip", "/gzip-as-plain"} {
		answer, err := c.Get(t.Context(), Request{URL: server.URL + path})
		if err != nil || string(answer.Body) != "<rss/>" {
			t.Errorf("%s: %q, %v", path, answer.Body, err)
		}
	}
	wantFault(t, c, server.URL+"/unknown", BadEncoding)
	if answer, err := c.Get(t.Context(), Request{URL: server.URL + "/empty"}); err != nil || len(answer.Body) != 0 {
		t.Errorf("an empty body: %v", err)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	bomb := compressed(t, "gzip", strings.Repeat("\x00", 64<<20))
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gzip-bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		case "/gzip-bomb-undeclared":
			_, _ = w.Write(bomb)
		case "/announced":
			w.Header().Set("Content-Length", "1000000000")
			w.WriteHeader(200)
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
				w.(http.Flusher).Flush()
			}
		case "/title":
			fmt.Fprint(w, "<rss><channel><title>")
			for range 1600 {
				if _, err := w.Write(bytes.Repeat([]byte("x"), 64<<10)); err != nil {
					return
				}
			}
		case "/header":
			for i := range 2000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 100))
			}
		case "/loop":
			http.Redirect(w, r, "/loop2", http.StatusFound)
		case "/loop2":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/on":
			http.Redirect(w, r, "/on?"+r.URL.RawQuery+"x", http.StatusFound)
		}
	}, func(o *Options) { o.MaxBody, o.MaxWire = 4<<20, 2<<20 })
	for path, want := range map[string]Reason{
		"/gzip-bomb": TooLarge, "/gzip-bomb-undeclared": TooLarge, "/announced": TooLarge, "/endless": TooLarge, "/title": TooLarge, "/header": TooLarge,
		"/loop": TooManyRedirects, "/on": TooManyRedirects,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			if fault := wantFault(t, c, server.URL+path, want); fault.Requests > defaultRedirects+1 {
				t.Errorf("%d requests", fault.Requests)
			}
		})
	}
}

func TestTruncatedBodies(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/length" {
			w.Header().Set("Content-Length", "1000")
		}
		_, _ = w.Write(make([]byte, 10))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	wantFault(t, c, server.URL+"/length", Truncated)
	wantFault(t, c, server.URL+"/chunked", Truncated)
}

func TestSlowAnswersAreCut(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = w.Write([]byte("<rss>"))
			w.(http.Flusher).Flush()
		}
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	}, func(o *Options) { o.Answer, o.Total = 50*time.Millisecond, 150*time.Millisecond })
	defer close(stop)
	wantFault(t, c, server.URL+"/header", TimedOut)
	wantFault(t, c, server.URL+"/body", TimedOut)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, Request{URL: server.URL}); ReasonOf(err) != Cancelled {
		t.Errorf("a cancelled request: %v", err)
	}
}

func TestForbiddenAddresses(t *testing.T) {
	t.Parallel()
	c := New(Options{})
	defer c.Close()
	for _, address := range []string{
		"http://127.0.0.1/", "http://127.8.9.1/", "http://[::1]/", "http://0.0.0.0/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
		"http://100.100.100.200/", "http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://255.255.255.255/",
		"http://198.18.0.1/", "http://[2001:db8::1]/", "http://[ff02::1]/", "http://192.0.2.1/", "http://localhost/",
	} {
		wantFault(t, c, address, Forbidden)
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://example.com/", "gopher://example.com", "javascript:alert(1)", "http://", "//example.com", "", "http://[::1", "::"} {
		wantFault(t, c, address, BadAddress)
	}
}

func TestPublicAddressesPass(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"8.8.8.8", "1.1.1.1", "2606:4700::1111", "100.63.255.255", "172.32.0.1"} {
		if err := (guard{}).check(netip.MustParseAddr(s)); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestNameThatResolvesToAPrivateAddressTheSecondTime(t *testing.T) {
	t.Parallel()
	answers := []string{"127.0.0.1", "127.0.0.2"} // the first is allowed, the second is not
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Connection", "close") }, func(o *Options) {
		o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		o.Lookup = func(context.Context, string) ([]netip.Addr, error) {
			addr := netip.MustParseAddr(answers[0])
			answers = answers[1:]
			return []netip.Addr{addr}, nil
		}
	})
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	if _, err := c.Get(t.Context(), Request{URL: "http://rebind.example:" + port + "/"}); err != nil {
		t.Fatal(err)
	}
	wantFault(t, c, "http://rebind.example:"+port+"/", Forbidden)
}

func TestRedirectIntoAPrivateNetwork(t *testing.T) {
	t.Parallel()
	inner := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	inner.Listener.Close()
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("no second loopback address:", err)
	}
	inner.Listener = listener
	inner.Start()
	defer inner.Close()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		to := inner.URL
		if r.URL.Path == "/file" {
			to = "file:///etc/passwd"
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}, func(o *Options) { o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	wantFault(t, c, server.URL+"/inner", Forbidden)
	wantFault(t, c, server.URL+"/file", BadAddress)
}

func TestUnknownName(t *testing.T) {
	t.Parallel()
	c := New(Options{Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}})
	wantFault(t, c, "http://nowhere.example/", NameUnknown)
}

func TestCertificateThatNobodyKnows(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	wantFault(t, newClient(t), server.URL, BadCertificate)
}

func TestHTTP2(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	c := newClient(t, func(o *Options) { o.Roots = roots })
	answer, err := c.Get(t.Context(), Request{URL: server.URL})
	if err != nil || string(answer.Body) != "HTTP/2.0" {
		t.Errorf("%q, %v", answer.Body, err)
	}
}

func TestPermanentAndTemporaryRedirects(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/301":
			http.Redirect(w, r, "/308", http.StatusMovedPermanently)
		case "/308":
			http.Redirect(w, r, "/end#part", http.StatusPermanentRedirect)
		case "/302":
			http.Redirect(w, r, "/301", http.StatusFound)
		case "/307":
			http.Redirect(w, r, "/end", http.StatusTemporaryRedirect)
		}
	})
	for path, moved := range map[string]string{"/301": server.URL + "/end", "/308": server.URL + "/end", "/302": "", "/307": "", "/end": ""} {
		answer, err := c.Get(t.Context(), Request{URL: server.URL + path})
		if err != nil || answer.Moved != moved || answer.URL != server.URL+"/end" {
			t.Errorf("%s: moved to %q, ended at %s, %v", path, answer.Moved, answer.URL, err)
		}
	}
}

func TestSecretsStayWithTheirOrigin(t *testing.T) {
	t.Parallel()
	var got http.Header
	other, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Clone() })
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "secret" {
			t.Error("the origin gets no key")
		}
		http.Redirect(w, r, other.URL, http.StatusFound)
	})
	_, err := c.Get(t.Context(), Request{URL: strings.Replace(server.URL, "http://", "http://user:password@", 1), Headers: map[string]string{"X-Key": "secret"}, UserAgent: "mine"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Get("X-Key") != "" || got.Get("Authorization") != "" || got.Get("User-Agent") != "mine" {
		t.Errorf("the other origin got %v", got)
	}
	fault := wantFault(t, New(Options{}), "http://user:password@127.0.0.1/?key=secret", Forbidden)
	if s := fault.Error() + fault.Sentence(); strings.Contains(s, "password") || strings.Contains(s, "secret") {
		t.Errorf("a secret in %q", s)
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status := 0
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.WriteHeader(status)
	})
	for status, want := range map[int]Reason{401: Denied, 403: Denied, 451: Denied, 404: NotFound, 410: Gone, 418: BadStatus, 500: ServerFault, 503: ServerFault, 204: BadStatus, 302: BadStatus} {
		if fault := wantFault(t, c, fmt.Sprintf("%s/%d", server.URL, status), want); fault.Status != status {
			t.Errorf("status %d, want %d", fault.Status, status)
		}
	}
}

func TestThrottledHostIsPausedAsAWhole(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC)
	requests := 0
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		if requests == 1 {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}, func(o *Options) { o.Now = func() time.Time { return now } })
	if fault := wantFault(t, c, server.URL+"/a", Throttled); fault.RetryAfter != 2*time.Minute {
		t.Errorf("retry after %s", fault.RetryAfter)
	}
	now = now.Add(time.Minute)
	if fault := wantFault(t, c, server.URL+"/b", Throttled); fault.RetryAfter != time.Minute || requests != 1 || fault.Requests != 0 {
		t.Errorf("retry after %s, %d requests", fault.RetryAfter, requests)
	}
	now = now.Add(time.Minute)
	if _, err := c.Get(t.Context(), Request{URL: server.URL + "/b"}); err != nil || requests != 2 {
		t.Errorf("after the pause: %v", err)
	}
}

func TestOneRequestAtATimePerHost(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	server, c := serve(t, func(http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		now.Add(-1)
	})
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: server.URL}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at a time", most.Load())
	}
	if n := len(c.gates.hosts); n != 0 {
		t.Errorf("%d hosts are remembered for nothing", n)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{"": 0, "120": 2 * time.Minute, "-5": 0, "x": 0, "999999999999": longestPause, "99999999999999999999999": 0,
		"Mon, 14 Oct 2024 09:05:00 GMT": 5 * time.Minute, "Mon, 14 Oct 2024 08:05:00 GMT": 0} {
		if got := retryAfter(in, now); got != want {
			t.Errorf("retryAfter(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestMaxAge(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{"": 0, "max-age=60": time.Minute, "public, Max-Age=\"60\"": time.Minute, "no-cache, max-age=60": 0, "max-age=-1": 0, "max-age=x": 0, "s-maxage=60": 0} {
		if got := maxAge(in); got != want {
			t.Errorf("maxAge(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestParseLink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		`<https://hub.example/>; rel="hub"`:           {"https://hub.example/", "hub"},
		`<https://example.com/feed>;type=x; REL=self`: {"https://example.com/feed", "self"},
		`<x>; title="y", <z>; rel=hub`:                {"x", ""},
		`x`:                                           {"", ""},
		`<x`:                                          {"", ""},
		``:                                            {"", ""},
	} {
		if address, rel := ParseLink(in); address != want[0] || rel != want[1] {
			t.Errorf("ParseLink(%q) = %q, %q", in, address, rel)
		}
	}
}

func TestLinksOfOneHeaderAreParted(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Link", `<a>; rel=hub, <b>; rel=self,<c>; rel=x`)
		w.Header().Add("Link", `<d>; rel=hub`)
	})
	answer, err := c.Get(t.Context(), Request{URL: server.URL})
	if want := []string{"<a>; rel=hub", "<b>; rel=self", "<c>; rel=x", "<d>; rel=hub"}; err != nil || !slices.Equal(answer.Links, want) {
		t.Errorf("links %q, %v", answer.Links, err)
	}
}

func TestPost(t *testing.T) {
	t.Parallel()
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.PostFormValue("a") != "b" {
			t.Error("no form")
		}
		if r.URL.Path == "/no" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	})
	form := map[string][]string{"a": {"b"}}
	if status, err := c.Post(t.Context(), server.URL, form); err != nil || status != http.StatusAccepted {
		t.Errorf("%d, %v", status, err)
	}
	if _, err := c.Post(t.Context(), server.URL+"/no", form); ReasonOf(err) != Denied {
		t.Errorf("refused: %v", err)
	}
	if _, err := New(Options{}).Post(t.Context(), server.URL, form); ReasonOf(err) != Forbidden {
		t.Errorf("a private address: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08"), "gzip")
	f.Add([]byte("\x28\xb5\x2f\xfd"), "zstd")
	f.Add([]byte("x"), "br, gzip")
	f.Fuzz(func(t *testing.T, body []byte, coding string) {
		answer := &http.Response{Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Header: http.Header{"Content-Encoding": {coding}}}
		got, _, err := readBody(answer, 1<<20, 1<<20)
		if err == nil && len(got) > 1<<20 {
			t.Errorf("%d bytes past the bound", len(got))
		}
	})
}

func reader(s string) io.ReadCloser { return io.NopCloser(strings.NewReader(s)) }
