package experiment

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/sim"
)

// MaxInstructive bounds the replicates that a run keeps as instructive.
const MaxInstructive = 4

// mostPublic is the largest number of cases with a public step, in an arm, of a replicate
// that can be read as a story.
const mostPublic = 8

// Instructive reports whether a pair of arms shows in one case what the arms differ in:
// one arm alone has a misstep to a public step in the window, the step at which the two
// part is taken in the window, in a case with that misstep in one arm and with none of
// any class in the other, and few cases have a public step.
func Instructive(a, b *sim.Outcome) bool {
	erred := func(o *sim.Outcome) bool { return !math.IsInf(o.First[sim.ClassPublic][sim.Misstep], 1) }
	if erred(a) == erred(b) {
		return false
	}
	at := Parting(a.Steps, b.Steps)
	if at < 0 || partingTime(a.Steps, b.Steps, at) > a.Horizon {
		return false
	}
	var first sim.Step
	for _, o := range []*sim.Outcome{b, a} {
		if at < len(o.Steps) && (first == sim.Step{} || o.Steps[at].Time <= first.Time) {
			first = o.Steps[at]
		}
	}
	inCase := func(o *sim.Outcome) (missteps uint8, public int) {
		for i := range o.Cases {
			c := &o.Cases[i]
			if c.Entity == first.Entity {
				missteps = c.Missteps
			}
			if c.Public() {
				public++
			}
		}
		return missteps, public
	}
	inA, publicA := inCase(a)
	inB, publicB := inCase(b)
	return (inA&1 != 0 && inB == 0 || inB&1 != 0 && inA == 0) && max(publicA, publicB) <= mostPublic
}

// keepInstructive adds replicates of a block, and keeps the lowest-numbered.
func (s *Sums) keepInstructive(draw int, replicates []int) {
	for _, r := range replicates {
		s.Instructive = append(s.Instructive, Cell{Draw: draw, Replicate: r})
	}
	slices.SortFunc(s.Instructive, func(x, y Cell) int {
		return cmp.Or(cmp.Compare(x.Draw, y.Draw), cmp.Compare(x.Replicate, y.Replicate))
	})
	s.Instructive = s.Instructive[:min(len(s.Instructive), MaxInstructive)]
}
