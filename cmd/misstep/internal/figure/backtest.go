package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// BacktestInput is what the figure backtest is made from, one panel for each cut-off. The figure serves a forecast
// too: a panel without observed years after its cut-off is one.
type BacktestInput struct {
	Subtitle  []string // parts: what is counted, particles, seed
	Quantity  string   // what is counted: "accusations a year"
	Baselines []string // names of the simple forecasts beside the model's; two are drawn
	Panels    []BacktestPanel
}

// BacktestPanel is the forecast of one fit.
type BacktestPanel struct {
	Cutoff string         // the last day that the fit has seen: "31 Dec 2020"
	Seen   int            // last year that it has seen: observed points up to it are hollow
	Years  []BacktestYear // in order
	Text   string         // log score, coverage: two lines at most, broken at spaces but not at no-break spaces
}

// BacktestYear is what one year has to say. NaN stands where there is none.
type BacktestYear struct {
	Year      int
	Observed  int                    // −1 where not known
	Band      [5]float64             // predictive 5, 25, 50, 75 and 95 %
	Baselines [mostBaselines]float64 // median of each simple forecast
	ahead     bool                   // after the cut-off
}

// Backtest is the predicted counts of each year with the observed ones.
func Backtest(in *BacktestInput) Figure { return newBacktest(in).alone("backtest") }

// mostBaselines is how many simple forecasts a panel holds.
const mostBaselines = 2

// backtest shows what each fit would have said of the years after it.
type backtest struct {
	in     *BacktestInput
	panels []BacktestPanel
	x, y   chart.Scale // of all panels
}

// inside reports whether an observed count lies in the 90 % band; known whether there is something to compare.
func (k BacktestYear) inside() (in, known bool) {
	known = k.Observed >= 0 && chart.Finite(k.Band[0])
	v := float64(k.Observed)
	return known && v >= k.Band[0] && v <= k.Band[4], known
}

func newBacktest(in *BacktestInput) picture {
	b := &backtest{in: in}
	title, method := ", as the fit foresees them", "a forecast under the model’s assumptions"
	var parts []string
	for _, q := range b.in.Panels {
		q.Years = slices.Clone(q.Years)
		for i := range q.Years {
			q.Years[i].ahead = q.Years[i].Year > q.Seen
		}
		b.panels = append(b.panels, q)
		if _, of := q.compared(); of > 0 {
			title = ", as earlier fits would have foreseen them"
			method = "a hindcast: whoever designed the model knew these years"
		}
		parts = append(parts, q.says())
	}
	w := wordsOf(say.Capital(b.in.Quantity)+title, b.in.Subtitle, "", method)
	w.source = "Source: observed: the public record; bands: misstep, model output."
	if len(b.panels) == 0 {
		return nothing(w, "No cut-off: there is no forecast to hold against the record.")
	}
	cut := b.scales()
	w.lead = b.found()
	if cut {
		w.lead += "; bands end at the edge"
	}
	w.alt = say.Capital(b.in.Quantity) + ": " + strings.Join(parts, "; ") + "."
	rows, _ := b.grid()
	return picture{words: w, draw: b.draw, height: chart.Multiple(rows, 168), key: b.key()}
}

// found says how many years of all cut-offs came as they were foreseen.
func (b *backtest) found() string {
	in, of := 0, 0
	for _, q := range b.panels {
		i, n := q.compared()
		in, of = in+i, of+n
	}
	if of == 0 {
		return say.Capital(b.in.Quantity) + ": no year to hold the forecast against yet"
	}
	return fmt.Sprintf("%s: %d of %d years inside the 90\u00a0%% band of fits that had not seen them",
		say.Capital(b.in.Quantity), in, of)
}

// scales sets one axis for all panels. It holds every observed count, median and baseline; a
// band that goes beyond three times these is cut at the edge, since it would flatten all others.
func (b *backtest) scales() (cut bool) {
	first, end, core, wide := math.MaxInt, math.MinInt, 1.0, 1.0
	for _, q := range b.panels {
		for _, y := range q.Years {
			first, end = min(first, y.Year), max(end, y.Year+1)
			core = max(core, float64(y.Observed))
			for _, v := range []float64{y.Band[2], y.Baselines[0], y.Baselines[1]} {
				if chart.Finite(v) {
					core = max(core, v)
				}
			}
			if chart.Finite(y.Band[4]) {
				wide = max(wide, y.Band[4])
			}
		}
	}
	if end <= first {
		first, end = 0, 1
	}
	b.x = chart.Scale{Lo: float64(first), Hi: float64(end)}
	b.y = chart.Scale{Hi: max(core*1.08, min(wide*1.03, 3*core))}
	return wide > b.y.Hi
}

