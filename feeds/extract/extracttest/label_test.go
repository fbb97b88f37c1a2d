package extracttest

import (
	"strings"
	"testing"

	"attribot/feeds/statement"
)

func TestLabelsAreRead(t *testing.T) {
	all, err := Parse("# comment\n\na.txt  attribute|accuse  Mao_Ning|embassy  CN  volt-typhoon\nb.txt silent\na.txt !deny - -\nc.txt free\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].Name != "a.txt" || len(all[0].Labels) != 2 || !all[1].Silent || all[2].Silent || all[2].Labels != nil {
		t.Fatalf("read %+v", all)
	}
	first := all[0].Labels[0]
	if got, want := first.String(), "attribute|accuse by Mao Ning|embassy against CN on volt-typhoon (line 3)"; got != want {
		t.Errorf("label = %q, want %q", got, want)
	}
	if got, want := all[0].Labels[1].String(), "never deny (line 5)"; got != want {
		t.Errorf("label = %q, want %q", got, want)
	}
}

func TestWrongLabelsAreRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a.txt", "want a stance"},
		{"a.txt deny", "want a stance"},
		{"\na.txt denies Mao CN", "line 2"},
		{"a.txt silent\na.txt deny Mao CN", "is silent"},
		{"a.txt deny Mao CN\na.txt silent", "want a stance"},
	} {
		if _, err := Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%q) gave %v, want an error with %q", c.text, err, c.want)
		}
	}
}

func TestLabelMeetsItsStatementOnly(t *testing.T) {
	s := statement.Statement{Stance: statement.Deny,
		Speaker: statement.Speaker{Name: "Liu Pengyu", Organisation: "Chinese Embassy in the United States"},
		With:    []statement.Speaker{{Name: "Lin Jian"}},
		Accused: []statement.Party{{Name: "China", Country: "CN"}},
		Actors:  []statement.Actor{{ID: "zirconium", Name: "ZIRCONIUM", As: "APT31"}}}
	for line, want := range map[string]bool{
		"a deny embassy CN apt31":         true,
		"a deny|rebut Lin_Jian CN APT-31": true,
		"a deny - - zirconium":            true,
		"a deny - -":                      true,
		"a rebut - -":                     false,
		"a deny Mao_Ning -":               false,
		"a deny - RU":                     false,
		"a deny - CN apt28":               false,
	} {
		all, err := Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		label := all[0].Labels[0]
		if label.Meets(s) != want || label.Found([]statement.Statement{{}, s}) != want {
			t.Errorf("%q meets the statement: %v, want %v", line, !want, want)
		}
	}
	if got := List([]statement.Statement{s}); !strings.Contains(got, "deny by Liu Pengyu") || !strings.Contains(got, "[zirconium]") {
		t.Errorf("list = %q", got)
	}
	if got := List(nil); got != "  nothing\n" {
		t.Errorf("empty list = %q", got)
	}
}
