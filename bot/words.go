package bot

import "strings"

// token is one word of a command: a bare word, a quoted text, or key:value with
// or without quotation marks.
type token struct {
	key    string // in lower case; "" for a bare word or quoted text
	value  string
	quoted bool
	raw    string // as it was typed
}

// openers and their closers are the quotation marks that people's keyboards make.
var closers = map[rune]rune{'"': '"', '“': '”', '”': '”', '„': '“', '«': '»'}

// tokens parts a command's words. A quotation mark that is never closed reaches
// to the end.
func tokens(s string) []token {
	var out []token
	rest := strings.TrimSpace(s)
	for rest != "" {
		var t token
		before := rest
		t, rest = nextToken(rest)
		t.raw = before[:len(before)-len(rest)]
		out = append(out, t)
		rest = strings.TrimLeft(rest, " \t\n")
	}
	return out
}

func nextToken(s string) (token, string) {
	if value, rest, ok := quotedText(s); ok {
		return token{value: value, quoted: true}, rest
	}
	end := strings.IndexAny(s, " \t\n")
	if end < 0 {
		end = len(s)
	}
	if key, value, ok := strings.Cut(s[:end], ":"); ok && isKey(key) && !strings.HasPrefix(value, "//") {
		if text, rest, ok := quotedText(s[len(key)+1:]); ok {
			return token{key: strings.ToLower(key), value: text, quoted: true}, rest
		}
		return token{key: strings.ToLower(key), value: value}, s[end:]
	}
	return token{value: s[:end]}, s[end:]
}

// bare is a word in lower case that is neither quoted nor a key's value.
func (t token) bare() string {
	if t.quoted || t.key != "" {
		return ""
	}
	return strings.ToLower(t.value)
}

// joined are tokens as they were typed.
func joined(all []token) string {
	raw := make([]string, len(all))
	for i, t := range all {
		raw[i] = t.raw
	}
	return strings.Join(raw, " ")
}

func isKey(s string) bool {
	for _, r := range s {
		if r < 'A' || r > 'z' || r > 'Z' && r < 'a' {
			return false
		}
	}
	return s != ""
}

// quotedText reads a text in quotation marks at the beginning of s.
func quotedText(s string) (value, rest string, ok bool) {
	for open, closer := range closers {
		body, begins := strings.CutPrefix(s, string(open))
		if !begins {
			continue
		}
		if end := strings.IndexRune(body, closer); end >= 0 {
			return body[:end], body[end+len(string(closer)):], true
		}
		return body, "", true
	}
	return "", s, false
}
