package index

import "strings"

// stopWords carry nothing to find a sentence by.
var stopWords = set(`a an the of to in on at by for with from as is are was were be been being am it its this that these
those and or but if then than so such has have had having do does did doing he she they them him his her hers their theirs
we our ours us you your yours i me my mine who whom which what when where why how there here will would can could should
may might must shall also just very too not no nor dont didnt doesnt isnt wasnt arent wont cant couldnt wouldnt im ive
youre theyre hes shes thats whats lets into onto out up about over under again once only own same some any all both each
more most other s t rt via amp don doesn didn isn won`)

// weakWords are stems that speech is full of and that say little: they count
// half in a query.
var weakWords = weak(`going go know think thinking want wanted get getting got make makes made mean really look looking like great good
bad thing things way right lot lots say says said tell told talk talking come coming happen happened ever never even much many well
still back now today actually literally basically believe guy guys folks people person somebody nobody everybody anybody one two
first time times day days put take taking give gave let need try tried keep doing done something nothing everything anything`)

func weak(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[string(stem([]byte(w)))] = true
	}
	return m
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// sameWord joins words that are one in two spellings, or a name's adjective and
// noun; each line's first word stands for the rest. Keys and values are stems.
var sameWord = joined(`
usa american america washington
uk british britain
china chinese prc beijing
russia russian moscow kremlin
iran iranian tehran
korea korean
germany german berlin
france french paris
ukraine ukrainian kyiv kiev
japan japanese tokyo
taiwan taiwanese taipei
israel israeli
india indian
australia australian
canada canadian
mexico mexican
europe european eu
vietnam vietnamese hanoi
pakistan pakistani
percent percentage
government govt gov
organization organisation org
email mail
website site
`)

func joined(lines string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(lines) {
		first := ""
		for _, w := range strings.Fields(line) {
			w = string(stem([]byte(w)))
			if first == "" {
				first = w
			}
			m[w] = first
		}
	}
	return m
}

// classes are the synonyms of the field: each line's words mean about the same
// when one says who did what to whom. The first names the class.
var classes = joined(`
hack hacker cyberattack attack breach intrusion intrude penetrate compromise infiltrate break raid target hit
spy espionage surveillance wiretap eavesdrop monitor intercept listen tap bug snoop
steal rob exfiltrate loot heist
accuse blame allege charge claim attribute link tie trace
deny reject dismiss refute rebut repudiate
behind responsible perpetrate orchestrate mastermind conduct launch direct
fake false fabricate invent hoax bogus disinformation misinformation lie smear slander frame
hide cover disguise conceal
plant insert embed inject implant
ally partner
police cop officer
photo photograph picture image shot snapshot
video footage clip film
kid child minor toddler baby
doctor physician medic
president potus
lawmaker senator congressman congresswoman representative
gun firearm weapon rifle
immigrant immigration migrant refugee alien
job employ employment unemployment worker
tax taxation taxpayer
kill murder slain slay homicide
arrest detain jail imprison
buy purchase acquire
company firm corporation enterprise business
elect election vote voter ballot poll
rise increase grow climb gain jump surge soar rally
fall drop decline decrease slump slip sink tumble plunge
big large huge massive enormous
ban prohibit forbid outlaw bar
approve pass enact adopt sign
study research survey
quit resign
`)
