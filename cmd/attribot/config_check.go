package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"

	"attribot/bot/deliver"
	"attribot/store/query"
)

// checker gathers the faults of a configuration that decodes.
type checker struct {
	c      *Config
	faults []fault
}

// check tells every fault that decoding cannot see.
func (c *Config) check() []fault {
	k := &checker{c: c}
	k.durations(reflect.ValueOf(c).Elem(), "")
	k.general()
	k.files()
	k.sources()
	k.networks()
	k.subscriptions()
	k.mutes()
	k.rights()
	slices.SortStableFunc(k.faults, func(a, b fault) int { return a.Line - b.Line })
	return k.faults
}

func (k *checker) fault(key, mend, format string, args ...any) {
	k.faults = append(k.faults, fault{File: k.c.file, Line: k.c.lines.of(key), Text: fmt.Sprintf(format, args...), Mend: mend})
}

// durations checks every time span of the configuration, wherever it stands.
func (k *checker) durations(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			k.durations(v.Elem(), at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			k.durations(v.Index(i), fmt.Sprintf("%s[%d]", at, i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if tag := v.Type().Field(i).Tag.Get("toml"); tag != "" {
				k.durations(v.Field(i), join(at, tag))
			}
		}
	case reflect.String:
		if d, ok := v.Interface().(duration); ok && d != "" {
			k.duration(at, d)
		}
	}
}

func (k *checker) duration(at string, d duration) {
	if _, err := parseDuration(string(d)); err != nil {
		k.fault(at, "", "%s: %v", at[strings.LastIndex(at, ".")+1:], err)
	}
}

func (k *checker) general() {
	if k.c.Store == "" {
		k.fault("store", `write store = "attribot.db"`, "store is empty")
	}
	if levels := []string{"debug", "info", "warn", "error"}; !slices.Contains(levels, k.c.Log) {
		k.fault("log", "write one of "+strings.Join(levels, ", "), "log is %q", k.c.Log)
	}
	if lo, hi := k.c.Poll.MinInterval, k.c.Poll.MaxInterval; lo.span() > 0 && hi.span() > 0 && lo.span() > hi.span() {
		k.fault("poll.min_interval", "", "min_interval is longer than max_interval")
	}
	for _, network := range k.c.Poll.AllowNetworks {
		if _, err := netip.ParsePrefix(network); err != nil {
			k.fault("poll.allow_networks", `write a network such as "10.1.0.0/16"`, "%q is no network", network)
		}
	}
	if k.c.Poll.Workers < 0 {
		k.fault("poll.workers", "write workers = 8", "workers is negative")
	}
}

func (k *checker) files() {
	for _, f := range k.c.Claims.Files {
		k.readable("claims.files", f)
	}
	for _, f := range k.c.Lexicon.Files {
		k.readable("lexicon.files", f)
	}
}

func (k *checker) readable(key, path string) {
	if path == "" {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		k.fault(key, "create it, or take the key out", "%s cannot be read: %v", path, unwrapPath(err))
		return
	}
	_ = f.Close()
}

var sourceID = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{Nd}][\p{Ll}\p{Lo}\p{Nd}._-]*$`)

func (k *checker) sources() {
	seen := map[string]bool{}
	for i, s := range k.c.Source {
		at := fmt.Sprintf("source[%d]", i)
		switch {
		case s.ID == "":
			k.fault(at, `give each source a short key that stays: id = "cisa-advisories"`, "source %d has no id", i+1)
		case !sourceID.MatchString(s.ID):
			k.fault(at+".id", "use small letters, digits, '-', '_' and '.'", "source id %q", s.ID)
		case seen[s.ID]:
			k.fault(at+".id", "each source needs an id of its own", "source id %q stands twice", s.ID)
		}
		seen[s.ID] = true
		k.source(at, s)
	}
}

func (k *checker) source(at string, s SourceConfig) {
	if u, err := url.Parse(s.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		k.fault(at+".url", `write a web address: url = "https://..."`, "source %q: url is %q", s.ID, s.URL)
	}
	if _, known := sourceKinds[s.Kind]; !known {
		k.fault(at+".kind", `write kind = "feed", kind = "page" or kind = "sitemap"`, "source %q: kind is %q", s.ID, s.Kind)
	}
	if s.Country != "" && !country.MatchString(s.Country) {
		k.fault(at+".country", `write two capitals (ISO 3166-1), such as "GB", or "EU"`, "source %q: country is %q", s.ID, s.Country)
	}
	k.zone(at+".zone", s.Zone)
	for key, selector := range map[string]string{"links": s.Links, "next": s.Next, "body": s.Body, "date": s.Date} {
		if _, err := cascadia.ParseGroup(selector); selector != "" && err != nil {
			k.fault(at+"."+key, `write a CSS selector such as "ul.news a"`, "source %q: %s is %q: %v", s.ID, key, selector, err)
		}
	}
	k.readable(at+".headers_file", s.HeadersFile)
}

var country = regexp.MustCompile(`^[A-Z]{2}$`)

func (k *checker) zone(key, zone string) {
	if _, err := time.LoadLocation(zone); err != nil {
		k.fault(key, `write an IANA zone such as "Europe/Berlin"`, "zone %q is unknown", zone)
	}
}

func (k *checker) networks() {
	k.listener()
	if s := k.c.Slack; s != nil {
		k.secret("slack", "bot_token", s.BotTokenFile, s.BotTokenEnv)
		if s.SigningFile == "" && s.SigningEnv == "" {
			k.secret("slack", "app_token", s.AppTokenFile, s.AppTokenEnv)
		} else {
			k.secret("slack", "signing_secret", s.SigningFile, s.SigningEnv)
		}
	}
	if m := k.c.Matrix; m != nil {
		if u, err := url.Parse(m.Homeserver); err != nil || u.Host == "" {
			k.fault("matrix.homeserver", `write its address: homeserver = "https://matrix.example.org"`, "matrix homeserver is %q", m.Homeserver)
		}
		if !strings.HasPrefix(m.User, "@") || !strings.Contains(m.User, ":") {
			k.fault("matrix.user", `write the bot's full id: user = "@attribot:example.org"`, "matrix user is %q", m.User)
		}
		if m.PasswordFile == "" && m.PasswordEnv == "" {
			k.secret("matrix", "access_token", m.AccessTokenFile, m.AccessTokenEnv)
		} else {
			k.secret("matrix", "password", m.PasswordFile, m.PasswordEnv)
		}
		if m.RecoveryKeyFile != "" || m.RecoveryKeyEnv != "" {
			k.secret("matrix", "recovery_key", m.RecoveryKeyFile, m.RecoveryKeyEnv)
		}
	}
}

