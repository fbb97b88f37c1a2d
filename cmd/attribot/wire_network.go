package main

import (
	"fmt"

	"attribot/bot/chat"
	"attribot/bot/chat/console"
	"attribot/bot/chat/matrix"
	"attribot/bot/chat/slack"
)

// wireNetworks connects the networks of the configuration, unless the assembly
// brings its own.
func (r *rooms) wireNetworks(w *machine, a assembly) error {
	if a.offline || a.network != nil {
		r.networks = a.network
		return nil
	}
	for _, connect := range []func(*machine) (chat.Network, error){r.console, r.slack, r.matrix} {
		n, err := connect(w)
		if err != nil {
			return err
		}
		if n != nil {
			r.networks = append(r.networks, n)
		}
	}
	return nil
}

func (r *rooms) console(w *machine) (chat.Network, error) {
	c := r.config.Console
	if c.Enabled != nil && !*c.Enabled {
		return nil, nil
	}
	n, err := console.New(console.Options{Out: w.out, In: w.in, Color: w.colour, Journal: r.config.consoleJournal(), Now: r.now})
	if err != nil {
		return nil, fmt.Errorf("open console: %w", err)
	}
	r.closers = append(r.closers, n)
	return n, nil
}

// consoleJournal remembers what the terminal showed, so that a post whose
// outcome is unknown after a crash is not shown twice.
func (c *Config) consoleJournal() string {
	if c.Console.Journal != "" {
		return c.Console.Journal
	}
	return c.Store + ".console"
}

func (r *rooms) slack(*machine) (chat.Network, error) {
	c := r.config.Slack
	if c == nil {
		return nil, nil
	}
	o := slack.Options{APIURL: c.APIURL, Command: c.Command, Log: r.log, Now: r.now}
	err := r.secrets("slack", []secret{
		{&o.BotToken, "bot token", c.BotTokenFile, c.BotTokenEnv},
		{&o.AppToken, "app token", c.AppTokenFile, c.AppTokenEnv},
		{&o.SigningSecret, "signing secret", c.SigningFile, c.SigningEnv},
	})
	if err != nil {
		return nil, err
	}
	n, err := slack.New(o)
	if err != nil {
		return nil, fmt.Errorf("connect slack: %w", err)
	}
	return n, nil
}

// secret is a place for a secret and where it comes from.
type secret struct {
	to        *string
	name      string
	file, env string
}

// secrets reads those that are given, and warns of files that others can read.
func (r *rooms) secrets(network string, all []secret) error {
	for _, s := range all {
		if s.file == "" && s.env == "" {
			continue
		}
		text, err := readSecret(s.file, s.env)
		if err != nil {
			return fmt.Errorf("connect %s: %s: %w", network, s.name, err)
		}
		*s.to = text
		if s.file != "" && openToOthers(s.file) {
			r.log.Warn("secret can be read by other users of this machine", "file", s.file, "mend", "chmod 600 "+s.file)
		}
	}
	return nil
}

func (r *rooms) matrix(*machine) (chat.Network, error) {
	c := r.config.Matrix
	if c == nil {
		return nil, nil
	}
	o := matrix.Options{Homeserver: c.Homeserver, User: c.User, DeviceID: c.DeviceID, Command: c.Command,
		Rooms: c.Rooms, Invites: c.Inviters, Store: matrix.On(r.engine, matrixKeys), Log: r.log, Now: r.now}
	err := r.secrets("matrix", []secret{
		{&o.AccessToken, "access token", c.AccessTokenFile, c.AccessTokenEnv},
		{&o.Password, "password", c.PasswordFile, c.PasswordEnv},
		{&o.RecoveryKey, "recovery key", c.RecoveryKeyFile, c.RecoveryKeyEnv},
	})
	if err != nil {
		return nil, err
	}
	n, err := matrix.New(o)
	if err != nil {
		return nil, fmt.Errorf("connect matrix: %w", err)
	}
	return n, nil
}

// matrixKeys is the part of the store's map that belongs to the Matrix network.
const matrixKeys = "network/matrix/"
