package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// panelOf draws one panel alone, with its axis of years.
func panelOf(s *summary.Summary, i int) (*tape, levelPanel, *input) {
	r, p := newTape()
	in := newInput(s, nil)
	of := [][2]string{{"R3", "any"}, {"R3", "misstep"}, {"R5", "any"}, {"R6", "any"}}[i]
	panel := newLevelPanel(in, of[0], of[1])
	panel.draw(p, chart.Box(chart.Margin, 60, 380, 180), in)
	return r, panel, in
}

// rulers are the axes of a panel.
func rulers(t *testing.T, r *tape, in *input, log bool) (x, y ruler) {
	t.Helper()
	return rulerOf(t, r.ticks(true, daysSince(in.begin)), false), rulerOf(t, r.ticks(false, quantity), log)
}

// TestCurvesReadOffThePage catches: swapped axes, an index off by one, a scale that
// differs from its labels.
func TestCurvesReadOffThePage(t *testing.T) {
	for i, c := range []struct {
		class, cause string
		log          bool
	}{{"R3", "any", false}, {"R3", "misstep", false}, {"R5", "any", false}, {"R6", "any", true}} {
		s := realistic()
		r, _, in := panelOf(s, i)
		x, y := rulers(t, r, in, c.log)
		for k := range s.Arms {
			data := curveOf(&s.Arms[k], c.class, c.cause)
			lines := r.strokes(1.8, looks[k].Color)
			if len(lines) != 1 {
				t.Fatalf("panel %d: %d lines of arm %d", i, len(lines), k)
			}
			pts := lines[0].ends()
			if len(pts) != len(data.Days)+1 {
				t.Fatalf("panel %d: %d points for %d values", i, len(pts), len(data.Days))
			}
			x.close(t, "the first day", pts[0].X, 0)
			floor := 0.0
			if c.log { // what is lower stays on the axis
				floor = y.value(pts[0].Y)
			}
			for n, day := range data.Days {
				x.close(t, "a day", pts[n+1].X, day)
				y.close(t, "a probability", pts[n+1].Y, max(data.Value[n], floor))
			}
		}
	}
}

// TestCumulativeCurvesRise catches: points out of order, y drawn upside down.
func TestCumulativeCurvesRise(t *testing.T) {
	for i := range 4 {
		r, _, _ := panelOf(manyArms(), i)
		lines := r.strokes(1.8)
		if len(lines) != mostLines {
			t.Errorf("panel %d has %d lines", i, len(lines))
		}
		for _, l := range lines {
			pts := l.ends()
			for n := range pts[1:] {
				if !(pts[n+1].X > pts[n].X) || pts[n+1].Y > pts[n].Y {
					t.Fatalf("panel %d: a curve goes from %v to %v", i, pts[n], pts[n+1])
				}
			}
		}
	}
}

// TestBandsEncloseTheirLines catches: a lower end in place of the upper, the two
// intervals exchanged, a band that is not closed.
func TestBandsEncloseTheirLines(t *testing.T) {
	for _, i := range []int{0, 2} {
		r, panel, in := panelOf(realistic(), i)
		_, y := rulers(t, r, in, false)
		for _, l := range panel.lines {
			for _, band := range []struct {
				share  float64
				lo, hi []float64
			}{{chart.ParamTint, l.all("low"), l.all("high")}, {chart.MonteTint, l.all("mclow"), l.all("mchigh")}} {
				got := r.fills(chart.Tint(l.arm.Color, band.share))
				n := len(l.days)
				if len(got) != 1 || got[0].ops() != "M"+strings.Repeat("L", 2*n-1)+"Z" {
					t.Fatalf("panel %d: bands of %s: %d", i, l.arm.Name, len(got))
				}
				pts, line := got[0].ends(), r.strokes(1.8, l.arm.Color)[0].ends()
				for k := range n {
					upper, lower := pts[k], pts[2*n-1-k]
					y.close(t, "the upper end", upper.Y, band.hi[k])
					y.close(t, "the lower end", lower.Y, band.lo[k])
					if upper.Y > line[k].Y+1e-9 || lower.Y < line[k].Y-1e-9 || upper.X != line[k].X || lower.X != line[k].X {
						t.Fatalf("panel %d: point %v is not between %v and %v", i, line[k], upper, lower)
					}
				}
			}
		}
	}
}

