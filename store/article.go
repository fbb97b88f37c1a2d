package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/identity"
)

// reading stores one article with its statements.
func (r *recording) reading(rd *reading.Reading, p reading.Poll) error {
	r.scene = map[claim.ID]StoryID{}
	old, known, err := get[Article](r.view, textKey(pArticle, rd.Article.ID))
	switch {
	case err != nil:
		return err
	case rd.Withdrawn:
		if !known || !old.Withdrawn.IsZero() {
			return nil
		}
		return r.withdraw(old)
	case !known:
		return r.newArticle(rd, p)
	case old.Digest != digest(rd.Article.Text):
		return r.edit(old, rd)
	}
	return r.readAgain(old, rd)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (r *recording) newArticle(rd *reading.Reading, p reading.Poll) error {
	a := articleOf(rd, p)
	a.Recorded = r.now
	r.out.Articles++
	if err := r.saveText(a, rd.Article.Text, len(rd.Statements) > 0); err != nil {
		return err
	}
	verdicts := r.judgeAll(rd.Statements)
	for i, st := range rd.Statements {
		if err := r.mention(&a, st, verdicts[i]); err != nil {
			return err
		}
	}
	return r.saveArticle(a)
}

func articleOf(rd *reading.Reading, p reading.Poll) Article {
	in := rd.Article
	a := Article{
		ID: in.ID, Source: p.Source, URL: in.URL, Title: in.Title, Outlet: in.Outlet, Country: in.Country,
		State: in.State, Family: in.Family, Credit: in.Credit, Lang: in.Lang, Published: in.Published, At: in.At,
		Digest: digest(in.Text), Length: len(in.Text), FirstSeen: rd.FirstSeen, Baseline: rd.Baseline, Findings: rd.Findings,
	}
	if a.FirstSeen.IsZero() {
		a.FirstSeen = p.At
	}
	a.Origin, a.OriginBy = originOf(in)
	return a
}

// originOf is the origin as far as the article itself tells: its credit line,
// else its publisher's family, else its outlet.
func originOf(in article.Article) (origin, by string) {
	switch {
	case in.Credit != "":
		return originKey(in.Credit), "credit line " + in.Credit
	case in.Family != "":
		return originKey(in.Family), "publisher family " + in.Family
	case in.Outlet != "":
		return originKey(in.Outlet), "its own outlet"
	}
	return "article " + in.ID, "unknown outlet"
}

func originKey(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

func (r *recording) saveArticle(a Article) error {
	if a.URL != "" {
		if err := r.w.Put(textKey(pURL, a.URL), []byte(a.ID)); err != nil {
			return err
		}
	}
	return r.put(textKey(pArticle, a.ID), a)
}

// saveText keeps the text, and the sketch by which copies are found where the
// article has statements to compare.
func (r *recording) saveText(a Article, text string, sketch bool) error {
	if err := r.put(textKey(pText, a.ID), text); err != nil || !sketch {
		return err
	}
	b, err := identity.PrintOf(text).MarshalBinary()
	if err != nil {
		return err
	}
	return r.w.Put(textKey(pPrint, a.ID), b)
}

func (v view) print(article string) identity.Print {
	var p identity.Print
	_ = p.UnmarshalBinary(v.r.Get(textKey(pPrint, article))) // what is missing compares as empty
	return p
}

// readAgain takes what new rules found in a text read before. Mentions that
// they find no more stay: the article still says it.
func (r *recording) readAgain(a Article, rd *reading.Reading) error {
	before := len(a.Mentions)
	var verdicts [][]claim.Verdict
	for i, st := range rd.Statements {
		if a.mention(st.ID) >= 0 {
			continue
		}
		if verdicts == nil {
			verdicts = r.judgeAll(rd.Statements)
		}
		if err := r.mention(&a, st, verdicts[i]); err != nil {
			return err
		}
	}
	if len(a.Mentions) == before {
		return nil
	}
	if before == 0 {
		if err := r.saveText(a, rd.Article.Text, true); err != nil {
			return err
		}
	}
	return r.saveArticle(a)
}

func (a Article) mention(id statement.ID) int {
	return slices.IndexFunc(a.Mentions, func(m Mention) bool { return m.ID == id && !m.Gone })
}

// withdraw marks everything that an article said as gone.
func (r *recording) withdraw(a Article) error {
	r.out.Withdrawn++
	a.Withdrawn = r.now
	told := Event{Kind: ArticleWithdrawn, Article: a.ID, Source: string(a.Source), Note: a.Title, Quiet: a.Baseline}
	for i := range a.Mentions {
		st, err := r.leave(&a.Mentions[i], a.ID)
		if err != nil {
			return err
		}
		told.note(st)
	}
	if err := r.saveArticle(a); err != nil || len(a.Mentions) == 0 {
		return err
	}
	return r.emit(told)
}

// note names the first statement that an event on an article is about.
func (e *Event) note(st Statement) {
	if e.Statement == "" {
		e.Statement, e.Story = st.ID, st.Story
	}
}

// leave marks a mention as gone, and the appearance with it.
func (r *recording) leave(m *Mention, article string) (Statement, error) {
	m.Gone = true
	st, err := must[Statement](r.view, statementKey(m.Statement), "statement", string(m.Statement))
	if err != nil {
		return st, err
	}
	return st, r.amend(st, func(st *Statement) {
		for i := range st.Appearances {
			if st.Appearances[i].Article == article {
				st.Appearances[i].Gone = true
			}
		}
	})
}

// edit compares what an article said with what it says now.
func (r *recording) edit(a Article, rd *reading.Reading) error {
	r.out.Edits++
	share := 1000
	if was, err := r.text(a.ID); err == nil {
		share = 1000 - identity.Alike(identity.PrintOf(was), identity.PrintOf(rd.Article.Text))
	}
	gone, fresh, told, err := r.editMentions(&a, rd)
	if err != nil {
		return err
	}
	a.Digest, a.Length, a.Edited = digest(rd.Article.Text), len(rd.Article.Text), r.now
	a.Edits++
	a.Withdrawn = time.Time{} // it is back
	if rd.Article.Title != "" {
		a.Title = rd.Article.Title
	}
	a.Findings = rd.Findings
	if err := r.saveText(a, rd.Article.Text, len(a.Mentions) > 0); err != nil {
		return err
	}
	if err := r.saveArticle(a); err != nil || len(a.Mentions) == 0 {
		return err
	}
	told.Quiet = a.Baseline || gone+fresh == 0 && share < r.s.opts.QuietEdit
	told.Note = fmt.Sprintf("%d.%d %% of the text changed; %d statements gone, %d new", share/10, share%10, gone, fresh)
	return r.emit(told)
}

// editMentions carries over the mentions whose words stand as they were, takes
// in new ones, and marks those that vanished. A new mention that merges into
// the statement of a vanished one is a rewording and counts as neither.
func (r *recording) editMentions(a *Article, rd *reading.Reading) (gone, fresh int, told Event, err error) {
	told = Event{Kind: ArticleEdited, Article: a.ID, Source: string(a.Source)}
	standing := map[StatementID]bool{}
	before := slices.Clone(a.Mentions)
	a.Mentions = nil
	verdicts := r.judgeAll(rd.Statements)
	for i, st := range rd.Statements {
		if at := sameWords(before, st); at >= 0 {
			if err := r.keepMention(a, before[at], st); err != nil {
				return 0, 0, told, err
			}
			standing[before[at].Statement] = true
			before = slices.Delete(before, at, at+1)
			continue
		}
		if err := r.mention(a, st, verdicts[i]); err != nil {
			return 0, 0, told, err
		}
		id := a.Mentions[len(a.Mentions)-1].Statement
		if !standing[id] && !slices.ContainsFunc(before, func(m Mention) bool { return m.Statement == id && !m.Gone }) {
			fresh++
		}
		standing[id] = true
	}
	for _, m := range before {
		if m.Gone || standing[m.Statement] {
			continue
		}
		st, err := r.leave(&m, a.ID)
		if err != nil {
			return 0, 0, told, err
		}
		gone++
		told.note(st)
		a.Mentions = append(a.Mentions, m)
	}
	if told.Statement == "" && len(a.Mentions) > 0 {
		st, err := must[Statement](r.view, statementKey(a.Mentions[0].Statement), "statement", string(a.Mentions[0].Statement))
		if err != nil {
			return 0, 0, told, err
		}
		told.note(st)
	}
	return gone, fresh, told, nil
}

// keepMention carries a mention over to the edited text under its new id.
func (r *recording) keepMention(a *Article, m Mention, said statement.Statement) error {
	m.ID, m.Span = said.ID, said.Span
	a.Mentions = append(a.Mentions, m)
	st, err := must[Statement](r.view, statementKey(m.Statement), "statement", string(m.Statement))
	if err != nil {
		return err
	}
	return r.amend(st, func(st *Statement) {
		for i := range st.Appearances {
			if st.Appearances[i].Article == a.ID && st.Appearances[i].Words == m.Words {
				st.Appearances[i].Mention = said.ID
			}
		}
	})
}

func sameWords(ms []Mention, st statement.Statement) int {
	return slices.IndexFunc(ms, func(m Mention) bool {
		return !m.Gone && strings.Join(strings.Fields(m.Words), " ") == strings.Join(strings.Fields(st.Words), " ")
	})
}

func (v view) text(id string) (string, error) {
	return must[string](v, textKey(pText, id), "text of article", id)
}
