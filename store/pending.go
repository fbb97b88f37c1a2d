package store

import (
	"context"
	"errors"
	"io"
	"time"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/claim"
	"attribot/store/query"
)

var errPending = errors.New("not written yet")

func (s *Store) migrate() error { return nil }
func (s *Store) load() error    { return nil }

// Outcome counts what one Record added.
type Outcome struct {
	Articles    int // new
	Edits       int
	Withdrawn   int
	Mentions    int // new
	Statements  int // new
	Appearances int // of known statements in new articles
	Claims      int // proposed
	Events      int
	Last        Seq // of the log after the commit
}

// Record stores one poll in one transaction: articles, statements, links,
// proposals, positions, stories, events and the source's cursor, or nothing.
// Recording the same poll again adds nothing.
func (s *Store) Record(ctx context.Context, p reading.Poll) (Outcome, error) {
	return Outcome{}, errPending
}

// RecordAll records several polls in one transaction with one sync, for times
// of load.
func (s *Store) RecordAll(ctx context.Context, ps []reading.Poll) (Outcome, error) {
	return Outcome{}, errPending
}

// Cursor is what the source's last recorded poll left; nil when there is none.
func (s *Store) Cursor(id reading.SourceID) ([]byte, error) { return nil, errPending }

// Source is a source's last recorded condition.
type Source struct {
	ID     reading.SourceID `json:"id"`
	Polled time.Time        `json:"polled"`
	Since  time.Time        `json:"since"` // of the condition
	Health reading.Health   `json:"health"`
}

// Sources lists every source ever polled, by id.
func (s *Store) Sources() ([]Source, error) { return nil, errPending }

// Events are the log's entries after a place, oldest first, at most limit.
func (s *Store) Events(after Seq, limit int) ([]Event, error) { return nil, errPending }

// Statement is ErrNotFound for an unknown id, as are the other look-ups.
func (s *Store) Statement(id StatementID) (Statement, error) { return Statement{}, errPending }

// Claim follows no merge: a merged claim names the one that it went into.
func (s *Store) Claim(id claim.ID) (claim.Claim, error) { return claim.Claim{}, errPending }

// ClaimByKey finds a starter or configured claim by its stable key.
func (s *Store) ClaimByKey(key string) (claim.Claim, error) { return claim.Claim{}, errPending }

// ClaimFilter chooses claims. The zero value chooses all but merged ones.
type ClaimFilter struct {
	Words    string         // all have to occur in sentence, title, names or tags
	Actor    string         // an actor's id or name
	Accused  string         // a country code or name
	Statuses []claim.Status // nil: any
	Proposed *bool          // nil: both
	Merged   bool           // merged ones as well
	Limit    int            // 0: no bound
}

// Claims lists claims by number.
func (s *Store) Claims(f ClaimFilter) ([]claim.Claim, error) { return nil, errPending }

// Story is ErrNotFound for an unknown id.
func (s *Store) Story(id StoryID) (Story, error) { return Story{}, errPending }

// StoryOf is the story that a statement belongs to.
func (s *Store) StoryOf(id StatementID) (Story, error) { return Story{}, errPending }

// Entry is a statement with its standing to the claim of a timeline.
type Entry struct {
	Statement Statement
	Link      Link
}

// Timeline is every statement linked to a claim by the day it was said.
func (s *Store) Timeline(id claim.ID) ([]Entry, error) { return nil, errPending }

// Positions is who holds what on a claim, in the order in which each first spoke.
func (s *Store) Positions(id claim.ID) ([]Position, error) { return nil, errPending }

// Article is an article's record by id.
func (s *Store) Article(id string) (Article, error) { return Article{}, errPending }

// ArticleByURL is the record of the article last recorded at an address.
func (s *Store) ArticleByURL(url string) (Article, error) { return Article{}, errPending }

// ArticleText is the text as recorded; ErrNotFound once it is past retention.
func (s *Store) ArticleText(id string) (string, error) { return "", errPending }

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

// PutClaim stores a person's new claim and gives it a number.
func (s *Store) PutClaim(ctx context.Context, c claim.Claim, by string) (claim.Claim, error) {
	return c, errPending
}

// EditClaim replaces a claim's words and fields; number, key and proposal mark stay.
func (s *Store) EditClaim(ctx context.Context, c claim.Claim, by string) (claim.Claim, error) {
	return c, errPending
}

// ConfirmClaim makes a proposal a claim.
func (s *Store) ConfirmClaim(ctx context.Context, id claim.ID, by string) error { return errPending }

// WithdrawClaim takes a claim out of judging; its statements and links stay.
func (s *Store) WithdrawClaim(ctx context.Context, id claim.ID, by string) error { return errPending }

// MergeClaims puts one claim into another with all its statements; the links'
// history is kept.
func (s *Store) MergeClaims(ctx context.Context, from, into claim.ID, by string) error {
	return errPending
}

// SplitClaim makes a new claim of some of a claim's statements.
func (s *Store) SplitClaim(ctx context.Context, from claim.ID, part claim.Claim, sts []StatementID, by string) (claim.Claim, error) {
	return part, errPending
}

// Link sets a statement's standing to a claim by a person's word.
func (s *Store) Link(ctx context.Context, st StatementID, c claim.ID, as claim.Standing, by string) error {
	return errPending
}

// Unlink takes a link away; its history is kept.
func (s *Store) Unlink(ctx context.Context, st StatementID, c claim.ID, by string) error {
	return errPending
}

// Answer is a person's right or wrong to a link that the judge made.
type Answer struct {
	Statement StatementID   `json:"statement"`
	Verdict   claim.Verdict `json:"verdict"` // as it was answered
	Right     bool          `json:"right"`
	By        string        `json:"by"`
	At        time.Time     `json:"at"`
	Weights   int           `json:"weights"` // the version that judged
}

// AnswerLink records a person's right or wrong and confirms or takes away the link.
func (s *Store) AnswerLink(ctx context.Context, st StatementID, c claim.ID, right bool, by string) error {
	return errPending
}

// Answers is the log of all answers, oldest first.
func (s *Store) Answers() ([]Answer, error) { return nil, errPending }

// AddMute stores a mute and numbers it.
func (s *Store) AddMute(ctx context.Context, m Mute) (Mute, error) { return m, errPending }

// RemoveMute takes a mute back.
func (s *Store) RemoveMute(ctx context.Context, id MuteID, by string) error { return errPending }

// Mutes lists the mutes that have not ended.
func (s *Store) Mutes() ([]Mute, error) { return nil, errPending }

// Audit is the trail after an entry's number, oldest first, at most limit (0: all).
func (s *Store) Audit(after uint64, limit int) ([]Change, error) { return nil, errPending }

// AuditOf is the trail of one record by its id, oldest first.
func (s *Store) AuditOf(record string) ([]Change, error) { return nil, errPending }

// Declared says what a reconciliation with the configuration changed, by key.
type Declared struct {
	Added, Changed, Paused, Resumed []string
}

// DeclareClaims brings the claims of the configuration in by their keys. A claim
// that is declared no more stays as it is.
func (s *Store) DeclareClaims(ctx context.Context, cs []claim.Claim) (Declared, error) {
	return Declared{}, errPending
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
