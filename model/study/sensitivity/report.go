package sensitivity

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/model/outcome"
)

// Report is a study in numbers: the content of sensitivity.json.
type Report struct {
	Baseline  string         `json:"baseline"`
	Treatment string         `json:"treatment"`
	Points    int            `json:"points"`
	Uncertain int            `json:"uncertain"`
	Learned   int            `json:"learned"` // of these, moved by their own distribution in the posterior
	Numbers   []Input        `json:"numbers"` // the most important first
	Outputs   []OutputReport `json:"outputs"`
	Groups    []Group        `json:"groups"` // the leading numbers, then all others; empty without an analysis of variance
}

// OutputReport is one quantity of a measure: in the baseline, in the treatment, or the
// paired effect.
type OutputReport struct {
	Outcome   string    `json:"outcome"`
	Quantity  Quantity  `json:"quantity"`
	Unit      string    `json:"unit"`
	Screening []Effect  `json:"screening"` // by number
	Steps     []Indices `json:"steps"`     // on growing parts of the rows
}

// Group is a number, or several that have indices together.
type Group struct {
	Label   string `json:"label"` // the path of a number
	Numbers int    `json:"numbers"`
}

// Report arranges a result by the importance of the numbers.
func (s *Study) Report(res *Result) *Report {
	v, inputs := s.Evaluator.plan.Scenario, s.Space.Inputs
	r := &Report{Baseline: v.Headline.Baseline, Treatment: v.Headline.Treatment, Points: s.Points(),
		Uncertain: len(inputs), Groups: []Group{}}
	for _, i := range res.Order {
		r.Numbers = append(r.Numbers, inputs[i])
		if inputs[i].Learned {
			r.Learned++
		}
	}
	for _, g := range res.Groups {
		label := inputs[g[0]].Path
		if len(g) > 1 {
			label = fmt.Sprintf("%d others together", len(g))
		}
		r.Groups = append(r.Groups, Group{label, len(g)})
	}
	for k, o := range s.Evaluator.Outputs {
		m := &outcome.All[o.Measure]
		out := OutputReport{Outcome: m.ID, Quantity: o.Quantity, Unit: m.Unit, Steps: []Indices{}}
		for _, i := range res.Order {
			out.Screening = append(out.Screening, res.Effects[k][i])
		}
		if res.Indices != nil {
			out.Steps = append(out.Steps, res.Indices[k]...)
		}
		r.Outputs = append(r.Outputs, out)
	}
	return r
}

// Last is what is known on all rows, nil without an analysis of variance.
func (o *OutputReport) Last() *Indices {
	if len(o.Steps) == 0 {
		return nil
	}
	return &o.Steps[len(o.Steps)-1]
}

// Moved is the largest change of an index over the last doubling of the rows, from so
// many; it is below 0 where that is not known.
func (o *OutputReport) Moved() (most float64, from int) {
	n := len(o.Steps)
	if n < 2 || !o.Steps[n-1].Resolved || !o.Steps[n-2].Resolved {
		return -1, 0
	}
	before, now := &o.Steps[n-2], &o.Steps[n-1]
	for g := range now.First {
		most = max(most, math.Abs(now.First[g].Value-before.First[g].Value),
			math.Abs(now.Total[g].Value-before.Total[g].Value))
	}
	return most, before.Rows
}

// NoiseShare is the part of the variance between points that is Monte Carlo noise.
func (s *Indices) NoiseShare() float64 {
	if all := s.Variance.Value + s.Noise; all > 0 && s.Variance.Value > 0 {
		return s.Noise / all
	}
	return 1
}

// OthersLead reports whether the numbers without indices of their own have together the
// largest total index.
func (r *Report) OthersLead(s *Indices) bool {
	last := len(r.Groups) - 1
	lead := r.Groups[last].Numbers > 1
	for g := range last {
		lead = lead && s.Total[g].Value < s.Total[last].Value
	}
	return lead
}
