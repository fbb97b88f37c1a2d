package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// units of time that people say.
var units = map[string]time.Duration{
	"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour, "month": 30 * 24 * time.Hour,
	"min": time.Minute, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
}

// maxMute bounds a mute: it ends by itself.
const maxMute = 366 * 24 * time.Hour

// readMute reads "C12 for 7 days", "outlet:Xinhua until 2026-12-01", "Y7".
func readMute(args string, now time.Time) (store.Mute, error) {
	words := tokens(args)
	m := store.Mute{Until: now.Add(muteDays * 24 * time.Hour)}
	for i, t := range words {
		var ok bool
		switch t.bare() {
		case "for":
			m.Until, ok = spanEnd(words[i+1:], now)
		case "until":
			m.Until, ok = dayEnd(words[i+1:])
		default:
			continue
		}
		if !ok {
			continue // "for" may be a word of the query
		}
		words = words[:i]
		break
	}
	if !m.Until.After(now) || m.Until.Sub(now) > maxMute {
		return m, sorry("A mute ends between a minute and a year from now, for example: mute C12 for 7 days")
	}
	subject := joined(words)
	if subject == "" {
		return m, sorry("What should be muted? A claim (C12), a story (Y7) or a query, for example: mute actor:\"Volt Typhoon\" for 3 days")
	}
	if id := strings.ToUpper(subject); isID(id) && id[0] == 'C' {
		m.Claim = claim.ID(id)
		return m, nil
	} else if isID(id) && id[0] == 'Y' {
		m.Story = store.StoryID(id)
		return m, nil
	}
	m.Query = subject
	q, err := parseQuery(subject)
	if err == nil && q.Empty() {
		err = sorry("That would mute everything. \"unsubscribe\" ends a subscription.")
	}
	return m, err
}

// spanEnd reads "7 days" or "12h" at the beginning of words.
func spanEnd(words []token, now time.Time) (time.Time, bool) {
	if len(words) == 0 {
		return now, false
	}
	text := words[0].bare()
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	unit := text[len(digits):]
	if unit == "" && len(words) > 1 {
		unit = words[1].bare()
	}
	if digits == "" && (text == "a" || text == "an" || text == "one") && len(words) > 1 {
		digits, unit = "1", words[1].bare()
	}
	length, known := units[strings.TrimSuffix(unit, "s")]
	n := number(digits)
	if !known || n < 1 || n > 10000 {
		return now, false
	}
	return now.Add(time.Duration(n) * length), true
}

// dayEnd is the end of the day that words name.
func dayEnd(words []token) (time.Time, bool) {
	if len(words) == 0 {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, words[0].raw)
	return day.AddDate(0, 0, 1), err == nil
}

// mute keeps something out of the channel for a while.
func (b *Bot) mute(c call) (message.Message, error) {
	m, err := readMute(c.args, c.At)
	if err != nil {
		return message.Message{}, err
	}
	if m.Claim != "" {
		if _, err := b.claimByID(string(m.Claim)); err != nil {
			return message.Message{}, err
		}
	}
	return b.addMute(c, m)
}

func (b *Bot) addMute(c call, m store.Mute) (message.Message, error) {
	m.Network, m.Channel, m.By, m.Made = c.Network, c.Channel, c.by(), c.At
	m, err := b.store.AddMute(c.ctx, m)
	if err != nil {
		return message.Message{}, explained(err)
	}
	b.o.Wake()
	out := done(fmt.Sprintf("Muted here until %s: %s.", m.Until.UTC().Format("2 January 2006 15:04 UTC"), muteSubject(m)))
	out.Blocks = []message.Block{message.C(message.T("It is still recorded, and look-ups find it. End it sooner with "), message.F("unmute "+string(m.ID)))}
	return out, nil
}

func muteSubject(m store.Mute) string {
	switch {
	case m.Claim != "":
		return "claim " + string(m.Claim)
	case m.Story != "":
		return "story " + string(m.Story)
	}
	return message.Cut(m.Query, 120)
}

// mutes lists what is muted in the channel.
func (b *Bot) mutes(c call) (message.Message, error) {
	all, err := b.store.Mutes()
	if err != nil {
		return message.Message{}, fmt.Errorf("mutes: %w", err)
	}
	var m message.Message
	for _, x := range all {
		if !x.Until.IsZero() && !c.At.Before(x.Until) || !here(x, c) {
			continue
		}
		line := string(x.ID) + " " + muteSubject(x)
		if x.Until.IsZero() {
			line += ", for good"
		} else {
			line += ", until " + x.Until.UTC().Format("2 January 2006 15:04 UTC")
		}
		if x.Channel == "" {
			line += ", everywhere"
		}
		m.Blocks = append(m.Blocks, message.I(message.T(line+", by "+x.By)))
	}
	m.Headline = capital(compose.Count(len(m.Blocks), "mute")+" in this channel", "")
	return m, nil
}

// here reports whether a mute holds in the channel of a command.
func here(m store.Mute, c call) bool {
	return (m.Network == "" || m.Network == c.Network) && (m.Channel == "" || m.Channel == c.Channel)
}

// unmute ends a mute of the channel; operators may end any.
func (b *Bot) unmute(c call) (message.Message, error) {
	id := store.MuteID(strings.ToUpper(strings.TrimSpace(c.args)))
	all, err := b.store.Mutes()
	if err != nil {
		return message.Message{}, fmt.Errorf("mutes: %w", err)
	}
	i := slices.IndexFunc(all, func(m store.Mute) bool { return m.ID == id })
	if i < 0 || (!here(all[i], c) || all[i].Channel == "") && b.may(c, mayOperate) != nil {
		return message.Message{}, sorryf("This channel has no mute %s. \"mutes\" lists those that it has.", message.Cut(string(id), 20))
	}
	if err := b.store.RemoveMute(c.ctx, id, c.by()); err != nil {
		return message.Message{}, explained(err)
	}
	b.o.Wake()
	return done("Mute " + string(id) + " has ended: " + muteSubject(all[i]) + " is told again."), nil
}
