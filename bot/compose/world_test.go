package compose

import (
	"strings"
	"time"

	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

// world is a small archive in memory: true events, told in our own words.
type world struct {
	statements map[store.StatementID]store.Statement
	claims     map[claim.ID]claim.Claim
	positions  map[claim.ID][]store.Position
	stories    map[store.StoryID]store.Story
	events     map[string]store.Event // by a name that the goldens use
	articles   []store.Article
	trail      []store.Change
}

func (w world) Statement(id store.StatementID) (store.Statement, error) {
	st, ok := w.statements[id]
	if !ok {
		return st, store.ErrNotFound
	}
	return st, nil
}

func (w world) Claim(id claim.ID) (claim.Claim, error) {
	c, ok := w.claims[id]
	if !ok {
		return c, store.ErrNotFound
	}
	return c, nil
}

func (w world) Positions(id claim.ID) ([]store.Position, error) { return w.positions[id], nil }

// The people and bodies that speak.
var (
	maoNing   = statement.Speaker{Kind: statement.Person, Name: "Mao Ning", Role: "foreign ministry spokesperson", Organisation: "Ministry of Foreign Affairs", Country: "CN"}
	shenYi    = statement.Speaker{Kind: statement.Person, Name: "Shen Yi", Role: "professor", Organisation: "Fudan University", Country: "CN"}
	microsoft = statement.Speaker{Kind: statement.Organisation, Organisation: "Microsoft", Country: "US"}
	cisa      = statement.Speaker{Kind: statement.Organisation, Organisation: "CISA", Country: "US"}
	nsa       = statement.Speaker{Kind: statement.Organisation, Organisation: "NSA", Country: "US"}
	fbi       = statement.Speaker{Kind: statement.Organisation, Organisation: "FBI", Country: "US"}
	asd       = statement.Speaker{Kind: statement.Organisation, Organisation: "ASD", Country: "AU"}
	ncsc      = statement.Speaker{Kind: statement.Organisation, Organisation: "NCSC", Country: "GB"}
	diplomats = statement.Speaker{Kind: statement.Unnamed, As: "Chinese diplomats", Country: "CN"}
	treasury  = statement.Speaker{Kind: statement.Organisation, Organisation: "US Treasury", Country: "US"}
	eu        = statement.Speaker{Kind: statement.State, Organisation: "European Union", Country: "EU"}
)

var (
	china       = statement.Party{Name: "China", Country: "CN"}
	russia      = statement.Party{Name: "Russia", Country: "RU"}
	usa         = statement.Party{Name: "United States", Country: "US"}
	voltTyphoon = statement.Actor{ID: "volt-typhoon", Name: "Volt Typhoon", As: "Volt Typhoon"}
)

func day(s string) statement.Date {
	d, err := statement.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func utc(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// in is an appearance: outlet, origin, address.
func in(outlet, origin, url string) store.Appearance {
	return store.Appearance{Outlet: outlet, Origin: origin, URL: url, Article: "a-" + strings.ToLower(strings.ReplaceAll(outlet, " ", "-"))}
}

func to(c claim.ID, s claim.Standing) store.Link {
	return store.Link{Verdict: claim.Verdict{Claim: c, Standing: s, Score: 870, Confirmed: true}, By: "judge"}
}

func newWorld() world {
	w := world{map[store.StatementID]store.Statement{}, map[claim.ID]claim.Claim{}, map[claim.ID][]store.Position{}, map[store.StoryID]store.Story{}, map[string]store.Event{}, nil, nil}
	w.addClaims()
	w.addBriefing()
	w.addOthers()
	w.addEvents()
	w.articles = []store.Article{{ID: "a-xinhua", Title: "China urges US to stop smearing", Outlet: "Xinhua", URL: "https://xinhua.example/1015", Published: day("2024-10-15"), FirstSeen: utc("2024-10-15 01:20"), Edits: 1,
		OriginBy: "credited to Xinhua", Findings: []string{"3 reported speeches, 2 of them on cyber attribution"},
		Mentions: []store.Mention{{Words: "is in fact an international ransomware group", Rule: "cue-after", Statement: "S1", Decision: []string{"new statement S1"}}, {Words: "taken out later", Statement: "S2", Gone: true}}}}
	w.trail = []store.Change{
		{N: 1, At: utc("2024-10-15 08:00"), By: "slack:U1", Action: store.Linked, Record: "S1", Note: "denies C1"},
		{N: 2, At: utc("2024-10-16 09:30"), Action: store.Lapsed, Record: "C9"},
	}
	return w
}

func (w world) addClaims() {
	for _, c := range []claim.Claim{
		{ID: "C1", Text: "Volt Typhoon is run by the Chinese state.", Actors: []statement.Actor{voltTyphoon}, Relation: claim.Behind, Accused: []statement.Party{china}, Status: claim.Contested},
		{ID: "C2", Text: "Volt Typhoon is an international ransomware group.", Status: claim.Open},
		{ID: "C3", Text: "US agencies plant foreign-language strings in malware to frame others.", Relation: claim.Frames, Accused: []statement.Party{usa}, Status: claim.Open, Proposed: true},
		{ID: "C4", Text: "Integrity Technology Group supports Flax Typhoon.", Relation: claim.Enables, Status: claim.Open, Proposed: true},
		{ID: "C5", Text: "The Russian military is behind the attack on Viasat.", Relation: claim.Behind, Accused: []statement.Party{russia}, Status: claim.Open},
	} {
		w.claims[c.ID] = c
	}
	w.positions["C1"] = []store.Position{
		{Party: "Microsoft", Country: "US", Claim: "C1", Standing: claim.Repeats, Stance: statement.Attribute, Since: day("2023-05-24"), Statement: "S10", Count: 3},
		{Party: "United States", Country: "US", Claim: "C1", Standing: claim.Repeats, Stance: statement.Attribute, Since: day("2023-05-24"), Statement: "S11", Count: 5},
		{Party: "Australia", Country: "AU", Claim: "C1", Standing: claim.Repeats, Stance: statement.Attribute, Since: day("2023-05-24"), Statement: "S11", Count: 2},
		{Party: "United States (unnamed)", Country: "US", Claim: "C1", Standing: claim.Repeats, Stance: statement.Attribute, Since: day("2023-05-26"), Statement: "S10", Count: 2},
		{Party: "Japan", Country: "JP", Claim: "C1", Standing: claim.Hedges, Stance: statement.Doubt, Since: day("2023-06"), Statement: "S4", Count: 1,
			Before: []store.Position{{Party: "Japan", Standing: claim.Repeats, Since: day("2023-05-30"), Count: 1}}},
		{Party: "China", Country: "CN", Claim: "C1", Standing: claim.Denies, Stance: statement.Rebut, Since: day("2023-05-25"), Statement: "S12", Count: 7},
	}
	w.positions["C3"] = []store.Position{{Party: "China", Country: "CN", Claim: "C3", Standing: claim.Repeats, Stance: statement.CounterAccuse, Since: day("2024-10-14"), Statement: "S3", Count: 1}}
	w.positions["C5"] = []store.Position{
		{Party: "European Union", Country: "EU", Claim: "C5", Standing: claim.Repeats, Stance: statement.Condemn, Since: day("2022-05-10"), Statement: "S20", Count: 1,
			Before: []store.Position{{Party: "European Union", Standing: claim.Hedges, Stance: statement.Doubt, Since: day("2022-03"), Count: 1}}},
	}
}

func (w world) put(id store.StatementID, s statement.Statement, links []store.Link, apps ...store.Appearance) {
	w.statements[id] = store.Statement{ID: id, Said: s, Links: links, Appearances: apps}
}

func (w world) addBriefing() {
	xinhua := in("Xinhua", "o1", "https://xinhua.example/1015")
	star := in("Star Soft", "o1", "https://star.example/2024/mao?x=1&y=2")
	brief := statement.Statement{Speaker: maoNing, Said: day("2024-10-14"), Venue: "daily press briefing"}

	s := brief
	s.Stance, s.Type, s.Words = statement.Rebut, statement.Indirect, "China has already released two reports revealing that the so-called \"Volt Typhoon\" is in fact an international ransomware group"
	s.Accused, s.Actors = []statement.Party{china}, []statement.Actor{{ID: "volt-typhoon", Name: "Volt Typhoon", As: "Volta Typhoon"}}
	w.put("S1", s, []store.Link{to("C1", claim.Denies)}, xinhua, star)

	s = brief
	s.Stance, s.Type, s.Words = statement.Alternative, statement.Indirect, "the so-called \"Volt Typhoon\" is in fact an international ransomware group"
	w.put("S2", s, []store.Link{to("C2", claim.Repeats)}, xinhua)

	s = brief
	s.Stance, s.Type, s.Words = statement.CounterAccuse, statement.Indirect, "It inserted strings in other languages, such as Chinese, to mislead traceability attribution analysis and frame other countries"
	s.Accused = []statement.Party{usa}
	w.put("S3", s, []store.Link{to("C3", claim.Repeats)}, xinhua, star)
	w.stories["Y1"] = store.Story{ID: "Y1", Claim: "C1", Statements: []store.StatementID{"S1", "S2", "S3"}}
	w.stories["Y2"] = store.Story{ID: "Y2", Claim: "C1", Statements: []store.StatementID{"S10", "S12", "S4", "S11"}, Before: "Y1"}
}

func (w world) addOthers() {
	wire := in("Reuters", "o2", "https://reuters.example/volt")
	w.put("S10", statement.Statement{Speaker: microsoft, Stance: statement.Attribute, Type: statement.Direct, Said: day("2023-05-24"), Certainty: "moderate confidence",
		Words:   "“Volt Typhoon, a state-sponsored actor based in China that typically focuses on espionage”",
		Accused: []statement.Party{china}, Actors: []statement.Actor{voltTyphoon}}, []store.Link{to("C1", claim.Repeats)}, wire)
	w.put("S11", statement.Statement{Speaker: cisa, With: []statement.Speaker{nsa, fbi, asd, ncsc}, Stance: statement.Attribute, Type: statement.Indirect, Said: day("2023-05-24"), Venue: "joint advisory",
		Words: "the cluster of activity is associated with a People's Republic of China state-sponsored cyber actor", Accused: []statement.Party{china}, Actors: []statement.Actor{voltTyphoon}},
		[]store.Link{to("C1", claim.Repeats)}, wire, in("BBC", "o3", "https://bbc.example/1"), in("AP", "o4", ""))
	w.put("S12", statement.Statement{Speaker: maoNing, Stance: statement.Rebut, Type: statement.Direct, Said: day("2023-05-25"), Venue: "daily press briefing", Words: "a collective disinformation campaign", Accused: []statement.Party{china}},
		[]store.Link{to("C1", claim.Denies)}, wire)
	w.put("S4", statement.Statement{Speaker: diplomats, Stance: statement.Rebut, Type: statement.Mixed, Words: "the allegations \"lack evidence\"", Accused: []statement.Party{china}},
		[]store.Link{to("C1", claim.Denies)}, in("China Daily", "o5", "https://chinadaily.example/a"))
	w.put("S5", statement.Statement{Speaker: shenYi, Stance: statement.Rebut, Type: statement.Direct, Said: day("2024-11"), Words: "fabricating facts using false and inaccurate information", Accused: []statement.Party{china}},
		nil, in("China Daily", "o5", "https://chinadaily.example/a"))
	w.put("S20", statement.Statement{Speaker: eu, Stance: statement.Condemn, Type: statement.Direct, Said: day("2022-05-10"), Words: "the malicious cyber activity conducted by the Russian Federation against Ukraine, which targeted the satellite network KA-SAT", Accused: []statement.Party{russia}},
		[]store.Link{to("C5", claim.Repeats)}, wire)
	w.put("S21", statement.Statement{Speaker: treasury, Stance: statement.Sanction, Type: statement.Indirect, Said: day("2025-01-03"), Words: "Integrity Technology Group played a role in incidents attributed to Flax Typhoon"},
		[]store.Link{to("C4", claim.Repeats)}, wire)
	evil := "<!channel> @room [login](https://evil.example) \u202Eevil\n> forged quote *bold* <script>"
	w.put("S66", statement.Statement{Speaker: statement.Speaker{Kind: statement.Person, Name: evil, Role: evil, Organisation: evil}, Stance: statement.Accuse, Type: statement.Direct, Words: strings.Repeat(evil, 20), Venue: evil,
		Accused: []statement.Party{{Name: evil}}, Actors: []statement.Actor{{Name: evil, As: "javascript:alert(1)"}}, Certainty: evil},
		[]store.Link{to("C1", claim.Repeats)}, in(evil, "o9", "javascript:alert(1)"))
	w.stories["Y3"] = store.Story{ID: "Y3", Claim: "C4", Statements: []store.StatementID{"S21"}}
	w.stories["Y4"] = store.Story{ID: "Y4", Claim: "C5", Statements: []store.StatementID{"S20"}}
	w.stories["Y5"] = store.Story{ID: "Y5", Statements: []store.StatementID{"S5"}}
	w.stories["Y6"] = store.Story{ID: "Y6", Claim: "C1", Statements: []store.StatementID{"S66"}}
	w.stories["Y7"] = store.Story{ID: "Y7", Claim: "C1", Statements: []store.StatementID{"S11"}}
}

func (w world) addEvents() {
	for name, e := range map[string]store.Event{
		"denial":    {Kind: store.FirstDenial, Statement: "S1", Claim: "C1", Story: "Y1", Party: "China"},
		"repeat":    {Kind: store.Repeated, Statement: "S1", Claim: "C1", Story: "Y1"},
		"repeat2":   {Kind: store.Repeated, Statement: "S12", Claim: "C1", Story: "Y2"},
		"proposal":  {Kind: store.NewClaim, Statement: "S3", Claim: "C3", Story: "Y1"},
		"sanction":  {Kind: store.NewClaim, Statement: "S21", Claim: "C4", Story: "Y3"},
		"byhand":    {Kind: store.NewClaim, Claim: "C2"},
		"voice":     {Kind: store.NewAssertion, Statement: "S11", Claim: "C1", Story: "Y2", Party: "United States"},
		"star":      {Kind: store.NewAppearance, Statement: "S1", Claim: "C1", Article: "a-star-soft"},
		"star3":     {Kind: store.NewAppearance, Statement: "S3", Claim: "C3", Article: "a-star-soft"},
		"bbc":       {Kind: store.NewAppearance, Statement: "S11", Claim: "C1", Article: "a-bbc"},
		"change":    {Kind: store.PositionChanged, Statement: "S20", Claim: "C5", Party: "European Union"},
		"edited":    {Kind: store.ArticleEdited, Statement: "S1", Article: "a-xinhua", Note: "“never” became “hardly ever”."},
		"withdrawn": {Kind: store.ArticleWithdrawn, Statement: "S1", Article: "a-xinhua"},
		"curated":   {Kind: store.ClaimCurated, Claim: "C3", Note: "confirmed by ana"},
		"unmatched": {Kind: store.Unmatched, Statement: "S5", Story: "Y5"},
		"unsure":    {Kind: store.NewClaim, Statement: "S4", Claim: "C1", Review: true},
	} {
		w.events[name] = e
	}
}
