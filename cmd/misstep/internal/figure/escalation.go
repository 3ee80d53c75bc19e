package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// escalation shows over time how the probability of a misstep differs between the headline's arms,
// and under it the cumulative probabilities of a misstep and of public and covert steps in every arm.
type escalation struct {
	in     *input
	course *course // nil where there is nothing to compare
	levels []levelPanel
	note   string // on what history has not seen, and on marked days
}

// levels are the cumulative probabilities that the figure shows, the headline's first.
var levels = []struct{ id, class, cause, heading string }{
	{"misstep", "R3", "misstep", "A misstep"},
	{"public", "R3-R6", "any", "A public step (R3 to R6)"},
	{"covert", "R7", "any", "A covert step (R7)"},
}

func newEscalation(in *input) picture {
	e := &escalation{in: in, course: newCourse(in), note: strings.TrimSpace(in.rare() + " " + in.turns())}
	t := newTable("class cause arm day probability mc_low mc_high parameter_low parameter_high")
	var parts []string
	if e.course != nil {
		parts = append(parts, e.course.says())
		e.course.rows(&t)
	}
	played := float64(in.s.Run.Draws * in.s.Run.Replicates) // says how sure a share of all or none is
	for _, l := range levels {
		p := newLevelPanel(in, l.class, l.cause)
		if len(p.lines) == 0 { // an older run
			continue
		}
		p.id, p.heading, p.named = l.id, l.heading, len(e.levels) == 0
		e.levels = append(e.levels, p)
		for _, l := range p.lines {
			end := chart.Ranged(sureOf(l.final(), played, l.blind), chart.Likely)
			parts = append(parts, fmt.Sprintf("%s, %s: %s", p.heading, l.arm.Label, end))
			for i := range l.at {
				cells := l.row(i)
				if l.whole && !p.banded() && i < len(l.at)-1 { // not drawn
					cells[3], cells[4] = "", ""
				}
				t.add(append([]any{p.class, p.cause, l.arm.Name, l.days[i]}, cells...)...)
			}
		}
	}
	for _, a := range in.first(2) {
		if c := curveOf(in.armOf(a.Name), "R8", "any"); c != nil {
			n := len(c.Value) - 1
			t.add("R8", "any", a.Name, c.Days[n], c.Value[n], "", "", "", "")
			if c.Bound > 0 {
				t.add("R8", "bound from history", a.Name, c.Days[n], c.Bound, "", "", "", "")
			}
		}
	}
	w := words{title: "How likely a misstep becomes, and how much the arms differ", lines: true}
	w.alt = "At the end of the window: " + strings.Join(parts, "; ") + ". " + in.rare() + chart.InParentheses
	switch {
	case len(e.levels) == 0:
		note := strings.TrimSpace("This run has no curves over time. " + in.rare())
		w.alt = note
		return picture{words: w, numbers: t, note: note}
	case e.course != nil:
		w.lead = e.course.lead()
	case len(in.s.Contrasts) > 0:
		w.lead = "This run is older than the difference over time: run it again to see it"
	}
	return picture{words: w, numbers: t, draw: e.draw, height: e.height(), key: e.key(), panels: e.panels()}
}

// panels are those that can be drawn alone.
func (e *escalation) panels() (out []panel) {
	add := func(name string, height float64, draw func(p *chart.Page, r chart.Rect)) {
		out = append(out, panel{name, height + 2*chart.LineStep, func(p *chart.Page, r chart.Rect) {
			note := p.WrapTo(2, e.in.turns(), r.W, chart.Quiet)
			r.H -= chart.Multiple(len(note), chart.LineStep)
			p.Lines(r.X, r.Bottom()+chart.Ascent+2, note, chart.Quiet)
			draw(p, r)
		}})
	}
	if e.course != nil {
		add("difference", courseHeight, e.course.draw)
	}
	for i := range e.levels {
		l := e.levels[i]
		l.named = true
		add(l.id, max(l.height(e.in), 150), func(p *chart.Page, r chart.Rect) { l.draw(p, r, e.in) })
	}
	return out
}

// rare is the sentence on R8, which has no precedent: the model's tail where the draws resolve it, and beside it the
// bound from history.
func (in *input) rare() string {
	found, bound := false, 0.0
	var tail []string
	for _, a := range in.first(2) {
		c := curveOf(in.armOf(a.Name), "R8", "any")
		if c == nil {
			continue
		}
		found, bound = true, max(bound, c.Bound)
		switch e := in.reached(a.Name, "reach_r8"); {
		case e != nil && e.Resolved:
			tail = append(tail, under(a)+" "+ofOneUnit(spanOf(*e).Within(0, 1)))
		case len(in.s.Contrasts) == 0 && len(c.Value) > 0 && len(c.High) == len(c.Value):
			l := lineOf(a, c)
			tail = append(tail, under(a)+" "+ofOneUnit(l.final()))
		}
	}
	if !found {
		return ""
	}
	s := "R8 or harder (disruptive operations, force): "
	if len(tail) > 0 {
		s += strings.Join(tail, ", ") + ", the tail of a formula; no precedent"
	} else {
		s += noNumber
	}
	if bound > 0 {
		s += "; history excludes only more than " + chart.Chance(bound)
	}
	return s + "."
}

