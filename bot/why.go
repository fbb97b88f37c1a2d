package bot

import (
	"errors"
	"fmt"
	"strings"

	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// why explains a statement, or with a claim why it does or does not stand to it.
func (b *Bot) why(c call) (message.Message, error) {
	words := strings.Fields(strings.ToUpper(c.args))
	if len(words) == 0 || !isID(words[0]) || words[0][0] != 'S' {
		return message.Message{}, sorry("Which statement? Its id stands in the small print of an alert, for example: why S12")
	}
	st, err := b.statementByID(words[0])
	if err != nil {
		return message.Message{}, err
	}
	articles, err := b.articlesOf(st)
	if err != nil {
		return message.Message{}, err
	}
	trail, err := b.store.AuditOf(string(st.ID))
	if err != nil {
		return message.Message{}, fmt.Errorf("audit of %s: %w", st.ID, err)
	}
	m, err := b.composer.Why(st, articles, trail)
	if err != nil || len(words) < 2 {
		return m, err
	}
	return b.whyClaim(m, st, words[1])
}

// whyClaim adds what speaks for and against one claim.
func (b *Bot) whyClaim(m message.Message, st store.Statement, id string) (message.Message, error) {
	cl, err := b.claimByID(id)
	if err != nil {
		return m, err
	}
	if b.o.Explain == nil {
		return m, nil
	}
	m.Blocks = append(m.Blocks, message.H("How it compares with "+string(cl.ID)))
	for _, reason := range b.o.Explain(st.Said, cl.ID) {
		m.Blocks = append(m.Blocks, message.I(message.T(reason)))
	}
	return m, nil
}

func (b *Bot) statementByID(id string) (store.Statement, error) {
	st, err := b.store.Statement(store.StatementID(strings.ToUpper(id)))
	if errors.Is(err, store.ErrNotFound) {
		return st, sorryf("There is no statement %s.", message.Cut(id, 20))
	}
	return st, err
}

// articlesOf are the articles that carry a statement, as far as they are kept.
func (b *Bot) articlesOf(st store.Statement) ([]store.Article, error) {
	var out []store.Article
	for _, a := range st.Appearances[:min(len(st.Appearances), 10)] {
		article, err := b.store.Article(a.Article)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", a.Article, err)
		}
		out = append(out, article)
	}
	return out, nil
}

// whyNot explains an article by its address or id.
func (b *Bot) whyNot(c call) (message.Message, error) {
	where := strings.Trim(strings.TrimSpace(c.args), "<>\"")
	if where == "" {
		return message.Message{}, sorry("Which article? For example: why-not https://example.org/article")
	}
	a, err := b.store.ArticleByURL(where)
	if errors.Is(err, store.ErrNotFound) {
		a, err = b.store.Article(where)
	}
	if errors.Is(err, store.ErrNotFound) {
		return message.Message{}, sorryf("No article of this address was read: %s. Either no source lists it, or its source was not polled since. \"sources health\" tells how the sources fare.", message.Cut(where, 120))
	}
	if err != nil {
		return message.Message{}, fmt.Errorf("article %s: %w", where, err)
	}
	told, err := b.toldOf(a)
	if err != nil {
		return message.Message{}, err
	}
	return b.composer.WhyNot(a, told)
}

// toldOf says of each mention where its story was told, or why it was not.
func (b *Bot) toldOf(a store.Article) ([]string, error) {
	out := make([]string, len(a.Mentions))
	for i, mn := range a.Mentions {
		st, err := b.store.Statement(mn.Statement)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if out[i], err = b.told(st, a); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (b *Bot) told(st store.Statement, a store.Article) (string, error) {
	switch {
	case st.Said.Background:
		return "It is background: told of an earlier day, recorded there, and never news", nil
	case a.Baseline || st.Baseline:
		return "It was there at the first sight of its source, so no channel was told", nil
	case st.Story == "":
		return "It belongs to no story, so no channel was told", nil
	}
	posts, err := b.store.Posts(store.PostFilter{Story: st.Story})
	if err != nil {
		return "", fmt.Errorf("posts of %s: %w", st.Story, err)
	}
	var where []string
	for _, p := range posts {
		if p.Kind == store.Alert {
			where = append(where, p.Network+":"+p.Channel+" ("+p.State.String()+")")
		}
	}
	if len(where) > 0 {
		return "Its story " + string(st.Story) + " was told in " + strings.Join(where, ", "), nil
	}
	return "Its story " + string(st.Story) + " was told nowhere: " + quietReason(st), nil
}

// quietReason is why a story made no alert.
func quietReason(st store.Statement) string {
	for _, l := range st.Links {
		if l.Claim != "" && !l.Confirmed && l.Standing != claim.New {
			return "its link is only suggested and waits in the review queue"
		}
	}
	return "no subscription asks for it at once, or it waits in the review queue (\"review\")"
}
