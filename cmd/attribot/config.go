package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Config is the configuration file, as bot.example.toml explains it key by key.
type Config struct {
	Store     string   `toml:"store"`
	Socket    string   `toml:"socket"`
	Since     duration `toml:"since"`
	UserAgent string   `toml:"user_agent"`
	Contact   string   `toml:"contact"`
	Log       string   `toml:"log"`

	Claims       ClaimsConfig         `toml:"claims"`
	Lexicon      LexiconConfig        `toml:"lexicon"`
	Poll         PollConfig           `toml:"poll"`
	Source       []SourceConfig       `toml:"source"`
	Console      ConsoleConfig        `toml:"console"`
	HTTP         HTTPConfig           `toml:"http"`
	Slack        *SlackConfig         `toml:"slack"`
	Matrix       *MatrixConfig        `toml:"matrix"`
	Subscription []SubscriptionConfig `toml:"subscription"`
	Mute         []MuteConfig         `toml:"mute"`
	Rights       RightsConfig         `toml:"rights"`
	Delivery     DeliveryConfig       `toml:"delivery"`

	file  string
	lines positions
}

// ClaimsConfig says which claims are stored from the start.
type ClaimsConfig struct {
	Starter bool     `toml:"starter"`
	Files   []string `toml:"files"`
}

// LexiconConfig names files of the user's own actors, organisations and people.
type LexiconConfig struct {
	Files []string `toml:"files"`
}

// PollConfig bounds how sources are polled.
type PollConfig struct {
	MinInterval   duration `toml:"min_interval"`
	MaxInterval   duration `toml:"max_interval"`
	Workers       int      `toml:"workers"`
	AllowNetworks []string `toml:"allow_networks"`
	Robots        *bool    `toml:"robots"`
}

// SourceConfig is one watched feed or page.
type SourceConfig struct {
	ID          string   `toml:"id"`
	Name        string   `toml:"name"`
	URL         string   `toml:"url"`
	Kind        string   `toml:"kind"`
	Country     string   `toml:"country"`
	Zone        string   `toml:"zone"`
	Lang        string   `toml:"lang"`
	State       bool     `toml:"state"`
	Family      string   `toml:"family"`
	Interval    duration `toml:"interval"`
	Full        bool     `toml:"full"`
	Links       string   `toml:"links"`
	Next        string   `toml:"next"`
	Pages       int      `toml:"pages"`
	Body        string   `toml:"body"`
	Date        string   `toml:"date"`
	Since       duration `toml:"since"`
	Tags        []string `toml:"tags"`
	Paused      bool     `toml:"paused"`
	UserAgent   string   `toml:"user_agent"`
	HeadersFile string   `toml:"headers_file"`
}

// ConsoleConfig is the terminal as a chat network.
type ConsoleConfig struct {
	Enabled *bool  `toml:"enabled"`
	Journal string `toml:"journal"`
}

// SlackConfig connects a Slack workspace by Socket Mode.
type SlackConfig struct {
	BotTokenFile string `toml:"bot_token_file"`
	BotTokenEnv  string `toml:"bot_token_env"`
	AppTokenFile string `toml:"app_token_file"`
	AppTokenEnv  string `toml:"app_token_env"`
	SigningFile  string `toml:"signing_secret_file"`
	SigningEnv   string `toml:"signing_secret_env"`
	Command      string `toml:"command"`
	APIURL       string `toml:"api_url"`
}

// MatrixConfig connects a Matrix account.
type MatrixConfig struct {
	Homeserver      string   `toml:"homeserver"`
	User            string   `toml:"user"`
	DeviceID        string   `toml:"device_id"`
	AccessTokenFile string   `toml:"access_token_file"`
	AccessTokenEnv  string   `toml:"access_token_env"`
	PasswordFile    string   `toml:"password_file"`
	PasswordEnv     string   `toml:"password_env"`
	RecoveryKeyFile string   `toml:"recovery_key_file"`
	RecoveryKeyEnv  string   `toml:"recovery_key_env"`
	Rooms           []string `toml:"rooms"`
	Inviters        []string `toml:"inviters"`
	Command         string   `toml:"command"`
}

// SubscriptionConfig is a subscription with a stable key, not editable from chat.
type SubscriptionConfig struct {
	ID     string `toml:"id"`
	To     string `toml:"to"`
	Query  string `toml:"query"`
	When   string `toml:"when"`
	Zone   string `toml:"zone"`
	Empty  bool   `toml:"empty"`
	Review bool   `toml:"review"`
	Quiet  string `toml:"quiet"`
}

// MuteConfig silences what a query matches until it ends.
type MuteConfig struct {
	Query string `toml:"query"`
	To    string `toml:"to"`
	Until string `toml:"until"`
}

