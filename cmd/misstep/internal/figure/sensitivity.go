package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// SensitivityInput is what the figure sensitivity is made from.
type SensitivityInput struct {
	Subtitle  []string // parts: scenario, arms, points, seed
	Rests     string   // what it rests on, for the source line; on assumptions where empty
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
	First, Total []Ranged // by panel; First is empty for a screening
}

func (e Ranged) share() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", e.Value, e.Low, e.High)
}

// shares ends the intervals of shares of variance at 0 and 1, beyond which an estimate
// that is freed of noise can reach.
func shares(list []Ranged) []Ranged {
	out := slices.Clone(list)
	for i, x := range out {
		if x.Value >= 0 && x.Value <= 1 { // the effects of a screening are no shares, and have no interval
			out[i].Low, out[i].High = min(max(x.Low, 0), 1), min(max(x.High, 0), 1)
		}
	}
	return out
}

// Sensitivity is first-order and total indices of the most important numbers, or the effects of a screening.
func Sensitivity(in *SensitivityInput) Figure { return newSensitivity(in).alone("sensitivity") }

func newSensitivity(in *SensitivityInput) picture {
	const head = "number panel first first_low first_high total total_low total_high"
	w := wordsOf("Which uncertain numbers move the effect", in.Subtitle, in.Rests)
	rows := slices.Clone(in.Rows)
	for i := range rows {
		rows[i].First, rows[i].Total = shares(rows[i].First), shares(rows[i].Total)
	}
	if len(rows) == 0 || len(in.Panels) == 0 {
		return nothing(w, "No number of the scenario is uncertain.", head)
	}
	t := newTable(head)
	said := make([][]string, len(in.Panels))
	for _, r := range rows {
		for k, q := range in.Panels {
			first, total := []any{"", "", ""}, r.Total[k]
			words := cmp.Or(r.Plain, r.Label)
			if in.Screening {
				said[k] = append(said[k], words+" "+chart.Number(total.Value))
			} else {
				first = []any{r.First[k].Value, r.First[k].Low, r.First[k].High}
				said[k] = append(said[k], fmt.Sprintf("%s %s alone, %s in all", words, r.First[k].share(), total.share()))
			}
			t.add(slices.Concat([]any{r.Label, q.Label}, first, []any{total.Value, total.Low, total.High})...)
		}
	}
	var parts []string
	for k, q := range in.Panels {
		if !q.Resolved {
			said[k] = []string{"not resolved"}
		}
		parts = append(parts, say.Capital(q.Label)+": "+strings.Join(said[k], "; ")+".")
	}
	w.alt = strings.Join(parts, " ")
	if !in.Screening {
		w.subtitle = append(w.subtitle, "shares of the spread (variance), 95\u00a0% intervals")
		w.alt += chart.InParentheses
	}
	shown := in.resolved(rows)
	w.lead = in.decides(&shown)
	if len(shown.Panels) == 0 {
		return picture{words: w, numbers: t, note: w.lead}
	}
	w.alt = w.lead + ". " + w.alt
	return picture{words: w, numbers: t, rows: shown.table(shown.Rows), key: in.key()}
}

// resolved has the panels with indices alone, and of rows their values.
func (in *SensitivityInput) resolved(rows []SensitivityRow) SensitivityInput {
	out := SensitivityInput{Screening: in.Screening, Rows: slices.Clone(rows)}
	for i := range out.Rows {
		out.Rows[i].First, out.Rows[i].Total = nil, nil
	}
	for k, q := range in.Panels {
		if !q.Resolved {
			continue
		}
		out.Panels = append(out.Panels, q)
		for i, r := range rows {
			out.Rows[i].Total = append(out.Rows[i].Total, r.Total[k])
			if len(r.First) > 0 {
				out.Rows[i].First = append(out.Rows[i].First, r.First[k])
			}
		}
	}
	return out
}

// decides says which outputs are not resolved, and which number matters most for the first that is.
func (in *SensitivityInput) decides(shown *SensitivityInput) string {
	var parts []string
	for _, q := range in.Panels {
		if !q.Resolved {
			parts = append(parts, q.Label+": not resolved, the numbers move it by less than the sampling error")
		}
	}
	rows := slices.DeleteFunc(slices.Clone(shown.Rows), func(r SensitivityRow) bool { return r.Group })
	if len(shown.Panels) > 0 && len(rows) > 0 {
		most := slices.MaxFunc(rows, func(a, b SensitivityRow) int {
			return cmp.Compare(math.Abs(a.Total[0].Value), math.Abs(b.Total[0].Value))
		})
		name, label := cmp.Or(most.Plain, most.Label), shown.Panels[0].Label
		if in.Screening {
			parts = append(parts, label+": most moved by "+name)
		} else {
			parts = append(parts, fmt.Sprintf("%s: %s of its spread hang on %s", label,
				chart.Share(min(max(most.Total[0].Value, 0), 1)), name))
		}
	}
	return say.Capital(strings.Join(parts, "; "))
}