// ofOneUnit writes a probability and the ends of its interval alike.
func ofOneUnit(s chart.Span) string { return chart.Ranged(s, chart.Alike(s.Value, s.Low, s.High)) }

// turns says what the dashed lines stand for.
func (in *input) turns() string {
	var parts []string
	for _, t := range in.s.Run.Turns {
		parts = append(parts, t.Label+", "+in.begin.AddDate(0, 0, int(t.Day)).Format("January 2006"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Dashed: " + strings.Join(parts, "; ") + "."
}

// marked draws the days that the note explains.
func (in *input) marked(p *chart.Page, plot chart.Rect, x chart.Scale) {
	for _, t := range in.s.Run.Turns {
		p.Line(x.At(t.Day), plot.Y, x.At(t.Day), plot.Bottom(), .7, chart.Frame, 2, 2)
	}
}

// key names the intervals that are drawn.
func (e *escalation) key() (k chart.Key) {
	if e.course != nil && e.course.ranged() {
		k.Item(8, chart.OverAssumptions, func(p *chart.Page, x, y float64) { upright(p, x+4, y-5, y+5, chart.Muted) })
	}
	for i := range e.levels {
		if e.levels[i].banded() {
			k.Item(22, chart.OverAssumptions+" (pale)", func(p *chart.Page, x, y float64) {
				p.Fill(chart.Box(x, y-5, 22, 10), chart.Tint(chart.Ink, chart.ParamTint))
				p.Line(x, y-5, x+22, y-5, .7, chart.Ink)
				p.Line(x, y+5, x+22, y+5, .7, chart.Ink)
			})
			break
		}
	}
	if e.chancy() {
		k.Item(22, chart.OfSampling+" (95\u00a0% intervals)", func(p *chart.Page, x, y float64) {
			p.Fill(chart.Box(x, y-3, 22, 6), chart.Tint(chart.Ink, chart.MonteTint))
			p.Line(x, y, x+22, y, 1.6, chart.Ink)
		})
	}
	return k
}

// chancy reports whether a band of chance is drawn.
func (e *escalation) chancy() bool {
	drawn := func(at []chart.Span) bool { return slices.ContainsFunc(at, chart.Span.Chancy) }
	return e.course != nil && drawn(e.course.at) || slices.ContainsFunc(e.levels, func(p levelPanel) bool {
		return slices.ContainsFunc(p.lines, func(l levelLine) bool { return drawn(l.at) })
	})
}

// Between the panels of escalation [pt].
const (
	gapAcross = 12
	gapDown   = 6
)

// rows are the heights of the panels in rows, a narrow page having one more.
func (e *escalation) rows(narrow bool) (course, first, rest float64) {
	if e.course != nil {
		course = courseHeight + gapDown
	}
	for i := range e.levels {
		rest = max(rest, e.levels[i].height(e.in))
	}
	if !narrow {
		return course, rest, rest
	}
	return course, rest + gapDown, rest
}

// height is what the panels want: all labels have room beside their plot.
func (e *escalation) height() float64 {
	p := e.in.page(nil, 0)
	course, first, rest := e.rows(p.Narrow())
	if !p.Narrow() {
		rest = 0
	}
	note := p.WrapTo(4, e.note, p.Body().W, chart.Quiet)
	return course + first + rest + chart.Multiple(len(note), chart.LineStep) + 4
}

func (e *escalation) draw(p *chart.Page, area chart.Rect) {
	note := p.WrapTo(4, e.note, area.W, chart.Quiet)
	area.H -= chart.Multiple(len(note), chart.LineStep)
	p.Lines(area.X, area.Bottom()+chart.Ascent+2, note, chart.Quiet)
	course, first, rest := e.rows(p.Narrow())
	if e.course != nil {
		spare := area.H - e.height() + chart.Multiple(len(note), chart.LineStep) + 4
		course += max(spare, 0)
		e.course.draw(p, chart.Box(area.X, area.Y, area.W, course-gapDown))
	}
	area = area.Inset(0, course, 0, 0)
	head, tail := chart.Box(area.X, area.Y, area.W, first-gapDown), area.Inset(0, first, 0, 0)
	others := e.levels[1:]
	switch {
	case p.Narrow():
		tail.H = rest
	case len(others) == 0:
		head.H = area.H
	default: // the names of the arms stand in the first one
		names := e.levels[0].labels(p) - others[0].labels(p)
		each := (area.W - chart.Multiple(len(others), gapAcross) - names) / float64(len(e.levels))
		head = chart.Box(area.X, area.Y, each+names, area.H)
		tail = chart.Box(head.Right()+gapAcross, area.Y, area.Right()-head.Right()-gapAcross, area.H)
	}
	e.levels[0].draw(p, head, e.in)
	for i := range others {
		others[i].draw(p, tail.Cell(0, 1, i, len(others), gapAcross, 0), e.in)
	}
}

func curveOf(a *summary.Arm, class, cause string) *summary.Curve {
	if a == nil {
		return nil
	}
	return a.Curve(class, cause)
}
