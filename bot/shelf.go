package bot

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"attribot/store"
	"attribot/store/claim"
)

// shelf keeps the claims at hand, so that a look-up by words or names does not
// read thousands of records. It follows the log: a claim that an event names is
// read again.
type shelf struct {
	mu     sync.Mutex
	filled bool
	at     store.Seq
	claims map[claim.ID]*shelved
	ids    []claim.ID // in order
}

// shelved is a claim with what people look for in it, in lower case.
type shelved struct {
	claim.Claim
	text  string
	names []string // actors and accused, whole
}

// claims brings the shelf up to date and hands it to look.
func (b *Bot) claims(look func(*shelf)) error {
	s := &b.shelf
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.follow(b.store); err != nil {
		return err
	}
	look(s)
	return nil
}

func (s *shelf) follow(st *store.Store) error {
	if !s.filled {
		return s.fill(st)
	}
	last := st.Last()
	if last == s.at {
		return nil
	}
	events, err := st.Events(s.at, 0)
	if err != nil {
		return err
	}
	seen := map[claim.ID]bool{}
	for _, e := range events {
		s.at = e.Seq
		if e.Claim == "" || seen[e.Claim] || e.Kind != store.NewClaim && e.Kind != store.ClaimCurated {
			continue
		}
		seen[e.Claim] = true
		if err := s.read(st, e.Claim); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) fill(st *store.Store) error {
	at := st.Last()
	all, err := st.Claims(store.ClaimFilter{})
	if err != nil {
		return err
	}
	s.claims, s.ids = make(map[claim.ID]*shelved, len(all)), nil
	for _, c := range all {
		s.put(c)
	}
	s.at, s.filled = at, true
	return nil
}

// read brings one claim up to date; one that was merged leaves the shelf.
func (s *shelf) read(st *store.Store, id claim.ID) error {
	c, err := st.Claim(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && c.Merged != "" {
		delete(s.claims, id)
		s.ids = slices.DeleteFunc(s.ids, func(o claim.ID) bool { return o == id })
		return nil
	}
	if err != nil {
		return err
	}
	s.put(c)
	return nil
}

func (s *shelf) put(c claim.Claim) {
	if _, known := s.claims[c.ID]; !known {
		at, _ := slices.BinarySearchFunc(s.ids, c.ID, claim.CompareIDs)
		s.ids = slices.Insert(s.ids, at, c.ID)
	}
	s.claims[c.ID] = shelve(c)
}

func shelve(c claim.Claim) *shelved {
	e := &shelved{Claim: c}
	words := []string{string(c.ID), c.Key, c.Text, c.Title, c.Operation, c.FirstBy}
	for _, a := range c.Actors {
		e.names = append(e.names, fold(string(a.ID)), fold(a.Name), fold(a.As))
		words = append(words, a.Name)
	}
	for _, p := range slices.Concat(c.Accused, c.Victims) {
		words = append(words, p.Name)
	}
	e.text = fold(strings.Join(append(words, c.Tags...), "\n"))
	return e
}

// fold is how names are compared: lower case, blanks for hyphens and apostrophes
// gone.
func fold(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return folder.Replace(s)
}

var folder = strings.NewReplacer("-", " ", "_", " ", "’", "", "'", "")

// byActor are the claims on an actor, by any of the names.
func (s *shelf) byActor(names ...string) []claim.Claim {
	var want []string
	for _, n := range names {
		if n = fold(n); n != "" && !slices.Contains(want, n) {
			want = append(want, n)
		}
	}
	return s.pick(func(e *shelved) bool {
		return slices.ContainsFunc(want, func(n string) bool { return slices.Contains(e.names, n) })
	})
}

// byWords are the claims in which all words occur.
func (s *shelf) byWords(words string) []claim.Claim {
	fields := strings.Fields(fold(words))
	if len(fields) == 0 {
		return nil
	}
	return s.pick(func(e *shelved) bool {
		for _, w := range fields {
			if !strings.Contains(e.text, w) {
				return false
			}
		}
		return true
	})
}

func (s *shelf) pick(takes func(*shelved) bool) []claim.Claim {
	var out []claim.Claim
	for _, id := range s.ids {
		if e := s.claims[id]; takes(e) {
			out = append(out, e.Claim)
		}
	}
	return out
}
