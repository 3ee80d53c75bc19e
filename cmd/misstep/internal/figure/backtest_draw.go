package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"
)

// Heights of the figure [pt].
const (
	backtestKey   = 2*lineStep + 6
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
	return frameHeight + backtestKey + multiple(rows, backtestPlate)
}

func (b *backtest) draw(p *page, area rect) {
	if len(b.panels) == 0 {
		p.note(area, "No cut-off: there is no forecast to hold against the record.")
		return
	}
	body := area.inset(0, 0, 0, backtestKey)
	rows, cols := b.grid()
	words := 0 // lines below the title of a panel, the same in each
	for _, q := range b.drawn() {
		if q.Text != "" {
			words = max(words, len(p.wrapTo(2, q.Text, body.cell(0, rows, 0, cols, 16, 8).w, quiet)))
		}
	}
	for i, q := range b.drawn() {
		b.panel(p, body.cell(i/cols, rows, i%cols, cols, 16, 8), q, words)
	}
	// What is counted stands above the first panel, or else beside the key.
	first := body.cell(0, rows, 0, cols, 16, 8)
	above := p.width(b.drawn()[0].heading()+b.quantity, plain.heavy())+10 <= first.w
	if above {
		p.text(first.right(), first.y+ascent+2, b.quantity, quiet.to(end))
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
func (b *backtest) panel(p *page, r rect, q backtestPanel, words int) {
	st := plain.heavy()
	p.text(r.x, r.y+ascent+2, p.shorten(q.heading(), r.w, st), st)
	if q.Text != "" {
		p.lines(r.x, r.y+ascent+2+lineStep, p.wrapTo(2, q.Text, r.w, quiet), quiet)
	}
	plot := r.inset(0, multiple(1+words, lineStep)+8, 4, lineStep+3)
	y := upTo(b.top, 3, plot.bottom(), plot.y)
	y.hi = b.top
	gutter := 0.0
	ticks := b.ticks(int(plot.h / 22))
	for _, v := range ticks {
		gutter = max(gutter, p.width(axis(v), quiet))
	}
	plot = plot.inset(gutter+5, 0, 0, 0)
	for _, v := range ticks {
		p.line(plot.x, y.at(v), plot.right(), y.at(v), .6, grid)
		p.text(plot.x-4, y.at(v)+ascent/2-.5, axis(v), quiet.to(end))
	}
	x := scale{lo: float64(b.first), hi: float64(b.end), from: plot.x, to: plot.right()}
	b.calendar(p, plot, x)
	for _, run := range q.runs() {
		fan(p, x, y, run, 0, 4, wideTint)
		fan(p, x, y, run, 1, 3, narrowTint)
	}
	for _, k := range q.years {
		k.lines(p, x, y)
	}
	if cut := float64(q.Seen + 1); cut > x.lo && cut < x.hi {
		p.line(x.at(cut), plot.y-2, x.at(cut), plot.bottom(), 1, muted, 3, 2)
	}
	for _, k := range q.years {
		k.points(p, x, y)
	}
	if len(q.years) == 0 {
		p.text(plot.x+8, plot.middleY(), p.shorten("no year in this panel", plot.w-10, quiet), quiet)
	}
}

// ticks are whole numbers, since counts are.
func (b *backtest) ticks(n int) (out []float64) {
	for _, v := range steps(0, b.top, max(min(n, 4), 1)) {
		if v == math.Trunc(v) {
			out = append(out, v)
		}
	}
	return
}

// calendar draws the axis of years; a label stands in the middle of its year.
func (b *backtest) calendar(p *page, plot rect, x scale) {
	p.line(plot.x, plot.bottom(), plot.right(), plot.bottom(), .8, frame)
	width := x.at(x.lo+1) - x.from
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
		p.line(x.at(float64(y)), plot.bottom(), x.at(float64(y)), plot.bottom()+2.5, .6, frame)
		if y%every != 0 {
			continue
		}
		half := float64(p.width("2000", quiet) / 2)
		at := min(max(x.at(float64(y)+.5), plot.x+half-4), pageWidth-margin+6-half)
		if at-half > last+3 {
			p.text(at, plot.bottom()+lineStep, fmt.Sprint(y), quiet.to(middle))
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
		if !finite(k.band[0]) {
			continue
		}
		if n := len(out); n > 0 && i > 0 {
			if last := q.years[i-1]; finite(last.band[0]) && last.year+1 == k.year && last.ahead == k.ahead {
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
func fan(p *page, x, y scale, years []backtestYear, lo, hi int, share float64) {
	upper, lower := make([]point, 0, 4*len(years)), make([]point, 0, 2*len(years))
	for _, k := range years {
		top, bottom := y.at(k.band[hi]), y.at(k.band[lo])
		if bottom-top < 1 {
			top = max(bottom-1, y.to)
			bottom = top + 1
		}
		from, to := x.at(float64(k.year)), x.at(float64(k.year+1))
		upper = append(upper, point{from, top}, point{to, top})
		lower = append(lower, point{from, bottom}, point{to, bottom})
	}
	slices.Reverse(lower)
	p.area(append(upper, lower...), tint(years[0].color(), share))
}

// color is blue for a forecast and grey for what the fit has seen.
func (k backtestYear) color() color.NRGBA {
	if k.ahead {
		return blue
	}
	return unclear
}

// lines draws the median and the simple forecasts of a year.
func (k backtestYear) lines(p *page, x, y scale) {
	from, to := x.at(float64(k.year)), x.at(float64(k.year+1))
	if finite(k.band[2]) {
		p.line(from, y.at(k.band[2]), to, y.at(k.band[2]), 2, legible(k.color()))
	}
	for i, v := range k.baseline {
		if finite(v) {
			at := (from + to) / 2
			if i > 0 { // beside the observed count
				at = from + float64((to-from)*.2)
			}
			baselineMark(p, at, y.at(v), min((to-from)*.42, 7), i)
		}
	}
}

// baselineMark is a thin line for the first simple forecast, a thin cross for the
// second.
func baselineMark(p *page, x, y, half float64, i int) {
	if i == 0 {
		p.line(x-half, y, x+half, y, 1.3, ink, 2, 1.4)
		return
	}
	r := min(half/2, 2.6)
	p.line(x-r, y-r, x+r, y+r, 1, ink)
	p.line(x-r, y+r, x+r, y-r, 1, ink)
}
