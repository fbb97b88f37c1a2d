package store

import (
	"encoding/binary"
	"slices"
	"time"

	"attribot/store/claim"
)

var zeroTime time.Time

// belong puts a statement into the story of its speech event; else into the
// story that is going on about one of its claims, of the lowest id where several
// are; else into the one that its article tells of one of its claims, so that an
// article that lets two speakers say one thing makes one story; else it begins a
// story on its primary claim.
func (r *recording) belong(st *Statement, beside StatementID) error {
	y, ok, err := r.storyFor(st, beside)
	if err != nil {
		return err
	}
	if !ok {
		if y, err = r.newStory(st); err != nil {
			return err
		}
	}
	if st.Story != "" && st.Story != y.ID {
		if y.Claim == "" || r.hasOthers(st.Story, st.ID) {
			return nil // it stands where it was first told
		}
	}
	st.Story = y.ID
	y.Last = r.now
	if !slices.Contains(y.Statements, st.ID) {
		y.Statements = append(y.Statements, st.ID)
	}
	if y.Claim == "" && st.primary() != "" {
		y.Claim = st.primary()
	}
	return r.saveStory(y)
}

// hasOthers reports whether a story tells of more than one statement.
func (r *recording) hasOthers(id StoryID, st StatementID) bool {
	y, ok, err := get[Story](r.view, storyKey(id))
	return err == nil && ok && slices.ContainsFunc(y.Statements, func(s StatementID) bool { return s != st })
}

func (r *recording) storyFor(st *Statement, beside StatementID) (Story, bool, error) {
	if beside != "" {
		other, err := must[Statement](r.view, statementKey(beside), "statement", string(beside))
		if err != nil {
			return Story{}, false, err
		}
		if other.Story != "" {
			return get[Story](r.view, storyKey(other.Story))
		}
	}
	var ids []claim.ID
	for _, l := range st.Links {
		if l.Confirmed {
			ids = append(ids, l.Claim)
		}
	}
	slices.SortFunc(ids, claim.CompareIDs)
	for _, id := range ids {
		y, ok, err := r.storyOn(id)
		if err != nil || ok && r.now.Sub(y.Last) <= r.s.opts.QuietAfter {
			return y, ok, err
		}
	}
	for _, id := range ids {
		if y, ok := r.scene[id]; ok {
			return get[Story](r.view, storyKey(y))
		}
	}
	return Story{}, false, nil
}

// setScene notes which story the article at hand tells of which claims.
func (r *recording) setScene(st *Statement) {
	if st.Story == "" {
		return
	}
	for _, l := range st.Links {
		if _, known := r.scene[l.Claim]; l.Confirmed && !known && r.scene != nil {
			r.scene[l.Claim] = st.Story
		}
	}
}

// storyOn is the newest story on a claim.
func (r *recording) storyOn(id claim.ID) (Story, bool, error) {
	b := r.r.Get(numKey(pStoryOn, claimNumber(id)))
	if len(b) != 8 {
		return Story{}, false, nil
	}
	return get[Story](r.view, numKey(pStory, binary.BigEndian.Uint64(b)))
}

// newStory begins one; a statement that had one alone so far keeps it.
func (r *recording) newStory(st *Statement) (Story, error) {
	if st.Story != "" {
		return must[Story](r.view, storyKey(st.Story), "story", string(st.Story))
	}
	n, err := r.next(letterStory)
	if err != nil {
		return Story{}, err
	}
	y := Story{ID: StoryID(idOf(letterStory, n)), Claim: st.primary(), First: r.now, Last: r.now}
	if y.Claim != "" {
		before, ok, err := r.storyOn(y.Claim)
		if err != nil {
			return y, err
		}
		if ok {
			y.Before = before.ID
		}
	}
	return y, nil
}

// hasNewer reports a later story on the same claim.
func (r *recording) hasNewer(y Story) bool {
	b := r.r.Get(numKey(pStoryOn, claimNumber(y.Claim)))
	return len(b) == 8 && binary.BigEndian.Uint64(b) > storyNumber(y.ID)
}

func (r *recording) saveStory(y Story) error {
	if y.Claim != "" && !r.hasNewer(y) { // an older story may still gain what was said on its occasion
		if err := r.w.Put(numKey(pStoryOn, claimNumber(y.Claim)), bigEndian(storyNumber(y.ID))); err != nil {
			return err
		}
	}
	return r.put(storyKey(y.ID), y)
}
