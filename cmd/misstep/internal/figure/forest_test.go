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
// to another scale than their axis, a value that does not stand above its mark.
func TestForestsReadOffThePage(t *testing.T) {
	s := realistic()
	r := play(t, "effect", s, nil)
	n := 0
	for _, m := range s.Contrasts[0].Measures {
		d := spanOf(m.Difference)
		if m.Unit == "probability" {
			d = spanOf(say.Scaled(m.Difference, 100))
		}
		labels := r.find(say.Capital(m.Label))
		if len(labels) != 1 {
			continue
		}
		n++
		row := labels[0]
		row.y += 5 // marks stand below their values
		here := r.ofRow(row, 190, 480)
		reads(t, r.axis(t, labels[0].y-4, 190, 480, false), m.Label, here, d)
		value, _, _ := strings.Cut(chart.Interval(d, true), " (")
		over := slices.ContainsFunc(r.find(value), func(v run) bool {
			return math.Abs(v.middle()-here[len(here)-1].center().X) < 20 && v.y < row.y && v.y > row.y-14
		})
		if !over {
			t.Errorf("%s: %s does not stand above its mark", m.Label, value)
		}
	}
	if n < 7 {
		t.Errorf("%d differences read", n)
	}
}

// TestEffectLeavesNothingOutThatDiffers catches: an outcome that differs and is not drawn, or stands
// below one that does not; a headline that is not there; a tail of outcomes that say nothing.
func TestEffectLeavesNothingOutThatDiffers(t *testing.T) {
	s := realistic()
	in := newInput(s, nil)
	r := play(t, "effect", s, nil)
	unclear := r.one(t, "No clear difference").y
	for i, m := range s.Contrasts[0].Measures {
		name := newEffect(in).numbers.rows[i][3]
		found := r.find(say.Capital(name))
		switch shown := differs(m.Verdict); {
		case (shown || stands(m.ID, in)) != (len(found) == 1):
			t.Errorf("%s (%s) stands there %d times", name, m.Verdict, len(found))
		case len(found) == 1 && shown != (found[0].y < unclear):
			t.Errorf("%s (%s) stands in the wrong part", name, m.Verdict)
		}
	}
	if got := newEffect(in).lead; !strings.HasPrefix(got, "7 of 21 outcomes differ") {
		t.Errorf("lead %q", got)
	}
	for i := range s.Contrasts[0].Measures {
		s.Contrasts[0].Measures[i].Verdict = summary.Unclear
	}
	if got := newEffect(newInput(s, nil)).lead; !strings.HasPrefix(got, "None of 21 outcomes differs clearly") {
		t.Errorf("lead %q", got)
	}
}

// TestValuesHideNoTicks catches: the ground of a value that is not written, which would cover what is there.
func TestValuesHideNoTicks(t *testing.T) {
	r, p := newTape()
	p.Over(chart.Box(0, 0, 100, 20), 50, 10, "", chart.Plain)
	if len(r.shapes) != 0 {
		t.Errorf("%d shapes for nothing", len(r.shapes))
	}
	if p.Over(chart.Box(0, 0, 100, 20), 1, 10, "+0.10", chart.Plain); r.one(t, "+0.10").x < 0 {
		t.Error("a value leaves its box")
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
		{summary.Unknown, "MCCCCZ MCCCCZ", chart.Unclear, "not told by one replicate"},
	} {
		in := &WhyInput{Rows: []WhyRow{{Label: "part", Estimate: est(1, 0, 1, 1), Verdict: c.v}}}
		r := &tape{}
		multiverseOf(in).on(r)
		var ops []string
		row := r.one(t, "Part")
		row.y += 5 // marks stand below their values
		marks := r.ofRow(row, 100, 560)
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

// TestNamesOfOutcomes catches: words of an older file in place of those of a known outcome, a name that is empty.
func TestNamesOfOutcomes(t *testing.T) {
	s := realistic()
	s.Contrasts[0].Measures = []summary.Measure{{ID: "no_label"}, {ID: "later", Label: "first"},
		{ID: "avoidable", Label: "… avoidable"}}
	rows := newEffect(newInput(s, nil)).numbers.rows
	for i, want := range []string{"no label", "first", "avoidable missteps"} {
		if rows[i][3] != want {
			t.Errorf("row %d is %q, want %q", i, rows[i][3], want)
		}
	}
}
