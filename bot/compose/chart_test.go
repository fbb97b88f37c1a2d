package compose

import (
	"fmt"
	"testing"

	"attribot/bot/compose/picture"
	"attribot/feeds/statement"
	"attribot/store"
	"attribot/store/claim"
)

func spokeOn(party string, d string, as claim.Standing) store.Entry {
	return store.Entry{Statement: store.Statement{Said: statement.Statement{Speaker: statement.Speaker{Kind: statement.Organisation, Organisation: party}, Said: day(d)}}, Link: to("C1", as)}
}

func TestPictureOfATimeline(t *testing.T) {
	t.Parallel()
	cl := newWorld().claims["C1"]
	f, drawn, err := TimelinePicture(cl, []store.Entry{spokeOn("A", "2024-01-02", claim.Repeats), spokeOn("B", "2024-02", claim.CountersIt), spokeOn("C", "", claim.Denies)})
	if err != nil || !drawn || f.Name != "timeline-C1.png" || f.Type != "image/png" || len(f.Data) < 1000 {
		t.Errorf("TimelinePicture = %s %s %d bytes, %v, %v", f.Name, f.Type, len(f.Data), drawn, err)
	}
	if _, drawn, err := TimelinePicture(cl, []store.Entry{spokeOn("A", "2024-01-02", claim.Repeats), spokeOn("B", "", claim.Denies)}); drawn || err != nil {
		t.Errorf("a picture of one day is drawn: %v, %v", drawn, err)
	}
}

func TestOfManyPartiesTheLoudestAreDrawn(t *testing.T) {
	t.Parallel()
	var entries []store.Entry
	for i := range 30 {
		for range 1 + i%3 {
			entries = append(entries, spokeOn(fmt.Sprint("Party ", i), "2024-01-02", claim.Denies))
		}
	}
	rows, drawn := rowsOf(entries)
	if len(rows) != picture.MaxRows || drawn != 60 {
		t.Fatalf("%d rows of %d statements", len(rows), drawn)
	}
	threes := 0
	for _, r := range rows {
		if len(r.Marks) == 3 {
			threes++
		}
		if len(r.Marks) < 2 {
			t.Errorf("%s spoke %d times and is drawn", r.Label, len(r.Marks))
		}
	}
	if threes != 10 {
		t.Errorf("%d of the ten that spoke most are drawn", threes)
	}
}
