// Package sentence parts the text of an article into tokens, sentences and
// paragraphs, the ground on which quotations and reported speech are read.
//
// It knows how news is set: abbreviations (U.S., Gen., Oct., No. 3, Inc.) do not
// end a sentence, an agency's dateline stands apart from the first sentence, a
// line break ends a paragraph, and Chinese and Japanese marks count like Latin
// ones. Any input is safe, also text that is not valid UTF-8. Time is linear in
// the text's length.
package sentence

import "attribot/feeds/statement"

// Document is a text with its parts. Ranges count tokens.
type Document struct {
	Text       string
	Tokens     []Token
	Sentences  []Range // in order, without gaps; a dateline is one of its own
	Paragraphs []Range // in order, without gaps; every line break parts two
	Datelines  []int   // indexes of the sentences that are datelines
}

// Range is a half-open range of token indexes.
type Range struct{ Start, End int }

// Len is the number of tokens in the range.
func (r Range) Len() int { return r.End - r.Start }

// Contains reports whether token i lies in the range.
func (r Range) Contains(i int) bool { return r.Start <= i && i < r.End }

// Kind is the sort of a token. Zero is invalid.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota + 1 // letters, with inner hyphens, apostrophes and stops
	Number                 // begins with a digit
	Clitic                 // 's, 're, 've, 'll, 'd, 'm: what an apostrophe adds to a word
	Quote                  // a quotation mark or an apostrophe that stands alone
	Stop                   // . ! ? … and their wide forms
	Mark                   // any other mark: comma, dash, bracket
)

// Flag tells how a token is written and where it stands.
type Flag uint8

// The flags of a token; they add up.
const (
	Capital Flag = 1 << iota // the first letter is a capital
	Upper                    // two or more letters, all capitals
	Spaced                   // white space or the text's start stands before it
	Fresh                    // first of its paragraph
	Abbrev                   // its last byte is the stop of an abbreviation
	Ideo                     // written in Han, Kana or Hangul
)

// Token is a word or a mark, a half-open range of bytes in the text.
type Token struct {
	Start, End int
	Key        Key // of its lower-case form
	Kind       Kind
	Flags      Flag
}

// Is reports whether the token has all the flags.
func (t Token) Is(f Flag) bool { return t.Flags&f == f }

// Span is the token's bytes.
func (t Token) Span() statement.Span { return statement.Span{Start: t.Start, End: t.End} }

// Key stands for a word's lower-case form with straight apostrophes, so that a
// table of words is looked up without copying text. Different words have
// different keys but for a chance of about one in 2^64 a pair.
type Key uint64

const (
	keyBasis = 14695981039346656037 // FNV-1a, 64 bits
	keyPrime = 1099511628211
)

// KeyOf is the key of a word as it is written in a table.
func KeyOf(word string) Key {
	k := Key(keyBasis)
	for _, r := range word {
		k = k.add(r)
	}
	return k
}

// Text is the token's words.
func (d *Document) Word(i int) string { t := d.Tokens[i]; return d.Text[t.Start:t.End] }

// Span is the bytes that a range of tokens covers; empty for an empty range.
func (d *Document) Span(r Range) statement.Span {
	if r.Len() <= 0 {
		return statement.Span{}
	}
	return statement.Span{Start: d.Tokens[r.Start].Start, End: d.Tokens[r.End-1].End}
}

// SentenceAt is the index of the sentence that holds token i.
func (d *Document) SentenceAt(i int) int { return find(d.Sentences, i) }

// ParagraphAt is the index of the paragraph that holds token i.
func (d *Document) ParagraphAt(i int) int { return find(d.Paragraphs, i) }

// TokenAt is the index of the first token that ends after byte offset at.
func (d *Document) TokenAt(at int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Tokens[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func find(ranges []Range, i int) int {
	lo, hi := 0, len(ranges)
	for lo < hi {
		mid := (lo + hi) / 2
		if ranges[mid].End <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Split parts a text. It keeps the string, and never fails.
func Split(text string) *Document {
	d := &Document{Text: text}
	d.Tokens = tokenize(text)
	d.Paragraphs = paragraphs(d.Tokens)
	for _, p := range d.Paragraphs {
		d.splitParagraph(p)
	}
	return d
}
