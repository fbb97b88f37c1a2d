package store

import (
	"context"
	"errors"
	"io"
	"time"

	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/query"
)

var errPending = errors.New("not written yet")

func (s *Store) unsettle() error { return nil }

// Page chooses a part of a result, newest first.
type Page struct {
	Size  int    // 0: 20; at most 200
	After string // the Next of the page before
}

// Result is a page of statements, newest said first.
type Result struct {
	Statements []Statement
	Total      int    // of all pages; bounded, see More
	More       bool   // Total is a lower bound: the search stopped counting
	Next       string // "" on the last page
}

// Search finds the statements that a query asks for.
func (s *Store) Search(q query.Query, p Page) (Result, error) { return Result{}, errPending }

// View is a statement with its claims as a query looks at it.
func (s *Store) View(st Statement) (query.View, error) { return query.View{}, errPending }

// AddMute stores a mute and numbers it.
func (s *Store) AddMute(ctx context.Context, m Mute) (Mute, error) { return m, errPending }

// RemoveMute takes a mute back.
func (s *Store) RemoveMute(ctx context.Context, id MuteID, by string) error { return errPending }

// Mutes lists the mutes that have not ended.
func (s *Store) Mutes() ([]Mute, error) { return nil, errPending }

// Declared says what a reconciliation with the configuration changed, by key.
type Declared struct {
	Added, Changed, Paused, Resumed []string
}

// DeclareSubscriptions brings the subscriptions of the configuration in by their
// ids; those that are declared no more are paused, never deleted.
func (s *Store) DeclareSubscriptions(ctx context.Context, subs []Subscription) (Declared, error) {
	return Declared{}, errPending
}

// AddSubscription stores a person's subscription and numbers it; its place is
// the log's end.
func (s *Store) AddSubscription(ctx context.Context, sub Subscription) (Subscription, error) {
	return sub, errPending
}

// EditSubscription replaces a subscription's query, time and place; its cursor
// stays. A declared one is refused with ErrDeclared.
func (s *Store) EditSubscription(ctx context.Context, sub Subscription, by string) error {
	return errPending
}

// PauseSubscription pauses or resumes. A declared one is refused with ErrDeclared.
func (s *Store) PauseSubscription(ctx context.Context, id SubscriptionID, pause bool, by string) error {
	return errPending
}

// RemoveSubscription deletes a subscription made in chat; ErrDeclared else.
func (s *Store) RemoveSubscription(ctx context.Context, id SubscriptionID, by string) error {
	return errPending
}

// Subscription is ErrNotFound for an unknown id.
func (s *Store) Subscription(id SubscriptionID) (Subscription, error) {
	return Subscription{}, errPending
}

// Subscriptions lists all, paused ones as well, by id.
func (s *Store) Subscriptions() ([]Subscription, error) { return nil, errPending }

// Enqueue moves a subscription's place in the log and next due time and adds
// the posts that this makes due, in one transaction. A post whose key is in the
// ledger already is left as it stands. It gives the number of posts added.
func (s *Store) Enqueue(ctx context.Context, id SubscriptionID, cursor Seq, due time.Time, posts []Post) (int, error) {
	return 0, errPending
}

// NextDue is the first post of a channel's queue, if it is due now. A post that
// is being sent, or of which nothing is known, holds the queue up and is given
// with its state: settle it first.
func (s *Store) NextDue(network, channel string, now time.Time) (Post, bool, error) {
	return Post{}, false, errPending
}

// MarkSending says that a post is handed to the network.
func (s *Store) MarkSending(ctx context.Context, key string) error { return errPending }

// MarkSent says that the network took it, under its own id.
func (s *Store) MarkSent(ctx context.Context, key, messageID string) error { return errPending }

// MarkUnknown says that nobody knows whether the network took it.
func (s *Store) MarkUnknown(ctx context.Context, key, fault string) error { return errPending }

// MarkRefused says that the network will never take it as things are.
func (s *Store) MarkRefused(ctx context.Context, key, fault string) error { return errPending }

// Retry makes a post due again, not before a time.
func (s *Store) Retry(ctx context.Context, key string, notBefore time.Time, fault string) error {
	return errPending
}

// PostFilter chooses posts. Zero fields choose everything.
type PostFilter struct {
	State        PostState
	Network      string
	Channel      string
	Subscription SubscriptionID
	Story        StoryID
	Limit        int
}

// Posts lists posts in the order of their queues.
func (s *Store) Posts(f PostFilter) ([]Post, error) { return nil, errPending }

// PostByKey is ErrNotFound for an unknown key.
func (s *Store) PostByKey(key string) (Post, error) { return Post{}, errPending }

// Queue is a channel with posts that are not settled.
type Queue struct {
	Network string
	Channel string
	Waiting int       // posts due, sending or unknown
	Next    time.Time // when the first may be tried; zero: now
}

// Queues lists the channels with posts to send.
func (s *Store) Queues() ([]Queue, error) { return nil, errPending }

// Lapse withdraws the unconfirmed proposals that gained nothing for too long
// and gives up denials that waited too long.
func (s *Store) Lapse(ctx context.Context) ([]claim.ID, error) { return nil, errPending }

// Retain removes the texts of articles first seen before a time; records,
// statements and words stay.
func (s *Store) Retain(ctx context.Context, before time.Time) (int, error) { return 0, errPending }

// Forget replaces a chat user's id wherever it is kept (audit, answers, links,
// subscriptions, mutes) and gives the number of records changed.
func (s *Store) Forget(ctx context.Context, person string) (int, error) { return 0, errPending }

// Backup writes a consistent copy while the store is in use.
func (s *Store) Backup(w io.Writer) error { return errPending }

// Compact rewrites the file without its free pages; sizes in bytes.
func (s *Store) Compact() (before, after int64, err error) { return 0, 0, errPending }

// Report is what a check of the store found.
type Report struct {
	Records  int      // read
	Faults   []string // in words, each with the record's key
	Repaired int      // index entries removed or written
}

// Fsck reads every record, checks every index against the records, and with
// repair rebuilds the indexes.
func (s *Store) Fsck(ctx context.Context, repair bool) (Report, error) { return Report{}, errPending }

// Stats are the store's counts and size.
type Stats struct {
	Articles, Mentions, Statements, Claims, Proposals, Stories, Events int
	Subscriptions, Posts, Waiting, Sources                             int
	PostsBy                                                            map[PostState]int
	Size, Free                                                         int64 // bytes on disk
	Schema                                                             int
}

// Stats counts.
func (s *Store) Stats() (Stats, error) { return Stats{}, errPending }

var _ statement.Statement
