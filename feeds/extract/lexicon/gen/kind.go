package main

import "strings"

// conventions are the vendors' naming rules that tell a country or a motive
// from the last word of a name: Microsoft's weather and CrowdStrike's animals.
var conventions = map[string]string{
	"typhoon": "CN", "blizzard": "RU", "sandstorm": "IR", "sleet": "KP", "dust": "TR", "cyclone": "VN", "hail": "KR", "rain": "LB",
	"panda": "CN", "bear": "RU", "kitten": "IR", "chollima": "KP", "wolf": "TR", "buffalo": "VN", "leopard": "PK", "tiger": "IN",
	"taurus": "CN", "ursa": "RU", "serpens": "IR", "pisces": "KP",
	"tempest": "crime", "spider": "crime", "libra": "crime", "scorpius": "crime",
}

// crimeBrands are criminal undertakings, mostly of ransomware, that news name by
// their brand.
var crimeBrands = set("akira", "play", "medusa", "qilin", "lockbit", "alphv", "blackcat", "black basta", "cl0p", "clop", "conti", "hive", "royal", "rhysida", "cuba",
	"ransomhub", "ransomhouse", "blackbyte", "blacksuit", "bianlian", "cactus", "everest", "hunters international", "inc ransom", "safepay", "termite", "phobos", "8base",
	"medusalocker", "dragonforce", "funksec", "karakurt", "vice society", "lapsus$", "shinyhunters", "killsec", "stormous", "snatch", "revil", "darkside", "fog", "lynx",
	"nightspire", "sinobi", "the gentlemen", "anubis", "eldorado", "mad liberator", "blacklock", "devman", "nova raas", "ghost", "quantum", "bl00dy", "cicada3301",
	"daixin team", "luna moth", "kairos", "belsen group", "desorden group", "crimson collective", "coinbase cartel", "tridentlocker", "interlock", "warlock",
	"monti", "ragnar locker", "avoslocker", "thedarkoverlord", "fxmsp", "gnosticplayers", "magecart", "gozNym", "intelbroker", "usdod", "gold southfield")

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[strings.ToLower(n)] = true
	}
	return m
}

// countryOf is the country of the sources, else the one that a name's
// convention tells.
func countryOf(a actor) string {
	if a.Country != "" {
		return a.Country
	}
	for _, name := range append([]string{a.Name}, a.Aliases...) {
		words := strings.Fields(strings.ToLower(name))
		if len(words) == 0 {
			continue
		}
		if c := conventions[words[len(words)-1]]; len(words) > 1 && len(c) == 2 {
			return c
		}
	}
	return ""
}

// kindOf is "crime" for criminal brands, "state" for actors whom the sources
// associate with a country, "tracked" for the rest.
func kindOf(a actor) string {
	for _, name := range append([]string{a.Name}, a.Aliases...) {
		if crimeBrands[strings.ToLower(cleanName(name))] || strings.Contains(name, "Ransomware") {
			return "crime"
		}
	}
	if strings.Contains(a.Kind, "Financially") {
		return "tracked"
	}
	if countryOf(a) != "" {
		return "state"
	}
	return "tracked"
}

// preferred are the names that press and governments use for actors whom the
// tables list under another one.
var preferred = map[string]string{"leviathan": "APT40", "zirconium": "APT31"}
