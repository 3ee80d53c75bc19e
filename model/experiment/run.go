package experiment

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/sim"
)

// Sums is what a run folds into: per contrast and arm, the sums of each draw.
type Sums struct {
	Plan      Plan
	Baseline  int     // arm
	Others    []int   // the other arms; the headline's treatment first
	Horizon   float64 // of the window [d]
	Channels  []string
	IsForum   []bool                  // by channel
	Contrasts []*ByDraw[ContrastSums] // in the order of Others
	Arms      []*ByDraw[ArmSums]
	FirstDiff []float64 // [d] of the first divergence of the headline pair, of replicates that diverge, up to a bound
	Lowest    Cell      // lowest-numbered replicate in which the headline pair differs; Draw −1 without one
	// Instructive are the lowest-numbered replicates whose headline pair makes a story, at most [MaxInstructive].
	Instructive []Cell
	Cells       []GroupCell    // of [ContrastSums.By]
	Joint       *outcome.Joint // of [ContrastSums.Joint]
	Beside      []Beside       // look at the futures that [Sums.Extend] plays

	groups *groups
	taken  int           // blocks, by [Sums.Take]
	spare  *visitor      // that pieces are unpacked into
	made   func() uint64 // digests all that what a block brings hangs on; not how many there are
}

// Beside is what looks at the futures of a run beside its sums.
type Beside interface {
	Fresh() Visitor      // one that is reused; workers call it, several at once
	Take(Block, Visitor) // the visitor of a block, in the order of the blocks
}

// Cell is one replicate of one draw.
type Cell struct{ Draw, Replicate int }

// ContrastSums are the sums of a pair of arms.
type ContrastSums struct {
	Measures  []Moments       // by measure
	Flips     []outcome.Flips // by measure, of those that are flags
	By        []Moments       // by cell
	ByFlips   []outcome.Flips // by cell
	Joint     JointMoments    // of the key outcomes, and the headline's
	Break     [4]float64      // futures: neither, only baseline, only other, both
	Public    [4]float64
	Meet      [sim.Bins]float64 // futures, by when the later of the two arms has its first misstep of the public class
	Common    float64           // cases discovered in both
	Divergent float64
}

// maxDivergences bounds the sample from which the median first divergence is
// taken: the first ones in order.
const maxDivergences = 20000

// Progress receives the number of replicates folded so far and the total.
type Progress func(done, total int)

// Run plays the plan. The headline names baseline and treatment; a scenario with
// one arm has no contrast.
func Run(ctx context.Context, p Plan, workers int, progress Progress) (*Sums, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	s := NewSums(p)
	return s, s.Extend(ctx, 0, p.Replicates, workers, progress)
}

// NewSums prepares empty sums for a plan.
func NewSums(p Plan) *Sums {
	v := p.Scenario
	arms := p.HeadlineArms()
	s := &Sums{Plan: p, Horizon: v.Horizon, Lowest: Cell{Draw: -1}, Baseline: arms[0], Others: arms[1:]}
	for a := range v.Arms {
		if !slices.Contains(arms, a) {
			s.Others = append(s.Others, a)
		}
	}
	s.made = sync.OnceValue(func() uint64 {
		bare := Plan{Scenario: p.Scenario, Generator: p.Generator, Seed: p.Seed}
		return bare.Fingerprint()
	})
	m := p.Compile(0).Arms[0]
	for c := range m.Channels() {
		s.Channels = append(s.Channels, m.ChannelName(c))
		s.IsForum = append(s.IsForum, m.IsForum(c))
	}
	s.groups = groupsOf(m)
	s.Cells = s.groups.cells
	s.Joint = outcome.JointOf(outcome.KeyAnd(v.Headline.Outcome))
	for range s.Others {
		s.Contrasts = append(s.Contrasts, newByDraw(p.Draws, s.newContrast))
	}
	for range v.Arms {
		s.Arms = append(s.Arms, newByDraw(p.Draws, s.newArm))
	}
	return s
}

func (s *Sums) newContrast() sheet[ContrastSums] {
	return newSheet(&ContrastSums{Measures: make([]Moments, len(outcome.All)),
		Flips: make([]outcome.Flips, len(outcome.All)), By: make([]Moments, len(s.Cells)),
		ByFlips: make([]outcome.Flips, len(s.Cells)), Joint: NewJointMoments(len(s.Joint.Names))})
}

func (s *Sums) newArm() sheet[ArmSums] { return newSheet(newArmSums(len(s.Channels), s.groups.shown)) }

// Extend adds replicates [from, to) of every draw; to is at most [MaxReplicates].
func (s *Sums) Extend(ctx context.Context, from, to, workers int, progress Progress) error {
	if from < 0 || to > MaxReplicates {
		return tooMany(to)
	}
	blocks := s.Plan.Blocks(from, to)
	done, total := from*s.Plan.Draws, to*s.Plan.Draws
	err := Fold(ctx, &s.Plan, blocks, workers,
		s.newVisitor,
		func(b Block, v *visitor) {
			s.take(b, v)
			done += b.To - b.From
			if progress != nil {
				progress(done, total)
			}
		})
	if err == nil {
		s.Plan.Replicates = to
	}
	return err
}

// visitor accumulates a block.
type visitor struct {
	sums      *Sums
	contrasts []sheet[ContrastSums]
	arms      []sheet[ArmSums]
	diffs     []float64
	lowest    int
	inform    []int // replicates that are instructive

	readings []outcome.Reading // of one replicate
	by       []outcome.Reading // by cell
	joint    []float64         // numbers of [Sums.Joint]
	groups   groups            // with memory of its own
	beside   []Visitor
	watch    []sim.Observer // those of beside together; nil for none
}

