package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"attribot/bot/chat/console"
	"attribot/bot/message"
	"attribot/store/kv"
)

// askCmd is the look-up of the chat from the command line: through the running
// bot's socket, else on the store itself.
type askCmd struct {
	where
	Words []string `arg:"" help:"What to look up, as in a channel: words, an actor, S12, timeline C3, help. Write -- before words that begin with a minus sign."`
}

// Run asks and prints the answer.
func (c *askCmd) Run(w *machine) error {
	question := strings.Join(c.Words, " ")
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	answer, err := ask(w, config, question)
	if err != nil {
		return err
	}
	return show(w, answer)
}

// storeConfig finds the configuration whose store is meant: the named one, else
// bot.toml in this folder, else the defaults with the named store.
func storeConfig(path, store string) (*Config, error) {
	if store != "" {
		c := defaultConfig("")
		c.Store = store
		return c, nil
	}
	if path == "" {
		path = "bot.toml"
	}
	c, faults := loadConfig(path)
	if len(faults) > 0 {
		return nil, faultsError(faults)
	}
	return c, nil
}

// ask puts the question to the running bot, else opens the store.
func ask(w *machine, config *Config, question string) (message.Message, error) {
	answer, err := askSocket(w.ctx, config.socketPath(), question)
	if err == nil || !errors.Is(err, errNobodyListens) {
		return answer, err
	}
	if _, err := os.Stat(config.Store); err != nil {
		return message.Message{}, fmt.Errorf("ask %s: %w; name the store with --store, or start attribot run first", config.Store, unwrapPath(err))
	}
	rooms, err := assemble(w, config, assembly{offline: true})
	if errors.Is(err, kv.ErrLocked) {
		return message.Message{}, fmt.Errorf("ask %s: %w, and it does not answer on %s", config.Store, err, config.socketPath())
	}
	if err != nil {
		return message.Message{}, err
	}
	defer rooms.close()
	return rooms.bot.Answer(w.ctx, localCommand(question)).Message, nil
}

// show prints an answer, and saves its files in the current folder.
func show(w *machine, answer message.Message) error {
	terminal, err := console.New(console.Options{Out: w.out, Color: w.colour, Folder: "."})
	if err != nil {
		return err
	}
	defer terminal.Close()
	terminal.Show(answer)
	return nil
}
