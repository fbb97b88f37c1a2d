// Package picture draws a claim's timeline: time across, parties down, and each
// statement as a shape that tells its stance without any colour.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Shape is how a statement stands. Zero is invalid.
type Shape uint8

// The shapes.
const (
	Asserts  Shape = iota + 1 // a filled disc
	Denies                    // a cross
	Counters                  // a triangle
	Open                      // a hollow diamond
)

// Mark is one statement.
type Mark struct {
	At    time.Time // the day it was said, in UTC
	Shape Shape
}

// Row is a party with its statements.
type Row struct {
	Label string
	Marks []Mark
}

// The picture's measures, in pixels.
const (
	width     = 1000
	labelEnd  = 250
	right     = 970
	top       = 84
	rowHeight = 38
	bottom    = 74
	radius    = 7.5
	// MaxRows bounds the parties drawn.
	MaxRows = 14
)

// Colours that people who see colours differently can tell apart (Okabe and Ito,
// 2008).
var (
	paper  = color.RGBA{255, 255, 255, 255}
	ink    = color.RGBA{34, 34, 34, 255}
	faint  = color.RGBA{225, 225, 225, 255}
	grey   = color.RGBA{110, 110, 110, 255}
	blue   = color.RGBA{0, 114, 178, 255}
	orange = color.RGBA{213, 94, 0, 255}
	green  = color.RGBA{0, 130, 100, 255}
)

var shapeColors = map[Shape]color.RGBA{Asserts: blue, Denies: orange, Counters: green, Open: grey}

// shapeWords are the legend.
var shapeWords = []struct {
	shape Shape
	word  string
}{{Asserts, "asserts"}, {Denies, "denies"}, {Counters, "counter-charges"}, {Open, "leaves it open"}}

// Timeline draws the rows beneath a title as a PNG. Statements of an unknown day
// are left out; without any dated statement it fails.
func Timeline(title string, rows []Row) ([]byte, error) {
	rows = rows[:min(len(rows), MaxRows)]
	from, to := bounds(rows)
	if from.IsZero() {
		return nil, fmt.Errorf("draw timeline: no statement has a day")
	}
	p, err := newPage(top + rowHeight*len(rows) + bottom)
	if err != nil {
		return nil, err
	}
	p.text(24, 36, p.bold, ink, p.fit(title, p.bold, width-48))
	a := axis{from, to}
	p.ticks(a, len(rows))
	for i, r := range rows {
		p.row(a, top+rowHeight*i+rowHeight/2, r)
	}
	p.legend(top + rowHeight*len(rows) + bottom - 22)
	var out bytes.Buffer
	if err := png.Encode(&out, p.img); err != nil {
		return nil, fmt.Errorf("draw timeline: %w", err)
	}
	return out.Bytes(), nil
}

// bounds are the first and the last day, with a little room at either side.
func bounds(rows []Row) (from, to time.Time) {
	for _, r := range rows {
		for _, m := range r.Marks {
			if m.At.IsZero() {
				continue
			}
			if from.IsZero() || m.At.Before(from) {
				from = m.At
			}
			if m.At.After(to) {
				to = m.At
			}
		}
	}
	if from.IsZero() {
		return from, to
	}
	room := max(to.Sub(from)/40, 5*24*time.Hour)
	return from.Add(-room), to.Add(room)
}

// axis maps time to pixels.
type axis struct{ from, to time.Time }

func (a axis) x(t time.Time) float64 {
	return labelEnd + float64(t.Sub(a.from))/float64(a.to.Sub(a.from))*(right-labelEnd)
}

// steps between ticks: of them the first is taken that leaves room for labels.
var steps = []struct {
	months int
	days   int
	layout string
}{{0, 1, "2 Jan"}, {0, 7, "2 Jan"}, {1, 0, "Jan 2006"}, {3, 0, "Jan 2006"}, {6, 0, "Jan 2006"}, {12, 0, "2006"}, {24, 0, "2006"}, {60, 0, "2006"}, {120, 0, "2006"}, {240, 0, "2006"}, {600, 0, "2006"}}

// maxTicks is the number of ticks for which the labels have room.
const maxTicks = 9

