package lexicon

import "strings"

// irregular verbs: base, past, participle.
var irregular = map[string][2]string{
	"speak": {"spoke", "spoken"},
	"say":   {"said", "said"}, "tell": {"told", "told"}, "steal": {"stole", "stolen"}, "break": {"broke", "broken"}, "get": {"got", "gotten"},
	"put": {"put", "put"}, "hit": {"hit", "hit"}, "lay": {"laid", "laid"}, "hold": {"held", "held"}, "bring": {"brought", "brought"}, "find": {"found", "found"},
	"feel": {"felt", "felt"}, "think": {"thought", "thought"}, "understand": {"understood", "understood"}, "show": {"showed", "shown"}, "fight": {"fought", "fought"},
	"send": {"sent", "sent"}, "go": {"went", "gone"}, "write": {"wrote", "written"}, "run": {"ran", "run"}, "spy": {"spied", "spied"}, "strike": {"struck", "struck"},
	"seek": {"sought", "sought"}, "spread": {"spread", "spread"}, "become": {"became", "become"}, "shoot": {"shot", "shot"},
	"cast": {"cast", "cast"}, "make": {"made", "made"}, "take": {"took", "taken"}, "be": {"was", "been"}, "overhear": {"overheard", "overheard"},
	"knock": {"knocked", "knocked"}, "repeat": {"repeated", "repeated"}, "catch": {"caught", "caught"}, "rebut": {"rebutted", "rebutted"}, "broke": {"broke", "broken"},
	"stand": {"stood", "stood"}, "mean": {"meant", "meant"}, "forget": {"forgot", "forgotten"}, "begin": {"began", "begun"}, "keep": {"kept", "kept"}, "unbundle": {"unbundled", "unbundled"},
}

// doubled verbs double their last letter before -ed and -ing.
var doubled = map[string]bool{"rebut": true, "pin": true, "tap": true, "scan": true, "plant": false, "hit": true, "get": true, "plan": true, "spot": true, "pan": true,
	"rap": true, "run": true, "map": true, "bat": true, "admit": true, "commit": true, "label": true, "wiretap": true, "put": true, "rebuff": false, "dub": true, "rob": true, "trap": true, "bug": true}

type inflected struct {
	text string
	form Form
}

// inflect lists the forms of a verb or of a phrase that begins with one.
func inflect(phrase string) []inflected {
	verb, rest, _ := strings.Cut(phrase, " ")
	if rest != "" {
		rest = " " + rest
	}
	third, gerund := thirdOf(verb), gerundOf(verb)
	if p, ok := irregular[verb]; ok {
		return []inflected{{verb + rest, Base}, {third + rest, Third}, {p[0] + rest, Past}, {p[1] + rest, Participle}, {gerund + rest, Gerund}}
	}
	return []inflected{{verb + rest, Base}, {third + rest, Third}, {pastOf(verb) + rest, Past | Participle}, {gerund + rest, Gerund}}
}

func consonantY(v string) bool {
	return len(v) > 1 && v[len(v)-1] == 'y' && !strings.ContainsRune("aeiou", rune(v[len(v)-2]))
}

func thirdOf(v string) string {
	switch {
	case consonantY(v):
		return v[:len(v)-1] + "ies"
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"), strings.HasSuffix(v, "z"), strings.HasSuffix(v, "o"):
		return v + "es"
	}
	return v + "s"
}

func pastOf(v string) string {
	switch {
	case strings.HasSuffix(v, "e"):
		return v + "d"
	case consonantY(v):
		return v[:len(v)-1] + "ied"
	case doubled[v]:
		return v + v[len(v)-1:] + "ed"
	}
	return v + "ed"
}

func gerundOf(v string) string {
	switch {
	case strings.HasSuffix(v, "ie"):
		return v[:len(v)-2] + "ying"
	case strings.HasSuffix(v, "e") && !strings.HasSuffix(v, "ee") && v != "be":
		return v[:len(v)-1] + "ing"
	case doubled[v]:
		return v + v[len(v)-1:] + "ing"
	}
	return v + "ing"
}
