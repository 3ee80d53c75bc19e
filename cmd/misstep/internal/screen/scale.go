package screen

import (
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Scale is how the numbers of an outcome are written: times a factor, with so many digits.
type Scale struct {
	Factor float64
	Digits int
}

// Level writes a value with its Monte Carlo error.
func (s Scale) Level(e summary.Estimate) string { return s.withError(e, say.Number) }

// Change writes a difference with its sign and its Monte Carlo error.
func (s Scale) Change(e summary.Estimate) string { return s.withError(e, say.Signed) }

func (s Scale) withError(e summary.Estimate, write func(float64, int) string) string {
	return strings.TrimSpace(write(s.Factor*e.Value, s.Digits) + " " + say.PlusMinus(e, s.Factor, s.Digits))
}

// Interval writes the parameter interval in brackets.
func (s Scale) Interval(e summary.Estimate, write func(float64, int) string) string {
	x := answer.IntervalOf(e, s.Factor, s.Digits, write)
	return "[" + strings.TrimSuffix(x[0]+", "+x[1], ", ") + "]"
}
