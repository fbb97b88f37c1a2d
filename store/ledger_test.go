package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func subscribed(t *testing.T) (*world, Subscription) {
	w := newWorld(t)
	sub, err := w.AddSubscription(t.Context(), Subscription{Network: "slack", Channel: "soc", When: "at once", By: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	return w, sub
}

func post(key string) Post {
	return Post{Key: key, Network: "slack", Channel: "soc", Kind: Alert, Body: []byte(`{}`)}
}

func edit(key, of string, revision int) Post {
	p := post(key)
	p.Kind, p.Edit, p.Revision = Update, of, revision
	return p
}

func (w *world) enqueue(sub SubscriptionID, cursor Seq, posts ...Post) int {
	w.Helper()
	n, err := w.Enqueue(w.Context(), sub, cursor, time.Time{}, posts)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

// due is the key of the post that is due, "" for none.
func (w *world) due() string {
	w.Helper()
	p, ok, err := w.NextDue("slack", "soc", w.now)
	if err != nil {
		w.Fatal(err)
	}
	if !ok {
		return ""
	}
	return p.Key
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func TestPostsGoInOrderOnceEach(t *testing.T) {
	w, sub := subscribed(t)
	if n := w.enqueue(sub.ID, 5, post("a"), post("b")); n != 2 {
		t.Errorf("%d added", n)
	}
	if n := w.enqueue(sub.ID, 5, post("a"), post("b"), post("c")); n != 1 {
		t.Errorf("a second time %d added", n)
	}
	for _, key := range []string{"a", "b", "c"} {
		if got := w.due(); got != key {
			t.Fatalf("due is %q, want %q", got, key)
		}
		w.must(w.MarkSending(t.Context(), key))
		w.must(w.MarkSent(t.Context(), key, "id-"+key))
	}
	if got := w.due(); got != "" {
		t.Errorf("due is %q after all", got)
	}
	p, err := w.PostByKey("b")
	if err != nil || p.State != Sent || p.MessageID != "id-b" || p.Tries != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	if got, err := w.Subscription(sub.ID); err != nil || got.Cursor != 5 {
		t.Errorf("%+v, %v", got, err)
	}
	w.sound()
}

func TestCursorNeverGoesBack(t *testing.T) {
	w, sub := subscribed(t)
	w.enqueue(sub.ID, 9)
	w.enqueue(sub.ID, 4)
	if got, _ := w.Subscription(sub.ID); got.Cursor != 9 {
		t.Errorf("cursor %d", got.Cursor)
	}
}

func TestRetryWaits(t *testing.T) {
	w, sub := subscribed(t)
	w.enqueue(sub.ID, 1, post("a"), post("b"))
	w.must(w.MarkSending(t.Context(), "a"))
	w.must(w.Retry(t.Context(), "a", w.now.Add(time.Minute), "rate limited"))
	if got := w.due(); got != "" {
		t.Errorf("%q is due before its time, or out of order", got)
	}
	w.now = w.now.Add(time.Minute)
	if got := w.due(); got != "a" {
		t.Errorf("due is %q", got)
	}
}

func TestRefusedPostsLeaveTheQueueUntilMended(t *testing.T) {
	w, sub := subscribed(t)
	w.enqueue(sub.ID, 1, post("a"), post("b"))
	w.must(w.MarkRefused(t.Context(), "a", "channel is gone"))
	if got := w.due(); got != "b" {
		t.Errorf("due is %q", got)
	}
	refused, err := w.Posts(PostFilter{State: Refused})
	if err != nil || len(refused) != 1 || refused[0].Fault != "channel is gone" {
		t.Errorf("%+v, %v", refused, err)
	}
	w.must(w.Retry(t.Context(), "a", time.Time{}, ""))
	if got := w.due(); got != "a" {
		t.Errorf("mended: due is %q", got)
	}
}

func TestOnlyTheLatestEditIsSent(t *testing.T) {
	w, sub := subscribed(t)
	w.enqueue(sub.ID, 1, post("a"), edit("a/1", "a", 1))
	w.enqueue(sub.ID, 2, edit("a/2", "a", 2), edit("a/3", "a", 3))
	states := map[string]PostState{}
	all, err := w.Posts(PostFilter{})
	w.must(err)
	for _, p := range all {
		states[p.Key] = p.State
	}
	want := map[string]PostState{"a": Due, "a/1": Superseded, "a/2": Superseded, "a/3": Due}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
}

func TestSendingBecomesUnknownAfterARestart(t *testing.T) {
	w, sub := subscribed(t)
	w.enqueue(sub.ID, 1, post("a"), post("b"))
	w.must(w.MarkSending(t.Context(), "a"))
	again, err := Open(w.engine, Options{Now: func() time.Time { return w.now }, Judge: newPlainJudge(), Fresh: func() Judge { return newPlainJudge() }})
	w.must(err)
	p, ok, err := again.NextDue("slack", "soc", w.now)
	if err != nil || !ok || p.Key != "a" || p.State != Unknown {
		t.Errorf("%+v, %v, %v", p, ok, err)
	}
}

func TestOneChannelHoldsUpNoOther(t *testing.T) {
	w, sub := subscribed(t)
	other := post("other")
	other.Channel = "soc2" // begins like the first
	w.enqueue(sub.ID, 1, post("a"), other)
	w.must(w.MarkUnknown(t.Context(), "a", "timeout"))
	p, ok, err := w.NextDue("slack", "soc2", w.now)
	if err != nil || !ok || p.Key != "other" {
		t.Errorf("%+v, %v, %v", p, ok, err)
	}
	queues, err := w.Queues()
	want := []Queue{{"slack", "soc", 1, time.Time{}}, {"slack", "soc2", 1, time.Time{}}}
	if diff := cmp.Diff(want, queues); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestPostsOfAStory(t *testing.T) {
	w, sub := subscribed(t)
	a, b := post("a"), post("b")
	a.Story, b.Story = "Y1", "Y11"
	w.enqueue(sub.ID, 1, a, b)
	posts, err := w.Posts(PostFilter{Story: "Y1"})
	if err != nil || len(posts) != 1 || posts[0].Key != "a" {
		t.Errorf("%+v, %v", posts, err)
	}
}

func TestPostWithoutAPlaceIsRefused(t *testing.T) {
	w, sub := subscribed(t)
	if _, err := w.Enqueue(t.Context(), sub.ID, 3, time.Time{}, []Post{{Key: "a"}}); !errors.Is(err, ErrInvalid) {
		t.Errorf("%v", err)
	}
	if got, _ := w.Subscription(sub.ID); got.Cursor != 0 {
		t.Errorf("the cursor moved with a failed Enqueue: %d", got.Cursor)
	}
	if _, err := w.Enqueue(t.Context(), "B9", 3, time.Time{}, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown subscription: %v", err)
	}
}

func TestNoticesNeedNoSubscription(t *testing.T) {
	w := newWorld(t)
	p := post("notice")
	p.Kind = Notice
	if n, err := w.EnqueueNotice(t.Context(), p, p); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

func TestDeclaredSubscriptions(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.claim(fmt.Sprint("claim ", i), "CN")
	}
	end := w.Last()
	declare := func(subs ...Subscription) Declared {
		t.Helper()
		d, err := w.DeclareSubscriptions(t.Context(), subs)
		w.must(err)
		return d
	}
	soc := Subscription{ID: "soc", Network: "slack", Channel: "soc", When: "at once"}
	daily := Subscription{ID: "daily", Network: "slack", Channel: "soc", When: "daily 09:00"}
	if diff := cmp.Diff(Declared{Added: []string{"soc", "daily"}}, declare(soc, daily)); diff != "" {
		t.Error(diff)
	}
	if got, _ := w.Subscription("soc"); got.Cursor != end || !got.Declared {
		t.Errorf("a new one starts at the log's end: %+v", got)
	}
	if diff := cmp.Diff(Declared{}, declare(soc, daily)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Declared{Paused: []string{"daily"}}, declare(soc)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Declared{Resumed: []string{"daily"}}, declare(soc, daily)); diff != "" {
		t.Error(diff)
	}
	soc.Query = "accused:CN"
	if diff := cmp.Diff(Declared{Changed: []string{"soc"}}, declare(soc, daily)); diff != "" {
		t.Error(diff)
	}
	for name, err := range map[string]error{
		"edit":   w.EditSubscription(t.Context(), Subscription{ID: "soc"}, "ann"),
		"pause":  w.PauseSubscription(t.Context(), "soc", true, "ann"),
		"remove": w.RemoveSubscription(t.Context(), "soc", "ann"),
	} {
		if !errors.Is(err, ErrDeclared) {
			t.Errorf("%s of a declared one: %v", name, err)
		}
	}
	if _, err := w.DeclareSubscriptions(t.Context(), []Subscription{{ID: "B3"}}); !errors.Is(err, ErrInvalid) {
		t.Errorf("declared under a number: %v", err)
	}
}

func TestSubscriptionMadeInChat(t *testing.T) {
	w, sub := subscribed(t)
	ctx := t.Context()
	w.must(w.EditSubscription(ctx, Subscription{ID: sub.ID, Network: "slack", Channel: "soc", Query: "accused:CN", When: "daily 09:00", Paused: true}, "ben"))
	got, err := w.Subscription(sub.ID)
	if err != nil || got.Query != "accused:CN" || got.By != "ann" || got.Paused {
		t.Errorf("%+v, %v", got, err)
	}
	w.must(w.PauseSubscription(ctx, sub.ID, true, "ben"))
	w.claim("something happens meanwhile", "CN")
	w.must(w.PauseSubscription(ctx, sub.ID, false, "ben"))
	if got, _ = w.Subscription(sub.ID); got.Paused || got.Cursor != w.Last() {
		t.Errorf("resumed: %+v, log ends at %d", got, w.Last())
	}
	w.must(w.RemoveSubscription(ctx, sub.ID, "ben"))
	if _, err := w.Subscription(sub.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
	trail, err := w.AuditOf(string(sub.ID))
	if err != nil || len(trail) != 5 {
		t.Errorf("trail %+v, %v", trail, err)
	}
}

func TestSubscriptionsAreListedDeclaredFirstThenByNumber(t *testing.T) {
	w := newWorld(t)
	for range 11 {
		_, err := w.AddSubscription(t.Context(), Subscription{Network: "n", Channel: "c"})
		w.must(err)
	}
	_, err := w.DeclareSubscriptions(t.Context(), []Subscription{{ID: "zz", Network: "n", Channel: "c"}})
	w.must(err)
	subs, err := w.Subscriptions()
	if err != nil || subs[0].ID != "zz" || subs[1].ID != "B1" || subs[2].ID != "B2" || subs[11].ID != "B11" {
		t.Errorf("%v, %v", subs, err)
	}
}
