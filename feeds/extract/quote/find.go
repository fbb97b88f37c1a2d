package quote

import "attribot/feeds/extract/sentence"

// Find lists the regions of quotation in text order, an outer one before those
// inside it.
func Find(doc *sentence.Document) []Region {
	return nil
}
