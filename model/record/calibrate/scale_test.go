package calibrate

import (
	"fmt"
	"math"
	"testing"

	"github.com/misstep/misstep/internal/kolmogorov"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/elem"
)

// Breaks when Natural does not undo Compared on the domain of a kind, or Compared
// does not rise.
func TestNaturalUndoesCompared(t *testing.T) {
	for _, kind := range []Kind{Plain, Count, Share, Duration} {
		s := &Statistic{Kind: kind}
		top := map[Kind]float64{Plain: 100, Count: 500, Share: 1, Duration: 10000}[kind]
		low := map[Kind]float64{Plain: -100}[kind]
		rapid.Check(t, func(t *rapid.T) {
			x, y := rapid.Float64Range(low, top).Draw(t, "x"), rapid.Float64Range(low, top).Draw(t, "y")
			if back := s.Natural(s.Compared(x)); math.Abs(back-x) > 1e-9*(1+math.Abs(x)) {
				t.Fatalf("kind %d: %v comes back as %v", kind, x, back)
			}
			if (x < y) != (s.Compared(x) < s.Compared(y)) && math.Abs(x-y) > 1e-9 {
				t.Fatalf("kind %d: the order of %v and %v is lost", kind, x, y)
			}
		})
	}
}

// Breaks when a value with the error of a judgement leaves the domain of its kind.
func TestNaturalStaysInTheDomain(t *testing.T) {
	for _, x := range []struct {
		kind    Kind
		y, want float64
	}{{Count, 0.1, 0}, {Share, -0.2, 0}, {Share, 2, 1}, {Plain, -0.2, -0.2}, {Duration, 0, 0}, {Count, -3, 0},
		{Duration, -1, 0}} {
		if got := (&Statistic{Kind: x.kind}).Natural(x.y); !near(got, x.want) {
			t.Errorf("kind %d: %v is %v, want %v", x.kind, x.y, got, x.want)
		}
	}
}

// Breaks when a scale is another: values by hand.
func TestScalesByHand(t *testing.T) {
	for _, x := range []struct {
		kind    Kind
		x, want float64
	}{{Plain, -2.5, -2.5}, {Count, 0.625, 1}, {Count, 8.625, 3}, {Share, 0, 0}, {Share, 0.5, math.Pi / 4},
		{Share, 1, math.Pi / 2}, {Share, 1.2, math.Pi / 2}, {Duration, 0, 0}, {Duration, math.E - 1, 1}, {Duration, -5, 0}} {
		if got := (&Statistic{Kind: x.kind}).Compared(x.x); !near(got, x.want) {
			t.Errorf("kind %d: %v is compared as %v, want %v", x.kind, x.x, got, x.want)
		}
	}
}

// Breaks when a one-sided statistic is far from its bound on the side that satisfies
// it, or when the bound hides values that miss it.
func TestOneSidedBound(t *testing.T) {
	s := Statistic{ID: "toy", Kind: Share, Low: true}
	s.bound = s.Compared(0.41)
	rep := replicate(0)
	for share, want := range map[float64]float64{0.2: 0.2, 0.41: 0.41, 0.5: 0.41, 1: 0.41} {
		s.simulated = func(*World) float64 { return share }
		if got := s.compare(nil, &rep); !near(got, s.Compared(want)) {
			t.Errorf("a share of %v is compared as %v, want as that of %v", share, got, want)
		}
		if got := s.predicted(nil, &rep); !near(got, s.Compared(share)) {
			t.Errorf("a share of %v is predicted as %v", share, s.Natural(got))
		}
	}
	s.simulated = func(*World) float64 { return math.NaN() }
	if got := s.compare(nil, &rep); !math.IsNaN(got) {
		t.Errorf("undefined is compared as %v", got)
	}
}

