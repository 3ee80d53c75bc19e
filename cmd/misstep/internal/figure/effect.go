package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// effect shows the paired difference and the ratio of the outcomes between the
// headline's two arms as a forest plot. Outcomes of one unit share a scale; those
// that are alone with their unit stand together, each to a scale of its own.
type effect struct {
	in                  *input
	baseline, treatment chart.Arm
	rows                []effectRow // all, in the summary's order
	uncertain           bool        // the parameters have a spread, resolved or not
}

type effectRow struct {
	summary.Measure
	name              string // the label with what "…" stands for
	difference, ratio chart.Span
	left              bool // to the CSV: no line is left for it
	rare              bool // without precedent: the CSV alone has its numbers
}

// effectGroup is the rows that share an axis.
type effectGroup struct {
	heading string
	rows    []effectRow
	own     bool // each row to its own scale
}

func newEffect(in *input) picture {
	e := &effect{in: in, uncertain: in.s.Run.Draws > 1 && in.s.Run.Free > 0}
	if len(in.s.Contrasts) == 0 {
		return e
	}
	c := in.s.Contrasts[0]
	e.baseline, e.treatment = in.lookOf(c.Baseline), in.lookOf(c.Treatment)
	root := ""
	for _, m := range c.Measures {
		if m.Unit == "probability" { // as people compare probabilities
			m.Unit = "percentage points"
			m.Difference = times(m.Difference, 100)
		}
		if m.Label == "" {
			m.Label = readable(m.ID)
		}
		row := effectRow{Measure: m, name: m.Label, difference: spanOf(m.Difference), ratio: spanOf(m.Ratio), rare: m.ID == "reach_r8"}
		if rest, ok := strings.CutPrefix(m.Label, chart.Ellipsis); ok {
			row.name = root + "," + rest
			if strings.HasPrefix(m.Unit, "per ") && strings.HasPrefix(rest, " per ") { // the unit is the shorter one
				row.name = root + ", " + m.Unit
			}
		} else {
			root = m.Label
		}
		if m.Ratio.Value <= 0 || !chart.Finite(m.Ratio.Value) { // absent where the baseline is 0
			row.ratio = spanOf(summary.Estimate{Value: math.NaN()})
		}
		e.rows = append(e.rows, row)
	}
	return e
}

func times(e summary.Estimate, by float64) summary.Estimate {
	return summary.Estimate{Value: e.Value * by, MC: e.MC * by, Low: e.Low * by, High: e.High * by}
}

func (e *effect) words() words {
	w := words{title: "What changes between the two arms, and what stays unclear"}
	if len(e.rows) == 0 {
		w.alt = "No contrast between arms in this run."
		return w
	}
	w.arms = []chart.Arm{e.baseline, e.treatment}
	var parts []string
	found, known := 0, 0
	for _, r := range e.rows {
		if r.rare {
			parts = append(parts, r.name+": "+noPrecedent)
			continue
		}
		known++
		shown := r.Verdict == summary.Better || r.Verdict == summary.Worse
		if shown {
			found++
		}
		if shown || r.ID == e.in.s.Headline.Measure {
			parts = append(parts, fmt.Sprintf("%s %s %s (%s)", r.name, chart.Interval(r.difference, e.uncertain), r.Unit, verdict(r.Verdict)))
		}
	}
	parts = append(parts, fmt.Sprintf("no clear difference in %d of %d outcomes", known-found, known))
	w.alt = fmt.Sprintf("Forest plot of %s minus %s: %s.", e.treatment.Label, e.baseline.Label, strings.Join(parts, "; ")) + chart.InParentheses
	return w
}

// noPrecedent stands in place of the numbers of what no pair of states has done.
const noPrecedent = "no precedent"

func verdict(v summary.Verdict) string {
	switch v {
	case summary.Better, summary.Worse, summary.Same, summary.Differs:
		return string(v)
	default:
		return "no clear difference"
	}
}

func (e *effect) table() table {
	t := newTable("baseline", "treatment", "measure", "label", "unit", "verdict", "difference", "mc_half_width", "parameter_low", "parameter_high",
		"ratio", "ratio_mc_half_width", "ratio_parameter_low", "ratio_parameter_high")
	for _, r := range e.rows {
		d, q := r.difference, r.ratio
		t.add(e.baseline.Name, e.treatment.Name, r.ID, r.name, r.Unit, string(r.Verdict),
			d.Value, math.Abs(r.Difference.MC), d.Low, d.High, q.Value, q.MonteHigh-q.Value, q.Low, q.High)
	}
	return t
}

// groups arranges the rows by unit in order of appearance, with at most so many
// lines for rows and headings. Outcomes that are neither good nor bad give way
// first, then those at the end; left says how many the CSV has alone.
func (e *effect) groups(lines int) (groups []effectGroup, left int) {
	rows := append([]effectRow(nil), e.rows...)
	for {
		groups = arrange(rows)
		if used := len(groups) + len(rows) - left; used <= lines || left == len(rows) {
			return groups, left
		}
		drop := -1
		for i := range rows {
			if !rows[i].left && (drop < 0 || rows[i].Goodness == 0 || rows[drop].Goodness != 0) {
				drop = i
			}
		}
		rows[drop].left = true
		left++
	}
}

