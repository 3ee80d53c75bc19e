package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// channel shows whether the forum is there when it is needed: its availability at
// moments of need by tension, and the uptime of every channel beside it.
type channel struct {
	forums  []forumArm // arms that have what the arms differ in
	uptimes []uptimeRow
}

type forumArm struct {
	chart.Arm
	uptime, need chart.Span
	bins         []summary.NeedBin
}

type uptimeRow struct {
	chart.Arm
	name   string
	uptime chart.Span
}

func newChannel(in *input) picture {
	c := &channel{}
	for _, a := range in.first(mostRows) {
		d := in.armOf(a.Name)
		for _, u := range d.Channels {
			if u.Forum && u.Uptime.Value == 0 && u.Uptime.MC == 0 { // this arm lacks it
				continue
			}
			c.uptimes = append(c.uptimes, uptimeRow{Arm: a, name: u.Name, uptime: spanOf(u.Uptime).Within(0, 1)})
		}
		if !d.Forum.Exists {
			continue
		}
		f := forumArm{Arm: a, uptime: spanOf(d.Forum.Uptime).Within(0, 1), need: spanOf(d.Forum.AtNeed).Within(0, 1)}
		for _, b := range d.Forum.ByTension {
			known := chart.Finite(b.From) && chart.Finite(b.To) && chart.Finite(b.Available) && chart.Finite(b.Moments)
			if known && b.To > b.From && b.Moments > 0 {
				b.Available = min(max(b.Available, 0), 1)
				if b.MC = math.Abs(b.MC); !chart.Finite(b.MC) {
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
func binSpan(b summary.NeedBin) chart.Span {
	return spanOf(summary.Estimate{Value: b.Available, MC: b.MC, Low: b.Available, High: b.Available}).Within(0, 1)
}

func (c *channel) words() words {
	w := words{title: "Is the channel there when it is needed?"}
	if len(c.forums) == 0 {
		w.alt = "No arm of this run has a forum."
		return w
	}
	var parts []string
	for _, f := range c.forums {
		s := fmt.Sprintf("%s: up %s of the time, at %s of the moments of need", f.Label,
			chart.Ranged(f.uptime, chart.Share), chart.Ranged(f.need, chart.Share))
		for _, b := range f.bins {
			up := chart.Ranged(binSpan(b), chart.Share)
			if b.Moments < fewMoments {
				up = "too few moments"
			}
			s += fmt.Sprintf(", %s at tension %s to %s", up, chart.Number(b.From), chart.Number(b.To))
		}
		parts = append(parts, s)
	}
	w.alt = chart.Upper(strings.Join(parts, "; ")) + "." + chart.InParentheses
	return w
}

func (c *channel) table() table {
	t := newTable("arm", "quantity", "channel", "tension_from", "tension_to", "moments", "share", "mc_half_width",
		"parameter_low", "parameter_high")
	add := func(arm, quantity, channel string, s chart.Span) {
		t.add(arm, quantity, channel, "", "", "", s.Value, s.MonteHigh-s.Value, s.Low, s.High)
	}
	for _, f := range c.forums {
		add(f.Name, "forum uptime", "", f.uptime)
		add(f.Name, "forum at need", "", f.need)
		for _, b := range f.bins {
			t.add(f.Name, "forum at need by tension", "", b.From, b.To, b.Moments, b.Available, b.MC, "", "")
		}
	}
	for _, u := range c.uptimes {
		add(u.Arm.Name, "channel uptime", u.name, u.uptime)
	}
	return t
}

func (c *channel) draw(p *chart.Page, area chart.Rect) {
	area = c.key(p, area)
	left := area.Inset(0, 0, float64(area.W*.36), 0)
	right := area.Inset(float64(area.W*.67), 0, 0, 0)
	if len(c.uptimes) == 0 {
		left = area
	}
	p.Title(left, "Up at moments of need, by tension")
	body := left.Inset(0, chart.LineStep+6, 0, 0)
	switch {
	case len(c.forums) == 0:
		p.Note(body, "No forum exists in any arm of this run, so there is nothing that could be up or down.")
	case c.empty():
		p.Note(body, "The forum exists, but no moment of need was counted in this run.")
	default:
		c.need(p, body)
	}
	if len(c.uptimes) > 0 {
		c.list(p, right)
	}
}

// key names the arms once for both panels: the mark of the list and the bar of the
// moments of need. It returns the area below.
func (c *channel) key(p *chart.Page, area chart.Rect) chart.Rect {
	var arms []chart.Arm
	for _, u := range c.uptimes {
		if !slices.ContainsFunc(arms, func(a chart.Arm) bool { return a.Name == u.Arm.Name }) {
			arms = append(arms, u.Arm)
		}
	}
	if len(arms) == 0 {
		return area
	}
	height := p.ArmKey(area, arms, func(x, y float64, a chart.Arm) float64 {
		p.Point(x+4, y, 3.4, a.Mark, a.Color)
		if !slices.ContainsFunc(c.forums, func(f forumArm) bool { return f.Name == a.Name }) {
			return 7
		}
		p.BarOf(x+12, x+24, y, 9, a)
		return 23
	})
	return area.Inset(0, height+3, 0, 0)
}

// empty reports whether no forum has a moment of need.
func (c *channel) empty() bool {
	return !slices.ContainsFunc(c.forums, func(f forumArm) bool { return len(f.bins) > 0 })
}

// few reports whether some bin has too few moments for a bar.
func (c *channel) few() bool {
	return slices.ContainsFunc(c.forums, func(f forumArm) bool {
		return slices.ContainsFunc(f.bins, func(b summary.NeedBin) bool { return b.Moments < fewMoments })
	})
}

// need draws availability against tension, and the uptime over all days as a line.
func (c *channel) need(p *chart.Page, r chart.Rect) {
	plot := r.Inset(42, 4, 92, 3*chart.LineStep)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, f := range c.forums {
		for _, b := range f.bins {
			lo, hi = min(lo, b.From), max(hi, b.To)
		}
	}
	x := chart.Scale{Lo: lo, Hi: hi, From: plot.X, To: plot.Right()}
	y := chart.Scale{Hi: 1, From: plot.Bottom(), To: plot.Y}
	p.Levels(plot, y, chart.Ticks([]float64{0, .25, .5, .75, 1}, chart.Percent))
	p.Below(plot, x, chart.Ticks(chart.Steps(lo, hi, 5), chart.Axis))
	const title = "tension between the two, from 0 to 1"
	if below := plot.Bottom() + 3*chart.LineStep - 1; c.few() {
		p.Text(r.X, below, fmt.Sprintf("%s (%s under %d moments)", title, tooFew, fewMoments), chart.Quiet)
	} else {
		p.Text(plot.MiddleX(), below, title, chart.Quiet.To(chart.Middle))
	}
	for i, f := range c.forums {
		f.steps(p, x, y, i, len(c.forums))
	}
	c.counts(p, x, plot)
	c.levels(p, plot, y)
}

// steps draws one arm's bins: a bar as wide as its part of the bin, edged as the lines
// of the arm are, with its Monte Carlo error. Few moments have a note in its place.
func (f forumArm) steps(p *chart.Page, x, y chart.Scale, i, n int) {
	for _, b := range f.bins {
		left, right := x.At(b.From), x.At(b.To)
		w := (right - left) / float64(n)
		r := chart.Box(left+chart.Multiple(i, w)+1.5, y.At(b.Available), max(w-3, 1), y.From-y.At(b.Available))
		if b.Moments < fewMoments {
			p.Text(r.MiddleX(), y.From-4, tooFew, chart.Plain.In(f.Color).To(chart.Middle))
			continue
		}
		p.Fill(r, chart.Tint(f.Color, .3))
		p.Outline(r, .9, f.Color, f.Dash...)
		p.Line(r.X, r.Y, r.Right(), r.Y, 2, f.Color)
		if b.MC > 0 {
			mid := r.MiddleX()
			s := binSpan(b)
			p.Line(mid, y.At(s.MonteLow), mid, y.At(s.MonteHigh), 2.6, chart.Legible(f.Color))
		}
	}
}

// counts writes below the axis how many moments stand behind each bar of the first
// forum, as far as they fit.
func (c *channel) counts(p *chart.Page, x chart.Scale, plot chart.Rect) {
	y := plot.Bottom() + 2*chart.LineStep
	st := chart.Quiet
	if len(c.forums) > 1 {
		st = chart.Plain.In(c.forums[0].Color)
	}
	p.Text(plot.X-5, y, "n =", st.To(chart.End))
	if len(c.forums) > 1 {
		p.Point(plot.X-5-p.Width("n =", st)-7, y-4, 3, c.forums[0].Mark, c.forums[0].Color)
	}
	var ticks []chart.Tick
	for _, b := range c.forums[0].bins {
		ticks = append(ticks, chart.Tick{V: float64((b.From + b.To) / 2), Label: chart.Count(b.Moments)})
	}
	p.Along(x, ticks, y, st)
}

// levels draws uptime over all days and availability over all moments of need of the first
// forum; of others the list has the uptime.
func (c *channel) levels(p *chart.Page, plot chart.Rect, y chart.Scale) {
	f, shade, left := c.forums[0], chart.Ink, plot.Right()+11
	if len(c.forums) > 1 {
		shade, left = f.Color, left+10
	}
	var want []float64
	for _, s := range []chart.Span{f.uptime, f.need} {
		want = append(want, y.At(s.Value))
	}
	for i, at := range chart.Spread(want, 27, plot.Y+4, plot.Bottom()-8) {
		s := []chart.Span{f.uptime, f.need}[i]
		if !s.Ok {
			continue
		}
		dash := [][]float64{nil, {2, 2}}[i]
		p.Line(plot.X, want[i], plot.Right(), want[i], 1.2, shade, dash...)
		p.Line(plot.Right(), want[i], plot.Right()+8, at, .8, shade, dash...)
		if len(c.forums) > 1 {
			p.Point(left-6.5, at-5.5, 3, f.Mark, shade)
		}
		p.Text(left, at-1.5, chart.Share(s.Value)+" of", chart.Plain.Heavy().In(shade))
		p.Text(plot.Right()+11, at+10.5, []string{"all days", "moments of need"}[i], chart.Plain.In(shade))
	}
}

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
