package matrix

import (
	"sync"

	"attribot/store/kv"
)

// Store keeps what must outlive the process: the device with its token, how far
// the account was synchronised, rooms that were replaced. It holds secrets.
type Store interface {
	// Load is the value of a name, nil when there is none.
	Load(name string) ([]byte, error)
	// Save puts a value; nil removes the name.
	Save(name string, value []byte) error
}

// On keeps a Store in an engine, under keys that begin with prefix.
func On(e kv.Engine, prefix string) Store { return engine{e, prefix} }

type engine struct {
	kv     kv.Engine
	prefix string
}

// Load reads a value.
func (s engine) Load(name string) ([]byte, error) {
	var value []byte
	err := s.kv.View(func(r kv.Reader) error {
		if v := r.Get([]byte(s.prefix + name)); v != nil {
			value = append([]byte{}, v...)
		}
		return nil
	})
	return value, err
}

// Save writes or removes a value.
func (s engine) Save(name string, value []byte) error {
	return s.kv.Update(func(w kv.Writer) error {
		if value == nil {
			return w.Delete([]byte(s.prefix + name))
		}
		return w.Put([]byte(s.prefix+name), value)
	})
}

// memory is a Store for a process without one.
type memory struct {
	mu     sync.Mutex
	values map[string][]byte
}

// Load reads a value.
func (m *memory) Load(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name], nil
}

// Save writes or removes a value.
func (m *memory) Save(name string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string][]byte{}
	}
	if value == nil {
		delete(m.values, name)
	} else {
		m.values[name] = value
	}
	return nil
}
