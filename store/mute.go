package store

import (
	"time"

	"attribot/store/claim"
)

// MuteID names a mute: "M2".
type MuteID string

// Mute keeps what it names out of a channel until it ends.
type Mute struct {
	ID      MuteID    `json:"id"`
	Network string    `json:"network,omitempty"` // "" = every network
	Channel string    `json:"channel,omitempty"` // "" = every channel
	Query   string    `json:"query,omitempty"`   // what is muted, in the query language
	Claim   claim.ID  `json:"claim,omitempty"`   // or one claim
	Story   StoryID   `json:"story,omitempty"`   // or one story
	Until   time.Time `json:"until,omitzero"`    // zero: until it is taken back
	By      string    `json:"by"`
	Made    time.Time `json:"made"`
}
