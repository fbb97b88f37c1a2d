package claim

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// Mode says what an import does with a faulty claim.
type Mode uint8

// The modes of an import.
const (
	AllOrNothing Mode = iota + 1 // one fault, and nothing is loaded
	SkipFaulty                   // the rest is loaded, the faults are returned joined
)

// A Fault is one claim of an import that could not be read.
type Fault struct {
	File string
	Line int // from 1
	Err  error
}

// Error is "file:line: cause".
func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err) }

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Err }

// mostLine is the longest line of an import, in bytes.
const mostLine = 1 << 20

// importer gathers the claims and faults of one import.
type importer struct {
	name   string
	mode   Mode
	claims []Claim
	faults []error
	lines  map[ID]int
	keys   map[string]int
}

func newImporter(name string, mode Mode) *importer {
	return &importer{name: name, mode: mode, lines: map[ID]int{}, keys: map[string]int{}}
}

// take keeps a claim unless it is faulty.
func (im *importer) take(line int, c Claim, err error) {
	if err == nil {
		err = im.check(line, &c)
	}
	if err != nil {
		im.fault(line, err)
		return
	}
	im.claims = append(im.claims, c)
}

func (im *importer) fault(line int, err error) {
	im.faults = append(im.faults, &Fault{im.name, line, err})
}

// check refuses what no claim can be without, and ids and keys given twice.
func (im *importer) check(line int, c *Claim) error {
	switch {
	case c.Text == "":
		return errors.New("read claim: it has no text")
	case c.ID == "" && c.Key == "":
		return errors.New("read claim: it has neither id nor key")
	}
	if first, met := im.lines[c.ID]; met && c.ID != "" {
		return fmt.Errorf("read claim: id %q stands already in line %d", c.ID, first)
	}
	if first, met := im.keys[c.Key]; met && c.Key != "" {
		return fmt.Errorf("read claim: key %q stands already in line %d", c.Key, first)
	}
	im.lines[c.ID], im.keys[c.Key] = line, line
	return nil
}

// done gives what the mode lets through.
func (im *importer) done() ([]Claim, error) {
	err := errors.Join(im.faults...)
	if err != nil && im.mode != SkipFaulty {
		return nil, err
	}
	return im.claims, err
}

// eachLine yields the lines of r with their numbers from 1.
func eachLine(r io.Reader, yield func(n int, line []byte)) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 1<<16), mostLine)
	n := 0
	for sc.Scan() {
		n++
		yield(n, sc.Bytes())
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("read line %d: %w", n+1, err)
	}
	return nil
}
