package timeline

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/ladder"
)

// Draw draws a lane into a row; x places its days.
func (l Lane) Draw(p *chart.Page, r chart.Rect, x chart.Scale) {
	switch l.Kind {
	case Channel:
		l.channel(p, r, x)
	case Beliefs:
		l.beliefs(p, r, x)
	default:
		l.acts(p, r, x)
	}
}

// toldBelief is the least change of a belief that is worth a number.
const toldBelief = .02

// beliefs draws each belief at its height, with its value where it moved and there is room for it.
func (l Lane) beliefs(p *chart.Page, r chart.Rect, x chart.Scale) {
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
func (l Lane) channel(p *chart.Page, r chart.Rect, x chart.Scale) {
	y := r.MiddleY()
	p.Line(x.From, y, x.To, y, .7, chart.Frame, 1.5, 2)
	thick := min(r.H*.5, 9)
	for _, u := range l.Up {
		p.Fill(chart.Box(x.At(u.From), y-float64(thick/2), max(x.At(u.To)-x.At(u.From), .8), thick), chart.Sky)
	}
	for _, e := range l.Events {
		switch {
		case e.breaks():
			p.Cross(x.At(e.Day), y, 3.4, chart.Harm)
		case e.Kind == "meeting":
			p.Line(x.At(e.Day), y-float64(thick/2), x.At(e.Day), y+float64(thick/2), .9, chart.Ink)
		}
	}
}

// breaks reports that a channel is not available any longer from here on.
func (e Event) breaks() bool { return e.Kind == "suspension" || e.Kind == "lapse" || e.Kind == "shut" }

// look is how a step in a lane of that kind is drawn.
func (e Event) look(k Kind) (chart.Mark, color.NRGBA) {
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

// Steps reports whether a lane holds steps.
func (k Kind) Steps() bool { return k != Channel && k != Beliefs }

// acts draws steps with their rungs below them. Steps that stand so close that their labels would touch share one.
func (l Lane) acts(p *chart.Page, r chart.Rect, x chart.Scale) {
	for _, marked := range []bool{false, true} { // missteps on top
		for _, e := range l.Events {
			if m, shade := e.look(l.Kind); e.Misstep == marked {
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
		if s := cmp.Or(e.Label, RungCode(e.Rung)); s != "" && (e.Misstep || st == chart.Plain) {
			rungs = append(rungs, s)
		}
	}
	slices.Sort(rungs)
	if rungs = slices.Compact(rungs); len(rungs) > 2 {
		rungs = []string{rungs[0], rungs[len(rungs)-1]}
	}
	return strings.Join(rungs, "–"), st
}

// RungCode is the code of a rung, empty for a number that is none.
func RungCode(rung int) string {
	if rung < 0 || rung >= ladder.Rungs {
		return ""
	}
	return fmt.Sprintf("R%d", rung)
}
