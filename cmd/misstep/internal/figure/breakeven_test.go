package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// line is an effect along a strength that rises through zero at 0.4.
func line() *BreakevenInput {
	in := &BreakevenInput{Subtitle: []string{"Two states", "with against without", Played(200, 12), "seed 1"},
		Outcome: "missteps", Unit: "per 100 cases", Goodness: -1,
		Finding: "The forum lowers missteps unless strength.fragility exceeds 0.4 [0.35, 0.46], 20 % below today's 0.5",
		Axes: []BreakevenAxis{{Label: "strength.fragility", Values: []float64{0, .25, .5, .75, 1}, Today: .5, Low: .05,
			High: .95}}}
	var row []Ranged
	for _, x := range in.Axes[0].Values {
		row = append(row, Ranged{2 * (x - .4), 2*(x-.4) - .2, 2*(x-.4) + .2})
	}
	in.Effects = [][]Ranged{row}
	in.Crossings = []Ranged{{.4, .35, .46}}
	return in
}

// field is an effect over two numbers with its zero along a diagonal.
func field() *BreakevenInput {
	in := line()
	in.Axes = append(in.Axes,
		BreakevenAxis{Label: "China>UK.rate", Unit: "1/y", Values: []float64{1, 3, 6}, Today: 2, Low: .5, High: 8})
	in.Effects, in.Crossings = nil, nil
	for _, y := range in.Axes[1].Values {
		var row []Ranged
		for _, x := range in.Axes[0].Values {
			v := x + y/6 - 1
			row = append(row, Ranged{v, v - .1, v + .1})
		}
		in.Effects = append(in.Effects, row)
	}
	in.Contour = [][4]float64{{0, 6, .5, 3}, {.5, 3, 5. / 6, 1}}
	return in
}

// breakevenInputs are pages full, empty and nasty.
func breakevenInputs() map[string]*BreakevenInput {
	long, none, holes, neither, flat := line(), line(), line(), field(), line()
	long.Finding = strings.Repeat("A very long sentence about many things. ", 12)
	long.Axes[0].Label = strings.Repeat("channels.some-forum.", 9)
	long.Axes[0].Today = 1
	none.Crossings, none.Finding = nil, ""
	none.Axes[0].Today, none.Axes[0].Low, none.Axes[0].High = nan, nan, nan
	holes.Effects[0][1] = Ranged{nan, nan, inf}
	holes.Crossings = []Ranged{{0, 0, .3}, {nan, nan, nan}, {1, .9, 1}}
	neither.Goodness = 0
	for i := range flat.Effects[0] {
		flat.Effects[0][i] = Ranged{}
	}
	flat.Crossings = nil
	return map[string]*BreakevenInput{"line": line(), "field": field(), "long": long, "none": none, "holes": holes,
		"neither": neither, "flat": flat, "empty": {}}
}

// TestBreakevenCurve: points, the zero and its interval stand at their values on the
// axis. Catches an interval in the direction of y.
func TestBreakevenCurve(t *testing.T) {
	in := line()
	r := &tape{}
	aloneCharts()["breakeven line"].on(r)
	x := rulerOf(t, r.ticks(true, quantity), false)
	y := rulerOf(t, r.ticks(false, quantity), false)
	marks := r.fills(chart.Ink)
	if len(marks) != 5 {
		t.Fatalf("%d points", len(marks))
	}
	for i, e := range in.Effects[0] {
		c := marks[i].center()
		x.close(t, "a point", c.X, in.Axes[0].Values[i])
		if got := y.value(c.Y); math.Abs(got-e.Value) > 1e-6 {
			t.Errorf("point %d is at %v, want %v", i, got, e.Value)
		}
	}
	zero := r.strokes(4.5)[0].bounds()
	x.close(t, "the lower end", zero.X, .35)
	x.close(t, "the upper end", zero.Right(), .46)
	if math.Abs(y.value(zero.Y)) > 1e-6 {
		t.Errorf("the zero is at %v", y.value(zero.Y))
	}
	x.close(t, "the crossing", r.fills(chart.Purple)[1].center().X, .4) // below that of the key
	r.one(t, "no effect at 0.40 (0.35 to 0.46)")
	if above, below := r.one(t, "worse"), r.one(t, "better"); above.y > below.y {
		t.Error("worse is below")
	}
}

// TestAssumedMedianIsNamed catches: a line called today, a name that leaves the page.
func TestAssumedMedianIsNamed(t *testing.T) {
	for _, at := range []float64{0, .5, .9, 1} {
		in := line()
		in.Axes[0].Today = at
		r := &tape{}
		p := r.drawn(newBreakeven(in), newInput(&summary.Summary{}, nil))
		a := r.one(t, assumedMedian)
		if a.x < chart.Margin || a.x+p.Width(a.s, chart.Quiet) > chart.PageWidth-chart.Margin {
			t.Errorf("at %v the name goes from %v", at, a.x)
		}
	}
	r := &tape{}
	r.drawn(newBreakeven(field()), newInput(&summary.Summary{}, nil))
	r.one(t, assumedMedian)
	if len(r.find("today")) != 0 {
		t.Error("the key says today")
	}
}

// cellsOf is how many cells have the shade of an effect.
func cellsOf(in *BreakevenInput, shade func(Ranged) color.NRGBA, v Ranged) (n int) {
	for _, row := range in.Effects {
		for _, e := range row {
			if shade(e) == shade(v) {
				n++
			}
		}
	}
	return
}

