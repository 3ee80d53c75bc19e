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
	write     func(chart.Span) string // a difference; chart.Interval where nil
	uncertain bool                    // the parameters have a spread, resolved or not
	bars      bool                    // from zero to the value
	marked    bool                    // values stand at their marks; else beside the plot
	head      string                  // of the plot
	narrow    bool                    // page
}

type forestRow struct {
	section     string // heading under which it stands, with others; empty for none
	label, unit string
	mark        string // beside the label
	span, ratio chart.Span
	verdict     summary.Verdict
	instead     string // stands in place of mark and interval
	again       bool   // the label is that of the line above
	total       bool   // all parts together
}

type forestGroup struct {
	section, unit string
	rows          []forestRow
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
	case Chosen:
		return look{chart.Triangle, chart.Muted, "where it was chosen: no verdict"}
	case summary.Unknown:
		return unknownLook
	default:
		return look{chart.Ring, chart.Unclear, "no clear difference"}
	}
}

// unknownLook is that of what one replicate a draw does not tell.
var unknownLook = look{chart.Ring, chart.Unclear, "not told by one replicate"}

// groups arranges rows by section and unit in order of appearance.
func (f *forest) groups() (groups []forestGroup) {
	for _, r := range f.rows {
		at := slices.IndexFunc(groups, func(g forestGroup) bool { return g.section == r.section && g.unit == r.unit })
		if at < 0 {
			groups = append(groups, forestGroup{section: r.section, unit: r.unit})
			at = len(groups) - 1
		}
		groups[at].rows = append(groups[at].rows, r)
	}
	slices.SortStableFunc(groups, func(a, b forestGroup) int { // sections stay together
		place := func(g forestGroup) int {
			return slices.IndexFunc(f.rows, func(r forestRow) bool { return r.section == g.section })
		}
		return place(a) - place(b)
	})
	return groups
}

const forestPlot = 2

// table sets the rows with headings of their groups.
func (f *forest) table(step float64) *chart.Table {
	most := 190.0
	if f.narrow {
		most = f.most()
	}
	t := &chart.Table{Step: step,
		Columns: []chart.Column{{Most: most, Least: f.least()}, {}, {Plot: true, Head: f.head}, {}}}
	section := ""
	for _, g := range f.groups() {
		if g.section != section {
			section = g.section
			t.Rows = append(t.Rows, chart.Row{Lines: 2, Cells: chart.Texts(chart.Plain.Heavy(), section), Across: true})
		}
		t.Rows = append(t.Rows, f.heading(g))
		for k, r := range g.rows {
			if r.total && k > 0 && !g.rows[k-1].total {
				t.Rows[len(t.Rows)-1].Ruled = true
			}
			t.Rows = append(t.Rows, f.row(r, func(plot chart.Rect) chart.Scale { return f.scale(g.rows, plot) }))
		}
	}
	return t
}

// most is what labels have at most of a narrow page: less where arms stand above the plot [pt].
func (f *forest) most() float64 {
	if f.head != "" {
		return 118
	}
	return 126
}

// least is the width of the column of labels that units want [pt].
func (f *forest) least() (w float64) {
	p := chart.NewPage(nil, 0)
	for _, r := range f.rows {
		w = max(w, p.Width(say.Capital(r.unit), chart.Quiet.Heavy()))
	}
	return min(w+6, f.most())
}

// lines is how many lines a row takes: a value stands above its mark.
func (f *forest) lines() int {
	if f.marked {
		return 2
	}
	return 1
}

// scale holds rows that share a scale, and zero; those without a number have no say.
func (f *forest) scale(rows []forestRow, plot chart.Rect) chart.Scale {
	var spans []chart.Span
	for _, r := range rows {
		if r.instead == "" {
			spans = append(spans, r.span)
		}
	}
	return holding(spans, plot)
}

// holding is a scale across a plot that holds zero and all that is known of spans.
func holding(spans []chart.Span, plot chart.Rect) chart.Scale {
	values := []float64{0}
	for _, s := range spans {
		if s.Ok {
			values = append(values, s.Value, s.Low, s.High, s.MonteLow, s.MonteHigh)
		}
	}
	return chart.Holding(values, false, plot)
}

