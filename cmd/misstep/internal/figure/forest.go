package figure

import (
	"image/color"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// forest is a forest plot: rows of label, interval and number, in groups that share a scale.
// The figures effect, compare, why and multiverse are forests.
type forest struct {
	rows      []forestRow
	look      func(summary.Verdict) look
	uncertain bool // the parameters have a spread, resolved or not
	bars      bool // from zero to the value
	ratios    bool // beside the differences
}

// forestRow is one line of a forest.
type forestRow struct {
	label, name, unit string // name is the label with what "…" stands for
	mark              string // beside the label
	span, ratio       chart.Span
	verdict           summary.Verdict
	instead           string // stands in place of mark and interval
	again             bool   // the label is that of the line above
	total             bool   // all parts together
}

// forestGroup is the rows that share a scale.
type forestGroup struct {
	heading string
	rows    []forestRow
	own     bool // each row to its own scale
}

// look is how a verdict is drawn and called; the marks differ without colour.
type look struct {
	mark  chart.Mark
	color color.NRGBA
	words string
}

// verdictLook is how a verdict on a difference between two arms is drawn.
func verdictLook(v summary.Verdict) look {
	switch v {
	case summary.Better:
		return look{chart.Disc, chart.Help, "better"}
	case summary.Worse:
		return look{chart.Diamond, chart.Harm, "worse"}
	case summary.Differs:
		return look{chart.Square, chart.Muted, "differs"}
	case summary.Same:
		return look{chart.Bar, chart.Unclear, "identical"}
	default:
		return look{chart.Ring, chart.Unclear, "no clear difference"}
	}
}

// groups arranges rows by unit in order of appearance. Units of a single row stand together,
// each to a scale of its own, and say their unit.
func (f *forest) groups() (groups []forestGroup) {
	var units []string
	of := map[string][]forestRow{}
	for _, r := range f.rows {
		if of[r.unit] == nil {
			units = append(units, r.unit)
		}
		of[r.unit] = append(of[r.unit], r)
	}
	others := forestGroup{heading: "Other units", own: true}
	for _, u := range units {
		if len(of[u]) > 1 || len(units) == 1 {
			groups = append(groups, forestGroup{heading: say.Capital(u), rows: of[u]})
			continue
		}
		r := of[u][0]
		r.label = r.name
		switch percent := strings.HasPrefix(u, "%"); {
		case percent && !strings.Contains(r.name, "%"):
			r.label += ", %"
		case !percent && u != "" && !strings.Contains(r.name, u):
			r.label += ", " + u
		}
		others.rows = append(others.rows, r)
	}
	if len(others.rows) > 0 {
		groups = append(groups, others)
	}
	return groups
}

// Columns of a forest.
const (
	forestPlot = iota + 2
	forestNumber
	forestRatio
	forestFactor
)

// table sets the rows with headings of their groups.
func (f *forest) table(step float64) *chart.Table {
	t := &chart.Table{Columns: []chart.Column{{Most: 190}, {}, {Plot: true}, {}}, Step: step}
	if f.ratios {
		t.Columns = append(t.Columns, chart.Column{Head: "Ratio", Plot: true}, chart.Column{To: chart.End})
	}
	groups := f.groups()
	for i, g := range groups {
		t.Rows = append(t.Rows, f.heading(groups, i))
		for k, r := range g.rows {
			scaled := g.rows
			if g.own {
				scaled = g.rows[k : k+1]
			}
			if r.total && k > 0 && !g.rows[k-1].total {
				t.Rows[len(t.Rows)-1].Ruled = true
			}
			t.Rows = append(t.Rows, f.row(r, func(plot chart.Rect) chart.Scale { return f.scale(scaled, g.own, plot) }))
		}
	}
	return t
}

// scale holds rows that share a scale, and zero; those without a number have no say. With zero
// in the middle, those of several rows stand in line.
func (f *forest) scale(rows []forestRow, centred bool, plot chart.Rect) chart.Scale {
	values := []float64{0}
	for _, r := range rows {
		if r.instead == "" && r.span.Ok {
			values = append(values, r.span.Value, r.span.Low, r.span.High, r.span.MonteLow, r.span.MonteHigh)
		}
	}
	if centred {
		values = append(values, -slices.Min(values), -slices.Max(values))
	}
	return chart.Holding(values, false, plot)
}

// heading names a group, with the axes of its rows behind these; ratios have one for all.
func (f *forest) heading(groups []forestGroup, i int) chart.Row {
	g, st := groups[i], chart.Quiet.Heavy()
	return chart.Row{Cells: chart.Texts(st, g.heading),
		Draw: func(p *chart.Page, at []chart.Rect) {
			s, marks := f.scale(g.rows, g.own, at[forestPlot]), []chart.Tick{{}}
			if !g.own {
				marks = chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(at[forestPlot].W/45), 3)), chart.Axis)
			} else {
				p.Text(at[forestPlot].X, at[forestPlot].MiddleY()+chart.Ascent/2, "each to its own scale", chart.Quiet)
			}
			p.Under(at[forestPlot], s, marks, len(g.rows))
			if f.ratios && i == 0 {
				s := f.ratioScale(at[forestRatio])
				p.Under(at[forestRatio], s, ratioTicks(s), len(f.rows)+len(groups)-1)
			}
		}}
}

