package claim

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

var (
	china        = []statement.Party{{Name: "China", Country: "CN"}}
	unitedStates = []statement.Party{{Name: "United States", Country: "US"}}
	volt         = []statement.Actor{{ID: "volt-typhoon", Name: "Volt Typhoon", As: "Volta Typhoon"}}
	maoNing      = statement.Speaker{Kind: statement.Person, Name: "Mao Ning", Organisation: "Ministry of Foreign Affairs", Country: "CN"}
	briefing     = statement.Date{Year: 2024, Month: 10, Day: 14}
)

// starterJudge is a judge on the starter claims, and their keys.
func starterJudge(t *testing.T) (*Judge, map[ID]string) {
	t.Helper()
	cs, keys := numbered(t)
	j := NewJudge(Options{})
	j.PutAll(cs)
	return j, keys
}

// standings gives what a statement is to each claim, by key.
func standings(vs []Verdict, keys map[ID]string) map[string]Standing {
	m := map[string]Standing{}
	for _, v := range vs {
		m[keys[v.Claim]] = v.Standing
	}
	return m
}

func TestOneBriefingStandsToManyClaims(t *testing.T) {
	j, keys := starterJudge(t)
	for _, c := range []struct {
		stance  statement.Stance
		accused []statement.Party
		actors  []statement.Actor
		words   [2]string // as two outlets have it
		want    map[string]Standing
	}{
		{statement.Alternative, china, volt, [2]string{
			`two earlier reports showed that "Volt Typhoon" is in fact an international ransomware group`,
			`Chinese bodies had published two reports saying that "Volta Typhoon" is an international ransomware organization`},
			map[string]Standing{"volt-typhoon-ransomware": Repeats, "volt-typhoon-china": CountersIt}},
		{statement.CounterAccuse, unitedStates, nil, [2]string{
			"It put strings in other languages, such as Chinese, into the code to mislead the tracing of attacks and frame other countries",
			"By inserting Chinese characters into malicious code they mislead origin tracing and falsely accuse other nations"},
			map[string]Standing{"us-plants-strings": Repeats}},
		{statement.CounterAccuse, unitedStates, volt, [2]string{
			`Guam, which the United States calls a victim of "Volt Typhoon", starts a large number of cyberattacks against China and Southeast Asian countries`,
			`Guam, labelled a victim of this "Volta Typhoon", is a hub for cyber attacks on China and Southeast Asia`},
			map[string]Standing{"guam-origin": Repeats}},
		{statement.CounterAccuse, unitedStates, nil, [2]string{
			"the US uses its advantages in submarine optical fiber for massive cyber surveillance and espionage around the globe",
			"the U.S. exploits its position with undersea cables for systematic global cyber surveillance"},
			map[string]Standing{"us-submarine-cables": Repeats}},
		{statement.CounterAccuse, unitedStates, nil, [2]string{
			"it has never stopped wiretapping allies, Germany among them",
			"the U.S. has not ended its cyber espionage against allies, including Germany"},
			map[string]Standing{"us-wiretaps-allies": Repeats}},
		{statement.CounterAccuse, unitedStates, nil, [2]string{
			"some U.S. tech firms are accomplices of the government, which pre-positions access points in Internet products with the help of large companies to attack supply chains",
			"some large American technology companies are complicit with the government, embed backdoors in networking products and strike global supply chains"},
			map[string]Standing{"us-tech-accomplices": Repeats}},
		{statement.CounterAccuse, unitedStates, nil, [2]string{
			"to get budgets from Congress and government contracts, intelligence and cybersecurity companies work together to spread disinformation and frame China",
			"U.S. intelligence and security firms collaborate to spread disinformation about China and secure funding and government contracts"},
			map[string]Standing{"us-disinformation-budgets": Repeats}},
	} {
		for _, words := range c.words {
			vs := j.Judge(statement.Statement{Words: words, Stance: c.stance, Accused: c.accused, Actors: c.actors, Speaker: maoNing, Said: briefing})
			got := standings(vs, keys)
			for key, standing := range c.want {
				if got[key] != standing {
					t.Errorf("%q is %v to %s, want %v; all: %v", words, got[key], key, standing, got)
				}
			}
			if _, ok := c.want[keys[vs[0].Claim]]; !ok {
				t.Errorf("%q is nearest to %s", words, keys[vs[0].Claim])
			}
		}
	}
}

