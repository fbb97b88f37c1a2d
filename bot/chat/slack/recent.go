package slack

// recent remembers the last names that were handled, so that what Slack
// delivers twice is done once. Its zero value is ready.
type recent struct {
	names map[string]bool
	order []string
}

// keep is how many names are remembered.
const keep = 1024

// first tells whether name is new, and remembers it. An empty name is always
// new.
func (r *recent) first(name string) bool {
	if name == "" {
		return true
	}
	if r.names[name] {
		return false
	}
	if r.names == nil {
		r.names = map[string]bool{}
	}
	r.names[name] = true
	if r.order = append(r.order, name); len(r.order) > keep {
		delete(r.names, r.order[0])
		r.order = r.order[1:]
	}
	return true
}
