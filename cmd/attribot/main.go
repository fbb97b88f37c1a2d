// Command attribot polls news feeds for new statements on cyber attribution,
// matches them against stored claims, and tells Slack and Matrix channels.
//
// This package reads the configuration and wires the rooms together: nothing
// else in the module knows of files of settings, flags or the environment.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones are right on machines without a zone database

	"github.com/alecthomas/kong"
)

// cli is the command line; one field a subcommand, one file each.
type cli struct {
	Version kong.VersionFlag `help:"Print the version."`

	Demo   demoCmd   `cmd:"" help:"Show the main job on an embedded sample world: no accounts, no network."`
	Run    runCmd    `cmd:"" help:"Poll the configured sources and tell the channels, until stopped."`
	Check  checkCmd  `cmd:"" help:"Tell every fault of a configuration, then what would run."`
	Read   readCmd   `cmd:"" help:"Print the statements of articles."`
	Judge  judgeCmd  `cmd:"" help:"Judge statements or plain texts against claims."`
	Replay replayCmd `cmd:"" help:"Back-test: the line over saved articles, never posting."`
	Ask    askCmd    `cmd:"" help:"Look up what is stored, as in a channel."`
	Claim  claimCmd  `cmd:"" help:"Curate claims: list, show, add, edit, merge, confirm, import, export."`
	Export exportCmd `cmd:"" help:"Write the statements that a query finds as CSV or NDJSON."`

	Sources sourcesCmd `cmd:"" help:"Carry lists of sources in and out as OPML; find a site's feeds."`
	Backup  backupCmd  `cmd:"" help:"Copy the store, also while the bot runs."`
	Restore restoreCmd `cmd:"" help:"Put a backup in the store's place."`
	Compact compactCmd `cmd:"" help:"Give the store's free pages back."`
	Fsck    fsckCmd    `cmd:"" help:"Read the whole store and check its indexes."`
}

// machine is what a command sees of the machine; tests hand in their own.
type machine struct {
	ctx    context.Context
	in     io.Reader
	out    io.Writer
	err    io.Writer
	now    func() time.Time
	colour bool // out is a terminal
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	w := &machine{ctx: ctx, in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, colour: colourful(os.Stdout)}
	code := run(os.Args[1:], w)
	stop()
	os.Exit(code)
}

// exitCode carries kong's wish to end (after --help) up to run.
type exitCode int

// run parses the arguments, runs the command, and gives the exit code: 0 for
// success, 1 for a fault, 2 for wrong usage.
func run(args []string, w *machine) (code int) {
	defer func() {
		if r := recover(); r != nil {
			wish, ok := r.(exitCode)
			if !ok {
				panic(r)
			}
			code = int(wish)
		}
	}()
	parser, err := kong.New(&cli{}, kong.Name("attribot"),
		kong.Description("Who says that whom is behind what in cyber attribution: reads feeds, matches claims, tells channels."),
		kong.Writers(w.out, w.err), kong.Exit(func(c int) { panic(exitCode(c)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Bind(w), kong.Vars{"version": "attribot " + version()})
	if err != nil {
		return complain(w, fmt.Errorf("build command line: %w", err))
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(w.err, "attribot: %v\nTry attribot --help.\n", err)
		return 2
	}
	return complain(w, parsed.Run(w))
}

// complain prints an error as a person reads it and gives the exit code.
func complain(w *machine, err error) int {
	if err == nil {
		return 0
	}
	var faults faultsError
	if errors.As(err, &faults) {
		faults.print(w.err)
	}
	fmt.Fprintf(w.err, "attribot: %v\n", err)
	return 1
}

// colourful reports whether a file is a terminal whose user wants colour
// (https://no-color.org).
func colourful(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
