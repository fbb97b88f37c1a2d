package slack

import (
	"fmt"
	"strconv"
	"strings"
)

// scope is a permission of the app with what it is for.
type scope struct{ name, why string }

// scopes are the permissions that the bot's requests need, and no others
// (https://docs.slack.dev/reference/scopes). Reading a channel's history serves
// only [Network.Find], which looks for the bot's own posts.
var scopes = []scope{
	{"chat:write", "post and edit messages"},
	{"commands", "take the slash command"},
	{"channels:history", "find a post again whose answer was lost, in public channels"},
	{"groups:history", "the same in private channels"},
	{"im:history", "the same in direct messages"},
	{"im:write", "open direct messages with someone who subscribes"},
	{"files:write", "upload pictures and exports"},
}

// Manifest is the app's manifest in YAML, for https://api.slack.com/apps
// ("From a manifest"). Command is the slash command, "" for "/attribution".
// RequestURL is the public address of [Network.Web]; "" is for Socket Mode,
// which needs no public address. The file manifest.yaml holds the default.
func Manifest(command, requestURL string) string {
	command = "/" + strings.TrimPrefix(or(command, "attribution"), "/")
	var out strings.Builder
	line := func(indent int, format string, args ...any) {
		fmt.Fprintf(&out, strings.Repeat("  ", indent)+format+"\n", args...)
	}
	line(0, "_metadata:")
	line(1, "major_version: 2")
	line(0, "display_information:")
	line(1, "name: attribot")
	line(1, "description: %s", strconv.Quote("Tells who attributes, denies and counter-accuses in cyberspace"))
	line(1, "background_color: %s", strconv.Quote("#1d3557"))
	line(0, "features:")
	line(1, "bot_user:")
	line(2, "display_name: attribot")
	line(2, "always_online: true")
	line(1, "slash_commands:")
	line(2, "- command: %s", strconv.Quote(command))
	if requestURL != "" {
		line(3, "url: %s", strconv.Quote(requestURL))
	}
	line(3, "description: %s", strconv.Quote("Look up who says what on an attribution"))
	line(3, "usage_hint: %s", strconv.Quote("volt typhoon | timeline C12 | help"))
	line(3, "should_escape: false")
	line(0, "oauth_config:")
	line(1, "scopes:")
	line(2, "bot:")
	for _, s := range scopes {
		line(3, "- %s # %s", s.name, s.why)
	}
	line(0, "settings:")
	line(1, "interactivity:")
	line(2, "is_enabled: true")
	if requestURL != "" {
		line(2, "request_url: %s", strconv.Quote(requestURL))
	}
	line(1, "org_deploy_enabled: false")
	line(1, "socket_mode_enabled: %t", requestURL == "")
	line(1, "token_rotation_enabled: false")
	return out.String()
}
