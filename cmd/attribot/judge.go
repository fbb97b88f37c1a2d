package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// judgeCmd judges statements or plain texts against claims.
type judgeCmd struct {
	Claims  string `required:"" type:"existingfile" help:"Claims as TOML or NDJSON."`
	Top     int    `default:"5" help:"How many claims for each statement at most."`
	Explain bool   `help:"Print the evidence for each claim."`
	Format  string `enum:"text,ndjson,run" default:"text" help:"text for people, ndjson for programs, run for ranking scorers."`
	From    string `arg:"" name:"file" help:"NDJSON of statements or of plain texts, a text file with one a line, or - for standard input."`
}

// Run judges each line of the input.
func (c *judgeCmd) Run(w *machine) error {
	claims, err := loadClaims(c.Claims)
	if err != nil {
		return err
	}
	judge := claim.NewJudge(claim.Options{})
	judge.PutAll(claims)
	in, err := openInput(w, c.From)
	if err != nil {
		return err
	}
	defer in.Close()
	out := bufio.NewWriter(w.out)
	defer out.Flush()
	p := &verdictPrinter{cmd: c, out: out, judge: judge, texts: textsOf(claims)}
	if err := eachLine(c.From, in, p.line); err != nil {
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	return out.Flush()
}

func textsOf(claims []claim.Claim) map[claim.ID]string {
	texts := make(map[claim.ID]string, len(claims))
	for _, cl := range claims {
		texts[cl.ID] = cl.Text
	}
	return texts
}

// maxLine bounds one line of an NDJSON input: an article with its text.
const maxLine = 64 << 20

// eachLine hands each non-empty line with its number to fn; errors name both.
func eachLine(name string, in io.Reader, fn func(n int, line []byte) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := fn(n, line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s after line %d: %w", name, n, err)
	}
	return nil
}

// judged is one input line: a full statement, or an id with a plain text.
type judged struct {
	id    string
	said  statement.Statement
	plain bool
}

func parseJudged(n int, line []byte) (judged, error) {
	if line[0] != '{' {
		return judged{id: fmt.Sprint(n), said: statement.Statement{Words: string(line)}, plain: true}, nil
	}
	var text struct {
		Text string `json:"text"`
	}
	var s statement.Statement
	if err := json.Unmarshal(line, &text); err != nil {
		return judged{}, fmt.Errorf("read statement: %w", err)
	}
	if err := json.Unmarshal(line, &s); err != nil {
		return judged{}, fmt.Errorf("read statement: %w", err)
	}
	if s.Words == "" {
		s.Words = text.Text
	}
	bare := s.Stance == 0 && len(s.Actors)+len(s.Accused)+len(s.Victims) == 0 && s.Speaker == statement.Speaker{}
	return judged{id: string(s.ID), said: s, plain: bare}, nil
}

// verdictPrinter judges lines and prints what comes of them. Statements of one
// article are judged together: one that says nothing of its own ("Moscow denied
// it") is about what its neighbours are about.
type verdictPrinter struct {
	cmd   *judgeCmd
	out   *bufio.Writer
	judge *claim.Judge
	texts map[claim.ID]string
	held  []judged // statements of one article
}

// maxHeld bounds what is judged together, where lines name no article.
const maxHeld = 1000

func (p *verdictPrinter) line(n int, line []byte) error {
	in, err := parseJudged(n, line)
	if err != nil {
		return err
	}
	if p.cmd.Format == "run" {
		return p.printRun(in)
	}
	if len(p.held) > 0 && (in.plain || p.held[0].plain || p.held[0].said.Article != in.said.Article || len(p.held) == maxHeld) {
		if err := p.flush(); err != nil {
			return err
		}
	}
	p.held = append(p.held, in)
	return nil
}

// flush judges and prints the statements held.
func (p *verdictPrinter) flush() error {
	said := make([]statement.Statement, len(p.held))
	for i, h := range p.held {
		said[i] = h.said
	}
	for i, verdicts := range p.judge.JudgeAll(said) {
		if err := p.print(p.held[i], verdicts); err != nil {
			return err
		}
	}
	p.held = p.held[:0]
	return nil
}

func (p *verdictPrinter) print(in judged, verdicts []claim.Verdict) error {
	if len(verdicts) > p.cmd.Top {
		verdicts = verdicts[:p.cmd.Top]
	}
	if p.cmd.Format == "ndjson" {
		return p.printNDJSON(in.id, verdicts)
	}
	p.printText(in, verdicts)
	return nil
}

// printRun writes the ranking alone: query, claim, rank, score.
func (p *verdictPrinter) printRun(in judged) error {
	for i, r := range p.judge.Rank(in.said.Words, p.cmd.Top) {
		if _, err := fmt.Fprintf(p.out, "%s\t%s\t%d\t%d\n", in.id, r.ID, i+1, r.Score); err != nil {
			return fmt.Errorf("write ranking: %w", err)
		}
	}
	return nil
}

func (p *verdictPrinter) printNDJSON(id string, verdicts []claim.Verdict) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	for _, v := range verdicts {
		line := struct {
			Statement string `json:"statement"`
			claim.Verdict
		}{id, v}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write verdict: %w", err)
		}
	}
	return nil
}

func (p *verdictPrinter) printText(in judged, verdicts []claim.Verdict) {
	fmt.Fprintf(p.out, "%s: %s\n", in.id, oneLine(in.said.Words))
	for _, v := range verdicts {
		sure := "suggested"
		if v.Confirmed {
			sure = "confirmed"
		}
		if v.Standing == claim.New {
			fmt.Fprintln(p.out, "  new: no stored claim matches")
			continue
		}
		fmt.Fprintf(p.out, "  %-8s %s %4d  %s  %s\n", v.Standing, v.Claim, v.Score, sure, oneLine(p.texts[v.Claim]))
		if p.cmd.Explain {
			fmt.Fprintf(p.out, "           %s\n", strings.Join(v.Reasons, "; "))
		}
	}
	fmt.Fprintln(p.out)
}
