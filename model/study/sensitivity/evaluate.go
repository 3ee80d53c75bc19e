package sensitivity

import (
	"context"
	"errors"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
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
	plan    experiment.Plan
	Outputs []Output
}

// NewEvaluator evaluates the headline arms of a plan with so many replicates a point.
// The scenario needs two arms, or an error says so.
func NewEvaluator(p experiment.Plan, replicates int, measures []int) (*Evaluator, error) {
	v := *p.Scenario
	arms := p.HeadlineArms()
	if len(arms) < 2 {
		return nil, errors.New("the scenario compares no two arms; name them with --contrast")
	}
	v.Arms, v.Joint = []scenario.Arm{v.Arms[arms[0]], v.Arms[arms[1]]}, nil
	p.Scenario, p.Draws, p.Replicates, p.BlockSize = &v, 1, replicates, replicates
	e := &Evaluator{plan: p}
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
	var per [][]Sums // by measure and replicate
	err := experiment.Fold(ctx, &p, p.Blocks(0, p.Replicates), 1, e.newReader,
		func(_ experiment.Block, r *reader) { per = r.per })
	if err != nil {
		return nil, err
	}
	var out []Response
	for k := range per {
		factor := outcome.All[e.Outputs[3*k].Measure].Factor
		b, t := ratio(per[k], 0, factor), ratio(per[k], 2, factor)
		out = append(out, b, t, t.minus(b))
	}
	return out, nil
}

// reader reads the measures of the outputs off the replicates of a point.
type reader struct {
	outputs []Output
	per     [][]Sums // by measure and replicate
	total   []Sums   // by measure, so far

	readings []outcome.Reading
	flips    []outcome.Flips // nobody asks for them
}

func (e *Evaluator) newReader() *reader {
	n := len(e.Outputs) / 3
	return &reader{outputs: e.Outputs, per: make([][]Sums, n), total: make([]Sums, n),
		readings: make([]outcome.Reading, len(outcome.All)), flips: make([]outcome.Flips, len(outcome.All))}
}

// Reset does nothing: a reader reads one block.
func (r *reader) Reset(experiment.Block, *sim.Arms) {}

// Observers are none.
func (r *reader) Observers() []sim.Observer { return nil }

// Visit takes a replicate: what the running total gains by it.
func (r *reader) Visit(_ int, out []sim.Outcome) {
	outcome.Read(&out[0], &out[1], r.readings, r.flips)
	for k := range r.per {
		x, before := r.readings[r.outputs[3*k].Measure], r.total[k]
		var one Sums
		for i := range x {
			r.total[k][i] += x[i]
			one[i] = r.total[k][i] - before[i]
		}
		r.per[k] = append(r.per[k], one)
	}
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
