package summary

import (
	"context"
	"math"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// TestSetPrior: contractions of ratio and baseline from the widths of their
// intervals, what is not resolved, and when it warns.
func TestSetPrior(t *testing.T) {
	width := func(w float64) Estimate {
		return Estimate{Value: 1, MC: 0.1, Low: 1 - w/2, High: 1 + w/2, Resolved: w > 0}
	}
	for _, c := range []struct {
		name                                   string
		before, after, baseBefore, baseAfter   float64
		contraction, base                      float64
		resolved, baseResolved, informed, warn bool
	}{
		{"both narrower", 2, 1, 4, 3, 0.5, 0.25, true, true, true, false},
		{"just above the bound", 10, 8.99, 4, 4, 0.101, 0, true, true, true, false},
		{"below it", 10, 9.01, 4, 1, 0.099, 0.75, true, true, false, true},
		{"wider", 2, 3, 4, 5, -0.5, -0.25, true, true, false, true},
		{"unresolved after", 2, 0, 4, 3, 0, 0.25, false, true, false, true},
		{"unresolved before", 0, 2, 0, 3, 0, 0, false, false, false, true},
	} {
		of := func(e Estimate) *Summary {
			return &Summary{Run: Run{Replicates: 4}, Headline: Headline{Measure: "x", Difference: width(7)},
				Contrasts: []Contrast{{Measures: []Measure{{ID: "x", Ratio: e}}}}}
		}
		s, before := of(width(c.after)), of(width(c.before))
		s.Headline.Baseline, before.Headline.Baseline = width(c.baseAfter), width(c.baseBefore)
		s.SetPrior(before)
		h, p := s.Headline, s.Headline.Prior
		if math.Abs(h.Contraction-c.contraction) > 1e-12 || math.Abs(p.BaselineContraction-c.base) > 1e-12 ||
			p.Resolved != c.resolved ||
			p.BaselineResolved != c.baseResolved || h.Informed() != c.informed || p.Replicates != 4 ||
			p.Difference != before.Headline.Difference {
			t.Errorf("%s: %+v, %+v", c.name, h, p)
		}
		if (len(s.Warnings) > 0) != c.warn ||
			c.warn && s.Warnings[0] != (Warning{ID: "not-calibrated", Conditioned: true, Contraction: h.Contraction}) {
			t.Errorf("%s: %+v", c.name, s.Warnings)
		}
	}
	if (&Headline{Contraction: 0.5}).Informed() {
		t.Error("a headline without a prior is informed")
	}
}

// TestConditioned: a run on a joint sample that knows its rate is calibrated, has no
// warning of priors, and its baseline is narrower than on the priors alone.
func TestConditioned(t *testing.T) {
	v, err := scenario.Load("small", []byte(small), scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	var slots []int
	row := []float64{}
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() {
			slots = append(slots, i)
			row = append(row, v.Slots[i].Dist.Median())
		}
	}
	// Everything is known but one number, which keeps its spread.
	last := len(row) - 1
	rows := make([][]float64, 40)
	for i := range rows {
		rows[i] = append(append([]float64{}, row[:last]...), v.Slots[slots[last]].Dist.Quantile((float64(i)+0.5)/40))
	}
	weights := make([]float64, len(rows))
	for i := range weights {
		weights[i] = 1
	}
	c := *v
	c.Joint = scenario.NewJoint(slots, rows, weights, make([]scenario.Learned, len(slots)))
	plan := experiment.Plan{Scenario: &c, Seed: 3, Draws: 40, Replicates: 12, BlockSize: 12}
	run := func(p experiment.Plan) *Summary {
		s, err := experiment.Run(context.Background(), p, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		return Of(s)
	}
	s, before := run(plan), run(plan.OnPriors())
	if !s.Headline.Calibrated || before.Headline.Calibrated || s.Headline.Prior != nil || s.Run.Free != before.Run.Free ||
		before.Run.Replicates != 4 {
		t.Errorf("%+v\n%+v", s.Headline, before.Headline)
	}
	for _, w := range s.Warnings {
		if w.ID == "not-calibrated" {
			t.Errorf("%+v", w)
		}
	}
	s.SetPrior(before)
	if p := s.Headline.Prior; p.BaselineResolved && p.BaselineContraction < 0.3 || p.Baseline.High <= p.Baseline.Low {
		t.Errorf("%+v beside %+v", p, s.Headline.Baseline)
	}
}
