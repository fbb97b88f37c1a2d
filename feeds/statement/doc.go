// Package statement holds the words of the field: what a statement on cyber
// attribution is, who makes it, about whom, and with which stance.
//
// A [Statement] is one speech act as one article reports it (a mention, in the
// words of the store, which merges the mentions of several articles into what
// was said). The package has types only: reading them out of an article is
// feeds/extract, judging them against claims is store/claim.
package statement
