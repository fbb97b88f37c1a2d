package matrix

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
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
	// Each walks the values whose names begin with prefix, in the order of
	// their names.
	Each(prefix string, take func(name string, value []byte) error) error
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
			value = bytes.Clone(v)
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

// Each walks the values of a prefix. They are read first, so that take may save.
func (s engine) Each(prefix string, take func(name string, value []byte) error) error {
	type pair struct {
		name  string
		value []byte
	}
	var found []pair
	from := s.prefix + prefix
	err := s.kv.View(func(r kv.Reader) error {
		for k, v := range r.Ascend([]byte(from), nil) {
			if !strings.HasPrefix(string(k), from) {
				return nil
			}
			found = append(found, pair{string(k[len(s.prefix):]), bytes.Clone(v)})
		}
		return nil
	})
	for _, p := range found {
		err = errors.Join(err, take(p.name, p.value))
	}
	return err
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

// Each walks the values of a prefix.
func (m *memory) Each(prefix string, take func(name string, value []byte) error) error {
	m.mu.Lock()
	values := maps.Clone(m.values)
	m.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if err := take(name, values[name]); err != nil {
			return err
		}
	}
	return nil
}
