package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/statement"
)

// readCmd prints the statements of articles.
type readCmd struct {
	All     bool     `help:"Every reported speech, not only those on cyber attribution."`
	Explain bool     `help:"Add which rule found each statement, and why other speech was left out."`
	Format  string   `enum:"text,ndjson,quotes" default:"text" help:"text for people, ndjson or quotes for programs."`
	Lexicon []string `help:"Files of your own actors, organisations and people (TOML)." type:"existingfile"`
	From    []string `arg:"" name:"file" help:"Text, HTML, feed or NDJSON files, web addresses, or - for standard input."`
}

// Run reads each input in turn.
func (c *readCmd) Run(w *machine) error {
	lex, err := loadLexicon(c.Lexicon)
	if err != nil {
		return err
	}
	reader := extract.New(lex)
	out := bufio.NewWriter(w.out)
	defer out.Flush()
	for _, from := range c.From {
		articles, err := loadArticles(w, from)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if err := c.print(out, reader, a); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func (c *readCmd) print(out *bufio.Writer, reader *extract.Reader, a article.Article) error {
	var found []statement.Statement
	if c.All {
		found = reader.ReadAll(a)
	} else {
		found = reader.Read(a)
	}
	switch c.Format {
	case "ndjson":
		return printNDJSON(out, found)
	case "quotes":
		return printQuotes(out, found)
	}
	printReading(out, a, found, c.Explain)
	if c.Explain {
		printFindings(out, a, reader.Why(a))
	}
	return nil
}

func printNDJSON(out *bufio.Writer, found []statement.Statement) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for i := range found {
		if err := enc.Encode(normal(found[i])); err != nil {
			return fmt.Errorf("write statement: %w", err)
		}
	}
	return nil
}

// normal writes empty lists as [], which programs expect.
func normal(s statement.Statement) statement.Statement {
	if s.With == nil {
		s.With = []statement.Speaker{}
	}
	if s.Accused == nil {
		s.Accused = []statement.Party{}
	}
	if s.Actors == nil {
		s.Actors = []statement.Actor{}
	}
	if s.Victims == nil {
		s.Victims = []statement.Party{}
	}
	return s
}

// quoteLine is a statement under the key that quotation scorers use.
type quoteLine struct {
	Doc string `json:"doc"`
	statement.Statement
	Article string `json:"article,omitempty"` // hides the statement's own
}

func printQuotes(out *bufio.Writer, found []statement.Statement) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, s := range found {
		if err := enc.Encode(quoteLine{Doc: s.Article, Statement: normal(s)}); err != nil {
			return fmt.Errorf("write quotation: %w", err)
		}
	}
	return nil
}

// printReading prints an article's statements for people.
func printReading(out *bufio.Writer, a article.Article, found []statement.Statement, explain bool) {
	head := []string{a.ID}
	for _, s := range []string{a.Outlet, a.Published.String()} {
		if s != "" {
			head = append(head, s)
		}
	}
	fmt.Fprintln(out, strings.Join(head, " · "))
	if a.Title != "" {
		fmt.Fprintf(out, "  %s\n", oneLine(a.Title))
	}
	if len(found) == 0 {
		fmt.Fprintln(out, "  no statement")
	}
	for _, s := range found {
		printStatement(out, s, explain)
	}
	fmt.Fprintln(out)
}

func printStatement(out *bufio.Writer, s statement.Statement, explain bool) {
	stance := s.Stance.String()
	if stance == "" {
		stance = "says"
	}
	fmt.Fprintf(out, "\n  %-16s %s\n", stance, speakerLine(s))
	for _, detail := range details(s) {
		fmt.Fprintf(out, "  %16s %s\n", "", detail)
	}
	fmt.Fprintf(out, "  %16s “%s”\n", "", oneLine(s.Words))
	if explain {
		fmt.Fprintf(out, "  %16s rule %s, bytes %d–%d\n", "", s.Rule, s.Span.Start, s.Span.End)
	}
}

// speakerLine is "Mao Ning (foreign ministry spokesperson, CN), 2024-10-14, daily press briefing".
func speakerLine(s statement.Statement) string {
	line := speakerName(s.Speaker)
	for _, other := range s.With {
		line += " with " + speakerName(other)
	}
	for i := len(s.Via) - 1; i >= 0; i-- {
		line += ", via " + speakerName(s.Via[i])
	}
	for _, part := range []string{s.Said.String(), s.Venue} {
		if part != "" {
			line += ", " + part
		}
	}
	if s.Background {
		line += ", background"
	}
	return line
}

func speakerName(s statement.Speaker) string {
	name, rest := s.Name, []string{s.Role, s.Organisation, string(s.Country)}
	if name == "" && s.Kind == statement.Unnamed {
		name = s.As
	}
	if name == "" {
		name, rest = s.Organisation, []string{s.Role, string(s.Country)}
	}
	if name == "" {
		name = s.As
	}
	if name == "" {
		name = "(unknown)"
	}
	var known []string
	for _, r := range rest {
		if r != "" {
			known = append(known, r)
		}
	}
	if len(known) == 0 {
		return oneLine(name)
	}
	return oneLine(name + " (" + strings.Join(known, ", ") + ")")
}

// details are the lines on whom the statement is about.
func details(s statement.Statement) []string {
	var lines []string
	add := func(label string, names []string) {
		if len(names) > 0 {
			lines = append(lines, label+" "+oneLine(strings.Join(names, ", ")))
		}
	}
	add("accused:", partyNames(s.Accused))
	add("named instead:", partyNames(s.Culprit))
	add("accuser:", partyNames(s.Accuser))
	var actors []string
	for _, a := range s.Actors {
		if a.As != "" && a.As != a.Name {
			actors = append(actors, fmt.Sprintf("%s (as “%s”)", a.Name, a.As))
			continue
		}
		actors = append(actors, a.Name)
	}
	add("actor:", actors)
	add("victim:", partyNames(s.Victims))
	if s.Operation != "" {
		add("operation:", []string{s.Operation})
	}
	if s.Certainty != "" {
		add("certainty:", []string{s.Certainty})
	}
	return lines
}

func partyNames(parties []statement.Party) []string {
	var names []string
	for _, p := range parties {
		switch {
		case p.Country != "" && p.Name != "" && string(p.Country) != p.Name:
			names = append(names, fmt.Sprintf("%s (%s)", p.Name, p.Country))
		case p.Name != "":
			names = append(names, p.Name)
		default:
			names = append(names, string(p.Country))
		}
	}
	return names
}

// printFindings tells of the speech that was left out, and why.
func printFindings(out *bufio.Writer, a article.Article, findings []extract.Finding) {
	for _, f := range findings {
		if f.Statement != nil {
			continue
		}
		fmt.Fprintf(out, "  left out: %s", f.Reason)
		if f.Detail != "" {
			fmt.Fprintf(out, " (%s)", oneLine(f.Detail))
		}
		fmt.Fprintf(out, ": “%s”\n", oneLine(f.Span.In(a.Text)))
	}
}

// oneLine folds white space and drops control characters, so that foreign text
// cannot move the cursor of a terminal.
func oneLine(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < 0x20 || r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(clean), " ")
}
