package summary

import (
	"math"
	"strconv"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
)

// By is an outcome in one group of the cases that both arms of a contrast discovered; see
// [outcome.Groupings].
type By struct {
	Grouping   string   `json:"grouping"` // pair: who acted, and whom it hit; year: of discovery; thaw: at discovery
	Measure    string   `json:"outcome"`
	Group      string   `json:"group"`
	Unit       string   `json:"unit"`
	Cases      float64  `json:"cases"` // per replicate, below the fraction bar
	Baseline   Estimate `json:"baseline"`
	Treatment  Estimate `json:"treatment"`
	Difference Estimate `json:"difference"`
	Verdict    Verdict  `json:"verdict"`
}

// Level is an outcome of one arm that is not compared.
type Level struct {
	Measure string   `json:"outcome"`
	Label   string   `json:"label"`
	Group   string   `json:"group"` // "" for all, or a range of tension
	Unit    string   `json:"unit"`
	Cases   float64  `json:"cases"` // per replicate, below the fraction bar
	Value   Estimate `json:"value"`
}

// Level finds an outcome of an arm that is not compared, over all; nil if there is none.
func (a *Arm) Level(id string) *Level {
	for i := range a.Levels {
		if a.Levels[i].Measure == id && a.Levels[i].Group == "" {
			return &a.Levels[i]
		}
	}
	return nil
}

// byOf are the outcomes of a contrast by group, without the groups that are empty.
func byOf(s *experiment.Sums, contrast int, total *experiment.ContrastSums) (out []By) {
	free := s.Plan.Uncertain()
	var some []int // cells that are not empty
	for i, cell := range s.Cells {
		if x := total.By[i].Sum; x[1] != 0 && (x[0] != 0 || x[2] != 0 || !outcome.Groupings[cell.Grouping].Parts) {
			some = append(some, i)
		}
	}
	moments := columns(s.Contrasts[contrast], func(x *experiment.ContrastSums) []experiment.Moments {
		list := make([]experiment.Moments, len(some))
		for k, i := range some {
			list[k] = x.By[i]
		}
		return list
	})
	flips := gather(s.Contrasts[contrast], len(some), func(x *experiment.ContrastSums, k int) stat.Flips {
		f := &x.ByFlips[some[k]]
		return stat.Flips{Added: f.Added, Removed: f.Removed, Of: x.By[some[k]].Sum[1]}
	})
	for k, draws := range moments {
		cell, sum := s.Cells[some[k]], &total.By[some[k]]
		def, grouping := &outcome.All[cell.Measure], &outcome.Groupings[cell.Grouping]
		b := By{Grouping: grouping.ID, Measure: def.ID, Group: cell.Name, Unit: def.Unit, Cases: sum.Sum[1] / sum.N}
		b.Baseline = level(draws, baselineRatio, def.Factor, top(def.Unit), free)
		b.Treatment = level(draws, treatmentRatio, def.Factor, top(def.Unit), free)
		var effects Spread
		b.Difference, effects = estimate(draws, difference, def.Factor, free)
		var rates *stat.Rates
		if within := s.Plan.NoDifference() / 100; enough(flips[k], within) {
			rates = Rates(flips[k], within)
		}
		b.Difference, b.Verdict = shownOf(b.Difference, &effects, rates, def, free)
		out = append(out, b)
	}
	return out
}

// shownOf is a difference of an outcome in a group with its parameter interval from rates, and what it shows. Where
// there are none the interval that the draws have is not told, and nothing is clear.
func shownOf(e Estimate, s *Spread, r *stat.Rates, def *outcome.Outcome, free bool) (Estimate, Verdict) {
	switch {
	case !free:
	case r != nil:
		e = Counted(e, r, def.Factor)
	case untold(e) != e:
		return untold(e), Unclear
	}
	return e, s.Verdict(e, def.Direction, free)
}

// untold is a difference that varies over draws by nobody can tell how much.
func untold(e Estimate) Estimate {
	if e.Resolved && e.Low < e.High {
		e.Low, e.High, e.Resolved = math.Inf(-1), math.Inf(1), false
	}
	return e
}

// levelsOf are, from their moments by draw, the outcomes of an arm that are not compared: those of
// [outcome.Levels], and those that are shown by group, by the thirds of tension in the baseline.
func levelsOf(s *experiment.Sums, draws [][]*experiment.Moments, base, arm *experiment.ArmSums) (out []Level) {
	for i := range outcome.Levels {
		def := &outcome.Levels[i]
		out = append(out, Level{Measure: def.ID, Label: def.Words.Name, Unit: def.Unit,
			Cases: arm.Levels[i].Sum[1] / arm.N,
			Value: level(draws[i], baselineRatio, def.Factor, 100, s.Plan.Uncertain())})
	}
	const steps = outcome.TensionBins
	ends := thirds(base.Tension[:steps])
	for k, m := range outcome.Shown() {
		def := &outcome.All[m]
		for third, name := range tensionNames(ends) {
			from, to := ends[third], ends[third+1]
			if third == 3 {
				from, to = steps, steps+1 // no state is suspected
			}
			cases, counted := 0.0, 0.0
			for bin := from; bin < to; bin++ {
				cases += arm.Tension[bin]
				counted += arm.Tension[(k+1)*(steps+1)+bin]
			}
			if cases > 0 {
				out = append(out, Level{Measure: def.ID, Label: def.Words.Name, Group: name, Unit: def.Unit,
					Cases: cases / arm.N, Value: share(counted, cases, def.Factor)})
			}
		}
	}
	return out
}

// thirds are the steps at which the thirds of some counts begin and end; the last is the end
// again, for what is in none.
func thirds(counts []float64) [5]int {
	total := 0.0
	for _, n := range counts {
		total += n
	}
	ends, sum := [5]int{4: len(counts), 3: len(counts)}, 0.0
	for i, n := range counts {
		sum += n
		for third := 1; third < 3; third++ {
			if ends[third] == 0 && 3*sum >= float64(third)*total {
				ends[third] = i + 1
			}
		}
	}
	return ends
}

// tensionNames call the thirds by their ends, and what is in none.
func tensionNames(ends [5]int) (out [4]string) {
	end := func(i int) string { return strconv.FormatFloat(outcome.TensionFrom(ends[i]), 'f', 2, 64) }
	for third := range 3 {
		out[third] = "tension " + end(third) + " to " + end(third+1)
	}
	out[3] = "no state suspected"
	return out
}

// share is a count of cases in a unit, with the error that independent cases would have, by
// Agresti and Coull.
func share(counted, cases, factor float64) Estimate {
	const z = stat.Z95
	p := (counted + z*z/2) / (cases + z*z)
	x := factor * counted / cases
	return open(x, factor*z*math.Sqrt(p*(1-p)/(cases+z*z)))
}
