package deliver

import (
	"time"

	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/query"
)

// Decision is what becomes of an event for one subscription. Zero is invalid.
type Decision uint8

// The decisions.
const (
	Alerts     Decision = iota + 1 // makes an alert due, or goes beneath the one that is there
	Threads                        // goes beneath an alert, if there is one
	Refreshes                      // changes the alert in place without a word beneath it
	Digests                        // for digests alone
	NotAsked                       // the query does not ask for it
	Muted                          // a mute keeps it out
	Background                     // baseline or background: recorded, never told
	ForReview                      // waits for a person; this subscription does not ask for such
	Operators                      // for operators, not for readers
)

var decisionWords = []string{"", "told at once", "told beneath its alert", "brings its alert up to date", "left to digests",
	"not asked for by the query", "muted", "background or baseline", "waits in the review queue", "for operators"}

// String is the decision in words.
func (d Decision) String() string {
	if int(d) < len(decisionWords) {
		return decisionWords[d]
	}
	return "unknown decision"
}

// told reports whether a digest tells of it.
func (d Decision) told() bool { return d == Alerts || d == Threads || d == Digests }

// subject is an event with what rules look at.
type subject struct {
	event     store.Event
	statement store.Statement // zero for events without one
	view      query.View
}

// reader is a subscription made ready for deciding.
type reader struct {
	sub   store.Subscription
	query query.Query
	mutes []mute
	now   time.Time
}

type mute struct {
	store.Mute
	query query.Query
}

// decide applies the noise rules, the query and the mutes.
func (r reader) decide(s subject) Decision {
	e := s.event
	switch {
	case e.Kind == store.SourceHealth:
		return Operators
	case e.Quiet && e.Kind != store.ClaimCurated: // which is quiet, but mends an alert in place
		return Background
	case e.Review && !r.sub.Review:
		return ForReview
	case !r.query.Match(s.view):
		return NotAsked
	case r.muted(s):
		return Muted
	}
	return byKind(s)
}

// byKind are the noise rules: what is new goes out at once, the rest beneath it.
func byKind(s subject) Decision {
	switch s.event.Kind {
	case store.NewClaim, store.NewAssertion:
		if s.event.Statement == "" {
			return Digests // a person made it
		}
		if !named(s.statement.Said.Speaker) && !s.event.Review {
			return Threads
		}
		return Alerts
	case store.FirstDenial, store.PositionChanged:
		return Alerts
	case store.Repeated, store.NewAppearance, store.ArticleEdited, store.ArticleWithdrawn:
		return Threads
	case store.ClaimCurated:
		return Refreshes
	}
	return Digests
}

// named reports whether a speaker speaks in a name that can be held to it.
func named(s statement.Speaker) bool {
	return s.Kind != statement.Unnamed && s.Kind != statement.Outlet
}

func (r reader) muted(s subject) bool {
	for _, m := range r.mutes {
		if m.holds(r, s) {
			return true
		}
	}
	return false
}

// holds reports whether the mute keeps an event out of the reader's channel now.
func (m mute) holds(r reader, s subject) bool {
	switch {
	case m.Network != "" && m.Network != r.sub.Network, m.Channel != "" && m.Channel != r.sub.Channel:
		return false
	case !m.Until.IsZero() && !r.now.Before(m.Until):
		return false
	case m.Claim != "":
		return m.Claim == s.event.Claim
	case m.Story != "":
		return m.Story == s.event.Story
	}
	return m.Query != "" && m.query.Match(s.view)
}
