package bot

import (
	"strings"
	"sync"

	"golang.org/x/text/language"

	"attribot/bot/compose"
	"attribot/feeds/statement"
)

// countryWords are names that people use beside those of CLDR.
var countryWords = map[string]statement.Country{
	"usa": "US", "us": "US", "u.s.": "US", "america": "US", "american": "US", "united states of america": "US", "washington": "US",
	"uk": "GB", "britain": "GB", "great britain": "GB", "british": "GB", "london": "GB",
	"prc": "CN", "chinese": "CN", "beijing": "CN", "russian": "RU", "moscow": "RU", "kremlin": "RU", "russian federation": "RU",
	"dprk": "KP", "north korean": "KP", "pyongyang": "KP", "south korean": "KR", "rok": "KR", "seoul": "KR",
	"iranian": "IR", "tehran": "IR", "eu": "EU", "european union": "EU", "europe": "EU", "israeli": "IL", "ukrainian": "UA", "taiwanese": "TW",
	"indian": "IN", "pakistani": "PK", "vietnamese": "VN", "german": "DE", "french": "FR", "dutch": "NL", "türkiye": "TR", "japanese": "JP",
}

// countryNames are the names of today's countries in lower case, without an
// article.
var countryNames = sync.OnceValue(func() map[string]statement.Country {
	names := map[string]statement.Country{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := statement.Country([]rune{a, b})
			if name := compose.Country(code); current(code) && name != string(code) {
				names[strings.ToLower(strings.TrimPrefix(name, "the "))] = code
			}
		}
	}
	return names
})

// countryOf is the country that words name: a code in capitals, a name, or a word
// for its people; "" for none.
func countryOf(words string) statement.Country {
	name := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(words)), "the ")
	if c, ok := countryWords[name]; ok {
		return c
	}
	if len(words) == 2 && words == strings.ToUpper(words) {
		return countryCode(words)
	}
	return countryNames()[name]
}

// current reports whether a code is one of today: DD and SU are not.
func current(code statement.Country) bool {
	region, err := language.ParseRegion(string(code))
	return code == "EU" || err == nil && region.IsCountry() && region.Canonicalize() == region
}

// countryCode is a code that stands for a country.
func countryCode(code string) statement.Country {
	if name := compose.Country(statement.Country(code)); name != code {
		return statement.Country(code)
	}
	return ""
}
