package summary

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/stat"
)

// Lever is a number held at two ends of what is believed of it, in the same futures, and
// what the headline is there.
type Lever struct {
	Path string   `json:"path"`
	Low  LeverEnd `json:"low"`  // at the 5 % quantile of its draws
	High LeverEnd `json:"high"` // at the 95 % quantile
}

// LeverEnd is the headline with a number held at a value, per 100 cases discovered in both
// arms or as the headline's outcome is counted.
type LeverEnd struct {
	At         float64  `json:"at"` // in the unit of the number
	Baseline   Estimate `json:"baseline"`
	Difference Estimate `json:"difference"`
}

// Moved is how far the baseline is apart at the two ends.
func (l *Lever) Moved() float64 { return l.High.Baseline.Value - l.Low.Baseline.Value }

// Clear reports whether that is more than chance: 95 %, with the errors of the two ends
// taken for independent, though they share their futures.
func (l *Lever) Clear() bool {
	return math.Abs(l.Moved()) > together(l.Low.Baseline.MC, l.High.Baseline.MC)
}

// together is the error of a difference of two numbers with independent errors.
func together(a, b float64) float64 { return math.Sqrt(float64(a*a) + float64(b*b)) }

// Effect is how far the difference is apart at the two ends.
func (l *Lever) Effect() float64 { return l.High.Difference.Value - l.Low.Difference.Value }

// MostEffect is the lever that moves the difference most, nil where none does by more than
// chance; the errors of its ends count as independent.
func (s *Summary) MostEffect() *Lever {
	var most *Lever
	for i := range s.Headline.Levers {
		if l := &s.Headline.Levers[i]; most == nil || math.Abs(l.Effect()) > math.Abs(most.Effect()) {
			most = l
		}
	}
	if most == nil || math.Abs(most.Effect()) <= together(most.Low.Difference.MC, most.High.Difference.MC) {
		return nil
	}
	return most
}

// The size of the short runs of [SetLevers].
const (
	mostLevers      = 3
	leverDraws      = 100
	leverReplicates = 2
)

// LeverPlans are short runs of the headline's arms, two for each of the numbers with which
// the baseline or the difference of a draw goes along most: each held at either end of its
// draws, and all else as in the run. None where numbers are fixed or a draw has one
// replicate.
func LeverPlans(s *experiment.Sums) (slots []int, plans []experiment.Plan) {
	p := &s.Plan
	if !p.Uncertain() || len(s.Others) == 0 || p.Replicates < leverReplicates {
		return nil, nil
	}
	measure := max(0, outcome.Index(p.Scenario.Headline.Outcome))
	short := p.PairOnly()
	short.Draws, short.Replicates, short.BlockSize = min(p.Draws, leverDraws), leverReplicates, leverReplicates
	for _, slot := range highest(s, measure) {
		slots = append(slots, slot)
		for _, u := range [2]float64{0.05, 0.95} {
			plans = append(plans, short.Holding(slot, p.Scenario.Quantile(slot, u)))
		}
	}
	return slots, plans
}

// highest are the slots that go along most with the level of a draw, each beyond what those
// before it explain, and last that of the difference.
func highest(s *experiment.Sums, measure int) []int {
	var draws []int
	var levels, effects []float64
	for d, m := range momentsOf(s, 0, measure) {
		level, _, ok := baselineRatio(m.Sum)
		if effect, _, both := difference(m.Sum); ok && both {
			draws, levels, effects = append(draws, d), append(levels, level), append(effects, effect)
		}
	}
	if len(draws) == 0 {
		return nil
	}
	numbers := candidates(&s.Plan, draws)
	for i := range numbers {
		numbers[i].values = stat.Ranks(numbers[i].values)
	}
	var out []int
	level := stat.Ranks(levels)
	for len(numbers) > 0 && len(out) < mostLevers {
		y := level
		if len(out) == mostLevers-1 {
			y = stat.Ranks(effects)
		}
		best := slices.MaxFunc(numbers, func(a, b candidate) int {
			return cmp.Compare(math.Abs(correlation(a.values, y)), math.Abs(correlation(b.values, y)))
		})
		out = append(out, slices.IndexFunc(s.Plan.Scenario.Slots, func(x scenario.Slot) bool { return x.Path == best.path }))
		numbers = slices.DeleteFunc(numbers, func(c candidate) bool { return c.path == best.path })
		for i := range numbers {
			numbers[i].values = beyond(numbers[i].values, best.values)
		}
		level = beyond(level, best.values)
	}
	return out
}

// beyond is what of x is not explained by z, both centred.
func beyond(x, z []float64) []float64 {
	xz, zz := 0.0, 0.0
	for i := range z {
		xz, zz = xz+float64(x[i]*z[i]), zz+float64(z[i]*z[i])
	}
	out := make([]float64, len(x))
	for i := range x {
		out[i] = x[i] - float64(xz/zz*z[i])
	}
	return out
}

// SetLevers adds what the runs of [LeverPlans] gave, two for each slot, the lever that moves
// the baseline most first.
func (s *Summary) SetLevers(v *scenario.Scenario, slots []int, runs []*Summary) {
	for i, slot := range slots {
		l := Lever{Path: v.Slots[slot].Path}
		for k, end := range []*LeverEnd{&l.Low, &l.High} {
			h := &runs[2*i+k].Headline
			*end = LeverEnd{At: v.Quantile(slot, [2]float64{0.05, 0.95}[k]), Baseline: h.Baseline, Difference: h.Difference}
		}
		s.Headline.Levers = append(s.Headline.Levers, l)
	}
	slices.SortStableFunc(s.Headline.Levers, func(a, b Lever) int {
		return cmp.Compare(math.Abs(b.Moved()), math.Abs(a.Moved()))
	})
}
