package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
)

// Numbers as people write them: three figures at most, commas between thousands, a
// minus sign that is no hyphen, a no-break space before the percent sign.

// DecimalsOf is how many decimals show two figures of v.
func DecimalsOf(v float64) int {
	v = math.Abs(v)
	switch {
	case v == 0 || v >= 9.95:
		return 0
	case v >= 0.095:
		if v >= 0.995 {
			return 1
		}
		return 2
	default:
		return min(1-int(math.Floor(elem.Log10(v))), 9)
	}
}

// Number writes a quantity: 1,234 · 12 · 4.1 · 0.43 · 0.0021.
func Number(v float64) string {
	if !Finite(v) {
		return "n/a"
	}
	if math.Abs(v) >= 1e9 {
		return strings.NewReplacer("-", "−", "+0", "", "+", "").Replace(strconv.FormatFloat(v, 'e', 0, 64))
	}
	if math.Abs(v) < 5e-5 {
		return "0"
	}
	return say.Number(v, DecimalsOf(v))
}

// Signed writes a difference: +0.43 · −2.1 · 0.
func Signed(v float64) string {
	if s := Number(v); v > 0 && s != "0" && s != "n/a" {
		return "+" + s
	} else {
		return s
	}
}

// Axis writes a number on an axis, without zeros that say nothing: 0.2, not 0.20.
func Axis(v float64) string {
	s := Number(v)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Percent writes a share on an axis: 0 % · 2.5 % · 40 %.
func Percent(v float64) string {
	if !Finite(v) {
		return "n/a"
	}
	v = float64(v * 100)
	if math.Abs(v) >= 1e6 {
		return Number(v) + "\u00a0%"
	}
	_, decimals, _ := strings.Cut(strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64), ".")
	return say.Number(v, len(decimals)) + "\u00a0%"
}

// Odds writes a probability on an axis: 10 % · 1 % · 1 in 1,000.
func Odds(v float64) string {
	if v >= 0.00995 {
		return Percent(v)
	}
	return Chance(v)
}

// Chance writes a probability: 62 % · 4.1 % · 1 in 2,500 · none. Below one percent
// a percentage is hard to picture, and odds are not.
func Chance(v float64) string {
	switch {
	case !Finite(v):
		return "n/a"
	case v <= 0:
		return "none"
	case v < 0.00995:
		return "1\u00a0in\u00a0" + oneIn(v)
	case v < 0.0995:
		return say.Number(v*100, 1) + "\u00a0%"
	case v >= 0.995 && v < 1:
		return ">\u00a099\u00a0%"
	case v > 1:
		return Percent(v)
	default:
		return say.Number(v*100, 0) + "\u00a0%"
	}
}

// Alike writes probabilities that stand beside each other in one unit: odds where all of them are below one percent,
// and percent where one is not.
func Alike(values ...float64) func(float64) string {
	if slices.Max(append(values, 0)) >= 0.00995 {
		return func(v float64) string {
			if v < faint || v >= 0.00995 {
				return Likely(v)
			}
			return say.Number(v*100, max(1, DecimalsOf(v*100)-1)) + "\u00a0%"
		}
	}
	return func(v float64) string {
		if v < 0.00995 {
			return Likely(v)
		}
		return "1\u00a0in\u00a0" + oneIn(v)
	}
}

// Share writes a part of a whole that is not a chance: 58 % · 4.1 % · 0 %.
func Share(v float64) string {
	switch {
	case v > 0 && v < 0.00995:
		return say.Number(v*100, 1) + "\u00a0%"
	case v <= 0:
		return say.Number(v*100, 0) + "\u00a0%"
	default:
		return Chance(v)
	}
}

// oneIn is the N of "1 in N" with two figures.
func oneIn(v float64) string {
	n := 1 / v
	if n >= 1e12 {
		return "10^" + strconv.Itoa(int(math.Round(elem.Log10(n))))
	}
	scale := math.Pow10(max(int(math.Floor(elem.Log10(n)))-1, 0))
	return say.Number(math.Round(n/scale)*scale, 0)
}

// Finite reports whether a number has a place on a scale.
func Finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
