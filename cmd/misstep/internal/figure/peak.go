package figure

import (
	"fmt"
	"math"
	"strings"

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
	arm
	share, mc [ladder.Rungs]float64 // NaN where not known
	cases     float64               // of all futures; 0 where not known
}

// The lowest rung that no pair of states has reached on record. From it on the model has
// a tail and no finding: the CSV has it, the figure says why it has none.
const (
	unprecedented = ladder.Disruptive
	noNumber      = noPrecedent + ", so no number is given"
)

func newPeak(in *input) chart {
	c := &peak{in: in}
	for _, a := range in.first(mostRows) {
		data := in.armOf(a.name)
		if len(data.Peaks) == 0 {
			continue
		}
		pa := peakArm{arm: a}
		for _, n := range data.Counts {
			if n.ID == "cases" {
				pa.cases = n.Mean * float64(in.s.Run.Draws*in.s.Run.Replicates)
			}
		}
		for r := range ladder.Rungs {
			pa.share[r] = math.NaN()
			if r < len(data.Peaks) && finite(data.Peaks[r]) {
				pa.share[r] = min(max(data.Peaks[r], 0), 1)
			}
			if r < len(data.PeaksMC) && finite(data.PeaksMC[r]) {
				pa.mc[r] = math.Abs(data.PeaksMC[r])
			}
		}
		c.arms = append(c.arms, pa)
		if curve := curveOf(data, "R9", "any"); curve != nil && finite(curve.Bound) {
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
			parts = append(parts, fmt.Sprintf("%s %s", standard.Rungs[r].Code, ranged(a.span(r), likely)))
		}
		w.alt += " " + upper(a.label) + ": " + strings.Join(parts, ", ") + "."
	}
	w.alt += fmt.Sprintf(" %s and %s: %s.", standard.Rungs[unprecedented].Code, standard.Rungs[ladder.Military].Code, noNumber) + inParentheses
	return w
}

// span is the share of cases that end on a rung, with its Monte Carlo error.
func (a peakArm) span(rung int) span {
	v := a.share[rung]
	return sureOf(span{value: v, monteLow: v - a.mc[rung], monteHigh: v + a.mc[rung], low: v, high: v, ok: finite(v)}.within(0, 1), a.cases)
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
			t.add(standard.Rungs[r].Code, rungName(r), a.name, a.share[r], a.mc[r], "")
		}
	}
	if c.bound > 0 {
		t.add("R9", rungName(ladder.Military), "", "", "", c.bound)
	}
	return t
}

func (c *peak) draw(p *page, area rect) {
	if len(c.arms) == 0 {
		p.note(area, "No case was closed in this run, so none has a highest rung.")
		return
	}
	const names = 168.0
	number := []float64{110, 106, 68}[min(len(c.arms), mostRows)-1]
	head := 2*lineStep + 2
	numbers := area.right() - multiple(len(c.arms), number)
	body := area.inset(0, head, 0, lineStep+3)
	row := body.h / ladder.Rungs
	x := c.scaleOf(area.x+names, numbers-22)
	c.axis(p, x, rect{body.x, body.y, body.w, row * unprecedented})
	for i, a := range c.arms {
		st := plain.heavy().in(a.color).to(end)
		right := numbers + multiple(i+1, number)
		lines := p.wrapTo(2, a.label, number-12, st)
		y := p.lines(right, body.y-4-multiple(len(lines)-1, lineStep), lines, st) - lineStep
		p.point(right-p.width(lines[len(lines)-1], st)-7, y-4, 3.4, a.mark, a.color)
	}
	for r := range ladder.Rungs {
		y := rowMiddle(body.y, row, r)
		p.text(area.x+22, y+ascent/2, p.shorten(rungName(r), names-30, plain), plain)
		p.text(area.x, y+ascent/2, standard.Rungs[r].Code, plain.heavy())
		if r >= unprecedented {
			p.text(area.right(), y+ascent/2, noNumber, quiet.to(end))
			continue
		}
		c.row(p, x, r, y, numbers, number)
	}
	// left of the first numbers and of what stands for them, right of most marks
	free := min(numbers+number-62, area.right()-p.width(noNumber, quiet))
	c.firebreak(p, "A", body, row, unprecedented, free)
	c.firebreak(p, "B", body, row, ladder.Military, free)
	p.text(area.x, area.bottom()-1, "Log scale. Bars: sampling error, 95\u00a0%.", quiet)
}

// scaleOf spans the decades that the shares need.
func (c *peak) scaleOf(from, to float64) scale {
	least := 0.1
	for _, a := range c.arms {
		for r := range unprecedented {
			if v := a.share[r]; v > 0 {
				least = min(least, v)
			}
		}
	}
	lo := max(elem.Pow(10, math.Floor(elem.Log10(least)-.15)), 1e-9)
	return scale{lo: lo, hi: 1, from: from, to: to, log: true}
}

func (c *peak) axis(p *page, x scale, body rect) {
	free := math.Inf(1)
	for _, v := range decades(x.lo, 1, 20) {
		p.line(x.at(v), body.y, x.at(v), body.bottom(), .6, grid)
		if w := float64(p.width(odds(v), quiet) / 2); x.at(v)+w < free-6 {
			p.text(x.at(v), body.y-4, odds(v), quiet.to(middle))
			free = x.at(v) - w
		}
	}
}

// row draws the shares of one rung: a mark for each arm, joined by a thin line.
func (c *peak) row(p *page, x scale, r int, y, numbers, number float64) {
	p.line(x.from, y, x.to, y, .5, grid)
	step := min(4.5, 9/float64(len(c.arms)))
	for i, a := range c.arms {
		v := a.share[r]
		at := numbers + multiple(i+1, number)
		p.text(at, y+ascent/2, chance(v), plain.in(a.color).to(end))
		if !(v > 0) {
			continue
		}
		dy := offset(i, len(c.arms), step)
		if a.mc[r] > 0 {
			p.line(x.at(max(v-a.mc[r], x.lo)), y+dy, x.at(v+a.mc[r]), y+dy, 2, tint(a.color, .6))
		}
		p.point(x.at(v), y+dy, 3.6, a.mark, a.color)
	}
}

// firebreak draws the line below which a rung lies.
func (c *peak) firebreak(p *page, name string, body rect, row float64, rung int, labelAt float64) {
	y := body.y + multiple(rung, row)
	p.line(body.x, y, body.right(), y, 1.1, vermillion, 5, 2.5)
	s := "firebreak " + name
	st := plain.in(vermillion).to(end)
	w := p.width(s, st)
	p.fill(rect{labelAt - w - 12, y - 6, w + 6, 12}, white)
	p.text(labelAt-9, y+ascent/2-.5, s, st)
}
