// Package reading holds what a poll hands to the store: the articles that were
// new or changed with the statements found in them, and the source's cursor
// that may move once they are recorded. It stands apart from package feeds so
// that the store depends on a poll's result and not on its network code.
package reading

import (
	"time"

	"attribot/feeds/article"
	"attribot/feeds/statement"
)

// SourceID is a source's stable key in the configuration.
type SourceID string

// Reading is one article read with its statements.
type Reading struct {
	Article    article.Article
	Statements []statement.Statement
	Baseline   bool      // the first sight of its source: recorded, never alerted
	Edited     bool      // an article read before whose words changed
	Withdrawn  bool      // the article is gone; Statements is empty
	FirstSeen  time.Time // when the poll saw it
	Findings   []string  // what was noted while reading, in short sentences: why there is no statement
}

// Poll is the outcome of one poll of one source. The store commits Readings and
// Cursor in one transaction or neither.
type Poll struct {
	Source   SourceID
	At       time.Time
	Readings []Reading
	Cursor   []byte // opaque to the store: validators, known items, next due time
	Health   *Health
}

// Health is a change in a source's condition that operators are told once.
type Health struct {
	State  HealthState
	Cause  string // one sentence for people: what is wrong
	Advice string // what to do about it
}

// HealthState is a source's condition. Zero is invalid.
type HealthState uint8

// The conditions of a source.
const (
	Well    HealthState = iota + 1 // answers again
	Failing                        // cannot be reached or read; tried again
	Moved                          // redirected for good; the new address is used
	Stopped                        // gone (410) or refused for good; not polled any more
	Silent                         // answers, but publishes nothing against its habit
)
