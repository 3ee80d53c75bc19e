package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/summary"
)

// effect shows the paired difference and the ratio of the outcomes between the
// headline's two arms as a forest plot.
type effect struct {
	in                  *input
	baseline, treatment chart.Arm
	rows                []forestRow // all, in the summary's order
	errors              []float64   // of the differences
	uncertain           bool        // the parameters have a spread, resolved or not
}

// noPrecedent stands in place of the numbers of what no pair of states has done.
const noPrecedent = "no precedent"

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
		r := forestRow{id: m.ID, label: m.Label, name: m.Label, unit: m.Unit, goodness: m.Goodness, verdict: m.Verdict,
			span: spanOf(m.Difference), ratio: spanOf(m.Ratio)}
		if rest, ok := strings.CutPrefix(m.Label, chart.Ellipsis); ok {
			r.name = root + "," + rest
			if strings.HasPrefix(m.Unit, "per ") && strings.HasPrefix(rest, " per ") { // the unit is the shorter one
				r.name = root + ", " + m.Unit
			}
		} else {
			root = m.Label
		}
		if m.Ratio.Value <= 0 || !chart.Finite(m.Ratio.Value) { // absent where the baseline is 0
			r.ratio = spanOf(summary.Estimate{Value: math.NaN()})
		}
		if m.ID == "reach_r8" {
			r.rare, r.number = true, noPrecedent
		}
		e.rows, e.errors = append(e.rows, r), append(e.errors, math.Abs(m.Difference.MC))
	}
	return e
}

func times(e summary.Estimate, by float64) summary.Estimate {
	e.Value, e.MC, e.Low, e.High = e.Value*by, e.MC*by, e.Low*by, e.High*by
	return e
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
		shown := r.verdict == summary.Better || r.verdict == summary.Worse
		if shown {
			found++
		}
		if shown || r.id == e.in.s.Headline.Measure {
			text := chart.Interval(r.span, e.uncertain)
			parts = append(parts, fmt.Sprintf("%s %s %s (%s)", r.name, text, r.unit, verdictLook(r.verdict).words))
		}
	}
	parts = append(parts, fmt.Sprintf("no clear difference in %d of %d outcomes", known-found, known))
	w.alt = fmt.Sprintf("Forest plot of %s minus %s: %s.", e.treatment.Label, e.baseline.Label,
		strings.Join(parts, "; ")) + chart.InParentheses
	return w
}

func (e *effect) table() table {
	t := newTable("baseline", "treatment", "measure", "label", "unit", "verdict",
		"difference", "mc_half_width", "parameter_low", "parameter_high",
		"ratio", "ratio_mc_half_width", "ratio_parameter_low", "ratio_parameter_high")
	for i, r := range e.rows {
		d, q := r.span, r.ratio
		t.add(e.baseline.Name, e.treatment.Name, r.id, r.name, r.unit, string(r.verdict),
			d.Value, e.errors[i], d.Low, d.High, q.Value, q.MonteHigh-q.Value, q.Low, q.High)
	}
	return t
}

// groups arranges the rows by unit, with at most so many lines for rows and headings.
// Outcomes that are neither good nor bad give way first, then those at the end; left says
// how many the CSV has alone.
func (e *effect) groups(lines int) (groups []forestGroup, left int) {
	rows := append([]forestRow(nil), e.rows...)
	for {
		groups = byUnit(rows)
		if forestLines(groups) <= lines || len(rows) == 0 {
			return groups, len(e.rows) - len(rows)
		}
		drop := 0
		for i := range rows {
			if rows[i].goodness == 0 || rows[drop].goodness != 0 {
				drop = i
			}
		}
		rows = append(rows[:drop], rows[drop+1:]...)
	}
}

