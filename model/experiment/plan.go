// Package experiment plays arms × parameter draws × replicates in fixed blocks
// and folds them in order, so that bytes are equal for any number of workers.
//
// A [Plan] is a value: what would be run. [Run] runs it and returns [Sums], from
// which package summary computes estimates. [Fold] is the machinery behind both
// it and the checks: blocks in parallel, results in order.
package experiment

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// ModelVersion changes whenever the same inputs would give other numbers.
const ModelVersion = "3"

// Plan says what is run.
type Plan struct {
	Scenario   *scenario.Scenario
	Generator  random.Generator
	Seed       uint64
	Draws      int // parameter vectors, ≥ 1
	Replicates int // per draw, ≥ 0, at most [MaxReplicates]
	BlockSize  int // replicates of one draw in a block; fixed in the plan, never derived from workers

	// Delta is the difference, per 100 cases, up to which a draw counts as showing none; 0 for
	// [DefaultDelta]. What is played does not depend on it.
	Delta float64

	Memo *Memo // of what arms brought in earlier plans; nil for none. No result depends on it.
}

// DefaultDelta is the delta of a plan that does not name one.
const DefaultDelta = 0.05

// NoDifference is the delta of a plan, per 100 cases.
func (p *Plan) NoDifference() float64 { return cmp.Or(p.Delta, DefaultDelta) }

// Check says what keeps a plan from being played, nil where nothing does. [Run] and
// [Fold] ask it.
func (p *Plan) Check() error {
	switch {
	case p.Scenario == nil || len(p.Scenario.Arms) == 0:
		return errors.New("the plan has no scenario that scenario.Load made")
	case p.Draws < 1 || p.Replicates < 0:
		return fmt.Errorf("%d draws × %d replicates cannot be played; take at least one of each", p.Draws, p.Replicates)
	case p.Replicates > MaxReplicates:
		return tooMany(p.Replicates)
	case !(p.Delta >= 0 && p.Delta <= 100):
		return fmt.Errorf("a delta of %v per 100 cases cannot be; take one from 0 to 100", p.Delta)
	case !p.Generator.Known():
		return fmt.Errorf("there is no generator %d; take random.Mix or random.Philox", p.Generator)
	}
	return nil
}

// DefaultBlock is the block size of a plan that does not name one.
const DefaultBlock = 50

// Block is a unit of work: replicates [From, To) of one draw, in all arms.
type Block struct{ Draw, From, To int }

// replicateBits is the room for replicates within a draw: the address of a
// replicate does not depend on how many there are.
const replicateBits = 24

// MaxReplicates is the most replicates that a draw can have.
const MaxReplicates = 1 << replicateBits

func tooMany(replicates int) error {
	return fmt.Errorf("%d replicates a draw are more than %d; take more draws instead", replicates, MaxReplicates)
}

// parameterDomain keeps the draws of parameters apart from replicates.
const parameterDomain = 1 << 56

// Blocks lists the blocks of replicates [from, to) of every draw: draw by draw
// within each step of the block size, so that a stop leaves a balanced result.
func (p *Plan) Blocks(from, to int) []Block {
	size := p.blockSize()
	var out []Block
	for a := from; a < to; a += size {
		for d := 0; d < p.Draws; d++ {
			out = append(out, Block{Draw: d, From: a, To: min(a+size, to)})
		}
	}
	return out
}

// blockSize is how many replicates of a draw a block has.
func (p *Plan) blockSize() int {
	if p.BlockSize > 0 {
		return p.BlockSize
	}
	return DefaultBlock
}

// particleEntity addresses the row of a scenario's joint sample that a draw takes.
const particleEntity = "posterior"

// Theta returns the parameter vector of a draw: every slot's distribution at the
// slot's own addressed uniform. Where the scenario is conditioned, one further
// uniform picks a row of its joint sample, whose values replace those of its slots
// and leave the others as they are, bit for bit.
func (p *Plan) Theta(d int) []float64 {
	rep := random.NewSource(p.Generator, p.Seed).Replicate(parameterDomain + uint64(d))
	theta := make([]float64, len(p.Scenario.Slots))
	for i := range p.Scenario.Slots {
		s := &p.Scenario.Slots[i]
		if s.Dist.IsPoint() {
			theta[i] = s.Dist.A
			continue
		}
		theta[i] = s.Dist.Quantile(rep.Uniform(random.Stream(random.NameHash(s.Path), random.Parameter), 0))
	}
	if j := p.Scenario.Joint; j != nil {
		row := j.Row(rep.Uniform(random.Stream(random.NameHash(particleEntity), random.Particle), 0))
		for k, slot := range j.Slots {
			theta[slot] = row[k]
		}
	}
	return theta
}

// Source is where the chance of the plan comes from.
func (p *Plan) Source() random.Source { return random.NewSource(p.Generator, p.Seed) }

