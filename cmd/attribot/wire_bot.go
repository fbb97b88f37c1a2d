package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"attribot/bot"
	"attribot/bot/deliver"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// wireBot sets up what composes, delivers and answers.
func (r *rooms) wireBot(*machine, assembly) error {
	c := r.config
	var err error
	r.deliverer, err = deliver.New(deliver.Options{Store: r.store, Networks: r.networks, Now: r.now, Log: r.log,
		Wait: c.Delivery.GroupWait.span(), Interval: c.Delivery.GroupInterval.span(), SumUpAbove: c.Delivery.Flood, Quiet: c.quietHours()})
	if err != nil {
		return fmt.Errorf("set up delivery: %w", err)
	}
	r.bot = bot.New(bot.Options{Store: r.store, Now: r.now, Log: r.log, Actor: r.actor, Rank: r.judge.Rank, Explain: r.explain,
		Wake: r.deliverer.Wake, Rights: bot.Rights(c.Rights), Version: version()})
	return nil
}

// actor resolves any name of a threat actor, in whatever case it is typed.
func (r *rooms) actor(name string) (statement.Actor, bool) {
	for _, form := range []string{name, titled(name), strings.ToUpper(name)} {
		items := r.lexicon.Scan(form)
		if len(items) == 1 && items[0].Entry != nil && items[0].Entry.Class&lexicon.Actor != 0 {
			e := items[0].Entry
			return statement.Actor{ID: statement.ActorID(e.ID), Name: e.Name, As: name}, true
		}
	}
	return statement.Actor{}, false
}

// titled writes each word with a capital: "volt typhoon" is "Volt Typhoon".
func titled(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		first, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(first)) + w[size:]
	}
	return strings.Join(words, " ")
}

// explain gives the judge's evidence on one claim.
func (r *rooms) explain(s statement.Statement, id claim.ID) []string { return r.judge.Explain(s, id) }
