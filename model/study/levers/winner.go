package levers

import (
	"context"
	"math"

	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/decision"
)

// Winner is the best design of a search on futures that chose nothing.
type Winner struct {
	Words      string       `json:"words"`
	Changes    []Change     `json:"changes"`
	Seed       uint64       `json:"seed,string"`
	Draws      int          `json:"draws"`
	Replicates int          `json:"replicates"`
	Net        decision.Arm `json:"net"`      // against the treatment as it stands
	Outcomes   []Price      `json:"outcomes"` // the key ones, the headline's, and those that are weighed
}

// Price is what an outcome is without the channel, as it stands, and with the design, in its unit.
type Price struct {
	Outcome  string  `json:"outcome"`
	Unit     string  `json:"unit"`
	Baseline float64 `json:"baseline"`
	Stands   float64 `json:"as_it_stands"`
	Design   float64 `json:"design"`
	Change   float64 `json:"change"`     // of the design against what stands
	Half     float64 `json:"half_width"` // of its 95 % interval, given the draws
}

// z95 is the .975 quantile of the normal distribution.
const z95 = 1.959963984540054

// Confirm plays the best design of the last stage, what stands and the baseline anew, with another seed and as many
// futures.
func (s *Space) Confirm(ctx context.Context, p experiment.Plan, o Options, designs []Design, stages []Stage,
	workers int, progress experiment.Progress) (*Winner, error) {
	design := designs[stages[len(stages)-1].Standing[0].Design]
	w := &Winner{Words: s.Words(design), Changes: s.Changes(p.Scenario, design)}
	if len(w.Changes) == 0 {
		return w, nil
	}
	p.Seed, p.Replicates = p.Seed+confirming, stages[len(stages)-1].Futures/p.Draws
	arms := []scenario.Arm{s.Treatment, s.Arm("design", design), s.Baseline}
	t, err := tableOf(ctx, &p, arms, o.Weights, workers, progress)
	if err != nil {
		return nil, err
	}
	last := o.Weights[len(o.Weights)-1]
	q := decision.Question{Weights: o.Weights[:len(o.Weights)-1], Varied: last.Outcome, Over: []float64{last.Weight},
		Delta: p.NoDifference()}
	w.Net = decision.Of(decision.SampleOf(t, q.Weights, q.Varied), q).At[0].Arms[1]
	w.Seed, w.Draws, w.Replicates = p.Seed, p.Draws, p.Replicates
	for k, m := range t.Joint.Outcomes {
		w.Outcomes = append(w.Outcomes, priceOf(t, k, &outcome.All[m]))
	}
	return w, nil
}

// confirming keeps the futures that confirm apart from those that choose.
const confirming = 1 << 32

// priceOf is outcome k of a table of the design and the baseline against what stands.
func priceOf(t *draws.Table, k int, o *outcome.Outcome) Price {
	value := func(treatment string, before, after float64) (x, half float64) {
		w := make(draws.Weights, len(t.Joint.Outcomes))
		w[k] = [2]float64{before, after}
		x, variance, _ := t.Pooled(treatment, w)
		return x, z95 * math.Sqrt(variance)
	}
	out := Price{Outcome: o.ID, Unit: o.Unit}
	out.Stands, _ = value("design", 1, 0)
	out.Design, _ = value("design", 0, 1)
	out.Change, out.Half = value("design", -1, 1)
	out.Baseline, _ = value(t.Treatments[1], 0, 1)
	return out
}