func arrange(rows []effectRow) []effectGroup {
	var units []string
	of := map[string][]effectRow{}
	for _, r := range rows {
		if r.left {
			continue
		}
		if of[r.Unit] == nil {
			units = append(units, r.Unit)
		}
		of[r.Unit] = append(of[r.Unit], r)
	}
	var groups []effectGroup
	alone := effectGroup{heading: "Other units", own: true}
	for _, u := range units {
		if len(of[u]) > 1 || len(units) == 1 {
			groups = append(groups, effectGroup{heading: chart.Upper(u), rows: of[u]})
			continue
		}
		r := of[u][0]
		r.Label = r.name
		switch {
		case strings.HasPrefix(u, "%"):
			r.Label += ", %"
		case u != "" && !strings.Contains(r.name, u):
			r.Label += ", " + u
		}
		alone.rows = append(alone.rows, r)
	}
	if len(alone.rows) > 0 {
		groups = append(groups, alone)
	}
	return groups
}

// effectColumns are the columns of the forest plot.
type effectColumns struct {
	label, labelEnd    float64
	forest, forestEnd  float64
	number, ratio      float64
	ratioEnd, ratioNum float64
	step, size         float64 // distance of rows, size of text
}

// leastStep keeps the text of a row at 11 points or more.
const leastStep = 11.8

func (e *effect) draw(p *chart.Page, area chart.Rect) {
	if len(e.rows) == 0 {
		p.Note(area, "No contrast: this run has one arm, or no outcome that its arms could differ in.")
		return
	}
	x := area.X
	c := effectColumns{label: x, labelEnd: x + 166, forest: x + 178, forestEnd: x + 286, number: x + 297,
		ratio: x + 432, ratioEnd: x + 508, ratioNum: x + 548}
	body := area.Inset(0, chart.LineStep+2, 0, chart.LineStep+3)
	groups, left := e.groups(int(body.H / leastStep))
	lines := len(groups) + len(e.rows) - left
	c.step = min(body.H/float64(max(lines, 1)), 17)
	c.size = min(chart.TextSize, c.step*.935)
	body.H = chart.Multiple(lines, c.step)
	e.header(p, area, c)
	verdictKey(p, area, verdicts(groups), left)
	y := body.Y + float64(c.step*.72)
	ratios := e.ratioScale(c)
	ratioGrid(p, ratios, body, c, y)
	for _, g := range groups {
		y = g.draw(p, c, ratios, y, e.uncertain)
	}
}

func (e *effect) header(p *chart.Page, area chart.Rect, c effectColumns) {
	bold := chart.Plain.Heavy()
	y := area.Y + chart.Ascent + 1
	what := fmt.Sprintf("Difference: %s − %s", chart.Clip(e.treatment.Label, 28), chart.Clip(e.baseline.Label, 28))
	if room := c.ratio - 10 - c.forest; p.Width(what, bold) <= room {
		p.Text(c.label, y, "↓ ↑  direction that is better", chart.Quiet)
		p.Text(c.forest, y, what, bold)
	} else { // long names take the room of the remark
		left := p.Text(c.label, y, "↓ ↑  better", chart.Quiet) + 14
		p.Text(c.ratio-10, y, p.Shorten(what, c.ratio-10-left, bold), bold.To(chart.End))
	}
	p.Text(c.ratio, y, "Ratio", bold)
}

// verdicts lists those that the key explains: the three that every reader looks
// for, and the others that occur.
func verdicts(groups []effectGroup) []summary.Verdict {
	out := []summary.Verdict{summary.Better, summary.Worse, summary.Unclear}
	for _, v := range []summary.Verdict{summary.Differs, summary.Same} {
		if slices.ContainsFunc(groups, func(g effectGroup) bool {
			return slices.ContainsFunc(g.rows, func(r effectRow) bool { return r.Verdict == v && !r.rare })
		}) {
			out = append(out, v)
		}
	}
	return out
}

// verdictKey explains marks and lines at the bottom.
func verdictKey(p *chart.Page, area chart.Rect, shown []summary.Verdict, left int) {
	names, more, need := [2]string{chart.OverAssumptions, chart.OfSampling}, "", 0.0
	if left > 0 {
		more = fmt.Sprintf("+%d in the CSV", left)
	}
	for _, v := range shown {
		need += 21 + p.Width(verdict(v), chart.Quiet)
	}
	if need+56+p.Width(names[0]+names[1]+more, chart.Quiet) > area.W { // where many verdicts leave little room
		names = [2]string{"assumptions", "sampling"}
	}
	x, y := area.X, area.Bottom()-1
	for _, v := range shown {
		m, c := verdictLook(v)
		p.Point(x+4, y-4, 3.6, m, c)
		x = p.Text(x+11, y, verdict(v), chart.Quiet) + 10
	}
	p.Line(x, y-4, x+16, y-4, 1.1, chart.Muted)
	x = p.Text(x+19, y, names[0], chart.Quiet) + 8
	p.Line(x, y-4, x+16, y-4, 3.4, chart.Muted)
	x = p.Text(x+19, y, names[1], chart.Quiet) + 10
	p.Text(area.Right(), y, p.Shorten(more, area.Right()-x, chart.Quiet), chart.Quiet.To(chart.End))
}
