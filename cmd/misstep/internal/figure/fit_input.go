package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// FitInput is what the figure fit is made from.
type FitInput struct {
	Title    string   // a standard one where empty
	Subtitle []string // parts: what was fitted, particles, effective size, seed
	Source   string   // the source line; a standard one where empty
	Targets  []FitTarget
}

// FitTarget is one statistic of the record with what the model says of it before
// and after the fit. NaN stands for what is not known; a target without an observed
// value or without a posterior interval is drawn, and counts neither as inside nor
// as outside.
type FitTarget struct {
	ID       string     // "T26"
	Label    string     // in words; 26 letters have room
	Unit     string     // "d", "1/y", "–" or empty for a share
	Observed float64    // [Unit]
	Low      float64    // [Unit] lower end of the observed range; NaN where there is none
	High     float64    // [Unit] upper end
	OneSided bool       // the observed value is a bound: the range goes on where an end is missing
	Prior    [3]float64 // [Unit] 5, 50 and 95 % of the prior predictive
	Post     [3]float64 // [Unit] 5, 50 and 95 % of the posterior predictive
	Use      string     // "C" calibrate, "L" left out, "E" echoed input, "P" plausibility; others below
	Inside   bool       // the record agrees with the posterior-predictive 90 % interval
	Why      string     // where it does not: the reason in one line, 85 letters
	Log      bool       // the row wants a logarithmic scale; ignored where a value is not positive
}

// Fit draws each target of the calibration on a row of its own scale: the observed
// value with its range, the predictive 90 % intervals before and after. The files are
// fit.svg, fit.png and fit.pdf, as the options ask, and fit.csv. It fails on options
// that cannot be drawn.
func Fit(in *FitInput, o Options) ([]File, error) {
	f := newFit(in)
	return drawAlone("fit", f, o)
}

// FitAlt is the text that stands for the figure fit where it cannot be seen.
func FitAlt(in *FitInput) string { return newFit(in).words().alt }

// The standing of a target.
type standing int

const (
	inside standing = iota
	outside
	unknown
)

func (s standing) String() string { return [...]string{"inside", "outside", "not known"}[s] }

// fitRow is a target without what cannot be drawn.
type fitRow struct {
	FitTarget
	standing standing
	left     bool // to the CSV: no line is left for it
}

// fitUses are the groups of the figure in order.
var fitUses = [...]struct{ use, heading, short string }{
	{"C", "Used to calibrate", "used targets"},
	{"L", "Left out of the fit, predicted by the rest", "left out"},
	{"E", "Inputs echoed back, no test of the model", "echoed inputs"},
	{"P", "Plausibility only, not fitted", "plausibility checks"},
	{"", "Other statistics", "other statistics"},
}

// drawable replaces what has no place on a page by NaN, and what is too small for
// one by zero.
func drawable(v float64) float64 {
	switch a := math.Abs(v); {
	case !chart.Finite(v) || a > 1e150:
		return math.NaN()
	case a < 1e-150:
		return 0
	default:
		return v
	}
}

// ordered drops an interval that is not known or not in order.
func ordered(q [3]float64) [3]float64 {
	for i := range q {
		q[i] = drawable(q[i])
	}
	if !(q[0] <= q[1] && q[1] <= q[2]) {
		return [3]float64{math.NaN(), math.NaN(), math.NaN()}
	}
	return q
}

func newFitRow(t FitTarget) fitRow {
	t.Observed, t.Low, t.High = drawable(t.Observed), drawable(t.Low), drawable(t.High)
	t.Prior, t.Post = ordered(t.Prior), ordered(t.Post)
	r := fitRow{FitTarget: t, standing: outside}
	switch {
	case !chart.Finite(t.Observed) || !chart.Finite(t.Post[0]):
		r.standing = unknown
	case t.Inside:
		r.standing = inside
	}
	if r.standing != outside {
		r.Why = ""
	}
	r.Log = t.Log
	for _, v := range r.values() {
		r.Log = r.Log && v > 0
	}
	return r
}

// values are all numbers of a row that are known.
func (r fitRow) values() (out []float64) {
	for _, v := range []float64{r.Observed, r.Low, r.High, r.Prior[0], r.Prior[1], r.Prior[2], r.Post[0], r.Post[1], r.Post[2]} {
		if chart.Finite(v) {
			out = append(out, v)
		}
	}
	return
}

// inUnit writes numbers with their unit: 340 d · 3.7/y · 0.33.
func inUnit(text, unit string) string {
	switch unit = strings.TrimSpace(unit); {
	case unit == "" || unit == "–" || unit == "-":
		return text
	case strings.HasPrefix(unit, "1/"):
		return text + unit[1:]
	default:
		return text + "\u00a0" + unit
	}
}

// rangeText writes an interval: 60–600 · −0.017 to 0.048 · ≥ 0.33.
func rangeText(lo, hi float64) string {
	switch {
	case !chart.Finite(lo) && !chart.Finite(hi):
		return ""
	case !chart.Finite(hi):
		return "≥\u00a0" + chart.Axis(lo)
	case !chart.Finite(lo):
		return "≤\u00a0" + chart.Axis(hi)
	case lo < 0 || hi < 0:
		return chart.Axis(lo) + " to " + chart.Axis(hi)
	default:
		return chart.Axis(lo) + "–" + chart.Axis(hi)
	}
}

// seen is the observed value with its range, in the target's unit.
func (r fitRow) seen() string {
	if !chart.Finite(r.Observed) {
		return "n/a"
	}
	text := inUnit(chart.Axis(r.Observed), r.Unit)
	if ends := rangeText(r.Low, r.High); ends != "" {
		text += fmt.Sprintf(" (%s)", ends)
	}
	return text
}

// predicted is the posterior-predictive interval in the target's unit.
func (r fitRow) predicted() string {
	if !chart.Finite(r.Post[0]) {
		return "n/a"
	}
	return inUnit(rangeText(r.Post[0], r.Post[2]), r.Unit)
}
