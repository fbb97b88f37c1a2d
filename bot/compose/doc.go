// Package compose puts events into words: alerts, follow-ups, digests, timelines
// and answers, as documents that each chat network prints in its own way.
//
// The bot never asserts. It says who says what, about whom, when, and who says
// otherwise; "X says", "X denies". It is pure: the same records give the same
// document.
package compose
