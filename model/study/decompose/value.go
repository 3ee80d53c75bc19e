package decompose

import (
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// values holds the value of every coalition that a replicate played, by reading and
// coalition.
type values struct {
	of      [][]float64
	outcome []*sim.Outcome       // by coalition
	met     [][]*sim.CaseOutcome // by coalition, those of the common cases
	common  []*sim.CaseOutcome   // cases of the baseline that the treatment has, too
	all     int                  // cases of the baseline
	missing int                  // common cases that a coalition did not discover, over coalitions
}

func newValues(players int) *values {
	size := everyone(players) + 1
	v := &values{of: make([][]float64, len(outcome.All)), outcome: make([]*sim.Outcome, size),
		met: make([][]*sim.CaseOutcome, size)}
	for m := range v.of {
		v.of[m] = make([]float64, everyone(players)+1)
	}
	return v
}

// start takes the two arms of the contrast, which are the empty and the full
// coalition.
func (v *values) start(baseline, treatment *sim.Outcome, all Set) {
	v.common, v.met[all], v.missing, v.all = v.common[:0], v.met[all][:0], 0, len(baseline.Cases)
	outcome.Common(baseline, treatment, func(a, b *sim.CaseOutcome) {
		v.common, v.met[all] = append(v.common, a), append(v.met[all], b)
	})
	v.met[0] = v.common
	v.read(0, baseline)
	v.read(all, treatment)
}

// add takes another coalition. Measures per case are over the cases common to the
// arms of the contrast, as in the headline. Such a case that the coalition did not
// discover within the window counts as it stands in the baseline: a case that a
// mechanism puts off is no misstep avoided.
func (v *values) add(s Set, o *sim.Outcome) {
	v.met[s] = v.met[s][:0]
	j := 0
	for _, c := range v.common {
		for j < len(o.Cases) && o.Cases[j].Compare(c) < 0 {
			j++
		}
		if j < len(o.Cases) && o.Cases[j].Compare(c) == 0 {
			c = &o.Cases[j]
		} else {
			v.missing++
		}
		v.met[s] = append(v.met[s], c)
	}
	v.read(s, o)
}

// read takes the value of a coalition in every reading: over the replicate, or over
// cases.
func (v *values) read(s Set, o *sim.Outcome) {
	v.outcome[s] = o
	for m, r := range readings {
		if !r.Paired() {
			v.of[m][s] = r.Replicate(o)
			continue
		}
		sum := 0.0
		for _, c := range v.met[s] {
			sum += r.Own(c)
		}
		v.of[m][s] = sum
	}
}

// flips are what a reading that counts has in coalition b only, and in a only.
func (v *values) flips(m int, a, b Set) (f outcome.Flips) {
	r := &outcome.All[m]
	switch {
	case !r.Flag:
	case r.Each != nil:
		outcome.Union(v.outcome[a], v.outcome[b], func(ca, cb *sim.CaseOutcome) { f.Add(r.In(ca), r.In(cb)) })
	case r.Paired():
		for i, c := range v.met[a] {
			f.Add(r.Own(c), r.Own(v.met[b][i]))
		}
	default:
		f.Add(v.of[m][a], v.of[m][b])
	}
	return f
}

// denominator is what a reading is divided by: cases, or the replicate.
func (v *values) denominator(m int) float64 {
	switch o := &outcome.All[m]; {
	case o.OfBaseline:
		return float64(v.all)
	case !o.Paired():
		return 1
	}
	return float64(len(v.common))
}
