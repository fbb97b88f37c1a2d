package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// childMark in the environment makes the test binary the program itself, for
// tests that kill it.
const childMark = "ATTRIBOT_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childMark) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"attribot": main})
}

// TestCommands runs the conversations with the program in testdata/script: each
// is one situation, with what a person types and what comes back.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
