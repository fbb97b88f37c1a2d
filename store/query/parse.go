package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"attribot/feeds/statement"
)

// Fault is what is wrong with a query, in a sentence for people.
type Fault struct {
	At   int    // byte offset in the query
	Text string // "I don't know the key \"actr\". Did you mean \"actor\"?"
}

// Error is the sentence.
func (f *Fault) Error() string { return f.Text }

// maxTerms bounds a query: it is matched against every event.
const maxTerms = 50

// Parse reads a query. Its error is a *Fault.
func Parse(s string) (Query, error) { return ParseAt(s, statement.Date{}) }

// ParseAt reads a query in which since and until may be told from today: "7d",
// "2w", "3m", "1y", "today", "yesterday".
func ParseAt(s string, today statement.Date) (Query, error) {
	p := parser{in: s, today: today}
	if !utf8.ValidString(s) {
		return Query{}, p.fault(0, "That is not valid text.")
	}
	for p.skipSpace(); p.at < len(p.in); p.skipSpace() {
		if err := p.term(); err != nil {
			return Query{}, err
		}
		if len(p.q.Terms) > maxTerms {
			return Query{}, p.fault(p.at, "That is more than %d conditions; please ask for less at once.", maxTerms)
		}
	}
	return p.q, nil
}

type parser struct {
	in    string
	at    int
	today statement.Date
	q     Query
}

func (p *parser) fault(at int, format string, args ...any) *Fault {
	return &Fault{at, fmt.Sprintf(format, args...)}
}

func (p *parser) skipSpace() {
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += n
	}
}

// term reads one condition: -key:"value",value or words.
func (p *parser) term() error {
	start := p.at
	not := false
	if p.in[p.at] == '-' {
		not = true
		p.at++
	}
	key, isKeyed := p.key()
	if !isKeyed {
		return p.words(start, not)
	}
	for {
		at := p.at
		value, err := p.value(",")
		if err != nil {
			return err
		}
		if value == "" {
			return p.fault(at, "What should come after %q? For example %s.", key+":", example(key))
		}
		if err := p.add(start, at, key, value, not); err != nil {
			return err
		}
		if p.at >= len(p.in) || p.in[p.at] != ',' {
			return nil
		}
		p.at++
	}
}

// key reads "word:" where a value follows at once or nothing does; an address
// such as https://x is words.
func (p *parser) key() (string, bool) {
	rest := p.in[p.at:]
	i := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && r != '_' })
	if i <= 0 || rest[i] != ':' || strings.HasPrefix(rest[i:], "://") {
		return "", false
	}
	p.at += i + 1
	return strings.ToLower(rest[:i]), true
}

func (p *parser) words(start int, not bool) error {
	at := p.at
	value, err := p.value("")
	if err != nil {
		return err
	}
	if len(Tokens(value)) == 0 {
		if not || value == "" {
			return p.fault(start, "There is nothing to look for in %q.", p.in[start:p.at])
		}
		return nil // punctuation alone says nothing
	}
	return p.add(start, at, "", value, not)
}

// quotes are the pairs of quotation marks that people type.
var quotes = map[rune]rune{'"': '"', '“': '”', '„': '“', '«': '»'}

// value reads a quoted phrase or everything up to a space or one of stops.
func (p *parser) value(stops string) (string, error) {
	rest := p.in[p.at:]
	open, n := utf8.DecodeRuneInString(rest)
	if end, ok := quotes[open]; ok && n > 0 {
		body := rest[n:]
		i := strings.IndexFunc(body, func(r rune) bool { return r == end || r == '"' })
		if i < 0 {
			return "", p.fault(p.at, "The quotation mark at %q is not closed.", clip(rest))
		}
		_, m := utf8.DecodeRuneInString(body[i:])
		p.at += n + i + m
		return strings.Join(strings.Fields(body[:i]), " "), nil
	}
	i := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(stops, r) })
	if i < 0 {
		i = len(rest)
	}
	p.at += i
	return rest[:i], nil
}

