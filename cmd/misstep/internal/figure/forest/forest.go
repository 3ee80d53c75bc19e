package forest

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Plot is a forest plot.
type Plot struct {
	Rows      []Row
	Look      func(summary.Verdict) Look // [OfDifference] where nil
	Write     func(chart.Span) string    // a difference; chart.Interval where nil
	Uncertain bool                       // the parameters have a spread, resolved or not
	Bars      bool                       // from zero to the value
	Marked    bool                       // values stand at their marks; else beside the plot
	Head      string                     // of the plot
	Narrow    bool                       // page
}

// Row is a line.
type Row struct {
	Section     string // heading under which it stands, with others; empty for none
	Label, Unit string
	Mark        string // beside the label
	Span        chart.Span
	Verdict     summary.Verdict
	Instead     string // stands in place of mark and interval
	Again       bool   // the label is that of the line above
	Total       bool   // all parts together
}

// Group is rows of one section and one unit, which share a scale.
type Group struct {
	Section, Unit string
	Rows          []Row
}

// Groups arranges rows by section and unit in order of appearance.
func (f *Plot) Groups() (groups []Group) {
	for _, r := range f.Rows {
		at := slices.IndexFunc(groups, func(g Group) bool { return g.Section == r.Section && g.Unit == r.Unit })
		if at < 0 {
			groups = append(groups, Group{Section: r.Section, Unit: r.Unit})
			at = len(groups) - 1
		}
		groups[at].Rows = append(groups[at].Rows, r)
	}
	slices.SortStableFunc(groups, func(a, b Group) int { // sections stay together
		place := func(g Group) int {
			return slices.IndexFunc(f.Rows, func(r Row) bool { return r.Section == g.Section })
		}
		return place(a) - place(b)
	})
	return groups
}

const plotColumn = 2

// Table sets the rows with headings of their groups; step is that of its lines [pt].
func (f *Plot) Table(step float64) *chart.Table {
	most := 190.0
	if f.Narrow {
		most = f.most()
	}
	t := &chart.Table{Step: step,
		Columns: []chart.Column{{Most: most, Least: f.least()}, {}, {Plot: true, Head: f.Head}, {}}}
	section := ""
	for _, g := range f.Groups() {
		if g.Section != section {
			section = g.Section
			t.Rows = append(t.Rows, chart.Row{Lines: 2, Cells: chart.Texts(chart.Plain.Heavy(), section), Across: true})
		}
		t.Rows = append(t.Rows, f.heading(g))
		for k, r := range g.Rows {
			if r.Total && k > 0 && !g.Rows[k-1].Total {
				t.Rows[len(t.Rows)-1].Ruled = true
			}
			t.Rows = append(t.Rows, f.row(r, func(plot chart.Rect) chart.Scale { return f.scale(g.Rows, plot) }))
		}
	}
	return t
}

// most is what labels have at most of a narrow page: less where arms stand above the plot [pt].
func (f *Plot) most() float64 {
	if f.Head != "" {
		return 118
	}
	return 126
}

// least is the width of the column of labels that units want [pt].
func (f *Plot) least() (w float64) {
	p := chart.NewPage(nil, 0)
	for _, r := range f.Rows {
		w = max(w, p.Width(say.Capital(r.Unit), chart.Quiet.Heavy()))
	}
	return min(w+6, f.most())
}

// lines is how many lines a row takes: a value stands above its mark.
func (f *Plot) lines() int {
	if f.Marked {
		return 2
	}
	return 1
}

// scale holds rows that share a scale, and zero; those without a number have no say.
func (f *Plot) scale(rows []Row, plot chart.Rect) chart.Scale {
	var spans []chart.Span
	for _, r := range rows {
		if r.Instead == "" {
			spans = append(spans, r.Span)
		}
	}
	return chart.HoldingSpans(spans, plot)
}

