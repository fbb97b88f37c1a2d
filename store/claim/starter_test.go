package claim

import "testing"

func TestStarterClaimsAreManyAndWhole(t *testing.T) {
	cs := Starter()
	if len(cs) < 60 {
		t.Fatalf("%d starter claims, want at least 60", len(cs))
	}
	for _, c := range cs {
		if c.Key == "" || c.Text == "" || c.Relation == 0 || c.Status == 0 || c.FirstSaid.IsZero() || c.FirstBy == "" || c.Source == "" || len(c.Tags) == 0 {
			t.Errorf("starter claim %q lacks a field: %+v", c.Key, c)
		}
	}
}
