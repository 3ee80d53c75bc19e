package figure

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// FitInput is what the figure fit is made from.
type FitInput struct {
	Subtitle []string // parts: what was fitted, particles, effective size, seed
	Targets  []FitTarget
}

// FitTarget is one statistic of the record with what the model says of it before and after the fit. NaN stands for
// what is not known; a target without an observed value or without a posterior interval is drawn, and counts neither
// as inside nor as outside.
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
	Use      string     // "C" calibrate, "L" left out, "E" echoed input, "P" plausibility
	Inside   bool       // the record agrees with the posterior-predictive 90 % interval
	Why      string     // where it does not: the reason in one line, 85 letters
	Log      bool       // the row wants a logarithmic scale; ignored where a value is not positive
}

// Fit is each target of the calibration on a row of its own scale: the observed
// value with its range, the predictive 90 % intervals before and after.
func Fit(in *FitInput) Figure { return newFit(in).alone("fit") }

// standing is that of a target.
type standing int

const (
	inside standing = iota
	outside
	unknown
)

// fitUses are the groups of the figure in order.
var fitUses = []struct{ use, heading, short string }{
	{"C", "Used to calibrate", "used targets"},
	{"L", "Left out of the fit, predicted by the rest", "left out"},
	{"E", "Inputs echoed back, no test of the model", "echoed inputs"},
	{"P", "Plausibility only, not fitted", "plausibility checks"},
}

func newFit(in *FitInput) picture {
	w := wordsOf("What the record says, and what the fitted model says", in.Subtitle, "", "90\u00a0% predictive intervals")
	w.source = "Source: observed: the public record of misstep’s targets; intervals: misstep, model output."
	if len(in.Targets) == 0 {
		return nothing(w, "No target: the fit was given nothing that the record and the model could be compared in.")
	}
	w.lead = "No target was used to calibrate"
	if used := in.of("C"); len(used) > 0 { // the only ones whose share is a result of the fit
		w.lead = inOf(used, "used targets inside the model’s 90\u00a0% interval", "; ")
	}
	c := picture{key: fitKey(), rows: &chart.Table{Step: 14.5, Columns: []chart.Column{{Spare: true}, {},
		{To: chart.End}, {Head: "own scale each", Plot: true}, {Head: "observed (range)"},
		{Head: "model, 90\u00a0%", Spare: true}}}}
	parts := []string{w.lead}
	for i, u := range fitUses {
		rows := in.of(u.use)
		if len(rows) == 0 {
			continue
		}
		verdict := "" // of the targets that were used the lead has it
		if i > 0 {
			verdict = inOf(rows, "inside", ", ")
			parts = append(parts, u.short+": "+verdict)
		}
		c.rows.Rows = append(c.rows.Rows, chart.Row{Across: true, Ruled: true,
			Cells: chart.Texts(chart.Quiet.Heavy(), u.heading, verdict)})
		for _, r := range rows {
			c.rows.Rows = append(c.rows.Rows, r.lines()...)
			if r.standing() == outside {
				s := fmt.Sprintf("%s %s: observed %s, predicted %s, outside", r.ID, r.Label, r.seen(), r.predicted())
				if r.Why != "" {
					s += " (" + r.Why + ")"
				}
				parts = append(parts, s)
			}
		}
	}
	w.alt = strings.Join(parts, "; ") + "."
	c.words = w
	return c
}

func (in *FitInput) of(use string) []FitTarget {
	return slices.DeleteFunc(slices.Clone(in.Targets), func(t FitTarget) bool { return t.Use != use })
}

// standing is unknown where there is nothing to compare.
func (r *FitTarget) standing() standing {
	switch {
	case !chart.Finite(r.Observed) || !chart.Finite(r.Post[0]):
		return unknown
	case r.Inside:
		return inside
	}
	return outside
}

// onLog reports whether the row has a logarithmic scale.
func (r *FitTarget) onLog() bool {
	return r.Log && !slices.ContainsFunc(r.values(), func(v float64) bool { return v <= 0 })
}

