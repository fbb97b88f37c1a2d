package extract

import (
	"sync"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/extract/sentence"
	"attribot/feeds/statement"
)

// Reader reads articles with one lexicon. It keeps nothing between articles and
// is safe for concurrent use.
type Reader struct {
	lex   *lexicon.Lexicon
	pages *sync.Pool // of *page: memory to use again, nothing of an article
}

// New makes a reader that knows the names of lex.
func New(lex *lexicon.Lexicon) *Reader {
	return &Reader{lex: lex, pages: &sync.Pool{New: func() any { return new(page) }}}
}

// Finding tells of one candidate speech whether it was kept, and why.
type Finding struct {
	Span      statement.Span       // source, cue and content together
	Statement *statement.Statement // what was read, nil where dropped
	Reason    Reason
	Detail    string // the words that decided, for people
}

// Read gives the statements on cyber attribution in text order.
func (r *Reader) Read(a article.Article) []statement.Statement {
	var all []statement.Statement
	for _, f := range r.Why(a) {
		if f.Statement != nil {
			all = append(all, *f.Statement)
		}
	}
	return all
}

// Why says for every candidate speech of the article whether it was kept or
// dropped and for which reason. An article that is not about cyber operations
// has no candidates.
func (r *Reader) Why(a article.Article) []Finding {
	p := r.pages.Get().(*page)
	defer r.pages.Put(p)
	p.begin(r.lex, &a)
	if t := lexicon.TongueOf(languageOf(a.Lang, a.Text)); t != nil {
		return foreignFindings(p, t)
	}
	p.readTitle()
	if p.cyber == 0 {
		return nil
	}
	p.parse()
	p.takeTitle()
	walk := reading{p: p, saidBy: map[string]statement.Date{}}
	walk.run()
	return walk.findings
}

// foreignFindings reads an article in another language.
func foreignFindings(p *page, t *lexicon.Tongue) []Finding {
	p.doc = sentence.Split(p.text)
	p.partItems()
	p.indexNames()
	walk := reading{p: p, saidBy: map[string]statement.Date{}}
	walk.prepare()
	walk.readForeign(t)
	return walk.findings
}
