package matrix

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/wire"

	"maunium.net/go/mautrix"
)

// pause is how long to wait where a homeserver asks to wait but does not say how
// long.
const pause = 10 * time.Second

// advice is what people can do about an error code of the homeserver
// (https://spec.matrix.org/v1.19/client-server-api/#common-error-codes).
var advice = map[string]string{
	"M_FORBIDDEN":               "invite the bot to the room and let it send messages there",
	"M_UNKNOWN_TOKEN":           "the access token is not valid any more: sign in anew and set the new token",
	"M_MISSING_TOKEN":           "the access token is missing: set it",
	"M_USER_DEACTIVATED":        "the bot's account was closed",
	"M_NOT_FOUND":               "check the room's id or alias",
	"M_TOO_LARGE":               "the message is too large for the homeserver",
	"M_CONSENT_NOT_GIVEN":       "the homeserver wants its terms accepted: sign in as the bot once and accept them",
	"M_RESOURCE_LIMIT_EXCEEDED": "the homeserver has reached a limit of its own: ask its administrator",
	"M_GUEST_ACCESS_FORBIDDEN":  "the bot's account is a guest's: give it a full one",
}

// fault is what a failed request means for the post.
func fault(doing string, err error) *chat.Error {
	out := chat.Fail(chat.Unknown, "%s: %w", doing, err)
	answer, answered := errors.AsType[mautrix.HTTPError](err)
	if _, before := errors.AsType[unencrypted](err); before {
		out.Outcome, out.Advice = chat.Unsent, "the room is encrypted, and its key could not be shared"
		return out
	}
	switch {
	case errors.Is(err, wire.ErrUnsent):
		out.Outcome = chat.Unsent
	case answered && answer.Response != nil && answer.WrappedError == nil:
		mean(out, answer)
	}
	return out
}

// mean fills in what the homeserver's answer means. An answer in the five
// hundreds says nothing on whether the event was taken.
func mean(out *chat.Error, answer mautrix.HTTPError) {
	status, code := answer.Response.StatusCode, ""
	if answer.RespError != nil {
		code = answer.RespError.ErrCode
	}
	switch {
	case status == http.StatusTooManyRequests || code == "M_LIMIT_EXCEEDED":
		out.Outcome, out.After = chat.Unsent, retryAfter(answer)
	case status >= 500 || status == http.StatusRequestTimeout:
		out.Outcome = chat.Unknown
	case code == "":
		out.Outcome, out.Advice = chat.Refused, "the server does not answer as a homeserver does: check its address"
	default:
		out.Outcome = chat.Refused
		out.Advice = or(advice[code], "the homeserver refuses the message ("+code+")")
	}
}

// retryAfter is the wait that the homeserver asks for: in the header, or in the
// field that it replaced.
func retryAfter(answer mautrix.HTTPError) time.Duration {
	if seconds, err := strconv.Atoi(answer.Response.Header.Get("Retry-After")); err == nil && seconds >= 0 {
		return max(time.Duration(seconds)*time.Second, time.Second)
	}
	if answer.RespError != nil {
		if ms, ok := answer.RespError.ExtraData["retry_after_ms"].(float64); ok && ms > 0 {
			return time.Duration(ms) * time.Millisecond
		}
	}
	return pause
}

// isCode tells whether err is the homeserver's answer with this code.
func isCode(err error, code string) bool {
	answer, ok := errors.AsType[mautrix.HTTPError](err)
	return ok && answer.RespError != nil && answer.RespError.ErrCode == code
}

// unsettled is a failed request where a post's outcome is unknown already: it
// stays so.
func unsettled(doing string, err error) *chat.Error {
	e := fault(doing, err)
	e.Outcome = chat.Unknown
	return e
}

// beforehand is a failure before the event itself was sent: certainly nothing
// was posted.
func beforehand(doing string, err error) error {
	if e, ok := errors.AsType[*chat.Error](err); ok {
		return e
	}
	e := fault(doing, err)
	if e.Outcome == chat.Unknown {
		e.Outcome = chat.Unsent
	}
	return e
}
