package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// peak shows how far cases climb: the share of cases by highest rung, on a
// logarithmic scale so that rare rungs are seen, with the two firebreaks.
type peak struct {
	in    *input
	arms  []peakArm
	bound float64 // from history for R9, 0 without one
}

type peakArm struct {
	chart.Arm
	share, mc [ladder.Rungs]float64 // NaN where not known
	cases     float64               // of all futures; 0 where not known
}

// The lowest rung that no pair of states has reached on record. From it on the model has
// a tail and no finding: the CSV has it, the figure says why it has none.
const (
	unprecedented = ladder.Disruptive
	noNumber      = noPrecedent + ", so no number is given"
)

func newPeak(in *input) picture {
	c := &peak{in: in}
	for _, a := range in.first(mostRows) {
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
		for r := range ladder.Rungs {
			pa.share[r] = math.NaN()
			if r < len(data.Peaks) && chart.Finite(data.Peaks[r]) {
				pa.share[r] = min(max(data.Peaks[r], 0), 1)
			}
			if r < len(data.PeaksMC) && chart.Finite(data.PeaksMC[r]) {
				pa.mc[r] = math.Abs(data.PeaksMC[r])
			}
		}
		c.arms = append(c.arms, pa)
		if curve := curveOf(data, "R9", "any"); curve != nil && chart.Finite(curve.Bound) {
			c.bound = max(c.bound, curve.Bound)
		}
	}
	return c
}

func (c *peak) words() words {
	w := words{title: "How far cases climb: the highest rung of each case"}
	if len(c.arms) == 0 {
		w.alt = "No distribution of highest rungs in this run."
		return w
	}
	w.alt = "Share of cases by highest rung."
	for _, a := range c.arms {
		var parts []string
		for r := range unprecedented {
			parts = append(parts, fmt.Sprintf("%s %s", standard.Rungs[r].Code, chart.Ranged(a.span(r), chart.Likely)))
		}
		w.alt += " " + chart.Upper(a.Label) + ": " + strings.Join(parts, ", ") + "."
	}
	w.alt += fmt.Sprintf(" %s and %s: %s.", standard.Rungs[unprecedented].Code, standard.Rungs[ladder.Military].Code,
		noNumber) + chart.InParentheses
	return w
}

// span is the share of cases that end on a rung, with its Monte Carlo error.
func (a peakArm) span(rung int) chart.Span {
	v := a.share[rung]
	return chart.SureOf(chart.NewSpan(v, a.mc[rung], v, v).Within(0, 1), a.cases)
}

// rungs is how many rungs have a share in the table: R9 has the bound alone where
// history gives one.
func (c *peak) rungs() int {
	if c.bound > 0 {
		return ladder.Military
	}
	return ladder.Rungs
}

func (c *peak) table() table {
	t := newTable("rung", "name", "arm", "share_of_cases", "mc_half_width", "history_bound")
	for r := range c.rungs() {
		for _, a := range c.arms {
			t.add(standard.Rungs[r].Code, rungName(r), a.Name, a.share[r], a.mc[r], "")
		}
	}
	if c.bound > 0 {
		t.add("R9", rungName(ladder.Military), "", "", "", c.bound)
	}
	return t
}

