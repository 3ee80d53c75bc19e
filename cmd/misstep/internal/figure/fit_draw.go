package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/elem"
)

// The parts of the figure [pt]: above its rows, below them, and the column of ids.
const (
	fitHead = 2*chart.LineStep + 4
	fitFoot = chart.LineStep + 6
	fitID   = 27
)

// want is the height that all rows want [pt].
func (f *fit) want() float64 { return rowsHeight(fitHead+fitFoot, f.lines(), 14.5) }

// fitColumns are where the columns of the figure stand [pt].
type fitColumns struct{ label, labelEnd, plot, plotEnd, seen, predicted, end float64 }

func (f *fit) draw(p *chart.Page, area chart.Rect) {
	if len(f.groups) == 0 {
		p.Note(area, "No target: the fit was given nothing that the record and the model could be compared in.")
		return
	}
	x := area.X
	c := fitColumns{x, x + 191, x + 198, x + 318, x + 328, x + 456, area.Right()}
	body := area.Inset(0, fitHead, 0, fitFoot)
	shown, left := f.shown(int(body.H / chart.LeastStep))
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten(f.result(), area.W, chart.Plain.Heavy()), chart.Plain.Heavy())
	y := area.Y + chart.LineStep + chart.Ascent + 4
	p.Text(c.plot, y, "each to its own scale", chart.Quiet)
	p.Text(c.seen, y, "observed (range)", chart.Quiet)
	p.Text(c.predicted, y, "model, 90\u00a0%", chart.Quiet)
	rows := p.Rows(body, shown.lines(), 17)
	for i, g := range shown.groups {
		if (&fit{groups: shown.groups[i : i+1]}).lines() == 0 {
			continue
		}
		verdict, st := "", chart.Quiet.Heavy() // of the targets that were used the line above has it
		if !g.used {
			verdict = f.groups[i].verdict("inside", ", ")
		}
		rows.Cell(c.label, c.end-p.Width(verdict, st)-8, g.heading, st)
		rows.Cell(c.label, c.end, verdict, st.To(chart.End))
		rows.Next(1)
		p.Line(c.label, rows.Top, c.end, rows.Top, .6, chart.Grid)
		for _, r := range g.rows {
			if !r.left {
				r.draw(rows, c)
			}
		}
	}
	f.key(p, area, left)
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
func (r fitRow) draw(rows *chart.Rows, c fitColumns) {
	p, mid := rows.Page, rows.Mid()
	_, shade, _ := r.standing.look()
	st := chart.Style{Color: shade, Bold: r.standing == outside}
	rows.Cell(c.label, c.label+fitID-3, r.ID, st.Heavy())
	labelEnd := c.labelEnd
	if r.Log {
		rows.Cell(c.label, c.labelEnd, "log", chart.Quiet.To(chart.End))
		labelEnd -= 22
	}
	rows.Cell(c.label+fitID, labelEnd, r.Label, st)
	p.Fill(chart.Box(c.plot, mid-float64(rows.Step*.46), c.plotEnd-c.plot, float64(rows.Step*.92)), chart.Pale)
	r.bars(p, r.scale(c.plot, c.plotEnd), mid, rows.Step)
	rows.Cell(c.seen, c.predicted-5, r.seen(), st)
	if r.standing == outside {
		p.Cross(c.predicted-2, mid, 3, chart.Harm)
	}
	rows.Cell(c.predicted+6, c.end, r.predicted(), st)
	if r.Why != "" {
		rows.Next(1)
		rows.Cell(c.label+fitID, c.end, r.Why, chart.Plain.In(shade))
	}
	rows.Next(1)
}

// scale holds everything that is known of a row, with room at both ends.
func (r fitRow) scale(from, to float64) chart.Scale {
	s := chart.Scale{Lo: math.Inf(1), Hi: math.Inf(-1), From: from, To: to, Log: r.Log}
	for _, v := range r.values() {
		s.Lo, s.Hi = min(s.Lo, v), max(s.Hi, v)
	}
	const pad = .06
	switch {
	case !(s.Lo <= s.Hi):
		return chart.Scale{Hi: 1, From: from, To: to}
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

// priorGrey is the colour of what the model said before the data.
var priorGrey = color.NRGBA{0xa6, 0xa6, 0xa6, 0xff}

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

// key explains marks and lines at the bottom.
func (f *fit) key(p *chart.Page, area chart.Rect, left int) {
	k := p.Key(area, area.Bottom()-2)
	k.Item(20, "observed", func(x, y float64) {
		p.Line(x, y, x+20, y, 1.1, chart.Ink)
		p.Point(x+10, y, 3.2, chart.Disc, chart.Ink)
	})
	k.Item(20, "model after the fit, median", func(x, y float64) {
		p.Fill(chart.Box(x, y-5, 20, 10), chart.Tint(chart.Blue, .38))
		p.Line(x+10, y-5, x+10, y+5, 2.2, chart.Blue)
	})
	k.Line(2.2, priorGrey, "before it")
	k.Item(30, "outside", func(x, y float64) {
		p.Line(x, y, x+20, y, 1.1, chart.Harm)
		p.Point(x+10, y, 3.2, chart.Diamond, chart.Harm)
		p.Cross(x+27, y, 3, chart.Harm)
	})
	k.Left(left, "")
}
