package figure

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/summary"
)

func whyOf(in *WhyInput) fitCase {
	return fitCase{newWhy(in, true), func(o Options) ([]File, error) { return Why(in, o) }}
}

func multiverseOf(in *WhyInput) fitCase {
	return fitCase{newWhy(in, false), func(o Options) ([]File, error) { return Multiverse(in, o) }}
}

// someParts are four mechanisms and their sum.
func someParts() *WhyInput {
	return &WhyInput{Subtitle: []string{"Two states", "with against without", Played(200, 12), "seed 1"},
		Outcome: "missteps", Unit: "per 100 cases", Uncertain: true, Rows: []WhyRow{
			{Label: "clarify", Estimate: summary.Estimate{Value: 0.0006, MC: .01, Low: .0006, High: .0006},
				Verdict: summary.Unclear},
			{Label: "delay", Estimate: summary.Estimate{Value: -.17, MC: .02, Low: -.31, High: -.05}, Verdict: summary.Better},
			{Label: "fragility", Estimate: summary.Estimate{Value: .09, MC: .03, Low: .04, High: .22}, Verdict: summary.Worse},
			{Label: "leaks", Estimate: summary.Estimate{Value: .02, MC: .01, Low: -.04, High: .09}, Verdict: summary.Unclear},
			{Label: "together", Estimate: summary.Estimate{Value: -.0594, MC: .04, Low: -.45, High: .13},
				Verdict: summary.Unclear, Total: true},
		}}
}

// whyCharts are the ordinary inputs and those that a figure must survive.
func whyCharts() map[string]fitCase {
	out := map[string]fitCase{"why": whyOf(someParts()), "multiverse": multiverseOf(someParts()), "why nil": whyOf(nil),
		"multiverse nil": multiverseOf(nil),
		"why empty":      whyOf(&WhyInput{Rows: make([]WhyRow, 1)})}
	long := someParts()
	long.Title, long.Source, long.Outcome, long.Unit = longLabel, strings.Repeat(longLabel, 2), longLabel, longLabel
	long.Subtitle = []string{strings.Repeat(longLabel, 3), longLabel}
	for len(long.Rows) < 90 {
		r := long.Rows[len(long.Rows)%3]
		r.Label, r.Verdict = longLabel, []summary.Verdict{summary.Same, summary.Differs, ""}[len(long.Rows)%3]
		long.Rows = append([]WhyRow{r}, long.Rows...)
	}
	out["why long"], out["multiverse long"] = whyOf(long), multiverseOf(long)
	fixed := someParts()
	fixed.Uncertain = false
	for i := range fixed.Rows {
		e := &fixed.Rows[i].Estimate
		e.Low, e.High = e.Value, e.Value
	}
	out["why fixed"] = whyOf(fixed)
	for name, v := range map[string]float64{"nan": nan, "infinite": inf, "zero": 0, "negative": -3, "huge": 1e300,
		"million": 12345678, "largest": math.MaxFloat64, "tiny": 5e-324} {
		in := someParts()
		overwriteAll(reflect.ValueOf(in), v)
		out["why "+name], out["multiverse "+name] = whyOf(in), multiverseOf(in)
	}
	return out
}

// TestWhyBarsAreToScale catches: a bar that begins elsewhere than at zero or ends
// elsewhere than at the value, intervals that are swapped or cut.
func TestWhyBarsAreToScale(t *testing.T) {
	r := &tape{}
	whyOf(someParts()).on(r, Options{})
	x := rulerOf(t, r.ticks(true, quantity), false)
	for _, c := range []struct {
		row   WhyRow
		from  float64
		to    float64
		shade string
	}{{someParts().Rows[1], -.17, 0, "help"}, {someParts().Rows[2], 0, .09, "harm"}} {
		shade := chart.Help
		if c.shade == "harm" {
			shade = chart.Harm
		}
		bar := r.fills(chart.Tint(shade, .42))[0].bounds()
		x.close(t, c.row.Label+" from", bar.X, c.from)
		x.close(t, c.row.Label+" to", bar.Right(), c.to)
		param := r.strokes(1.1, shade)[0].bounds()
		x.close(t, c.row.Label+" low", param.X, c.row.Estimate.Low)
		x.close(t, c.row.Label+" high", param.Right(), c.row.Estimate.High)
		monte := r.strokes(3.4, shade)[0].bounds()
		x.close(t, c.row.Label+" less its error", monte.X, c.row.Estimate.Value-c.row.Estimate.MC)
		x.close(t, c.row.Label+" and its error", monte.Right(), c.row.Estimate.Value+c.row.Estimate.MC)
		if y := r.one(t, chart.Upper(c.row.Label)).y; math.Abs(y-chart.TextSize*.36-centerOf(bar).Y) > .01 {
			t.Errorf("%s: bar at %v, label at %v", c.row.Label, centerOf(bar).Y, y)
		}
	}
	if n := len(r.fills(chart.Tint(chart.Unclear, .42))); n != 3 {
		t.Errorf("%d grey bars, want 3", n)
	}
}

