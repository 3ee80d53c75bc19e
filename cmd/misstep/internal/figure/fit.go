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
func Fit(in *FitInput, o Options) ([]File, error) { return drawAlone("fit", newFit(in), o) }

// FitAlt is the text that stands for the figure fit where it cannot be seen.
func FitAlt(in *FitInput) string { return newFit(in).words().alt }

// fit shows what the model says of every target beside what the record says.
type fit struct {
	in     *FitInput
	groups []fitGroup
}

// fitGroup is the targets of one use.
type fitGroup struct {
	heading, short string
	used           bool // to calibrate
	rows           []fitRow
}

// fitRow is a target without what cannot be drawn.
type fitRow struct {
	FitTarget
	standing standing
	left     bool // to the CSV: no line is left for it
}

// standing is that of a target.
type standing int

const (
	inside standing = iota
	outside
	unknown
)

func (s standing) String() string { return [...]string{"inside", "outside", "not known"}[s] }

// fitUses are the groups of the figure in order; the last has what none of the others has.
var fitUses = [...]struct{ use, heading, short string }{
	{"C", "Used to calibrate", "used targets"},
	{"L", "Left out of the fit, predicted by the rest", "left out"},
	{"E", "Inputs echoed back, no test of the model", "echoed inputs"},
	{"P", "Plausibility only, not fitted", "plausibility checks"},
	{"", "Other statistics", "other statistics"},
}

func newFit(in *FitInput) *fit {
	f := &fit{in: orEmpty(in)}
	of := map[string]int{}
	for i, u := range fitUses {
		of[u.use] = i
	}
	var rows [len(fitUses)][]fitRow
	for _, t := range f.in.Targets {
		i, known := of[t.Use]
		if !known {
			i = len(fitUses) - 1
		}
		rows[i] = append(rows[i], newFitRow(t))
	}
	for i, u := range fitUses {
		if len(rows[i]) > 0 {
			f.groups = append(f.groups, fitGroup{u.heading, u.short, i == 0, rows[i]})
		}
	}
	return f
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
	for _, v := range r.values() {
		r.Log = r.Log && v > 0
	}
	return r
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

// values are all numbers of a row that are known.
func (r fitRow) values() (out []float64) {
	for _, list := range [][]float64{{r.Observed, r.Low, r.High}, r.Prior[:], r.Post[:]} {
		for _, v := range list {
			if chart.Finite(v) {
				out = append(out, v)
			}
		}
	}
	return out
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

// verdict says how many are inside; those whose standing is not known are counted apart.
func (g fitGroup) verdict(inWords, apart string) string {
	var n [3]int
	for _, r := range g.rows {
		n[r.standing]++
	}
	s := fmt.Sprintf("%d of %d %s", n[inside], n[inside]+n[outside], inWords)
	if n[unknown] > 0 {
		s += fmt.Sprintf("%s%d not known", apart, n[unknown])
	}
	return s
}

// result is the line above the rows. The targets that were used come first and are
// the only ones whose share is a result of the fit.
func (f *fit) result() string {
	if len(f.groups) == 0 || !f.groups[0].used {
		return "No target was used to calibrate"
	}
	return f.groups[0].verdict("used targets inside the model’s 90\u00a0% interval", "; ")
}

func (f *fit) words() words {
	source := f.in.Source
	if source == "" {
		source = "Source: observed: the public record of misstep’s targets; intervals: misstep, model output."
	}
	w := wordsOf(f.in.Title, f.in.Subtitle, source, "90\u00a0% predictive intervals")
	if w.title == "" {
		w.title = "What the record says, and what the fitted model says"
	}
	if len(f.groups) == 0 {
		w.alt = "No target in this fit."
		return w
	}
	parts := []string{f.result()}
	for _, g := range f.groups {
		if !g.used {
			parts = append(parts, g.short+": "+g.verdict("inside", ", "))
		}
		for _, r := range g.rows {
			if r.standing == outside {
				s := fmt.Sprintf("%s %s: observed %s, predicted %s, outside", r.ID, r.Label, r.seen(), r.predicted())
				if r.Why != "" {
					s += " (" + r.Why + ")"
				}
				parts = append(parts, s)
			}
		}
	}
	w.alt = strings.Join(parts, "; ") + "."
	return w
}

func (f *fit) table() table {
	t := newTable("id", "label", "use", "unit", "observed", "low", "high", "one_sided",
		"prior_p5", "prior_p50", "prior_p95", "posterior_p5", "posterior_p50", "posterior_p95", "standing", "why",
		"log_scale")
	for _, g := range f.groups {
		for _, r := range g.rows {
			t.add(r.ID, r.Label, r.Use, r.Unit, r.Observed, r.Low, r.High, r.OneSided, r.Prior[0], r.Prior[1], r.Prior[2],
				r.Post[0], r.Post[1], r.Post[2], r.standing.String(), r.Why, r.Log)
		}
	}
	return t
}

// lines is how many lines the groups take with their headings; a row that says why it is
// outside takes two.
func (f *fit) lines() (n int) {
	for _, g := range f.groups {
		before := n
		for _, r := range g.rows {
			if !r.left {
				n += 1 + min(len(r.Why), 1)
			}
		}
		if n > before {
			n++
		}
	}
	return n
}

// shown is the groups in at most so many lines. Rows inside give way first, from
// the end, so that what disagrees stays; left says how many the CSV has alone.
func (f *fit) shown(most int) (shown *fit, left int) {
	shown = &fit{in: f.in}
	for _, g := range f.groups {
		g.rows = append([]fitRow(nil), g.rows...)
		shown.groups = append(shown.groups, g)
	}
	for _, last := range []bool{false, true} {
		for i := len(shown.groups) - 1; i >= 0; i-- {
			rows := shown.groups[i].rows
			for j := len(rows) - 1; j >= 0 && shown.lines() > most; j-- {
				if !rows[j].left && (last || rows[j].standing != outside) {
					rows[j].left = true
					left++
				}
			}
		}
	}
	return shown, left
}
