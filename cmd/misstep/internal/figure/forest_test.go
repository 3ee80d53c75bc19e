package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// aForest has columns to draw a forest into.
func aForest() *forest {
	return &forest{label: 14, labelEnd: 180, plot: 192, plotEnd: 300, number: 311, end: 440, look: verdictLook}
}

// rowsOn are rows on a tape, a line 16 points high from 40 on.
func rowsOn(lines int) (*tape, *chart.Rows) {
	r, p := newTape()
	return r, p.Rows(chart.Box(14, 40, 548, 16*float64(lines)), lines, 16)
}

// ofRow is what is drawn at the height of a text, between two positions; no text and no grid.
func (t *tape) ofRow(text run, from, to float64) []shape {
	y := text.y - text.size*.36
	return t.only(func(s shape) bool {
		c := s.center()
		return s.kind != 't' && math.Abs(c.Y-y) < 1.5 && c.X > from && c.X < to && s.color != chart.Grid &&
			s.color != chart.Frame
	})
}

// axisOf reads the labels on the line of a text, between two positions.
func (t *tape) axisOf(tt *testing.T, text run, from, to float64, log bool) ruler {
	tt.Helper()
	var marks []reading
	for _, w := range t.texts() {
		if v, ok := quantity(w.s); ok && w.y == text.y && w.middle() > from && w.middle() < to {
			marks = append(marks, reading{w.middle(), v})
		}
	}
	return rulerOf(tt, marks, log)
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

// TestForestReadsOffThePage catches: a mark at another value, whiskers of the other
// interval, rows to another scale than their axis; a zero of rows to scales of their own
// that is not one line in the middle.
func TestForestReadsOffThePage(t *testing.T) {
	e := newEffect(newInput(realistic(), nil, Options{})).(*effect)
	groups, _ := e.groups(100)
	own, f := 0, aForest()
	for _, g := range groups {
		r, rows := rowsOn(len(g.rows) + 1)
		f.group(rows, g, 3)
		mid := (f.plot + f.plotEnd) / 2
		for _, row := range g.rows {
			if row.rare {
				continue
			}
			d := row.span
			far := max(math.Abs(d.Low), math.Abs(d.High), math.Abs(d.Value), math.Abs(d.MonteLow), math.Abs(d.MonteHigh))
			axis := ruler{reading{mid, 0}, reading{mid + (f.plotEnd-f.plot)/2/1.12, far}, false}
			if !g.own {
				axis = r.axisOf(t, r.one(t, g.heading), f.plot-9, f.plotEnd+9, false)
			} else if own++; far == 0 {
				continue
			}
			reads(t, axis, row.name, r.ofRow(r.one(t, chart.Upper(row.label)), f.plot, f.plotEnd), d)
		}
		zero := r.strokes(.7, chart.Frame)
		if len(zero) != 1 || g.own && math.Abs(zero[0].center().X-mid) > 1e-9 {
			t.Errorf("%d zeros of %q", len(zero), g.heading)
		}
	}
	if own != 3 {
		t.Errorf("%d rows to a scale of their own, want 3", own)
	}
}

// TestRatiosReadOffThePage catches: a linear axis of ratios, one that is not symmetric about
// 1, a mark at the difference, a ratio of what has no precedent.
func TestRatiosReadOffThePage(t *testing.T) {
	s := realistic()
	r := play(t, "effect", s, nil)
	from, to := r.one(t, "Ratio").x-1, r.one(t, "Ratio").x+77
	axis := r.axisOf(t, r.one(t, "Per 100 cases"), from, to, true)
	edge := [2]float64{axis.value(from + 1), axis.value(to - 1)}
	if !near(edge[0]*edge[1], 1) {
		t.Errorf("the axis goes from %v to %v", edge[0], edge[1])
	}
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	n := 0
	for _, row := range e.rows {
		q := row.ratio
		if label := r.find(chart.Upper(row.name)); q.Ok && !row.rare && len(label) == 1 {
			n++
			reads(t, axis, row.name, r.ofRow(label[0], from, to), q.Within(edge[0], edge[1]))
		}
	}
	if n < 6 {
		t.Errorf("%d ratios read", n)
	}
	for _, c := range []struct{ value, low, high, want float64 }{{1, 1, 1, 1.5}, {.5, .5, .5, 2}, {2, 2, 4, 4},
		{1, -3, 1, 1.5}} {
		e := &effect{rows: []forestRow{{ratio: chart.Span{Value: c.value, Low: c.low, High: c.high, Ok: true}}}}
		if s := e.ratioScale(0, 1); !near(s.Hi, math.Pow(c.want, 1.08)) || !near(s.Lo*s.Hi, 1) || !s.Log {
			t.Errorf("%+v: scale from %v to %v", c, s.Lo, s.Hi)
		}
	}
}

// TestVerdictLooks catches: two verdicts exchanged, a colour without a shape, a number in
// another colour than its mark.
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
		r, rows := rowsOn(1)
		span := chart.Span{Value: 1, Low: 1, High: 1, MonteLow: 1, MonteHigh: 1, Ok: true}
		aForest().row(rows, chart.Scale{Hi: 2, From: 200, To: 300}, forestRow{label: "missteps", verdict: c.v, span: span})
		var ops []string
		marks := r.only(func(s shape) bool { return s.kind != 't' })
		for _, k := range marks {
			ops = append(ops, k.ops())
			if at := k.center(); math.Abs(at.X-250) > 1e-9 || math.Abs(at.Y-48) > 1e-9 {
				t.Errorf("%s: a mark at %v", c.v, at)
			}
		}
		if got := strings.Join(ops, " "); got != c.ops || marks[len(marks)-1].color != c.color ||
			verdictLook(c.v).words != c.says {
			t.Errorf("%q is drawn as %v in %v", c.v, ops, marks[len(marks)-1].color)
		}
		if got := r.one(t, "+1.0"); got.color != chart.Legible(c.color) || got.x != aForest().number {
			t.Errorf("%q: the number is %+v", c.v, got)
		}
	}
	wide, tall, tip := drawnMark(chart.Square), drawnMark(chart.Bar), drawnMark(chart.Diamond)
	if wide.W != wide.H || !(tall.H > 2*tall.W) || !(tip.W > wide.W) {
		t.Errorf("square %v, bar %v and diamond %v look alike", wide, tall, tip)
	}
}

