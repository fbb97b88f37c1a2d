package article

import "attribot/feeds/statement"

// Origin is what is known of an article before it is read: the source that it
// came from and that source's outlet.
type Origin struct {
	Source  string // the source's key
	Outlet  string
	Country statement.Country
	State   bool
	Family  string
	Lang    string
	Zone    string // IANA zone of the outlet
}
