package backtest

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// certain is so much evidence that a rate per year is hardly uncertain.
func certain(rate float64) Rate { return Rate{Events: int(1e6 * rate), Years: 1e6} }

// TestThawShare: with rates that are known, the share of the time with a thaw at the
// end of a long future is that of the stationary two-state process, a/(a + b), and a
// thaw under way at first is soon forgotten; the time from the cut-off to the first
// thaw and the length of a thaw are exponential.
func TestThawShare(t *testing.T) {
	v, o := prepared2023(t)
	known := *o
	known.Thawing, known.Freezing = certain(0.5), certain(1)
	const years = 12
	end := o.End + years*param.DaysPerYear
	with, n := 0.0, 0
	var first, length []float64
	for i := range lawSize {
		out, _ := extended(t, &known, v, end, i)
		n++
		for _, th := range out.Thaws {
			if th.From < end && th.Until >= end {
				with++
			}
		}
		if drawn := out.Thaws[len(v.Thaws):]; len(drawn) > 0 {
			first = append(first, (drawn[0].From-out.Thaws[o.UnderWay].Until)/param.DaysPerYear)
			length = append(length, (drawn[0].Until-drawn[0].From)/param.DaysPerYear)
		}
	}
	// Six standard errors of a share of 1/3 in 2000: 0.063.
	near(t, "share with a thaw", with/float64(n), 1.0/3, 0.063)
	follows(t, "a thaw", length, func(x float64) float64 { return 1 - math.Exp(-x) })
	// Waiting times are seen where they end before the horizon; 97 % of them do.
	if len(first) < lawSize*9/10 {
		t.Fatalf("%d of %d futures have a thaw", len(first), lawSize)
	}
	short := 0.0
	for _, x := range first {
		if x < 1 {
			short++
		}
	}
	near(t, "thaws within a year", short/float64(n), 1-math.Exp(-0.5), 0.07)
}

// TestMeetingsAndOpenings: mean counts are those of their posteriors.
func TestMeetingsAndOpenings(t *testing.T) {
	v, o := prepared2023(t)
	before := len(v.Arms[0].Levers.Summits)
	const years = 3
	var total float64
	for i := range lawSize {
		out, _ := extended(t, o, v, o.End+years*param.DaysPerYear, i)
		total += float64(len(out.Arms[0].Levers.Summits) - before)
	}
	mean, variance := 0.0, 0.0
	for _, r := range []Rate{o.Meetings, o.Openings} {
		m := years * (rateShape + float64(r.Events)) / (rateYears + r.Years)
		mean, variance = mean+m, variance+m*(1+years/(rateYears+r.Years))
	}
	near(t, "meetings and openings in three years", total/lawSize, mean, 6*math.Sqrt(variance/lawSize))
}

// TestEffectsArePicked: an event does as one of those before the cut-off, each with
// the same chance, whatever the time.
func TestEffectsArePicked(t *testing.T) {
	v, o := prepared2023(t)
	three := *o
	three.Shocks = certain(2)
	three.marks = &marks{shocks: []effect{{param.Fixed(0.1), param.Fixed(0)}, {param.Fixed(0.2), param.Fixed(0.5)},
		{param.Fixed(0.3), param.Fixed(1)}}}
	picked, n := map[float64]float64{}, 0.0
	for i := range lawSize / 4 {
		out, theta := extended(t, &three, v, o.End+2*param.DaysPerYear, i)
		for _, s := range out.Shocks[len(v.Shocks):] {
			tension, breaks := theta[s.Tension], theta[s.Breaks]
			picked[tension]++
			n++
			if want := map[float64]float64{0.1: 0, 0.2: 0.5, 0.3: 1}[tension]; breaks != want {
				t.Fatalf("tension %v breaks %v, want %v", tension, breaks, want)
			}
		}
	}
	near(t, "shocks a future", n/(lawSize/4), 4, 6*2/math.Sqrt(lawSize/4))
	for x, k := range picked {
		near(t, "share of "+number(x), k/n, 1.0/3, 6*math.Sqrt(2.0/9/n))
	}
	if len(picked) != 3 {
		t.Errorf("%v", picked)
	}
}

// TestBritishAndAmericanAreApart: the two outlooks draw from other streams, so that a
// shock of one pair is none of the other's.
func TestBritishAndAmericanAreApart(t *testing.T) {
	p, err := prepare(shippedInput(t), lateCut)
	if err != nil {
		t.Fatal(err)
	}
	var a, b []float64
	for i := range lawSize {
		rep := random.NewSource(0, 3).Replicate(uint64(i))
		for h, into := range []*[]float64{&a, &b} {
			e := extension{Outlook: p.player.outlooks[h], rep: &rep}
			*into = append(*into, rep.Normal(e.event("shock", 0), ordinalGap))
		}
	}
	product := 0.0
	for i := range a {
		product += a[i] * b[i] / lawSize
	}
	near(t, "correlation", product, 0, 6/math.Sqrt(lawSize))
}
