package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
)

// The rules of output. A number is shown to the digit at which its Monte Carlo
// error begins, never finer; a minus is a minus sign; thousands are grouped; a
// probability below one in a hundred is "1 in N". A screen is at most screenWidth
// columns wide. Results go to standard output, all else to standard error.

const screenWidth = 108

// typeset replaces hyphens before digits by minus signs.
func typeset(s string) string { return strings.ReplaceAll(s, "-", "−") }

// decimals is the number of digits after the point at which an error of this size
// shows: one significant digit of it, at most three digits, two without an error.
func decimals(err float64) int {
	if !(err > 0) || math.IsInf(err, 0) {
		return 2
	}
	return min(3, max(0, int(math.Ceil(-elem.Log10(err)-1e-9))))
}

// number writes x with some digits after the point. What rounds to zero has no sign.
func number(x float64, digits int) string {
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err == nil && (n >= 1000 || n <= -1000) {
		s = thousands(n)
		if fraction != "" {
			s += "." + fraction
		}
	}
	return typeset(s)
}

// signed writes x with its sign, also a plus; zero has none.
func signed(x float64, digits int) string {
	s := number(x, digits)
	if x > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

// thousands groups the digits of a whole number.
func thousands(n int) string {
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

// rare is the bound below which a probability is written as odds.
const rare = 0.01

// odds writes a probability as "1 in N", with two significant digits of N.
func odds(p float64) string {
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
		return "1 in " + trimmed(n/1e9) + " bn"
	case n >= 1e6:
		return "1 in " + trimmed(n/1e6) + " m"
	}
	return "1 in " + thousands(int(math.Round(n)))
}

// trimmed writes a number of two significant digits.
func trimmed(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// probability writes a probability for a sentence: percent, or odds if it is rare.
func probability(p float64) string {
	if p > 0 && p < rare {
		return odds(p)
	}
	return percent(p)
}

// percent writes a share in whole percent, without claiming certainty.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.005:
		return "< 1 %"
	case share < 1 && share > 0.995:
		return "> 99 %"
	}
	return number(100*share, 0) + " %"
}

// span writes a time span in years where that is exact or nearly so, else in days.
func span(days float64) string {
	years := days / param.DaysPerYear
	if near := math.Round(years); near >= 1 && math.Abs(years-near)*param.DaysPerYear < 1.5 {
		return counted(int(near), "year")
	}
	return counted(int(math.Round(days)), "day")
}

// counted writes a number with its noun; a second noun is an irregular plural.
func counted(n int, noun string, plural ...string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case len(plural) > 0:
		return thousands(n) + " " + plural[0]
	}
	return thousands(n) + " " + noun + "s"
}

// seconds writes how long something took.
func seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 120:
		return fmt.Sprintf("%.0f s", s)
	default:
		return fmt.Sprintf("%.1f min", s/60)
	}
}

// and joins words as a sentence does.
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// clipped shortens a name to n letters.
func clipped(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// wrapped breaks text into lines of the screen's width: the first begins with
// first, the others with rest. A no-break space keeps a number with its unit.
func wrapped(first, rest, text string) []string {
	var lines []string
	line, length := first, utf8.RuneCountInString(first)
	empty := true
	for _, word := range strings.Fields(strings.ReplaceAll(text, "\u00a0", "\x01")) {
		word = strings.ReplaceAll(word, "\x01", " ")
		n := utf8.RuneCountInString(word)
		if !empty && length+1+n > screenWidth {
			lines = append(lines, line)
			line, length, empty = rest, utf8.RuneCountInString(rest), true
		}
		if !empty {
			line += " "
			length++
		}
		line += word
		length += n
		empty = false
	}
	return append(lines, line)
}

// pad fills with spaces on the left.
func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s))) + s
}

func padRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}
