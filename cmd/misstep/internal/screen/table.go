package screen

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// section is a part of the table: measures that share a denominator, and so the
// digits that are worth showing.
type section struct {
	Heading  string
	Digits   int
	Measures []string // ids, in order; unknown ones are left out
}

// Sections are the parts of the main table, with the window of the run: all outcomes.
func Sections(window string) []section {
	return sectionsOf(window, func(*outcome.Outcome) bool { return true })
}

// sectionsOf are the parts of a table of the outcomes that are wanted.
func sectionsOf(window string, wanted func(*outcome.Outcome) bool) []section {
	parts := [outcome.NumParts]section{
		outcome.OfCases:    {Heading: "of 100 cases discovered in both arms", Digits: 2},
		outcome.OfBaseline: {Heading: "of 100 cases of the baseline", Digits: 2},
		outcome.OfFutures:  {Heading: "of 100 futures, within " + window, Digits: 1},
		outcome.OfDecades:  {Heading: "per ten years, in all cases", Digits: 2},
		outcome.OfAll:      {Heading: "per future, in all cases", Digits: 2},
	}
	for i := range outcome.All {
		o := &outcome.All[i]
		if !wanted(o) {
			continue
		}
		part := &parts[o.Part()]
		part.Measures = append(part.Measures, o.ID)
	}
	return parts[:]
}

func rowsOf(c *summary.Contrast, parts []section, uncertain bool) []answer.Row {
	var out []answer.Row
	for _, part := range parts {
		var rows []answer.Row
		for _, id := range part.Measures {
			m := c.Measure(id)
			if m == nil || absent(m) {
				continue
			}
			rows = append(rows, answer.RowOf(m, part.Digits, uncertain))
		}
		if len(rows) > 0 {
			out = append(append(out, answer.Row{Label: part.Heading, Heading: true}), rows...)
		}
	}
	return out
}

// absent reports whether a measure that is seldom met is not met in either arm.
func absent(m *summary.Measure) bool {
	o, ok := outcome.Named(m.ID)
	return ok && o.Rare && m.Baseline.Value == 0 && m.Treatment.Value == 0
}

// render sets the rows as a table, as narrow as it has to be.
func render(rows []answer.Row, baseline, treatment string) []string {
	arms := say.ClippedApart([]string{baseline, treatment}, 16)
	head := []string{"", arms[0], arms[1], "difference", "", ""}
	lines := [][]string{head}
	for _, r := range rows {
		if r.Heading {
			lines = append(lines, []string{r.Label})
			continue
		}
		interval := ""
		if r.Interval[0] != "" {
			interval, head[4] = strings.ReplaceAll(answer.Bracketed(r.Interval), "\u00a0", " "), "[parameters]"
		}
		lines = append(lines, []string{"  " + r.Label, r.Baseline.String(), r.Treatment.String(), r.Change.String(), interval,
			r.Mark})
	}
	out := say.Aligned(lines, "lrrrrl")
	if slices.ContainsFunc(out, func(l string) bool { return say.Columns(l) > say.TableWidth }) {
		out = say.Table(lines, "lrrrrl", " ")
	}
	return out
}

// mainRows are the measures of the headline contrast, the bounds from history and the availability of
// what the arms differ in.
func (v *View) mainRows(c *summary.Contrast) []answer.Row {
	base, treat := v.arm(c.Baseline), v.arm(c.Treatment)
	both := func(label string, of func(*summary.Arm) answer.Cell) answer.Row {
		return answer.Row{Label: label, Baseline: of(base), Treatment: of(treat)}
	}
	// What the absence of precedents allows at most.
	bound := func(class string) func(*summary.Arm) answer.Cell {
		return func(a *summary.Arm) answer.Cell {
			switch c := a.Curve(class, "any"); {
			case c == nil || c.Bound <= 0:
				return answer.Cell{Value: "–"}
			case c.Bound < say.Rare:
				return answer.Cell{Value: say.Odds(c.Bound)}
			default:
				return answer.Cell{Value: "≤ " + say.Number(100*c.Bound, 0)}
			}
		}
	}
	var out []answer.Row
	for _, r := range rowsOf(c, Sections(say.Span(v.Summary.Run.HorizonDays)), v.uncertain()) {
		out = append(out, r)
		if c := base.Curve("R8", "any"); r.ID == "reach_r8" && c != nil && c.Bound > 0 {
			out = append(out, both("… at most, by history", bound("R8")), both("R9 military, by history alone", bound("R9")))
		}
	}
	for i := range outcome.Levels {
		if o := &outcome.Levels[i]; base.Level(o.ID) != nil && treat.Level(o.ID) != nil {
			out = append(out, answer.Row{Label: "of 100, in each arm by itself", Heading: true},
				both(o.Words.Name, func(a *summary.Arm) answer.Cell {
					x := a.Level(o.ID)
					return answer.Cell{Value: say.Number(x.Value.Value, 1), MC: say.PlusMinus(x.Value, 1, 1)}
				}))
		}
	}
	if base.Forum.Exists || treat.Forum.Exists {
		out = append(out, answer.Row{Label: "of 100 moments of need", Heading: true},
			both("forum available", func(a *summary.Arm) answer.Cell {
				if !a.Forum.Exists {
					return answer.Cell{Value: "–"}
				}
				return answer.Cell{Value: say.Number(100*a.Forum.AtNeed.Value, 1), MC: say.PlusMinus(a.Forum.AtNeed, 100, 1)}
			}))
	}
	return out
}

func (v *View) arm(name string) *summary.Arm {
	for i := range v.Summary.Arms {
		if v.Summary.Arms[i].Name == name {
			return &v.Summary.Arms[i]
		}
	}
	return &summary.Arm{}
}
