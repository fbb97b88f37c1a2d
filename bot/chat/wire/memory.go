package wire

import "sync"

// kept is how many names are remembered; the oldest are forgotten.
const kept = 1024

// ring is a bounded memory: a map and the order in which its names came.
type ring[V any] struct {
	values map[string]V
	order  []string
}

func (r *ring[V]) put(name string, v V) {
	if r.values == nil {
		r.values = map[string]V{}
	}
	r.values[name] = v
	if r.order = append(r.order, name); len(r.order) > kept {
		delete(r.values, r.order[0])
		r.order = r.order[1:]
	}
}

// Seen remembers the last names that were handled, so that what a network
// delivers twice is done once. Its zero value is ready, and many may use it at a
// time.
type Seen struct {
	mu    sync.Mutex
	names ring[bool]
}

// First tells whether name is new, and remembers it. An empty name is always
// new.
func (s *Seen) First(name string) bool {
	if name == "" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.names.values[name] {
		return false
	}
	s.names.put(name, true)
	return true
}

// Posts remembers what this process has posted, so that a key handed over twice,
// even at the same time, is posted once. What an earlier process posted only the
// network tells. Its zero value is ready.
type Posts struct {
	mu    sync.Mutex
	posts ring[*post]
}

// post is one key's post; its lock is held while it is being sent.
type post struct {
	sync.Mutex
	id string // "" until it is posted
}

// Once returns the id under which key was posted, or else has send post it.
func (p *Posts) Once(key string, send func() (string, error)) (string, error) {
	p.mu.Lock()
	one := p.posts.values[key]
	if one == nil {
		one = &post{}
		p.posts.put(key, one)
	}
	p.mu.Unlock()
	one.Lock()
	defer one.Unlock()
	if one.id != "" {
		return one.id, nil
	}
	id, err := send()
	if err == nil {
		one.id = id
	}
	return id, err
}
