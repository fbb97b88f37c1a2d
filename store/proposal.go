package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// claimRecord is a claim with what the store knows of it.
type claimRecord struct {
	claim.Claim
	Made       time.Time   `json:"made"`
	By         string      `json:"by"`                // "judge", "starter", or a person's id
	Gained     time.Time   `json:"gained,omitzero"`   // when a statement was last linked
	Statements int         `json:"statements"`        // linked and confirmed
	From       StatementID `json:"from,omitempty"`    // of a proposal: what it was made from
	Sameness   string      `json:"same_as,omitempty"` // of a proposal: actor, accused, relation and object
}

// judged reports whether new statements are judged against the claim.
func (c claimRecord) judged() bool { return c.Merged == "" && c.Status != claim.Withdrawn }

// propose makes a claim of a statement that asserts something which no stored
// claim says. It gives the id of a new claim, "" for none.
func (r *recording) propose(st *Statement) (claim.ID, error) {
	if !mayPropose(*st) {
		return "", nil
	}
	c, ok := proposalOf(st.Said)
	if !ok {
		return "", nil
	}
	same := samenessOf(c)
	if id, err := r.known(same); err != nil || id != "" {
		return "", r.linkKnown(st, id, err)
	}
	made, err := r.newClaim(c, claimRecord{By: judgeName, From: st.ID, Sameness: same})
	if err != nil {
		return "", err
	}
	r.out.Claims++
	st.Links = slices.Insert(st.Links, 0, r.own(made.ID, "the first to say so: "+made.Text))
	return made.ID, nil
}

// nearlySaid is the score in thousandths from which a claim that is only
// suggested counts as the one that a statement makes: a person is asked, and no
// second claim is made beside it.
const nearlySaid = 600

// mayPropose: it asserts, now, and no stored claim says the same. A denial that
// blames another asserts that; a plain denial or a demand asserts nothing.
func mayPropose(st Statement) bool {
	if st.Said.Background || st.Said.Stance == statement.Call {
		return false
	}
	said := slices.ContainsFunc(st.Links, func(l Link) bool {
		asserts := l.Standing == claim.Repeats || l.Standing == claim.Supports || l.Standing == claim.Hedges
		return asserts && (l.Confirmed || l.Score >= nearlySaid)
	})
	switch st.Said.Stance.Polarity() {
	case statement.Asserts:
		return !said && st.primary() == ""
	case statement.Counters:
		return !said
	}
	return false
}

func (r *recording) own(id claim.ID, reason string) Link {
	v := claim.Verdict{Claim: id, Standing: claim.Repeats, Score: 1000, Confirmed: true, Reasons: []string{reason}}
	return Link{Verdict: v, By: judgeName, Version: r.s.opts.Weights, At: r.now}
}

// known finds the claim that a proposal of the same actor, accused, relation and
// object became.
func (r *recording) known(same string) (claim.ID, error) {
	b := r.r.Get(textKey(pClaimKey, "="+same))
	if b == nil {
		return "", nil
	}
	id := claim.ID(b)
	for range maxMerges {
		rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
		if err != nil || rec.Merged == "" {
			return id, err
		}
		id = rec.Merged
	}
	return "", fmt.Errorf("claim %s: %w: merged in a circle", b, ErrInvalid)
}

// maxMerges bounds the chain of merges that is followed.
const maxMerges = 50

// linkKnown links a statement to the proposal that says the same, unless a
// person withdrew that.
func (r *recording) linkKnown(st *Statement, id claim.ID, err error) error {
	if err != nil {
		return err
	}
	rec, err := must[claimRecord](r.view, claimKey(id), "claim", string(id))
	if err != nil || !rec.judged() {
		return err
	}
	st.Links = slices.DeleteFunc(st.Links, func(l Link) bool { return l.Claim == id })
	st.Links = slices.Insert(st.Links, 0, r.own(id, "same actor, accused, relation and object as "+string(id)))
	return nil
}

