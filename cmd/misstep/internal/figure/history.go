package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// History is one replicate in its arms, as lanes of a timeline: plain data, which
// whoever observed the replicate fills in.
type History struct {
	Draw, Replicate int
	HorizonDays     float64 // length of the axis; the summary's window where 0
	Diverges        float64 // [d] the first step that differs between the arms; 0 without one
	Finding         string  // what it shows, in a sentence or two; of arms that are alike, that they are
	Typical         string  // how many futures are like it; empty where unknown
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
	later  []Event    // beyond the window
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
func (k LaneKind) String() string { return [...]string{"acts", "replies", "beliefs", "channel"}[k] }

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
		c.h = new(History)
	}
	c.horizon = cmp.Or(c.h.HorizonDays, c.horizon)
	for _, a := range c.h.Arms[:min(len(c.h.Arms), 2)] {
		kept := HistoryArm{Name: a.Name}
		for _, l := range a.Lanes {
			kept.Lanes = append(kept.Lanes, c.inside(l))
		}
		c.arms = append(c.arms, kept)
	}
	w, t := words{title: "One future, played twice from the same chance"}, c.table()
	if len(c.arms) == 0 {
		w.subtitle = []string{"no history"}
		const none = "No history was kept in this run: choose a replicate to see one future in full."
		return nothing(w, cmp.Or(c.h.Finding, none), t.head...)
	}
	w.lead = c.h.Finding
	w.subtitle = []string{fmt.Sprintf("draw %d, replicate %d, seed %d", c.h.Draw, c.h.Replicate, in.s.Run.Seed)}
	if c.h.Typical != "" {
		w.subtitle = append(w.subtitle, c.h.Typical)
	}
	var parts []string
	for _, a := range c.arms {
		w.arms = append(w.arms, in.lookOf(a.Name))
		acts, missteps := 0, 0
		for _, l := range a.Lanes {
			for _, e := range l.Events {
				if l.Kind == Acts || l.Kind == Replies {
					acts++
					missteps += map[bool]int{true: 1}[e.Misstep]
				}
			}
		}
		parts = append(parts, fmt.Sprintf("%s: %d steps, %d of them missteps", in.label(a.Name), acts, missteps))
	}
	w.alt = strings.TrimSpace("Timeline of one replicate. "+c.h.Finding) + " " + strings.Join(parts, "; ") + "."
	return picture{words: w, numbers: t, rows: c.rows(), key: c.key()}
}

// later reports whether steps of an arm lie beyond the window.
func (a HistoryArm) later() bool {
	return slices.ContainsFunc(a.Lanes, func(l Lane) bool { return len(l.later) > 0 })
}

// inside keeps what lies in the window.
func (c *history) inside(l Lane) Lane {
	out := Lane{Name: l.Name, Kind: l.Kind}
	for _, e := range l.Events {
		if e.Day >= 0 && e.Day <= c.horizon {
			out.Events = append(out.Events, e)
		} else if e.Day > c.horizon && (l.Kind == Acts || l.Kind == Replies) {
			out.later = append(out.later, e)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return cmp.Compare(a.Day, b.Day) })
	for _, u := range l.Up {
		if u.From, u.To = max(u.From, 0), min(u.To, c.horizon); u.To > u.From {
			out.Up = append(out.Up, u)
		}
	}
	return out
}

func (c *history) table() table {
	t := newTable("arm lane lane_kind day day_to kind actor target rung label belief misstep avoidable induced")
	for _, a := range c.arms {
		for _, l := range a.Lanes {
			for _, u := range l.Up {
				t.add(a.Name, l.Name, l.Kind.String(), u.From, u.To, "up", "", "", "", "", "", "", "", "")
			}
			for _, e := range slices.Concat(l.Events, l.later) {
				t.add(a.Name, l.Name, l.Kind.String(), e.Day, "", e.Kind, e.Actor, e.Target, rungCode(e.Rung), e.Label,
					e.Belief, e.Misstep, e.Avoidable, e.Induced)
			}
		}
	}
	return t
}

