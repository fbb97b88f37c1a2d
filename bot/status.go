package bot

import (
	"fmt"
	"strings"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/feeds/reading"
	"attribot/store"
)

// status tells how the bot fares.
func (b *Bot) status(c call) (message.Message, error) {
	s, err := b.store.Stats()
	if err != nil {
		return message.Message{}, fmt.Errorf("stats: %w", err)
	}
	sources, err := b.store.Sources()
	if err != nil {
		return message.Message{}, fmt.Errorf("sources: %w", err)
	}
	ill := 0
	for _, x := range sources {
		if x.Health.State != reading.Well && x.Health.State != 0 {
			ill++
		}
	}
	m := message.Message{Headline: statusHeadline(s, ill)}
	lines := []string{
		compose.Count(s.Articles, "article") + ", " + compose.Count(s.Statements, "statement"),
		compose.Count(s.Claims, "claim") + ", " + waiting(s.Proposals),
		compose.Count(s.Stories, "story") + ", " + compose.Count(s.Events, "event") + " in the log",
		compose.Count(s.Subscriptions, "subscription") + "; posts: " + postLine(s),
	}
	if s.Size > 0 {
		lines = append(lines, fmt.Sprintf("store file %.1f MB, of which %.1f MB free", float64(s.Size)/1e6, float64(s.Free)/1e6))
	}
	if b.o.Version != "" {
		lines = append(lines, "version "+b.o.Version)
	}
	for _, l := range lines {
		m.Blocks = append(m.Blocks, message.I(message.T(capital(l, "")+".")))
	}
	lag, err := b.lag()
	if err != nil {
		return m, err
	}
	m.Blocks = append(m.Blocks, lag...)
	return m, nil
}

// waiting counts the proposals.
func waiting(n int) string {
	if n == 0 {
		return "none of them waiting for a person"
	}
	return fmt.Sprintf("%d of them proposed and waiting for a person", n)
}

func statusHeadline(s store.Stats, ill int) string {
	var trouble []string
	if ill > 0 {
		trouble = append(trouble, compose.Count(ill, "source")+" in trouble")
	}
	if n := s.PostsBy[store.Refused]; n > 0 {
		trouble = append(trouble, compose.Count(n, "post")+" refused")
	}
	if n := s.PostsBy[store.Unknown]; n > 0 {
		trouble = append(trouble, compose.Count(n, "post")+" of unknown outcome")
	}
	if len(trouble) == 0 {
		return "All is well"
	}
	return capital(compose.List(trouble, 0), "")
}

func postLine(s store.Stats) string {
	var parts []string
	for state := store.Due; state <= store.Superseded; state++ {
		if n := s.PostsBy[state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	if len(parts) == 0 {
		return "none yet"
	}
	return strings.Join(parts, ", ")
}

// lag names the subscriptions that are behind the log by more than what a digest
// waits for.
func (b *Bot) lag() ([]message.Block, error) {
	subs, err := b.store.Subscriptions()
	if err != nil {
		return nil, fmt.Errorf("subscriptions: %w", err)
	}
	var out []message.Block
	last := b.store.Last()
	for _, s := range subs {
		if n := int(last - s.Cursor); n > 0 && !s.Paused && strings.EqualFold(s.When, "at once") {
			out = append(out, message.C(message.T(fmt.Sprintf("Subscription %s is %s behind the log.", s.ID, compose.Count(n, "event")))))
		}
	}
	return out, nil
}

// audit lists who changed what.
func (b *Bot) audit(c call) (message.Message, error) {
	id := strings.ToUpper(strings.TrimSpace(c.args))
	var trail []store.Change
	var err error
	if id == "" {
		trail, err = b.store.Audit(0, 0)
	} else {
		trail, err = b.store.AuditOf(id)
	}
	if err != nil {
		return message.Message{}, fmt.Errorf("audit: %w", err)
	}
	return compose.Audit(trail, claimPage), nil
}

// forget removes a chat user's id wherever it is kept.
func (b *Bot) forget(c call) (message.Message, error) {
	who := strings.TrimSpace(c.args)
	if network, user, ok := strings.Cut(who, ":"); !ok || network == "" || user == "" {
		return message.Message{}, sorry("Whom? Give network and id, for example: forget slack:U0123")
	}
	n, err := b.store.Forget(c.ctx, who)
	if err != nil {
		return message.Message{}, fmt.Errorf("forget: %w", err)
	}
	return done("Their id was removed from " + compose.Count(n, "record") + "."), nil
}

// help lists the commands, or tells more of one.
func (b *Bot) help(c call) (message.Message, error) {
	if name := strings.TrimSpace(c.args); name != "" {
		return b.helpOn(name)
	}
	m := message.Message{Headline: "What you can ask me"}
	m.Blocks = append(m.Blocks, message.I(message.F(b.say(lookUp().usage)), message.T(": "+lookUp().about)))
	for _, k := range commands() {
		if k.right == mayOperate && b.may(c, mayOperate) != nil {
			continue
		}
		m.Blocks = append(m.Blocks, message.I(message.F(b.say(strings.TrimSpace(k.name+" "+k.usage))), message.T(": "+k.about)))
	}
	m.Blocks = append(m.Blocks, message.C(message.T("Queries: "), message.F(`actor:"Volt Typhoon" accused:CN speaker:US stance:denies outlet:Xinhua lang:en since:2024-01-01 words -words`)))
	return m, nil
}

// say is a command as it is typed on this network.
func (b *Bot) say(command string) string { return strings.TrimSpace(b.o.Word + " " + command) }

func (b *Bot) helpOn(name string) (message.Message, error) {
	k, _, found := find(name)
	if !found && strings.EqualFold(name, lookUp().name) {
		k, found = lookUp(), true
	}
	if !found {
		if meant := near(strings.ToLower(name), names()); meant != "" {
			return message.Message{}, sorryf("There is no command %q. Did you mean %q?", message.Cut(name, 20), meant)
		}
		return message.Message{}, sorryf("There is no command %q. \"help\" lists all.", message.Cut(name, 20))
	}
	m := message.Message{Headline: b.say(strings.TrimSpace(k.name+" "+k.usage)) + ": " + k.about}
	for _, ex := range k.more {
		m.Blocks = append(m.Blocks, message.I(message.F(b.say(ex))))
	}
	m.Blocks = append(m.Blocks, message.C(message.T("Needs the right to "+rightWords[k.right]+".")))
	if k.name == "claim" {
		m.Blocks = append(m.Blocks, message.C(message.T("All but list and show need the right to "+rightWords[mayCurate]+".")))
	}
	return m, nil
}
