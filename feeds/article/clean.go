package article

import (
	"strings"
	"unicode/utf8"
)

// junkStarts begin the lines that sites add around an article's words. They
// count in short lines only: a sentence may well begin with "Follow".
var junkStarts = []string{
	"read more", "read also", "read next", "read the full", "read full", "read our", "see also", "also read", "continue reading", "keep reading",
	"more:", "more on this", "more from", "more stories", "related:", "related articles", "related stories", "related topics", "related news", "related posts", "recommended",
	"share this", "share on", "share via", "share:", "share article", "tweet this", "follow us", "follow the author", "find us on", "connect with us", "like us on", "join us on",
	"subscribe", "sign up", "newsletter", "get the latest", "stay up to date", "stay informed", "advertisement", "advertising", "sponsored", "click here", "download our app", "download the app",
	"listen to this", "listen to article", "watch:", "watch now", "photo:", "image:", "image credit", "photo credit", "file photo", "getty images", "(getty images", "copyright", "©", "all rights reserved",
	"print this", "email this", "save article", "comments", "leave a comment", "add a comment", "leave a reply", "report a correction", "report this", "view all posts", "skip to", "back to top", "table of contents",
	"most read", "most popular", "trending", "top stories", "don't miss", "up next", "next article", "previous article", "you may also like", "you might also like", "posted in", "filed under", "tagged", "tags:", "topics:", "cookie", "we use cookies", "enable javascript", "please enable", "loading", "go to comments",
	"weitere artikel", "neueste artikel", "auch interessant", "das könnte", "anzeige", "zur übersicht", "kommentar schreiben", "keine kommentare", "schlagwörter", "artikel teilen", "über den autor", "über die autorin", "mehr zu", "weiterlesen",
	"utilizamos cookies", "publicidad", "le puede interesar", "te puede interesar", "lee también", "lee más", "mira también", "además:", "valora esta", "para comentar", "síguenos", "publicité", "voir aussi", "à voir aussi", "sur le même", "suivez-nous", "czytaj też", "czytaj także", "zobacz też", "reklama", "реклама", "смотрите также",
	"lesen sie auch", "mehr zum thema", "jetzt teilen", "newsletter abonnieren", "lire aussi", "à lire aussi", "partager", "abonnez-vous", "lea también", "lea más", "compartir", "suscríbase", "leia também", "compartilhe", "leggi anche", "condividi",
	"читайте также", "подписывайтесь", "поделиться", "читать далее", "подпишитесь", "по теме", "责任编辑", "编辑：", "相关阅读", "相关新闻", "延伸阅读", "分享到", "扫一扫", "点击", "关注我们", "免责声明", "関連記事", "シェア", "続きを読む", "관련기사", "공유하기", "무단전재",
}

// tails are the words that a cut summary ends with, behind its dots.
var tails = []string{"read more", "continue reading", "read the full story", "weiterlesen", "lire la suite", "leer más", "читать далее", "阅读全文"}

// appeared begins the line that WordPress adds to each item: "The post ...
// appeared first on ...".
var appeared = []string{"appeared first on ", "first appeared on "}

const (
	junkLine  = 110 // letters up to which a line can be furniture
	stubWords = 60  // words up to which a text that ends in dots is only a stub
)

// cleanLines drops the lines that are furniture of the site: share lines,
// links to other articles, requests to subscribe.
func cleanLines(text string) string {
	text = withoutAppeared(text)
	if !strings.Contains(text, "\n") {
		return text
	}
	var b strings.Builder
	before := ""
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || line == before || furniture(line) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		before = line
	}
	return b.String()
}

func furniture(line string) bool {
	if utf8.RuneCountInString(line) > junkLine {
		return false
	}
	lower := strings.ToLower(strings.Trim(line, " >»›→•*|-–—_·[](){}"))
	if lower == "" || buttons(lower) {
		return true
	}
	for _, start := range junkStarts {
		if rest, ok := strings.CutPrefix(lower, start); ok && !wordGoesOn(rest) && !isSentence(line) {
			return true
		}
	}
	return false
}

// wordGoesOn tells that what was cut off ended inside a word: "comments" in
// "commentsection".
func wordGoesOn(rest string) bool {
	return rest != "" && (rest[0] >= 'a' && rest[0] <= 'z')
}