// center is the middle of a box.
func centerOf(r chart.Rect) chart.Point { return chart.Pt(r.X+r.W/2, r.Y+r.H/2) }

// TestWhyNumbers catches: rows with different decimals, a number that looks larger
// than it is, an interval of another kind.
func TestWhyNumbers(t *testing.T) {
	r := &tape{}
	whyOf(someParts()).on(r, Options{})
	for _, text := range []string{"0.00 (not resolved)", "−0.17 (−0.31 to −0.05)", "+0.09 (0.04 to 0.22)",
		"−0.06 (−0.45 to 0.13)", "Difference in missteps per 100 cases"} {
		r.one(t, text)
	}
	if w := r.one(t, "−0.06 (−0.45 to 0.13)"); !w.bold || w.y < r.one(t, "Leaks").y {
		t.Error("the total is not bold at the bottom")
	}
	r = &tape{}
	whyCharts()["why fixed"].on(r, Options{})
	r.one(t, "−0.17 (−0.19 to −0.15)")
}

// TestWhyTotalsStayLast catches: a total that moves up or gives way to a part.
func TestWhyTotalsStayLast(t *testing.T) {
	in := someParts()
	in.Rows = append([]WhyRow{in.Rows[4]}, in.Rows[:4]...)
	w := newWhy(in, true)
	if !w.rows[4].total || in.Rows[0].Label != "together" {
		t.Errorf("rows %+v", w.rows)
	}
	for room := 1; room <= 7; room++ {
		got := w.fitting(room)
		if len(got) != min(room, 5) || !got[len(got)-1].total || room > 1 && got[0].label != "clarify" {
			t.Errorf("room for %d: %+v", room, got)
		}
	}
}

// TestWhyWords catches: a title, a source or a part of the subtitle that is lost; an
// alternative text that leaves out a part.
func TestWhyWords(t *testing.T) {
	in := someParts()
	in.Title, in.Source = "My title", "My source."
	r := &tape{}
	whyOf(in).on(r, Options{})
	text := strings.Join(r.words(), "\n")
	for _, part := range []string{"My title", "Two states · with against without", "My source.", "Clarify", "better",
		"worse", "no clear difference", chart.OverAssumptions, chart.OfSampling} {
		if !strings.Contains(text, surface.Printable(part)) {
			t.Errorf("the figure does not say %q: %s", part, text)
		}
	}
	if got, want := WhyAlt(someParts()),
		"Bars of the parts of a difference in missteps per 100 cases: clarify +0.00060 (not resolved) (no clear "+
			"difference); delay −0.17 (−0.31 to −0.05) (better); fragility +0.09 (0.04 to 0.22) (worse); leaks +0.02 "+
			"(−0.04 "+
			"to 0.09) (no clear difference); together −0.06 (−0.45 to 0.13) (no clear difference)."+chart.InParentheses; got != want {
		t.Errorf("alt %q", got)
	}
	if got := MultiverseAlt(nil); got != "No part of a difference to show." {
		t.Errorf("alt of nothing %q", got)
	}
}

// TestWhyCSV holds the drawn numbers to the input's, to the last bit.
func TestWhyCSV(t *testing.T) {
	tab := newWhy(someParts(), true).table()
	if got := strings.Join(tab.head,
		","); got != "outcome,unit,part,total,value,mc_half_width,parameter_low,parameter_high,verdict" {
		t.Errorf("head %s", got)
	}
	for i, r := range someParts().Rows {
		row := tab.rows[i]
		for k, want := range []float64{r.Estimate.Value, r.Estimate.MC, r.Estimate.Low, r.Estimate.High} {
			if got, err := strconv.ParseFloat(row[4+k], 64); err != nil || got != want {
				t.Errorf("%s: %v, want %v", r.Label, row[4+k], want)
			}
		}
		if row[2] != r.Label || row[3] != fmt.Sprint(r.Total) || row[8] != string(r.Verdict) {
			t.Errorf("row %q", row)
		}
	}
}
