package wire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

func server(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func request(t *testing.T, c *http.Client, url string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(r)
	if err == nil {
		_ = resp.Body.Close()
	}
	return resp, err
}

func TestRefusedConnectionIsUnsent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + l.Addr().String()
	_ = l.Close()
	if _, err := request(t, Client(nil, Transport{}), url); !errors.Is(err, ErrUnsent) {
		t.Errorf("a refused connection is %v, want ErrUnsent", err)
	}
}

func TestLostAnswerIsNotUnsent(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	})
	if _, err := request(t, Client(nil, Transport{}), s.URL); err == nil || errors.Is(err, ErrUnsent) {
		t.Errorf("a lost answer is %v, want another error", err)
	}
}

func TestEndedContextBeforeDialIsUnsent(t *testing.T) {
	s := server(t, func(http.ResponseWriter, *http.Request) {})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Client(nil, Transport{}).Do(r)
	if !errors.Is(err, ErrUnsent) || !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context is %v, want ErrUnsent and its cause", err)
	}
}

func TestTokenGoesToTheOneHostOnly(t *testing.T) {
	var got []string
	s := server(t, func(_ http.ResponseWriter, r *http.Request) { got = append(got, r.Header.Get("Authorization")) })
	host := strings.TrimPrefix(s.URL, "http://")
	for _, tr := range []Transport{{Host: host, Token: "secret"}, {Host: "other:1", Token: "secret"}, {Token: "secret"}} {
		if _, err := request(t, Client(&http.Client{}, tr), s.URL); err != nil {
			t.Fatal(err)
		}
	}
	if want := "[Bearer secret  ]"; fmt.Sprint(got) != want {
		t.Errorf("tokens %q, want %s", got, want)
	}
}

func TestTokenOfTheRequestStays(t *testing.T) {
	var got string
	s := server(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Get("Authorization") })
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer own")
	resp, err := Client(nil, Transport{Host: r.URL.Host, Token: "secret"}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if got != "Bearer own" {
		t.Errorf("the header is %q", got)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	calls := 0
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		http.Redirect(w, r, "/again", http.StatusTemporaryRedirect)
	})
	resp, err := request(t, Client(nil, Transport{}), s.URL)
	if err != nil || resp.StatusCode != http.StatusTemporaryRedirect || calls != 1 {
		t.Errorf("status %v, error %v, %d calls, want the redirect itself", resp, err, calls)
	}
}

func TestSeenTellsTheFirst(t *testing.T) {
	var s Seen
	if !s.First("a") || s.First("a") || !s.First("b") {
		t.Error("a name is new once")
	}
	if first, second := s.First(""), s.First(""); !first || !second {
		t.Error("an empty name is always new")
	}
}

func TestSeenForgetsTheOldest(t *testing.T) {
	var s Seen
	for i := range kept + 1 {
		s.First(fmt.Sprint(i))
	}
	if len(s.names.values) != kept || len(s.names.order) != kept {
		t.Errorf("%d names kept, want %d", len(s.names.values), kept)
	}
	if !s.First("0") || s.First(fmt.Sprint(kept)) {
		t.Error("the oldest is forgotten, the newest is not")
	}
}

func TestPostsSendsAKeyOnceFromManyHands(t *testing.T) {
	var p Posts
	var all sync.WaitGroup
	sent := 0
	for range 8 {
		all.Go(func() {
			id, err := p.Once("k", func() (string, error) { sent++; return "id", nil })
			if id != "id" || err != nil {
				t.Errorf("Once = %q, %v", id, err)
			}
		})
	}
	all.Wait()
	if sent != 1 {
		t.Errorf("sent %d times, want once", sent)
	}
}

func TestPostsSendsAgainAfterAFailure(t *testing.T) {
	var p Posts
	if _, err := p.Once("k", func() (string, error) { return "", errors.New("no") }); err == nil {
		t.Error("the failure is lost")
	}
	if id, err := p.Once("k", func() (string, error) { return "id", nil }); id != "id" || err != nil {
		t.Errorf("Once after a failure = %q, %v", id, err)
	}
}
