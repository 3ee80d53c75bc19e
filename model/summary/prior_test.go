package summary

import (
	"context"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// TestConditioned: a run on a joint sample that knows its rate is calibrated, has no
// warning of priors, and keeps the headline before the record.
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
	p, h := s.Headline.Prior, &before.Headline
	want := Prior{before.Run.Replicates, h.Baseline, h.Treatment, h.Difference}
	if *p != want || p.Baseline.High <= p.Baseline.Low {
		t.Errorf("%+v, want %+v", p, want)
	}
}
