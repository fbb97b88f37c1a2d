package speech_test

import (
	"strings"
	"testing"

	"attribot/feeds/extract/quote"
	"attribot/feeds/extract/sentence"
	"attribot/feeds/extract/speech"
)

// pressText is a short article in the manner of an agency, in our own words.
const pressText = `BEIJING, Oct. 14 (Xinhua) -- China on Monday rejected claims by the United States that it was behind a campaign of intrusions into water utilities, calling them groundless.

"There is no evidence for any of this," foreign ministry spokesperson Mao Ning told a daily press briefing. "We urge the U.S. side to stop smearing China."

The remarks came after the Cybersecurity and Infrastructure Security Agency said in a joint advisory that a group known as Volt Typhoon had kept access to some networks for at least five years. Microsoft, which first described the group in May 2023, said it had moderate confidence in its assessment.

According to two people familiar with the matter, officials in Washington are weighing further measures. "We are not going to comment on that," a White House official said, adding that the administration was in touch with its partners.

A spokesman for the utility in Littleton, Massachusetts, John Doe, said that no customer had been affected. He declined to say whether the intruders had been removed.

Mao repeated that Beijing opposes hacking in all its forms. The ministry has accused Washington of spreading disinformation, and it said last year that the advisory was "a collective disinformation campaign".
`

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat(pressText, 40)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		speech.Read(sentence.Split(text))
	}
}

func BenchmarkStages(b *testing.B) {
	text := strings.Repeat(pressText, 40)
	doc := sentence.Split(text)
	regions := quote.Find(doc)
	b.Run("split", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			sentence.Split(text)
		}
	})
	b.Run("quote", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			quote.Find(doc)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			speech.ReadQuoted(doc, regions)
		}
	})
}
