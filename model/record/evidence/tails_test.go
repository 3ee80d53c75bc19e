package evidence_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/record/evidence"
)

// atLeast is the probability of k or more in n, as a sum.
func atLeast(k, n int, p float64) float64 {
	sum, ways := 0.0, 1.0
	for i := 0; i <= n; i++ {
		if i >= k {
			sum += ways * math.Pow(p, float64(i)) * math.Pow(1-p, float64(n-i))
		}
		ways *= float64(n-i) / float64(i+1)
	}
	return sum
}

// atMost is the probability of n or fewer of a Poisson count, as a sum.
func atMost(n int, mean float64) float64 {
	sum, p := 0.0, math.Exp(-mean)
	for i := 0; i <= n; i++ {
		sum += p
		p *= mean / float64(i+1)
	}
	return sum
}

// tails checks that an interval leaves 2.5 % on each side, by sums that share nothing
// with the functions that the package inverts.
func tails(t interface {
	Errorf(format string, args ...any)
}, o *evidence.Observed) {
	near := func(what string, have float64) {
		if math.Abs(have-0.025) > 1e-9 {
			t.Errorf("%s %q, %d of %d: %s %v, want 0.025", o.ID, o.Part, o.Hits, o.N, what, have)
		}
	}
	switch o.Method {
	case evidence.MethodBinomial:
		if o.N == 0 {
			return
		}
		if o.Hits > 0 {
			near("above, from the low end", atLeast(o.Hits, o.N, o.Low))
		} else if o.Low != 0 {
			t.Errorf("%s %q: none of %d, low %v", o.ID, o.Part, o.N, o.Low)
		}
		if o.Hits < o.N {
			near("below, from the high end", 1-atLeast(o.Hits+1, o.N, o.High))
		} else if o.High != 1 {
			t.Errorf("%s %q: all of %d, high %v", o.ID, o.Part, o.N, o.High)
		}
	case evidence.MethodPoisson:
		if o.Years == 0 {
			return
		}
		near("below, from the high end", atMost(o.Hits, o.High*o.Years))
		if o.Hits > 0 {
			near("above, from the low end", 1-atMost(o.Hits-1, o.Low*o.Years))
		} else if o.Low != 0 {
			t.Errorf("%s %q: none, low %v", o.ID, o.Part, o.Low)
		}
	}
}

// TestTails: each share and rate, with and without rows from memory, at some cuts, has
// the tails that its interval states. Catches an interval of another count, of one
// side, or of another level.
func TestTails(t *testing.T) {
	shares, rates := 0, 0
	for _, until := range []time.Time{{}, day("2014-05-19"), day("2018-12-31"), day("2023-06-30"), day("2025-03-31")} {
		for _, memory := range []bool{false, true} {
			for _, o := range withMemory(t).Compute(until, evidence.Options{Memory: memory}) {
				tails(t, &o)
				switch o.Method {
				case evidence.MethodBinomial:
					shares++
				case evidence.MethodPoisson:
					rates++
				}
			}
		}
	}
	if shares < 100 || rates < 500 {
		t.Errorf("%d shares and %d rates only", shares, rates)
	}
}

// TestTailsOfDrawn: the same for drawn accusations. Catches what the shipped counts do
// not reach.
func TestTailsOfDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, _ := drawAccusations(t, "2013-01-01", "2026-06-30")
		tables, err := evidence.Read(folder(map[string]string{"accusations.csv": text}))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range tables.Compute(time.Time{}) {
			tails(t, &o)
		}
	})
}

// TestRanksOfMedians: the interval of each median runs between values of the rows, and
// its coverage is one less twice the chance that a fair coin puts so few below, summed
// over counts. Catches a rank that is off by one.
func TestRanksOfMedians(t *testing.T) {
	seen := 0
	for _, o := range evidence.Shipped().Compute(time.Time{}) {
		if o.Method != evidence.MethodMedian && o.Method != evidence.MethodRange {
			continue
		}
		seen++
		rank := 0 // the largest number of ranks left out on a side that keeps 95 %
		for 1-2*(1-atLeast(rank+2, o.N, 0.5)) >= 0.95 {
			rank++
		}
		want := 1 - 2*(1-atLeast(rank+1, o.N, 0.5))
		if math.Abs(o.Coverage-want) > 1e-12 || (o.Coverage >= 0.95) != (o.Method == evidence.MethodMedian) {
			t.Errorf("%s %q, %d values: covers %v, want %v as %s", o.ID, o.Part, o.N, o.Coverage, want, o.Method)
		}
	}
	if seen < 9 {
		t.Errorf("only %d medians", seen)
	}
}
