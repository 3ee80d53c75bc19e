package figure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/summary"
)

// input is what every figure is made from.
type input struct {
	s       *summary.Summary
	h       *History
	begin   time.Time
	arms    []chart.Arm // in drawing order: baseline, treatment, the others
	width   float64     // of the page [pt]; 0 for the standard
	bare    bool        // without title, subtitle and source line
	letters surface.Letters
	labels  map[string]string // of all arms by name, no two alike
}

// on is the input of figures that are drawn so.
func (in *input) on(o Options) *input {
	in.width, in.bare = surface.Size{Width: cmp.Or(o.Width, standardWidth)}.Across(), o.Bare
	in.letters = surface.Letters{Serif: o.Serif, More: o.Font, Lost: o.Lost}
	return in
}

func (in *input) in(format string) *input {
	out := *in
	out.letters.Kept = format == "svg"
	return &out
}

func (in *input) page(c surface.Canvas, height float64) *chart.Page {
	p := chart.NewPage(c, height)
	p.W, p.Letters = cmp.Or(in.width, p.W), in.letters
	return p
}

func newInput(s *summary.Summary, h *History) *input {
	in := &input{s: s, h: h}
	in.begin, _ = time.Parse(time.DateOnly, s.Run.Start)
	names := []string{s.Run.Baseline, s.Run.Treatment}
	for _, a := range s.Arms {
		names = append(names, a.Name)
	}
	in.labels = labels(names[2:])
	for _, name := range names {
		known := slices.ContainsFunc(in.arms, func(a chart.Arm) bool { return a.Name == name })
		if !known && in.armOf(name) != nil && len(in.arms) < mostLines {
			a := looks[len(in.arms)]
			a.Name, a.Label = name, in.label(name)
			in.arms = append(in.arms, a)
		}
	}
	return in
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
	return chart.Arm{Name: name, Label: in.label(name), Color: chart.Muted, Mark: chart.Ring}
}

func (in *input) first(n int) []chart.Arm { return in.arms[:min(n, len(in.arms))] }

// horizon is the length of the window [d].
func (in *input) horizon() float64 { return cmp.Or(in.s.Run.HorizonDays, 365.25) }

// subtitle lists the scenario, the arms, the counts, the seed and the interval.
func (in *input) subtitle(w words) []string {
	r := in.s.Run
	var parts, names []string
	if title := cmp.Or(r.Title, r.Scenario); title != "" {
		parts = append(parts, title)
	}
	drawn := in.first(mostRows)
	switch {
	case w.arms != nil:
		drawn = w.arms
	case w.lines:
		drawn = in.arms
	}
	for _, a := range drawn {
		names = append(names, a.Label)
	}
	if more := len(in.s.Arms) - len(names); more > 0 && len(names) >= mostRows && w.arms == nil {
		names = append(names, fmt.Sprintf("%d not drawn", more))
	}
	if len(names) > 0 {
		parts = append(parts, "arms: "+say.And(names))
	}
	if w.subtitle != nil {
		return append(parts, w.subtitle...)
	}
	parts = append(parts, Played(r.Draws, r.Replicates), fmt.Sprintf("seed %d", r.Seed))
	if !w.exact && r.Replicates > 1 { // one replicate a draw tells none
		parts = append(parts, "95\u00a0% intervals")
	}
	return parts
}

// Played counts the futures, and of what they are made where sets of assumptions are many.
func Played(draws, replicates int) string {
	out := say.Counted(draws*replicates, "future")
	if draws > 1 {
		out += fmt.Sprintf(" (%s sets of assumptions × %s)", say.Thousands(draws), say.Thousands(replicates))
	}
	return out
}

func (in *input) source() string {
	standing := "not calibrated: rests on assumptions"
	if in.s.Headline.Calibrated {
		standing = "behaviour fitted to the record, effects assumed"
	}
	return sourceOf(standing)
}

// leastLabel is the narrowest room that the name of an arm gets [pt].
const leastLabel = 80

// labels are the names of arms as people read them, which no font and no narrow room makes alike: those that would be
// have their number in front.
func labels(names []string) map[string]string {
	shown, none := say.Each(names, readable), surface.Letters{}
	for i, s := range shown {
		if !strings.ContainsFunc(none.Shown(s), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			shown[i] = fmt.Sprintf("arm\u00a0%d %s", i+1, s)
		}
	}
	for _, kept := range []bool{true, false} {
		p := chart.NewPage(nil, 0)
		p.Letters.Kept = kept
		shown = say.Apart(shown, func(s string) string {
			return p.Letters.Shown(p.Shorten(s, leastLabel, chart.Plain.Heavy()))
		})
	}
	out := map[string]string{}
	for i, name := range names {
		out[name] = shown[i]
	}
	return out
}

// label is the name of an arm as people read it.
func (in *input) label(name string) string { return cmp.Or(in.labels[name], readable(name)) }

// readable turns an id into words: without-forum becomes without forum.
func readable(id string) string {
	return strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
}

// under is the place of an arm in a sentence: without the forum, under "talks only".
func under(a chart.Arm) string {
	for _, p := range []string{"without ", "with "} {
		if rest, ok := strings.CutPrefix(a.Label, p); ok {
			if strings.HasPrefix(rest, "a ") || strings.HasPrefix(rest, "an ") {
				return a.Label
			}
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

// looks are handed to the arms in order: the baseline's first, the treatment's
// second. Green and black differ in lightness; line and mark differ as well.
var looks = []chart.Arm{
	{Color: chart.Black, Mark: chart.Square},
	{Color: chart.Green, Dash: []float64{6, 2.2}, Mark: chart.Disc},
	{Color: chart.Purple, Dash: []float64{1.6, 1.8}, Mark: chart.Diamond},
	{Color: chart.Orange, Dash: []float64{8, 2, 1.5, 2}, Mark: chart.Triangle},
	{Color: chart.Sky, Dash: []float64{3, 1.5}, Mark: chart.Ring},
}

// mostLines is how many arms are drawn as lines, mostRows as bars or marks in rows; the subtitle counts the others.
const (
	mostLines = 5
	mostRows  = 3
)

// spanOf is an estimate as a figure draws it.
func spanOf(e summary.Estimate) chart.Span {
	e = e.Closed()
	s := chart.NewSpan(e.Value, e.MC, e.Low, e.High)
	s.Resolved, s.Blind = e.Resolved, e.NoError
	return s
}
