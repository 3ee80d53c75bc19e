package timeline

import (
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// Key explains the marks that occur in lanes.
func Key(lanes []Lane) (k chart.Key) {
	occurs := func(is func(Lane, Event) bool) bool {
		return slices.ContainsFunc(lanes, func(l Lane) bool {
			return slices.ContainsFunc(l.Events, func(e Event) bool { return is(l, e) })
		})
	}
	for _, s := range []struct {
		words string
		kind  Kind
		event Event
	}{
		{"avoidable misstep", Acts, Event{Misstep: true, Avoidable: true}}, {"bad luck", Acts, Event{Misstep: true}},
		{"induced", Acts, Event{Induced: true}}, {"act", Acts, Event{}}, {"reply", Replies, Event{}},
	} {
		m, shade := s.event.look(s.kind)
		if occurs(func(l Lane, e Event) bool {
			mark, color := e.look(l.Kind)
			return l.Kind.Steps() && mark == m && color == shade
		}) {
			k.Mark(m, shade, s.words)
		}
	}
	if occurs(func(l Lane, _ Event) bool { return l.Kind == Beliefs }) {
		k.Item(8, "belief", func(p *chart.Page, x, y float64) { p.Point(x+4, y, 2, chart.Disc, chart.Blue) })
	}
	k.Item(8, "up", func(p *chart.Page, x, y float64) { p.Fill(chart.Box(x-1, y-4, 10, 8), chart.Sky) })
	if occurs(func(_ Lane, e Event) bool { return e.Kind == "meeting" }) {
		k.Item(8, "meeting", func(p *chart.Page, x, y float64) { p.Line(x+4, y-4, x+4, y+4, .9, chart.Ink) })
	}
	if occurs(func(_ Lane, e Event) bool { return e.breaks() }) {
		k.Item(8, "broken", func(p *chart.Page, x, y float64) { p.Cross(x+4, y, 3.4, chart.Harm) })
	}
	if slices.ContainsFunc(lanes, func(l Lane) bool { return len(l.later) > 0 }) {
		k.Item(8, "highest after the end", func(p *chart.Page, x, y float64) { p.Text(x-3, y+4, "→", chart.Plain) })
	}
	return k
}
