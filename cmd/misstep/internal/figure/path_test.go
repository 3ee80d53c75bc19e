package figure

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// TestCirclesAreRound catches: a control at another distance, a quarter that is turned.
func TestCirclesAreRound(t *testing.T) {
	c := &curves{tape: &tape{h: 324}}
	chart.NewPage(c, 324).Point(30, 40, 10, chart.Disc, chart.Ink)
	from := c.path[0].Pos
	for _, q := range c.path[1 : len(c.path)-1] {
		for i := 0.0; i <= 1; i += .05 {
			at := func(of func(vg.Point) vg.Length) float64 {
				j := 1 - i
				return j*j*j*float64(of(from)) + 3*i*j*j*float64(of(q.Control[0])) + 3*i*i*j*float64(of(q.Control[1])) +
					i*i*i*float64(of(q.Pos))
			}
			x, y := at(func(q vg.Point) vg.Length { return q.X }), at(func(q vg.Point) vg.Length { return q.Y })
			if r := math.Hypot(x-30, y-284); math.Abs(r-10) > .003 {
				t.Fatalf("a point of the circle is %v from its centre", r)
			}
		}
		from = q.Pos
	}
}

// curves is a tape that keeps the last filled path as it is.
type curves struct {
	*tape
	path vg.Path
}

func (c *curves) Fill(p vg.Path) { c.path = p }

// TestMarksAreCentred catches: a mark that stands beside its value, one that is twice
// as large as others.
func TestMarksAreCentred(t *testing.T) {
	for m, ops := range map[chart.Mark][]string{chart.Disc: {"MCCCCZ"}, chart.Square: {"MLLLZ"}, chart.Diamond: {"MLLLZ"},
		chart.Triangle: {"MLLZ"}, chart.Ring: {"MCCCCZ", "MCCCCZ"}, chart.Bar: {"MLLLZ"}} {
		r, p := newTape()
		p.Point(50, 70, 3, m, chart.Green)
		if len(r.shapes) != len(ops) {
			t.Fatalf("mark %d has %d shapes", m, len(r.shapes))
		}
		for i, s := range r.shapes {
			b := s.bounds()
			if s.ops() != ops[i] || !near(s.center().X, 50) || b.Y > 70 || b.Bottom() < 70 || b.H < 3 || b.H > 8 {
				t.Errorf("mark %d: %s in %+v", m, s.ops(), b)
			}
		}
		if last := r.shapes[len(ops)-1]; last.color != chart.Green {
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
		p.Whisker(5, c.low, c.high, c.monteLow, c.monteHigh, chart.Blue)
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
		r := chart.Box(rapid.Float64Range(0, 50).Draw(t, "x"), rapid.Float64Range(0, 50).Draw(t, "y"), 200, 100)
		rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "cols")
		gapX, gapY := rapid.Float64Range(0, 9).Draw(t, "gap x"), rapid.Float64Range(0, 9).Draw(t, "gap y")
		for i := range rows {
			for j := range cols {
				c := r.Cell(i, rows, j, cols, gapX, gapY)
				right, below := r.Cell(i, rows, j+1, cols, gapX, gapY), r.Cell(i+1, rows, j, cols, gapX, gapY)
				if !near(right.X-c.Right(), gapX) || !near(below.Y-c.Bottom(), gapY) {
					t.Fatalf("cells %+v, %+v and %+v", c, right, below)
				}
			}
		}
		first, last := r.Cell(0, rows, 0, cols, gapX, gapY), r.Cell(rows-1, rows, cols-1, cols, gapX, gapY)
		if first.X != r.X || first.Y != r.Y || !near(last.Right(), r.Right()) || !near(last.Bottom(), r.Bottom()) {
			t.Fatalf("cells from %+v to %+v do not fill %+v", first, last, r)
		}
	})
}

// TestInset catches: margins of other sides, a box that is turned inside out.
func TestInset(t *testing.T) {
	if got := (chart.Box(10, 20, 100, 50)).Inset(1, 2, 3, 4); got != (chart.Box(11, 22, 96, 44)) {
		t.Errorf("inset %+v", got)
	}
	if got := (chart.Box(10, 20, 100, 50)).Inset(80, 40, 80, 40); got.W != 1 || got.H != 1 {
		t.Errorf("an inset of more than there is leaves %+v", got)
	}
}

// TestTint catches: an opacity that is cut off, a colour that changes.
func TestTint(t *testing.T) {
	for share, want := range map[float64]uint8{0: 0, .5: 128, 1: 255, .16: 41, .45: 115} {
		if got := chart.Tint(chart.Orange,
			share); got != (color.NRGBA{chart.Orange.R, chart.Orange.G, chart.Orange.B, want}) {
			t.Errorf("tint of %v is %v", share, got)
		}
	}
}
