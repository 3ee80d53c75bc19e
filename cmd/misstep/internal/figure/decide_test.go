package figure

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// paying is a decision over two arms that turns at 0.6, along a slope.
func paying(slope float64) *DecideInput {
	in := &DecideInput{Title: "Does the forum pay?", Subtitle: []string{"Two states", Played(200, 12), "seed 1"},
		Finding:  "The forum pays if accountability forgone counts less than 0.60 (0.50 to 0.71) of a misstep.",
		Baseline: "without",
		Varied:   "accountability forgone", Weights: []float64{0, .25, .5, .75, 1}, Turn: &Ranged{.6, .5, .71}, Delta: .05}
	for _, arm := range []string{"with-forum", "with-line"} {
		l := PaysLine{Arm: arm}
		for _, w := range in.Weights {
			l.Values = append(l.Values, Ranged{slope * (w - .6), slope*(w-.6) - .03, slope*(w-.6) + .03})
		}
		in.Lines, slope = append(in.Lines, l), slope/3
	}
	for _, w := range []float64{0, .5, 1} {
		in.Rows = append(in.Rows, PaysRow{Weight: w, Value: .2 * (.55 - w), Half: .03, Low: .1 - w, High: .9 - w,
			Resolved: true, Pays: .4, Costs: .2, Without: .1, With: .06})
	}
	return in
}

// decideInputs are pages full, open and nasty.
func decideInputs() map[string]*DecideInput {
	open, long, flat := paying(-.2), paying(-.2), paying(0)
	open.Turn = nil
	open.Rows[1].Resolved, open.Rows[1].Pays, open.Rows[1].Costs = false, nan, nan
	open.Rows[1].Without, open.Rows[1].With = nan, nan
	open.Lines = open.Lines[:1]
	long.Lines[0].Arm, long.Baseline = strings.Repeat("very-long-name", 5), strings.Repeat("another long name ", 6)
	long.Turn = &Ranged{.99, .95, 1}
	return map[string]*DecideInput{"falling": paying(-.2), "rising": paying(.2), "open": open, "long": long, "flat": flat}
}

// TestDecideTurn: the line, and the mark where it is zero with its interval, stand at their values, and the
// side on which the arm pays is named above the other. Catches an axis that is taken for another.
func TestDecideTurn(t *testing.T) {
	for _, slope := range []float64{-.2, .2} {
		in := paying(slope)
		r, p := newTape()
		(&decide{in}).curves(p, chart.Box(chart.Margin, 20, 548, 260))
		x, y := rulerOf(t, r.ticks(true, quantity), false), rulerOf(t, r.ticks(false, quantity), false)
		zero := r.strokes(4.5)[0].bounds()
		x.close(t, "the lower end", zero.X, .5)
		x.close(t, "the upper end", zero.Right(), .71)
		mark := r.fills(chart.Purple)[0].center()
		x.close(t, "the turn", mark.X, .6)
		if math.Abs(y.value(mark.Y)) > 1e-6 {
			t.Errorf("the turn is at %v", y.value(mark.Y))
		}
		line := r.strokes(2.2)[0].path
		for i, want := range in.Lines[0].Values {
			if got := y.value(line[max(0, 2*i-1)].pts[0].Y); math.Abs(got-want.Value) > 1e-6 {
				t.Errorf("at %v: %v, want %v", in.Weights[i], got, want.Value)
			}
		}
		r.one(t, "0.60 (0.50 to 0.71)")
		if pays, costs := r.one(t, "pays"), r.one(t, "costs"); pays.y > costs.y || (pays.x > costs.x) != (slope < 0) {
			t.Errorf("slope %v: pays at %v, %v, costs at %v, %v", slope, pays.x, pays.y, costs.x, costs.y)
		}
	}
}

// TestDecideFarArm: an arm far off leaves the picture where it crosses its edge, says so, and leaves the line of the
// headline its place.
func TestDecideFarArm(t *testing.T) {
	in := paying(-.2)
	for i, w := range in.Weights {
		in.Lines[1].Values[i] = Ranged{2 - 6*w, 2 - 6*w, 2 - 6*w}
	}
	r, p := newTape()
	d := &decide{in}
	d.curves(p, chart.Box(chart.Margin, 20, 548, 260))
	x, y := rulerOf(t, r.ticks(true, quantity), false), d.levels()
	far := r.strokes(1.3)[0].path
	for i, edge := range []float64{y.Hi, y.Lo} {
		x.close(t, "an edge", far[i*(len(far)-1)].pts[0].X, (2-edge)/6)
	}
	if y.Hi > .4 { // the band ends at 0.15, the other arm at 2
		t.Errorf("the scale reaches to %v", y.Hi)
	}
	r.one(t, "with-line ↓")
}

// TestDecideRows: means and ranges over assumptions stand at their values, and what is not told says so.
func TestDecideRows(t *testing.T) {
	in := decideInputs()["open"]
	r, p := newTape()
	table := (&decide{in}).table()
	table.Draw(p, chart.Box(chart.Margin, 20, 548, table.Height()))
	x := rulerOf(t, r.ticks(true, quantity), false)
	ranges := r.strokes(1.1)
	x.close(t, "the lower end of the first range", ranges[0].bounds().X, .1)
	x.close(t, "its upper end", ranges[0].bounds().Right(), .9)
	if n := len(ranges); n != 6 { // of two rows, each with its ends
		t.Errorf("%d lines", n)
	}
	for i, c := range []color.NRGBA{chart.Help, chart.Unclear, chart.Harm} {
		x.close(t, "a mean", r.fills(c)[0].center().X, in.Rows[i].Value)
	}
	if n := len(r.find("not told")); n != 2 {
		t.Errorf("not told stands %d times", n)
	}
	if n := len(r.find("40, 20")); n != 2 {
		t.Errorf("shares stand %d times", n)
	}
}

// TestDecideAlt: the text has the finding and the benefit at each weight.
func TestDecideAlt(t *testing.T) {
	alt := Decide(paying(-.2)).Alt
	if !strings.HasPrefix(alt, "The forum pays if") ||
		!strings.Contains(alt, "Where accountability forgone counts 0.5 the net benefit is +0.010 (") {
		t.Error(alt)
	}
}
