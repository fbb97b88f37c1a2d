package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraphs parts the tokens at line breaks.
func paragraphs(tokens []Token) []Range {
	var out []Range
	for i := range tokens {
		if tokens[i].Flags&Fresh == 0 {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].End = i
		}
		out = append(out, Range{i, len(tokens)})
	}
	return out
}

// longest is the number of tokens at which a sentence is cut, so that no text
// makes what reads sentences slow. The longest real ones have some 200.
const longest = 400

func (d *Document) splitParagraph(p Range) {
	start := p.Start
	if end := d.dateline(p); end > start {
		d.Datelines = append(d.Datelines, len(d.Sentences))
		d.Sentences = append(d.Sentences, Range{start, end})
		start = end
	}
	for i := start; i < p.End; i++ {
		if i-start >= longest {
			d.Sentences = append(d.Sentences, Range{start, i})
			start = i
		}
		if !d.mayEnd(i) {
			continue
		}
		end := d.pastClosers(i+1, p.End)
		if end < p.End && !d.begins(i, end) {
			continue
		}
		d.Sentences = append(d.Sentences, Range{start, end})
		start, i = end, end-1
	}
	if start < p.End {
		d.Sentences = append(d.Sentences, Range{start, p.End})
	}
}

// mayEnd reports whether token i can end a sentence.
func (d *Document) mayEnd(i int) bool {
	t := &d.Tokens[i]
	return t.Kind == Stop || t.Flags&Abbrev != 0
}

// pastClosers skips closing quotation marks and brackets that belong to the
// sentence before them.
func (d *Document) pastClosers(i, end int) int {
	for i < end && d.Tokens[i].Flags&Spaced == 0 && d.closes(i) {
		i++
	}
	return i
}

func (d *Document) closes(i int) bool {
	switch d.Word(i) {
	case "\"", "'", "”", "’", "’’", "»", "›", ")", "]", "」", "』", "）", "''":
		return true
	}
	return false
}

// begins reports whether token next can begin a sentence after the stop i.
func (d *Document) begins(i, next int) bool {
	stop, t := &d.Tokens[i], &d.Tokens[next]
	if stop.Flags&Abbrev != 0 {
		return t.Flags&(Capital|Spaced) == Capital|Spaced && !isTitle[stop.Key] && isStarter[t.Key]
	}
	if wideStop(d.Text[stop.Start:stop.End]) {
		return true
	}
	if t.Flags&Spaced == 0 {
		// "again.The": a blank is missing
		return t.Flags&Capital != 0 && next == i+1 && stop.Start > 0 && asciiClass[d.Text[stop.Start-1]] == letter
	}
	for next < len(d.Tokens) && opens(d.Word(next)) {
		next++
	}
	if next >= len(d.Tokens) {
		return true
	}
	t = &d.Tokens[next]
	return t.Flags&(Capital|Ideo) != 0 || t.Kind == Number || t.Kind == Word && d.caseless(t.Start) || t.Kind == Mark && d.Word(next) != "," || t.Kind == Stop
}

// caseless reports whether the letter at byte i is of a script without capitals,
// such as Arabic, where any word may begin a sentence.
func (d *Document) caseless(i int) bool {
	if d.Text[i] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(d.Text[i:])
	return unicode.Is(unicode.Lo, r)
}

func opens(w string) bool {
	switch w {
	case "\"", "'", "''", "``", "„", "“", "‘", "«", "‹", "(", "[", "「", "『", "（", "-", "--", "—", "–", "•", "*":
		return true
	}
	return false
}

func wideStop(w string) bool {
	return strings.HasSuffix(w, "。") || strings.HasSuffix(w, "！") || strings.HasSuffix(w, "？") || strings.HasSuffix(w, "｡")
}

// datelineReach is the number of tokens in which a dateline must end.
const datelineReach = 24

// dateline is the end of an agency's dateline at the paragraph's start, or the
// start when there is none: "BEIJING, Oct. 14 (Xinhua) --", "WASHINGTON (AP) —",
// "MOSCOW, October 14. /TASS/.".
func (d *Document) dateline(p Range) int {
	if p.Len() < 4 || d.Tokens[p.Start].Flags&Capital == 0 {
		return p.Start
	}
	end := min(p.End, p.Start+datelineReach)
	capitals := d.Tokens[p.Start].Flags&Upper != 0
	for i := p.Start + 1; i < end; i++ {
		switch d.Word(i) {
		case "/":
			if i+2 < end && d.Word(i+2) == "/" {
				return d.pastStop(i+3, end)
			}
			return p.Start
		case ":":
			if capitals && len(d.Sentences) <= 1 && i-p.Start <= 3 && p.Len() > 10 && d.Tokens[p.End-1].Kind == Stop {
				return i + 1 // LONDON: More than twenty ...
			}
			return p.Start
		case ")":
			if d.agency(p.Start, i) && i+1 < p.End && d.Tokens[i+1].Flags&Capital != 0 && (capitals || d.hasMonth(p.Start, i)) {
				return i + 1
			}
		case "--", "—", "–", "-":
			if capitals && i-p.Start <= 12 || i > p.Start && d.Word(i-1) == ")" {
				return d.ifDateline(p.Start, i+1)
			}
			return p.Start
		}
		if t := &d.Tokens[i]; t.Kind == Word && t.Flags&Capital == 0 {
			return p.Start
		}
	}
	return p.Start
}

// agency reports whether the bracket that closes at i holds an agency's name
// and follows a place.
func (d *Document) agency(start, i int) bool {
	words, slash := 0, false
	for k := i - 1; k > start; k-- {
		switch w := d.Word(k); {
		case w == "(":
			return k > start && (words <= 2 || slash)
		case w == "/":
			slash = true
		default:
			words++
		}
	}
	return false
}

// ifDateline asks for an agency in brackets, a date, or a place in capitals
// alone before the dash.
func (d *Document) ifDateline(start, end int) int {
	brackets, caps, words := 0, 0, 0
	for i := start; i < end-1; i++ {
		t := &d.Tokens[i]
		switch {
		case d.Word(i) == "(":
			brackets++
		case t.Kind == Word:
			words++
			if t.Flags&Upper != 0 {
				caps++
			}
		}
	}
	if brackets > 0 || caps == words || words <= 6 && d.hasMonth(start, end) {
		return end
	}
	return start
}

func (d *Document) hasMonth(start, end int) bool {
	for i := start; i < end; i++ {
		if isMonth[d.Tokens[i].Key] {
			return true
		}
	}
	return false
}

func (d *Document) pastStop(i, end int) int {
	if i < end && (d.Tokens[i].Kind == Stop || strings.HasPrefix(d.Word(i), "-")) {
		i++
	}
	return i
}
