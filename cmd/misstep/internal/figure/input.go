package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/summary"
)

// input is what every figure is made from.
type input struct {
	s     *summary.Summary
	h     *History
	opts  Options
	begin time.Time
	arms  []chart.Arm // in drawing order: baseline, treatment, the others
}

func newInput(s *summary.Summary, h *History, o Options) *input {
	s = orEmpty(s)
	in := &input{s: s, h: h, opts: o, begin: o.Start}
	if in.begin.IsZero() {
		in.begin, _ = time.Parse(time.DateOnly, s.Run.Start)
	}
	in.begin = in.begin.UTC()
	in.addArm(s.Run.Baseline)
	in.addArm(s.Run.Treatment)
	for _, a := range s.Arms {
		in.addArm(a.Name)
	}
	return in
}

// addArm gives the next look to an arm that the summary has and that has none yet.
func (in *input) addArm(name string) {
	if in.armOf(name) == nil || len(in.arms) == mostLines {
		return
	}
	if slices.ContainsFunc(in.arms, func(a chart.Arm) bool { return a.Name == name }) {
		return
	}
	a := looks[len(in.arms)]
	a.Name, a.Label = name, readable(name)
	in.arms = append(in.arms, a)
}

// armOf returns what the summary says of an arm, nil where it says nothing.
func (in *input) armOf(name string) *summary.Arm {
	for i := range in.s.Arms {
		if in.s.Arms[i].Name == name {
			return &in.s.Arms[i]
		}
	}
	return nil
}

// lookOf returns how an arm looks, or a grey one for an arm that is not drawn.
func (in *input) lookOf(name string) chart.Arm {
	for _, a := range in.arms {
		if a.Name == name {
			return a
		}
	}
	return chart.Arm{Name: name, Label: readable(name), Color: chart.Muted, Mark: chart.Ring}
}

// first returns so many arms at most.
func (in *input) first(n int) []chart.Arm { return in.arms[:min(n, len(in.arms))] }

// horizon is the length of the window [d].
func (in *input) horizon() float64 {
	if h := in.s.Run.HorizonDays; h > 0 && chart.Finite(h) {
		return h
	}
	longest := 0.0
	for _, a := range in.s.Arms {
		for _, c := range a.Curves {
			for _, d := range c.Days {
				if chart.Finite(d) {
					longest = max(longest, d)
				}
			}
		}
	}
	return cmp.Or(longest, 365.25)
}

// subtitle lists the scenario, the arms, the counts, in full or short, the seed and
// the interval; the scenario's title has so many letters of room.
func (in *input) subtitle(w words, room int, full bool) []string {
	r := in.s.Run
	var parts, names []string
	if title := cmp.Or(r.Title, r.Scenario); title != "" {
		parts = append(parts, chart.Clip(title, max(room, 20)))
	}
	drawn := in.first(mostRows)
	switch {
	case w.arms != nil:
		drawn = w.arms
	case w.lines:
		drawn = in.arms
	}
	for _, a := range drawn {
		names = append(names, chart.Clip(a.Label, min(max(room-4, 10), 28)))
	}
	if more := len(in.s.Arms) - len(names); more > 0 && len(names) >= mostRows && w.arms == nil {
		names = append(names, fmt.Sprintf("%d not drawn", more))
	}
	if len(names) > 0 {
		parts = append(parts, "arms: "+among(names))
	}
	detail := w.detail
	if len(detail) == 0 {
		detail = []string{Played(r.Draws, r.Replicates), fmt.Sprintf("seed %d", r.Seed)}
		if !w.exact {
			detail = append(detail, "95 % intervals")
		}
	}
	for _, s := range detail {
		if !full {
			s = brief(s)
		}
		parts = append(parts, s)
	}
	return parts
}

// Played counts the futures, and of what they are made where sets of assumptions are many.
func Played(draws, replicates int) string {
	d, n := float64(draws), float64(replicates)
	out := chart.Fixed(d*n, 0) + " futures"
	if d*n == 1 {
		out = "1 future"
	}
	if d > 1 {
		out += fmt.Sprintf(" (%s sets of assumptions × %s)", chart.Fixed(d, 0), chart.Fixed(n, 0))
	}
	return out
}

// brief leaves out what stands in parentheses at the end.
func brief(s string) string {
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i]
	}
	return s
}

func (in *input) source() string {
	standing := "not calibrated: rests on assumptions"
	switch h := &in.s.Headline; {
	case h.Informed():
		standing = "calibrated"
	case h.Calibrated:
		standing = "levels calibrated, the difference assumed"
	}
	return "Source: misstep, model output, no forecast; " + standing + "."
}

// readable turns an id into words: without-forum becomes without forum.
func readable(id string) string {
	return strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
}

// under is the place of an arm in a sentence: without the forum, under "talks only".
func under(a chart.Arm) string {
	for _, p := range []string{"without ", "with "} {
		if rest, ok := strings.CutPrefix(a.Label, p); ok {
			return p + "the " + strings.TrimPrefix(rest, "the ")
		}
	}
	return "in “" + a.Label + "”"
}

var standard = func() *ladder.Scale {
	s, err := ladder.Named("standard")
	if err != nil {
		panic("figure: " + err.Error())
	}
	return s
}()

// rungName is the name of a rung, empty for a number that is none.
func rungName(rung int) string {
	if rung < 0 || rung >= len(standard.Rungs) {
		return ""
	}
	return standard.Rungs[rung].Name
}

// harder names the futures or cases that have come to a rung or to one above it.
func harder(class string) string {
	return class + " or harder" + map[string]string{
		"R3": " (from public attribution on)", "R5": " (from sanctions or charges on)",
		"R6": " (covert operations among them)", "R8": " (disruptive operations, force)",
	}[class]
}

// looks are handed to the arms in order: the baseline's first, the treatment's
// second. Green and black differ in lightness; line and mark differ as well.
var looks = []chart.Arm{
	{Color: chart.Black, Mark: chart.Square},
	{Color: chart.Green, Dash: []float64{6, 2.2}, Mark: chart.Disc},
	{Color: chart.Purple, Dash: []float64{1.6, 1.8}, Mark: chart.Diamond},
	{Color: chart.Orange, Dash: []float64{8, 2, 1.5, 2}, Mark: chart.Triangle},
	{Color: chart.Sky, Dash: []float64{3, 1.5}, Mark: chart.Ring},
}

// mostLines is how many arms are drawn as lines, mostRows as bars or marks in rows;
// the subtitle counts the others.
const (
	mostLines = 5
	mostRows  = 3
)

// among writes a list: a, b and c.
func among(items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " and " + items[n-1]
	}
}

// spanOf is an estimate as a figure draws it.
func spanOf(e summary.Estimate) chart.Span { return chart.NewSpan(e.Value, e.MC, e.Low, e.High) }

// drawableSpan is an estimate as a figure draws it that may be anything.
func drawableSpan(e summary.Estimate) chart.Span {
	return chart.NewSpan(drawable(e.Value), drawable(e.MC), drawable(e.Low), drawable(e.High))
}
