package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
)

// fitColumns are where the columns of the figure stand [pt].
type fitColumns struct {
	label, labelEnd float64
	plot, plotEnd   float64
	seen, predicted float64
	end             float64
	step, size      float64 // distance of rows, size of text
}

const fitID = 27 // [pt] width of an id

func (f *fit) draw(p *chart.Page, area chart.Rect) {
	if len(f.groups) == 0 {
		p.Note(area, "No target: the fit was given nothing that the record and the model could be compared in.")
		return
	}
	x := area.X
	c := fitColumns{label: x, labelEnd: x + 191, plot: x + 198, plotEnd: x + 318, seen: x + 328, predicted: x + 456, end: area.Right()}
	body := area.Inset(0, fitHead, 0, fitFoot)
	shown, left := f.shown(int(body.H / chart.LeastStep))
	c.step = min(body.H/float64(max(shown.lines(), 1)), 17)
	c.size = min(chart.TextSize, c.step*.935)
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten(f.result(), area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	y := area.Y + chart.LineStep + chart.Ascent + 4
	p.Text(c.plot, y, "each to its own scale", chart.Quiet)
	p.Text(c.seen, y, "observed (range)", chart.Quiet)
	p.Text(c.predicted, y, "model, 90\u00a0%", chart.Quiet)
	y = body.Y + float64(c.step*.72)
	for i, g := range shown.groups {
		if g.lines() == 0 {
			continue
		}
		verdict := "" // of the targets that were used the line above has it
		if g.short != fitUses[0].short {
			verdict = f.groups[i].verdict()
		}
		y = g.draw(p, c, y, verdict)
	}
	fitKey(p, area, left)
}

// draw draws a heading and its rows from the baseline y on, and returns the next.
func (g fitGroup) draw(p *chart.Page, c fitColumns, y float64, verdict string) float64 {
	st := chart.Style{Size: c.size, Bold: true, Color: chart.Muted}
	right := p.Width(verdict, st)
	p.Text(c.label, y, p.Shorten(g.heading, c.end-c.label-right-8, st), st)
	p.Text(c.end, y, verdict, st.To(chart.End))
	ruleY := y + float64(c.step*.25)
	p.Line(c.label, ruleY, c.end, ruleY, .6, chart.Grid)
	y += c.step
	for _, r := range g.rows {
		if !r.left {
			r.draw(p, c, y)
			y += chart.Multiple(r.lines(), c.step)
		}
	}
	return y
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

// draw draws one target.
func (r fitRow) draw(p *chart.Page, c fitColumns, y float64) {
	_, shade, _ := r.standing.look()
	st := chart.Style{Size: c.size, Color: shade, Bold: r.standing == outside}
	p.Text(c.label, y, p.Shorten(r.ID, fitID-3, st.Heavy()), st.Heavy())
	room := c.labelEnd - c.label - fitID
	if r.Log {
		p.Text(c.labelEnd, y, "log", chart.Style{Size: c.size, Color: chart.Muted, Anchor: chart.End})
		room -= 22
	}
	p.Text(c.label+fitID, y, p.Shorten(r.Label, room, st), st)
	mid := y - float64(c.size*.36)
	p.Fill(chart.Box(c.plot, mid-float64(c.step*.46), c.plotEnd-c.plot, float64(c.step*.92)), chart.Pale)
	r.bars(p, r.scale(c), mid, c.step)
	p.Text(c.seen, y, p.Shorten(r.seen(), c.predicted-c.seen-5, st), st)
	if r.standing == outside {
		p.Cross(c.predicted-2, mid, 3, chart.Harm)
	}
	p.Text(c.predicted+6, y, p.Shorten(r.predicted(), c.end-c.predicted-6, st), st)
	if r.Why != "" {
		why := chart.Style{Size: c.size, Color: shade}
		p.Text(c.label+fitID, y+c.step, p.Shorten(r.Why, c.end-c.label-fitID, why), why)
	}
}

// scale holds everything that is known of a row, with room at both ends.
func (r fitRow) scale(c fitColumns) chart.Scale {
	s := chart.Scale{Lo: math.Inf(1), Hi: math.Inf(-1), From: c.plot, To: c.plotEnd, Log: r.Log}
	for _, v := range r.values() {
		s.Lo, s.Hi = min(s.Lo, v), max(s.Hi, v)
	}
	if !(s.Lo <= s.Hi) {
		return chart.Scale{Hi: 1, From: c.plot, To: c.plotEnd}
	}
	const pad = .06
	switch {
	case s.Log && s.Lo < s.Hi:
		more := float64(pad * elem.Log(s.Hi/s.Lo))
		s.Lo, s.Hi = elem.Exp(elem.Log(s.Lo)-more), elem.Exp(elem.Log(s.Hi)+more)
	case s.Log:
		s.Lo, s.Hi = s.Lo/2, s.Hi*2
	case s.Lo < s.Hi:
		more := float64(pad * (s.Hi - s.Lo))
		s.Lo, s.Hi = s.Lo-more, s.Hi+more
	default:
		more := max(float64(math.Abs(s.Lo)/2), 1e-9)
		s.Lo, s.Hi = s.Lo-more, s.Hi+more
	}
	return s
}

// bars draws the prior interval thin and grey behind, the posterior interval as a
// box with its median, and the observed value with its range on top.
func (r fitRow) bars(p *chart.Page, x chart.Scale, y, step float64) {
	m, shade, model := r.standing.look()
	if chart.Finite(r.Prior[0]) {
		p.Line(x.At(r.Prior[0]), y, x.At(r.Prior[2]), y, 2.2, priorGrey)
		for _, i := range []int{0, 2} {
			p.Line(x.At(r.Prior[i]), y-3, x.At(r.Prior[i]), y+3, 1, priorGrey)
		}
	}
	if chart.Finite(r.Post[0]) {
		lo, hi := x.At(r.Post[0]), x.At(r.Post[2])
		half := min(step*.36, 5)
		p.Fill(chart.Box(lo-.6, y-half, hi-lo+1.2, 2*half), chart.Tint(model, .38))
		p.Line(x.At(r.Post[1]), y-half, x.At(r.Post[1]), y+half, 2.2, model)
	}
	if !chart.Finite(r.Observed) {
		return
	}
	lo, hi := x.At(r.Observed), x.At(r.Observed)
	if chart.Finite(r.Low) && r.Low <= r.Observed {
		lo = x.At(r.Low)
		p.Line(lo, y-2.4, lo, y+2.4, 1.1, shade)
	} else if r.OneSided && chart.Finite(r.High) {
		lo = x.From + 3
		p.Polygon(lo, y, 3, 3, .5, shade)
	}
	if chart.Finite(r.High) && r.High >= r.Observed {
		hi = x.At(r.High)
		p.Line(hi, y-2.4, hi, y+2.4, 1.1, shade)
	} else if r.OneSided && chart.Finite(r.Low) {
		hi = x.To - 3
		p.Polygon(hi, y, 3, 3, 0, shade)
	}
	if hi > lo {
		p.Line(lo, y, hi, y, 1.1, shade)
	}
	p.Point(x.At(r.Observed), y, 3.2, m, shade)
}

// priorGrey is the colour of what the model said before the data.
var priorGrey = color.NRGBA{0xa6, 0xa6, 0xa6, 0xff}

// fitKey explains marks and lines at the bottom.
func fitKey(p *chart.Page, area chart.Rect, left int) {
	y := area.Bottom() - 2
	x := area.X
	p.Line(x, y-4, x+20, y-4, 1.1, chart.Ink)
	p.Point(x+10, y-4, 3.2, chart.Disc, chart.Ink)
	x = p.Text(x+24, y, "observed", chart.Quiet) + 12
	p.Fill(chart.Box(x, y-9, 20, 10), chart.Tint(chart.Blue, .38))
	p.Line(x+10, y-9, x+10, y+1, 2.2, chart.Blue)
	x = p.Text(x+24, y, "model after the fit, median", chart.Quiet) + 12
	p.Line(x, y-4, x+20, y-4, 2.2, priorGrey)
	x = p.Text(x+24, y, "before it", chart.Quiet) + 12
	p.Line(x, y-4, x+20, y-4, 1.1, chart.Harm)
	p.Point(x+10, y-4, 3.2, chart.Diamond, chart.Harm)
	p.Cross(x+27, y-4, 3, chart.Harm)
	x = p.Text(x+34, y, "outside", chart.Plain.Heavy().In(chart.Harm)) + 10
	if left > 0 {
		more := "+" + chart.Fixed(float64(left), 0) + " in the CSV"
		p.Text(area.Right(), y, p.Shorten(more, area.Right()-x, chart.Quiet), chart.Quiet.To(chart.End))
	}
}
