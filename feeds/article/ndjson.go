package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"attribot/feeds/statement"
)

// maxLine is the longest line of NDJSON that is read, in bytes.
const maxLine = 64 << 20

// line is one article as programs write it.
type line struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Lang      string `json:"lang"`
	Zone      string `json:"zone"`
}

// ReadNDJSON reads one article a line, in order. A line that is no article
// yields an error with its number; the walk goes on after it.
func ReadNDJSON(r io.Reader) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		lines := bufio.NewReaderSize(r, 64<<10)
		for n := 1; ; n++ {
			raw, err := readLine(lines)
			if len(raw) > 0 {
				a, fault := readArticleLine(raw)
				if fault != nil {
					fault = fmt.Errorf("read article in line %d: %w", n, fault)
				}
				if !yield(a, fault) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Article{}, fmt.Errorf("read line %d: %w", n, err))
				return
			}
		}
	}
}

// readLine reads a line without its end and the white space around it.
func readLine(r *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		part, err := r.ReadSlice('\n')
		whole = append(whole, part...)
		if len(whole) > maxLine {
			return nil, fmt.Errorf("line is longer than %d bytes", maxLine)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSpace(whole), err
		}
	}
}

func readArticleLine(raw []byte) (Article, error) {
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return Article{}, err
	}
	if l.ID == "" {
		return Article{}, errors.New(`want "id"`)
	}
	a := Article{ID: l.ID, Text: l.Text, Title: l.Title, URL: l.URL, Outlet: l.Outlet, Lang: l.Lang, Zone: l.Zone, Full: true}
	if l.Zone != "" {
		if _, err := time.LoadLocation(l.Zone); err != nil {
			return Article{}, fmt.Errorf(`read "zone": %w`, err)
		}
	}
	a.ascribe()
	paragraphs := paragraphsOf(a.Text)
	a.Credit = creditOf(paragraphs)
	if !a.datedBy(l.Published) {
		h := readHead(paragraphs)
		h.findDate(location(a.Zone))
		a.dated(h.day, h.at, FromText)
	}
	if a.Lang == "" {
		a.Lang = GuessLang(a.Text)
	}
	return a, nil
}

// datedBy takes the date that the line gives: a civil date of any precision,
// or an instant. What cannot be read is no date.
func (a *Article) datedBy(published string) bool {
	if len(published) <= len("2024-10-14") {
		if day, err := statement.ParseDate(published); err == nil {
			a.dated(day, time.Time{}, FromFeed)
			return !day.IsZero()
		}
	}
	zone := location(a.Zone)
	s, ok := ParseStamp(published, zone, false)
	if ok {
		a.dated(s.Civil(zone), s.At, FromFeed)
	}
	return ok
}

func (a *Article) dated(day statement.Date, at time.Time, from DateSource) {
	if day.IsZero() {
		return
	}
	a.Published, a.At, a.DateFrom = day, at, from
}
