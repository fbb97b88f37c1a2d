package identity

import (
	"slices"
	"strings"
	"testing"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// said is a mention in short: speaker, stance, day, words.
type saying struct {
	by        statement.Speaker
	stance    statement.Stance
	day       string
	words     string
	accused   string // country
	actor     string
	claim     string // confirmed, "" none
	article   string
	published string
	zone      string
	lang      string
	old       bool
}

func (s saying) mention(t *testing.T) Mention {
	t.Helper()
	st := statement.Statement{Speaker: s.by, Stance: s.stance, Words: s.words, Said: date(t, s.day), SaidZone: s.zone, Background: s.old}
	if s.accused != "" {
		st.Accused = []statement.Party{{Country: statement.Country(s.accused)}}
	}
	if s.actor != "" {
		st.Actors = []statement.Actor{{ID: statement.ActorID(s.actor)}}
	}
	var vs []claim.Verdict
	if s.claim != "" {
		vs = []claim.Verdict{{Claim: claim.ID(s.claim), Standing: claim.Repeats, Confirmed: true}}
	}
	return Of(st, Place{Article: s.article, Published: date(t, s.published), Lang: s.lang}, vs)
}

func date(t *testing.T, s string) statement.Date {
	t.Helper()
	d, err := statement.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func person(name, org, country string) statement.Speaker {
	return statement.Speaker{Kind: statement.Person, Name: name, Organisation: org, Country: statement.Country(country)}
}

func office(org, country string) statement.Speaker {
	return statement.Speaker{Kind: statement.Organisation, Organisation: org, Country: statement.Country(country)}
}

func state(name, country string) statement.Speaker {
	return statement.Speaker{Kind: statement.State, Organisation: name, Country: statement.Country(country)}
}

func unnamed(country string) statement.Speaker {
	return statement.Speaker{Kind: statement.Unnamed, Country: statement.Country(country), As: "officials"}
}

var (
	mao    = person("Mao Ning", "Ministry of Foreign Affairs", "CN")
	maoTwo = person("Mao", "Chinese Foreign Ministry", "CN")
	lin    = person("Lin Jian", "Ministry of Foreign Affairs", "CN")
	peskov = person("Dmitry Peskov", "Kremlin", "RU")
)

const (
	stock    = "China firmly opposes and combats all forms of cyberattacks and rejects such groundless smears without evidence"
	strings1 = "It inserted strings in other languages, such as Chinese, to mislead traceability attribution analysis and frame other countries"
	strings2 = "By inserting Chinese characters and other languages into malicious code, they intentionally mislead origin tracing and falsely accuse other nations"
	guam     = "Guam is actually the initiator of a large number of cyberattacks against China and many Southeast Asian countries"
	cable1   = "the United States is using its advantages concerning submarine optical fiber to launch massive, systemic cyber surveillance and espionage globally"
	cable2   = "the U.S. is exploiting its advantageous position with undersea cables to conduct extensive and systematic global cyber surveillance and espionage"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		situation string
		a, b      saying
		want      Finding
	}{
		{"a paraphrase of one briefing",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: strings1, accused: "US"},
			saying{by: maoTwo, stance: statement.CounterAccuse, day: "--10-14", words: strings2, accused: "US"}, Same},
		{"a paraphrase with synonyms of the field",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: cable1, accused: "US"},
			saying{by: maoTwo, stance: statement.CounterAccuse, day: "2024-10-14", words: cable2, accused: "US"}, Same},
		{"two claims of one briefing",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: guam, accused: "US"},
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: cable2, accused: "US"}, Different},
		{"little in common but one standing to one claim",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: "Guam launches attacks on its neighbours", accused: "US", claim: "C1"},
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: "the island of Guam is where many operations against Asia begin", accused: "US", claim: "C1"}, Same},
		{"much in common but different claims",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: "the United States wiretaps its allies such as Germany", accused: "US", claim: "C1"},
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: "the United States wiretaps universities in China", accused: "US", claim: "C2"}, Different},
		{"the same stock phrases at two briefings a week apart",
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN", claim: "C1"},
			saying{by: mao, stance: statement.Rebut, day: "2024-10-21", words: stock, accused: "CN", claim: "C1"}, Different},
		{"the same stock phrases at briefings on two days of one zone",
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN", claim: "C1", zone: "Asia/Shanghai"},
			saying{by: mao, stance: statement.Rebut, day: "2024-10-15", words: stock, accused: "CN", claim: "C1", zone: "Asia/Shanghai"}, Different},
		{"one briefing dated by outlets of two zones",
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN", claim: "C1", zone: "Asia/Shanghai"},
			saying{by: mao, stance: statement.Rebut, day: "2024-10-13", words: stock, accused: "CN", claim: "C1", zone: "America/New_York"}, Same},
		{"two spokespersons of one ministry with the same words",
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN", claim: "C1"},
			saying{by: lin, stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN", claim: "C1"}, Different},
		{"an accusation and its denial in the same words",
			saying{by: state("China", "CN"), stance: statement.Accuse, day: "2024-10-14", words: "China is behind Volt Typhoon", accused: "CN"},
			saying{by: state("China", "CN"), stance: statement.Deny, day: "2024-10-14", words: "China is behind Volt Typhoon", accused: "CN"}, Different},
		{"a ministry and its spokesperson by name",
			saying{by: office("Foreign Ministry", "CN"), stance: statement.Rebut, day: "2024-10-14", words: stock, accused: "CN"},
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: "it rejects such groundless smears and opposes all forms of cyberattacks", accused: "CN"}, Same},
		{"a state and its spokesperson with other words",
			saying{by: state("China", "CN"), stance: statement.CounterAccuse, day: "2024-10-14", words: guam, accused: "US"},
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: cable1, accused: "US"}, Different},
		{"one report of a company on two actors",
			saying{by: office("Microsoft", "US"), stance: statement.Attribute, day: "2024-10-14", words: "Flax Typhoon targets organisations in Taiwan", accused: "CN", actor: "flax-typhoon"},
			saying{by: office("Microsoft", "US"), stance: statement.Attribute, day: "2024-10-14", words: "Volt Typhoon targets organisations in Guam", accused: "CN", actor: "volt-typhoon"}, Different},
		{"unnamed officials of one state with other words",
			saying{by: unnamed("US"), stance: statement.Accuse, day: "2024-10-14", words: "the intruders read mail of the treasury", accused: "CN"},
			saying{by: unnamed("US"), stance: statement.Accuse, day: "2024-10-14", words: "Chinese hackers sat in telecom networks for months", accused: "CN"}, Different},
		{"unnamed officials in an agency copy",
			saying{by: unnamed("US"), stance: statement.Accuse, day: "2024-10-14", words: "Chinese hackers sat in telecom networks for months", accused: "CN"},
			saying{by: unnamed("US"), stance: statement.Accuse, day: "2024-10-14", words: "Chinese hackers sat in telecom networks for several months", accused: "CN"}, Same},
		{"a bare denial of one claim",
			saying{by: peskov, stance: statement.Deny, day: "2022-01-16", words: "groundless", accused: "RU", claim: "C9"},
			saying{by: peskov, stance: statement.Deny, day: "2022-01-16", words: "Russia has nothing to do with the attack on the sites", accused: "RU", claim: "C9"}, Same},
		{"one denial in Russian and in English",
			saying{by: peskov, stance: statement.Deny, day: "2022-01-16", words: "Russia has nothing to do with it", accused: "RU", lang: "en"},
			saying{by: person("Дмитрий Песков", "Кремль", "RU"), stance: statement.Deny, day: "2022-01-16", words: "Москва отношения не имеет", accused: "RU", lang: "ru"}, Same},
		{"two counter-accusations of one day in two languages without a claim",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: guam, accused: "US", lang: "en"},
			saying{by: person("毛宁", "外交部", "CN"), stance: statement.CounterAccuse, day: "2024-10-14", words: "美国长期监听德国", accused: "US", lang: "zh"}, Different},
		{"an article that says two things of one claim",
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: "there is no evidence at all", accused: "CN", claim: "C1", article: "a"},
			saying{by: mao, stance: statement.Rebut, day: "2024-10-14", words: "China is a victim of cyberattacks", accused: "CN", claim: "C1", article: "a"}, Different},
		{"an undated retelling within weeks",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: guam, accused: "US"},
			saying{by: mao, stance: statement.CounterAccuse, words: guam, accused: "US", old: true, published: "2024-10-30"}, Same},
		{"an undated retelling from before it was said",
			saying{by: mao, stance: statement.CounterAccuse, day: "2024-10-14", words: guam, accused: "US"},
			saying{by: mao, stance: statement.CounterAccuse, words: guam, accused: "US", old: true, published: "2024-09-01"}, Different},
		{"dates of publication two days apart",
			saying{by: mao, stance: statement.Rebut, words: stock, accused: "CN", published: "2024-10-14"},
			saying{by: mao, stance: statement.Rebut, words: stock, accused: "CN", published: "2024-10-17"}, Different},
	} {
		t.Run(c.situation, func(t *testing.T) {
			a, b := c.a.mention(t), c.b.mention(t)
			for _, d := range []Decision{Compare(a, b), Compare(b, a)} {
				if d.Finding != c.want {
					t.Errorf("finding %d, want %d: %s", d.Finding, c.want, strings.Join(d.Reasons, "; "))
				}
				if len(d.Reasons) == 0 {
					t.Error("a decision without reasons")
				}
			}
		})
	}
}

