package chart

import (
	"fmt"
	"math"
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
	return out
}

// Axis of time. Days count from the scenario's start.

// maxYears keeps dates within what a duration can hold.
const maxYears = 250

// Years places horizon days between two positions and labels whole years, or months
// where the window is short. Labels need width points each.
func Years(begin time.Time, horizon, from, to, width float64) (Scale, []Tick) {
	if !(horizon > 0) || !Finite(horizon) {
		horizon = 365.25
	}
	s := Scale{Hi: horizon, From: from, To: to}
	day := func(t time.Time) float64 { return t.Sub(begin).Hours() / 24 }
	fits := max(int((to-from)/width), 1)
	var ticks []Tick
	if begin.IsZero() || horizon > maxYears*365.25 { // years since the start
		for _, y := range Steps(0, horizon/365.25, min(fits, 4)) {
			ticks = append(ticks, Tick{y * 365.25, Axis(y) + " y"})
		}
		return s, ticks
	}
	if horizon >= 550 {
		last := begin.AddDate(0, 0, int(horizon))
		every := int(math.Max(1, niceStep(horizon/365.25, fits)))
		for y := begin.Year(); y <= last.Year(); y++ {
			t := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
			if d := day(t); d >= -1 && d <= horizon+1 {
				switch {
				case y%every == 0:
					ticks = append(ticks, Tick{max(d, 0), fmt.Sprint(y)})
				case every <= 5:
					ticks = append(ticks, Tick{V: max(d, 0)})
				}
			}
		}
		return s, ticks
	}
	every := 1
	for every < 12 && horizon/30.4/float64(every) > float64(fits) {
		every++
	}
	for m := range 20 {
		t := time.Date(begin.Year(), begin.Month()+time.Month(m*every), 1, 0, 0, 0, 0, time.UTC)
		if d := day(t); d >= -0.5 && d <= horizon {
			ticks = append(ticks, Tick{max(d, 0), t.Format("Jan 06")})
		}
	}
	return s, ticks
}
