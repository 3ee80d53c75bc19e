package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// laneNames is the width of the column of names.
const laneNames = 116

func (c *history) draw(p *chart.Page, area chart.Rect) {
	if len(c.arms) == 0 {
		p.Note(area, "No history was kept in this run: choose a replicate to see one future in full.")
		return
	}
	c.key(p, area)
	body := area.Inset(0, 0, 0, 2*chart.LineStep+4)
	x, ticks := chart.Years(c.in.begin, c.horizon, body.X+laneNames, body.Right()-34, 40)
	p.Grid(x, ticks, body.Bottom()+chart.LineStep-2, body.Y, body.Bottom(), chart.Quiet)
	if d := c.h.Diverges; d > 0 && d <= c.horizon {
		p.Line(x.At(d), body.Y, x.At(d), body.Bottom(), 1.1, chart.Ink, 1.5, 2)
		st := chart.Quiet
		if x.At(d) > body.Right()-110 {
			st = chart.Quiet.To(chart.End)
		}
		p.Text(x.At(d)+chart.Multiple(1-int(st.Anchor), 4), body.Y+chart.Ascent+3, "the two part here", st)
	}
	parts := 0.0
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			parts += l.Kind.part()
		}
	}
	const head = chart.LineStep + 3
	step := (body.H - chart.Multiple(len(c.arms), head)) / math.Max(parts, 1)
	y := body.Y
	for _, a := range c.arms {
		look := c.in.lookOf(a.Name)
		st := chart.Plain.Heavy().In(look.Color)
		p.Text(body.X, y+chart.Ascent+3, p.Shorten(chart.Upper(look.Label), 240, st), st)
		p.Line(body.X, y, body.Right(), y, .8, chart.Frame)
		y += head
		for i, l := range a.Lanes {
			r := chart.Box(body.X, y, body.W, float64(step*l.Kind.part()))
			if i%2 == 0 {
				p.Fill(r.Inset(laneNames-4, .5, 0, .5), chart.Tint(chart.Unclear, .1))
			}
			c.lane(p, r, x, l)
			y += r.H
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

func (c *history) lane(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	size := min(chart.TextSize, r.H*.9)
	st := chart.Style{Size: size}
	y := r.MiddleY()
	p.Text(r.X, y+float64(size*.36), p.Shorten(l.Name, laneNames-10, st), st)
	switch l.Kind {
	case Channel:
		c.channel(p, r, x, l)
	case Beliefs:
		for _, e := range l.Events {
			b := min(max(e.Belief, 0), 1)
			at := r.Bottom() - 3 - float64(b*(r.H-6))
			p.Line(x.At(e.Day), r.Bottom()-2, x.At(e.Day), at, .8, chart.Tint(chart.Blue, .5))
			p.Point(x.At(e.Day), at, 2, chart.Disc, chart.Blue)
		}
	default:
		c.acts(p, r, x, l, size)
	}
}

// channel draws a bar where the channel is up, a tick for each meeting and a cross
// where it breaks.
func (c *history) channel(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	y := r.MiddleY()
	p.Line(x.From, y, x.To, y, .7, chart.Frame, 1.5, 2)
	thick := min(r.H*.5, 9)
	for _, u := range l.Up {
		p.Fill(chart.Box(x.At(u.From), y-float64(thick/2), max(x.At(u.To)-x.At(u.From), .8), thick), chart.Sky)
	}
	for _, e := range l.Events {
		switch e.Kind {
		case "suspension", "lapse":
			p.Cross(x.At(e.Day), y, 3.4, chart.Harm)
		case "meeting":
			p.Line(x.At(e.Day), y-float64(thick/2), x.At(e.Day), y+float64(thick/2), .9, chart.Ink)
		}
	}
}

// stepLook is how a step is drawn.
func stepLook(e Event, k LaneKind) (chart.Mark, color.NRGBA) {
	switch {
	case e.Misstep && e.Avoidable:
		return chart.Diamond, chart.Harm
	case e.Misstep:
		return chart.Ring, chart.Harm
	case e.Induced:
		return chart.Triangle, chart.Orange
	case k == Replies:
		return chart.Square, chart.Ink
	default:
		return chart.Disc, chart.Ink
	}
}

// key explains the marks below the axis.
func (c *history) key(p *chart.Page, area chart.Rect) {
	k := p.Key(area, area.Bottom()-1)
	for _, s := range []struct {
		words string
		kind  LaneKind
		event Event
	}{
		{"avoidable misstep", Acts, Event{Misstep: true, Avoidable: true}}, {"bad luck", Acts, Event{Misstep: true}},
		{"induced", Acts, Event{Induced: true}}, {"act", Acts, Event{}}, {"reply", Replies, Event{}},
	} {
		m, shade := stepLook(s.event, s.kind)
		k.Mark(m, shade, s.words)
	}
	k.Item(8, "belief", func(x, y float64) { p.Point(x+4, y, 2, chart.Disc, chart.Blue) })
	k.Item(8, "up", func(x, y float64) { p.Fill(chart.Box(x-1, y-4, 10, 8), chart.Sky) })
	k.Item(8, "meeting", func(x, y float64) { p.Line(x+4, y-4, x+4, y+4, .9, chart.Ink) })
	k.Item(8, "broken", func(x, y float64) { p.Cross(x+4, y, 3.4, chart.Harm) })
}
