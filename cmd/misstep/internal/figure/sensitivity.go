package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// SensitivityInput is what the figure sensitivity is made from.
type SensitivityInput struct {
	Title     string   // a standard one where empty
	Subtitle  []string // parts: scenario, arms, points, seed
	Source    string   // the source line; a standard one where empty
	Screening bool     // rows hold effects of a screening in Total, in units of the panel
	Panels    []SensitivityPanel
	Rows      []SensitivityRow
}

// SensitivityPanel is an output.
type SensitivityPanel struct {
	Label    string
	Unit     string
	Resolved bool    // else there are no indices
	Noise    float64 // part of the variance between points that is Monte Carlo noise, 0 to 1
	Moved    float64 // largest change of an index over the last doubling of rows; below 0 where unknown
}

// SensitivityRow is a number, or a group of them.
type SensitivityRow struct {
	Label        string // its path, or how many are in the group
	Plain        string // in words: what the number is, and whose; the label where empty
	Group        bool
	First, Total []SensitivityIndex // by panel; First is empty for a screening
}

// SensitivityIndex is a value with an interval.
type SensitivityIndex struct{ Value, Low, High float64 }

// text is a share with its interval.
func (x SensitivityIndex) text() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", x.Value, x.Low, x.High)
}

// shares ends the intervals of shares of variance at 0 and 1, beyond which an estimate
// that is freed of noise can reach.
func shares(list []SensitivityIndex) []SensitivityIndex {
	out := slices.Clone(list)
	for i, x := range out {
		if x.Value >= 0 && x.Value <= 1 {
			out[i].Low, out[i].High = min(max(x.Low, 0), 1), min(max(x.High, 0), 1)
		}
	}
	return out
}

// Sensitivity draws first-order and total indices of the most important numbers, or the
// effects of a screening. The files are sensitivity.svg, .png and .pdf, as the options
// ask, and sensitivity.csv. It fails on options that cannot be drawn.
func Sensitivity(in *SensitivityInput, o Options) ([]File, error) {
	return drawAlone("sensitivity", newSensitivity(in), o)
}

// SensitivityAlt is the text that stands for the figure where it cannot be seen.
func SensitivityAlt(in *SensitivityInput) string { return newSensitivity(in).words().alt }

// sensitivity shows what moves an outcome.
type sensitivity struct{ in *SensitivityInput }

func newSensitivity(in *SensitivityInput) *sensitivity {
	out := *orEmpty(in)
	out.Rows = nil
	for _, r := range orEmpty(in).Rows { // what is not whole is not drawn
		if len(r.Total) == len(out.Panels) && (out.Screening || len(r.First) == len(out.Panels)) {
			if !out.Screening {
				r.First, r.Total = shares(r.First), shares(r.Total)
			}
			out.Rows = append(out.Rows, r)
		}
	}
	return &sensitivity{in: &out}
}

// words are the row as people read it.
func (r *SensitivityRow) words() string {
	return cmp.Or(r.Plain, r.Label)
}

func (s *sensitivity) words() words {
	title := cmp.Or(s.in.Title, "Which uncertain numbers move the effect")
	w := wordsOf(title, s.in.Subtitle, cmp.Or(s.in.Source, "Source: misstep, model output, no forecast."))
	if !s.in.Screening {
		w.detail = append(w.detail, "shares of the spread (variance), 95\u00a0% intervals")
	}
	if len(s.in.Rows) == 0 || len(s.in.Panels) == 0 {
		w.alt = "No number is uncertain."
		return w
	}
	var parts []string
	for k, p := range s.in.Panels {
		if !p.Resolved {
			parts = append(parts, chart.Upper(p.Label)+": not resolved.")
			continue
		}
		var rows []string
		for _, r := range s.in.Rows {
			if s.in.Screening {
				rows = append(rows, r.words()+" "+chart.Number(r.Total[k].Value))
			} else {
				rows = append(rows, fmt.Sprintf("%s %s alone, %s in all", r.words(), r.First[k].text(), r.Total[k].text()))
			}
		}
		parts = append(parts, chart.Upper(p.Label)+": "+strings.Join(rows, "; ")+".")
	}
	w.alt = strings.Join(parts, " ")
	if !s.in.Screening {
		w.alt += chart.InParentheses
	}
	return w
}

func (s *sensitivity) table() table {
	t := newTable("number", "panel", "first", "first_low", "first_high", "total", "total_low", "total_high")
	for _, r := range s.in.Rows {
		for k, p := range s.in.Panels {
			cells := []any{r.Label, p.Label}
			if s.in.Screening {
				cells = append(cells, "", "", "")
			} else {
				f := r.First[k]
				cells = append(cells, f.Value, f.Low, f.High)
			}
			t.add(append(cells, r.Total[k].Value, r.Total[k].Low, r.Total[k].High)...)
		}
	}
	return t
}
