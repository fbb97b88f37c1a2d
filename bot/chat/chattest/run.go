package chattest

import (
	"testing"
)

// Run tests a network. make builds a fresh harness for every test; it may skip
// when the backend is missing.
func Run(t *testing.T, make func(t *testing.T) Harness) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := make(t)
			c.test(t, h)
		})
	}
}

// cases are the situations, named as a person would tell them.
var cases = []struct {
	name string
	test func(*testing.T, Harness)
}{}
