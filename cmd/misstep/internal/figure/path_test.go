package figure

import (
	"image/color"
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"
	"pgregory.net/rapid"
)

// TestCircleIsRound catches: a control at another distance, a quarter turned round.
func TestCircleIsRound(t *testing.T) {
	p := circle(30, 40, 10)
	from := p[0].pts[0]
	for _, o := range p[1 : len(p)-1] {
		for i := 0.0; i <= 1; i += .05 {
			b := [4]float64{(1 - i) * (1 - i) * (1 - i), 3 * i * (1 - i) * (1 - i), 3 * i * i * (1 - i), i * i * i}
			x := b[0]*from.x + b[1]*o.pts[0].x + b[2]*o.pts[1].x + b[3]*o.pts[2].x
			y := b[0]*from.y + b[1]*o.pts[0].y + b[2]*o.pts[1].y + b[3]*o.pts[2].y
			if r := math.Hypot(x-30, y-40); math.Abs(r-10) > .003 {
				t.Fatalf("a point of the circle is %v from its centre", r)
			}
		}
		from = o.pts[2]
	}
	if from != p[0].pts[0] || p[len(p)-1].kind != 'Z' {
		t.Error("the circle is open")
	}
}

// TestPolygonCorners catches: a corner too many, an angle that turns the other way.
func TestPolygonCorners(t *testing.T) {
	for corners := 3; corners < 9; corners++ {
		pts := shape{path: polygon(5, 6, 4, corners, -quarter)}.ends()
		if len(pts) != corners || !near(pts[0].x, 5) || !near(pts[0].y, 2) { // the first is at the top
			t.Errorf("%d corners: %v", corners, pts)
		}
		side := math.Hypot(pts[0].x-pts[1].x, pts[0].y-pts[1].y)
		for i, q := range pts {
			next := pts[(i+1)%corners]
			if !near(math.Hypot(q.x-5, q.y-6), 4) || !near(math.Hypot(q.x-next.x, q.y-next.y), side) {
				t.Errorf("%d corners: corner %d at %v", corners, i, q)
			}
		}
	}
}

// TestPolylines catches: a line without its move, an empty path that is closed.
func TestPolylines(t *testing.T) {
	pts := []point{{1, 2}, {3, 4}, {5, 6}}
	for _, c := range []struct {
		n      int
		closed bool
		want   string
	}{{0, true, ""}, {0, false, ""}, {1, false, "M"}, {2, false, "ML"}, {3, false, "MLL"}, {3, true, "MLLZ"}} {
		s := shape{path: polyline(pts[:c.n], c.closed)}
		if s.ops() != c.want || len(s.ends()) != c.n {
			t.Errorf("%d points, closed %v: %s", c.n, c.closed, s.ops())
		}
	}
	if b := (shape{path: box(rect{1, 2, 3, 4})}); b.ops() != "MLLLZ" || b.bounds() != (rect{1, 2, 3, 4}) {
		t.Errorf("a box has %s in %v", b.ops(), b.bounds())
	}
}

// TestMarksAreCentred catches: a mark that stands beside its value, one that is twice
// as large as others.
func TestMarksAreCentred(t *testing.T) {
	for m, ops := range map[mark][]string{disc: {"MCCCCZ"}, square: {"MLLLZ"}, diamond: {"MLLLZ"}, triangle: {"MLLZ"}, ring: {"MCCCCZ", "MCCCCZ"}, bar: {"MLLLZ"}} {
		r, p := newTape()
		p.point(50, 70, 3, m, green)
		if len(r.shapes) != len(ops) {
			t.Fatalf("mark %d has %d shapes", m, len(r.shapes))
		}
		for i, s := range r.shapes {
			b := s.bounds()
			if s.ops() != ops[i] || !near(s.center().x, 50) || b.y > 70 || b.bottom() < 70 || b.h < 3 || b.h > 8 {
				t.Errorf("mark %d: %s in %+v", m, s.ops(), b)
			}
		}
		if last := r.shapes[len(ops)-1]; last.color != green {
			t.Errorf("mark %d is %v", m, last.color)
		}
	}
}

