// Package quote finds the stretches of an article that stand in quotation
// marks.
//
// Curly, straight, single and double marks, guillemets and the brackets of
// Chinese and Japanese are read, also nested. A quotation over several
// paragraphs opens again at each of them and closes at the last; one that is
// never closed ends with its paragraph. Apostrophes are not taken for marks.
// Time is linear in the text's length.
package quote

import "attribot/feeds/statement"

// Region is one quotation within one paragraph.
type Region struct {
	Span   statement.Span // with its marks
	Inner  statement.Span // without them
	First  int            // index of its opening mark's token
	Last   int            // index of its last token: the closing mark, or the paragraph's last
	Level  int            // 0 = outermost
	Single bool           // in single marks
	Closed bool           // has a closing mark
	Joined bool           // goes on from the region before it, which its paragraph left open
}
