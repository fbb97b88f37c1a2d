package store

import (
	"time"

	"attribot/store/claim"
)

// SubscriptionID names a subscription: "B3", or a key of the configuration.
type SubscriptionID string

// Subscription is a query, a place to post to, and a time.
type Subscription struct {
	ID       SubscriptionID `json:"id"`
	Declared bool           `json:"declared,omitempty"` // from the configuration: not editable from chat
	Paused   bool           `json:"paused,omitempty"`
	Network  string         `json:"network"`
	Channel  string         `json:"channel"`
	Query    string         `json:"query,omitempty"`  // "" = everything
	When     string         `json:"when"`             // "at once", "daily 09:00", "weekly Mon 09:00"
	Zone     string         `json:"zone,omitempty"`   // IANA zone of When; "" = UTC
	Empty    bool           `json:"empty,omitempty"`  // post a short digest on an empty day, too
	Review   bool           `json:"review,omitempty"` // wants the review queue's events as well
	By       string         `json:"by,omitempty"`     // who made it
	Made     time.Time      `json:"made"`
	Cursor   Seq            `json:"cursor"`       // the last event taken
	Due      time.Time      `json:"due,omitzero"` // the next digest
}

// PostState is where a post stands. Zero is invalid.
type PostState uint8

// The states of a post.
const (
	Due        PostState = iota + 1 // to be sent
	Sending                         // handed to the network; after a restart it is Unknown
	Sent                            // the network has given its id
	Unknown                         // perhaps posted: settled before it is sent again
	Refused                         // refused for good, kept until a person mends it
	Superseded                      // an edit that a later one has overtaken: never sent
)

var postStateCodes = []string{"", "due", "sending", "sent", "unknown", "refused", "superseded"}

// String is the state's code.
func (p PostState) String() string { return codeOf(postStateCodes, int(p)) }

// MarshalText writes the code.
func (p PostState) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a code.
func (p *PostState) UnmarshalText(b []byte) error {
	i, err := parseCode("post state", postStateCodes, string(b))
	*p = PostState(i)
	return err
}

// Post is one entry of the post ledger.
type Post struct {
	Key          string         `json:"key"` // subscription, story or window, kind, revision
	Subscription SubscriptionID `json:"subscription"`
	Network      string         `json:"network"`
	Channel      string         `json:"channel"`
	Story        StoryID        `json:"story,omitempty"`
	Claim        claim.ID       `json:"claim,omitempty"`
	Kind         PostKind       `json:"kind"`
	Revision     int            `json:"revision"`
	Thread       string         `json:"thread,omitempty"` // key of the post beneath which it goes
	Edit         string         `json:"edit,omitempty"`   // key of the post that it replaces
	Events       []Seq          `json:"events"`           // what it tells of
	Body         []byte         `json:"body"`             // the message, composed once, as JSON
	State        PostState      `json:"state"`
	MessageID    string         `json:"message_id,omitempty"`
	Order        uint64         `json:"order"` // place in its channel's queue
	Tries        int            `json:"tries,omitempty"`
	NotBefore    time.Time      `json:"not_before,omitzero"`
	Tried        time.Time      `json:"tried,omitzero"`
	Fault        string         `json:"fault,omitempty"`
}

// PostKind is what a post is. Zero is invalid.
type PostKind uint8

// The kinds of post.
const (
	Alert    PostKind = iota + 1
	FollowUp          // beneath an alert
	Update            // an edit of an alert
	Digest
	Notice // to operators
)

var postKindCodes = []string{"", "alert", "follow-up", "update", "digest", "notice"}

// String is the kind's code.
func (k PostKind) String() string { return codeOf(postKindCodes, int(k)) }

// MarshalText writes the code.
func (k PostKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a code.
func (k *PostKind) UnmarshalText(b []byte) error {
	i, err := parseCode("post kind", postKindCodes, string(b))
	*k = PostKind(i)
	return err
}