// newClaim numbers and stores a claim.
func (r *recording) newClaim(c claim.Claim, rec claimRecord) (claim.Claim, error) {
	n, err := r.next(letterClaim)
	if err != nil {
		return c, err
	}
	c.ID = claim.ID(idOf(letterClaim, n))
	rec.Claim, rec.Made = c, r.now
	if err := r.saveClaim(rec); err != nil {
		return c, err
	}
	if rec.judged() {
		if r.fresh == nil {
			r.fresh = r.s.opts.Fresh()
		}
		r.fresh.Put(c)
	}
	r.moved = append(r.moved, c)
	return c, nil
}

func (r *recording) saveClaim(rec claimRecord) error {
	for _, e := range rec.index() {
		if err := r.w.Put(e.key, e.value); err != nil {
			return err
		}
	}
	return r.put(claimKey(rec.ID), rec)
}

// index are the entries by which a claim is found by its stable key, and a
// proposal by what it says.
func (c claimRecord) index() []entry {
	var es []entry
	if c.Key != "" {
		es = append(es, entry{textKey(pClaimKey, c.Key), []byte(c.ID)})
	}
	if c.Sameness != "" {
		es = append(es, entry{textKey(pClaimKey, "="+c.Sameness), []byte(c.ID)})
	}
	return es
}

// proposalOf makes the claim of what a statement asserts; false when it names
// neither an accused nor an actor, or no relation can be read.
func proposalOf(s statement.Statement) (claim.Claim, bool) {
	accused := s.Accused
	if s.Stance == statement.Alternative {
		accused = s.Culprit
	}
	relation := relationOf(s)
	if relation == 0 || len(accused) == 0 && len(s.Actors) == 0 {
		return claim.Claim{}, false
	}
	c := claim.Claim{
		Actors: s.Actors, Relation: relation, Accused: accused, Victims: s.Victims, Operation: s.Operation,
		FirstSaid: s.Said, FirstBy: speakerName(s.Speaker), Status: claim.Open, Proposed: true,
	}
	if len(c.Actors) > 1 {
		c.Actors = c.Actors[:1] // one per actor: the first is the subject
	}
	if isVague(c, s.Stance) {
		return claim.Claim{}, false
	}
	c.Text = sentenceOf(c)
	return c, true
}

// isVague reports a proposition with so little in it that statements on any
// matter would gather under it: an actor that did something, or, unless it is
// an attribution in form, somebody who is behind something.
func isVague(c claim.Claim, s statement.Stance) bool {
	if objectOf(c) != "" {
		return false
	}
	formal := s == statement.Attribute || s == statement.Accuse || s == statement.Indict || s == statement.Sanction || s == statement.ClaimResponsibility
	switch {
	case len(c.Accused) == 0:
		return true
	case len(c.Actors) > 0, c.Relation == claim.Frames, c.Relation == claim.Surveils:
		return false
	}
	return c.Relation != claim.Behind || !formal
}

// relationCues are the words by which a statement says more than that somebody
// is behind something, the more special first.
var relationCues = []struct {
	relation claim.Relation
	words    []string
}{
	{claim.Identical, []string{"is the same as", "also known as", "one and the same", "another name for"}},
	{claim.Frames, []string{"frame", "framing", "false flag", "false-flag", "plant", "fabricat", "concoct", "mislead", "smear"}},
	{claim.Surveils, []string{"wiretap", "eavesdrop", "surveil", "spying on", "spied on", "listened", "bugged", "monitor"}},
	{claim.Enables, []string{"supplied", "provided infrastructure", "hosted", "enabled", "facilitat", "accomplice", "backdoor"}},
	{claim.Sponsors, []string{"sponsor", "-backed", "backed by", "directed by", "on behalf of", "contractor", "funded"}},
}

