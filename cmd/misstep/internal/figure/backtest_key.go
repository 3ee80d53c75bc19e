package figure

import (
	"fmt"
	"image/color"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

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

// occurs reports whether a look occurs in a panel that is drawn.
func (b *backtest) occurs(says string) bool {
	for _, q := range b.drawn() {
		for _, k := range q.years {
			if _, _, s := k.look(); k.observed >= 0 && s == says {
				return true
			}
		}
	}
	return false
}

// key explains marks and bands at the bottom, in two lines, and what is counted
// where no panel says so.
func (b *backtest) key(p *chart.Page, area chart.Rect, counted bool) {
	y := area.Bottom() - 2 - chart.LineStep
	x := area.X
	for _, k := range []backtestYear{{}, {ahead: true}, {ahead: true, observed: 1}} {
		if m, c, says := k.look(); b.occurs(says) {
			p.Point(x+4, y-4, 3.2, m, c)
			x = p.Text(x+11, y, says, chart.Quiet) + 14
		}
	}
	p.Line(x+4, y-10, x+4, y+2, 1, chart.Muted, 3, 2)
	x = p.Text(x+11, y, "cut-off", chart.Quiet) + 14
	notes := ""
	if counted {
		notes = b.quantity
	}
	if b.cut() {
		notes = "bands end at the edge: see the CSV"
	}
	if b.more > 0 {
		notes = fmt.Sprintf("+%d panels in the CSV", b.more)
	}
	if notes != "" {
		p.Text(area.Right(), y, p.Shorten(notes, area.Right()-x, chart.Quiet), chart.Quiet.To(chart.End))
	}
	y += chart.LineStep
	x = area.X
	p.Fill(chart.Box(x, y-9, 20, 10), chart.Tint(chart.Blue, wideTint))
	p.Fill(chart.Box(x, y-7, 20, 6), chart.Tint(chart.Blue, narrowTint))
	p.Line(x, y-4, x+20, y-4, 2, chart.Blue)
	x = p.Text(x+25, y, "model: 90 and 50\u00a0%, median", chart.Quiet) + 14
	b.baselineKey(p, x, y, area.Right())
}

// baselineKey names the simple forecasts; the first leaves the others room.
func (b *backtest) baselineKey(p *chart.Page, x, y, right float64) {
	const lead, gap = 19, 14
	names := b.baselines()
	for i, name := range names {
		room := right - x - lead
		if i+1 < len(names) {
			room -= gap + lead + min(p.Width(names[i+1], chart.Quiet), (room-gap-lead)/2)
		}
		baselineMark(p, x+7, y-4, 7, i)
		x = p.Text(x+lead, y, p.Shorten(name, room, chart.Quiet), chart.Quiet) + gap
	}
}