func TestStanceDecidesAndTextNeverDoes(t *testing.T) {
	j, keys := starterJudge(t)
	words := "Russia was behind the intrusions at SolarWinds"
	for stance, want := range map[statement.Stance]Standing{
		statement.Attribute: Repeats, statement.Accuse: Repeats, statement.Report: Repeats, statement.Confirm: Supports,
		statement.Condemn: Supports, statement.Sanction: Supports, statement.Deny: Denies, statement.Rebut: Denies,
		statement.Retract: Denies, statement.Doubt: Hedges, statement.NoComment: Hedges, statement.Alternative: CountersIt,
	} {
		vs := j.Judge(statement.Statement{Words: words, Stance: stance, Accused: []statement.Party{{Name: "Russia"}}, Operation: "SolarWinds"})
		if keys[vs[0].Claim] != "solarwinds-russia" || vs[0].Standing != want {
			t.Errorf("%s: %s %s, want %s", stance, vs[0].Standing, keys[vs[0].Claim], want)
		}
	}
}

func TestWhoIsAccusedPartsLikeSentences(t *testing.T) {
	j := NewJudge(Options{})
	j.PutAll([]Claim{
		{ID: "C1", Text: "China is behind Volt Typhoon", Actors: volt, Accused: china, Victims: unitedStates},
		{ID: "C2", Text: "The United States is behind the story of Volt Typhoon", Actors: volt, Accused: unitedStates, Victims: china},
	})
	us := statement.Speaker{Organisation: "US State Department", Country: "US"}
	vs := j.Judge(statement.Statement{Words: "The US says China is behind it", Stance: statement.Accuse, Accused: china, Actors: volt, Speaker: us})
	if vs[0].Claim != "C1" || vs[0].Standing != Repeats {
		t.Errorf("the US on China: %v", vs)
	}
	vs = j.Judge(statement.Statement{Words: "China says the US is behind it", Stance: statement.CounterAccuse, Accused: unitedStates, Actors: volt, Speaker: maoNing})
	if vs[0].Claim != "C2" || vs[0].Standing != Repeats {
		t.Errorf("China on the US: %v", vs)
	}
}

func TestDenialWithoutAnActorLinksByVictimAndTime(t *testing.T) {
	j, keys := starterJudge(t)
	s := statement.Statement{Words: "Such groundless accusations are a smear", Stance: statement.Rebut, Accused: china,
		Accuser: []statement.Party{{Name: "Czech Republic", Country: "CZ"}}, Speaker: maoNing, Said: statement.Date{Year: 2025, Month: 5, Day: 29}}
	vs := j.Judge(s)
	if keys[vs[0].Claim] != "czech-mfa-apt31" || vs[0].Standing != Denies {
		t.Errorf("%v %s, want a denial of czech-mfa-apt31", vs[0], keys[vs[0].Claim])
	}
	s.Accuser, s.Said = nil, statement.Date{Year: 2019}
	if vs := j.Judge(s); vs[0].Standing != New {
		t.Errorf("without accuser and time it links to %s: %v", keys[vs[0].Claim], vs[0])
	}
}

func TestVagueStatementIsUnderstoodFromItsArticle(t *testing.T) {
	j, keys := starterJudge(t)
	morocco := []statement.Party{{Name: "Morocco", Country: "MA"}}
	ss := []statement.Statement{
		{Article: "a", Words: "Le Monde reported that Morocco may have used Pegasus on Emmanuel Macron's phones", Stance: statement.Report, Accused: morocco,
			Victims: []statement.Party{{Name: "Emmanuel Macron"}}},
		{Article: "a", Words: "Rabat has denied this and asked for proof", Stance: statement.Deny, Accused: morocco},
	}
	vs := j.JudgeAll(ss)[1]
	if keys[vs[0].Claim] != "pegasus-morocco" || vs[0].Standing != Denies {
		t.Errorf("%s %v", keys[vs[0].Claim], vs[0])
	}
	ss[1].Article, ss[1].Accused, ss[1].Words = "b", china, "Beijing has denied this"
	if vs := j.JudgeAll(ss)[1]; vs[0].Standing != New {
		t.Errorf("in another article it still links: %v", vs[0])
	}
}

func TestReasonsSayWhatAPersonCanCheck(t *testing.T) {
	j, keys := starterJudge(t)
	s := statement.Statement{Words: "Volta Typhoon has nothing to do with the Chinese state", Stance: statement.Deny, Accused: china, Actors: volt, Speaker: maoNing, Said: briefing}
	vs := j.Judge(s)
	all := strings.Join(vs[0].Reasons, "; ")
	for _, want := range []string{`same actor Volt Typhoon as "Volta Typhoon"`, "accused China", "Mao Ning denies"} {
		if !strings.Contains(all, want) {
			t.Errorf("reasons %q do not say %q", all, want)
		}
	}
	for id, key := range keys {
		if key == "sony-north-korea" && len(j.Explain(s, id)) == 0 {
			t.Error("no explanation for a claim that does not match")
		}
	}
	if got := j.Explain(s, "C9999"); got != nil {
		t.Errorf("an unknown claim is explained: %v", got)
	}
}

