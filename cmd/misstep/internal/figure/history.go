package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/ladder"
)

// History is one replicate in its arms, as lanes of a timeline: plain data, which
// whoever observed the replicate fills in.
type History struct {
	Draw, Replicate int
	HorizonDays     float64 // length of the axis; the summary's window where 0
	Diverges        float64 // [d] the first step that differs between the arms; 0 without one
	Arms            []HistoryArm
}

// HistoryArm is what happened in one arm.
type HistoryArm struct {
	Name  string
	Lanes []Lane
}

// Lane is one swim lane, such as the victim's acts or one channel.
type Lane struct {
	Name   string
	Kind   LaneKind
	Events []Event
	Up     []Interval // times in which a channel is up
}

// LaneKind says how a lane is drawn.
type LaneKind int

// The kinds of lanes.
const (
	Acts    LaneKind = iota // marks labelled with their rung
	Replies                 // the same, of the accused
	Beliefs                 // small marks, higher where the belief is stronger
	Channel                 // bars where the channel is up
)

// String is the kind as the CSV has it.
func (k LaneKind) String() string {
	if k < Acts || k > Channel {
		return "lane"
	}
	return [...]string{"acts", "replies", "beliefs", "channel"}[k]
}

// Event is something that happened in a lane.
type Event struct {
	Day       float64 // since the scenario's start
	Kind      string  // "act", "reply", "piece", "answer", "meeting", "suspension", …
	Actor     string
	Target    string
	Rung      int    // of an act or a reply; −1 without one
	Label     string // in place of the rung's code
	Belief    float64
	Misstep   bool
	Avoidable bool
	Induced   bool
}

// Interval is a stretch of days.
type Interval struct{ From, To float64 }

type history struct {
	in      *input
	h       *History
	arms    []HistoryArm // with finite days inside the window only
	horizon float64
}

func newHistory(in *input) picture {
	c := &history{in: in, h: in.h, horizon: in.horizon()}
	if c.h == nil {
		return c
	}
	if h := c.h.HorizonDays; h > 0 && chart.Finite(h) {
		c.horizon = h
	}
	for _, a := range c.h.Arms[:min(len(c.h.Arms), 2)] {
		kept := HistoryArm{Name: a.Name}
		for _, l := range a.Lanes {
			kept.Lanes = append(kept.Lanes, c.inside(l))
		}
		c.arms = append(c.arms, kept)
	}
	return c
}

// inside keeps what lies in the window.
func (c *history) inside(l Lane) Lane {
	out := Lane{Name: l.Name, Kind: l.Kind}
	for _, e := range l.Events {
		if chart.Finite(e.Day) && e.Day >= 0 && e.Day <= c.horizon {
			if !chart.Finite(e.Belief) {
				e.Belief = 0
			}
			out.Events = append(out.Events, e)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return cmp.Compare(a.Day, b.Day) })
	for _, u := range l.Up {
		if chart.Finite(u.From) && !(u.To < 0) && u.From < c.horizon {
			u.From = max(u.From, 0)
			if !(u.To < c.horizon) { // still up, or not known to have ended
				u.To = c.horizon
			}
			if u.To > u.From {
				out.Up = append(out.Up, u)
			}
		}
	}
	return out
}

func (c *history) words() words {
	w := words{title: "One future, played twice from the same chance"}
	if len(c.arms) == 0 {
		w.alt = "No history was kept in this run."
		w.detail = []string{"no history"}
		return w
	}
	w.detail = []string{fmt.Sprintf("one replicate: draw %d, replicate %d", c.h.Draw, c.h.Replicate),
		fmt.Sprintf("seed %d", c.in.s.Run.Seed)}
	var parts []string
	for _, a := range c.arms {
		w.arms = append(w.arms, c.in.lookOf(a.Name))
		acts, missteps := 0, 0
		for _, l := range a.Lanes {
			if l.Kind == Acts || l.Kind == Replies {
				acts += len(l.Events)
				missteps += len(slices.DeleteFunc(slices.Clone(l.Events), func(e Event) bool { return !e.Misstep }))
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d steps, %d of them missteps", readable(a.Name), acts, missteps))
	}
	w.alt = "Timeline of one replicate. " + strings.Join(parts, "; ") + "."
	return w
}

func (c *history) table() table {
	t := newTable("arm", "lane", "lane_kind", "day", "day_to", "kind", "actor", "target", "rung", "label", "belief",
		"misstep", "avoidable", "induced")
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			for _, u := range l.Up {
				t.add(a.Name, l.Name, l.Kind.String(), u.From, u.To, "up", "", "", "", "", "", "", "", "")
			}
			for _, e := range l.Events {
				rung := ""
				if e.Rung >= 0 && e.Rung < ladder.Rungs {
					rung = standard.Rungs[e.Rung].Code
				}
				t.add(a.Name, l.Name, l.Kind.String(), e.Day, "", e.Kind, e.Actor, e.Target, rung, e.Label, e.Belief,
					e.Misstep, e.Avoidable, e.Induced)
			}
		}
	}
	return t
}

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

