package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/store/kv"
)

func postKey(key string) []byte { return textKey(pPost, key) }

func queuePrefix(network, channel string) []byte { return textKey(pQueue, network, channel, "") }

// open reports a post that its channel's queue still holds.
func (p Post) open() bool { return p.State == Due || p.State == Sending || p.State == Unknown }

func (p Post) index() []entry {
	var es []entry
	if p.open() {
		es = append(es, entry{numKey(string(queuePrefix(p.Network, p.Channel)), p.Order), []byte(p.Key)})
	}
	if p.Story != "" {
		es = append(es, entry{textKey(pPostStory, string(p.Story), p.Key), []byte{}})
	}
	return es
}

func (t *tx) savePost(before *Post, p Post) error {
	var had []entry
	if before != nil {
		had = before.index()
	}
	if err := t.reindex(had, p.index()); err != nil {
		return err
	}
	return t.put(postKey(p.Key), p)
}

// Enqueue moves a subscription's place in the log and next due time and adds
// the posts that this makes due, in one transaction. A post whose key is in the
// ledger already is left as it stands. An edit overtakes the edits of the same
// post that are still due. It gives the number of posts added.
func (s *Store) Enqueue(ctx context.Context, id SubscriptionID, cursor Seq, due time.Time, posts []Post) (added int, err error) {
	err = s.change(func(t *tx) error {
		added = 0
		sub, err := must[Subscription](t.view, subKey(id), "subscription", string(id))
		if err != nil {
			return err
		}
		for _, p := range posts {
			fresh, err := t.enqueue(p)
			if err != nil {
				return fmt.Errorf("post %s: %w", p.Key, err)
			}
			if fresh {
				added++
			}
		}
		sub.Cursor, sub.Due = max(sub.Cursor, cursor), due
		return t.put(subKey(id), sub)
	})
	if err != nil {
		return 0, fmt.Errorf("enqueue posts of %s: %w", id, err)
	}
	return added, nil
}

// EnqueueNotice adds posts that no subscription asked for, such as notices to
// operators.
func (s *Store) EnqueueNotice(ctx context.Context, posts ...Post) (added int, err error) {
	err = s.change(func(t *tx) error {
		added = 0
		for _, p := range posts {
			fresh, err := t.enqueue(p)
			if err != nil {
				return fmt.Errorf("enqueue notice %s: %w", p.Key, err)
			}
			if fresh {
				added++
			}
		}
		return nil
	})
	return added, err
}

func (t *tx) enqueue(p Post) (bool, error) {
	if p.Key == "" || p.Channel == "" || p.Network == "" {
		return false, fmt.Errorf("%w: a post needs key, network and channel", ErrInvalid)
	}
	if t.r.Get(postKey(p.Key)) != nil {
		return false, nil
	}
	n, err := t.next(letterPost)
	if err != nil {
		return false, err
	}
	p.Order, p.State = n, Due
	if p.Edit != "" {
		if err := t.overtake(p); err != nil {
			return false, err
		}
	}
	return true, t.savePost(nil, p)
}

// overtake drops the edits of the same post that have not been sent.
func (t *tx) overtake(p Post) error {
	older, err := t.queue(p.Network, p.Channel)
	if err != nil {
		return err
	}
	for _, o := range older {
		if o.Edit != p.Edit || o.State != Due || o.Revision > p.Revision {
			continue
		}
		next := o
		next.State = Superseded
		if err := t.savePost(&o, next); err != nil {
			return err
		}
	}
	return nil
}