// drawnMark is the box around a mark of radius 10.
func drawnMark(m chart.Mark) chart.Rect {
	r, p := newTape()
	p.Point(0, 0, 10, m, chart.Black)
	return r.shapes[len(r.shapes)-1].bounds()
}

// TestForestKey catches: a key that lacks a verdict of the plot or explains one that nothing
// has, one that leaves the page, a short name where there is room for the whole.
func TestForestKey(t *testing.T) {
	all := []summary.Verdict{summary.Better, summary.Worse, summary.Unclear, summary.Differs, summary.Same}
	for n := 0; n <= len(all); n++ {
		r, p := newTape()
		var rows []forestRow
		for _, v := range all[:n] {
			rows = append(rows, forestRow{verdict: v})
		}
		aForest().key(p, chart.Box(chart.Margin, 0, 548, 200), rows,
			forestKey{differences, chart.OverAssumptions, chart.OfSampling, 0})
		for _, a := range r.texts() {
			if a.right > chart.PageWidth-chart.Margin {
				t.Errorf("%d verdicts: %q ends at %v", n, a.s, a.right)
			}
		}
		for i, v := range all {
			if shown := len(r.find(verdictLook(v).words)) == 1; shown != (i < max(n, 3)) {
				t.Errorf("%d verdicts: %s in the key: %v", n, v, shown)
			}
		}
		if whole := len(r.find(chart.OverAssumptions)) == 1 && len(r.find(chart.OfSampling)) == 1; whole != (n < 5) {
			t.Errorf("%d verdicts: %q", n, r.words())
		}
	}
}

// TestNoNumberWithoutPrecedent catches: a point, a ratio or a verdict for what has no
// precedent, or an axis that makes room for it.
func TestNoNumberWithoutPrecedent(t *testing.T) {
	s := realistic()
	for i := range s.Contrasts[0].Measures {
		if m := &s.Contrasts[0].Measures[i]; m.ID == "reach_r8" {
			m.Ratio, m.Difference, m.Verdict = est(4.45, 7.5, 4.45, 4.45), est(.9, .1, .8, .95), summary.Worse
		}
	}
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	r, p := newTape()
	e.draw(p, chart.Box(chart.Margin, 60, 548, 240))
	if here := r.ofRow(r.one(t, noPrecedent), 160, 560); len(here) != 0 || len(r.find("×4.45")) != 0 ||
		len(r.find("–")) != 1 {
		t.Errorf("%d marks in the row, texts %q", len(here), r.words())
	}
	alone := &effect{rows: e.rows[13:14]}
	if s := aForest().scale(alone.rows, false); alone.rows[0].id != "reach_r8" || s.Hi > 2 ||
		alone.ratioScale(0, 1).Hi > 2 {
		t.Errorf("scales %+v and %+v make room for %s", s, alone.ratioScale(0, 1), alone.rows[0].id)
	}
	if alt := e.words().alt; !strings.Contains(alt, "disruptive operation: no precedent") ||
		!strings.Contains(alt, "in 14 of 20 outcomes") {
		t.Errorf("text %q", alt)
	}
	if got := fmt.Sprint(e.table().rows[13]); !strings.Contains(got, "4.45") {
		t.Errorf("the CSV has %s", got)
	}
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
		if label := r.find(chart.Upper(m.Label)); len(label) == 1 {
			if want := map[int]string{-1: "↓", 1: "↑"}[m.Goodness]; arrows[label[0].y] != want {
				t.Errorf("%s has %q, want %q", m.Label, arrows[label[0].y], want)
			}
		}
	}
}

// TestByUnit catches: a unit in two groups, a unit alone that gets an axis, a label
// that loses its unit.
func TestByUnit(t *testing.T) {
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
		for _, g := range byUnit(c.rows) {
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
		{Label: "… avoidable"},
		{Label: "… per 100 cases answered at R3 or harder", Unit: "per 100 hard cases"}}
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	for i, want := range []string{"no label", "no label, first", "steps", "steps, avoidable",
		"steps, per 100 hard cases"} {
		if e.rows[i].name != want {
			t.Errorf("row %d is %q, want %q", i, e.rows[i].name, want)
		}
	}
}