// table has the bars of an output in each plot, the axis above them and how far it can be trusted below.
func (in *SensitivityInput) table(rows []SensitivityRow) *chart.Table {
	t := &chart.Table{Step: 16.5, Columns: []chart.Column{{Most: mostName}}}
	lines, remarks := 1, []chart.Cell{{}}
	for _, q := range in.Panels {
		t.Columns = append(t.Columns, chart.Column{Head: say.Capital(q.Label), Plot: true})
		remarks = append(remarks, chart.Cell{Text: in.remark(q), Style: chart.Quiet})
	}
	if slices.ContainsFunc(rows, func(r SensitivityRow) bool { return r.Plain != "" }) {
		lines = 2
	}
	t.Rows = []chart.Row{{Draw: func(p *chart.Page, at []chart.Rect) {
		for k := range in.Panels {
			s := scaleOf(rows, k, at[k+1])
			p.Under(at[k+1], s, chart.Ticks(chart.Steps(0, s.Hi, 4), chart.Axis), lines*len(rows))
		}
	}}}
	for _, r := range rows {
		st := chart.Plain
		if r.Group {
			st = chart.Quiet
		}
		t.Rows = append(t.Rows, chart.Row{Lines: lines, Cells: chart.Texts(st, cmp.Or(r.Plain, r.Label)),
			Draw: func(p *chart.Page, at []chart.Rect) {
				for k := range in.Panels {
					if x := scaleOf(rows, k, at[k+1]); in.Screening {
						bar(p, x, at[k+1].MiddleY(), 12, Ranged{r.Total[k].Value, nan, nan}, chart.Blue)
					} else {
						bar(p, x, at[k+1].MiddleY(), 12, r.Total[k], chart.Tint(chart.Sky, .55))
						bar(p, x, at[k+1].MiddleY(), 6, r.First[k], chart.Blue)
					}
				}
			}})
	}
	t.Rows = append(t.Rows, chart.Row{Lines: mostRemark, Cells: remarks})
	return t
}

// Widest name [pt], and the lines below a panel.
const (
	mostName   = 236
	mostRemark = 4
)

var nan = math.NaN()

// scaleOf holds the largest end in a panel.
func scaleOf(rows []SensitivityRow, k int, plot chart.Rect) chart.Scale {
	far := 0.0
	for _, r := range rows {
		far = max(far, r.Total[k].Value, r.Total[k].High)
		if len(r.First) > 0 {
			far = max(far, r.First[k].Value, r.First[k].High)
		}
	}
	return chart.UpTo(far, 4, plot.X, plot.Right()-9)
}

// bar draws an index from zero, with its interval; a value below zero has no bar.
func bar(p *chart.Page, x chart.Scale, y, thick float64, v Ranged, c color.NRGBA) {
	if chart.Finite(v.Value) && v.Value > 0 {
		p.Fill(chart.Box(x.From, y-float64(thick/2), x.At(v.Value)-x.From, thick), c)
	}
	if chart.Finite(v.Low) && chart.Finite(v.High) && v.High > 0 && v.High > v.Low {
		if c != chart.Blue {
			y += float64(thick * .3)
		}
		p.Line(x.At(max(v.Low, 0)), y, x.At(v.High), y, 1.1, chart.Ink)
	}
}

func (in *SensitivityInput) key() (k chart.Key) {
	if in.Screening {
		k.Words("Bars: how far it moves over the range of a number (root mean square), noise taken out")
		return k
	}
	k.Box(6, chart.Blue, "alone (first order)")
	k.Box(12, chart.Tint(chart.Sky, .55), "with interactions (total), noise taken out")
	k.Line(1.1, chart.Ink, "95\u00a0% interval")
	return k
}

// remark says below a panel how far it can be trusted. What the indices moved by when the
// sample was last doubled is no bound on what is still to come.
func (in *SensitivityInput) remark(q SensitivityPanel) string {
	switch {
	case in.Screening:
		return q.Unit
	case q.Moved < 0:
		return "noise is " + chart.Share(q.Noise) + " of the spread"
	}
	return fmt.Sprintf("noise is %s of the spread; with half the points a share differs by up to %.2f",
		chart.Share(q.Noise), q.Moved)
}
