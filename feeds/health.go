package feeds

import (
	"errors"
	"fmt"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

// toldAfter is the number of failures in a row after which a source that has
// answered before is told to be failing: a site's short rest is no news.
const toldAfter = 3

const (
	silentLeast  = 7 * 24 * time.Hour // the shortest silence that is told
	silentFactor = 10                 // of the usual time between items
)

// failure is what a poll failed of, in words for people.
type failure struct {
	err    error
	cause  string
	advice string
	passes bool // it can go away by itself
	gone   bool
	wait   time.Duration // asked for by the host
}

func failureOf(err error, address string) failure {
	var fault *fetch.Fault
	switch {
	case errors.As(err, &fault):
		return failure{err: err, cause: fault.Sentence(), advice: fault.Advice(), gone: fault.Reason == fetch.Gone, wait: fault.RetryAfter,
			passes: fault.Reason.Passing() && fault.Reason != fetch.NotFound && fault.Reason != fetch.Denied && fault.Reason != fetch.Forbidden && fault.Reason != fetch.Disallowed}
	case errors.Is(err, article.ErrTruncated):
		return failure{err: err, passes: true, cause: address + " sends a feed that ends early.", advice: "Nothing to do if it passes; else tell the site's owner."}
	case errors.Is(err, article.ErrNotFeed):
		return failure{err: err, cause: address + " is not a feed.", advice: "Open the address in a browser: enter the feed's address, or watch the page with kind = \"page\"."}
	case errors.Is(err, article.ErrBounds):
		return failure{err: err, cause: address + " sends a document that is too deep or has too many elements.", advice: "Take the source out, or tell the site's owner."}
	case errors.Is(err, errNoLinks):
		return failure{err: err, cause: address + " has no links that look like articles.", advice: "Set links to a CSS selector of the links to articles."}
	}
	return failure{err: err, passes: true, cause: address + " cannot be read.", advice: "Open the address in a browser; the log has the parser's words."}
}

// tellFailure is the change in health that a failure makes, nil when operators
// have been told already or it is too early to tell.
func (c *cursor) tellFailure(f failure) *reading.Health {
	state := reading.Failing
	if f.gone {
		state = reading.Stopped
	}
	if c.told == state || state == reading.Failing && f.passes && c.failures < toldAfter && c.lastBody != 0 {
		return nil
	}
	c.told = state
	return &reading.Health{State: state, Cause: f.cause, Advice: f.advice}
}

// tellWell is the change in health of a poll that read a body: back after a
// failure or a silence, or silent against the habit.
func (c *cursor) tellWell(fresh bool, now time.Time, name string) *reading.Health {
	if fresh {
		c.lastNew = now.Unix()
	}
	switch {
	case c.told == reading.Failing || c.told == reading.Stopped || c.told == reading.Silent && fresh:
		was := c.told
		c.told = 0
		return &reading.Health{State: reading.Well, Cause: name + backWords(was), Advice: "Nothing to do."}
	case c.told == 0 && c.silent(now):
		c.told = reading.Silent
		return &reading.Health{State: reading.Silent, Advice: "Open the address in a browser: the feed may have been replaced by another.",
			Cause: fmt.Sprintf("%s answers, but has published nothing since %s.", name, unix(c.lastNew).UTC().Format(time.DateOnly))}
	}
	return nil
}

func backWords(was reading.HealthState) string {
	if was == reading.Silent {
		return " publishes again."
	}
	return " answers again."
}

// silent tells a silence that is long against the habit.
func (c *cursor) silent(now time.Time) bool {
	if c.gap == 0 || c.lastNew == 0 {
		return false
	}
	return now.Sub(unix(c.lastNew)) > max(silentLeast, silentFactor*time.Duration(c.gap)*time.Second)
}
