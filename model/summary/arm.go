package summary

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/stat"
)

// armOf is an arm, beside the sums of the baseline over all draws.
func armOf(s *experiment.Sums, a int, base *experiment.ArmSums) Arm {
	total := s.Arms[a].Total()
	arm := Arm{Name: s.Plan.Scenario.Arms[a].Name, Beliefs: beliefsOf(s, a), Channels: []ChannelUptime{},
		Forum: forumOf(s, a, total), Attribution: attributionOf(total)}
	arm.Curves = curvesOf(s, a, historyBound(float64(s.Plan.Scenario.Model.Record), base))
	for _, draws := range gather(s.Arms[a], len(total.Peaks), func(x *experiment.ArmSums, r int) *experiment.Moments {
		return copied(x.Peaks[r])
	}) {
		e, _ := estimate(draws, baselineRatio, 1, false)
		arm.Peaks, arm.PeaksMC = append(arm.Peaks, e.Value), append(arm.PeaksMC, e.MC)
	}
	uptime := meansOf(s, a, len(s.Channels), 1,
		func(x *experiment.ArmSums, c int) experiment.Moment { return x.Uptime[c] })
	for c, name := range s.Channels {
		arm.Channels = append(arm.Channels, ChannelUptime{Name: name, Forum: s.IsForum[c], Uptime: uptime[c]})
	}
	counts := meansOf(s, a, len(experiment.Counts), math.Inf(1),
		func(x *experiment.ArmSums, i int) experiment.Moment { return x.Counts[i] })
	for i, c := range experiment.Counts {
		arm.Counts = append(arm.Counts, Count{ID: c.ID, Label: c.Label, Mean: counts[i].Value, MC: counts[i].MC})
	}
	arm.Levels = levelsOf(s, a, base, total)
	return arm
}

// meansOf are the means per replicate of n moments that are at most top, with both
// uncertainties.
func meansOf(s *experiment.Sums, a, n int, top float64, of func(*experiment.ArmSums, int) experiment.Moment) (
	out []Estimate) {
	for _, draws := range gather(s.Arms[a], n, func(x *experiment.ArmSums, i int) *experiment.Moments {
		m := of(x, i)
		return &experiment.Moments{N: x.N, Sum: [4]float64{m.Sum, x.N, 0, 0},
			Sq: [4][4]float64{{m.Sq, m.Sum, 0, 0}, {0, x.N, 0, 0}}}
	}) {
		out = append(out, level(draws, baselineRatio, 1, top, s.Plan.Uncertain()))
	}
	return out
}

func beliefsOf(s *experiment.Sums, a int) Beliefs {
	parts := gather(s.Arms[a], experiment.NumBeliefs, func(x *experiment.ArmSums, part int) *experiment.Moments {
		return copied(x.PerCase[part])
	})
	of := func(part int) Estimate {
		return level(parts[part], baselineRatio, 100, 100, s.Plan.Uncertain())
	}
	return Beliefs{
		Culprit: of(experiment.BeliefCulprit), Intent: of(experiment.BeliefIntent),
		Severity: of(experiment.BeliefSeverity), Rival: of(experiment.BeliefRival),
		Avoidable: of(experiment.BeliefAvoidable), Irreducible: of(experiment.BeliefIrreducible),
		Missed: of(experiment.BeliefMissed), Regret: of(experiment.BeliefRegret),
	}
}

func forumOf(s *experiment.Sums, a int, total *experiment.ArmSums) Forum {
	f := Forum{Uptime: meansOf(s, a, 1, 1, func(x *experiment.ArmSums, _ int) experiment.Moment { return x.Forum })[0],
		Suspensions: total.Count("suspensions") / total.N, Meetings: total.Count("meetings") / total.N}
	draws := gather(s.Arms[a], 1, func(x *experiment.ArmSums, _ int) *experiment.Moments { return copied(x.AtNeed) })
	f.AtNeed = level(draws[0], baselineRatio, 1, 1, s.Plan.Uncertain())
	f.ByTension = needBins(f.AtNeed, total.Need, total.NeedUp)
	f.Exists = slices.ContainsFunc(f.ByTension, func(b NeedBin) bool { return b.Moments > 0 })
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

func attributionOf(total *experiment.ArmSums) Attribution {
	out := Attribution{Brier: total.Brier / max(total.Suspects, 1), Reliability: []ReliabilityBin{}}
	for _, b := range total.Bins {
		if b[2] > 0 {
			out.Reliability = append(out.Reliability, ReliabilityBin{Belief: b[0] / b[2], Truth: b[1] / b[2], Cases: b[2]})
		}
	}
	return out
}
