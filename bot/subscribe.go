package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/bot/compose"
	"attribot/bot/deliver"
	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/query"
)

// wish is what a person asks with "subscribe".
type wish struct {
	query         string
	when, zone    string
	empty, review bool
	preview       bool
}

// readWish parts the words into query, time, zone and marks. The time may stand
// before or behind the query; quoted words always belong to the query.
func readWish(args string) (wish, error) {
	words := tokens(args)
	var w wish
	if len(words) > 0 && words[0].bare() == "preview" {
		w.preview, words = true, words[1:]
	}
	words = w.takeTime(words)
	words = slices.DeleteFunc(words, w.takeMark)
	w.query = joined(words)
	if _, err := deliver.ParseSchedule(w.when, w.zone); err != nil {
		return w, sorryf("I can't read the time: %s.", strings.TrimPrefix(err.Error(), "read "))
	}
	_, err := parseQuery(w.query)
	return w, err
}

// takeTime takes "at once", "daily 09:00" or "weekly Mon 09:00" with a zone out of
// the words.
func (w *wish) takeTime(words []token) []token {
	for i := range words {
		n := timeLength(words[i:])
		if n == 0 {
			continue
		}
		end := i + n
		w.when = joined(words[i:end])
		if end < len(words) && isZone(words[end].value) {
			w.zone = words[end].value
			end++
		}
		return slices.Concat(words[:i], words[end:])
	}
	return words
}

// timeLength is the number of words at the beginning that are a time, good or
// bad; zero for none.
func timeLength(words []token) int {
	n := 0
	switch words[0].bare() {
	case "at":
		if len(words) > 1 && words[1].bare() == "once" {
			return 2
		}
		return 0
	case "daily":
		n = 1
	case "weekly":
		n = min(2, len(words))
	default:
		return 0
	}
	if n < len(words) && words[n].bare() == "at" {
		n++
	}
	if n < len(words) && isClock(words[n]) {
		n++
	}
	return n
}

// isClock reports what is meant as a time of day, whether or not there is such a
// time.
func isClock(t token) bool {
	return t.raw != "" && strings.Trim(t.raw, "0123456789:") == "" && len(t.raw) <= 5
}

func isZone(s string) bool {
	if s != "UTC" && !strings.Contains(s, "/") {
		return false
	}
	_, err := deliver.ParseSchedule("at once", s)
	return err == nil
}

// takeMark takes "empty" and "review".
func (w *wish) takeMark(t token) bool {
	switch t.bare() {
	case "empty":
		w.empty = true
	case "review":
		w.review = true
	default:
		return false
	}
	return true
}

// subscribe adds a subscription of the channel in which it is asked for.
func (b *Bot) subscribe(c call) (message.Message, error) {
	w, err := readWish(c.args)
	if err != nil {
		return message.Message{}, err
	}
	if w.preview {
		return b.preview(w)
	}
	s, err := deliver.ParseSchedule(w.when, w.zone)
	if err != nil {
		return message.Message{}, sorry(err.Error())
	}
	sub := store.Subscription{Network: c.Network, Channel: c.Channel, Query: w.query, When: s.String(), Zone: w.zone, Empty: w.empty, Review: w.review, By: c.by()}
	if same, ok, err := b.sameSubscription(sub); err != nil || ok {
		return done("This channel is told already by " + subscriptionLine(same) + "."), err
	}
	if sub, err = b.store.AddSubscription(c.ctx, sub); err != nil {
		return message.Message{}, fmt.Errorf("subscribe: %w", err)
	}
	b.o.Wake()
	m := done("Subscription " + string(sub.ID) + ": this channel is told of " + subscriptionWords(sub) + ".")
	n, more, err := b.lately(w.query)
	if err != nil {
		return m, err
	}
	m.Blocks = []message.Block{message.C(message.T(capital(countMore(n, more, "statement")+" of the last 30 days "+plural(n, "matches", "match")+". End it with ", "")), message.F("unsubscribe "+string(sub.ID)))}
	return m, nil
}

func (b *Bot) sameSubscription(want store.Subscription) (store.Subscription, bool, error) {
	subs, err := b.store.Subscriptions()
	if err != nil {
		return store.Subscription{}, false, err
	}
	for _, s := range subs {
		if !s.Paused && s.Network == want.Network && s.Channel == want.Channel && s.Query == want.Query && s.When == want.When && s.Zone == want.Zone && s.Review == want.Review {
			return s, true, nil
		}
	}
	return store.Subscription{}, false, nil
}

// previewDays is how far a preview looks back.
const previewDays = 30