func (c *peak) draw(p *chart.Page, area chart.Rect) {
	if len(c.arms) == 0 {
		p.Note(area, "No case was closed in this run, so none has a highest rung.")
		return
	}
	const names = 168.0
	number := []float64{110, 106, 68}[min(len(c.arms), mostRows)-1]
	head := 2*chart.LineStep + 2
	numbers := area.Right() - chart.Multiple(len(c.arms), number)
	body := area.Inset(0, head, 0, chart.LineStep+3)
	row := body.H / ladder.Rungs
	x := c.scaleOf(area.X+names, numbers-22)
	c.axis(p, x, chart.Box(body.X, body.Y, body.W, row*unprecedented))
	for i, a := range c.arms {
		st := chart.Plain.Heavy().In(a.Color).To(chart.End)
		right := numbers + chart.Multiple(i+1, number)
		lines := p.WrapTo(2, a.Label, number-12, st)
		y := p.Lines(right, body.Y-4-chart.Multiple(len(lines)-1, chart.LineStep), lines, st) - chart.LineStep
		p.Point(right-p.Width(lines[len(lines)-1], st)-7, y-4, 3.4, a.Mark, a.Color)
	}
	for r := range ladder.Rungs {
		y := chart.RowMiddle(body.Y, row, r)
		p.Text(area.X+22, y+chart.Ascent/2, p.Shorten(rungName(r), names-30, chart.Plain), chart.Plain)
		p.Text(area.X, y+chart.Ascent/2, standard.Rungs[r].Code, chart.Plain.Heavy())
		if r >= unprecedented {
			p.Text(area.Right(), y+chart.Ascent/2, noNumber, chart.Quiet.To(chart.End))
			continue
		}
		c.row(p, x, r, y, numbers, number)
	}
	// left of the first numbers and of what stands for them, right of most marks
	free := min(numbers+number-62, area.Right()-p.Width(noNumber, chart.Quiet))
	c.firebreak(p, "A", body, row, unprecedented, free)
	c.firebreak(p, "B", body, row, ladder.Military, free)
	p.Text(area.X, area.Bottom()-1, "Log scale. Bars: sampling error, 95\u00a0%.", chart.Quiet)
}

// scaleOf spans the decades that the shares need.
func (c *peak) scaleOf(from, to float64) chart.Scale {
	least := 0.1
	for _, a := range c.arms {
		for r := range unprecedented {
			if v := a.share[r]; v > 0 {
				least = min(least, v)
			}
		}
	}
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)-.15)), 1e-9)
	return chart.Scale{Lo: lo, Hi: 1, From: from, To: to, Log: true}
}

func (c *peak) axis(p *chart.Page, x chart.Scale, body chart.Rect) {
	free := math.Inf(1)
	for _, v := range chart.Decades(x.Lo, 1, 20) {
		p.Line(x.At(v), body.Y, x.At(v), body.Bottom(), .6, chart.Grid)
		if w := float64(p.Width(chart.Odds(v), chart.Quiet) / 2); x.At(v)+w < free-6 {
			p.Text(x.At(v), body.Y-4, chart.Odds(v), chart.Quiet.To(chart.Middle))
			free = x.At(v) - w
		}
	}
}

// row draws the shares of one rung: a mark for each arm, joined by a thin line.
func (c *peak) row(p *chart.Page, x chart.Scale, r int, y, numbers, number float64) {
	p.Line(x.From, y, x.To, y, .5, chart.Grid)
	step := min(4.5, 9/float64(len(c.arms)))
	for i, a := range c.arms {
		v := a.share[r]
		at := numbers + chart.Multiple(i+1, number)
		p.Text(at, y+chart.Ascent/2, chart.Chance(v), chart.Plain.In(a.Color).To(chart.End))
		if !(v > 0) {
			continue
		}
		dy := chart.Offset(i, len(c.arms), step)
		if a.mc[r] > 0 {
			p.Line(x.At(max(v-a.mc[r], x.Lo)), y+dy, x.At(v+a.mc[r]), y+dy, 2, chart.Tint(a.Color, .6))
		}
		p.Point(x.At(v), y+dy, 3.6, a.Mark, a.Color)
	}
}

// firebreak draws the line below which a rung lies.
func (c *peak) firebreak(p *chart.Page, name string, body chart.Rect, row float64, rung int, labelAt float64) {
	y := body.Y + chart.Multiple(rung, row)
	p.Line(body.X, y, body.Right(), y, 1.1, chart.Vermillion, 5, 2.5)
	s := "firebreak " + name
	st := chart.Plain.In(chart.Vermillion).To(chart.End)
	w := p.Width(s, st)
	p.Fill(chart.Box(labelAt-w-12, y-6, w+6, 12), chart.White)
	p.Text(labelAt-9, y+chart.Ascent/2-.5, s, st)
}