// rows has the lanes of each arm below its name; years and the day on which the arms part run through all.
func (c *history) rows() *chart.Table {
	t := &chart.Table{Step: 14, Columns: []chart.Column{{Most: 116}, {Plot: true}}}
	lines := 0
	for _, a := range c.arms {
		look := c.in.lookOf(a.Name)
		t.Rows = append(t.Rows, chart.Heading(chart.Plain.Heavy().In(look.Color), say.Capital(look.Label)))
		lines++
		for i, l := range a.Lanes {
			row := chart.Row{Lines: 1, Cells: chart.Texts(chart.Plain, l.Name), Draw: func(p *chart.Page, at []chart.Rect) {
				if i%2 == 0 {
					p.Fill(at[1].Inset(-4, .5, 0, .5), chart.Tint(chart.Unclear, .1))
				}
				x, _ := c.years(at[1])
				c.lane(p, at[1], x, l)
			}}
			if l.Kind != Channel { // labels stand below their marks
				row.Lines = 2
			}
			lines += row.Lines
			t.Rows = append(t.Rows, row)
		}
	}
	axis := chart.Row{Draw: func(p *chart.Page, at []chart.Rect) {
		x, years := c.years(at[1])
		p.Under(at[1], x, years, lines)
		if d := c.h.Diverges; d > 0 && d <= c.horizon {
			p.Line(x.At(d), at[1].Bottom(), x.At(d), at[1].Bottom()+chart.Multiple(lines, at[1].H), 1.1, chart.Ink, 1.5, 2)
		}
	}}
	t.Rows = append([]chart.Row{axis}, t.Rows...)
	return t
}

func (c *history) years(plot chart.Rect) (chart.Scale, []chart.Tick) {
	return chart.Years(c.in.begin, c.horizon, plot.X, plot.Right()-34)
}

func (c *history) lane(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	switch l.Kind {
	case Channel:
		c.channel(p, r, x, l)
	case Beliefs:
		c.beliefs(p, r, x, l)
	default:
		c.acts(p, r, x, l)
	}
}

// toldBelief is the least change of a belief that is worth a number.
const toldBelief = .02

// beliefs draws each belief at its height, with its value where it moved and there is room for it.
func (c *history) beliefs(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	told := math.Inf(1)
	for i, e := range l.Events {
		at := r.Bottom() - 3 - float64(min(max(e.Belief, 0), 1)*(r.H-6))
		p.Line(x.At(e.Day), r.Bottom()-2, x.At(e.Day), at, .8, chart.Tint(chart.Blue, .5))
		p.Point(x.At(e.Day), at, 2, chart.Disc, chart.Blue)
		label, end := say.Percent(e.Belief), r.Right()
		if i+1 < len(l.Events) {
			end = x.At(l.Events[i+1].Day) - 4
		}
		if math.Abs(e.Belief-told) >= toldBelief && x.At(e.Day)+5+p.Width(label, chart.Quiet) < end {
			p.Text(x.At(e.Day)+5, r.Bottom()-4, label, chart.Quiet)
			told = e.Belief
		}
	}
}

// channel draws a bar where the channel is up, a tick for each meeting and a cross where it breaks.
func (c *history) channel(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	y := r.MiddleY()
	p.Line(x.From, y, x.To, y, .7, chart.Frame, 1.5, 2)
	thick := min(r.H*.5, 9)
	for _, u := range l.Up {
		p.Fill(chart.Box(x.At(u.From), y-float64(thick/2), max(x.At(u.To)-x.At(u.From), .8), thick), chart.Sky)
	}
	for _, e := range l.Events {
		switch {
		case breaks(e):
			p.Cross(x.At(e.Day), y, 3.4, chart.Harm)
		case e.Kind == "meeting":
			p.Line(x.At(e.Day), y-float64(thick/2), x.At(e.Day), y+float64(thick/2), .9, chart.Ink)
		}
	}
}

// breaks reports that a channel is not available any longer.
func breaks(e Event) bool { return e.Kind == "suspension" || e.Kind == "lapse" || e.Kind == "shut" }

func stepLook(e Event, k LaneKind) (chart.Mark, color.NRGBA) {
	switch {
	case e.Misstep && e.Avoidable:
		return chart.Diamond, chart.Harm
	case e.Misstep:
		return chart.Ring, chart.Harm
	case e.Induced:
		return chart.Triangle, chart.Orange
	case k == Replies || e.Kind == "reply":
		return chart.Square, chart.Ink
	default:
		return chart.Disc, chart.Ink
	}
}

func (c *history) occurs(is func(Lane, Event) bool) bool {
	return slices.ContainsFunc(c.arms, func(a HistoryArm) bool {
		return slices.ContainsFunc(a.Lanes, func(l Lane) bool {
			return slices.ContainsFunc(l.Events, func(e Event) bool { return is(l, e) })
		})
	})
}

func isStep(k LaneKind) bool { return k != Channel && k != Beliefs }