func TestOccasion(t *testing.T) {
	at := func(by statement.Speaker, day, article string) Mention {
		return saying{by: by, stance: statement.Rebut, day: day, words: "x", accused: "US", article: article}.mention(t)
	}
	for _, c := range []struct {
		situation string
		a, b      Mention
		want      bool
	}{
		{"one person, one day", at(mao, "2024-10-14", "a"), at(maoTwo, "2024-10-14", "b"), true},
		{"one person, the next day", at(mao, "2024-10-14", "a"), at(mao, "2024-10-15", "b"), false},
		{"a headline's state and the text's spokesperson", at(state("China", "CN"), "2024-10-15", "a"), at(mao, "2024-10-14", "a"), true},
		{"two persons", at(mao, "2024-10-14", "a"), at(lin, "2024-10-14", "a"), false},
		{"unnamed sources", at(unnamed("US"), "2024-10-14", "a"), at(unnamed("US"), "2024-10-14", "b"), false},
	} {
		if got := c.a.Occasion(c.b); got != c.want {
			t.Errorf("%s: %v", c.situation, got)
		}
	}
}

func TestBucketsBringTogetherWhatMayBeTheSame(t *testing.T) {
	for _, pair := range [][2]statement.Speaker{
		{mao, maoTwo}, {mao, office("Foreign Ministry", "CN")}, {mao, state("China", "CN")}, {person("Mao Ning", "", ""), mao}, {unnamed("US"), unnamed("US")},
	} {
		a := saying{by: pair[0], words: "x"}.mention(t).Buckets()
		b := saying{by: pair[1], words: "x"}.mention(t).Buckets()
		if !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) }) {
			t.Errorf("%v and %v share no bucket: %q, %q", pair[0], pair[1], a, b)
		}
	}
}

