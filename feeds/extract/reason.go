package extract

import "fmt"

// Reason names why a candidate was kept or dropped. Zero is invalid.
type Reason uint8

// The reasons.
const (
	Kept          Reason = iota + 1 // it says who is, or is not, responsible for a cyber operation
	NoCyber                         // nothing in the article is about a cyber operation
	NoCharge                        // nobody is held responsible in it
	NoAccused                       // nobody who could be held responsible is named
	NotCyber                        // the charge is about something else than a cyber operation
	CriminalsOnly                   // only a criminal gang is named
	NoStance                        // a reported speech that takes no stance
	PassedOn                        // it only passes on what another speaker in it says
	Repeated                        // the same words are already a statement
)

var reasonCodes = []string{"", "kept", "no-cyber", "no-charge", "no-accused", "not-cyber", "criminals-only", "no-stance", "passed-on", "repeated"}

// String is the reason's code.
func (r Reason) String() string {
	if int(r) < len(reasonCodes) {
		return reasonCodes[r]
	}
	return fmt.Sprintf("reason-%d", uint8(r))
}

// MarshalText writes the code.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
