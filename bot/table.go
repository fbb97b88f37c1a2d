package bot

import (
	"slices"
	"strings"

	"attribot/bot/message"
)

// command is one thing that people can ask.
type command struct {
	name    string   // in lower case; may be two words
	also    []string // other names
	usage   string   // what follows the name
	about   string   // one sentence
	more    []string // examples, without the name of the bot
	right   right
	private bool // the answer is for the asker alone
	run     func(*Bot, call) (message.Message, error)
}

// lookUp is what any other words are.
func lookUp() command {
	return command{name: "look-up", usage: "WORDS", right: mayLookUp, run: (*Bot).lookUp,
		about: "who holds what since when: by actor (any of its names), claim, speaker, country or words",
		more:  []string{"Volt Typhoon", "C12", "Mao Ning", "North Korea", `accused:CN stance:denies since:2024-01-01`}}
}

// commands in the order in which help lists them.
func commands() []command {
	return []command{
		{name: "timeline", usage: "CLAIM or WORDS", about: "what was said on a claim, in order, with a picture", right: mayLookUp, run: (*Bot).timeline, more: []string{"timeline C12", "timeline Volt Typhoon"}},
		{name: "positions", also: []string{"position"}, usage: "CLAIM or WORDS", about: "who holds what on a claim, and who changed", right: mayLookUp, run: (*Bot).positions, more: []string{"positions C12"}},
		{name: "latest", also: []string{"last", "recent"}, usage: "[QUERY]", about: "the newest statements", right: mayLookUp, run: (*Bot).latest, more: []string{"latest", "latest accused:RU stance:sanction"}},
		{name: "who said", also: []string{"who-said", "whosaid"}, usage: `"WORDS"`, about: "who said these words or the same thing", right: mayLookUp, run: (*Bot).whoSaid, more: []string{`who said "international ransomware group"`}},
		{name: "why", usage: "S12", about: "how a statement was found, and why it stands to its claims", right: mayLookUp, run: (*Bot).why, more: []string{"why S12", "why S12 C3"}},
		{name: "why-not", also: []string{"why not", "whynot"}, usage: "ADDRESS", about: "what was found in an article, and why nothing was told", right: mayLookUp, run: (*Bot).whyNot, more: []string{"why-not https://example.org/article"}},
		{name: "claim", also: []string{"claims"}, usage: "list | show | add | edit | merge | split | confirm | withdraw | link | unlink", about: "the claims, and their care", right: mayLookUp, run: (*Bot).claim,
			more: []string{"claim list proposed", "claim show C12", `claim add "Volt Typhoon is run by the Chinese state" actor:"Volt Typhoon" accused:CN`, `claim edit C12 "A better sentence"`, "claim merge C14 C12", `claim split C12 "A new claim" S3 S4`, "claim confirm C12", "claim withdraw C12", "claim link S3 C12 denies", "claim unlink S3 C12"}},
		{name: "review", usage: "[page 2]", about: "proposals and suggested links that wait for a person", right: mayLookUp, run: (*Bot).review},
		{name: "subscribe", usage: "[QUERY] [at once | daily HH:MM | weekly DAY HH:MM] [ZONE] [empty] [review]", about: "tell this channel what a query finds", right: maySubscribe, run: (*Bot).subscribe,
			more: []string{`subscribe actor:"Volt Typhoon"`, "subscribe accused:CN daily 09:00 Europe/Berlin", "subscribe weekly Mon 08:30 America/New_York empty", "subscribe preview speaker:EU"}},
		{name: "subscriptions", also: []string{"subs"}, about: "what this channel is told", right: mayLookUp, private: true, run: (*Bot).subscriptions},
		{name: "unsubscribe", usage: "B3", about: "end a subscription of this channel", right: maySubscribe, run: (*Bot).unsubscribe, more: []string{"unsubscribe B3"}},
		{name: "mute", usage: "C12 | Y7 | QUERY [for 7 days]", about: "keep something out of this channel for a while", right: maySubscribe, run: (*Bot).mute, more: []string{"mute C12 for 7 days", "mute outlet:Xinhua for 12 hours"}},
		{name: "mutes", about: "what is muted in this channel", right: mayLookUp, private: true, run: (*Bot).mutes},
		{name: "unmute", usage: "M2", about: "end a mute", right: maySubscribe, run: (*Bot).unmute, more: []string{"unmute M2"}},
		{name: "sources", also: []string{"source"}, usage: "[list | health | test | add | pause | resume | remove]", about: "what is watched, and how it fares", right: mayLookUp, run: (*Bot).sources, more: []string{"sources", "sources health", "sources pause xinhua"}},
		{name: "export", usage: "QUERY [as csv | as ndjson]", about: "statements as a file", right: mayLookUp, private: true, run: (*Bot).export, more: []string{"export actor:\"Volt Typhoon\" as csv"}},
		{name: "status", about: "how the bot fares", right: mayLookUp, private: true, run: (*Bot).status},
		{name: "audit", usage: "[ID]", about: "who changed what", right: mayOperate, private: true, run: (*Bot).audit, more: []string{"audit", "audit C12"}},
		{name: "forget", usage: "NETWORK:USER", about: "remove a person's id wherever it is kept", right: mayOperate, private: true, run: (*Bot).forget, more: []string{"forget slack:U0123"}},
		{name: "help", also: []string{"?"}, usage: "[COMMAND]", about: "this list, or more on one command", right: mayLookUp, private: true, run: (*Bot).help, more: []string{"help", "help claim"}},
	}
}

// find parts a text into a command and what follows it. An empty text asks for
// help.
func find(text string) (command, string, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		text = "help"
	}
	var best command
	args, longest := "", 0
	for _, k := range commands() {
		for _, name := range append([]string{k.name}, k.also...) {
			if rest, ok := after(text, name); ok && len(name) > longest {
				best, args, longest = k, rest, len(name)
			}
		}
	}
	return best, args, longest > 0
}

// after is what follows a command's name in text.
func after(text, name string) (string, bool) {
	if len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return "", false
	}
	rest := text[len(name):]
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' && rest[0] != '\n' {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// names lists every name of every command, for suggestions.
func names() []string {
	var out []string
	for _, k := range commands() {
		out = append(out, k.name)
	}
	slices.Sort(out)
	return out
}