// TestBandEdges catches: an edge along the Monte Carlo interval, or along none.
func TestBandEdges(t *testing.T) {
	r, panel, in := panelOf(realistic(), 0)
	_, y := rulers(t, r, in, false)
	for _, l := range panel.lines {
		edges := r.strokes(.6, chart.Tint(l.arm.Color, .6))
		if len(edges) != 2 {
			t.Fatalf("%d edges of %s", len(edges), l.arm.Name)
		}
		for i, v := range [][]float64{l.all("low"), l.all("high")} {
			if !slices.Equal(edges[i].dash, l.arm.Dash) {
				t.Errorf("edge of %s is dashed %v", l.arm.Name, edges[i].dash)
			}
			for k, q := range edges[i].ends() {
				y.close(t, "an edge", q.Y, v[k])
			}
		}
	}
}

// TestBandsGiveWayToLines catches: bands of all arms of a crowd, or of none.
func TestBandsGiveWayToLines(t *testing.T) {
	for arms, want := range map[int]int{1: 2, 2: 4, 3: 3, 4: 2, 5: 2, 7: 2} {
		r, _, _ := panelOf(armsOf(arms), 0)
		got := r.only(func(s shape) bool { return s.kind == 'f' && s.color.A != 0xff })
		if len(got) != want {
			t.Errorf("%d arms have %d bands, want %d", arms, len(got), want)
		}
	}
}

// TestBaselineIsOnTop catches: lines drawn in the order of the arms.
func TestBaselineIsOnTop(t *testing.T) {
	for arms := 1; arms <= 7; arms++ {
		r, _, _ := panelOf(armsOf(arms), 0)
		lines := r.strokes(1.8)
		for i, l := range lines {
			if want := looks[len(lines)-1-i]; l.color != want.Color || !slices.Equal(l.dash, want.Dash) {
				t.Errorf("%d arms: line %d has the look of another arm", arms, i)
			}
		}
	}
}

// TestLeadersStartAtTheLines catches: labels that are spread in another order than
// their lines end, or that name another arm.
func TestLeadersStartAtTheLines(t *testing.T) {
	for arms := 2; arms <= 5; arms++ {
		s := armsOf(arms)
		r, panel, _ := panelOf(s, 0)
		last := map[float64]float64{}
		for _, l := range panel.lines {
			leader, line := r.strokes(.7, l.arm.Color), r.strokes(1.8, l.arm.Color)[0].ends()
			end := line[len(line)-1]
			if len(leader) != 1 || math.Abs(leader[0].ends()[0].Y-end.Y) > 1e-9 || leader[0].ends()[0].X < end.X {
				t.Fatalf("%d arms: the leader of %s does not start at its line", arms, l.arm.Name)
			}
			last[end.Y] = leader[0].ends()[1].Y
			value := r.find(chart.Chance(l.final().Value))
			if !slices.ContainsFunc(value, func(v run) bool { return v.color == chart.Legible(l.arm.Color) }) {
				t.Errorf("%s does not end with %q in its colour", l.arm.Name, chart.Chance(l.final().Value))
			}
		}
		for a, at := range last {
			for b, bt := range last {
				if (a-b)*(at-bt) < 0 {
					t.Errorf("%d arms: labels changed places", arms)
				}
			}
		}
	}
}

// TestThreeBandsAreThinner catches: bands of three arms that together hide the lines.
func TestThreeBandsAreThinner(t *testing.T) {
	for arms, want := range map[int]float64{2: chart.MonteTint, 3: chart.MonteTint / 2} {
		r, panel, _ := panelOf(armsOf(arms), 0)
		for _, l := range panel.lines {
			if n := len(r.fills(chart.Tint(l.arm.Color, want))); n != 1 {
				t.Errorf("%d arms: %s has %d bands of opacity %v", arms, l.arm.Name, n, want)
			}
		}
	}
}

