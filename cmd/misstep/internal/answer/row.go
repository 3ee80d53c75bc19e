package answer

import (
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// Row is a line of a comparison, as people read it: a measure in both arms, or a heading.
type Row struct {
	ID        string // of the outcome; "" for none
	Label     string
	Heading   bool
	Baseline  Cell
	Treatment Cell
	Change    Cell
	Interval  [2]string // parameter 95 %; both empty where there is none
	Mark      string
}

// Cell is a value with its Monte Carlo error.
type Cell struct{ Value, MC string }

func (c Cell) String() string { return strings.TrimSuffix(c.Value+" "+c.MC, " ") }

// LabelOf is what a measure is called where most others are of 100 incidents.
func LabelOf(m *summary.Measure) string {
	label := labelOf(m)
	switch m.Unit {
	case outcome.PerCases, outcome.PerBaseline:
	case outcome.Probability:
		if !IsRare(m) {
			label += ", %"
		}
	case "per 100 hard cases":
		label += ", %"
	case "cases", "episodes":
		label += ", a future"
	default:
		if !strings.HasPrefix(m.Unit, "%") {
			label += ", " + m.Unit
		}
	}
	return label
}

// labelOf is what a measure is called, with % where it counts nothing.
func labelOf(m *summary.Measure) string {
	label := say.MeasureOr(m.ID, m.Label)
	if strings.HasPrefix(m.Unit, "%") {
		label += ", %"
	}
	return label
}

// RowOf shows a measure with so many digits after the point, more where a clear difference would round
// to nothing.
func RowOf(m *summary.Measure, digits int, uncertain bool) Row {
	r := Row{ID: m.ID, Label: labelOf(m), Mark: say.Mark(m.Verdict)}
	if IsRare(m) {
		return rareRow(r, m, uncertain)
	}
	factor := say.Factor(m.Unit)
	if m.Verdict == summary.Better || m.Verdict == summary.Worse {
		digits = max(digits, say.Decimals(math.Abs(factor*m.Difference.Value)))
	}
	level := func(e summary.Estimate) Cell {
		return Cell{say.Number(factor*e.Value, digits), say.PlusMinus(e, factor, digits)}
	}
	r.Baseline, r.Treatment = level(m.Baseline), level(m.Treatment)
	r.Change = Cell{say.Signed(factor*m.Difference.Value, digits), say.PlusMinus(m.Difference, factor, digits)}
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

// Bracketed is such an interval in a sentence.
func Bracketed(interval [2]string) string {
	return "[" + strings.TrimSuffix(interval[0]+",\u00a0"+interval[1], ",\u00a0") + "]"
}

// SectionDigits are the digits of a measure shown alone.
func SectionDigits(m *summary.Measure) int {
	if m.Unit == "probability" {
		return 1
	}
	return 2
}

// IsRare reports whether an outcome is a probability that is better said as odds.
func IsRare(m *summary.Measure) bool {
	return m.Unit == outcome.Probability && m.Baseline.Value < say.Rare && m.Treatment.Value < say.Rare &&
		m.Baseline.Value+m.Treatment.Value > 0
}

// rareRow shows odds, and the change as a ratio.
func rareRow(r Row, m *summary.Measure, uncertain bool) Row {
	r.Baseline, r.Treatment = Cell{Value: say.Odds(m.Baseline.Value)}, Cell{Value: say.Odds(m.Treatment.Value)}
	if m.Ratio.Value == 0 {
		return r
	}
	const digits = 2
	r.Change = Cell{"×" + say.Number(m.Ratio.Value, digits), say.PlusMinus(m.Ratio, 1, digits)}
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
