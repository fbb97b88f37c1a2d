package chattest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"attribot/bot/message"
)

// hostile texts with the word that a person must still be able to read.
var hostileTexts = []struct{ text, reads string }{
	{"<!channel> wake up", "wake up"},
	{"<!here|here> wake up", "wake up"},
	{"<@U0000ADMIN> pay", "pay"},
	{"<#C0000|general> read", "read"},
	{"<!subteam^S0000|@team> read", "read"},
	{"<!date^1392734382^{date}^https://evil.example/|now> when", "when"},
	{"&lt;!channel&gt; escaped", "escaped"},
	{"@room @channel @here @everyone come", "come"},
	{"@admin:example.org come", "come"},
	{"https://matrix.to/#/@admin:example.org pill", "pill"},
	{"<https://evil.example/login|xinhuanet.com> forged", "forged"},
	{"[xinhuanet.com](https://evil.example/login) forged", "forged"},
	{`<a href="https://evil.example/login">xinhuanet.com</a> forged`, "forged"},
	{"<script>alert(1)</script> script", "script"},
	{`<img src="x" onerror="alert(1)"> picture`, "picture"},
	{"<mx-reply>forged reply</mx-reply> reply", "reply"},
	{"</blockquote><h1>FORGED</h1> end", "end"},
	{"*bold* _slanted_ ~struck~ `code` stars", "stars"},
	{"**bold** __slanted__ ~~struck~~ ||spoiler|| stars", "stars"},
	{"```code fence``` fence", "fence"},
	{"# forged heading", "forged heading"},
	{"> forged quote", "forged quote"},
	{"first line\n> second line\n*third* line", "line"},
	{":rotating_light: emoji", "emoji"},
	{"\u202Eesrever\u202C override", "override"},
	{"\x1b[31mred\x1b]8;;https://evil.example\x07 escape", "escape"},
	{"zero\u200Bwidth \U000E0041tag", "tag"},
	{"$(touch /tmp/x) `id` shell", "shell"},
	{"javascript:alert(1) scheme", "scheme"},
}

const sourceURL = "https://source.example/a"

func hostile(t *testing.T, h Harness) {
	for i, c := range hostileTexts {
		t.Run(c.reads+fmt.Sprint(i), func(t *testing.T) { hostileText(t, h, i, c.text, c.reads) })
	}
	t.Run("forged address", func(t *testing.T) { hostileAddress(t, h) })
}

func hostileText(t *testing.T, h Harness, i int, text, reads string) {
	mark := fmt.Sprintf("mark%dx", i)
	out := h.out(fmt.Sprintf("hostile/%d", i), mark+" "+text,
		message.P(message.T(text), message.T(" "), message.L(text, sourceURL)),
		message.Q(message.T(text)),
		message.I(message.T(text)),
		message.C(message.T(text)))
	post(t, h.Network, out)
	s := h.waitShown(t, h.Channel, mark, 1)[0]
	if n := strings.Count(s.Text, reads); n < 6 {
		t.Errorf("%q can be read %d times, want 6 in %q", reads, n, s.Text)
	}
	if len(s.Pings) > 0 {
		t.Errorf("pings %q, raw %s", s.Pings, s.Raw)
	}
	for _, l := range s.Links {
		if l != sourceURL {
			t.Errorf("links to %q, raw %s", l, s.Raw)
		}
	}
	for _, styled := range s.Styled {
		// The bot's own styles cover whole texts; a foreign mark would cover a
		// part and vanish itself.
		for _, part := range []string{"bold", "slanted", "struck", "code", "code fence", "FORGED", "forged heading", "third", "spoiler"} {
			if strings.TrimSpace(styled) == part {
				t.Errorf("foreign text styles %q, raw %s", styled, s.Raw)
			}
		}
	}
	if strings.ContainsAny(s.Text, "\x1b\x07\u202E\u200B") {
		t.Errorf("control characters are shown in %q", s.Text)
	}
}

func hostileAddress(t *testing.T, h Harness) {
	addresses := []string{
		"javascript:alert(1)", "data:text/html,<script>1</script>", "file:///etc/passwd", "slack://open",
		"https://user:secret@evil.example/", "https://", "//evil.example", "https://evil.example/\n<!channel>",
	}
	var blocks []message.Block
	for _, a := range addresses {
		blocks = append(blocks, message.P(message.L("a source", a)))
	}
	post(t, h.Network, h.out("address", "forged addresses", blocks...))
	s := h.waitShown(t, h.Channel, "forged addresses", 1)[0]
	if len(s.Links) > 0 || len(s.Pings) > 0 {
		t.Errorf("links %q, pings %q, want none; raw %s", s.Links, s.Pings, s.Raw)
	}
	if n := strings.Count(s.Text, "a source"); n != len(addresses) {
		t.Errorf("%d of %d link texts can be read", n, len(addresses))
	}
}

func long(t *testing.T, h Harness) {
	const entries = 120
	var blocks []message.Block
	var texts []string
	for i := range entries {
		text := fmt.Sprintf("entry %03d: %send %03d.", i, strings.Repeat("the ministry denies the claim and asks for evidence ", 4), i)
		texts = append(texts, text)
		blocks = append(blocks, message.I(message.T(text)))
	}
	out := h.out("long", "The day's digest", blocks...)
	first := post(t, h.Network, out)
	h.waitShown(t, h.Channel, texts[entries-1], 1)
	shown := h.Shown(t, h.Channel)
	if !slices.ContainsFunc(shown, func(s Shown) bool { return s.ID == first }) {
		t.Errorf("the id %s of the post is not among those shown", first)
	}
	last := -1
	for i, text := range texts {
		at := slices.IndexFunc(shown, func(s Shown) bool { return strings.Contains(s.Text, text) })
		if at < last || at < 0 {
			t.Fatalf("entry %d is torn, lost or out of order (message %d after %d)", i, at, last)
		}
		last = at
	}
	if again := post(t, h.Network, out); again != first {
		t.Errorf("the same key gives ids %s and %s", first, again)
	}
	h.waitShown(t, h.Channel, texts[0], 1)
	h.waitShown(t, h.Channel, texts[entries-1], 1)
}

func scripts(t *testing.T, h Harness) {
	texts := []string{"伏特台风 是勒索组织", "Вольт Тайфун — вымогатели", "فولت تايفون", "وُلت\u200cتایفون", "वोल्ट टाइफून", "“curly” & 'straight' <5% of 1 > 0", "naïve façade 👩‍💻"}
	var blocks []message.Block
	for _, text := range texts {
		blocks = append(blocks, message.Q(message.T(text)))
	}
	post(t, h.Network, h.out("scripts", "letters of every script", blocks...))
	s := h.waitShown(t, h.Channel, "letters of every script", 1)[0]
	for _, text := range texts {
		if !strings.Contains(s.Text, text) {
			t.Errorf("%q is not shown as it is in %q", text, s.Text)
		}
	}
}
