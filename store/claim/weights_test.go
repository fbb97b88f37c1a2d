package claim

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnswersMoveTheWeightsInBoundedSteps(t *testing.T) {
	w := DefaultWeights()
	signs := Signs{Always: 1000, SameActor: 1000, Words: 500}
	next, step := w.Next([]Answer{{"C1", false, signs}})
	if next.Version != w.Version+1 || step.From != w.Version || step.To != next.Version {
		t.Errorf("versions %d, step %d-%d", next.Version, step.From, step.To)
	}
	if w.score(&signs) < next.score(&signs) {
		t.Error("a no raised the score")
	}
	for s, change := range step.Change {
		if change > mostPerStep || change < -mostPerStep {
			t.Errorf("%s moved by %d", Sign(s), change)
		}
		if signs[s] == 0 && change != 0 {
			t.Errorf("%s moved without evidence", Sign(s))
		}
	}
}

func TestStepsCanBeTakenBack(t *testing.T) {
	w := DefaultWeights()
	next, step := w.Next([]Answer{{"C1", true, Signs{Always: 1000, Vague: 1000}}})
	back, err := next.Undo(step)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w, back); diff != "" {
		t.Errorf("(- before, + after undoing):\n%s", diff)
	}
	if _, err := w.Undo(step); err == nil {
		t.Error("undoing a step from the wrong version succeeded")
	}
}

func TestManyAnswersStayNearTheDefaults(t *testing.T) {
	w := DefaultWeights()
	for range 100 {
		w, _ = w.Next([]Answer{{"C1", false, Signs{Always: 1000, SameActor: 1000}}, {"C2", false, Signs{Always: 1000, SameActor: 1000, SameVictim: 1000}}})
	}
	base := DefaultWeights()
	for s := range w.Points {
		if d := w.Points[s] - base.Points[s]; d > mostInAll || d < -mostInAll {
			t.Errorf("%s went %d from its default", Sign(s), d)
		}
	}
	if w.Version != 101 {
		t.Errorf("version %d after 100 steps", w.Version)
	}
}

func TestSameAnswersGiveTheSameWeights(t *testing.T) {
	answers := []Answer{{"C1", true, Signs{Always: 1000, Words: 300}}, {"C2", false, Signs{Always: 1000, Words: 700}}}
	a, _ := DefaultWeights().Next(answers)
	b, _ := DefaultWeights().Next(answers)
	if a != b {
		t.Errorf("%v and %v", a, b)
	}
}

func TestWeightsAreWrittenByCode(t *testing.T) {
	want := DefaultWeights()
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Weights
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s came back as %v", b, got)
	}
	if err := json.Unmarshal([]byte(`{"version":1,"points":{"luck":5}}`), &got); err == nil {
		t.Error("an unknown sign was read")
	}
}

func TestLogisticIsSymmetricAndRises(t *testing.T) {
	last := Score(-1)
	for x := int64(-9000); x <= 9000; x += 50 {
		y := logistic(x)
		if y < last || y+logistic(-x) != 1000 {
			t.Fatalf("logistic(%d) = %d, after %d; at the other side %d", x, y, last, logistic(-x))
		}
		last = y
	}
}
