package compose

import (
	"testing"

	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

func TestSpeakersAsAHeadlineNamesThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		speaker     statement.Speaker
		want, party string
	}{
		"a spokesperson":            {maoNing, "Mao Ning (China)", "China"},
		"a scholar":                 {shenYi, "Shen Yi (Fudan University)", "Fudan University"},
		"a company":                 {microsoft, "Microsoft", "Microsoft"},
		"a state":                   {statement.Speaker{Kind: statement.State, Country: "US"}, "the United States", "the United States"},
		"a union by its name":       {eu, "the European Union", "the European Union"},
		"unnamed with words":        {diplomats, "unnamed speakers (“Chinese diplomats”)", "China (unnamed)"},
		"unnamed without any":       {statement.Speaker{Kind: statement.Unnamed}, "unnamed sources", "unnamed speakers"},
		"an outlet":                 {statement.Speaker{Kind: statement.Outlet, Organisation: "The Wall Street Journal"}, "The Wall Street Journal", "The Wall Street Journal"},
		"a person and nothing else": {statement.Speaker{Kind: statement.Person, Name: "Ana"}, "Ana", "Ana"},
		"nobody at all":             {statement.Speaker{}, "a speaker", "a speaker"},
		"a post without a name":     {statement.Speaker{Kind: statement.Person, Role: "embassy spokesperson", Country: "RU"}, "embassy spokesperson (Russia)", "Russia"},
	} {
		if got := Speaker(c.speaker); got != c.want {
			t.Errorf("%s is %q, want %q", name, got, c.want)
		}
		if got := Party(c.speaker); got != c.party {
			t.Errorf("%s speaks for %q, want %q", name, got, c.party)
		}
	}
}

func TestOneSpeaksAndSeveralSpeak(t *testing.T) {
	t.Parallel()
	for org, want := range map[string]bool{
		"Chinese institutions": true, "British media": true, "U.S. agencies": true, "South Korean police": true, "researchers": true,
		"Microsoft": false, "United States": false, "US Congress": false, "Reuters": false, "Department of Homeland Security": false, "the press": false,
	} {
		if _, plural := Speakers(statement.Statement{Speaker: statement.Speaker{Kind: statement.Organisation, Organisation: org}}); plural != want {
			t.Errorf("%s is plural: %v", org, plural)
		}
	}
	names, plural := Speakers(statement.Statement{Speaker: cisa, With: []statement.Speaker{nsa, cisa, fbi}})
	if names != "CISA, NSA and FBI" || !plural {
		t.Errorf("joint speakers are %q, plural %v", names, plural)
	}
}

