package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// LearnedInput is what the figure learned is made from.
type LearnedInput struct {
	Subtitle   []string // parts: what was fitted, particles, effective size, seed
	Parameters []LearnedParameter
}

// LearnedParameter is a number before and after the fit.
type LearnedParameter struct {
	Name        string     // its path: "choice.price"
	Label       string     // what the figure writes; the name where empty
	Percentile  [5]float64 // 5, 25, 50, 75 and 95 % of the posterior, as shares of the prior below them, 0 to 1
	Contraction float64    // 1 − sd of the posterior over sd of the prior, on the prior's normal scores
	InformedBy  []string   // targets: "T26", "T12"
}

// silentBelow is the contraction under which the record is said to be silent.
const silentBelow = 0.10

// Learned is the posterior of each number on the percentiles of its prior, the most
// contracted first; the numbers on which the record is silent stand below a line.
func Learned(in *LearnedInput) Figure { return newLearned(in).alone("learned") }

func newLearned(in *LearnedInput) picture {
	list, taught := byContraction(in.Parameters)
	title := "What the record teaches about the numbers"
	if taught < len(list) {
		title += ", and what it does not"
	}
	w := wordsOf(title, in.Subtitle, "posterior given the public record", "50 and 90\u00a0% intervals")
	if len(list) == 0 {
		return nothing(w, "No number: the fit was given nothing to learn about.")
	}
	w.lead = learnedResult(taught, len(list))
	parts := []string{w.lead}
	for _, q := range list[:taught] {
		s := q.Label + " by " + contraction(q.Contraction)
		if len(q.InformedBy) > 0 {
			s += " (" + strings.Join(q.InformedBy, ", ") + ")"
		}
		parts = append(parts, s)
	}
	if n := len(list) - taught; n > 0 {
		parts = append(parts, fmt.Sprintf("the record is silent on %d", n))
	}
	w.alt = strings.Join(parts, "; ") + "."
	return picture{words: w, rows: learnedTable(list, taught), key: learnedKey()}
}

// byContraction puts the most contracted first, of which the record teaches so many.
func byContraction(parameters []LearnedParameter) (list []LearnedParameter, taught int) {
	list = slices.SortedStableFunc(slices.Values(parameters), func(a, b LearnedParameter) int {
		return cmp.Or(cmp.Compare(b.Contraction, a.Contraction), cmp.Compare(a.Name, b.Name))
	})
	for i := range list {
		list[i].Label = cmp.Or(list[i].Label, list[i].Name)
		if list[i].Contraction >= silentBelow {
			taught++
		}
	}
	return list, taught
}

// contraction writes a contraction; one under the limit is not rounded up to it.
func contraction(v float64) string {
	switch s := say.Number(100*v, 0); {
	case v < silentBelow && s == say.Number(100*silentBelow, 0):
		return "<\u00a0" + s + "\u00a0%"
	default:
		return s + "\u00a0%"
	}
}

// learnedResult is the line above the rows. The figure may be given only the numbers that a
// posterior keeps, so that the count is of those and no measure of the record.
func learnedResult(n, of int) string {
	switch {
	case n < of:
		return fmt.Sprintf("The record narrows %d of these %d numbers by 10\u00a0%% or more", n, of)
	case n == 1:
		return "1 number that the record narrows by 10\u00a0% or more"
	}
	return fmt.Sprintf("%d numbers that the record narrows by 10\u00a0%% or more, the most first", n)
}

// The prior behind the rows: its central 90 % and 50 %.
var (
	priorWide   = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	priorNarrow = color.NRGBA{0xd3, 0xd3, 0xd3, 0xff}
)

// learnedTable has a row for each number, those that the record teaches first.
func learnedTable(list []LearnedParameter, taught int) *chart.Table {
	t := &chart.Table{Step: 14.5, Columns: []chart.Column{{Head: "percentile of the prior"}, {Plot: true},
		{Head: "narrower", To: chart.End}, {Head: "informed by"}}}
	t.Rows = []chart.Row{{Draw: func(p *chart.Page, at []chart.Rect) {
		for _, u := range []float64{.05, .25, .5, .75, .95} {
			p.Text(at[1].X+float64(at[1].W*u), at[1].Bottom()-4, say.Number(100*u, 0), chart.Quiet.To(chart.Middle))
		}
	}}}
	for i, q := range list {
		st, shade, informed := chart.Plain, chart.Blue, strings.Join(q.InformedBy, ", ")
		if i >= taught {
			st, shade, informed = chart.Quiet, chart.Unclear, ""
		}
		if i == taught {
			t.Rows[len(t.Rows)-1].Ruled = true
			t.Rows = append(t.Rows, chart.Heading(chart.Quiet.Heavy(), "Record silent: under "+chart.Percent(silentBelow)))
		}
		t.Rows = append(t.Rows, chart.Row{Draw: func(p *chart.Page, at []chart.Rect) { q.draw(p, at[1], shade) },
			Cells: chart.Texts(st, q.Label, "", contraction(q.Contraction), informed)})
	}
	return t
}

// draw draws a number, and behind it the prior, which is the same for each on its own percentiles.
func (q *LearnedParameter) draw(p *chart.Page, r chart.Rect, shade color.NRGBA) {
	at := func(u float64) float64 { return r.X + float64(r.W*u) }
	for _, band := range []struct {
		lo, hi float64
		shade  color.NRGBA
	}{{0, 1, chart.Pale}, {.05, .95, priorWide}, {.25, .75, priorNarrow}} {
		p.Fill(chart.Box(at(band.lo), r.Y, at(band.hi)-at(band.lo), r.H), band.shade)
	}
	p.Line(at(.5), r.Y, at(.5), r.Bottom(), 1, chart.Frame)
	u := q.Percentile
	boxed(p, r.MiddleY(), at(u[0]), at(u[1]), at(u[2]), at(u[3]), at(u[4]), shade)
}

// boxed draws five quantiles: a line from the first to the last, a box over the middle half, and a gap at the median.
func boxed(p *chart.Page, y, p5, p25, p50, p75, p95 float64, shade color.NRGBA) {
	p.Line(p5, y, p95, y, 1.8, shade)
	p.Fill(chart.Box(p25, y-3.6, max(p75-p25, .6), 7.2), shade)
	p.Fill(chart.Box(p50-1.1, y-4.2, 2.2, 8.4), chart.White)
}

// learnedKey explains the prior and the bars.
func learnedKey() (k chart.Key) {
	k.Item(30, "prior: 90 and 50\u00a0%, median", func(p *chart.Page, x, y float64) {
		p.Fill(chart.Box(x, y-5, 30, 11), priorWide)
		p.Fill(chart.Box(x+8, y-5, 14, 11), priorNarrow)
		p.Line(x+15, y-5, x+15, y+6, 1, chart.Frame)
	})
	k.Item(40, "posterior: 90 and 50\u00a0%, median", func(p *chart.Page, x, y float64) {
		boxed(p, y, x, x+8, x+18, x+32, x+40, chart.Blue)
	})
	return k
}
