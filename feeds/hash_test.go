package feeds

import "testing"

// Cursors hold these hashes: other values would make every known item new.
func TestHashesStayTheSame(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]uint64{"": 0xf47cdffd9671363d, "a": 0xfb216a6c8eacb031, "tag:example.com,2024:1/2": 0x397991f762ae16ca} {
		if got := hash64(0, in); got != want || got != hash64(0, []byte(in)) {
			t.Errorf("hash64(%q) = %#x, want %#x", in, got, want)
		}
	}
	const want = 0x5a3290d77e2541c7
	for _, text := range []string{"Words, and MORE words: больше слов!", "words and more words\nБольше слов"} {
		if got := hashWords(text); got != want {
			t.Errorf("hashWords(%q) = %#x, want %#x", text, got, want)
		}
	}
	if hashWords("Words, and other words") == want {
		t.Error("other words have the same hash")
	}
}
