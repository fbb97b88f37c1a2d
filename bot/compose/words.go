package compose

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"attribot/bot/message"
	"attribot/feeds/statement"
	"attribot/store/claim"
)

// shortCountries are names that people say shorter than CLDR's.
var shortCountries = map[statement.Country]string{
	"EU": "the European Union", "GB": "the United Kingdom", "US": "the United States", "NL": "the Netherlands",
	"AE": "the United Arab Emirates", "PH": "the Philippines", "CZ": "the Czech Republic", "HK": "Hong Kong", "MO": "Macao",
	"PS": "Palestine", "UN": "the United Nations", "TR": "Turkey",
}

// Country is a country's name in a sentence, with its article: "the United
// States". An unknown code stands as it is.
func Country(c statement.Country) string {
	if name, ok := shortCountries[c]; ok {
		return name
	}
	region, err := language.ParseRegion(string(c))
	if err != nil {
		return string(c)
	}
	if name := display.English.Regions().Name(region); name != "" && name != "Unknown Region" {
		return name
	}
	return string(c)
}

// WithArticle puts the article before a country's name that needs one in a
// sentence; other names stay as they are.
func WithArticle(name string) string {
	for _, with := range shortCountries {
		if strings.TrimPrefix(with, "the ") == name {
			return with
		}
	}
	return name
}

// parties are party names as a sentence has them.
func parties(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = WithArticle(n)
	}
	return out
}

// label is a country's name that stands alone: "United States".
func label(c statement.Country) string { return strings.TrimPrefix(Country(c), "the ") }

// Speaker names a speaker in a headline: "Mao Ning (China)", "Microsoft",
// "“Chinese diplomats”, unnamed,".
func Speaker(s statement.Speaker) string {
	switch s.Kind {
	case statement.State:
		return first(Country(s.Country), WithArticle(first(s.Organisation, s.Name, s.As)), "a speaker")
	case statement.Unnamed:
		return unnamed(s)
	}
	name := first(s.Name, s.Organisation, s.Role, s.As, label(s.Country), "a speaker")
	if s.Kind == statement.Person || s.Name != "" {
		if of := affiliation(s); of != "" && of != name {
			return name + " (" + of + ")"
		}
	}
	return name
}

// affiliation is for whom a person speaks, in a word or two.
func affiliation(s statement.Speaker) string {
	if s.Country != "" && (speaksForState(s) || s.Organisation == "") {
		return label(s.Country)
	}
	return message.Cut(s.Organisation, 40)
}

// speaksForState reports whether a post is one that speaks for a country.
func speaksForState(s statement.Speaker) bool {
	post := strings.ToLower(s.Role + " " + s.Organisation)
	for _, word := range []string{"ministry", "minister", "embassy", "ambassador", "president", "government", "foreign office", "white house", "state department", "kremlin"} {
		if strings.Contains(post, word) {
			return true
		}
	}
	return false
}

func unnamed(s statement.Speaker) string {
	who := first(s.As, s.Role, s.Organisation)
	if who == "" {
		return "unnamed sources"
	}
	return "unnamed speakers (“" + message.Cut(strings.Trim(who, "“”\" "), 40) + "”)"
}

// SpeakerInFull names a speaker with post, organisation and country: "Mao Ning,
// foreign ministry spokesperson, Ministry of Foreign Affairs, China".
func SpeakerInFull(s statement.Speaker) (name, rest string) {
	var parts []string
	switch s.Kind {
	case statement.Unnamed, statement.State:
		name = Speaker(s)
	default:
		name = first(s.Name, s.Organisation, s.Role, s.As, label(s.Country), "a speaker")
	}
	for _, p := range []string{s.Role, s.Organisation, label(s.Country)} {
		if p != "" && !said(parts, p) && !strings.Contains(name, p) && !tells(s.Role, p) && !(p == label(s.Country) && names(name, s.Country)) {
			parts = append(parts, p)
		}
	}
	return name, strings.Join(parts, ", ")
}

// tells reports whether a role says already what the organisation's name would:
// "foreign ministry spokesperson" of the "Ministry of Foreign Affairs".
func tells(role, organisation string) bool {
	return role != organisation && strings.Contains(strings.ToLower(role), "ministry") && strings.Contains(strings.ToLower(organisation), "ministry")
}

// names reports whether an organisation's name begins with its country.
func names(name string, c statement.Country) bool {
	return strings.HasPrefix(name, string(c)+" ") || c == "GB" && strings.HasPrefix(name, "UK ") || c == "US" && strings.HasPrefix(name, "U.S.")
}

func said(parts []string, p string) bool {
	for _, q := range parts {
		if strings.EqualFold(p, q) {
			return true
		}
	}
	return false
}

// Party is for whom a speaker speaks, where positions are told: a country for its
// spokespeople, "China (unnamed)" for unnamed voices of it, else the speaker.
func Party(s statement.Speaker) string {
	switch {
	case s.Kind == statement.Unnamed && s.Country != "":
		return label(s.Country) + " (unnamed)"
	case s.Kind == statement.Unnamed:
		return "unnamed speakers"
	case s.Country != "" && (s.Kind == statement.State || s.Kind == statement.Person && speaksForState(s)):
		return Country(s.Country)
	case s.Kind == statement.Person && s.Organisation != "":
		return s.Organisation
	}
	return Speaker(s)
}

