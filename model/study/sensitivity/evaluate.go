package sensitivity

import (
	"context"
	"errors"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Quantity says what of a measure an output is.
type Quantity string

// The quantities.
const (
	Baseline  Quantity = "baseline"
	Treatment Quantity = "treatment"
	Paired    Quantity = "effect" // treatment minus baseline, over the same cases and replicates
)

// Output is one number that the model gives: a quantity of a measure.
type Output struct {
	Measure  int // in outcome.All
	Quantity Quantity
}

// Evaluator plays a scenario at given values of its numbers. The replicates have the
// same addresses at every point, so that points differ by their numbers only.
type Evaluator struct {
	plan     experiment.Plan
	measures []int
	Outputs  []Output
}

// NewEvaluator evaluates the headline arms of a plan with so many replicates a point.
// The scenario needs two arms, or an error says so.
func NewEvaluator(p experiment.Plan, replicates int, measures []int) (*Evaluator, error) {
	if len(p.HeadlineArms()) < 2 {
		return nil, errors.New("the scenario compares no two arms; name them with --contrast")
	}
	p = p.PairOnly()
	v := *p.Scenario
	v.Joint = nil
	p.Scenario, p.Draws, p.Replicates, p.BlockSize = &v, 1, replicates, replicates
	e := &Evaluator{plan: p, measures: measures}
	for _, m := range measures {
		for _, q := range []Quantity{Baseline, Treatment, Paired} {
			e.Outputs = append(e.Outputs, Output{m, q})
		}
	}
	return e, nil
}

// At plays the point theta, one value per slot, and returns the response of every
// output: one value per replicate. A memo keeps what the arms brought; nil for none.
func (e *Evaluator) At(ctx context.Context, theta []float64, memo *experiment.Memo) ([]Response, error) {
	p := e.plan
	v := *p.Scenario
	v.Slots = make([]scenario.Slot, len(theta))
	for i, s := range p.Scenario.Slots {
		s.Dist = param.Dist{Family: param.Point, A: theta[i]}
		v.Slots[i] = s
	}
	p.Scenario, p.Memo = &v, memo
	read, err := experiment.Readings(ctx, p, e.measures)
	if err != nil {
		return nil, err
	}
	var out []Response
	for k, m := range e.measures {
		per, factor := gains(read[k]), outcome.All[m].Factor
		b, t := ratio(per, 0, factor), ratio(per, 2, factor)
		out = append(out, b, t, t.minus(b))
	}
	return out, nil
}

// gains are what the running total of readings gains by each of them: the reading, as exactly as the total holds it.
func gains(readings []outcome.Reading) (per []Sums) {
	var total Sums
	for _, x := range readings {
		before := total
		var one Sums
		for i := range x {
			total[i] += x[i]
			one[i] = total[i] - before[i]
		}
		per = append(per, one)
	}
	return per
}

// ratio is a ratio of sums as one value per replicate, whose mean it is: the first
// terms of its Taylor series. A denominator that is 0 throughout gives 0.
func ratio(per []Sums, at int, factor float64) Response {
	num, den := 0.0, 0.0
	for _, s := range per {
		num += s[at]
		den += s[at+1]
	}
	out := make(Response, len(per))
	if den == 0 {
		return out
	}
	r, mean := num/den, den/float64(len(per))
	for i, s := range per {
		out[i] = factor * (r + (s[at]-float64(r*s[at+1]))/mean)
	}
	return out
}
