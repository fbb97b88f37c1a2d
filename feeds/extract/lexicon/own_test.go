package lexicon

import (
	"strings"
	"testing"

	"attribot/feeds/statement"

	"github.com/google/go-cmp/cmp"
)

const ownFile = `
[[actor]]
id = "harbour-moth"
name = "Harbour Moth"
aliases = ["HM-7"]
country = "RU"
kind = "state"

[[actor]]
id = "volt-typhoon"
aliases = ["Watt Typhoon"]

[[organisation]]
id = "harbour-cert"
name = "Harbour CERT"
country = "NO"
kind = "gov-cert"

[[person]]
name = "Ada Lund"
organisation = "harbour-cert"
role = "director"
from = "2024-01"

[[outlet]]
name = "Harbour Wire"
country = "NO"
state_affiliated = true
`

func TestOwnNames(t *testing.T) {
	own, err := Embedded().With("own.toml", strings.NewReader(ownFile))
	if err != nil {
		t.Fatal(err)
	}
	text := "Harbour Moth, or HM-7, and Watt Typhoon, said Ada Lund of Harbour CERT to Harbour Wire"
	want := []string{"Harbour Moth=harbour-moth", "HM-7=harbour-moth", "Watt Typhoon=volt-typhoon", "Ada Lund=harbour-cert", "Harbour CERT=harbour-cert", "Harbour Wire="}
	if diff := cmp.Diff(want, found(own, text)); diff != "" {
		t.Errorf("names differ (-want +got):\n%s", diff)
	}
	if p := own.PeopleCalled("lund"); len(p) != 1 || p[0].Country != "NO" || p[0].From != (statement.Date{Year: 2024, Month: 1}) {
		t.Errorf("Ada Lund is not in her post: %+v", p)
	}
	if got := found(Embedded(), text); len(got) != 0 {
		t.Errorf("the embedded lexicon has grown: %v", got)
	}
	if own.ActorByID("apt28") == nil {
		t.Error("the names of the embedded lexicon are gone")
	}
}

func TestOwnFileFaults(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown key", "[[actor]]\nid = \"a\"\nalias = \"b\"\n", `line 3: unknown key "actor.alias"`},
		{"wrong type", "[[actor]]\nid = 7\n", "line 2"},
		{"no TOML", "[[actor\n", "line 1"},
		{"actor without an id", "[[actor]]\nname = \"A\"\n", "actor 1: needs an id"},
		{"actor without a name", "[[actor]]\nid = \"a\"\n", "actor 1"},
		{"unknown kind", "[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"bad\"\n", `unknown kind "bad"`},
		{"organisation without a name", "[[organisation]]\nid = \"a\"\n", "organisation 1"},
		{"person without a name", "[[person]]\nrole = \"boss\"\n", "person 1"},
		{"outlet without a name", "[[outlet]]\ncountry = \"NO\"\n", "outlet 1"},
		{"wrong date", "[[person]]\nname = \"A B\"\nfrom = \"soon\"\n", "person 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Embedded().With("own.toml", strings.NewReader(c.file))
			if err == nil || !strings.Contains(err.Error(), "own.toml") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("have error %v, want one with own.toml and %q", err, c.want)
			}
		})
	}
}