// Breaks when the error of a judgement is left out, has another spread, or is the
// same for two statistics. 4000 replicates, level 10⁻⁶; a spread off by a sixth is seen.
func TestErrorOfAJudgement(t *testing.T) {
	const n = 4000
	a := Statistic{ID: "a", Judged: 0.4, reading: reading{simulated: func(*World) float64 { return 7 }}}
	b := a
	b.ID = "b"
	var x, y []float64
	for i := range n {
		rep := replicate(i)
		x, y = append(x, (a.compare(nil, &rep)-7)/0.4), append(y, (b.compare(nil, &rep)-7)/0.4)
	}
	if d := kolmogorov.Distance(x, nil, elem.NormalCDF); d > kolmogorov.Bound(float64(n), level) {
		t.Errorf("the error lies %.3f from a normal one with the stated spread", d)
	}
	if r := correlation(x, y); farFrom(r, 0, n) {
		t.Errorf("errors of two statistics correlate %.3f", r)
	}
}

// Breaks when a quantile is not interpolated as textbooks do (type 7 of Hyndman and
// Fan): values by hand.
func TestQuantile(t *testing.T) {
	for _, x := range []struct {
		of      []float64
		p, want float64
	}{{nil, 0.5, math.NaN()}, {[]float64{7}, 0.3, 7}, {[]float64{1, 3}, 0.5, 2}, {[]float64{1, 2, 3, 4}, 0.25, 1.75},
		{[]float64{1, 2, 3, 4}, 0.5, 2.5}, {[]float64{1, 2, 4, 8, 16}, 0.9, 12.8}, {[]float64{1, 2, 4}, 0, 1},
		{[]float64{1, 2, 4}, 1, 4}} {
		if got := quantile(x.of, x.p); !near(got, x.want) {
			t.Errorf("quantile %v of %v is %v, want %v", x.p, x.of, got, x.want)
		}
	}
}

// Breaks when the spread is not ln((q₃ + 1)/(q₁ + 1)), or three cases have one.
func TestSpread(t *testing.T) {
	if got := spread([]float64{0, 1, 3, 7}); !near(got, math.Log(5/1.75)) {
		t.Errorf("spread %v, want ln(5/1.75)", got)
	}
	if !math.IsNaN(spread([]float64{1, 2, 3})) {
		t.Error("three cases have a spread")
	}
}

// Breaks when the variance is not the unbiased one of whole years, or starts outside
// of them count.
func TestDispersion(t *testing.T) {
	year := 365.25
	starts := []float64{1000, 1000 + 1.5*year, 1000 + 1.6*year, 1000 + 3.9*year, 1000 + 4*year}
	// counts 1, 2, 0, 1: mean 1, variance 2/3
	if got := dispersion(starts, 1000, 4); !near(got, 2.0/3) {
		t.Errorf("variance over mean %v, want 2/3", got)
	}
	if got := dispersion(nil, 0, 4); !math.IsNaN(got) {
		t.Errorf("no incident has the dispersion %v", got)
	}
	// Poisson counts have 1.
	var poisson []float64
	rep := replicate(0)
	for at := rep.Exponential(1, 0) * 10; at < 60*year; at += rep.Exponential(1, len(poisson)) * 10 {
		poisson = append(poisson, at)
	}
	// (n−1) VMR is about χ² with 59 degrees of freedom: within 1 ± 4.89·√(2/59).
	if got := dispersion(poisson, 0, 60); math.Abs(got-1) > zLevel*math.Sqrt(2.0/59) {
		t.Errorf("a Poisson stream has the dispersion %v", got)
	}
}

// Breaks when gaps are taken in another order than that of time, or three incidents
// are enough.
func TestGapVariation(t *testing.T) {
	w := &World{}
	for _, x := range []struct {
		starts []float64
		want   float64
	}{{[]float64{1, 2, 3}, math.NaN()}, {[]float64{30, 10, 20, 40}, 0}, {[]float64{0, 6, 2, 12}, math.Sqrt(8.0/3) / 4}} {
		before := fmt.Sprint(x.starts)
		if got := w.gapVariation(x.starts); !near(got, x.want) {
			t.Errorf("variation of the gaps of %v is %v, want %v", x.starts, got, x.want)
		}
		if fmt.Sprint(x.starts) != before {
			t.Errorf("the starts %v were put in order", before)
		}
	}
}

// Breaks when severities are cut instead of rounded.
func TestSeverityThree(t *testing.T) {
	if got := severityThree([]float64{2.49, 2.5, 3.49, 3.5, 9}); got != 0.4 {
		t.Errorf("share %v, want .4", got)
	}
	if !math.IsNaN(severityThree(nil)) {
		t.Error("no incident has a share")
	}
}