// row is a line; scale places its interval in the plot.
func (f *forest) row(r forestRow, scale func(plot chart.Rect) chart.Scale) chart.Row {
	k, st, number, factor := f.look(r.verdict), chart.Style{Bold: r.total}, r.instead, ""
	switch {
	case r.instead != "":
		k.color = chart.Muted
	case !r.span.Ok:
		number, k.color = "n/a", chart.Muted
	case r.verdict == summary.Same:
		number = k.words
	default:
		number = chart.Interval(r.span, f.uncertain)
	}
	shown := r.span.Ok && r.instead == ""
	if factor = "–"; r.ratio.Ok {
		factor = chart.Ratio(r.ratio.Value)
	}
	label := say.Capital(r.label)
	if r.again {
		label = ""
	}
	cells := []chart.Cell{{Text: label, Style: st}, {Text: r.mark, Style: chart.Quiet}, {},
		{Text: number, Style: st.In(k.color)}}
	if f.ratios && shown {
		cells = append(cells, chart.Cell{}, chart.Cell{Text: factor, Style: st.In(k.color)})
	}
	return chart.Row{Cells: cells, Draw: func(p *chart.Page, at []chart.Rect) {
		if !shown {
			return
		}
		s, y := scale(at[forestPlot]), at[forestPlot].MiddleY()
		if f.bars {
			from, to := s.At(min(r.span.Value, 0)), s.At(max(r.span.Value, 0))
			p.Fill(chart.Box(from, y-6, max(to-from, .6), 12), chart.Tint(k.color, .42))
		}
		r.span.Draw(p, s, y, k.mark, k.color)
		if f.ratios && r.ratio.Ok {
			r.ratio.Draw(p, f.ratioScale(at[forestRatio]), y, k.mark, k.color)
		}
	}}
}

// key explains the verdicts, those that every reader looks for and those that occur, and the
// two lines; thin is empty where there is none.
func (f *forest) key(always []summary.Verdict, thin, thick string) (k chart.Key) {
	for _, v := range []summary.Verdict{summary.Better, summary.Worse, summary.Differs, summary.Unclear, summary.Same} {
		occurs := func(r forestRow) bool { return r.verdict == v && r.instead == "" }
		if slices.Contains(always, v) || slices.ContainsFunc(f.rows, occurs) {
			l := f.look(v)
			k.Mark(l.mark, l.color, l.words)
		}
	}
	if thin != "" {
		k.Line(1.1, chart.Muted, thin)
	}
	k.Line(3.4, chart.Muted, thick)
	return k
}

// differences are verdicts on a difference that every reader looks for.
var differences = []summary.Verdict{summary.Better, summary.Worse, summary.Unclear}
