// Package deliver tells channels what the log holds: each subscription reads
// from its own place, decides what is told at once, what goes beneath an alert
// and what waits for the digest, enqueues the posts together with the new place
// in one transaction, and sends them in order, channel by channel.
//
// Its stages, one file each:
//
//	schedule  when a digest is due
//	decide    what becomes of an event
//	plan      events of a subscription -> posts
//	take      a subscription's turn: decide, plan, enqueue
//	send      the posts of one channel, in order, settled before repeated
//	run       the loop around them
//
// Nothing is said twice: a post's key is derived from channel, story and events,
// the ledger takes a key once, and a post whose outcome is unknown is looked for
// before it is sent again.
package deliver
