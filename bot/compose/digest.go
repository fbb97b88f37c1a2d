package compose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// Window is what a digest covers.
type Window struct {
	Title  string        // "Daily digest", "Weekly digest", "Held back in quiet hours"
	From   time.Time     // in the zone of the readers; zero when the window has no known beginning
	To     time.Time     // the digest's own time
	Events []store.Event // oldest first, already chosen for the readers
	Review bool          // the readers want to hear what waits for a person
	Limit  int           // entries a section at most, the newest; 0 = all
}

// section is one part of a digest.
type section uint8

const (
	newClaims section = iota + 1
	firstDenials
	positions
	newVoices
	unmatched
	repeats
	corrections
	review
)

var sectionTitles = map[section]string{
	newClaims: "New claims", firstDenials: "First denials", positions: "Changes of position", newVoices: "Others who say so",
	unmatched: "Denials of accusations not on record", repeats: "Repeated", corrections: "Corrections", review: "Waiting for a person",
}

// sectionNouns are how a section's entries are counted in the headline.
var sectionNouns = map[section]string{
	newClaims: "new claim", firstDenials: "first denial", positions: "change of position", newVoices: "further assertion",
	unmatched: "unmatched denial", repeats: "repeated claim", corrections: "correction", review: "review item",
}

func sectionOf(e store.Event) section {
	if e.Review {
		return review
	}
	switch e.Kind {
	case store.NewClaim:
		return newClaims
	case store.FirstDenial:
		return firstDenials
	case store.PositionChanged:
		return positions
	case store.NewAssertion:
		return newVoices
	case store.Unmatched:
		return unmatched
	case store.Repeated, store.NewAppearance:
		return repeats
	case store.ArticleEdited, store.ArticleWithdrawn, store.ClaimCurated:
		return corrections
	}
	return 0
}

// Digest tells by claim what happened in a window: new claims, first denials,
// changes of position, repeats by count. Quiet claims are left out. An empty
// window gets an honest short message.
func (c *Composer) Digest(w Window) (message.Message, error) {
	parts, err := c.sections(w)
	if err != nil {
		return message.Message{}, err
	}
	var m message.Message
	var counts []string
	for s := newClaims; s <= review; s++ {
		p := parts[s]
		if p == nil || len(p.keys) == 0 {
			continue
		}
		counts = append(counts, Count(len(p.keys), sectionNouns[s]))
		m.Blocks = append(m.Blocks, message.H(sectionTitles[s]))
		m.Blocks = append(m.Blocks, p.blocks(s, w.Limit)...)
	}
	m.Headline = first(w.Title, "Digest") + span(w) + ": " + first(List(counts, 0), "nothing new on the claims that you follow")
	return m, nil
}

// span is ", 15 October 2024" or ", 8 to 15 October 2024".
func span(w Window) string {
	if w.To.IsZero() {
		return ""
	}
	const full = "2 January 2006"
	to := w.To.Format(full)
	if w.From.IsZero() || w.To.Sub(w.From) < 49*time.Hour {
		return ", " + to
	}
	from := full
	if w.From.Year() == w.To.Year() {
		if from = "2 January"; w.From.Month() == w.To.Month() {
			from = "2"
		}
	}
	return ", " + w.From.Format(from) + " to " + to
}

// part is a section's entries in the order in which they came up.
type part struct {
	keys    []string
	entries map[string]*entry
}

// blocks are the section's entries; beyond limit the older ones are counted only.
func (p *part) blocks(s section, limit int) []message.Block {
	var out []message.Block
	over := 0
	if limit > 0 {
		over = max(len(p.keys)-limit, 0)
	}
	for _, k := range p.keys[over:] {
		out = append(out, p.entries[k].blocks(s)...)
	}
	if over > 0 {
		out = append(out, message.C(message.T("And "+Count(over, "earlier entry")+".")))
	}
	return out
}

// entry is one claim in a section.
type entry struct {
	claim   claim.Claim
	text    string // for entries that stand for themselves
	lead    told
	voices  []string   // who else
	beside  []claim.ID // other claims that the same statement stands to
	repeats int
	outlets []string // new appearances
	sources []store.Statement
}