func (k *checker) listener() {
	h := k.c.HTTP
	if h.Listen != "" {
		if _, _, err := net.SplitHostPort(h.Listen); err != nil {
			k.fault("http.listen", `write a port, such as listen = ":8017"`, "listen is %q", h.Listen)
		}
	}
	if h.Public != "" {
		if u, err := url.Parse(h.Public); err != nil || u.Host == "" || h.Listen == "" {
			k.fault("http.public", `write listen = ":8017" and public = "https://bot.example.org"`, "public is %q", h.Public)
		}
	}
	if s := k.c.Slack; s != nil && (s.SigningFile != "" || s.SigningEnv != "") && h.Listen == "" {
		k.fault("slack", `write [http] listen = ":8017"`, "a signing secret needs the HTTP listener")
	}
}

// secret checks that a secret is named by exactly one of its two keys and can
// be read. Its text is never shown.
func (k *checker) secret(table, name, file, env string) {
	key := table + "." + name
	switch {
	case file != "" && env != "":
		k.fault(key+"_env", "keep one of them", "%s_file and %s_env are both set", key, key)
	case file == "" && env == "":
		k.fault(table, fmt.Sprintf(`write %s_file = "..." or %s_env = "..."`, name, name), "%s is not given", key)
	default:
		if _, err := readSecret(file, env); err != nil {
			at := key + "_file"
			if env != "" {
				at = key + "_env"
			}
			k.fault(at, "", "%s: %v", key, err)
		}
	}
}

func (k *checker) subscriptions() {
	seen := map[string]bool{}
	for i, s := range k.c.Subscription {
		at := fmt.Sprintf("subscription[%d]", i)
		if s.ID == "" {
			k.fault(at, `give each subscription a short key that stays: id = "morning"`, "subscription %d has no id", i+1)
		} else if seen[s.ID] {
			k.fault(at+".id", "each subscription needs an id of its own", "subscription id %q stands twice", s.ID)
		}
		seen[s.ID] = true
		k.address(at+".to", s.To)
		k.query(at+".query", s.Query)
		k.zone(at+".zone", s.Zone)
		k.quiet(at+".quiet", s.Quiet)
		if _, err := deliver.ParseSchedule(s.When, ""); err != nil {
			k.fault(at+".when", `write "at once", "daily 09:00" or "weekly Mon 09:00"`, "subscription %q: when is %q", s.ID, s.When)
		}
	}
}

func (k *checker) quiet(key, hours string) {
	if hours == "" {
		return
	}
	from, to, ok := strings.Cut(hours, "-")
	for _, clock := range []string{from, to} {
		if _, _, err := deliver.ParseClock(strings.TrimSpace(clock)); err != nil || !ok {
			k.fault(key, `write quiet = "22:00-07:00"`, "quiet is %q", hours)
			return
		}
	}
}

func (k *checker) query(key, text string) {
	if _, err := query.Parse(text); err != nil {
		k.fault(key, "", "query: %v", err)
	}
}

func (k *checker) address(key, to string) {
	network, channel, _ := strings.Cut(to, ":")
	known := map[string]bool{"console": true, "slack": k.c.Slack != nil, "matrix": k.c.Matrix != nil}
	on, exists := known[network]
	switch {
	case !exists || channel == "":
		k.fault(key, `write a network and a channel: "console:main", "slack:C0123456789" or "matrix:!room:example.org"`, "to is %q", to)
	case !on:
		k.fault(key, fmt.Sprintf("fill in the table [%s]", network), "%s is not connected", network)
	}
}

func (k *checker) mutes() {
	for i, m := range k.c.Mute {
		at := fmt.Sprintf("mute[%d]", i)
		if m.Query == "" {
			k.fault(at, `write query = "..."; an empty one would mute everything`, "mute %d has no query", i+1)
		}
		k.query(at+".query", m.Query)
		if m.To != "" {
			k.address(at+".to", m.To)
		}
		if _, err := time.Parse(time.DateOnly, m.Until); m.Until != "" && err != nil {
			k.fault(at+".until", "write a date such as 2026-12-31", "until is %q", m.Until)
		}
	}
}

func (k *checker) rights() {
	r := k.c.Rights
	for name, users := range map[string][]string{"look_up": r.LookUp, "subscribe": r.Subscribe, "curate": r.Curate, "operate": r.Operate} {
		for _, u := range users {
			if network, user, _ := strings.Cut(u, ":"); u != "*" && (network == "" || user == "") {
				k.fault("rights."+name, `write "slack:U0123456789", "matrix:@ann:example.org", "console:me" or "*"`, "user is %q", u)
			}
		}
	}
	if k.c.Delivery.Operators != "" {
		k.address("delivery.operators", k.c.Delivery.Operators)
	}
}
