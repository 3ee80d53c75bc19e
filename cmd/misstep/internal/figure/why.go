package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// WhyInput is what the figures why and multiverse are made from: one difference
// between two arms in parts, or under several choices of method.
type WhyInput struct {
	Title     string   // a standard one where empty
	Subtitle  []string // parts: scenario, arms, draws, replicates, seed
	Source    string   // the source line; a standard one where empty
	Outcome   string   // what the difference is in: "missteps"
	Unit      string   // "per 100 cases"
	Uncertain bool     // the parameters have a spread, resolved or not
	Rows      []WhyRow
}

// WhyRow is one part, or one choice.
type WhyRow struct {
	Label    string
	Estimate summary.Estimate // [Unit]
	Verdict  summary.Verdict
	Total    bool // all parts together; stands below a line
}

// Why draws the parts of a difference as bars from zero with both intervals, the
// whole at the bottom. The files are why.svg, why.png and why.pdf, as the options
// ask, and why.csv. It fails on options that cannot be drawn.
func Why(in *WhyInput, o Options) ([]File, error) { return drawAlone("why", newWhy(in, true), o) }

// WhyAlt is the text that stands for the figure why where it cannot be seen.
func WhyAlt(in *WhyInput) string { return newWhy(in, true).words().alt }

// Multiverse draws a difference under several choices of method, each as a point with
// both intervals. Its files are multiverse.svg and so on. It fails on options that
// cannot be drawn.
func Multiverse(in *WhyInput, o Options) ([]File, error) {
	return drawAlone("multiverse", newWhy(in, false), o)
}

// MultiverseAlt is the text that stands for the figure multiverse.
func MultiverseAlt(in *WhyInput) string { return newWhy(in, false).words().alt }

// why shows the rows on one scale.
type why struct {
	in   *WhyInput
	bars bool
	rows []forestRow // parts in their order, totals last
	mc   []float64
}

func newWhy(in *WhyInput, bars bool) *why {
	w := &why{in: orEmpty(in), bars: bars}
	for _, total := range []bool{false, true} {
		for _, r := range w.in.Rows {
			if r.Total == total {
				w.rows = append(w.rows, forestRow{label: r.Label, span: drawableSpan(r.Estimate), verdict: r.Verdict, total: total})
				w.mc = append(w.mc, math.Abs(r.Estimate.MC))
			}
		}
	}
	return w
}

// quantity is what the rows are in: missteps per 100 cases.
func (w *why) quantity() string { return strings.TrimSpace(w.in.Outcome + " " + w.in.Unit) }

func (w *why) words() words {
	title, what := "Which mechanisms of the forum make the difference", "Bars of the parts of a difference in "
	if !w.bars {
		title, what = "The difference under other choices of method", "A difference under several choices, in "
	}
	out := wordsOf(w.in.Title, w.in.Subtitle, w.in.Source, "95\u00a0% intervals")
	if out.title == "" {
		out.title = title
	}
	if len(w.rows) == 0 {
		out.alt = "No part of a difference to show."
		return out
	}
	var parts []string
	for _, r := range w.rows {
		text := chart.Interval(r.span, w.in.Uncertain)
		parts = append(parts, fmt.Sprintf("%s %s (%s)", r.label, text, verdictLook(r.verdict).words))
	}
	out.alt = what + w.quantity() + ": " + strings.Join(parts, "; ") + "." + chart.InParentheses
	return out
}

func (w *why) table() table {
	t := newTable("outcome", "unit", "part", "total", "value", "mc_half_width", "parameter_low", "parameter_high",
		"verdict")
	for i, r := range w.rows {
		t.add(w.in.Outcome, w.in.Unit, r.label, r.total, r.span.Value, w.mc[i], r.span.Low, r.span.High, string(r.verdict))
	}
	return t
}

// Heights above the rows and below them [pt].
const (
	whyHead = 2*chart.LineStep + 6
	whyFoot = chart.LineStep + 6
)

// want is the height that the rows want [pt].
func (w *why) want() float64 { return rowsHeight(whyHead+whyFoot, len(w.rows), 22) }

// fitting are as many rows as have room: the last parts give way to totals.
func (w *why) fitting(room int) []forestRow {
	parts := slices.IndexFunc(w.rows, func(r forestRow) bool { return r.total })
	if parts < 0 {
		parts = len(w.rows)
	}
	keep := min(parts, max(room-(len(w.rows)-parts), 0))
	out := slices.Concat(w.rows[:keep], w.rows[parts:])
	return out[:min(len(out), room)]
}

func (w *why) draw(p *chart.Page, area chart.Rect) {
	if len(w.rows) == 0 {
		p.Note(area, "Nothing to show: the two arms differ in no part.")
		return
	}
	body := area.Inset(0, whyHead, 0, whyFoot)
	shown := w.fitting(max(1, int(body.H/chart.LeastStep)))
	rows := p.Rows(body, len(shown), 30)
	x, wide := area.X, 92.0 // the labels have the room that they want, within bounds
	for _, r := range w.rows {
		wide = max(wide, p.Width(chart.Upper(r.label), chart.Style{Bold: r.total}))
	}
	wide = min(wide, 180)
	f := forest{label: x, labelEnd: x + wide, plot: x + wide + 14, plotEnd: x + 408, number: x + 420, end: area.Right(),
		uncertain: w.in.Uncertain, bars: w.bars, look: verdictLook}
	bold := chart.Plain.Heavy()
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten("Difference in "+w.quantity(), area.W, bold), bold)
	s := f.scale(shown, false)
	bottom := body.Y + chart.Multiple(len(shown), rows.Step)
	p.Grid(s, chart.Ticks(chart.Steps(s.Lo, s.Hi, 5), chart.Axis), body.Y-6, body.Y-2, bottom, chart.Quiet)
	digits := w.digits(p, rows.Size, f.end-f.number)
	for i, r := range shown {
		if r.total && i > 0 && !shown[i-1].total {
			p.Line(x, rows.Top, f.end, rows.Top, .9, chart.Frame)
		}
		r.number = r.span.Text(w.in.Uncertain, digits)
		f.row(rows, s, r)
	}
	f.key(p, area, shown, forestKey{differences, chart.OverAssumptions, chart.OfSampling, len(w.rows) - len(shown)})
}

// digits are the decimals of all rows: two figures of the largest value, or as many as
// leave room for every interval.
func (w *why) digits(p *chart.Page, size, room float64) int {
	far := 0.0
	for _, r := range w.rows {
		if r.span.Ok {
			far = max(far, math.Abs(r.span.Value))
		}
	}
	digits := chart.DecimalsOf(far)
	for digits > 0 && slices.ContainsFunc(w.rows, func(r forestRow) bool {
		text := r.span.Text(w.in.Uncertain, digits)
		return r.span.Ok && p.Width(text, chart.Style{Size: size, Bold: r.total}) > room
	}) {
		digits--
	}
	return digits
}
