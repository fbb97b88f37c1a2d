package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeShowsWhatTheDemoPrints holds the README's picture of the demo to the
// demo: each of its lines stands there, in this order.
func TestReadmeShowsWhatTheDemoPrints(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(moduleRoot(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "<!-- demo output -->\n```\n")
	picture, _, ok := strings.Cut(after, "\n```\n<!-- end of demo output -->")
	if !ok || strings.Count(picture, "\n") < 10 {
		t.Fatal("README.md has no picture of the demo between its marks")
	}
	code, out, errs := attribot(t, "demo")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	rest := anyPort(out)
	for line := range strings.SplitSeq(anyPort(picture), "\n") {
		_, after, found := strings.Cut(rest, line+"\n")
		if !found {
			t.Fatalf("the demo no longer prints, at its place:\n%s", line)
		}
		rest = after
	}
}

// anyPort makes addresses of the sample world the same in every run.
func anyPort(s string) string {
	return regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(s, "127.0.0.1:PORT")
}
