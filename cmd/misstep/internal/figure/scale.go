package figure

import (
	"fmt"
	"math"
	"time"

	"github.com/misstep/misstep/model/elem"
)

// scale places values between two positions on the page.
type scale struct {
	lo, hi   float64 // values at the ends; lo > 0 where log
	from, to float64 // positions [pt]
	log      bool
}

// at is the position of a value; values outside stay at the edge.
func (s scale) at(v float64) float64 {
	lo, hi := s.lo, s.hi
	v = min(max(v, lo), hi)
	if s.log {
		lo, hi, v = elem.Log(lo), elem.Log(hi), elem.Log(v)
	}
	if !(hi > lo) {
		return s.from
	}
	return s.from + float64((v-lo)/(hi-lo)*(s.to-s.from))
}

// tick is a labelled value.
type tick struct {
	v     float64
	label string
}

// niceStep is 1, 2, 2.5 or 5 times a power of ten, and at least span/n.
func niceStep(span float64, n int) float64 {
	raw := span / float64(n)
	if !(raw > 0) || !finite(raw) {
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

// steps are the multiples of a nice step in [lo, hi]; about n of them.
func steps(lo, hi float64, n int) []float64 {
	step := niceStep(hi-lo, n)
	var out []float64
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+float64(1e-9*step) && len(out) < 50; i++ {
		out = append(out, i*step)
	}
	return out
}

// upTo is a linear scale from 0 whose end is a nice number at or above v.
func upTo(v float64, n int, from, to float64) scale {
	if !(v > 0) || !finite(v) {
		return scale{hi: 1, from: from, to: to}
	}
	step := niceStep(v, n)
	return scale{hi: step * math.Ceil(v/step-1e-9), from: from, to: to}
}

// decades are the powers of ten in [lo, hi], thinned to n at most.
func decades(lo, hi float64, n int) []float64 {
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

// tickLabel writes the label of a tick in the middle below it, but within the page.
func (p *page) tickLabel(x, y float64, s string) {
	half := float64(p.width(s, quiet) / 2)
	x = min(max(x, margin+half), pageWidth-margin+6-half)
	p.text(x, y, s, quiet.to(middle))
}

// years places horizon days between two positions and labels whole years, or months
// where the window is short. Labels need width points each.
func years(begin time.Time, horizon, from, to, width float64) (scale, []tick) {
	if !(horizon > 0) || !finite(horizon) {
		horizon = 365.25
	}
	s := scale{hi: horizon, from: from, to: to}
	day := func(t time.Time) float64 { return t.Sub(begin).Hours() / 24 }
	fits := max(int((to-from)/width), 1)
	var ticks []tick
	if begin.IsZero() || horizon > maxYears*365.25 { // years since the start
		for _, y := range steps(0, horizon/365.25, min(fits, 4)) {
			ticks = append(ticks, tick{y * 365.25, axis(y) + " y"})
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
					ticks = append(ticks, tick{max(d, 0), fmt.Sprint(y)})
				case every <= 5:
					ticks = append(ticks, tick{v: max(d, 0)})
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
			ticks = append(ticks, tick{max(d, 0), t.Format("Jan 06")})
		}
	}
	return s, ticks
}
