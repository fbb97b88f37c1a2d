package compose

import (
	"fmt"

	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// Archive is where a composer looks records up.
type Archive interface {
	Statement(store.StatementID) (store.Statement, error)
	Claim(claim.ID) (claim.Claim, error)
	Positions(claim.ID) ([]store.Position, error)
}

// Composer puts records into words.
type Composer struct{ archive Archive }

// New makes a composer over an archive.
func New(a Archive) *Composer { return &Composer{a} }

// told is a statement with its standing to one claim, ready to be put in words.
type told struct {
	store.Statement
	link  store.Link
	claim claim.Claim // zero where no claim matches
}

// tell loads a statement as it stands to the wanted claim, else to the claim that
// it is best linked to.
func (c *Composer) tell(id store.StatementID, want claim.ID) (told, error) {
	st, err := c.archive.Statement(id)
	if err != nil {
		return told{}, fmt.Errorf("compose: statement %s: %w", id, err)
	}
	return c.about(st, want)
}

func (c *Composer) about(st store.Statement, want claim.ID) (told, error) {
	t := told{Statement: st}
	l, ok := linkTo(st, want)
	if !ok {
		return t, nil
	}
	t.link = l
	var err error
	if t.claim, err = c.claim(l.Claim); err != nil {
		return told{}, err
	}
	return t, nil
}

// claim follows merges.
func (c *Composer) claim(id claim.ID) (claim.Claim, error) {
	for range 8 {
		cl, err := c.archive.Claim(id)
		if err != nil {
			return claim.Claim{}, fmt.Errorf("compose: claim %s: %w", id, err)
		}
		if cl.Merged == "" {
			return cl, nil
		}
		id = cl.Merged
	}
	return claim.Claim{}, fmt.Errorf("compose: claim %s: too many merges", id)
}

// linkTo is the statement's link to the wanted claim, else its best: confirmed
// before suggested, then by score, then by order.
func linkTo(st store.Statement, want claim.ID) (store.Link, bool) {
	best := -1
	for i, l := range st.Links {
		if l.Claim == "" {
			continue
		}
		if l.Claim == want {
			return l, true
		}
		if best < 0 || better(l, st.Links[best]) {
			best = i
		}
	}
	if best < 0 {
		return store.Link{}, false
	}
	return st.Links[best], true
}

func better(a, b store.Link) bool {
	if a.Confirmed != b.Confirmed {
		return a.Confirmed
	}
	return a.Score > b.Score
}

// stance of a statement, as it is said in words.
func (t told) stance() statement.Stance { return t.Said.Stance }

// sentenceOf is what the statement says, as a headline has it, bounded to limit
// characters: "Mao Ning (China) denies that Volt Typhoon is run by China".
func (t told) sentenceOf(limit int) string {
	who, plural := Speakers(t.Said)
	if t.claim.ID == "" {
		return who + unclaimed(t.Said, plural)
	}
	lead := who + " " + Says(t.stance(), t.link.Standing, plural) + " "
	return lead + cutTo(Clause(t.claim), limit-len([]rune(lead)))
}

// again is sentenceOf for what was said before.
func (t told) again(limit int) string {
	who, plural := Speakers(t.Said)
	if t.claim.ID == "" {
		return who + unclaimed(t.Said, plural)
	}
	lead := who + " again " + Says(t.stance(), t.link.Standing, plural) + " "
	return lead + cutTo(Clause(t.claim), limit-len([]rune(lead)))
}

// unclaimed puts a statement in words that stands to no claim.
func unclaimed(s statement.Statement, plural bool) string {
	about := Parties(s.Accused)
	if about == "" {
		about = Actors(s.Actors)
	}
	v := map[statement.Polarity]verb{
		statement.Opposes:  {"denies", "deny"},
		statement.Counters: {"charges another instead of", "charge another instead of"},
	}[s.Stance.Polarity()]
	switch {
	case v.one == "" && about == "":
		return ": " + first(StanceWord(s.Stance), "a statement")
	case v.one == "":
		return ": " + first(StanceWord(s.Stance), "a statement") + " concerning " + about
	case about == "":
		return " " + v.of(plural) + " an accusation that is not on record"
	case s.Stance.Polarity() == statement.Counters:
		return " " + v.of(plural) + " " + about
	}
	return " " + v.of(plural) + " an accusation against " + about
}
