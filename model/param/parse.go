package param

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DaysPerYear converts years to days: the mean Gregorian year.
const DaysPerYear = 365.25

// DefaultLevel is the mass of an interval written "a to b" without a level.
const DefaultLevel = 0.90

var (
	intervalPattern = regexp.MustCompile(`^(\S+)\s+to\s+(\S+)(?:\s+at\s+([0-9.]+)\s*%)?$`)
	notZero         = regexp.MustCompile(`^[^eE]*[1-9]`)
	familyPattern   = regexp.MustCompile(`^([a-z]+)\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)$`)
)

// smallest is the least size of a number that a computer holds in full.
const smallest = 0x1p-1022

// ParseDist reads a value or a distribution:
//
//	3.5                     a point
//	2.5 to 6                a central 90 % interval
//	2.5 to 6 at 95%         another mass, as a source quotes it
//	uniform(0, 1)           a named family: uniform, normal, lognormal
//	                        (median, spread of the logarithm), logitnormal, beta
//
// Numbers of a duration domain are written 196d or 5y.
func ParseDist(text string, dom Domain) (d Dist, err error) {
	text = strings.TrimSpace(text)
	if m := intervalPattern.FindStringSubmatch(text); m != nil {
		d, err = parseInterval(m, dom)
	} else if m := familyPattern.FindStringSubmatch(text); m != nil {
		d, err = parseFamily(m[1], m[2], m[3], dom)
	} else if d.A, err = ParseNumber(text, dom.Duration); err == nil {
		err = dom.Check(d.A)
	}
	if err != nil {
		return Dist{}, err
	}
	d.Text = text
	return d, nil
}

func parseInterval(m []string, dom Domain) (Dist, error) {
	if dom.Integer {
		return Dist{}, errors.New("a whole number cannot be an interval; write one value")
	}
	lo, err := ParseNumber(m[1], dom.Duration)
	if err != nil {
		return Dist{}, err
	}
	hi, err := ParseNumber(m[2], dom.Duration)
	if err != nil {
		return Dist{}, err
	}
	level := DefaultLevel
	if m[3] != "" {
		pct, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			return Dist{}, fmt.Errorf("%q is no percentage", m[3])
		}
		level = pct / 100
	}
	return FromInterval(lo, hi, level, dom)
}

func parseFamily(name, first, second string, dom Domain) (Dist, error) {
	family := Family(max(0, slices.Index(familyNames[:], name)))
	if family == Point {
		return Dist{}, fmt.Errorf("unknown family %q; known: %s", name, strings.Join(familyNames[1:], ", "))
	}
	if dom.Integer {
		return Dist{}, errors.New("a whole number cannot be a distribution; write one value")
	}
	a, err := ParseNumber(first, dom.Duration)
	if err != nil {
		return Dist{}, err
	}
	spreadIsDuration := dom.Duration && (family == Uniform || family == Normal)
	b, err := ParseNumber(second, spreadIsDuration)
	if err != nil {
		return Dist{}, err
	}
	return newFamily(family, a, b, dom)
}

func newFamily(family Family, a, b float64, dom Domain) (Dist, error) {
	bad := func(format string, args ...any) (Dist, error) { return Dist{}, fmt.Errorf(format, args...) }
	switch family {
	case Uniform:
		if !(a < b) {
			return bad("uniform(%v, %v) is empty", a, b)
		}
		// The bounds themselves have mass zero, so an open end is accepted.
		closed := dom
		closed.OpenLo, closed.OpenHi = false, false
		for _, x := range [2]float64{a, b} {
			if err := closed.Check(x); err != nil {
				return Dist{}, err
			}
		}
	case Beta:
		if !(a > 0 && b > 0) {
			return bad("beta(%v, %v) needs two positive shapes", a, b)
		}
		if dom.Lo > 0 || dom.Hi < 1 {
			return bad("beta lives on 0 to 1, the domain is %s", dom.Text)
		}
	default:
		if !(b > 0) {
			return bad("the spread %v of a %v must be positive", b, family)
		}
		if err := dom.Check(a); err != nil {
			return Dist{}, err
		}
		switch l := links[family]; {
		case a > l.lo && a < l.hi:
			a = l.to(a)
		case family == LogNormal:
			return bad("the median %v of a lognormal must be positive", a)
		default:
			return bad("the median %v of a logitnormal must lie between 0 and 1", a)
		}
	}
	return Dist{Family: family, A: a, B: b}.truncate(dom), nil
}

// ParseNumber reads a finite number; with duration, a time span in days such as
// 196d, 26w or 5y, where a bare number other than 0 is refused because its unit
// would be a guess.
func ParseNumber(text string, duration bool) (float64, error) {
	digits, days := text, 1.0
	if n := len(text) - 1; duration && text != "0" && n >= 0 {
		digits, days = text[:n], unitDays[text[n]]
	}
	digits = strings.Replace(digits, "−", "-", 1)
	x, err := strconv.ParseFloat(digits, 64)
	switch ok := err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) && !strings.ContainsAny(digits, "xXpP_"); {
	case duration && (!ok || days == 0):
		return 0, fmt.Errorf("%q is no duration; write days as 196d, weeks as 26w or years as 5y", text)
	case !ok:
		return 0, fmt.Errorf("%q is no number, interval (2.5 to 6) or family (uniform(0, 1))", text)
	case math.Abs(x) < smallest && (x != 0 || notZero.MatchString(digits)):
		return 0, fmt.Errorf("%q is too small for a computer to hold; write 0, or a number of 1e-307 or more", text)
	case math.Abs(x) > math.MaxFloat64/days:
		return 0, fmt.Errorf("%q is too large for a computer to hold", text)
	}
	return x * days, nil
}

// unitDays is the length of each unit of a duration.
var unitDays = map[byte]float64{'d': 1, 'w': 7, 'y': DaysPerYear}

// FormatNumber writes a number as a scenario would; durations in days, or in
// years where that is exact.
func FormatNumber(x float64, duration bool) string {
	unit := ""
	if duration {
		unit = "d"
		if years := x / DaysPerYear; x != 0 && years == math.Trunc(years) {
			x, unit = years, "y"
		}
	}
	return strconv.FormatFloat(x, 'g', -1, 64) + unit
}
