package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"attribot/feeds/article"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/fetch"
	"attribot/store/claim"
)

// maxFile bounds a file of saved articles.
const maxFile = 1 << 30

// loadLexicon is the embedded lexicon with the user's own files on top.
func loadLexicon(files []string) (*lexicon.Lexicon, error) {
	lex := lexicon.Embedded()
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read lexicon: %w", err)
		}
		lex, err = lex.With(name, f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("read lexicon: %w", err)
		}
	}
	return lex, nil
}

// loadClaims reads a file of claims, all of them or none.
func loadClaims(name string) ([]claim.Claim, error) {
	claims, err := parseClaims(name, claim.AllOrNothing)
	if err != nil {
		return nil, fmt.Errorf("read claims: %w", err)
	}
	return claims, nil
}

// loadArticles reads the articles of a file, a web address, or "-".
func loadArticles(w *machine, from string) ([]article.Article, error) {
	if u, err := url.Parse(from); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return fetchArticle(w.ctx, from)
	}
	in, err := openInput(w, from)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxFile))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", from, err)
	}
	name := filepath.Base(from)
	if from == "-" {
		name = "standard-input"
	}
	articles, err := article.ReadFile(name, data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", from, err)
	}
	return articles, nil
}

func fetchArticle(ctx context.Context, address string) ([]article.Article, error) {
	client := fetch.New(fetch.Options{Allow: everywhere()})
	resp, err := client.Get(ctx, fetch.Request{URL: address, Kind: fetch.Page})
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	a, err := article.ReadPage(article.Page{URL: address, Body: resp.Body, ContentType: resp.ContentType})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", address, err)
	}
	return []article.Article{a}, nil
}

// openInput opens a file, or standard input for "-".
func openInput(w *machine, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(w.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, unwrapPath(err))
	}
	return f, nil
}
