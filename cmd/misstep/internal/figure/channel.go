package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/summary"
)

// channel shows whether the forum is there when it is needed: its availability at
// moments of need by tension, and the uptime of every channel beside it.
type channel struct {
	forums  []forumArm // arms that have what the arms differ in
	uptimes []uptimeRow
}

type forumArm struct {
	arm
	uptime, need span
	bins         []summary.NeedBin
}

type uptimeRow struct {
	arm
	name   string
	uptime span
}

func newChannel(in *input) chart {
	c := &channel{}
	for _, a := range in.first(mostRows) {
		d := in.armOf(a.name)
		for _, u := range d.Channels {
			if u.Forum && u.Uptime.Value == 0 && u.Uptime.MC == 0 { // this arm lacks it
				continue
			}
			c.uptimes = append(c.uptimes, uptimeRow{arm: a, name: u.Name, uptime: spanOf(u.Uptime).within(0, 1)})
		}
		if !d.Forum.Exists {
			continue
		}
		f := forumArm{arm: a, uptime: spanOf(d.Forum.Uptime).within(0, 1), need: spanOf(d.Forum.AtNeed).within(0, 1)}
		for _, b := range d.Forum.ByTension {
			if finite(b.From) && finite(b.To) && finite(b.Available) && b.To > b.From && b.Moments > 0 && finite(b.Moments) {
				b.Available = min(max(b.Available, 0), 1)
				if b.MC = math.Abs(b.MC); !finite(b.MC) {
					b.MC = 0
				}
				f.bins = append(f.bins, b)
			}
		}
		slices.SortStableFunc(f.bins, func(x, y summary.NeedBin) int { return cmp.Compare(x.From, y.From) })
		c.forums = append(c.forums, f)
	}
	return c
}

// fewMoments is the number of moments of need below which a share says nothing.
const fewMoments = 10

// tooFew stands in place of a bar.
const tooFew = "–"

// binSpan is the availability in a bin with its error.
func binSpan(b summary.NeedBin) span {
	return spanOf(summary.Estimate{Value: b.Available, MC: b.MC, Low: b.Available, High: b.Available}).within(0, 1)
}

func (c *channel) words() words {
	w := words{title: "Is the channel there when it is needed?"}
	if len(c.forums) == 0 {
		w.alt = "No arm of this run has a forum."
		return w
	}
	var parts []string
	for _, f := range c.forums {
		s := fmt.Sprintf("%s: up %s of the time, at %s of the moments of need", f.label, ranged(f.uptime, share), ranged(f.need, share))
		for _, b := range f.bins {
			up := ranged(binSpan(b), share)
			if b.Moments < fewMoments {
				up = "too few moments"
			}
			s += fmt.Sprintf(", %s at tension %s to %s", up, number(b.From), number(b.To))
		}
		parts = append(parts, s)
	}
	w.alt = upper(strings.Join(parts, "; ")) + "." + inParentheses
	return w
}

func (c *channel) table() table {
	t := newTable("arm", "quantity", "channel", "tension_from", "tension_to", "moments", "share", "mc_half_width", "parameter_low", "parameter_high")
	for _, f := range c.forums {
		t.add(f.name, "forum uptime", "", "", "", "", f.uptime.value, f.uptime.monteHigh-f.uptime.value, f.uptime.low, f.uptime.high)
		t.add(f.name, "forum at need", "", "", "", "", f.need.value, f.need.monteHigh-f.need.value, f.need.low, f.need.high)
		for _, b := range f.bins {
			t.add(f.name, "forum at need by tension", "", b.From, b.To, b.Moments, b.Available, b.MC, "", "")
		}
	}
	for _, u := range c.uptimes {
		t.add(u.arm.name, "channel uptime", u.name, "", "", "", u.uptime.value, u.uptime.monteHigh-u.uptime.value, u.uptime.low, u.uptime.high)
	}
	return t
}

func (c *channel) draw(p *page, area rect) {
	area = c.key(p, area)
	left := area.inset(0, 0, float64(area.w*.36), 0)
	right := area.inset(float64(area.w*.67), 0, 0, 0)
	if len(c.uptimes) == 0 {
		left = area
	}
	p.text(left.x, left.y+ascent+2, "Up at moments of need, by tension", plain.heavy())
	body := left.inset(0, lineStep+6, 0, 0)
	switch {
	case len(c.forums) == 0:
		p.note(body, "No forum exists in any arm of this run, so there is nothing that could be up or down.")
	case c.empty():
		p.note(body, "The forum exists, but no moment of need was counted in this run.")
	default:
		c.need(p, body)
	}
	if len(c.uptimes) > 0 {
		c.list(p, right)
	}
}

// key names the arms once for both panels: the mark of the list and the bar of the
// moments of need. It returns the area below.
func (c *channel) key(p *page, area rect) rect {
	var arms []arm
	for _, u := range c.uptimes {
		if !slices.ContainsFunc(arms, func(a arm) bool { return a.name == u.arm.name }) {
			arms = append(arms, u.arm)
		}
	}
	if len(arms) == 0 {
		return area
	}
	x, y := area.x, area.y+ascent+1
	for _, a := range arms {
		st := plain.heavy().in(a.color)
		p.point(x+4, y-4, 3.4, a.mark, a.color)
		if slices.ContainsFunc(c.forums, func(f forumArm) bool { return f.name == a.name }) {
			p.barOf(x+12, x+24, y-4, 9, a)
			x += 16
		}
		x = p.text(x+12, y, p.shorten(a.label, area.w/float64(len(arms))-46, st), st) + 16
	}
	return area.inset(0, lineStep+3, 0, 0)
}