// key explains the marks that occur.
func (c *history) key() (k chart.Key) {
	for _, s := range []struct {
		words string
		kind  LaneKind
		event Event
	}{
		{"avoidable misstep", Acts, Event{Misstep: true, Avoidable: true}}, {"bad luck", Acts, Event{Misstep: true}},
		{"induced", Acts, Event{Induced: true}}, {"act", Acts, Event{}}, {"reply", Replies, Event{}},
	} {
		m, shade := stepLook(s.event, s.kind)
		if c.occurs(func(l Lane, e Event) bool {
			mark, color := stepLook(e, l.Kind)
			return isStep(l.Kind) && mark == m && color == shade
		}) {
			k.Mark(m, shade, s.words)
		}
	}
	if c.occurs(func(l Lane, _ Event) bool { return l.Kind == Beliefs }) {
		k.Item(8, "belief", func(p *chart.Page, x, y float64) { p.Point(x+4, y, 2, chart.Disc, chart.Blue) })
	}
	k.Item(8, "up", func(p *chart.Page, x, y float64) { p.Fill(chart.Box(x-1, y-4, 10, 8), chart.Sky) })
	if c.occurs(func(_ Lane, e Event) bool { return e.Kind == "meeting" }) {
		k.Item(8, "meeting", func(p *chart.Page, x, y float64) { p.Line(x+4, y-4, x+4, y+4, .9, chart.Ink) })
	}
	if c.occurs(func(_ Lane, e Event) bool { return breaks(e) }) {
		k.Item(8, "broken", func(p *chart.Page, x, y float64) { p.Cross(x+4, y, 3.4, chart.Harm) })
	}
	if slices.ContainsFunc(c.arms, HistoryArm.later) {
		k.Item(8, "highest after the end", func(p *chart.Page, x, y float64) { p.Text(x-3, y+4, "→", chart.Plain) })
	}
	if c.h.Diverges > 0 {
		k.Item(8, "the two part", func(p *chart.Page, x, y float64) { p.Line(x+4, y-6, x+4, y+6, 1.1, chart.Ink, 1.5, 2) })
	}
	return k
}

// acts draws steps with their rungs below them. Steps that stand so close that their labels would touch share one.
func (c *history) acts(p *chart.Page, r chart.Rect, x chart.Scale, l Lane) {
	for _, marked := range []bool{false, true} { // missteps on top
		for _, e := range l.Events {
			if m, shade := stepLook(e, l.Kind); e.Misstep == marked {
				p.Point(x.At(e.Day), r.MiddleY()-6, 3.4, m, shade)
			}
		}
	}
	for i, j := 0, 0; i < len(l.Events); i = j {
		left, end := x.At(l.Events[i].Day)-6, math.Inf(1)
		var kinds []Event // one of each that the label tells apart
		for j = i; j < len(l.Events) && x.At(l.Events[j].Day)-6 < end; j++ {
			e := l.Events[j]
			if !slices.ContainsFunc(kinds, func(o Event) bool {
				return o.Rung == e.Rung && o.Label == e.Label && o.Misstep == e.Misstep
			}) {
				kinds = append(kinds, e)
				label, st := labelOf(kinds)
				end = left + p.Width(label, st) + 4
			}
		}
		label, st := labelOf(kinds)
		p.Text(left, r.MiddleY()+10, label, st)
	}
	if len(l.later) > 0 {
		highest := slices.MaxFunc(l.later, func(a, b Event) int { return cmp.Compare(a.Rung, b.Rung) })
		label, st := labelOf([]Event{highest})
		label = "→ " + label
		p.Text(r.Right()-p.Width(label, st), r.MiddleY()-2, label, st)
	}
}

// labelOf is the rung of steps, or the lowest and the highest. Where there are missteps it is theirs alone, bold and in
// the colour of harm.
func labelOf(steps []Event) (label string, st chart.Style) {
	var rungs []string
	st = chart.Plain
	if slices.ContainsFunc(steps, func(e Event) bool { return e.Misstep }) {
		st = chart.Plain.Heavy().In(chart.Harm)
	}
	for _, e := range steps {
		if s := cmp.Or(e.Label, rungCode(e.Rung)); s != "" && (e.Misstep || st == chart.Plain) {
			rungs = append(rungs, s)
		}
	}
	slices.Sort(rungs)
	if rungs = slices.Compact(rungs); len(rungs) > 2 {
		rungs = []string{rungs[0], rungs[len(rungs)-1]}
	}
	return strings.Join(rungs, "–"), st
}

// rungCode is the code of a rung, empty for a number that is none.
func rungCode(rung int) string {
	if rung < 0 || rung >= len(standard.Rungs) {
		return ""
	}
	return standard.Rungs[rung].Code
}
