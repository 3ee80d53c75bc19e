package outcome

import "github.com/misstep/misstep/model/sim"

// Reading is a numerator and a denominator of each arm: what a contrast adds up.
type Reading = [4]float64

// Flips are how many cases, or replicates, have a flag in the second arm only, and in the
// first only.
type Flips struct{ Added, Removed float64 }

// add counts a flag in both arms.
func (f *Flips) add(a, b float64) {
	if b > a {
		f.Added++
	} else if a > b {
		f.Removed++
	}
}

// Read reads every outcome of [All] in one replicate of two arms into a list of their
// number, adds to another what flips between the arms, and returns the number of cases
// that both discovered.
func Read(a, b *sim.Outcome, into []Reading, flips []Flips) (cases float64) {
	clear(into)
	Common(a, b, func(ca, cb *sim.CaseOutcome) {
		cases++
		for m := range All {
			if o := &All[m]; o.Case != nil {
				x, y := o.Case(ca, cb), o.Case(cb, ca)
				into[m][0] += x
				into[m][2] += y
				if o.Flag {
					flips[m].add(x, y)
				}
				if o.Of != nil {
					into[m][1] += o.Of(ca)
					into[m][3] += o.Of(cb)
				}
			}
		}
	})
	for m := range All {
		switch o := &All[m]; {
		case o.Case == nil:
			into[m] = Reading{o.Replicate(a), 1, o.Replicate(b), 1}
			if o.Flag {
				flips[m].add(into[m][0], into[m][2])
			}
		case o.Of == nil:
			into[m][1], into[m][3] = cases, cases
		}
	}
	return cases
}

// Common visits the cases that two arms share. Both are sorted.
func Common(a, b *sim.Outcome, visit func(ca, cb *sim.CaseOutcome)) {
	for i, j := 0, 0; i < len(a.Cases) && j < len(b.Cases); {
		ca, cb := &a.Cases[i], &b.Cases[j]
		switch ca.Compare(cb) {
		case -1:
			i++
		case 1:
			j++
		default:
			visit(ca, cb)
			i++
			j++
		}
	}
}
