package figure

import (
	"image/color"
	"math"

	"github.com/misstep/misstep/model/summary"
)

// span is a value with its two uncertainties as ends.
type span struct {
	value               float64
	monteLow, monteHigh float64
	low, high           float64
	ok                  bool // the value is finite
}

// spanOf drops what is not finite: an unknown end falls on the value.
func spanOf(e summary.Estimate) span {
	s := span{value: e.Value, ok: finite(e.Value)}
	if !s.ok {
		nan := math.NaN()
		return span{value: nan, monteLow: nan, monteHigh: nan, low: nan, high: nan}
	}
	mc := math.Abs(e.MC)
	if !finite(mc) {
		mc = 0
	}
	s.monteLow, s.monteHigh = e.Value-mc, e.Value+mc
	s.low, s.high = e.Value, e.Value
	if finite(e.Low) && finite(e.High) && e.Low <= e.High {
		s.low, s.high = e.Low, e.High
	}
	return s
}

// within cuts the ends at a bound that the quantity cannot pass.
func (s span) within(lo, hi float64) span {
	cut := func(v float64) float64 { return min(max(v, lo), hi) }
	s.monteLow, s.monteHigh, s.low, s.high = cut(s.monteLow), cut(s.monteHigh), cut(s.low), cut(s.high)
	return s
}

// top is the highest end.
func (s span) top() float64 {
	if !s.ok {
		return 0
	}
	return max(s.value, s.monteHigh, s.high)
}

// draw draws a mark with its two intervals.
func (s span) draw(p *page, x scale, y float64, m mark, c color.NRGBA) {
	p.whisker(y, x.at(s.low), x.at(s.high), x.at(s.monteLow), x.at(s.monteHigh), c)
	p.point(x.at(s.value), y, 3.6, m, c)
}

// whisker draws the two uncertainties of a value along x: the parameter interval
// thin, the Monte Carlo interval thick. Positions are on the page.
func (p *page) whisker(y, low, high, monteLow, monteHigh float64, c color.NRGBA) {
	if high > low {
		p.line(low, y, high, y, 1.1, c)
		p.line(low, y-2.2, low, y+2.2, 1.1, c)
		p.line(high, y-2.2, high, y+2.2, 1.1, c)
	}
	if monteHigh > monteLow {
		p.line(monteLow, y, monteHigh, y, 3.4, c)
	}
}

// Texts give no number without its interval: what the parameters leave open, or what
// chance in the simulation leaves open where the draws resolve no more.

// The two intervals as keys name them.
const (
	overAssumptions = "range over assumptions"
	ofSampling      = "sampling error"
)

// inParentheses says what the intervals of a text are.
const inParentheses = " In parentheses: 95\u00a0% intervals."

// ends are those of the interval that a text gives. The parameter interval counts where
// it is wider than a trace of the Monte Carlo error and holds the value.
func (s span) ends() (lo, hi float64) {
	if s.high-s.low > (s.monteHigh-s.monteLow)*.01 && s.low <= s.value && s.value <= s.high {
		return s.low, s.high
	}
	return s.monteLow, s.monteHigh
}

// ranged writes a value with its interval: 63 % (8.0 % to >99 %).
func ranged(s span, write func(float64) string) string {
	lo, hi := s.ends()
	if !s.ok || lo == hi {
		return write(s.value)
	}
	return write(s.value) + " (" + write(lo) + " to " + write(hi) + ")"
}

// faint is the probability below which a number says nothing: the tail of a formula.
const faint = 1e-7

// likely writes a probability in a text as chance does, and says no more of a faint one
// than that it is.
func likely(v float64) string {
	if v > 0 && v < faint {
		return "under 1\u00a0in\u00a010\u00a0million"
	}
	return chance(v)
}

// sureOf gives a share that is 0 or 1, and has no error of its own, the interval of so
// many trials.
func sureOf(s span, n float64) span {
	if lo, hi := s.ends(); lo == hi && n >= 1 {
		if of := countedShare(s.value, int(min(n, 1e9))); of.ok {
			return of
		}
	}
	return s
}

// countedShare is a share of n independent futures with Wilson's 95 % interval, which is
// wider than nothing where the share is.
//
// [Wilson 1927]: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
func countedShare(p float64, n int) span {
	s := span{value: p, ok: finite(p) && n > 0}
	if !s.ok {
		return s
	}
	const z = 1.959964
	p = min(max(p, 0), 1)
	m := float64(n)
	middle, whole := p+z*z/(2*m), 1+z*z/m
	half := float64(z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)))
	s.monteLow, s.monteHigh = max(0, (middle-half)/whole), min(1, (middle+half)/whole)
	if p == 0 { // the formula leaves a trace of rounding
		s.monteLow = 0
	}
	s.low, s.high = s.value, s.value
	return s
}
