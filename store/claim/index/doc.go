// Package index finds stored sentences that say what a new sentence says.
//
// It is a search engine for short texts, in memory and pure: the same documents
// give the same scores on any machine and in whatever order they came, since a
// score is made of integers only and depends on the set of documents and not on
// how it is cut into segments. It knows nothing of claims, stances or speakers;
// package claim judges, this package only finds, and so has its own reason to
// change.
//
// A document is analysed once into stems, numbers, name parts and keys (exact
// marks such as an actor's id). A posting holds one byte: how much the term
// counts in that document, saturated and normalised by length against a fixed
// typical length, so that adding a document never changes another's postings.
// Only a term's rarity is taken from the whole collection when a query comes.
//
// A query runs in two steps. The first finds the exact top candidates by the
// sum of rarity times impact, window by window with upper bounds (MaxScore on
// windows, after Ding and Suel 2011 and Lucene's bulk scorer), so that most
// postings of frequent terms are never looked at. The second looks at the few
// candidates closely (order, neighbours, numbers, quoted words, names, dates)
// and turns the evidence into a score that can be compared between queries.
package index
