package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// Heights of the figure [pt].
const (
	backtestKey   = 2*chart.LineStep + 6
	backtestPlate = 168 // a panel with its words
)

// grid is how panels are arranged.
func (b *backtest) grid() (rows, cols int) {
	switch n := len(b.drawn()); {
	case n <= 1:
		return 1, 1
	case n == 2 || n == 4:
		return n / 2, 2
	default:
		return (n + 2) / 3, 3
	}
}

// want is the height that all panels want [pt].
func (b *backtest) want() float64 {
	rows, _ := b.grid()
	return frameHeight + backtestKey + chart.Multiple(rows, backtestPlate)
}

func (b *backtest) draw(p *chart.Page, area chart.Rect) {
	if len(b.panels) == 0 {
		p.Note(area, "No cut-off: there is no forecast to hold against the record.")
		return
	}
	body := area.Inset(0, 0, 0, backtestKey)
	rows, cols := b.grid()
	words := 0 // lines below the title of a panel, the same in each
	for _, q := range b.drawn() {
		if q.Text != "" {
			words = max(words, len(p.WrapTo(2, q.Text, body.Cell(0, rows, 0, cols, 16, 8).W, chart.Quiet)))
		}
	}
	for i, q := range b.drawn() {
		b.panel(p, body.Cell(i/cols, rows, i%cols, cols, 16, 8), q, words)
	}
	// What is counted stands above the first panel, or else beside the key.
	first := body.Cell(0, rows, 0, cols, 16, 8)
	above := p.Width(b.drawn()[0].heading()+b.quantity, chart.Plain.Heavy())+10 <= first.W
	if above {
		p.Text(first.Right(), first.Y+chart.Ascent+2, b.quantity, chart.Quiet.To(chart.End))
	}
	b.key(p, area, !above)
}

// heading is the title of a panel.
func (q backtestPanel) heading() string {
	if q.Cutoff == "" {
		return "no cut-off given"
	}
	return "to " + q.Cutoff
}

// panel draws one cut-off: title, text, axes, bands and points.
func (b *backtest) panel(p *chart.Page, r chart.Rect, q backtestPanel, words int) {
	st := chart.Plain.Heavy()
	p.Text(r.X, r.Y+chart.Ascent+2, p.Shorten(q.heading(), r.W, st), st)
	if q.Text != "" {
		p.Lines(r.X, r.Y+chart.Ascent+2+chart.LineStep, p.WrapTo(2, q.Text, r.W, chart.Quiet), chart.Quiet)
	}
	plot := r.Inset(0, chart.Multiple(1+words, chart.LineStep)+8, 4, chart.LineStep+3)
	y := chart.UpTo(b.top, 3, plot.Bottom(), plot.Y)
	y.Hi = b.top
	gutter := 0.0
	ticks := b.ticks(int(plot.H / 22))
	for _, v := range ticks {
		gutter = max(gutter, p.Width(chart.Axis(v), chart.Quiet))
	}
	plot = plot.Inset(gutter+5, 0, 0, 0)
	for _, v := range ticks {
		p.Line(plot.X, y.At(v), plot.Right(), y.At(v), .6, chart.Grid)
		p.Text(plot.X-4, y.At(v)+chart.Ascent/2-.5, chart.Axis(v), chart.Quiet.To(chart.End))
	}
	x := chart.Scale{Lo: float64(b.first), Hi: float64(b.end), From: plot.X, To: plot.Right()}
	b.calendar(p, plot, x)
	for _, run := range q.runs() {
		fan(p, x, y, run, 0, 4, wideTint)
		fan(p, x, y, run, 1, 3, narrowTint)
	}
	for _, k := range q.years {
		k.lines(p, x, y)
	}
	if cut := float64(q.Seen + 1); cut > x.Lo && cut < x.Hi {
		p.Line(x.At(cut), plot.Y-2, x.At(cut), plot.Bottom(), 1, chart.Muted, 3, 2)
	}
	for _, k := range q.years {
		k.points(p, x, y)
	}
	if len(q.years) == 0 {
		p.Text(plot.X+8, plot.MiddleY(), p.Shorten("no year in this panel", plot.W-10, chart.Quiet), chart.Quiet)
	}
}

