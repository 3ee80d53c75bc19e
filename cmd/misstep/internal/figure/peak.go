package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// peak shows how far cases climb: the share of cases by highest rung, on a
// logarithmic scale so that rare rungs are seen, with the two firebreaks.
type peak struct {
	arms []peakArm
}

type peakArm struct {
	chart.Arm
	share, mc [ladder.Rungs]float64
	cases     float64 // of all futures; 0 where not known
	blind     bool    // mc is not known
}

// The lowest rung that no pair of states has reached on record. From it on the model has a tail and no finding:
// escalation says it beside the bound from history where the draws resolve it, and this figure has it in its CSV.
const (
	unprecedented = ladder.Disruptive
	noNumber      = noPrecedent + ", so no number is given"
)

func newPeak(in *input) picture {
	c, bound := &peak{}, 0.0 // from history for R9, 0 without one
	arms, narrow := in.first(mostRows), in.page(nil, 0).Narrow()
	if narrow {
		arms = in.first(2)
	}
	for _, a := range arms {
		data := in.armOf(a.Name)
		if len(data.Peaks) == 0 {
			continue
		}
		pa := peakArm{Arm: a}
		for _, n := range data.Counts {
			if n.ID == "cases" {
				pa.cases = n.Mean * float64(in.s.Run.Draws*in.s.Run.Replicates)
			}
		}
		copy(pa.share[:], data.Peaks)
		pa.blind = data.PeaksMC == nil
		copy(pa.mc[:], data.PeaksMC)
		c.arms = append(c.arms, pa)
		if curve := curveOf(data, "R9", "any"); curve != nil {
			bound = max(bound, curve.Bound)
		}
	}
	w, t := words{title: "How far cases climb: the highest rung of each case"}, c.table(bound)
	if len(c.arms) == 0 {
		return nothing(w, "No case was closed in this run, so none has a highest rung.", t.head...)
	}
	w.alt = "Share of cases by highest rung."
	w.arms = arms
	w.lead = "Cases that stay below a public step: "
	for i, a := range c.arms {
		private := 0.0
		for r := range ladder.Public {
			private += a.share[r]
		}
		w.lead += []string{"", ", "}[min(i, 1)] + chart.Share(private) + " " + a.Label
		var parts []string
		for r := range unprecedented {
			parts = append(parts, fmt.Sprintf("%s %s", standard.Rungs[r].Code, chart.Ranged(a.span(r), c.writer(r))))
		}
		w.alt += " " + say.Capital(a.Label) + ": " + strings.Join(parts, ", ") + "."
	}
	w.alt += fmt.Sprintf(" %s and %s: %s.", standard.Rungs[unprecedented].Code, standard.Rungs[ladder.Military].Code,
		noPrecedent) + chart.InParentheses
	var k chart.Key
	k.Marks(arms)
	k.Words("log scale")
	if slices.ContainsFunc(c.arms, peakArm.chancy) {
		k.Words("bars: " + chart.OfSampling + ", 95\u00a0%")
	}
	return picture{words: w, numbers: t, rows: c.rows(narrow), key: k}
}

// writer writes the shares of a rung, of all arms in one unit.
func (c *peak) writer(rung int) func(float64) string {
	var shares []float64
	for _, a := range c.arms {
		shares = append(shares, a.share[rung])
	}
	return chart.Alike(shares...)
}

// span is the share of cases that end on a rung, with its Monte Carlo error.
func (a peakArm) span(rung int) chart.Span {
	v := a.share[rung]
	return sureOf(chart.NewSpan(v, a.mc[rung], v, v).Within(0, 1), a.cases, a.blind)
}

// chancy reports whether an error is drawn.
func (a peakArm) chancy() bool {
	for r := range unprecedented {
		if a.span(r).Chancy() {
			return true
		}
	}
	return false
}

// sureOf is [chart.SureOf], but where the error of a share is not known it is so of all and of none alone.
func sureOf(s chart.Span, n float64, blind bool) chart.Span {
	if blind && s.Value > 0 && s.Value < 1 {
		return s
	}
	return chart.SureOf(s, n)
}

