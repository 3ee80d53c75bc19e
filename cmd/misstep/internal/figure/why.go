package figure

import (
	"fmt"
	"math"
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
func Why(in *WhyInput, o Options) ([]File, error) {
	w := newWhy(in, true)
	return drawAlone("why", w, w.want(), o)
}

// WhyAlt is the text that stands for the figure why where it cannot be seen.
func WhyAlt(in *WhyInput) string { return newWhy(in, true).words().alt }

// Multiverse draws a difference under several choices of method, each as a point with
// both intervals. Its files are multiverse.svg and so on. It fails on options that
// cannot be drawn.
func Multiverse(in *WhyInput, o Options) ([]File, error) {
	w := newWhy(in, false)
	return drawAlone("multiverse", w, w.want(), o)
}

// MultiverseAlt is the text that stands for the figure multiverse.
func MultiverseAlt(in *WhyInput) string { return newWhy(in, false).words().alt }

// why shows the rows on one scale.
type why struct {
	in   *WhyInput
	bars bool
	rows []whyRow // parts in their order, totals last
}

type whyRow struct {
	WhyRow
	span chart.Span
}

func newWhy(in *WhyInput, bars bool) *why {
	if in == nil {
		in = &WhyInput{}
	}
	w := &why{in: in, bars: bars}
	for _, total := range []bool{false, true} {
		for _, r := range in.Rows {
			if r.Total == total {
				e := r.Estimate
				w.rows = append(w.rows, whyRow{r, spanOf(summary.Estimate{Value: drawable(e.Value), MC: drawable(e.MC), Low: drawable(e.Low), High: drawable(e.High)})})
			}
		}
	}
	return w
}

// quantity is what the rows are in: missteps per 100 cases.
func (w *why) quantity() string { return strings.TrimSpace(w.in.Outcome + " " + w.in.Unit) }

func (w *why) words() words {
	out := words{title: w.in.Title, detail: append([]string(nil), w.in.Subtitle...), source: w.in.Source}
	if out.title == "" {
		out.title = "Which mechanisms of the forum make the difference"
		if !w.bars {
			out.title = "The difference under other choices of method"
		}
	}
	out.detail = append(out.detail, "95\u00a0% intervals")
	if out.source == "" {
		out.source = "Source: misstep, model output, no forecast; rests on assumptions."
	}
	if len(w.rows) == 0 {
		out.alt = "No part of a difference to show."
		return out
	}
	var parts []string
	for _, r := range w.rows {
		parts = append(parts, fmt.Sprintf("%s %s (%s)", r.Label, chart.Interval(r.span, w.in.Uncertain), verdict(r.Verdict)))
	}
	what := "Bars of the parts of a difference in "
	if !w.bars {
		what = "A difference under several choices, in "
	}
	out.alt = what + w.quantity() + ": " + strings.Join(parts, "; ") + "." + chart.InParentheses
	return out
}

func (w *why) table() table {
	t := newTable("outcome", "unit", "part", "total", "value", "mc_half_width", "parameter_low", "parameter_high", "verdict")
	for _, r := range w.rows {
		t.add(w.in.Outcome, w.in.Unit, r.Label, r.Total, r.span.Value, math.Abs(r.Estimate.MC), r.span.Low, r.span.High, string(r.Verdict))
	}
	return t
}

// want is the height that the rows want [pt].
func (w *why) want() float64 {
	return math.Ceil(frameHeight + whyHead + whyFoot + chart.Multiple(len(w.rows), whyStep))
}
