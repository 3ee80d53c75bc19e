package summary

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
)

// Bounds of [Deciding].
const (
	DecidingLevel    = 0.05 // family-wise: over all numbers together
	fewestForDecides = 20   // draws; with fewer the tail of a rank correlation is not known well
	mostTies         = 0.5  // of the draws at exactly zero
)

// Deciding says which numbers decide over the effect in a draw: those whose value goes
// along with the paired effect of the draw by more than chance.
//
//	r  = Spearman's rank correlation over the n draws of number i and effect
//	passes: |r| ≥ threshold, with P(r² ≥ threshold²) = α/k for r² ~ Beta(1/2, (n−2)/2)
//	ρ  = r·√(V/τ²), within ±1
//
// α is the level, k the numbers that differ between draws (Bonferroni: the chance that
// any of those without a say passes is at most α). Noise in the effects only hides a
// correlation; ρ is what is left of that by the usual correction for attenuation, with V
// the variance of the draw effects and τ² the part of it that is not noise. A number that
// a posterior ties to a deciding one passes with it.
type Deciding struct {
	Level      float64  `json:"level"`
	Draws      int      `json:"draws"`
	Candidates int      `json:"candidates"` // numbers looked at
	Threshold  float64  `json:"threshold"`  // the least |r| that passes; 1 where nothing can
	Ties       float64  `json:"ties"`       // share of the draws without any difference, which a rank cannot tell apart
	Numbers    []Number `json:"numbers"`    // that pass, the strongest first
}

// Powerless reports whether so many draws tie that it is no finding where no number passes.
func (d *Deciding) Powerless() bool { return d.Threshold >= 1 || d.Ties > mostTies }

// Number is one that decides.
type Number struct {
	Path        string  `json:"path"`
	Correlation float64 `json:"correlation"` // r of the number and the difference
	Corrected   float64 `json:"corrected"`   // ρ; 0 where the draws do not resolve τ²
	// where more harm is: at "high" values, at "low" ones, or "" where the measure has no worse side
	Worse string `json:"worse"`
}

// candidate is a number with its values by draw.
type candidate struct {
	path   string
	values []float64
}

// decidingOf looks for what decides over a measure of a contrast; nil where no number
// differs between draws.
func decidingOf(s *experiment.Sums, contrast, measure int) *Deciding {
	def := &outcome.All[measure]
	draws := momentsOf(s, contrast, measure)
	_, effects := estimate(draws, difference, def.Factor, true)
	var defined []int
	for d, m := range draws {
		if _, _, ok := difference(m.Sum); ok {
			defined = append(defined, d)
		}
	}
	numbers := candidates(&s.Plan, defined)
	if len(numbers) == 0 {
		return nil
	}
	return decide(numbers, &effects, def.Direction)
}

// candidates are the numbers of a plan that differ between these draws.
func candidates(p *experiment.Plan, draws []int) []candidate {
	all := make([]candidate, len(p.Scenario.Slots))
	for i := range all {
		all[i].path = p.Scenario.Slots[i].Path
	}
	for _, d := range draws {
		for i, x := range p.Theta(d) {
			all[i].values = append(all[i].values, x)
		}
	}
	return slices.DeleteFunc(all, func(c candidate) bool {
		return len(c.values) == 0 || slices.Min(c.values) == slices.Max(c.values)
	})
}

func decide(numbers []candidate, effects *Spread, goodness int) *Deciding {
	n := len(effects.values)
	out := &Deciding{Level: DecidingLevel, Draws: n, Candidates: len(numbers), Threshold: 1, Numbers: []Number{}}
	for _, x := range effects.values {
		if x == 0 {
			out.Ties += 1 / float64(n)
		}
	}
	if n < fewestForDecides {
		return out
	}
	out.Threshold = math.Sqrt(elem.BetaInverse(0.5, float64(n-2)/2, 1-DecidingLevel/float64(len(numbers))))
	_, variance, between := effects.moments()
	y := stat.Ranks(effects.values)
	for _, c := range numbers {
		r := correlation(stat.Ranks(c.values), y)
		if math.Abs(r) < out.Threshold {
			continue
		}
		d := Number{Path: c.path, Correlation: r}
		if effects.resolved() {
			d.Corrected = math.Max(-1, math.Min(1, r*math.Sqrt(variance/between)))
		}
		switch {
		case r*float64(goodness) < 0:
			d.Worse = "high"
		case r*float64(goodness) > 0:
			d.Worse = "low"
		}
		out.Numbers = append(out.Numbers, d)
	}
	slices.SortStableFunc(out.Numbers, func(a, b Number) int {
		return cmp.Compare(math.Abs(b.Correlation), math.Abs(a.Correlation))
	})
	return out
}

// correlation of two lists of centred ranks; 0 where one of them is constant.
func correlation(x, y []float64) float64 {
	xx, xy, yy := 0.0, 0.0, 0.0
	for i, a := range x {
		b := y[i]
		xx, xy, yy = xx+float64(a*a), xy+float64(a*b), yy+float64(b*b)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
