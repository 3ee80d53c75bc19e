package outcome

import "github.com/misstep/misstep/model/sim"

// Reading is a numerator and a denominator of each arm: what a contrast adds up.
type Reading = [4]float64

// Flips are how many cases, or replicates, have a flag in the second arm only, and in the
// first only.
type Flips struct{ Added, Removed float64 }

// Merge adds others.
func (f *Flips) Merge(o Flips) { f.Added, f.Removed = f.Added+o.Added, f.Removed+o.Removed }

// Add counts a flag in both arms.
func (f *Flips) Add(a, b float64) {
	if b > a {
		f.Added++
	} else if a > b {
		f.Removed++
	}
}

// Read reads every outcome of [All] in one replicate of two arms, the baseline first, into a list
// of their number, adds to another what flips between the arms, and returns the number of cases
// that both arms discovered.
func Read(a, b *sim.Outcome, into []Reading, flips []Flips) (cases float64) {
	clear(into)
	Union(a, b, func(ca, cb *sim.CaseOutcome) {
		for m := range All {
			if All[m].Each != nil {
				flips[m].Add(All[m].In(ca), All[m].In(cb))
			}
		}
		if ca == nil || cb == nil {
			lone(ca, cb, into)
			return
		}
		cases++
		for m := range All {
			if o := &All[m]; o.Case != nil {
				x, y := o.Case(ca, cb), o.Case(cb, ca)
				into[m][0] += x
				into[m][2] += y
				if o.Flag {
					flips[m].Add(x, y)
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
			if o.Flag && o.Each == nil {
				flips[m].Add(into[m][0], into[m][2])
			}
		case o.OfBaseline:
			into[m][1], into[m][3] = float64(len(a.Cases)), float64(len(a.Cases))
		case o.Of == nil:
			into[m][1], into[m][3] = cases, cases
		}
	}
	return cases
}

// In is whether an outcome with Each counts a case; 0 where there is none.
func (o *Outcome) In(c *sim.CaseOutcome) float64 {
	if c == nil {
		return 0
	}
	return o.Each(c)
}

// lone reads a case that one of the arms never had, which is nil.
func lone(ca, cb *sim.CaseOutcome, into []Reading) {
	for m := range All {
		if o := &All[m]; o.Lone != nil && ca == nil {
			into[m][0] += o.Lone(cb)
		} else if o.Lone != nil {
			into[m][2] += o.Lone(ca)
		}
	}
}

// ReadLevel is the numerator and the denominator of one of [Levels] in a replicate.
func (o *Outcome) ReadLevel(out *sim.Outcome) (num, den float64) {
	return o.Replicate(out), overCases(out, o.Of)
}

// Common visits the cases that two arms share.
func Common(a, b *sim.Outcome, visit func(ca, cb *sim.CaseOutcome)) {
	Union(a, b, func(ca, cb *sim.CaseOutcome) {
		if ca != nil && cb != nil {
			visit(ca, cb)
		}
	})
}

// Union visits the cases of two arms, those that both have together; what an arm never had is
// nil. Both are sorted.
func Union(a, b *sim.Outcome, visit func(ca, cb *sim.CaseOutcome)) {
	for i, j := 0, 0; i < len(a.Cases) || j < len(b.Cases); {
		order := -1
		switch {
		case i == len(a.Cases):
			order = 1
		case j < len(b.Cases):
			order = a.Cases[i].Compare(&b.Cases[j])
		}
		var ca, cb *sim.CaseOutcome
		if order <= 0 {
			ca = &a.Cases[i]
			i++
		}
		if order >= 0 {
			cb = &b.Cases[j]
			j++
		}
		visit(ca, cb)
	}
}
