// Package extract reads who says that whom is, or is not, responsible for a cyber
// operation out of an article.
//
// A [Reader] walks the article once. The lexicon gives its words and names, the
// sentences come from package sentence, the quotations from package quote. Then,
// sentence by sentence:
//
//   - mentions are the noun phrases that can speak or be accused: "Chinese Foreign
//     Ministry spokesperson Mao Ning", "the ministry", "she" (chunk.go,
//     apposition.go); the people of the article are registered with what it tells
//     of them (people.go);
//   - charges are the places that hold somebody responsible, whoever says so:
//     "China-linked hackers", "was hacked by the GRU", "the group" (charge.go,
//     acting.go);
//   - acts are the cues with their subjects: "said", "rejected", "according to"
//     (act.go, subject.go), a transcript's line, or a sentence that goes on with
//     the speech before it (carry.go);
//   - a scene is one act with the charges in its words; it decides on the stance
//     (stance.go, saying.go, defence.go), and who that is who speaks is resolved last
//     (speaker.go, body.go).
//
// The accused is the one held responsible, also in a denial. A speaker answers
// accusations ("own") where the article holds its country responsible; then its
// words deny, rebut, demand or charge back, else they accuse or attribute. A
// charge without a cue is the outlet's own voice. An article that has no word on
// cyber operations is left after one look; a charge on missiles or tariffs is
// dropped. [Reader.Why] names the reason for everything dropped.
//
// Articles in other languages are read by stems (foreign.go): sentence by sentence
// and without clauses, so that they are found, no more.
//
// # Figures
//
// On the development articles in our own words, 74 of them with 88 statements
// annotated, of which 6 articles hold none:
//
//	ATTRIBOT_BENCH=DIR go test -run TestDevFigures -v ./feeds/extract
//
//	                  found   of those found
//	articles          67/67
//	silent articles    6/6
//	statements        86/88
//	  speaker                 80/86
//	  stance                  81/86
//	  accused                 84/85
//	  actor                   34/37
//
// Articles labelled by a careful reader lie in testdata/world:
//
//	go test -run TestLabelledArticles -v ./feeds/extract
//
// Speed, allocations, and that time is linear in the length:
//
//	go test -run '^$' -bench Read ./feeds/extract
package extract
