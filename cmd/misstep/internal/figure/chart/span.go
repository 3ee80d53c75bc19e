package chart

import (
	"image/color"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// Span is a value with its two uncertainties as ends.
type Span struct {
	Value               float64
	MonteLow, MonteHigh float64
	Low, High           float64
	Ok                  bool // the value is finite
	Resolved            bool // the draws tell the parameter interval
	Blind               bool // one replicate a draw does not tell the interval of chance: its ends are the value
}

// MonteEnds are those of the interval of chance in a table: empty where it is not known.
func (s Span) MonteEnds() (low, high any) {
	if s.Blind {
		return "", ""
	}
	return s.MonteLow, s.MonteHigh
}

// Chancy reports whether there is an interval of chance to draw.
func (s Span) Chancy() bool { return s.Ok && s.MonteLow < s.MonteHigh }

// Half is the half-width of that interval in a table, above the value.
func (s Span) Half() any {
	if s.Blind {
		return ""
	}
	return s.MonteHigh - s.Value
}

// Ends are those of the parameter interval in a table: empty where it is not resolved.
func (s Span) Ends() (low, high any) {
	if !s.Resolved {
		return "", ""
	}
	return s.Low, s.High
}

// Unknown is no value.
var Unknown = Span{Value: nan, MonteLow: nan, MonteHigh: nan, Low: nan, High: nan}

var nan = math.NaN()

// NewSpan is a value with a half-width of chance and the ends of its parameter interval.
func NewSpan(value, mc, low, high float64) Span {
	if !Finite(value) {
		return Unknown
	}
	return Span{Value: value, MonteLow: value - mc, MonteHigh: value + mc, Low: low, High: high, Ok: true}
}

// Within cuts the ends at a bound that the quantity cannot pass.
func (s Span) Within(lo, hi float64) Span {
	cut := func(v float64) float64 { return min(max(v, lo), hi) }
	s.MonteLow, s.MonteHigh, s.Low, s.High = cut(s.MonteLow), cut(s.MonteHigh), cut(s.Low), cut(s.High)
	return s
}

// Draw draws a mark with its two intervals.
func (s Span) Draw(p *Page, x Scale, y float64, m Mark, c color.NRGBA) {
	p.Whisker(y, x.At(s.Low), x.At(s.High), x.At(s.MonteLow), x.At(s.MonteHigh), c)
	p.Point(x.At(s.Value), y, 3.6, m, c)
}

// Whisker draws the two uncertainties of a value along x: the parameter interval
// thin, the Monte Carlo interval thick. Positions are on the page.
func (p *Page) Whisker(y, low, high, monteLow, monteHigh float64, c color.NRGBA) {
	if high > low {
		p.Line(low, y, high, y, 1.1, c)
		p.Line(low, y-2.2, low, y+2.2, 1.1, c)
		p.Line(high, y-2.2, high, y+2.2, 1.1, c)
	}
	if monteHigh > monteLow {
		p.Line(monteLow, y, monteHigh, y, 3.4, c)
	}
}

// Texts give no number without its interval: what the parameters leave open, or what
// chance in the simulation leaves open where the draws resolve no more.

// The two intervals as keys name them.
const (
	OverAssumptions = "range over assumptions"
	OfSampling      = "sampling error"
)

// InParentheses says what the intervals of a text are.
const InParentheses = " In parentheses: 95\u00a0% intervals."

// ends are those of the interval that a text gives. The parameter interval counts where
// it is wider than a trace of the Monte Carlo error and holds the value.
func (s Span) ends() (lo, hi float64) {
	if s.High-s.Low > (s.MonteHigh-s.MonteLow)*.01 && s.Low <= s.Value && s.Value <= s.High {
		return s.Low, s.High
	}
	return s.MonteLow, s.MonteHigh
}

// Ranged writes a value with its interval: 63 % (8.0 % to >99 %).
func Ranged(s Span, write func(float64) string) string {
	lo, hi := s.ends()
	if !s.Ok || lo == hi {
		return write(s.Value)
	}
	return write(s.Value) + " (" + write(lo) + " to " + write(hi) + ")"
}

// faint is the probability below which a number says nothing: the tail of a formula.
const faint = 1e-7

// Likely writes a probability in a text as chance does, and says no more of a faint one than that it is.
func Likely(v float64) string {
	if v > 0 && v < faint {
		return "under 1\u00a0in\u00a010\u00a0million"
	}
	return Chance(v)
}

// SureOf gives a share that is 0 or 1, and has no error of its own, the interval of so many trials.
func SureOf(s Span, n float64) Span {
	if lo, hi := s.ends(); lo == hi && n >= 1 {
		if of := CountedShare(s.Value, int(min(n, 1e9))); of.Ok {
			return of
		}
	}
	return s
}

// CountedShare is a share of n independent futures with Wilson's 95 % interval, which is
// wider than nothing where the share is.
//
// [Wilson 1927]: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
func CountedShare(p float64, n int) Span {
	s := Span{Value: p, Ok: Finite(p) && n > 0}
	if !s.Ok {
		return s
	}
	const z = 1.959964
	p = min(max(p, 0), 1)
	m := float64(n)
	middle, whole := p+z*z/(2*m), 1+z*z/m
	half := float64(z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)))
	s.MonteLow, s.MonteHigh = max(0, (middle-half)/whole), min(1, (middle+half)/whole)
	if p == 0 { // the formula leaves a trace of rounding
		s.MonteLow = 0
	}
	s.Low, s.High = s.Value, s.Value
	return s
}

