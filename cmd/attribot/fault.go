package main

import (
	"fmt"
	"io"
	"path/filepath"
)

// fault is one thing wrong in a file, and what to write instead.
type fault struct {
	File string
	Line int // from 1; 0 = the file as a whole
	Text string
	Mend string
}

// String is "file:line: text; mend".
func (f fault) String() string {
	place := filepath.Base(f.File)
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, f.Line)
	}
	if f.Mend == "" {
		return place + ": " + f.Text
	}
	return place + ": " + f.Text + "; " + f.Mend
}

// faultsError joins faults for a command that cannot go on.
type faultsError []fault

func (e faultsError) Error() string {
	return fmt.Sprintf("configuration has %s", count(len(e), "fault"))
}

func (e faultsError) print(w io.Writer) {
	for _, f := range e {
		fmt.Fprintln(w, f)
	}
}

// count is "1 outlet", "2 outlets".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
