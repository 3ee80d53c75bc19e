package sim

import (
	"fmt"
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/random"
)

// brisk is a small world at low rationality, in which every rung is met, by the
// victims' steps and by long chains of replies.
const brisk = `
misstep: 1
title: A brisk world
start: 2026-01-01
horizon: 1y
card: {question: Do estimators agree?, shows: Section 9., try: [x], limits: No finding., sources: ["model: section 9"]}
assumptions:
  model: {backlog: 1d}
  states: {Aland: , Borland: }
  groups: {criminals: {frames: [Borland]}}
  onset:
    - {source: Borland, victim: Aland, rate: 0.5, counted: started, mix: {espionage: 0.7, disruption: 0.3}}
    - {source: criminals, victim: Aland, rate: 0.3, counted: started, mix: {crime: 1}}
  discovery: {stealthy: 30d}
  evidence: {gap: 60d, case: 300d}
  choice: {rationality: 4}
  type: {reply_status_quo: 0.8, reply_revisionist: 1.1}
levers:
  channels:
    forum: {members: [Aland, Borland], opens: 2026-01-01, mandate: [clarify, delay, private_option, trust, fragility]}
  coalitions:
    allies: {lead: Aland, partners: {Dorland: 0.5}}
arms:
  without: {channels.forum.open: false}
  with: {}
headline: {outcome: missteps, baseline: without, treatment: with}
`

// TestLawExpected: the conditional-expectation estimator and plain counting of
// first crossings agree for every class, by the end of the window and by its
// middle: the differences have mean 0, and a bias of 0.02 is seen. With delay and
// without, under once-only decisions and several, and under both couplings.
//
// Mutations that it catches: an interval of the uniform that is not narrowed after
// a review that changed nothing; probability booked at a review whose act waits; a
// reply whose chance is not booked.
func TestLawExpected(t *testing.T) {
	for _, c := range [][]set{nil, {{"assumptions.model.decisions", "once"}},
		{{"assumptions.model.retraction", "true"}, {"strength.delay", "1"}, {"evidence.gap", "20d"}},
		{{"type.reply_status_quo", "2.5"}, {"type.reply_revisionist", "3"}, {"choice.rationality", "8"}}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			t.Parallel()
			a := arms(t, brisk, c...)
			var r Runner
			var whole, half [2][NumClasses]mean
			reached := [NumClasses]int{}
			for n := range 25000 {
				for arm, o := range r.Run(a, replicate(n), nil) {
					for class := range Classes {
						x, y, expected := 0.0, 0.0, 0.0
						for bin, p := range o.Expected[class] {
							if expected += p; bin == Bins/2-1 {
								y = expected
							}
						}
						x = expected
						if o.First[class][AnyCause] <= a.Arms[arm].horizon {
							x--
							reached[class]++
						}
						if o.First[class][AnyCause] < a.Arms[arm].horizon/2 {
							y--
						}
						whole[arm][class].add(x)
						half[arm][class].add(y)
					}
				}
			}
			for arm := range whole {
				for class, level := range Classes {
					whole[arm][class].equals(t, fmt.Sprintf("arm %d, R%d by the end", arm, level), 0, 0.02)
					half[arm][class].equals(t, fmt.Sprintf("arm %d, R%d by the middle", arm, level), 0, 0.02)
				}
			}
			if reached[NumClasses-1] < 200 {
				t.Errorf("R9 was reached %d times: too few to compare", reached[NumClasses-1])
			}
		})
	}
}

// rungsOf counts the first step of every case of the window by rung, R0 for none.
func rungsOf(t *testing.T, a *Arms, source random.Source, replicates int) (counts [decide.N]mean) {
	t.Helper()
	var r Runner
	for n := range replicates {
		o := &r.Run(a, source.Replicate(uint64(n)), nil)[0]
		first := map[uint64]int8{}
		for _, s := range o.Steps {
			if _, ok := first[s.Entity]; !ok {
				first[s.Entity] = s.Rung
			}
		}
		var by [decide.N]float64
		for _, c := range o.Cases {
			by[first[c.Entity]]++
		}
		for rung := range by {
			counts[rung].add(by[rung])
		}
	}
	return counts
}