// recent is the query within the last 30 days.
func (b *Bot) recent(text string) (query.Query, error) {
	q, err := parseQuery(text)
	if from := statement.DateOf(b.o.Now().AddDate(0, 0, -previewDays)); q.Since.Compare(from) < 0 {
		q.Since = from
	}
	return q, err
}

// lately counts what a query found in the last 30 days.
func (b *Bot) lately(text string) (n int, more bool, err error) {
	q, err := b.recent(text)
	if err != nil {
		return 0, false, err
	}
	res, err := b.store.Search(q, store.Page{Size: 1})
	return res.Total, res.More, err
}

// preview shows what a subscription would have told.
func (b *Bot) preview(w wish) (message.Message, error) {
	q, err := b.recent(w.query)
	if err != nil {
		return message.Message{}, err
	}
	res, err := b.store.Search(q, store.Page{Size: 5})
	if err != nil {
		return message.Message{}, fmt.Errorf("preview: %w", err)
	}
	head := "In the last 30 days it would have found " + countMore(res.Total, res.More, "statement")
	return b.composer.Statements(head, res.Statements, compose.Slice{First: 1, Total: res.Total})
}

func countMore(n int, more bool, word string) string {
	if more {
		return "more than " + compose.Count(n, word)
	}
	return compose.Count(n, word)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// subscriptionWords are a subscription in words: "accused:CN, daily 09:00
// Europe/Berlin".
func subscriptionWords(s store.Subscription) string {
	what := "everything new"
	if s.Query != "" {
		what = message.Cut(s.Query, 120)
	}
	when := s.When
	if s.Zone != "" && !strings.EqualFold(when, "at once") {
		when += " " + s.Zone
	}
	var marks []string
	if s.Empty {
		marks = append(marks, "on empty days as well")
	}
	if s.Review {
		marks = append(marks, "with what waits for review")
	}
	return strings.Join(append([]string{what, when}, marks...), ", ")
}

func subscriptionLine(s store.Subscription) string {
	line := string(s.ID) + ": " + subscriptionWords(s)
	if s.Declared {
		line += " [from the configuration]"
	}
	if s.Paused {
		line += " [paused]"
	}
	return line
}

// subscriptions lists those of the channel.
func (b *Bot) subscriptions(c call) (message.Message, error) {
	subs, err := b.store.Subscriptions()
	if err != nil {
		return message.Message{}, fmt.Errorf("subscriptions: %w", err)
	}
	everywhere := c.Network == local && c.Channel == "local"
	var m message.Message
	for _, s := range subs {
		if !everywhere && (s.Network != c.Network || s.Channel != c.Channel) {
			continue
		}
		line := subscriptionLine(s)
		if everywhere {
			line += " -> " + s.Network + ":" + s.Channel
		}
		if !s.Due.IsZero() {
			line += ", next " + s.Due.In(zoneOf(s)).Format("2 January 15:04 MST")
		}
		m.Blocks = append(m.Blocks, message.I(message.T(line)))
	}
	m.Headline = "This channel has " + compose.Count(len(m.Blocks), "subscription")
	if everywhere {
		m.Headline = capital(compose.Count(len(m.Blocks), "subscription"), "")
	}
	if len(m.Blocks) == 0 {
		m.Blocks = []message.Block{message.C(message.T("Make one with "), message.F(`subscribe actor:"Volt Typhoon"`))}
	}
	return m, nil
}

func zoneOf(s store.Subscription) *time.Location {
	if schedule, err := deliver.ParseSchedule(s.When, s.Zone); err == nil {
		return schedule.Zone
	}
	return time.UTC
}

// unsubscribe ends a subscription of the channel; operators may end any.
func (b *Bot) unsubscribe(c call) (message.Message, error) {
	id := store.SubscriptionID(strings.TrimSpace(c.args))
	if isID(strings.ToUpper(string(id))) {
		id = store.SubscriptionID(strings.ToUpper(string(id)))
	}
	if id == "" {
		return message.Message{}, sorry("Which one? \"subscriptions\" lists those of this channel.")
	}
	sub, err := b.store.Subscription(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (sub.Network != c.Network || sub.Channel != c.Channel) && b.may(c, mayOperate) != nil {
		return message.Message{}, sorryf("This channel has no subscription %s. \"subscriptions\" lists those that it has.", message.Cut(string(id), 40))
	}
	if err != nil {
		return message.Message{}, err
	}
	if err := b.store.RemoveSubscription(c.ctx, id, c.by()); err != nil {
		return message.Message{}, explained(err)
	}
	return done("Subscription " + string(id) + " has ended. It told of " + subscriptionWords(sub) + "."), nil
}

// capital begins with a capital letter; otherwise stands for an empty text.
func capital(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
