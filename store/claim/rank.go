package claim

import (
	"fmt"

	"attribot/store/claim/index"
)

// Ranked is one stored claim found for a text.
type Ranked struct {
	ID       ID       `json:"claim"`
	Score    int64    `json:"score"` // millionths: how likely it says the same; of different queries to be compared
	Evidence []string `json:"evidence,omitempty"`
}

// Rank finds the top claims that say what a text says, best first, whatever its
// stance.
func (j *Judge) Rank(text string, top int) []Ranked {
	hits := j.index.Search(index.Query{Text: text}, top)
	out := make([]Ranked, len(hits))
	for i := range hits {
		out[i] = Ranked{ID: ID(hits[i].ID), Score: hits[i].Score, Evidence: evidenceWords(&hits[i].Evidence)}
	}
	return out
}

// evidenceWords says what speaks for a claim that was found by words.
func evidenceWords(e *index.Evidence) []string {
	words := []string{fmt.Sprintf("%d%% of the text's words, weighed by rarity", e[index.QueryFound]/10),
		fmt.Sprintf("%d%% of the claim's", e[index.TextFound]/10)}
	if e[index.NamesFound] != 500 {
		words = append(words, fmt.Sprintf("%d%% of the names", e[index.NamesFound]/10))
	}
	if e[index.NumbersFound] > 0 {
		words = append(words, fmt.Sprintf("%d%% of the numbers", e[index.NumbersFound]/10))
	}
	if e[index.Neighbours] > 0 {
		words = append(words, fmt.Sprintf("%d%% of neighbouring words in order", e[index.Neighbours]/10))
	}
	if e[index.NearDay] > 0 {
		words = append(words, "dated close to it")
	}
	return words
}
