package lexicon

import "testing"

func TestDump(t *testing.T) {
	text := `Russia-linked APT 28, also known as "Fancy Bear", hacked the U.S. Treasury Department's e-mail in Oct. 2024, Chinese Foreign Ministry spokesperson Mao Ning said. 伏特台风 Volta Typhoon. It has nothing to do with us.`
	for _, it := range Embedded().Scan(text) {
		name := ""
		if it.Entry != nil {
			name = it.Entry.ID + "=" + it.Entry.Name
		}
		t.Logf("%q %x %s", text[it.Start:it.End], it.Class, name)
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		l := newLexicon()
		bb := builder{Lexicon: l}
		for _, t := range tables {
			f, _ := data.ReadFile("data/" + t.file)
			if err := bb.table(t, string(f)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