// heading names the unit of a group, with the axis of its rows behind these.
func (f *forest) heading(g forestGroup) chart.Row {
	return chart.Row{Draw: func(p *chart.Page, at []chart.Rect) {
		plot, st := at[forestPlot], chart.Quiet.Heavy()
		s, room := f.scale(g.rows, plot), plot.X-at[0].X-16
		p.Text(at[0].X, plot.MiddleY()+chart.Ascent/2, p.Shorten(say.Capital(g.unit), room, st), st)
		p.Under(plot, s, chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(plot.W/45), 3)), chart.Axis), len(g.rows)*f.lines())
	}}
}

// written is a difference with its interval.
func (f *forest) written(s chart.Span) string {
	if f.write != nil {
		return f.write(s)
	}
	return chart.Interval(s, f.uncertain)
}

// row is a line; scale places its interval in the plot.
func (f *forest) row(r forestRow, scale func(plot chart.Rect) chart.Scale) chart.Row {
	k, st, number := f.look(r.verdict), chart.Style{Bold: r.total}, r.instead
	switch {
	case r.instead != "":
		k.color = chart.Muted
	case !r.span.Ok:
		number, k.color = "n/a", chart.Muted
	case r.verdict == summary.Same:
		number = k.words
	default:
		number = f.written(r.span)
	}
	shown, value := r.span.Ok && r.instead == "", ""
	if f.marked && shown && r.verdict != summary.Same {
		value, number, _ = strings.Cut(strings.TrimSuffix(number, ")"), " (")
	}
	label := say.Capital(r.label)
	if r.again {
		label = ""
	}
	cells := []chart.Cell{{Text: label, Style: st}, {Text: r.mark, Style: chart.Quiet}, {},
		{Text: number, Style: st.In(k.color)}}
	return chart.Row{Lines: f.lines(), Cells: cells, Draw: func(p *chart.Page, at []chart.Rect) {
		if !shown {
			return
		}
		s, y := scale(at[forestPlot]), at[forestPlot].MiddleY()
		if f.marked {
			y += 5
		}
		if f.bars {
			from, to := s.At(min(r.span.Value, 0)), s.At(max(r.span.Value, 0))
			p.Fill(chart.Box(from, y-4, max(to-from, .6), 8), chart.Tint(k.color, .42))
		}
		r.span.Draw(p, s, y, k.mark, k.color)
		p.Over(at[forestPlot], s.At(r.span.Value), y-6, value, chart.Plain.Heavy().In(k.color))
	}}
}

// key explains the verdicts, those that every reader looks for and those that occur, and the
// lines that are drawn.
func (f *forest) key(always []summary.Verdict, thick string) (k chart.Key) {
	occurs := func(v summary.Verdict) bool {
		return slices.ContainsFunc(f.rows, func(r forestRow) bool { return r.verdict == v && r.instead == "" })
	}
	if occurs(summary.Unknown) { // whose mark is that of what is unclear
		always = slices.DeleteFunc(slices.Clone(always), func(v summary.Verdict) bool { return v == summary.Unclear })
	}
	for _, v := range []summary.Verdict{summary.Better, summary.Worse, summary.Differs, summary.Unclear, summary.Unknown,
		summary.Same, Chosen} {
		if slices.Contains(always, v) || occurs(v) {
			l := f.look(v)
			if v == summary.Unclear && f.uncertain { // of which a range alone may be clear of zero
				l.words += ": range and chance together hold zero"
			}
			k.Mark(l.mark, l.color, l.words)
		}
	}
	var groups [][]chart.Span
	for _, g := range f.groups() {
		var spans []chart.Span
		for _, r := range g.rows {
			if r.instead == "" {
				spans = append(spans, r.span)
			}
		}
		groups = append(groups, spans)
	}
	k.Intervals(thick, groups...)
	return k
}

// differences are verdicts on a difference that every reader looks for.
var differences = []summary.Verdict{summary.Better, summary.Worse, summary.Unclear}
