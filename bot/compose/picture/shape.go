package picture

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// point is a corner of a shape, in pixels.
type point struct{ x, y float64 }

// shape draws a statement around a point.
func (p *page) shape(s Shape, x, y float64) {
	c := shapeColors[s]
	switch s {
	case Asserts:
		p.fill(c, disc(x, y, radius))
	case Denies:
		p.fill(c, bar(x, y, radius, math.Pi/4), bar(x, y, radius, -math.Pi/4))
	case Counters:
		p.fill(c, polygon(x, y, radius*1.15, 3, -math.Pi/2))
	case Open:
		p.fill(c, polygon(x, y, radius*1.2, 4, 0))
		p.fill(paper, polygon(x, y, radius*0.72, 4, 0))
	}
}

// fill draws closed outlines. Each is drawn by itself: where two cross, both show.
func (p *page) fill(c color.RGBA, outlines ...[]point) {
	for _, o := range outlines {
		box := around(o).Intersect(p.img.Bounds())
		if box.Empty() {
			continue
		}
		at := func(q point) (x, y float32) {
			return float32(q.x) - float32(box.Min.X), float32(q.y) - float32(box.Min.Y)
		}
		r := vector.NewRasterizer(box.Dx(), box.Dy())
		r.MoveTo(at(o[0]))
		for _, q := range o[1:] {
			r.LineTo(at(q))
		}
		r.ClosePath()
		r.Draw(p.img, box, image.NewUniform(c), image.Point{})
	}
}

// around is the box of an outline.
func around(o []point) image.Rectangle {
	box := image.Rect(int(o[0].x), int(o[0].y), int(o[0].x)+1, int(o[0].y)+1)
	for _, q := range o[1:] {
		box = box.Union(image.Rect(int(q.x)-1, int(q.y)-1, int(q.x)+2, int(q.y)+2))
	}
	return box
}

// polygon has n corners around a point, the first at an angle.
func polygon(x, y, r float64, n int, angle float64) []point {
	out := make([]point, n)
	for i := range out {
		a := angle + 2*math.Pi*float64(i)/float64(n)
		out[i] = point{x + r*math.Cos(a), y + r*math.Sin(a)}
	}
	return out
}

func disc(x, y, r float64) []point { return polygon(x, y, r, 32, 0) }

// bar is a thick line of length 2r through a point.
func bar(x, y, r, angle float64) []point {
	const half = 2.0
	dx, dy := math.Cos(angle), math.Sin(angle)
	return []point{
		{x - r*dx - half*dy, y - r*dy + half*dx}, {x + r*dx - half*dy, y + r*dy + half*dx},
		{x + r*dx + half*dy, y + r*dy - half*dx}, {x - r*dx + half*dy, y - r*dy - half*dx},
	}
}
