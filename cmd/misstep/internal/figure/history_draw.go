package figure

import (
	"image/color"
	"math"
)

// laneNames is the width of the column of names.
const laneNames = 116

func (c *history) draw(p *page, area rect) {
	if len(c.arms) == 0 {
		p.note(area, "No history was kept in this run: choose a replicate to see one future in full.")
		return
	}
	c.key(p, area)
	body := area.inset(0, 0, 0, 2*lineStep+4)
	x, ticks := years(c.in.begin, c.horizon, body.x+laneNames, body.right()-34, 40)
	for _, t := range ticks {
		p.line(x.at(t.v), body.y, x.at(t.v), body.bottom(), .6, grid)
		p.tickLabel(x.at(t.v), body.bottom()+lineStep-2, t.label)
	}
	if d := c.h.Diverges; d > 0 && d <= c.horizon {
		p.line(x.at(d), body.y, x.at(d), body.bottom(), 1.1, ink, 1.5, 2)
		st := quiet
		if x.at(d) > body.right()-110 {
			st = quiet.to(end)
		}
		p.text(x.at(d)+multiple(1-int(st.anchor), 4), body.y+ascent+3, "the two part here", st)
	}
	parts := 0.0
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			parts += l.Kind.part()
		}
	}
	const head = lineStep + 3
	step := (body.h - multiple(len(c.arms), head)) / math.Max(parts, 1)
	y := body.y
	for _, a := range c.arms {
		look := c.in.lookOf(a.Name)
		st := plain.heavy().in(look.color)
		p.text(body.x, y+ascent+3, p.shorten(upper(look.label), 240, st), st)
		p.line(body.x, y, body.right(), y, .8, frame)
		y += head
		for i, l := range a.Lanes {
			r := rect{body.x, y, body.w, float64(step * l.Kind.part())}
			if i%2 == 0 {
				p.fill(r.inset(laneNames-4, .5, 0, .5), tint(unclear, .1))
			}
			c.lane(p, r, x, l)
			y += r.h
		}
	}
}

// part is the height of a lane against that of others: labels stand in lanes of steps.
func (k LaneKind) part() float64 {
	if k == Acts || k == Replies {
		return 1.35
	}
	return .8
}

func (c *history) lane(p *page, r rect, x scale, l Lane) {
	size := min(textSize, r.h*.9)
	st := style{size: size}
	y := r.middleY()
	p.text(r.x, y+float64(size*.36), p.shorten(l.Name, laneNames-10, st), st)
	switch l.Kind {
	case Channel:
		c.channel(p, r, x, l)
	case Beliefs:
		for _, e := range l.Events {
			b := min(max(e.Belief, 0), 1)
			at := r.bottom() - 3 - float64(b*(r.h-6))
			p.line(x.at(e.Day), r.bottom()-2, x.at(e.Day), at, .8, tint(blue, .5))
			p.point(x.at(e.Day), at, 2, disc, blue)
		}
	default:
		c.acts(p, r, x, l, size)
	}
}

// channel draws a bar where the channel is up, a tick for each meeting and a cross
// where it breaks.
func (c *history) channel(p *page, r rect, x scale, l Lane) {
	y := r.middleY()
	p.line(x.from, y, x.to, y, .7, frame, 1.5, 2)
	thick := min(r.h*.5, 9)
	for _, u := range l.Up {
		p.fill(rect{x.at(u.From), y - float64(thick/2), max(x.at(u.To)-x.at(u.From), .8), thick}, sky)
	}
	for _, e := range l.Events {
		switch e.Kind {
		case "suspension", "lapse":
			p.cross(x.at(e.Day), y, 3.4, harm)
		case "meeting":
			p.line(x.at(e.Day), y-float64(thick/2), x.at(e.Day), y+float64(thick/2), .9, ink)
		}
	}
}

func stepLook(e Event, k LaneKind) (mark, color.NRGBA) {
	switch {
	case e.Misstep && e.Avoidable:
		return diamond, harm
	case e.Misstep:
		return ring, harm
	case e.Induced:
		return triangle, orange
	case k == Replies:
		return square, ink
	default:
		return disc, ink
	}
}

// key explains the marks below the axis.
func (c *history) key(p *page, area rect) {
	x, y := area.x, area.bottom()-1
	item := func(draw func(x, y float64), s string) {
		draw(x+4, y-4)
		x = p.text(x+12, y, s, quiet) + 11
	}
	item(func(x, y float64) { p.point(x, y, 3.4, diamond, harm) }, "avoidable misstep")
	item(func(x, y float64) { p.point(x, y, 3.4, ring, harm) }, "bad luck")
	item(func(x, y float64) { p.point(x, y, 3.4, triangle, orange) }, "induced")
	item(func(x, y float64) { p.point(x, y, 3.4, disc, ink) }, "act")
	item(func(x, y float64) { p.point(x, y, 3.4, square, ink) }, "reply")
	item(func(x, y float64) { p.point(x, y, 2, disc, blue) }, "belief")
	item(func(x, y float64) { p.fill(rect{x - 5, y - 4, 10, 8}, sky) }, "up")
	item(func(x, y float64) { p.line(x, y-4, x, y+4, .9, ink) }, "meeting")
	item(func(x, y float64) { p.cross(x, y, 3.4, harm) }, "broken")
}
