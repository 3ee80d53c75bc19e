package summary

import (
	"slices"

	"github.com/misstep/misstep/model/outcome"
)

// Quantity says which number of an outcome is compared between two runs.
type Quantity string

// The quantities.
const (
	OfDifference Quantity = "difference" // treatment − baseline
	OfBaseline   Quantity = "baseline"   // the level in the baseline arm
	OfTreatment  Quantity = "treatment"  // the level in the treatment arm
)

// Quantities lists them, the one that a scenario is about first.
func Quantities() []Quantity { return []Quantity{OfDifference, OfBaseline, OfTreatment} }

// Change is one quantity of one outcome in two runs, in the unit of the outcome. The
// verdict is identical, unclear, unknown or differs: another assumption makes no world better.
type Change struct {
	Measure   string   `json:"outcome"`
	Label     string   `json:"label"`
	Unit      string   `json:"unit"`
	Quantity  Quantity `json:"quantity"`
	Defined   bool     `json:"defined"` // both runs have the quantity; without it Change is 0 and unclear
	Reference Estimate `json:"reference"`
	Other     Estimate `json:"other"`
	Change    Estimate `json:"change"` // other − reference
	Verdict   Verdict  `json:"verdict"`
}

// Match is a contrast of the reference run and the one of another run that is held
// against it, as indices into Contrasts and as names.
type Match struct {
	Reference      int    `json:"-"`
	Other          int    `json:"-"`
	Baseline       string `json:"baseline"`
	Treatment      string `json:"treatment"`
	OtherBaseline  string `json:"other_baseline"`
	OtherTreatment string `json:"other_treatment"`
}

// Named reports whether both contrasts are between arms of the same names.
func (m *Match) Named() bool {
	return m.Baseline == m.OtherBaseline && m.Treatment == m.OtherTreatment
}

// MatchContrasts matches the contrasts of two runs by the names of their arms. The
// first match is that of the reference's headline; where the other run has no contrast
// of these names, it is its own headline. The result is empty where one of the runs
// has no contrast.
func MatchContrasts(reference, other *Summary) []Match {
	if len(reference.Contrasts) == 0 || len(other.Contrasts) == 0 {
		return nil
	}
	var out []Match
	for i := range reference.Contrasts {
		a := &reference.Contrasts[i]
		at := slices.IndexFunc(other.Contrasts,
			func(b Contrast) bool { return b.Baseline == a.Baseline && b.Treatment == a.Treatment })
		if at < 0 && i == 0 {
			at = 0
		}
		if at >= 0 {
			b := &other.Contrasts[at]
			out = append(out, Match{i, at, a.Baseline, a.Treatment, b.Baseline, b.Treatment})
		}
	}
	return out
}

// shared calls f for every outcome that two contrasts have in the same unit, in the
// order of the first, and lists the others.
func shared(a, b *Contrast, f func(a, b *Measure)) (others []string) {
	for i := range a.Measures {
		x := &a.Measures[i]
		if m := b.Measure(x.ID); m != nil && m.Unit == x.Unit {
			f(x, m)
		} else {
			others = append(others, x.ID)
		}
	}
	return others
}

// Unshared lists the ids of the outcomes of a contrast that another has not, or has in
// another unit: those of another version of the model.
func Unshared(a, b *Contrast) []string {
	return shared(a, b, func(_, _ *Measure) {})
}

// quantity returns a number of a measure.
func (m *Measure) quantity(q Quantity) Estimate {
	return map[Quantity]Estimate{OfDifference: m.Difference, OfBaseline: m.Baseline, OfTreatment: m.Treatment}[q]
}

// weights are those of the four ratios in a change: baseline and treatment of the
// reference, baseline and treatment of the other run.
func (q Quantity) weights() [4]float64 {
	return map[Quantity][4]float64{OfDifference: {1, -1, -1, 1}, OfBaseline: {-1, 0, 1, 0}, OfTreatment: {0, -1, 0, 1}}[q]
}

// unclear is a quantity of an outcome in two runs before it is compared.
func unclear(reference, other *Measure, q Quantity) Change {
	return Change{Measure: reference.ID, Label: reference.Label, Unit: reference.Unit, Quantity: q,
		Reference: reference.quantity(q), Other: other.quantity(q), Verdict: Unclear}
}

// defined reports whether a ratio of a contrast has a denominator, which a stored
// estimate of 0 does not tell.
func (c *Contrast) defined(m *Measure, q Quantity) bool {
	if m.Paired && c.CommonCases == 0 {
		return false
	}
	o, ok := outcome.Named(m.ID)
	if !ok || o.OfID == "" {
		return true
	}
	of := c.Measure(o.OfID)
	return of == nil || (q == OfTreatment || of.Baseline.Value > 0) && (q == OfBaseline || of.Treatment.Value > 0)
}