// TestBreakevenWords: the alternative text has the finding and the ends; what cannot be
// drawn says so.
func TestBreakevenWords(t *testing.T) {
	if alt := Breakeven(line()).Alt; !strings.HasPrefix(alt, "The forum lowers missteps unless") ||
		!strings.Contains(alt, "−0.80 (−1.0 to −0.60) at the lowest and +1.2 (+1.0 to +1.4) at the highest") {
		t.Error(alt)
	}
	for _, name := range []string{"empty"} {
		if alt := Breakeven(breakevenInputs()[name]).Alt; alt != "No effect: nothing was varied, or no case was closed." {
			t.Errorf("%s: %s", name, alt)
		}
	}
	if tab := newBreakeven(field()).numbers; len(tab.rows) != 15 ||
		!slices.Equal(tab.rows[5], []string{"0", "3", "-0.5", "-0.6", "-0.4"}) {
		t.Errorf("%q", tab.rows)
	}
}

// TestBreakevenSides: what is better hangs on the measure. Catches colours by sign.
func TestBreakevenSides(t *testing.T) {
	for goodness, want := range map[int][2]string{-1: {"worse", "better"}, 1: {"better", "worse"},
		0: {"higher", "lower"}} {
		b := &breakeven{&BreakevenInput{Goodness: goodness}}
		if b.side(1).words != want[0] || b.side(-1).words != want[1] {
			t.Errorf("%d: %s above, %s below", goodness, b.side(1).words, b.side(-1).words)
		}
		if goodness != 0 && (b.side(1).color == chart.Help) != (goodness > 0) || b.side(1) == b.side(-1) {
			t.Errorf("%d: %v above, %v below", goodness, b.side(1), b.side(-1))
		}
	}
}

// TestBreakevenField: cells tile the panel, each in the colour of its effect, stronger
// the farther from zero; the line of zero effect and today stand at their values.
func TestBreakevenField(t *testing.T) {
	in := field()
	r := &tape{}
	aloneCharts()["breakeven field"].on(r)
	b := &breakeven{in}
	_, hi := b.extent(false)
	lo, _ := b.extent(false)
	most := max(-lo, hi)
	body := r.strokes(.8, chart.Frame)
	panel := body[slices.IndexFunc(body, func(s shape) bool { return s.ops() == "MLLLZ" })].bounds()
	covered, shade := 0.0, func(e Ranged) color.NRGBA { return b.shade(e, most) }
	for _, row := range in.Effects {
		for _, e := range row {
			for _, s := range r.fills(shade(e)) {
				if q := s.bounds(); q.Bottom() <= panel.Bottom()+1e-9 {
					covered += q.W * q.H / float64(cellsOf(in, shade, e))
				}
			}
		}
	}
	if math.Abs(covered/(panel.W*panel.H)-1) > 1e-9 {
		t.Errorf("cells cover %v of the panel", covered/(panel.W*panel.H))
	}
	x := ruler{reading{panel.X, 0}, reading{panel.Right(), 1}, false}
	y := ruler{reading{panel.Bottom(), 1}, reading{panel.Y, 6}, false}
	for i, s := range r.strokes(2.2, chart.Ink)[1:3] {
		e := s.ends()
		for k, at := range []chart.Point{e[0], e[1]} {
			if math.Abs(x.value(at.X)-in.Contour[i][2*k]) > 1e-6 || math.Abs(y.value(at.Y)-in.Contour[i][2*k+1]) > 1e-6 {
				t.Errorf("the contour goes through (%v, %v)", x.value(at.X), y.value(at.Y))
			}
		}
	}
	now := r.strokes(1.6, chart.Ink)[2].center()
	x.close(t, "today", now.X, .5)
	y.close(t, "today", now.Y, 2)
	if weak, strong := b.shade(Ranged{.1, .1, .1}, 1), b.shade(Ranged{.9, .9, .9}, 1); weak.A >= strong.A {
		t.Errorf("%v and %v", weak, strong)
	}
}

// TestCellsSayTheirSign: over two numbers each cell has its effect in figures where there
// is room, the one below the cross of today excepted, and none where some cell has none.
func TestCellsSayTheirSign(t *testing.T) {
	drawn := func(in *BreakevenInput) string {
		r, p := newTape()
		(&breakeven{in}).drawPlane(p, chart.Box(chart.Margin, 60, 548, 240))
		key := false
		var cells []string
		for _, s := range r.words() {
			if key = key || strings.HasPrefix(s, "effect on"); !key && strings.ContainsAny(s, "+−.") {
				cells = append(cells, s)
			}
		}
		return strings.Join(cells, " ")
	}
	few := field()
	few.Axes[0].Values, few.Axes[1].Values = []float64{0, .5, 1}, []float64{0, 3, 6}
	few.Axes[0].Today, few.Axes[1].Today = .5, 3
	few.Effects = nil
	for _, row := range [][]float64{{-.2, -.1, .3}, {.1, 0.02, .01}, {.2, .25, .31}} {
		var e []Ranged
		for _, v := range row {
			e = append(e, Ranged{v, v, v})
		}
		few.Effects = append(few.Effects, e)
	}
	if got := drawn(few); !strings.Contains(got, "−0.20 −0.10 +0.30 +0.10 +0.01 +0.20 +0.25 +0.31") {
		t.Errorf("cells %q", got)
	}
	many := field()
	many.Axes[0].Values, many.Effects = nil, nil
	for i := range 30 {
		many.Axes[0].Values = append(many.Axes[0].Values, float64(i)/29)
	}
	for range many.Axes[1].Values {
		row := make([]Ranged, 30)
		for i := range row {
			row[i].Value = .125
		}
		many.Effects = append(many.Effects, row)
	}
	if got := drawn(many); strings.Contains(got, "+0.1") {
		t.Errorf("thirty columns: %q", got)
	}
}
