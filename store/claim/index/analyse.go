package index

// Field is a part of a document that counts by its own weight.
type Field uint8

// The fields of a document.
const (
	Text  Field = iota // the sentence itself
	Title              // a headline or short form of it
	Names              // names that belong to it: actors, parties, an operation
	Notes              // whatever else may help to find it
	fields
)

// Doc is a sentence to be found.
type Doc struct {
	ID     string // unique; ties are ordered by its letters, then its number
	Fields [fields]string
	Keys   []string // exact marks, such as "actor:volt-typhoon"; not words
	Day    int32    // its date as days since 1970, 0 for none
}

// Tuning holds the figures of the first step, in thousandths. They were chosen
// by the program store/claim/fit on development data.
type Tuning struct {
	Fields  [fields]int32 // how much an occurrence in each field counts
	K1      int32         // saturation: how fast repeated words stop to count
	B       int32         // how much long documents are held back
	Typical int32         // a typical document's length, in weighted words
	Class   int32         // what a word's synonym class counts beside the word
	Name    int32         // what a name in the query counts more
	Number  int32         // what a number in the query counts more
	Quoted  int32         // what a quoted word in the query counts more
	Fuzzy   int32         // what a word counts that is only spelt alike
	Byline  int32         // what a word counts that only a post's source line has
	Again   int32         // what a word counts that the query repeats
	Weak    int32         // what a word counts that speech is full of
	Depth   int           // how many candidates are looked at closely
}

// DefaultTuning is the tuning of this version.
func DefaultTuning() Tuning {
	return Tuning{
		Fields: [fields]int32{1000, 1000, 1000, 500},
		K1:     1200, B: 530, Typical: 15000,
		Class: 400, Name: 1200, Number: 1200, Quoted: 1100, Fuzzy: 800, Byline: 660, Again: 1200, Weak: 350,
		Depth: 24,
	}
}

// termKind sorts terms by what they are made of.
type termKind uint8

const (
	stemTerm termKind = iota + 1
	numberTerm
	glyphTerm
	classTerm
	keyTerm
)

const (
	keyMark   = "\x01" // before a key, so that it is never a word
	classMark = "\x02" // before a synonym class
	stopMark  = "\x03" // before a stop word
)

// kindOf tells a term's kind by its first byte.
func kindOf(term string) termKind {
	switch c := term[0]; {
	case c == keyMark[0]:
		return keyTerm
	case c == classMark[0]:
		return classTerm
	case c >= '0' && c <= '9':
		return numberTerm
	case c >= 0xe2:
		return glyphTerm
	}
	return stemTerm
}

// Marks in a document's sequence.
const (
	nameBit   = 1 << 31       // a word written as a name
	stopBit   = 1 << 30       // a stop word: there for the order only
	numberBit = 1 << 29       // a number
	gap       = numberBit - 1 // parts the text from the title
)

// normalise gives a token's term, "" for a stop word, and its synonym class.
func normalise(t token, scratch *[]byte) (term, class string) {
	if t.kind != word {
		if english, ok := foreign[string(t.text)]; ok {
			return english, classes[english]
		}
		return string(t.text), ""
	}
	if stopWords[string(t.text)] {
		return "", ""
	}
	*scratch = append((*scratch)[:0], t.text...)
	stemmed := stem(*scratch)
	term = string(stemmed)
	if english, ok := foreign[term]; ok {
		term = english
	}
	if same, ok := sameWord[term]; ok {
		term = same
	}
	return term, classes[term]
}

// Terms gives the terms of a text in order, without stop words, as documents
// and queries are cut into them.
func Terms(text string) []string {
	var terms []string
	var scan scanner
	var mind []byte
	scan.scan(text, func(t token) {
		if t.part {
			return
		}
		if term, _ := normalise(t, &mind); term != "" {
			terms = append(terms, term)
		}
	})
	return terms
}