func (s *Sums) newVisitor() *visitor {
	v := &visitor{sums: s, lowest: -1, readings: make([]outcome.Reading, len(outcome.All)),
		by: make([]outcome.Reading, len(s.Cells)), joint: make([]float64, len(s.Joint.Names)), groups: *s.groups}
	for range s.Contrasts {
		v.contrasts = append(v.contrasts, s.newContrast())
	}
	for range s.Arms {
		v.arms = append(v.arms, s.newArm())
	}
	v.groups.counted = make([][2]float64, len(s.groups.shown))
	for _, b := range s.Beside {
		v.beside = append(v.beside, b.Fresh())
	}
	return v
}

// watching are the observers of several visitors together, by arm; nil where none observes.
func watching(visitors []Visitor) []sim.Observer {
	var all [][]sim.Observer
	for _, v := range visitors {
		if w := v.Observers(); w != nil {
			all = append(all, w)
		}
	}
	if len(all) < 2 {
		return slices.Concat(all...)
	}
	out := make([]sim.Observer, len(all[0]))
	for a := range out {
		var here []sim.Observer
		for _, w := range all {
			if w[a] != nil {
				here = append(here, w[a])
			}
		}
		if len(here) > 0 {
			out[a] = func(e *sim.Event) {
				for _, w := range here {
					w(e)
				}
			}
		}
	}
	return out
}

// Reset clears the sums of the block before.
func (v *visitor) Reset(b Block, arms *sim.Arms) {
	for _, w := range v.beside {
		w.Reset(b, arms)
	}
	v.watch = watching(v.beside)
	for i := range v.contrasts {
		v.contrasts[i].clear()
	}
	for a := range v.arms {
		v.arms[a].clear()
	}
	v.diffs, v.lowest, v.inform = v.diffs[:0], -1, v.inform[:0]
}

// Observers are those of what looks on: sums need no log.
func (v *visitor) Observers() []sim.Observer { return v.watch }

// Visit adds one replicate.
func (v *visitor) Visit(r int, out []sim.Outcome) {
	s := v.sums
	for _, w := range v.beside {
		w.Visit(r, out)
	}
	for a := range out {
		v.arms[a].sums.add(&out[a], s.Horizon)
	}
	base := &out[s.Baseline]
	for i, other := range s.Others {
		c := v.contrasts[i].sums
		cases := outcome.Read(base, &out[other], v.readings, c.Flips)
		c.Common += cases
		for m := range v.readings {
			c.Measures[m].add(v.readings[m])
		}
		s.Joint.Pick(v.readings, v.joint)
		c.Joint.Add(v.joint)
		v.groups.read(base, &out[other], cases, v.by, c.ByFlips)
		for m := range v.by {
			c.By[m].add(v.by[m])
		}
		c.Break[future(base, &out[other], sim.ClassBreak)]++
		c.Public[future(base, &out[other], sim.ClassPublic)]++
		if t := later(base, &out[other]); !math.IsInf(t, 1) {
			c.Meet[binOf(t, s.Horizon)]++
		}
		if at := Parting(base.Steps, out[other].Steps); at >= 0 {
			c.Divergent++
			if i == 0 {
				v.diffs = append(v.diffs, partingTime(base.Steps, out[other].Steps, at))
				if v.lowest < 0 {
					v.lowest = r
				}
				if Instructive(base, &out[other]) {
					v.inform = append(v.inform, r)
				}
			}
		}
	}
}

// future indexes the 2 × 2 table by whether each arm has a misstep of the class.
func future(a, b *sim.Outcome, class int) int {
	i := 0
	if !math.IsInf(a.First[class][sim.Misstep], 1) {
		i |= 1
	}
	if !math.IsInf(b.First[class][sim.Misstep], 1) {
		i |= 2
	}
	return i
}

// later is when the later of two arms has its first misstep of the public class [d], +Inf without one.
func later(a, b *sim.Outcome) float64 {
	return max(a.First[sim.ClassPublic][sim.Misstep], b.First[sim.ClassPublic][sim.Misstep])
}

// Parting is the place of the first step at which two sequences of (entity, act, rung)
// differ, or at which one of them has ended; −1 if they are the same.
func Parting(a, b []sim.Step) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i].Entity != b[i].Entity || a[i].Actor != b[i].Actor || a[i].Rung != b[i].Rung {
			return i
		}
	}
	return -1
}

// partingTime is when the first of the steps at a parting is taken.
func partingTime(a, b []sim.Step, at int) float64 {
	when := math.Inf(1)
	for _, steps := range [][]sim.Step{a, b} {
		if at < len(steps) {
			when = min(when, steps[at].Time)
		}
	}
	return when
}

func (s *Sums) take(b Block, v *visitor) {
	for i, w := range v.beside {
		s.Beside[i].Take(b, w)
	}
	for i := range v.contrasts {
		s.Contrasts[i].add(b.Draw, &v.contrasts[i])
	}
	for a := range v.arms {
		s.Arms[a].add(b.Draw, &v.arms[a])
	}
	s.FirstDiff = append(s.FirstDiff, v.diffs[:min(len(v.diffs), maxDivergences-len(s.FirstDiff))]...)
	s.keepInstructive(b.Draw, v.inform)
	cell := Cell{Draw: b.Draw, Replicate: v.lowest}
	if v.lowest >= 0 && (s.Lowest.Draw < 0 || cell.before(s.Lowest)) {
		s.Lowest = cell
	}
}

// before orders replicates by draw, then number.
func (c Cell) before(o Cell) bool {
	return c.Draw < o.Draw || c.Draw == o.Draw && c.Replicate < o.Replicate
}
