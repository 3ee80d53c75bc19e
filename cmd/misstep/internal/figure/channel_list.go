package figure

import (
	"fmt"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// list draws the uptime of every channel, a mark for each arm.
func (c *channel) list(p *chart.Page, r chart.Rect) {
	p.Text(r.X, r.Y+chart.Ascent+2, "Uptime of each channel", chart.Plain.Heavy())
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
	for _, v := range []float64{0, .5, 1} {
		p.Line(x.At(v), body.Y, x.At(v), body.Y+height, .6, chart.Grid)
		p.Text(x.At(v), body.Y+height+chart.LineStep-2, chart.Percent(v), chart.Quiet.To(chart.Middle))
	}
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
		if !u.uptime.Ok {
			continue
		}
		dy := chart.Offset(i, len(rows), 5)
		s := u.uptime
		p.Whisker(y+dy, x.At(s.Low), x.At(s.High), x.At(s.MonteLow), x.At(s.MonteHigh), u.Color)
		p.Point(x.At(s.Value), y+dy, 3, u.Mark, u.Color)
		if v := chart.Share(s.Value); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	switch len(values) {
	case 0:
		p.Text(body.Right(), y+chart.Ascent/2, "n/a", chart.Plain.To(chart.End))
	case 1: // more are read off the scale
		p.Text(body.Right(), y+chart.Ascent/2, values[0], chart.Plain.To(chart.End))
	}
}
