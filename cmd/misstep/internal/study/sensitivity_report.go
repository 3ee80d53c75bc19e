package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// known reads the points of an interrupted study.
func (w *studying) known() ([][]sensitivity.Response, error) {
	var out [][]sensitivity.Response
	err := w.stream.each(func(line []byte) error {
		var r []sensitivity.Response
		ok := json.Unmarshal(line, &r) == nil && len(r) == len(w.study.Evaluator.Outputs)
		for i := range r {
			ok = ok && len(r[i]) == w.inputs.Replicates
		}
		if !ok || len(out) == w.study.Points() {
			return errors.New("no point of this study")
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

// Sensitivity is the content of sensitivity.json.
type Sensitivity struct {
	Baseline  string              `json:"baseline"`
	Treatment string              `json:"treatment"`
	Points    int                 `json:"points"`
	Uncertain int                 `json:"uncertain"`
	Learned   int                 `json:"learned"` // of these, moved by their own distribution in the posterior
	Numbers   []sensitivityNumber `json:"numbers"` // the most important first
	Outputs   []sensitivityOutput `json:"outputs"`
	// the leading numbers, then all others; empty without an analysis of variance
	Groups []sensitivityGroup `json:"groups"`
}

type sensitivityNumber struct {
	Path    string `json:"path"`
	Unit    string `json:"unit"`
	Learned bool   `json:"learned"`
}

// sensitivityOutput is one quantity of a measure: in the baseline, in the treatment, or
// the paired effect.
type sensitivityOutput struct {
	Outcome   string                 `json:"outcome"`
	Quantity  sensitivity.Quantity   `json:"quantity"`
	Unit      string                 `json:"unit"`
	Screening []sensitivityScreening `json:"screening"` // by number
	Steps     []SensitivityStep      `json:"steps"`     // on growing parts of the rows
}

// sensitivityScreening are the elementary effects of a number: changes of the output
// per range of the number (from its lowest to its highest quantile).
type sensitivityScreening struct {
	Mean    float64 `json:"mu"`
	MeanAbs float64 `json:"mu_star"` // Monte Carlo noise included
	SD      float64 `json:"sigma"`   // without noise
	RMS     float64 `json:"rms"`     // root mean square without noise
	Noise   float64 `json:"noise"`   // the mu_star that noise alone would give
}

// SensitivityStep is what is known of every number at one size of the study.
type SensitivityStep struct {
	Rows     int      `json:"rows"`
	Mean     float64  `json:"mean"`
	Variance Span95   `json:"variance"` // over the numbers, without noise
	Noise    float64  `json:"noise"`    // what noise adds between points
	Resolved bool     `json:"resolved"` // else there are no indices
	First    []Span95 `json:"first"`    // by group
	Total    []Span95 `json:"total"`
}

type sensitivityGroup struct {
	Label   string `json:"label"`
	Numbers int    `json:"numbers"`
}

func (w *studying) report(res *sensitivity.Result) *Sensitivity {
	h := w.run.Scenario.Headline
	inputs := w.study.Space.Inputs
	r := &Sensitivity{Baseline: h.Baseline, Treatment: h.Treatment, Points: w.study.Points(), Uncertain: len(inputs),
		Groups: []sensitivityGroup{}}
	for _, i := range res.Order {
		r.Numbers = append(r.Numbers, sensitivityNumber{inputs[i].Path, inputs[i].Unit, inputs[i].Learned})
		if inputs[i].Learned {
			r.Learned++
		}
	}
	for _, g := range res.Groups {
		label := inputs[g[0]].Path
		if len(g) > 1 {
			label = fmt.Sprintf("%d others together", len(g))
		}
		r.Groups = append(r.Groups, sensitivityGroup{label, len(g)})
	}
	for k, o := range w.study.Evaluator.Outputs {
		m := &outcome.All[o.Measure]
		out := sensitivityOutput{Outcome: m.ID, Quantity: o.Quantity, Unit: m.Unit, Steps: []SensitivityStep{}}
		for _, i := range res.Order {
			e := res.Effects[k][i]
			out.Screening = append(out.Screening, sensitivityScreening{e.Mean, e.MeanAbs, e.SD, e.RMS, e.Noise})
		}
		if res.Indices != nil {
			for _, s := range res.Indices[k] {
				out.Steps = append(out.Steps, stepOf(&s))
			}
		}
		r.Outputs = append(r.Outputs, out)
	}
	return r
}

func stepOf(s *sensitivity.Indices) SensitivityStep {
	out := SensitivityStep{Rows: s.Rows, Mean: s.Mean, Variance: spanOf(s.Variance), Noise: s.Noise, Resolved: s.Resolved,
		First: []Span95{}, Total: []Span95{}}
	for g := range s.First {
		out.First, out.Total = append(out.First, spanOf(s.First[g])), append(out.Total, spanOf(s.Total[g]))
	}
	return out
}

// Last is the step on all rows, nil without an analysis of variance.
func (o *sensitivityOutput) Last() *SensitivityStep {
	if len(o.Steps) == 0 {
		return nil
	}
	return &o.Steps[len(o.Steps)-1]
}

// noiseShare is the part of the variance between points that is Monte Carlo noise.
func (s *SensitivityStep) noiseShare() float64 {
	if all := s.Variance.Value + s.Noise; all > 0 && s.Variance.Value > 0 {
		return s.Noise / all
	}
	return 1
}

func (r *Sensitivity) screeningCSV() []byte {
	rows := [][]string{{"rank", "path", "outcome", "quantity", "mu", "mu_star", "sigma", "rms", "noise"}}
	for k := range r.Outputs {
		o := &r.Outputs[k]
		for i, e := range o.Screening {
			rows = append(rows, []string{strconv.Itoa(i + 1), r.Numbers[i].Path, o.Outcome, string(o.Quantity),
				say.Exact(e.Mean), say.Exact(e.MeanAbs), say.Exact(e.SD), say.Exact(e.RMS), say.Exact(e.Noise)})
		}
	}
	return say.CSV(rows)
}

func (r *Sensitivity) indicesCSV() []byte {
	rows := [][]string{{"outcome", "quantity", "rows", "group", "first", "first_low", "first_high", "total", "total_low",
		"total_high", "variance", "noise"}}
	end := func(x *float64) string {
		if x == nil {
			return ""
		}
		return say.Exact(*x)
	}
	for k := range r.Outputs {
		o := &r.Outputs[k]
		for _, s := range o.Steps {
			for g := range r.Groups {
				row := []string{o.Outcome, string(o.Quantity), strconv.Itoa(s.Rows), r.Groups[g].Label}
				for _, list := range [][]Span95{s.First, s.Total} {
					if s.Resolved {
						row = append(row, say.Exact(list[g].Value), end(list[g].Low), end(list[g].High))
					} else {
						row = append(row, "", "", "")
					}
				}
				rows = append(rows, append(row, say.Exact(s.Variance.Value), say.Exact(s.Noise)))
			}
		}
	}
	return say.CSV(rows)
}