// TestABandThatFillsItsPanelGoes catches: a range that says nothing and is drawn, an axis that makes
// room for it, a key to what is not there.
func TestABandThatFillsItsPanelGoes(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		for k := range s.Arms[i].Curves {
			c := &s.Arms[i].Curves[k]
			for n := range c.Days {
				c.Low[n], c.High[n] = 0, .98
			}
		}
	}
	r, panel, in := panelOf(s, 1)
	_, y := rulers(t, r, in, false)
	if top := y.value(60); panel.banded() || top > .6 {
		t.Errorf("banded %v, up to %v", panel.banded(), top)
	}
	if n := len(r.only(func(s shape) bool { return s.kind == 'f' && s.color.A != 0xff })); n != 2 {
		t.Errorf("%d bands, want those of sampling error", n)
	}
	if n := len(play(t, "escalation", s, nil).find(chart.OverAssumptions + " (pale)")); n != 0 {
		t.Errorf("%d keys to bands that are not drawn", n)
	}
}

// TestPanelsStandInTheirPlaces catches: a difference that does not lead, panels in another order, and
// panels beside each other where a page is narrow.
func TestPanelsStandInTheirPlaces(t *testing.T) {
	for width, want := range map[float64]string{576: "0 | 1 2 3", 384: "0 | 1 | 2 3"} {
		r, in := &tape{}, newInput(realistic(), nil)
		in.width = width
		r.drawn(newEscalation(in), in)
		got, last := "", run{}
		for i, heading := range []string{"Futures with a misstep: difference in percentage points", levels[0].heading,
			levels[1].heading, levels[2].heading} {
			at := r.one(t, heading)
			switch {
			case i == 0:
			case at.y == last.y && at.x > last.x:
				got += " "
			case at.y > last.y:
				got += " | "
			}
			got, last = got+fmt.Sprint(i), at
		}
		if got != want {
			t.Errorf("%v pt: %s, want %s", width, got, want)
		}
	}
}

// TestPanelsWithoutCurves catches: an empty panel, a figure of none that does not say so.
func TestPanelsWithoutCurves(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		s.Arms[i].Curves = s.Arms[i].Curves[:6] // as older runs have them
	}
	r := play(t, "escalation", s, nil)
	if n := len(r.strokes(1.8)); n != 2 || len(r.find("A public step (R3 to R6)")) != 0 {
		t.Errorf("%d lines, want 2 in one panel", n)
	}
	checkLayout(t, "older run", r)
	for i := range s.Arms {
		s.Arms[i].Curves = nil
	}
	if r := play(t, "escalation", s, nil); !strings.Contains(strings.Join(r.words(), " "),
		"This run has no curves over time.") {
		t.Errorf("the page says %q", r.words())
	}
}

// all are the values of a line, or one end of its intervals.
func (l levelLine) all(what string) (out []float64) {
	for _, s := range l.at {
		out = append(out, map[string]float64{"value": s.Value, "mclow": s.MonteLow, "mchigh": s.MonteHigh, "low": s.Low,
			"high": s.High}[what])
	}
	return out
}

// TestPanelAxes catches: a linear axis that does not start at 0, a logarithmic axis
// for frequent steps, an end below the highest interval.
func TestPanelAxes(t *testing.T) {
	line := func(value, high float64) levelPanel {
		v, h := []float64{0, value}, []float64{0, high}
		l := levelLine{days: []float64{0, 1}}
		for i := range v {
			l.at = append(l.at, chart.Span{Value: v[i], MonteLow: v[i], MonteHigh: v[i], Low: v[i], High: h[i], Ok: true})
		}
		return levelPanel{lines: []levelLine{l}}
	}
	for _, c := range []struct {
		value, high, lo, hi float64
		log                 bool
		ticks               string
	}{
		{0, 0, 0, .01, false, "[0\u00a0% 0.5\u00a0% 1\u00a0%]"},
		{.25, .28, 0, .3, false, "[0\u00a0% 10\u00a0% 20\u00a0% 30\u00a0%]"},
		{.45, .55, 0, .6, false, "[0\u00a0% 20\u00a0% 40\u00a0% 60\u00a0%]"},
		{.97, 1, 0, 1, false, "[0\u00a0% 50\u00a0% 100\u00a0%]"},
		{.0101, .02, 0, .02, false, "[0\u00a0% 1\u00a0% 2\u00a0%]"},
		{.0099, .02, 1e-3, .01, true, "[1\u00a0in\u00a01,000 1\u00a0%]"},
		{.002, .005, 1e-3, .002, true, "[1\u00a0in\u00a01,000]"},
	} {
		s, ticks := line(c.value, c.high).scale()
		var labels []string
		for _, k := range ticks {
			labels = append(labels, k.Label)
		}
		if !near(s.Lo, c.lo) || !near(s.Hi, c.hi) || s.Log != c.log || fmt.Sprint(labels) != c.ticks {
			t.Errorf("up to %v, %v: %+v with %q", c.value, c.high, s, labels)
		}
	}
}

