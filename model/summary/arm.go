package summary

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/stat"
)

func armOf(s *experiment.Sums, a int) Arm {
	arm := Arm{Name: s.Plan.Scenario.Arms[a].Name, Curves: curvesOf(s, a), Beliefs: beliefsOf(s, a), Forum: forumOf(s, a)}
	arm.Peaks, arm.PeaksMC = peaksOf(s, a)
	arm.Attribution = attributionOf(s, a)
	for c, name := range s.Channels {
		arm.Channels = append(arm.Channels, ChannelUptime{Name: name, Forum: s.IsForum[c],
			Uptime: meanOf(s, a, 1, func(x *experiment.ArmSums) experiment.Moment { return x.Uptime[c] })})
	}
	for i, c := range experiment.Counts {
		e := meanOf(s, a, math.Inf(1), func(x *experiment.ArmSums) experiment.Moment { return x.Counts[i] })
		arm.Counts = append(arm.Counts, Count{ID: c.ID, Label: c.Label, Mean: e.Value, MC: e.MC})
	}
	return arm
}

// meanOf is the mean per replicate of a moment that is at most top, with both
// uncertainties.
func meanOf(s *experiment.Sums, a int, top float64, of func(*experiment.ArmSums) experiment.Moment) Estimate {
	draws := byDraw(s, func(draw *experiment.DrawSums) *experiment.Moments {
		x := &draw.Arms[a]
		m := of(x)
		return &experiment.Moments{N: x.N, Sum: [4]float64{m.Sum, x.N, 0, 0},
			Sq: [4][4]float64{{m.Sq, m.Sum, 0, 0}, {0, x.N, 0, 0}}}
	})
	return level(draws, baselineRatio, 1, top, s.Plan.Uncertain())
}

func beliefsOf(s *experiment.Sums, a int) Beliefs {
	of := func(part int) Estimate {
		draws := byDraw(s, func(x *experiment.DrawSums) *experiment.Moments { return &x.Arms[a].PerCase[part] })
		return level(draws, baselineRatio, 100, 100, s.Plan.Uncertain())
	}
	return Beliefs{
		Culprit: of(experiment.BeliefCulprit), Intent: of(experiment.BeliefIntent),
		Severity: of(experiment.BeliefSeverity), Rival: of(experiment.BeliefRival),
		Avoidable: of(experiment.BeliefAvoidable), Irreducible: of(experiment.BeliefIrreducible),
		Missed: of(experiment.BeliefMissed), Regret: of(experiment.BeliefRegret),
	}
}

// peaksOf is the distribution of the highest rung over cases.
func peaksOf(s *experiment.Sums, a int) (share, mc []float64) {
	for r := range 10 {
		draws := byDraw(s, func(x *experiment.DrawSums) *experiment.Moments { return &x.Arms[a].Peaks[r] })
		e, _ := estimate(draws, baselineRatio, 1, false)
		share, mc = append(share, e.Value), append(mc, e.MC)
	}
	return
}

func forumOf(s *experiment.Sums, a int) Forum {
	f := Forum{Uptime: meanOf(s, a, 1, func(x *experiment.ArmSums) experiment.Moment { return x.Forum })}
	var need, up [sim.NeedBins]float64
	n := 0.0
	for d := range s.Draws {
		x := &s.Draws[d].Arms[a]
		n += x.N
		for b := range need {
			need[b] += x.Need[b]
			up[b] += x.NeedUp[b]
		}
		f.Suspensions += countOf(x, "suspensions")
		f.Meetings += countOf(x, "meetings")
	}
	f.Suspensions /= n
	f.Meetings /= n
	draws := byDraw(s, func(x *experiment.DrawSums) *experiment.Moments { return &x.Arms[a].AtNeed })
	f.AtNeed = level(draws, baselineRatio, 1, 1, s.Plan.Uncertain())
	f.ByTension = needBins(f.AtNeed, need, up)
	f.Exists = len(f.ByTension) > 0 && slices.ContainsFunc(f.ByTension, func(b NeedBin) bool { return b.Moments > 0 })
	return f
}

// needBins are the availabilities by tension. Moments come in clusters, one future many,
// so that n of them are worth n/D: D is what that costs the error of all moments
// together, which is known, and every bin is charged alike. The half-width is that of
// Agresti and Coull, which a share of 0 or 1 has as well.
func needBins(all Estimate, need, up [sim.NeedBins]float64) []NeedBin {
	moments := 0.0
	for _, n := range need {
		moments += n
	}
	worth := 1.0
	if alone := all.Value * (1 - all.Value) / moments; alone > 0 {
		worth = min(1, alone/(all.MC*all.MC/stat.Z95/stat.Z95))
	}
	out := make([]NeedBin, sim.NeedBins)
	for b := range out {
		out[b] = NeedBin{From: float64(b) / sim.NeedBins, To: float64(b+1) / sim.NeedBins, Moments: need[b]}
		if need[b] > 0 {
			n := float64(worth*need[b]) + stat.Z95*stat.Z95
			share := (float64(worth*up[b]) + stat.Z95*stat.Z95/2) / n
			out[b].Available, out[b].MC = up[b]/need[b], stat.Z95*math.Sqrt(share*(1-share)/n)
		}
	}
	return out
}

func countOf(x *experiment.ArmSums, id string) float64 {
	for i := range experiment.Counts {
		if experiment.Counts[i].ID == id {
			return x.Counts[i].Sum
		}
	}
	return 0
}

func attributionOf(s *experiment.Sums, a int) Attribution {
	var out Attribution
	var bins [10][3]float64
	suspects := 0.0
	for d := range s.Draws {
		x := &s.Draws[d].Arms[a]
		out.Brier += x.Brier
		suspects += x.Suspects
		for b := range bins {
			for k := range bins[b] {
				bins[b][k] += x.Bins[b][k]
			}
		}
	}
	if suspects > 0 {
		out.Brier /= suspects
	}
	for _, b := range bins {
		if b[2] > 0 {
			out.Reliability = append(out.Reliability, ReliabilityBin{Belief: b[0] / b[2], Truth: b[1] / b[2], Cases: b[2]})
		}
	}
	return out
}
