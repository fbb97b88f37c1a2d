package compose

import (
	"slices"

	"attribot/bot/compose/picture"
	"attribot/bot/message"
	"attribot/store"
	"attribot/store/claim"
)

// minDrawn is the number of dated statements below which a picture tells less
// than the text beside it.
const minDrawn = 2

var sideShapes = map[side]picture.Shape{forIt: picture.Asserts, againstIt: picture.Denies, open: picture.Open}

// TimelinePicture draws a claim's timeline as a PNG, parties in the order in which
// they first spoke; where there are too many, those that spoke most. It reports
// false when too few statements have a day.
func TimelinePicture(cl claim.Claim, entries []store.Entry) (message.File, bool, error) {
	rows, drawn := rowsOf(entries)
	if drawn < minDrawn {
		return message.File{}, false, nil
	}
	data, err := picture.Timeline(string(cl.ID)+" "+Title(cl), rows)
	if err != nil {
		return message.File{}, false, err
	}
	return message.File{Name: "timeline-" + string(cl.ID) + ".png", Type: "image/png", Data: data}, true, nil
}

func rowsOf(entries []store.Entry) (rows []picture.Row, drawn int) {
	at := map[string]int{}
	for _, e := range entries {
		if e.Statement.Said.Said.Year == 0 {
			continue
		}
		drawn++
		name := message.Inert(capital(Party(e.Statement.Said.Speaker)))
		i, ok := at[name]
		if !ok {
			i = len(rows)
			at[name] = i
			rows = append(rows, picture.Row{Label: name})
		}
		shape := sideShapes[sideOf(e.Link.Standing)]
		if e.Link.Standing == claim.CountersIt {
			shape = picture.Counters
		}
		rows[i].Marks = append(rows[i].Marks, picture.Mark{At: e.Statement.Said.Said.Time(), Shape: shape})
	}
	return loudest(rows), drawn
}

// loudest keeps the parties that spoke most, in their order.
func loudest(rows []picture.Row) []picture.Row {
	if len(rows) <= picture.MaxRows {
		return rows
	}
	counts := make([]int, len(rows))
	for i, r := range rows {
		counts[i] = len(r.Marks)
	}
	slices.Sort(counts)
	least := counts[len(counts)-picture.MaxRows]
	room := picture.MaxRows
	for _, n := range counts {
		if n > least {
			room--
		}
	}
	return slices.DeleteFunc(rows, func(r picture.Row) bool {
		if len(r.Marks) == least && room > 0 {
			room--
			return false
		}
		return len(r.Marks) <= least
	})
}
