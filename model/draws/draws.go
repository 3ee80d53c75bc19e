// Package draws holds a run draw by draw, as draws.csv has it: the numbers that vary, and what the
// futures of a draw add up to in each contrast.
//
// [Of] takes a table out of the sums of a run, [Table.CSV] writes it and [Read] reads it back to the
// last bit. A row is a draw of a contrast, so that the names of columns do not hang on those of arms
// and one condition on `treatment` leaves a row a draw; a run of one arm has a row a draw, without
// sums. [Table.Draw] and [Table.Pooled] are any weighted sum of outcomes, with its Monte Carlo error.
package draws

import (
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
)

// Table is a run, draw by draw.
type Table struct {
	Numbers    []string // paths of the numbers that have a distribution, in the order of the scenario
	Baseline   string   // an arm
	Treatments []string // the arms that are compared with it, the headline's first; none in a run of one arm
	Joint      *outcome.Joint
	Rows       []Row // by draw, then in the order of Treatments
}

// Row is a draw of a contrast.
type Row struct {
	Draw      int
	Treatment string                  // "" in a run of one arm
	Theta     []float64               // by number of [Table.Numbers], in the unit of its parameter, times in days
	Sums      experiment.JointMoments // by number of [Table.Joint]; of one arm N alone
}

// Of is the table of a run.
func Of(s *experiment.Sums) *Table {
	v := s.Plan.Scenario
	t := &Table{Baseline: v.Arms[s.Baseline].Name, Joint: s.Joint}
	if len(s.Others) == 0 {
		t.Joint = outcome.JointOf(nil)
	}
	for _, other := range s.Others {
		t.Treatments = append(t.Treatments, v.Arms[other].Name)
	}
	var slots []int
	for i := range v.Slots {
		if !v.Slots[i].Dist.IsPoint() {
			slots, t.Numbers = append(slots, i), append(t.Numbers, v.Slots[i].Path)
		}
	}
	for d := range s.Plan.Draws {
		all, theta := s.Plan.Theta(d), make([]float64, len(slots))
		for k, i := range slots {
			theta[k] = all[i]
		}
		for _, name := range t.Treatments {
			t.Rows = append(t.Rows, Row{Draw: d, Treatment: name, Theta: theta})
		}
		if len(t.Treatments) == 0 {
			t.Rows = append(t.Rows, Row{Draw: d, Theta: theta})
		}
	}
	for i, contrast := range s.Contrasts {
		for d, x := range contrast.All() {
			t.Rows[d*len(s.Contrasts)+i].Sums = x.Joint.Clone()
		}
	}
	if len(t.Treatments) == 0 {
		for d, x := range s.Arms[0].All() {
			t.Rows[d].Sums.N = x.N
		}
	}
	return t
}

// Weights are those of a weighted sum of outcomes: by outcome of [outcome.Joint], of what it is in
// the baseline and in the treatment, both in the unit of the outcome.
type Weights [][2]float64

// Draw is the weighted sum in a row, and the variance that chance within the draw adds to it, by the
// delta method: 0 for one replicate, which tells none. It is not defined where the denominator of
// an outcome that counts is 0.
func (t *Table) Draw(r *Row, w Weights) (value, noise float64, ok bool) {
	value, g, ok := t.weighted(&r.Sums, w)
	return value, r.Sums.Quadratic(g) / r.Sums.N, ok
}

// Pooled is the weighted sum over the draws of a contrast together, and its Monte Carlo variance given
// the draws. It is not defined where the denominator of an outcome that counts is 0.
func (t *Table) Pooled(treatment string, w Weights) (value, variance float64, ok bool) {
	total := experiment.NewJointMoments(len(t.Joint.Names))
	for i := range t.Rows {
		if r := &t.Rows[i]; r.Treatment == treatment {
			total.Merge(&r.Sums)
		}
	}
	value, g, ok := t.weighted(&total, w)
	for i := range t.Rows {
		if r := &t.Rows[i]; ok && r.Treatment == treatment {
			variance += r.Sums.N * r.Sums.Quadratic(g) / (total.N * total.N)
		}
	}
	return value, variance, ok
}

// weighted is a weighted sum at the means of some sums, with its gradient.
func (t *Table) weighted(s *experiment.JointMoments, w Weights) (value float64, g []float64, ok bool) {
	g = make([]float64, len(t.Joint.Names))
	for k, by := range w {
		for arm, x := range by {
			if x == 0 {
				continue
			}
			num, den := t.Joint.At[k][2*arm], t.Joint.At[k][2*arm+1]
			below := s.Mean(den)
			if !(below > 0) {
				return 0, g, false
			}
			x = float64(x * (outcome.All[t.Joint.Outcomes[k]].Factor / below))
			r := s.Mean(num)
			value += float64(x * r)
			g[num] += x
			if den >= 0 {
				g[den] -= float64(x * r / below)
			}
		}
	}
	return value, g, true
}
