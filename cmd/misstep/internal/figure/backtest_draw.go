package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// backtestFoot is the height of the key [pt].
const backtestFoot = 2*chart.LineStep + 6

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

// want is the height that all panels want with their words [pt].
func (b *backtest) want() float64 {
	rows, _ := b.grid()
	return rowsHeight(backtestFoot, rows, 168)
}

func (b *backtest) draw(p *chart.Page, area chart.Rect) {
	if len(b.panels) == 0 {
		p.Note(area, "No cut-off: there is no forecast to hold against the record.")
		return
	}
	body := area.Inset(0, 0, 0, backtestFoot)
	rows, cols := b.grid()
	cell := func(i int) chart.Rect { return body.Cell(i/cols, rows, i%cols, cols, 16, 8) }
	words := 0 // lines below the title of a panel, the same in each
	for i, q := range b.drawn() {
		if q.Text != "" {
			words = max(words, len(p.WrapTo(2, q.Text, cell(i).W, chart.Quiet)))
		}
	}
	for i, q := range b.drawn() {
		b.panel(p, cell(i), q, words)
	}
	// What is counted stands above the first panel, or else beside the key.
	first := cell(0)
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
	p.Title(r, q.heading())
	if q.Text != "" {
		p.Lines(r.X, r.Y+chart.Ascent+2+chart.LineStep, p.WrapTo(2, q.Text, r.W, chart.Quiet), chart.Quiet)
	}
	plot := r.Inset(0, chart.Multiple(1+words, chart.LineStep)+8, 4, chart.LineStep+3)
	y := chart.Scale{Hi: b.top, From: plot.Bottom(), To: plot.Y}
	ticks, gutter := b.ticks(int(plot.H/22)), 0.0
	for _, t := range ticks {
		gutter = max(gutter, p.Width(t.Label, chart.Quiet))
	}
	plot = plot.Inset(gutter+5, 0, 0, 0)
	p.Levels(plot, y, ticks)
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
func (b *backtest) ticks(n int) []chart.Tick {
	values := chart.Steps(0, b.top, max(min(n, 4), 1))
	return chart.Ticks(slices.DeleteFunc(values, func(v float64) bool { return v != math.Trunc(v) }), chart.Axis)
}

// calendar draws the axis of years; a label stands in the middle of its year.
func (b *backtest) calendar(p *chart.Page, plot chart.Rect, x chart.Scale) {
	p.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), .8, chart.Frame)
	if b.first < firstYear {
		return
	}
	every := 1
	for _, every = range []int{1, 2, 4, 5, 10, 20, 50, 100} {
		if float64(every)*(x.At(x.Lo+1)-x.From) >= 34 {
			break
		}
	}
	var labels []chart.Tick
	for y := b.first; y < b.end; y++ {
		p.Line(x.At(float64(y)), plot.Bottom(), x.At(float64(y)), plot.Bottom()+2.5, .6, chart.Frame)
		if y%every == 0 {
			labels = append(labels, chart.Tick{V: float64(y) + .5, Label: fmt.Sprint(y)})
		}
	}
	p.Along(x, labels, plot.Bottom()+chart.LineStep, chart.Quiet)
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

// look is how an observed count is drawn: hollow where the fit has seen it, with a
// mark of its own outside the band. The words are those of the key.
func (k backtestYear) look() (m chart.Mark, c color.NRGBA, says string) {
	in, known := k.inside()
	switch {
	case !k.ahead:
		return chart.Ring, chart.Ink, "seen by the fit"
	case known && !in:
		return chart.Diamond, chart.Harm, "came outside 90\u00a0%"
	default:
		return chart.Disc, chart.Ink, "came after"
	}
}

// points draws the observed count.
func (k backtestYear) points(p *chart.Page, x, y chart.Scale) {
	if k.observed >= 0 {
		m, c, _ := k.look()
		p.Point(x.At(float64(k.year)+.5), y.At(float64(k.observed)), 3.2, m, c)
	}
}

// key explains marks and bands at the bottom, in two lines, and what is counted
// where no panel says so.
func (b *backtest) key(p *chart.Page, area chart.Rect, counted bool) {
	k := p.Key(area, area.Bottom()-2-chart.LineStep)
	occurs := map[string]bool{}
	for _, q := range b.drawn() {
		for _, y := range q.years {
			_, _, says := y.look()
			occurs[says] = occurs[says] || y.observed >= 0
		}
	}
	for _, y := range []backtestYear{{}, {ahead: true}, {ahead: true, observed: 1}} {
		if m, c, says := y.look(); occurs[says] {
			k.Mark(m, c, says)
		}
	}
	k.Item(7, "cut-off", func(x, y float64) { p.Line(x+4, y-6, x+4, y+6, 1, chart.Muted, 3, 2) })
	switch more := len(b.panels) - mostPanels; {
	case more > 0:
		k.Left(0, fmt.Sprintf("+%d panels in the CSV", more))
	case b.cut:
		k.Left(0, "bands end at the edge: see the CSV")
	case counted:
		k.Left(0, b.quantity)
	}
	k = p.Key(area, area.Bottom()-2)
	k.Item(20, "model: 90 and 50\u00a0%, median", func(x, y float64) {
		p.Fill(chart.Box(x, y-5, 20, 10), chart.Tint(chart.Blue, wideTint))
		p.Fill(chart.Box(x, y-3, 20, 6), chart.Tint(chart.Blue, narrowTint))
		p.Line(x, y, x+20, y, 2, chart.Blue)
	})
	names := b.baselines()
	for i, name := range names { // the first leaves the second room
		const lead, gap = 18, 10
		room := area.Right() - k.X - lead
		if i+1 < len(names) {
			room -= gap + lead + min(p.Width(names[i+1], chart.Quiet), (room-gap-lead)/2)
		}
		k.Item(14, p.Shorten(name, room, chart.Quiet), func(x, y float64) { baselineMark(p, x+7, y, 7, i) })
	}
}