// several reports whether a name stands for several: "Chinese institutions".
func several(name string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	switch last {
	case "media", "police", "people":
		return true
	}
	return last == strings.ToLower(last) && strings.HasSuffix(last, "s") &&
		!strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "us") && !strings.HasSuffix(last, "is")
}

// Speakers names the speakers of a statement, several of a joint one.
func Speakers(s statement.Statement) (names string, plural bool) {
	if len(s.With) == 0 {
		who := Speaker(s.Speaker)
		return who, s.Speaker.Kind == statement.Unnamed || s.Speaker.Name == "" && several(who)
	}
	all := []string{joint(s.Speaker)}
	for _, w := range s.With {
		if n := joint(w); !said(all, n) {
			all = append(all, n)
		}
	}
	return List(all, 4), len(all) > 1
}

func joint(s statement.Speaker) string {
	if s.Kind == statement.Organisation {
		return first(s.Organisation, s.Name, s.As)
	}
	return Speaker(s)
}

// Parties names those held responsible or harmed.
func Parties(all []statement.Party) string {
	var names []string
	for _, p := range all {
		if n := WithArticle(first(p.Name, Country(p.Country))); n != "" && !said(names, n) {
			names = append(names, n)
		}
	}
	return List(names, 4)
}

// Actors names threat actors, each with the article's own word where it differs.
func Actors(all []statement.Actor) string {
	var names []string
	for _, a := range all {
		n := first(a.Name, a.As, string(a.ID))
		if a.As != "" && !strings.EqualFold(a.As, n) {
			n += " (“" + a.As + "”)"
		}
		if !said(names, n) {
			names = append(names, n)
		}
	}
	return List(names, 4)
}

// Date is a civil date as people write it, as precise as it is known: "14
// October 2024", "October 2024", "2024", "14 October", "on an unknown day".
func Date(d statement.Date) string {
	switch {
	case d.IsZero():
		return "an unknown day"
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%s %d", d.Month, d.Year)
	case d.Year == 0:
		return fmt.Sprintf("%d %s", d.Day, d.Month)
	}
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// monthOf is a date to the month, for a history that goes back.
func monthOf(d statement.Date) string {
	d.Day = 0
	return Date(d)
}

// Ordinal is "1st", "2nd", "11th".
func Ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n) + suffix
}

// irregular plurals of the words that are counted.
var irregular = map[string]string{"story": "stories", "country": "countries", "party": "parties", "repeat": "repeats",
	"query": "queries", "reply": "replies", "person": "people", "entry": "entries", "proposal": "proposals",
	"other": "others", "is": "are", "has": "have", "was": "were"}

// Count is "1 outlet", "2 outlets", "no outlets".
func Count(n int, word string) string {
	switch n {
	case 0:
		return "no " + Plural(2, word)
	}
	return fmt.Sprintf("%s %s", thousands(n), Plural(n, word))
}

// Plural is the word for n things; of several words the last is inflected.
func Plural(n int, word string) string {
	if n == 1 {
		return word
	}
	if head, of, ok := strings.Cut(word, " of "); ok {
		return Plural(n, head) + " of " + of
	}
	head, last := "", word
	if i := strings.LastIndexByte(word, ' '); i >= 0 {
		head, last = word[:i+1], word[i+1:]
	}
	if p, ok := irregular[last]; ok {
		return head + p
	}
	if strings.HasSuffix(last, "ch") || strings.HasSuffix(last, "s") {
		return head + last + "es"
	}
	return head + last + "s"
}

// thousands parts a number at every third digit: "100,000".
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// List joins names: "A", "A and B", "A, B and C", and beyond limit "A, B and 3
// others".
func List(names []string, limit int) string {
	if over := len(names) - limit; limit > 0 && over > 0 {
		return strings.Join(names[:limit-1], ", ") + " and " + Count(over+1, "other")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// lowered are the words that lose their capital inside a sentence.
var lowered = map[string]bool{"The": true, "A": true, "An": true, "Some": true, "State": true, "Hackers": true, "Many": true,
	"Two": true, "Three": true, "Several": true, "All": true, "It": true, "Members": true, "Officers": true, "Companies": true}

// Clause is a claim's sentence as it stands after "that".
func Clause(c claim.Claim) string {
	s := strings.TrimSpace(first(c.Text, c.Title, string(c.ID)))
	s = strings.TrimRight(s, ".")
	if word, _, _ := strings.Cut(s, " "); lowered[word] {
		s = strings.ToLower(s[:1]) + s[1:]
	}
	for _, with := range shortCountries {
		if name := strings.TrimPrefix(with, "the "); name != with && strings.HasPrefix(s, name+" ") {
			return "the " + s
		}
	}
	return s
}

// Title is a claim's short name for a list.
func Title(c claim.Claim) string {
	return message.Cut(strings.TrimRight(first(c.Title, c.Text, string(c.ID)), "."), 160)
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	s = capital(strings.TrimSpace(s))
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// capital begins with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:]
}

// first is the first text that is not empty.
func first(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
