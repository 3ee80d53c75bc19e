package patterns

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// streamOf says which source, states first and then groups, a stream of incidents runs from, and
// against whom.
type streamOf = func(int) (source, victim int, intent scenario.Intent)

const (
	answerWindow = 90.0 // [d] within which an onset from the other side counts as an answer
	foundWithin  = 730  // [d] that late starts get to be discovered
)

// addTitForTat takes, for the discovered incidents between two states by the day of their start, how
// many are followed within 90 days by a start from the other side, less what chance gives: the
// expectation over all circular shifts of the other side's starts, which is the share of the window
// that lies within 90 days before one of them.
//
// Starts thin out toward the end of the log, since discovery takes time; so the window runs from when
// states begin to act to two years before the horizon.
func (g *group) addTitForTat(r *recorder, stream streamOf, v *scenario.Scenario) {
	from, to := -v.Model.Backlog, math.Max(0, v.Horizon-foundWithin)
	length := to - from
	if length < 2*answerWindow {
		return
	}
	n := len(v.States)
	starts := make([][]float64, n*n)
	for i := range r.log {
		e := &r.log[i]
		if e.Kind != sim.EventDiscovery || e.Named >= 0 || e.Start < from || e.Start >= to {
			continue
		}
		if source, victim, _ := stream(int(e.Stream)); source < n {
			k := source*n + victim
			starts[k] = append(starts[k], e.Start-from)
		}
	}
	for k := range starts {
		slices.Sort(starts[k])
	}
	for a := range n {
		for b := range n {
			own, other := starts[a*n+b], starts[b*n+a]
			if len(own) > 0 {
				acts := float64(len(own))
				g.add(ratioTitForTat, followed(own, other, length)-float64(acts*covered(other, length)), acts)
			}
		}
	}
}

// followed counts the times that another follows within the window, on a circle.
func followed(own, other []float64, length float64) float64 {
	n := 0.0
	if len(other) == 0 {
		return 0
	}
	for _, t := range own {
		i, _ := slices.BinarySearch(other, t)
		next := other[0] + length
		if i < len(other) {
			next = other[i]
		}
		n += outcome.One(next-t <= answerWindow)
	}
	return n
}

// covered is the share of the circle that lies within the window before a time.
func covered(times []float64, length float64) float64 {
	sum := 0.0
	for i, t := range times {
		gap := length
		switch {
		case i > 0:
			gap = t - times[i-1]
		case len(times) > 1:
			gap = t + length - times[len(times)-1]
		}
		sum += math.Min(gap, answerWindow)
	}
	return sum / length
}
