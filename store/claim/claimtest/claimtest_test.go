package claimtest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSameSeedMakesTheSameClaims(t *testing.T) {
	a, b, other := New(7), New(7), New(8)
	ca, cb := a.Claims(50), b.Claims(50)
	if diff := cmp.Diff(ca, cb); diff != "" {
		t.Errorf("(- first, + second):\n%s", diff)
	}
	if a.Query(ca[3]) != b.Query(cb[3]) {
		t.Error("queries differ")
	}
	if other.Claim().Text == ca[0].Text {
		t.Error("another seed makes the same claim")
	}
}

func TestClaimsAreWhole(t *testing.T) {
	m := New(1)
	seen := map[string]bool{}
	for _, c := range m.Claims(2000) {
		if c.ID == "" || c.Text == "" || strings.Contains(c.Text, "$") || len(c.Actors) == 0 || len(c.Accused) == 0 || len(c.Victims) == 0 {
			t.Fatalf("claim lacks something: %+v", c)
		}
		seen[c.Text] = true
		if q := m.Query(c); q == "" || strings.Contains(q, "$") {
			t.Fatalf("query %q of claim %s", q, c.ID)
		}
	}
	if len(seen) < 1990 {
		t.Errorf("only %d different texts in 2000", len(seen))
	}
}