// attackCues show that a counter-accusation speaks of a deed in cyberspace.
var attackCues = []string{"hack", "cyber", "attack", "breach", "intru", "malware", "implant", "espionage", "stole", "theft", "infiltrat", "ransomware"}

func relationOf(s statement.Statement) claim.Relation {
	words := strings.ToLower(s.Words)
	says := func(cues []string) bool {
		return slices.ContainsFunc(cues, func(c string) bool { return strings.Contains(words, c) })
	}
	for _, cue := range relationCues {
		charges := cue.relation == claim.Frames && s.Stance.Polarity() != statement.Counters
		if says(cue.words) && !charges {
			return cue.relation
		}
	}
	if s.Stance.Polarity() == statement.Counters && !says(attackCues) {
		return 0
	}
	return claim.Behind
}

// samenessOf brings two proposals together that say the same.
func samenessOf(c claim.Claim) string {
	actor := ""
	if len(c.Actors) > 0 {
		actor = cmp.Or(string(c.Actors[0].ID), strings.ToLower(c.Actors[0].Name))
	}
	return strings.Join([]string{actor, partyKey(c.Accused), c.Relation.String(), strings.ToLower(objectOf(c))}, "|")
}

func partyKey(ps []statement.Party) string {
	if len(ps) == 0 {
		return ""
	}
	return cmp.Or(string(ps[0].Org), string(ps[0].Country), strings.ToLower(ps[0].Name))
}

// objectOf is what was done or to whom: the operation, else the first victim.
func objectOf(c claim.Claim) string {
	if c.Operation != "" || len(c.Victims) == 0 {
		return c.Operation
	}
	return withArticle(cmp.Or(c.Victims[0].Name, countryName(c.Victims[0].Country)))
}

// articled are the countries whose names stand with an article inside a sentence.
var articled = []string{"United States", "United Kingdom", "United Arab Emirates", "Netherlands", "Philippines", "Czech Republic", "European Union"}

// withArticle is a name as it stands inside a sentence: "the United States".
func withArticle(name string) string {
	if slices.Contains(articled, name) {
		return "the " + name
	}
	return name
}

// capital begins a sentence.
func capital(s string) string {
	if rest, ok := strings.CutPrefix(s, "the "); ok {
		return "The " + rest
	}
	return s
}

// sentenceOf words a proposal from its fields, so that nothing foreign stands in
// it but names.
func sentenceOf(c claim.Claim) string {
	actor, object := "", objectOf(c)
	if len(c.Actors) > 0 {
		actor = c.Actors[0].Name
	}
	who := actor
	if len(c.Accused) > 0 {
		who = capital(withArticle(cmp.Or(c.Accused[0].Name, countryName(c.Accused[0].Country))))
	}
	if actor == who {
		actor = ""
	}
	switch c.Relation {
	case claim.Sponsors:
		return who + " sponsors " + deedOf(actor, c)
	case claim.Enables:
		return who + " enables " + deedOf(actor, c)
	case claim.Identical:
		return who + " and " + deedOf(actor, c) + " are one"
	case claim.Frames:
		return who + " frames others for cyberattacks" + with(" in the matter of ", actor)
	case claim.Surveils:
		return who + " spies on " + cmp.Or(object, "others by cyber means")
	}
	if actor == "" && c.Operation == "" {
		return who + " carried out cyber operations" + with(" against ", object)
	}
	return who + " is behind " + deedOf(actor, c)
}

// deedOf names what the accused is held responsible for.
func deedOf(actor string, c claim.Claim) string {
	object := objectOf(c)
	switch {
	case actor == "" && c.Operation != "":
		return c.Operation
	case actor == "":
		return "cyber operations" + with(" against ", object)
	case c.Operation != "":
		return actor + " and " + object
	}
	return actor + with(", which attacked ", object)
}

func with(lead, word string) string {
	if word == "" {
		return ""
	}
	return lead + word
}

func speakerName(s statement.Speaker) string { return cmp.Or(s.Name, s.Organisation, s.As) }