// heading names the unit of a group, with the axis of its rows behind these.
func (f *Plot) heading(g Group) chart.Row {
	return chart.Row{Draw: func(p *chart.Page, at []chart.Rect) {
		plot, st := at[plotColumn], chart.Quiet.Heavy()
		s, room := f.scale(g.Rows, plot), plot.X-at[0].X-16
		p.Text(at[0].X, plot.MiddleY()+chart.Ascent/2, p.Shorten(say.Capital(g.Unit), room, st), st)
		p.Under(plot, s, chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(plot.W/45), 3)), chart.Axis), len(g.Rows)*f.lines())
	}}
}

func (f *Plot) lookOf(v summary.Verdict) Look {
	if f.Look != nil {
		return f.Look(v)
	}
	return OfDifference(v)
}

// Written is a difference with its interval.
func (f *Plot) Written(s chart.Span) string {
	if f.Write != nil {
		return f.Write(s)
	}
	return chart.Interval(s, f.Uncertain)
}

// row is a line; scale places its interval in the plot.
func (f *Plot) row(r Row, scale func(plot chart.Rect) chart.Scale) chart.Row {
	k, st, number := f.lookOf(r.Verdict), chart.Style{Bold: r.Total}, r.Instead
	switch {
	case r.Instead != "":
		k.Color = chart.Muted
	case !r.Span.Ok:
		number, k.Color = "n/a", chart.Muted
	case r.Verdict == summary.Same:
		number = k.Words
	default:
		number = f.Written(r.Span)
	}
	shown, value := r.Span.Ok && r.Instead == "", ""
	if f.Marked && shown && r.Verdict != summary.Same {
		value, number, _ = strings.Cut(strings.TrimSuffix(number, ")"), " (")
	}
	label := say.Capital(r.Label)
	if r.Again {
		label = ""
	}
	cells := []chart.Cell{{Text: label, Style: st}, {Text: r.Mark, Style: chart.Quiet}, {},
		{Text: number, Style: st.In(k.Color)}}
	return chart.Row{Lines: f.lines(), Cells: cells, Draw: func(p *chart.Page, at []chart.Rect) {
		if !shown {
			return
		}
		s, y := scale(at[plotColumn]), at[plotColumn].MiddleY()
		if f.Marked {
			y += 5
		}
		if f.Bars {
			from, to := s.At(min(r.Span.Value, 0)), s.At(max(r.Span.Value, 0))
			p.Fill(chart.Box(from, y-4, max(to-from, .6), 8), chart.Tint(k.Color, .42))
		}
		r.Span.Draw(p, s, y, k.Mark, k.Color)
		p.Over(at[plotColumn], s.At(r.Span.Value), y-6, value, chart.Plain.Heavy().In(k.Color))
	}}
}

// Key explains the verdicts, those that every reader looks for and those that occur, and the
// lines that are drawn.
func (f *Plot) Key(always []summary.Verdict, thick string) (k chart.Key) {
	occurs := func(v summary.Verdict) bool {
		return slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Verdict == v && r.Instead == "" })
	}
	if occurs(summary.Unknown) { // whose mark is that of what is unclear
		always = slices.DeleteFunc(slices.Clone(always), func(v summary.Verdict) bool { return v == summary.Unclear })
	}
	for _, v := range []summary.Verdict{summary.Better, summary.Worse, summary.Differs, summary.Unclear, summary.Unknown,
		summary.Same, Chosen} {
		if slices.Contains(always, v) || occurs(v) {
			l := f.lookOf(v)
			if v == summary.Unclear && f.Uncertain { // of which a range alone may be clear of zero
				l.Words += ": range and chance together hold zero"
			}
			k.Mark(l.Mark, l.Color, l.Words)
		}
	}
	var groups [][]chart.Span
	for _, g := range f.Groups() {
		var spans []chart.Span
		for _, r := range g.Rows {
			if r.Instead == "" {
				spans = append(spans, r.Span)
			}
		}
		groups = append(groups, spans)
	}
	k.Intervals(thick, groups...)
	return k
}
