package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/feeds/reading"
	"attribot/store"
)

// Source is a watched feed or page as people see it.
type Source struct {
	ID, Name, URL string
	Paused        bool
	Declared      bool // in the configuration
}

// SourceBook is where sources are listed, changed and tried.
type SourceBook interface {
	// List gives every source by id.
	List() []Source
	// Change does "add", "remove", "pause" or "resume" and says in a sentence
	// what came of it.
	Change(ctx context.Context, verb, what, by string) (string, error)
	// Test reads a source once, records nothing, and says in sentences what it
	// found.
	Test(ctx context.Context, what string) ([]string, error)
}

var sourceVerbs = []string{"list", "health", "test", "add", "remove", "pause", "resume"}

// sources lists what is watched, tells how it fares, and changes it for those who
// may.
func (b *Bot) sources(c call) (message.Message, error) {
	verb, what, _ := strings.Cut(strings.TrimSpace(c.args), " ")
	switch verb = strings.ToLower(verb); verb {
	case "", "list":
		return b.sourceList(false)
	case "health":
		return b.sourceList(true)
	}
	if !slices.Contains(sourceVerbs, verb) {
		if meant := near(verb, sourceVerbs); meant != "" {
			return message.Message{}, sorryf("I don't know \"sources %s\". Did you mean \"sources %s\"?", message.Cut(verb, 20), meant)
		}
		return message.Message{}, sorryf("I don't know \"sources %s\". Known are %s.", message.Cut(verb, 20), compose.List(sourceVerbs, 0))
	}
	if err := b.may(c, mayOperate); err != nil {
		return message.Message{}, err
	}
	if b.o.Sources == nil {
		return message.Message{}, sorry("Sources can only be changed in the configuration file of this bot.")
	}
	if what = strings.TrimSpace(what); what == "" {
		return message.Message{}, sorryf("Which source? For example: sources %s https://example.org/feed.xml", verb)
	}
	if verb == "test" {
		return b.sourceTest(c, what)
	}
	told, err := b.o.Sources.Change(c.ctx, verb, what, c.by())
	if err != nil {
		return message.Message{}, sorryf("That did not work: %s.", message.Cut(err.Error(), 200))
	}
	return done(told), nil
}

func (b *Bot) sourceTest(c call, what string) (message.Message, error) {
	told, err := b.o.Sources.Test(c.ctx, what)
	if err != nil {
		return message.Message{}, sorryf("It cannot be read: %s.", message.Cut(err.Error(), 200))
	}
	m := done("Tried " + message.Cut(what, 80))
	for _, s := range told {
		m.Blocks = append(m.Blocks, message.I(message.T(s)))
	}
	return m, nil
}

var healthWords = map[reading.HealthState]string{
	reading.Well: "well", reading.Failing: "failing", reading.Moved: "moved", reading.Stopped: "stopped", reading.Silent: "silent",
}

// sourceList lists sources; of health only those that are not well.
func (b *Bot) sourceList(health bool) (message.Message, error) {
	states, err := b.store.Sources()
	if err != nil {
		return message.Message{}, fmt.Errorf("sources: %w", err)
	}
	byID := map[string]store.Source{}
	var ids []string
	for _, s := range states {
		byID[string(s.ID)] = s
		ids = append(ids, string(s.ID))
	}
	listed := map[string]Source{}
	if b.o.Sources != nil {
		for _, s := range b.o.Sources.List() {
			listed[s.ID] = s
			if !slices.Contains(ids, s.ID) {
				ids = append(ids, s.ID)
			}
		}
	}
	slices.Sort(ids)
	var m message.Message
	ill := 0
	for _, id := range ids {
		state, known := byID[id]
		bad := known && state.Health.State != reading.Well && state.Health.State != 0
		if bad {
			ill++
		}
		if bad || !health {
			m.Blocks = append(m.Blocks, sourceEntry(id, listed[id], state, known)...)
		}
	}
	m.Headline = capital(compose.Count(len(ids), "source")+", "+compose.Count(ill, "source")+" in trouble", "")
	if ill == 0 {
		m.Headline = capital(compose.Count(len(ids), "source")+", all well as far as is known", "")
	}
	return m, nil
}

func sourceEntry(id string, s Source, state store.Source, known bool) []message.Block {
	runs := []message.Inline{message.B(id)}
	if s.Name != "" {
		runs = append(runs, message.T(" "+s.Name))
	}
	switch {
	case s.Paused:
		runs = append(runs, message.T(": paused"))
	case known && state.Health.State != 0:
		runs = append(runs, message.T(": "+healthWords[state.Health.State]))
	default:
		runs = append(runs, message.T(": no trouble known"))
	}
	if s.URL != "" {
		runs = append(runs, message.T(" "), message.L("feed", s.URL))
	}
	out := []message.Block{message.I(runs...)}
	if known && state.Health.State != reading.Well && state.Health.Cause != "" {
		out = append(out, message.C(message.T(strings.TrimSpace(state.Health.Cause+" "+state.Health.Advice))))
	}
	return out
}