// values are all numbers of a row that are known.
func (r *FitTarget) values() (out []float64) {
	out = slices.Concat([]float64{r.Observed, r.Low, r.High}, r.Prior[:], r.Post[:])
	return slices.DeleteFunc(out, func(v float64) bool { return !chart.Finite(v) })
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
func (r *FitTarget) seen() string {
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
func (r *FitTarget) predicted() string {
	if !chart.Finite(r.Post[0]) {
		return "n/a"
	}
	return inUnit(rangeText(r.Post[0], r.Post[2]), r.Unit)
}

// inOf says how many are inside; those whose standing is not known are counted apart.
func inOf(rows []FitTarget, words, apart string) string {
	var n [3]int
	for _, r := range rows {
		n[r.standing()]++
	}
	s := fmt.Sprintf("%d of %d %s", n[inside], n[inside]+n[outside], words)
	if n[unknown] > 0 {
		s += fmt.Sprintf("%s%d not known", apart, n[unknown])
	}
	return s
}

// look is how a standing is drawn; the marks differ without colour.
func (s standing) look() (m chart.Mark, observed, model color.NRGBA) {
	switch s {
	case inside:
		return chart.Disc, chart.Ink, chart.Blue
	case outside:
		return chart.Diamond, chart.Harm, chart.Harm
	default:
		return chart.Ring, chart.Muted, chart.Unclear
	}
}

// lines are a target's: below one that is outside stands why.
func (r *FitTarget) lines() []chart.Row {
	_, shade, _ := r.standing().look()
	st, log := chart.Style{Color: shade, Bold: r.standing() == outside}, ""
	if r.onLog() {
		log = "log"
	}
	predicted := r.predicted()
	if r.standing() == outside {
		predicted = "× " + predicted
	}
	out := []chart.Row{{Draw: func(p *chart.Page, at []chart.Rect) { r.bars(p, at[3]) },
		Cells: []chart.Cell{{Text: r.ID, Style: st.Heavy()}, {Text: r.Label, Style: st}, {Text: log, Style: chart.Quiet}, {},
			{Text: r.seen(), Style: st}, {Text: predicted, Style: st}}}}
	if r.Why != "" && r.standing() == outside {
		out = append(out, chart.Heading(chart.Plain.In(shade), r.Why))
	}
	return out
}

// priorGrey is the colour of what the model said before the data.
var priorGrey = color.NRGBA{0xa6, 0xa6, 0xa6, 0xff}

// bars draws the prior interval thin and grey behind, the posterior interval as a
// box with its median, and the observed value with its range on top.
func (r *FitTarget) bars(p *chart.Page, plot chart.Rect) {
	x, y := chart.Holding(r.values(), r.onLog(), plot), plot.MiddleY()
	p.Fill(plot.Inset(0, .5, 0, .5), chart.Pale)
	m, shade, model := r.standing().look()
	if chart.Finite(r.Prior[0]) {
		p.Line(x.At(r.Prior[0]), y, x.At(r.Prior[2]), y, 2.2, priorGrey)
		for _, i := range []int{0, 2} {
			p.Line(x.At(r.Prior[i]), y-3, x.At(r.Prior[i]), y+3, 1, priorGrey)
		}
	}
	if chart.Finite(r.Post[0]) {
		lo, hi := x.At(r.Post[0]), x.At(r.Post[2])
		const half = 5
		p.Fill(chart.Box(lo-.6, y-half, hi-lo+1.2, 2*half), chart.Tint(model, .38))
		p.Line(x.At(r.Post[1]), y-half, x.At(r.Post[1]), y+half, 2.2, model)
	}
	if !chart.Finite(r.Observed) {
		return
	}
	at := x.At(r.Observed)
	end := func(v, other float64, beyond bool, edge, toward float64) float64 {
		switch {
		case beyond: // a cap
			p.Line(x.At(v), y-2.4, x.At(v), y+2.4, 1.1, shade)
			return x.At(v)
		case r.OneSided && chart.Finite(other): // the range goes on
			p.Arrow(edge, y, toward, shade)
			return edge
		}
		return at
	}
	lo := end(r.Low, r.High, r.Low <= r.Observed, x.From+3, -3)
	if hi := end(r.High, r.Low, r.High >= r.Observed, x.To-3, 3); hi > lo {
		p.Line(lo, y, hi, y, 1.1, shade)
	}
	p.Point(at, y, 3.2, m, shade)
}

// fitKey explains marks and lines.
func fitKey() (k chart.Key) {
	k.Item(20, "observed", func(p *chart.Page, x, y float64) {
		p.Line(x, y, x+20, y, 1.1, chart.Ink)
		p.Point(x+10, y, 3.2, chart.Disc, chart.Ink)
	})
	k.Item(20, "model after the fit, median", func(p *chart.Page, x, y float64) {
		p.Fill(chart.Box(x, y-5, 20, 10), chart.Tint(chart.Blue, .38))
		p.Line(x+10, y-5, x+10, y+5, 2.2, chart.Blue)
	})
	k.Line(2.2, priorGrey, "before it")
	k.Item(20, "× outside", func(p *chart.Page, x, y float64) {
		p.Line(x, y, x+20, y, 1.1, chart.Harm)
		p.Point(x+10, y, 3.2, chart.Diamond, chart.Harm)
	})
	return k
}
