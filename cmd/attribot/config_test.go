package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const soundSource = `
[[source]]
id = "a"
url = "https://example.org/feed"
`

func faultsOf(t *testing.T, text string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bot.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, faults := loadConfig(path)
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.String())
	}
	return lines
}

func TestFaultsNameTheLineAndTheMend(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"unknown key near a known one": {"sincee = \"7d\"", []string{`bot.toml:1: unknown key "sincee"; did you mean "since"?`}},
		"unknown key in a table":       {"[poll]\nmin_intervall = \"1m\"", []string{`bot.toml:2: unknown key "poll.min_intervall"; did you mean "min_interval"?`}},
		"two faults at once": {"since = 7\nlog = 3", []string{
			`bot.toml:1: since does not take a value of the kind "integer"; write a time span such as since = "30m", "6h" or "7d"`,
			`bot.toml:2: log does not take a value of the kind "integer"; write a text in quotation marks: log = "..."`}},
		"no time span":  {"[poll]\nmax_interval = \"soon\"", []string{`bot.toml:2: max_interval: "soon" is no time span: write one such as 30m, 6h or 7d`}},
		"level unknown": {"log = \"loud\"", []string{`bot.toml:1: log is "loud"; write one of debug, info, warn, error`}},
		"source without a scheme": {"[[source]]\nid = \"a\"\nurl = \"example.org\"",
			[]string{`bot.toml:3: source "a": url is "example.org"; write a web address: url = "https://..."`}},
		"same source id": {soundSource + soundSource, []string{`bot.toml:7: source id "a" stands twice; each source needs an id of its own`}},
		"zone unknown":   {soundSource + "zone = \"Mars/Base\"", []string{`bot.toml:5: zone "Mars/Base" is unknown; write an IANA zone such as "Europe/Berlin"`}},
		"selector broken": {soundSource + "links = \"a[\"", []string{
			`bot.toml:5: source "a": links is "a[": expected identifier, found EOF instead; write a CSS selector such as "ul.news a"`}},
		"subscription to a network that is not connected": {"[[subscription]]\nid = \"m\"\nto = \"slack:C1\"\nwhen = \"at once\"",
			[]string{`bot.toml:3: slack is not connected; fill in the table [slack]`}},
		"time of day missing": {"[[subscription]]\nid = \"m\"\nto = \"console:main\"\nwhen = \"daily\"",
			[]string{`bot.toml:4: subscription "m": when is "daily"; write "at once", "daily 09:00" or "weekly Mon 09:00"`}},
		"mute of everything": {"[[mute]]\nuntil = \"2026-12-31\"", []string{`bot.toml:1: mute 1 has no query; write query = "..."; an empty one would mute everything`}},
		"secret missing": {"[slack]\nbot_token_env = \"ATTRIBOT_TEST_UNSET\"\napp_token_file = \"no-such-file\"",
			[]string{`bot.toml:2: slack.bot_token: environment variable ATTRIBOT_TEST_UNSET is empty; set it before the start`,
				`bot.toml:3: slack.app_token: file `}},
	} {
		t.Run(name, func(t *testing.T) {
			got := faultsOf(t, c.text)
			if len(got) != len(c.want) {
				t.Fatalf("faults:\n%s\nwant %d", strings.Join(got, "\n"), len(c.want))
			}
			for i := range got {
				if !strings.HasPrefix(got[i], c.want[i]) {
					t.Errorf("fault %d:\n got %s\nwant %s", i, got[i], c.want[i])
				}
			}
		})
	}
}

func TestTokenNeverStandsInAFault(t *testing.T) {
	t.Setenv("ATTRIBOT_TEST_TOKEN", "xoxb-very-secret")
	got := strings.Join(faultsOf(t, "[slack]\nbot_token_env = \"ATTRIBOT_TEST_TOKEN\"\napp_token_env = \"ATTRIBOT_TEST_TOKEN\"\nlog = 3"), "\n")
	if strings.Contains(got, "very-secret") {
		t.Errorf("a fault shows the token: %s", got)
	}
}

func TestPathsAreRelativeToTheConfiguration(t *testing.T) {
	c, faults := parseConfig("/etc/attribot/bot.toml", []byte(`store = "data/bot.db"`))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if want := "/etc/attribot/data/bot.db"; c.Store != want {
		t.Errorf("store is %s, want %s", c.Store, want)
	}
	if want := "/etc/attribot/data/bot.db.sock"; c.socketPath() != want {
		t.Errorf("socket is %s, want %s", c.socketPath(), want)
	}
}

func TestTimeSpans(t *testing.T) {
	for text, want := range map[string]time.Duration{"90s": 90 * time.Second, "7d": 168 * time.Hour, "2w": 336 * time.Hour, "1h30m": 90 * time.Minute} {
		got, err := parseDuration(text)
		if err != nil || got != want {
			t.Errorf("%s: got %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "7", "d", "-3h", "-1d", "99999999999d", "soon"} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("%q gives %v, want a fault", text, got)
		}
	}
}

func TestExampleConfigurationIsSound(t *testing.T) {
	c, faults := loadConfig(filepath.Join("..", "..", "bot.example.toml"))
	if diff := cmp.Diff([]fault(nil), faults); diff != "" {
		t.Fatal(diff)
	}
	if len(c.Source) < 20 || c.Since.span() == 0 || !c.Claims.Starter {
		t.Errorf("%d sources, since %v, starter claims %v: a newcomer would see nothing", len(c.Source), c.Since.span(), c.Claims.Starter)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte("since = \"7d\"\n[[source]]\nid = 3\n"))
	f.Add([]byte("a.b.c = [1, {x = 2}]\n[slack]\n[slack]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, faults := parseConfig("bot.toml", data)
		if len(faults) == 0 {
			c.check()
		}
	})
}
