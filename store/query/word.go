package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"attribot/feeds/statement"
)

// Tokens are the words by which texts are compared: runs of letters and digits
// in lower case; in scripts without spaces every character by itself.
func Tokens(s string) []string {
	var tokens []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), isBreak) {
		tokens = append(tokens, parts(word)...)
	}
	return tokens
}

func isBreak(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// parts takes a word of a script without spaces apart.
func parts(word string) []string {
	if !strings.ContainsFunc(word, isUnspaced) {
		return []string{word}
	}
	var out []string
	from := 0
	for i, r := range word {
		if !isUnspaced(r) {
			continue
		}
		if from < i {
			out = append(out, word[from:i])
		}
		from = i + len(string(r))
		out = append(out, word[i:from])
	}
	if from < len(word) {
		out = append(out, word[from:])
	}
	return out
}

func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

func keyByName(name string) (Key, bool) {
	if name == "" {
		return 0, true
	}
	if main, ok := keySynonyms[name]; ok {
		return main, true
	}
	i := slices.Index(keyNames, name)
	return Key(max(i, 0)), i > 0
}

var keySynonyms = map[string]Key{
	"group": Actor, "by": Speaker, "who": Speaker, "from": Speaker, "blames": Accused, "language": Lang, "source": Outlet, "target": Victim,
}

// suggestKey names the nearest key, or all of them.
func suggestKey(name string) string {
	return suggest(name, append(slices.Clone(keyNames[1:]), "since", "until"))
}

// suggest is the sentence that helps on: the nearest word if it is near, else
// all.
func suggest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(strings.ToLower(word), k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("Did you mean %q?", best)
	}
	return "I know " + strings.Join(known, ", ") + "."
}

// distance is how many letters have to be changed, added, left out or swapped
// with their neighbour (optimal string alignment) to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 40 {
		return len(x)
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// stanceSynonyms are what people write for one stance or several.
var stanceSynonyms = map[string][]statement.Stance{
	"denies":     {statement.Deny, statement.Rebut},
	"denied":     {statement.Deny, statement.Rebut},
	"denial":     {statement.Deny, statement.Rebut},
	"rejects":    {statement.Deny, statement.Rebut},
	"accuses":    {statement.Attribute, statement.Accuse, statement.Condemn, statement.Indict},
	"attributes": {statement.Attribute, statement.Confirm},
	"reports":    {statement.Report},
	"confirms":   {statement.Confirm},
	"condemns":   {statement.Condemn},
	"sanctions":  {statement.Sanction},
	"indicts":    {statement.Indict},
	"calls":      {statement.Call},
	"doubts":     {statement.Doubt, statement.NoComment},
	"retracts":   {statement.Retract},
	"counters":   {statement.CounterAccuse, statement.Alternative},
	"claims":     {statement.ClaimResponsibility},
	"asserts":    {statement.Attribute, statement.Accuse, statement.Report, statement.Confirm, statement.Condemn, statement.Sanction, statement.Indict, statement.Call, statement.ClaimResponsibility},
	"opposes":    {statement.Deny, statement.Rebut, statement.Doubt, statement.NoComment, statement.Retract},
}

func stancesOf(value string) []statement.Stance {
	value = strings.ToLower(value)
	for _, s := range statement.Stances() {
		if s.String() == value {
			return []statement.Stance{s}
		}
	}
	return stanceSynonyms[value]
}

func stanceWords() []string {
	var words []string
	for _, s := range statement.Stances() {
		words = append(words, s.String())
	}
	var more []string
	for w := range stanceSynonyms {
		more = append(more, w)
	}
	slices.Sort(more)
	return append(words, more...)
}

// countryAliases are the names that people use beside those of the CLDR.
var countryAliases = map[string]string{
	"uk": "GB", "britain": "GB", "great britain": "GB", "usa": "US", "america": "US", "dprk": "KP", "rok": "KR", "eu": "EU",
	"czech republic": "CZ", "turkey": "TR", "prc": "CN", "holland": "NL",
}

// countryCode reads a country's code or English name; "" for anything else.
func countryCode(value string) string {
	folded := strings.ToLower(value)
	if code, ok := countryAliases[folded]; ok {
		return code
	}
	names := display.English.Regions()
	if len(value) == 2 {
		region, err := language.ParseRegion(value)
		if err != nil || !region.IsCountry() {
			return ""
		}
		return region.String()
	}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			if err == nil && region.IsCountry() && strings.ToLower(names.Name(region)) == folded {
				return region.String()
			}
		}
	}
	return ""
}

// example shows how a key is used.
func example(key string) string {
	switch key {
	case "since", "until":
		return key + ":2024-10-14"
	case "accused", "country", "victim", "speaker":
		return key + ":CN"
	case "stance":
		return "stance:denies"
	case "claim":
		return "claim:C12"
	case "lang":
		return "lang:en"
	}
	return key + `:"Volt Typhoon"`
}
