package bot

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/store"
)

// The bounds of an export into a channel.
const (
	maxExport      = 20_000
	maxExportBytes = 8 << 20
)

// Format is the form of an export. Zero is invalid.
type Format uint8

// The formats.
const (
	CSV    Format = iota + 1 // a table for people's programs
	NDJSON                   // one statement a line, with everything that is known
)

// ParseFormat reads "csv" or "ndjson".
func ParseFormat(s string) (Format, error) {
	switch strings.ToLower(s) {
	case "csv":
		return CSV, nil
	case "ndjson", "jsonl", "json":
		return NDJSON, nil
	}
	return 0, fmt.Errorf("read format %q: want csv or ndjson", s)
}

// Export writes the statements that a query finds, newest first, at most limit
// (0: all), and gives their number.
func (b *Bot) Export(ctx context.Context, w io.Writer, text string, f Format, limit int) (int, error) {
	q, err := parseQuery(text)
	if err != nil {
		return 0, err
	}
	put, flush := b.writer(w, f)
	n, after := 0, ""
	for ctx.Err() == nil {
		res, err := b.store.Search(q, store.Page{Size: 200, After: after})
		if err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		for _, st := range res.Statements {
			if limit > 0 && n == limit {
				return n, flush()
			}
			if err := put(st); err != nil {
				return n, fmt.Errorf("export: %w", err)
			}
			n++
		}
		if after = res.Next; after == "" {
			return n, flush()
		}
	}
	return n, ctx.Err()
}

// writer gives the functions that write one statement and finish.
func (b *Bot) writer(w io.Writer, f Format) (put func(store.Statement) error, flush func() error) {
	if f == NDJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(st store.Statement) error { return enc.Encode(st) }, func() error { return nil }
	}
	table := csv.NewWriter(w)
	begun := false
	put = func(st store.Statement) error {
		if !begun {
			begun = true
			if err := table.Write(columns); err != nil {
				return err
			}
		}
		return table.Write(b.row(st))
	}
	return put, func() error { table.Flush(); return table.Error() }
}

// columns of an export as CSV.
var columns = []string{"id", "said", "speaker", "role", "organisation", "country", "stance", "certainty", "accused", "actors", "victims", "venue", "words", "claims", "outlets", "origins", "urls", "background"}

func (b *Bot) row(st store.Statement) []string {
	s := st.Said
	var claims, outlets, urls []string
	origins := map[string]bool{}
	for _, l := range st.Links {
		if l.Claim != "" {
			claims = append(claims, string(l.Claim)+" "+l.Standing.String())
		}
	}
	for _, a := range st.Appearances {
		outlets, urls = append(outlets, a.Outlet), append(urls, a.URL)
		origins[a.Origin] = true
	}
	row := []string{string(st.ID), s.Said.String(), s.Speaker.Name, s.Speaker.Role, s.Speaker.Organisation, string(s.Speaker.Country), s.Stance.String(), s.Certainty,
		compose.Parties(s.Accused), compose.Actors(s.Actors), compose.Parties(s.Victims), s.Venue, s.Words,
		strings.Join(claims, "; "), strings.Join(outlets, "; "), strconv.Itoa(len(origins)), strings.Join(urls, " "), strconv.FormatBool(s.Background)}
	for i := range row {
		row[i] = cell(row[i])
	}
	return row
}

// cell keeps foreign text from being a formula in a table (OWASP, "CSV
// Injection").
func cell(s string) string {
	s = message.Inert(s)
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// export answers with a file.
func (b *Bot) export(c call) (message.Message, error) {
	words := tokens(c.args)
	format := CSV
	if n := len(words); n >= 2 && words[n-2].bare() == "as" {
		f, err := ParseFormat(words[n-1].value)
		if err != nil {
			return message.Message{}, sorry("I can write csv or ndjson, for example: export accused:CN as csv")
		}
		format, words = f, words[:n-2]
	}
	var buf bytes.Buffer
	n, err := b.Export(c.ctx, &bounded{&buf, maxExportBytes}, joined(words), format, maxExport)
	if err != nil {
		return message.Message{}, err
	}
	if n == 0 {
		return message.Message{}, sorry("Nothing on record matches, so there is nothing to export.")
	}
	m := done(capital(compose.Count(n, "statement")+" exported", ""))
	if n == maxExport {
		m.Blocks = append(m.Blocks, message.C(message.T("These are the newest; narrow the query with since: and until: for others.")))
	}
	f := message.File{Name: "statements.csv", Type: "text/csv", Data: buf.Bytes()}
	if format == NDJSON {
		f.Name, f.Type = "statements.ndjson", "application/x-ndjson"
	}
	m.Files = []message.File{f}
	return m, nil
}

// bounded refuses to take more than is left.
type bounded struct {
	w    io.Writer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, sorry("That is more than fits into one file. Narrow the query, for example with since: and until:.")
	}
	return b.w.Write(p)
}