// table has the bound alone for R9, where history gives one.
func (c *peak) table(bound float64) table {
	t := newTable("rung name arm share_of_cases mc_half_width history_bound")
	rungs := ladder.Rungs
	if bound > 0 {
		rungs = ladder.Military
	}
	for r := range rungs {
		for _, a := range c.arms {
			var mc any = a.mc[r]
			if a.blind {
				mc = ""
			}
			t.add(standard.Rungs[r].Code, standard.Rungs[r].Name, a.Name, a.share[r], mc, "")
		}
	}
	if bound > 0 {
		t.add("R9", standard.Rungs[ladder.Military].Name, "", "", "", bound)
	}
	return t
}

// rows has a mark for each arm on the shares of each rung, and these.
func (c *peak) rows(narrow bool) *chart.Table {
	t := &chart.Table{Step: 15, Columns: []chart.Column{{}, {}, {Plot: true}}}
	names := chart.Row{Lines: 2, Cells: make([]chart.Cell, 3), Draw: func(p *chart.Page, at []chart.Rect) {
		x, axis := c.scale(at[2]), at[2]
		axis.H = float64(axis.H / 2)
		axis.Y += axis.H
		p.Under(axis, x, chart.Ticks(chart.Decades(x.Lo, 1, 4), chart.Odds), unprecedented)
	}}
	most := 96.0
	if narrow {
		most = 58
	}
	for _, a := range c.arms {
		t.Columns = append(t.Columns, chart.Column{To: chart.End, Most: most})
		names.Cells = append(names.Cells, chart.Cell{Text: a.Label, Style: chart.Plain.Heavy().In(a.Color)})
	}
	t.Rows = []chart.Row{names}
	for r := range ladder.Rungs {
		row := chart.Row{Cells: []chart.Cell{{Text: standard.Rungs[r].Code, Style: chart.Plain.Heavy()},
			{Text: standard.Rungs[r].Name}}}
		if r < unprecedented {
			row.Cells = append(row.Cells, chart.Cell{})
			for _, a := range c.arms {
				row.Cells = append(row.Cells, chart.Cell{Text: c.writer(r)(a.share[r]), Style: chart.Plain.In(a.Color)})
			}
		}
		row.Draw = func(p *chart.Page, at []chart.Rect) { c.draw(p, at, r) }
		t.Rows = append(t.Rows, row)
	}
	return t
}

// scale spans the decades that the shares need.
func (c *peak) scale(plot chart.Rect) chart.Scale {
	least := 0.1
	for _, a := range c.arms {
		for r := range unprecedented {
			if v := a.share[r]; v > 0 {
				least = min(least, v)
			}
		}
	}
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)-.15)), 1e-9)
	return chart.Scale{Lo: lo, Hi: 1, From: plot.X, To: plot.Right() - 12, Log: true}
}

// draw draws the marks of a rung, and above the lowest rungs beyond a firebreak a line.
func (c *peak) draw(p *chart.Page, at []chart.Rect, r int) {
	x, y, right := c.scale(at[2]), at[2].MiddleY(), at[len(at)-1].Right()
	if r >= unprecedented {
		p.Line(at[0].X, at[0].Y, right, at[0].Y, 1.1, chart.Vermillion, 5, 2.5)
		s := "beyond firebreak " + map[int]string{unprecedented: "A", ladder.Military: "B"}[r] + ": " + noPrecedent
		p.Text(right, y+chart.Ascent/2, p.Shorten(s, right-at[2].X, chart.Quiet), chart.Quiet.To(chart.End))
		return
	}
	p.Line(x.From, y, x.To, y, .5, chart.Grid)
	for i, a := range c.arms {
		v, dy := a.share[r], chart.Offset(i, len(c.arms), min(4.5, 9/float64(len(c.arms))))
		if !(v > 0) {
			continue
		}
		if a.mc[r] > 0 {
			p.Line(x.At(max(v-a.mc[r], x.Lo)), y+dy, x.At(v+a.mc[r]), y+dy, 2, chart.Tint(a.Color, .6))
		}
		p.Point(x.At(v), y+dy, 3.6, a.Mark, a.Color)
	}
}