func (c *Composer) sections(w Window) (map[section]*part, error) {
	parts := map[section]*part{}
	firstIn := map[claim.ID]section{} // a claim is news once: what follows in the window is told there
	for _, e := range w.Events {
		s := sectionOf(e)
		if s == 0 || s == review && !w.Review {
			continue
		}
		if parts[s] == nil {
			parts[s] = &part{entries: map[string]*entry{}}
		}
		if s == newVoices && firstIn[e.Claim] == newClaims {
			s = newClaims
		}
		if _, ok := firstIn[e.Claim]; !ok {
			firstIn[e.Claim] = s
		}
		if err := c.enter(parts[s], s, e); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// enter adds an event to its claim's entry.
func (c *Composer) enter(p *part, s section, e store.Event) error {
	key := string(e.Claim)
	if s == corrections || s == unmatched || key == "" {
		key = string(e.Statement) + "/" + e.Article + "/" + string(e.Claim)
	}
	if s == positions || s == firstDenials {
		key += "/" + e.Party
	}
	old := p.entries[key]
	if old == nil && s != repeats && s != corrections {
		if same := p.of(e.Statement); same != nil {
			if e.Claim != same.claim.ID && !slices.Contains(same.beside, e.Claim) {
				same.beside = append(same.beside, e.Claim)
			}
			return nil
		}
	}
	if old == nil {
		n, err := c.begin(s, e)
		if err != nil {
			return err
		}
		p.keys, p.entries[key] = append(p.keys, key), n
		old = n
	}
	return c.count(old, s, e)
}

// of is the entry that a statement leads.
func (p *part) of(id store.StatementID) *entry {
	for _, k := range p.keys {
		if id != "" && p.entries[k].lead.ID == id {
			return p.entries[k]
		}
	}
	return nil
}

// begin makes an entry of its first event.
func (c *Composer) begin(s section, e store.Event) (*entry, error) {
	n := &entry{}
	if e.Statement != "" {
		t, err := c.tell(e.Statement, e.Claim)
		if err != nil {
			return nil, err
		}
		n.lead, n.claim = t, t.claim
	} else if e.Claim != "" {
		cl, err := c.claim(e.Claim)
		if err != nil {
			return nil, err
		}
		n.claim = cl
	}
	if s == repeats && n.claim.ID != "" {
		return n, nil
	}
	var err error
	n.text, err = c.sentence(e, n.lead)
	return n, err
}

// count adds an event to an entry's figures.
func (c *Composer) count(n *entry, s section, e store.Event) error {
	if e.Statement == "" {
		return nil
	}
	st := n.lead.Statement
	if st.ID != e.Statement {
		var err error
		if st, err = c.archive.Statement(e.Statement); err != nil {
			return fmt.Errorf("compose: statement %s: %w", e.Statement, err)
		}
	}
	if !slices.ContainsFunc(n.sources, func(o store.Statement) bool { return o.ID == st.ID }) {
		n.sources = append(n.sources, st)
	}
	if e.Kind == store.NewAppearance {
		for _, a := range st.Appearances {
			if a.Article == e.Article && !slices.Contains(n.outlets, a.Outlet) {
				n.outlets = append(n.outlets, a.Outlet)
			}
		}
		return nil
	}
	if s == repeats {
		n.repeats++
	}
	if name, _ := Speakers(st.Said); (s == repeats || st.ID != n.lead.ID) && !slices.Contains(n.voices, name) {
		n.voices = append(n.voices, name)
	}
	return nil
}

// blocks are one entry: a sentence, and its sources in small print.
func (n *entry) blocks(s section) []message.Block {
	if s == repeats {
		return n.repeated()
	}
	runs := []message.Inline{message.T(sentence(n.text))}
	if len(n.voices) > 0 {
		runs = append(runs, message.T(" Also "+List(n.voices, 4)+"."))
	}
	out := []message.Block{message.I(runs...)}
	if n.lead.ID == "" || s == corrections {
		return out
	}
	if len(n.beside) > 0 {
		out = append(out, message.C(message.T("The same goes for "+Plural(len(n.beside), "claim")+" "+List(idsOf(n.beside), 6)+".")))
	}
	small := []message.Inline{message.T(n.mark())}
	return append(out, message.C(append(small, carried(n.sources...).runs(4)...)...))
}

func idsOf(all []claim.ID) []string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = string(id)
	}
	return out
}

// mark is "C12 (proposed), 14 October 2024. ".
func (n *entry) mark() string {
	var parts []string
	if n.claim.ID != "" {
		id := string(n.claim.ID)
		if n.claim.Proposed {
			id += " (proposed)"
		}
		parts = append(parts, id)
	}
	parts = append(parts, string(n.lead.ID))
	if !n.lead.Said.Said.IsZero() {
		parts = append(parts, Date(n.lead.Said.Said))
	}
	return strings.Join(parts, ", ") + ". "
}

// repeated is "C12 Volt Typhoon is ...: 4 repeats by China; new in 2 outlets".
func (n *entry) repeated() []message.Block {
	name := string(n.claim.ID) + " " + Title(n.claim)
	if n.claim.ID == "" {
		name = strings.TrimRight(n.text, ".")
	}
	var parts []string
	if n.repeats > 0 {
		parts = append(parts, Count(n.repeats, "repeat")+" by "+List(n.voices, 4))
	}
	if len(n.outlets) > 0 {
		parts = append(parts, "also carried by "+List(n.outlets, 4))
	}
	runs := []message.Inline{message.B(name), message.T(": " + strings.Join(parts, "; ") + ".")}
	return []message.Block{message.I(runs...)}
}

// SourceNotice tells operators of one source's condition.
func SourceNotice(e store.Event) message.Message {
	cause, rest, _ := strings.Cut(e.Note, ". ")
	if cause == "" {
		cause = "it is well again"
	}
	return Notice("Source "+e.Source+": "+cause, rest, "")
}

// Notices tells operators of several sources at once.
func Notices(events []store.Event) message.Message {
	m := message.Message{Headline: fmt.Sprintf("%d sources changed their condition", len(events))}
	for _, e := range events {
		cause, _, _ := strings.Cut(e.Note, ". ")
		if cause == "" {
			cause = "well again"
		}
		m.Blocks = append(m.Blocks, message.Block{Kind: message.Item, Text: []message.Inline{message.T(e.Source + ": " + message.Cut(cause, 200))}})
	}
	m.Blocks = append(m.Blocks, message.P(message.T("Each is tried again. More: sources health.")))
	return m
}

// Notice tells operators of something that they can mend.
func Notice(headline, cause, advice string) message.Message {
	m := message.Message{Headline: sentence(message.Cut(headline, headlineLimit))}
	for _, s := range []string{cause, advice} {
		if s != "" {
			m.Blocks = append(m.Blocks, message.P(message.T(sentence(message.Cut(s, 400)))))
		}
	}
	return m
}