// compared counts the years after the cut-off that have an observed count and a band, and those inside the 90 % band.
func (q BacktestPanel) compared() (in, of int) {
	for _, y := range q.Years {
		if within, known := y.inside(); known && y.ahead {
			of++
			if within {
				in++
			}
		}
	}
	return in, of
}

// says is a panel in words: how it fared, and the furthest year with a forecast.
func (q BacktestPanel) says() string {
	s := "fit to " + q.Cutoff
	if in, of := q.compared(); of > 0 {
		s += fmt.Sprintf(": %d of %d later years inside the 90\u00a0%% band", in, of)
	}
	for _, y := range slices.Backward(q.Years) {
		if y.ahead && chart.Finite(y.Band[0]) {
			s += fmt.Sprintf(", median %s in %d (%s)", chart.Number(y.Band[2]), y.Year, rangeText(y.Band[0], y.Band[4]))
			break
		}
	}
	if q.Text != "" {
		s += ", " + q.Text
	}
	return s
}

func (b *backtest) grid() (rows, cols int) {
	switch n := len(b.panels); {
	case n <= 1:
		return 1, 1
	case n == 2 || n == 4:
		return n / 2, 2
	default:
		return (n + 2) / 3, 3
	}
}

func (b *backtest) draw(p *chart.Page, area chart.Rect) {
	rows, cols := b.grid()
	cell := func(i int) chart.Rect { return area.Cell(i/cols, rows, i%cols, cols, 16, 8) }
	words := 0 // lines below the title of a panel, the same in each
	for i, q := range b.panels {
		if q.Text != "" {
			words = max(words, len(p.WrapTo(2, q.Text, cell(i).W, chart.Quiet)))
		}
	}
	for i, q := range b.panels {
		b.panel(p, cell(i), q, words)
	}
}

// panel draws one cut-off: title, text, axes, bands and points.
func (b *backtest) panel(p *chart.Page, r chart.Rect, q BacktestPanel, words int) {
	title := "no cut-off given"
	if q.Cutoff != "" {
		title = "to " + q.Cutoff
	}
	p.Title(r, title)
	p.Lines(r.X, r.Y+chart.Ascent+2+chart.LineStep, p.WrapTo(2, q.Text, r.W, chart.Quiet), chart.Quiet)
	plot, x := r.Inset(0, chart.Multiple(1+words, chart.LineStep)+8, 4, chart.LineStep+3), b.x
	levels := chart.Steps(0, b.y.Hi, max(min(int(plot.H/22), 4), 1))
	levels = slices.DeleteFunc(levels, func(v float64) bool { return v != math.Trunc(v) }) // counts are whole
	plot, y := p.Levels(plot, b.y, chart.Ticks(levels, chart.Axis))
	x.From, x.To = plot.X, plot.Right()
	b.calendar(p, plot, x)
	for _, run := range q.runs() {
		fan(p, x, y, run, 0, 4, wideTint)
		fan(p, x, y, run, 1, 3, narrowTint)
	}
	for _, k := range q.Years {
		k.lines(p, x, y)
	}
	if cut := float64(q.Seen + 1); cut > x.Lo && cut < x.Hi {
		p.Line(x.At(cut), plot.Y-2, x.At(cut), plot.Bottom(), 1, chart.Muted, 3, 2)
	}
	for _, k := range q.Years {
		if m, c, _ := k.look(); k.Observed >= 0 {
			p.Point(x.At(float64(k.Year)+.5), y.At(float64(k.Observed)), 3.2, m, c)
		}
	}
	if len(q.Years) == 0 {
		p.Text(plot.X+8, plot.MiddleY(), p.Shorten("no year in this panel", plot.W-10, chart.Quiet), chart.Quiet)
	}
}

// calendar draws the axis of years; a label stands in the middle of its year.
func (b *backtest) calendar(p *chart.Page, plot chart.Rect, x chart.Scale) {
	var edges, labels []chart.Tick
	for y := int(x.Lo); y < int(x.Hi); y++ {
		edges = append(edges, chart.Tick{V: float64(y)})
		labels = append(labels, chart.Tick{V: float64(y) + .5, Label: fmt.Sprint(y)})
	}
	p.Below(plot, x, edges)
	p.Along(x, labels, plot.Bottom()+chart.LineStep, chart.Quiet)
}

