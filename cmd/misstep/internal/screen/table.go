package screen

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
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

// section is a part of the table: measures that share a denominator, and so the
// digits that are worth showing.
type section struct {
	Heading  string
	Digits   int
	Measures []string // ids, in order; unknown ones are left out
}

// The denominators.
const (
	ofCases   = "of 100 cases discovered in both arms"
	ofFutures = "of 100 futures, within "
)

// Sections are the parts of the main table, with the window of the run.
func Sections(window string) []section {
	return []section{
		{ofCases, 2, []string{"missteps", "avoidable", "missteps_r6", "misstep_share", "missed", "unanswered",
			"forgone", "false_accusations", "hard", "public", "withdrawn", "regret"}},
		{ofFutures + window, 1, []string{"any_misstep", "any_misstep_r6", "any_induced",
			"reach_r3", "reach_r5", "reach_r6", "reach_r8"}},
		{"per future, in all cases", 2, []string{"cases", "missteps_future", "missed_future", "pair_episodes",
			"pair_missteps"}},
	}
}

// Labels are shown in place of a measure's own where the table says the rest.
var Labels = map[string]string{
	"missteps":        "missteps (needless, R3 or harder)",
	"missteps_r6":     "… to R6 or harder",
	"misstep_share":   "… of 100 answered at R3 or harder",
	"hard":            "answered at R3 or harder",
	"public":          "… with a public step",
	"forgone":         "accountability forgone (other arm's)",
	"regret":          "regret, % of utility range",
	"any_misstep":     "at least one misstep",
	"any_misstep_r6":  "at least one misstep to R6",
	"any_induced":     "at least one induced step",
	"reach_r3":        "R3 public attribution, or harder",
	"reach_r5":        "R5 sanctions, charges, or harder",
	"reach_r6":        "R6 relations reduced, or harder",
	"reach_r8":        "R8 disruptive operation, or harder",
	"cases":           "cases discovered",
	"missteps_future": "missteps",
	"missed_future":   "missed responses",
	"pair_episodes":   "episodes between the states",
	"pair_missteps":   "… with a misstep",
}

// rowsOf are the rows of a contrast.
func rowsOf(c *summary.Contrast, parts []section, uncertain bool) []row {
	var out []row
	for _, part := range parts {
		var rows []row
		for _, id := range part.Measures {
			m := c.Measure(id)
			if m == nil || id == "withdrawn" && m.Baseline.Value == 0 && m.Treatment.Value == 0 {
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

// RowOf shows a measure with so many digits after the point, more where a clear
// difference would round to nothing.
func RowOf(m *summary.Measure, digits int, uncertain bool) row {
	r := row{Label: m.Label, mark: say.Mark(m.Verdict)}
	if l, ok := Labels[m.ID]; ok {
		r.Label = l
	}
	factor := 1.0
	if m.Unit == "probability" {
		if IsRare(m) {
			return rareRow(r, m, uncertain)
		}
		factor = 100
	}
	if m.Verdict == summary.Better || m.Verdict == summary.Worse {
		digits = max(digits, say.Decimals(math.Abs(factor*m.Difference.Value)))
	}
	level := func(e summary.Estimate) cell {
		return cell{say.Number(factor*e.Value, digits), "±" + say.Number(factor*e.MC, digits)}
	}
	r.baseline, r.treatment = level(m.Baseline), level(m.Treatment)
	r.Change = cell{say.Signed(factor*m.Difference.Value, digits), "±" + say.Number(factor*m.Difference.MC, digits)}
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
	low, high := write(factor*e.Low, digits), write(factor*e.High, digits)
	if low == high && e.High-e.Low < e.MC {
		return [2]string{Unresolved}
	}
	return [2]string{low, high}
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
	r.Change = cell{"×" + say.Number(m.Ratio.Value, digits), "±" + say.Number(m.Ratio.MC, digits)}
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

// widths are those of the widest value and error of a column, and of the widest
// cell without an error, such as odds, which takes the room of both.
type widths struct{ value, mc, alone int }

func (w *widths) add(c cell) {
	n := utf8.RuneCountInString(c.Value)
	if c.MC == "" {
		w.alone = max(w.alone, n)
		return
	}
	w.value = max(w.value, n)
	w.mc = max(w.mc, utf8.RuneCountInString(c.MC))
}

func (w widths) set(c cell) string {
	total := max(w.alone, w.value+1+w.mc)
	switch {
	case c == cell{}:
		return ""
	case c.MC == "":
		return say.PadLeft(c.Value, total)
	}
	return say.PadLeft(say.PadLeft(c.Value, w.value)+" "+say.PadRight(c.MC, w.mc), total)
}

// render sets the rows as a table with aligned numbers.
func render(rows []row, baseline, treatment string) []string {
	for _, gap := range []string{"  ", " "} {
		lines := renderGap(rows, [2]string{say.Clipped(baseline, 16), say.Clipped(treatment, 16)}, " ", gap)
		if gap == " " || !slices.ContainsFunc(lines, func(l string) bool {
			return utf8.RuneCountInString(l) > say.TableWidth
		}) {
			return lines
		}
	}
	return nil
}

func renderGap(rows []row, arms [2]string, indent, gap string) []string {
	var base, treat, change widths
	var low, high int
	for _, r := range rows {
		base.add(r.baseline)
		treat.add(r.treatment)
		change.add(r.Change)
		if r.Interval[0] != Unresolved {
			low = max(low, utf8.RuneCountInString(r.Interval[0]))
			high = max(high, utf8.RuneCountInString(r.Interval[1]))
		}
	}
	head := []string{"", arms[0], arms[1], "difference", "", ""}
	if low > 0 {
		head[4] = "[parameters]"
	}
	lines := [][]string{head}
	for _, r := range rows {
		if r.heading {
			lines = append(lines, []string{r.Label})
			continue
		}
		interval := ""
		switch {
		case r.Interval[0] == Unresolved:
			interval = "[" + Unresolved + "]"
		case r.Interval[0] != "":
			interval = "[" + say.PadLeft(r.Interval[0], low) + ", " + say.PadLeft(r.Interval[1], high) + "]"
		}
		lines = append(lines, []string{"  " + r.Label, base.set(r.baseline), treat.set(r.treatment),
			change.set(r.Change), interval, r.mark})
	}
	out := say.Table(lines, "lrrrll", gap)
	for i := range out {
		out[i] = strings.TrimRight(indent+out[i], " ")
	}
	return out
}