// TestRareNote catches: the bound of one arm only, a note without a curve.
func TestRareNote(t *testing.T) {
	s := armsOf(3)
	s.Arms[0].Curves[4].Bound, s.Arms[1].Curves[4].Bound = .02, .05
	note := func() string { return newInput(s, nil).rare() }
	got := note()
	if !strings.Contains(got, "R8 or harder") ||
		!strings.HasSuffix(got, "excludes only more than "+chart.Chance(.05)+".") {
		t.Errorf("note %q", got)
	}
	for i := range s.Arms {
		s.Arms[i].Curves[4].Bound = 0
	}
	if got := note(); strings.Contains(got, "history") || !strings.HasSuffix(got, "no precedent.") {
		t.Errorf("note without a bound: %q", got)
	}
	m := s.Contrasts[0].Measure("reach_r8")
	m.Baseline.Resolved, m.Treatment.Resolved = false, false
	for i := range s.Contrasts[1:] {
		s.Contrasts[1+i].Measures = nil
	}
	if got := note(); !strings.HasSuffix(got, "no number is given.") {
		t.Errorf("note on what is not resolved: %q", got)
	}
	for i := range s.Arms {
		s.Arms[i].Curves = s.Arms[i].Curves[:4]
	}
	if got := note(); got != "" {
		t.Errorf("note without a curve: %q", got)
	}
}

// TestTurnsAreMarked: a change that the scenario assumes is a dotted line at its day, and
// the note says what it is and when. Catches a mark at the end of the window.
func TestTurnsAreMarked(t *testing.T) {
	s := realistic()
	s.Run.Turns = []summary.Turn{{Day: .2 * s.Run.HorizonDays, Label: "the thaw ends"}}
	r, _, in := panelOf(s, 0)
	x, _ := rulers(t, r, in, false)
	at := math.NaN()
	for _, l := range r.strokes(.7, chart.Frame) {
		if e := l.ends(); len(l.dash) > 0 && e[0].X == e[1].X {
			at = e[0].X
		}
	}
	x.close(t, "the day of the change", at, .2*s.Run.HorizonDays)
	note := in.turns()
	if want := "Dashed: the thaw ends, " + in.begin.AddDate(0, 0, int(.2*s.Run.HorizonDays)).Format("January 2006") +
		"."; !strings.HasSuffix(note, want) {
		t.Errorf("note %q, want %q at its end", note, want)
	}
	s.Run.Turns = nil
	if note := newInput(s, nil).turns(); strings.Contains(note, "Dashed") ||
		strings.HasSuffix(note, " ") {
		t.Errorf("note %q", note)
	}
}

// TestEndHasTheRangeOfItsOutcome catches: two ranges for one quantity, that of another outcome.
func TestEndHasTheRangeOfItsOutcome(t *testing.T) {
	s := realistic()
	curve := curveOf(&s.Arms[0], "R3", "misstep")
	end := len(curve.Value) - 1
	for _, c := range []struct{ value, low, high float64 }{
		{curve.Value[end], .05, .6}, {curve.Value[end] / 2, curve.Low[end], curve.High[end]}} {
		s.Contrasts[0].Measure("any_misstep").Baseline = est(c.value, .01, .05, .6)
		if at := newLevelPanel(newInput(s, nil), "R3", "misstep").lines[0].final(); at.Low != c.low || at.High != c.high {
			t.Errorf("%v: %v to %v, want %v to %v", c.value, at.Low, at.High, c.low, c.high)
		}
	}
}