// TestWhiskerParts catches: a whisker of no width that has caps, ends exchanged.
func TestWhiskerParts(t *testing.T) {
	for _, c := range []struct {
		low, high, monteLow, monteHigh float64
		want                           int
	}{{10, 20, 12, 14, 4}, {10, 20, 12, 12, 3}, {10, 10, 12, 14, 1}, {10, 10, 12, 12, 0}, {20, 10, 14, 12, 0}} {
		r, p := newTape()
		p.whisker(5, c.low, c.high, c.monteLow, c.monteHigh, blue)
		if len(r.shapes) != c.want {
			t.Errorf("%+v: %d strokes, want %d", c, len(r.shapes), c.want)
		}
		if from, to, ok := flatOf(r.shapes, 1.1); ok && (from != c.low || to != c.high) {
			t.Errorf("%+v: thin from %v to %v", c, from, to)
		}
		if from, to, ok := flatOf(r.shapes, 3.4); ok && (from != c.monteLow || to != c.monteHigh) {
			t.Errorf("%+v: thick from %v to %v", c, from, to)
		}
	}
}

// TestCellsTile catches: a gap on the outside, rows taken for columns.
func TestCellsTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rect{rapid.Float64Range(0, 50).Draw(t, "x"), rapid.Float64Range(0, 50).Draw(t, "y"), 200, 100}
		rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "cols")
		gapX, gapY := rapid.Float64Range(0, 9).Draw(t, "gap x"), rapid.Float64Range(0, 9).Draw(t, "gap y")
		for i := range rows {
			for j := range cols {
				c := r.cell(i, rows, j, cols, gapX, gapY)
				right, below := r.cell(i, rows, j+1, cols, gapX, gapY), r.cell(i+1, rows, j, cols, gapX, gapY)
				if !near(right.x-c.right(), gapX) || !near(below.y-c.bottom(), gapY) {
					t.Fatalf("cells %+v, %+v and %+v", c, right, below)
				}
			}
		}
		first, last := r.cell(0, rows, 0, cols, gapX, gapY), r.cell(rows-1, rows, cols-1, cols, gapX, gapY)
		if first.x != r.x || first.y != r.y || !near(last.right(), r.right()) || !near(last.bottom(), r.bottom()) {
			t.Fatalf("cells from %+v to %+v do not fill %+v", first, last, r)
		}
	})
}

// TestInset catches: margins of other sides, a box that is turned inside out.
func TestInset(t *testing.T) {
	if got := (rect{10, 20, 100, 50}).inset(1, 2, 3, 4); got != (rect{11, 22, 96, 44}) {
		t.Errorf("inset %+v", got)
	}
	if got := (rect{10, 20, 100, 50}).inset(80, 40, 80, 40); got.w != 1 || got.h != 1 {
		t.Errorf("an inset of more than there is leaves %+v", got)
	}
}

// TestTint catches: an opacity that is cut off, a colour that changes.
func TestTint(t *testing.T) {
	for share, want := range map[float64]uint8{0: 0, .5: 128, 1: 255, .16: 41, .45: 115} {
		if got := tint(orange, share); got != (color.NRGBA{orange.R, orange.G, orange.B, want}) {
			t.Errorf("tint of %v is %v", share, got)
		}
	}
}

// TestOutlinesFillTheirText catches: letters at another size, upside down, or all in
// one place.
func TestOutlinesFillTheirText(t *testing.T) {
	var buf sfnt.Buffer
	_, p := newTape()
	for _, bold := range []bool{false, true} {
		for _, text := range []string{"H", "HHHH", "Imperium", "E  H"} {
			for _, size := range []float64{8, 11.5, 40} {
				s := shape{path: faceOf(bold).outline(&buf, text, 100, 200, size)}
				b, w := s.bounds(), p.width(text, style{size: size, bold: bold})
				if b.x < 100 || b.right() > 100+w || b.w < .7*w {
					t.Errorf("%q of %v goes from %v to %v, and is %v wide", text, size, b.x, b.right(), w)
				}
				if high := 200 - b.y; text[0] == 'H' && (math.Abs(high-.688*size) > .02*size || math.Abs(b.bottom()-200) > 1e-9) {
					t.Errorf("%q of %v is %v high", text, size, high)
				}
			}
		}
	}
}
