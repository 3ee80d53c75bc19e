package summary

import (
	"math"

	"github.com/misstep/misstep/model/elem"
)

// Unpaired compares two runs by their stored estimates, outcome by outcome. The runs
// are taken as independent samples: the half-width of a change is the root of the sum
// of squares of
//
//   - the Monte Carlo half-widths of both, and
//   - the half-width of the mean over the draws of each, (high − low)/2/√draws, with
//     the smallest spread that the draws would resolve where they resolve none.
//
// The second is an error of a finite number of draws, no parameter uncertainty: of
// that, totals say nothing for a change, and Low and High are the value. For runs that
// share chance or draws the half-width is too large as long as the two are positively
// correlated. A verdict other than unclear says that the means differ, not that they
// do at all parameters.
//
// Sample says that both runs have the same seed, generator and counts; a quantity with
// equal bits in both is then identical, and else unclear. With a single replicate a
// draw in either the error of a change is not known, and one that is not identical is
// unknown.
func Unpaired(reference, other *Summary, m Match, sample bool) []Change {
	a, b := &reference.Contrasts[m.Reference], &other.Contrasts[m.Other]
	var out []Change
	shared(a, b, func(x, y *Measure) {
		for _, q := range Quantities() {
			c := unclear(x, y, q)
			change := apart(c.Reference, c.Other, &reference.Run, &other.Run)
			if c.Defined = a.defined(x, q) && b.defined(y, q) && !math.IsInf(math.Abs(change.Value)+change.MC, 0); c.Defined {
				c.Change = change
				switch identical := sample && c.Reference == c.Other; {
				case identical:
					c.Verdict = Same
				case change.NoError:
					c.Verdict = Unknown
				default:
					c.Verdict = verdict(c.Change.Closed(), 0, false)
				}
			}
			out = append(out, c)
		}
	})
	return out
}

// apart is the difference of two estimates of separate runs, without an error where one of
// them has none.
func apart(a, b Estimate, of, to *Run) Estimate {
	if a.NoError || b.NoError || of.Replicates < 2 || to.Replicates < 2 {
		e := open(b.Value-a.Value, 0)
		e.NoError = true
		return e
	}
	half := math.Sqrt(float64(a.MC*a.MC) + float64(b.MC*b.MC) + square(drawError(a, of)) + square(drawError(b, to)))
	return open(b.Value-a.Value, half)
}

// drawError is the 95 % half-width that the finite number of draws leaves in a mean.
// An unresolved spread counts with the largest that is not resolved, whose variance is
// √(2/(n−1)) times the noise of a draw, MC²·n.
func drawError(e Estimate, r *Run) float64 {
	n := float64(r.Draws)
	if r.Free == 0 || n < 2 {
		return 0
	}
	if e.Resolved {
		return (e.High - e.Low) / 2 / math.Sqrt(n)
	}
	return e.MC * elem.Pow(2/(n-1), 0.25)
}

func square(x float64) float64 { return float64(x * x) }
