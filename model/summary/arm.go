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
	arm := Arm{Name: s.Plan.Scenario.Arms[a].Name, Channels: []ChannelUptime{}, Attribution: attributionOf(total)}
	arm.Curves = curvesOf(s, a, historyBound(float64(s.Plan.Scenario.Model.Record), base))
	draws := columns(s.Arms[a], momentsOfArm)
	next := func(n int) (out [][]*experiment.Moments) { // in the order of momentsOfArm
		out, draws = draws[:n], draws[n:]
		return out
	}
	for _, peak := range next(len(total.Peaks)) {
		e, _ := estimate(peak, baselineRatio, 1, false)
		if arm.Peaks = append(arm.Peaks, e.Value); !e.NoError {
			arm.PeaksMC = append(arm.PeaksMC, e.MC)
		}
	}
	free := s.Plan.Uncertain()
	arm.Beliefs = beliefsOf(next(experiment.NumBeliefs), free)
	arm.Levels = levelsOf(s, next(len(total.Levels)), base, total)
	arm.Forum = forumOf(level(next(1)[0], baselineRatio, 1, 1, free), level(next(1)[0], baselineRatio, 1, 1, free), total)
	for c, draws := range next(len(s.Channels)) {
		arm.Channels = append(arm.Channels,
			ChannelUptime{Name: s.Channels[c], Forum: s.IsForum[c], Uptime: level(draws, baselineRatio, 1, 1, free)})
	}
	for i, draws := range next(len(experiment.Counts)) {
		e := level(draws, baselineRatio, 1, math.Inf(1), free)
		c := &experiment.Counts[i]
		arm.Counts = append(arm.Counts, Count{ID: c.ID, Label: c.Label, Mean: e.Value, MC: e.Wire().MC})
	}
	return arm
}

// momentsOfArm are those of which an arm has estimates.
func momentsOfArm(x *experiment.ArmSums) []experiment.Moments {
	perReplicate := func(m experiment.Moment) experiment.Moments {
		return experiment.Moments{N: x.N, Sum: [4]float64{m.Sum, x.N, 0, 0},
			Sq: [4][4]float64{{m.Sq, m.Sum, 0, 0}, {0, x.N, 0, 0}}}
	}
	out := make([]experiment.Moments, 0, len(x.Peaks)+len(x.PerCase)+len(x.Levels)+2+len(x.Uptime)+len(x.Counts))
	out = append(append(append(out, x.Peaks[:]...), x.PerCase[:]...), x.Levels[:]...)
	out = append(out, x.AtNeed, perReplicate(x.Forum))
	for _, list := range [][]experiment.Moment{x.Uptime, x.Counts[:]} {
		for _, m := range list {
			out = append(out, perReplicate(m))
		}
	}
	return out
}

func beliefsOf(parts [][]*experiment.Moments, free bool) Beliefs {
	of := func(part int) Estimate { return level(parts[part], baselineRatio, 100, 100, free) }
	return Beliefs{
		Culprit: of(experiment.BeliefCulprit), Intent: of(experiment.BeliefIntent),
		Severity: of(experiment.BeliefSeverity), Rival: of(experiment.BeliefRival),
		Avoidable: of(experiment.BeliefAvoidable), Irreducible: of(experiment.BeliefIrreducible),
		Missed: of(experiment.BeliefMissed), Regret: of(experiment.BeliefRegret),
	}
}

func forumOf(atNeed, uptime Estimate, total *experiment.ArmSums) Forum {
	f := Forum{Uptime: uptime, AtNeed: atNeed, ByTension: needBins(atNeed, total.Need, total.NeedUp),
		Suspensions: total.Count("suspensions") / total.N, Meetings: total.Count("meetings") / total.N}
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
