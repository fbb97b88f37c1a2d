// Package store records readings: it merges what articles report into
// statements, judges them against claims, and appends to the log that channels
// are told from, all in one transaction. It answers for claims, timelines and
// positions, and keeps subscriptions, the post ledger and the sources' cursors.
//
// Keys, all in one sorted map of store/kv:
//
//	(the store's helper writes the table of key prefixes here)
package store
