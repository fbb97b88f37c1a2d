package speech_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"attribot/feeds/extract/sentence"
	"attribot/feeds/extract/speech"
	"attribot/feeds/statement"
)

// benchDir is the folder of evaluation data, or skips the test.
func benchDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ATTRIBOT_BENCH")
	if dir == "" {
		t.Skip("ATTRIBOT_BENCH is not set: no evaluation data")
	}
	return dir
}

type benchDoc struct{ ID, Text string }

func readDocs(t testing.TB, path string) []benchDoc {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("no evaluation data: %v", err)
	}
	defer f.Close()
	var docs []benchDoc
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d benchDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// prediction is a speech as the scorer reads it.
type prediction struct {
	Doc     string           `json:"doc"`
	Source  *statement.Span  `json:"source"`
	Cue     *statement.Span  `json:"cue"`
	Content []statement.Span `json:"content"`
	Rule    string           `json:"rule"`
	Lemma   string           `json:"lemma"`
	Kind    string           `json:"kind"`
}

func spanOrNil(s statement.Span) *statement.Span {
	if s.Empty() {
		return nil
	}
	return &s
}

func writePredictions(t testing.TB, docs []benchDoc, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := json.NewEncoder(f)
	for _, d := range docs {
		for _, s := range speech.Read(sentence.Split(d.Text)) {
			p := prediction{d.ID, spanOrNil(s.Source), spanOrNil(s.Cue), s.Content, s.Rule, s.Lemma, s.Kind.String()}
			if err := w.Encode(p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type figure struct{ F1, R, ExactF1 float64 }

func (f *figure) UnmarshalJSON(b []byte) error {
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	f.F1, _ = m["f1"].(float64)
	f.R, _ = m["r"].(float64)
	f.ExactF1, _ = m["exact_f1"].(float64)
	return nil
}

// score runs the scorer and returns its figures.
func score(t *testing.T, dir, set, flag string) map[string]figure {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the scorer cannot run")
	}
	tmp := t.TempDir()
	pred, out := filepath.Join(tmp, "pred.jsonl"), filepath.Join(tmp, "out.json")
	data := filepath.Join(dir, "quotes", set)
	writePredictions(t, readDocs(t, filepath.Join(data, "docs.jsonl")), pred)
	cmd := exec.Command(python, filepath.Join(dir, "quotes", "score.py"), data, pred, flag, "--json", out)
	text, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("score %s: %v\n%s", set, err, text)
	}
	t.Logf("%s %s\n%s", set, flag, text)
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	figures := map[string]figure{}
	for k, v := range raw {
		var f figure
		if json.Unmarshal(v, &f) == nil {
			figures[k] = f
		}
	}
	return figures
}

func floor(t *testing.T, what string, got, want float64) {
	t.Helper()
	if 100*got < want {
		t.Errorf("%s = %.1f, below the floor %.1f", what, 100*got, want)
	}
}

func TestFiguresOnDevelopmentData(t *testing.T) {
	dir := benchDir(t)
	t.Run("labels", func(t *testing.T) {
		f := score(t, dir, "polnear/dev", "--cofe")
		floor(t, "content exact F1", f["cofe/content"].ExactF1, 60)
		floor(t, "source exact F1", f["cofe/source"].ExactF1, 70)
		floor(t, "cue exact F1", f["cofe/cue"].ExactF1, 67.5)
	})
	t.Run("speech", func(t *testing.T) {
		f := score(t, dir, "polnear/dev", "--speech")
		floor(t, "content overlap F1", f["content overlap"].F1, 77.8)
		floor(t, "pair overlap F1", f["pair overlap"].F1, 72)
	})
	t.Run("wikinews", func(t *testing.T) {
		f := score(t, dir, "gum-news/dev", "--speech")
		floor(t, "content overlap recall", f["content overlap"].R, 76)
	})
}

// TestWritePredictions leaves the predictions in the folder that
// ATTRIBOT_PREDICTIONS names, for a look at single errors.
func TestWritePredictions(t *testing.T) {
	dir, out := benchDir(t), os.Getenv("ATTRIBOT_PREDICTIONS")
	if out == "" {
		t.Skip("ATTRIBOT_PREDICTIONS is not set")
	}
	for _, set := range []string{"polnear/dev", "gum-news/dev", "polnear/train"} {
		name := fmt.Sprintf("%s.jsonl", filepath.Base(filepath.Dir(set))+"-"+filepath.Base(set))
		writePredictions(t, readDocs(t, filepath.Join(dir, "quotes", set, "docs.jsonl")), filepath.Join(out, name))
	}
}
