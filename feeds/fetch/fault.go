package fetch

import (
	"errors"
	"fmt"
	"time"
)

// Reason names why an address could not be fetched. Zero is invalid.
type Reason uint8

// The reasons.
const (
	BadAddress       Reason = iota + 1 // not an http or https address
	Forbidden                          // resolves to a network that may not be reached
	NameUnknown                        // the name does not resolve
	Unreachable                        // no connection, or it broke
	TimedOut                           // a phase took too long
	BadCertificate                     // TLS failed
	TooLarge                           // body, decompressed body or header over the bound
	TooManyRedirects                   // over the bound, or a loop
	Truncated                          // the body ended early
	BadEncoding                        // the compression is broken or unknown
	Throttled                          // 429, or the host is paused after one
	ServerFault                        // 5xx
	NotFound                           // 404
	Gone                               // 410
	Denied                             // 401, 403, 407, 451
	BadStatus                          // any other status that is no answer
	Disallowed                         // robots.txt does not allow it
	Cancelled                          // the caller gave up
)

// reasons are a reason's code, what is wrong in words, and what to do.
var reasons = []struct{ code, words, advice string }{
	{"unknown", "failed", "Look at the log."},
	{"bad-address", "is not an http or https address", "Correct the source's address in the configuration."},
	{"forbidden", "leads into a network that may not be reached", "If this is meant, allow the network in the configuration; else correct the address."},
	{"name-unknown", "has a host name that does not resolve", "Check the address for a misspelling and the machine's name service; the site may have closed."},
	{"unreachable", "cannot be reached", "Nothing to do if the site is down for a while; else check the network and the address."},
	{"timed-out", "does not answer in time", "Nothing to do if the site is slow for a while; else look whether it refuses scripted clients and set user_agent."},
	{"bad-certificate", "has no certificate that can be trusted", "Open the address in a browser: the site's certificate has expired or belongs to another name."},
	{"too-large", "sends more than the bound allows", "Look at the address in a browser; if it really is that large, raise the bound in the configuration."},
	{"too-many-redirects", "redirects without end", "Open the address in a browser and enter the address where it ends."},
	{"truncated", "sends a body that ends early", "Nothing to do if it passes; else tell the site's owner."},
	{"bad-encoding", "sends a body whose compression is broken", "Nothing to do if it passes; else tell the site's owner."},
	{"throttled", "asks for fewer requests", "It is polled again after the pause it asked for; raise min_interval if this recurs."},
	{"server-fault", "has a fault of its own", "Nothing to do if it passes; else tell the site's owner."},
	{"not-found", "is not there", "Look for the feed's new address on the site and enter it."},
	{"gone", "is gone for good", "Take the source out of the configuration, or enter its new address."},
	{"denied", "refuses access", "The site may refuse scripted clients: set user_agent, or credentials in headers; else take the source out."},
	{"bad-status", "gives no usable answer", "Open the address in a browser and see what it answers."},
	{"disallowed", "may not be fetched: the site's robots.txt forbids it", "Take the page out of the sources, or look for a feed of the site."},
	{"cancelled", "was not fetched to the end", "Nothing to do."},
}

// String is the reason's code.
func (r Reason) String() string { return r.row().code }

// Advice says what a person should do.
func (r Reason) Advice() string { return r.row().advice }

func (r Reason) row() struct{ code, words, advice string } {
	if int(r) < len(reasons) {
		return reasons[r]
	}
	return reasons[0]
}

// Passing reports whether the fault can go away by itself, so that the address
// is worth another try.
func (r Reason) Passing() bool {
	switch r {
	case BadAddress, Gone, Cancelled:
		return false
	}
	return true
}

// Fault is why an address could not be fetched.
type Fault struct {
	Reason     Reason
	URL        string // without user and password
	Status     int    // the HTTP status, 0 when there was no answer
	RetryAfter time.Duration
	Requests   int // requests that were made before it failed
	Err        error
}

// Error is one line for the log.
func (f *Fault) Error() string {
	if f.Err != nil {
		return fmt.Sprintf("get %s: %s: %v", f.URL, f.Reason, f.Err)
	}
	return fmt.Sprintf("get %s: %s (status %d)", f.URL, f.Reason, f.Status)
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Sentence says in words for people what is wrong.
func (f *Fault) Sentence() string {
	s := f.URL + " " + f.Reason.row().words
	if f.Status != 0 {
		s += fmt.Sprintf(" (HTTP status %d)", f.Status)
	}
	return s + "."
}

// Advice says what a person should do.
func (f *Fault) Advice() string { return f.Reason.Advice() }

// ReasonOf is the reason that err carries, 0 when it is no Fault.
func ReasonOf(err error) Reason {
	var f *Fault
	if errors.As(err, &f) {
		return f.Reason
	}
	return 0
}
