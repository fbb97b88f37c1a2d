package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"attribot/store/claim"
	"attribot/store/kv"
)

// Report is what a check of the store found.
type Report struct {
	Records  int      // read
	Faults   []string // in words, each with the record's key
	Repaired int      // index entries removed, written or put right
}

// maxFaults bounds a report.
const maxFaults = 1000

// Fsck reads every record, checks the engine's file where it can, checks every
// index against the records, and with repair rebuilds the indexes. Its error
// tells that it could not go on; what it found stands in the report.
func (s *Store) Fsck(ctx context.Context, repair bool) (Report, error) {
	s.write.Lock()
	defer s.write.Unlock()
	var rep Report
	if engine, ok := s.engine.(kv.Checker); ok {
		for _, fault := range engine.Check() {
			rep.fault("%v", fault)
		}
	}
	c := &checker{ctx: ctx, newest: map[claim.ID]entry{}, report: &rep}
	if err := s.look(c.run); err != nil {
		return rep, fmt.Errorf("check store: %w", err)
	}
	if !repair || len(c.repairs) == 0 {
		return rep, nil
	}
	err := s.change(func(t *tx) error { return c.repair(t) })
	if err != nil {
		return rep, fmt.Errorf("repair store: %w", err)
	}
	rep.Repaired = len(c.repairs)
	return rep, nil
}

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// checker works out which index entries should be there and compares.
type checker struct {
	view
	ctx     context.Context
	wanted  []uint64           // sums of the keys of all index entries that should be there
	newest  map[claim.ID]entry // of each claim's stories
	repairs []repairing
	report  *Report
}

type repairing struct{ key, value []byte } // a nil value deletes

// indexPrefixes are the parts of the map that follow from records.
var indexPrefixes = []string{pBriefing, pVoice, pDay, pSearch, pMention, pWaiting, pClaimKey, pStoryOn, pQueue, pPostStory, pAuditOf}

func (c *checker) run(v view) error {
	c.view = v
	for _, check := range []func() error{c.statements, c.claims, c.stories, c.events, c.posts, c.trail, c.articles, c.rest} {
		if err := check(); err != nil {
			return err
		}
	}
	c.compare()
	return nil
}

// expect checks the index entries that follow from a record. Of their keys it
// keeps sums only, as a store has a hundred entries a statement.
func (c *checker) expect(es []entry) {
	for _, e := range es {
		c.wanted = append(c.wanted, sumOf(e.key))
		switch have := c.r.Get(e.key); {
		case have == nil:
			c.mend(e.key, e.value, "index entry is missing")
		case !bytes.Equal(have, e.value):
			c.mend(e.key, e.value, "index entry is out of date")
		}
	}
}

func sumOf(key []byte) uint64 {
	h := fnv.New64a()
	h.Write(key)
	return h.Sum64()
}

// scan reads every record beneath a prefix; a record that cannot be read is a
// fault and no end.
func scan[T any](c *checker, prefix string, see func(key []byte, rec T) error) error {
	for k, b := range c.r.Ascend([]byte(prefix), endOf(prefix)) {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		c.report.Records++
		var rec T
		if err := c.decode(b, &rec); err != nil {
			c.report.fault("%q: %v", k, err)
			continue
		}
		if err := see(k, rec); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) has(key []byte) bool { return c.r.Get(key) != nil }

func (c *checker) statements() error {
	return scan(c, pStatement, func(k []byte, st Statement) error {
		if statementNumber(st.ID) != tailNumber(k) {
			c.report.fault("%q: holds statement %s", k, st.ID)
		}
		for _, l := range st.Links {
			if !c.has(claimKey(l.Claim)) {
				c.report.fault("statement %s: links to claim %s, which is not there", st.ID, l.Claim)
			}
		}
		if st.Story != "" && !c.has(storyKey(st.Story)) {
			c.report.fault("statement %s: belongs to story %s, which is not there", st.ID, st.Story)
		}
		es, err := c.indexOf(st)
		c.expect(es)
		return err
	})
}

func (c *checker) claims() error {
	return scan(c, pClaim, func(k []byte, rec claimRecord) error {
		c.expect(rec.index())
		if rec.Merged != "" && !c.has(claimKey(rec.Merged)) {
			c.report.fault("claim %s: went into %s, which is not there", rec.ID, rec.Merged)
		}
		return nil
	})
}

func (c *checker) stories() error {
	return scan(c, pStory, func(k []byte, y Story) error {
		if y.Claim != "" {
			c.newest[y.Claim] = entry{numKey(pStoryOn, claimNumber(y.Claim)), bigEndian(storyNumber(y.ID))} // stories come by number
		}
		for _, id := range y.Statements {
			if !c.has(statementKey(id)) {
				c.report.fault("story %s: tells of statement %s, which is not there", y.ID, id)
			}
		}
		return nil
	})
}

func (c *checker) events() error {
	next := Seq(1)
	err := scan(c, pEvent, func(k []byte, e Event) error {
		if uint64(e.Seq) != tailNumber(k) || e.Seq != next {
			c.report.fault("event log: %d stands where %d should", e.Seq, next)
		}
		next = Seq(tailNumber(k)) + 1
		return nil
	})
	if last := Seq(c.count(letterEvent)); last != next-1 {
		c.report.fault("event log: ends at %d, but %d numbers were given", next-1, last)
	}
	return err
}

func (c *checker) posts() error {
	return scan(c, pPost, func(k []byte, p Post) error {
		c.expect(p.index())
		return nil
	})
}

func (c *checker) trail() error {
	return scan(c, pAudit, func(k []byte, ch Change) error {
		c.expect([]entry{{numKey(string(textKey(pAuditOf, ch.Record, "")), ch.N), []byte{}}})
		return nil
	})
}

func (c *checker) articles() error {
	return scan(c, pArticle, func(k []byte, a Article) error {
		if a.URL != "" && !c.has(textKey(pURL, a.URL)) {
			c.repairs = append(c.repairs, repairing{textKey(pURL, a.URL), []byte(a.ID)})
			c.report.fault("article %s: not found by its address", a.ID)
		}
		for _, m := range a.Mentions {
			if !c.has(statementKey(m.Statement)) {
				c.report.fault("article %s: carries statement %s, which is not there", a.ID, m.Statement)
			}
		}
		return nil
	})
}

// rest reads what has no index.
func (c *checker) rest() error {
	ignore := func([]byte, any) error { return nil }
	for _, prefix := range []string{pText, pPosition, pSource, pSub, pAnswer, pMute} {
		if err := scan(c, prefix, ignore); err != nil {
			return err
		}
	}
	return nil
}

// compare finds entries that belong to no record.
func (c *checker) compare() {
	for _, e := range c.newest {
		c.expect([]entry{e})
	}
	slices.Sort(c.wanted)
	for _, prefix := range indexPrefixes {
		for k := range c.r.Ascend([]byte(prefix), endOf(prefix)) {
			if _, ok := slices.BinarySearch(c.wanted, sumOf(k)); !ok {
				c.mend(k, nil, "index entry without its record")
			}
		}
	}
}

func (c *checker) mend(key, value []byte, why string) {
	c.report.fault("%q: %s", key, why)
	c.repairs = append(c.repairs, repairing{bytes.Clone(key), value})
}

func (c *checker) repair(t *tx) error {
	for _, r := range c.repairs {
		var err error
		if r.value == nil {
			err = t.w.Delete(r.key)
		} else {
			err = t.w.Put(r.key, r.value)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%q", r.key), err)
		}
	}
	return nil
}
