package figure

import (
	"fmt"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// list draws the uptime of every channel, a mark for each arm.
func (c *channel) list(p *chart.Page, r chart.Rect) {
	p.Title(r, "Uptime of each channel")
	var names []string
	arms := map[string]bool{}
	for _, u := range c.uptimes {
		if !slices.Contains(names, u.name) {
			names = append(names, u.name)
		}
		arms[u.Arm.Name] = true
	}
	y := r.Y + chart.LineStep + chart.Ascent + 4
	body := chart.Box(r.X, y-chart.Ascent, r.W, r.Bottom()-2*chart.LineStep-y+chart.Ascent)
	block := chart.LineStep + 10 + chart.Multiple(len(arms), 5)
	shown := names
	if most := max(int(body.H/block), 1); len(names) > most {
		shown = names[:most]
		p.Text(r.X, r.Bottom()-2, fmt.Sprintf("%d more in the CSV", len(names)-most), chart.Quiet)
	}
	x := chart.Scale{Hi: 1, From: body.X + 4, To: body.Right() - 44}
	height := chart.Multiple(len(shown), block)
	ticks := chart.Ticks([]float64{0, .5, 1}, chart.Percent)
	p.Grid(x, ticks, body.Y+height+chart.LineStep-2, body.Y, body.Y+height, chart.Quiet)
	for i, name := range shown {
		c.channelRow(p, body, x, name, body.Y+chart.Multiple(i, block))
	}
}

func (c *channel) channelRow(p *chart.Page, body chart.Rect, x chart.Scale, name string, top float64) {
	text := readable(name)
	var rows []uptimeRow
	for _, u := range c.uptimes {
		if u.name == name {
			rows = append(rows, u)
		}
	}
	p.Fill(chart.Box(body.X, top, min(p.Width(text, chart.Plain), body.W)+3, chart.LineStep-1), chart.White)
	p.Text(body.X, top+chart.Ascent+2, p.Shorten(text, body.W, chart.Plain), chart.Plain)
	y := top + chart.LineStep + 3 + chart.Multiple(len(rows), 2.5)
	var values []string
	for i, u := range rows {
		if u.uptime.Ok {
			u.uptime.Draw(p, x, y+chart.Offset(i, len(rows), 5), u.Mark, u.Color)
			values = append(values, chart.Share(u.uptime.Value))
		}
	}
	if len(values) == 0 {
		values = []string{"n/a"}
	}
	if len(slices.Compact(values)) == 1 { // more are read off the scale
		p.Text(body.Right(), y+chart.Ascent/2, values[0], chart.Plain.To(chart.End))
	}
}
