package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"attribot/store/claim"
)

// checkCmd tells every fault of a configuration, then what would run.
type checkCmd struct {
	Config string `default:"bot.toml" help:"Configuration file."`
}

// Run ends with an error, and so with exit code 1, when there is a fault.
func (c *checkCmd) Run(w *machine) error {
	config, faults := loadConfig(c.Config)
	if len(faults) == 0 {
		faults = config.checkContents()
	}
	if len(faults) > 0 {
		for _, f := range faults {
			fmt.Fprintln(w.out, f)
		}
		return faultsError(faults)
	}
	fmt.Fprintf(w.out, "%s is sound. What would run:\n\n", c.Config)
	config.describe(w.out)
	return nil
}

// checkContents reads the files that the configuration names, which a plain
// check of the configuration leaves alone.
func (c *Config) checkContents() []fault {
	var faults []fault
	for _, name := range c.Claims.Files {
		if _, err := loadClaims(name); err != nil {
			faults = append(faults, fault{File: c.file, Line: c.lines.of("claims.files"), Text: err.Error()})
		}
	}
	if _, err := loadLexicon(c.Lexicon.Files); err != nil {
		faults = append(faults, fault{File: c.file, Line: c.lines.of("lexicon.files"), Text: err.Error()})
	}
	return faults
}

// describe prints what a sound configuration runs.
func (c *Config) describe(out io.Writer) {
	row := func(label, format string, args ...any) {
		fmt.Fprintf(out, "  %-14s %s\n", label, fmt.Sprintf(format, args...))
	}
	row("store", "%s", describeStore(c.Store))
	row("socket", "%s", c.socketPath())
	row("claims", "%s", c.describeClaims())
	row("sources", "%s", c.describeSources())
	if on := c.Console.Enabled; on == nil || *on {
		row("console", "this terminal")
	}
	if s := c.Slack; s != nil {
		row("slack", "Socket Mode, tokens given")
		c.warnOpen(row, s.BotTokenFile, s.AppTokenFile)
	}
	if m := c.Matrix; m != nil {
		row("matrix", "%s as %s", m.Homeserver, m.User)
		c.warnOpen(row, m.AccessTokenFile)
	}
	row("subscriptions", "%s", count(len(c.Subscription), "subscription"))
	for _, s := range c.Subscription {
		fmt.Fprintf(out, "    %-12s %s\n", s.ID, describeSubscription(s))
	}
}

func describeStore(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return path + " (will be made)"
	}
	return fmt.Sprintf("%s (%.1f MB)", path, float64(info.Size())/1e6)
}

func (c *Config) describeClaims() string {
	n := 0
	if c.Claims.Starter {
		n = len(claim.Starter())
	}
	for _, name := range c.Claims.Files {
		claims, err := loadClaims(name)
		if err == nil {
			n += len(claims)
		}
	}
	return count(n, "claim")
}

func (c *Config) describeSources() string {
	pages, paused := 0, 0
	for _, s := range c.Source {
		if s.Kind == "page" {
			pages++
		}
		if s.Paused {
			paused++
		}
	}
	text := fmt.Sprintf("%s and %s", count(len(c.Source)-pages, "feed"), count(pages, "web page"))
	if paused > 0 {
		text += fmt.Sprintf(", %d of them paused", paused)
	}
	if c.Since.span() > 0 {
		return text + "; a new one is read back " + days(c.Since.span())
	}
	return text + "; the first sight of a new one is a silent baseline"
}

// days is a time span as people say it: "7 days", "12 hours".
func days(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0:
		return count(int(d/(24*time.Hour)), "day")
	case d%time.Hour == 0:
		return count(int(d/time.Hour), "hour")
	}
	return strings.TrimSuffix(d.String(), "0s")
}

func describeSubscription(s SubscriptionConfig) string {
	what := "everything"
	if s.Query != "" {
		what = s.Query
	}
	when := s.When
	if s.Zone != "" {
		when += " " + s.Zone
	}
	return fmt.Sprintf("%s, %s: %s", s.To, when, what)
}

func (c *Config) warnOpen(row func(string, string, ...any), files ...string) {
	for _, file := range files {
		if file != "" && openToOthers(file) {
			row("warning", "%s can be read by other users; run: chmod 600 %s", file, file)
		}
	}
}
