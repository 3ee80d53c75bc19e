package screen

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// row is a line of the comparison: a heading, or a measure in both arms.
type row struct {
	Label     string
	heading   bool
	baseline  cell
	treatment cell
	Change    cell
	Interval  [2]string // parameter 95 %; both empty where there is none
	mark      string
}

// cell is a value with its Monte Carlo error.
type cell struct{ Value, MC string }

func (c cell) String() string { return strings.TrimSuffix(c.Value+" "+c.MC, " ") }

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

// Label is what an outcome is called in the table, label that of a measure of which nothing is known here.
func Label(id, label string) string {
	if o, ok := outcome.Named(id); ok {
		return o.Words.InTable()
	}
	return label
}

func rowsOf(c *summary.Contrast, parts []section, uncertain bool) []row {
	var out []row
	for _, part := range parts {
		var rows []row
		for _, id := range part.Measures {
			m := c.Measure(id)
			if m == nil || absent(m) {
				continue
			}
			rows = append(rows, RowOf(m, part.Digits, uncertain))
		}
		if len(rows) > 0 {
			out = append(append(out, row{Label: part.Heading, heading: true}), rows...)
		}
	}
	return out
}

// absent reports whether a measure that is seldom met is not met in either arm.
func absent(m *summary.Measure) bool {
	o, ok := outcome.Named(m.ID)
	return ok && o.Rare && m.Baseline.Value == 0 && m.Treatment.Value == 0
}

// RowOf shows a measure with so many digits after the point, more where a clear difference would round
// to nothing.
func RowOf(m *summary.Measure, digits int, uncertain bool) row {
	r := row{Label: Label(m.ID, m.Label), mark: say.Mark(m.Verdict)}
	if m.Unit == "probability" && IsRare(m) {
		return rareRow(r, m, uncertain)
	}
	factor := say.Factor(m.Unit)
	if m.Verdict == summary.Better || m.Verdict == summary.Worse {
		digits = max(digits, say.Decimals(math.Abs(factor*m.Difference.Value)))
	}
	level := func(e summary.Estimate) cell {
		return cell{say.Number(factor*e.Value, digits), say.PlusMinus(e, factor, digits)}
	}
	r.baseline, r.treatment = level(m.Baseline), level(m.Treatment)
	r.Change = cell{say.Signed(factor*m.Difference.Value, digits), say.PlusMinus(m.Difference, factor, digits)}
	if uncertain {
		r.Interval = IntervalOf(m.Difference, factor, digits, say.Signed)
	}
	return r
}

// Unresolved stands where the draws differ by hardly more than their noise.
const Unresolved = "not resolved"

// IntervalOf writes the ends of an estimate's interval, or Unresolved alone where the
// draws differ by hardly more than their noise.
func IntervalOf(e summary.Estimate, factor float64, digits int, write func(float64, int) string) [2]string {
	if !e.Resolved {
		return [2]string{Unresolved}
	}
	return [2]string{write(factor*e.Low, digits), write(factor*e.High, digits)}
}

// bracketed is such an interval in a sentence.
func bracketed(interval [2]string) string {
	return "[" + strings.TrimSuffix(interval[0]+",\u00a0"+interval[1], ",\u00a0") + "]"
}

// SectionDigits are the digits of a measure shown alone.
func SectionDigits(m *summary.Measure) int {
	if m.Unit == "probability" {
		return 1
	}
	return 2
}

// IsRare reports whether a probability is better said as odds.
func IsRare(m *summary.Measure) bool {
	return m.Baseline.Value < say.Rare && m.Treatment.Value < say.Rare && m.Baseline.Value+m.Treatment.Value > 0
}

// rareRow shows odds, and the change as a ratio.
func rareRow(r row, m *summary.Measure, uncertain bool) row {
	r.baseline, r.treatment = cell{Value: say.Odds(m.Baseline.Value)}, cell{Value: say.Odds(m.Treatment.Value)}
	if m.Ratio.Value == 0 {
		return r
	}
	const digits = 2
	r.Change = cell{"×" + say.Number(m.Ratio.Value, digits), say.PlusMinus(m.Ratio, 1, digits)}
	if uncertain {
		r.Interval = [2]string{Unresolved}
		// The ratio of two rare things can be so skewed over draws that its interval
		// makes no sense around the value; then there is none to show.
		if e := m.Ratio; 0 < e.Low && e.Low <= e.Value && e.Value <= e.High {
			r.Interval = IntervalOf(e, 1, digits, say.Number)
		}
	}
	return r
}

// render sets the rows as a table, as narrow as it has to be.
func render(rows []row, baseline, treatment string) []string {
	head := []string{"", say.Clipped(baseline, 16), say.Clipped(treatment, 16), "difference", "", ""}
	lines := [][]string{head}
	for _, r := range rows {
		if r.heading {
			lines = append(lines, []string{r.Label})
			continue
		}
		interval := ""
		if r.Interval[0] != "" {
			interval, head[4] = strings.ReplaceAll(bracketed(r.Interval), "\u00a0", " "), "[parameters]"
		}
		lines = append(lines, []string{"  " + r.Label, r.baseline.String(), r.treatment.String(), r.Change.String(), interval,
			r.mark})
	}
	out := say.Aligned(lines, "lrrrrl")
	if slices.ContainsFunc(out, func(l string) bool { return utf8.RuneCountInString(l) > say.TableWidth }) {
		out = say.Table(lines, "lrrrrl", " ")
	}
	return out
}

// mainRows are the measures of the headline contrast, the bounds from history and the availability of
// what the arms differ in.
func (v *View) mainRows(c *summary.Contrast) []row {
	base, treat := v.arm(c.Baseline), v.arm(c.Treatment)
	both := func(label string, of func(*summary.Arm) cell) row {
		return row{Label: label, baseline: of(base), treatment: of(treat)}
	}
	// What the absence of precedents allows at most.
	bound := func(class string) func(*summary.Arm) cell {
		return func(a *summary.Arm) cell {
			switch c := a.Curve(class, "any"); {
			case c == nil || c.Bound <= 0:
				return cell{Value: "–"}
			case c.Bound < say.Rare:
				return cell{Value: say.Odds(c.Bound)}
			default:
				return cell{Value: "≤ " + say.Number(100*c.Bound, 0)}
			}
		}
	}
	var out []row
	for _, r := range rowsOf(c, Sections(say.Span(v.Summary.Run.HorizonDays)), v.uncertain()) {
		out = append(out, r)
		if c := base.Curve("R8", "any"); r.Label == Label("reach_r8", "") && c != nil && c.Bound > 0 {
			out = append(out, both("… at most, by history", bound("R8")), both("R9 military, by history alone", bound("R9")))
		}
	}
	for i := range outcome.Levels {
		if o := &outcome.Levels[i]; base.Level(o.ID) != nil && treat.Level(o.ID) != nil {
			out = append(out, row{Label: o.Words.Name, heading: true},
				both(o.Words.InTable(), func(a *summary.Arm) cell {
					x := a.Level(o.ID)
					return cell{say.Number(x.Value.Value, 1), "±" + say.Number(x.Value.MC, 1)}
				}))
		}
	}
	if base.Forum.Exists || treat.Forum.Exists {
		out = append(out, row{Label: "of 100 moments of need", heading: true},
			both("forum available", func(a *summary.Arm) cell {
				if !a.Forum.Exists {
					return cell{Value: "–"}
				}
				return cell{say.Number(100*a.Forum.AtNeed.Value, 1), say.PlusMinus(a.Forum.AtNeed, 100, 1)}
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
