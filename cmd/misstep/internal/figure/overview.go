package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/forest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Overview is the headline of several runs in one picture: its level in both arms, and the paired
// difference. A run of one arm has no row.
func Overview(runs []*summary.Summary) Figure {
	return Figure{newOverview(runs, Options{}).alt,
		func(o Options) ([]File, error) { return newOverview(runs, o).alone("overview").Draw(o) }}
}

// overviewRow is the headline of a run.
type overviewRow struct {
	title, quantity             string // the scenario's, and what is measured
	arms                        [2]string
	baseline, treatment, change chart.Span
	uncertain                   bool
	verdict                     summary.Verdict
}

// overviewArms are how the arms look, whatever they are called.
var overviewArms = [2]chart.Arm{looks[0], looks[1]}

func newOverview(runs []*summary.Summary, o Options) picture {
	w := words{title: "What changes in each scenario, and how sure that is"}
	t := newTable("scenario title baseline treatment outcome unit baseline_value baseline_low baseline_high " +
		"treatment_value treatment_low treatment_high difference mc_half_width parameter_low parameter_high verdict")
	var rows []overviewRow
	var parts []string
	differ := 0
	for _, s := range runs {
		r, ok := overviewRowOf(s)
		if !ok {
			continue
		}
		h, unit := &s.Headline, unitOf(s)
		low, high := r.change.Ends()
		cells := []any{s.Run.Scenario, s.Run.Title, s.Run.Baseline, s.Run.Treatment, h.Measure, unit}
		for _, level := range []chart.Span{r.baseline, r.treatment} {
			from, to := level.Ends()
			cells = append(cells, level.Value, from, to)
		}
		t.add(append(cells, r.change.Value, halfOf(h.Difference), low, high, string(r.verdict))...)
		if rows = append(rows, r); differs(r.verdict) {
			differ++
		}
		parts = append(parts, fmt.Sprintf("%s: %s %s, %s %s, difference %s %s (%s)", r.title, chart.Number(r.baseline.Value),
			r.arms[0], chart.Number(r.treatment.Value), r.arms[1], chart.Interval(r.change, r.uncertain), r.quantity,
			forest.OfDifference(r.verdict).Words))
	}
	if len(rows) == 0 {
		return nothing(w, "No run has two arms to compare.", t.head...)
	}
	w.subtitle = []string{say.Counted(len(rows), "run") + ", each with its baseline and its treatment",
		"95\u00a0% intervals"}
	w.source = sourceOf("rests on assumptions")
	w.lead = fmt.Sprintf("In %d of %d runs the difference is clear", differ, len(rows))
	if differ == 0 {
		w.lead = "In no run is the difference clear: every interval covers zero"
	}
	w.alt = "Levels and differences by scenario. " + strings.Join(parts, "; ") + "." + chart.InParentheses
	narrow := new(input).on(o).page(nil, 0).Narrow()
	return picture{words: w, numbers: t, rows: overviewTable(rows, narrow), key: overviewKey(rows)}
}

func unitOf(s *summary.Summary) string {
	if m := s.Contrasts[0].Measure(s.Headline.Measure); m != nil {
		return m.Unit
	}
	return ""
}

func overviewRowOf(s *summary.Summary) (overviewRow, bool) {
	if len(s.Contrasts) == 0 {
		return overviewRow{}, false
	}
	m := s.Contrasts[0].Measure(s.Headline.Measure)
	if m == nil {
		return overviewRow{}, false
	}
	named := labels([]string{s.Run.Baseline, s.Run.Treatment})
	return overviewRow{title: cmp.Or(s.Run.Title, s.Run.Scenario),
		quantity: strings.TrimSpace(say.MeasureOr(m.ID, m.Label) + " " + m.Unit),
		arms:     [2]string{named[s.Run.Baseline], named[s.Run.Treatment]},
		baseline: spanOf(m.Baseline), treatment: spanOf(m.Treatment), change: spanOf(m.Difference),
		uncertain: s.Run.Uncertain(), verdict: m.Verdict}, true
}