func TestJudgementDoesNotDependOnTheOrderOfClaims(t *testing.T) {
	cs, _ := numbered(t)
	one := NewJudge(Options{})
	one.PutAll(cs)
	other := NewJudge(Options{})
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(len(cs)) {
		other.Put(cs[i])
	}
	other.Remove("C5")
	other.Put(cs[4])
	for _, c := range readOwnSet(t) {
		if diff := cmp.Diff(one.Judge(c.said), other.Judge(c.said)); diff != "" {
			t.Fatalf("%s (- at once, + one by one):\n%s", c.name, diff)
		}
	}
}

func TestJudgingWhileClaimsCome(t *testing.T) {
	cs, _ := numbered(t)
	j := NewJudge(Options{})
	j.PutAll(cs[:40])
	s := statement.Statement{Words: "North Korea was behind the attack on Sony Pictures", Stance: statement.Accuse, Accused: []statement.Party{{Name: "North Korea"}}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				if vs := j.Judge(s); vs[0].Claim != "C1" {
					t.Errorf("first claim %q, want C1", vs[0].Claim)
				}
				j.Rank("hack of Sony", 3)
			}
		}()
	}
	for _, c := range cs[40:] {
		j.Put(c)
	}
	wg.Wait()
	if j.Len() != len(cs) {
		t.Errorf("%d claims, want %d", j.Len(), len(cs))
	}
}

func TestEmptyJudgeKnowsNothing(t *testing.T) {
	j := NewJudge(Options{})
	if vs := j.Judge(statement.Statement{Words: "x"}); len(vs) != 1 || vs[0].Standing != New || vs[0].Confirmed {
		t.Errorf("verdicts %v, want one New", vs)
	}
	if got := j.Rank("", 5); len(got) != 0 {
		t.Errorf("ranked %v", got)
	}
}

func TestWrongSpellingsAndOtherNamesAreStillFound(t *testing.T) {
	j, keys := starterJudge(t)
	for text, want := range map[string]string{
		"Norht Korea stole crypto from Bybyt":   "bybit-north-korea",
		"Viassat satelite attack by Rusia":      "viasat-russia",
		"who hacked the Bundestga":              "bundestag-apt28",
		"Fancy Bear and Deutsche Flugsicherung": "dfs-apt28",
		"Violet Typhoon and British voters":     "electoral-apt31",
	} {
		got := j.Rank(text, 1)
		if len(got) == 0 || keys[got[0].ID] != want {
			t.Errorf("%q finds %v, want %s", text, got, want)
		}
	}
}

func TestRankedScoresPartKnownFromUnheard(t *testing.T) {
	j, _ := starterJudge(t)
	known := j.Rank("Russia attacked the Viasat KA-SAT network before its invasion of Ukraine", 1)[0]
	other := j.Rank("The bakery on the corner sells rye bread on Sundays and attacks hunger", 1)
	if len(other) > 0 && other[0].Score >= known.Score {
		t.Errorf("unheard %d is not below known %d", other[0].Score, known.Score)
	}
	if known.Score < 500_000 || known.Score > 1_000_000 {
		t.Errorf("known scores %d millionths", known.Score)
	}
}

func TestNamesFileIsWhole(t *testing.T) {
	table := ownNames()
	for name, want := range map[string]entity{
		"Beijing": {country: "CN"}, "伏特台风": {actor: "volt-typhoon"}, "Fancy Bear": {actor: "apt28"}, "북한": {country: "KP"}, "Украины": {country: "UA"},
	} {
		var n namer
		n.own, n.given = table, NamesOf(lexicon.Embedded())
		found := false
		states, _ := n.party(statement.Party{Name: name})
		found = slices.Contains(states, string(want.country)) || slices.Contains(n.actor(name), string(want.actor))
		if !found {
			t.Errorf("%s is not %v", name, want)
		}
	}
}

func TestIDsAreOrderedByNumber(t *testing.T) {
	ids := []ID{"C10", "C9", "C009", "B12", "C"}
	slices.SortFunc(ids, CompareIDs)
	if got := fmt.Sprint(ids); got != "[B12 C C009 C9 C10]" {
		t.Errorf("order %s", got)
	}
}
