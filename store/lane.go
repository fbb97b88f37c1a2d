package store

import (
	"bytes"

	"attribot/store/query"
)

// lane walks one prefix of the search index, newest first, some entries at a
// time.
type lane struct {
	at     place
	ok     bool // at holds a place
	v      view
	from   []byte
	to     []byte // before what was read so far
	buffer [][]byte
	skip   int // length of the prefix
}

// laneBuffer is how many entries a lane reads ahead.
const laneBuffer = 64

func newLane(v view, prefix string, q query.Query, from place) *lane {
	l := &lane{v: v, from: []byte(prefix), to: after([]byte(prefix)), skip: len(prefix)}
	if !q.Since.IsZero() {
		l.from = []byte(prefix + openDay(dayKey(q.Since)))
	}
	if !q.Until.IsZero() {
		l.to = after([]byte(prefix + dayKey(q.Until)))
	}
	if behind := numKey(prefix+from.day, from.n); from.day != "" && (l.to == nil || bytes.Compare(behind, l.to) < 0) {
		l.to = behind
	}
	l.step()
	return l
}

// openDay is the first day key of the year: a date that leaves its month or day
// open stands before the days that it can mean.
func openDay(day string) string { return day[:4] + "0000" }

func (l *lane) step() {
	if len(l.buffer) == 0 {
		l.fill()
	}
	if l.ok = len(l.buffer) > 0; !l.ok {
		return
	}
	k := l.buffer[0]
	l.buffer = l.buffer[1:]
	l.at = place{string(k[l.skip : l.skip+8]), tailNumber(k)}
}

func (l *lane) fill() {
	for k := range l.v.r.Descend(l.from, l.to) {
		l.to = k
		if len(k) != l.skip+16 {
			continue
		}
		if l.buffer = append(l.buffer, k); len(l.buffer) == laneBuffer {
			return
		}
	}
}
