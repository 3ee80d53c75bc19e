package chart

import (
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/elem"
)

// Scale places values between two positions on the page.
type Scale struct {
	Lo, Hi   float64 // values at the ends; lo > 0 where log
	From, To float64 // positions [pt]
	Log      bool
}

// At is the position of a value; values outside stay at the edge.
func (s Scale) At(v float64) float64 {
	lo, hi := s.Lo, s.Hi
	v = min(max(v, lo), hi)
	if s.Log {
		lo, hi, v = elem.Log(lo), elem.Log(hi), elem.Log(v)
	}
	if !(hi > lo) {
		return s.From
	}
	return s.From + float64((v-lo)/(hi-lo)*(s.To-s.From))
}

// Holding is a scale across a plot that holds values, with some room at its ends.
func Holding(values []float64, log bool, plot Rect) Scale {
	if len(values) == 0 {
		values = []float64{0}
	}
	s := Scale{Lo: slices.Min(values), Hi: slices.Max(values), From: plot.X, To: plot.Right(), Log: log}
	const pad = .06
	switch more := float64(pad * (s.Hi - s.Lo)); {
	case s.Lo == s.Hi && log:
		s.Lo, s.Hi = s.Lo/2, s.Hi*2
	case s.Lo == s.Hi:
		s.Lo, s.Hi = s.Lo-1-pad, s.Hi+1+pad
	case log:
		more = float64(pad * elem.Log(s.Hi/s.Lo))
		s.Lo, s.Hi = elem.Exp(elem.Log(s.Lo)-more), elem.Exp(elem.Log(s.Hi)+more)
	default:
		s.Lo, s.Hi = s.Lo-more, s.Hi+more
	}
	return s
}

// HoldingSpans is a linear scale across a plot that holds zero and all that is known of spans.
func HoldingSpans(spans []Span, plot Rect) Scale {
	values := []float64{0}
	for _, s := range spans {
		if s.Ok {
			values = append(values, s.Value, s.Low, s.High, s.MonteLow, s.MonteHigh)
		}
	}
	return Holding(values, false, plot)
}

// Holds reports whether a value lies on the scale; NaN does not.
func (s Scale) Holds(v float64) bool { return v >= s.Lo && v <= s.Hi }

// Tick is a labelled value.
type Tick struct {
	V     float64
	Label string
}

// Ticks labels values.
func Ticks(values []float64, label func(float64) string) []Tick {
	out := make([]Tick, len(values))
	for i, v := range values {
		out[i] = Tick{v, label(v)}
	}
	return out
}

// niceStep is 1, 2, 2.5 or 5 times a power of ten, and at least span/n.
func niceStep(span float64, n int) float64 {
	raw := span / float64(n)
	if !(raw > 0) || !Finite(raw) {
		return 1
	}
	power := elem.Pow(10, math.Floor(elem.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= raw*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// Steps are the multiples of a nice step in [lo, hi]; about n of them.
func Steps(lo, hi float64, n int) []float64 {
	step := niceStep(hi-lo, n)
	var out []float64
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+float64(1e-9*step) && len(out) < 50; i++ {
		out = append(out, i*step)
	}
	return out
}

// UpTo is a linear scale from 0 whose end is a nice number at or above v.
func UpTo(v float64, n int, from, to float64) Scale {
	if !(v > 0) || !Finite(v) {
		return Scale{Hi: 1, From: from, To: to}
	}
	step := niceStep(v, n)
	return Scale{Hi: step * math.Ceil(v/step-1e-9), From: from, To: to}
}

// Decades are the powers of ten in [lo, hi], thinned to n at most.
func Decades(lo, hi float64, n int) []float64 {
	first, last := math.Ceil(elem.Log10(lo)-1e-9), math.Floor(elem.Log10(hi)+1e-9)
	every := math.Max(1, math.Ceil((last-first+1)/float64(n)))
	var out []float64
	for e := last; e >= first; e -= every {
		out = append(out, elem.Pow(10, e))
	}
	slices.Reverse(out)
	return out
}

// Axis of time. Days count from the scenario's start.

// maxYears keeps dates within what a duration can hold.
const maxYears = 250

// Years places horizon days between two positions, with a tick at the first of each year, or
// of each month where the window is short.
func Years(begin time.Time, horizon, from, to float64) (s Scale, ticks []Tick) {
	if !(horizon > 0) || !Finite(horizon) {
		horizon = 365.25
	}
	s = Scale{Hi: horizon, From: from, To: to}
	if begin.IsZero() || horizon > maxYears*365.25 { // years since the start
		for _, y := range Steps(0, horizon/365.25, 4) {
			ticks = append(ticks, Tick{y * 365.25, Axis(y) + " y"})
		}
		return s, ticks
	}
	months, layout := 12, "2006"
	if horizon < 550 {
		months, layout = 1, "Jan 06"
	}
	at := time.Date(begin.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	for ; ; at = at.AddDate(0, months, 0) {
		switch d := at.Sub(begin).Hours() / 24; {
		case d > horizon:
			return s, ticks
		case d > -1:
			ticks = append(ticks, Tick{max(d, 0), at.Format(layout)})
		}
	}
}