// queue is a channel's open posts in order.
func (v view) queue(network, channel string) ([]Post, error) {
	var posts []Post
	prefix := queuePrefix(network, channel)
	for _, key := range v.r.Ascend(prefix, after(prefix)) {
		p, err := must[Post](v, postKey(string(key)), "post", string(key))
		if err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, nil
}

// NextDue is the first post of a channel's queue, if it is due now. A post that
// is being sent, or of which nothing is known, holds the queue up and is given
// with its state: settle it first.
func (s *Store) NextDue(network, channel string, now time.Time) (p Post, ok bool, err error) {
	err = s.look(func(v view) error {
		prefix := queuePrefix(network, channel)
		for _, key := range v.r.Ascend(prefix, after(prefix)) {
			p, err = must[Post](v, postKey(string(key)), "post", string(key))
			ok = err == nil && !p.NotBefore.After(now)
			return err
		}
		return nil
	})
	return p, ok, err
}

// mark changes one post.
func (s *Store) mark(verb, key string, change func(*Post, time.Time)) error {
	err := s.change(func(t *tx) error {
		p, err := must[Post](t.view, postKey(key), "post", key)
		if err != nil {
			return err
		}
		next := p
		next.Events, next.Body = slices.Clone(p.Events), p.Body
		change(&next, t.now)
		return t.savePost(&p, next)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}

// MarkSending says that a post is handed to the network.
func (s *Store) MarkSending(ctx context.Context, key string) error {
	return s.mark("mark post as sending", key, func(p *Post, now time.Time) {
		p.State, p.Tried = Sending, now
		p.Tries++
	})
}

// MarkSent says that the network took it, under its own id.
func (s *Store) MarkSent(ctx context.Context, key, messageID string) error {
	return s.mark("mark post as sent", key, func(p *Post, now time.Time) {
		p.State, p.MessageID, p.Fault, p.NotBefore = Sent, messageID, "", time.Time{}
	})
}

// MarkUnknown says that nobody knows whether the network took it.
func (s *Store) MarkUnknown(ctx context.Context, key, fault string) error {
	return s.mark("mark post as unknown", key, func(p *Post, now time.Time) { p.State, p.Fault = Unknown, fault })
}

// MarkRefused says that the network will never take it as things are. It leaves
// the queue; Retry brings it back.
func (s *Store) MarkRefused(ctx context.Context, key, fault string) error {
	return s.mark("mark post as refused", key, func(p *Post, now time.Time) { p.State, p.Fault = Refused, fault })
}

// Retry makes a post due again, not before a time.
func (s *Store) Retry(ctx context.Context, key string, notBefore time.Time, fault string) error {
	return s.mark("retry post", key, func(p *Post, now time.Time) {
		if p.State != Sent && p.State != Superseded {
			p.State, p.NotBefore, p.Fault = Due, notBefore, fault
		}
	})
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

func (f PostFilter) takes(p Post) bool {
	return (f.State == 0 || f.State == p.State) && (f.Network == "" || f.Network == p.Network) && (f.Channel == "" || f.Channel == p.Channel) &&
		(f.Subscription == "" || f.Subscription == p.Subscription) && (f.Story == "" || f.Story == p.Story)
}

// Posts lists posts in the order in which they became due.
func (s *Store) Posts(f PostFilter) (posts []Post, err error) {
	err = s.look(func(v view) error {
		if posts, err = v.posts(f); err != nil {
			return err
		}
		slices.SortFunc(posts, func(a, b Post) int { return int(a.Order) - int(b.Order) })
		if f.Limit > 0 && len(posts) > f.Limit {
			posts = posts[:f.Limit]
		}
		return nil
	})
	return posts, err
}

func (v view) posts(f PostFilter) ([]Post, error) {
	var posts []Post
	take := func(p Post, err error) error {
		if err == nil && f.takes(p) {
			posts = append(posts, p)
		}
		return err
	}
	if f.Story == "" {
		for p, err := range each[Post](v, []byte(pPost)) {
			if err := take(p, err); err != nil {
				return nil, err
			}
		}
		return posts, nil
	}
	prefix := textKey(pPostStory, string(f.Story), "")
	for k := range v.r.Ascend(prefix, after(prefix)) {
		key := strings.TrimPrefix(string(k), string(prefix))
		if err := take(must[Post](v, postKey(key), "post", key)); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// PostByKey is ErrNotFound for an unknown key.
func (s *Store) PostByKey(key string) (Post, error) { return one[Post](s, postKey(key), "post", key) }

// Queue is a channel with posts that are not settled.
type Queue struct {
	Network string
	Channel string
	Waiting int       // posts due, sending or unknown
	Next    time.Time // when the first may be tried; zero: now
}

// Queues lists the channels with posts to send.
func (s *Store) Queues() (queues []Queue, err error) {
	err = s.look(func(v view) error {
		for _, key := range v.r.Ascend([]byte(pQueue), endOf(pQueue)) {
			p, err := must[Post](v, postKey(string(key)), "post", string(key))
			if err != nil {
				return err
			}
			if n := len(queues); n > 0 && queues[n-1].Network == p.Network && queues[n-1].Channel == p.Channel {
				queues[n-1].Waiting++
				continue
			}
			queues = append(queues, Queue{p.Network, p.Channel, 1, p.NotBefore})
		}
		return nil
	})
	return queues, err
}

// unsettle makes posts that the last process was sending Unknown, as it may or
// may not have been told that they were taken.
func (s *Store) unsettle() error {
	sending, err := s.sending()
	if err != nil || len(sending) == 0 {
		return err
	}
	for _, key := range sending {
		err := s.MarkUnknown(context.Background(), key, "the process ended while it was sent")
		if err != nil && !errors.Is(err, kv.ErrReadOnly) {
			return err
		}
	}
	return nil
}

func (s *Store) sending() (keys []string, err error) {
	err = s.look(func(v view) error {
		for _, key := range v.r.Ascend([]byte(pQueue), endOf(pQueue)) {
			p, err := must[Post](v, postKey(string(key)), "post", string(key))
			if err != nil {
				return err
			}
			if p.State == Sending {
				keys = append(keys, p.Key)
			}
		}
		return nil
	})
	return keys, err
}
