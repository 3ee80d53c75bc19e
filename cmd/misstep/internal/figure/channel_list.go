package figure

import (
	"fmt"
	"slices"
)

// list draws the uptime of every channel, a mark for each arm.
func (c *channel) list(p *page, r rect) {
	p.text(r.x, r.y+ascent+2, "Uptime of each channel", plain.heavy())
	var names []string
	arms := map[string]bool{}
	for _, u := range c.uptimes {
		if !slices.Contains(names, u.name) {
			names = append(names, u.name)
		}
		arms[u.arm.name] = true
	}
	y := r.y + lineStep + ascent + 4
	body := rect{r.x, y - ascent, r.w, r.bottom() - 2*lineStep - y + ascent}
	block := lineStep + 10 + multiple(len(arms), 5)
	shown := names
	if most := max(int(body.h/block), 1); len(names) > most {
		shown = names[:most]
		p.text(r.x, r.bottom()-2, fmt.Sprintf("%d more in the CSV", len(names)-most), quiet)
	}
	x := scale{hi: 1, from: body.x + 4, to: body.right() - 44}
	height := multiple(len(shown), block)
	for _, v := range []float64{0, .5, 1} {
		p.line(x.at(v), body.y, x.at(v), body.y+height, .6, grid)
		p.text(x.at(v), body.y+height+lineStep-2, percent(v), quiet.to(middle))
	}
	for i, name := range shown {
		c.channelRow(p, body, x, name, body.y+multiple(i, block))
	}
}

func (c *channel) channelRow(p *page, body rect, x scale, name string, top float64) {
	text := readable(name)
	var rows []uptimeRow
	for _, u := range c.uptimes {
		if u.name == name {
			rows = append(rows, u)
		}
	}
	p.fill(rect{body.x, top, min(p.width(text, plain), body.w) + 3, lineStep - 1}, white)
	p.text(body.x, top+ascent+2, p.shorten(text, body.w, plain), plain)
	y := top + lineStep + 3 + multiple(len(rows), 2.5)
	var values []string
	for i, u := range rows {
		if !u.uptime.ok {
			continue
		}
		dy := offset(i, len(rows), 5)
		s := u.uptime
		p.whisker(y+dy, x.at(s.low), x.at(s.high), x.at(s.monteLow), x.at(s.monteHigh), u.color)
		p.point(x.at(s.value), y+dy, 3, u.mark, u.color)
		if v := share(s.value); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	switch len(values) {
	case 0:
		p.text(body.right(), y+ascent/2, "n/a", plain.to(end))
	case 1: // more are read off the scale
		p.text(body.right(), y+ascent/2, values[0], plain.to(end))
	}
}
