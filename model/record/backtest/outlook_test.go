package backtest

import (
	"math"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// lawSize and lawLevel: a Kolmogorov–Smirnov test of 2000 draws at 10⁻⁶ sees a
// distribution function that is off by more than 0.06.
const (
	lawSize  = 2000
	lawLevel = 1e-6
)

// follows tests values against a distribution function.
func follows(t *testing.T, what string, values []float64, cdf func(float64) float64) {
	t.Helper()
	far, limit := kolmogorov.Distance(values, nil, cdf), kolmogorov.Bound(float64(len(values)), lawLevel)
	if far > limit {
		t.Errorf("%s: the distribution functions are %.4f apart, more than %.4f", what, far, limit)
	}
}

// TestOutlook: what had happened by the end of 2023 between either pair.
func TestOutlook(t *testing.T) {
	p, err := prepare(shippedInput(t), lateCut)
	if err != nil {
		t.Fatal(err)
	}
	us, uk := p.player.outlooks[0], p.player.outlooks[1]
	for _, c := range []struct {
		what string
		got  int
		want int
	}{
		// 2013; that of 2015 was a meeting's
		{"American shocks", us.Shocks.Events, 4}, {"meetings", us.Meetings.Events, 4}, {"openings", us.Openings.Events, 1},
		{"British shocks", uk.Shocks.Events, 0}, {"meetings", uk.Meetings.Events, 0}, {"openings", uk.Openings.Events, 1},
		{"thaws begun", us.Thawing.Events, 3}, {"thaws ended", us.Freezing.Events, 2}, {"American thaw", us.UnderWay, 1},
		{"British thaw", uk.UnderWay, -1},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
		}
	}
	near(t, "years", us.Shocks.Years, 4017/param.DaysPerYear, 1e-9)
	near(t, "all time is with or without a thaw", us.Thawing.Years+us.Freezing.Years, (us.End+uk.End)/param.DaysPerYear,
		1e-9)
	if us.Thawing != uk.Thawing || us.Freezing != uk.Freezing {
		t.Error("thaws are not pooled")
	}
	if len(us.marks.shocks) != 4 || len(us.marks.meetings) != 4 || len(us.marks.thaws) != 3 {
		t.Errorf("%d, %d, %d", len(us.marks.shocks), len(us.marks.meetings), len(us.marks.thaws))
	}
}

// TestRuptureCounts: a rupture of the evidence that no shock of the history stands for
// counts too; one that a shock stands for counts once.
func TestRuptureCounts(t *testing.T) {
	v := Cut(history(t, "us-china-history"), lateCut)
	known := shippedInput(t).Tables
	o := &Outlook{West: "United States", East: "China", Start: v.Start, End: endOf(v, lateCut)}
	if got := o.countShocks(v, known); got != 4 {
		t.Errorf("%d", got)
	}
	v.Shocks = nil
	if got := o.countShocks(v, known); got != 2 { // of August 2022 and February 2023
		t.Errorf("without shocks in the history: %d", got)
	}
	o.West = "United Kingdom"
	if got := o.countShocks(v, known); got != 0 {
		t.Errorf("British: %d", got)
	}
}

// TestRatePosterior: a rate has the Gamma posterior Gamma(½ + n, 1 y + years).
func TestRatePosterior(t *testing.T) {
	r := Rate{Events: 3, Years: 10}
	mean, square, n := 0.0, 0.0, 20000
	for i := range n {
		x := r.draw((float64(i) + 0.5) / float64(n))
		mean, square = mean+x/float64(n), square+x*x/float64(n)
	}
	near(t, "mean", mean, 3.5/11, 1e-4)
	near(t, "variance", square-mean*mean, 3.5/121, 1e-3)
}

// extended is future i of an outlook, with every number of the past at one half.
func extended(t *testing.T, o *Outlook, v *scenario.Scenario, horizon float64, i int) (*scenario.Scenario, []float64) {
	t.Helper()
	rep := random.NewSource(0, 3).Replicate(uint64(i))
	theta := make([]float64, len(v.Slots))
	for k := range theta {
		theta[k] = 0.5
	}
	return o.Extend(v, horizon, &rep, theta)
}

// prepared2023 is the American history and outlook at the end of 2023.
func prepared2023(t *testing.T) (*scenario.Scenario, *Outlook) {
	t.Helper()
	p, err := prepare(shippedInput(t), lateCut)
	if err != nil {
		t.Fatal(err)
	}
	return p.problem.Histories.American, p.player.outlooks[0]
}

// TestArrivals: the number of drawn events in five years is negative binomial, a
// Poisson count with a Gamma rate, and their times are as likely early as late.
func TestArrivals(t *testing.T) {
	v, o := prepared2023(t)
	const years = 5
	horizon := o.End + years*param.DaysPerYear
	counts := make([]float64, lawSize)
	var times []float64
	for i := range counts {
		out, _ := extended(t, o, v, horizon, i)
		for _, s := range out.Shocks[len(v.Shocks):] {
			counts[i]++
			times = append(times, (s.At-o.End)/(horizon-o.End))
		}
	}
	d := negativeBinomial{rateShape + 4, (rateYears + o.Shocks.Years) / years}
	// Counts have ties: spread each over its step of the distribution function.
	rep := random.NewSource(0, 4).Replicate(0)
	spread := make([]float64, len(counts))
	for i, c := range counts {
		x := int(c)
		spread[i] = d.CDF(x-1) + d.Mass(x)*rep.Uniform(random.Stream(1, random.Future), i)
	}
	follows(t, "counts", spread, func(u float64) float64 { return min(1, max(0, u)) })
	follows(t, "times", times[:min(len(times), lawSize)], func(u float64) float64 { return u })
}

// TestThawUnderWay: what is left of a thaw has the law of an exponential time whose
// rate has the Gamma posterior: P(T > t) = (b/(b + t))^a.
func TestThawUnderWay(t *testing.T) {
	v, o := prepared2023(t)
	left := make([]float64, lawSize)
	for i := range left {
		out, _ := extended(t, o, v, o.End+100, i)
		left[i] = (out.Thaws[1].Until - o.End) / param.DaysPerYear
	}
	a, b := rateShape+float64(o.Freezing.Events), rateYears+o.Freezing.Years
	follows(t, "remaining thaw", left, func(x float64) float64 { return 1 - math.Pow(b/(b+x), a) })
}

// TestWalk: prices step on the first day of every even year by independent normal
// increments of the logarithm, from the last price.
func TestWalk(t *testing.T) {
	v, o := prepared2023(t)
	horizon := o.End + 1000 // to September 2026
	increments := map[string][]float64{}
	for i := range lawSize {
		out, theta := extended(t, o, v, horizon, i)
		last := map[string]float64{"United States": theta[v.Prices[4].Price], "China": theta[v.Prices[4].Price]}
		for _, p := range v.Prices {
			last[p.State] = theta[p.Price]
		}
		for _, p := range out.Prices[len(v.Prices):] {
			increments[p.State] = append(increments[p.State], math.Log(theta[p.Price]/last[p.State])/walkStep)
			last[p.State] = theta[p.Price]
			if day := p.From - o.End; day != 0 && day != 731 {
				t.Fatalf("a step on day %v", day)
			}
		}
	}
	if len(increments["China"]) != 2*lawSize {
		t.Fatalf("%d steps", len(increments["China"]))
	}
	for state, x := range increments {
		follows(t, state, x, func(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) })
	}
}