// Replicate returns the randomness of replicate r of draw d.
func (p *Plan) Replicate(d, r int) random.Replicate {
	return random.NewSource(p.Generator, p.Seed).Replicate(uint64(d)<<replicateBits | uint64(r))
}

// Compile compiles the scenario at the parameters of draw d, in some arms or in all.
func (p *Plan) Compile(d int, arms ...int) *sim.Arms {
	theta := p.Theta(d)
	a := &sim.Arms{History: sim.Compile(p.Scenario, theta, sim.History)}
	if len(arms) == 0 {
		for i := range p.Scenario.Arms {
			arms = append(arms, i)
		}
	}
	for _, i := range arms {
		a.Arms = append(a.Arms, a.History.Arm(p.Scenario, theta, i))
	}
	return a
}

// Free counts the numbers that have a distribution.
func (p *Plan) Free() int { return p.Scenario.Free() }

// Uncertain reports whether draws can differ.
func (p *Plan) Uncertain() bool { return p.Draws > 1 && p.Free() > 0 }

// Arm returns the index of an arm by name, −1 if there is none.
func (p *Plan) Arm(name string) int {
	return slices.IndexFunc(p.Scenario.Arms, func(a scenario.Arm) bool { return a.Name == name })
}

// HeadlineArms are the arms that the headline compares, the baseline first; one where it
// compares none.
func (p *Plan) HeadlineArms() []int {
	base := max(0, p.Arm(p.Scenario.Headline.Baseline))
	if t := p.Arm(p.Scenario.Headline.Treatment); t >= 0 && t != base {
		return []int{base, t}
	}
	return []int{base}
}

// otherShare is the part of the replicates that the other coupling is played with.
const otherShare = 5

// OtherReplicates are those of a draw that the other coupling is played with.
func OtherReplicates(replicates int) int { return max(1, replicates/otherShare) }

// OtherCoupling is the plan under the other coupling of the choice, with a fifth of
// the replicates: what keeps choices paired across arms is a convention, so the
// headline is reported under both.
func (p *Plan) OtherCoupling() Plan {
	q := *p
	v := *p.Scenario
	if v.Model.Coupling == "gumbel" {
		v.Model.Coupling = "quantile"
	} else {
		v.Model.Coupling = "gumbel"
	}
	q.Scenario = &v
	q.Replicates = OtherReplicates(p.Replicates)
	return q
}

// priorShare is the part of the replicates that the priors alone are played with.
const priorShare = 3

// OnPriors is the plan of a conditioned scenario as it was before the record: the
// same draws of all other numbers and the same replicates, a third as many and at
// least two, with every number from its own distribution.
func (p *Plan) OnPriors() Plan {
	q := *p
	v := *p.Scenario
	v.Joint = nil
	q.Scenario = &v
	q.Replicates = max(2, p.Replicates/priorShare)
	return q
}

// Holding is the plan with the number of a slot held at a value in every draw, and the draws
// of all others as they are.
func (p *Plan) Holding(slot int, value float64) Plan {
	q, v := *p, *p.Scenario
	v.Slots = slices.Clone(v.Slots)
	v.Slots[slot].Dist = param.Fixed(value)
	if v.Joint != nil {
		v.Joint = v.Joint.Without(slot)
	}
	q.Scenario = &v
	return q
}

// Fingerprint hashes everything that the numbers depend on: slots, joint sample,
// structure, seed and counts. Origins, sources and line numbers are none of it.
func (p *Plan) Fingerprint() uint64 {
	h := fnv.New64a()
	writePlan(h, p)
	return h.Sum64()
}

func writePlan(w io.Writer, p *Plan) {
	fmt.Fprintf(w, "model %s\n%s %d %d×%d in %d\n", ModelVersion, p.Generator, p.Seed, p.Draws, p.Replicates, p.BlockSize)
	writeStructure(w, p.Scenario)
	for i := range p.Scenario.Slots {
		s := &p.Scenario.Slots[i]
		fmt.Fprintf(w, "%s %v %v %v %v %v\n", s.Path, s.Dist.Family, s.Dist.A, s.Dist.B, s.Dist.Lo, s.Dist.Hi)
	}
	if j := p.Scenario.Joint; j != nil {
		fmt.Fprintf(w, "joint %016x\n", j.Hash)
		for _, i := range j.Slots {
			fmt.Fprintln(w, p.Scenario.Slots[i].Path)
		}
	}
}

// writeStructure writes all of a scenario that its numbers are not.
func writeStructure(w io.Writer, v *scenario.Scenario) {
	structure := *v
	structure.Slots = nil
	structure.Expect = nil
	structure.Card = scenario.Card{}
	if err := json.NewEncoder(w).Encode(structure); err != nil {
		panic("experiment: a valid scenario encodes: " + err.Error())
	}
}
