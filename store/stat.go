package store

import "attribot/store/kv"

// Stats are the store's counts and size.
type Stats struct {
	Articles, Statements, Claims, Proposals, Stories, Events int
	Subscriptions, Waiting, Sources                          int
	PostsBy                                                  map[PostState]int
	Size, Free                                               int64 // bytes on disk, and the part of them free for reuse
	Schema                                                   int
}

// Stats counts. It walks keys and reads claims and posts, not statements.
func (s *Store) Stats() (Stats, error) {
	st := Stats{PostsBy: map[PostState]int{}}
	err := s.look(func(v view) error {
		st.Articles, st.Subscriptions, st.Waiting, st.Sources = v.keys(pArticle), v.keys(pSub), v.keys(pWaiting), v.keys(pCursor)
		st.Statements, st.Stories, st.Events = int(v.count(letterStatement)), int(v.count(letterStory)), int(v.count(letterEvent))
		for rec, err := range each[claimRecord](v, []byte(pClaim)) {
			if err != nil {
				return err
			}
			st.Claims++
			if rec.Proposed && rec.judged() {
				st.Proposals++
			}
		}
		for p, err := range each[Post](v, []byte(pPost)) {
			if err != nil {
				return err
			}
			st.PostsBy[p.State]++
		}
		return nil
	})
	if err != nil {
		return Stats{}, err
	}
	if engine, ok := s.engine.(kv.Sizer); ok {
		st.Size, st.Free = engine.Size()
	}
	st.Schema, err = s.schema()
	return st, err
}

// keys counts the keys beneath a prefix.
func (v view) keys(prefix string) int {
	n := 0
	for range v.r.Ascend([]byte(prefix), endOf(prefix)) {
		n++
	}
	return n
}
