package fit

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/calibrate"
)

// near compares with a number worked out by hand.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-6) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestCoverage: three fits of two numbers, worked out by hand. Catches a bound of the interval that counts as outside,
// a truth above all particles that has no rank, an error by the normal distribution.
func TestCoverage(t *testing.T) {
	fits := []aFit{{Below: []float64{.5, .5}, Corrected: true}, {Below: []float64{.05, .96}, Corrected: true},
		{Below: []float64{1, .97}}}
	c := coverageOf(fits) // shares 1, 1/2 and 0
	near(t, "inside", c.Inside, .5)
	near(t, "half-width", float64(c.HalfWidth), 4.3026527*.5/math.Sqrt(3))
	near(t, "below", c.Below, 3.98/6)
	near(t, "below of the first", c.Numbers[0].Below, 1.55/3)
	near(t, "chi-square of the first", c.Numbers[0].ChiSquare, 3*.625*.625/.375+5*.375)
	near(t, "chi-square of the second", c.Numbers[1].ChiSquare, (.625*.625+1.625*1.625)/.375+6*.375)
	if a, b := c.Numbers[0], c.Numbers[1]; a.Inside != 2 || b.Inside != 1 || c.Corrected != 2 || c.Uneven != 0 ||
		a.Ranks != [rankedIn]int{0: 1, 4: 1, 7: 1} || b.Ranks != [rankedIn]int{4: 1, 7: 2} {
		t.Errorf("%+v", c)
	}
	fits = nil
	for i := range enoughRanks {
		fits = append(fits, aFit{Below: []float64{.5, (float64(i%rankedIn) + .5) / rankedIn}})
	}
	c = coverageOf(fits)
	if near(t, "chi-square of one rank", c.Numbers[0].ChiSquare, 280); c.Uneven != 1 || c.Numbers[1].ChiSquare != 0 {
		t.Errorf("%+v", c)
	}
}

// TestCoverageOfOneFit: one fit says nothing of the error over fits; several do.
func TestCoverageOfOneFit(t *testing.T) {
	v := &verification{problem: &calibrate.Problem{Space: &calibrate.Space{Coordinates: []calibrate.Coordinate{
		{Path: "a", Unit: "1"}, {Path: "b", Unit: "d"}}}}}
	said := func(fits ...aFit) string {
		v.Screen = &say.Screen{}
		d := verifyDocument{Fits: fits}
		table := v.coveredTable(&d)
		return v.Screen.String() + string(table.Data) + string(say.JSON(d))
	}
	one := said(aFit{Below: []float64{.5, .99}})
	for _, want := range []string{" 50.0 % of the central 90 % intervals of 2 numbers hold the true value.\n",
		`"half_width": null`, "\nb,d,1,0,0.99,0,0,0,0,0,0,0,1,7\n"} {
		if !strings.Contains(one, want) || strings.Contains(one, "±") {
			t.Errorf("no %q, or an error, in %s", want, one)
		}
	}
	two := said(aFit{Below: []float64{.5, .99}}, aFit{Below: []float64{.5, .5}})
	if !strings.Contains(two, "75.0 ± 317.7 %") || !strings.Contains(two, "(95 % interval, over fits)") {
		t.Error(two)
	}
}

// TestPredictedTable: what was left out is counted by statistic, and marked where it lies outside.
func TestPredictedTable(t *testing.T) {
	v := &verification{}
	v.Screen = &say.Screen{}
	d := verifyDocument{Fits: []aFit{
		{Without: "T1", Predicted: []fittedTarget{{ID: "s1", Target: "T1", Label: "a rate", Unit: "1/y", Observed: 3,
			Posterior: [3]float64{1, 2, 4}, Inside: true, AsLow: .8, AsHigh: .2}}},
		{Without: "T2", Predicted: []fittedTarget{{ID: "s2", Target: "T2", Label: "a share", Unit: "1", Observed: .5,
			Posterior: [3]float64{.1, .2, .3}, AsLow: 1}, {ID: "s3", Target: "T2", Label: "a day", Observed: 7,
			Posterior: [3]float64{5, 6, 8}, Inside: true}}}}}
	table := string(v.predictedTable(&d).Data)
	if *d.LeftOut != (leftOutScore{Statistics: 3, Inside: 2}) {
		t.Errorf("%+v", d.LeftOut)
	}
	screen := v.Screen.String()
	for _, want := range []string{"0.2 [0.1, 0.3]", "2 [1, 4]\n", " outside\n", "2 of 3 lie inside"} {
		if !strings.Contains(screen, want) {
			t.Errorf("no %q in %s", want, screen)
		}
	}
	want := "\nT1,s1,a rate,1/y,3,false,1,2,4,true,0.8,0.2\n"
	if !strings.Contains(table, want) || strings.Count(table, "\n") != 4 {
		t.Errorf("no %q in %s", want, table)
	}
}
