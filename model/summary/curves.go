package summary

import (
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/stat"
)

var causeNames = [sim.NumCauses]string{"any", "misstep", "induced", "deliberate"}

// line is a cumulative curve that is drawn: its name, what of a series it adds up by step of the window,
// and the noise of that relative to counting.
type line struct {
	class string
	cause sim.Cause
	noise float64
	bound float64 // of [Curve]
	of    func(*experiment.Series) *[sim.Bins]float64
}

// lines are those of an arm: every class by any cause (the rare ones by conditional
// expectation, the others by counting), the public and the breaking class by each
// cause, and R6 with suspensions counted.
func lines(s *experiment.Sums, a int, bound float64) (out []line) {
	count := func(class int, cause sim.Cause) {
		out = append(out, line{fmt.Sprintf("R%d", sim.Classes[class]), cause, 1, 0,
			func(x *experiment.Series) *[sim.Bins]float64 { return &x.First[class][cause] }})
	}
	for class, rung := range sim.Classes {
		if rung < ladder.Disruptive {
			count(class, sim.AnyCause)
			continue
		}
		out = append(out, line{fmt.Sprintf("R%d", rung), sim.AnyCause, expectedNoise(s, a, class), bound,
			func(x *experiment.Series) *[sim.Bins]float64 { return &x.Expected[class] }})
	}
	for _, class := range [2]int{sim.ClassPublic, sim.ClassBreak} {
		for cause := sim.Misstep; cause < sim.NumCauses; cause++ {
			count(class, cause)
		}
	}
	for i, rungs := range experiment.Ranges {
		name := fmt.Sprintf("R%d-R%d", rungs[0], rungs[1])
		if rungs[0] == rungs[1] {
			name = fmt.Sprintf("R%d", rungs[0])
		}
		out = append(out, line{name, sim.AnyCause, 1, 0,
			func(x *experiment.Series) *[sim.Bins]float64 { return &x.Stood[i] }})
	}
	return append(out, line{"R6+suspensions", sim.AnyCause, 1, 0,
		func(x *experiment.Series) *[sim.Bins]float64 { return &x.Cut[sim.ClassBreak] }})
}

// curvesOf are the curves of an arm.
func curvesOf(s *experiment.Sums, a int, bound float64) (out []Curve) {
	all := lines(s, a, bound)
	steps := gather(s.Arms[a], len(all), func(x *experiment.ArmSums, i int) [sim.Bins]float64 {
		return *all[i].of(&x.Series)
	})
	replicates := replicatesOf(s, a)
	for i, l := range all {
		c := curve(s, replicates, steps[i], l.noise)
		c.Class, c.Cause, c.Bound = l.class, causeNames[l.cause], l.bound
		out = append(out, c)
	}
	return out
}

// historyBound is the rule of three: where the record holds n publicly known
// incidents between the states and no response at R8, the probability per such
// incident is below 3/n with 95 % confidence. The exposure is that of the baseline,
// in every arm: what states did and the public came to know. 0 without a record.
func historyBound(record float64, baseline *experiment.ArmSums) float64 {
	if record <= 3 {
		return 0
	}
	return 1 - elem.Pow(1-3/record, baseline.Known/baseline.N)
}

// replicatesOf are those of an arm in every draw.
func replicatesOf(s *experiment.Sums, a int) []float64 {
	return gather(s.Arms[a], 1, func(x *experiment.ArmSums, _ int) float64 { return x.N })[0]
}

// curve accumulates the steps of every draw over time with their Monte Carlo band, given the
// draws, and its parameter band, from the draws corrected for noise, which is scale
// times that of counting. Draws of one replicate tell neither.
func curve(s *experiment.Sums, replicates []float64, steps [][sim.Bins]float64, scale float64) Curve {
	c := Curve{}
	uncertain, blind := s.Plan.Uncertain(), slices.Contains(replicates, 1)
	total, n := 0.0, 0.0
	for _, replicates := range replicates {
		n += replicates
	}
	running := make([]float64, len(steps))
	sm := Spread{values: make([]float64, 0, len(steps)), noise: make([]float64, 0, len(steps))}
	for b := range sim.Bins {
		within := 0.0
		sm.values, sm.noise = sm.values[:0], sm.noise[:0]
		for d, replicates := range replicates {
			x := steps[d][b]
			running[d] += x
			total += x
			p := running[d] / replicates
			noise := scale * math.Max(0, p*(1-p)) / math.Max(1, replicates-1)
			sm.Add(p, noise)
			within += noise * replicates * replicates / (n * n)
		}
		p := total / n
		half := float64(stat.Z95 * math.Sqrt(within))
		low, high := p, p
		if uncertain {
			_, _, between := sm.moments()
			low, high = betaInterval(p, between)
		}
		c.Days = append(c.Days, float64(b+1)/sim.Bins*s.Horizon)
		c.Value = append(c.Value, p)
		if !blind {
			c.MCLow, c.MCHigh = append(c.MCLow, math.Max(0, p-half)), append(c.MCHigh, math.Min(1, p+half))
		}
		if !blind || !uncertain {
			c.Low, c.High = append(c.Low, math.Max(0, low)), append(c.High, math.Min(1, high))
		}
	}
	return c
}

// betaInterval is the central 95 % of the beta distribution with the mean and the
// variance: draws of few replicates are coarse, their spread is not.
func betaInterval(mean, variance float64) (low, high float64) {
	room := mean * (1 - mean)
	if room <= 0 || variance <= 0 {
		return mean, mean
	}
	size := room/math.Min(variance, 0.999*room) - 1
	a, b := mean*size, (1-mean)*size
	low, high = elem.BetaInverse(a, b, 0.025), elem.BetaInverse(a, b, 0.975)
	if !(low <= high) { // the inverse gives up on means near the smallest float
		return mean, mean
	}
	return low, high
}

// expectedNoise is the variance of the conditional-expectation estimator within
// draws relative to that of counting.
func expectedNoise(s *experiment.Sums, a, class int) float64 {
	within, counting := 0.0, 0.0
	for _, x := range s.Arms[a].All() {
		sum, sq := x.Series.ExpTotal[class], x.Series.ExpSq[class]
		if x.N < 2 {
			continue
		}
		within += math.Max(0, sq-sum*sum/x.N)
		p := math.Min(1, sum/x.N)
		counting += float64(x.N * p * (1 - p))
	}
	if counting == 0 {
		return 1
	}
	return within / counting
}

// Curve finds a curve of the arm, nil if there is none.
func (a *Arm) Curve(class, cause string) *Curve {
	for i := range a.Curves {
		if a.Curves[i].Class == class && a.Curves[i].Cause == cause {
			return &a.Curves[i]
		}
	}
	return nil
}
