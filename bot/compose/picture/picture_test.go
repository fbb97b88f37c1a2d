package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"testing"
	"time"
)

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

var rows = []Row{
	{"Microsoft", []Mark{{on(2023, 5, 24), Asserts}, {on(2024, 3, 1), Asserts}}},
	{"China", []Mark{{on(2023, 5, 25), Denies}, {on(2024, 7, 8), Counters}, {on(2024, 10, 14), Denies}}},
	{"A university professor with a very long name indeed", []Mark{{on(2024, 10, 20), Open}, {time.Time{}, Open}}},
}

func draw(t testing.TB, title string, rows []Row) image.Image {
	t.Helper()
	data, err := Timeline(title, rows)
	if err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("ATTRIBOT_PICTURE"); path != "" { // to look at it
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// count is the number of pixels of exactly one shape's colour.
func count(img image.Image, s Shape) int {
	n := 0
	want := shapeColors[s]
	for y := top; y < img.Bounds().Dy()-bottom; y++ {
		for x := labelEnd; x < right; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			if uint8(r>>8) == want.R && uint8(g>>8) == want.G && uint8(b>>8) == want.B {
				n++
			}
		}
	}
	return n
}

func TestEveryStatementIsDrawnInItsShape(t *testing.T) {
	t.Parallel()
	img := draw(t, "Volt Typhoon is run by the Chinese state", rows)
	if got := img.Bounds(); got.Dx() != width || got.Dy() != top+3*rowHeight+bottom {
		t.Errorf("the picture measures %v", got)
	}
	for shape, least := range map[Shape]int{Asserts: 2 * 120, Denies: 2 * 45, Counters: 60, Open: 20} {
		if n := count(img, shape); n < least {
			t.Errorf("shape %d covers %d pixels, want at least %d", shape, n, least)
		}
	}
}

func TestOneStatementAlone(t *testing.T) {
	t.Parallel()
	img := draw(t, "One", []Row{{"Japan", []Mark{{on(2024, 1, 1), Asserts}}}})
	if count(img, Asserts) < 120 || count(img, Denies) != 0 {
		t.Error("a single statement is not drawn alone")
	}
}

func TestNoStatementHasADay(t *testing.T) {
	t.Parallel()
	if _, err := Timeline("None", []Row{{"Japan", []Mark{{time.Time{}, Asserts}}}}); err == nil {
		t.Error("a picture of nothing is drawn")
	}
}

func TestTicksHaveRoomForTheirLabels(t *testing.T) {
	t.Parallel()
	for _, days := range []int{1, 3, 12, 40, 100, 300, 800, 2000, 8000, 40000} {
		a := axis{on(2000, 2, 27), on(2000, 2, 27).AddDate(0, 0, days)}
		at, layout := a.marks()
		if len(at) > maxTicks || len(at) == 0 && days > 3 {
			t.Errorf("%d days have %d ticks (%s)", days, len(at), layout)
		}
		for i, x := range at {
			if x.Before(a.from) || x.After(a.to) || i > 0 && a.x(x)-a.x(at[i-1]) < 40 {
				t.Errorf("%d days: tick %s", days, x)
			}
		}
	}
}

func TestManyPartiesAreBounded(t *testing.T) {
	t.Parallel()
	var many []Row
	for i := range 40 {
		many = append(many, Row{fmt.Sprint("Party ", i), []Mark{{on(2024, 1, 1+i%28), Asserts}}})
	}
	if got := draw(t, "Many", many).Bounds().Dy(); got != top+MaxRows*rowHeight+bottom {
		t.Errorf("the picture is %d pixels high", got)
	}
}

func TestStatementsOnOneSpotAreDrawnOnce(t *testing.T) {
	t.Parallel()
	one := []Row{{"A", []Mark{{on(2024, 1, 1), Denies}, {on(2024, 6, 1), Denies}}}}
	many := []Row{{"A", append([]Mark{{on(2024, 1, 1), Denies}}, one[0].Marks...)}}
	if a, b := count(draw(t, "T", one), Denies), count(draw(t, "T", many), Denies); a != b {
		t.Errorf("once more on the same spot changes %d pixels to %d", a, b)
	}
}

func BenchmarkTimeline(b *testing.B) {
	var many []Row
	for i := range MaxRows {
		r := Row{Label: fmt.Sprint("Party ", i)}
		for j := range 20 {
			r.Marks = append(r.Marks, Mark{on(2023, 1, 1+i*7+j*30), Shape(1 + (i+j)%4)})
		}
		many = append(many, r)
	}
	for b.Loop() {
		if _, err := Timeline("Many", many); err != nil {
			b.Fatal(err)
		}
	}
}
