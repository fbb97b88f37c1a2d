package speech

var nouns = map[string]bool{}
