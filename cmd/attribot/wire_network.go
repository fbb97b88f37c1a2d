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
	botToken, err := readSecret(c.BotTokenFile, c.BotTokenEnv)
	if err != nil {
		return nil, fmt.Errorf("connect slack: bot token: %w", err)
	}
	appToken, err := readSecret(c.AppTokenFile, c.AppTokenEnv)
	if err != nil {
		return nil, fmt.Errorf("connect slack: app token: %w", err)
	}
	r.warnOpen(c.BotTokenFile, c.AppTokenFile)
	n, err := slack.New(slack.Options{BotToken: botToken, AppToken: appToken, APIURL: c.APIURL, Command: c.Command, Log: r.log, Now: r.now})
	if err != nil {
		return nil, fmt.Errorf("connect slack: %w", err)
	}
	return n, nil
}

func (r *rooms) matrix(*machine) (chat.Network, error) {
	c := r.config.Matrix
	if c == nil {
		return nil, nil
	}
	o := matrix.Options{Homeserver: c.Homeserver, User: c.User, DeviceID: c.DeviceID, Command: c.Command,
		Rooms: c.Rooms, Invites: c.Inviters, Store: matrix.On(r.engine, matrixKeys), Log: r.log, Now: r.now}
	for _, s := range []struct {
		to        *string
		name      string
		file, env string
	}{
		{&o.AccessToken, "access token", c.AccessTokenFile, c.AccessTokenEnv},
		{&o.Password, "password", c.PasswordFile, c.PasswordEnv},
		{&o.RecoveryKey, "recovery key", c.RecoveryKeyFile, c.RecoveryKeyEnv},
	} {
		if s.file == "" && s.env == "" {
			continue
		}
		secret, err := readSecret(s.file, s.env)
		if err != nil {
			return nil, fmt.Errorf("connect matrix: %s: %w", s.name, err)
		}
		*s.to = secret
		r.warnOpen(s.file)
	}
	n, err := matrix.New(o)
	if err != nil {
		return nil, fmt.Errorf("connect matrix: %w", err)
	}
	return n, nil
}

// matrixKeys is the part of the store's map that belongs to the Matrix network.
const matrixKeys = "network/matrix/"

func (r *rooms) warnOpen(files ...string) {
	for _, f := range files {
		if f != "" && openToOthers(f) {
			r.log.Warn("secret can be read by other users of this machine", "file", f, "mend", "chmod 600 "+f)
		}
	}
}