func (c *channel) empty() bool {
	for _, f := range c.forums {
		if len(f.bins) > 0 {
			return false
		}
	}
	return true
}

// few reports whether some bin has too few moments for a bar.
func (c *channel) few() bool {
	return slices.ContainsFunc(c.forums, func(f forumArm) bool {
		return slices.ContainsFunc(f.bins, func(b summary.NeedBin) bool { return b.Moments < fewMoments })
	})
}

// need draws availability against tension, and the uptime over all days as a line.
func (c *channel) need(p *page, r rect) {
	plot := r.inset(42, 4, 92, 3*lineStep)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, f := range c.forums {
		for _, b := range f.bins {
			lo, hi = min(lo, b.From), max(hi, b.To)
		}
	}
	x := scale{lo: lo, hi: hi, from: plot.x, to: plot.right()}
	y := scale{hi: 1, from: plot.bottom(), to: plot.y}
	for _, v := range []float64{0, .25, .5, .75, 1} {
		p.line(plot.x, y.at(v), plot.right(), y.at(v), .6, grid)
		p.text(plot.x-5, y.at(v)+ascent/2, percent(v), quiet.to(end))
	}
	p.line(plot.x, plot.bottom(), plot.right(), plot.bottom(), .8, frame)
	for _, v := range steps(lo, hi, 5) {
		p.line(x.at(v), plot.bottom(), x.at(v), plot.bottom()+3, .8, frame)
		p.text(x.at(v), plot.bottom()+lineStep, axis(v), quiet.to(middle))
	}
	if below := plot.bottom() + 3*lineStep - 1; c.few() {
		p.text(r.x, below, fmt.Sprintf("tension between the two, from 0 to 1 (%s under %d moments)", tooFew, fewMoments), quiet)
	} else {
		p.text(plot.middleX(), below, "tension between the two, from 0 to 1", quiet.to(middle))
	}
	for i, f := range c.forums {
		f.steps(p, x, y, i, len(c.forums))
	}
	c.counts(p, x, plot)
	c.levels(p, plot, y)
}

// steps draws one arm's bins: a bar as wide as its part of the bin, edged as the lines
// of the arm are, with its Monte Carlo error. Few moments have a note in its place.
func (f forumArm) steps(p *page, x, y scale, i, n int) {
	for _, b := range f.bins {
		left, right := x.at(b.From), x.at(b.To)
		w := (right - left) / float64(n)
		r := rect{left + multiple(i, w) + 1.5, y.at(b.Available), max(w-3, 1), y.from - y.at(b.Available)}
		if b.Moments < fewMoments {
			p.text(r.middleX(), y.from-4, tooFew, plain.in(f.color).to(middle))
			continue
		}
		p.fill(r, tint(f.color, .3))
		p.outline(r, stroke{f.color, .9, f.dash})
		p.line(r.x, r.y, r.right(), r.y, 2, f.color)
		if b.MC > 0 {
			mid := r.middleX()
			s := binSpan(b)
			p.line(mid, y.at(s.monteLow), mid, y.at(s.monteHigh), 2.6, legible(f.color))
		}
	}
}

// counts writes below the axis how many moments stand behind each bar of the first
// forum, as far as they fit.
func (c *channel) counts(p *page, x scale, plot rect) {
	y := plot.bottom() + 2*lineStep
	st := quiet
	if len(c.forums) > 1 {
		st = plain.in(c.forums[0].color)
	}
	p.text(plot.x-5, y, "n =", st.to(end))
	if len(c.forums) > 1 {
		p.point(plot.x-5-p.width("n =", st)-7, y-4, 3, c.forums[0].mark, c.forums[0].color)
	}
	last := math.Inf(-1)
	for _, b := range c.forums[0].bins {
		s := count(b.Moments)
		mid, half := float64((x.at(b.From)+x.at(b.To))/2), float64(p.width(s, quiet)/2)
		if mid-half < last+3 {
			continue
		}
		p.text(mid, y, s, st.to(middle))
		last = mid + half
	}
}

// count writes a large count in few letters: 950 · 12k · 3.4m.
func count(v float64) string {
	switch {
	case v >= 9.95e5:
		return number(v/1e6) + "m"
	case v >= 9950:
		return number(v/1e3) + "k"
	default:
		return fixedPoint(v, 0)
	}
}

// levels draws uptime over all days and availability over all moments of need.
func (c *channel) levels(p *page, plot rect, y scale) {
	type level struct {
		v     float64
		text  [2]string
		arm   arm
		solid bool
	}
	var levels []level
	var want []float64
	for _, f := range c.forums[:1] { // of others the list has the uptime
		for i, s := range []span{f.uptime, f.need} {
			if s.ok {
				text := [2]string{share(s.value) + " of", "all days"}
				if i == 1 {
					text[1] = "moments of need"
				}
				levels = append(levels, level{s.value, text, f.arm, i == 0})
				want = append(want, y.at(s.value))
			}
		}
	}
	for i, at := range spread(want, 27, plot.y+4, plot.bottom()-8) {
		l, shade := levels[i], ink
		if len(c.forums) > 1 {
			shade = l.arm.color
		}
		dash := []float64{2, 2}
		if l.solid {
			dash = nil
		}
		p.line(plot.x, want[i], plot.right(), want[i], 1.2, shade, dash...)
		p.line(plot.right(), want[i], plot.right()+8, at, .8, shade, dash...)
		left := plot.right() + 11
		if len(c.forums) > 1 {
			p.point(left+3.5, at-5.5, 3, l.arm.mark, shade)
			left += 10
		}
		p.text(left, at-1.5, l.text[0], plain.heavy().in(shade))
		p.text(plot.right()+11, at+10.5, l.text[1], plain.in(shade))
	}
}