// RightsConfig lists who may do what, as "network:user"; "*" is everyone.
type RightsConfig struct {
	LookUp    []string `toml:"look_up"`
	Subscribe []string `toml:"subscribe"`
	Curate    []string `toml:"curate"`
	Operate   []string `toml:"operate"`
}

// DeliveryConfig says when and how much is posted.
type DeliveryConfig struct {
	GroupWait     duration `toml:"group_wait"`
	GroupInterval duration `toml:"group_interval"`
	QuietAfter    duration `toml:"quiet_after"`
	Flood         int      `toml:"flood"`
	Operators     string   `toml:"operators"`
}

// maxConfig bounds a configuration file; a larger one is surely another file.
const maxConfig = 8 << 20

// loadConfig reads and checks a configuration file. The faults tell everything
// that is wrong with it at once; a Config is only usable when there are none.
func loadConfig(path string) (*Config, []fault) {
	data, err := readBounded(path, maxConfig)
	if err != nil {
		return nil, []fault{{File: path, Text: fmt.Sprintf("cannot be read: %v", unwrapPath(err)), Mend: "name an existing file with --config, or copy bot.example.toml"}}
	}
	c, faults := parseConfig(path, data)
	if len(faults) == 0 {
		faults = c.check()
	}
	return c, faults
}

func parseConfig(path string, data []byte) (*Config, []fault) {
	c := defaultConfig(path)
	c.lines = locate(data)
	faults := decodeAll(path, data, c)
	c.absolutePaths(filepath.Dir(path))
	return c, faults
}

func defaultConfig(path string) *Config {
	return &Config{Store: "attribot.db", Log: "info", file: path}
}

// decodeAll decodes data into c and goes on after a fault: the line of a fault
// is blanked and the rest decoded again, so that all are told at once.
func decodeAll(path string, data []byte, c *Config) []fault {
	var faults []fault
	for range maxFaults {
		err := decodeStrict(data, c)
		if err == nil {
			return faults
		}
		var unknown *toml.StrictMissingError
		if errors.As(err, &unknown) {
			for i := range unknown.Errors {
				faults = append(faults, unknownKey(path, &unknown.Errors[i]))
			}
			return faults
		}
		var wrong *toml.DecodeError
		if !errors.As(err, &wrong) {
			return append(faults, fault{File: path, Text: err.Error()})
		}
		row, _ := wrong.Position()
		faults = append(faults, fault{File: path, Line: row, Text: textOf(wrong), Mend: mendOf(wrong)})
		if data = blankLine(data, row); data == nil {
			return faults
		}
	}
	return faults
}

// maxFaults ends the telling of faults of a file that is something else.
const maxFaults = 40

func decodeStrict(data []byte, c *Config) error {
	return toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields().Decode(c)
}

// blankLine empties one line, and gives nil when that changes nothing.
func blankLine(data []byte, row int) []byte {
	lines := strings.SplitAfter(string(data), "\n")
	if row < 1 || row > len(lines) || strings.TrimSpace(lines[row-1]) == "" {
		return nil
	}
	lines[row-1] = "\n"
	return []byte(strings.Join(lines, ""))
}

// absolutePaths makes the files named in the configuration relative to its own
// folder, wherever the program is started.
func (c *Config) absolutePaths(dir string) {
	for _, p := range []*string{&c.Store, &c.Socket, &c.Console.Journal} {
		*p = beside(dir, *p)
	}
	for _, list := range [][]string{c.Claims.Files, c.Lexicon.Files} {
		for i := range list {
			list[i] = beside(dir, list[i])
		}
	}
	for i := range c.Source {
		c.Source[i].HeadersFile = beside(dir, c.Source[i].HeadersFile)
	}
	if c.Slack != nil {
		for _, p := range []*string{&c.Slack.BotTokenFile, &c.Slack.AppTokenFile, &c.Slack.SigningFile} {
			*p = beside(dir, *p)
		}
	}
	if c.Matrix != nil {
		for _, p := range []*string{&c.Matrix.AccessTokenFile, &c.Matrix.PasswordFile, &c.Matrix.RecoveryKeyFile} {
			*p = beside(dir, *p)
		}
	}
}

func beside(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// socketPath is where the running bot listens for `attribot ask`.
func (c *Config) socketPath() string {
	if c.Socket != "" {
		return c.Socket
	}
	return socketBeside(c.Store)
}

// socketBeside is the socket's place for a store file: beside it.
func socketBeside(store string) string { return store + ".sock" }

// unwrapPath drops the operation and path of a file error: the fault names it.
func unwrapPath(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