// Interval writes a difference with its parameter interval, all with the same decimals. Where the parameters have no
// spread it is the Monte Carlo interval; where they have one that the draws do not resolve, there is none to write.
func Interval(s Span, uncertain bool) string { return s.interval(uncertain, s.decimals(uncertain)) }

// Intervals writes differences that add up to a whole as Interval does, all with the same decimals: those of the whole,
// two at least where some part has as many.
func Intervals(uncertain bool, whole Span, parts ...Span) func(Span) string {
	decimals := whole.decimals(uncertain)
	for _, s := range parts {
		decimals = max(decimals, min(s.decimals(uncertain), 2))
	}
	return func(s Span) string { return s.interval(uncertain, decimals) }
}

func (s Span) interval(uncertain bool, decimals int) string {
	lo, hi, note := s.written(uncertain)
	switch {
	case !s.Ok:
		return "n/a"
	case lo == hi && s.MonteLow >= s.MonteHigh:
		return Signed(s.Value) + note
	case lo == hi:
		return say.Signed(s.Value, decimals) + note
	case math.Abs(lo) >= 1e6 || math.Abs(hi) >= 1e6:
		return Signed(s.Value) + " (" + Number(lo) + " to " + Number(hi) + ")"
	}
	return say.Signed(s.Value, decimals) + " (" + say.Number(lo, decimals) + " to " + say.Number(hi, decimals) + ")"
}

// decimals are those that Interval writes.
func (s Span) decimals(uncertain bool) int {
	lo, hi, _ := s.written(uncertain)
	switch {
	case !s.Ok || lo == hi && s.MonteLow >= s.MonteHigh || math.Abs(lo) >= 1e6 || math.Abs(hi) >= 1e6:
		return 0
	case lo == hi: // to the digit at which chance begins
		return say.Decimals((s.MonteHigh - s.MonteLow) / 2)
	}
	far := max(math.Abs(lo), math.Abs(hi), math.Abs(s.Value))
	decimals := DecimalsOf(far)
	if far < 0.095 { // one figure is enough where zeros fill the column
		decimals--
	}
	for _, v := range []float64{s.Value, lo, hi} {
		if v != 0 && Number(v) != "0" && strings.Trim(say.Number(v, decimals), "0.") == "" {
			decimals++ // what is not zero is not written as zero
			break
		}
	}
	return decimals
}

// written are the ends to write, or why there are none.
func (s Span) written(uncertain bool) (lo, hi float64, note string) {
	switch {
	case s.Resolved:
		return s.Low, s.High, ""
	case uncertain:
		return s.Value, s.Value, " (not resolved)"
	default:
		return s.MonteLow, s.MonteHigh, ""
	}
}
