// Package store records readings: it merges what articles report into
// statements, judges them against claims, and appends to the log that channels
// are told from, all in one transaction. It answers for claims, timelines and
// positions, and keeps subscriptions, the post ledger and the sources' cursors.
//
// Record does for each mention, in this order: it asks the judge; looks for a
// stored statement that is the same (store/identity) and adds an appearance to
// it, or numbers a new statement; proposes a claim where one is asserted that
// nobody stored; finds the story; brings positions up to date; and appends the
// events. What a person decides (link, answer, merge, split) goes through the
// same transaction and is written into the audit trail.
//
// Keys, all in one sorted map of store/kv. Numbers are eight bytes, big endian;
// fields are parted by a zero byte; a day is written 20241014, a season 10142024
// (month, day, year), with zeros for what a date leaves open:
//
//	!schema                            version of this table, decimal
//	!next/LETTER                       last number given for S C Y E B M P X A
//	a/ARTICLE                          article with its mentions and decisions
//	at/ARTICLE                         its text, removed by retention
//	af/ARTICLE                         its sketch, by which copies are found
//	au/URL                             article last recorded there       (index)
//	m/MENTION 0 ARTICLE                statement number                  (index)
//	s/N                                statement
//	sb/N                               what identity compares            (index)
//	sv/SPEAKER 0 SEASON N              statements of a speaker by day    (index)
//	sd/DAY N                           all statements by day             (index)
//	si/KEY 0 VALUE 0 DAY N             search: words and names           (index)
//	w/N                                denials that wait                 (index)
//	c/N                                claim
//	ck/KEY, ck/=PROPOSAL               claim by stable key, by content   (index)
//	p/N PARTY                          position on claim N
//	y/N                                story
//	yc/N                               newest story on claim N           (index)
//	e/N                                event log, without gaps
//	u/SOURCE, uh/SOURCE                a source's cursor, its condition
//	b/SUBSCRIPTION                     subscription with its place in the log
//	l/POST                             post ledger
//	lq/NETWORK 0 CHANNEL 0 N           open posts in order               (index)
//	ls/STORY 0 POST                    a story's posts                   (index)
//	x/N, xr/RECORD 0 N                 audit trail, by record            (index)
//	xa/N                               people's answers to links
//	v/N                                mutes
//
// A record is one byte for its encoding (plain or zstd) and JSON. Everything
// marked as an index follows from records alone; Fsck checks it and builds it
// anew.
package store
