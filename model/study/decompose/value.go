package decompose

import (
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// values holds the value of every coalition that a replicate played, by reading and
// coalition.
type values struct {
	of      [][]float64
	cases   [][2]*sim.CaseOutcome // common to baseline and treatment
	missing int                   // common cases that a coalition did not discover, over coalitions
	met     []*sim.CaseOutcome    // of one coalition, by common case
}

func newValues(players int) *values {
	v := &values{of: make([][]float64, len(outcome.All))}
	for m := range v.of {
		v.of[m] = make([]float64, everyone(players)+1)
	}
	return v
}

// start takes the two arms of the contrast, which are the empty and the full
// coalition.
func (v *values) start(baseline, treatment *sim.Outcome, all Set) {
	v.cases = v.cases[:0]
	outcome.Common(baseline, treatment, func(a, b *sim.CaseOutcome) {
		v.cases = append(v.cases, [2]*sim.CaseOutcome{a, b})
	})
	v.missing = 0
	for m := range outcome.All {
		if !outcome.All[m].Splits() {
			continue
		}
		r := &outcome.All[m]
		if !r.Paired() {
			v.of[m][0], v.of[m][all] = r.Replicate(baseline), r.Replicate(treatment)
			continue
		}
		a, b := 0.0, 0.0
		for _, c := range v.cases {
			a += r.Own(c[0])
			b += r.Own(c[1])
		}
		v.of[m][0], v.of[m][all] = a, b
	}
}

// add takes another coalition. Measures per case are over the cases common to the
// arms of the contrast, as in the headline. Such a case that the coalition did not
// discover within the window counts as it stands in the baseline: a case that a
// mechanism puts off is no misstep avoided.
func (v *values) add(s Set, o *sim.Outcome) {
	v.met = v.met[:0]
	j := 0
	for _, c := range v.cases {
		for j < len(o.Cases) && o.Cases[j].Compare(c[0]) < 0 {
			j++
		}
		if j < len(o.Cases) && o.Cases[j].Compare(c[0]) == 0 {
			v.met = append(v.met, &o.Cases[j])
			continue
		}
		v.met = append(v.met, c[0])
		v.missing++
	}
	for m := range outcome.All {
		if !outcome.All[m].Splits() {
			continue
		}
		r := &outcome.All[m]
		if !r.Paired() {
			v.of[m][s] = r.Replicate(o)
			continue
		}
		sum := 0.0
		for _, c := range v.met {
			sum += r.Own(c)
		}
		v.of[m][s] = sum
	}
}

// denominator is what a reading is divided by: cases, or the replicate.
func (v *values) denominator(m int) float64 {
	if !outcome.All[m].Paired() {
		return 1
	}
	return float64(len(v.cases))
}