// TestLawCouplings: a choice made once has the same law under the quantile coupling
// and under Gumbel shocks: the mean number of cases on each rung agrees, and a
// difference of 0.04 of a case is seen.
//
// Mutation that it catches: shocks of scale other than 1, or a menu with R4.
func TestLawCouplings(t *testing.T) {
	t.Parallel()
	sets := []set{{"assumptions.model.decisions", "once"}, {"reply.max_moves", "0"}}
	source := random.NewSource(random.Mix, seed)
	quantile := rungsOf(t, arms(t, brisk, sets...), source, 30000)
	gumbel := rungsOf(t, arms(t, brisk, append(sets, set{"assumptions.model.coupling", "gumbel"})...), source, 30000)
	compareMeans(t, "quantile and gumbel", quantile[:], gumbel[:], 0.04)
}

// compareMeans tests two independent or positively dependent samples for equal means.
func compareMeans(t *testing.T, what string, a, b []mean, resolution float64) {
	t.Helper()
	for i := range a {
		se := math.Sqrt(a[i].error()*a[i].error() + b[i].error()*b[i].error())
		if (stated+3.09)*se > resolution {
			t.Errorf("%s, %d: resolves %.3g, not the stated %.3g", what, i, (stated+3.09)*se, resolution)
		}
		if d := a[i].value() - b[i].value(); math.Abs(d) > stated*math.Max(se, 1e-12) {
			t.Errorf("%s, %d: %.5g and %.5g, %.1f standard errors apart", what, i, a[i].value(), b[i].value(), d/se)
		}
	}
}

// TestLawGenerators: both generators give the same law: cases by first rung, with
// several decisions a case, replies and coalitions, to 0.04 of a case.
//
// Mutation that it catches: a generator that drops the ordinal or the replicate.
func TestLawGenerators(t *testing.T) {
	t.Parallel()
	a := arms(t, brisk)
	mix := rungsOf(t, a, random.NewSource(random.Mix, seed), 30000)
	philox := rungsOf(t, a, random.NewSource(random.Philox, seed), 30000)
	compareMeans(t, "mix and philox", mix[:], philox[:], 0.04)
}

// still is a world in which only channels live, a shipped validation scenario.
var still = validation("channel-uptime")

// TestLawUptime: a channel that lapses at rate μ and is restored after 1/ρ in the
// mean is up at age t with probability π + (1 − π)·exp(−κt), κ = μ + ρ, π = ρ/κ, the
// limit of the alternating renewal process; the mean time up in the window follows.
// One channel opens with the window, one four years before. Resolution: 1.5 per cent
// of the window. Random shocks that break it add their rate to μ.
//
// Mutations that it catches: a lapse that goes on counting after a suspension
// (stale); uptime booked from the opening and not from the start.
func TestLawUptime(t *testing.T) {
	t.Parallel()
	shocked := replaceOnce(t, still, "  life:",
		"  random_shocks:\n    - {name: storm, between: [Aland, Borland], per_year: 2, tension: 0.1, breaks: 0.4}\n  life:")
	for _, c := range []struct {
		text   string
		lapses float64 // [1/y]
	}{{still, 1}, {shocked, 1.8}} {
		a := arms(t, c.text)
		h := a.Arms[1].horizon
		mu, rho := c.lapses/365.25, 1/200.0
		kappa, pi := mu+rho, rho/(mu+rho)
		upBetween := func(from, to float64) float64 {
			return pi*(to-from) + (1-pi)*(math.Exp(-kappa*from)-math.Exp(-kappa*to))/kappa
		}
		var r Runner
		var embassy, forum, union mean
		for n := range 20000 {
			o := &r.Run(a, replicate(n), nil)[1]
			embassy.add(o.Uptime[0] / h)
			forum.add(o.Uptime[1] / h)
			union.add(o.ForumUptime / h)
		}
		embassy.equals(t, "embassy, open for four years", upBetween(-a.History.acts, h-a.History.acts)/h, 0.015)
		forum.equals(t, "forum, opening with the window", upBetween(0, h)/h, 0.015)
		union.equals(t, "any forum", upBetween(0, h)/h, 0.015)
	}
}
