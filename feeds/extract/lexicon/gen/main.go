// Command gen writes the lexicon's table of threat actors from the facts of
// public tables gathered in JSON. The table is kept in the tree, so that neither
// building nor testing needs the JSON:
//
//	go run ./feeds/extract/lexicon/gen -actors actors.json -translated actors_i18n.json > feeds/extract/lexicon/data/actors.txt
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

// actor is one record of the gathered facts.
type actor struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Country string   `json:"country"`
	Kind    string   `json:"kind"`
}

// facts is the file of gathered facts.
type facts struct {
	Actors    []actor             `json:"actors"`
	Match     map[string]string   `json:"alias_match"`
	Ambiguous map[string][]string `json:"ambiguous"`
}

// translation is one name of an actor in another language or spelling.
type translation struct {
	Name   string `json:"name"`
	Actor  string `json:"actor"`
	Status string `json:"status"`
}

func main() {
	actors := flag.String("actors", "", "the JSON file of actors")
	translated := flag.String("translated", "", "the JSON file of translated names")
	flag.Parse()
	if err := run(*actors, *translated, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(actorsFile, translatedFile string, w io.Writer) error {
	var all facts
	if err := readJSON(actorsFile, &all); err != nil {
		return err
	}
	var names []translation
	if err := readJSON(translatedFile, &names); err != nil {
		return err
	}
	byActor := map[string][]translation{}
	for _, n := range names {
		byActor[n.Actor] = append(byActor[n.Actor], n)
	}
	slices.SortFunc(all.Actors, func(a, b actor) int { return strings.Compare(a.ID, b.ID) })
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# Threat actors: id | country the sources associate with the name | kind | name; other names")
	fmt.Fprintln(out, "# ^ counts only in this case, ~ only where the article is about cyber operations. Written by gen; sources in NOTICE.")
	for _, a := range all.Actors {
		if line := all.line(a, byActor[a.ID]); line != "" {
			fmt.Fprintln(out, line)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read facts: %w", err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read facts %s: %w", path, err)
	}
	return nil
}

// notNames are aliases that the sources list but that name something else in
// news: agencies, companies, armed forces.
var notNames = []string{"CIA", "Alibaba", "PLA Navy", "CNC", "NSA", "Beijing Group", "Animal Farm", "Anonymous", "Lexus", "Popeye", "IntelBroker"}

// line is the table's line of one actor, "" where no usable name is left.
func (f *facts) line(a actor, more []translation) string {
	if strings.HasPrefix(a.Name, "[") {
		return ""
	}
	names := []string{f.flagged(a, cleanName(a.Name))}
	if known := preferred[a.ID]; known != "" {
		names = append([]string{known}, names...)
	}
	for _, alias := range a.Aliases {
		alias = cleanName(alias)
		if len(alias) < 3 || slices.Contains(notNames, alias) || f.belongsElsewhere(a, alias) {
			continue
		}
		names = append(names, f.flagged(a, alias))
	}
	for _, t := range more {
		if t.Status != "AMBIGUOUS" && t.Status != "kept apart by MISP" {
			names = append(names, t.Name)
		}
	}
	return fmt.Sprintf("%s|%s|%s|%s", a.ID, countryOf(a), kindOf(a), strings.Join(dedupe(names), ";"))
}

// belongsElsewhere reports whether the sources give the alias to several actors
// and another one comes first, or bears it as its own name.
func (f *facts) belongsElsewhere(a actor, alias string) bool {
	owners := f.Ambiguous[key(alias)]
	if len(owners) == 0 {
		return false
	}
	for _, other := range f.Actors {
		if slices.Contains(owners, other.ID) && key(other.Name) == key(alias) {
			return other.ID != a.ID
		}
	}
	return owners[0] != a.ID
}

var (
	bracket = regexp.MustCompile(`\s*\([^)]*\)\s*$`)
	suffix  = regexp.MustCompile(`\s+(Ransomware )?(Actors?|Gang|Group|Operators|Affiliates)( & Affiliates)?$`)
	number  = regexp.MustCompile(`^[A-Z]+[-_. ]?[A-Z]?[-_. ]?\d+$`)
)

// cleanName drops the remarks that tables add to names. "LockBit Ransomware
// Actors & Affiliates" is called LockBit.
func cleanName(name string) string {
	name = bracket.ReplaceAllString(name, "")
	if strings.Contains(name, "Ransomware") {
		name = suffix.ReplaceAllString(name, "")
	}
	return strings.TrimSpace(strings.NewReplacer("|", " ", ";", " ").Replace(name))
}

// flagged puts the sign of how a name may match before it.
func (f *facts) flagged(a actor, name string) string {
	switch {
	case number.MatchString(name):
		return name
	case f.Match[name] == "context" || isBrand(name) || slices.Contains(notNames, name):
		return "~" + name
	case f.Match[name] == "cased":
		return "^" + name
	}
	return name
}

// isBrand reports whether a criminal brand's name is an ordinary word.
func isBrand(name string) bool {
	return !strings.Contains(name, " ") && crimeBrands[strings.ToLower(name)]
}

func key(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

func dedupe(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(n string) bool {
		was := seen[n]
		seen[n] = true
		return was
	})
}
