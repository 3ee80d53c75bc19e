package report

import (
	"math"
	"strconv"
	"strings"
)

// number reads a finite number.
func number(s string) (float64, bool) {
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
}

// shorter writes a number from a file with four significant digits at most and a
// minus sign; what is no number stays.
func shorter(s string) string {
	x, ok := number(s)
	if !ok {
		return s
	}
	digits := 4
	if whole := len(strconv.FormatFloat(math.Trunc(math.Abs(x)), 'f', 0, 64)); whole > digits && whole < 16 {
		digits = whole
	}
	return strings.ReplaceAll(strconv.FormatFloat(x, 'g', digits, 64), "-", "−")
}

// short writes a coordinate with one digit after the point at most.
func short(x float64) string {
	s := strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}