// isSentence tells a sentence of the text from a label: it ends like one and
// quotes or reports somebody.
func isSentence(line string) bool {
	return strings.HasSuffix(line, ".") && strings.Count(line, " ") >= 9 || strings.ContainsAny(line, "“”\"«»„")
}

// shareNames are the words on share buttons and under headlines.
var shareNames = map[string]bool{
	"facebook": true, "twitter": true, "x": true, "linkedin": true, "whatsapp": true, "telegram": true, "reddit": true, "email": true, "e-mail": true,
	"pinterest": true, "vk": true, "weibo": true, "wechat": true, "line": true, "messenger": true, "flipboard": true, "pocket": true, "copy": true, "link": true,
	"share": true, "print": true, "tweet": true, "save": true, "mail": true, "bluesky": true, "mastodon": true, "threads": true, "instagram": true, "youtube": true, "rss": true,
	"teilen": true, "drucken": true, "partager": true, "imprimer": true, "compartir": true, "分享": true, "打印": true,
	"and": true, "or": true, "on": true, "via": true, "this": true, "to": true, "clipboard": true, "menu": true, "home": true, "search": true, "login": true,
}

// buttons tells a line made only of the names on buttons.
func buttons(lower string) bool {
	for word := range strings.FieldsFuncSeq(lower, func(r rune) bool { return strings.ContainsRune(" ,|/·•-:", r) }) {
		if !shareNames[word] {
			return false
		}
	}
	return true
}

// withoutAppeared cuts WordPress's line off the end.
func withoutAppeared(text string) string {
	from := max(0, len(text)-200)
	for _, words := range appeared {
		at := strings.Index(text[from:], words)
		if at < 0 {
			continue
		}
		at += from
		start := strings.LastIndex(text[:at], "\n") + 1
		if post := strings.LastIndex(text[:at], "The post "); post >= start {
			return strings.TrimSpace(text[:post])
		}
	}
	return text
}

// cutTail takes the "[…] Read more" off a summary's end and tells whether
// there was one.
func cutTail(text string) (string, bool) {
	whole := strings.TrimSpace(text)
	cut := strings.TrimRight(whole, " »›→>")
	from := max(0, len(cut)-120)
	end := strings.ToLower(cut[from:])
	for _, words := range tails {
		at := strings.Index(end, words)
		if at < 0 {
			continue
		}
		at += from
		if at < len(cut) && !strings.ContainsAny(cut[at:], ".\n") && startsPhrase(cut, at) {
			cut = strings.TrimRight(cut[:at], " ")
			return strings.TrimRight(trimDots(cut), " "), true
		}
	}
	if trimmed := trimDots(cut); trimmed != cut {
		return strings.TrimRight(trimmed, " "), true
	}
	return whole, false
}

// startsPhrase tells words that stand alone from the end of a sentence.
func startsPhrase(text string, at int) bool {
	before := strings.TrimRight(text[:at], " ")
	return before == "" || endsSentence(before) || strings.HasSuffix(before, "]") || strings.HasSuffix(before, "\n")
}

func trimDots(s string) string {
	for _, dots := range []string{"[…]", "[...]", "(...)", "…", "..."} {
		if cut, ok := strings.CutSuffix(s, dots); ok {
			return cut
		}
	}
	return s
}

const (
	labelLetters = 50 // up to which a line at the end of a page's text can be a label
	labelLines   = 8  // that are taken off
)

// trimEnd takes labels off the end of a page's text: closed comments, buttons,
// the next article's teaser. A line that credits an agency stays.
func trimEnd(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return text
	}
	for range labelLines {
		last := lines[len(lines)-1]
		if len(lines) <= 2 || !isLabel(last) || creditOf([]string{last}) != "" {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// dateLines are the lines at the start of a page's text that may be nothing but
// a date.
const dateLines = 4

// withoutDateLines drops lines above a page's text that are nothing but a date.
func withoutDateLines(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for i, line := range lines {
		if i < dateLines && len(lines) > 2 && len(line) <= labelLetters {
			if _, dated := ParseStamp(strings.ReplaceAll(line, " - ", " "), nil, false); dated {
				continue
			}
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

// isLabel tells a label from a sentence: it is short and does not end as one.
func isLabel(line string) bool {
	if utf8.RuneCountInString(line) > labelLetters || endsSentence(line) && !strings.HasSuffix(line, ":") {
		return false
	}
	script := scriptLang(line) // where a few characters are a sentence
	return script != "zh" && script != "ja"
}