func clip(s string) string {
	const longest = 20
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func (p *parser) add(start, at int, name, value string, not bool) error {
	switch name {
	case "since", "until":
		return p.bound(start, at, name, value, not)
	}
	key, ok := keyByName(name)
	if !ok {
		return p.fault(start, "I don't know the key %q. %s", name, suggestKey(name))
	}
	t := Term{Key: key, Value: value, Not: not}
	switch key {
	case Stance:
		if t.stances = stancesOf(value); t.stances == nil {
			return p.fault(at, "I don't know the stance %q. %s", value, suggest(value, stanceWords()))
		}
	case Country:
		if t.code = countryCode(value); t.code == "" {
			return p.fault(at, "I don't know the country %q. Please give its name or its two-letter code, such as CN.", value)
		}
	case Accused, Speaker, Victim:
		t.code = countryCode(value)
	}
	if len(Tokens(value)) == 0 {
		return p.fault(at, "There is nothing to look for in %q.", value)
	}
	p.q.Terms = append(p.q.Terms, t)
	return nil
}

func (p *parser) bound(start, at int, name, value string, not bool) error {
	d, err := p.date(value)
	if err != nil || d.Year == 0 {
		return p.fault(at, "I can't read the date %q. Please write it like 2024-10-14, 2024-10 or 2024%s.", value, p.relativeHint())
	}
	if not {
		return p.fault(start, "%q can't be excluded; use the other of since and until.", name)
	}
	if name == "since" {
		p.q.Since = firstDay(d)
	} else {
		p.q.Until = lastDay(d)
	}
	return nil
}

func (p *parser) relativeHint() string {
	if p.today.IsZero() {
		return ""
	}
	return ", or 7d for the last seven days"
}

func (p *parser) date(value string) (statement.Date, error) {
	if p.today.IsZero() {
		return statement.ParseDate(value)
	}
	today := p.today.Time()
	switch strings.ToLower(value) {
	case "today":
		return p.today, nil
	case "yesterday":
		return statement.DateOf(today.AddDate(0, 0, -1)), nil
	}
	if n, err := strconv.Atoi(value[:len(value)-1]); err == nil && n >= 0 && n < 10_000 {
		switch value[len(value)-1] {
		case 'd':
			return statement.DateOf(today.AddDate(0, 0, -n)), nil
		case 'w':
			return statement.DateOf(today.AddDate(0, 0, -7*n)), nil
		case 'm':
			return statement.DateOf(today.AddDate(0, -n, 0)), nil
		case 'y':
			return statement.DateOf(today.AddDate(-n, 0, 0)), nil
		}
	}
	return statement.ParseDate(value)
}

func firstDay(d statement.Date) statement.Date { return statement.DateOf(d.Time()) }

func lastDay(d statement.Date) statement.Date {
	t := d.Time()
	switch {
	case d.Month == 0:
		t = time.Date(d.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		t = t.AddDate(0, 1, -1)
	}
	return statement.DateOf(t)
}

// Empty reports whether the query matches everything.
func (q Query) Empty() bool { return len(q.Terms) == 0 && q.Since.IsZero() && q.Until.IsZero() }

// String writes the query so that Parse reads it back.
func (q Query) String() string {
	var parts []string
	for _, t := range q.Terms {
		parts = append(parts, t.String())
	}
	if !q.Since.IsZero() {
		parts = append(parts, "since:"+q.Since.String())
	}
	if !q.Until.IsZero() {
		parts = append(parts, "until:"+q.Until.String())
	}
	return strings.Join(parts, " ")
}

// String writes the term as it is written in a query.
func (t Term) String() string {
	s := t.Value
	if t.Key == 0 || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }) {
		s = quoted(s)
	}
	if t.Key != 0 {
		s = t.Key.String() + ":" + s
	}
	if t.Not {
		s = "-" + s
	}
	return s
}

// quoted puts marks around a value that a reader would take apart.
func quoted(s string) string {
	plain := !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if plain && s != "" {
		return s
	}
	if strings.ContainsRune(s, '"') {
		return s // only an unquoted value can hold a mark, and it holds no space
	}
	return `"` + s + `"`
}
