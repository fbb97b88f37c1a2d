package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// positions maps a key's path, such as "source[3].zone", to its line from 1.
type positions map[string]int

// locate finds the line of every key and table of a TOML document. It reads as
// far as the document is well formed.
func locate(data []byte) positions {
	lines := positions{}
	counts := map[string]int{}
	prefix := ""
	p := unstable.Parser{}
	p.Reset(data)
	for p.NextExpression() {
		node := p.Expression()
		path, line := pathOf(&p, node)
		switch node.Kind {
		case unstable.Table:
			prefix = path
			lines[prefix] = line
		case unstable.ArrayTable:
			prefix = fmt.Sprintf("%s[%d]", path, counts[path])
			counts[path]++
			lines[prefix] = line
		case unstable.KeyValue:
			lines[join(prefix, path)] = line
		}
	}
	return lines
}

func pathOf(p *unstable.Parser, node *unstable.Node) (path string, line int) {
	keys := node.Key()
	for keys.Next() {
		key := keys.Node()
		path = join(path, string(key.Data))
		if line == 0 && key.Raw.Length > 0 {
			line = p.Shape(key.Raw).Start.Line
		}
	}
	return path, line
}

func join(prefix, key string) string {
	if prefix == "" {
		return key
	}
	return prefix + "." + key
}

// of is the line of a key, else of its table, else 0.
func (p positions) of(path string) int {
	for path != "" {
		if line, ok := p[path]; ok {
			return line
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return 0
		}
		path = path[:cut]
	}
	return 0
}

// unknownKey tells of a key that the configuration does not have, and which one
// it resembles.
func unknownKey(file string, e *toml.DecodeError) fault {
	row, _ := e.Position()
	key := e.Key()
	name := strings.Join(key, ".")
	known := keysAt(key)
	f := fault{File: file, Line: row, Text: fmt.Sprintf("unknown key %q", name)}
	if best := closest(key[len(key)-1], known); best != "" {
		f.Mend = fmt.Sprintf("did you mean %q?", best)
	} else if len(known) > 0 {
		f.Mend = "known here: " + strings.Join(known, ", ")
	}
	return f
}

// keysAt lists the keys that the table holding key has.
func keysAt(key toml.Key) []string {
	t := reflect.TypeFor[Config]()
	for _, part := range key[:len(key)-1] {
		f, ok := fieldOf(t, part)
		if !ok {
			return nil
		}
		for t = f.Type; t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer; {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return nil
		}
	}
	var keys []string
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("toml"); tag != "" {
			keys = append(keys, tag)
		}
	}
	return keys
}

func fieldOf(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("toml") == key {
			return t.Field(i), true
		}
	}
	return reflect.StructField{}, false
}

// textOf says what is wrong without the decoder's own names.
func textOf(e *toml.DecodeError) string {
	text := strings.TrimPrefix(e.Error(), "toml: ")
	if kind, ok := strings.CutPrefix(text, "cannot decode TOML "); ok && len(e.Key()) > 0 {
		kind, _, _ = strings.Cut(kind, " ")
		return fmt.Sprintf("%s does not take a value of the kind %q", strings.Join(e.Key(), "."), kind)
	}
	return text
}

// mendOf says what to write instead of a value of the wrong kind.
func mendOf(e *toml.DecodeError) string {
	if len(e.Key()) == 0 {
		return ""
	}
	t, ok := typeAt(e.Key())
	if !ok {
		return ""
	}
	name := e.Key()[len(e.Key())-1]
	switch {
	case t == reflect.TypeFor[duration]():
		return fmt.Sprintf(`write a time span such as %s = "30m", "6h" or "7d"`, name)
	case t.Kind() == reflect.String:
		return fmt.Sprintf(`write a text in quotation marks: %s = "..."`, name)
	case t.Kind() == reflect.Bool:
		return fmt.Sprintf("write %s = true or %s = false", name, name)
	case t.Kind() == reflect.Int:
		return fmt.Sprintf("write a whole number: %s = 4", name)
	case t.Kind() == reflect.Slice:
		return fmt.Sprintf(`write a list: %s = ["...", "..."]`, name)
	}
	return ""
}

func typeAt(key toml.Key) (reflect.Type, bool) {
	t := reflect.TypeFor[Config]()
	for _, part := range key {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return nil, false
		}
		f, ok := fieldOf(t, part)
		if !ok {
			return nil, false
		}
		t = f.Type
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t, true
}

// closest is the known word nearest to a mistyped one, "" when none is near.
func closest(word string, known []string) string {
	best, least := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := distance(word, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