// ticks are whole numbers, since counts are.
func (b *backtest) ticks(n int) (out []float64) {
	for _, v := range chart.Steps(0, b.top, max(min(n, 4), 1)) {
		if v == math.Trunc(v) {
			out = append(out, v)
		}
	}
	return
}

// calendar draws the axis of years; a label stands in the middle of its year.
func (b *backtest) calendar(p *chart.Page, plot chart.Rect, x chart.Scale) {
	p.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), .8, chart.Frame)
	width := x.At(x.Lo+1) - x.From
	if b.first < firstYear {
		return
	}
	every := 1
	for _, every = range []int{1, 2, 4, 5, 10, 20, 50, 100} {
		if float64(every)*width >= 34 {
			break
		}
	}
	last := math.Inf(-1)
	for y := b.first; y < b.end; y++ {
		p.Line(x.At(float64(y)), plot.Bottom(), x.At(float64(y)), plot.Bottom()+2.5, .6, chart.Frame)
		if y%every != 0 {
			continue
		}
		half := float64(p.Width("2000", chart.Quiet) / 2)
		at := min(max(x.At(float64(y)+.5), plot.X+half-4), chart.PageWidth-chart.Margin+6-half)
		if at-half > last+3 {
			p.Text(at, plot.Bottom()+chart.LineStep, fmt.Sprint(y), chart.Quiet.To(chart.Middle))
			last = at + half
		}
	}
}

// Opacity of the two bands of a forecast.
const wideTint, narrowTint = .2, .45

// runs are the stretches of consecutive years of one look that have a band, so that
// a band is drawn without seams.
func (q backtestPanel) runs() (out [][]backtestYear) {
	for i, k := range q.years {
		if !chart.Finite(k.band[0]) {
			continue
		}
		if n := len(out); n > 0 && i > 0 {
			if last := q.years[i-1]; chart.Finite(last.band[0]) && last.year+1 == k.year && last.ahead == k.ahead {
				out[n-1] = append(out[n-1], k)
				continue
			}
		}
		out = append(out, []backtestYear{k})
	}
	return
}

// fan draws a band between two of its quantiles as a step for each year; a band
// without width is still there.
func fan(p *chart.Page, x, y chart.Scale, years []backtestYear, lo, hi int, share float64) {
	upper, lower := make([]chart.Point, 0, 4*len(years)), make([]chart.Point, 0, 2*len(years))
	for _, k := range years {
		top, bottom := y.At(k.band[hi]), y.At(k.band[lo])
		if bottom-top < 1 {
			top = max(bottom-1, y.To)
			bottom = top + 1
		}
		from, to := x.At(float64(k.year)), x.At(float64(k.year+1))
		upper = append(upper, chart.Pt(from, top), chart.Pt(to, top))
		lower = append(lower, chart.Pt(from, bottom), chart.Pt(to, bottom))
	}
	slices.Reverse(lower)
	p.Area(append(upper, lower...), chart.Tint(years[0].color(), share))
}

// color is blue for a forecast and grey for what the fit has seen.
func (k backtestYear) color() color.NRGBA {
	if k.ahead {
		return chart.Blue
	}
	return chart.Unclear
}

// lines draws the median and the simple forecasts of a year.
func (k backtestYear) lines(p *chart.Page, x, y chart.Scale) {
	from, to := x.At(float64(k.year)), x.At(float64(k.year+1))
	if chart.Finite(k.band[2]) {
		p.Line(from, y.At(k.band[2]), to, y.At(k.band[2]), 2, chart.Legible(k.color()))
	}
	for i, v := range k.baseline {
		if chart.Finite(v) {
			at := (from + to) / 2
			if i > 0 { // beside the observed count
				at = from + float64((to-from)*.2)
			}
			baselineMark(p, at, y.At(v), min((to-from)*.42, 7), i)
		}
	}
}

// baselineMark is a thin line for the first simple forecast, a thin cross for the
// second.
func baselineMark(p *chart.Page, x, y, half float64, i int) {
	if i == 0 {
		p.Line(x-half, y, x+half, y, 1.3, chart.Ink, 2, 1.4)
		return
	}
	r := min(half/2, 2.6)
	p.Line(x-r, y-r, x+r, y+r, 1, chart.Ink)
	p.Line(x-r, y+r, x+r, y-r, 1, chart.Ink)
}