// overviewTable groups rows by quantity: those of one share their scales.
func overviewTable(rows []overviewRow, narrow bool) *chart.Table {
	width := 170.0
	if narrow {
		width = 118
	}
	t := &chart.Table{Step: 12,
		Columns: []chart.Column{{Least: width}, {Plot: true, Head: "level"}, {Plot: true, Head: "difference"}}}
	if !narrow {
		t.Columns = append(t.Columns, chart.Column{Head: "95\u00a0% range"})
	}
	var quantities []string
	for _, r := range rows {
		if !slices.Contains(quantities, r.quantity) {
			quantities = append(quantities, r.quantity)
		}
	}
	for _, q := range quantities {
		var group []overviewRow
		for _, r := range rows {
			if r.quantity == q {
				group = append(group, r)
			}
		}
		axes := func(p *chart.Page, at []chart.Rect) { overviewAxes(p, at, q, group) }
		t.Rows = append(t.Rows, chart.Row{Lines: 3, Draw: axes})
		for _, r := range group {
			t.Rows = append(t.Rows, r.row(group, narrow))
		}
	}
	return t
}

// overviewLines is how many lines a run takes: title and arms beside marks with their values.
const overviewLines = 5

// overviewAxes names a quantity, and draws the two axes of its rows.
func overviewAxes(p *chart.Page, at []chart.Rect, quantity string, group []overviewRow) {
	st := chart.Quiet.Heavy()
	p.Lines(at[0].X, at[0].MiddleY()+chart.Ascent/2-6, p.WrapTo(2, say.Capital(quantity), at[0].W, st), st)
	for i, scale := range []func([]overviewRow, chart.Rect) chart.Scale{levelScale, changeScale} {
		r := at[1+i]
		r.Y, r.H = r.Bottom()-float64(r.H/3), float64(r.H/3)
		s := scale(group, r)
		p.Under(r, s, chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(r.W/45), 2)), chart.Axis), overviewLines*len(group))
	}
}

func levelScale(group []overviewRow, plot chart.Rect) chart.Scale {
	var spans []chart.Span
	for _, r := range group {
		spans = append(spans, r.baseline, r.treatment)
	}
	return chart.HoldingSpans(spans, plot)
}

func changeScale(group []overviewRow, plot chart.Rect) chart.Scale {
	var spans []chart.Span
	for _, r := range group {
		spans = append(spans, r.change)
	}
	return chart.HoldingSpans(spans, plot)
}

// row is a run: its title over its arms, their levels, the difference.
func (r overviewRow) row(group []overviewRow, narrow bool) chart.Row {
	value, ends, _ := strings.Cut(strings.TrimSuffix(chart.Interval(r.change, r.uncertain), ")"), " (")
	k := forest.OfDifference(r.verdict)
	cells := make([]chart.Cell, 3, 4)
	if !narrow {
		cells = append(cells, chart.Cell{Text: ends, Style: chart.Plain.In(k.Color)})
	}
	return chart.Row{Lines: overviewLines, Cells: cells, Draw: func(p *chart.Page, at []chart.Rect) {
		y := at[0].MiddleY()
		title := p.WrapTo(3, r.title, at[0].W, chart.Plain.Heavy())
		arms := p.WrapTo(4-len(title), r.arms[1]+" against "+r.arms[0], at[0].W, chart.Quiet)
		next := p.Lines(at[0].X, y-chart.Multiple(len(title)+len(arms)-1, chart.LineStep/2)+chart.Ascent/2, title,
			chart.Plain.Heavy())
		p.Lines(at[0].X, next, arms, chart.Quiet)
		p.Levelled(at[1], levelScale(group, at[1]), []chart.ArmSpan{{Arm: overviewArms[0], Span: r.baseline},
			{Arm: overviewArms[1], Span: r.treatment}}, chart.Number)
		s := changeScale(group, at[2])
		r.change.Draw(p, s, y, k.Mark, k.Color)
		p.Over(at[2], s.At(r.change.Value), y-7, value, chart.Plain.Heavy().In(k.Color))
	}}
}

// overviewKey names the two marks of levels, the verdicts and the intervals.
func overviewKey(rows []overviewRow) (k chart.Key) {
	k.Mark(overviewArms[0].Mark, overviewArms[0].Color, "baseline")
	k.Mark(overviewArms[1].Mark, overviewArms[1].Color, "treatment")
	for _, v := range []summary.Verdict{summary.Better, summary.Worse, summary.Differs, summary.Unclear} {
		if slices.ContainsFunc(rows, func(r overviewRow) bool { return r.verdict == v }) {
			l := forest.OfDifference(v)
			k.Mark(l.Mark, l.Color, l.Words)
		}
	}
	var levels, changes []chart.Span
	for _, r := range rows {
		levels, changes = append(levels, r.baseline, r.treatment), append(changes, r.change)
	}
	k.Intervals(chart.OfSampling, levels, changes)
	return k
}
