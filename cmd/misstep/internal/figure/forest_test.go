package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// ofRow is what is drawn at the height of a text, between two positions; no text and no grid.
func (t *tape) ofRow(text run, from, to float64) []shape {
	y := text.y - chart.Ascent/2
	return t.only(func(s shape) bool {
		c := s.center()
		return s.kind != 't' && math.Abs(c.Y-y) < 1.5 && c.X > from && c.X < to && s.color != chart.Grid &&
			s.color != chart.Frame
	})
}

// flatOf is the flat line of a width among shapes, from end to end.
func flatOf(shapes []shape, width float64) (from, to float64, ok bool) {
	for _, s := range shapes {
		if s.flat() && s.width == width {
			return s.bounds().X, s.bounds().Right(), true
		}
	}
	return 0, 0, false
}

// reads holds a row's mark and intervals to its numbers.
func reads(t *testing.T, axis ruler, what string, shapes []shape, d chart.Span) {
	t.Helper()
	if len(shapes) == 0 {
		t.Errorf("%s has no mark", what)
		return
	}
	axis.close(t, what, shapes[len(shapes)-1].center().X, d.Value)
	if from, to, ok := flatOf(shapes, 1.1); ok || d.Low != d.High {
		axis.close(t, what+" low", from, d.Low)
		axis.close(t, what+" high", to, d.High)
	}
	if from, to, ok := flatOf(shapes, 3.4); ok || d.MonteLow != d.MonteHigh {
		axis.close(t, what+" Monte Carlo low", from, d.MonteLow)
		axis.close(t, what+" Monte Carlo high", to, d.MonteHigh)
	}
}

// TestForestsReadOffThePage catches: a mark at another value, whiskers of the other interval, rows
// to another scale than their axis, a linear axis of ratios, a mark for what has no precedent.
func TestForestsReadOffThePage(t *testing.T) {
	s := realistic()
	r := play(t, "effect", s, nil)
	ratio := r.one(t, "Ratio").x - 9
	n, ratios := 0, 0
	for _, m := range s.Contrasts[0].Measures {
		d := spanOf(m.Difference)
		if m.Unit == "probability" {
			d = spanOf(say.Scaled(m.Difference, 100))
		}
		labels := r.find(say.Capital(m.Label))
		if len(labels) != 1 || m.Unit == "episodes" || m.Unit == "cases" { // few labels, or an own scale
			continue
		}
		label := labels[0]
		here := r.ofRow(label, 170, ratio)
		if m.ID == "reach_r8" {
			if len(here) != 0 || len(r.ofRow(label, ratio, 560)) != 0 {
				t.Errorf("%d marks for what has no precedent", len(here))
			}
			continue
		}
		n++
		reads(t, r.axis(t, label.y-4, 170, ratio, false), m.Label, here, d)
		if q := spanOf(m.Ratio); m.Ratio.Value > 0 {
			ratios++
			axis := r.axis(t, label.y-4, ratio, 560, true)
			reads(t, axis, m.Label, r.ofRow(label, ratio, 560), q.Within(1/16., 16))
		}
	}
	if n < 13 || ratios < 12 {
		t.Errorf("%d differences and %d ratios read", n, ratios)
	}
}

// TestRatioScale catches: a scale that is not symmetric about 1, one that makes room for a
// ratio below zero.
func TestRatioScale(t *testing.T) {
	for _, c := range []struct{ value, low, high, want float64 }{{1, 1, 1, 1.5}, {.5, .5, .5, 2}, {2, 2, 4, 4},
		{1, -3, 1, 1.5}} {
		f := &forest{rows: []forestRow{{ratio: chart.Span{Value: c.value, Low: c.low, High: c.high, Ok: true}}}}
		if s := f.ratioScale(chart.Box(0, 0, 1, 1)); !near(s.Hi, math.Pow(c.want, 1.12)) || !near(s.Lo*s.Hi, 1) || !s.Log {
			t.Errorf("%+v: scale from %v to %v", c, s.Lo, s.Hi)
		}
	}
}

