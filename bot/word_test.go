package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/statement"
	"attribot/store"
)

func TestTokensAsKeyboardsMakeThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]token{
		"":                     nil,
		"a  b":                 {{value: "a", raw: "a"}, {value: "b", raw: "b"}},
		`"a b" c`:              {{value: "a b", quoted: true, raw: `"a b"`}, {value: "c", raw: "c"}},
		`“a b”`:                {{value: "a b", quoted: true, raw: `“a b”`}},
		`„a b“`:                {{value: "a b", quoted: true, raw: `„a b“`}},
		`«a b»`:                {{value: "a b", quoted: true, raw: `«a b»`}},
		`Actor:"Volt Typhoon"`: {{key: "actor", value: "Volt Typhoon", quoted: true, raw: `Actor:"Volt Typhoon"`}},
		"accused:CN":           {{key: "accused", value: "CN", raw: "accused:CN"}},
		"https://a.example/b":  {{value: "https://a.example/b", raw: "https://a.example/b"}},
		`never "closed at all`: {{value: "never", raw: "never"}, {value: "closed at all", quoted: true, raw: `"closed at all`}},
		"09:00":                {{value: "09:00", raw: "09:00"}},
	} {
		if diff := cmp.Diff(want, tokens(in), cmp.AllowUnexported(token{})); diff != "" {
			t.Errorf("tokens(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestWishesAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]wish{
		"":                                    {},
		"accused:CN":                          {query: "accused:CN"},
		"at once accused:CN":                  {query: "accused:CN", when: "at once"},
		"accused:CN daily 09:00":              {query: "accused:CN", when: "daily 09:00"},
		"daily at 9 Europe/Berlin accused:CN": {query: "accused:CN", when: "daily at 9", zone: "Europe/Berlin"},
		"weekly Mon 08:30 UTC empty review":   {when: "weekly Mon 08:30", zone: "UTC", empty: true, review: true},
		`"daily news" outlet:Xinhua`:          {query: `"daily news" outlet:Xinhua`},
		"preview speaker:EU":                  {query: "speaker:EU", preview: true},
	} {
		got, err := readWish(in)
		if err != nil {
			t.Errorf("readWish(%q) = %v", in, err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(wish{})); diff != "" {
			t.Errorf("readWish(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestCountriesAsPeopleNameThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]statement.Country{
		"China": "CN", "chinese": "CN", "CN": "CN", "the United States": "US", "usa": "US", "US": "US", "us": "US", "North Korea": "KP",
		"dprk": "KP", "EU": "EU", "european union": "EU", "Germany": "DE", "the netherlands": "NL", "Britain": "GB", "UK": "GB", "Türkiye": "TR",
		"turkey": "TR", "Germany ": "DE", "Volt Typhoon": "", "ZZ": "", "QX": "", "": "", "cn": "",
	} {
		if got := countryOf(in); got != want {
			t.Errorf("countryOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNearWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"tmeline": "timeline", "timline": "timeline", "timelien": "timeline", "subscribe": "subscribe", "subscirbe": "subscribe",
		"hlep": "help", "mut": "mute", "xyzzy": "", "volt": "", "clam": "claim", "unsubscrib": "unsubscribe", "": "",
	} {
		if got := near(in, names()); got != want {
			t.Errorf("near(%q) = %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"abc", "xyz", 3}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// declare puts a subscription of the configuration into the store.
func (r *room) declare(t *testing.T) {
	t.Helper()
	if _, err := r.Store.DeclareSubscriptions(t.Context(), []store.Subscription{{ID: "morning", Network: "test", Channel: "desk", When: "daily 09:00"}}); err != nil {
		t.Fatal(err)
	}
}

func TestTheShelfFollowsTheLog(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	r.fill()
	r.net = local
	has := func(words string) int {
		t.Helper()
		f := r.bot.claimsFor(words)
		if f.err != nil {
			t.Fatal(f.err)
		}
		return len(f.claims)
	}
	if has("volt typhoon") != 1 || has("salt typhoon") != 0 {
		t.Fatalf("at first: %d, %d", has("volt typhoon"), has("salt typhoon"))
	}
	r.ask(`claim add "Salt Typhoon is run by the Chinese state" actor:"Salt Typhoon"`)
	if has("salt typhoon") != 1 || has("Salt-Typhoon") != 1 {
		t.Error("a new claim is not found")
	}
	r.ask(`claim edit C4 "Pepper Typhoon is run by the Chinese state" actor:"Pepper Typhoon"`)
	if has("salt typhoon") != 0 || has("pepper typhoon") != 1 {
		t.Error("an edited claim is found by its old words")
	}
	r.ask("claim merge C4 C1")
	if has("pepper typhoon") != 0 {
		t.Error("a merged claim is found")
	}
}

func TestAPageButtonTurnsThePage(t *testing.T) {
	t.Parallel()
	r := newRoom(t, Options{})
	r.fillMany(t, 30)
	first := r.ask("latest")
	if n := len(first.Message.Actions); n != 1 || first.Message.Actions[0].ID != pageAction {
		t.Fatalf("the first page offers %+v", first.Message.Actions)
	}
	seen := page(first)
	value := first.Message.Actions[0].Value
	for range 2 {
		next := r.ask("press !page " + value)
		if page(next) == seen || next.Message.Empty() {
			t.Fatalf("%q shows %q", value, page(next))
		}
		seen = page(next)
		if len(next.Message.Actions) > 0 {
			value = next.Message.Actions[0].Value
		}
	}
	if acts := r.last.Actions; len(acts) != 0 {
		t.Errorf("the last page offers %+v", acts)
	}
}
