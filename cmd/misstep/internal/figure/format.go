package figure

import (
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/elem"
)

// Numbers as people write them: three figures at most, commas between thousands, a
// minus sign that is no hyphen, a no-break space before the percent sign.

// fixed writes v with so many decimals and commas between thousands.
func fixedPoint(v float64, decimals int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(s, "0.") != "" {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return b.String()
}

// decimalsOf is how many decimals show two figures of v.
func decimalsOf(v float64) int {
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

// number writes a quantity: 1,234 · 12 · 4.1 · 0.43 · 0.0021.
func number(v float64) string {
	if !finite(v) {
		return "n/a"
	}
	if math.Abs(v) >= 1e9 {
		return strings.NewReplacer("-", "−", "+0", "", "+", "").Replace(strconv.FormatFloat(v, 'e', 0, 64))
	}
	if math.Abs(v) < 5e-5 {
		return "0"
	}
	return fixedPoint(v, decimalsOf(v))
}

// signed writes a difference: +0.43 · −2.1 · 0.
func signed(v float64) string {
	if s := number(v); v > 0 && s != "0" && s != "n/a" {
		return "+" + s
	} else {
		return s
	}
}

// axis writes a number on an axis, without zeros that say nothing: 0.2, not 0.20.
func axis(v float64) string {
	s := number(v)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// percent writes a share on an axis: 0 % · 2.5 % · 40 %.
func percent(v float64) string {
	if !finite(v) {
		return "n/a"
	}
	v = float64(v * 100)
	if math.Abs(v) >= 1e6 {
		return number(v) + "\u00a0%"
	}
	decimals := 0
	for decimals < 4 && math.Abs(v-math.Round(v*math.Pow10(decimals))/math.Pow10(decimals)) > 1e-9*math.Max(1, math.Abs(v)) {
		decimals++
	}
	return fixedPoint(v, decimals) + "\u00a0%"
}

// odds writes a probability on an axis: 10 % · 1 % · 1 in 1,000.
func odds(v float64) string {
	if v >= 0.00995 {
		return percent(v)
	}
	return chance(v)
}

// chance writes a probability: 62 % · 4.1 % · 1 in 2,500 · none. Below one percent
// a percentage is hard to picture, and odds are not.
func chance(v float64) string {
	switch {
	case !finite(v):
		return "n/a"
	case v <= 0:
		return "none"
	case v < 0.00995:
		return "1\u00a0in\u00a0" + oneIn(v)
	case v < 0.0995:
		return fixedPoint(v*100, 1) + "\u00a0%"
	case v >= 0.995 && v < 1:
		return ">\u00a099\u00a0%"
	case v > 1:
		return percent(v)
	default:
		return fixedPoint(v*100, 0) + "\u00a0%"
	}
}

// share writes a part of a whole that is not a chance: 58 % · 4.1 % · 0 %.
func share(v float64) string {
	switch {
	case !finite(v):
		return "n/a"
	case v > 0 && v < 0.0995:
		return fixedPoint(v*100, 1) + "\u00a0%"
	case v >= 0.995 && v < 1:
		return ">\u00a099\u00a0%"
	case v > 1:
		return percent(v)
	default:
		return fixedPoint(v*100, 0) + "\u00a0%"
	}
}

// oneIn is the N of "1 in N" with two figures.
func oneIn(v float64) string {
	n := 1 / v
	if n >= 1e12 {
		return "10^" + strconv.Itoa(int(math.Round(elem.Log10(n))))
	}
	scale := math.Pow10(max(int(math.Floor(elem.Log10(n)))-1, 0))
	return fixedPoint(math.Round(n/scale)*scale, 0)
}

// ratio writes a factor: ×0.62 · ×1.00.
func ratio(v float64) string {
	switch {
	case !finite(v):
		return "n/a"
	case v >= 99.5:
		return "×" + number(v)
	case v >= 9.95:
		return "×" + fixedPoint(v, 1)
	default:
		return "×" + fixedPoint(v, 2)
	}
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

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
