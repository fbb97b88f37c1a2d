package compose

import (
	"fmt"
	"strings"

	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// Reason is a question to a judge that was not stored: why one claim is or is
// not linked.
type Reason struct {
	Claim claim.ID
	Words []string
}

// Why explains a statement: the rule that found it, why it is one statement, and
// each link with its reasons and who decided.
func (c *Composer) Why(st store.Statement, articles []store.Article, trail []store.Change) (message.Message, error) {
	t, err := c.about(st, "")
	if err != nil {
		return message.Message{}, err
	}
	m := message.Message{Headline: "Why " + string(st.ID) + ": " + t.sentenceOf(headlineLimit-10)}
	m.Blocks = append(m.Blocks, quote(t, quoteLimit), message.H("How it was found"))
	for _, a := range articles {
		m.Blocks = append(m.Blocks, found(st, a)...)
	}
	m.Blocks = append(m.Blocks, message.H("What it stands to"))
	for _, l := range st.Links {
		b, err := c.link(l)
		if err != nil {
			return m, err
		}
		m.Blocks = append(m.Blocks, b...)
	}
	if len(st.Links) == 0 {
		m.Blocks = append(m.Blocks, message.I(message.T("No claim on record says the same, and it makes none itself.")))
	}
	if len(trail) > 0 {
		m.Blocks = append(m.Blocks, message.H("What people changed"))
		for _, ch := range trail {
			m.Blocks = append(m.Blocks, change(ch))
		}
	}
	m.Actions = Actions(st.ID, t.claim.ID)[:2]
	if t.claim.ID == "" {
		m.Actions = nil
	}
	return m, nil
}

// found tells of one article how the statement came out of it.
func found(st store.Statement, a store.Article) []message.Block {
	outlet := first(a.Outlet, hostOf(a.URL), "an unnamed outlet")
	src := message.T(outlet)
	if a.URL != "" {
		src = message.L(outlet, a.URL)
	}
	var small []string
	for _, mn := range a.Mentions {
		if mn.Statement != st.ID {
			continue
		}
		if mn.Rule != "" {
			small = append(small, "Rule "+mn.Rule)
		}
		small = append(small, mn.Decision...)
		if mn.Gone {
			small = append(small, "The article no longer says it")
		}
	}
	if a.OriginBy != "" {
		small = append(small, "Origin: "+a.OriginBy)
	}
	out := []message.Block{message.I(src, message.T(": "+first(a.Title, "untitled")+published(a)))}
	if len(small) > 0 {
		out = append(out, message.C(message.T(sentences(small))))
	}
	return out
}

func published(a store.Article) string {
	if a.Published.IsZero() {
		return ""
	}
	return " (" + Date(a.Published) + ")"
}

// sentences joins reasons, each as a sentence.
func sentences(all []string) string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = sentence(message.Cut(s, 300))
	}
	return strings.Join(out, " ")
}

// link is one standing with its reasons.
func (c *Composer) link(l store.Link) ([]message.Block, error) {
	state := "suggested"
	if l.Confirmed {
		state = "confirmed"
	}
	head := fmt.Sprintf(" %s, score %d of 1000, %s, by %s", standingWords[l.Standing], l.Score, state, first(l.By, "the judge"))
	name := "No claim"
	if l.Claim != "" {
		cl, err := c.claim(l.Claim)
		if err != nil {
			return nil, err
		}
		name = string(cl.ID) + " " + Title(cl)
	}
	out := []message.Block{message.I(message.B(name), message.T(":"+head+"."))}
	if len(l.Reasons) > 0 {
		out = append(out, message.C(message.T(sentences(l.Reasons))))
	}
	return out, nil
}

// standingWords are the standings of a statement to a claim.
var standingWords = map[claim.Standing]string{
	claim.Repeats: "repeats it", claim.Supports: "supports it", claim.Denies: "denies it",
	claim.CountersIt: "answers it with a counter-charge", claim.Hedges: "leaves it open", claim.New: "matches none",
}

// change is one entry of the audit trail.
func change(ch store.Change) message.Block {
	text := ch.At.UTC().Format("2 January 2006 15:04 UTC") + ", " + first(ch.By, "the bot") + ": " + ch.Action.String() + " " + ch.Record
	if ch.Note != "" {
		text += ", " + ch.Note
	}
	return message.I(message.T(sentence(text)))
}

// WhyNot explains an article: what was found in it, what the reader noted, and
// what became of each statement.
func (c *Composer) WhyNot(a store.Article, told []string) (message.Message, error) {
	n := 0
	for _, mn := range a.Mentions {
		if !mn.Gone {
			n++
		}
	}
	m := message.Message{Headline: Count(n, "statement") + " on cyber attribution in “" + message.Cut(first(a.Title, a.URL, a.ID), 90) + "”"}
	m.Headline = capital(m.Headline)
	m.Blocks = append(m.Blocks, message.C(message.T(articleLine(a))))
	for _, f := range a.Findings {
		m.Blocks = append(m.Blocks, message.I(message.T(sentence(f))))
	}
	for i, mn := range a.Mentions {
		text := string(mn.Statement)
		if mn.Gone {
			text += " (gone since)"
		}
		m.Blocks = append(m.Blocks, message.I(message.B(text), message.T(": "+message.Cut(message.Inert(mn.Words), shortQuote))))
		var small []string
		small = append(small, mn.Decision...)
		if i < len(told) && told[i] != "" {
			small = append(small, told[i])
		}
		if len(small) > 0 {
			m.Blocks = append(m.Blocks, message.C(message.T(sentences(small))))
		}
	}
	if len(a.Mentions) == 0 && len(a.Findings) == 0 {
		m.Blocks = append(m.Blocks, message.P(message.T("It was read in full, and nobody in it holds a state or a tracked actor responsible for a cyber operation, or refuses to.")))
	}
	return m, nil
}

// articleLine is where an article came from and when it was read.
func articleLine(a store.Article) string {
	parts := []string{first(a.Outlet, hostOf(a.URL), "Unnamed outlet")}
	if !a.Published.IsZero() {
		parts = append(parts, "published "+Date(a.Published))
	}
	if !a.FirstSeen.IsZero() {
		parts = append(parts, "first seen "+a.FirstSeen.UTC().Format("2 January 2006 15:04 UTC"))
	}
	if a.Edits > 0 {
		parts = append(parts, Count(a.Edits, "edit")+" since")
	}
	if !a.Withdrawn.IsZero() {
		parts = append(parts, "withdrawn since")
	}
	if a.Baseline {
		parts = append(parts, "baseline: it was there at the first sight of its source, so no channel was told")
	}
	return strings.Join(parts, ", ") + "."
}

// Audit lists changes, the newest first, at most limit.
func Audit(trail []store.Change, limit int) message.Message {
	m := message.Message{Headline: capital(Count(len(trail), "change"))}
	for i := len(trail) - 1; i >= 0 && i >= len(trail)-limit; i-- {
		m.Blocks = append(m.Blocks, change(trail[i]))
	}
	return m
}
