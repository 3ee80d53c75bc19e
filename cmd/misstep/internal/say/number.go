// Package say writes numbers, names and tables as people read them.
//
// The rules of output: a number is shown to the digit at which its Monte Carlo
// error begins, never finer; a minus is a minus sign; thousands are grouped; a
// probability below one in a hundred is "1 in N". A screen is at most Width
// columns wide. Results go to standard output, all else to standard error.
package say

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/summary"
)

// Minus replaces hyphens before digits by minus signs.
func Minus(s string) string { return strings.ReplaceAll(s, "-", "−") }

// Decimals is the number of digits after the point at which an error of this size
// shows: one significant digit of it, at most three digits, two without an error.
func Decimals(err float64) int {
	if !(err > 0) || math.IsInf(err, 0) {
		return 2
	}
	return min(3, max(0, int(math.Ceil(-elem.Log10(err)-1e-9))))
}

// Number writes x with some digits after the point. What rounds to zero has no sign.
func Number(x float64, digits int) string {
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	whole, _, _ := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err == nil && (n >= 1000 || n <= -1000) {
		s = Thousands(n) + strings.TrimPrefix(s, whole)
	}
	return Minus(s)
}

// Signed writes x with its sign, also a plus; zero has none.
func Signed(x float64, digits int) string {
	s := Number(x, digits)
	if x > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// Thousands groups the digits of a whole number.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Rare is the bound below which a probability is written as odds.
const Rare = 0.01

// Odds writes a probability as "1 in N", with two significant digits of N.
func Odds(p float64) string {
	if !(p > 0) {
		return "0"
	}
	n := 1 / p
	if n >= 1e12 {
		return "< 1 in 10¹²"
	}
	unit := elem.Pow(10, math.Floor(elem.Log10(n))-1)
	if unit > 1 {
		n = math.Round(n/unit) * unit
	}
	switch {
	case n >= 1e9:
		return "1 in " + Trimmed(n/1e9) + " bn"
	case n >= 1e6:
		return "1 in " + Trimmed(n/1e6) + " m"
	}
	return "1 in " + Thousands(int(math.Round(n)))
}

// Trimmed writes a number of two significant digits.
func Trimmed(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// Probability writes a probability for a sentence: percent, or odds if it is rare.
func Probability(p float64) string {
	if p > 0 && p < Rare {
		return Odds(p)
	}
	return Percent(p)
}

// Percent writes a share in whole percent, without claiming certainty.
func Percent(share float64) string {
	switch {
	case share > 0 && share < 0.005:
		return "< 1 %"
	case share < 1 && share > 0.995:
		return "> 99 %"
	}
	return Number(100*share, 0) + " %"
}

// Short writes a quantile with three significant digits.
func Short(x float64, duration bool) string {
	if x == 0 {
		return "0"
	}
	digits := max(0, 2-int(math.Floor(elem.Log10(math.Abs(x)))))
	s := strconv.FormatFloat(x, 'f', min(digits, 6), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if duration {
		s += "d"
	}
	return Minus(s)
}

// Maybe is a number that JSON has as null where it is none.
type Maybe float64

// MarshalJSON writes the number or null.
func (x Maybe) MarshalJSON() ([]byte, error) { return json.Marshal(OrNull(float64(x))) }

// Finite is x, and 0 for what is no number, which a file could not hold.
func Finite(x float64) float64 {
	if OrNull(x) == nil {
		return 0
	}
	return x
}

// PlusMinus writes the Monte Carlo error of an estimate times a factor, nothing where it is
// not known.
func PlusMinus(e summary.Estimate, factor float64, digits int) string {
	if e.NoError {
		return ""
	}
	return "±" + Number(factor*e.MC, digits)
}

// Scaled is an estimate in another unit: every part of it times a factor.
func Scaled(e summary.Estimate, by float64) summary.Estimate {
	e.Value, e.MC, e.Low, e.High = by*e.Value, by*e.MC, by*e.Low, by*e.High
	return e
}

// Day writes a day as 2026-06-30.
func Day(t time.Time) string { return t.Format("2006-01-02") }

// Span writes a time span in years where that is exact or nearly so, else in days.
func Span(days float64) string {
	years := days / param.DaysPerYear
	if near := math.Round(years); near >= 1 && math.Abs(years-near)*param.DaysPerYear < 1.5 {
		return Counted(int(near), "year")
	}
	return Counted(int(math.Round(days)), "day")
}

// Seconds writes how long something takes, as people say it.
func Seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 120:
		return fmt.Sprintf("%.0f s", s)
	case s < 120*60:
		return fmt.Sprintf("%.0f min", s/60)
	case s < 48*3600:
		return fmt.Sprintf("%.1f h", s/3600)
	case s < 700*24*3600:
		return Number(s/(24*3600), 0) + " days"
	default:
		return Number(s/(365.25*24*3600), 0) + " years"
	}
}
