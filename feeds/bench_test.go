package feeds

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	bolt "go.etcd.io/bbolt"

	"attribot/feeds/feedtest"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

// The benchmarks measure what a poll costs: fetch, parse, tell what is new,
// persist that. Beside them runs a bare program - net/http, gofeed and one
// bbolt transaction per feed - over the same feeds, so that
//
//	go test ./feeds -run '^$' -bench Poll -benchtime 1x
//
// prints milliseconds of CPU (user and system) per feed for both, and their
// ratio. The server runs in a process of its own, so that its CPU is not
// counted.

const (
	benchServer = "FEEDS_BENCH_SERVER" // set in the server's process
	benchHosts  = 16                   // loopback addresses
	benchItems  = 25
)

func TestMain(m *testing.M) {
	if os.Getenv(benchServer) != "" {
		serveBench()
		return
	}
	os.Exit(m.Run())
}

// serveBench serves feeds by number on several loopback addresses until its
// input ends. Its first line of output is the port.
func serveBench() {
	s := &benchFeeds{bodies: map[string]string{}}
	port := 0
	for i := range benchHosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:%d", i+1, port))
		if err != nil {
			fmt.Println("error", err)
			return
		}
		port = l.Addr().(*net.TCPAddr).Port
		go func() { _ = http.Serve(l, s) }()
	}
	fmt.Println(port)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// benchFeeds answers /N with feed N in the way that ?is= last told. Two hundred
// bodies are rendered, each once, and shared by all feeds.
type benchFeeds struct {
	mu     sync.Mutex
	mode   string
	bodies map[string]string
}

const benchBodies = 200

func (s *benchFeeds) body(n int, oneNew bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := fmt.Sprint(n%benchBodies, oneNew)
	if s.bodies[key] == "" {
		s.bodies[key] = benchFeed(n%benchBodies, oneNew)
	}
	return s.bodies[key]
}

func (s *benchFeeds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	if mode := r.URL.Query().Get("is"); mode != "" {
		s.mode = mode
	}
	mode := s.mode
	s.mu.Unlock()
	n, err := strconv.Atoi(r.URL.Path[1:])
	if err != nil {
		return
	}
	tag := fmt.Sprintf(`"%d"`, n)
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Type", "application/rss+xml")
	changed := mode == "warm" && n%10 == 0
	if !changed && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := s.body(n, changed && n%50 == 0)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = io.WriteString(w, body)
}

// benchFeed is a feed of 25 items with summaries of some sentences, as news
// sites have them.
func benchFeed(n int, oneNew bool) string {
	first := 0
	if oneNew {
		first = -1
	}
	var items []feedtest.Item
	for i := first; i < benchItems; i++ {
		var text strings.Builder
		for k := range 6 {
			fmt.Fprintf(&text, `<p>The spokesperson said on <a href="https://example.com/t/%d">Monday</a> that report %d of series %d&nbsp;shows no evidence, and that &ldquo;nobody has asked for it so far&rdquo;, according to agency %d.</p>`, k, i, n, k)
		}
		items = append(items, feedtest.Item{ID: fmt.Sprintf("tag:example.com,2024:%d/%d", n, i), Title: fmt.Sprintf("Ministry answers question %d of series %d", i, n), Link: fmt.Sprintf("https://example.com/%d/%d.html", n, i),
			Summary: text.String(), Date: testNow.Add(-time.Duration(i+2) * time.Hour).Format(time.RFC1123Z)})
	}
	return feedtest.Render(feedtest.RSS, fmt.Sprint("Feed ", n), "en", "", items)
}

// startBench starts the server's process and gives the address of a feed.
func startBench(b *testing.B) (address func(n int) string, mode func(string)) {
	b.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), benchServer+"=1")
	input, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = input.Close(); _ = command.Wait() })
	var port string
	if _, err := fmt.Fscanln(output, &port); err != nil {
		b.Skip("no server: ", err)
	}
	address = func(n int) string { return fmt.Sprintf("http://127.0.0.%d:%s/%d", n%benchHosts+1, port, n) }
	return address, func(is string) {
		answer, err := http.Get(address(0) + "?is=" + is)
		if err != nil {
			b.Fatal(err)
		}
		_ = answer.Body.Close()
	}
}

// boltLedger is a recorder on one bbolt file, one transaction a poll.
type boltLedger struct{ db *bolt.DB }

var benchBucket = []byte("x")

func openBolt(b *testing.B) *bolt.DB {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bench.db"), 0o600, &bolt.Options{NoSync: true, NoFreelistSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err := db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucketIfNotExists(benchBucket); return err }); err != nil {
		b.Fatal(err)
	}
	return db
}

func (l boltLedger) Cursor(_ context.Context, id reading.SourceID) (blob []byte, err error) {
	err = l.db.View(func(tx *bolt.Tx) error {
		blob = bytes.Clone(tx.Bucket(benchBucket).Get([]byte(id)))
		return nil
	})
	return blob, err
}

func (l boltLedger) Record(_ context.Context, p reading.Poll) error {
	return l.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(benchBucket).Put([]byte(p.Source), p.Cursor) })
}

// bare is the program as lean as it gets.
type bare struct {
	db     *bolt.DB
	client *http.Client
}

type bareState struct {
	ETag  string
	Known []string
}