// TestVerdictLooks catches: two verdicts exchanged, a colour without a shape, a number in
// another colour than its mark, a verdict that the key leaves out.
func TestVerdictLooks(t *testing.T) {
	for _, c := range []struct {
		v     summary.Verdict
		ops   string // of fills and strokes
		color color.NRGBA
		says  string
	}{
		{summary.Better, "MCCCCZ", chart.Blue, "better"},
		{summary.Worse, "MLLLZ", chart.Vermillion, "worse"},
		{summary.Differs, "MLLLZ", chart.Muted, "differs"},
		{summary.Same, "MLLLZ", chart.Unclear, "identical"},
		{summary.Unclear, "MCCCCZ MCCCCZ", chart.Unclear, "no clear difference"},
		{"", "MCCCCZ MCCCCZ", chart.Unclear, "no clear difference"},
	} {
		in := &WhyInput{Rows: []WhyRow{{Label: "part", Estimate: est(1, 0, 1, 1), Verdict: c.v}}}
		r := &tape{}
		multiverseOf(in).on(r)
		var ops []string
		marks := r.ofRow(r.one(t, "Part"), 100, 560)
		for _, k := range marks {
			ops = append(ops, k.ops())
		}
		if got := strings.Join(ops, " "); got != c.ops || marks[len(marks)-1].color != c.color {
			t.Errorf("%q is drawn as %v in %v", c.v, ops, marks[len(marks)-1].color)
		}
		if len(r.find(c.says)) == 0 {
			t.Errorf("the key lacks %q", c.says)
		}
		number := "+1.0"
		if c.v == summary.Same {
			number = "identical"
		}
		if got := r.find(number); got[len(got)-1].color != chart.Legible(c.color) {
			t.Errorf("%q: the number is %+v", c.v, got)
		}
	}
	wide, tall, tip := drawnMark(chart.Square), drawnMark(chart.Bar), drawnMark(chart.Diamond)
	if wide.W != wide.H || !(tall.H > 2*tall.W) || !(tip.W > wide.W) {
		t.Errorf("square %v, bar %v and diamond %v look alike", wide, tall, tip)
	}
}

func drawnMark(m chart.Mark) chart.Rect {
	r, p := newTape()
	p.Point(0, 0, 10, m, chart.Black)
	return r.shapes[len(r.shapes)-1].bounds()
}

// TestArrowsSayWhatIsBetter catches: an arrow the wrong way, one for a measure that
// is neither good nor bad.
func TestArrowsSayWhatIsBetter(t *testing.T) {
	s := realistic()
	r := play(t, "effect", s, nil)
	arrows := map[float64]string{}
	for _, a := range slices.Concat(r.find("↓"), r.find("↑")) {
		arrows[a.y] = a.s
	}
	for _, m := range s.Contrasts[0].Measures {
		if label := r.find(say.Capital(m.Label)); len(label) == 1 {
			if want := map[int]string{-1: "↓", 1: "↑"}[m.Goodness]; arrows[label[0].y] != want {
				t.Errorf("%s has %q, want %q", m.Label, arrows[label[0].y], want)
			}
		}
	}
}

// TestGroups catches: a unit in two groups, a unit alone that gets an axis, a label that loses
// its unit.
func TestGroups(t *testing.T) {
	row := func(name, unit string) forestRow { return forestRow{label: name, name: name, unit: unit} }
	for _, c := range []struct {
		rows []forestRow
		want string
	}{
		{[]forestRow{row("a", "cases")}, "Cases: a"},
		{[]forestRow{row("a", "cases"), row("b", "days"), row("c", "cases")}, "Cases: a, c | Other units (own): b, days"},
		{[]forestRow{row("a", "x"), row("b", "x"), row("c", "y"), row("d", "y")}, "X: a, b | Y: c, d"},
		{[]forestRow{row("days up", "days"), row("loss", "% of all"), row("n", "")},
			"Other units (own): days up, loss, %, n"},
		{[]forestRow{row("a", ""), row("b", "")}, ": a, b"},
		{nil, ""},
	} {
		var out []string
		for _, g := range (&forest{rows: c.rows}).groups() {
			var labels []string
			for _, r := range g.rows {
				labels = append(labels, r.label)
			}
			out = append(out, g.heading+map[bool]string{true: " (own)"}[g.own]+": "+strings.Join(labels, ", "))
		}
		if got := strings.Join(out, " | "); got != c.want {
			t.Errorf("arranged as %q, want %q", got, c.want)
		}
	}
}

// TestNamesOfParts catches: "… avoidable" that is not read as a part of the line above it,
// a unit that is written twice behind it.
func TestNamesOfParts(t *testing.T) {
	s := realistic()
	s.Contrasts[0].Measures = []summary.Measure{{ID: "no_label"}, {Label: "… first"}, {Label: "steps"},
		{Label: "… avoidable"}, {Label: "… per 100 cases answered at R3 or harder", Unit: "per 100 hard cases"}}
	rows := newEffect(newInput(s, nil)).numbers.rows
	for i, want := range []string{"no label", "no label, first", "steps", "steps, avoidable",
		"steps, per 100 hard cases"} {
		if rows[i][3] != want {
			t.Errorf("row %d is %q, want %q", i, rows[i][3], want)
		}
	}
}