// stepGroup is steps that stand so close that they share a label.
type stepGroup struct {
	events []Event
	from   float64 // of the first mark and of the last [pt]
	to     float64
}

// belowMarks is the height of a lane in which labels stand below their marks.
const belowMarks = 19.5

// acts draws steps labelled with their rungs: below them, or in a narrow lane behind
// the last of a group.
func (c *history) acts(p *chart.Page, r chart.Rect, x chart.Scale, l Lane, size float64) {
	y, base := r.MiddleY(), r.MiddleY()+float64(size*.36)
	below := r.H >= belowMarks
	if below {
		y, base = r.Y+max(4.2, float64(r.H*.27)), r.Bottom()-max(1, float64(r.H*.1))
	}
	for _, marked := range []bool{false, true} { // missteps on top
		for _, e := range l.Events {
			if m, shade := stepLook(e, l.Kind); e.Misstep == marked {
				p.Point(x.At(e.Day), y, 3.4, m, shade)
			}
		}
	}
	st := func(g stepGroup) chart.Style { return g.style(size) }
	for _, g := range stepGroups(p, x, l.Events, below, st) {
		if s := g.label(); s != "" {
			left, _ := g.place(p, x, below, st(g))
			p.Text(left, base, s, st(g))
		}
	}
}

// stepGroups joins neighbours until no label runs into the next group.
func stepGroups(p *chart.Page, x chart.Scale, events []Event, below bool, st func(stepGroup) chart.Style) []stepGroup {
	var out []stepGroup
	for _, e := range events {
		at := x.At(e.Day)
		out = append(out, stepGroup{[]Event{e}, at, at})
		for n := len(out) - 1; n > 0; n-- {
			_, end := out[n-1].place(p, x, below, st(out[n-1]))
			start, _ := out[n].place(p, x, below, st(out[n]))
			if !below { // else a label may run under the next mark
				start = min(start, out[n].from-4)
			}
			if end+3 <= start {
				break
			}
			out[n-1].events, out[n-1].to = append(out[n-1].events, out[n].events...), out[n].to
			out = out[:n]
		}
	}
	return out
}

// place is where the label of a group begins and ends.
func (g stepGroup) place(p *chart.Page, x chart.Scale, below bool, st chart.Style) (left, right float64) {
	w := p.Width(g.label(), st)
	left = g.to + 6
	if below {
		left = min(max((g.from+g.to-w)/2, x.From-8), x.To+34-w)
	} else if left+w > x.To+34 { // no room behind the last mark
		left = g.from - 6 - w
	}
	return left, left + w
}

// label is the rung of a group, or the lowest and the highest.
func (g stepGroup) label() string {
	low, high := "", ""
	for _, e := range g.events {
		s := e.Label
		if s == "" && e.Rung >= 0 && e.Rung < len(standard.Rungs) {
			s = standard.Rungs[e.Rung].Code
		}
		switch {
		case s == "":
		case low == "":
			low, high = s, s
		default:
			low, high = min(low, s), max(high, s)
		}
	}
	if low == high {
		return low
	}
	return low + "–" + high
}

// style is bold and in the colour of harm where every step of a group is a misstep.
func (g stepGroup) style(size float64) chart.Style {
	shade := chart.Harm
	for _, e := range g.events {
		if !e.Misstep {
			shade = color.NRGBA{}
		}
	}
	return chart.Style{Size: size, Bold: shade == chart.Harm, Color: shade}
}