func TestCountriesInASentence(t *testing.T) {
	t.Parallel()
	for code, want := range map[statement.Country]string{"CN": "China", "US": "the United States", "GB": "the United Kingdom", "EU": "the European Union",
		"KP": "North Korea", "HK": "Hong Kong", "XX": "XX", "": "", "not a code": "not a code"} {
		if got := Country(code); got != want {
			t.Errorf("Country(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestNumbersAndLists(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 101: "101st", 111: "111th", 122: "122nd"} {
		if got := Ordinal(n); got != want {
			t.Errorf("Ordinal(%d) = %q", n, got)
		}
	}
	for _, c := range []struct {
		n    int
		word string
		want string
	}{{0, "outlet", "no outlets"}, {1, "outlet", "1 outlet"}, {2, "story", "2 stories"}, {2, "first denial", "2 first denials"}, {1000, "entry", "1,000 entries"},
		{1234567, "claim", "1,234,567 claims"}, {2, "person", "2 people"}, {3, "change of position", "3 changes of position"}, {2, "match", "2 matches"}, {2, "address", "2 addresses"}} {
		if got := Count(c.n, c.word); got != c.want {
			t.Errorf("Count(%d, %q) = %q, want %q", c.n, c.word, got, c.want)
		}
	}
	for _, c := range []struct {
		limit int
		names []string
		want  string
	}{{4, nil, ""}, {4, []string{"A"}, "A"}, {4, []string{"A", "B"}, "A and B"}, {4, []string{"A", "B", "C"}, "A, B and C"}, {2, []string{"A", "B", "C"}, "A and 2 others"},
		{3, []string{"A", "B", "C", "D"}, "A, B and 2 others"}, {0, []string{"A", "B", "C", "D", "E"}, "A, B, C, D and E"}} {
		if got := List(c.names, c.limit); got != c.want {
			t.Errorf("List(%q, %d) = %q, want %q", c.names, c.limit, got, c.want)
		}
	}
}

func TestDatesAsPreciseAsTheyAreKnown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"2024-10-14": "14 October 2024", "2024-10": "October 2024", "2024": "2024", "--10-14": "14 October", "": "an unknown day"} {
		if got := Date(day(in)); got != want {
			t.Errorf("Date(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestClaimsBehindThat(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The Russian military did it.": "the Russian military did it", "Volt Typhoon is Chinese.": "Volt Typhoon is Chinese",
		"United States frames others": "the United States frames others", "Hackers tied to China did it.": "hackers tied to China did it", "A group did it": "a group did it",
	} {
		if got := Clause(claim.Claim{Text: in}); got != want {
			t.Errorf("Clause(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWordsAreQuotedAsTheyWereSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind     statement.QuoteType
		in, want string
	}{
		{statement.Direct, `“a ransomware group,”`, "“a ransomware group”"},
		{statement.Direct, "a ransomware group", "“a ransomware group”"},
		{statement.Indirect, "that it is a ransomware group", "…it is a ransomware group"},
		{statement.Indirect, "It is a ransomware group", "It is a ransomware group"},
		{statement.Mixed, "the allegations \"lack evidence\"", "…the allegations \"lack evidence\""},
		{statement.Indirect, "勒索组织", "勒索组织"},
		{statement.Direct, "two\nlines", "“two lines”"},
	} {
		if got := Words(statement.Statement{Type: c.kind, Words: c.in}, 100); got != c.want {
			t.Errorf("Words(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestEveryStandingOfEveryStanceHasAVerb(t *testing.T) {
	t.Parallel()
	for _, st := range statement.Stances() {
		for s := claim.Repeats; s <= claim.New; s++ {
			for _, plural := range []bool{false, true} {
				if Says(st, s, plural) == "" || SaysIt(st, s, plural) == "" || Holds(s) == "" {
					t.Errorf("%s that %s a claim has no verb (plural %v)", st, s, plural)
				}
			}
		}
	}
}

func TestTheHistoryCountsEverySide(t *testing.T) {
	t.Parallel()
	h := historyOf([]store.Position{
		{Party: "A", Standing: claim.Repeats, Since: day("2023-05-24"), Count: 3},
		{Party: "B", Standing: claim.Denies, Since: day("2022-01-01"), Count: 2, Before: []store.Position{{Standing: claim.Repeats, Since: day("2021-03"), Count: 4}}},
		{Party: "C", Standing: claim.Hedges},
	})
	if got, want := h.line(claim.Supports, statement.Statement{}), "7th assertion since March 2021, first by B. Denied by B; left open by C."; got != want {
		t.Errorf("from the side that asserts: %q, want %q", got, want)
	}
	if got, want := h.line(claim.Denies, statement.Statement{}), "2nd denial since January 2022, first by B. Asserted by A; left open by C."; got != want {
		t.Errorf("from the side that denies: %q, want %q", got, want)
	}
	b := statement.Statement{Speaker: statement.Speaker{Kind: statement.Organisation, Organisation: "B"}, Said: day("2022-01-01")}
	if got, want := h.line(claim.Denies, b), "First of 2 denials on record. Asserted by A; left open by C."; got != want {
		t.Errorf("from the first who denied: %q, want %q", got, want)
	}
	if !h.contested() {
		t.Error("a claim that A asserts and B denies is not contested")
	}
	if got := historyOf(nil).line(claim.Repeats, statement.Statement{}); got != "" {
		t.Errorf("a claim without positions has the history %q", got)
	}
}