func (p *bare) poll(b *testing.B, address string) {
	key := []byte(address)
	var state bareState
	_ = p.db.View(func(tx *bolt.Tx) error {
		if blob := tx.Bucket(benchBucket).Get(key); blob != nil {
			return json.Unmarshal(blob, &state)
		}
		return nil
	})
	request, _ := http.NewRequest(http.MethodGet, address, nil)
	if state.ETag != "" {
		request.Header.Set("If-None-Match", state.ETag)
	}
	answer, err := p.client.Do(request)
	if err != nil {
		b.Error(err)
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK {
		feed, err := gofeed.NewParser().Parse(answer.Body)
		if err != nil {
			b.Error(err)
			return
		}
		state = bareState{ETag: answer.Header.Get("ETag")}
		for _, it := range feed.Items {
			state.Known = append(state.Known, it.GUID)
		}
	}
	blob, _ := json.Marshal(state)
	if err := p.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(benchBucket).Put(key, blob) }); err != nil {
		b.Error(err)
	}
}

func (p *bare) pollAll(b *testing.B, n int, address func(int) string) {
	var wait sync.WaitGroup
	for host := range benchHosts {
		wait.Go(func() {
			for i := host; i < n; i += benchHosts {
				p.poll(b, address(i))
			}
		})
	}
	wait.Wait()
}

// cpu is the user and system time of this process so far.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// perFeed runs one round over all feeds and reports its CPU.
func perFeed(b *testing.B, n int, round func()) float64 {
	b.Helper()
	runtime.GC()
	var total time.Duration
	rounds := 0
	for b.Loop() {
		before := cpu()
		round()
		total += cpu() - before
		rounds++
	}
	ms := total.Seconds() * 1000 / float64(n*rounds)
	b.ReportMetric(ms, "cpu-ms/feed")
	b.ReportMetric(0, "ns/op")
	return ms
}

func benchPoller(b *testing.B, n int, address func(int) string, recorder Recorder) (*Poller, *fetch.Client) {
	b.Helper()
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	b.Cleanup(client.Close)
	sources := make([]Source, n)
	for i := range sources {
		sources[i] = Source{ID: reading.SourceID(fmt.Sprint("s", i)), URL: address(i)}
	}
	p, err := New(Options{Sources: sources, Recorder: recorder, Fetch: client, Now: func() time.Time { return testNow }})
	if err != nil {
		b.Fatal(err)
	}
	return p, client
}

func onceAll(b *testing.B, p *Poller) Summary {
	b.Helper()
	sum, err := p.Once(b.Context())
	if err != nil || len(sum.Faults) > 0 {
		b.Fatalf("%+v, %v", sum, err)
	}
	return sum
}

func BenchmarkPoll(b *testing.B) {
	address, mode := startBench(b)
	for _, scenario := range []struct {
		name  string
		feeds int
		cold  bool
	}{{"cold", 2000, true}, {"warm", 10000, false}, {"same", 10000, false}} {
		var lean float64
		b.Run(scenario.name+"/bare", func(b *testing.B) {
			p := &bare{db: openBolt(b), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2}}}
			mode("cold")
			if !scenario.cold {
				p.pollAll(b, scenario.feeds, address)
			}
			mode(scenario.name)
			lean = perFeed(b, scenario.feeds, func() {
				if scenario.cold {
					p.db = openBolt(b)
				}
				p.pollAll(b, scenario.feeds, address)
			})
		})
		b.Run(scenario.name+"/attribot", func(b *testing.B) {
			p, _ := benchPoller(b, scenario.feeds, address, boltLedger{openBolt(b)})
			mode("cold")
			if !scenario.cold {
				onceAll(b, p)
			}
			mode(scenario.name)
			own := perFeed(b, scenario.feeds, func() {
				if scenario.cold {
					p, _ = benchPoller(b, scenario.feeds, address, boltLedger{openBolt(b)})
				}
				onceAll(b, p)
			})
			if lean > 0 {
				b.ReportMetric(own/lean, "x-bare")
			}
		})
	}
}

// BenchmarkMemory reports the resident memory of 10,000 sources with 250,000
// items known, polled twice.
func BenchmarkMemory(b *testing.B) {
	address, mode := startBench(b)
	p, _ := benchPoller(b, 10000, address, boltLedger{openBolt(b)})
	for b.Loop() {
		mode("cold")
		onceAll(b, p)
		mode("warm")
		onceAll(b, p)
	}
	b.ReportMetric(peakRSS(), "MB-peak")
	debug.FreeOSMemory()
	b.ReportMetric(rss(), "MB-resident")
	runtime.KeepAlive(p)
}

// rss is the resident memory of this process in MB; 0 where it is not known.
func rss() float64 { return procStatus("VmRSS:") }

func peakRSS() float64 { return procStatus("VmHWM:") }

func procStatus(key string) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, key); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

func BenchmarkCursor(b *testing.B) {
	t := tail{known: make([]knownItem, benchItems)}
	for i := range t.known {
		t.known[i] = knownItem{key: uint64(i), raw: uint64(i), words: uint64(i)}
	}
	c := cursor{etag: `"x"`}
	b.ReportMetric(float64(len(joinCursor(c, encodeTail(t))))/benchItems, "bytes/item")
	for b.Loop() {
		_, encoded, _ := splitCursor(joinCursor(c, encodeTail(t)))
		if _, err := decodeTail(encoded); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash64(b *testing.B) {
	body := bytes.Repeat(binary.LittleEndian.AppendUint64(nil, hashA), 5000)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		hash64(0, body)
	}
}
