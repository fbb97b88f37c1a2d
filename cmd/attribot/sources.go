package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"attribot/feeds"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

// sourcesCmd carries lists of sources in and out, and finds a site's feeds.
type sourcesCmd struct {
	Import sourcesImportCmd `cmd:"" help:"Print the feeds of an OPML file as [[source]] tables for the configuration."`
	Export sourcesExportCmd `cmd:"" help:"Print the configured sources as OPML, tags as folders."`
	Find   sourcesFindCmd   `cmd:"" help:"Find the feeds of a site by its address."`
}

type sourcesImportCmd struct {
	File string `arg:"" type:"existingfile" help:"OPML, as feed readers export it."`
}

// Run prints tables; the configuration stays the user's own to edit.
func (c *sourcesImportCmd) Run(w *machine) error {
	f, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("import sources: %w", err)
	}
	defer f.Close()
	sources, err := feeds.ReadOPML(f)
	if err != nil {
		return fmt.Errorf("import sources from %s: %w", c.File, err)
	}
	for _, s := range sources {
		printSource(w.out, s)
	}
	return nil
}

// printSource prints one source as the configuration writes it.
func printSource(out io.Writer, s feeds.Source) {
	fmt.Fprintf(out, "[[source]]\nid = %s\nname = %s\nurl = %s\n", strconv.Quote(string(s.ID)), strconv.Quote(s.Name), strconv.Quote(s.URL))
	if s.Kind == feeds.PageKind {
		fmt.Fprintln(out, `kind = "page"`)
	}
	if s.Lang != "" {
		fmt.Fprintf(out, "lang = %s\n", strconv.Quote(s.Lang))
	}
	if len(s.Tags) > 0 {
		tags := make([]string, len(s.Tags))
		for i, t := range s.Tags {
			tags[i] = strconv.Quote(t)
		}
		fmt.Fprintf(out, "tags = [%s]\n", strings.Join(tags, ", "))
	}
	fmt.Fprintln(out)
}

type sourcesExportCmd struct {
	Config string `default:"bot.toml" help:"Configuration file."`
}

// Run writes OPML to standard output.
func (c *sourcesExportCmd) Run(w *machine) error {
	config, faults := loadConfig(c.Config)
	if len(faults) > 0 {
		return faultsError(faults)
	}
	sources, err := config.sources()
	if err != nil {
		return err
	}
	if err := feeds.WriteOPML(w.out, "attribot", sources); err != nil {
		return fmt.Errorf("export sources: %w", err)
	}
	return nil
}

type sourcesFindCmd struct {
	Address string `arg:"" help:"Address of a site or page."`
}

// Run prints what was found as tables for the configuration.
func (c *sourcesFindCmd) Run(w *machine) error {
	found, err := feeds.Discover(w.ctx, fetch.New(fetch.Options{Allow: everywhere()}), c.Address)
	if errors.Is(err, feeds.ErrNoFeed) {
		return fmt.Errorf("%w; watch its list of articles instead: kind = \"page\"", err)
	}
	if err != nil {
		return err
	}
	for i, f := range found {
		printSource(w.out, feeds.Source{ID: idOf(f.URL, i), Name: cmp.Or(f.Title, c.Address), URL: f.URL})
	}
	return nil
}

// idOf is a key made of an address's host, numbered after the first.
func idOf(address string, i int) reading.SourceID {
	id := "source"
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		id = strings.ReplaceAll(strings.TrimPrefix(u.Hostname(), "www."), ".", "-")
	}
	if i > 0 {
		id = fmt.Sprintf("%s-%d", id, i+1)
	}
	return reading.SourceID(id)
}

// everywhere lets an address that the user typed lead into their own network;
// what a feed names is never fetched so.
func everywhere() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}
}
