package figure

import (
	"fmt"
	"image/color"
)

// look is how an observed count is drawn: hollow where the fit has seen it, with a
// mark of its own outside the band. The words are those of the key.
func (k backtestYear) look() (m mark, c color.NRGBA, says string) {
	in, known := k.inside()
	switch {
	case !k.ahead:
		return ring, ink, "seen by the fit"
	case known && !in:
		return diamond, harm, "came outside 90\u00a0%"
	default:
		return disc, ink, "came after"
	}
}

// points draws the observed count.
func (k backtestYear) points(p *page, x, y scale) {
	if k.observed >= 0 {
		m, c, _ := k.look()
		p.point(x.at(float64(k.year)+.5), y.at(float64(k.observed)), 3.2, m, c)
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
func (b *backtest) key(p *page, area rect, counted bool) {
	y := area.bottom() - 2 - lineStep
	x := area.x
	for _, k := range []backtestYear{{}, {ahead: true}, {ahead: true, observed: 1}} {
		if m, c, says := k.look(); b.occurs(says) {
			p.point(x+4, y-4, 3.2, m, c)
			x = p.text(x+11, y, says, quiet) + 14
		}
	}
	p.line(x+4, y-10, x+4, y+2, 1, muted, 3, 2)
	x = p.text(x+11, y, "cut-off", quiet) + 14
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
		p.text(area.right(), y, p.shorten(notes, area.right()-x, quiet), quiet.to(end))
	}
	y += lineStep
	x = area.x
	p.fill(rect{x, y - 9, 20, 10}, tint(blue, wideTint))
	p.fill(rect{x, y - 7, 20, 6}, tint(blue, narrowTint))
	p.line(x, y-4, x+20, y-4, 2, blue)
	x = p.text(x+25, y, "model: 90 and 50\u00a0%, median", quiet) + 14
	b.baselineKey(p, x, y, area.right())
}

// baselineKey names the simple forecasts; the first leaves the others room.
func (b *backtest) baselineKey(p *page, x, y, right float64) {
	const lead, gap = 19, 14
	names := b.baselines()
	for i, name := range names {
		room := right - x - lead
		if i+1 < len(names) {
			room -= gap + lead + min(p.width(names[i+1], quiet), (room-gap-lead)/2)
		}
		baselineMark(p, x+7, y-4, 7, i)
		x = p.text(x+lead, y, p.shorten(name, room, quiet), quiet) + gap
	}
}
