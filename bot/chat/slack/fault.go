package slack

import (
	"errors"
	"net/http"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/wire"

	api "github.com/slack-go/slack"
)

// pause is how long to wait where Slack asks to wait but does not say how long.
const pause = 30 * time.Second

// verdict is what one of Slack's error codes means for a post.
type verdict struct {
	outcome chat.Outcome
	advice  string
}

// verdicts are the codes that are not plain refusals, or that people can mend
// (https://docs.slack.dev/reference/methods/chat.postMessage#errors). Where
// Slack's page says that part of the work may have been done, the outcome is
// unknown.
var verdicts = map[string]verdict{
	"ratelimited":                    {chat.Unsent, ""},
	"rate_limited":                   {chat.Unsent, ""},
	"message_limit_exceeded":         {chat.Unsent, "the workspace has reached its limit of messages"},
	"internal_error":                 {chat.Unknown, ""},
	"fatal_error":                    {chat.Unknown, ""},
	"request_timeout":                {chat.Unknown, ""},
	"service_unavailable":            {chat.Unknown, ""},
	"channel_not_found":              {chat.Refused, "check the channel's id (it begins with C or G), and invite the bot if the channel is private: /invite @attribot"},
	"not_in_channel":                 {chat.Refused, "invite the bot to the channel: /invite @attribot"},
	"is_archived":                    {chat.Refused, "the channel is archived: unarchive it or choose another"},
	"user_not_found":                 {chat.Refused, "check the user's id (it begins with U or W)"},
	"cannot_dm_bot":                  {chat.Refused, "the address is a bot's: choose a person or a channel"},
	"restricted_action":              {chat.Refused, "a workspace setting keeps apps from posting here: ask an administrator"},
	"message_not_found":              {chat.Refused, "the message to edit was deleted"},
	"cant_update_message":            {chat.Refused, "the message to edit is not the bot's own: was the app installed anew?"},
	"edit_window_closed":             {chat.Refused, "the workspace does not allow edits after some time"},
	"thread_not_found":               {chat.Refused, "the alert that this belongs to was deleted"},
	"invalid_thread_ts":              {chat.Refused, "the alert that this belongs to was deleted"},
	"invalid_auth":                   {chat.Refused, "the bot token is not valid: install the app anew and set the new xoxb- token"},
	"not_authed":                     {chat.Refused, "the bot token is missing: set the xoxb- token"},
	"token_revoked":                  {chat.Refused, "the bot token was revoked: install the app anew and set the new xoxb- token"},
	"token_expired":                  {chat.Refused, "the bot token has expired: install the app anew and set the new xoxb- token"},
	"account_inactive":               {chat.Refused, "the app was removed from the workspace: install it anew and set the new xoxb- token"},
	"org_login_required":             {chat.Refused, "the workspace is being moved: try again when it is back"},
	"ekm_access_denied":              {chat.Refused, "an administrator has suspended posting"},
	"not_allowed_token_type":         {chat.Refused, "the token is of the wrong kind: the bot token begins with xoxb-, the app token with xapp-"},
	"metadata_must_be_sent_from_app": {chat.Refused, "the token is of the wrong kind: the bot token begins with xoxb-"},
}

// fault is what a failed request means for the post.
func fault(doing string, err error) *chat.Error {
	if e, ok := errors.AsType[*chat.Error](err); ok {
		return e
	}
	out := chat.Fail(chat.Unknown, "%s: %w", doing, err)
	var limited *api.RateLimitedError
	var status api.StatusCodeError
	var refused api.SlackErrorResponse
	switch {
	case errors.Is(err, wire.ErrUnsent):
		out.Outcome = chat.Unsent
	case errors.As(err, &limited):
		out.Outcome, out.After = chat.Unsent, max(limited.RetryAfter, time.Second)
	case errors.As(err, &status):
		out.Outcome, out.After = statusOutcome(status.Code)
		if out.Outcome == chat.Refused {
			out.Advice = "the server does not answer as Slack does: check the address of the API"
		}
	case errors.As(err, &refused):
		mean(out, refused)
	}
	return out
}

// statusOutcome is what a status without Slack's own answer means. An error of
// the server says nothing on whether the work was done.
func statusOutcome(code int) (chat.Outcome, time.Duration) {
	switch {
	case code == http.StatusTooManyRequests:
		return chat.Unsent, pause
	case code >= 500 || code == http.StatusRequestTimeout:
		return chat.Unknown, 0
	}
	return chat.Refused, 0
}

// mean fills in what Slack's own answer means.
func mean(out *chat.Error, r api.SlackErrorResponse) {
	v, known := verdicts[r.Err]
	switch {
	case r.Err == "missing_scope":
		v = verdict{chat.Refused, "the app lacks the permission " + or(r.Needed, "needed") + ": add it under OAuth & Permissions and install the app anew"}
	case !known:
		v = verdict{chat.Refused, "Slack refuses the message (" + r.Err + ")"}
	}
	out.Outcome, out.Advice = v.outcome, v.advice
	if v.outcome == chat.Unsent {
		out.After = pause
	}
}

// unsettled is a failed request where a post's outcome is unknown already: it
// stays so.
func unsettled(doing string, err error) *chat.Error {
	e := fault(doing, err)
	e.Outcome = chat.Unknown
	return e
}
