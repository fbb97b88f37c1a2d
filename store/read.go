package store

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"attribot/feeds/reading"
	"attribot/store/claim"
)

// Cursor is what the source's last recorded poll left; nil when there is none.
func (s *Store) Cursor(id reading.SourceID) (cursor []byte, err error) {
	err = s.look(func(v view) error {
		if b := v.r.Get(textKey(pCursor, string(id))); b != nil {
			cursor = append([]byte{}, b...)
		}
		return nil
	})
	return cursor, err
}

// Sources lists the sources whose condition was ever told, by id.
func (s *Store) Sources() (sources []Source, err error) {
	err = s.look(func(v view) error {
		sources, err = all[Source](v, []byte(pSource))
		return err
	})
	return sources, err
}

// Events are the log's entries after a place, oldest first, at most limit; zero
// means all.
func (s *Store) Events(after Seq, limit int) (events []Event, err error) {
	err = s.look(func(v view) error {
		from := numKey(pEvent, uint64(after)+1)
		for e, err := range decoded[Event](v, v.r.Ascend(from, endOf(pEvent))) {
			if err != nil {
				return err
			}
			if events = append(events, e); len(events) == limit {
				break
			}
		}
		return nil
	})
	return events, err
}

func endOf(prefix string) []byte { return after([]byte(prefix)) }

// one reads a single record by its key.
func one[T any](s *Store, key []byte, what, id string) (rec T, err error) {
	err = s.look(func(v view) error {
		rec, err = must[T](v, key, what, id)
		return err
	})
	return rec, err
}

// Statement is ErrNotFound for an unknown id, as are the other look-ups.
func (s *Store) Statement(id StatementID) (Statement, error) {
	return one[Statement](s, statementKey(id), "statement", string(id))
}

// Claim follows no merge: a merged claim names the one that it went into.
func (s *Store) Claim(id claim.ID) (claim.Claim, error) {
	rec, err := one[claimRecord](s, claimKey(id), "claim", string(id))
	return rec.Claim, err
}

// ClaimInfo is what the store knows of a claim beside the claim itself.
func (s *Store) ClaimInfo(id claim.ID) (ClaimInfo, error) {
	rec, err := one[claimRecord](s, claimKey(id), "claim", string(id))
	return rec.info(), err
}

// ClaimByKey finds a starter or configured claim by its stable key.
func (s *Store) ClaimByKey(key string) (c claim.Claim, err error) {
	err = s.look(func(v view) error {
		id := claim.ID(v.r.Get(textKey(pClaimKey, key)))
		rec, err := must[claimRecord](v, claimKey(id), "claim with key", key)
		c = rec.Claim
		return err
	})
	return c, err
}

// Story is ErrNotFound for an unknown id.
func (s *Store) Story(id StoryID) (Story, error) {
	return one[Story](s, storyKey(id), "story", string(id))
}

// StoryOf is the story that a statement belongs to; ErrNotFound for background,
// which belongs to none.
func (s *Store) StoryOf(id StatementID) (y Story, err error) {
	err = s.look(func(v view) error {
		st, err := must[Statement](v, statementKey(id), "statement", string(id))
		if err != nil {
			return err
		}
		y, err = must[Story](v, storyKey(st.Story), "story of statement", string(id))
		return err
	})
	return y, err
}

// Entry is a statement with its standing to the claim of a timeline.
type Entry struct {
	Statement Statement
	Link      Link
}

// Timeline is every statement linked to a claim, confirmed or suggested, by the
// day it was said, unknown days first.
func (s *Store) Timeline(id claim.ID) (entries []Entry, err error) {
	err = s.look(func(v view) error {
		if _, err := must[claimRecord](v, claimKey(id), "claim", string(id)); err != nil {
			return err
		}
		for _, n := range v.statementsOn(id) {
			st, err := must[Statement](v, numKey(pStatement, n), "statement", idOf(letterStatement, n))
			if err != nil {
				return err
			}
			if l, ok := st.LinkTo(id); ok {
				entries = append(entries, Entry{st, l})
			}
		}
		return nil
	})
	return entries, err
}

// statementsOn are the numbers of the statements linked to a claim by day.
func (v view) statementsOn(id claim.ID) []uint64 {
	var ns []uint64
	prefix := append(textKey(pSearch, byClaim, termKey(string(id))), sep...)
	for k := range v.r.Ascend(prefix, after(prefix)) {
		ns = append(ns, tailNumber(k))
	}
	return ns
}

// Positions is who holds what on a claim, in the order in which each first spoke.
func (s *Store) Positions(id claim.ID) (ps []Position, err error) {
	err = s.look(func(v view) error {
		if _, err := must[claimRecord](v, claimKey(id), "claim", string(id)); err != nil {
			return err
		}
		ps, err = all[Position](v, positionPrefix(id))
		return err
	})
	slices.SortStableFunc(ps, func(a, b Position) int {
		return cmp.Or(a.began().Compare(b.began()), cmp.Compare(statementNumber(a.Statement), statementNumber(b.Statement)))
	})
	return ps, err
}

// Article is an article's record by id.
func (s *Store) Article(id string) (Article, error) {
	return one[Article](s, textKey(pArticle, id), "article", id)
}

// ArticleByURL is the record of the article last recorded at an address.
func (s *Store) ArticleByURL(url string) (a Article, err error) {
	err = s.look(func(v view) error {
		id := v.r.Get(textKey(pURL, url))
		a, err = must[Article](v, textKey(pArticle, string(id)), "article at", url)
		return err
	})
	return a, err
}

// ArticleText is the text as recorded; ErrNotFound once it is past retention.
func (s *Store) ArticleText(id string) (text string, err error) {
	err = s.look(func(v view) error {
		text, err = v.text(id)
		return err
	})
	return text, err
}

// ClaimFilter chooses claims. The zero value chooses all but merged ones.
type ClaimFilter struct {
	Words    string         // all have to occur in sentence, title, names or tags
	Actor    string         // an actor's id or name
	Accused  string         // a country code or name
	Statuses []claim.Status // nil: any
	Proposed *bool          // nil: both
	Merged   bool           // merged ones as well
	Limit    int            // 0: no bound
}

// Claims lists claims by number.
func (s *Store) Claims(f ClaimFilter) (claims []claim.Claim, err error) {
	words := plainWords(f.Words)
	err = s.look(func(v view) error {
		for k, b := range v.r.Ascend([]byte(pClaim), endOf(pClaim)) {
			if lacks(b, words) {
				continue
			}
			var rec claimRecord
			if err := v.decode(b, &rec); err != nil {
				return fmt.Errorf("%q: %w", k, err)
			}
			if !f.takes(rec.Claim) {
				continue
			}
			if claims = append(claims, rec.Claim); len(claims) == f.Limit {
				break
			}
		}
		return nil
	})
	return claims, err
}

// plainWords are those words of a filter that a record holds as they are: JSON
// escapes no letters and digits.
func plainWords(filter string) [][]byte {
	var words [][]byte
	for w := range strings.FieldsSeq(strings.ToLower(filter)) {
		if !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words = append(words, []byte(w))
		}
	}
	return words
}

// lacks reports a record that is not packed and has not all of the words, so
// that it need not be decoded.
func lacks(record []byte, words [][]byte) bool {
	if len(words) == 0 || len(record) == 0 || record[0] != plainJSON {
		return false
	}
	lower := bytes.ToLower(record)
	return slices.ContainsFunc(words, func(w []byte) bool { return !bytes.Contains(lower, w) })
}