// Opacity of the two bands of a forecast.
const wideTint, narrowTint = .2, .45

// runs are the stretches of consecutive years of one look that have a band, so that a band is drawn without seams.
func (q BacktestPanel) runs() (out [][]BacktestYear) {
	last := BacktestYear{}
	for _, k := range q.Years {
		switch {
		case !chart.Finite(k.Band[0]):
			continue
		case len(out) > 0 && last.Year+1 == k.Year && last.ahead == k.ahead:
			out[len(out)-1] = append(out[len(out)-1], k)
		default:
			out = append(out, []BacktestYear{k})
		}
		last = k
	}
	return out
}

// fan draws a band between two of its quantiles as a step for each year; a band without width is still there.
func fan(p *chart.Page, x, y chart.Scale, years []BacktestYear, lo, hi int, share float64) {
	var upper, lower []chart.Point
	for _, k := range years {
		top, bottom := y.At(k.Band[hi]), y.At(k.Band[lo])
		if bottom-top < 1 {
			top = max(bottom-1, y.To)
			bottom = top + 1
		}
		from, to := x.At(float64(k.Year)), x.At(float64(k.Year+1))
		upper = append(upper, chart.Pt(from, top), chart.Pt(to, top))
		lower = append(lower, chart.Pt(from, bottom), chart.Pt(to, bottom))
	}
	p.Band(lower, upper, chart.Tint(years[0].color(), share))
}

// color is blue for a forecast and grey for what the fit has seen.
func (k BacktestYear) color() color.NRGBA {
	if k.ahead {
		return chart.Blue
	}
	return chart.Unclear
}

// lines draws the median and the simple forecasts of a year.
func (k BacktestYear) lines(p *chart.Page, x, y chart.Scale) {
	from, to := x.At(float64(k.Year)), x.At(float64(k.Year+1))
	if chart.Finite(k.Band[2]) {
		p.Line(from, y.At(k.Band[2]), to, y.At(k.Band[2]), 2, chart.Legible(k.color()))
	}
	for i, v := range k.Baselines {
		if chart.Finite(v) {
			at := from + float64((to-from)*[]float64{.5, .2}[i]) // the second beside the observed count
			baselineMark(p, at, y.At(v), min((to-from)*.42, 7), i)
		}
	}
}

// baselineMark is a thin line for the first simple forecast, a thin cross for the second.
func baselineMark(p *chart.Page, x, y, half float64, i int) {
	if i == 0 {
		p.Line(x-half, y, x+half, y, 1.3, chart.Ink, 2, 1.4)
		return
	}
	p.Cross(x, y, min(half/2, 2.6), chart.Ink)
}

// look is how an observed count is drawn: hollow where the fit has seen it, with a
// mark of its own outside the band. The words are those of the key.
func (k BacktestYear) look() (m chart.Mark, c color.NRGBA, says string) {
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

// key explains the marks that occur, and the bands.
func (b *backtest) key() (k chart.Key) {
	occurs := map[string]bool{}
	for _, q := range b.panels {
		for _, y := range q.Years {
			_, _, says := y.look()
			occurs[says] = occurs[says] || y.Observed >= 0
		}
	}
	for _, y := range []BacktestYear{{}, {ahead: true}, {ahead: true, Observed: 1}} {
		if m, c, says := y.look(); occurs[says] {
			k.Mark(m, c, says)
		}
	}
	k.Item(8, "cut-off", func(p *chart.Page, x, y float64) { p.Line(x+4, y-6, x+4, y+6, 1, chart.Muted, 3, 2) })
	k.Item(20, "model: 90 and 50\u00a0%, median", func(p *chart.Page, x, y float64) {
		p.Fill(chart.Box(x, y-5, 20, 10), chart.Tint(chart.Blue, wideTint))
		p.Fill(chart.Box(x, y-3, 20, 6), chart.Tint(chart.Blue, narrowTint))
		p.Line(x, y, x+20, y, 2, chart.Blue)
	})
	for i, name := range b.in.Baselines[:min(len(b.in.Baselines), mostBaselines)] {
		k.Item(14, name, func(p *chart.Page, x, y float64) { baselineMark(p, x+7, y, 7, i) })
	}
	return k
}