// ticks gives the times of the ticks with their labels.
func (a axis) marks() (at []time.Time, layout string) {
	for _, s := range steps {
		at = at[:0]
		t := a.begin(s.months, s.days)
		for !t.After(a.to) && len(at) <= maxTicks {
			if !t.Before(a.from) {
				at = append(at, t)
			}
			t = t.AddDate(0, s.months, s.days)
		}
		if layout = s.layout; len(at) <= maxTicks {
			return at, layout
		}
	}
	return at, layout
}

// begin is the round time at or before the axis' beginning.
func (a axis) begin(months, days int) time.Time {
	y, m, d := a.from.Date()
	switch {
	case days == 7:
		back := (int(a.from.Weekday()) + 6) % 7
		return time.Date(y, m, d-back, 0, 0, 0, 0, time.UTC)
	case days > 0:
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	case months < 12:
		return time.Date(y, (m-1)/time.Month(months)*time.Month(months)+1, 1, 0, 0, 0, 0, time.UTC)
	}
	years := months / 12
	return time.Date(y/years*years, 1, 1, 0, 0, 0, 0, time.UTC)
}

// page is the picture being drawn.
type page struct {
	img                  *image.RGBA
	regular, bold, small font.Face
}

func newPage(height int) (*page, error) {
	p := &page{img: image.NewRGBA(image.Rect(0, 0, width, height))}
	for i := range p.img.Pix {
		p.img.Pix[i] = 255
	}
	for _, f := range []struct {
		at   *font.Face
		ttf  []byte
		size float64
	}{{&p.regular, goregular.TTF, 16}, {&p.bold, gobold.TTF, 20}, {&p.small, goregular.TTF, 13}} {
		parsed, err := opentype.Parse(f.ttf)
		if err != nil {
			return nil, fmt.Errorf("draw timeline: read font: %w", err)
		}
		if *f.at, err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: f.size, DPI: 72, Hinting: font.HintingFull}); err != nil {
			return nil, fmt.Errorf("draw timeline: make font: %w", err)
		}
	}
	return p, nil
}

func (p *page) text(x, y int, face font.Face, c color.RGBA, s string) {
	d := font.Drawer{Dst: p.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(s)
}

// fit cuts s at a width in pixels.
func (p *page) fit(s string, face font.Face, room int) string {
	if font.MeasureString(face, s).Ceil() <= room {
		return s
	}
	letters := []rune(s)
	for len(letters) > 1 && font.MeasureString(face, string(letters)+"…").Ceil() > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

func (p *page) ticks(a axis, rows int) {
	at, layout := a.marks()
	for _, t := range at {
		x := int(a.x(t))
		p.rule(x, top-6, x+1, top+rowHeight*rows, faint)
		label := t.Format(layout)
		half := font.MeasureString(p.small, label).Ceil() / 2
		p.text(min(max(x-half, labelEnd-20), right-2*half+20), top-14, p.small, grey, label)
	}
}

func (p *page) rule(x0, y0, x1, y1 int, c color.RGBA) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			p.img.SetRGBA(x, y, c)
		}
	}
}

func (p *page) row(a axis, y int, r Row) {
	label := p.fit(r.Label, p.regular, labelEnd-50)
	p.text(labelEnd-26-font.MeasureString(p.regular, label).Ceil(), y+6, p.regular, ink, label)
	p.rule(labelEnd, y, right, y+1, faint)
	type spot struct {
		shape Shape
		x     int
	}
	drawn := map[spot]bool{} // thousands of statements fall on the same few hundred spots
	for _, m := range r.Marks {
		if m.At.IsZero() {
			continue
		}
		at := spot{m.Shape, int(a.x(m.At))}
		if !drawn[at] {
			drawn[at] = true
			p.shape(m.Shape, float64(at.x), float64(y))
		}
	}
}

func (p *page) legend(y int) {
	x := labelEnd
	for _, l := range shapeWords {
		p.shape(l.shape, float64(x), float64(y-5))
		p.text(x+16, y, p.small, grey, l.word)
		x += 40 + font.MeasureString(p.small, l.word).Ceil()
	}
}
