package figure

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

func whyOf(in *WhyInput) fitCase {
	return fitCase{newWhy(in, true), Why(in).Draw}
}

func multiverseOf(in *WhyInput) fitCase {
	return fitCase{newWhy(in, false), Multiverse(in).Draw}
}

func expertsOf(in *WhyInput) fitCase {
	return fitCase{newWhy(in, false), Experts(in).Draw}
}

// someExperts are a scenario as it stands, two experts of opposed beliefs, and their pool.
func someExperts() *WhyInput {
	return &WhyInput{Title: "Whose beliefs oppose the forum", Subtitle: []string{"Two states", "with against without",
		Played(200, 12), "seed 1"}, Outcome: "missteps", Unit: "per 100 cases", Uncertain: true,
		Lead: "Oppose the treatment: Ben. Favour it: Anna.", Rows: []WhyRow{
			{Label: "the scenario as it stands", Estimate: summary.Estimate{Value: -.05, MC: .02, Low: -.2, High: .1,
				Resolved: true}, Verdict: summary.Unclear},
			{Label: "Anna", Estimate: summary.Estimate{Value: -.4, MC: .03, Low: -.7, High: -.2, Resolved: true},
				Verdict: summary.Better},
			{Label: "Ben", Estimate: summary.Estimate{Value: .3, MC: .03, Low: .1, High: .5, Resolved: true},
				Verdict: summary.Worse},
			{Label: "pool", Estimate: summary.Estimate{Value: -.02, MC: .03, Low: -.6, High: .4, Resolved: true},
				Verdict: summary.Unclear, Total: true},
		}}
}

// TestExpertsAreToScale catches: an expert whose point or intervals stand elsewhere than their numbers, a pool that is
// not set apart, a finding that is not said.
func TestExpertsAreToScale(t *testing.T) {
	in, r := someExperts(), &tape{}
	expertsOf(in).on(r)
	x := rulerOf(t, r.ticks(true, quantity), false)
	for _, c := range []struct {
		row  WhyRow
		look color.NRGBA
	}{{in.Rows[1], chart.Help}, {in.Rows[2], chart.Harm}} {
		e := c.row.Estimate
		param := r.strokes(1.1, c.look)[0].bounds()
		x.close(t, c.row.Label+" low", param.X, e.Low)
		x.close(t, c.row.Label+" high", param.Right(), e.High)
		monte := r.strokes(3.4, c.look)[0].bounds()
		x.close(t, c.row.Label+" less its error", monte.X, e.Value-e.MC)
	}
	r.one(t, in.Lead)
	if pool, ben := r.one(t, "Pool"), r.one(t, "Ben"); !(pool.y > ben.y) {
		t.Errorf("the pool stands at %v, Ben at %v", pool.y, ben.y)
	}
}

// someParts are four mechanisms and their sum.
func someParts() *WhyInput {
	return &WhyInput{Subtitle: []string{"Two states", "with against without", Played(200, 12), "seed 1"},
		Outcome: "missteps", Unit: "per 100 cases", Uncertain: true, Rows: []WhyRow{
			{Label: "clarify", Estimate: summary.Estimate{Value: 0.0006, MC: .01, Low: .0006, High: .0006},
				Verdict: summary.Unclear},
			{Label: "delay", Estimate: summary.Estimate{Value: -.17, MC: .02, Low: -.31, High: -.05, Resolved: true},
				Verdict: summary.Better},
			{Label: "fragility", Estimate: summary.Estimate{Value: .09, MC: .03, Low: .04, High: .22, Resolved: true},
				Verdict: summary.Worse},
			{Label: "leaks", Estimate: summary.Estimate{Value: .02, MC: .01, Low: -.04, High: .09, Resolved: true},
				Verdict: summary.Unclear},
			{Label: "together", Estimate: summary.Estimate{Value: -.0594, MC: .04, Low: -.45, High: .13, Resolved: true},
				Verdict: summary.Unclear, Total: true},
		}}
}

// whyCharts are the ordinary inputs and those that a figure must survive.
func whyCharts() map[string]fitCase {
	out := map[string]fitCase{"why": whyOf(someParts()), "multiverse": multiverseOf(someParts()),
		"experts": expertsOf(someExperts()), "why empty": whyOf(&WhyInput{Rows: make([]WhyRow, 1)})}
	long := someParts()
	long.Title, long.Rests, long.Outcome, long.Unit = longLabel, strings.Repeat(longLabel, 2), longLabel, longLabel
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
	for name, v := range map[string]float64{"zero": 0, "negative": -3, "million": 12345678, "huge": 1e12} {
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
	whyOf(someParts()).on(r)
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
		if y := r.one(t, say.Capital(c.row.Label)).y; math.Abs(y-chart.Ascent/2+5-bar.MiddleY()) > 1 {
			t.Errorf("%s: bar at %v, label at %v", c.row.Label, bar.MiddleY(), y)
		}
	}
	if n := len(r.fills(chart.Tint(chart.Unclear, .42))); n != 3 {
		t.Errorf("%d grey bars, want 3", n)
	}
}

// TestWhyCSV holds the drawn numbers to the input's, to the last bit; an interval that is not
// resolved has no ends.
func TestWhyCSV(t *testing.T) {
	tab := newWhy(someParts(), true).numbers
	if got := strings.Join(tab.head,
		","); got != "outcome,unit,part,total,value,mc_half_width,parameter_low,parameter_high,verdict" {
		t.Errorf("head %s", got)
	}
	for i, r := range someParts().Rows {
		row := tab.rows[i]
		for k, want := range say.Cells(r.Estimate) {
			if row[4+k] != want {
				t.Errorf("%s: %v, want %v", r.Label, row[4+k], want)
			}
		}
		if row[2] != r.Label || row[3] != fmt.Sprint(r.Total) || row[8] != string(r.Verdict) {
			t.Errorf("row %q", row)
		}
	}
}

// TestChosenHasNoVerdict catches: a design that is better because it was chosen as the best.
func TestChosenHasNoVerdict(t *testing.T) {
	in := someParts()
	in.Rows = in.Rows[1:2]
	in.Rows[0].Verdict = Chosen
	r := &tape{}
	multiverseOf(in).on(r)
	if alt := newWhy(in, false).alt; !strings.Contains(alt, "no verdict") || len(r.strokes(3.4, chart.Help)) != 0 {
		t.Error(alt)
	}
}
