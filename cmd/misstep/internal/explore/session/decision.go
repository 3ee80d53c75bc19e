package session

import (
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decision"
)

// weighed are the outcomes of a decision, with what a case of each counts unless somebody says otherwise.
func weighed() (out []Weighed) {
	count := map[string]float64{"missteps": 1, "missed": 1, "forgone": 0.5}
	for i := range outcome.All {
		if o := &outcome.All[i]; o.Key && decision.Decidable(o) {
			out = append(out, Weighed{ID: o.ID, Words: say.Measure(o.ID), Default: count[o.ID]})
		}
	}
	return out
}

// decisionOf is the decision that sums leave; nil where they tell none.
func decisionOf(s *experiment.Sums) *Decision {
	return DecisionOf(draws.Of(s), s.Plan.NoDifference())
}

// DecisionOf is the decision between the first two arms of a table, where a net benefit up to delta counts as none; nil
// where it tells none.
func DecisionOf(t *draws.Table, delta float64) *Decision {
	const fewest = 2
	if len(t.Treatments) == 0 || len(t.Rows) < fewest*len(t.Treatments) || t.Rows[0].Sums.N < fewest {
		return nil
	}
	d := &Decision{}
	for _, w := range weighed() {
		for _, m := range t.Joint.Outcomes {
			if outcome.All[m].ID == w.ID {
				d.Outcomes = append(d.Outcomes, w)
			}
		}
	}
	square := make([]float64, len(d.Outcomes))
	for i, w := range d.Outcomes {
		value, half := decision.SampleOf(t, []decision.Weight{{Outcome: w.ID}}, w.ID).Benefit(0, 1)
		d.Gain, square[i] = append(d.Gain, value), float64(half*half)
	}
	for i, x := range d.Outcomes {
		row := make([]float64, len(d.Outcomes))
		for k, y := range d.Outcomes {
			if row[k] = square[i]; i != k {
				_, half := decision.SampleOf(t, []decision.Weight{{Outcome: x.ID, Weight: 1}}, y.ID).Benefit(0, 1)
				row[k] = (float64(half*half) - square[i] - square[k]) / 2
			}
		}
		d.Square = append(d.Square, row)
	}
	d.Shares = sharesOf(t, d.Outcomes, delta)
	return d
}

// sharesOf are the shares of sets of assumptions that decide tells, at weights of the last outcome.
func sharesOf(t *draws.Table, outcomes []Weighed, delta float64) (out []Shared) {
	var fixed []decision.Weight
	last := len(outcomes) - 1
	for _, w := range outcomes[:max(0, last)] {
		if w.Default > 0 {
			fixed = append(fixed, decision.Weight{Outcome: w.ID, Weight: w.Default})
		}
	}
	if len(fixed) == 0 {
		return nil
	}
	s := decision.SampleOf(t, fixed, outcomes[last].ID)
	for _, w := range []float64{0, 0.25, 0.5, 0.75, 1} {
		if x := s.Shares(0, w, delta); x != nil {
			out = append(out, Shared{w, x.Better.Value, x.Worse.Value})
		}
	}
	return out
}