func TestNamesAcrossScripts(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Дмитрий Песков", "Dmitry Peskov", true},
		{"Дмитро Пєсков", "Dmitri Peskow", true},
		{"بوريل", "Josep Borrell", true},
		{"Mao", "Mao Ning", true},
		{"Ning Mao", "Mao Ning", true},
		{"Lin Jian", "Mao Ning", false},
		{"Maria Zakharova", "Dmitry Peskov", false},
		{"Wang Yi", "Wang Wenbin", false},
	} {
		if got := sameName(nameWords(c.a), nameWords(c.b)); got != c.same {
			t.Errorf("%q and %q: same %v", c.a, c.b, got)
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("Mao Ning", "words of a briefing", "2024-10-14", "Mao", "other words", "--10-14")
	f.Fuzz(func(t *testing.T, nameA, wordsA, dayA, nameB, wordsB, dayB string) {
		da, errA := statement.ParseDate(dayA)
		db, errB := statement.ParseDate(dayB)
		if errA != nil || errB != nil {
			t.Skip()
		}
		a := Of(statement.Statement{Speaker: person(nameA, "", ""), Words: wordsA, Said: da}, Place{}, nil)
		b := Of(statement.Statement{Speaker: person(nameB, "", ""), Words: wordsB, Said: db}, Place{}, nil)
		if x, y := Compare(a, b), Compare(b, a); x.Finding != y.Finding {
			t.Errorf("%v one way, %v the other", x, y)
		}
		if Overlap(a.Words, a.Words) > 1000 {
			t.Errorf("overlap of %q with itself: %d", wordsA, Overlap(a.Words, a.Words))
		}
	})
}
