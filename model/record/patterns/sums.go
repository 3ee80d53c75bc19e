package patterns

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// groups is the number of parts into which draws are dealt, for the error by leaving out one at a time.
const groups = 20

// The ratios behind the patterns: numerator and denominator of each.
const (
	ratioPublic = iota // of cases that a state did
	ratioLevel
	ratioFirebreak
	ratioPenalty
	ratioDenial
	ratioTitForTat
	ratioAccusation
	ratioLapse
	ratioCalm  // availability at low tension
	ratioTense // at high tension
	ratioThaw  // public steps per case discovered, in a thaw
	ratioFrost // and outside of it
	ratioFalse
	numRatios
)

// The delays behind the patterns.
const (
	delayDiscovery = iota
	delayPublic
	delayPenalty
	numDelays
)

type group struct {
	ratios [numRatios][2]float64
	delays [numDelays]delays
}

func (g *group) add(ratio int, num, den float64) {
	g.ratios[ratio][0] += num
	g.ratios[ratio][1] += den
}

func (g *group) merge(o *group) {
	for i := range g.ratios {
		g.ratios[i][0] += o.ratios[i][0]
		g.ratios[i][1] += o.ratios[i][1]
	}
	for i := range g.delays {
		for k, n := range o.delays[i] {
			g.delays[i][k] += n
		}
	}
}

type sums struct {
	tallies []tally
	groups  [numRoles][groups]group
}

// newSums has room for some draws: for all in the end, for one in a block.
func newSums(s *setup, draws int) *sums { return &sums{tallies: newTallies(s, draws)} }

// newTallies are one for each expectation, with room for some draws.
func newTallies(s *setup, draws int) (out []tally) {
	for i := range s.valid.Expect {
		e := &s.valid.Expect[i]
		out = append(out, tally{observed: e.Observed, draws: make([]counts, draws), bins: binsFor(&e.Statistic, s.valid)})
	}
	return out
}

func (s *sums) merge(draw int, o *sums) {
	for i := range s.tallies {
		s.tallies[i].merge(draw, &o.tallies[i])
	}
	for r := range s.groups {
		for i := range s.groups[r] {
			s.groups[r][i].merge(&o.groups[r][i])
		}
	}
}

// scaleOf is the scale by which a scenario scores its rungs.
func scaleOf(v *scenario.Scenario) *ladder.Scale {
	scale, err := ladder.Named(v.Scale)
	if err != nil {
		panic("check: a valid scenario names a known scale: " + err.Error())
	}
	return scale
}

func (g *group) addCases(list []pcase, scale *ladder.Scale) {
	for i := range list {
		c := &list[i]
		public := !math.IsInf(c.public, 1)
		if !c.group {
			g.add(ratioPublic, outcome.One(public), 1)
		}
		g.add(ratioFirebreak, outcome.One(c.top >= ladder.Disruptive), 1)
		g.delays[delayDiscovery].add(c.discovered - c.start)
		if c.highest > 0 {
			g.add(ratioLevel, outcome.One(scale.Rungs[c.highest].Level <= c.severity/10), 1)
		}
		if !public {
			continue
		}
		gap := c.penalty - c.public
		g.add(ratioPenalty, outcome.One(gap <= followUp), 1)
		g.add(ratioDenial, outcome.One(c.denied), 1)
		g.add(ratioFalse, outcome.One(c.innocent), 1)
		g.delays[delayPublic].add(c.public - c.discovered)
		if gap <= linked {
			g.delays[delayPenalty].add(gap)
		}
	}
}

func (g *group) addChannels(r *recorder, forum []bool, horizon float64) {
	for i := range r.log {
		e := &r.log[i]
		if e.Channel < 0 || !forum[e.Channel] || e.Time < 0 || e.Time > horizon {
			continue
		}
		if e.Kind == sim.EventSuspension || e.Kind == sim.EventLapse {
			g.add(ratioAccusation, outcome.One(e.Cause == sim.CauseAccusation), 1)
			g.add(ratioLapse, outcome.One(e.Kind == sim.EventLapse), 1)
		}
	}
}

// addNeed takes the availability at the moments of need: tension below a fifth against all above.
func (g *group) addNeed(o *sim.Outcome) {
	for b := range o.Need {
		ratio := ratioTense
		if b == 0 {
			ratio = ratioCalm
		}
		g.add(ratio, float64(o.NeedUp[b]), float64(o.Need[b]))
	}
}

// addThaw takes the first public steps between pairs of states that have a thaw, and the cases
// discovered by either, within and outside of it.
func (g *group) addThaw(book *caseBook, v *scenario.Scenario) {
	for a := range v.States {
		for b := a + 1; b < len(v.States); b++ {
			days := thawDays(v, v.States[a].Name, v.States[b].Name)
			if len(days) == 0 {
				continue
			}
			in := func(t float64) int {
				if slices.ContainsFunc(days, func(d [2]float64) bool { return d[0] <= t && t < d[1] }) {
					return ratioThaw
				}
				return ratioFrost
			}
			for _, s := range book.steps {
				if int(min(s.actor, s.target)) == a && int(max(s.actor, s.target)) == b {
					g.add(in(s.time), 1, 0)
				}
			}
			for i := range book.list {
				if c := &book.list[i]; int(c.victim) == a || int(c.victim) == b {
					g.add(in(c.discovered), 0, 1)
				}
			}
		}
	}
}

// thawDays are the parts of the window in which two states have a thaw.
func thawDays(v *scenario.Scenario, a, b string) [][2]float64 {
	var out [][2]float64
	for _, t := range v.Thaws {
		from, until := math.Max(0, t.From), math.Min(v.Horizon, t.Until)
		if from < until && (t.Between == [2]string{a, b} || t.Between == [2]string{b, a}) {
			out = append(out, [2]float64{from, until})
		}
	}
	return out
}
