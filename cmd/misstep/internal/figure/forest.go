package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// forest is a forest plot: rows of label, interval and number, in groups that share a scale.
// The figures effect, compare, why and multiverse are forests.
type forest struct {
	label, labelEnd float64 // columns [pt]
	plot, plotEnd   float64
	number, end     float64
	uncertain       bool // the parameters have a spread, resolved or not
	bars            bool // from zero to the value
	look            func(summary.Verdict) look
	more            func(*chart.Rows, forestRow) // draws what else a row has
}

// forestRow is one line of a forest.
type forestRow struct {
	id, label, unit string
	name            string // the label with what "…" stands for
	span            chart.Span
	verdict         summary.Verdict
	number          string // what stands in place of the difference with its interval

	goodness int        // effect: −1 lower is better, +1 higher is better
	ratio    chart.Span // effect
	rare     bool       // effect: without precedent: the CSV alone has its numbers
	letter   string     // compare: the run
	again    bool       // compare: of the outcome in the line above
	total    bool       // why: all parts together
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

// byUnit arranges rows by unit in order of appearance. Units of a single row stand
// together, each to a scale of its own, and say their unit.
func byUnit(rows []forestRow) (groups []forestGroup) {
	var units []string
	of := map[string][]forestRow{}
	for _, r := range rows {
		if of[r.unit] == nil {
			units = append(units, r.unit)
		}
		of[r.unit] = append(of[r.unit], r)
	}
	others := forestGroup{heading: "Other units", own: true}
	for _, u := range units {
		if len(of[u]) > 1 || len(units) == 1 {
			groups = append(groups, forestGroup{heading: chart.Upper(u), rows: of[u]})
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

// forestLines counts the lines of groups, headings included.
func forestLines(groups []forestGroup) int {
	n := len(groups)
	for _, g := range groups {
		n += len(g.rows)
	}
	return n
}

// scale holds rows that share a scale; those without a number have no say.
func (f *forest) scale(rows []forestRow, own bool) chart.Scale {
	var spans []chart.Span
	for _, r := range rows {
		if !r.rare {
			spans = append(spans, r.span)
		}
	}
	return chart.Around(spans, own, f.plot, f.plotEnd)
}

// group draws a heading with its axis, and the rows below it.
func (f *forest) group(rows *chart.Rows, g forestGroup, ticks int) {
	s := f.scale(g.rows, g.own)
	marks := []chart.Tick{{}}
	if !g.own {
		marks = chart.Ticks(chart.Steps(s.Lo, s.Hi, ticks), chart.Axis)
	}
	rows.Axis(s, marks, len(g.rows))
	if g.own {
		rows.Cell(f.plot-10, f.number, "each to its own scale", chart.Quiet)
	}
	if g.heading == "" {
		g.heading = "Without a unit"
	}
	rows.Cell(f.label, f.labelEnd, g.heading, chart.Quiet.Heavy())
	rows.Next(1)
	for i, r := range g.rows {
		if g.own {
			s = f.scale(g.rows[i:i+1], true)
		}
		f.row(rows, s, r)
	}
}

// row draws the next row.
func (f *forest) row(rows *chart.Rows, s chart.Scale, r forestRow) {
	k, p, st := f.look(r.verdict), rows.Page, chart.Style{Bold: r.total}
	if !r.again {
		rows.Cell(f.label, f.labelEnd, chart.Upper(r.label), st)
	}
	number := r.number
	switch {
	case !r.span.Ok:
		number, k.color = "n/a", chart.Muted
	case r.rare:
		k.color = chart.Muted
	default:
		if f.bars {
			half := min(rows.Step*.30, 7)
			from, to := s.At(min(r.span.Value, 0)), s.At(max(r.span.Value, 0))
			p.Fill(chart.Box(from, rows.Mid()-half, max(to-from, .6), 2*half), chart.Tint(k.color, .42))
		}
		r.span.Draw(p, s, rows.Mid(), k.mark, k.color)
		if number == "" {
			number = f.fitted(p, r.span, chart.Style{Size: rows.Size})
		}
	}
	rows.Cell(f.number, f.end, number, st.In(k.color))
	if f.more != nil {
		f.more(rows, r)
	}
	rows.Next(1)
}

// fitted is the difference with its interval, with a decimal less where it would
// be cut: half a number is worse than a rounded one.
func (f *forest) fitted(p *chart.Page, d chart.Span, st chart.Style) string {
	text := chart.Interval(d, f.uncertain)
	if p.Width(text, st) <= f.end-f.number || d.Low == d.High {
		return text
	}
	far := max(math.Abs(d.Low), math.Abs(d.High), math.Abs(d.Value))
	return d.Text(f.uncertain, max(0, chart.DecimalsOf(far)))
}

// forestKey is what the key at the bottom explains.
type forestKey struct {
	always      []summary.Verdict // verdicts that every reader looks for
	thin, thick string            // the two lines; empty where there is none
	left        int               // rows that the CSV has alone
}

// key explains the verdicts and the lines. Where many verdicts leave little room, the
// lines have short names.
func (f *forest) key(p *chart.Page, area chart.Rect, rows []forestRow, what forestKey) {
	shown, need := slices.Clone(what.always), 58+p.Width(what.thin+what.thick, chart.Quiet)
	for _, v := range []summary.Verdict{summary.Differs, summary.Same} {
		occurs := slices.ContainsFunc(rows, func(r forestRow) bool { return r.verdict == v && !r.rare })
		if occurs && !slices.Contains(shown, v) {
			shown = append(shown, v)
		}
	}
	k := p.Key(area, area.Bottom()-1)
	for _, v := range shown {
		l := f.look(v)
		k.Mark(l.mark, l.color, l.words)
		need += 20 + p.Width(l.words, chart.Quiet)
	}
	if what.left > 0 {
		need += p.Width(chart.InCSV(what.left), chart.Quiet)
	}
	if need > area.W {
		what.thin, what.thick = "assumptions", "sampling"
	}
	if what.thin != "" {
		k.Line(1.1, chart.Muted, what.thin)
	}
	k.Line(3.4, chart.Muted, what.thick)
	k.Left(what.left, "")
}

// differences are verdicts on a difference that every reader looks for.
var differences = []summary.Verdict{summary.Better, summary.Worse, summary.Unclear}