func (e *effect) draw(p *chart.Page, area chart.Rect) {
	if len(e.rows) == 0 {
		p.Note(area, "No contrast: this run has one arm, or no outcome that its arms could differ in.")
		return
	}
	x := area.X
	f := forest{label: x, labelEnd: x + 154, plot: x + 178, plotEnd: x + 286, number: x + 297, end: x + 426,
		uncertain: e.uncertain, look: verdictLook}
	body := area.Inset(0, chart.LineStep+2, 0, chart.LineStep+3)
	groups, left := e.groups(int(body.H / chart.LeastStep))
	rows := p.Rows(body, forestLines(groups), 17)
	e.header(p, area, f.plot, x+432)
	f.key(p, area, e.drawn(groups), forestKey{differences, chart.OverAssumptions, chart.OfSampling, left})
	ratios := e.ratioScale(x+432, x+508)
	rows.Axis(ratios, ratioTicks(ratios), forestLines(groups)-1)
	f.more = func(rows *chart.Rows, r forestRow) {
		rows.Cell(f.labelEnd, f.labelEnd+12, []string{"↓", "", "↑"}[r.goodness+1], chart.Quiet.To(chart.End))
		switch k := verdictLook(r.verdict); {
		case r.rare || !r.span.Ok:
		case !r.ratio.Ok:
			rows.Cell(x+508, x+548, "–", chart.Quiet.To(chart.End))
		default:
			r.ratio.Draw(p, ratios, rows.Mid(), k.mark, k.color)
			rows.Cell(x+508, x+548, chart.Ratio(r.ratio.Value), chart.Plain.In(k.color).To(chart.End))
		}
	}
	for _, g := range groups {
		f.group(rows, g, 3)
	}
}

// drawn are the rows of groups.
func (e *effect) drawn(groups []forestGroup) (rows []forestRow) {
	for _, g := range groups {
		rows = append(rows, g.rows...)
	}
	return rows
}

func (e *effect) header(p *chart.Page, area chart.Rect, plot, ratio float64) {
	bold := chart.Plain.Heavy()
	y := area.Y + chart.Ascent + 1
	what := fmt.Sprintf("Difference: %s − %s", chart.Clip(e.treatment.Label, 28), chart.Clip(e.baseline.Label, 28))
	if p.Width(what, bold) <= ratio-10-plot {
		p.Text(area.X, y, "↓ ↑  direction that is better", chart.Quiet)
		p.Text(plot, y, what, bold)
	} else { // long names take the room of the remark
		left := p.Text(area.X, y, "↓ ↑  better", chart.Quiet) + 14
		p.Text(ratio-10, y, p.Shorten(what, ratio-10-left, bold), bold.To(chart.End))
	}
	p.Text(ratio, y, "Ratio", bold)
}

// ratioScale is logarithmic and symmetric about 1, and spans at most a factor 16
// each way: intervals that leave it end at the edge.
func (e *effect) ratioScale(from, to float64) chart.Scale {
	far := elem.Log(1.5)
	for _, r := range e.rows {
		if q := r.ratio; q.Ok && !r.rare {
			for _, v := range []float64{q.Value, q.Low, q.High} {
				if v > 0 {
					far = max(far, math.Abs(elem.Log(v)))
				}
			}
		}
	}
	far = min(far*1.08, elem.Log(16))
	return chart.Scale{Lo: elem.Exp(-far), Hi: elem.Exp(far), From: from, To: to, Log: true}
}

// ratioTicks are those in a scale of ratios.
func ratioTicks(s chart.Scale) (out []chart.Tick) {
	ticks := map[float64]string{.25: "¼", .5: "½", 1: "1", 2: "2", 4: "4"}
	if s.Hi > 6 {
		ticks = map[float64]string{.1: "0.1", 1: "1", 10: "10"}
	}
	for _, v := range []float64{.1, .25, .5, 1, 2, 4, 10} {
		if label := ticks[v]; label != "" && v >= s.Lo && v <= s.Hi {
			out = append(out, chart.Tick{V: v, Label: label})
		}
	}
	return out
}
