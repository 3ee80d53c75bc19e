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

// forest are columns to draw a forest plot into.
var forest = effectColumns{label: 14, labelEnd: 180, forest: 192, forestEnd: 300, number: 311,
	ratio: 446, ratioEnd: 522, ratioNum: 562, step: 16, size: chart.TextSize}

// plotOf draws the rows as groups, each on a tape of its own, from the baseline 40.
func plotOf(s *summary.Summary) (*effect, []effectGroup, []*tape) {
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	groups, _ := e.groups(100)
	tapes := make([]*tape, len(groups))
	for i, g := range groups {
		r, p := newTape()
		tapes[i] = r
		g.draw(p, forest, e.ratioScale(forest), 40, true)
	}
	return e, groups, tapes
}

// row is what is drawn at the height of a row's mark, in a stretch of the page.
func (t *tape) row(i int, from, to float64) []shape {
	y := 40 + forest.step*float64(i+1) - forest.size*.36
	return t.only(func(s shape) bool {
		c := s.center()
		return s.kind != 't' && math.Abs(c.Y-y) < 1.5 && c.X > from && c.X < to && s.color != chart.Grid && s.color != chart.Frame
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

// TestForestReadsOffThePage catches: a mark at the treatment's value, whiskers of
// the other interval, a difference of probabilities that is not in points.
func TestForestReadsOffThePage(t *testing.T) {
	_, groups, tapes := plotOf(realistic())
	for k, g := range groups {
		if g.own {
			continue
		}
		axis := rulerOf(t, tapes[k].ticks(true, quantity), false)
		for i, r := range g.rows {
			if r.rare {
				continue
			}
			shapes := tapes[k].row(i, forest.forest, forest.forestEnd)
			factor := 1.0
			if r.Unit == "percentage points" {
				factor = 100
			}
			m := measureOf(t, r.ID)
			axis.close(t, r.ID, shapes[len(shapes)-1].center().X, m.Value*factor)
			if from, to, ok := flatOf(shapes, 1.1); ok || m.Low != m.High {
				axis.close(t, r.ID+" low", from, m.Low*factor)
				axis.close(t, r.ID+" high", to, m.High*factor)
			}
			if from, to, ok := flatOf(shapes, 3.4); ok || m.MC != 0 {
				axis.close(t, r.ID+" Monte Carlo low", from, (m.Value-m.MC)*factor)
				axis.close(t, r.ID+" Monte Carlo high", to, (m.Value+m.MC)*factor)
			}
		}
	}
}

// measureOf is a difference of the realistic summary.
func measureOf(t *testing.T, id string) summary.Estimate {
	t.Helper()
	for _, m := range realistic().Contrasts[0].Measures {
		if m.ID == id {
			return m.Difference
		}
	}
	t.Fatalf("no measure %q", id)
	return summary.Estimate{}
}

// TestRatiosReadOffThePage catches: a linear axis of ratios, a mark at the
// difference, ends that leave the column.
func TestRatiosReadOffThePage(t *testing.T) {
	e, groups, tapes := plotOf(realistic())
	r, p := newTape()
	ratioGrid(p, e.ratioScale(forest), chart.Box(14, 40, 548, 200), forest, 40)
	axis := rulerOf(t, r.ticks(true, quantity), true)
	edge := [2]float64{axis.value(forest.ratio), axis.value(forest.ratioEnd)}
	if !near(edge[0]*edge[1], 1) {
		t.Errorf("the axis goes from %v to %v, and is not symmetrical about 1", edge[0], edge[1])
	}
	for k, g := range groups {
		for i, row := range g.rows {
			shapes := tapes[k].row(i, forest.ratio-1, forest.ratioEnd+1)
			if !row.ratio.Ok || row.rare {
				if len(shapes) > 0 {
					t.Errorf("%s has no ratio and a mark", row.ID)
				}
				continue
			}
			axis.close(t, row.ID, shapes[len(shapes)-1].center().X, row.ratio.Value)
			if from, to, ok := flatOf(shapes, 1.1); ok {
				axis.close(t, row.ID+" low", from, max(row.ratio.Low, edge[0]))
				axis.close(t, row.ID+" high", to, min(row.ratio.High, edge[1]))
			}
		}
	}
}

// TestOwnScales catches: rows that share a scale though their units differ, a zero
// that is not in the middle.
func TestOwnScales(t *testing.T) {
	_, groups, tapes := plotOf(realistic())
	own := 0
	for k, g := range groups {
		if !g.own {
			continue
		}
		mid := (forest.forest + forest.forestEnd) / 2
		for i, r := range g.rows {
			own++
			shapes := tapes[k].row(i, forest.forest, forest.forestEnd)
			d := r.difference
			unit := max(math.Abs(d.Low), math.Abs(d.High), math.Abs(d.Value), math.Abs(d.MonteLow), math.Abs(d.MonteHigh))
			if unit == 0 {
				continue
			}
			half := (forest.forestEnd - forest.forest) / 2 / 1.12
			if at := shapes[len(shapes)-1].center().X; math.Abs(at-mid-d.Value/unit*half) > 1e-6 {
				t.Errorf("%s: the mark stands at %v", r.ID, at-mid)
			}
			if from, to, _ := flatOf(shapes, 1.1); math.Abs(from-mid-d.Low/unit*half) > 1e-6 || math.Abs(to-mid-d.High/unit*half) > 1e-6 {
				t.Errorf("%s: the whisker goes from %v to %v", r.ID, from-mid, to-mid)
			}
		}
		if zero := tapes[k].strokes(.7, chart.Frame); len(zero) != 1 || math.Abs(zero[0].center().X-mid) > 1e-9 {
			t.Errorf("the zero of %q is not one line in the middle", g.heading)
		}
	}
	if own != 3 {
		t.Errorf("%d rows to a scale of their own, want 3", own)
	}
}

// TestVerdictLooks catches: two verdicts exchanged, a colour without a shape.
func TestVerdictLooks(t *testing.T) {
	for _, c := range []struct {
		v     summary.Verdict
		ops   []string // of fills and strokes
		color color.NRGBA
		says  string
	}{
		{summary.Better, []string{"MAZ"}, chart.Blue, "better"},
		{summary.Worse, []string{"MLLLZ"}, chart.Vermillion, "worse"},
		{summary.Differs, []string{"MLLLZ"}, chart.Muted, "differs"},
		{summary.Same, []string{"MLLLZ"}, chart.Unclear, "identical"},
		{summary.Unclear, []string{"MAZ", "MAZ"}, chart.Unclear, "no clear difference"},
		{"", []string{"MAZ", "MAZ"}, chart.Unclear, "no clear difference"},
	} {
		r, p := newTape()
		row := effectRow{Measure: summary.Measure{Verdict: c.v, Label: "missteps"}, difference: chart.Span{Value: 1, Low: 1, High: 1, MonteLow: 1, MonteHigh: 1, Ok: true}}
		s := chart.Scale{Hi: 2, From: 200, To: 300}
		row.draw(p, forest, s, s, 100, false)
		var ops []string
		for _, k := range r.only(func(s shape) bool { return s.kind != 't' }) {
			ops = append(ops, k.ops())
			if at := k.center(); math.Abs(at.X-250) > 1e-9 || math.Abs(at.Y-(100-chart.TextSize*.36)) > 1e-9 {
				t.Errorf("%s: a mark at %v", c.v, at)
			}
		}
		last := r.only(func(s shape) bool { return s.kind != 't' })
		if !slices.Equal(ops, c.ops) || last[len(last)-1].color != c.color {
			t.Errorf("%q is drawn as %v in %v", c.v, ops, last[len(last)-1].color)
		}
		if got := r.one(t, "+1.0"); got.color != chart.Legible(c.color) || got.x != forest.number {
			t.Errorf("%q: the number is %+v", c.v, got)
		}
		if got := verdict(c.v); got != c.says {
			t.Errorf("%q is called %q, want %q", c.v, got, c.says)
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

// TestVerdictsInTheKey catches: a key that lacks a verdict of the plot, or explains
// one that nothing has.
func TestVerdictsInTheKey(t *testing.T) {
	group := func(vs ...summary.Verdict) []effectGroup {
		var g effectGroup
		for _, v := range vs {
			g.rows = append(g.rows, effectRow{Measure: summary.Measure{Verdict: v}})
		}
		return []effectGroup{g}
	}
	for want, g := range map[string][]effectGroup{
		"[better worse unclear]":                   group(),
		"[better worse unclear differs]":           group(summary.Differs, summary.Better),
		"[better worse unclear identical]":         group(summary.Same, summary.Same),
		"[better worse unclear differs identical]": group(summary.Same, summary.Differs),
	} {
		if got := fmt.Sprint(verdicts(g)); got != want {
			t.Errorf("the key lists %s, want %s", got, want)
		}
	}
}

// TestKeyOfVerdictsFits catches: a key that leaves the page where all verdicts occur, a
// short name where there is room for the whole.
func TestKeyOfVerdictsFits(t *testing.T) {
	all := []summary.Verdict{summary.Better, summary.Worse, summary.Unclear, summary.Differs, summary.Same}
	for n := 3; n <= len(all); n++ {
		r, p := newTape()
		verdictKey(p, chart.Box(chart.Margin, 0, 548, 200), all[:n], 0)
		for _, a := range r.texts() {
			if a.x+p.Width(a.s, chart.Quiet) > chart.PageWidth-chart.Margin {
				t.Errorf("%d verdicts: %q ends at %v", n, a.s, a.x+p.Width(a.s, chart.Quiet))
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
	y := r.one(t, noPrecedent).y
	here := r.only(func(k shape) bool { return k.kind == 'f' && math.Abs(k.center().Y-y+4) < 4 })
	if len(here) != 0 || len(r.find("×4.45")) != 0 || len(r.find("–")) != 1 {
		t.Errorf("%d marks in the row, texts %q", len(here), r.words())
	}
	alone := &effect{rows: e.rows[13:14]}
	scale, _ := forestScale(alone.rows, forest, false)
	if alone.rows[0].ID != "reach_r8" || scale.Hi > 2 || alone.ratioScale(forest).Hi > 2 {
		t.Errorf("scales %+v and %+v make room for %s", scale, alone.ratioScale(forest), alone.rows[0].ID)
	}
	if alt := e.words().alt; !strings.Contains(alt, "disruptive operation: no precedent") || !strings.Contains(alt, "in 14 of 20 outcomes") {
		t.Errorf("text %q", alt)
	}
	if got := fmt.Sprint(e.table().rows[13]); !strings.Contains(got, "4.45") {
		t.Errorf("the CSV has %s", got)
	}
}

// TestUnitOfAPart catches: the unit written twice behind a part of another outcome.
func TestUnitOfAPart(t *testing.T) {
	s := realistic()
	m := &s.Contrasts[0].Measures[2]
	m.Label, m.Unit = "… per 100 cases answered at R3 or harder", "per 100 hard cases"
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	if e.rows[2].name != "missteps, per 100 hard cases" {
		t.Errorf("%q", e.rows[2].name)
	}
}

// TestArrowsSayWhatIsBetter catches: an arrow the wrong way, one for a measure that
// is neither good nor bad.
func TestArrowsSayWhatIsBetter(t *testing.T) {
	for goodness, want := range map[int]string{-1: "↓", 0: "", 1: "↑"} {
		r, p := newTape()
		row := effectRow{Measure: summary.Measure{Goodness: goodness, Label: "regret"}}
		row.draw(p, forest, chart.Scale{}, chart.Scale{}, 100, false)
		got := strings.Join(r.words(), " ")
		if want = strings.Join(strings.Fields("Regret "+want+" n/a"), " "); got != want {
			t.Errorf("goodness %d: %q, want %q", goodness, got, want)
		}
	}
}

// TestArrange catches: a unit in two groups, a unit alone that gets an axis, a label
// that loses its unit.
func TestArrange(t *testing.T) {
	row := func(name, unit string) effectRow {
		return effectRow{name: name, Measure: summary.Measure{Label: name, Unit: unit}}
	}
	for _, c := range []struct {
		rows []effectRow
		want string
	}{
		{[]effectRow{row("a", "cases")}, "Cases: a"},
		{[]effectRow{row("a", "cases"), row("b", "days"), row("c", "cases")}, "Cases: a, c | Other units (own): b, days"},
		{[]effectRow{row("a", "x"), row("b", "x"), row("c", "y"), row("d", "y")}, "X: a, b | Y: c, d"},
		{[]effectRow{row("days up", "days"), row("loss", "% of all"), row("n", "")}, "Other units (own): days up, loss, %, n"},
		{[]effectRow{row("a", ""), row("b", "")}, ": a, b"},
		{nil, ""},
	} {
		var out []string
		for _, g := range arrange(c.rows) {
			var labels []string
			for _, r := range g.rows {
				labels = append(labels, r.Label)
			}
			own := map[bool]string{true: " (own)"}[g.own]
			out = append(out, g.heading+own+": "+strings.Join(labels, ", "))
		}
		if got := strings.Join(out, " | "); got != c.want {
			t.Errorf("arranged as %q, want %q", got, c.want)
		}
	}
}

// TestForestScaleHoldsZero catches: a scale that leaves out zero or an interval.
func TestForestScaleHoldsZero(t *testing.T) {
	for _, d := range []chart.Span{
		{Value: 4, Low: 3, High: 5, MonteLow: 3.9, MonteHigh: 4.1, Ok: true},
		{Value: -4, Low: -4, High: -4, MonteLow: -9, MonteHigh: 1, Ok: true},
		{Value: 0, Ok: true}, {Value: nan},
	} {
		for _, own := range []bool{false, true} {
			s, ticks := forestScale([]effectRow{{difference: d}}, forest, own)
			if !(s.Lo < 0 && s.Hi > 0) || d.Ok && !(s.Lo < min(d.Low, d.MonteLow) && s.Hi > max(d.High, d.MonteHigh)) {
				t.Errorf("%+v: scale %+v", d, s)
			}
			if own && (s.Lo != -s.Hi || len(ticks) != 1) || !slices.ContainsFunc(ticks, func(k chart.Tick) bool { return k.Label == "0" }) {
				t.Errorf("%+v: scale %+v with ticks %v", d, s, ticks)
			}
		}
	}
}

// TestRatioScaleIsBounded catches: one wild ratio that flattens all others.
func TestRatioScaleIsBounded(t *testing.T) {
	pow := func(v float64) float64 { return math.Pow(v, 1.08) } // room beyond the last mark
	for _, c := range []struct{ value, low, high, want float64 }{
		{1, 1, 1, pow(1.5)}, {.5, .5, .5, pow(2)}, {2, 2, 4, pow(4)}, {1, .001, 2, 16}, {1, -3, 1, pow(1.5)},
	} {
		e := &effect{rows: []effectRow{{ratio: chart.Span{Value: c.value, Low: c.low, High: c.high, Ok: true}}}}
		if s := e.ratioScale(forest); !near(s.Hi, c.want) || !near(s.Lo*s.Hi, 1) || !s.Log {
			t.Errorf("%+v: scale from %v to %v", c, s.Lo, s.Hi)
		}
	}
}

// TestDots catches: "… avoidable" that is not read as a part of the line above it.
func TestDots(t *testing.T) {
	s := realistic()
	s.Contrasts[0].Measures = []summary.Measure{
		{ID: "no_label"}, {Label: "… first"}, {Label: "steps"}, {Label: "… avoidable"}, {Label: "… other"},
	}
	e := newEffect(newInput(s, nil, Options{})).(*effect)
	for i, want := range []string{"no label", "no label, first", "steps", "steps, avoidable", "steps, other"} {
		if e.rows[i].name != want {
			t.Errorf("row %d is %q, want %q", i, e.rows[i].name, want)
		}
	}
}
